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
  /// What the vault opens of the log; nil for an earlier position, of which the vault knows nothing.
  package let sealed: SealedData?
}

/// A Merkle root as people type or copy it from a printed document, where its digits stand in groups.
package struct PrintedRoot: Sendable, Equatable {
  /// 64 hexadecimal digits, in lower case.
  package let digits: String

  /// - Throws: `InvalidValue` for anything else than 64 hexadecimal digits. Spaces, line breaks and invisible
  ///   characters do not count.
  package init(_ text: String) throws(InvalidValue) {
    let digits = text.lowercased().unicodeScalars.filter {
      !$0.properties.isWhitespace && $0.properties.generalCategory != .format
    }
    guard digits.count == 64, digits.allSatisfy({ $0.isASCII && $0.properties.isASCIIHexDigit }) else {
      throw InvalidValue(
        "“\(excerpt(text))” is not a root: a root has 64 hexadecimal digits, and this has "
          + "\(counted(digits.count, "character")).")
    }
    self.digits = String(digits)
  }
}

extension ConferenceContext {
  /// Recomputes the hash of every event and the root over all of them, and compares what the hashes do not
  /// cover with the events: the log's last position, the commands' receipts, the tags, and the words.
  ///
  /// Everything is read in one snapshot, so a command that appends meanwhile causes no false alarm.
  ///
  /// - Parameter root: The expected root; nil accepts any.
  /// - Throws: `Failure` if something is missing or was changed.
  package func verifyLog(upTo bound: LogBound, root: PrintedRoot?) async throws -> LogVerification {
    let (tree, last, sealed) = try await workspace.connection.run {
      [id, vault = workspace.vault] connection in
      try connection.transaction(.snapshot) {
        let keys = try SealedDataCheck.beginning(connection, id, vault)
        let (tree, last) = try Self.recompute(id, upTo: bound, connection)
        let isWhole = if case .head = bound { true } else { false }
        return (tree, last, isWhole ? try SealedData(of: id, keys, connection) : nil)
      }
    }
    let found = hexadecimal(tree.root)
    if let root, root.digits != found {
      let difference = "The log's root at position \(tree.count) is \(found), not \(root.digits): "
      // The root of an earlier position is another one, although nothing was changed.
      if case .head = bound {
        throw Failure(
          .failed, difference + "it is of another position, of a different log, or the log was changed.",
          .rootPosition)
      }
      throw Failure(.failed, difference + "this is a different log, or it was changed.")
    }
    return LogVerification(events: tree.count, root: found, lastEventAt: last, sealed: sealed)
  }

  /// Recomputes and compares as ``verifyLog(upTo:root:)`` does, in the current transaction, and without the vault.
  static func recompute(
    _ conference: ConferenceID, upTo bound: LogBound = .head, _ connection: isolated Connection
  ) throws -> (tree: MerkleTree, last: Timestamp?) {
    var (tree, last) = (MerkleTree(), Timestamp?.none)
    var words = try WordsComparison(conference, connection)
    try EventStream.read(conference, after: 0, upTo: bound, detail: .whole, connection) {
      guard $0.leafHash == $0.leaf else {
        throw Failure.changed(
          "Event \($0.position) (\($0.type)) was changed after it was recorded: its hash differs.")
      }
      try words.compare($0)
      tree.append($0.leaf)
      last = $0.recordedAt
    }
    try compareHead(of: conference, connection)
    let isWhole = if case .head = bound { true } else { false }
    let end = isWhole ? Int.max : tree.count
    try compareReceipts(of: conference, upTo: end, connection)
    try compareTags(of: conference, upTo: end, connection)
    try words.compareTheRest(upTo: end, connection)
    return (tree, last)
  }

  /// The next append takes its position from `log.head`.
  private static func compareHead(of conference: ConferenceID, _ connection: isolated Connection) throws {
    let head = try EventStream.head(of: conference, connection)
    let last = try connection.query(
      "select coalesce(max(position), 0) as last from log.event where conference = \(conference.slug)"
    )[0].decode("last", as: Int.self)
    if head > last {
      throw Failure.changed(
        "The log ends at event \(last), but log.head says \(head): the events after it are missing.")
    }
    if head < last {
      throw Failure.changed(
        "log.head says that the log ends at event \(head), but there are events up to \(last).")
    }
  }

  /// A command that is sent again is answered by its receipt, which names the positions of its events.
  private static func compareReceipts(
    of conference: ConferenceID, upTo position: Int, _ connection: isolated Connection
  ) throws {
    let differing = try connection.query(
      """
      select command_id::text as command, event.first, event.last, receipt.first_position, receipt.last_position
      from (
        select event.command_id, min(event.position) as first, max(event.position) as last, count(*) as events
        from log.event as event
        where event.conference = \(conference.slug)
        group by event.command_id
      ) as event
      full join (
        select receipt.command_id, receipt.first_position, receipt.last_position
        from log.receipt as receipt
        where receipt.conference = \(conference.slug)
      ) as receipt using (command_id)
      where (
          (event.first, event.last) is distinct from (receipt.first_position, receipt.last_position)
          or event.events <> event.last - event.first + 1
        )
        and coalesce(event.first, receipt.first_position) <= \(position)
      order by coalesce(event.first, receipt.first_position), command_id
      limit 1
      """)
    guard let row = differing.first else { return }
    func positions(_ first: String, _ last: String) throws -> String? {
      guard let first = try row.decode(first, as: Int?.self), let last = try row.decode(last, as: Int?.self)
      else { return nil }
      return first == last ? "event \(first)" : "events \(first) to \(last)"
    }
    let command = try row.decode("command", as: String.self)
    switch (try positions("first", "last"), try positions("first_position", "last_position")) {
    case (let events?, nil):
      throw Failure.changed("The receipt of the command \(command) is missing, which recorded \(events).")
    case (nil, let named?):
      throw Failure.changed(
        "The receipt of the command \(command) names \(named), but that command recorded no events.")
    case (let events?, let named?) where events != named:
      throw Failure.changed(
        "The receipt of the command \(command) names \(named), but the command recorded \(events).")
    default:
      throw Failure.changed("Other events stand between the events of the command \(command).")
    }
  }

  /// Decisions find events by `log.tag`.
  private static func compareTags(
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
      throw Failure.changed("Event \(stray) is not indexed under its own tags: log.tag was changed.")
    }
  }
}

extension Failure {
  static func changed(_ finding: String) -> Failure {
    Failure(.failed, "\(finding) Restore the database from a backup.")
  }
}
