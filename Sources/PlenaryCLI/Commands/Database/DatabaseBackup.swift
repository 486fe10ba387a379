import ArgumentParser
import Foundation
import Plenary
import Vocabulary

extension DatabaseCommand {
  struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: "Back the database up into a new folder.",
      discussion: """
        Writes the log and the keys to personal data into files of their own, in pg_dump's custom format; a list of \
        who was erased; and manifest.json with the position and the root of each conference. Organizers can go on \
        meanwhile. Read models are left out, because they are rebuilt from the log.

        Keep the keys apart from the log and for a short time only: as long as both exist, the data of people who \
        are erased later can be read in this backup. Run it as the database's owner. Example: \
        plenary db backup /backup/monday --vault /safe/monday.vault
        """)
    @Argument(help: "New folder for the backup, e.g. /backup/monday.") var folder: String
    @Option(help: "New file for the keys (default: vault.dump in the folder).") var vault: String?
    @OptionGroup var global: GlobalOptions

    func validate() throws { try DatabaseCommand.check(paths: [folder, vault], global) }

    func run() async throws {
      let configuration = try Configuration(database: global.database, conference: global.conference)
      let manifest = try await configuration.backUp(
        to: URL(fileURLWithPath: folder), vault: vault.map { URL(fileURLWithPath: $0) }
      ) { Console.error($0) }
      for master in manifest.masterKeys ?? [] {
        Console.error(
          "The master key is not in this backup: without \(master), its keys decrypt nothing. Keep it as long as the backup."
        )
      }
      if global.json { return try Console.json(.dbBackup, ["manifest": manifest]) }
      for known in manifest.conferences {
        Console.print("\(known.conference)  position \(known.position)  root \(known.root)")
      }
      Console.print(folder)
    }
  }
}
