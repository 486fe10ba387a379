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
    try await open(script)
    try await add("hall", script)
    // The server of the tests never waits for the disk, so what a wait is worth cannot be seen here.
    try await script.settle()
    try await script.settle()
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
}
