import Foundation
import Testing

@testable import PrivateServer

/// Starts the server, which must fail, and returns what a person reads, with `<home>` for the state directory.
private func refusal(of server: PrivateServer) async throws -> String {
  let error = try #require(
    await #expect(throws: PrivateServerError.self) { try await server.start() })
  return error.description.replacing(server.home, with: "<home>")
}

@Suite(.timeLimit(.minutes(10)))
struct `A server that cannot start says in a sentence` {
  @Test func `that it is too old`() async throws {
    try await withDirectory { directory in
      try makePrograms(
        in: directory + "/bin",
        ["postgres": "echo 'postgres (PostgreSQL) 14.9'", "initdb": "", "pg_ctl": ""])
      try await withServer(["PLENARY_POSTGRES_BIN": directory + "/bin"]) { server in
        let message = try await refusal(of: server)
        #expect(
          message == """
            PostgreSQL 14 was found in \(directory)/bin; Plenary needs 15 or newer: \
            apt-get install postgresql-15, or set PLENARY_POSTGRES_BIN.
            """)
      }
    }
  }

  @Test func `that its programs are not where they should be`() async throws {
    try await withServer(["PLENARY_POSTGRES_BIN": "/nowhere"]) { server in
      let message = try await refusal(of: server)
      #expect(
        message == """
          PLENARY_POSTGRES_BIN is /nowhere, but postgres, initdb and pg_ctl are not all there, or do not run. \
          Set it to the directory with these programs, or unset it: Plenary then searches for them.
          """)
    }
  }

  @Test func `that there is no PostgreSQL`() async throws {
    try await withDirectory { directory in
      let error = await #expect(throws: PrivateServerError.self) {
        try await ServerPrograms.find(
          environment: ["PATH": directory], dataDirectory: "", dataVersion: nil, root: directory)
      }
      #expect(
        error?.description
          == """
          This machine has no PostgreSQL server, and no other database was named. \
          Install PostgreSQL 15 or newer (Scripts/setup, or apt-get install postgresql), \
          or set PLENARY_POSTGRES_BIN to the directory of its programs.
          """)
    }
  }

  @Test func `that its data are another version's`() async throws {
    try await withServer { server in
      try await server.start()
      try await server.stop()
      try "14\n".write(
        toFile: server.socketDirectory + "/data/PG_VERSION", atomically: false, encoding: .utf8)
      #expect(
        try await refusal(of: server).hasPrefix(
          "PostgreSQL 14 made <home>/postgresql/data, but that version was not found; PostgreSQL "))
    }
  }

  @Test func `that the disk is full, when initdb says so, and leaves nothing half-made`()
    async throws
  {
    try await withDirectory { directory in
      try makePrograms(
        in: directory + "/bin",
        [
          "postgres": "echo 'postgres (PostgreSQL) 17.2'", "pg_ctl": "",
          "initdb": """
          mkdir data.new
          echo 'initdb: error: could not write to file "pg_wal/000000010000000000000001": No space left on device' >&2
          exit 1
          """,
        ])
      try await withServer(["PLENARY_POSTGRES_BIN": directory + "/bin"]) { server in
        let message = try await refusal(of: server)
        #expect(message.hasPrefix("The disk with <home> is full ("))
        #expect(
          message.hasSuffix(
            "MB free). Free at least 200 MB, or set PLENARY_HOME to a directory on another disk."
          ))
        #expect(try server.status() == .notInitialised)
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: server.socketDirectory).isEmpty)
      }
    }
  }

  @Test(.enabled("mounting a small disk takes root") { try await canMount() })
  func `that the disk is full, on a disk that is`() async throws {
    try await withDirectory { directory in
      try await output(of: "mount", "-t", "tmpfs", "-o", "size=150m,mode=755", "plenary", directory)
      do {
        let server = PrivateServer(home: directory + "/home")
        let ballast = directory + "/ballast"
        try await output(of: "fallocate", "-l", "140M", ballast)
        let expected = /The disk with <home> is full \(\d+ MB free\)\. Free at least.*/
        #expect(try await refusal(of: server).wholeMatch(of: expected) != nil)
        #expect(try server.status() == .notInitialised)
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: server.socketDirectory).isEmpty)

        try FileManager.default.removeItem(atPath: ballast)
        try await server.start()
        try await server.stop()
        try await output(of: "sh", "-c", "dd if=/dev/zero of=\(ballast) bs=4k || true")
        #expect(try await refusal(of: server).wholeMatch(of: expected) != nil)

        try FileManager.default.removeItem(atPath: ballast)
        try await server.start()
        #expect(try await server.query("SELECT 1") == "1")
        try await server.stop()
      }
      try await output(of: "umount", "-l", directory)
    }
  }

  @Test func `that its path is too long for a socket`() async throws {
    let home = "/tmp/" + String(repeating: "x", count: 100)
    let message = try await refusal(of: PrivateServer(home: home))
    #expect(
      message == """
        The path of the server's socket, <home>/postgresql/.s.PGSQL.5432, has 130 bytes; the limit is 107. \
        Set PLENARY_HOME to a shorter path.
        """)
    #expect(!FileManager.default.fileExists(atPath: home))
  }

  /// unix(7): 108 bytes, of which the last one is zero.
  @Test func `that its path is too long by one byte, and takes the longest there is`() async throws {
    try await withDirectory { directory in
      let socket = "/postgresql/.s.PGSQL.5432"
      let longest = String(repeating: "x", count: 107 - socket.utf8.count - directory.utf8.count - 1)
      let home = directory + "/" + longest
      #expect((home + socket).utf8.count == 107)
      let server = PrivateServer(home: home)
      try await server.start()
      #expect(try await server.query("SELECT 1") == "1")
      try await server.stop()
      let message = try await refusal(of: PrivateServer(home: home + "x"))
      #expect(message.contains("has 108 bytes; the limit is 107."))
    }
  }

  @Test func `that a comma in its path cannot be`() async throws {
    #expect(
      try await refusal(of: PrivateServer(home: "/tmp/Genève, 2026")).hasPrefix(
        "<home> contains a comma"))
  }

  @Test(.enabled(if: isRoot, "only root's server runs as another user"))
  func `that the server's user may not enter`() async throws {
    try await withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: directory + "/closed", withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      let server = PrivateServer(home: directory + "/closed/home")
      let user = try #require(Account.forServer?.name)
      let message = try await refusal(of: server)
      #expect(
        message == """
          PostgreSQL refuses to run as root, so it runs as the user \(user), who may not enter \(directory)/closed/. \
          Allow other users to enter it (chmod o+x \(directory)/closed/), or set PLENARY_HOME to another directory.
          """)
    }
  }

  @Test func `why, in the server's own last words`() async throws {
    try await withServer { server in
      try await server.start()
      try await server.stop()
      let settings = server.socketDirectory + "/data/postgresql.conf"
      let text = try String(contentsOfFile: settings, encoding: .utf8)
      try (text + "shared_buffers = 'plenty'\n").write(
        toFile: settings, atomically: false, encoding: .utf8)
      let message = try await refusal(of: server)
      #expect(
        message.hasPrefix(
          "PostgreSQL did not start. Its log is <home>/postgresql/log. The last lines:\n"))
      #expect(message.contains("invalid value for parameter \"shared_buffers\": \"plenty\""))
    }
  }

  private static func canMount() async throws -> Bool {
    try await withDirectory { directory in
      guard (try? await output(of: "mount", "-t", "tmpfs", "plenary", directory)) != nil else {
        return false
      }
      try await output(of: "umount", directory)
      return true
    }
  }
}

