import EventLog
package import Foundation
import People
import Postgres
import PostgresLog
import PrivateServer
import Vocabulary

/// What was restored.
package struct Restoration: Sendable, Encodable {
  package var conferences: [BackupManifest.Conference]
  package var keys: Int
  /// Erased since the backup was made, and now erased again.
  package var forgotten: [Erasure]
}

extension Configuration {
  /// Restores a backup into an empty database, rebuilds the read models, forgets who was erased since, and verifies the
  /// result.
  ///
  /// - Parameters:
  ///   - erased: further lists of who was erased, beside those of the backups next to this one.
  /// - Throws: `Failure` for a database that has conferences.
  package func restore(
    _ backup: Backup, erased: [URL], note: @escaping @Sendable (String) -> Void
  ) async throws -> Restoration {
    let erasures = try erased.flatMap(Backup.erasures) + backup.laterErasures()
    let keys = try await backup.keys(environment: environment)
    if case .own(let server) = database { try await server.start(progress: note) }
    let owner = try await Connection.open(try database.parameters)
    try await owner.run { try Self.makeRoom($0) }
    await owner.close()
    let program = try await PostgresProgram.find("pg_restore", atLeast: nil, environment: environment)
    let (target, password) = try database.psql(role: nil, options: nil)
    var environment = environment
    if let password { environment["PGPASSWORD"] = password }
    try await program.run(
      [
        "--dbname=\(target)", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
        backup.folder.appending(path: Backup.log).path,
      ], environment: environment)
    try await Workspace.migrate(database.parameters)

    let workspace = try await Workspace.open(self, note: note)
    let kept = try await workspace.restore(keys)
    let forgotten = try await workspace.forget(erasures)
    for known in backup.manifest.conferences {
      let conference = try await ConferenceContext(workspace, known.conference)
      _ = try await conference.verifyLog(upTo: .position(known.position), root: PrintedRoot(known.root))
      _ = try await conference.rebuild(ConferenceContext.readModels) { _, _ in }
    }
    await workspace.close()
    return Restoration(conferences: backup.manifest.conferences, keys: kept, forgotten: forgotten)
  }

  /// Puts the keys of a backup back into the vault of a database that has lost them. Existing keys are kept.
  ///
  /// - Returns: The number of keys that were missing.
  package func restoreVault(
    of backup: Backup, note: @escaping @Sendable (String) -> Void
  ) async throws -> Int {
    let keys = try await backup.keys(environment: environment)
    let workspace = try await Workspace.open(self, note: note)
    let kept = try await workspace.restore(keys)
    await workspace.close()
    return kept
  }

  /// Drops what an unused database of Plenary has.
  private static func makeRoom(_ connection: isolated Connection) throws {
    let there = try connection.query(
      "select nspname as name from pg_namespace where nspname = any (\(Backup.schemas)::text[])"
    ).map { try $0.decode("name", as: String.self) }
    if there.isEmpty { return }
    guard there.contains("log"), there.contains("plenary"),
      try connection.query("select to_regclass('log.head') is not null as there")[0].decode("there")
    else {
      throw Failure(
        .refused,
        "The database has a schema “\(there[0])” that is not Plenary's. Restore into an empty database.",
        .nameDatabase)
    }
    let used = try EventStream.heads(connection).map(\.0.slug)
    guard used.isEmpty else {
      throw Failure(
        .refused,
        "The database is in use: it has \(used.joined(separator: ", ")). A backup is restored into an empty database.",
        .nameDatabase)
    }
    try connection.execute("set lock_timeout = '10s'")
    try connection.execute(
      "drop schema \(raw: there.map { "\"\($0)\"" }.joined(separator: ", ")) cascade")
  }
}

extension Backup {
  /// What the backups beside this one say was erased since.
  fileprivate func laterErasures() throws -> [Erasure] {
    let known = Set(try erasures())
    let parent = folder.absoluteURL.deletingLastPathComponent()
    let beside =
      (try? FileManager.default.contentsOfDirectory(at: parent, includingPropertiesForKeys: nil)) ?? []
    return try beside.sorted { $0.path < $1.path }
      .map { $0.appending(path: Self.erased) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
      .flatMap(Self.erasures).filter { !known.contains($0) }
  }
}

extension Workspace {
  /// Stores keys as they are in the backup, and not those of people who were erased.
  ///
  /// - Returns: The number of keys that were missing.
  fileprivate func restore(_ keys: [Vault.StoredKey]) async throws -> Int {
    try await connection.run { [vault] connection in
      try connection.transaction {
        var kept = 0
        for (conference, keys) in Dictionary(grouping: keys, by: \.conference) {
          let id = try ConferenceID(conference)
          let gone = try vault.erasedIdentities(among: keys, in: id, connection)
          var restored: [String] = []
          for key in keys {
            let stored = gone.contains(Tag(stored: key.owner)) ? key.destroyed : key
            if try Vault.restore(stored, connection) { restored.append(key.owner) }
          }
          try Vault.forget(in: id, connection)
          kept += try connection.query(
            """
            select count(*) as kept from vault.key
            where conference = \(conference) and owner = any (\(restored)::text[]) and key is not null
            """)[0].decode("kept", as: Int.self)
        }
        return kept
      }
    }
  }

  /// Erases again who was erased after the backup was made, under the ids of the commands that did it.
  ///
  /// - Returns: What the log did not know.
  fileprivate func forget(_ erasures: [Erasure]) async throws -> [Erasure] {
    var forgotten: [Erasure] = []
    for erasure in Set(erasures).sorted(by: { $0.at < $1.at }) {
      let tag = Tag(stored: erasure.person)
      let events = try await log.read(erasure.conference, matching: .tagged(tag), command: nil).events
      // Who registered after the backup was made is not in it.
      if events.isEmpty { continue }
      let context = try CommandContext(
        actor: nil, reason: "Erased before, after this backup was made", commandID: erasure.commandID,
        dryRun: false)
      let slug = String(erasure.person.drop { $0 != ":" }.dropFirst())
      let outcome =
        switch erasure.what {
        case .person where tag.isSpeaker:
          try await erase(speaker: PersonID(slug), in: erasure.conference, context)
        case .person: try await erase(AttendeeID(slug), in: erasure.conference, context)
        case .address:
          try await stateContact(of: PersonID(slug), email: nil, in: erasure.conference, context)
        }
      if case .appended(let receipt) = outcome.effect, !receipt.replayed { forgotten.append(erasure) }
    }
    return forgotten
  }
}

extension Vault {
  /// The owners of keys to withheld speakers who were erased.
  fileprivate func erasedIdentities(
    among keys: [StoredKey], in conference: ConferenceID, _ connection: isolated Connection
  ) throws -> Set<Tag> {
    let speakers = try Vault.erased(of: conference, connection).filter(\.isSpeaker)
    if speakers.isEmpty { return [] }
    var opened: [Tag: SealingKey] = [:]
    for stored in keys where Tag(stored: stored.owner).isIdentity {
      opened[Tag(stored: stored.owner)] = try key(in: stored)
    }
    return try Vault.identities(
      of: speakers, openedWith: opened, in: conference, upTo: .head, connection)
  }
}

extension Tag {
  fileprivate var isSpeaker: Bool { text.hasPrefix("person:") }
}
