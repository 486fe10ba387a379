import ArgumentParser
import Foundation
import Plenary
import Vocabulary

extension DatabaseCommand {
  struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Restore a backup into an empty database, or verify it.",
      discussion: """
        The database can be of another server or of another PostgreSQL. One with conferences is refused. The backup is \
        verified first; of it come rows alone, into tables that this program makes. Read models \
        are rebuilt. Whoever was erased after the backup was made \
        is erased again: the erased.json of every other backup of the same log in the same folder says who, and --erased names more. \
        Until all is done, every command refuses the database; after an interruption, restore again. \
        Run it as the database's owner, with the right to create roles.

        --verify reads a backup and restores nothing. --vault-only puts lost keys back into a database in use: only \
        those that open what the log still has, not those of people who were erased or of addresses that were removed. \
        With --erased, people are erased who were erased elsewhere. \
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
      try DatabaseCommand.check(paths: [folder, vault] + erased, global)
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
        let keys = try await configuration.restoreVault(
          of: backup, erased: erased.map { URL(fileURLWithPath: $0) }
        ) { Console.error($0) }
        if global.json { return try Console.json(.dbRestore, keys) }
        show(keys: keys.keys, useless: keys.uselessKeys)
        return show(forgotten: keys.forgotten)
      }
      let restored = try await configuration.restore(
        backup, erased: erased.map { URL(fileURLWithPath: $0) }
      ) { Console.error($0) }
      if global.json { return try Console.json(.dbRestore, restored) }
      show(restored.conferences)
      show(keys: restored.keys, useless: restored.uselessKeys)
      show(forgotten: restored.forgotten)
    }

    private func show(forgotten: [Erasure]) {
      for erasure in forgotten {
        Console.print(
          "\(erasure.conference)  erased again: \(erasure.what == .address ? "the address of " : "")\(erasure.person)"
        )
      }
    }

    private func show(keys: Int, useless: Int) {
      Console.print("\(counted(keys, "key")) restored.")
      if useless > 0 {
        Console.print(
          "\(counted(useless, "key")) left out: nothing in the log needs \(useless == 1 ? "it" : "them") any longer."
        )
      }
    }

    private func show(_ verified: Plenary.Backup.Verified) async throws {
      if global.json {
        try Console.json(.dbRestore, Report(conferences: verified.conferences, sealed: verified.sealed))
      } else {
        show(verified.conferences)
      }
      try verified.sealed?.checkReadable()
      if global.json { return }
      Console.print(
        verified.sealed.map {
          "The backup is whole. Its keys open the data of \(counted($0.people, "person", "people"))."
        } ?? "The log is whole. The keys were not read.")
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
