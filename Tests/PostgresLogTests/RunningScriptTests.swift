import EventLog
import LogTestSupport
import People
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Testing
import Vocabulary

/// The commands of a script, in one database.
@Suite(.timeLimit(.minutes(10))) struct `A running script` {
  private func script(_ database: Database, isDryRun: Bool = false, conference: String? = "berlin")
    async throws -> Workspace
  {
    let configuration = try Configuration(
      database: database.connectionString, conference: conference, environment: [:])
    let workspace = try await Workspace.open(configuration) { Issue.record("said “\($0)”") }
    return workspace.runningScript(isDryRun: isDryRun)
  }

  /// Somebody else.
  private func other(_ database: Database) async throws -> Workspace {
    let configuration = try Configuration(
      database: database.connectionString, conference: "berlin", environment: [:])
    return try await Workspace.open(configuration) { _ in }
  }

  private func head(_ workspace: Workspace) async throws -> Int {
    try await PostgresLog(workspace.connection).read(berlin, matching: .tagged(.conference), command: nil)
      .head
  }

  private func context() throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
  }

  private let berlin = conference("berlin")

  private func open(_ script: Workspace, _ conference: ConferenceID? = nil) async throws {
    let opened = ConferenceOpened(
      title: LocalizedText([.english: "Berlin"]), firstDay: try CalendarDate("2016-06-01"),
      lastDay: try CalendarDate("2016-06-03"), zone: "Europe/Berlin")
    _ = try await script.change(Conferences.self, .open(opened, []), in: conference ?? berlin, try context())
  }

  @discardableResult
  private func add(
    _ room: String, _ script: Workspace, name: String = "Room", as command: CommandContext? = nil
  ) async throws -> Outcome<SchedulingEvent> {
    let added = RoomAdded(room: try RoomID(room), name: LocalizedText([.english: name]))
    return try await script.change(Rooms.self, .add(added), in: berlin, try command ?? context())
  }

  @Test func `records its commands together, each after those before it`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    let commands = try (0..<3).map { _ in try context() }
    await script.begin(commands.map(\.commandID), together: true)
    try await open(script)
    for (number, command) in commands.enumerated() {
      let outcome = try await add("room-\(number)", script, as: command)
      #expect(outcome.effect == .appended(Receipt(first: number + 2, last: number + 2, replayed: false)))
    }
    await #expect(throws: Refused.self) { try await add("room-0", script, name: "Other") }
    #expect(try await head(other) == 0)
    try await script.record()
    #expect(try await head(other) == 4)
    for command in commands {
      let known = try await PostgresLog(other.connection).read(
        berlin, matching: .tagged(.conference), command: command.commandID)
      #expect(known.receipt != nil)
    }
    // Nothing is left to record.
    try await script.record()
    #expect(try await head(other) == 4)
  }

  @Test func `waits for the disk`() async throws {
    let database = try await Database()
    // The other databases of the tests never wait.
    let owner = try await Connection.open(database.owner)
    try await owner.execute(
      "alter database \(identifier: database.owner.keywords["dbname"] ?? "") set synchronous_commit = on")
    await owner.close()
    let script = try await script(database)
    try await open(script)
    try await script.record()
    let setting = try await script.connection.query("show synchronous_commit")[0]
    #expect(try setting.decode("synchronous_commit", as: String.self) == "on")
  }

  @Test func `answers a command that was carried out before`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    let command = try context()
    _ = try await add("hall", other, as: command)
    try await add("annex", other)
    await script.begin([command.commandID], together: true)
    let outcome = try await add("hall", script, as: command)
    #expect(outcome.effect == .appended(Receipt(first: 2, last: 2, replayed: true)))
  }

  @Test func `answers a command that somebody else carried out meanwhile`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    let commands = try (0..<2).map { _ in try context() }
    await script.begin(commands.map(\.commandID), together: true)
    try await add("hall", script, as: commands[0])
    try await script.record()
    try await add("annex", other, as: commands[1])
    #expect(
      try await add("annex", script, as: commands[1]).effect
        == .appended(Receipt(first: 3, last: 3, replayed: true)))
  }

  @Test func `asks for the receipts of the commands that come next`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    let commands = try (0..<2).map { _ in try context() }
    try await add("annex", other, as: commands[1])
    await script.begin([commands[0].commandID], together: true)
    try await add("hall", script, as: commands[0])
    try await script.record()
    await script.begin([commands[1].commandID], together: true)
    #expect(
      try await add("annex", script, as: commands[1]).effect
        == .appended(Receipt(first: 2, last: 2, replayed: true)))
  }

  @Test func `records the commands of each conference in it`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    await script.begin([], together: true)
    try await open(script)
    try await open(script, conference("paris"))
    try await add("hall", script)
    try await script.record()
    let log = PostgresLog(try await other.connection)
    #expect(try await log.head(berlin) == 2)
    #expect(try await log.head(conference("paris")) == 1)
  }

  @Test func `finds the conference that a command has opened alone`() async throws {
    let script = try await script(Database(), conference: nil)
    await script.begin([], together: false)
    await #expect(throws: Failure.self) { try await script.conference() }
    try await open(script)
    #expect(try await script.conference() == berlin)
  }

  @Test func `has not opened a conference that somebody else opened first`() async throws {
    let database = try await Database()
    let script = try await script(database, conference: nil)
    await script.begin([], together: true)
    try await open(script)
    try await open(other(database))
    await #expect(throws: AppendError.self) { try await script.record() }
    await script.begin([], together: false)
    #expect(try await script.conference() == berlin, "There is one.")
  }

  @Test func `shows what it has appended to whoever reads the database`() async throws {
    let script = try await script(Database())
    try await open(script)
    try await add("hall", script)
    #expect(try await head(script) == 2)
  }

  @Test func `records nothing of what was decided before somebody else recorded something`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    await script.begin([], together: true)
    try await add("hall", script)
    try await add("annex", other)
    try await add("foyer", script)
    await #expect(throws: AppendError.self) { try await script.record() }
    #expect(try await head(other) == 2)
    // Nothing more is decided on it.
    await #expect(throws: AppendError.self) { try await add("cellar", script) }
    await script.begin([], together: false)
    try await add("hall", script)
    #expect(try await head(other) == 3, "Alone, each is recorded at once.")
    await #expect(throws: Refused.self) { try await add("annex", script, name: "Other") }
  }

  @Test func `does not say that there is nothing to do when somebody else recorded something`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    try await add("hall", other)
    let commands = try (0..<4).map { _ in try context() }
    await script.begin(commands.map(\.commandID), together: true)
    for command in commands.prefix(2) {
      #expect(try await add("hall", script, as: command).effect == .nothingToDo)
    }
    try await script.record()
    #expect(try await add("hall", script, as: commands[2]).effect == .nothingToDo)
    try await add("annex", other)
    #expect(try await add("hall", script, as: commands[3]).effect == .nothingToDo)
    await #expect(throws: AppendError.self) { try await script.record() }
    await script.begin([], together: false)
    #expect(try await add("hall", script).effect == .nothingToDo)
    // Alone, each has asked the log.
    try await script.record()
    let later = try (0..<2).map { _ in try context() }
    await script.begin(later.map(\.commandID), together: true)
    for command in later {
      #expect(try await add("annex", script, as: command).effect == .nothingToDo)
    }
    // What was answered alone does not count.
    try await script.record()
  }

  @Test func `checks what it did not record also when the connection is another one`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    try await add("hall", other)
    let commands = try (0..<3).map { _ in try context() }
    await script.begin(commands.map(\.commandID), together: true)
    for command in commands.prefix(2) {
      #expect(try await add("hall", script, as: command).effect == .nothingToDo)
    }
    let owner = try await Connection.open(database.owner)
    try await owner.execute(
      """
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
      """)
    await owner.close()
    await #expect(throws: AppendError.self) { try await add("cellar", script, as: commands[2]) }
    await #expect(throws: AppendError.self) { try await script.record() }
    await script.begin([], together: false)
    #expect(try await add("hall", script).effect == .nothingToDo)
  }

  /// Holds up whoever appends. He waits longer than usual, because tests that run beside this one can hold it up, too.
  private func holding<Result: Sendable>(
    _ database: Database, _ body: () async throws -> Result
  ) async throws -> Result {
    let holder = try await Connection.open(database.owner)
    try await holder.execute("alter function log.append_commands set lock_timeout = '10min'")
    try await holder.execute("begin")
    try await holder.execute("select from log.head where conference = 'berlin' for update")
    let result = try await body()
    try await holder.execute("rollback")
    await holder.close()
    return result
  }

  @Test func `decides the next commands while others are recorded`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    let commands = try (0..<5).map { _ in try context() }
    await script.begin(commands.map(\.commandID), together: true)
    try await add("hall", script, as: commands[0])
    // From now on the whole log is at hand.
    try await add("cellar", script, as: commands[4])
    let recording = try await holding(database) {
      let recording = await script.beginToRecord()
      try await add("annex", script, as: commands[1])
      #expect(try await add("hall", script, as: commands[2]).effect == .nothingToDo)
      return recording
    }
    try await script.ended(recording)
    #expect(try await head(other) == 3, "What came later is not recorded with it.")
    try await add("foyer", script, as: commands[3])
    try await script.record()
    #expect(try await head(other) == 5)
    // Known without asking.
    #expect(
      try await add("annex", script, as: commands[1]).effect
        == .appended(Receipt(first: 4, last: 4, replayed: true)))
  }

  @Test func `gives up what was decided on commands that could not be recorded`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    await script.begin([], together: true)
    try await add("hall", script)
    try await add("annex", other)
    let recording = await script.beginToRecord()
    await #expect(throws: AppendError.conflict(position: 2)) { try await script.ended(recording) }
    await #expect(throws: AppendError.self) { try await add("foyer", script) }
    await #expect(throws: AppendError.self) { try await script.record() }
    #expect(try await head(other) == 2)
    await script.begin([], together: true)
    try await add("foyer", script)
    try await script.record()
    #expect(try await head(other) == 3)
  }

  private func register(_ number: Int, _ script: Workspace, as command: CommandContext? = nil) async throws {
    let id = try AttendeeID("a-\(number)")
    let details = try AttendeeDetails(name: PersonName([NameForm("Li, Wei", in: .english, order: nil)]))
    let command = try command ?? context()
    _ = try await script.change(Attendees.self, sealing: details, of: id.tag, in: berlin, command) {
      .register(id, category: "delegate", listed: true, $0)
    }
  }

  private func note(_ number: Int, _ script: Workspace) async throws {
    let id = try AttendeeID("a-\(number)")
    var changes = AttendeeDetails.Changes()
    changes.note = "Comes late"
    _ = try await script.change(Attendees.self, sealing: changes, of: id.tag, in: berlin, context()) {
      .revise(id, category: nil, listed: nil, $0)
    }
  }

  @Test func `seals with the keys that it has stored, and with those of others`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    await script.begin([], together: true)
    // From the second one on, the whole log is at hand.
    try await add("hall", script)
    try await add("annex", script)
    try await register(1, script)
    try await script.record()
    try await note(1, script)
    try await script.record()
    try await register(2, other)
    try await note(2, script)
    try await script.record()
    #expect(try await head(other) == 7)
    #expect(try await PostgresLog(other.connection).keys(of: berlin).count == 2)
  }

  @Test func `knows which commands are recorded when not all of them could be`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    let commands = try (0..<3).map { _ in try context() }
    let ids = commands.map(\.commandID)
    await script.begin(ids, together: true)
    try await add("hall", script, as: commands[0])
    // Whoever reads the database gets what waits recorded first.
    #expect(try await head(script) == 2)
    try await add("annex", script, as: commands[1])
    try await add("theirs", other)
    try await add("foyer", script, as: commands[2])
    await #expect(throws: AppendError.self) { try await script.record() }
    #expect(try await script.recorded(of: ids) == [ids[0]])
    // Of what was on its way, the log says it.
    await script.begin(ids, together: true)
    try await add("cellar", script, as: commands[1])
    let sent = await script.beginToRecord()
    try await script.ended(sent)
    #expect(try await script.recorded(of: ids) == [ids[1]])
  }

  @Test func `reads anew what the same script has recorded meanwhile, started twice`() async throws {
    let database = try await Database()
    let (script, twin) = (try await script(database), try await self.script(database))
    let other = try await other(database)
    try await open(other)
    let commands = try (0..<3).map { _ in try context() }
    for script in [script, twin] {
      await script.begin(commands.map(\.commandID), together: true)
      try await add("hall", script, as: commands[0])
      try await add("annex", script, as: commands[1])
    }
    try await twin.record()
    let sent = await script.beginToRecord()
    try await script.ended(sent)
    #expect(try await head(other) == 3)
    try await add("foyer", script, as: commands[2])
    try await script.record()
    #expect(try await head(other) == 4)
  }

  @Test func `keeps no key of somebody whom only later commands are about`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(other)
    // Of commands that it does not expect, it would ask the log, which is held up.
    let commands = try (0..<4).map { _ in try context() }
    await script.begin(commands.map(\.commandID), together: true)
    func keys() async throws -> Int { try await PostgresLog(other.connection).keys(of: berlin).count }
    try await add("hall", script, as: commands[0])
    try await add("annex", script, as: commands[1])
    try await register(1, script, as: commands[2])
    let recording = try await holding(database) {
      let recording = await script.beginToRecord()
      try await register(2, script, as: commands[3])
      return recording
    }
    try await script.ended(recording)
    #expect(try await keys() == 1)
    try await script.record()
    #expect(try await keys() == 2)
  }

  @Test func `of which nothing is to be recorded leaves nothing behind`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database, isDryRun: true), try await other(database))
    try await open(script)
    try await add("hall", script)
    await #expect(throws: Refused.self) { try await add("hall", script, name: "Other") }
    try await script.record()
    #expect(try await script.conference() == berlin)
    #expect(try await head(other) == 0)
  }

  @Test func `sees what others recorded meanwhile`() async throws {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(script)
    try await add("hall", script)
    try await script.record()
    try await add("annex", other)
    await #expect(throws: Refused.self) { try await add("annex", script, name: "Other") }
  }

  @Test func `decides on nothing that the server has lost, also if others recorded as much since`()
    async throws
  {
    let database = try await Database()
    let (script, other) = (try await script(database), try await other(database))
    try await open(script)
    try await add("hall", script)
    try await add("annex", script)
    try await script.record()
    #expect(try await add("annex", script).effect == .nothingToDo, "Now it is read.")
    try await script.record()
    // As after a crash: the connection ends, and the last commit is not there.
    let owner = try await Connection.open(database.owner)
    try await owner.run { connection in
      try connection.executeScript(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid();
        set session_replication_role = replica;
        delete from log.tag where position = 3;
        delete from log.event where position = 3;
        delete from log.receipt where first_position = 3;
        update log.head set position = 2;
        """)
    }
    await owner.close()
    try await add("foyer", other)
    try await add("cellar", other)
    try await add("annex", script)
    #expect(try await head(script) == 5)
  }

  @Test func `records what waited over a new connection`() async throws {
    let database = try await Database()
    let script = try await script(database)
    try await open(script)
    try await script.record()
    try await add("hall", script)
    let owner = try await Connection.open(database.owner)
    try await owner.execute(
      """
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
      """)
    await owner.close()
    try await script.record()
    #expect(try await head(script) == 2, "It can be sent again, under the same ids.")
  }
}
