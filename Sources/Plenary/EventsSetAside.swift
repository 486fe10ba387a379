package import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
import ReadModels
import Vocabulary

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
