package import EventLog
import Postgres
import PostgresLog
package import Vocabulary

/// The result for a log in which nothing is missing and nothing was changed.
package struct LogVerification: Sendable {
  package let events: Int
  /// The Merkle root over all events, 64 hexadecimal digits.
  package let root: String
  package let lastEventAt: Timestamp?
}

extension ConferenceContext {
  /// Recomputes the hash of every event and the root over all of them, and compares the tags by which
  /// decisions find events.
  ///
  /// - Parameter root: The expected root in hexadecimal digits; nil accepts any.
  /// - Throws: `Failure` if something is missing or was changed.
  package func verifyLog(upTo bound: LogBound, root: String?) async throws -> LogVerification {
    // The head is read before the events, so a command that appends meanwhile causes no false alarm.
    let head = try await head()
    let (tree, last) = try await workspace.connection.run { [id] connection in
      var (tree, last) = (MerkleTree(), Timestamp?.none)
      try EventStream.read(id, after: 0, upTo: bound, detail: .whole, connection) {
        guard $0.leafHash == $0.leaf else {
          throw Failure(
            .failed,
            "Event \($0.position) (\($0.type)) was changed after it was recorded: its hash differs. Restore "
              + "the database from a backup.")
        }
        tree.append($0.leaf)
        last = $0.recordedAt
      }
      if let stray = try Self.eventWithOtherTags(in: id, upTo: tree.count, connection) {
        throw Failure(
          .failed,
          "Event \(stray) is not indexed under its own tags: log.tag was changed. Restore the "
            + "database from a backup.")
      }
      return (tree, last)
    }
    if case .head = bound, head > tree.count {
      throw Failure(
        .failed, "The log ends at event \(tree.count), but more were recorded; the rest is missing.")
    }
    let found = hexadecimal(tree.root)
    if let root, root.lowercased() != found {
      throw Failure(
        .failed,
        "The log's root at position \(tree.count) is \(found), not \(root.lowercased()): this is a different "
          + "log, or it was changed.")
    }
    return LogVerification(events: tree.count, root: found, lastEventAt: last)
  }

  /// Decisions find events by `log.tag`, which the hashes do not cover. It must agree with the events.
  ///
  /// - Returns: The first event whose tags differ.
  private static func eventWithOtherTags(
    in conference: ConferenceID, upTo position: Int, _ connection: isolated Connection
  ) throws -> Int? {
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
    return try strays.first?.decode("position", as: Int.self)
  }
}
