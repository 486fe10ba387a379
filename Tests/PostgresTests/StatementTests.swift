import Postgres
import TestSupport
import Testing

/// A connection to a database of its own.
func connect(
  preparedStatements: Int = 64, onWarning: (@Sendable (Notice) -> Void)? = nil
) async throws -> Connection {
  try await Connection.open(
    TestServer.shared.database(), preparedStatements: preparedStatements, onWarning: onWarning)
}

/// A connection to a database that all tests share; for those that change nothing.
func connectToShared() async throws -> Connection {
  try await Connection.open(TestServer.shared.parameters(database: "postgres"))
}

@Suite(.timeLimit(.minutes(10))) struct `Statements` {
  @Test func `bind what is interpolated, so that it cannot become syntax`() async throws {
    let connection = try await connect()
    let name = "'); drop table room; --"
    let read = try await connection.run { connection in
      try connection.execute("create table room (name text)")
      try connection.execute("insert into room (name) values (\(name))")
      return try connection.query("select name from room").first?.decode("name", as: String.self)
    }
    #expect(read == name)
  }

  @Test func `number the values of fragments in the order of the whole`() {
    let condition: SQL = "day = \(2) and room = \("Blue")"
    let statement: SQL = "select \(1) where \(condition) or room = \("Red")"
    #expect(statement.text == "select $1 where day = $2 and room = $3 or room = $4")
  }

  @Test func `quote identifiers, and leave raw text alone`() {
    let statement: SQL = "select * from \(identifier: "a\"b") \(raw: "order by 1")"
    #expect(statement.text == "select * from \"a\"\"b\" order by 1")
  }

  @Test func `refuse a text with a NUL, wherever it stands`() async throws {
    let connection = try await connectToShared()
    let nul = "before\0after"
    for statement: SQL in ["select \(nul)", "select \([nul])", SQL(unsafe: "select 1 -- \(nul)")] {
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query(statement)
      }
      #expect(error?.situation == .misuse)
      #expect(error?.description.contains("contains a NUL character") == true)
    }
    await #expect(throws: PostgresError.self) { try await connection.executeScript(nul) }
    #expect(throws: PostgresError.self) { try ConnectionParameters("host=a\0b") }
  }

  @Test func `say how many rows they concern`() async throws {
    let connection = try await connect()
    let counts = try await connection.run { connection in
      try [
        connection.execute("create table t as select generate_series(1, 5) as n"),
        connection.execute("update t set n = n + 1 where n > \(3)"),
        connection.execute("delete from t"),
        connection.execute("drop table t"),
      ]
    }
    #expect(counts == [5, 2, 5, 0])
  }

  @Test func `run a script whole or not at all`() async throws {
    let connection = try await connect()
    try await connection.executeScript("create table a (n int); insert into a values (1), (2);")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.executeScript("insert into a values (3);\nselect 1;\nselect nonsense;")
    }
    #expect(error?.sqlState == "42703")
    #expect(error?.debugDescription.contains("line of the SQL: 3") == true)
    #expect(try await connection.query("select n from a").count == 2)
  }

  @Test func `send warnings to the handler, and nothing less`() async throws {
    let warnings = Box<[String]>([])
    let connection = try await connect { notice in
      warnings.change { $0.append(notice.message) }
    }
    try await connection.executeScript("create table if not exists t (); drop table if exists u;")
    try await connection.executeScript("create table if not exists t (); commit;")
    #expect(warnings.value == ["there is no transaction in progress"])
  }

  @Test func `refuse more values than the protocol can count`() async throws {
    let connection = try await connectToShared()
    var values: SQL = "\(1)"
    for _ in 1...16 { values = "\(values), \(values)" }
    let tooLong: SQL = "select \(values)"
    let error = await #expect(throws: PostgresError.self) { try await connection.query(tooLong) }
    #expect(error?.situation == .misuse)
    #expect(try await connection.query("select 1").count == 1)
  }
}
