import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import Testing
import Vocabulary

/// Commands of very many events, such as an import, go another way to the log.
@Suite(.timeLimit(.minutes(10))) struct `A command of very many events` {
  private let berlin = conference("berlin")

  private func events(_ count: Int) -> [any EventBody] {
    (0..<count).map { number in
      number % 2 == 0
        ? (Noted(
          "tab\t, break\n\r, \\N, “quoted” \"\(number)\"", about: [room("hall-\(number)"), room("hall")])
          as any EventBody)
        : Said("\\said\t\(number)", about: [room("hall")])
    }
  }

  /// More than are read at once.
  @Test func `is stored like any other, with its words and keys`() async throws {
    let log = try await Database().log()
    let (few, many) = (events(100), events(10_001))
    _ = try await log.append(AppendRequest(berlin, "opened"))
    let request = AppendRequest(
      conference: berlin, commandID: newCommandID(), request: sha256("many"), actor: "anna",
      reason: "“because”",
      events: many, condition: Condition(failIfAny: .everything, after: 1))
    let key = SealingKey.random()
    #expect(
      try await log.append(request, keeping: [room("hall"): key])
        == Receipt(first: 2, last: 10_002, replayed: false))
    #expect(try await log.append(request, keeping: [:]) == Receipt(first: 2, last: 10_002, replayed: true))
    #expect(try await log.key(of: room("hall"), in: berlin) == key)
    _ = try await log.append(
      AppendRequest(
        conference: berlin, commandID: newCommandID(), request: sha256("few"), actor: "anna", events: few))
    let stored = try await log.stream(berlin)
    #expect(stored.count == 10_102)
    #expect(stored.allSatisfy { $0.leafHash == $0.leaf })
    for (event, body) in zip(stored.dropFirst(), many + few) {
      #expect(event.tags == body.tags.map(\.text))
      if let noted = body as? Noted { #expect(try event.decoded(as: Noted.self) == noted) }
      if let said = body as? Said { #expect(try event.decoded(as: Said.self) == said) }
    }
    #expect(Set(stored[1...10_001].map(\.reason)) == ["“because”"])
  }

  @Test func `is not stored at all if something it depends on has changed`() async throws {
    let log = try await Database().log()
    _ = try await log.append(AppendRequest(berlin, "opened", "changed"))
    await #expect(throws: AppendError.conflict(position: 2)) {
      try await log.append(
        AppendRequest(
          conference: berlin, commandID: newCommandID(), request: sha256("many"), actor: "anna",
          events: events(5_001), condition: Condition(failIfAny: .everything, after: 1)),
        keeping: [room("hall"): .random()])
    }
    #expect(try await log.stream(berlin).count == 2)
    #expect(try await log.key(of: room("hall"), in: berlin) == nil)
  }

  @Test func `is stored for a login that may not make temporary tables`() async throws {
    let database = try await Database()
    let owner = try await Connection.open(database.owner)
    let name = try await owner.query("select current_database() as name")[0].decode("name", as: String.self)
    try await owner.execute("revoke temporary on database \(identifier: name) from public")
    let log = try await database.log()
    let receipt = try await log.append(
      AppendRequest(
        conference: berlin, commandID: newCommandID(), request: sha256("many"), actor: "anna",
        events: events(5_001)), keeping: [:])
    #expect(receipt.last == 5_001)
  }
}
