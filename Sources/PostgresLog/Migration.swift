import EventLog
package import Postgres
import Schema

/// Installs and updates the schema: new migrations, functions, changed read models, grants.
package enum Migration {
  package enum Situation: Sendable, Equatable {
    case current
    /// Never migrated, or last migrated by an older version of Plenary.
    case behind
    /// Migrated by a newer version of Plenary.
    case ahead
  }

  /// A hash over all schema files, in order.
  package static let fingerprint: String = {
    let files =
      Schema.migrations + Schema.functions + Schema.readModels.map(\.file) + [Schema.roles]
    return hexadecimal(sha256(files.map { "\($0.name)\n\($0.text)" }.joined(separator: "\u{0}")))
  }()

  /// Compares the database with this version's schema. A current database takes only one query.
  package static func situation(_ connection: isolated Connection) throws(PostgresError) -> Situation {
    do {
      let rows = try connection.query("select fingerprint from plenary.schema")
      if try rows.first?.decode("fingerprint", as: String.self) == fingerprint { return .current }
      let newest = try connection.query("select max(number) as newest from plenary.migration")
      let number = try newest[0].decode("newest", as: Int?.self) ?? 0
      return number > Schema.migrations.count ? .ahead : .behind
    } catch {
      switch error.sqlState {
      case .undefinedTable, "3F000", .insufficientPrivilege: return .behind
      default: throw error
      }
    }
  }

  /// Applies everything that is missing, in one transaction. A lock admits one process at a time.
  ///
  /// - Parameter connection: a connection of the database's owner.
  /// - Returns: the names of the applied files.
  package static func apply(_ connection: isolated Connection) throws -> [String] {
    try connection.transaction {
      // An arbitrary number that nothing else in this database locks. Held until the transaction ends.
      try connection.execute("select pg_advisory_xact_lock(7263616012)")
      let situation = try existing(connection)
      if situation.fingerprint == fingerprint { return [] }
      guard situation.newest <= Schema.migrations.count else { throw NewerDatabase() }
      var files = Array(Schema.migrations[situation.newest...])
      for file in files { try connection.executeScript(file.text) }
      for (index, file) in Schema.migrations.enumerated() where index >= situation.newest {
        try connection.execute(
          "insert into plenary.migration (number, name) values (\(index + 1), \(file.name))")
      }
      for file in Schema.functions { try connection.executeScript(file.text) }
      files += Schema.functions
      for (name, file) in Schema.readModels {
        let definition = sha256(file.text)
        let rows = try connection.query(
          "select definition from projection.read_model where name = \(name)")
        if try rows.first?.decode("definition", as: [UInt8].self) == definition { continue }
        try connection.executeScript(file.text)
        files.append(file)
        try connection.execute("delete from projection.checkpoint where projector = \(name)")
        try connection.execute(
          """
          insert into projection.read_model (name, definition) values (\(name), \(definition))
          on conflict (name) do update set definition = excluded.definition
          """)
      }
      try connection.executeScript(Schema.roles.text)
      files.append(Schema.roles)
      try connection.execute(
        """
        insert into plenary.schema (fingerprint) values (\(fingerprint))
        on conflict (singleton) do update set fingerprint = excluded.fingerprint
        """)
      return files.map(\.name)
    }
  }

  private static func existing(_ connection: isolated Connection) throws
    -> (newest: Int, fingerprint: String?)
  {
    let there = try connection.query("select to_regclass('plenary.schema') is not null as there")
    guard try there[0].decode("there", as: Bool.self) else { return (0, nil) }
    let rows = try connection.query(
      """
      select
        (select max(number) from plenary.migration) as newest,
        (select fingerprint from plenary.schema) as fingerprint
      """)
    return try (
      rows[0].decode("newest", as: Int?.self) ?? 0,
      rows[0].decode("fingerprint", as: String?.self)
    )
  }
}

/// A newer version of Plenary migrated the database.
package struct NewerDatabase: Error, CustomStringConvertible {
  package init() {}
  package var description: String {
    "A newer version of Plenary set up this database; use that version, or another database."
  }
}
