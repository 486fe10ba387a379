package import EventLog
package import Postgres
import Schema
import Vocabulary

/// Installs, updates and repairs the schema: new migrations, functions, triggers, changed read models, grants.
///
/// There is one notion of “current”: the database was migrated by this program's files, and its catalogues still have
/// everything that these files make (``Catalogue``). A number alone says neither: a restored backup lacks the roles of its
/// server, somebody can drop or replace a function, and two programs can have one number and different files.
package enum Migration {
  package enum Situation: Sendable, Equatable {
    case current
    /// Never migrated, or last migrated by an older version of Plenary.
    case behind
    /// Migrated by this program, but these objects are missing or were changed since.
    case incomplete([String])
    /// Migrated by a newer version of Plenary.
    case ahead
    /// Migrated by another program with the same number. Which one is newer, nobody can tell.
    case other
    /// A backup is being put back, or putting it back was interrupted.
    case restoring
  }

  /// Stands in the place of the fingerprint until a backup is restored as a whole. Every other program with the same number
  /// refuses such a database too.
  private static let restoring = "a backup is being restored"

  /// Of two programs, the one with the higher number is newer.
  package static let version = Schema.version

  /// A hash over all schema files, in order.
  package static let fingerprint: String = {
    let files =
      Schema.migrations + Schema.functions + [Schema.triggers] + Schema.readModels.map(\.file)
      + [Schema.roles, Schema.catalogue, Schema.state, Schema.distribution]
    return hexadecimal(sha256(files.map { "\($0.name)\n\($0.text)" }.joined(separator: "\u{0}")))
  }()

  /// Compares the database with this version's schema. Object by object only if something was changed since it was compared last:
  /// that takes longer than most commands.
  package static func situation(_ connection: isolated Connection) throws(PostgresError) -> Situation {
    do {
      // Through JSON, because the column is missing before migration 22.
      let states = try connection.query(
        """
        select schema.fingerprint = \(fingerprint) and to_jsonb(schema) ->> 'state' = present.state as same
        from plenary.schema as schema cross join \(Catalogue.state) as present
        """)
      if try states.first?.decode("same", as: Bool?.self) == true { return .current }
      let rows = try connection.query(
        """
        select (select fingerprint from plenary.schema) as fingerprint, \(Catalogue.missing) as missing
        """)
      let missing = try rows[0].decode("missing", as: [String].self)
      if try rows[0].decode("fingerprint", as: String?.self) == restoring { return .restoring }
      if try rows[0].decode("fingerprint", as: String?.self) == fingerprint {
        return missing.isEmpty ? .current : .incomplete(missing)
      }
      return try installed(connection).situation
    } catch {
      switch error.sqlState {
      // No table plenary.schema or plenary.catalogue, no schema plenary, or no right to look into it.
      case .undefinedTable, "3F000": return try older(connection)
      case .insufficientPrivilege: return .incomplete(["rights on schema plenary"])
      default: throw error
      }
    }
  }

  /// The situation of a database from before it knew what it consists of.
  private static func older(_ connection: isolated Connection) throws(PostgresError) -> Situation {
    do { return try installed(connection).situation } catch {
      switch error.sqlState {
      case .undefinedTable, "3F000", .insufficientPrivilege: return .behind
      default: throw error
      }
    }
  }

  /// Applies everything that is missing, in one transaction. A lock admits one process at a time.
  ///
  /// - Parameters:
  ///   - replacing: also replaces the functions and read models of another program with the same number.
  ///   - ofBackup: completes the schema of a backup that is being restored. It stays so until ``endRestore(_:)``.
  ///   - connection: a connection of the database's owner.
  /// - Returns: the names of the applied files.
  /// - Throws: `NewerDatabase`, `OtherProgramsDatabase`, `DatabaseBeingRestored`; `DamagedSchema` for what cannot be made again.
  @discardableResult
  package static func apply(
    replacing: Bool = false, ofBackup: Bool = false, _ connection: isolated Connection
  ) throws -> [String] {
    try connection.transaction {
      // An arbitrary number that nothing else in this database locks. Held until the transaction ends.
      try connection.execute("select pg_advisory_xact_lock(7263616012)")
      let there = try connection.query("select to_regclass('plenary.schema') is not null as there")
      let known = try there[0].decode("there", as: Bool.self) ? installed(connection) : Installed()
      let isRestoring = known.fingerprint == restoring
      switch known.situation {
      case .restoring where !ofBackup: throw DatabaseBeingRestored()
      case .ahead: throw NewerDatabase()
      case .other where !replacing: throw OtherProgramsDatabase()
      case .restoring, .other, .behind, .current, .incomplete: break
      }
      let missing = try Catalogue.missing(connection)
      let hasAllTypes = try known.newest == 0 || addMissingEventTypes(known, connection)
      if known.fingerprint == fingerprint, missing.isEmpty, hasAllTypes {
        try Catalogue.rememberState(connection)
        return []
      }
      let isDistributed = try Distribution.isDistributed(connection)

      var applied = try migrate(known, missing, connection)
      for file in Schema.functions + (isDistributed ? [] : [Schema.triggers]) {
        try connection.executeScript(file.text)
        applied.append(file)
      }
      applied += try makeReadModels(missing, connection)
      try connection.executeScript(Schema.roles.text)
      applied.append(Schema.roles)
      if isDistributed { try connection.executeScript(Schema.distribution.text) }

      // Only a fresh database is its own measure.
      let expected =
        known.newest == 0
        ? try Catalogue.rows(connection)
        : try Catalogue.expected(isDistributed: isDistributed, connection)
      try Catalogue.store(expected, connection)
      let damaged = try Catalogue.missing(connection)
      if !damaged.isEmpty { throw DamagedSchema(objects: damaged) }
      try connection.execute(
        """
        insert into plenary.schema (fingerprint, version)
        values (\(isRestoring ? restoring : fingerprint), \(Schema.version))
        on conflict (singleton) do update
          set fingerprint = excluded.fingerprint, version = excluded.version
        """)
      try Catalogue.rememberState(connection)
      return applied.map(\.name)
    }
  }

  /// Makes the tables of a backup as they were when it was made, for its rows. The schema is this program's own: nothing of
  /// the backup's is carried out. Call it within a transaction, in a database without Plenary's schemas; fill the tables;
  /// then ``apply(replacing:ofBackup:_:)`` and ``endRestore(_:)``.
  ///
  /// - Parameter migrations: the names of the migrations that the backup's database had.
  /// - Throws: `NewerDatabase` or `OtherProgramsDatabase` if they are not this program's.
  package static func beginRestore(migrations: [String], _ connection: isolated Connection) throws {
    try check(migrations)
    for file in Schema.migrations.prefix(migrations.count) { try connection.executeScript(file.text) }
    for (index, name) in migrations.enumerated() {
      try connection.execute("insert into plenary.migration (number, name) values (\(index + 1), \(name))")
    }
    try connection.execute("insert into plenary.schema (fingerprint) values (\(restoring))")
    // So that every login is told. The roles' own grants come last, and take this back.
    try connection.execute("grant usage on schema plenary to public")
    try connection.execute("grant select on all tables in schema plenary to public")
  }

  /// Whether this program knows the migrations of a database.
  package static func check(_ migrations: [String]) throws {
    let known = Schema.migrations.map(\.name)
    if migrations.count > known.count, migrations.starts(with: known) { throw NewerDatabase() }
    guard !migrations.isEmpty, known.starts(with: migrations) else { throw OtherProgramsDatabase() }
  }

  /// Whether a backup is being put back, or putting it back was interrupted. For use within a transaction.
  package static func isBeingRestored(_ connection: isolated Connection) throws -> Bool {
    let there = try connection.query("select to_regclass('plenary.schema') is not null as there")
    return try there[0].decode("there", as: Bool.self) && installed(connection).fingerprint == restoring
  }

  /// From now on, every command takes the database.
  package static func endRestore(_ connection: isolated Connection) throws {
    try connection.execute(
      "update plenary.schema set fingerprint = \(fingerprint) where fingerprint = \(restoring)")
  }

  /// Applies the new migrations, and once more those of a schema that is missing as a whole and can be made again: that
  /// of the keys, where a backup was restored without them, and that of the checkpoints.
  private static func migrate(_ known: Installed, _ missing: [String], _ connection: isolated Connection)
    throws
    -> [SQLFile]
  {
    var applied: [SQLFile] = []
    for schema in Schema.remakable where known.newest > 0 {
      guard missing.contains(where: { $0.hasPrefix("table \(schema).") }) else { continue }
      let tables = try connection.query("select from pg_catalog.pg_tables where schemaname = \(schema)")
      guard tables.isEmpty else { continue }
      try connection.execute("drop schema if exists \(identifier: schema) cascade")
      for file in Schema.migrations.prefix(known.newest) where file.remakes.contains(schema) {
        try connection.executeScript(file.text)
        applied.append(file)
      }
    }
    for (index, file) in Schema.migrations.enumerated() where index >= known.newest {
      try connection.executeScript(file.text)
      applied.append(file)
    }
    for (index, file) in Schema.migrations.enumerated() where index >= known.newest {
      try connection.execute(
        "insert into plenary.migration (number, name) values (\(index + 1), \(file.name))")
    }
    return applied
  }

  /// Registers again the types of events that the applied migrations registered: without one, the log takes no events of
  /// it any more.
  ///
  /// - Returns: whether all of them were there.
  private static func addMissingEventTypes(_ known: Installed, _ connection: isolated Connection) throws
    -> Bool
  {
    let there = try connection.query("select to_regclass('log.event_type') is not null as there")
    guard try there[0].decode("there", as: Bool.self) else { return true }
    let count: SQL = "select count(*) as count from log.event_type"
    let before = try connection.query(count)[0].decode("count", as: Int.self)
    for file in Schema.migrations.prefix(known.newest) {
      for statement in file.text.split(separator: ";") {
        guard let start = statement.firstRange(of: "insert into log.event_type")?.lowerBound else { continue }
        try connection.executeScript("\(statement[start...]) on conflict do nothing")
      }
    }
    return try connection.query(count)[0].decode("count", as: Int.self) == before
  }

  /// Drops and creates the read models whose definition has changed, or of which something is missing.
  private static func makeReadModels(_ missing: [String], _ connection: isolated Connection) throws
    -> [SQLFile]
  {
    var applied: [SQLFile] = []
    for (name, file) in Schema.readModels {
      let definition = sha256(file.text)
      let rows = try connection.query(
        "select definition from projection.read_model where name = \(name)")
      let isWhole = !missing.contains {
        !$0.hasPrefix("rights on ") && ($0.contains(" \(name).") || $0 == "schema \(name)")
      }
      if try isWhole && rows.first?.decode("definition", as: [UInt8].self) == definition { continue }
      try connection.executeScript(file.text)
      applied.append(file)
      try connection.execute("delete from projection.checkpoint where projector = \(name)")
      try connection.execute(
        """
        insert into projection.read_model (name, definition) values (\(name), \(definition))
        on conflict (name) do update set definition = excluded.definition
        """)
    }
    return applied
  }

  /// What a database says of its schema.
  private struct Installed {
    var newest = 0
    var version = 0
    var fingerprint: String?
    /// The names of the migrations that were applied.
    var migrations: [String] = []

    var situation: Situation {
      if fingerprint == Migration.restoring { return .restoring }
      if newest > Schema.migrations.count || version > Schema.version { return .ahead }
      if newest == 0 { return .behind }
      if migrations != Schema.migrations.prefix(newest).map(\.name) { return .other }
      if fingerprint == Migration.fingerprint { return .current }
      return version == Schema.version && newest == Schema.migrations.count ? .other : .behind
    }
  }

  private static func installed(_ connection: isolated Connection) throws(PostgresError) -> Installed {
    // Through JSON, because the column is missing before migration 6.
    let rows = try connection.query(
      """
      select
        (select coalesce(max(number), 0) from plenary.migration) as newest,
        (select coalesce(array_agg(name order by number), '{}') from plenary.migration) as migrations,
        (select coalesce((to_jsonb(schema) ->> 'version')::integer, 0) from plenary.schema) as version,
        (select fingerprint from plenary.schema) as fingerprint
      """)
    return Installed(
      newest: try rows[0].decode("newest"), version: try rows[0].decode("version", as: Int?.self) ?? 0,
      fingerprint: try rows[0].decode("fingerprint", as: String?.self),
      migrations: try rows[0].decode("migrations"))
  }
}

