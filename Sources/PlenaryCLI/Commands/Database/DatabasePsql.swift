import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer

extension DatabaseCommand {
  struct Psql: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "psql", abstract: "Open psql on the database, with read access only by default.",
      discussion: "Other arguments are passed to psql. Example: plenary db psql -c 'table program.session'")
    @Option(help: "Database role: plenary_reader, plenary_writer, or none for your login's own rights.")
    var role = "plenary_reader"
    @Option(
      help: ArgumentHelp(
        "PostgreSQL connection URL (default: PLENARY_DATABASE_URL, PGHOST, or Plenary's own server).",
        valueName: "url"))
    var database: String?
    @Argument(parsing: .allUnrecognized, help: "Arguments for psql, e.g. -c 'table program.session'.")
    var arguments: [String] = []

    func run() async throws {
      let configuration = try Configuration(database: database, conference: nil)
      let workspace = try await Workspace.open(configuration) { Console.error($0) }
      await workspace.close()
      let environment = ProcessInfo.processInfo.environment
      let (connectionString, password) = try configuration.database.psql(
        role: role == "none" ? nil : role, options: environment["PGOPTIONS"])
      if let password { setenv("PGPASSWORD", password, 1) }
      var words = ["psql", connectionString]
      words += arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
      var pointers = words.map { strdup($0) } + [nil]
      execvp("psql", &pointers)
      throw Failure(.failed, "Cannot run psql; install it (Debian: apt-get install postgresql-client).")
    }
  }
}
