import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import Testing
import Vocabulary

/// The arguments of `log.append` as any client may send them.
struct Request: Sendable, CustomTestStringConvertible {
  var name: String
  var conference = "berlin"
  var actor = "anna"
  var reason: String?
  var types = ["Noted", "Noted"]
  var versions = [1, 1]
  var tags = ["room:aula", "room:aula room:foyer"]
  var bodies = ["{}", "{}"]
  var query: String?
  var after: Int?
  var words: [String?]?
  var salts: [[UInt8]?]?
  var request: [UInt8]? = sha256("request")

  var testDescription: String { name }

  init(_ name: String, _ change: (inout Request) -> Void = { _ in }) {
    self.name = name
    change(&self)
  }

  /// Keeps one event.
  mutating func keep(
    type: String = "Noted", version: Int = 1, tags: String = "room:aula", body: String = "{}"
  ) {
    (types, versions, self.tags, bodies) = ([type], [version], [tags], [body])
  }

  func send(_ connection: isolated Connection) throws {
    try connection.execute(
      """
      select from log.append(
        \(conference), \(newCommandID())::uuid, \(request)::bytea, \(actor), \(reason as String?),
        \(types)::text[], \(versions)::integer[], \(tags)::text[], \(bodies)::text[],
        \(query as String?)::json, \(after as Int?)::bigint, \(words as [String?]?)::text[],
        \(salts as [[UInt8]?]?)::bytea[])
      """)
  }
}

