import EventLog
package import Postgres
import Schema
import Vocabulary

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
      return try installed(connection).isNewer ? .ahead : .behind
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
      let there = try connection.query("select to_regclass('plenary.schema') is not null as there")
      let known = try there[0].decode("there", as: Bool.self) ? installed(connection) : Installed()
      if known.fingerprint == fingerprint {
        // A dump that was restored into another cluster has lost the roles and their rights.
        let before = try rights(connection)
        try connection.executeScript(Schema.roles.text)
        return try rights(connection) == before ? [] : [Schema.roles.name]
      }
      if known.isNewer { throw NewerDatabase() }
      var files = Array(Schema.migrations[known.newest...])
      for file in files { try connection.executeScript(file.text) }
      for (index, file) in Schema.migrations.enumerated() where index >= known.newest {
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
        insert into plenary.schema (fingerprint, version) values (\(fingerprint), \(Schema.version))
        on conflict (singleton) do update
          set fingerprint = excluded.fingerprint, version = excluded.version
        """)
      return files.map(\.name)
    }
  }

  /// Who may do what with everything of Plenary's.
  private static func rights(_ connection: isolated Connection) throws(PostgresError) -> [String] {
    let rows = try connection.query(
      """
      with schemas as (
        select oid, nspname, nspacl from pg_namespace
        where nspname in ('log', 'vault', 'plenary', 'projection', 'program', 'attendance', 'proceedings')
      )
      select concat_ws(' ', object, acl) as object from (
        select nspname as object, nspacl as acl from schemas
        union all
        select pg_class.oid::regclass::text, relacl from pg_class join schemas on schemas.oid = relnamespace
        union all
        select pg_proc.oid::regprocedure::text, proacl from pg_proc join schemas on schemas.oid = pronamespace
      ) as objects
      order by 1
      """)
    var rights: [String] = []
    for row in rows { rights.append(try row.decode("object")) }
    return rights
  }

  /// What a database says of its schema.
  private struct Installed {
    var newest = 0
    var version = 0
    var fingerprint: String?

    var isNewer: Bool { newest > Schema.migrations.count || version > Schema.version }
  }

  private static func installed(_ connection: isolated Connection) throws(PostgresError) -> Installed {
    // Through JSON, because the column is missing before migration 6.
    let rows = try connection.query(
      """
      select
        (select coalesce(max(number), 0) from plenary.migration) as newest,
        (select coalesce((to_jsonb(schema) ->> 'version')::integer, 0) from plenary.schema) as version,
        (select fingerprint from plenary.schema) as fingerprint
      """)
    return Installed(
      newest: try rows[0].decode("newest"), version: try rows[0].decode("version", as: Int?.self) ?? 0,
      fingerprint: try rows[0].decode("fingerprint", as: String?.self))
  }
}

/// A newer version of Plenary migrated the database.
package struct NewerDatabase: Error, CustomStringConvertible {
  package init() {}
  package var description: String {
    "A newer version of Plenary set up this database; use that version, or another database."
  }
}
