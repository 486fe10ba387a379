import EventLog
import LogTestSupport
import People
import Postgres
import PostgresLog
import Scheduling
import Testing
import Vocabulary

@testable import Plenary

@Suite(.timeLimit(.minutes(10))) struct `A connection that is replaced` {
  private let berlin = conference("berlin")

  private func workspace(_ database: Database) async throws -> Workspace {
    try await Workspace.open(
      Configuration(database: database.connectionString, conference: "berlin", environment: [:])
    ) { Issue.record("said “\($0)”") }
  }

  private func context() throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
  }

  private func lose(_ connection: Connection, _ database: Database) async throws {
    let killer = try await Connection.open(database.owner)
    try await killer.execute("select pg_terminate_backend(\(try await connection.backend), 5000)")
  }

  private func open(_ workspace: Workspace) async throws {
    let opened = ConferenceOpened(
      title: LocalizedText([.english: "Berlin"]), firstDay: try CalendarDate("2016-06-01"),
      lastDay: try CalendarDate("2016-06-03"), zone: "Europe/Berlin"
    ) { $0.languages = [.english] }
    _ = try await workspace.log.append(
      AppendRequest(
        conference: berlin, commandID: newCommandID(), request: sha256("open"), actor: "anna",
        events: [opened]))
  }

  @Test func `serves the log and everything else`() async throws {
    let database = try await Database()
    let workspace = try await workspace(database)
    try await open(workspace)
    try await lose(workspace.connection, database)
    _ = try await workspace.log.read(berlin, matching: .everything, command: nil)
    #expect(try await workspace.conferences().map { $0.position } == [1])
  }

  /// Preparing letters and documents reads read models, over the same connection as the log.
  @Test func `lets work begin again that lost the first one`() async throws {
    let database = try await Database()
    let workspace = try await workspace(database)
    try await open(workspace)
    var attempts = 0
    let outcome = try await CommandHandler(store: workspace.log).handle(
      Notices.self, Notices.Command(Notices.Round()), in: berlin, context()
    ) { _ in
      attempts += 1
      if attempts == 1 { try await lose(workspace.connection, database) }
      _ = try await workspace.conferences()
      return Notices.Command(Notices.Round(), NoticesSent(position: 1, people: [try PersonID("ada")]))
    }
    #expect(attempts == 2)
    #expect(outcome?.effect == .appended(Receipt(first: 2, last: 2, replayed: false)))
  }

  @Test func `says what is unknown if it is lost for good`() async throws {
    let context = try context()
    let error = await #expect(throws: (any Error).self) {
      try await context.tellingCommandID { throw PostgresError(.connectionLost, "gone") }
    }
    #expect((error as? UnknownOutcome)?.commandID == context.commandID)
  }

  @Test func `of a login without rights tells what to grant`() async throws {
    let database = try await Database()
    let mallory = try await database.login("mallory")
    await mallory.close()
    let name = "mallory_\(database.owner.keywords["dbname"] ?? "")"
    let configuration = try Configuration(
      database: "\(database.connectionString) user=\(name)", conference: nil, environment: [:])
    let error = await #expect(throws: Failure.self) {
      try await Workspace.open(configuration) { _ in }
    }
    #expect(error?.description.contains("has no rights") == true, "\(error as Any)")
  }
}
