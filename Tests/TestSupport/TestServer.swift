import Foundation
package import Postgres

/// One PostgreSQL server for all tests of this process, started by the first test that needs it.
///
/// It listens only on a Unix socket in a temporary directory, and trades durability for speed. The server and
/// its directory end with the process. The next process removes what a crashed one left behind.
///
///     let connection = try await Connection.open(TestServer.shared.database())
package actor TestServer {
  package static let shared = TestServer()
  /// A server that also listens on the loopback interface, and asks for passwords there (SCRAM).
  package static let withPasswords = TestServer(asksForPasswords: true)

  private let asksForPasswords: Bool

  /// A server of its own, for tests of what all databases of a server have in common: roles.
  package init(asksForPasswords: Bool = false) { self.asksForPasswords = asksForPasswords }

  private var starting: Task<RunningServer, any Error>?
  private var administrator: Connection?
  private var databases = 0
  private var dumps = 0

  /// The superuser's name.
  package static let user = "postgres"

  /// Creates a database for one test.
  ///
  /// Uses `strategy wal_log`, because `file_copy` would need two checkpoints.
  ///
  /// - Parameter template: The database to copy. Except for `template0`, it must have no sessions.
  package func database(from template: String = "template0") async throws -> ConnectionParameters {
    let administrator = try await administrator()
    databases += 1
    let name = "test_\(databases)"
    try await administrator.execute(
      """
      create database \(identifier: name) template \(identifier: template) encoding 'UTF8'
      strategy wal_log
      """)
    return try await parameters(database: name)
  }

  /// The connection parameters for a database of this server, as its superuser.
  package func parameters(database: String) async throws -> ConnectionParameters {
    try await server().parameters(database: database)
  }

  /// The connection parameters for a login with a password, over TCP.
  package func overTCP(database: String, user: String, password: String) async throws -> ConnectionParameters
  {
    ConnectionParameters([
      "host": "127.0.0.1", "port": "\(try await server().port)", "dbname": database, "user": user,
      "password": password,
    ])
  }

  /// Restores a backup of another server's database here, without the roles of that server.
  ///
  /// - Parameter options: more options of `pg_dump`.
  package func restore(_ database: String, of other: TestServer, leavingOut options: [String] = [])
    async throws
    -> ConnectionParameters
  {
    let (source, target) = (try await other.server(), try await server())
    let programs = try ServerPrograms.find()
    let copy = try await self.database()
    let (file, log) = ("\(target.directory)/backup-\(databases)", "\(target.directory)/restore-\(databases)")
    let dump =
      [programs.dump, "--format", "custom", "--file", file] + options
      + ["--host", source.directory, "--port", "\(source.port)", "--username", Self.user, database]
    guard try await ChildProcess.run(dump, in: target.directory, log: log) else {
      throw TestServerError("pg_dump failed; its output is in \(log).")
    }
    // It fails where rights are granted to roles that this server does not have, and goes on.
    _ = try await ChildProcess.run(
      [
        programs.restore, "--host", target.directory, "--port", "\(target.port)", "--username", Self.user,
        "--dbname",
        copy.keywords["dbname"] ?? "", file,
      ], in: target.directory, log: log)
    return copy
  }

  /// A whole database as `pg_dump` writes it: what a backup holds.
  package func dump(database: String) async throws -> String {
    let server = try await server()
    dumps += 1
    let file = "\(server.directory)/dump-\(dumps)"
    let command = [
      try ServerPrograms.find().dump, "--host", server.directory, "--port", "\(server.port)", "--username",
      Self.user,
      database,
    ]
    guard try await ChildProcess.run(command, in: server.directory, log: file) else {
      throw TestServerError("pg_dump failed; its output is in \(file).")
    }
    return try String(contentsOfFile: file, encoding: .utf8)
  }

  /// The directory of the server's socket.
  package var socketDirectory: String {
    get async throws { try await server().directory }
  }

  /// The directory of the server's files.
  package var dataDirectory: String {
    get async throws { try await server().dataDirectory }
  }

  /// The server's process.
  package var pid: Int32 {
    get async throws { try await server().pid }
  }

  /// Starts a server that follows this one by streaming. Stop it when the test ends.
  package func standby() async throws -> StandbyServer {
    StandbyServer(try await server().startStandby(), of: try await administrator())
  }

  private func administrator() async throws -> Connection {
    let parameters = try await parameters(database: "postgres")
    if let administrator { return administrator }
    let connection = try await Connection.open(parameters)
    // Another caller may have connected meanwhile.
    if administrator == nil { administrator = connection }
    return administrator ?? connection
  }

  private func server() async throws -> RunningServer {
    if let starting { return try await starting.value }
    let task = Task { try await RunningServer.start(asksForPasswords: asksForPasswords) }
    starting = task
    return try await task.value
  }
}

/// A streaming standby of the test server.
package struct StandbyServer: Sendable {
  private let server: RunningServer
  private let primary: Connection

  fileprivate init(_ server: RunningServer, of primary: Connection) {
    (self.server, self.primary) = (server, primary)
  }

  /// The connection parameters for a database, as the superuser.
  package func parameters(database: String) -> ConnectionParameters { server.parameters(database: database) }

  /// Waits until it has replayed all that the primary has written.
  package func catchUp() async throws {
    let wanted = try await primary.query("select pg_current_wal_insert_lsn()::text as position")[0]
      .decode("position", as: String.self)
    let connection = try await Connection.open(parameters(database: "postgres"))
    let deadline = ContinuousClock.now + .seconds(60)
    // Polls, because PostgreSQL notifies nobody of what was replayed.
    while ContinuousClock.now < deadline {
      let rows = try await connection.query(
        "select pg_last_wal_replay_lsn() >= \(wanted)::pg_lsn as replayed")
      if try rows[0].decode("replayed", as: Bool.self) { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw TestServerError("The standby has not caught up after a minute.")
  }

  /// What the primary writes from now on is not seen on the standby.
  package func pause() async throws {
    try await Connection.open(parameters(database: "postgres")).execute("select pg_wal_replay_pause()")
  }

  package func resume() async throws {
    try await Connection.open(parameters(database: "postgres")).execute("select pg_wal_replay_resume()")
  }

  package func stop() { server.stop() }
}

/// Why there is no test server.
package struct TestServerError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
