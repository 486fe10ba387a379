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
  /// Keys of the backup that open nothing any longer; they were left out.
  package var uselessKeys: Int
  /// Erased since the backup was made, and now erased again.
  package var forgotten: [Erasure]
}

/// Keys that were put back into a vault.
package struct RestoredKeys: Sendable, Encodable {
  package var keys = 0
  /// Keys of the backup that open nothing any longer; they were left out.
  package var uselessKeys = 0
  /// Erased elsewhere, and now erased here.
  package var forgotten: [Erasure] = []
}

extension Configuration {
  /// Restores a backup into an empty database, forgets who was erased since, verifies the result, and rebuilds the read
  /// models.
  ///
  /// The schema is this program's own; of the backup come rows alone. Until everything is done, the database says that it is
  /// being restored, and every command refuses it. Keys come after the erasures.
  ///
  /// - Parameters:
  ///   - erased: further lists of who was erased, beside those of the backups next to this one.
  /// - Throws: `Failure` for a database that has conferences. Then, and for a backup that cannot be used, nothing was changed.
  package func restore(
    _ backup: Backup, erased: [URL], note: @escaping @Sendable (String) -> Void
  ) async throws -> Restoration {
    let verified = try await backup.verify(environment: environment)
    let erasures = try Self.laterErasures(
      than: verified.logs, named: erased.map { ($0, try ErasureList.read($0)) },
      beside: backup.listsBeside(), note)
    try vault.checkOpens(
      verified.keys,
      of: verified.withErasedSpeakers.union(
        erasures.filter { $0.what == .person && Tag(stored: $0.person).isSpeaker }.map(\.conference)))
    if case .own(let server) = database { try await server.start(progress: note) }
    let owner = try await Connection.open(try database.parameters)
    // Held by the session, so that it ends with this process. An arbitrary number.
    guard
      try await owner.query("select pg_try_advisory_lock(7263616013) as locked")[0]
        .decode("locked", as: Bool.self)
    else {
      throw Failure(
        .refused, "Another process is restoring a backup into this database; wait until it is done.")
    }
    try await load(backup, verified, into: owner)
    do {
      let restoration = try await complete(backup, verified, erasures, owner, note)
      await owner.close()
      return restoration
    } catch {
      note(
        "The restore did not come to its end. No command uses the database until a backup is restored into it again."
      )
      throw error
    }
  }

  /// In one transaction with the test whether the database is empty: either it has all rows and says that it is being
  /// restored, or nothing was changed.
  private func load(_ backup: Backup, _ verified: Backup.Verified, into owner: Connection) async throws {
    try await owner.execute("begin")
    do {
      try await owner.run { connection in
        try Self.makeRoom(connection)
        try Migration.beginRestore(migrations: verified.migrations, connection)
      }
      let dump = Dump(file: backup.folder.appending(path: Backup.log), environment: environment)
      try await dump.load(Backup.restored, into: owner)
      try await owner.execute("commit")
    } catch {
      _ = try? await owner.execute("rollback")
      throw error
    }
  }

  private func complete(
    _ backup: Backup, _ verified: Backup.Verified, _ erasures: [Erasure], _ owner: Connection,
    _ note: @escaping @Sendable (String) -> Void
  ) async throws -> Restoration {
    try await owner.run { _ = try Migration.apply(ofBackup: true, $0) }
    let workspace = try await Workspace.ofBackup(self, note: note)
    for known in verified.conferences {
      let conference = try await ConferenceContext(workspace, known.conference)
      _ = try await conference.verifyLog(upTo: .head, root: PrintedRoot(known.root))
    }
    let forgotten = try await workspace.forget(erasures)
    let keys = try await workspace.restore(verified.keys, except: erasures)
    for known in verified.conferences {
      let conference = try await ConferenceContext(workspace, known.conference)
      _ = try await conference.rebuild(ConferenceContext.readModels) { _, _ in }
    }
    await workspace.close()
    try await owner.run { try Migration.endRestore($0) }
    return Restoration(
      conferences: verified.conferences, keys: keys.keys, uselessKeys: keys.uselessKeys, forgotten: forgotten)
  }

