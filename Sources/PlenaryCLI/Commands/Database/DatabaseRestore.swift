import ArgumentParser
import Foundation
import Plenary
import Vocabulary

extension DatabaseCommand {
  struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Restore a backup into an empty database, or verify it.",
      discussion: """
        The database can be of another server or of a newer PostgreSQL. One with conferences is refused. Read models \
        are rebuilt, and the log is compared with the backup's roots. Whoever was erased after the backup was made \
        is erased again: the erased.json of every other backup in the same folder says who, and --erased names more. \
        Run it as the database's owner, with the right to create roles.

        --verify reads a backup and restores nothing. --vault-only puts lost keys back into a database in use. \
        Example: plenary db restore /backup/monday --vault /safe/monday.vault
        """)
    @Argument(help: "Folder of the backup.") var folder: String
    @Option(help: "File with the keys (default: vault.dump in the folder).") var vault: String?
    @Flag(help: "Restore without the keys: personal data cannot be read until the vault is restored.")
    var withoutVault = false
    @Flag(help: "Restore only keys that are missing, into a database in use.") var vaultOnly = false
    @Option(help: "Another list of who was erased: the erased.json of a newer backup. Repeat for several.")
    var erased: [String] = []
    @Flag(help: "Read the backup and compare it with its manifest; restore nothing.") var verify = false
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if withoutVault, vault != nil || vaultOnly {
        throw ValidationError("--without-vault cannot be given with --vault or --vault-only.")
      }
      if verify, vaultOnly || !erased.isEmpty {
        throw ValidationError(
          "--verify restores nothing, so it cannot be given with --vault-only or --erased.")
      }
    }

    func run() async throws {
      let backup = try Plenary.Backup(
        URL(fileURLWithPath: folder), vault: vault.map { URL(fileURLWithPath: $0) },
        withoutVault: withoutVault)
      let configuration = try Configuration(database: global.database, conference: global.conference)
      if verify { return try await show(try await backup.verify(environment: configuration.environment)) }
      if vaultOnly {
        let keys = try await configuration.restoreVault(of: backup) { Console.error($0) }
        if global.json { return try Console.json(["keys": keys]) }
        return Console.print("\(counted(keys, "key")) restored.")
      }
      let restored = try await configuration.restore(
        backup, erased: erased.map { URL(fileURLWithPath: $0) }
      ) { Console.error($0) }
      if global.json { return try Console.json(restored) }
      show(restored.conferences)
      Console.print("\(counted(restored.keys, "key")) restored.")
      for erasure in restored.forgotten {
        Console.print(
          "\(erasure.conference)  erased again: \(erasure.what == .address ? "the address of " : "")\(erasure.person)"
        )
      }
    }

    private func show(_ verified: Plenary.Backup.Verified) async throws {
      if global.json {
        try Console.json(Report(conferences: verified.conferences, sealed: verified.sealed))
      } else {
        show(verified.conferences)
        Console.print("The backup is whole.")
      }
      try verified.sealed?.checkReadable()
    }

    private func show(_ conferences: [BackupManifest.Conference]) {
      for known in conferences {
        Console.print("\(known.conference)  position \(known.position)  root \(known.root)")
      }
    }

    private struct Report: Encodable {
      var conferences: [BackupManifest.Conference]
      var sealed: SealedData?
    }
  }
}
