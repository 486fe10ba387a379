package import EventLog
package import Vocabulary

/// People were notified of program changes up to a position.
package struct NoticesSent: EventBody {
  package static let type = "NoticesSent"
  /// The position up to which they now know the program.
  package var position: Int
  package var people: [PersonID]
  /// True if they were told the draft at that position, not the released program.
  package var draft: Bool?
  package var tags: [Tag] { [.notice] }

  package init(position: Int, people: [PersonID], draft: Bool = false) {
    self.position = position
    self.people = people
    self.draft = draft ? true : nil
  }
}
