import EventLog
import JSON
package import Postgres
package import ReadModels
import Vocabulary

/// The released program in PostgreSQL, for those who may not read the log.
///
/// It is folded from the whole log whenever a release is projected, because a release shows what was planned before it. It
/// has the position of that release.
extension Projectors {
  /// Stores the program as it was released last, if the projected events have a release.
  func publish(_ run: any AnyProjectorRun, _ connection: isolated Connection) throws {
    guard let run = run as? ProjectorRun<ProgramModel>, let release = run.model.orderedReleases.last else {
      return
    }
    let stored = try releasedProgram(at: release.origin.position, connection)
    try connection.execute("delete from program.public where conference = \(conference.slug)")
    try connection.execute(
      """
      insert into program.public (conference, position, last_event_at, frontier, rows, starts, published)
      values (
        \(conference.slug), \(stored.checkpoint.position),
        \(stored.checkpoint.lastEventAt?.description as String?)::timestamptz, \(stored.checkpoint.tree.bytes)::bytea,
        \(stored.rows), \(stored.starts)::json, \(stored.published)::json)
      """)
  }

  /// The program as last released; nil if nothing was released, or nobody has projected it.
  package func released(_ connection: isolated Connection) throws -> (PublicProgram, Checkpoint)? {
    let rows = try connection.query(
      """
      select position, last_event_at, frontier, rows, starts::text, published::text
      from program.public where conference = \(conference.slug)
      """)
    guard let row = rows.first,
      let tree = MerkleTree(count: try row.decode("position"), bytes: try row.decode("frontier"))
    else { return nil }
    var checkpoint = Checkpoint()
    checkpoint.tree = tree
    checkpoint.lastEventAt = try row.decode("last_event_at")
    var program = ProgramModel()
    let bytes = Array(try row.decode("rows", as: String.self).utf8)
    try bytes.withUnsafeBytes { bytes in
      var parse = ParseRows(lines: bytes.split(separator: 0x0A, omittingEmptySubsequences: true)[...])
      try program.visit(&parse)
    }
    return (
      PublicProgram(
        released: program,
        previousStarts: try JSONText.decode([PublicProgram.Starts].self, from: row.decode("starts")),
        everReleased: try JSONText.decode([SessionID].self, from: row.decode("published"))), checkpoint
    )
  }

  /// How the stored program differs from what the log says.
  func releasedDifference(_ program: ProgramModel, _ connection: isolated Connection) throws -> Difference? {
    let rows = try connection.query(
      """
      select position, rows, starts::text, published::text from program.public
      where conference = \(conference.slug)
      """)
    func difference(_ what: Difference.What) -> Difference {
      Difference(table: "program.public", key: conference.slug, what: what)
    }
    guard let release = program.orderedReleases.last else { return rows.isEmpty ? nil : difference(.extra) }
    guard let row = rows.first else { return difference(.missing) }
    let expected = try releasedProgram(at: release.origin.position, connection)
    let isSame =
      try row.decode("position", as: Int.self) == expected.checkpoint.position
      && row.decode("rows", as: String.self) == expected.rows
      && row.decode("starts", as: String.self) == expected.starts
      && row.decode("published", as: String.self) == expected.published
    return isSame ? nil : difference(.different)
  }

  /// As it is stored: its rows as lines of COPY, table by table.
  private func releasedProgram(at position: Int, _ connection: isolated Connection) throws
    -> (checkpoint: Checkpoint, rows: String, starts: String, published: String)
  {
    let (program, checkpoint) = try asOf(PublicProgram.self, .position(position), connection)
    var released = program.released ?? ProgramModel()
    var format = FormatRows()
    try released.visit(&format)
    return (
      checkpoint, String(decoding: format.bytes, as: UTF8.self), try JSONText.encode(program.starts),
      try JSONText.encode(program.everReleased.sorted())
    )
  }
}

/// Each table as a line with its name and the number of its rows, and a line for each row in the order of their keys.
private struct FormatRows: TableVisitor {
  var bytes: [UInt8] = []

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) {
    let rows = table.rows.sorted { $0.key < $1.key }
    bytes += Array("\(R.table)\t\(rows.count)\n".utf8)
    var writer = RowWriter()
    for row in rows {
      row.write(to: &writer)
      writer.endRow()
    }
    bytes += writer.bytes
  }
}

private struct ParseRows: TableVisitor {
  var lines: ArraySlice<Slice<UnsafeRawBufferPointer>>

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) throws {
    guard let heading = lines.popFirst() else { return }
    var fields = CopyFields(UnsafeRawBufferPointer(rebasing: heading))
    guard try fields.next(R.table, as: String.self) == R.table else { throw OtherRows(table: R.table) }
    let count: Int = try fields.next(R.table)
    for _ in 0..<count {
      guard let line = lines.popFirst() else { throw OtherRows(table: R.table) }
      var reader = CopyReader(UnsafeRawBufferPointer(rebasing: line), of: R.table)
      table.load(try R(&reader))
    }
  }
}

/// The stored program is of another form. A rebuild writes it anew.
struct OtherRows: Error, CustomStringConvertible {
  let table: String
  var description: String {
    "The stored program has no rows of \(table). Rebuild the read model of the program."
  }
}
