import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `COPY` {
  struct Stop: Error {}

  private func table() async throws -> Connection {
    let connection = try await connect()
    try await connection.executeScript("create table t (n int, text text, bytes bytea)")
    return connection
  }

  private func count(_ connection: Connection) async throws -> Int {
    try await connection.query("select count(*) as n from t")[0].decode("n")
  }

  @Test func `gives every character back`() async throws {
    let connection = try await table()
    let texts: [String?] = Values.texts + [nil]
    let read = try await connection.run { connection in
      for (n, text) in texts.enumerated() {
        try connection.execute(
          "insert into t (n, text, bytes) values (\(n), \(text), \(text.map { Array($0.utf8) }))")
      }
      var read: [String?] = []
      try connection.copyOut("copy (select n, text, bytes from t order by n) to stdout") { line in
        var fields = CopyFields(line)
        let n = try fields.next("n", as: Int.self)
        #expect(n == read.count)
        read.append(try fields.next("text"))
        #expect(try fields.next("bytes", as: [UInt8]?.self) == read[n].map { Array($0.utf8) })
        #expect(throws: PostgresError.self) { try fields.skip("more") }
      }
      return read
    }
    #expect(read == texts)
  }

  @Test func `hands over the lines as they are, without their newline`() async throws {
    let connection = try await connectToShared()
    let lines = try await connection.run { connection in
      var lines: [String] = []
      try connection.copyOut("copy (values (1, E'a\\tb'), (2, null), (3, '')) to stdout") { line in
        lines.append(String(decoding: line, as: UTF8.self))
      }
      return lines
    }
    #expect(lines == ["1\ta\\tb", "2\t\\N", "3\t"])
  }

  @Test func `quotes bound values, which it cannot bind`() async throws {
    let connection = try await connectToShared()
    let value = #"it's \ "so"; drop table t"#
    let read = try await connection.run { connection in
      var read: [String?] = []
      try connection.copyOut(
        "copy (select t from (values (\(value)), (\(String?.none))) as v (t)) to stdout"
      ) { line in
        var fields = CopyFields(line)
        read.append(try fields.next("t"))
      }
      return read
    }
    #expect(read == [value, nil])
  }

  @Test func `takes pieces of any size`() async throws {
    let connection = try await table()
    let sizes = [0, 1, 65_535, 65_536, 65_537, 200_000, 3_000_000, 10]
    let written = try await connection.run { connection in
      try connection.copyIn("copy t (text) from stdin") { writer in
        for size in sizes {
          try writer.write([UInt8](repeating: UInt8(ascii: "x"), count: size))
          try writer.write([UInt8(ascii: "\n")])
        }
      }
    }
    #expect(written == sizes.count)
    let lengths = try await connection.query("select length(text) as n from t").map {
      try $0.decode("n", as: Int.self)
    }
    #expect(lengths == sizes)
  }

  @Test func `writes nothing when the body throws, and leaves the connection usable`() async throws {
    let connection = try await table()
    await #expect(throws: Stop.self) {
      try await connection.run { connection in
        try connection.copyIn("copy t (n) from stdin") { writer in
          for n in 0..<100_000 { try writer.write(Array("\(n)\n".utf8)) }
          throw Stop()
        }
      }
    }
    #expect(try await count(connection) == 0)
  }

  @Test func `writes nothing when a row is wrong, and says which`() async throws {
    let connection = try await table()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.copyIn("copy t (n) from stdin") { writer in
          try writer.write(Array("1\none\n".utf8))
          for n in 0..<100_000 { try writer.write(Array("\(n)\n".utf8)) }
        }
      }
    }
    #expect(error?.sqlState == "22P02")
    #expect(error?.context == #"COPY t, line 2, column n: "one""#)
    #expect(try await count(connection) == 0)
  }

  @Test func `stops the server when a row's reader throws, and leaves the connection usable`()
    async throws
  {
    let connection = try await connectToShared()
    for _ in 0..<20 {
      await #expect(throws: Stop.self) {
        try await connection.run { connection in
          var rows = 0
          try connection.copyOut("copy (select generate_series(1, 1e15::bigint)) to stdout") { _ in
            rows += 1
            if rows == 1000 { throw Stop() }
          }
        }
      }
      // A cancellation that came too late would hit this one.
      try await connection.execute("select pg_sleep(0.001)")
    }
  }

  @Test func `reports an error that comes after rows`() async throws {
    let connection = try await connectToShared()
    let rows = Box(0)
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.copyOut(
          "copy (select 1 / (50000 - n) from generate_series(1, 60000) n) to stdout"
        ) { _ in rows.change { $0 += 1 } }
      }
    }
    #expect(error?.sqlState == "22012")
    #expect(rows.value > 0)
    #expect(try await connection.query("select 1").count == 1)
  }

  @Test func `refuses other statements on its connection while it runs`() async throws {
    let connection = try await connectToShared()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.copyOut("copy (select 1) to stdout") { _ in
          try connection.execute("select 1")
        }
      }
    }
    #expect(error?.situation == .misuse)
    #expect(try await connection.query("select 1").count == 1)
  }

  @Test func `is refused in the wrong place, which leaves the connection usable`() async throws {
    let connection = try await table()
    let attempts: [@Sendable (isolated Connection) throws -> Void] = [
      { try $0.copyOut("copy t from stdin") { _ in } },
      { try $0.copyIn("copy t to stdout") { _ in } },
      { try $0.copyOut("select 1") { _ in } },
      { try $0.execute("copy t from stdin") },
      { try $0.executeScript("copy t to stdout") },
    ]
    for attempt in attempts {
      let error = await #expect(throws: PostgresError.self) { try await connection.run(attempt) }
      #expect(error?.situation == .misuse)
      #expect(try await count(connection) == 0)
    }
  }

  @Test func `says that the connection was lost`() async throws {
    let parameters = try await TestServer.shared.database()
    let connection = try await Connection.open(parameters)
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run { connection in
        try connection.copyOut(
          "copy (select pg_terminate_backend(pg_backend_pid())) to stdout"
        ) { _ in }
      }
    }
    #expect(error?.situation == .connectionLost)
    let writer = try await Connection.open(parameters)
    let lost = await #expect(throws: PostgresError.self) {
      try await writer.run { writer in
        try writer.execute("create temporary table t (n int default pg_backend_pid(), k text)")
        try writer.executeScript(
          """
          create function end_it() returns trigger language plpgsql as
          $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
          create trigger end_it before insert on t for each row execute function end_it()
          """)
        try writer.copyIn("copy t (k) from stdin") { rows in
          for _ in 0..<100_000 { try rows.write(Array("row\n".utf8)) }
        }
      }
    }
    #expect(lost?.situation == .connectionLost)
  }
}
