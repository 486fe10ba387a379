package import EventLog
import Vocabulary

/// A conflict is known and accepted, for as long as it stands.
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
