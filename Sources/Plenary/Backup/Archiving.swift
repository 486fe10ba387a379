import Foundation
import Postgres
package import PrivateServer

/// Archiving of the private server's write-ahead log, by PostgreSQL's own means
/// (https://www.postgresql.org/docs/current/continuous-archiving.html).
extension PrivateServer {
  /// Archives the write-ahead log in a folder from now on. The server remembers this.
  ///
  /// - Parameter folder: an absolute path that the server's user may write to.
  /// - Throws: `Failure` if the first segment cannot be archived.
  package func archive(to folder: String, note: (String) -> Void) async throws {
    // The shell sees the path in quotes. A percent sign would begin one of PostgreSQL's own.
    let path = folder.replacing("'", with: "'\\''").replacing("%", with: "%%")
    let command = "test ! -f '\(path)/%f' && cp '%p' '\(path)/%f.part' && mv '\(path)/%f.part' '\(path)/%f'"
    try await allowReplication()
    try await set(
      [
        ("wal_level", "replica"), ("max_wal_senders", "10"), ("archive_mode", "on"),
        ("archive_command", command),
      ],
      note)
    let connection = try await Connection.open(ConnectionParameters(connectionString))
    try await connection.execute("select pg_stat_reset_shared('archiver')")
    // A segment that is not empty is archived when the server begins the next one.
    try await connection.execute("select pg_create_restore_point('archiving begins')")
    try await connection.execute("select pg_switch_wal()")
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      let row = try await connection.query("select archived_count, failed_count from pg_stat_archiver")[0]
      if try row.decode("archived_count", as: Int.self) > 0 { return await connection.close() }
      if try row.decode("failed_count", as: Int.self) > 0 { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    await connection.close()
    throw Failure(
      .failed,
      "The server cannot write to \(folder), so nothing is archived. Create the folder, let the server's user write to "
        + "it, and repeat this command; the reason is in \(socketDirectory)/log.")
  }

  /// Stops archiving the write-ahead log.
  package func stopArchiving(note: (String) -> Void) async throws {
    try await set(
      [("wal_level", nil), ("max_wal_senders", nil), ("archive_mode", nil), ("archive_command", nil)], note)
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
