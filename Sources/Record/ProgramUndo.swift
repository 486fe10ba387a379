package import EventLog
package import Scheduling
import Vocabulary

/// Undoes one command about the program or people, as `Undo` does, and keeps every session that has a record.
///
/// A session whose scheduling is undone is gone from the program. What was recorded in it would be gone from print.
package enum ProgramUndo: Decider {
  /// The log's receipts know both as one.
  package static let name = Undo.name

  package typealias Command = Undo.Command
  package typealias Event = Undo.Event
  package typealias Refusal = Undo.Refusal

  package struct State: Sendable {
    var undo = Undo.initial
    var record = RecordState()
    var sittings = Sittings.State()
    var segments = Segments.State()
    /// Entries that were moved, and of which nothing else was read yet.
    fileprivate var moved: Set<RecordID> = []
  }

  package static let initial = State()

  /// That of the undo, and what was recorded in the sessions that it takes away.
  package static func boundary(of command: Command, in state: State) -> Query {
    let boundary = Undo.boundary(of: command, in: state.undo)
    guard let events = try? Undo.decide(command, in: state.undo) else { return boundary }
    let gone = events.compactMap(\.unscheduled)
    if gone.isEmpty { return boundary }
    return boundary.union(
      .tagged(anyOf: gone.flatMap { [$0.tag, .entries(of: $0)] } + state.moved.sorted().map(\.tag)))
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let events = try Undo.decide(command, in: state.undo)
    for session in events.compactMap(\.unscheduled) {
      if let user = state.whatIsRecorded(in: session) {
        throw .inUse(what: "The session “\(session)”", by: user)
      }
    }
    return events
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    Undo.warnings(on: events, in: state.undo)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try Undo.evolve(&state.undo, event)
    try state.record.evolve(event)
    switch try RecordEvent(event) {
    case .sitting(let body):
      state.sittings.apply(body)
      state.segments.apply(body, at: event.position)
    case .statementMoved(let body) where state.record.entries[body.entry] == nil:
      state.moved.insert(body.entry)
    default: break
    }
  }
}

extension ProgramUndo.State: ShowingConflicts {
  package var clocks: ZoneClocks {
    get { undo.clocks }
    set { undo.clocks = newValue }
  }

  fileprivate func whatIsRecorded(in session: SessionID) -> String? {
    // The number of a published entry stays, even if it was retracted.
    if record.entries.values.contains(where: { $0.session == session && !$0.isGone }) {
      return "its record has entries"
    }
    if sittings.steps[session]?.isEmpty == false { return "the record says when it was held" }
    if segments.segments[session]?.isEmpty == false { return "its record has segments" }
    return nil
  }
}

extension ProgramOrPeopleEvent {
  /// The session that it takes out of the program as if it had never been there.
  fileprivate var unscheduled: SessionID? {
    if case .scheduling(.sessionUnscheduled(let body)) = self { body.session } else { nil }
  }
}