struct `The state directory` {
  @Test func `is PLENARY_HOME, and an argument wins over it`() {
    #expect(PrivateServer(environment: ["PLENARY_HOME": "/srv/plenary/"]).home == "/srv/plenary")
    #expect(PrivateServer(home: "/a", environment: ["PLENARY_HOME": "/b"]).home == "/a")
    #expect(PrivateServer(home: "a", environment: [:]).home.hasSuffix("/a"))
  }

  @Test func `follows the XDG specification when nothing names it`() {
    let home = { PrivateServer.defaultHome(environment: $0, isRoot: false) }
    #expect(home(["HOME": "/home/ana"]) == "/home/ana/.local/state/plenary")
    #expect(home(["HOME": "/home/ana", "XDG_STATE_HOME": "/state"]) == "/state/plenary")
    #expect(
      home(["HOME": "/home/ana", "XDG_STATE_HOME": "state"]) == "/home/ana/.local/state/plenary")
    #expect(PrivateServer.defaultHome(environment: [:], isRoot: true) == "/var/lib/plenary")
  }

  @Test func `may have blanks and quotes in its name`() async throws {
    try await withServer(named: #"Ana's "$HOME" \"#) { server in
      try await server.start()
      #expect(try await server.query("SELECT 1") == "1")
    }
  }

  @Test(.enabled(if: isRoot, "only root can try as another user"))
  func `belongs to one user`() async throws {
    try await withServer { server in
      try await server.start()
      await #expect(processExitsWith: .success) { [home = server.home as String] in
        setuid(65534)
        let server = PrivateServer(home: home)
        let error = await #expect(throws: PrivateServerError.self) { try await server.start() }
        #expect(
          error?.description.hasSuffix(
            "cannot be entered. Run this as that user or as root, or set PLENARY_HOME to your own directory."
          )
            == true)
      }
    }
  }
}
