import Foundation
import TestSupport
import Testing

@testable import Postgres

@Suite(.serialized, .timeLimit(.minutes(10))) struct `Connections` {
  @Test func `wait for the server without stopping one another or the process`() async throws {
    let parameters = try await TestServer.shared.database()
    let holder = try await Connection.open(parameters)
    try await holder.execute("select pg_advisory_lock(1)")
    let answers = try await withThrowingTaskGroup(of: Int.self) { group in
      for n in 1...20 {
        group.addTask {
          let connection = try await Connection.open(parameters)
          try await connection.execute("select pg_advisory_lock_shared(1)")
          return try await connection.query("select \(n)::int as n")[0].decode("n")
        }
      }
      try await wait {
        try await holder.query(
          """
          select count(*) as n from pg_locks
          where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())
          """)[0].decode("n", as: Int.self) == 20
      }
      try await holder.execute("select pg_advisory_unlock(1)")
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.sorted() == Array(1...20))
  }

  @Test func `leave nothing behind when they go away`() async throws {
    let parameters = try await TestServer.shared.database()
    let observer = try await Connection.open(parameters)
    func sessions() async throws -> Int {
      try await observer.query(
        "select count(*) as n from pg_stat_activity where datname = current_database()")[0]
        .decode("n")
    }
    var threads: [Weak] = []
    for n in 1...50 {
      let connection = try await Connection.open(parameters)
      try await connection.execute("select \(n)::int")
      threads.append(Weak(thread: connection.thread))
      #expect(threads.last?.thread != nil)
      if n % 2 == 0 { await connection.close() }
    }
    try await wait { try await sessions() == 1 }
    try await wait { threads.allSatisfy { $0.thread == nil } }
  }

  @Test func `that fail to open leave no thread behind`() async throws {
    var threads: [Weak] = []
    for _ in 1...50 {
      let connection = try Connection(preparedStatements: 0, notices: NoticeReceiver(nil))
      threads.append(Weak(thread: connection.thread))
      await #expect(throws: PostgresError.self) {
        try await connection.connect(ConnectionParameters(["host": "/nonexistent"]))
      }
    }
    try await wait { threads.allSatisfy { $0.thread == nil } }
  }

  /// The running thread keeps its executor alive, so this is nil once the thread has ended.
  private struct Weak {
    weak var thread: ConnectionThread?
  }

  /// Asks until something becomes true that nobody tells us of; sleeping ends with the suite's time limit.
  private func wait(until condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(5)) }
  }

  @Test func `refuse everything once they are closed`() async throws {
    let connection = try await connect()
    await connection.close()
    await connection.close()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.execute("select 1")
    }
    #expect(error?.situation == .misuse)
    #expect(error?.description == "The connection was closed.")
  }

  @Test func `introduce themselves, speak UTF-8 and take the role they are given`() async throws {
    let parameters = try await TestServer.shared.database()
    let role = #"Prüfer \ "1" "# + "\(UInt32.random(in: 0 ... .max))"
    let administrator = try await Connection.open(parameters)
    try await administrator.execute("create role \(identifier: role)")
    let connection = try await Connection.open(
      parameters.setting("client_encoding", to: "LATIN1").setting("options", to: "-c work_mem=5MB")
        .settingRole(role))
    let row = try await connection.query(
      """
      select current_user as role, session_user as login,
        current_setting('application_name') as application,
        current_setting('client_encoding') as encoding, current_setting('work_mem') as memory
      """)[0]
    #expect(try row.decode("role", as: String.self) == role)
    #expect(try row.decode("login", as: String.self) == "postgres")
    #expect(try row.decode("application", as: String.self) == "plenary")
    #expect(try row.decode("encoding", as: String.self) == "UTF8")
    #expect(try row.decode("memory", as: String.self) == "5MB")
  }
}
