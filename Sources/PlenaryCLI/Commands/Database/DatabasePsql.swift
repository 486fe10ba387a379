import ArgumentParser
import Foundation
import Glibc
import Plenary
import Postgres
import PostgresLog
import PrivateServer

extension DatabaseCommand {
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
