import Dispatch
package import EventLog
import Foundation
package import People
package import Record
package import Scheduling

/// An event of any capability, as projectors get it.
package enum LoggedEvent: Sendable {
  case people(PeopleEvent)
  case scheduling(SchedulingEvent)
  case record(RecordEvent)
  /// Read models learn from their projector which events are set aside.
  case settingAside(SettingAsideEvent)

  /// - Throws: `UnreadableEvent`, also for an unknown type: no event is skipped silently.
  package init(_ event: RecordedEvent) throws {
    if let record = try RecordEvent(event) {
      self = .record(record)
    } else if let people = try PeopleEvent(event) {
      self = .people(people)
    } else if let scheduling = try SchedulingEvent(event) {
      self = .scheduling(scheduling)
    } else if let settingAside = try SettingAsideEvent(event) {
      self = .settingAside(settingAside)
    } else {
      throw event.unreadable("the type is unknown")
    }
  }

  /// The type of every event that can be read, and its present version. Those up to it are read as well.
  package static let versions: [String: Int] = {
    let pairs =
      RecordEvent.forms.values.map { ($0.type, $0.version) }
      + PeopleEvent.forms.values.map { ($0.type, $0.version) }
      + SchedulingEvent.forms.values.map { ($0.type, $0.version) }
      + SettingAsideEvent.forms.values.map { ($0.type, $0.version) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  /// Decodes events in parallel. Each result is the event, or why it cannot be read.
  package static func decoded(_ events: [RecordedEvent]) -> [Result<LoggedEvent, any Error>] {
    let pieces = events.count < 200 ? 1 : ProcessInfo.processInfo.activeProcessorCount
    let length = (events.count + pieces - 1) / pieces
    return Array(unsafeUninitializedCapacity: events.count) { results, count in
      // Each piece writes to its own places.
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

/// A read model and its projector, which folds events into rows without side effects.
///
/// The same code runs for *follow*, *rebuild* and *as of*, without knowing which one it is.
package protocol ReadModel: Sendable {
  /// The name of the projector, of its database schema, and in `projection.checkpoint`.
  static var name: String { get }
  /// Increase it when rows from older code must be rebuilt.
  static var revision: Int { get }
  init()
  /// - Throws: `MissingRow` before changing anything; errors of fetching a row.
  mutating func apply(_ event: LoggedEvent, _ origin: Origin) throws
  /// Visits all tables in a fixed order.
  mutating func visit(_ visitor: inout some TableVisitor) throws
}

/// Does the same with every table of a read model.
package protocol TableVisitor {
  mutating func visit<R: Row>(_ table: inout Table<R>) throws
}
