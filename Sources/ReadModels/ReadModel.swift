import Dispatch
package import EventLog
import Foundation
package import People
package import Record
package import Scheduling

/// An event of any capability, as a projector sees it.
package enum LoggedEvent: Sendable {
  case people(PeopleEvent)
  case scheduling(SchedulingEvent)
  case record(RecordEvent)

  /// - Throws: `UnreadableEvent`, also for a type that nobody knows: nothing is skipped silently.
  package init(_ event: RecordedEvent) throws {
    if let record = try RecordEvent(event) {
      self = .record(record)
    } else if let people = try PeopleEvent(event) {
      self = .people(people)
    } else if let scheduling = try SchedulingEvent(event) {
      self = .scheduling(scheduling)
    } else {
      throw UnreadableEvent(position: event.position, type: event.type, what: "the type is unknown")
    }
  }

  /// Each of the events, or why it cannot be read; many of them are decoded side by side.
  package static func decoded(_ events: [RecordedEvent]) -> [Result<LoggedEvent, any Error>] {
    let pieces = events.count < 200 ? 1 : ProcessInfo.processInfo.activeProcessorCount
    let length = (events.count + pieces - 1) / pieces
    return Array(unsafeUninitializedCapacity: events.count) { results, count in
      // Each piece fills places of its own.
      nonisolated(unsafe) let results = results
      DispatchQueue.concurrentPerform(iterations: pieces) { piece in
        let start = min(piece * length, events.count)
        for index in start..<min(start + length, events.count) {
          results.initializeElement(at: index, to: Result { try LoggedEvent(events[index]) })
        }
      }
      count = events.count
    }
  }
}

/// A read model and its projector: a pure fold of the events into rows.
///
/// The same code runs under *follow*, *rebuild* and *as of*; it does not know which.
package protocol ReadModel: Sendable {
  /// Of the projector, of the schema in the database, and in `projection.checkpoint`.
  static var name: String { get }
  /// Another number means that what the older code wrote must be rebuilt.
  static var revision: Int { get }
  init()
  /// - Throws: `MissingRow`, before anything is changed; what fetching a row throws.
  mutating func apply(_ event: LoggedEvent, _ origin: Origin) throws
  /// Goes through the tables in their fixed order.
  mutating func visit(_ visitor: inout some TableVisitor) throws
}

/// Does the same to every table of a read model.
package protocol TableVisitor {
  mutating func visit<R: Row>(_ table: inout Table<R>) throws
}
