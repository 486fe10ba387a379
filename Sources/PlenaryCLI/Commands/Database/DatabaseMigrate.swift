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
        Run it as the database's owner, with the right to create roles. Whatever is missing is made again: roles, rights, \
        functions, triggers, the tables of keys and of read models. Nothing in the log is changed. Plenary's own server is \
        updated automatically.
        """)
    @Flag(
      help:
        "Replace the schema of another build of Plenary with the same number; only if this build is the newer one."
    )
    var replace = false
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let applied = try await global.databaseChoice().migrate(replacing: replace) { Console.error($0) }
      if global.json { return try Console.json(.dbMigrate, items: applied.map { ["step": $0] }) }
      if applied.isEmpty { return Console.print("Nothing to do: the schema is up to date and complete.") }
      applied.forEach(Console.print)
    }
  }
}
