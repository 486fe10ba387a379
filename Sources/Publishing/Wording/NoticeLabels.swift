import ReadModels
import Vocabulary

extension Labels {
  /// Texts of notices to people about changes. Values replace `{…}`.
  enum Notice {
    static let newSubject = Wording("Your part in the program: {conference}")
    static let changedSubject = Wording("Changes to your part in the program: {conference}")
    static let greeting = Wording("Dear {name},")
    static let newOpening = Wording("here is your part in the program of “{conference}”.")
    static let changedOpening = Wording(
      "your part in the program of “{conference}” has changed since we last wrote to you.")
    static let unchangedOpening = Wording(
      "nothing has changed in your part in the program of “{conference}” since we last wrote to you.")
    static let released = Wording("Program: version {version}.")
    static let draft = Wording("The program is a draft and may still change.")
    static let before = Wording("Until now")
    static let now = Wording("Now", "after a change")
    static let yourPart = Wording("Your part")
    static let yourPresentation = Wording("You present")
    static let withOthers = Wording("With")
    static let own = Wording("Your entry in the program")
    static let calendar = Wording(
      "The attached calendar file adds these sessions to your calendar or updates them.")
    static let zone = Wording("All times are in the time zone {zone}.")

    static func fate(_ fate: NoticeDigest.Fate) -> Wording {
      switch fate {
      case .cancelled: Labels.change(.cancelled)
      case .gone: Labels.change(.unscheduled)
      case .left:
        Wording("You no longer have a part in")
      case .moved: Labels.fate(.moved)
      case .reinstated: Labels.change(.reinstated)
      case .new: Wording("New for you")
      case .changed: Labels.fate(.changed)
      case .unchanged: Wording("As before")
      }
    }
  }
}

extension Wording {
  /// The text in one language, with each `{key}` replaced.
  func text(in language: Language, _ values: [String: String] = [:]) -> String {
    var text = localized([language]).best([language]).text
    for (key, value) in values { text = text.replacing("{\(key)}", with: value) }
    return text
  }
}
