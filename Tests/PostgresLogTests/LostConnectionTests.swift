import EventLog
import LogTestSupport
import People
import Plenary
import Postgres
import PostgresLog
import Testing
import Vocabulary

/// Whether a lost append was made is unknown. Sent again under its id, it has one effect.
@Suite(.timeLimit(.minutes(10))) struct `A lost connection` {
  private let berlin = conference("berlin")

  /// Ends a session from another one, as an operator or a failover would.
  private func terminate(_ victim: Connection, _ database: Database) async throws {
    let killer = try await Connection.open(database.owner)
    let backend = try await victim.backend
    try await killer.execute("select pg_terminate_backend(\(backend), 5000)")
  }

  @Test func `before the append costs nothing`() async throws {
    let database = try await Database()
    let connection = try await Connection.open(database.writer)
    let log = ReconnectingLog(connection, database.owner)
    try await terminate(connection, database)
    let receipt = try await log.append(AppendRequest(berlin, "a"))
    #expect(receipt == Receipt(first: 1, last: 1, replayed: false))
    #expect(try await database.log().stream(berlin).count == 1)
  }

  @Test func `before a read costs nothing`() async throws {
    let database = try await Database()
    let connection = try await Connection.open(database.writer)
    let log = ReconnectingLog(connection, database.owner)
    _ = try await log.append(AppendRequest(berlin, "a"))
    try await terminate(connection, database)
    let read = try await log.read(berlin, matching: .everything, command: nil)
    #expect(read.head == 1 && read.events.count == 1)
    // The new connection stays in use, and can be lost like the first.
    #expect(try await log.append(AppendRequest(berlin, "b")).first == 2)
  }

  @Test func `after the append has no second effect`() async throws {
    let database = try await Database()
    let connection = try await Connection.open(database.writer)
    let log = ReconnectingLog(connection, database.owner)
    let batch = AppendRequest(berlin, "a", "b")
    _ = try await log.append(batch)
    try await terminate(connection, database)
    #expect(try await log.append(batch) == Receipt(first: 1, last: 2, replayed: true))
    #expect(try await database.log().stream(berlin).count == 2)
  }

  @Test func `while the append waits for its turn leaves nothing behind`() async throws {
    let database = try await Database()
    _ = try await database.log().append(AppendRequest(berlin, "opened"))
    let holder = try await Connection.open(database.owner)
    try await holder.execute("begin")
    try await holder.execute("select from log.head where conference = 'berlin' for update")
    let connection = try await Connection.open(database.writer)
    let backend = try await connection.backend
    let log = ReconnectingLog(connection, database.owner)
    let batch = AppendRequest(berlin, "a")
    async let receipt = log.append(batch)
    try await holder.waitUntilBlocked(backend)
    try await holder.execute("select pg_terminate_backend(\(backend), 5000)")
    try await holder.execute("commit")
    #expect(try await receipt == Receipt(first: 2, last: 2, replayed: false))
    #expect(try await database.log().stream(berlin).count == 2)
  }

  @Test func `before the commit leaves nothing behind, and sending again appends`()
    async throws
  {
    let database = try await Database()
    let connection = try await Connection.open(database.writer)
    let batch = AppendRequest(berlin, "a")
    try await connection.execute("begin")
    _ = try await connection.run { try PostgresLog.append(batch, on: $0) }
    try await terminate(connection, database)
    await #expect(throws: AppendError.connectionLost) {
      try await PostgresLog(connection).append(batch)
    }
    #expect(try await database.log().stream(berlin) == [])
    let log = ReconnectingLog(connection, database.owner)
    #expect(try await log.append(batch) == Receipt(first: 1, last: 1, replayed: false))
  }

  /// Loses the connection around its first append.
  private actor LossyLog: EventStore {
    enum Moment { case before, after }
    let log: PostgresLog
    let moment: Moment
    private(set) var sent = 0

    init(_ log: PostgresLog, _ moment: Moment) { (self.log, self.moment) = (log, moment) }

    func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
      sent += 1
      if sent > 1 { return try await log.append(batch) }
      if moment == .after { _ = try await log.append(batch) }
      throw .connectionLost
    }

    func read(_ conference: ConferenceID, matching query: Query, command: String?)
      async throws(AppendError) -> BoundaryRead
    {
      try await log.read(conference, matching: query, command: command)
    }
  }

  @Test func `makes the command handler send again, or use the receipt`() async throws {
    let name = try PersonName([NameForm("Li, Wei", in: .english, order: nil)])
    let command = Speakers.Command.register(
      SpeakerRegistered(person: try PersonID("li-wei"), name: name))
    for (moment, sent, replayed) in [(LossyLog.Moment.before, 2, false), (.after, 1, true)] {
      let log = try await Database().log()
      let lossy = LossyLog(log, moment)
      let context = try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
      let outcome = try await CommandHandler(store: lossy)
        .handle(Speakers.self, command, in: berlin, context)
      #expect(outcome.effect == .appended(Receipt(first: 1, last: 1, replayed: replayed)))
      #expect(await lossy.sent == sent)
      #expect(try await log.stream(berlin).map(\.commandID) == [context.commandID])
    }
  }

  // MARK: Keys

  @Test func `during a removal does not destroy the key that another process has made since`()
    async throws
  {
    let database = try await Database()
    let log = try await database.log()
    let speaker = try PersonID("li-wei")
    let person = speaker.tag
    let batch = AppendRequest(
      conference: berlin, commandID: newCommandID(), request: sha256("removed"), actor: "anna",
      events: [ContactStated(person: speaker, contact: nil)])
    #expect(try await log.erase(batch, keysOf: [person], words: []).first == 1)
    let key = SealingKey.random()
    _ = try await database.log().append(AppendRequest(berlin, "stated"), keeping: [person: key])
    // The reply to the first was lost, and it is sent again.
    #expect(
      try await log.erase(batch, keysOf: [person], words: []) == Receipt(first: 1, last: 1, replayed: true))
    #expect(try await log.key(of: person, in: berlin) == key)
  }

  @Test func `before an erasure costs nothing`() async throws {
    let database = try await Database()
    let workspace = try await Workspace.open(
      Configuration(database: database.connectionString, conference: "berlin", environment: [:])
    ) { Issue.record("said “\($0)”") }
    let attendee = try AttendeeID("a-1")
    let details = try AttendeeDetails(name: PersonName([NameForm("Li, Wei", in: .english, order: nil)]))
    func context() throws -> CommandContext {
      try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
    }
    _ = try await workspace.change(
      Attendees.self, sealing: details, of: attendee.tag, in: berlin, context()
    ) { .register(attendee, category: "delegate", listed: true, $0) }
    try await terminate(workspace.connection, database)
    let outcome = try await workspace.erase(attendee, in: berlin, context())
    #expect(outcome.effect == .appended(Receipt(first: 2, last: 2, replayed: false)))
    #expect(try await database.log().keys(of: berlin) == [:])
  }
}
