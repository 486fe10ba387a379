import EventLog
import LogTestSupport
import Plenary
import Postgres
import PostgresLog
import ReadModels
import SmallConference
import Specification
import Vocabulary

@testable import People
@testable import ProjectionRunner
@testable import Record
@testable import Scheduling

/// A read model as lines of COPY, sorted by key.
func lines(_ model: some ReadModel) throws -> [String: [String]] {
  var (model, visitor) = (model, Lines())
  try model.visit(&visitor)
  return visitor.tables
}

private struct Lines: TableVisitor {
  var tables: [String: [String]] = [:]

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) {
    tables[R.table] = table.rows.map { row in
      var writer = RowWriter()
      row.write(to: &writer)
      writer.endRow()
      return String(decoding: writer.bytes, as: UTF8.self)
    }.sorted()
  }
}

/// A conference in its own database.
struct Bench: Sendable {
  let database: Database
  let connection: Connection
  var conference = LogTestSupport.conference("berlin")

  init() async throws {
    database = try await Database()
    connection = try await Connection.open(database.writer)
  }

  var projectors: Projectors { Projectors(conference) }
  var log: PostgresLog { PostgresLog(connection) }

  /// Another conference in the same database.
  func at(_ conference: ConferenceID) -> Bench {
    var other = self
    other.conference = conference
    return other
  }

  func append(_ events: any EventBody...) async throws {
    _ = try await log.append(
      AppendRequest(
        conference: conference, commandID: newCommandID(), request: sha256("request"), actor: "anna",
        events: events))
  }

  /// Appends an event as a newer or faulty program could have done.
  func append(type: String, version: Int = 1, body: String = "{}") async throws {
    try await database.register(type, version: version)
    try await connection.execute(
      """
      select from log.append(
        \(conference.slug), \(newCommandID())::uuid, \(sha256("request"))::bytea, 'anna', null,
        \([type])::text[], \([version])::integer[], \(["conference"])::text[], \([body])::text[])
      """)
  }

  @discardableResult
  func catchUp<Model: ReadModel>(_: Model.Type) async throws -> Projectors.Progress {
    let projectors = projectors
    return try await connection.run { try projectors.catchUp(Model.self, $0) }
  }

  func load<Model: ReadModel>(_: Model.Type) async throws -> (Model, Checkpoint) {
    let projectors = projectors
    return try await connection.run { try projectors.load(Model.self, $0) }
  }

  func asOf<Model: ReadModel>(_: Model.Type, _ position: Int) async throws -> (Model, Checkpoint) {
    let projectors = projectors
    return try await connection.run { try projectors.asOf(Model.self, .position(position), $0) }
  }

  func differences<Model: ReadModel>(_: Model.Type) async throws -> [Projectors.Difference] {
    let projectors = projectors
    return try await connection.run { try projectors.verify(Model.self, $0).differences }
  }

  @discardableResult
  func rebuild(_ models: [any ReadModel.Type] = Projectors.all) async throws -> Int {
    let projectors = projectors
    return try await connection.run { try projectors.rebuild(models, $0) }
  }

  /// This conference's rows of a table, as PostgreSQL has them.
  func rows(_ table: String) async throws -> [String] {
    try await connection.query(
      "select t::text as row from \(raw: table) as t where conference = \(conference.slug) order by 1"
    ).map { try $0.decode("row") }
  }

  /// The rows of all read models and all checkpoints.
  func everything() async throws -> [[String]] {
    var rows: [[String]] = []
    for table in Bench.tables + ["projection.checkpoint", "projection.dead_letter"] {
      rows.append(try await self.rows(table))
    }
    return rows
  }

  /// Every table that a projector writes; see `A projector writes the same rows to every table`.
  static let tables = [
    "program.conference", "program.venue", "program.travel_time", "program.room", "program.track",
    "program.session", "program.person", "program.release", "program.print", "program.key",
    "program.public", "attendance.attendee", "attendance.key", "proceedings.entry", "proceedings.correction",
    "proceedings.issue",
    "proceedings.proof", "proceedings.numbered_session", "proceedings.sitting_step", "proceedings.segment",
    "proceedings.heading", "proceedings.front_matter", "proceedings.organisation", "proceedings.subject",
    "proceedings.registered_name",
  ]
}
