import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(10))) struct `Leaf hashes` {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `are the same in SQL and in Swift, for any event`(seed: UInt64) async throws {
    var chance = Chance(seed: seed)
    let log = try await Database().log()
    let berlin = conference("berlin")
    var tree = MerkleTree()
    for number in 1...40 {
      let texts = (0...Int.random(in: 0...3, using: &chance)).map { _ in
        chance.text(Int.random(in: 0...60, using: &chance))
      }
      let tags = ["aula", "foyer", "room-\(number)"].map(room).filter { _ in chance.isTrue(oneIn: 2) }
      var batch = AppendRequest(
        conference: berlin, commandID: newCommandID(), request: sha256("\(number)"),
        actor: "Аня 安娜 \u{1F98A} \(number)", events: texts.map { Noted($0, about: tags) })
      if chance.isTrue(oneIn: 2) { batch.reason = "weil’s so ist \u{10FFFD}" }
      _ = try await log.append(batch)
    }
    let read = try await log.read(berlin, matching: .everything, command: nil).events
    #expect(try await log.stream(berlin) == read)
    #expect(read.map(\.leafHash) == read.map(\.leaf))
    for event in read { tree.append(event.leaf) }
    #expect(tree.count == read.count)
  }

  /// One leaf of each version of the encoding, as stored for ever; made with sha256sum.
  @Test(arguments: [
    (String?.none, "942fa74b0ae60ab002b1245deb354e8ff21c32f7518ab613a6088254010edfa4"),
    ("plenary_anna", "5ecd7cddbf34fb21091498c82dbbf30f41baab049bbb61e7c46607182b010cb7"),
  ]) func `of both versions stay the same, in SQL and in Swift`(_ login: String?, _ leaf: String) async throws
  {
    let event = RecordedEvent(
      conference: "shanghai-2016", position: 7, type: "RoomAdded", version: 1,
      tags: ["room:hall", "conference"],
      body: #"{"room":"hall"}"#, actor: "anna", login: login, reason: "as agreed",
      commandID: "11111111-1111-4111-8111-111111111111",
      recordedAt: Timestamp(microseconds: 1_456_390_800_000_000),
      leaf: [])
    #expect(hexadecimal(event.leafHash) == leaf)
    let rows = try await Connection.open(Database().owner).query(
      """
      select log.leaf(
        'shanghai-2016', 7, 'RoomAdded', 1, 'room:hall conference', 'anna', 'as agreed',
        '11111111-1111-4111-8111-111111111111', 1456390800000000, '{"room":"hall"}', \(login)) as leaf
      """)
    #expect(try hexadecimal(rows[0].decode("leaf", as: [UInt8].self)) == leaf)
  }

  /// What the client says, and what the server knows.
  @Test func `cover who was logged in, also where the role was changed`() async throws {
    let database = try await Database()
    let boris = try await database.login("boris", granted: "plenary_writer")
    try await boris.execute("set role plenary_writer")
    _ = try await PostgresLog(boris).append(AppendRequest(conference("berlin"), "a"))
    let event = try #require(try await database.log().stream(conference("berlin")).first)
    #expect(event.actor == "anna")
    #expect(event.login?.hasPrefix("boris_") == true)
    #expect(event.leaf == event.leafHash)
    var forged = event
    forged.login = nil
    #expect(forged.leafHash != event.leaf)
  }

  /// Events of before the login was recorded.
  @Test func `of version 1 still verify beside those of version 2`() async throws {
    let database = try await Database()
    let log = try await database.log()
    let berlin = conference("berlin")
    _ = try await log.append(AppendRequest(berlin, "a", "b"))
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      set session_replication_role = replica;
      update log.event set login = null, leaf = log.leaf(
        conference, position, type, version, array_to_string(tags, ' '), actor, reason, command_id,
        (extract(epoch from recorded_at) * 1000000)::bigint, body::text, null);
      """)
    _ = try await log.append(AppendRequest(berlin, "c"))
    let events = try await log.stream(berlin)
    #expect(events.map { $0.login == nil } == [true, true, false])
    #expect(events.map(\.leaf) == events.map(\.leafHash))
  }

  @Test func `differ for any difference between two events`() async throws {
    let event = RecordedEvent(
      conference: "berlin", position: 1, type: "Noted", version: 1, tags: ["room:aula"], body: "{}",
      actor: "anna", reason: "so", commandID: newCommandID(), recordedAt: Timestamp(microseconds: 0),
      leaf: [])
    let changes: [(inout RecordedEvent) -> Void] = [
      { _ in }, { $0.conference = "berlin-2" }, { $0.position = 2 }, { $0.type = "Noted2" },
      { $0.version = 2 }, { $0.tags = [] }, { $0.tags = ["room:aula", "room:foyer"] },
      { $0.body = "{ }" }, { $0.actor = "berta" }, { $0.reason = nil }, { $0.reason = "so " },
      { $0.login = "anna" }, { $0.login = "berta" }, { $0.commandID = newCommandID() },
      { $0.recordedAt = Timestamp(microseconds: 1) },
    ]
    let leaves = changes.map { change in
      var changed = event
      change(&changed)
      return changed.leafHash
    }
    #expect(Set(leaves).count == changes.count)
  }

  @Test func `do not depend on the database's output formats`() async throws {
    let database = try await Database()
    let owner = try await Connection.open(database.owner)
    let name = database.owner.keywords["dbname"]!
    for setting in [
      "datestyle = 'SQL, DMY'", "timezone = 'America/St_Johns'", "bytea_output = 'escape'",
      "intervalstyle = 'sql_standard'", "standard_conforming_strings = off",
      "default_transaction_isolation = 'serializable'", "search_path = ''", "quote_all_identifiers = on",
    ] {
      try await owner.execute("alter database \(identifier: name) set \(raw: setting)")
    }
    let log = try await database.log()
    let berlin = conference("berlin")
    _ = try await log.append(AppendRequest(berlin, #"a \ b"#))
    let read = try await log.read(berlin, matching: .everything, command: nil).events
    #expect(try await log.stream(berlin) == read)
    #expect(read.map(\.leafHash) == read.map(\.leaf))
  }
}
