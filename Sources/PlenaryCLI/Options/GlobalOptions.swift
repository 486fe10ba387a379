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
    help: "The conference's short name; required if there are several (default: PLENARY_CONFERENCE).")
  var conference: String?

  @Flag(help: "Print the result as JSON, for use in programs.")
  var json = false

  func workspace() async throws -> Workspace {
    let configuration = try Configuration(database: database, conference: conference)
    return try await Workspace.open(configuration) { Console.error($0) }
  }

  /// The conference in use, in its current state. If the command was carried out before, in the
  /// state of that time.
  func conferenceContext(for command: CommandContext? = nil) async throws -> ConferenceContext {
    let workspace = try await workspace()
    return try await ConferenceContext(
      workspace, try await workspace.conference(), for: command?.commandID)
  }
}
