import Foundation
import Postgres
import Synchronization

/// A server that this process started.
struct RunningServer: Sendable {
  let directory: String
  let pid: Int32
  /// Part of the socket's name; the port on the loopback interface where it listens there.
  let port: Int

  var dataDirectory: String { directory + "/data" }

  func parameters(database: String) -> ConnectionParameters {
    ConnectionParameters([
      "host": directory, "port": "\(port)", "user": TestServer.user, "dbname": database,
      // All suites begin at once, and a busy machine answers late.
      "connect_timeout": "120",
    ])
  }

  static func start(asksForPasswords: Bool = false) async throws -> RunningServer {
    let programs = try ServerPrograms.find()
    let owner = try ServerOwner.find()
    ServerDirectory.removeAbandoned()
    let directory = try ServerDirectory.create(for: owner)
    let initdb = [
      programs.initdb, "--pgdata", directory + "/data", "--username", TestServer.user,
      "--auth-local", "trust", "--auth-host", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8",
      "--no-sync",
    ]
    let port = asksForPasswords ? try freePort() : 5432
    let log = directory + "/log"
    guard try await ChildProcess.run(owner.prefix + initdb, in: directory, log: log) else {
      throw failure("initdb failed", log: log)
    }
    return try await start(
      programs, owner, in: directory, port: port, listens: asksForPasswords ? "127.0.0.1" : "")
  }

  /// Starts a server that follows this one by streaming.
  func startStandby() async throws -> RunningServer {
    let programs = try ServerPrograms.find()
    let owner = try ServerOwner.find()
    let directory = try ServerDirectory.create(for: owner)
    let log = directory + "/log"
    let copy = [
      programs.baseBackup, "--host", self.directory, "--port", "\(port)", "--username",
      TestServer.user, "--pgdata", directory + "/data", "--wal-method", "stream", "--write-recovery-conf",
      "--checkpoint", "fast",
      "--no-sync",
    ]
    guard try await ChildProcess.run(owner.prefix + copy, in: directory, log: log) else {
      throw Self.failure("pg_basebackup failed", log: log)
    }
    return try await Self.start(programs, owner, in: directory, port: 5432, listens: "")
  }

  /// Starts the server whose data is in this directory.
  private static func start(
    _ programs: ServerPrograms, _ owner: ServerOwner, in directory: String, port: Int, listens: String
  ) async throws -> RunningServer {
    let log = directory + "/log"
    let settings = [
      "listen_addresses=\(listens)", "unix_socket_directories=\(directory)",
      "port=\(port)",
      "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400",
      // A test that waits for something that never comes fails instead of hanging.
      "statement_timeout=120s",
    ]
    let postgres =
      [programs.postgres, "-D", directory + "/data"] + settings.flatMap { ["-c", $0] }
    let child = try await ChildProcess.start(owner.prefix + postgres, in: directory, log: log)
    let server = RunningServer(directory: directory, pid: child.pid, port: port)
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

  private static let running = Mutex<[RunningServer]>([])

  private static func stopAtExit(_ server: RunningServer) {
    let isFirst = running.withLock { servers in
      servers.append(server)
      return servers.count == 1
    }
    if isFirst { atexit { for server in RunningServer.running.withLock({ $0 }) { server.stop() } } }
  }

  /// A port that nothing listens on at this moment.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
      }
    }
    guard code == 0 else { throw TestServerError("No port is free on the loopback interface.") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  func stop() {
    kill(pid, SIGQUIT)
    // The thread that waits for the child reaps it. Five seconds are more than enough.
    for _ in 0..<500 where kill(pid, 0) == 0 { usleep(10_000) }
    try? FileManager.default.removeItem(atPath: directory)
  }
}
