import Crypto
import CLinux
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
///     log.dump        everything but the vault and the rows of read models (pg_dump's custom format)
///     vault.dump      the vault with its keys; can be kept elsewhere
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
    guard manifest.format == BackupManifest.format, manifest.schema <= Migration.version else {
      throw Failure(
        .failed, "A newer version of Plenary (\(manifest.plenary)) made this backup; use that version.",
        code: .newerDatabase)
    }
    guard manifest.files.map(\.name).sorted() == [Self.log, Self.vault, Self.erased].sorted() else {
      throw Failure(
        .failed,
        "\(folder.relativePath)/\(Self.manifest) is damaged: it must name \(Self.log), \(Self.vault) and \(Self.erased), "
          + "each of them once.")
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
  func erasures() throws -> [ErasureList] { try ErasureList.read(folder.appending(path: Self.erased)) }
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
    let exists = Failure(
      .refused, "\(folder.relativePath) exists already; a backup goes into a new folder.")
    if files.fileExists(atPath: folder.path) { throw exists }
    if let vault, (vault.standardizedFileURL.path + "/").hasPrefix(folder.standardizedFileURL.path + "/") {
      throw Failure(
        .refused,
        "\(vault.relativePath) is the backup's own folder or in it, which must not exist yet; name a file elsewhere."
      )
    }
    var found = stat()
    if let vault, lstat(vault.path, &found) == 0 {
      throw Failure(.refused, "\(vault.relativePath) exists already; name a new file.")
    }
    if case .own(let server) = database { try await server.start(progress: note) }
    let connection = try await Connection.open(try database.parameters)
    try Workspace.check(try await connection.run { try Migration.situation($0) })
    for leftover in UnfinishedBackup.leftovers(beside: folder) {
      note(leftover.sentence)
    }
    // Only what this process made itself is removed again.
    let unfinished = try UnfinishedBackup(
      Self.newFolder(beside: folder), vault: vault,
      files: [Backup.log, Backup.vault, Backup.erased, Backup.manifest])
    do {
      let keys = try NewFile(
        vault ?? unfinished.folder.appending(path: Backup.vault),
        beginning: { if vault != nil { unfinished.ownsVault() } })
      let manifest = try await write(to: unfinished.folder, keys: keys, connection)
      try keys.appear()
      if vault != nil { unfinished.ownsVault() }
      guard rename_to_new(unfinished.folder.path, folder.path) == 0 else {
        throw [EEXIST, ENOTEMPTY].contains(errno) ? exists : Self.failure(writing: folder)
      }
      unfinished.finish()
      Self.sync(folder.deletingLastPathComponent())
      await connection.close()
      return manifest
    } catch {
      unfinished.remove()
      throw error
    }
  }

  /// A new folder whose name nobody has: `.monday.incomplete-x7Qd2a`.
  private static func newFolder(beside folder: URL) throws -> URL {
    let parent = folder.absoluteURL.deletingLastPathComponent()
    let name = ".\(folder.lastPathComponent).incomplete-XXXXXX"
    var template = Array(parent.appending(path: name).path.utf8CString)
    guard mkdtemp(&template) != nil else { throw failure(writing: folder) }
    let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    return URL(filePath: path, directoryHint: .isDirectory)
  }

  /// What the system said last.
  static func failure(writing file: URL) -> Failure {
    Failure(writing: file.relativePath, POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO))
  }

  /// Creates an empty file for its owner alone, where there is nothing yet, not even a link.
  static func create(_ file: URL) throws {
    let descriptor = open(file.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(writing: file) }
    close(descriptor)
  }

  /// Writes a file or a folder's entries to the disk.
  static func sync(_ file: URL) {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }

  private func write(
    to folder: URL, keys: NewFile, _ connection: Connection
  ) async throws -> BackupManifest {
    // An erasure waits for whoever reads the keys, and the conference waits for the erasure. So the keys come first, held by
    // a transaction of their own.
    let keeper = try await Connection.open(try database.parameters)
    try await keeper.execute("begin isolation level repeatable read read only")
    try await keeper.run { try Vault.keepUntilCommit($0) }
    // Both dumps and the roots see the same state. The snapshot lasts as long as this transaction.
    try await connection.execute("begin isolation level repeatable read read only")
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
    let snapshot = try row.decode("snapshot", as: String.self)
    let common = ["--dbname=\(target)", "--snapshot=\(snapshot)", "--format=custom", "--encoding=UTF8"]
    func dump(_ options: [String], to file: URL) async throws {
      try await program.run(common + options + ["--file=\(file.path)"], environment: environment)
    }
    try await keeper.execute("set transaction snapshot '\(raw: snapshot)'")
    try await dump(["--schema=\(Backup.vaultSchema)"], to: keys.written)
    let masters = try await keeper.run { try Vault.masters($0).keys.compactMap(\.self).sorted() }
    await keeper.close()
    let log = folder.appending(path: Backup.log)
    try Self.create(log)
    // Without the vault's schema: pg_dump locks whatever it describes.
    try await dump(
      Backup.schemas.filter { $0 != Backup.vaultSchema }.map { "--schema=\($0)" }
        + Backup.leftOut.map { "--exclude-table-data=\($0)" }, to: log)
    let (conferences, erasures) = try await connection.run { connection in
      var erasures: [ErasureList] = []
      let conferences = try EventStream.heads(connection).map { conference, position in
        var tree = MerkleTree()
        var erased = ErasureList(conference)
        let aside = try EventStream.setAside(in: conference, connection)
        try EventStream.read(conference, after: 0, detail: .whole, connection) {
          tree.append($0.leaf)
          try erased.note($0, tree, isSetAside: aside.by($0.position) != nil)
        }
        erasures.append(erased)
        return BackupManifest.Conference(
          conference: conference, position: position, root: hexadecimal(tree.root))
      }
      return (conferences, erasures)
    }
    try await connection.execute("commit")
    let list = folder.appending(path: Backup.erased)
    try write(erasures, to: list)
    let manifest = BackupManifest(
      schema: try row.decode("schema"), postgresql: version, madeAt: try row.decode("now"),
      conferences: conferences,
      files: [
        try BackupManifest.File(log, name: Backup.log),
        try BackupManifest.File(keys.written, name: Backup.vault),
        try BackupManifest.File(list, name: Backup.erased),
      ], masterKeys: masters.isEmpty ? nil : masters)
    try write(manifest, to: folder.appending(path: Backup.manifest))
    return manifest
  }

  private func write(_ value: some Encodable, to file: URL) throws {
    do { try (JSONText.data(value, pretty: true) + Data("\n".utf8)).write(to: file) } catch {
      throw Failure(writing: file.relativePath, error)
    }
    Self.sync(file)
  }
}

extension Backup {
  /// The tables whose rows are put back. The rest is of the program's own making.
  static let restored: Set = ["log.head", "log.event", "log.tag", "log.words", "log.receipt"]
  /// Tables with rows that are made by the migrations.
  static let remade: Set = [
    "log.event_type", "plenary.migration", "plenary.schema", "plenary.catalogue", "projection.read_model",
  ]
  /// Everything of Plenary's in the database.
  static let schemas = ["log", "plenary", "vault", "projection", "program", "attendance", "proceedings"]
  /// The one in `vault.dump`.
  static let vaultSchema = "vault"
  /// Tables whose rows are in no `log.dump`, because they are rebuilt from the log.
  static let leftOut = [
    "program.*", "attendance.*", "proceedings.*", "projection.checkpoint",
    "projection.dead_letter",
  ]
}
