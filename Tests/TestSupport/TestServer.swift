package import Postgres

/// One PostgreSQL server for all tests of this process, started when the first of them needs it.
///
/// It listens on a Unix socket in a temporary directory only, and trades durability for speed. It
/// dies with the process, and its directory goes with it; what a crashed process has left behind is
/// removed by the next one.
///
///     let connection = try await Connection.open(TestServer.shared.database())
package actor TestServer {
  package static let shared = TestServer()

  private var starting: Task<RunningServer, any Error>?
  private var administrator: Connection?
  private var databases = 0

  /// The superuser's name.
  package static let user = "postgres"

  /// Creates a database that nobody else uses.
  ///
  /// Without a checkpoint, which `strategy file_copy` would ask for twice.
  ///
  /// - Parameter template: the database to copy. One that is not `template0` must have no sessions.
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

  /// How to connect to a database of this server as its superuser.
  package func parameters(database: String) async throws -> ConnectionParameters {
    try await server().parameters(database: database)
  }

  /// Where the server's socket is.
  package var socketDirectory: String {
    get async throws { try await server().directory }
  }

  /// Where the server's files are.
  package var dataDirectory: String {
    get async throws { try await server().dataDirectory }
  }

  /// The process of the server.
  package var pid: Int32 {
    get async throws { try await server().pid }
  }

  private func administrator() async throws -> Connection {
    let parameters = try await parameters(database: "postgres")
    if let administrator { return administrator }
    let connection = try await Connection.open(parameters)
    // Others may have come here while this one was connecting.
    if administrator == nil { administrator = connection }
    return administrator ?? connection
  }

  private func server() async throws -> RunningServer {
    if let starting { return try await starting.value }
    let task = Task { try await RunningServer.start() }
    starting = task
    return try await task.value
  }
}

/// Why there is no server to test with.
package struct TestServerError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
