import EventLog
import LogTestSupport
import Plenary
import Postgres
import Scheduling
import Testing
import Vocabulary

/// The commands of a script, in one database.
@Suite(.timeLimit(.minutes(10))) struct `A running script` {
  private func script(_ database: Database) async throws -> Workspace {
    let configuration = try Configuration(
      database: database.connectionString, conference: "berlin", environment: [:])
    let workspace = try await Workspace.open(configuration) { Issue.record("said “\($0)”") }
    return try await workspace.runningScript()
  }

  private func context() throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
  }

  private let berlin = conference("berlin")

  private func open(_ script: Workspace) async throws {
    let opened = ConferenceOpened(
      title: LocalizedText([.english: "Berlin"]), firstDay: try CalendarDate("2016-06-01"),
      lastDay: try CalendarDate("2016-06-03"), zone: "Europe/Berlin")
    _ = try await script.change(Conferences.self, .open(opened, []), in: berlin, try context())
  }

  private func add(_ room: String, _ script: Workspace, name: String = "Room") async throws {
    let added = RoomAdded(room: try RoomID(room), name: LocalizedText([.english: name]))
    _ = try await script.change(Rooms.self, .add(added), in: berlin, try context())
  }

  @Test func `does not wait for the disk after each command`() async throws {
    let script = try await script(Database())
    let setting = try await script.connection.query("show synchronous_commit")
    #expect(try setting[0].decode("synchronous_commit", as: String.self) == "off")
  }

  @Test func `has on disk what it appended when it is settled`() async throws {
    let database = try await Database()
    // The other databases of the tests never wait.
    let owner = try await Connection.open(database.owner)
    try await owner.execute(
      "alter database \(identifier: database.owner.keywords["dbname"] ?? "") set synchronous_commit = on")
    let script = try await script(database)
    try await open(script)
    for number in 1...3 {
      try await add("room-\(number)", script)
      // Where the next record of the server's write-ahead log will be: what was appended is before it.
      let appended = try await owner.query("select pg_current_wal_insert_lsn()::text as place")[0]
        .decode("place", as: String.self)
      try await script.settle()
      let isOnDisk = try await owner.query(
        "select pg_current_wal_flush_lsn() >= \(appended)::pg_lsn as written")[0]
        .decode("written", as: Bool.self)
      #expect(isOnDisk, "\(appended)")
    }
    // Nothing to wait for.
    try await script.settle()
    await owner.close()
  }

  @Test func `tells what the server has lost`() async throws {
    let database = try await Database()
    let script = try await script(database)
    try await open(script)
    try await add("hall", script)
    try await script.settle()
    try await add("annex", script)
    // As after a crash: the last commit is not there.
    let owner = try await Connection.open(database.owner)
    try await owner.run { connection in
      try connection.executeScript(
        """
        alter table log.receipt disable trigger all;
        delete from log.receipt where first_position = 3;
        alter table log.receipt enable trigger all;
        """)
    }
    await #expect(throws: Failure.self) { try await script.settle() }
  }

  @Test func `sees what others recorded meanwhile`() async throws {
    let database = try await Database()
    let script = try await script(database)
    try await open(script)
    try await add("hall", script)
    let configuration = try Configuration(
      database: database.connectionString, conference: "berlin", environment: [:])
    let other = try await Workspace.open(configuration) { _ in }
    try await add("annex", other)
    await #expect(throws: Refused.self) { try await add("annex", script, name: "Other") }
  }

  @Test func `decides on nothing that the server has lost, also if others recorded as much since`()
    async throws
  {
    let database = try await Database()
    let script = try await script(database)
    try await open(script)
    try await add("hall", script)
    try await add("annex", script)
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
    let configuration = try Configuration(
      database: database.connectionString, conference: "berlin", environment: [:])
    let other = try await Workspace.open(configuration) { _ in }
    try await add("foyer", other)
    try await add("cellar", other)
    try await add("annex", script)
    #expect(try await ConferenceContext(script, berlin).head() == 5)
  }
}
