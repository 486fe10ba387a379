import EventLog
import JSON
import Postgres
import Vocabulary

/// A command of very many events on its way to `log.append`: sent row by row into a temporary table, from which the server
/// makes the arguments.
///
/// As arguments of a statement, all of them would be in memory at once, three times over: here as texts, in the statement, and
/// in libpq's buffer.
enum StagedEvents {
  /// From so many events on it is worth it.
  static let fewest = 5_000

  /// Whether this login may make a temporary table; every login may, unless somebody has taken the right from it.
  static func areAllowed(_ connection: isolated Connection) throws(PostgresError) -> Bool {
    try connection.query("select has_database_privilege(current_database(), 'TEMP') as may")[0].decode("may")
  }

  /// Appends in the connection's current transaction.
  static func append(_ batch: AppendRequest, on connection: isolated Connection) throws -> Receipt {
    try connection.execute(
      """
      create temporary table staged_event (
        ordinal integer, type text, version integer, tags text, body text, words text, salt text
      ) on commit drop
      """)
    try connection.copyIn("copy pg_temp.staged_event from stdin") { writer in
      for (ordinal, body) in batch.events.enumerated() {
        let stored = try StoredBody(body)
        var row: [UInt8] = []
        // What an import remembers of a hundred thousand people would otherwise be copied while it grows.
        row.reserveCapacity(stored.text.utf8.count + 512)
        let tags = body.tags.map(\.text).joined(separator: " ")
        for field in ["\(ordinal)", type(of: body).type, "\(type(of: body).version)", tags, stored.text] {
          row.append(copied: field)
          row.append(UInt8(ascii: "\t"))
        }
        row.append(copied: stored.words?.json)
        row.append(UInt8(ascii: "\t"))
        row.append(copied: stored.words.map { "\\x" + hexadecimal($0.salt) })
        row.append(UInt8(ascii: "\n"))
        try writer.write(row)
      }
    }
    let query = try batch.condition.map { try JSONText.encode($0.query.items) }
    let rows = try connection.query(
      """
      select appended.first_position, appended.last_position, appended.replayed
      from (
        select
          array_agg(type order by ordinal) as types, array_agg(version order by ordinal) as versions,
          array_agg(tags order by ordinal) as tags, array_agg(body order by ordinal) as bodies,
          case when count(words) > 0 then array_agg(words order by ordinal) end as words,
          case when count(words) > 0 then array_agg(salt::bytea order by ordinal) end as salts
        from pg_temp.staged_event
      ) as staged,
      log.append(
        \(batch.conference.slug), \(batch.commandID)::uuid, \(batch.request)::bytea, \(batch.actor),
        \(batch.reason as String?), staged.types, staged.versions, staged.tags, staged.bodies,
        \(query as String?)::json, \(batch.condition?.after as Int?)::bigint, staged.words, staged.salts
      ) as appended
      """)
    return try Receipt(rows[0])
  }
}

extension [UInt8] {
  /// A field in COPY's text format (PostgreSQL manual, COPY, “Text Format”).
  fileprivate mutating func append(copied field: String?) {
    guard var field else { return append(contentsOf: #"\N"#.utf8) }
    field.withUTF8 { bytes in
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "\\"): append(contentsOf: #"\\"#.utf8)
        case UInt8(ascii: "\t"): append(contentsOf: #"\t"#.utf8)
        case UInt8(ascii: "\n"): append(contentsOf: #"\n"#.utf8)
        case UInt8(ascii: "\r"): append(contentsOf: #"\r"#.utf8)
        default: append(byte)
        }
      }
    }
  }
}
