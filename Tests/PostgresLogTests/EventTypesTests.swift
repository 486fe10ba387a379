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
    #"[{"types": ["Bogus"]}]"#, #"[{"types": ["Noted", "noted"]}]"#, #"[{"types": [1]}]"#,
    #"[{"types": [null]}]"#,
    #"[{"types": [["Noted"]]}]"#, #"[{"tags":["room:aula"],"types":["Noted","Bogus"]}]"#,
    #"[{"after": 1.5}]"#, #"[{"after": "1"}]"#, #"[{"after": null}]"#, #"[{"after": -1}]"#,
    #"[{"after":9999999999999999999,"tags":[],"types":[]}]"#,
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
    // Whatever was put there before log.append refused it.
    let owner = try await Connection.open(database.owner)
    var last = 8
    for (type, version, body) in Self.oddities {
      last += 1
      try await owner.execute(
        """
        with event as (
          insert into log.event
            (conference, position, type, version, tags, body, actor, command_id, recorded_at, leaf)
          values (
            'berlin', \(last), \(type), \(version), '{aside}', \(body)::json, 'anna', gen_random_uuid(), now(),
            sha256(''))
        )
        insert into log.tag (conference, tag, position) values ('berlin', 'aside', \(last))
        """)
    }
    try await owner.execute("update log.head set position = \(last) where conference = 'berlin'")
    let inSQL = try await log.connection.query(
      "select position, by from log.events_set_aside('berlin') order by position"
    ).map { try [$0.decode("position", as: Int.self), $0.decode("by", as: Int.self)] }
    #expect(inSQL == [[1, 7], [2, 4]])
    let inSwift = try await log.connection.run { try EventStream.setAside(in: berlin, $0) }
    #expect((1...last).map { inSwift.by($0) } == [7, 4] + Array(repeating: nil, count: last - 2))
    // None of them makes the conference unreadable.
    #expect(
      try await log.read(berlin, matching: .everything, command: nil).events.map(\.position)
        == Array(3...last))
    _ = try await log.append(AppendRequest(berlin, "d"))
  }

  /// Events with the tag aside that set nothing aside, although some readers of JSON would say so of most of them.
  private static let oddities: [(type: String, version: Int, body: String)] = [
    ("EventSetAside", 1, #"{"position":"x"}"#), ("EventSetAside", 1, "[]"), ("EventSetAside", 1, "{}"),
    ("EventSetAside", 1, #"{"position":3.5}"#), ("EventSetAside", 1, #"{"position":"3"}"#),
    ("EventSetAside", 1, #"{"position":3e0}"#), ("EventSetAside", 1, #"{ "position":3}"#),
    ("EventSetAside", 1, "{\"position\":3}\n"), ("EventSetAside", 1, #"{"position":-3}"#),
    ("EventSetAside", 1, #"{"position":3,"position":3}"#),
    ("EventSetAside", 1, #"{"position":3,"why":"\u0000"}"#),
    ("EventSetAside", 1, #"{"position":"\u0000"}"#),
    ("EventSetAside", 1, #"{"position":9999999999999999999}"#),
    ("EventSetAside", 1, #"{"position":0}"#), ("EventSetAside", 2, #"{"position":3}"#),
    ("Noted", 1, #"{"position":3}"#), ("Noted", 1, #"{"position":"\u0000"}"#),
    // An event that sets another aside, or brings it back, cannot be set aside.
    ("EventSetAside", 1, #"{"position":4}"#), ("EventSetAside", 1, #"{"position":6}"#),
  ]

  @Test(arguments: oddities.dropLast(2))
  func `and an event with the tag aside has one form`(_ type: String, _ version: Int, _ body: String)
    async throws
  {
    let database = try await Database()
    try await database.register("EventSetAside", version: 2)
    let log = try await database.log()
    for tags in type == "Noted" ? ["aside", "room:aula aside"] : ["aside", "", "aside room:aula"] {
      let error = await #expect(throws: PostgresError.self, "\(tags)") {
        try await log.connection.execute(
          """
          select from log.append(
            'berlin', gen_random_uuid(), \(sha256("x"))::bytea, 'anna', null, \(["Noted", type])::text[],
            \([1, version])::integer[], \(["", tags])::text[], \(["{}", body])::text[])
          """)
      }
      #expect(error?.sqlState == "PL003", "\(tags)")
    }
  }
}
