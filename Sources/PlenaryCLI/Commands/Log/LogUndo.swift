import ArgumentParser
import EventLog
import Foundation
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Vocabulary

extension LogCommand {
  struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo", abstract: "Take back what a command did, by events of its own.",
      discussion: """
        Nothing leaves the log. What others changed since stays as it is, and where it stands on what \
        is to be undone, the undo is refused with the reason. --dry-run shows what would be appended. \
        Example: plenary log undo 0b4d… --dry-run (“log show” names the command of each event).
        """)
    @Argument(help: "The command's id, as “log show” prints it; or the position of one of its events.")
    var command: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let conference = try await global.conferenceContext()
      var id = command
      if let position = Int(command) {
        guard let event = try await conference.events(after: position - 1, upTo: .position(position)).first
        else { throw Failure(.refused, "The log has no event \(position).") }
        id = event.commandID
      }
      let context = try change.context()
      let outcome = try await conference.workspace.undo(
        id, waivers: change.waivers(), in: conference.id, context)
      try outcome.report(context, json: global.json)
    }
  }
}
