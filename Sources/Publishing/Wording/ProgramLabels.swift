import Scheduling
import Vocabulary

extension Labels {
  /// Labels only for documents about the program. Templates replace `%` and `#` with numbers.
  static let forProgram: [String: Wording] = [
    "dayProgram": Wording("Program of the day"),
    "doorSign": Wording("Door sign"),
    "equipment": Wording("Equipment"),
    "foldHere": Wording(
      "Fold in half three times, open, cut along the dashed line, and push the ends together."),
    "interpretedInto": Wording("Interpreted into"),
    "moreNextDoor": Wording("and further sessions: %"),
    "nextDoor": Wording("Next door"),
    "notShown": Wording("Sessions not shown here: %. See the booklet."),
    "notes": Wording("Notes"),
    "pocket": Wording("Pocket program"),
    "roomOnline": Wording("This room’s program"),
    "seePage": Wording("See page %"),
    "sheetOf": Wording("Page % of #"),
    "shortenedTitles": Wording("Titles that end in “…” and a number did not fit; here they are in full."),
    "sponsors": Wording("Sponsors"),
    "titlesInFull": Wording("Titles in full"),
    "tracks": Wording("Tracks"),
    "unevenTimes": Wording("Short sessions are drawn higher and empty hours lower than their time."),
    "wallGrid": Wording("Rooms and times"),
    "welcome": Wording("Welcome"),
  ]

  static let clocksChange = Wording("The clocks change on this day, from % to #.")

  static let afterMidnight = Wording("Times before {time} are after midnight, on {date}.")

  static func recording(_ permission: Recording.Permission) -> Wording {
    switch permission {
    case .permitted: Wording("Recording permitted")
    case .notPermitted: Wording("No recording")
    case .livestreamed: Wording("Livestreamed")
    }
  }

  static func link(_ kind: Link.Kind) -> Wording {
    switch kind {
    case .slides: Wording("Slides")
    case .paper: Wording("Paper")
    case .recording: Wording("Recording", "video")
    case .stream: Wording("Stream")
    case .article: Wording("Article")
    case .related: Wording("Related")
    case .attachment: Wording("Attachment")
    }
  }
}

extension Wording {
  /// Replaces each `%` and each `#`.
  func localized(_ languages: [Language], with value: String, of total: String) -> LocalizedText {
    let template = localized(languages, with: value)
    return LocalizedText(
      template.entries.reduce(into: [:]) { $0[$1.language] = $1.text.replacing("#", with: total) })
  }
}
