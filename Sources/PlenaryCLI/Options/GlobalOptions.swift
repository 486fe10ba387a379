import ArgumentParser
import EventLog
import Foundation
import Plenary
import ReadModels
import Scheduling
import Vocabulary

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The database, as libpq names it.", valueName: "url"))
  var database: String?

  @Option(name: .shortAndLong, help: "The conference; needed where there are several.")
  var conference: String?

  @Flag(help: "Print JSON, for programs.")
  var json = false

  func workspace() async throws -> Workspace {
    let configuration = try Configuration(database: database, conference: conference)
    return try await Workspace.open(configuration) { Console.error($0) }
  }

  /// The conference that is meant, as it stands; for a command that was carried out before, as it was then.
  func conferenceContext(for command: CommandContext? = nil) async throws -> ConferenceContext {
    let workspace = try await workspace()
    return try await ConferenceContext(
      workspace, try await workspace.conference(), for: command?.commandID)
  }
}
