import Foundation
import Testing

@testable import PrivateServer

@Suite(.timeLimit(.minutes(10)))
struct PrivateServerTests {
  @Test func `sets itself up on the first start and has a database of the right kind`() async throws {
    try await withServer { server in
      #expect(try server.status() == .notInitialised)
      try await server.start()
      let instance = try #require(try server.instance)
      #expect(instance.isReady)
      #expect(
        try await server.query(
          """
          SELECT current_database(), current_user, pg_encoding_to_char(encoding), datcollate, datctype
          FROM pg_database WHERE datname = current_database()
          """) == "plenary|plenary|UTF8|C.UTF-8|C.UTF-8")
      let settings = """
        SELECT string_agg(current_setting(name), ' ' ORDER BY n) FROM unnest(ARRAY['fsync', 'data_checksums',
        'wal_level', 'jit', 'listen_addresses', 'TimeZone', 'server_version_num']) WITH ORDINALITY AS s (name, n)
        """
      #expect(
        try await server.query(settings).hasPrefix("on on minimal off  UTC \(instance.version)"))
      #expect(try await server.query("SELECT count(*) FROM pg_hba_file_rules") == "2")
    }
  }

  @Test func `is told nothing by the variables that libpq and the server read`() async throws {
    let variables = [
      "PGPORT": "6000", "PGDATA": "/nowhere", "PGHOST": "/nowhere", "PGUSER": "nobody",
      "PGDATABASE": "nothing",
      "PGOPTIONS": "-c geqo=off", "PGTZ": "Asia/Shanghai", "PGSERVICE": "none", "TZ": "Asia/Shanghai",
      "LC_ALL": "ru_RU.UTF-8",
    ]
    try await withServer(variables) { server in
      try await server.start()
      #expect(try await server.query("SHOW port") == "5432")
      #expect(try await server.query("SHOW TimeZone") == "UTC")
    }
    let shell = ServerShell(
      account: nil, directory: "/", environment: variables.merging(["HOME": "/h", "PATH": "/p"]) { $1 })
    let told = try await shell.run("env").output.split(separator: "\n").filter {
      !$0.hasPrefix("PWD=") && !$0.hasPrefix("OLDPWD=") && !$0.hasPrefix("_=") && !$0.hasPrefix("SHLVL=")
    }
    #expect(told.sorted() == ["HOME=/h", "LC_ALL=C", "PATH=/p:/usr/bin:/bin", "TZ=UTC"])
  }

  @Test func `writes no statement and no row into its log, whatever fails`() async throws {
    try await withServer { server in
      try await server.start()
      _ = try await server.query("CREATE TABLE person (name text PRIMARY KEY, age int CHECK (age > 0))")
      _ = try await server.query("INSERT INTO person VALUES ('Xylophonova', 1)")
      for statement in [
        "INSERT INTO person VALUES ('Xylophonova', 2)", "INSERT INTO person VALUES ('Quetzalcoatla', -1)",
        "SELECT 'Quetzalcoatla' FROM nothing",
        "DO $$ BEGIN RAISE 'failed' USING DETAIL = 'Quetzalcoatla'; END $$",
      ] {
        await #expect(throws: ProgramFailure.self) { try await server.query(statement) }
      }
      let log = try await output(of: "cat", server.socketDirectory + "/log")
      // It says that something failed, and what, but not with what.
      for sentence in ["duplicate key value", "violates check constraint", "does not exist", "failed"] {
        #expect(log.contains(sentence), "\(sentence)")
      }
      for secret in ["Xylophonova", "Quetzalcoatla", "INSERT INTO", "STATEMENT", "DETAIL"] {
        #expect(!log.contains(secret), "\(secret)")
      }
    }
  }

  @Test func `does nothing when it runs already, and says nothing`() async throws {
    try await withServer { server in
      try await server.start()
      let instance = try server.instance
      // Programs that could not be run: none is, since nothing has to be started.
      let another = PrivateServer(
        home: server.home, environment: ["PLENARY_POSTGRES_BIN": "/nowhere", "PATH": "/nowhere"])
      try await another.start { Issue.record("said “\($0)”") }
      #expect(try server.instance == instance)
    }
  }

  @Test func `keeps its data from one start to the next`() async throws {
    try await withServer { server in
      try await server.start()
      _ = try await server.query("CREATE TABLE room AS SELECT 'Aula' AS name")
      try await server.stop()
      #expect(try server.status() == .stopped)
      try await server.start()
      #expect(try await server.query("SELECT name FROM room") == "Aula")
    }
  }

  @Test func `is one server, however many commands start it at once`() async throws {
    try await withServer { server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...4 {
          group.addTask {
            await #expect(processExitsWith: .success) { [home = server.home as String] in
              let server = PrivateServer(home: home)
              try await server.start()
              #expect(try server.instance?.isReady == true)
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await server.query("SELECT 1") == "1")
    }
  }

  @Test
  func
    `outlives the command that started it, in a session of its own, and holds none of its pipes`()
    async throws
  {
    try await withServer { server in
      // This returns when the standard output and standard error of the process are closed at their last holder.
      await #expect(
        processExitsWith: .success,
        observing: [\.standardOutputContent, \.standardErrorContent]
      ) { [home = server.home as String] in
        try await PrivateServer(home: home).start()
      }
      let pid = try #require(try server.instance?.pid)
      #expect(getsid(pid) == pid)
      #expect(getsid(pid) != getsid(0))
      let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/\($0)")
      }
      #expect(!open.contains { $0.hasSuffix("/lock") })
    }
  }

  @Test func `listens on its Unix socket and on no address of the network`() async throws {
    try await withServer { server in
      try await server.start()
      let pid = try #require(try server.instance?.pid)
      let listening = try await output(
        of: "ss", "--listening", "--numeric", "--processes", "--no-header"
      )
      .split(separator: "\n").filter { $0.contains("pid=\(pid),") }
      #expect(listening.count == 1)
      #expect(listening.allSatisfy { $0.hasPrefix("u_str") && $0.contains(".s.PGSQL.5432") })
      let permissions = try FileManager.default.attributesOfItem(atPath: server.socketDirectory)
      #expect(permissions[.posixPermissions] as? Int == 0o700)
    }
  }

  @Test func `stops, and then nothing of it runs`() async throws {
    try await withServer { server in
      try await server.stop()
      #expect(try server.status() == .notInitialised)
      try await server.start()
      try await server.stop()
      #expect(try server.status() == .stopped)
      #expect(try processes(in: server) == [])
      #expect(try files(of: server) == ["data", "log"])
      try await server.stop()
    }
  }

  /// The server removes its files a moment before its process ends.
  @Test func `stops without a word, however often`() async throws {
    try await withServer { server in
      for _ in 0..<10 {
        try await server.start()
        var said: [String] = []
        try await server.stop { said.append($0) }
        // Another test that starts a process may hold the lock for a moment.
        #expect(said.filter { $0.contains("PostgreSQL") } == [])
      }
    }
  }

  @Test func `starts when it is asked while it stops`() async throws {
    try await withServer { server in
      try await server.start()
      kill(try #require(try server.instance?.pid), SIGINT)
      try await wait { try server.instance?.isReady != true }
      try await server.start()
      #expect(try await server.query("SELECT 1") == "1")
      async let stopped: Void = server.stop()
      async let started: Void = server.start()
      _ = try await (stopped, started)
    }
  }
}

