package import EventLog
import Vocabulary

/// A conflict was accepted, for as long as it exists.
package struct ConflictWaived: EventBody {
  package static let type = "ConflictWaived"
  package var conflict: Conflict
  package var reason: String
  package var tags: [Tag] { conflict.sessions.map(\.tag) }

  package init(conflict: Conflict, reason: String) {
    self.conflict = conflict
    self.reason = reason
  }
}
