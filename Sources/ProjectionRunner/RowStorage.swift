import Postgres
import ReadModels
import Vocabulary

/// Moves rows of read models between PostgreSQL and memory, with COPY in both directions.
struct RowStorage {
  let conference: ConferenceID

  func columns<R: ReadModels.Row>(_: R.Type) -> String { R.columns.joined(separator: ", ") }

  func read<R: ReadModels.Row>(
    _: R.Type, keys: [String]? = nil, _ connection: isolated Connection, _ body: (R) throws -> Void
  ) throws {
    let condition: SQL = keys.map { matching(R.self, $0) } ?? ""
    try readLines(R.self, condition, connection) { line in
      var reader = CopyReader(line, of: R.table)
      try body(R(&reader))
    }
  }

  /// Reads the rows as lines of COPY, without decoding them.
  func readLines<R: ReadModels.Row>(
    _: R.Type, _ condition: SQL = "", _ connection: isolated Connection,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try connection.copyOut(
      """
      copy (
        select \(raw: columns(R.self)) from \(raw: R.table)
        where conference = \(conference.slug) \(condition)
      ) to stdout
      """, body)
  }

  private func matching<R: ReadModels.Row>(_: R.Type, _ keys: [String]) -> SQL {
    R.onlyKey == nil ? "and \(raw: R.columns[0])::text = any (\(keys)::text[])" : ""
  }

  func write<R: ReadModels.Row>(_ rows: some Sequence<R>, _ connection: isolated Connection) throws {
    try connection.copyIn(
      "copy \(raw: R.table) (\(raw: columns(R.self)), conference) from stdin"
    ) { copy in
      var writer = CopyWriter()
      for row in rows {
        row.write(to: &writer)
        writer.add(conference.slug)
        writer.endRow()
        if writer.bytes.count > 60_000 {
          try copy.write(writer.bytes)
          writer.removeAll()
        }
      }
      try copy.write(writer.bytes)
    }
  }

  func remove<R: ReadModels.Row>(_: R.Type, _ connection: isolated Connection) throws {
    try connection.execute(
      "delete from \(raw: R.table) where conference = \(conference.slug)")
  }

  func replace<R: ReadModels.Row>(_ rows: [R], keys: [String], _ connection: isolated Connection) throws {
    try connection.execute(
      """
      delete from \(raw: R.table)
      where conference = \(conference.slug) \(matching(R.self, keys))
      """)
    if !rows.isEmpty { try write(rows, connection) }
  }
}