@Suite(.timeLimit(.minutes(10)))
struct `After a server was killed` {
  @Test func `the next start recovers what was committed`() async throws {
    try await withServer { server in
      try await server.start()
      _ = try await server.query("CREATE TABLE room AS SELECT 'Aula' AS name")
      let killed = try await killPostmaster(of: server)
      try await server.start()
      #expect(try server.instance?.pid != killed)
      #expect(try await server.query("SELECT name FROM room") == "Aula")
    }
  }

  @Test func `the next start ends the sessions that go on without it`() async throws {
    try await withServer { server in
      try await server.start()
      let busy = Task { try await server.query("DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$") }
      try await wait {
        try await server.query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO%'") != "0"
      }
      _ = try await killPostmaster(of: server)
      #expect(try !processes(in: server).isEmpty)
      try await server.start()
      #expect(try await server.query("SELECT 1") == "1")
      await #expect(throws: ProgramFailure.self) { try await busy.value }
    }
  }

  @Test func `stop ends its remains, and status says that it is stopped`() async throws {
    try await withServer { server in
      try await server.start()
      _ = try await killPostmaster(of: server)
      #expect(try server.status() == .stopped)
      try await server.stop()
      #expect(try processes(in: server) == [])
    }
  }

  @Test func `its lock files do no harm when another process has its number`() async throws {
    try await withServer { server in
      try await server.start()
      let killed = try await killPostmaster(of: server)
      let other = try await SleepingProcess(as: server)
      for name in ["data/postmaster.pid", ".s.PGSQL.5432.lock"] {
        let path = server.socketDirectory + "/" + name
        let file = try String(contentsOfFile: path, encoding: .utf8)
        try file.replacing("\(killed)\n", with: "\(other.pid)\n", maxReplacements: 1)
          .write(toFile: path, atomically: false, encoding: .utf8)
      }
      #expect(try server.status() == .stopped)
      try await server.stop()
      #expect(other.isAlive)
      try await server.start()
      #expect(other.isAlive)
      #expect(try await server.query("SELECT 1") == "1")
      other.end()
    }
  }

