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

  @Test func `differ for any difference between two events`() async throws {
    let event = RecordedEvent(
      conference: "berlin", position: 1, type: "Noted", version: 1, tags: ["room:aula"], body: "{}",
      actor: "anna", reason: "so", commandID: newCommandID(), recordedAt: Timestamp(microseconds: 0),
      leaf: [])
    let changes: [(inout RecordedEvent) -> Void] = [
      { _ in }, { $0.conference = "berlin-2" }, { $0.position = 2 }, { $0.type = "Noted2" },
      { $0.version = 2 }, { $0.tags = [] }, { $0.tags = ["room:aula", "room:foyer"] },
      { $0.body = "{ }" }, { $0.actor = "berta" }, { $0.reason = nil }, { $0.reason = "so " },
      { $0.commandID = newCommandID() }, { $0.recordedAt = Timestamp(microseconds: 1) },
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
      "default_transaction_isolation = 'serializable'", "search_path = ''",
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
