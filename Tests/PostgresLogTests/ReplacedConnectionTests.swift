import EventLog
import Foundation
import Glibc
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

  @Test func `is replaced once, although several tasks find it lost at once`() async throws {
    let database = try await Database()
    let lost = try await Connection.open(database.writer)
    let replaceable = ReplaceableConnection(lost, database.writer)
    try await lose(lost, database)
    let found = try await withThrowingTaskGroup(of: Connection.self) { group in
      for _ in 1...8 {
        group.addTask {
          try await replaceable.replace(lost)
          return await replaceable.current
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let current = await replaceable.current
    #expect(current !== lost)
    #expect(found.count == 8 && found.allSatisfy { $0 === current })
    #expect(try await current.query("select 1 as one").count == 1)
  }

  @Test func `says what is unknown if it is lost for good`() async throws {
    let context = try context()
    let error = await #expect(throws: (any Error).self) {
      try await context.tellingCommandID { throw PostgresError(.connectionLost, "gone") }
    }
    #expect((error as? UnknownOutcome)?.commandID == context.commandID)
  }

  /// A wrong password must not count twice, and a silent host must not be waited for twice.
  @Test func `is tried once, unless the server refuses the writer's role`() async throws {
    let door = try ClosedDoor()
    let configuration = try Configuration(
      database:
        "host=127.0.0.1 port=\(door.port) dbname=plenary user=anna sslmode=disable gssencmode=disable",
      conference: nil, environment: [:])
    let error = await #expect(throws: PostgresError.self) { try await Workspace.open(configuration) { _ in } }
    #expect(error?.situation == .cannotConnect)
    #expect(door.calls == 1)
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

/// A port at which every call is accepted, counted and ended at once.
private final class ClosedDoor: Sendable {
  let port: UInt16
  private let socket: Int32
  private let counted = Shared(0)

  var calls: Int { counted.value }

  init() throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(socket, pointer, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, pointer, &size) == 0
      }
    }
    try #require(isListening, "\(String(cString: strerror(errno)))")
    self.socket = socket
    port = UInt16(bigEndian: address.sin_port)
    let counted = counted
    Thread.detachNewThread {
      while true {
        let call = accept(socket, nil, nil)
        if call < 0 { break }
        counted.change { $0 += 1 }
        close(call)
      }
      close(socket)
    }
  }

  /// Ends the call that waits.
  deinit { shutdown(socket, Int32(SHUT_RDWR)) }
}
