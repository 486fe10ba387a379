import Postgres

extension Workspace {
  /// Removes the part of the write-ahead log that still has a destroyed key, if the login may.
  ///
  /// After a checkpoint, PostgreSQL needs nothing that was written before it. Plenary's own server then removes these
  /// files (`wal_recycle = off`); other servers may keep them for a while and overwrite them.
  ///
  /// - Returns: What still has the key, in sentences.
  package func cleanWriteAheadLog() async -> [String] {
    let backups = "Backups that were made before still have the key; delete their files with keys."
    do {
      let login = try await Connection.open(try configuration.database.parameters)
      try await login.execute("select pg_switch_wal()")
      try await login.execute("checkpoint")
      let row = try await login.query(
        """
        select current_setting('wal_recycle')::boolean as recycles, current_setting('archive_mode') <> 'off' as archives,
          (select count(*) from pg_replication_slots) > 0 as replicates
        """)[0]
      let (recycles, archives, replicates) = (
        try row.decode("recycles", as: Bool.self), try row.decode("archives", as: Bool.self),
        try row.decode("replicates", as: Bool.self)
      )
      await login.close()
      var remains: [String] = []
      if recycles {
        remains.append(
          "The files of the write-ahead log still have the key until PostgreSQL overwrites them (wal_recycle is on)."
        )
      }
      if archives { remains.append("The archive of the write-ahead log still has the key.") }
      if replicates { remains.append("Replicas still have the key until they have followed.") }
      return remains + [backups]
    } catch {
      return [
        "The write-ahead log still has the key until PostgreSQL overwrites it: this login may not begin a new part of it "
          + "(pg_switch_wal, checkpoint).", backups,
      ]
    }
  }
}
