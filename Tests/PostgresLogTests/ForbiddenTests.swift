import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import Testing
import Vocabulary

/// Attempts everything that is forbidden.
@Suite(.timeLimit(.minutes(10))) struct `Nobody may` {
  private static let tables = ["head", "event", "event_type", "tag", "receipt", "words"]

  private func state(_ connection: Connection, _ statement: SQL) async -> SQLState? {
    do {
      try await connection.execute(statement)
      return nil
    } catch { return error.sqlState }
  }

  private func column(of table: String) -> String { table == "event_type" ? "type" : "conference" }

  private func statements(on table: String) -> [SQL] {
    [
      "update log.\(raw: table) set \(raw: column(of: table)) = \(raw: column(of: table))",
      "delete from log.\(raw: table)",
      "truncate log.\(raw: table)", "insert into log.\(raw: table) select * from log.\(raw: table)",
      "insert into log.\(raw: table) (\(raw: column(of: table))) values ('evil')",
      "alter table log.\(raw: table) disable trigger all", "drop table log.\(raw: table)",
    ]
  }

  @Test(arguments: ["plenary_writer", "plenary_reader", nil])
  func `change the log directly, in any role`(
    _ role: String?
  ) async throws {
    let database = try await Database()
    let log = try await database.log()
    _ = try await log.append(AppendRequest(conference("berlin"), "a", about: [room("aula")]))
    let before = try await log.stream(conference("berlin"))
    let anna =
      if let role {
        try await database.login("anna", granted: role)
      } else {
        try await database.login("anna")
      }
    // Anybody may set this. It opens the triggers to the owner's function, but no table.
    #expect(await state(anna, "set plenary.expunging = on") == nil)
    for table in Self.tables {
      for statement in statements(on: table) {
        #expect(await state(anna, statement) == .insufficientPrivilege, "\(statement.text)")
      }
    }
    for statement: SQL in [
      "set session_replication_role = replica", "set role postgres", "drop schema log cascade",
      "create or replace function log.leaf() returns int language sql as 'select 1'",
      "create table log.mine (n int)", "select log.refuse_change()",
    ] {
      #expect(await state(anna, statement) == .insufficientPrivilege, "\(statement.text)")
    }
    #expect(try await log.stream(conference("berlin")) == before)
  }

  @Test func `change or empty the log by mistake, not even its owner`() async throws {
    let database = try await Database()
    let log = try await database.log()
    _ = try await log.append(AppendRequest(conference("berlin"), "a", about: [room("aula")]))
    let owner = try await Connection.open(database.owner)
    _ = try await log.append(AppendRequest(conference("berlin"), appending: Said("b")))
    for table in ["event", "event_type", "tag", "receipt", "words"] {
      for statement in statements(on: table).prefix(3) {
        #expect(await state(owner, statement) == "PL004", "\(statement.text)")
      }
    }
    #expect(await state(owner, "delete from log.head") == "PL004")
    #expect(await state(owner, "truncate log.head") == "PL004")
    #expect(await state(owner, "truncate log.head, log.event, log.tag, log.receipt") == "PL004")
    #expect(try await log.stream(conference("berlin")).map { $0.words != nil } == [false, true])
    // What log.expunge may do while it runs is only this.
    try await owner.execute("set plenary.expunging = on")
    for statement: SQL in [
      "update log.words set words = '{}'", "truncate log.words", "delete from log.event",
      "delete from log.receipt",
      "truncate log.receipt", "delete from log.tag", "update log.event set body = '{}'",
    ] {
      #expect(await state(owner, statement) == "PL004", "\(statement.text)")
    }
  }

  @Test(arguments: ["plenary_reader", nil])
  func `append to or read the log, except the writer`(_ role: String?) async throws {
    let database = try await Database()
    _ = try await database.log().append(AppendRequest(conference("berlin"), "a"))
    let anna =
      if let role {
        try await database.login("anna", granted: role)
      } else {
        try await database.login("anna")
      }
    let owner = try await Connection.open(database.owner)
    // The functions are closed even to roles that may use the schema.
    try await owner.execute("grant usage on schema log to public")
    for statement: SQL in [
      """
      select log.append('berlin', gen_random_uuid(), '\\x00', 'anna', null, '{Noted}', '{1}', '{""}', \
      '{"{}"}')
      """,
      #"select * from log.read('berlin', '[{"tags": [], "types": []}]')"#,
      #"select log.matching('berlin', '[{"tags": [], "types": []}]', 0, 9)"#,
      "select log.leaf('berlin', 1, 'Noted', 1, '', 'anna', '', gen_random_uuid(), 0, '{}', 'anna')",
      """
      select log.expunge('berlin', gen_random_uuid(), '\\x00', 'anna', null, '{StatementExpunged}', '{1}', '{""}', \
      '{"{}"}', '{1}')
      """,
      "select from log.event", "select from log.tag", "select from log.receipt",
      "select from log.words",
      "select from log.event_type", "select log.check_query('[]')", "select log.events_set_aside('berlin')",
      "select from vault.key", "insert into vault.key values ('berlin', 'attendee:a', '\\x00')",
      "select vault.keep('berlin', '{attendee:a}', '{\"\\\\x00\"}')",
      "select vault.says_destroyed('PersonErased', 'attendee:a', '')", "select vault.forget('berlin')",
      "delete from projection.checkpoint", "delete from program.session",
      "insert into projection.dead_letter values ('berlin', 'program', 1, 1, 'Noted', '')",
    ] {
      #expect(await state(anna, statement) == .insufficientPrivilege, "\(statement.text)")
    }
    let readable: [SQL] = [
      "select from program.session", "select from attendance.attendee", "select from proceedings.entry",
      "select from projection.checkpoint", "select from plenary.migration", "select from log.head",
    ]
    for statement in readable {
      #expect(
        await state(anna, statement) == (role == nil ? .insufficientPrivilege : nil),
        "\(statement.text)")
    }
  }

  /// All rights of the roles on each table, so that any missing or additional right fails here.
  @Test func `do more with a table than the role needs`() async throws {
    let connection = try await Connection.open(Database().owner)
    let granted = try await connection.query(
      """
      select role, schemaname, string_agg(tablename, ' ' order by tablename) as tables, privileges
      from (
        select role, schemaname, tablename, (
          select string_agg(privilege, ' ') from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',
            'REFERENCES', 'TRIGGER']) as privilege
          where has_table_privilege(role, format('%I.%I', schemaname, tablename), privilege)
        ) as privileges
        from pg_tables, unnest(array['plenary_writer', 'plenary_reader']) as role
        where schemaname not in ('pg_catalog', 'information_schema')
      ) as grants where privileges is not null
      group by role, schemaname, privileges order by role, schemaname, tables
      """
    ).map { row in
      try ["role", "schemaname", "tables", "privileges"].map { try row.decode($0, as: String.self) }
    }
    let models = [
      "attendance": "attendee key",
      "proceedings":
        "correction entry front_matter heading issue numbered_session organisation proof registered_name segment sitting_step subject",
      "program":
        "conference key person print public release room session track travel_time venue",
    ]
    let everything = "SELECT INSERT UPDATE DELETE"
    let expected: [[String]] =
      [
        ["plenary_reader", "log", "head", "SELECT"],
        ["plenary_reader", "plenary", "catalogue migration schema", "SELECT"],
        ["plenary_reader", "projection", "checkpoint", "SELECT"],
        ["plenary_writer", "log", "event event_type head receipt tag words", "SELECT"],
        ["plenary_writer", "plenary", "catalogue migration schema", "SELECT"],
        ["plenary_writer", "projection", "checkpoint dead_letter read_model", everything],
        ["plenary_writer", "vault", "key", "SELECT"],
      ]
      // Order codes are for those alone who may read the data of attendees.
      + models.map { ["plenary_reader", $0, $0 == "attendance" ? "attendee" : $1, "SELECT"] }
      + models.map { ["plenary_writer", $0, $1, everything] }
    #expect(
      granted.sorted { $0.lexicographicallyPrecedes($1) }
        == expected.sorted { $0.lexicographicallyPrecedes($1) })
    // No additional rights on single columns.
    #expect(
      try await connection.query(
        """
        select from pg_attribute join pg_class on pg_class.oid = attrelid
        where attacl is not null and relnamespace in (select oid from pg_namespace where nspname = 'log' or nspname = 'vault')
        """
      ).isEmpty)
  }

  @Test func `change a key, not even the writer, and destroy one without an event that says so`() async throws
  {
    let database = try await Database()
    let anna = try await database.login("anna", granted: "plenary_writer")
    for owner in ["attendee:a-1", "identity:1"] {
      try await anna.execute("select vault.keep('berlin', \([owner])::text[], \([[UInt8](0..<32)])::bytea[])")
    }
    // A row without a key says that it was destroyed.
    for wrong: SQL in ["'{identity:2}', '{null}'", "null, null", "'{identity:2,identity:2}', '{a,b}'"] {
      #expect(await state(anna, "select vault.keep('berlin', \(wrong))") == "PL003", "\(wrong.text)")
    }
    for statement: SQL in [
      "insert into vault.key (conference, owner) values ('berlin', 'identity:2')",
      "insert into vault.key (conference, owner, key) values ('berlin', 'identity:2', '\\x00')",
      "update vault.key set owner = 'attendee:a-2'", "update vault.key set key = '\\x00'",
      "truncate vault.key", "drop table vault.key", "delete from vault.key",
      "select vault.destroy('berlin', '{attendee:a-1}')",
    ] {
      #expect(await state(anna, statement) == .insufficientPrivilege, "\(statement.text)")
    }
    // vault.erase destroys only what its own events say.
    for (type, tag, body, owner) in [
      ("Noted", "attendee:a-1", "{}", "attendee:a-1"), ("PersonErased", "attendee:a-2", "{}", "attendee:a-1"),
      ("ContactStated", "attendee:a-1", #"{"contact":"x"}"#, "attendee:a-1"),
      ("ContactStated", "attendee:a-1", "{}", "attendee:a-1"),
      ("PersonErased", "attendee:a-1", "{}", "identity:1"),
      ("PersonErased", "identity:1", "{}", "identity:1"),
      ("ContactStated", "person:a-1", #"{"contact":"\u0000","person":"a-1"}"#, "person:a-1"),
    ] {
      #expect(
        await state(
          anna,
          """
          select vault.erase('berlin', gen_random_uuid(), '\\x00', 'anna', null, array[\(type)], '{1}', array[\(tag)], \
          array[\(body)], array[\(owner)], '{}')
          """) == "PL003", "\(type) \(tag)")
    }
    #expect(
      try await anna.query("select vault.forget('berlin') as n")[0].decode("n", as: Int.self)
        == 0)
    // Nor does an event that says so of a withheld speaker whom nobody erased.
    try await anna.execute(
      """
      select log.append('berlin', gen_random_uuid(), '\\x01', 'anna', null, '{PersonErased}', '{1}', '{identity:1}', '{"{}"}')
      """)
    #expect(
      try await anna.query("select vault.forget('berlin') as n")[0].decode("n", as: Int.self)
        == 0)
    // With one snapshot, the table's new file would lack keys that others stored meanwhile.
    try await anna.execute("begin isolation level repeatable read")
    #expect(await state(anna, "select vault.forget('berlin')") == "PL003")
    try await anna.execute("rollback")
    #expect(try await anna.query("select from vault.key where key is not null").count == 2)
    // A sample of it would stay in the statistics.
    let owner = try await Connection.open(database.owner)
    let samples = try await owner.query(
      "select attstattarget as target from pg_attribute where attrelid = 'vault.key'::regclass and attname = 'key'"
    )
    #expect(try samples[0].decode("target", as: Int.self) == 0)
  }

  @Test func `redirect log.append with a search path`() async throws {
    let database = try await Database()
    let owner = try await Connection.open(database.owner)
    let name = database.owner.keywords["dbname"]!
    try await owner.execute("grant create on database \(identifier: name) to plenary_writer")
    let mallory = try await database.login("mallory", granted: "plenary_writer")
    try await mallory.executeScript(
      """
      create schema evil;
      create table evil.done (by_whom text);
      create function evil.did() returns void language plpgsql as $$
        begin insert into evil.done values (current_user); end $$;
      create function evil.clock_timestamp() returns timestamptz language plpgsql as $$
        begin perform evil.did(); return 'epoch'::timestamptz; end $$;
      create function evil.sha256(bytea) returns bytea language plpgsql as $$
        begin perform evil.did(); return '\\x00'::bytea; end $$;
      create function evil.convert_to(text, name) returns bytea language plpgsql as $$
        begin perform evil.did(); return '\\x00'::bytea; end $$;
      create function evil.cardinality(anyarray) returns int language plpgsql as $$
        begin perform evil.did(); return 1; end $$;
      create function evil.array_to_string(anyarray, text) returns text language plpgsql as $$
        begin perform evil.did(); return 'Noted'; end $$;
      create function evil.string_to_array(text, text) returns text[] language plpgsql as $$
        begin perform evil.did(); return '{evil}'::text[]; end $$;
      create function evil.both(text, text) returns boolean language plpgsql as $$
        begin perform evil.did(); return false; end $$;
      create operator evil.~ (leftarg = text, rightarg = text, function = evil.both);
      create operator evil.= (leftarg = text, rightarg = text, function = evil.both);
      create temp table event (conference text);
      create temp table head (conference text, position bigint);
      set search_path = evil, pg_temp, pg_catalog;
      """)
    let log = PostgresLog(mallory)
    let berlin = conference("berlin")
    _ = try await log.append(AppendRequest(berlin, "a", about: [room("aula")]))
    _ = try await log.append(
      AppendRequest(
        berlin, "b", about: [room("aula")],
        condition: Condition(failIfAny: .tagged(room("foyer")), after: 1)))
    await #expect(throws: AppendError.conflict(position: 1)) {
      try await log.append(
        AppendRequest(berlin, "c", condition: Condition(failIfAny: .tagged(room("aula")), after: 0)))
    }
    let events = try await database.log().stream(berlin)
    #expect(events.map(\.leaf) == events.map(\.leafHash))
    #expect(events.map(\.tags) == [["room:aula"], ["room:aula"]])
    // What the attacker's functions do, they do with the attacker's own rights.
    #expect(try await owner.query("select from evil.done where by_whom = 'postgres'").isEmpty)
  }
}
