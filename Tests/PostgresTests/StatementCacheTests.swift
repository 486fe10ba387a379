import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `The statement cache` {
  private func prepared(_ connection: Connection) async throws -> [String] {
    try await connection.run { connection in
      var statements: [String] = []
      // By COPY, because a query would itself become a statement of the cache.
      try connection.copyOut(
        "copy (select statement from pg_prepared_statements order by prepare_time) to stdout"
      ) { line in
        statements.append(String(decoding: line, as: UTF8.self))
      }
      return statements
    }
  }

  @Test func `prepares what is said twice`() async throws {
    let connection = try await connectToShared()
    try await connection.execute("select \(1)::int")
    #expect(try await prepared(connection) == [])
    try await connection.execute("select \(2)::int")
    try await connection.execute("select \(3)::int")
    #expect(try await prepared(connection) == ["select $1::int"])
  }

  @Test func `changes no answer`() async throws {
    let parameters = try await TestServer.shared.database()
    let cached = try await Connection.open(parameters)
    let uncached = try await Connection.open(parameters, preparedStatements: 0)
    for n in 1...20 {
      let statement: SQL = "select i, 'x' || i as x from generate_series(1, \(n)::int) as i"
      let answers = try await [cached, uncached].asyncMap { connection in
        try await connection.query(statement).map {
          try "\($0.decode("i", as: Int.self)) \($0.decode("x", as: String.self))"
        }
      }
      #expect(answers[0] == answers[1])
      #expect(answers[0].count == n)
    }
    #expect(try await prepared(cached).count == 1)
    #expect(try await prepared(uncached) == [])
  }

  @Test func `is bounded, and makes room for the latest`() async throws {
    let connection = try await connect(preparedStatements: 3)
    for n in 1...10 {
      for _ in 1...2 { try await connection.execute("select \(raw: "\(n)")") }
    }
    // This one pushes out another, without being prepared itself.
    try await connection.execute("select")
    #expect(try await prepared(connection) == ["select 9", "select 10"])
  }

  @Test func `survives changes of the schema`() async throws {
    let connection = try await connect()
    try await connection.executeScript("create table t (n int); insert into t values (1)")
    for _ in 1...3 { #expect(try await connection.query("select * from t")[0].columns == ["n"]) }
    for n in 1...3 { try await connection.execute("insert into t (n) values (\(n))") }
    try await connection.executeScript("alter table t alter n type bigint, add extra text")
    for _ in 1...3 {
      #expect(try await connection.query("select * from t")[0].columns == ["n", "extra"])
    }
    try await connection.execute("insert into t (n) values (\(Int.max))")
    try await connection.executeScript("alter table t alter n type text")
    try await connection.execute("insert into t (n) values (\("word"))")
  }

  @Test func `plans anew when a transaction that met a change is run again`() async throws {
    let connection = try await connect()
    try await connection.executeScript("create table t (n int); insert into t values (1)")
    for _ in 1...3 { _ = try await connection.query("select * from t") }
    try await connection.executeScript("alter table t add extra text")
    let columns: @Sendable (isolated Connection) throws -> [String] = { connection in
      try connection.transaction { try connection.query("select * from t")[0].columns }
    }
    let error = await #expect(throws: PostgresError.self) { try await connection.run(columns) }
    #expect(error?.sqlState == "0A000")
    #expect(try await connection.run(columns) == ["n", "extra"])
  }

  @Test func `survives the loss of what was prepared`() async throws {
    let connection = try await connectToShared()
    for _ in 1...3 { try await connection.execute("select 1") }
    try await connection.execute("discard all")
    for _ in 1...3 { #expect(try await connection.query("select 1").count == 1) }
  }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var values: [T] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
