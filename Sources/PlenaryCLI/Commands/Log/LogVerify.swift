import ArgumentParser
import EventLog
import Foundation
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Vocabulary

extension LogCommand {
  struct Verify: AsyncParsableCommand {
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
      let bound = try await conference.bound(read)
      // The head before the events: what is appended meanwhile can only make them more.
      let head = try await conference.head()
      let (tree, last) = try await conference.workspace.connection.run { connection in
        var (tree, last) = (MerkleTree(), Timestamp?.none)
        try EventStream.read(conference.id, after: 0, upTo: bound, detail: .whole, connection) {
          guard $0.leafHash == $0.leaf else {
            throw Failure(
              .failed,
              "Event \($0.position) (\($0.type)) is not as it was recorded: its hash differs. Restore "
                + "the database from a backup.")
          }
          tree.append($0.leaf)
          last = $0.recordedAt
        }
        try checkTags(of: conference.id, upTo: tree.count, connection)
        return (tree, last)
      }
      if case .head = bound, head > tree.count {
        throw Failure(
          .failed, "The log ends at event \(tree.count), but more were recorded: they are missing.")
      }
      let found = hexadecimal(tree.root)
      if let root, root.lowercased() != found {
        throw Failure(
          .failed,
          "The log's root at position \(tree.count) is \(found), not \(root.lowercased()): it is not the "
            + "log that was meant, or it was changed.")
      }
      let report = Report(
        conference: conference.id.slug, events: tree.count, root: found, lastEventAt: last)
      if global.json { return try Console.json(report) }
      Console.print("\(tree.count) events, all as they were recorded.")
      Console.print("root \(found)")
    }

    /// Decisions find events by `log.tag`, which the hashes do not cover: it must say what the events say.
    private func checkTags(
      of conference: ConferenceID, upTo position: Int, _ connection: isolated Connection
    ) throws {
      let strays = try connection.query(
        """
        select position
        from (
          select event.position, unnest(event.tags) as tag, true as stated
          from log.event as event
          where event.conference = \(conference.slug) and event.position <= \(position)
        ) as event
        full join (
          select tag.position, tag.tag, true as found
          from log.tag as tag
          where tag.conference = \(conference.slug) and tag.position <= \(position)
        ) as tag using (position, tag)
        where stated is null or found is null
        order by position
        limit 1
        """)
      if let stray = try strays.first?.decode("position", as: Int.self) {
        throw Failure(
          .failed,
          "Event \(stray) is not to be found by the tags that it bears: log.tag was changed. Restore the "
            + "database from a backup.")
      }
    }
  }
}