/// A newer version of Plenary migrated the database.
package struct NewerDatabase: Error, CustomStringConvertible {
  package init() {}
  package var description: String {
    "A newer version of Plenary set up this database; use that version, or another database."
  }
}

/// Another program with the same number of its schema migrated the database.
package struct OtherProgramsDatabase: HintedError {
  package init() {}
  package var texts: [HintedText] {
    .says(
      "Another build of Plenary set up this database: its schema has the same number (\(Schema.version)) and other "
        + "contents. Use that build.", .replaceSchema)
  }
}

/// A backup is being put back into the database, or putting it back was interrupted.
package struct DatabaseBeingRestored: HintedError {
  package init() {}
  package var texts: [HintedText] {
    .says(
      "A backup is being restored into this database, or that was interrupted. Wait until it is done. After an "
        + "interruption, restore the backup again: it begins anew.", .restoreBackup)
  }
}

/// Something of the schema is missing or was changed that cannot be made again without its data.
package struct DamagedSchema: HintedError {
  let objects: [String]

  package var texts: [HintedText] {
    .says(
      "The schema of this database cannot be completed. These are missing, or not as Plenary made them: "
        + "\(Catalogue.listed(objects)). Nothing was changed. Restore the database from a backup, or put them right by "
        + "hand.")
  }
}

/// Parts of the schema are missing or were changed since it was put in place, for example after a backup was restored on a
/// server without Plenary's roles.
package struct IncompleteSchema: HintedError {
  let objects: [String]

  package init(objects: [String]) { self.objects = objects }

  package var texts: [HintedText] {
    .says(
      "The database's schema is not complete. These are missing, or not as Plenary made them: "
        + "\(Catalogue.listed(objects)).", .migrate)
  }
}
