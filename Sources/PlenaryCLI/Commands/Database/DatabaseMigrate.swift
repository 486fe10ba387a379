import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer

extension DatabaseCommand {
  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "migrate", abstract: "Update the database schema to this version.",
      discussion: """
        Run it as the database's owner, with the right to create roles. Plenary's own server is \
        updated automatically.
        """)
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let applied = try await global.databaseChoice().migrate { Console.error($0) }
      if global.json { return try Console.json(applied) }
      if applied.isEmpty { return Console.print("Nothing to do: the schema is up to date.") }
      applied.forEach(Console.print)
    }
  }
}
