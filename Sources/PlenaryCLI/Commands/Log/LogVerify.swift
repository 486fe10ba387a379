import ArgumentParser
import EventLog
import Foundation
import Plenary
import Scheduling
import Vocabulary

extension LogCommand {
  struct Verify: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Check that nothing in the log is missing or was changed.",
      discussion: """
        Computes every event's hash anew, and the root over all of them. Compare the root with one \
        that was printed or written down: every document bears its own; --at gives the root of then.
        """)
    @Option(help: "A root (64 hexadecimal digits) that it must have.") var root: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Report: Encodable {
      var conference: String
      var events: Int
      var root: String
      var lastEventAt: Timestamp?
    }

    func run() async throws {
      let conference = try await global.conferenceContext()
      let bound = try await conference.reached(read.bound(conference))
      let found = try await conference.verifyLog(upTo: bound, root: root)
      let report = Report(
        conference: conference.id.slug, events: found.events, root: found.root,
        lastEventAt: found.lastEventAt)
      if global.json { return try Console.json(report) }
      Console.print("\(found.events) events, all as they were recorded.")
      Console.print("root \(found.root)")
    }
  }
}
