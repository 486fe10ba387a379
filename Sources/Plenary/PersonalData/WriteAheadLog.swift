import Postgres

extension Configuration.Database {
  /// Removes the part of the write-ahead log that still has destroyed keys, if the login may.
  ///
  /// After a checkpoint, PostgreSQL needs nothing that was written before it. Plenary's own server then removes these
  /// files (`wal_recycle = off`); other servers may keep them for a while and overwrite them.
  ///
  /// - Parameter what: `the key`
  /// - Returns: What still has them, in sentences.
  package func cleanWriteAheadLog(_ what: String) async -> [String] {
    var remains: [String] = []
    do {
      let login = try await Connection.open(try parameters)
      do {
        try await login.execute("select pg_switch_wal()")
        try await login.execute("checkpoint")
      } catch {
        remains.append(
          "The write-ahead log still has \(what) until PostgreSQL overwrites it: this login may not begin a new part of it "
            + "(pg_switch_wal, checkpoint).")
      }
      let row = try await login.query(
        """
        select current_setting('wal_recycle')::boolean as recycles, current_setting('archive_mode') <> 'off' as archives,
          exists (select from pg_replication_slots) or exists (select from pg_stat_replication) as replicates,
          current_setting('wal_keep_size') <> '0' as keeps,
          current_setting('log_statement') in ('mod', 'all') or current_setting('log_min_duration_statement') <> '-1'
            as tells,
          to_regclass('pg_catalog.pg_dist_partition') is not null as distributes
        """)[0]
      func holds(_ column: String) throws -> Bool { try row.decode(column, as: Bool.self) }
      if remains.isEmpty, try holds("recycles") {
        remains.append(
          "The files of the write-ahead log still have \(what) until PostgreSQL overwrites them (wal_recycle is on)."
        )
      }
      if try holds("keeps") {
        remains.append("PostgreSQL keeps old parts of the write-ahead log, with \(what) (wal_keep_size).")
      }
      if try holds("archives") { remains.append("The archive of the write-ahead log still has \(what).") }
      if try holds("replicates") { remains.append("Replicas still have \(what) until they have followed.") }
      if try holds("tells") {
        remains.append(
          "PostgreSQL's own log may have \(what): it notes statements with their values (log_statement, "
            + "log_min_duration_statement).")
      }
      if try holds("distributes") {
        remains.append(
          "On each node, the file of the table still has \(what). Run “vacuum full vault.key” and a checkpoint."
        )
      }
      await login.close()
    } catch {
      remains.append(
        "What still has \(what) is not known: the database did not answer. Look at its write-ahead log.")
    }
    return remains + ["Backups that were made before still have \(what); delete their files with keys."]
  }
}
