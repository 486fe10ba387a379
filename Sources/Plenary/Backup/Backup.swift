import Crypto
import EventLog
package import Foundation
import JSON
import Postgres
import PostgresLog
import PrivateServer
import Vocabulary

/// A folder with a backup of the database:
///
///     manifest.json   positions and roots of the conferences, checksums of the files
///     log.dump        everything but keys and the rows of read models (pg_dump's custom format)
///     vault.dump      the keys of the vault; can be kept elsewhere
///     erased.json     who was erased, for backups that are older
package struct Backup: Sendable {
  package let folder: URL
  /// Nil: the log is restored without its keys.
  package let vault: URL?
  package let manifest: BackupManifest

  static let log = "log.dump"
  static let vault = "vault.dump"
  static let erased = "erased.json"
  static let manifest = "manifest.json"

  /// Reads a backup's manifest, and compares the files with it.
  ///
  /// - Parameters:
  ///   - vault: where the keys are, if not in the folder.
  ///   - withoutVault: the keys are lost, or not to be restored.
  /// - Throws: `Failure` for anything else than a whole backup.
  package init(_ folder: URL, vault: URL?, withoutVault: Bool) throws {
    self.folder = folder
    let text: String
    do {
      text = try String(contentsOf: folder.appending(path: Self.manifest), encoding: .utf8)
    } catch {
      throw Failure(
        .failed, "\(folder.relativePath) is not a backup: it has no \(Self.manifest) that can be read.")
    }
    do {
      manifest = try JSONText.decode(BackupManifest.self, from: text)
    } catch {
      throw Failure(.failed, "\(folder.relativePath)/\(Self.manifest) is damaged: \(JSONText.explain(error))")
    }
    guard manifest.format == BackupManifest.format else {
      throw Failure(
        .failed, "A newer version of Plenary (\(manifest.plenary)) made this backup; use that version.")
    }
    let own = folder.appending(path: Self.vault)
    self.vault = withoutVault ? nil : vault ?? own
    if !withoutVault, vault == nil, !FileManager.default.fileExists(atPath: own.path) {
      throw Failure(
        .refused,
        "\(folder.relativePath) has no \(Self.vault) with the keys.", .nameVault)
    }
    for file in manifest.files {
      guard let url = file.name == Self.vault ? self.vault : folder.appending(path: file.name) else {
        continue
      }
      guard try file == BackupManifest.File(url, name: file.name) else {
        throw Failure(
          .failed, "\(url.relativePath) is not the file that the backup was made with: it was changed.")
      }
    }
  }

  /// Who was erased up to this backup.
  func erasures() throws -> [Erasure] { try Self.erasures(in: folder.appending(path: Self.erased)) }

  static func erasures(in file: URL) throws -> [Erasure] {
    let text: String
    do { text = try String(contentsOf: file, encoding: .utf8) } catch {
      throw Failure(reading: file.relativePath, error)
    }
    do { return try JSONText.decode([Erasure].self, from: text) } catch {
      throw Failure(.failed, "\(file.relativePath) is no list of erased people: \(JSONText.explain(error))")
    }
  }
}

extension BackupManifest.File {
  init(_ url: URL, name: String) throws {
    self.name = name
    do {
      let file = try FileHandle(forReadingFrom: url)
      defer { try? file.close() }
      var hash = SHA256()
      bytes = 0
      while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
        hash.update(data: part)
        bytes += part.count
      }
      sha256 = hexadecimal(Array(hash.finalize()))
    } catch { throw Failure(reading: url.relativePath, error) }
  }
}

// MARK: Making one

