import Foundation
import Postgres
import Subprocess
import Synchronization
import Testing

/// The executable as organizers run it, with a private server of its own.
struct Plenary: Sendable {
  /// One per test run. The path is short, because a socket's path is limited to 107 bytes.
  static let home = "/tmp/plenary-accept-\(getpid())"

  /// The directory of the program, which is also that of the tests.
  static let folder: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: tests).deletingLastPathComponent().path
  }()

  static let executable = folder + "/plenary"

  /// Nil for the private server's own database.
  private(set) var database: String?
  var variables: [String: String] = [:]

  /// The private server's own database, which commands use by default.
  static func own() async throws -> Plenary {
    try await AcceptanceServer.shared.start()
    try await Plenary().done("conference", "list")  // sets the database up
    return Plenary()
  }

  /// A new database on the private server, with the schema.
  static func apart() async throws -> Plenary {
    Plenary(database: try await AcceptanceServer.shared.database())
  }

  /// A new, empty database.
  static func unmigrated() async throws -> Plenary {
    Plenary(database: try await AcceptanceServer.shared.emptyDatabase())
  }

  struct Run: Sendable, CustomStringConvertible {
    var command: [String]
    var code: Int
    var output: String
    var error: String

    var description: String {
      "plenary \(command.joined(separator: " ")) → \(code)\n\(output)\(error)"
    }

    var json: Any? { try? JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed) }
    var object: [String: Any] { json as? [String: Any] ?? [:] }
    /// The items of a list with `--json`.
    var list: [[String: Any]] { object["items"] as? [[String: Any]] ?? [] }
    /// Expects that what it printed with `--json` follows its schema: the result, and what went wrong.
    fileprivate func checkAnswer() async {
      guard AnswerSchemas.applies(to: command) else { return }
      var answers = output.isEmpty ? [] : [output]
      if code > 0, let last = error.split(separator: "\n").last, last.hasPrefix("{") {
        answers.append(String(last))
      }
      for answer in answers {
        if let fault = await AnswerSchemas.shared.fault(in: answer) { Issue.record("\(fault)\n\(self)") }
      }
    }

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  func callAsFunction(_ words: String...) async throws -> Run { try await run(words.map { Array($0.utf8) }) }
  func callAsFunction(_ words: [String]) async throws -> Run { try await run(words.map { Array($0.utf8) }) }

  private static let gate = Gate(32)

  /// Expects it to succeed.
  @discardableResult
  func done(
    _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Run {
    try await done(words, sourceLocation: sourceLocation)
  }

  @discardableResult
  func done(
    _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Run {
    let run = try await self(words)
    #expect(run.code == 0, "\(run)", sourceLocation: sourceLocation)
    return run
  }

  var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("PG") && !$0.key.hasPrefix("PLENARY_") && $0.key != "NO_COLOR"
    }
    environment["PLENARY_HOME"] = Self.home
    environment["PLENARY_DATABASE_URL"] = database
    return environment.merging(variables) { $1 }
  }

  /// Starts a command, and kills it when a moment has come.
  func killed(_ words: String..., when moment: () async throws -> Void) async throws {
    let process = Process()
    process.executableURL = URL(filePath: Self.executable)
    process.arguments = words
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try await moment()
  }

  /// Starts a command, sends it a signal when a moment has come, and waits for its end.
  func ended(by signal: Int32, _ words: String..., when moment: () async throws -> Void) async throws {
    let process = Process()
    process.executableURL = URL(filePath: Self.executable)
    process.arguments = words
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    do { try await moment() } catch {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      throw error
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
  }

  /// - Parameter input: what it reads from standard input.
  func callAsFunction(_ words: String..., input: String) async throws -> Run {
    try await run(words.map { Array($0.utf8) }, input: input)
  }

  /// - Parameter input: bytes that need not be UTF-8.
  func fed(_ input: [UInt8], _ words: String...) async throws -> Run {
    try await run(words.map { Array($0.utf8) }, input: input)
  }

  func run(_ words: [[UInt8]], input: String) async throws -> Run {
    try await run(words, input: Array(input.utf8))
  }

  func run(_ words: [[UInt8]], input: [UInt8] = []) async throws -> Run {
    await Self.gate.enter()
    defer { Task { await Self.gate.leave() } }
    let result = try await Subprocess.run(
      .name("env"),
      // As bytes ending in 0, because they need not be UTF-8; Subprocess passes them on unchanged.
      arguments: Arguments(([Array(Self.executable.utf8)] + words).map { $0 + [0] }),
      environment: .custom(
        Dictionary(
          uniqueKeysWithValues: environment.compactMap { name, value in
            Environment.Key(rawValue: name).map { ($0, value) }
          })),
      input: .array(input), output: .bytes(limit: 1 << 24), error: .bytes(limit: 1 << 20))
    let code =
      switch result.terminationStatus {
      case .exited(let code): Int(code)
      case .signaled(let signal): -Int(signal)
      }
    let run = Run(
      command: words.map { String(decoding: $0.prefix(80), as: UTF8.self) }, code: code,
      output: String(decoding: result.standardOutput, as: UTF8.self),
      error: String(decoding: result.standardError, as: UTF8.self))
    await run.checkAnswer()
    return run
  }

  /// A connection to the database, as its owner.
  func connect() async throws -> Connection {
    try await Connection.open(
      ConnectionParameters(database ?? AcceptanceServer.connectionString("plenary")))
  }

  /// The log's last position in the only conference.
  func head() async throws -> Int {
    let rows = try await connect().query("select coalesce(sum(position), 0)::bigint as n from log.head")
    return try rows[0].decode("n")
  }

  /// Opens a conference of three days in Berlin with one room.
  func berlin() async throws -> Plenary {
    try await done(
      "conference", "open", "berlin", "--title", "Berlin", "--first-day", "2016-06-01",
      "--last-day", "2016-06-03", "--zone", "Europe/Berlin", "--languages", "en", "de")
    try await done("room", "add", "aula", "--name", "Aula", "--capacity", "300")
    return self
  }
}

