import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Errors` {
  @Test
  func `hold no personal data in their description, and everything in their debugDescription`()
    async throws
  {
    let connection = try await connect()
    try await connection.executeScript(
      "create table attendee (mail text constraint \"mail is unique\" unique)")
    let insert: SQL = "insert into attendee values (\("ada@example.org"))"
    try await connection.execute(insert)
    let error = try #require(
      await #expect(throws: PostgresError.self) { try await connection.execute(insert) })
    #expect(
      error.description
        == #"duplicate key value violates unique constraint "mail is unique" (SQLSTATE 23505)"#)
    #expect(error.situation == .server("23505"))
    #expect(error.sqlState?.errorClass == "23")
    #expect(error.constraint == "mail is unique")
    #expect(error.detail == "Key (mail)=(ada@example.org) already exists.")
    #expect(error.debugDescription.contains("ada@example.org"))
    #expect(error.debugDescription.contains("insert into attendee values ($1)"))
  }

  @Test func `do not repeat the value that a type refuses`() async throws {
    let connection = try await connectToShared()
    let value = #"Ada "the Countess" Lovelace"#
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("select \(value)::int")
    }
    #expect(
      error?.description == #"invalid input syntax for type integer: "…" (SQLSTATE 22P02)"#)
    #expect(error?.debugDescription.contains("Countess") == true)
  }

  @Test func `of our own functions arrive with their SQLSTATE, detail and hint`() async throws {
    let connection = try await connectToShared()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.executeScript(
        """
        do $$ begin
          raise 'the log has moved on'
            using errcode = 'PL001', detail = '{"position": 7}', hint = 'retry';
        end $$
        """)
    }
    #expect(error?.situation == .server("PL001"))
    #expect(error?.message == "the log has moved on")
    #expect(error?.detail == #"{"position": 7}"#)
    #expect(error?.hint == "retry")
    #expect(error?.context?.contains("inline_code_block line 2 at RAISE") == true)
  }

  @Test func `tell a server that does not answer from everything else`() async throws {
    let error = await #expect(throws: PostgresError.self) {
      try await Connection.open(ConnectionParameters(["host": "/nonexistent"]))
    }
    #expect(error?.situation == .cannotConnect)
    #expect(error?.description.hasPrefix("cannot connect to PostgreSQL: ") == true)
  }

  @Test(arguments: [false, true])
  func `say that the connection was lost when the server ends it`(
    isInTransaction: Bool
  ) async throws {
    let parameters = try await TestServer.shared.database()
    let victim = try await Connection.open(parameters)
    let killer = try await Connection.open(parameters)
    let pid = try await victim.query("select pg_backend_pid() as pid")[0].decode(
      "pid", as: Int.self)
    let error = await #expect(throws: PostgresError.self) {
      try await victim.run { victim in
        if isInTransaction { try victim.execute("begin") }
      }
      try await killer.execute("select pg_terminate_backend(\(pid), 5000)")
      try await victim.execute("select 1")
    }
    #expect(error?.situation == .connectionLost)
    let next = await #expect(throws: PostgresError.self) { try await victim.execute("select 1") }
    #expect(next?.situation == .connectionLost)
    let begin = await #expect(throws: PostgresError.self) {
      try await victim.run { victim in try victim.transaction {} }
    }
    #expect(begin?.situation == .connectionLost)
  }

  @Test func `say that the connection was lost when it ends within a statement`() async throws {
    let connection = try await connectToShared()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.transaction {
          try connection.execute("select pg_terminate_backend(pg_backend_pid())")
        }
      }
    }
    #expect(error?.situation == .connectionLost)
  }
}
