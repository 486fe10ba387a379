import ArgumentParser
import EventLog
import Foundation
import Plenary

extension LogCommand {
  struct Export: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Export the log as JSON Lines: one event a line, with its hash.",
      discussion: """
        Personal data stays encrypted, and the keys are not exported. The last line has the position of the last event and \
        the root over all events, so that a log that was cut off is noticed. “plenary log import” reads the lines into \
        another database.

        With --follow, each new event is written when it is appended, until Ctrl-C; then the last line follows. The command \
        waits for a server that restarts, and neither leaves out nor repeats an event. \
        Example: plenary log export --follow --from 120 | while read -r event; do …; done
        """)
    @Option(help: "Begin with the event at this log position (default: 1).") var from = 1
    @Flag(help: "Go on with new events until interrupted.") var follow = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if from < 1 { throw ValidationError("--from takes a log position, from 1, not \(from).") }
      if follow, read.at != nil || read.asOf != nil {
        throw ValidationError("--follow cannot be used together with --at or --as-of.")
      }
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      if follow {
        Interruption.expect(following: conference.id)
        return try await conference.followLog(from: from, isOver: Interruption.isFollowingOver) {
          Console.print($0)
        }
      }
      let bound = try await conference.reached(read.bound(conference))
      try await conference.exportLog(from: from, upTo: bound) { Console.print($0) }
    }
  }
}