  /// Puts the keys of a backup back into the vault of a database that has lost them, as its owner. Existing keys are kept.
  ///
  /// - Parameter erased: lists of who was erased that this database may not know of. They are erased before any key comes.
  /// - Throws: `Failure` for a backup or a list of another database.
  package func restoreVault(
    of backup: Backup, erased: [URL], note: @escaping @Sendable (String) -> Void
  ) async throws -> RestoredKeys {
    let named = try erased.map { ($0, try ErasureList.read($0)) }
    let keys = try await backup.keys(environment: environment)
    if case .own(let server) = database { try await server.start(progress: note) }
    let workspace = try await Workspace.ofBackup(self, note: note)
    try Workspace.check(try await workspace.connection.run { try Migration.situation($0) })
    guard try await workspace.connection.run({ try Vault.mayRestore($0) }) else {
      throw Failure(
        .failed, "Only the database's owner can put keys back; use that login.", .nameDatabase,
        code: .noRights)
    }
    let lists = try backup.erasures()
    let present = Set(try await workspace.conferences().map(\.0))
    var logs: [ConferenceID: LogOutline] = [:]
    for conference in Set((lists + named.flatMap(\.1)).map(\.conference)).intersection(present) {
      logs[conference] = try await workspace.outline(of: conference)
    }
    for list in lists where logs[list.conference].map(list.isOfBeginning) == false {
      throw Failure(
        .refused,
        "This backup is of another log of \(list.conference) than the one in the database, so its keys open nothing here.",
        .nameDatabase)
    }
    let known = lists.filter { present.contains($0.conference) }
    guard !known.isEmpty else {
      throw Failure(
        .refused, "This backup is of another database: none of its conferences is in this one.", .nameDatabase
      )
    }
    let later = try Self.laterErasures(
      than: logs, named: named + [(backup.folder.appending(path: Backup.erased), lists)], beside: [], note)
    // What is recorded first cannot be taken back, so whatever the keys need must be at hand.
    try await workspace.checkOpens(keys, of: known.map(\.conference), later)
    let forgotten = try await workspace.forget(later)
    var kept = try await workspace.restore(
      keys.filter { key in known.contains { $0.conference.slug == key.conference } },
      except: (known.flatMap(\.erasures) + later).filter { $0.what == .person })
    kept.forgotten = forgotten
    await workspace.close()
    return kept
  }

  /// Drops what an unused database of Plenary has. Nobody can write to it until the transaction ends.
  private static func makeRoom(_ connection: isolated Connection) throws {
    let there = try connection.query(
      "select nspname as name from pg_namespace where nspname = any (\(Backup.schemas)::text[])"
    ).map { try $0.decode("name", as: String.self) }
    if there.isEmpty { return }
    let dropping: SQL =
      "drop schema \(raw: there.map { "\"\($0)\"" }.joined(separator: ", ")) cascade"
    try connection.execute("set local lock_timeout = '10s'")
    if try Migration.isBeingRestored(connection) {
      try connection.execute(dropping)
      return
    }
    guard there.contains("log"), there.contains("plenary"),
      try connection.query("select to_regclass('log.head') is not null as there")[0].decode("there")
    else {
      throw Failure(
        .refused,
        "The database has a schema “\(there[0])” that is not Plenary's. Restore into an empty database.",
        .nameDatabase)
    }
    for table in ["log.head", "log.event", "vault.key"] {
      let exists = try connection.query("select to_regclass(\(table)) is not null as there")
      guard try exists[0].decode("there", as: Bool.self) else { continue }
      try connection.execute("lock table \(raw: table) in access exclusive mode")
      let isUsed = try connection.query("select exists (select from \(raw: table)) as used")
      if try isUsed[0].decode("used", as: Bool.self) {
        let used = try EventStream.heads(connection).map(\.0.slug)
        throw Failure(
          .refused,
          "The database is in use: it has \(used.isEmpty ? "rows in \(table)" : used.joined(separator: ", ")). "
            + "A backup is restored into an empty database.",
          .nameDatabase)
      }
    }
    if let foreign = try foreignTable(connection) {
      throw Failure(
        .refused,
        "The database has a table \(foreign) that is not Plenary's, and would be lost. Restore into an empty database.",
        .nameDatabase)
    }
    try connection.execute(dropping)
  }

  /// A table in Plenary's schemas that Plenary did not make.
  private static func foreignTable(_ connection: isolated Connection) throws -> String? {
    let there = try connection.query("select to_regclass('plenary.catalogue') is not null as there")
    guard try there[0].decode("there", as: Bool.self) else { return nil }
    return try connection.query(
      """
      select namespace.nspname || '.' || class.relname as name
      from pg_catalog.pg_class as class
      join pg_catalog.pg_namespace as namespace on namespace.oid = class.relnamespace
      where namespace.nspname = any (\(Backup.schemas)::text[]) and class.relkind in ('r', 'p', 'f', 'm', 'v')
        and not exists (
          select from plenary.catalogue
          where object = 'table ' || namespace.nspname || '.' || class.relname
        )
      order by name limit 1
      """
    ).first?.decode("name")
  }
}

