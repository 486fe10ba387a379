import EventLog
import EventStorePromises
import LogTestSupport
import Postgres
import PostgresLog
import Testing
import Vocabulary

/// The log's guarantees for concurrent appends and reads.
@Suite(.timeLimit(.minutes(10))) struct `The log in PostgreSQL` {
  private struct RolledBack: Error {}

  @Test(arguments: StorePromise.allCases)
  func `keeps the promises of every log`(promise: StorePromise) async throws {
    let database = try await Database()
    try await EventStorePromises { try await database.log() }.check(promise)
  }

  @Test(arguments: SealingPromise.allCases)
  func `keeps the promises of every log with a vault`(promise: SealingPromise) async throws {
    let database = try await Database()
    try await EventStorePromises { try await database.log() }.check(promise)
  }

  @Test(arguments: ExpungingPromise.allCases)
  func `keeps the promises of every log whose words can be destroyed`(promise: ExpungingPromise) async throws
  {
    let database = try await Database()
    try await EventStorePromises { try await database.log() }.check(promise)
  }

  @Test func `is gapless under twenty writers, and no reader ever sees a gap`() async throws {
    let database = try await Database()
    let conferences = [conference("berlin"), conference("shanghai")]
    let isWriting = Shared(true)

    let acknowledged = try await withThrowingTaskGroup(of: [(ConferenceID, Receipt)].self) { group in
      defer { isWriting.change { $0 = false } }
      for writer in 0..<20 {
        group.addTask {
          var chance = Chance(seed: UInt64(writer))
          let log = try await database.log()
          var receipts: [(ConferenceID, Receipt)] = []
          for number in 0..<20 {
            let target = conferences.randomElement(using: &chance)!
            let batch = AppendRequest(
              conference: target, commandID: newCommandID(), request: sha256("\(writer) \(number)"),
              actor: "writer \(writer)",
              events: (0...Int.random(in: 0...2, using: &chance)).map { Noted("\(number).\($0)") })
            let rollsBack = chance.isTrue(oneIn: 10)
            do {
              let receipt = try await log.connection.run { connection in
                try connection.transaction {
                  let receipt = try PostgresLog.append(batch, on: connection)
                  if rollsBack { throw RolledBack() }
                  return receipt
                }
              }
              receipts.append((target, receipt))
            } catch is RolledBack {}
          }
          return receipts
        }
      }
      for target in conferences {
        group.addTask {
          let log = try await database.log()
          var last = 0
          while isWriting.value {
            // Throws if a position is missing.
            last = try await log.stream(target, after: last).last?.position ?? last
          }
          return []
        }
      }
      var receipts: [(ConferenceID, Receipt)] = []
      for _ in 0..<20 {
        while let result = try await group.next() {
          receipts += result
          if !result.isEmpty { break }
        }
      }
      isWriting.change { $0 = false }
      try await group.waitForAll()
      return receipts
    }

    let connection = try await Connection.open(database.writer)
    for target in conferences {
      let head = try await connection.run { try EventStream.head(of: target, $0) }
      let stored = try await connection.query(
        "select position from log.event where conference = \(target.slug) order by position"
      ).map { try $0.decode("position", as: Int.self) }
      let promised = acknowledged.filter { $0.0 == target }
        .flatMap { $0.1.first...$0.1.last }.sorted()
      #expect(stored == Array(1...head))
      #expect(promised == stored)
      #expect(
        try await connection.query(
          "select count(*) as n from log.receipt where conference = \(target.slug)"
        )[0].decode("n") == acknowledged.count { $0.0 == target })
    }
  }

  @Test func `accepts concurrent appends that depend on different things`() async throws {
    let database = try await Database()
    let berlin = conference("berlin")
    _ = try await database.log().append(AppendRequest(berlin, "opened"))
    let positions = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...12 {
        group.addTask {
          let tag = room("room-\(number)")
          let condition = Condition(failIfAny: .tagged(tag), after: 1)
          return try await database.log().append(
            AppendRequest(berlin, "\(number)", about: [tag], condition: condition)
          ).first
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(positions.sorted() == Array(2...13))
  }

  @Test(arguments: [TransactionMode.Isolation.repeatableRead, .serializable], [true, false])
  func `fails after a concurrent append under a stricter isolation level`(
    _ isolation: TransactionMode.Isolation, conferenceExists: Bool
  ) async throws {
    let database = try await Database()
    let berlin = conference("berlin")
    let other = try await database.log()
    if conferenceExists { _ = try await other.append(AppendRequest(berlin, "opened")) }
    let late = try await Connection.open(database.writer)
    try await late.execute("begin isolation level \(raw: isolation.rawValue)")
    _ = try await late.query("select count(*) from log.head")  // its snapshot is fixed from here on
    let first = try await other.append(AppendRequest(berlin, "first"))
    let error = await #expect(throws: AppendError.self) {
      try await late.run { try PostgresLog.append(AppendRequest(berlin, "late"), on: $0) }
    }
    guard case .failed(let message) = error else { return #expect(error == nil) }
    #expect(message.description.contains("40001"))
    try await late.execute("rollback")
    #expect(try await other.head(berlin) == first.last)
  }

  @Test(arguments: [TransactionMode.Isolation.repeatableRead, .serializable])
  func `stores exactly the acknowledged events under a stricter isolation level`(
    _ isolation: TransactionMode.Isolation
  ) async throws {
    let database = try await Database()
    let berlin = conference("berlin")
    let acknowledged = try await withThrowingTaskGroup(of: [Int].self) { group in
      for writer in 1...8 {
        group.addTask {
          let log = try await database.log()
          var positions: [Int] = []
          for number in 1...10 {
            do {
              positions.append(
                try await log.connection.run { connection in
                  try connection.transaction(TransactionMode(isolation)) {
                    try PostgresLog.append(AppendRequest(berlin, "\(writer).\(number)"), on: connection).first
                  }
                })
            } catch AppendError.failed(let message) {
              #expect(message.description.contains("40001"))
            } catch let error as PostgresError {
              #expect(error.sqlState == "40001")
            }
          }
          return positions
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let head = try await database.log().head(berlin)
    #expect(acknowledged.sorted() == Array(1...head))
  }

  @Test func `reports busy if a conference is locked too long, and serves the others`()
    async throws
  {
    let database = try await Database()
    let log = try await database.log()
    let (berlin, shanghai) = (conference("berlin"), conference("shanghai"))
    _ = try await log.append(AppendRequest(berlin, "opened"))
    let holder = try await Connection.open(database.owner)
    // The function sets its own lock timeout, which only its owner can change.
    try await holder.execute(
      """
      alter function log.append(text, uuid, bytea, text, text, text[], integer[], text[], text[], \
      json, bigint, text[], bytea[]) set lock_timeout = '50ms'
      """)
    try await holder.execute("begin")
    try await holder.execute("select from log.head where conference = 'berlin' for update")
    await #expect(throws: AppendError.busy) { try await log.append(AppendRequest(berlin, "held up")) }
    #expect(try await log.append(AppendRequest(shanghai, "free")).first == 1)
    try await holder.execute("rollback")
    #expect(try await log.append(AppendRequest(berlin, "in time")).first == 2)
  }

  /// A command is recognised by its time, also while the clock is set back.
  @Test func `records a later time than the previous command's, whatever the clock says`() async throws {
    let database = try await Database()
    let log = try await database.log()
    let berlin = conference("berlin")
    _ = try await log.append(AppendRequest(berlin, "a", "b"))
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      set session_replication_role = replica;
      update log.event set recorded_at = recorded_at + interval '1 hour';
      """)
    _ = try await log.append(AppendRequest(berlin, "c"))
    _ = try await log.append(AppendRequest(berlin, "d"))
    let events = try await log.stream(berlin)
    #expect(events.map { $0.recordedAt.microseconds - events[0].recordedAt.microseconds } == [0, 0, 1, 2])
    // The hashed time is the stored time.
    #expect(events.suffix(2).map(\.leaf) == events.suffix(2).map(\.leafHash))
    // Another conference has its own times.
    _ = try await log.append(AppendRequest(conference("shanghai"), "e"))
    #expect(try await log.stream(conference("shanghai"))[0].recordedAt < events[0].recordedAt)
  }

  @Test func `waits ten seconds for a conference, and ignores the caller's search path`()
    async throws
  {
    let connection = try await Connection.open(Database().owner)
    let settings = try await connection.query(
      "select unnest(proconfig) as setting from pg_proc where oid::regproc::text = 'log.append' order by 1"
    ).map { try $0.decode("setting", as: String.self) }
    #expect(
      settings == [
        "enable_seqscan=off", "lock_timeout=10s", "plan_cache_mode=force_generic_plan",
        "search_path=pg_catalog, pg_temp",
      ])
  }
}
