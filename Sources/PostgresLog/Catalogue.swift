import Postgres
import Schema

/// What the schema of a database consists of, object by object.
///
/// `plenary.catalogue` has what the program's files make, on this version of PostgreSQL. Schema/catalogue.sql reads what is
/// there. An index or a table that a database's owner adds does not matter; a right, a trigger or a function does.
enum Catalogue {
  typealias Row = (object: String, definition: String)

  /// The objects that are missing or have another definition, as one value.
  static let missing: SQL =
    """
    (
      select coalesce(array_agg(expected.object order by expected.object collate "C"), '{}')
      from plenary.catalogue as expected
      left join (\(raw: query)) as found on found.object = expected.object
      where found.definition is distinct from expected.definition
    )
    """

  /// The state of the system's catalogues. While it is the same as when nothing was missing, nothing is missing.
  static let state: SQL = "(\(raw: statement(Schema.state)))"

  private static var query: String { statement(Schema.catalogue) }

  /// The query without its comment, in which a semicolon or a quote would mean nothing.
  private static func statement(_ file: SQLFile) -> String {
    file.text.split(separator: "\n").filter { !$0.hasPrefix("--") }.joined(separator: "\n")
  }

  /// Remembers the present state, if nothing is missing in it: one statement sees both. Call it after everything else.
  static func rememberState(_ connection: isolated Connection) throws {
    try connection.execute(
      """
      update plenary.schema set state = present.state
      from \(state) as present where schema.state is distinct from present.state and \(missing) = '{}'
      """)
  }

  /// - Returns: nothing for a database from before it had a catalogue.
  static func missing(_ connection: isolated Connection) throws -> [String] {
    let there = try connection.query("select to_regclass('plenary.catalogue') is not null as there")
    guard try there[0].decode("there", as: Bool.self) else { return [] }
    return try connection.query("select \(missing) as missing")[0].decode("missing")
  }

  /// What the database has. Of the working roles only that they exist: they belong to the server, and what it says of them
  /// may be the damage.
  static func rows(_ connection: isolated Connection) throws -> [Row] {
    try connection.query("\(raw: query)").map {
      let object = try $0.decode("object", as: String.self)
      return (object, object.hasPrefix("role ") ? "" : try $0.decode("definition"))
    }
  }

  /// What this program's files make: they are applied beside the present schemas, and taken back. A distributed database
  /// has no triggers, so its rows leave them out.
  static func expected(isDistributed: Bool, _ connection: isolated Connection) throws -> [Row] {
    try connection.execute("savepoint expected")
    // What is made only to be looked at stays on this node.
    if isDistributed { try connection.execute("set local citus.enable_ddl_propagation = off") }
    for schema in Schema.schemas {
      let there = try connection.query("select from pg_catalog.pg_namespace where nspname = \(schema)")
      if there.isEmpty { continue }
      try connection.execute(
        "alter schema \(identifier: schema) rename to \(identifier: "plenary_present_\(schema)")")
    }
    let files =
      Schema.migrations + Schema.functions + [Schema.triggers] + Schema.readModels.map(\.file) + [
        Schema.roles
      ]
    for file in files { try connection.executeScript(file.text) }
    let rows = try rows(connection)
    try connection.execute("rollback to savepoint expected")
    return isDistributed ? rows.filter { !$0.object.hasPrefix(triggers) } : rows
  }

  /// How the objects begin that a distributed database lacks.
  private static let triggers = "triggers on "

  /// Expects no triggers from now on, and everything else as before. Call it after everything else.
  static func forgetTriggers(_ connection: isolated Connection) throws {
    try connection.execute("delete from plenary.catalogue where starts_with(object, \(triggers))")
    try rememberState(connection)
  }

  static func store(_ rows: [Row], _ connection: isolated Connection) throws {
    try connection.execute("delete from plenary.catalogue")
    try connection.execute(
      """
      insert into plenary.catalogue (object, definition)
      select object, definition
      from unnest(\(rows.map(\.object))::text[], \(rows.map(\.definition))::text[]) as made(object, definition)
      """)
  }

  /// The first few, for a message. Of a table or schema that is missing as a whole, only its name.
  static func listed(_ objects: [String]) -> String {
    let wholes = objects.filter { $0.hasPrefix("schema ") || $0.hasPrefix("table ") }
      .map { $0.drop { $0 != " " } }
    let named = objects.filter { object in
      !wholes.contains { whole in
        !object.hasSuffix(whole) && (object + " ").contains(whole + " ") || object.contains(whole + ".")
          || object.hasPrefix("rights on ") && object.hasSuffix(whole)
      }
    }
    return named.count <= 4
      ? named.joined(separator: ", ")
      : named.prefix(3).joined(separator: ", ") + " and \(named.count - 3) more"
  }
}
