package import EventLog
import Foundation
import Postgres
import PostgresLog
import PrivateServer
import Record
import Scheduling
package import Vocabulary

extension Workspace {
  /// Carries out a command of any capability.
  package func change<D: Decider>(
    _ decider: D.Type, _ command: D.Command, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<D.Event> {
    try await context.tellingCommandID {
      try await CommandHandler(store: log).handle(decider, command, in: conference, context)
    }
  }
}

// MARK: Undoing

extension Workspace {
  /// Undoes a command. Does not ask whether a projector stops at one of its events: see `undo`.
  func undoApplied(
    _ commandID: String, waivers: [Waiver], in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<UndoingEvent> {
    guard let id = UUID(uuidString: commandID)?.uuidString.lowercased() else {
      throw Failure(
        .wrongUsage, "“\(excerpt(commandID))” is neither a command id (a UUID) nor the position of an event.",
        .showLog, code: .malformedValue)
    }
    let known = try await log.read(conference, matching: .tagged(.conference), command: id)
    guard let receipt = known.receipt?.receipt else {
      throw Refused("No command \(id) changed anything in \(conference).", .showLog)
    }
    let (events, aside) = try await connection.run { connection in
      var events: [RecordedEvent] = []
      try EventStream.read(
        conference, after: receipt.first - 1, upTo: .position(receipt.last), detail: .whole,
        connection
      ) { events.append($0) }
      return (events, try EventStream.setAside(in: conference, connection))
    }
    if let event = events.first(where: { aside.by($0.position) != nil }) {
      throw Refused(
        "Event \(event.position) is set aside, so its command cannot be undone.",
        .reinstateEvent(event.position))
    }
    if let event = events.first(where: { SettingAsideEvent.forms[$0.type] != nil }),
      let change = try SettingAsideEvent(event)
    {
      let (what, hint): (String, Hint) =
        switch change {
        case .setAside(let body): ("sets event \(body.position) aside", .reinstateEvent(body.position))
        case .reinstated(let body): ("brings event \(body.position) back", .setEventAside(body.position))
        }
      throw Refused("Event \(event.position) \(what); there is a command of its own against it.", hint)
    }
    let tags = Set(events.flatMap(\.tags)).sorted().map(Tag.init(stored:))
    let clocks = try await ConferenceContext(self, conference)
    let rules = try clocks.clock()
    let zones = try known.events.zones.subtracting([rules.zone]).sorted().compactMap {
      try? clocks.rules(of: $0)
    }
    if let outcome = try await undoRecord(id, events, rules, in: conference, context) {
      return outcome.map { .record($0) }
    }
    return try await context.showingConflicts(waivers) { waivers in
      try await context.tellingCommandID {
        let outcome = try await CommandHandler(store: ErasingLog(self)).handle(
          ProgramUndo.self,
          Undo.Command(
            commandID: id, first: receipt.first, last: receipt.last, tags: tags, rules: rules,
            zones: zones, waivers: waivers),
          in: conference, context)
        return outcome.map { .programOrPeople($0) }
      }
    }
  }
}

extension [RecordedEvent] {
  /// The time zones that these events give the conference.
  fileprivate var zones: Set<String> {
    get throws {
      var zones: Set<String> = []
      for event in self {
        switch try SchedulingEvent(event) {
        case .conferenceOpened(let body): zones.insert(body.details.zone)
        case .conferenceRevised(let body): if let zone = body.changes.zone { zones.insert(zone) }
        default: break
        }
      }
      return zones
    }
  }
}

extension CommandContext {
  /// Adds the command id to a lost connection, because only the same command under its id tells the outcome.
  func tellingCommandID<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch AppendError.connectionLost where !dryRun {
      throw UnknownOutcome(commandID: commandID)
    } catch let error as PostgresError where error.situation == .connectionLost && !dryRun {
      throw UnknownOutcome(commandID: commandID)
    }
  }
}

/// The connection was lost, and nobody knows whether the command was carried out.
package struct UnknownOutcome: HintedError {
  package let commandID: String

  package var texts: [HintedText] {
    .says(
      "The connection to the database was lost. Whether the command was carried out is unknown.",
      .repeatCommand(id: commandID))
  }
}
