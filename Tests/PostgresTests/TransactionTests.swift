import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Transactions` {
  struct Stop: Error {}

  private func table() async throws -> Connection {
    let connection = try await connect()
    try await connection.executeScript(
      """
      create table t (n int constraint "numbers are positive" check (n > 0),
        unique (n) deferrable initially deferred)
      """)
    return connection
  }

  private func count(_ connection: Connection) async throws -> Int {
    try await connection.query("select count(*) as n from t")[0].decode("n")
  }

  @Test func `take effect as a whole`() async throws {
    let connection = try await table()
    let answer = try await connection.run { connection in
      try connection.transaction {
        try connection.execute("insert into t values (1)")
        try connection.execute("insert into t values (2)")
        return 42
      }
    }
    #expect(answer == 42)
    #expect(try await count(connection) == 2)
  }

  @Test func `take no effect when the body throws, and leave the connection usable`() async throws {
    let connection = try await table()
    await #expect(throws: Stop.self) {
      try await connection.run { connection in
        try connection.transaction {
          try connection.execute("insert into t values (1)")
          throw Stop()
        }
      }
    }
    #expect(try await count(connection) == 0)
  }

  @Test func `pass the server's error on`() async throws {
    let connection = try await table()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.transaction { try connection.execute("insert into t values (-7)") }
      }
    }
    #expect(error?.situation == .server("23514"))
    #expect(error?.constraint == "numbers are positive")
    #expect(try await count(connection) == 0)
  }

  @Test func `fail at their end if a deferred constraint does not hold`() async throws {
    let connection = try await table()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.transaction { try connection.execute("insert into t values (1), (1)") }
      }
    }
    #expect(error?.sqlState == "23505")
    #expect(try await count(connection) == 0)
  }

  @Test func `do not pretend to be committed after an error that was caught`() async throws {
    let connection = try await table()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.transaction {
          try connection.execute("insert into t values (1)")
          try? connection.executeScript("nonsense")
        }
      }
    }
    #expect(error?.situation == .misuse)
    #expect(try await count(connection) == 0)
  }

  @Test func `see and may do what their mode says`() async throws {
    let connection = try await table()
    let isolation = try await connection.run { connection in
      try connection.transaction(.init(.serializable, readOnly: true)) {
        try connection.query("show transaction_isolation")[0].decode(at: 0, as: String.self)
      }
    }
    #expect(isolation == "serializable")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.transaction(.snapshot) { try connection.execute("insert into t values (1)") }
      }
    }
    #expect(error?.sqlState == "25006")
  }

  @Test func `cannot be nested`() async throws {
    // In another process, which must not start a server of its own only to crash with it.
    let host = try await TestServer.shared.socketDirectory
    await #expect(processExitsWith: .failure) { [host = host as String] in
      let connection = try await Connection.open(
        ConnectionParameters(["host": host, "user": TestServer.user, "dbname": "postgres"]))
      try await connection.run { connection in
        try connection.transaction { try connection.transaction {} }
      }
    }
  }
}
