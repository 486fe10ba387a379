import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import ReadModels
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(10))) struct `The types of events in the database` {
  /// The program's own list, with every version that it reads.
  @Test func `are those of the program`() async throws {
    let connection = try await Connection.open(TestServer.shared.database())
    _ = try await connection.run { try Migration.apply($0) }
    let registered = try await connection.query("select type, version from log.event_type").map {
      try "\($0.decode("type", as: String.self)) \($0.decode("version", as: Int.self))"
    }
    let known = LoggedEvent.versions.flatMap { type, version in (1...version).map { "\(type) \($0)" } }
    #expect(
      registered.sorted() == known.sorted(),
      "Add a type or version to log.event_type with a new migration in Schema/log; never remove one.")
  }

  @Test(arguments: [("Bogus", 1), ("Noted", 2), ("Noted", 0), ("RoomAdded", 99)])
  func `are the only ones that are appended`(_ type: String, _ version: Int) async throws {
    let database = try await Database()
    let log = try await database.log()
    let error = await #expect(throws: PostgresError.self) {
      try await log.connection.execute(
        """
        select from log.append(
          'berlin', gen_random_uuid(), \(sha256("x"))::bytea, 'anna', null, \(["Noted", type])::text[],
          \([1, version])::integer[], '{"",""}', '{"{}","{}"}')
        """)
    }
    #expect(error?.sqlState == "PL006")
    #expect(error?.detail == "\(type), version \(version)")
    #expect(try await log.head(conference("berlin")) == 0)
  }

  /// As a condition, each of these would be weaker than what somebody meant, or mean something else.
  @Test(arguments: [
    #"[{"tag": ["room:aula"]}]"#, #"[{"Types": ["Noted"]}]"#, #"[{"tags": ["room:aula"], "before": 3}]"#,
    #"[{"tags": [], "tags": ["room:aula"]}]"#, #"[{"types": "Noted"}]"#, #"[{"types": null}]"#,
    #"[{"tags": ["room aula"]}]"#, #"[{"tags": [null]}]"#, #"[["room:aula"]]"#,
    #"[{"tags": ["room:foyer"]}, {"tgas": ["room:aula"]}]"#,
  ])
  func `and the keys and tags of a query are checked`(_ query: String) async throws {
    let database = try await Database()
    let log = try await database.log()
    _ = try await log.append(AppendRequest(conference("berlin"), "a", about: [room("aula")]))
    for statement: SQL in [
      "select log.read('berlin', \(query)::json)", "select log.matching('berlin', \(query)::json, 0, 9)",
      // Whether or not somebody appended meanwhile.
      append(query, after: 0), append(query, after: 1),
    ] {
      let error = await #expect(throws: PostgresError.self, "\(statement.text)") {
        try await log.connection.execute(statement)
      }
      #expect(error?.sqlState == "PL003", "\(statement.text): \(String(describing: error))")
    }
    #expect(try await log.head(conference("berlin")) == 1)
  }

  private func append(_ query: String, after: Int) -> SQL {
    """
    select from log.append(
      'berlin', gen_random_uuid(), \(sha256("x"))::bytea, 'anna', null, '{Noted}', '{1}', '{""}', '{"{}"}',
      \(query)::json, \(after)::bigint)
    """
  }

  @Test func `are set aside in SQL as in Swift`() async throws {
    let database = try await Database()
    let log = try await database.log()
    let berlin = conference("berlin")
    _ = try await log.append(AppendRequest(berlin, "a", "b", "c"))
    _ = try await log.append(
      AppendRequest(
        berlin, appending: EventSetAside(position: 2), EventSetAside(position: 3),
        EventReinstated(position: 3),
        EventSetAside(position: 1), EventSetAside(position: 99)))
    // Whatever another client puts there.
    for body in [#"{"position":"x"}"#, "[]", "{}", #"{"position":1.5}"#] {
      try await log.connection.execute(
        """
        select from log.append(
          'berlin', gen_random_uuid(), \(sha256("x"))::bytea, 'anna', null, '{EventSetAside}', '{1}', '{aside}',
          \([body])::text[])
        """)
    }
    let inSQL = try await log.connection.query(
      "select position, by from log.events_set_aside('berlin') order by position"
    ).map { try [$0.decode("position", as: Int.self), $0.decode("by", as: Int.self)] }
    #expect(inSQL == [[1, 7], [2, 4]])
    let inSwift = try await log.connection.run { try EventStream.setAside(in: berlin, $0) }
    #expect((1...13).map { inSwift.by($0) } == [7, 4] + Array(repeating: nil, count: 11))
  }
}
