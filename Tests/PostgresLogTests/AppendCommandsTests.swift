import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

/// What several commands append in one transaction.
@Suite(.timeLimit(.minutes(10))) struct `Commands appended together` {
  private let berlin = conference("berlin")

  private func decided(_ requests: AppendRequest..., after position: Int) throws -> [DecidedCommand] {
    var last = position
    return try requests.map { request in
      let command = try DecidedCommand(request, after: last, at: Timestamp(microseconds: 0))
      last = command.receipt.last
      return command
    }
  }

  private func append(
    _ commands: [DecidedCommand], keeping keys: [Tag: SealingKey] = [:], to log: PostgresLog
  ) async throws -> [RecordedEvent] {
    guard case .now(let events) = try await log.append(commands, keeping: keys) else {
      Issue.record("They had been carried out before.")
      return []
    }
    return events
  }

  @Test func `have receipts and times of their own, and hashes of what is stored`() async throws {
    let log = try await Database().log()
    _ = try await log.append(AppendRequest(berlin, "opened"))
    var second = AppendRequest(berlin, "b", "c", about: [room("hall")])
    second.reason = "As agreed"
    second.actor = "boris"
    let commands = try decided(AppendRequest(berlin, "a"), second, AppendRequest(berlin, "d"), after: 1)
    #expect(commands.map(\.receipt.first) == [2, 3, 5] && commands.map(\.receipt.last) == [2, 4, 5])
    let appended = try await append(commands, to: log)
    let stored = try await log.stream(berlin)
    #expect(stored.suffix(4) == appended[...])
    #expect(stored.map(\.leaf) == stored.map(\.leafHash))
    #expect(stored.map(\.actor) == ["anna", "anna", "boris", "boris", "anna"])
    #expect(stored.map(\.reason) == [nil, nil, "As agreed", "As agreed", nil])
    #expect(stored.map(\.login) == stored.map { _ in stored[0].login })
    let times = stored.map(\.recordedAt.microseconds)
    #expect(times[0] < times[1])
    #expect(times.suffix(4).map { $0 - times[1] } == [0, 1, 1, 2])
    let hall = try await log.read(berlin, matching: .tagged(room("hall")), command: second.commandID)
    #expect(hall.events.map(\.position) == [3, 4] && hall.head == 5)
    #expect(hall.receipt?.request == second.request)
    #expect(hall.receipt?.receipt == Receipt(first: 3, last: 4, replayed: true))
    // The log goes on after them, with a later time.
    let next = try await log.append(AppendRequest(berlin, "e"))
    #expect(next.first == 6)
    #expect(try await log.stream(berlin).last.map { $0.recordedAt > stored[4].recordedAt } == true)
  }

  @Test func `can be the first ones of a conference`() async throws {
    let log = try await Database().log()
    let commands = try decided(AppendRequest(berlin, "a"), AppendRequest(berlin, "b"), after: 0)
    _ = try await log.append(commands, keeping: [:])
    #expect(try await log.stream(berlin).map(\.position) == [1, 2])
    #expect(try await append([], to: log).isEmpty)
  }

  @Test func `are appended once, also if they are sent again`() async throws {
    let log = try await Database().log()
    let commands = try decided(AppendRequest(berlin, "a"), AppendRequest(berlin, "b", "c"), after: 0)
    _ = try await append(commands, keeping: [room("hall"): .random()], to: log)
    _ = try await log.append(AppendRequest(berlin, "d"))
    let key = try await log.key(of: room("hall"), in: berlin)
    #expect(try await log.append(commands, keeping: [room("hall"): .random()]) == .before)
    #expect(try await log.stream(berlin).count == 4)
    #expect(try await log.key(of: room("hall"), in: berlin) == key)
  }

  @Test func `are not appended if the log ends elsewhere`() async throws {
    let log = try await Database().log()
    _ = try await log.append(AppendRequest(berlin, "opened"))
    for position in [0, 2] {
      await #expect(throws: AppendError.conflict(position: 1)) {
        _ = try await log.append(
          decided(AppendRequest(berlin, "a"), after: position), keeping: [room("hall"): .random()])
      }
    }
    #expect(try await log.stream(berlin).count == 1)
    #expect(try await log.key(of: room("hall"), in: berlin) == nil)
  }

  @Test func `are not appended if one of them was carried out elsewhere`() async throws {
    let log = try await Database().log()
    let (known, other) = (AppendRequest(berlin, "a"), AppendRequest(berlin, "b"))
    _ = try await log.append(known)
    let cases = try [
      // One of them, at the end of the log; both, in another order; the same place, another request.
      (decided(known, other, after: 1), 1), (decided(other, known, after: 0), 1),
      (decided(AppendRequest(berlin, "x", commandID: known.commandID), after: 0), 1),
      // And with more events than it had.
      (decided(AppendRequest(berlin, "a", "a", commandID: known.commandID, request: "a"), after: 0), 1),
    ]
    for (commands, position) in cases {
      await #expect(throws: AppendError.conflict(position: position)) {
        try await log.append(commands, keeping: [:])
      }
    }
    #expect(try await log.stream(berlin).count == 1)
  }

  @Test func `are not appended if a key was given to one of their people meanwhile`() async throws {
    let log = try await Database().log()
    _ = try await log.append(AppendRequest(berlin, "opened"), keeping: [room("hall"): .random()])
    await #expect(throws: AppendError.conflict(position: 1)) {
      _ = try await log.append(
        decided(AppendRequest(berlin, "a"), after: 1), keeping: [room("hall"): .random()])
    }
    #expect(try await log.stream(berlin).count == 1)
  }

  @Test func `keep words apart`() async throws {
    let log = try await Database().log()
    let spoken = AppendRequest(berlin, appending: Said("Hear, hear."), Noted("a"))
    let commands = try decided(AppendRequest(berlin, "b"), spoken, after: 0)
    let appended = try await append(commands, to: log)
    #expect(appended.map { $0.words != nil } == [false, true, false])
    #expect(try await log.read(berlin, matching: .everything, command: nil).events == appended)
  }

  @Test func `are known also after the words of one were destroyed`() async throws {
    let log = try await Database().log()
    let spoken = AppendRequest(berlin, appending: Said("Hear, hear."))
    let commands = try decided(AppendRequest(berlin, "a"), spoken, after: 0)
    _ = try await append(commands, to: log)
    _ = try await log.expunge(AppendRequest(berlin, appending: SaidExpunged(2)), words: [2])
    #expect(try await log.append(commands, keeping: [:]) == .before)
    #expect(try await log.head(berlin) == 3)
  }

  @Test func `have later times than the last event, whatever the clock says`() async throws {
    let database = try await Database()
    let log = try await database.log()
    _ = try await log.append(AppendRequest(berlin, "opened"))
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      set session_replication_role = replica;
      update log.event set recorded_at = recorded_at + interval '1 hour';
      """)
    let commands = try decided(AppendRequest(berlin, "a"), AppendRequest(berlin, "b"), after: 1)
    _ = try await log.append(commands, keeping: [:])
    let events = try await log.stream(berlin)
    #expect(events.map { $0.recordedAt.microseconds - events[0].recordedAt.microseconds } == [0, 1, 2])
  }

  @Test func `wait for whoever appends, and are not appended then`() async throws {
    let database = try await Database()
    let (log, other) = (try await database.log(), try await Connection.open(database.writer))
    let watcher = try await Connection.open(database.owner)
    _ = try await log.append(AppendRequest(berlin, "opened"))
    let backend = try await log.connection.backend
    try await other.execute("begin")
    _ = try await other.run { [berlin] in try PostgresLog.append(AppendRequest(berlin, "theirs"), on: $0) }
    let commands = try decided(AppendRequest(berlin, "a"), after: 1)
    let appending = Task { try await log.append(commands, keeping: [:]) }
    try await watcher.waitUntilBlocked(backend)
    try await other.execute("commit")
    await #expect(throws: AppendError.conflict(position: 2)) { try await appending.value }
  }

  @Test func `are not appended if the database does not know the type of one event`() async throws {
    struct Bogus: EventBody {
      static let type = "Bogus"
      var tags: [Tag] = []
    }
    let log = try await Database().log()
    let commands = try decided(
      AppendRequest(berlin, "a"), AppendRequest(berlin, appending: Noted("b"), Bogus()), after: 0)
    let error = await #expect(throws: AppendError.self) { try await log.append(commands, keeping: [:]) }
    guard case .failed(let failure) = error else { return #expect(error == nil) }
    #expect(failure.description.contains("Bogus, version 1"))
    #expect(try await log.head(berlin) == 0)
  }

  @Test func `need every list to fit, and commands in their turn`() async throws {
    let connection = try await Connection.open(Database().owner)
    let twice = newCommandID()
    for (ids, commands) in [
      (1, [1, 2]), (2, [1, 1]), (2, [2, 1]), (2, [0, 2]), (3, [1, 3]), (1, [1]), (0, []), (1, []),
      (2, [1, nil]),
    ].map({ count, commands in ((0..<count).map { _ in newCommandID() }, commands as [Int?]) }) + [
      ([twice, twice], [1, 2])
    ] {
      let error = await #expect(throws: PostgresError.self) {
        _ = try await connection.query(
          """
          select from log.append_commands(
            'berlin', 0, \(ids)::text[]::uuid[], \(ids.map { _ in [UInt8](repeating: 1, count: 32) })::bytea[], \(ids.map { _ in "anna" })::text[],
            \(ids.map { _ in nil as String? })::text[], \(commands)::integer[], '{Noted,Noted}', '{1,1}', '{"",""}',
            array['{}', '{}'])
          """)
      }
      #expect(error?.sqlState == "PL003", "\(commands)")
    }
    for change in ["0", "'{x}'"] {
      let statement = """
        select from log.append_commands(
          'berlin', 0, array[gen_random_uuid()], '{x}', '{anna}', '{null}', '{1}', '{Noted}', '{1}', '{""}', '{"{}"}')
        """.replacing(change, with: change == "0" ? "null" : "'{null}'")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.executeScript(statement)
      }
      #expect(error?.sqlState == "PL003", "\(change)")
    }
  }

  @Test func `have the limits of every append`() async throws {
    let connection = try await Connection.open(Database().owner)
    let settings = try await connection.query(
      """
      select oid::regproc::text as name, array_to_string(proconfig, ';') as settings from pg_proc
      where oid::regproc::text in ('log.append', 'log.append_commands') order by 1
      """
    ).map { try $0.decode("settings", as: String.self) }
    #expect(settings.count == 2)
    #expect(settings[0] == settings[1])
    // The test server has a limit of its own for statements.
    try await connection.execute("set statement_timeout = 0")
    try await connection.execute("begin")
    try await connection.execute(
      """
      select from log.append_commands(
        'berlin', 0, array[gen_random_uuid()], '{x}', '{anna}', '{null}', '{1}', '{Noted}', '{1}', '{""}', '{"{}"}')
      """)
    let limits = try await connection.query(
      """
      select current_setting('idle_in_transaction_session_timeout') as idle,
        current_setting('statement_timeout') as statement
      """)[0]
    #expect(try limits.decode("idle", as: String.self) == "1min")
    #expect(try limits.decode("statement", as: String.self) == "1min")
  }
}
