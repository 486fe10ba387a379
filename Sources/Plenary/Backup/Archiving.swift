import Foundation
import Postgres
package import PrivateServer
package import Vocabulary

/// Archiving of the private server's write-ahead log, by PostgreSQL's own means
/// (https://www.postgresql.org/docs/current/continuous-archiving.html).
extension PrivateServer {
  private static let archiveSettings = [
    "wal_level", "max_wal_senders", "archive_mode", "archive_command", "archive_timeout",
  ]

  /// Archives the write-ahead log in a folder from now on. The server remembers this.
  ///
  /// - Parameter folder: an absolute path that the server's user may write to.
  /// - Throws: `Failure` if a segment cannot be archived. Then the settings are as before.
  package func archive(to folder: String, note: (String) -> Void) async throws {
    // Before anything is changed or restarted.
    guard try await runs("test -d \"$1\" && test -w \"$1\" && test -x \"$1\"", folder) else {
      throw Failure(
        .failed,
        "The server cannot write to \(folder), so nothing is archived. Create the folder, let the server's user write to "
          + "it, and repeat this command.")
    }
    let before = try await written()
    try await allowReplication()
    do {
      try await set(
        [
          ("wal_level", "replica"), ("max_wal_senders", "10"), ("archive_mode", "on"),
          ("archive_command", Self.archiveCommand(folder)),
          // In seconds. A segment holds 16 MB: without this, weeks of changes can wait in one that is not full.
          ("archive_timeout", "300"),
        ],
        note)
      try await proveArchiving(in: folder)
    } catch {
      try? await set(Self.archiveSettings.map { ($0, before[$0]) }, note)
      throw error
    }
  }

  /// Stops archiving the write-ahead log.
  package func stopArchiving(note: (String) -> Void) async throws {
    try await set(Self.archiveSettings.map { ($0, nil) }, note)
  }

  /// Copies a segment `%p` to the folder under its name `%f`. After a crash, PostgreSQL archives again what was archived
  /// already: an identical file is success. The beginning of a segment is a copy that a crash cut off, and replaced. Any
  /// other file is never overwritten.
  private static func archiveCommand(_ folder: String) -> String {
    // The shell sees the path in quotes. A percent sign would begin one of PostgreSQL's own.
    let path = folder.replacing("'", with: "'\\''").replacing("%", with: "%%")
    return """
      f='\(path)/%f'; \
      if test -s "$f"; then \
      cmp -s -n "$(stat -L -c %%s "$f")" '%p' "$f" || exit 1; \
      if cmp -s '%p' "$f"; then exit 0; fi; \
      fi; \
      cp '%p' "$f.part" && sync "$f.part" && mv -f "$f.part" "$f" && sync '\(path)'
      """
  }

  /// Waits until a segment has arrived.
  private func proveArchiving(in folder: String) async throws {
    let connection = try await Connection.open(ConnectionParameters(connectionString))
    let failedBefore = try await connection.query("select failed_count from pg_stat_archiver")[0]
      .decode("failed_count", as: Int.self)
    // A segment that is not empty is archived when the server begins the next one.
    try await connection.execute("select pg_create_restore_point('archiving begins')")
    let segment = try await connection.query("select pg_walfile_name(pg_switch_wal() - 1) as name")[0]
      .decode("name", as: String.self)
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if try await runs("test -f \"$1/$2\"", folder, segment) { return await connection.close() }
      let failed = try await connection.query("select failed_count from pg_stat_archiver")[0]
        .decode("failed_count", as: Int.self)
      if failed > failedBefore { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    await connection.close()
    throw Failure(
      .failed,
      "The server could not archive \(segment) in \(folder), so nothing is archived, and the settings are as before; the "
        + "reason is in \(socketDirectory)/log.")
  }

  /// The settings that an earlier command has written.
  private func written() async throws -> [String: String] {
    let connection = try await Connection.open(ConnectionParameters(connectionString))
    let rows = try await connection.query(
      """
      select name, setting from pg_file_settings
      where sourcefile like '%postgresql.auto.conf' and name = any (\(Self.archiveSettings)::text[])
      order by seqno
      """)
    await connection.close()
    return Dictionary(
      try rows.map { (try $0.decode("name", as: String.self), try $0.decode("setting", as: String.self)) },
      uniquingKeysWith: { $1 })
  }

  /// Changes settings, and restarts the server if they differ.
  ///
  /// - Parameter settings: nil takes back an earlier change.
  private func set(_ settings: [(name: String, value: String?)], _ note: (String) -> Void) async throws {
    let connection = try await Connection.open(ConnectionParameters(connectionString))
    for (name, value) in settings {
      if let value {
        try await connection.execute(
          "alter system set \(raw: name) = '\(raw: value.replacing("'", with: "''"))'")
      } else {
        try await connection.execute("alter system reset \(raw: name)")
      }
    }
    // The file says what the server will use after a restart, the view what it uses now.
    try await connection.execute("select pg_reload_conf()")
    let names = settings.map(\.name)
    let pending = try await connection.query(
      """
      select count(*) as waiting
      from pg_settings as present
      join (
        select distinct on (name) name, setting from pg_file_settings
        where name = any (\(names)::text[]) order by name, seqno desc
      ) as written using (name)
      where present.setting is distinct from written.setting
      """)[0].decode("waiting", as: Int.self)
    await connection.close()
    if pending == 0 { return }
    note("Restarting the server.")
    try await stop()
    try await start()
  }
}

/// What a server says of archiving its write-ahead log.
package struct ArchiverStatus: Sendable {
  package typealias Attempt = (segment: String, at: Timestamp)
  package let lastArchived: Attempt?
  package let lastFailed: Attempt?

  /// Whether the last attempt failed.
  package var isFailing: Bool {
    guard let lastFailed else { return false }
    return lastArchived.map { $0.at < lastFailed.at } ?? true
  }

  /// - Throws: `Failure` if the last attempt failed.
  package func check() throws {
    guard isFailing, let lastFailed else { return }
    throw Failure(
      .failed,
      "The server cannot archive its write-ahead log: the last attempt, for \(lastFailed.segment) at \(lastFailed.at), "
        + "failed. The reason is in the server's log file. Until it succeeds, the segments stay on the server's disk."
    )
  }
}

extension Workspace {
  /// Nil for a server that does not archive.
  package func archiver() async throws -> ArchiverStatus? {
    let row = try await connection.query(
      """
      select current_setting('archive_mode') <> 'off' and not pg_is_in_recovery() as archives,
        last_archived_wal, last_archived_time, last_failed_wal, last_failed_time
      from pg_stat_archiver
      """)[0]
    guard try row.decode("archives", as: Bool.self) else { return nil }
    func attempt(_ segment: String, _ time: String) throws -> ArchiverStatus.Attempt? {
      guard let segment = try row.decode(segment, as: String?.self),
        let time = try row.decode(time, as: Timestamp?.self)
      else { return nil }
      return (segment, time)
    }
    return ArchiverStatus(
      lastArchived: try attempt("last_archived_wal", "last_archived_time"),
      lastFailed: try attempt("last_failed_wal", "last_failed_time"))
  }
}