/// Lets a limited number of commands run at a time: the server accepts 100 connections, and all tests start at once.
private actor Gate {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ width: Int) { free = width }

  func enter() async {
    if free > 0 { return free -= 1 }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

/// Why there is no test server.
private struct NoServer: Error, CustomStringConvertible {
  var description: String
}

/// The private server of this test run. The program itself starts it; it stops with the tests.
private actor AcceptanceServer {
  static let shared = AcceptanceServer()

  private var starting: Task<Void, any Error>?
  private var migrating: Task<String, any Error>?
  private var databases = 0
  private let gate = Gate(8)

  static func connectionString(_ database: String) -> String {
    "host=\(Plenary.home)/postgresql port=5432 user=plenary dbname=\(database)"
  }

  func start() async throws {
    if let starting { return try await starting.value }
    let task = Task {
      atexit { AcceptanceServer.stop() }
      try AcceptanceServer.watch()
      let run = try await Plenary()("db", "start")
      if run.code != 0 { throw NoServer(description: "\(run)") }
    }
    starting = task
    try await task.value
  }

  func emptyDatabase() async throws -> String {
    Self.connectionString(try await create(from: "template0"))
  }

  /// A copy of a migrated database.
  func database() async throws -> String {
    let task =
      migrating
      ?? Task {
        let name = try await create(from: "template0")
        try await Plenary(database: Self.connectionString(name)).done("db", "migrate")
        return name
      }
    migrating = task
    return Self.connectionString(try await create(from: task.value))
  }

  private func create(from template: String) async throws -> String {
    try await start()
    databases += 1
    let name = "test_\(databases)"
    await gate.enter()
    defer { Task { await gate.leave() } }
    let connection = try await Connection.open(
      ConnectionParameters(Self.connectionString("plenary")))
    try await connection.execute(
      "create database \(identifier: name) template \(identifier: template) strategy wal_log")
    return name
  }

  /// Stops the server when the tests end, even after a crash, when no exit handler runs. The server would
  /// otherwise outlive the process that started it.
  private static func watch() throws {
    let watcher = Process()
    watcher.executableURL = URL(filePath: "/bin/sh")
    let script = """
      trap '' INT TERM HUP
      tail --pid="$1" -f /dev/null
      [ -f "$2/postgresql/data/postmaster.pid" ] || exit 0
      kill -QUIT "$(head -n 1 "$2/postgresql/data/postmaster.pid")"
      sleep 1
      rm -rf "$2"
      """
    watcher.arguments = ["-c", script, "sh", "\(getpid())", Plenary.home]
    watcher.standardInput = FileHandle.nullDevice
    watcher.standardOutput = FileHandle.nullDevice
    watcher.standardError = FileHandle.nullDevice
    try watcher.run()
  }

  private static func stop() {
    let file = Plenary.home + "/postgresql/data/postmaster.pid"
    if let text = try? String(contentsOfFile: file, encoding: .utf8),
      let pid = text.split(separator: "\n").first.flatMap({ Int32($0) })
    {
      kill(pid, SIGQUIT)  // immediate shutdown: no data is kept
      for _ in 0..<500 where kill(pid, 0) == 0 { usleep(10_000) }
    }
    try? FileManager.default.removeItem(atPath: Plenary.home)
  }
}
