import Foundation
import Postgres
import Testing

@Suite(.timeLimit(.minutes(40))) struct `The schema of a database` {
  @Test func `is said to be incomplete by every command, until it is made whole`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.connect().executeScript(
      "drop schema vault cascade; revoke usage on schema log from plenary_writer; drop table program.track cascade"
    )
    for command in [
      ["room", "list"], ["log", "verify"], ["db", "status"], ["room", "add", "foyer", "--name", "F"],
    ] {
      let run = try await plenary(command)
      #expect(run.code == 4 && run.error.contains("is not complete"), "\(run)")
      #expect(
        run.error.contains("functions of vault") && run.error.contains("plenary db migrate"), "\(run)")
    }
    #expect(try await plenary.done("db", "migrate").lines.contains("log/0003-vault.sql"))
    try await plenary("db", "migrate").says("Nothing to do: the schema is up to date and complete.")
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    try await plenary.done("projections", "verify")
    try await plenary.done("log", "verify")
  }

  @Test func `of another build is replaced only on request, and of a newer one never`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.connect().execute("update plenary.schema set fingerprint = 'of another build'")
    for command in [["room", "list"], ["db", "migrate"]] {
      let run = try await plenary(command)
      #expect(run.code == 4 && run.error.contains("Another build of Plenary"), "\(run)")
      #expect(run.error.contains("plenary db migrate --replace"), "\(run)")
    }
    try await plenary.done("db", "migrate", "--replace")
    try await plenary("room", "list").says("Aula")
    try await plenary.connect().execute(
      "update plenary.schema set fingerprint = 'of a newer version', version = version + 1")
    for command in [["room", "list"], ["db", "migrate"], ["db", "migrate", "--replace"]] {
      let run = try await plenary(command)
      #expect(run.code == 4 && run.error.contains("A newer version of Plenary"), "\(run)")
    }
  }

  @Test func `is not distributed without Citus`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary("db", "distribute")
    #expect(run.code == 4 && run.output.isEmpty && run.error.contains("has no Citus"), "\(run)")
    try await plenary("db", "status").says("berlin, 2 events\n")
  }

  /// Citus is not in Debian. Its catalogue tables and its functions are made here as its documentation describes
  /// them, with two nodes and a shard for each conference.
  @Test func `is distributed over several machines, and says where each conference lives`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "conference", "open", "riga", "--title", "Riga", "--first-day", "2027-03-01", "--last-day",
      "2027-03-02",
      "--zone", "Europe/Riga")
    let connection = try await plenary.connect()
    try await connection.executeScript(
      """
      set allow_system_table_mods = on;
      create type pg_catalog.noderole as enum ('primary', 'secondary', 'unavailable');
      create table pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char");
      create function pg_catalog.create_distributed_table(named regclass, by text, colocate_with text) returns void
        language sql as $$ insert into pg_catalog.pg_dist_partition values (named, 'h') $$;
      create function pg_catalog.create_reference_table(named regclass) returns void
        language sql as $$ insert into pg_catalog.pg_dist_partition values (named, 'n') $$;
      create function pg_catalog.truncate_local_data_after_distributing_table(named regclass) returns void
        language sql as 'select';
      create function pg_catalog.create_distributed_function(named regprocedure, by text, colocate_with text)
        returns void language sql as 'select';
      create function pg_catalog.create_distributed_function(named regprocedure) returns void
        language sql as 'select';
      insert into pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        select 4000000000, 'citus', oid, 'pg_catalog'::regnamespace, false, '13.2'
        from pg_catalog.pg_roles where rolname = current_user;
      create table pg_catalog.pg_dist_node (groupid int, nodename text, nodeport int, noderole pg_catalog.noderole);
      create table pg_catalog.pg_dist_placement (placementid bigint, shardid bigint, groupid int);
      create function pg_catalog.get_shard_id_for_distribution_column(table_name regclass, value anyelement)
      returns bigint language sql as $$
        select case when table_name = 'log.head'::regclass and value::text = 'berlin' then 102008 else 102009 end
      $$;
      insert into pg_catalog.pg_dist_node values
        (1, 'north', 5432, 'primary'), (2, 'south', 5433, 'primary'), (2, 'copy-of-south', 5433, 'secondary');
      insert into pg_catalog.pg_dist_placement values (1, 102008, 2), (2, 102009, 1);
      grant select on pg_catalog.pg_dist_partition, pg_catalog.pg_dist_node, pg_catalog.pg_dist_placement to public;
      """)
    try await connection.execute("create materialized view log.m as select 1")
    let refused = try await plenary("db", "distribute")
    #expect(refused.code == 4 && refused.output.isEmpty, "\(refused)")
    #expect(
      refused.error.contains("cannot be distributed as it is:\n  log.m is neither a table nor a view"),
      "\(refused)")
    try await connection.execute("drop materialized view log.m")
    let distributed = try await plenary.done("db", "distribute")
    #expect(
      distributed.lines.contains("log.head") && distributed.lines.contains("vault.key")
        && distributed.lines.contains("plenary.schema"), "\(distributed)")
    try await plenary("db", "distribute").says("Nothing to do: every table is distributed.")
    let status = try await plenary.done("db", "status")
    #expect(status.output.contains("berlin, 2 events, on south:5433\n"), "\(status)")
    #expect(status.output.contains(/riga, \d events?, on north:5432\n/), "\(status)")
    let json = try await plenary.done("db", "status", "--json")
    let conferences = try #require(json.object["conferences"] as? [[String: Any]])
    #expect(conferences.map { $0["node"] as? String } == ["south:5433", "north:5432"], "\(json)")
  }
}