  @Test func `half an initialisation counts as none`() async throws {
    try await withServer { server in
      try await server.start()
      try await server.stop()
      let data = server.socketDirectory + "/data"
      try FileManager.default.moveItem(atPath: data, toPath: data + ".new")
      try FileManager.default.removeItem(atPath: data + ".new/global")
      #expect(try server.status() == .notInitialised)
      try await server.start()
      #expect(try await server.query("SELECT 1") == "1")
      #expect(try !files(of: server).contains("data.new"))
    }
  }
}

/// Does what the kernel does when memory runs out, and returns the number of the process that is no more.
private func killPostmaster(of server: PrivateServer) async throws -> Int32 {
  let pid = try #require(try server.instance?.pid)
  kill(pid, SIGKILL)
  try await wait { kill(pid, 0) != 0 }
  return pid
}

/// The files in the server's directory.
private func files(of server: PrivateServer) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: server.socketDirectory).sorted()
}

/// The numbers of all processes that run in the server's data directory.
private func processes(in server: PrivateServer) throws -> [Int32] {
  try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.filter {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/cwd"))
      == server.socketDirectory + "/data"
  }
}

/// A process that has nothing to do with PostgreSQL but runs as the server's user.
private struct SleepingProcess {
  let pid: Int32
  var isAlive: Bool { kill(pid, 0) == 0 }

  init(as server: PrivateServer) async throws {
    let owner = try FileManager.default.attributesOfItem(atPath: server.socketDirectory)
    let account =
      isRoot
      ? Account(
        name: "",
        userID: (owner[.ownerAccountID] as! NSNumber).uint32Value,
        groupID: (owner[.groupOwnerAccountID] as! NSNumber).uint32Value) : nil
    let shell = ServerShell(
      account: account, directory: "/", environment: ProcessInfo.processInfo.environment)
    let result = try await shell.run("sleep 300 > /dev/null 2>&1 & echo $!")
    pid = try #require(Int32(result.output.trimmingCharacters(in: .newlines)))
  }

  func end() { kill(pid, SIGKILL) }
}
