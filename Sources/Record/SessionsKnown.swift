import EventLog
import Scheduling
import Vocabulary

/// The sessions that exist, also those that were cancelled. One whose scheduling was undone has no record.
struct SessionsKnown: Sendable, Equatable {
  private var known: Set<SessionID> = []
  private var cancelled: Set<SessionID> = []

  /// Only the events that say so are read, not what was recorded in the session.
  static func boundary(_ session: SessionID) -> Query.Item {
    Query.Item(
      types: [
        SessionScheduled.type, SessionEntered.type, SessionUnscheduled.type, SessionReinstated.type,
        SessionCancelled.type,
      ], tags: [session.tag])
  }

  func contains(_ session: SessionID) -> Bool { known.contains(session) }

  func isCancelled(_ session: SessionID) -> Bool { cancelled.contains(session) }

  mutating func evolve(_ event: RecordedEvent) throws {
    switch event.type {
    case SessionScheduled.type: takesPlace(try event.decoded(as: SessionScheduled.self).session)
    case SessionEntered.type: takesPlace(try event.decoded(as: SessionEntered.self).session)
    case SessionReinstated.type: takesPlace(try event.decoded(as: SessionReinstated.self).session)
    case SessionCancelled.type: cancelled.insert(try event.decoded(as: SessionCancelled.self).session)
    case SessionUnscheduled.type: known.remove(try event.decoded(as: SessionUnscheduled.self).session)
    default: break
    }
  }

  private mutating func takesPlace(_ session: SessionID) {
    known.insert(session)
    cancelled.remove(session)
  }
}
