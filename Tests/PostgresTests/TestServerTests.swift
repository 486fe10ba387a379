import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `The test server` {
  @Test func `gives every caller a database of its own`() async throws {
    async let first = TestServer.shared.database()
    async let second = TestServer.shared.database()
    let both = try await [first, second]
    #expect(both[0] != both[1])
    #expect(both[0].keywords["host"] == both[1].keywords["host"])
  }

  @Test func `copies a template`() async throws {
    let template = try await TestServer.shared.database()
    let name = try #require(template.keywords["dbname"])
    let connection = try await Connection.open(template)
    try await connection.executeScript("create table t (n int)")
    await connection.close()
    let copy = try await Connection.open(TestServer.shared.database(from: name))
    #expect(try await copy.query("select * from t").count == 0)
  }

  @Test func `is a process with files and a socket`() async throws {
    let socket = try await TestServer.shared.socketDirectory + "/.s.PGSQL.5432"
    #expect(FileManager.default.fileExists(atPath: socket))
    let pid = try await TestServer.shared.pid
    let lock = try await String(
      contentsOfFile: TestServer.shared.dataDirectory + "/postmaster.pid", encoding: .utf8)
    #expect(lock.hasPrefix("\(pid)\n"))
  }
}
