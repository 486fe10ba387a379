import ArgumentParser
import Foundation
import Glibc
import Plenary
import PrivateServer

extension DatabaseCommand {
  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "migrate", abstract: "Put this version's schema in place, as the database's owner.",
      discussion: "Plenary's own server is migrated by itself. Needs the right to create roles.")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let applied = try await global.databaseChoice().migrate { Console.error($0) }
      if global.json { return try Console.json(applied) }
      if applied.isEmpty { return Console.print("Nothing to do: the schema is current.") }
      applied.forEach(Console.print)
    }
  }
}
