import EventLog
import Scheduling
import Vocabulary

/// The sessions that exist, as far as the events of a boundary tell: what has been scheduled, and not undone.
struct ExistingSessions: Sendable, Equatable {
  private var known: Set<SessionID> = []

  /// The types of the events that say so.
  static let types = [
    SessionScheduled.type, SessionEntered.type, SessionUnscheduled.type, SessionReinstated.type,
  ]

  func contains(_ session: SessionID) -> Bool { known.contains(session) }

  mutating func evolve(_ event: RecordedEvent) throws {
    switch event.type {
    case SessionScheduled.type: known.insert(try event.decoded(as: SessionScheduled.self).session)
    case SessionEntered.type: known.insert(try event.decoded(as: SessionEntered.self).session)
    case SessionUnscheduled.type: known.remove(try event.decoded(as: SessionUnscheduled.self).session)
    case SessionReinstated.type: known.insert(try event.decoded(as: SessionReinstated.self).session)
    default: break
    }
  }
}
