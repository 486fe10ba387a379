import Vocabulary

extension Labels {
  /// Labels only for the program on a screen.
  enum Screen {
    static let all = Wording("All")
    static let allLanguages = Wording("All side by side")
    static let changed = Wording("Changed")
    static let day = Wording("Day")
    static let details = Wording("Details")
    static let filter = Wording("Choose what is shown")
    static let formerly = Wording("formerly")
    static let language = Wording("Language")
    static let moved = Wording("Moved")
    static let mine = Wording("My program")
    static let new = Wording("New")
    static let nothing = Wording("Nothing matches these filters.")
    static let now = Wording("Now")
    static let parts = Wording("Parts")
    static let person = Wording("Person")
    static let presentations = Wording("Presentations")
    static let room = Wording("Room")
    static let search = Wording("Search")
    static let showAll = Wording("Show everything")
    static let shown = Wording("Shown:")
    static let skip = Wording("Skip to the program")
    static let star = Wording("Add to my program")
    static let track = Wording("Track")
    static let venue = Wording("Venue")
  }
}
