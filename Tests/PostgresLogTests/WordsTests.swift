import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import TestSupport
import Testing
import Vocabulary

/// The words of events in a table of their own.
@Suite(.timeLimit(.minutes(10))) struct `Words in PostgreSQL` {
  private let berlin = conference("berlin")

  private func stream(
    _ log: PostgresLog, after: Int = 0, upTo bound: LogBound = .head, _ detail: EventStream.Detail
  ) async throws -> [RecordedEvent] {
    try await log.connection.run { [berlin] connection in
      var events: [RecordedEvent] = []
      try EventStream.read(berlin, after: after, upTo: bound, detail: detail, connection) {
        events.append($0)
      }
      return events
    }
  }

  @Test func `are streamed with their events, whatever their characters and wherever the stream begins`()
    async throws
  {
    let database = try await Database()
    let log = try await database.log()
    var chance = Chance(seed: 5)
    var said: [String?] = []
    for _ in 1...20 {
      let texts = (1...10).map { _ in
        chance.isTrue(oneIn: 3) ? nil : chance.text(Int.random(in: 0...40, using: &chance))
      }
      said += texts
      _ = try await log.append(
        AppendRequest(
          conference: berlin, commandID: newCommandID(), request: sha256("\(said.count)"), actor: "anna",
          events: texts.enumerated().map {
            $0.isMultiple(of: 4) ? Noted($1 ?? "") : Said($1) as any EventBody
          }))
      _ = try await log.append(AppendRequest(conference("shanghai"), appending: Said("elsewhere")))
    }
    _ = try await log.expunge(AppendRequest(conference("shanghai"), appending: SaidExpunged(7)), words: [7])
    let known = try await log.read(berlin, matching: .everything, command: nil).events
    #expect(try await stream(log, .whole) == known)
    for event in known where event.type == Said.type {
      #expect(try event.decoded(as: Said.self).text == said[event.position - 1])
    }
    for (after, last) in [(0, 200), (1, 2), (57, 58), (57, 90), (199, 200), (200, 200)] {
      let events = try await stream(log, after: after, upTo: .position(last), .projection)
      #expect(events.map(\.words) == known[after..<last].map(\.words))
      #expect(events.map(\.position) == known[after..<last].map(\.position))
      #expect(events.allSatisfy { $0.salt == nil })
      #expect(
        try await stream(log, after: after, upTo: .position(last), .whole) == Array(known[after..<last]))
    }
    let moment = known[102].recordedAt
    #expect(
      try await stream(log, upTo: .time(moment), .whole) == known.filter { $0.recordedAt <= moment })
  }

  @Test func `are no longer in a backup that is made after they were destroyed`() async throws {
    let database = try await Database()
    let log = try await database.log()
    let name = database.owner.keywords["dbname"] ?? ""
    let slander = "the minister took the silver spoons"
    let kept = "the minister thanked the hosts"
    _ = try await log.append(AppendRequest(berlin, appending: Said(slander), Said(kept)))
    _ = try await log.append(AppendRequest(berlin, appending: Said("As we heard: \(slander)")))
    let before = try await TestServer.shared.dump(database: name)
    #expect(before.contains(slander) && before.contains(kept))
    let events = try await log.stream(berlin)
    let salts = events.compactMap(\.salt).map(hexadecimal)
    let command = try #require(events.first?.commandID)
    let request = hexadecimal(sha256(command))
    #expect(salts.allSatisfy(before.contains) && before.contains(request))

    _ = try await log.expunge(AppendRequest(berlin, appending: SaidExpunged(1, 3)), words: [1, 3])
    let after = try await TestServer.shared.dump(database: name)
    #expect(!after.contains("spoons"))
    // Nothing remains that a guess could be compared with.
    #expect(!after.contains(salts[0]) && !after.contains(salts[2]) && !after.contains(request))
    #expect(after.contains(kept) && after.contains(salts[1]))
    #expect(events.map(\.leaf).map(hexadecimal).allSatisfy(after.contains))
  }

  @Test func `are destroyed or kept with the transaction`() async throws {
    struct RolledBack: Error {}
    let log = try await Database().log()
    _ = try await log.append(AppendRequest(berlin, appending: Said("yes")))
    let request = AppendRequest(berlin, appending: SaidExpunged(1))
    await #expect(throws: RolledBack.self) {
      try await log.connection.run { connection in
        try connection.transaction {
          _ = try PostgresLog.expunge(request, words: [1], on: connection)
          throw RolledBack()
        }
      }
    }
    let kept = try await log.stream(berlin)
    #expect(kept.count == 1 && kept[0].words == #"{"text":"yes"}"#)
    #expect(
      try await log.read(berlin, matching: .everything, command: kept[0].commandID).receipt?.request != [])
  }

  @Test func `that are not there are named`() async throws {
    let log = try await Database().log()
    _ = try await log.append(AppendRequest(berlin, appending: Said("yes"), Said(nil), Said("no")))
    let error = await #expect(throws: PostgresError.self) {
      try await log.connection.run { [berlin] connection in
        try connection.execute(
          """
          select from log.expunge(
            \(berlin.slug), \(newCommandID())::uuid, '\\x01', 'anna', null, '{StatementExpunged}', '{1}', '{""}',
            \([#"{"positions":[3,2,1]}"#])::text[], '{1,2,3}')
          """)
      }
    }
    #expect(error?.sqlState == "PL005")
    #expect(error?.detail == "2")
    #expect(try await log.stream(berlin).count == 3)
  }
}
