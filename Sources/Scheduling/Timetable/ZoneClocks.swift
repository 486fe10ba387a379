package import Vocabulary

/// The clocks of time zones, for the instants in messages. A decision cannot look up a zone's rules, so the application
/// brings them. Nothing but words depends on them, so all are equal.
package struct ZoneClocks: Sendable, Equatable {
  /// The rules of a zone at an instant.
  private let rules: @Sendable (_ zone: String, _ instant: Timestamp) -> ZoneRules?

  package init(_ rules: @escaping @Sendable (_ zone: String, _ instant: Timestamp) -> ZoneRules?) {
    self.rules = rules
  }

  /// Knows no zone, and shows UTC.
  package static let utc = ZoneClocks { _, _ in nil }

  package static func == (a: Self, b: Self) -> Bool { true }

  func readable(_ instant: Timestamp, in zone: String) -> String {
    rules(zone, instant)?.readable(instant) ?? instant.readable
  }
}

/// What a decision knows that describes conflicts.
package protocol ShowingConflicts {
  var clocks: ZoneClocks { get set }
}

extension Timetable: ShowingConflicts {}

extension Undo.State: ShowingConflicts {
  package var clocks: ZoneClocks {
    get { timetable.clocks }
    set { timetable.clocks = newValue }
  }
}

extension ProgramImport.State: ShowingConflicts {
  package var clocks: ZoneClocks {
    get { timetable.clocks }
    set { timetable.clocks = newValue }
  }
}