extension Backup {
  /// The lists of the other backups in the same folder.
  fileprivate func listsBeside() throws -> [(URL, [ErasureList])] {
    let own = folder.standardizedFileURL.resolvingSymlinksInPath().path
    let parent = folder.absoluteURL.deletingLastPathComponent()
    let beside =
      (try? FileManager.default.contentsOfDirectory(at: parent, includingPropertiesForKeys: nil)) ?? []
    return try beside.sorted { $0.path < $1.path }
      .filter { $0.standardizedFileURL.resolvingSymlinksInPath().path != own }
      .map { $0.appending(path: Self.erased) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
      .map { ($0, try ErasureList.read($0)) }
  }
}

extension Configuration {
  /// What lists of the same logs say was erased, and the logs do not have.
  ///
  /// - Parameters:
  ///   - logs: that are restored, or that the keys are for.
  ///   - named: refused if they are of other logs, because somebody relies on them. The logs may have gone on in another way.
  ///   - beside: of other logs, or of a copy that went on by itself, they are left out, and a note says so.
  fileprivate static func laterErasures(
    than logs: [ConferenceID: LogOutline], named: [(URL, [ErasureList])], beside: [(URL, [ErasureList])],
    _ note: (String) -> Void
  ) throws -> [Erasure] {
    var erasures: Set<Erasure> = []
    for (isNamed, lists) in [(true, named), (false, beside)] {
      for (file, lists) in lists {
        var strangers: [String] = []
        var isOfUse = false
        for list in lists {
          guard let log = logs[list.conference] else { continue }
          guard isNamed ? list.isOfBeginning(of: log) : list.isOf(log) else {
            strangers.append(list.conference.slug)
            continue
          }
          isOfUse = true
          erasures.formUnion(list.erasures.filter(log.lacks))
        }
        if isNamed, !isOfUse || !strangers.isEmpty {
          let whose =
            strangers.isEmpty
            ? "other conferences" : "another \(strangers.joined(separator: ", "))"
          throw Failure(
            .refused,
            "\(file.relativePath) is the list of \(whose). Name the list of another backup of the same database."
          )
        }
        if !isNamed, !strangers.isEmpty {
          note(
            "\(file.relativePath) was left out: it is of another log of \(strangers.joined(separator: ", ")) than this backup, or of "
              + "one that went on in another way. If people were erased there, name that list."
          )
        }
      }
    }
    return erasures.sorted { ($0.conference.slug, $0.position) < ($1.conference.slug, $1.position) }
  }
}

extension Workspace {
  fileprivate func outline(of conference: ConferenceID) async throws -> LogOutline {
    try await connection.run { connection in
      var (outline, tree) = (LogOutline(), MerkleTree())
      try EventStream.read(conference, after: 0, detail: .whole, connection) {
        tree.append($0.leaf)
        outline.note(tree)
        outline.note($0)
      }
      return outline
    }
  }

  /// Erasing a speaker takes the keys of withheld statements, those in the vault and those of the backup.
  ///
  /// - Throws: `Failure` if a master key is not at hand.
  fileprivate func checkOpens(
    _ keys: [Vault.StoredKey], of conferences: [ConferenceID], _ later: [Erasure]
  ) async throws {
    var affected: Set<ConferenceID> = []
    for erasure in later where erasure.what == .person && Tag(stored: erasure.person).isSpeaker {
      if affected.insert(erasure.conference).inserted {
        try await connection.run { [vault] connection in
          try Vault.needingMasterKeys { try vault.keys(of: erasure.conference, connection) }
        }
      }
    }
    for conference in conferences where !affected.contains(conference) {
      let erased = try await connection.run { try Vault.erased(of: conference, $0) }
      if erased.contains(where: \.isSpeaker) { affected.insert(conference) }
    }
    try vault.checkOpens(keys, of: affected)
  }

