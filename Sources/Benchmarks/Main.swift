import EventLog
import Foundation
import Glibc
import Plenary
import Postgres
import PrivateServer
import Vocabulary

/// Measures Plenary's performance limits and prints them as a table, each with its reference.
///
/// Compares only ratios from the same run, never times of different runs or machines. It asserts nothing.
@main
struct Benchmarks {
  /// In the order in which they run. The rebuild is first, because its reference copies the whole of log.event.
  private static let all: [(name: String, measure: @Sendable (Bench) async throws -> [Figure])] = [
    ("rebuild", measureRebuild), ("append", measureAppends), ("queue", measureQueue),
    ("follow", measureFollowing), ("command", measureCommand),
    ("import", measureImports), ("print", measurePrinting), ("plan", measurePlanning),
    ("record", measureRecord),
  ]

  static func main() async {
    let arguments = CommandLine.arguments.dropFirst()
    let names = all.map(\.name).joined(separator: ", ")
    guard let home = arguments.first, access(home, F_OK) != 0,
      arguments.dropFirst().allSatisfy({ name in all.contains { $0.name == name } })
    else {
      say(
        "usage: Benchmarks HOME [\(names)]; HOME is the directory for a new server; see Scripts/bench"
      )
      exit(2)
    }
    let chosen = arguments.count == 1 ? all.map(\.name) : Array(arguments.dropFirst())
    do {
      let bench = try await Bench(home: home)
      var figures: [Figure] = []
      var failed = false
      // A part that fails must not take the figures of the others away.
      for (name, measure) in all where chosen.contains(name) {
        do { figures += try await measure(bench) } catch {
          say("\(name): \(error)")
          failed = true
        }
      }
      try await bench.server.stop()
      print(Figure.table(figures))
      if failed { exit(1) }
    } catch {
      say("\(error)")
      exit(1)
    }
  }
}

/// Prints a progress message on standard error.
func say(_ text: String) {
  try? FileHandle.standardError.write(contentsOf: Data("bench: \(text)\n".utf8))
}

/// The test bench: a private server with the schema, and the programs to run.
struct Bench {
  let server: PrivateServer
  let parameters: ConnectionParameters
  /// The executable `plenary` of the same build.
  let plenary: String
  /// PostgreSQL's own program, not Debian's wrapper script.
  let psql: String

  init(home: String) async throws {
    server = PrivateServer(home: home)
    try await server.start { say($0) }
    parameters = try ConnectionParameters(server.connectionString)
    try await Workspace.migrate(parameters)
    plenary = try siblingProgram("plenary")
    psql = try await Self.binaryDirectory(parameters) + "/psql"
  }

  var writer: ConnectionParameters { parameters.settingRole("plenary_writer") }

  /// Runs `psql -c SQL` as a process.
  func runPsql(_ sql: String) throws -> ProcessUse {
    try runProcess(
      [
        psql, "-X", "-q", "-h", server.socketDirectory, "-p", "5432", "-U", "plenary", "-d",
        "plenary",
      ]
        + ["-c", sql])
  }

  /// Runs `plenary …` as a process.
  @discardableResult
  func runPlenary(_ arguments: String..., accepting accepted: [Int32] = [0]) throws -> ProcessUse {
    try runProcess(
      [plenary] + arguments, ["PLENARY_HOME=\(server.home)"], accepting: accepted)
  }

  /// The directory of the server's programs.
  private static func binaryDirectory(_ parameters: ConnectionParameters) async throws -> String {
    let connection = try await Connection.open(parameters)
    let rows = try await connection.query("select setting from pg_config where name = 'BINDIR'")
    return try rows[0].decode("setting")
  }
}
