/// One file of SQL, by its name in this folder.
package struct SQLFile: Sendable {
  package let name: String
  package let text: String
  /// The schemas to which it can be applied once more, when they are missing as a whole.
  package let remakes: [String]

  fileprivate init(_ name: String, _ bytes: [UInt8], remakes: [String] = []) {
    self.name = name
    text = String(decoding: bytes, as: UTF8.self)
    self.remakes = remakes
  }
}

/// The database, in the order in which its files apply; they are part of the executable.
package enum Schema {
  /// Raised by one with each change of any of these files. Of two programs, the one with the higher number is newer.
  package static let version = 21

  /// Forward only, never edited once released; numbered from 1.
  package static let migrations: [SQLFile] = [
    SQLFile("log/0001-log.sql", PackageResources._001_log_sql),
    SQLFile("log/0002-append-only.sql", PackageResources._002_append_only_sql),
    SQLFile("log/0003-vault.sql", PackageResources._003_vault_sql, remakes: ["vault"]),
    SQLFile("log/0004-projection.sql", PackageResources._004_projection_sql, remakes: ["projection"]),
    SQLFile("log/0005-plenary.sql", PackageResources._005_plenary_sql),
    SQLFile("log/0006-schema-version.sql", PackageResources._006_schema_version_sql),
    SQLFile("log/0007-words.sql", PackageResources._007_words_sql),
    SQLFile("log/0008-append-only-words.sql", PackageResources._008_append_only_words_sql),
    SQLFile("log/0009-event-types.sql", PackageResources._009_event_types_sql),
    SQLFile(
      "log/0010-logins-and-collations.sql", PackageResources._010_logins_and_collations_sql,
      remakes: ["vault", "projection"]),
    SQLFile(
      "log/0011-one-key-a-purpose.sql", PackageResources._011_one_key_a_purpose_sql, remakes: ["vault"]),
    SQLFile("log/0012-erased-speakers.sql", PackageResources._012_erased_speakers_sql),
    SQLFile("log/0013-master-key.sql", PackageResources._013_master_key_sql, remakes: ["vault"]),
    SQLFile(
      "log/0014-no-samples-of-keys.sql", PackageResources._014_no_samples_of_keys_sql, remakes: ["vault"]),
    SQLFile("log/0015-imports.sql", PackageResources._015_imports_sql),
    SQLFile("log/0016-late-scans.sql", PackageResources._016_late_scans_sql),
    SQLFile("log/0017-merged-people.sql", PackageResources._017_merged_people_sql),
    SQLFile("log/0018-transcripts.sql", PackageResources._018_transcripts_sql),
    SQLFile("log/0019-closed-conferences.sql", PackageResources._019_closed_conferences_sql),
    SQLFile("log/0020-reinstated-attendees.sql", PackageResources._020_reinstated_attendees_sql),
    SQLFile(
      "log/0021-keys-together.sql", PackageResources._021_keys_together_sql, remakes: ["vault"]),
    SQLFile("log/0022-a-cheaper-append.sql", PackageResources._022_a_cheaper_append_sql),
  ]

  /// What is in the database, all schemas of it.
  package static let schemas = ["log", "vault", "projection", "plenary"] + readModels.map(\.name)

  /// The schemas that can be missing and are made again: a backup can lack the keys, and checkpoints are made by a rebuild.
  package static let remakable = ["vault", "projection"]

  /// Replaced whole.
  package static let functions: [SQLFile] = [
    SQLFile("functions/log_refuse_change.sql", PackageResources.log_refuse_change_sql),
    SQLFile("functions/log_leaf.sql", PackageResources.log_leaf_sql),
    SQLFile("functions/log_check_query.sql", PackageResources.log_check_query_sql),
    SQLFile("functions/log_events_set_aside.sql", PackageResources.log_events_set_aside_sql),
    SQLFile("functions/log_matching.sql", PackageResources.log_matching_sql),
    SQLFile("functions/log_read.sql", PackageResources.log_read_sql),
    SQLFile("functions/log_receipts.sql", PackageResources.log_receipts_sql),
    SQLFile("functions/log_check_events.sql", PackageResources.log_check_events_sql),
    SQLFile("functions/log_add_head.sql", PackageResources.log_add_head_sql),
    SQLFile("functions/log_refuse_types.sql", PackageResources.log_refuse_types_sql),
    SQLFile("functions/log_record.sql", PackageResources.log_record_sql),
    SQLFile("functions/log_append.sql", PackageResources.log_append_sql),
    SQLFile("functions/log_append_commands.sql", PackageResources.log_append_commands_sql),
    SQLFile("functions/log_expunge.sql", PackageResources.log_expunge_sql),
    SQLFile("functions/log_import.sql", PackageResources.log_import_sql),
    SQLFile("functions/vault_keep.sql", PackageResources.vault_keep_sql),
    SQLFile("functions/vault_says_destroyed.sql", PackageResources.vault_says_destroyed_sql),
    SQLFile("functions/vault_destroy.sql", PackageResources.vault_destroy_sql),
    SQLFile("functions/vault_erase.sql", PackageResources.vault_erase_sql),
    SQLFile("functions/vault_forget.sql", PackageResources.vault_forget_sql),
  ]

  /// Put in place anew after every change; not on a distributed database.
  package static let triggers = SQLFile("triggers/append_only.sql", PackageResources.append_only_sql)

  /// Dropped and rebuilt, never migrated; by the name of the read model.
  package static let readModels: [(name: String, file: SQLFile)] = [
    ("program", SQLFile("projections/program.sql", PackageResources.program_sql)),
    ("attendance", SQLFile("projections/attendance.sql", PackageResources.attendance_sql)),
    ("proceedings", SQLFile("projections/proceedings.sql", PackageResources.proceedings_sql)),
  ]

  /// Granted anew after every change.
  package static let roles = SQLFile("roles/roles.sql", PackageResources.roles_sql)

  /// A query for what the schema consists of.
  package static let catalogue = SQLFile("catalogue/catalogue.sql", PackageResources.catalogue_sql)

  /// A query for the state of the system's catalogues, as far as they are about the schema.
  package static let state = SQLFile("catalogue/state.sql", PackageResources.state_sql)

  /// Distributes the database with Citus.
  package static let distribution = SQLFile("distribution/distribute.sql", PackageResources.distribute_sql)

  /// A query for what keeps the database from being distributed.
  package static let obstacles = SQLFile("distribution/obstacles.sql", PackageResources.obstacles_sql)
}