  /// Stores keys that open what the log still has, as they are in the backup. As the owner of the database.
  ///
  /// - Parameter erasures: also of people whom the log does not know as erased.
  fileprivate func restore(_ keys: [Vault.StoredKey], except erasures: [Erasure]) async throws -> RestoredKeys
  {
    let taken = Set(erasures.filter { $0.what == .person }.map { [$0.conference.slug, $0.person] })
    return try await connection.run { [vault] connection in
      try connection.transaction {
        var restored = RestoredKeys()
        let byConference = Dictionary(grouping: keys, by: \.conference).sorted { $0.key < $1.key }
        // Who is erased meanwhile would have the keys back.
        try Vault.holdUntilCommit(byConference.map(\.key), connection)
        for (slug, stored) in byConference {
          let conference = try ConferenceID(slug)
          var needed = try NeededKeys(conference, stored, vault)
          let aside = try EventStream.setAside(in: conference, connection)
          try EventStream.read(conference, after: 0, detail: .whole, connection) {
            if aside.by($0.position) == nil { try needed.note($0) }
          }
          let byOwner = Dictionary(
            stored.map { (Tag(stored: $0.owner), $0) }, uniquingKeysWith: { first, _ in first })
          let keys = try stored + needed.divided.compactMap { try vault.copy(byOwner[$1]!, for: $0) }
          let erased = try Vault.erased(of: conference, connection)
          let gone = try vault.erasedIdentities(among: keys, in: conference, connection)
          var put: [String] = []
          for key in keys {
            let owner = Tag(stored: key.owner)
            if key.key == nil || gone.contains(owner) {
              // A withheld speaker who was erased leaves a row without a key.
              _ = try Vault.restore(key.destroyed, connection)
            } else if !needed.owners.contains(owner) || erased.contains(owner)
              || taken.contains([slug, key.owner])
            {
              restored.uselessKeys += 1
            } else if try Vault.restore(key, connection) {
              put.append(key.owner)
            }
          }
          try Vault.forget(in: conference, connection)
          restored.keys += try connection.query(
            """
            select count(*) as kept from vault.key
            where conference = \(slug) and owner = any (\(put)::text[]) and key is not null
            """)[0].decode("kept", as: Int.self)
        }
        return restored
      }
    }
  }

  /// Erases again who was erased after the backup was made.
  ///
  /// - Returns: What the log did not know.
  fileprivate func forget(_ erasures: [Erasure]) async throws -> [Erasure] {
    var forgotten: [Erasure] = []
    for erasure in erasures {
      // One command can have removed several addresses, so each gets an id of its own, which follows from that.
      let context = try CommandContext(
        actor: nil, reason: "Erased before, after this backup was made",
        commandID: CommandContext.derivedID(from: "\(erasure.commandID)/\(erasure.position)"), dryRun: false)
      let slug = String(erasure.person.drop { $0 != ":" }.dropFirst())
      do {
        let outcome =
          switch erasure.what {
          case .person where Tag(stored: erasure.person).isSpeaker:
            try await erase(speaker: PersonID(slug), in: erasure.conference, context)
          case .person: try await erase(AttendeeID(slug), in: erasure.conference, context)
          case .address:
            try await stateContact(of: PersonID(slug), email: nil, in: erasure.conference, context)
          }
        if case .appended(let receipt) = outcome.effect, !receipt.replayed { forgotten.append(erasure) }
      } catch is Refused {
        // Who registered after the backup was made is not in it. Should anything else be refused, the key is not put back.
      }
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
    return try Vault.identities(
      of: speakers, openedWith: identityKeys(among: keys), in: conference, upTo: .head, connection)
  }

  /// - Throws: `MissingMasterKey`.
  private func identityKeys(among keys: [StoredKey]) throws -> [Tag: SealingKey] {
    var opened: [Tag: SealingKey] = [:]
    for stored in keys where Tag(stored: stored.owner).isIdentity {
      opened[Tag(stored: stored.owner)] = try key(in: stored)
    }
    return opened
  }

  /// Which withheld statements were of speakers who were erased, only the keys tell.
  ///
  /// - Parameter conferences: of which speakers were erased.
  /// - Throws: `Failure` if a master key is not at hand.
  fileprivate func checkOpens(_ keys: [StoredKey], of conferences: Set<ConferenceID>) throws {
    let slugs = Set(conferences.map(\.slug))
    try Self.needingMasterKeys { try identityKeys(among: keys.filter { slugs.contains($0.conference) }) }
  }

  /// - Throws: `Failure` if a master key is not at hand.
  fileprivate static func needingMasterKeys(_ open: () throws -> some Any) throws {
    do { _ = try open() } catch let missing as MissingMasterKey {
      throw Failure(
        .failed,
        "Speakers were erased, and which withheld statements are theirs only the keys tell. \(missing) Nothing was changed.",
        .restoreVaultLater)
    }
  }
}
