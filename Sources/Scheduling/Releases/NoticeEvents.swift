package import EventLog
package import Vocabulary

/// Everybody concerned was told what changed in the program up to a position.
package struct NoticesSent: EventBody {
  package static let type = "NoticesSent"
  /// The position that they know the program at now.
  package var position: Int
  package var people: [PersonID]
  package var tags: [Tag] { [.notice] }

  package init(position: Int, people: [PersonID]) {
    self.position = position
    self.people = people
  }
}