@Suite(.timeLimit(.minutes(10))) struct `An append with one bad part` {
  private static let refused: [(Request, SQLState)] = [
    (Request("no events") { ($0.types, $0.versions, $0.tags, $0.bodies) = ([], [], [], []) }, "PL003"),
    (Request("a type too few") { $0.types = ["Noted"] }, "PL003"),
    (Request("a version too few") { $0.versions = [1] }, "PL003"),
    (Request("an event's tags too few") { $0.tags = ["room:aula"] }, "PL003"),
    (Request("a body too few") { $0.bodies = ["{}"] }, "PL003"),
    (Request("a query without its position") { $0.query = "[]" }, "PL003"),
    (Request("a position without its query") { $0.after = 0 }, "PL003"),
    (Request("a type in lower case") { $0.types[1] = "noted" }, "PL003"),
    (Request("a type with a line end") { $0.types[1] = "Noted\nNoted" }, "PL003"),
    (Request("a type with a space") { $0.types[1] = "Noted Noted" }, "PL003"),
    (Request("a type that is empty") { $0.types[1] = "" }, "PL003"),
    (Request("a type with a trailing line end") { $0.types[1] = "Noted\n" }, "PL003"),
    (Request("a tag in upper case") { $0.tags[1] = "Room:aula" }, "PL003"),
    (Request("a tag with two colons") { $0.tags[1] = "room:aula:1" }, "PL003"),
    (Request("a tag without a name") { $0.tags[1] = "room:" }, "PL003"),
    (Request("a tag with a line end") { $0.tags[1] = "room:aula\nroom:foyer" }, "PL003"),
    (Request("a tag with a tab") { $0.tags[1] = "room:aula\troom:foyer" }, "PL003"),
    (Request("a space before the tags") { $0.tags[1] = " room:aula" }, "PL003"),
    (Request("a space after the tags") { $0.tags[1] = "room:aula " }, "PL003"),
    (Request("two spaces between tags") { $0.tags[1] = "room:aula  room:foyer" }, "PL003"),
    // The patterns match over texts joined with commas.
    (Request("a comma within a tag") { $0.tags[1] = "room:aula,room:foyer" }, "PL003"),
    (Request("a comma after the tags") { $0.tags[1] = "room:aula," }, "PL003"),
    (Request("a comma for tags") { $0.tags = [",", ""] }, "PL003"),
    (Request("a comma within a type") { $0.types = ["Noted,Noted", "Noted"] }, "PL003"),
    (Request("commas that make up for an event") { $0.types = ["Noted,Noted,Noted", ""] }, "PL003"),
    (Request("a line end after the tags") { $0.tags[1] = "room:aula\n" }, "PL003"),
    (Request("a carriage return in a tag") { $0.tags[1] = "room:aula\r" }, "PL003"),
    (Request("a space of another kind between tags") { $0.tags[1] = "room:aula\u{A0}room:foyer" }, "PL003"),
    (Request("a position that is not reached yet") { ($0.query, $0.after) = ("[]", 99) }, "PL001"),
    (Request("the position after the last") { ($0.query, $0.after) = ("[]", 2) }, "PL001"),
    (Request("a delete in the reason") { $0.reason = "so\u{7F}" }, "PL003"),
    (Request("a carriage return in the actor") { $0.actor = "anna\r" }, "PL003"),
    (Request("a tag twice") { $0.tags[1] = "room:aula room:aula" }, "23505"),
    (Request("a control character in the actor") { $0.actor = "anna\u{1}" }, "PL003"),
    (Request("a line end in the actor") { $0.actor = "anna\nberta" }, "PL003"),
    (Request("an escape in the actor") { $0.actor = "\u{1B}[31manna" }, "PL003"),
    (Request("nobody as the actor") { $0.actor = "" }, "PL003"),
    (Request("a line end in the reason") { $0.reason = "so\nthere" }, "PL003"),
    (Request("a reason that is empty") { $0.reason = "" }, "PL003"),
    (Request("a version of zero") { $0.versions[1] = 0 }, "PL006"),
    (Request("a body that is not JSON") { $0.bodies[1] = "{" }, "22P02"),
    (Request("a conference that is not a slug") { $0.conference = "Berlin 2016" }, "PL003"),
    (Request("a conference with a line end") { $0.conference = "berlin\n" }, "PL003"),
    (Request("a conference of 65 letters") { $0.conference = String(repeating: "b", count: 65) }, "PL003"),
    (Request("an empty request") { $0.request = [] }, "PL003"),
    (Request("words and no salts") { $0.words = [nil, nil] }, "PL003"),
    (Request("words too few") { ($0.words, $0.salts) = ([words], [nil, nil]) }, "PL003"),
    (Request("salts too few") { ($0.words, $0.salts) = ([nil, nil], [salt]) }, "PL003"),
    (Request("words without a salt") { ($0.words, $0.salts) = ([nil, words], [nil, nil]) }, "PL003"),
    (Request("a salt without words") { ($0.words, $0.salts) = ([nil, nil], [nil, salt]) }, "PL003"),
    (Request("words without a commitment") { ($0.words, $0.salts) = ([nil, words], [nil, salt]) }, "PL003"),
    (
      Request("other words than the body commits to") {
        ($0.bodies[1], $0.words, $0.salts) = (committed(to: words), [nil, words + " "], [nil, salt])
      }, "PL003"
    ),
    (
      Request("another salt than the body commits to") {
        ($0.bodies[1], $0.words, $0.salts) = (
          committed(to: words), [nil, words], [nil, [UInt8](repeating: 8, count: 16)]
        )
      }, "PL003"
    ),
    (
      Request("a commitment that is not at the end") {
        ($0.bodies[1], $0.words, $0.salts) = (committed(to: words) + " ", [nil, words], [nil, salt])
      }, "PL003"
    ),
    (
      Request("words that are not an object") {
        ($0.bodies[1], $0.words, $0.salts) = (committed(to: "[1]"), [nil, "[1]"], [nil, salt])
      }, "23514"
    ),
    (
      Request("words that are not JSON") {
        ($0.bodies[1], $0.words, $0.salts) = (committed(to: "{"), [nil, "{"], [nil, salt])
      }, "22P02"
    ),
    (
      Request("a short salt") {
        ($0.bodies[1], $0.words, $0.salts) = (committed(to: words, [1]), [nil, words], [nil, [1]])
      }, "23514"
    ),
    (Request("no request") { $0.request = nil }, "23502"),
    // A single event is written by a statement of its own.
    (Request("one event with a tag twice") { $0.keep(tags: "room:aula room:aula") }, "23505"),
    (Request("one event with a tag in upper case") { $0.keep(tags: "Room:aula") }, "PL003"),
    (Request("one event with a version of zero") { $0.keep(version: 0) }, "PL006"),
    (Request("one event of an unknown type") { $0.keep(type: "NeverHeardOf") }, "PL006"),
    (Request("one event with a body that is not JSON") { $0.keep(body: "{") }, "22P02"),
    (
      Request("one event without a request") {
        $0.keep(); $0.request = nil
      }, "23502"
    ),
    (
      Request("one event with words and without a salt") {
        $0.keep(); ($0.words, $0.salts) = ([words], [nil])
      }, "PL003"
    ),
    (
      Request("one event with words that are not an object") {
        $0.keep(body: committed(to: "[1]"))
        ($0.words, $0.salts) = (["[1]"], [salt])
      }, "23514"
    ),
    (Request("a query that is not a list") { ($0.query, $0.after) = ("{}", 0) }, "PL003"),
    (
      Request("a query with types that are not a list") {
        ($0.query, $0.after) = (#"[{"types": "Noted"}]"#, 0)
      }, "PL003"
    ),
  ]

  @Test func `without a request does not pass for the command whose id it has`() async throws {
    let connection = try await Connection.open(Database().writer)
    let id = newCommandID()
    func append(_ request: [UInt8]?) async throws(PostgresError) {
      try await connection.execute(
        """
        select from log.append(
          'berlin', \(id)::uuid, \(request)::bytea, 'anna', null, array['Noted'], array[1], array['room:aula'], array['{}'])
        """)
    }
    try await append(sha256("request"))
    let error = await #expect(throws: PostgresError.self) { try await append(nil) }
    #expect(error?.sqlState == "PL002")
  }

  @Test(arguments: refused)
  func `is refused and writes nothing`(_ request: Request, _ state: SQLState) async throws {
    let log = try await Database().log()
    _ = try await log.append(AppendRequest(conference("berlin"), "before"))
    let tables = ["log.head", "log.event", "log.tag", "log.receipt", "log.words"]
    let before = try await log.connection.run { connection in
      try tables.map { try connection.rows(of: $0) }
    }
    let error = await #expect(throws: PostgresError.self) {
      try await log.connection.run { try request.send($0) }
    }
    #expect(error?.sqlState == state)
    let after = try await log.connection.run { connection in
      try tables.map { try connection.rows(of: $0) }
    }
    #expect(after == before)
  }

  @Test(arguments: [
    Request("a lone word as a tag") { $0.tags = ["conference", "release issue"] },
    Request("no tags at all") { $0.tags = ["", ""] },
    Request("no tags in the middle") {
      $0.types = ["Noted", "Noted", "Noted"]
      $0.versions = [1, 1, 1]
      $0.tags = ["room:aula", "", "room:foyer"]
      $0.bodies = ["{}", "{}", "{}"]
    },
    Request("space around the body") { $0.bodies = [" \n{ }\n", "[1,\r\n\t2]"] },
    Request("space within the words") {
      ($0.bodies[1], $0.words, $0.salts) = (
        committed(to: "{ \"a\" :\t1 }"), [nil, "{ \"a\" :\t1 }"], [nil, salt]
      )
    },
    Request("words that are never there") { ($0.words, $0.salts) = ([nil, nil], [nil, nil]) },
    Request("an actor and a reason of any script") { ($0.actor, $0.reason) = ("安娜 🦊", "потому, что") },
  ])
  func `is accepted if nothing is bad, and hashes as it is read`(_ request: Request) async throws {
    let log = try await Database().log()
    try await log.connection.run { try request.send($0) }
    let events = try await log.read(conference("berlin"), matching: .everything, command: nil).events
    #expect(events.map(\.leaf) == events.map(\.leafHash))
    #expect(events.map(\.body) == request.bodies)
    #expect(events.map(\.words) == request.words ?? events.map { _ in nil })
  }
}

private let salt = [UInt8](repeating: 7, count: 16)
private let words = #"{"text":"yes"}"#

private func committed(to words: String, _ salt: [UInt8] = salt) -> String {
  #"{"words":"\#(Words(salt: salt, json: words).commitment)"}"#
}
