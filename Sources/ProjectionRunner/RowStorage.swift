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
    func row(_ line: UnsafeRawBufferPointer) throws {
      var reader = CopyReader(line, of: R.table)
      try body(R(&reader))
    }
    guard let keys, R.onlyKey == nil else { return try readLines(R.self, connection, row) }
    try connection.copyOut("copy (select \(raw: columns(R.self)) from \(found(R.self, keys))) to stdout", row)
  }

  /// Reads the rows as lines of COPY, without decoding them.
  func readLines<R: ReadModels.Row>(
    _: R.Type, _ connection: isolated Connection, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try connection.copyOut(
      """
      copy (
        select \(raw: columns(R.self)) from \(raw: R.table) where conference = \(conference.slug)
      ) to stdout
      """, body)
  }

  /// The rows with these keys, each looked up by itself.
  ///
  /// The limit has the planner do so. Without it, it takes a conference that came after the last ANALYZE for one of hardly any rows,
  /// and reads all of them to find one.
  private func found<R: ReadModels.Row>(_: R.Type, _ keys: [String]) -> SQL {
    """
    unnest(\(keys)::text[]) as wanted(wanted_key)
    cross join lateral (
      select * from \(raw: R.table)
      where conference = \(conference.slug)
        and \(raw: R.columns[0]) = wanted.wanted_key\(raw: R.hasNumberKey ? "::bigint" : "")
      limit 1
    ) as found
    """
  }

  func write<R: ReadModels.Row>(_ rows: some Sequence<R>, _ connection: isolated Connection) throws {
    try connection.copyIn(
      "copy \(raw: R.table) (\(raw: columns(R.self)), conference) from stdin"
    ) { copy in
      var writer = RowWriter()
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

  /// Puts rows in the place of those with these keys.
  func replace<R: ReadModels.Row>(
    _ rows: some Collection<R>, keys: [String], _ connection: isolated Connection
  ) throws {
    if R.onlyKey != nil {
      if !keys.isEmpty { try remove(R.self, connection) }
    } else if keys.count > Self.mostKeysOneByOne {
      try connection.execute(
        """
        delete from \(raw: R.table)
        where conference = \(conference.slug)
          and \(raw: R.columns[0]) = any (\(keys)::text[]\(raw: R.hasNumberKey ? "::bigint[]" : ""))
        """)
    } else {
      for key in keys {
        try connection.execute(
          """
          delete from \(raw: R.table)
          where conference = \(conference.slug)
            and \(raw: R.columns[0]) = \(key)::text\(raw: R.hasNumberKey ? "::bigint" : "")
          """)
      }
    }
    if !rows.isEmpty { try write(rows, connection) }
  }

  /// Rows with more keys are deleted in one statement, for which the planner may read all rows of the conference once: of one that
  /// came after the last ANALYZE, it does not know that there are many.
  private static let mostKeysOneByOne = 100

  /// Compares all stored rows with those of a table in memory. In a transaction.
  func differences<R: ReadModels.Row>(from table: Table<R>, _ connection: isolated Connection) throws
    -> RowDifferences
  {
    var found = RowDifferences()
    var isStored = [Bool](repeating: false, count: table.places.count)
    var writer = RowWriter()
    // As rows are written.
    try connection.execute("set local timezone = 'UTC'")
    // The stored text of every column counts. Some columns (sort keys, instants) are not read into rows, and lines that somebody
    // else wrote may not even form a row.
    try readLines(R.self, connection) { line in
      var fields = CopyFields(line)
      let key = try R.onlyKey ?? fields.next(R.table)
      guard let place = table.place(of: key), let row = table[place: place] else {
        return found.extra.append(key)
      }
      isStored[place] = true
      writer.removeAll()
      row.write(to: &writer)
      if !writer.isLine(line) { found.different.append(place) }
    }
    found.missing = table.places.filter { !isStored[$0] && table[place: $0] != nil }
    return found
  }
}

/// How the stored rows of a table differ from those in memory.
struct RowDifferences {
  /// Places in memory of rows that are not stored.
  var missing: [Int] = []
  /// Places of rows that are stored otherwise.
  var different: [Int] = []
  /// The keys of stored rows that are not in memory.
  var extra: [String] = []
}
