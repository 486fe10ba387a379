import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import Testing
import Vocabulary

/// Events of another database's log as somebody may have made them up, with hashes that are right.
@Suite(.timeLimit(.minutes(10))) struct `A log that is imported` {
  private static let (first, second) = (newCommandID(), newCommandID())

  /// One event of a command, and two of the next one, a second later.
  private static func events() -> [CarriedEvent] {
    [(first, 1_000_000), (second, 2_000_000), (second, 2_000_000)].enumerated().map { index, command in
      CarriedEvent(
        RecordedEvent(
          conference: "berlin", position: index + 1, type: "Noted", version: 1, tags: ["room:aula"],
          body: "{}",
          actor: "anna", reason: nil, commandID: command.0,
          recordedAt: Timestamp(microseconds: Int64(command.1)), leaf: []),
        request: index < 2 ? sha256(command.0) : nil)
    }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let state: SQLState
    var isHashed = true
    let change: @Sendable (inout [CarriedEvent]) -> Void

    init(
      _ name: String, _ state: SQLState, isHashed: Bool = true,
      _ change: @escaping @Sendable (inout [CarriedEvent]) -> Void
    ) {
      (testDescription, self.state, self.isHashed, self.change) = (name, state, isHashed, change)
    }
  }

  private static func hashed(_ events: [CarriedEvent]) -> [CarriedEvent] {
    events.map { carried in
      var carried = carried
      carried.event.leaf = carried.event.leafHash
      return carried
    }
  }

  private func store(_ events: [CarriedEvent], in database: Database, parts: Int = 1) async throws {
    let connection = try await Connection.open(database.owner)
    try await connection.run { connection in
      try connection.transaction {
        try EventStream.store(Array(events.prefix(parts)), of: conference("berlin"), after: 0, connection)
        if parts < events.count {
          try EventStream.store(
            Array(events.dropFirst(parts)), of: conference("berlin"), after: parts, connection)
        }
      }
    }
    await connection.close()
  }

  private static let faults: [Fault] = [
    Fault("a command at the time of the one before", "PL003") { events in
      for index in 1...2 { events[index].event.recordedAt = events[0].event.recordedAt }
    },
    Fault("a command before the one before", "PL003") { events in
      for index in 1...2 { events[index].event.recordedAt = Timestamp(microseconds: 1) }
    },
    Fault("two times in one command", "PL003") {
      $0[2].event.recordedAt = Timestamp(microseconds: 3_000_000)
    },
    Fault("another command between the events of one", "PL003") { events in
      events[0].event.commandID = events[1].event.commandID
      events[1].event.commandID = first
      events[1].event.recordedAt = Timestamp(microseconds: 3_000_000)
      events[0].event.recordedAt = events[2].event.recordedAt
    },
    Fault("a command without the hash of its request", "PL003") { $0[1].request = nil },
    Fault("a command with two requests", "PL003") { $0[2].request = sha256("other") },
    Fault("the request at another event of the command", "PL003") { events in
      (events[1].request, events[2].request) = (nil, events[1].request)
    },
    Fault("an actor with a line end", "PL003") { $0[2].event.actor = "anna\n" },
    Fault("a tag in upper case", "PL003") { $0[2].event.tags = ["Room:aula"] },
    Fault("a type that nobody knows", "PL006") { $0[2].event.type = "Guessed" },
    Fault("an event that is not what its hash says", "PL009", isHashed: false) { $0[2].event.body = "[]" },
  ]

  @Test(arguments: faults)
  func `is refused where log.append would not have recorded it so`(_ fault: Fault) async throws {
    let database = try await Database()
    var events = Self.hashed(Self.events())
    fault.change(&events)
    let changed = fault.isHashed ? Self.hashed(events) : events
    let error = await #expect(throws: PostgresError.self) { try await store(changed, in: database, parts: 3) }
    #expect(error?.sqlState == fault.state)
    // The same in the part that follows.
    if !fault.testDescription.contains("another command between") {
      let later = await #expect(throws: PostgresError.self) { try await store(changed, in: database) }
      #expect(later?.sqlState == fault.state)
    }
    let log = try await database.log()
    #expect(try await log.read(conference("berlin"), matching: .everything, command: nil).events.isEmpty)
  }

  @Test(arguments: [1, 3]) func `is stored as it was recorded, in one part or more`(parts: Int) async throws {
    let database = try await Database()
    let events = Self.hashed(Self.events())
    try await store(events, in: database, parts: parts)
    let log = try await database.log()
    #expect(
      try await log.read(conference("berlin"), matching: .everything, command: nil).events
        == events.map(\.event))
    #expect(
      try await log.connection.run {
        try EventStream.carried(conference("berlin"), after: 0, upTo: 3, $0)
      } == events)
    let error = await #expect(throws: PostgresError.self) { try await store(events, in: database) }
    #expect(error?.sqlState == "PL008")
  }
}
