import ArgumentParser
import EventLog
import Foundation
import Plenary
import Scheduling
import Vocabulary

extension LogCommand {
  struct Verify: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Check that no event in the log was changed or removed.",
      discussion: """
        Recomputes each event's hash and the root hash of the whole log, and compares the log's last position, the \
        commands' receipts, the tags and the words with the events. Without --at, it also decrypts all personal data, to \
        find keys that are missing in the vault. Compare the root with an earlier one: every printed \
        document shows the root at its log position. Use --at for that position.
        """)
    @Option(
      help: "Expected root hash (64 hexadecimal digits; spaces are ignored), e.g. from a printed document.")
    var root: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    private struct Report: Encodable {
      var conference: String
      var events: Int
      var root: String
      var lastEventAt: Timestamp?
      var sealed: SealedData?
    }

    func run() async throws {
      let root = try root.map { try PrintedRoot($0) }
      let conference = try await global.conferenceContext()
      let bound = try await conference.reached(read.bound(conference))
      let found = try await conference.verifyLog(upTo: bound, root: root)
      let report = Report(
        conference: conference.id.slug, events: found.events, root: found.root,
        lastEventAt: found.lastEventAt, sealed: found.sealed)
      if global.json {
        try Console.json(.logVerify, report, at: found.events)
      } else {
        Console.print("\(counted(found.events, "event")), all unchanged.")
        Console.print("root \(found.root)")
      }
      try found.sealed?.checkReadable()
    }
  }
}
