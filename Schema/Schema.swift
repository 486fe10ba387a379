/// One file of SQL, by its name in this folder.
package struct SQLFile: Sendable {
  package let name: String
  package let text: String

  fileprivate init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    text = String(decoding: bytes, as: UTF8.self)
  }
}

/// The database, in the order in which its files apply; they are part of the executable.
package enum Schema {
  /// Raised by one with each change of any of these files. Of two programs, the one with the higher number is newer.
  package static let version = 5

  /// Forward only, never edited once released; numbered from 1.
  package static let migrations: [SQLFile] = [
    SQLFile("log/0001-log.sql", PackageResources._001_log_sql),
    SQLFile("log/0002-append-only.sql", PackageResources._002_append_only_sql),
    SQLFile("log/0003-vault.sql", PackageResources._003_vault_sql),
    SQLFile("log/0004-projection.sql", PackageResources._004_projection_sql),
    SQLFile("log/0005-plenary.sql", PackageResources._005_plenary_sql),
    SQLFile("log/0006-schema-version.sql", PackageResources._006_schema_version_sql),
    SQLFile("log/0007-words.sql", PackageResources._007_words_sql),
    SQLFile("log/0008-append-only-words.sql", PackageResources._008_append_only_words_sql),
  ]

  /// Replaced whole.
  package static let functions: [SQLFile] = [
    SQLFile("functions/log_leaf.sql", PackageResources.log_leaf_sql),
    SQLFile("functions/log_matching.sql", PackageResources.log_matching_sql),
    SQLFile("functions/log_read.sql", PackageResources.log_read_sql),
    SQLFile("functions/log_append.sql", PackageResources.log_append_sql),
    SQLFile("functions/log_expunge.sql", PackageResources.log_expunge_sql),
  ]

  /// Dropped and rebuilt, never migrated; by the name of the read model.
  package static let readModels: [(name: String, file: SQLFile)] = [
    ("program", SQLFile("projections/program.sql", PackageResources.program_sql)),
    ("attendance", SQLFile("projections/attendance.sql", PackageResources.attendance_sql)),
    ("proceedings", SQLFile("projections/proceedings.sql", PackageResources.proceedings_sql)),
  ]

  /// Granted anew after every change.
  package static let roles = SQLFile("roles/roles.sql", PackageResources.roles_sql)
}
