package import Postgres
import Schema
package import Vocabulary

/// A database over several machines, with Citus: each conference lives on one node.
package enum Distribution {
  /// Whether the database's tables are distributed.
  package static func isDistributed(_ connection: isolated Connection) throws(PostgresError) -> Bool {
    // Citus has this table; without it, the name would be an error.
    let there = try connection.query(
      "select to_regclass('pg_catalog.pg_dist_partition') is not null as there")
    guard try there[0].decode("there", as: Bool.self) else { return false }
    let rows = try connection.query(
      "select from pg_catalog.pg_dist_partition where logicalrelid = to_regclass('log.head')")
    return !rows.isEmpty
  }

  /// - Throws: `NoCitus` if the database does not have it.
  package static func requireCitus(_ connection: isolated Connection) throws {
    let extensions = try connection.query(
      """
      select
        exists (select from pg_catalog.pg_extension where extname = 'citus') as created,
        exists (select from pg_catalog.pg_available_extensions where name = 'citus') as installed
      """)
    guard try extensions[0].decode("created", as: Bool.self) else {
      throw NoCitus(isInstalled: try extensions[0].decode("installed"))
    }
  }

  /// What Citus would refuse, a sentence each. Needs no Citus.
  package static func obstacles(_ connection: isolated Connection) throws -> [String] {
    try connection.query("\(raw: Schema.obstacles.text)").map { try $0.decode("obstacle") }
  }

  /// Distributes what is not distributed yet, in one transaction.
  ///
  /// - Parameter connection: a connection of the database's owner.
  /// - Returns: the names of the tables that were distributed now.
  /// - Throws: `NoCitus`; `NotDistributable`.
  package static func apply(_ connection: isolated Connection) throws -> [String] {
    try requireCitus(connection)
    let obstacles = try obstacles(connection)
    if !obstacles.isEmpty { throw NotDistributable(obstacles: obstacles) }
    return try connection.transaction {
      let before = try tables(connection)
      try connection.executeScript(Schema.distribution.text)
      try Catalogue.forgetTriggers(connection)
      return try tables(connection).filter { !before.contains($0) }
    }
  }

  private static func tables(_ connection: isolated Connection) throws -> [String] {
    try connection.query(
      "select logicalrelid::text as name from pg_catalog.pg_dist_partition order by name"
    ).map { try $0.decode("name") }
  }

  /// The node of each conference, `host:port`; empty if nothing is distributed.
  package static func nodes(_ connection: isolated Connection) throws -> [ConferenceID: String] {
    guard try isDistributed(connection) else { return [:] }
    let rows = try connection.query(
      """
      select head.conference, node.nodename, node.nodeport
      from log.head as head
      join pg_catalog.pg_dist_placement as placement
        on placement.shardid = get_shard_id_for_distribution_column('log.head', head.conference)
      join pg_catalog.pg_dist_node as node on node.groupid = placement.groupid and node.noderole = 'primary'
      """)
    return try Dictionary(
      rows.map {
        (
          try ConferenceID($0.decode("conference")),
          "\(try $0.decode("nodename", as: String.self)):\(try $0.decode("nodeport", as: Int.self))"
        )
      }, uniquingKeysWith: { one, _ in one })
  }
}

/// The database has no Citus.
package struct NoCitus: Error, CustomStringConvertible {
  let isInstalled: Bool
  package var description: String {
    isInstalled
      ? "Citus is installed on this server, but not in this database. Have a superuser run “create extension citus” on "
        + "every node, and name the nodes with “select citus_add_node('HOST', 5432)”."
      : "This PostgreSQL server has no Citus, which distributes a database over several machines. Install it on every "
        + "node (https://docs.citusdata.com), or stay on one machine: nothing else needs it."
  }
}

/// The schema has something that Citus would refuse.
package struct NotDistributable: Error, CustomStringConvertible {
  let obstacles: [String]
  package var description: String {
    "This database cannot be distributed as it is:\n" + obstacles.map { "  \($0)" }.joined(separator: "\n")
  }
}
