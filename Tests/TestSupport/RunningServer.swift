import Foundation
import Postgres
import Synchronization

/// A server that this process started.
struct RunningServer: Sendable {
  let directory: String
  let pid: Int32

  var dataDirectory: String { directory + "/data" }

  func parameters(database: String) -> ConnectionParameters {
    ConnectionParameters([
      "host": directory, "port": "5432", "user": TestServer.user, "dbname": database,
    ])
  }

  static func start() async throws -> RunningServer {
    let programs = try ServerPrograms.find()
    let owner = try ServerOwner.find()
    ServerDirectory.removeAbandoned()
    let directory = try ServerDirectory.create(for: owner)
    let initdb = [
      programs.initdb, "--pgdata", directory + "/data", "--username", TestServer.user,
      "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
    ]
    let log = directory + "/log"
    guard try await ChildProcess.run(owner.prefix + initdb, in: directory, log: log) else {
      throw failure("initdb failed", log: log)
    }
    let settings = [
      "listen_addresses=", "unix_socket_directories=\(directory)", "port=5432",
      "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400",
      // A test that waits for something that never comes fails instead of hanging.
      "statement_timeout=120s",
    ]
    let postgres =
      [programs.postgres, "-D", directory + "/data"] + settings.flatMap { ["-c", $0] }
    let child = try await ChildProcess.start(owner.prefix + postgres, in: directory, log: log)
    let server = RunningServer(directory: directory, pid: child.pid)
    stopAtExit(server)
    try await server.waitUntilReady(child, log: log)
    return server
  }

  /// Polls, because nothing notifies about a server that is ready.
  private func waitUntilReady(_ child: ChildProcess, log: String) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
      guard !child.hasEnded else { throw Self.failure("postgres ended at once", log: log) }
      guard ContinuousClock.now < deadline else {
        throw Self.failure("postgres accepts no connections after two minutes", log: log)
      }
      do {
        _ = try await Connection.open(parameters(database: "postgres"))
        return
      } catch {
        try await Task.sleep(for: .milliseconds(10))
      }
    }
  }

  private static func failure(_ what: String, log: String) -> TestServerError {
    let words = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return TestServerError("\(what): \(words)")
  }

  private static let running = Mutex<RunningServer?>(nil)

  private static func stopAtExit(_ server: RunningServer) {
    running.withLock { $0 = server }
    atexit { RunningServer.running.withLock { $0 }?.stop() }
  }

  private func stop() {
    kill(pid, SIGQUIT)
    // The thread that waits for the child reaps it. Five seconds are more than enough.
    for _ in 0..<500 where kill(pid, 0) == 0 { usleep(10_000) }
    try? FileManager.default.removeItem(atPath: directory)
  }
}
