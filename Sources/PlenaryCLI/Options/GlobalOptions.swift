import ArgumentParser
import EventLog
import Foundation
import Plenary
import ReadModels
import Scheduling
import Vocabulary

/// The options of every command.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "PostgreSQL connection URL (default: PLENARY_DATABASE_URL, PGHOST, or Plenary's own server).",
      valueName: "url"))
  var database: String?

  @Option(
    name: .shortAndLong,
    help:
      "The conference's short name (default: PLENARY_CONFERENCE, else the one of “plenary conference use”, else the only one).",
    completion: .conferences)
  var conference: String?

  @Flag(help: "Print the result as JSON, for use in programs.")
  var json = false

  func workspace(note: @escaping @Sendable (String) -> Void = { Console.error($0) }) async throws -> Workspace
  {
    if let script = ScriptedCommand.current { return script.workspace }
    let configuration = try Configuration(database: database, conference: conference)
    return try await Workspace.open(configuration, note: note)
  }

  /// The conference in use, in its current state.
  func conferenceContext() async throws -> ConferenceContext {
    let workspace = try await workspace()
    return try await ConferenceContext(workspace, try await workspace.conference())
  }

  /// The conference that is meant, of which nothing was read yet.
  func conferenceToChange() async throws -> ConferenceToChange {
    let workspace = try await workspace()
    // A line of a script can name another conference than the script.
    if ScriptedCommand.current != nil, let conference {
      return ConferenceToChange(workspace, try ConferenceID(conference))
    }
    return ConferenceToChange(workspace, try await workspace.conference())
  }
}
