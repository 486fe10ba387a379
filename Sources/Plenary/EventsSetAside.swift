package import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
import ReadModels
package import Scheduling
package import Vocabulary

extension ConferenceToChange {
  /// Sets an event aside that cannot be read or applied, or brings it back.
  ///
  /// It reads no facts of the conference: these may be what cannot be read.
  ///
  /// - Throws: `Failure` if the log has no such event; the decider's refusal.
  package func change(_ action: SettingAside.Action, _ position: Int, _ context: CommandContext) async throws
    -> Outcome<SettingAsideEvent>
  {
    let command = try await workspace.connection.run { [id] connection in
      var event: RecordedEvent?
      try EventStream.read(
        id, after: position - 1, upTo: .position(position), detail: .projection, connection
      ) { event = $0 }
      guard let event else {
        throw Failure(.refused, "The log of \(id) has no event \(position).", .showLog)
      }
      return SettingAside.Command(
        action, position: position, type: event.type,
        stopped: action == .setAside ? try Projectors(id).stopped(by: event, connection) : [])
    }
    return try await workspace.change(SettingAside.self, command, in: id, context)
  }
}

extension Workspace {
  /// Undoes everything that one command did. If a speaker then has no address, their key is destroyed too.
  ///
  /// - Parameter commandID: The id of that command, a UUID.
  /// - Throws: `Refused` for an unknown command, if later changes depend on it, and if a projector stops at one of its
  ///   events: of that one there is nothing that could be undone.
  package func undo(
    _ commandID: String, waivers: [Waiver], in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<UndoingEvent> {
    let outcome = try await undoApplied(commandID, waivers: waivers, in: conference, context)
    guard outcome.effect == .nothingToDo else { return outcome }
    let known = try await log.read(conference, matching: .tagged(.conference), command: commandID)
    guard let receipt = known.receipt?.receipt else { return outcome }
    let stops = try await connection.run {
      try Projectors(conference).stops(at: receipt.first...receipt.last, $0)
    }
    if let stop = stops.min(by: { $0.position < $1.position }) {
      throw Refused(
        "Event \(stop.position) (\(stop.type)) cannot be applied, so there is nothing of it to undo.",
        .setEventAside(stop.position))
    }
    return outcome
  }
}
