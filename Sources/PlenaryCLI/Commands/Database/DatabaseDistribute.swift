import ArgumentParser
import Foundation
import Plenary

extension DatabaseCommand {
  struct Distribute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "distribute", abstract: "Distribute the conferences over several machines, with Citus.",
      discussion: """
        For more conferences than one machine holds. Run it on the coordinator, as the database's owner, after \
        “create extension citus”. Each conference then lives on one node as a whole; “plenary db status” shows on which. \
        It cannot be undone with Plenary.
        """)
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let tables = try await global.databaseChoice().distribute { Console.error($0) }
      if global.json { return try Console.json(.dbDistribute, items: tables.map { ["table": $0] }) }
      if tables.isEmpty { return Console.print("Nothing to do: every table is distributed.") }
      tables.forEach(Console.print)
    }
  }
}