extension Configuration {
  /// Backs the database up, as its owner. Organizers can go on meanwhile: everything is read in one snapshot.
  ///
  /// - Parameters:
  ///   - folder: must not exist. It appears when the backup is complete.
  ///   - vault: where the keys are written; nil: into the folder.
  package func backUp(
    to folder: URL, vault: URL?, note: @escaping @Sendable (String) -> Void
  ) async throws -> BackupManifest {
    let files = FileManager.default
    if files.fileExists(atPath: folder.path) {
      throw Failure(.refused, "\(folder.relativePath) exists already; a backup goes into a new folder.")
    }
    if let vault, files.fileExists(atPath: vault.path) {
      throw Failure(.refused, "\(vault.relativePath) exists already; name a new file.")
    }
    if case .own(let server) = database { try await server.start(progress: note) }
    let connection = try await Connection.open(try database.parameters)
    try Workspace.check(try await connection.run { try Migration.situation($0) })
    let temporary = URL(filePath: folder.path + ".incomplete", directoryHint: .isDirectory)
    do {
      try? files.removeItem(at: temporary)
      try files.createDirectory(
        at: temporary, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch { throw Failure(writing: temporary.relativePath, error) }
    do {
      let manifest = try await write(to: temporary, vault: vault, connection)
      do { try files.moveItem(at: temporary, to: folder) } catch {
        throw Failure(writing: folder.relativePath, error)
      }
      await connection.close()
      return manifest
    } catch {
      try? files.removeItem(at: temporary)
      if let vault { try? files.removeItem(at: vault) }
      throw error
    }
  }

  private func write(
    to folder: URL, vault: URL?, _ connection: Connection
  ) async throws -> BackupManifest {
    // Both dumps and the roots see the same state. The snapshot lasts as long as this transaction.
    try await connection.execute("begin isolation level repeatable read read only")
    try await connection.run { try Vault.keepUntilCommit($0) }
    let row = try await connection.query(
      """
      select pg_export_snapshot() as snapshot, current_setting('server_version_num')::integer / 10000 as version,
        clock_timestamp() as now, (select version from plenary.schema) as schema
      """)[0]
    let version = try row.decode("version", as: Int.self)
    let program = try await PostgresProgram.find("pg_dump", atLeast: version, environment: environment)
    let (target, password) = try database.psql(role: nil, options: nil)
    var environment = environment
    if let password { environment["PGPASSWORD"] = password }
    let common = [
      "--dbname=\(target)", "--snapshot=\(try row.decode("snapshot", as: String.self))", "--format=custom",
    ]
    func dump(_ options: [String], to file: URL) async throws {
      guard
        FileManager.default.createFile(
          atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
      else { throw Failure(.failed, "Cannot write \(file.relativePath); choose another folder.") }
      try await program.run(common + options + ["--file=\(file.path)"], environment: environment)
    }
    let log = folder.appending(path: Backup.log)
    let keys = vault ?? folder.appending(path: Backup.vault)
    try await dump(
      Backup.schemas.map { "--schema=\($0)" } + Backup.leftOut.map { "--exclude-table-data=\($0)" }, to: log)
    try await dump(["--data-only", "--schema=vault"], to: keys)
    let (conferences, erasures) = try await connection.run { connection in
      var erasures: [Erasure] = []
      let conferences = try EventStream.heads(connection).map { conference, position in
        var tree = MerkleTree()
        var erased = ErasureList(conference)
        let aside = try EventStream.setAside(in: conference, connection)
        try EventStream.read(conference, after: 0, detail: .whole, connection) {
          tree.append($0.leaf)
          if aside.by($0.position) == nil { try erased.note($0) }
        }
        erasures += erased.erasures
        return BackupManifest.Conference(
          conference: conference, position: position, root: hexadecimal(tree.root))
      }
      return (conferences, erasures)
    }
    let masters = try await connection.run { try Vault.masters($0).keys.compactMap(\.self).sorted() }
    try await connection.execute("commit")
    let list = folder.appending(path: Backup.erased)
    try write(erasures, to: list)
    let manifest = BackupManifest(
      schema: try row.decode("schema"), postgresql: version, madeAt: try row.decode("now"),
      conferences: conferences,
      files: [
        try BackupManifest.File(log, name: Backup.log), try BackupManifest.File(keys, name: Backup.vault),
        try BackupManifest.File(list, name: Backup.erased),
      ], masterKeys: masters.isEmpty ? nil : masters)
    try write(manifest, to: folder.appending(path: Backup.manifest))
    return manifest
  }

  private func write(_ value: some Encodable, to file: URL) throws {
    do { try (JSONText.data(value, pretty: true) + Data("\n".utf8)).write(to: file) } catch {
      throw Failure(writing: file.relativePath, error)
    }
  }
}

extension Backup {
  /// Everything of Plenary's in the database.
  static let schemas = ["log", "plenary", "vault", "projection", "program", "attendance", "proceedings"]
  /// Tables whose rows are in no `log.dump`: keys, and what is rebuilt from the log.
  static let leftOut = [
    "vault.*", "program.*", "attendance.*", "proceedings.*", "projection.checkpoint",
    "projection.dead_letter",
  ]
}
