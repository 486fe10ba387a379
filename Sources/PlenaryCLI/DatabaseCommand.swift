import ArgumentParser
import Foundation
import Glibc
import Plenary
import Postgres
import PostgresLog
import PrivateServer

struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "The database: Plenary's own server, or one of yours.",
    discussion: """
      Without --database, PLENARY_DATABASE_URL or PGHOST, Plenary runs a PostgreSQL of its own, on a \
      Unix socket in PLENARY_HOME, and starts it when it is needed.
      """,
    subcommands: [Start.self, Stop.self, Status.self, Migrate.self, Psql.self])

  struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "start", abstract: "Start Plenary's own server.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let server = try global.ownServer()
      try await server.start { Console.error($0) }
      Console.print("The server runs; its socket is in \(server.socketDirectory).")
    }
  }

  struct Stop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stop", abstract: "Stop Plenary's own server.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let server = try global.ownServer()
      guard case .running = try server.status() else {
        return Console.print("The server is not running.")
      }
      try await server.stop { Console.error($0) }
      Console.print("The server has stopped.")
    }
  }

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show where the database is and how it is.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      var lines: [(String, String)] = []
      switch try global.databaseChoice() {
      case .external(let parameters):
        lines.append(("database", parameters.description))
      case .own(let server):
        lines.append(("database", "Plenary's own server in \(server.home)"))
        switch try server.status() {
        case .notInitialised: lines.append(("server", "not set up yet; it will be when it is needed"))
        case .stopped: lines.append(("server", "stopped; it starts when it is needed"))
        case .running(let instance):
          lines.append(("server", "PostgreSQL \(instance.version), process \(instance.pid)"))
          lines.append(("socket", instance.socketDirectory))
          lines.append(("log file", instance.logFile))
        }
      }
      if lines.last?.0 != "server" {
        let workspace = try await global.workspace()
        let heads = try await workspace.connection.run { try EventStream.heads($0) }
        lines.append(("schema", "current"))
        for (conference, position) in heads {
          lines.append(("conference", "\(conference), \(position) events"))
        }
      }
      if global.json {
        return try Console.json(Dictionary(lines, uniquingKeysWith: { "\($0)\n\($1)" }))
      }
      var particulars = Particulars()
      for (label, value) in lines { particulars.add(label, value) }
      particulars.print()
    }
  }

  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "migrate", abstract: "Put this version's schema in place, as the database's owner.",
      discussion: "Plenary's own server is migrated by itself. Needs the right to create roles.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let parameters: ConnectionParameters
      switch try global.databaseChoice() {
      case .external(let external): parameters = external
      case .own(let server):
        try await server.start { Console.error($0) }
        parameters = try ConnectionParameters(server.connectionString)
      }
      let applied = try await Workspace.migrate(parameters)
      if global.json { return try Console.json(applied) }
      if applied.isEmpty { return Console.print("Nothing to do: the schema is current.") }
      applied.forEach(Console.print)
    }
  }

  struct Psql: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "psql", abstract: "Open psql on the database, as the reader of the read models.",
      discussion: "What psql takes is given as to psql: plenary db psql -c 'table program.session'.")
    @Option(help: "plenary_reader, plenary_writer, or none for the login's own rights.")
    var role = "plenary_reader"
    @Option(help: ArgumentHelp("The database, as libpq names it.", valueName: "url"))
    var database: String?
    @Argument(parsing: .allUnrecognized) var arguments: [String] = []

    func run() async throws {
      let configuration = try Configuration(database: database, conference: nil)
      let workspace = try await Workspace.open(configuration) { Console.error($0) }
      await workspace.connection.close()
      var environment = ProcessInfo.processInfo.environment
      var words = ["psql"]
      switch configuration.database {
      case .external(let parameters):
        // The password must not appear in the list of processes.
        if let password = parameters.keywords["password"] { environment["PGPASSWORD"] = password }
        words.append(connectionString(parameters))
      case .own(let server): words.append(connectionString(try ConnectionParameters(server.connectionString)))
      }
      words += arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
      for (name, value) in environment { setenv(name, value, 1) }
      var pointers = words.map { strdup($0) } + [nil]
      execvp("psql", &pointers)
      throw Failure(.failed, "psql could not be run; install it (Debian: apt-get install postgresql-client).")
    }

    private func connectionString(_ parameters: ConnectionParameters) -> String {
      var keywords = parameters.keywords.filter { !["password", "sslpassword"].contains($0.key) }
      if role != "none" {
        // In the string, where nothing else in it can take the role's place.
        let others = keywords["options"] ?? ProcessInfo.processInfo.environment["PGOPTIONS"]
        keywords["options"] = [others, "-c role=\(role)"].compactMap(\.self).joined(separator: " ")
      }
      return keywords.sorted { $0.key < $1.key }
        .map { keyword, value in
          let quoted = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
          return "\(keyword)='\(quoted)'"
        }.joined(separator: " ")
    }
  }
}

extension GlobalOptions {
  fileprivate func databaseChoice() throws -> Configuration.Database {
    try Configuration(database: database, conference: conference).database
  }

  fileprivate func ownServer() throws -> PrivateServer {
    guard case .own(let server) = try databaseChoice() else {
      throw Failure(
        .refused,
        "A database is named by --database, PLENARY_DATABASE_URL or PGHOST; only Plenary's own server is "
          + "started and stopped here.")
    }
    return server
  }
}
