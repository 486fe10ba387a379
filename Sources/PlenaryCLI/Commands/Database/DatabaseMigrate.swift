import ArgumentParser
import Foundation
import Glibc
import Plenary
import Postgres
import PostgresLog
import PrivateServer

extension DatabaseCommand {
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
}
