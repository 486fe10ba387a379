import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import Schema
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(10))) struct `The schema` {
  private static let everything =
    Schema.migrations.map(\.name) + replaced + Schema.readModels.map(\.file.name) + [Schema.roles.name]
  /// What is replaced whole with each change.
  private static let replaced = Schema.functions.map(\.name) + [Schema.triggers.name]

  /// Databases exist that were made by the released files of the log's schema. So a change needs a new file
  /// with the next number. Add its line here; never change one.
  @Test func `consists of migrations that are never edited once released`() {
    let released = [
      "log/0001-log.sql 3113bce1a6a145d636c59c3abb2fc8cd79c1eda0fda350775706e1c6e59991d6",
      "log/0002-append-only.sql 396720a25eb100ee709bf1559afde4a469d8fccc284045171a8892e91c459c15",
      "log/0003-vault.sql 9da773f0334f1fb65b01d6f9bfaa224f76ba294029f17a645a2892afee46a0ad",
      "log/0004-projection.sql 255d1c68f89719e10df855fec967297ffb4a14ed430b8955b56d4d0e35ef53fd",
      "log/0005-plenary.sql ae075db82ceb1408034b40f8f8546c96081a4481a3407f33261702fcd0e0a185",
      "log/0006-schema-version.sql 4877cc4f63b18bd6e091184137ef4e168024005702ddb63872fac32e46b3ee84",
      "log/0007-words.sql 578670f3d8d52b4a02281f35875b5096980d52dacc74850c2eaf03e324b089b4",
      "log/0008-append-only-words.sql da621ec4b8e100d9b92e6533fbd888d705f9424b3a91007cb675d7d3bbba301e",
      "log/0009-event-types.sql d02a5ab7ac046280d2c78d281413e24b9fc5170fb2dca1158e056b475c280709",
      "log/0010-logins-and-collations.sql 1427182642532db215111d40d4a3e85bb87ab1a95e7dd27480ce0f2c4f3070ee",
      "log/0011-one-key-a-purpose.sql d724c86fd283484c51b0718e54c5317cedb5f85f98816cf547260f55d59a6988",
      "log/0012-erased-speakers.sql 35d6127b5b228b7dcd81799a879a11c11038385cab2616705cefb6df5c564e8f",
      "log/0013-master-key.sql 8c6180defb338fda053cf372f9406699316e44f09783b794123928dd7b5ff9ca",
      "log/0014-no-samples-of-keys.sql 1d9648741d0a6e871f11b4cdb08007553e54296872081712e85f82863c527e9f",
      "log/0015-imports.sql d369a061d4300abbbbc50a975a73e32bb77a1672eb7789fb4210914fdb3ff384",
      "log/0016-late-scans.sql 57dfbe16250f2feb916c486cb58b9aa76ea80a067e419811d889c34a8cd96019",
      "log/0017-merged-people.sql 2a4f80b772b784faec77da64d679dd9a6fa96aa766aa6d2be57714c47e84b5f8",
      "log/0018-transcripts.sql 206a9f13bcdb043682c9c524227dbb361005fe23e9b0ce53e3047b78d83cc37c",
      "log/0019-closed-conferences.sql e8546f4003533420a876121cee0bc3891c4fe3d311a31774250e89b33c819d13",
      "log/0020-reinstated-attendees.sql 5137ca690de73552673ac04235097bbeed3dd66017ad4da462de97d012c8f7b5",
      "log/0021-keys-together.sql 9f2ba27cebdf9bef342e1de7e51330ed3f1358a51e2ddcb2c6a31e053647016d",
      "log/0022-a-cheaper-append.sql 33027f722d4c5ef49210cb0995b28ca560f06277686ad258af68312b837fd99c",
    ]
    #expect(Schema.migrations.map { "\($0.name) \(hexadecimal(sha256($0.text)))" } == released)
  }

  /// A schema that is missing is made again by these files, so each of them says that it belongs to it.
  @Test func `says which of its files make the keys and the checkpoints`() {
    for file in Schema.migrations {
      let statements = file.text.split(separator: "\n").filter { !$0.hasPrefix("--") }.joined(separator: "\n")
      for schema in Schema.remakable
      where statements.contains(" \(schema).") || statements.contains("schema \(schema)") {
        #expect(file.remakes.contains(schema), "\(file.name) needs “remakes: \(schema)” in Schema.swift.")
      }
    }
  }

  /// A program replaces the functions and tables of a database with a lower number, and leaves a higher one alone.
  @Test func `has a higher number after every change of a file`() {
    let known = "21 62aecd7771f3e95803c02ca21cb9817d83a69d845c08100b4614a6e796d26559"
    #expect(
      "\(Schema.version) \(Migration.fingerprint)" == known,
      "A file in Schema was changed: raise Schema.version, then put the new line here.")
  }

  @Test func `is applied completely, and then there is nothing to do`() async throws {
    let connection = try await Connection.open(TestServer.shared.database())
    #expect(try await connection.run { try Migration.situation($0) } == .behind)
    #expect(try await connection.run { try Migration.apply($0) } == Self.everything)
    #expect(try await connection.run { try Migration.situation($0) } == .current)
    #expect(try await connection.run { try Migration.apply($0) } == [])
    let numbers = try await connection.query(
      "select number, name from plenary.migration order by number"
    ).map { try "\($0.decode("number", as: Int.self)) \($0.decode("name", as: String.self))" }
    #expect(numbers == Schema.migrations.enumerated().map { "\($0 + 1) \($1.name)" })
  }

  @Test func `is applied by one of several concurrent processes`() async throws {
    for _ in 1...3 {
      let parameters = try await TestServer.shared.database()
      let applied = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 1...4 {
          group.addTask {
            try await Connection.open(parameters).run { connection in
              _ = try Migration.situation(connection)
              return try Migration.apply(connection)
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(applied.filter { !$0.isEmpty } == [Self.everything])
    }
  }

  @Test func `is applied to several databases of one server at once`() async throws {
    try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 1...4 {
        group.addTask {
          try await Connection.open(TestServer.shared.database()).run { try Migration.apply($0) }
        }
      }
      for try await applied in group { #expect(applied == Self.everything) }
    }
  }

  @Test func `is left alone if it is newer`() async throws {
    let owner = try await Connection.open(Database().owner)
    try await owner.execute("insert into plenary.migration (number, name) values (1000, 'log/1000.sql')")
    try await owner.execute("update plenary.schema set fingerprint = 'of a newer version'")
    #expect(try await owner.run { try Migration.situation($0) } == .ahead)
    await #expect(throws: NewerDatabase.self) { try await owner.run { try Migration.apply($0) } }
    #expect(
      try await owner.query("select fingerprint from plenary.schema")[0].decode("fingerprint")
        == "of a newer version")
  }

  @Test func `is left alone if only its functions are newer`() async throws {
    let owner = try await Connection.open(Database().owner)
    try await owner.execute(
      "update plenary.schema set fingerprint = 'of a newer version', version = \(Schema.version + 1)")
    #expect(try await owner.run { try Migration.situation($0) } == .ahead)
    await #expect(throws: NewerDatabase.self) { try await owner.run { try Migration.apply($0) } }
    #expect(
      try await owner.query("select fingerprint from plenary.schema")[0].decode("fingerprint")
        == "of a newer version")
  }

  @Test func `is updated if it was installed before it had a number`() async throws {
    let owner = try await Connection.open(Database().owner)
    try await owner.executeScript(Self.withoutWords)
    try await owner.executeScript(
      """
      alter table plenary.schema drop column version;
      delete from plenary.migration where number = 6;
      """)
    #expect(try await owner.run { try Migration.situation($0) } == .behind)
    #expect(
      try await owner.run { try Migration.apply($0) }
        == ["log/0006-schema-version.sql"] + Self.words + Self.replaced + [Schema.roles.name])
    #expect(try await owner.run { try Migration.situation($0) } == .current)
    #expect(
      try await owner.query("select version from plenary.schema")[0].decode("version") == Schema.version)
  }

  /// The migrations since words can be destroyed.
  private static let words = Array(Schema.migrations.map(\.name)[6...])

  /// Makes the log as it was before words could be destroyed. Of its functions only the parameters count.
  private static let withoutWords = """
    drop table log.words, log.event_type, plenary.catalogue;
    drop function
      log.check_query(json), log.events_set_aside(text),
      log.leaf(text, bigint, text, integer, text, text, text, uuid, bigint, text, text),
      log.append(text, uuid, bytea, text, text, text[], integer[], text[], text[], json, bigint, text[], bytea[]),
      log.expunge(text, uuid, bytea, text, text, text[], integer[], text[], text[], bigint[], json, bigint, text[], bytea[]),
      log.read(text, json, bigint, bigint);
    create function log.append(
      conference text, command_id uuid, request bytea, actor text, reason text, types text[], versions integer[],
      tags text[], bodies text[], query json default null, after bigint default null)
    returns table (first_position bigint, last_position bigint, replayed boolean)
    language sql as $$ select 0::bigint, 0::bigint, false $$;
    create function log.read(
      conference text, query json, after bigint default 0, "limit" bigint default 9223372036854775807)
    returns setof log.event language sql as $$ select * from log.event $$;
    drop trigger receipt_is_append_only on log.receipt;
    drop trigger receipt_is_blanked_by_log_expunge_alone on log.receipt;
    create trigger receipt_is_append_only
      before update or delete or truncate on log.receipt
      for each statement execute function log.refuse_change();
    alter table log.event drop column login;
    alter table vault.key drop constraint only_identities_outlive_their_key;
    alter table vault.key drop column master;
    alter table vault.key add constraint key_has_256_bits check (length(key) = 32);
    alter table vault.key alter column key set not null;
    alter table vault.key rename constraint owner_has_one_key to person_has_one_key;
    alter table vault.key rename column owner to person;
    delete from plenary.migration where number >= 7;
    update plenary.schema set fingerprint = 'of an older version', version = 1;
    """

  @Test func `gets words that can be destroyed, and still reads what was recorded before`() async throws {
    let database = try await Database()
    _ = try await database.log().append(AppendRequest(conference("berlin"), "a"))
    let owner = try await Connection.open(database.owner)
    let before = try await database.log().stream(conference("berlin"))
    try await owner.executeScript(Self.withoutWords)
    #expect(
      try await owner.run { try Migration.apply($0) }
        == Self.words + Self.replaced + [Schema.roles.name])
    try await database.register("Said")
    let log = try await database.log()
    let berlin = conference("berlin")
    _ = try await log.append(AppendRequest(berlin, appending: Said("b")))
    _ = try await log.expunge(AppendRequest(berlin, appending: SaidExpunged(2)), words: [2])
    let events = try await log.stream(berlin)
    #expect(events[0].body == before[0].body && events[0].leaf == before[0].leaf)
    #expect(events.map(\.wordsDestroyed) == [false, true, false])
    // One function of each name, so that no call is ambiguous.
    #expect(
      try await owner.query(
        "select from pg_proc where pronamespace = 'log'::regnamespace group by proname having count(*) > 1"
      ).isEmpty)
  }

  /// Until then, a speaker's key opened the address and the withheld statements. No file of SQL can tell which ones.
  @Test func `gives keys one purpose, unless one of them has several already`() async throws {
    for isWithheld in [false, true] {
      let database = try await Database()
      let owner = try await Connection.open(database.owner)
      try await owner.executeScript(Self.withoutWords)
      try await owner.execute(
        "insert into vault.key (conference, person, key) values ('berlin', 'person:li-wei', \([UInt8](0..<32))::bytea)"
      )
      if isWithheld {
        try await owner.execute(
          """
          insert into log.event
            (conference, position, type, version, tags, body, actor, command_id, recorded_at, leaf)
          values ('berlin', 1, 'StatementRecorded', 1, '{}',
            '{"attribution":{"identity":"c2VhbGVk","mode":"withheld"}}', 'anna', gen_random_uuid(), now(), sha256(''))
          """)
        let error = await #expect(throws: PostgresError.self) {
          try await owner.run { try Migration.apply($0) }
        }
        #expect(error?.sqlState == "PL007" && error?.message.contains("plenary db restore") == true)
        #expect(try await owner.query("select from plenary.migration where number > 6").isEmpty)
      } else {
        _ = try await owner.run { try Migration.apply($0) }
        let owners = try await owner.query("select owner from vault.key").map {
          try $0.decode("owner", as: String.self)
        }
        #expect(owners == ["person:li-wei"])
      }
    }
  }

  @Test func `gets changed functions and grants, and keeps its data`()
    async throws
  {
    let database = try await Database()
    let log = try await database.log()
    _ = try await log.append(AppendRequest(conference("berlin"), "a"))
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      update plenary.schema set fingerprint = 'of an older version', version = 4;
      create or replace function log.leaf(
        conference text, pos bigint, type text, version integer, tags text, actor text, reason text,
        command_id uuid, microseconds bigint, body text, login text)
      returns bytea language sql as $$ select sha256('') $$;
      revoke select on log.event from plenary_writer;
      """)
    #expect(try await owner.run { try Migration.situation($0) } == .behind)
    #expect(
      try await owner.run { try Migration.apply($0) }
        == Self.replaced + [Schema.roles.name])
    _ = try await log.append(AppendRequest(conference("berlin"), "b"))
    let events = try await log.stream(conference("berlin"))
    #expect(events.map(\.position) == [1, 2])
    #expect(events.map(\.leaf) == events.map(\.leafHash))
  }

  @Test func `drops only a changed read model, with its checkpoint`() async throws {
    let owner = try await Connection.open(Database().owner)
    try await owner.executeScript(
      """
      update plenary.schema set fingerprint = 'of an older version', version = 4;
      update projection.read_model set definition = '\\x00' where name = 'program';
      insert into projection.checkpoint (conference, projector, revision, position, frontier)
      values ('berlin', 'program', 1, 0, ''), ('berlin', 'attendance', 1, 0, '');
      insert into program.track values ('berlin', 'old', 1, '{}', null);
      """)
    let applied = try await owner.run { try Migration.apply($0) }
    #expect(applied.contains("projections/program.sql"))
    #expect(!applied.contains("projections/attendance.sql"))
    #expect(try await owner.query("select from program.track").isEmpty)
    #expect(
      try await owner.query("select projector from projection.checkpoint").map {
        try $0.decode("projector", as: String.self)
      } == ["attendance"])
  }

  /// What somebody can do to a schema, the object that is then not as it was, and what makes it whole.
  private static let damages: [(change: String, object: String)] = [
    ("revoke select on log.event from plenary_writer", "rights on table log.event"),
    ("grant insert on log.event to plenary_writer", "rights on table log.event"),
    ("grant update (body) on log.event to plenary_writer", "column log.event.body"),
    ("grant select on vault.key to public", "rights on table vault.key"),
    ("grant usage on schema log to public", "rights on schema log"),
    ("alter table log.event disable trigger all", "triggers on log.event"),
    ("drop trigger event_is_append_only on log.event", "triggers on log.event"),
    (
      """
      create function public.mine() returns trigger language plpgsql as 'begin return new; end';
      create trigger mine before insert on log.event for each row execute function public.mine()
      """, "triggers on log.event"
    ),
    (
      """
      create function public.mine() returns trigger language plpgsql as 'begin return new; end';
      create trigger mine before insert on program.room for each row execute function public.mine()
      """, "triggers on program.room"
    ),
    (
      "create or replace function log.check_query(query json) returns void language sql as 'select'",
      "function log.check_query(query json)"
    ),
    ("alter function log.check_query(json) reset all", "function log.check_query(query json)"),
    ("alter function log.check_query(json) owner to plenary_reader", "function log.check_query(query json)"),
    (
      "drop function log.read(text, json, bigint, bigint)",
      #"function log.read(conference text, query json, after bigint, "limit" bigint)"#
    ),
    ("drop table vault.key", "table vault.key"),
    ("drop schema vault cascade", "schema vault"),
    ("drop schema projection cascade", "schema projection"),
    ("drop table program.track cascade", "table program.track"),
    ("alter table program.session drop column kind cascade", "column program.session.kind"),
    ("drop schema proceedings cascade", "schema proceedings"),
    ("create rule mine as on insert to program.room do instead nothing", "table program.room"),
    ("alter table program.room add constraint mine check (false)", "constraints of program.room"),
  ]

  @Test(arguments: damages)
  func `is not complete if something of it is missing or changed, and is made whole`(
    _ change: String, _ object: String
  ) async throws {
    let database = try await Database()
    let log = try await database.log()
    _ = try await log.append(AppendRequest(conference("berlin"), "a"))
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(change)
    guard case .incomplete(let objects) = try await owner.run({ try Migration.situation($0) }) else {
      Issue.record("\(change) was not noticed.")
      return
    }
    #expect(objects.contains(object), "\(objects)")
    #expect(try await !owner.run { try Migration.apply($0) }.isEmpty)
    #expect(try await owner.run { try Migration.situation($0) } == .current)
    #expect(try await owner.run { try Migration.apply($0) } == [])
    _ = try await log.append(AppendRequest(conference("berlin"), "b"))
    let events = try await log.stream(conference("berlin"))
    #expect(events.map(\.leaf) == events.map(\.leafHash) && events.count == 2)
  }

  @Test func `is as it should be whatever its owner adds`() async throws {
    let database = try await Database()
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      create index mine on log.event (actor);
      create table program.mine (n int);
      alter table program.room add column mine text;
      alter table log.tag set (fillfactor = 90);
      """)
    // Rights of others are the owner's business, also those on single columns.
    let bob = try await database.login("bob")
    let login = try await bob.query("select session_user as login")[0].decode("login", as: String.self)
    try await owner.execute("grant select (conference, position) on log.head to \(identifier: login)")
    try await owner.execute("grant select on log.head to \(identifier: login)")
    #expect(try await owner.run { try Migration.apply($0) } == [])
    #expect(try await owner.run { try Migration.situation($0) } == .current)
    // Who works sees the same as the owner.
    let writer = try await Connection.open(database.writer)
    #expect(try await writer.run { try Migration.situation($0) } == .current)
  }

  /// To compare each object takes longer than most commands.
  @Test func `is compared object by object only after a change`() async throws {
    let database = try await Database()
    let owner = try await Connection.open(database.owner)
    // As long as the server's catalogues are as they were, this is not noticed.
    try await owner.execute(
      "update plenary.catalogue set definition = 'other' where object = 'table log.tag'")
    #expect(try await owner.run { try Migration.situation($0) } == .current)
    try await owner.execute("create index mine on log.event (actor)")
    #expect(try await owner.run { try Migration.situation($0) } == .incomplete(["table log.tag"]))
    // A migration that finds everything as it should be remembers that.
    try await owner.execute(
      "update plenary.catalogue set definition = 'r p f' where object = 'table log.tag'")
    #expect(try await owner.run { try Migration.apply($0) } == [])
    try await owner.execute(
      "update plenary.catalogue set definition = 'other' where object = 'table log.tag'")
    #expect(try await owner.run { try Migration.situation($0) } == .current)
  }

  /// What only a backup brings back.
  @Test(arguments: [
    (
      "alter table log.event drop constraint event_has_one_position",
      "constraint event_has_one_position on log.event"
    ),
    ("alter table log.receipt drop column request", "column log.receipt.request"),
    (
      "create function log.append(text) returns int language sql as 'select 1'", "functions of log"
    ),
    ("alter table log.event add constraint mine check (position < 100)", "constraints of log.event"),
    ("create rule mine as on insert to log.tag do instead nothing", "table log.tag"),
  ])
  func `is not repaired in part`(_ change: String, _ object: String) async throws {
    let owner = try await Connection.open(Database().owner)
    try await owner.executeScript(change + "; revoke select on log.event from plenary_writer")
    let error = await #expect(throws: DamagedSchema.self) { try await owner.run { try Migration.apply($0) } }
    #expect(error?.description.contains(object) == true, "\(String(describing: error))")
    guard case .incomplete(let objects) = try await owner.run({ try Migration.situation($0) }) else {
      Issue.record("\(change) was not noticed.")
      return
    }
    #expect(objects.contains(object) && objects.contains("rights on table log.event"))
  }

  /// Definitions of PostgreSQL's catalogues depend on these settings of a login.
  @Test func `is the same for every login, whatever its settings`() async throws {
    let database = try await Database()
    let owner = try await Connection.open(database.owner)
    let name = database.owner.keywords["dbname"]!
    for setting in ["search_path = log, program, public", "quote_all_identifiers = on"] {
      try await owner.execute("alter database \(identifier: name) set \(raw: setting)")
    }
    let options = "-c search_path=program -c quote_all_identifiers=on"
    for parameters in [database.owner, database.writer, database.owner.setting("options", to: options)] {
      let connection = try await Connection.open(parameters)
      #expect(try await connection.run { try Migration.situation($0) } == .current)
    }
    // Nor does it depend on those of the login that put it in place.
    try await owner.execute("revoke select on log.event from plenary_writer")
    let other = try await Connection.open(database.owner.setting("options", to: options))
    #expect(try await !other.run { try Migration.apply($0) }.isEmpty)
    #expect(try await Connection.open(database.owner).run { try Migration.situation($0) } == .current)
  }

  /// These belong to the whole server, and somebody can have made them before.
  @Test func `has working roles that can do nothing else`() async throws {
    let server = TestServer()
    let owner = try await Connection.open(server.database())
    try await owner.executeScript(
      "create role plenary_writer superuser login; create role other; grant other to plenary_writer")
    _ = try await owner.run { try Migration.apply($0) }
    for damage in [
      "select", "alter role plenary_writer superuser", "alter role plenary_reader createrole bypassrls",
      "grant pg_read_all_data to plenary_reader", "alter role plenary_reader login",
      "alter role plenary_writer createdb", "alter role plenary_reader replication",
    ] {
      try await owner.execute("\(raw: damage)")
      if damage != "select" {
        guard case .incomplete(let objects) = try await owner.run({ try Migration.situation($0) }) else {
          Issue.record("\(damage) was not noticed.")
          continue
        }
        #expect(objects.allSatisfy { $0.hasPrefix("role plenary_") } && !objects.isEmpty, "\(objects)")
        #expect(try await !owner.run { try Migration.apply($0) }.isEmpty)
      }
      #expect(try await owner.run { try Migration.situation($0) } == .current, "\(damage)")
      #expect(
        try await owner.query(
          """
          select from pg_roles as role
          where rolname in ('plenary_writer', 'plenary_reader')
            and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls or rolcanlogin
              or exists (select from pg_auth_members as membership where membership.member = role.oid))
          """
        ).isEmpty, "\(damage)")
    }
    // An owner who is not allowed to put that right is told of it.
    try await owner.execute("create role anna login")
    try await owner.execute("create database annas owner anna")
    try await owner.execute("alter role plenary_writer superuser")
    let anna = try await Connection.open(
      server.database().setting("user", to: "anna").setting("dbname", to: "annas"))
    let error = await #expect(throws: DamagedSchema.self) { try await anna.run { try Migration.apply($0) } }
    #expect(error?.description.contains("role plenary_writer") == true, "\(String(describing: error))")
  }

  /// Rights belong to a role, whatever its name is later.
  @Test func `notices working roles that have changed their names`() async throws {
    let server = TestServer()
    let owner = try await Connection.open(server.database())
    _ = try await owner.run { try Migration.apply($0) }
    try await owner.executeScript(
      """
      alter role plenary_reader rename to other;
      alter role plenary_writer rename to plenary_reader;
      alter role other rename to plenary_writer;
      """)
    guard case .incomplete(let objects) = try await owner.run({ try Migration.situation($0) }) else {
      Issue.record("It was not noticed.")
      return
    }
    #expect(objects.contains("rights on table log.event"), "\(objects)")
    #expect(try await !owner.run { try Migration.apply($0) }.isEmpty)
    #expect(try await owner.run { try Migration.situation($0) } == .current)
  }

  /// Without its line, no event of a type is taken any more.
  @Test func `gets back types of events that were deleted`() async throws {
    let database = try await Database()
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      alter table log.event_type disable trigger all;
      delete from log.event_type where type in ('RoomAdded', 'StatementRecorded') and version = 1;
      alter table log.event_type enable trigger all;
      """)
    #expect(try await !owner.run { try Migration.apply($0) }.isEmpty)
    #expect(
      try await owner.query(
        "select from log.event_type where type in ('RoomAdded', 'StatementRecorded') and version = 1"
      ).count == 2)
    #expect(try await owner.run { try Migration.apply($0) } == [])
  }

  /// With functions in the place of those of Citus, which keep a list of the tables and of what they were called with.
  @Test func `of a distributed database is compared like every other, but for its triggers`() async throws {
    let database = try await Database()
    let owner = try await Connection.open(database.owner)
    try await owner.executeScript(
      """
      set allow_system_table_mods = on;
      create table pg_catalog.pg_dist_partition (logicalrelid regclass);
      create table public.called (what text, by text, beside text, number serial);
      create function public.create_distributed_table(named regclass, by text, colocate_with text) returns void
        language sql as 'insert into pg_catalog.pg_dist_partition values (named);
          insert into called values (named::text, by, colocate_with)';
      create function public.create_reference_table(named regclass) returns void
        language sql as 'insert into pg_catalog.pg_dist_partition values (named);
          insert into called values (named::text)';
      create function public.truncate_local_data_after_distributing_table(named regclass) returns void
        language sql as 'insert into called values (''truncate '' || named)';
      create function public.create_distributed_function(named regprocedure, by text, colocate_with text)
        returns void language sql as 'insert into called values (named::text, by, colocate_with)';
      create function public.create_distributed_function(named regprocedure) returns void
        language sql as 'insert into called values (named::text)';
      """)
    try await owner.executeScript(Schema.distribution.text)
    try await checkDistribution(owner)
    // Without its triggers, the schema is not as it was; after a migration, it is as it should be on such a database.
    #expect(try await !owner.run { try Migration.apply($0) }.isEmpty)
    #expect(try await owner.run { try Migration.situation($0) } == .current)
    for (damage, object, isMended) in [
      ("grant insert on log.event to plenary_writer", "rights on table log.event", true),
      ("grant update (body) on log.event to plenary_writer", "column log.event.body", true),
      (
        "alter table log.event drop constraint event_has_one_position",
        "constraint event_has_one_position on log.event", false
      ),
    ] {
      try await owner.execute("\(raw: damage)")
      guard case .incomplete(let objects) = try await owner.run({ try Migration.situation($0) }) else {
        Issue.record("\(damage) was not noticed.")
        continue
      }
      #expect(objects.contains(object), "\(objects)")
      if isMended {
        #expect(try await !owner.run { try Migration.apply($0) }.isEmpty)
        #expect(try await owner.run { try Migration.situation($0) } == .current)
      } else {
        await #expect(throws: DamagedSchema.self) { try await owner.run { try Migration.apply($0) } }
      }
    }
  }

  /// Every table of a conference is distributed by it, beside log.head; the small ones are on every node. A function of one
  /// conference is called with it first, and runs there.
  private func checkDistribution(_ owner: Connection) async throws {
    let calls = try await owner.query(
      "select what, coalesce(by, '') as by, coalesce(beside, '') as beside from called order by number"
    ).map {
      (
        what: try $0.decode("what", as: String.self), by: try $0.decode("by", as: String.self),
        beside: try $0.decode("beside", as: String.self)
      )
    }
    func names(_ by: String, _ beside: String) -> Set<String> {
      Set(
        calls.filter { $0.by == by && $0.beside == beside && !$0.what.hasPrefix("truncate ") }.map { $0.what }
      )
    }
    #expect(calls.first?.what == "log.head" && names("conference", "none") == ["log.head"])
    let tables = try await owner.query(
      """
      select class.oid::regclass::text as name, exists (
        select from pg_attribute where attrelid = class.oid and attname = 'conference') as of_a_conference
      from pg_class as class
      where class.relkind = 'r' and class.relnamespace::regnamespace::text in
        ('log', 'vault', 'projection', 'plenary', 'program', 'attendance', 'proceedings')
      """
    ).map {
      (name: try $0.decode("name", as: String.self), isOfOne: try $0.decode("of_a_conference", as: Bool.self))
    }
    let beside = names("conference", "log.head")
    #expect(
      Set(tables.filter { $0.isOfOne }.map { $0.name })
        == beside.filter { !$0.contains("(") }.union(["log.head"]))
    #expect(
      Set(tables.filter { !$0.isOfOne }.map { $0.name }) == names("", "").filter { !$0.contains("(") })
    #expect(tables.allSatisfy { table in calls.contains { $0.what == "truncate \(table.name)" } })
    let functions = beside.filter { $0.contains("(") }
    #expect(functions.contains { $0.hasPrefix("log.append(text,") })
    #expect(functions.contains { $0.hasPrefix("vault.erase(") })
    #expect(names("", "").contains { $0.hasPrefix("log.leaf(") })
  }

  /// Nobody can tell which of the two is newer.
  @Test func `of another build with the same number is replaced only on request`() async throws {
    let owner = try await Connection.open(Database().owner)
    try await owner.execute("update plenary.schema set fingerprint = 'of another build'")
    #expect(try await owner.run { try Migration.situation($0) } == .other)
    await #expect(throws: OtherProgramsDatabase.self) { try await owner.run { try Migration.apply($0) } }
    #expect(
      try await owner.query("select fingerprint from plenary.schema")[0].decode("fingerprint")
        == "of another build")
    #expect(try await !owner.run { try Migration.apply(replacing: true, $0) }.isEmpty)
    #expect(try await owner.run { try Migration.situation($0) } == .current)
    // Other migrations are another log.
    try await owner.execute("update plenary.migration set name = 'log/0010-other.sql' where number = 10")
    #expect(try await owner.run { try Migration.situation($0) } == .current, "Its contents are the same.")
    try await owner.execute("update plenary.schema set fingerprint = 'of an older build', version = 4")
    #expect(try await owner.run { try Migration.situation($0) } == .other)
  }

  /// A server that has none of the roles.
  @Test(arguments: [[], ["--exclude-schema", "vault"], ["--exclude-schema", "projection"]])
  func `is made whole after a backup was restored on a bare server`(_ leavingOut: [String]) async throws {
    let database = try await Database()
    _ = try await database.log().append(AppendRequest(conference("berlin"), "a"))
    let bare = TestServer()
    let restored = try await bare.restore(
      database.owner.keywords["dbname"] ?? "", of: .shared, leavingOut: leavingOut)
    let owner = try await Connection.open(restored)
    guard case .incomplete(let objects) = try await owner.run({ try Migration.situation($0) }) else {
      Issue.record("The schema is said to be complete.")
      return
    }
    #expect(objects.contains("role plenary_writer"))
    #expect(try await !owner.run { try Migration.apply($0) }.isEmpty)
    #expect(try await owner.run { try Migration.situation($0) } == .current)
    let log = PostgresLog(try await Connection.open(restored.settingRole("plenary_writer")))
    _ = try await log.append(AppendRequest(conference("berlin"), "b"))
    let events = try await log.stream(conference("berlin"))
    #expect(events.map(\.leaf) == events.map(\.leafHash) && events.count == 2)
  }

  @Test func `is never applied in part`() async throws {
    let owner = try await Connection.open(TestServer.shared.database())
    try await owner.execute("create schema attendance")  // dropped and created again
    try await owner.execute("create schema vault")  // in the way
    await #expect(throws: PostgresError.self) { try await owner.run { try Migration.apply($0) } }
    #expect(
      try await owner.query("select from pg_namespace where nspname in ('log', 'program', 'plenary')")
        .isEmpty)
    try await owner.execute("drop schema vault")
    #expect(try await owner.run { try Migration.apply($0) } == Self.everything)
  }
}
