import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import TestSupport
import Testing
import Vocabulary

@testable import Plenary

/// Least privilege as it is operated: an owner, a writer and a reader, each a login with a password (SCRAM) over TCP.
@Suite(.timeLimit(.minutes(10))) struct `Separate logins` {
  enum Who: String, CaseIterable, Sendable {
    /// Owns the database and the schema; no superuser.
    case owner
    case writer, reader
    /// May connect, and has no role.
    case stranger
  }

  /// One database, in which nobody must be able to change anything, so that all attempts can share it.
  private static let database = Task {
    let server = TestServer.withPasswords
    let name = try await server.database().keywords["dbname"] ?? ""
    let superuser = try await Connection.open(server.parameters(database: name))
    try await superuser.executeScript(
      """
      create role owner login createrole password 'secret of owner';
      alter database \(name) owner to owner;
      """)
    let owner = try await server.overTCP(database: name, user: "owner", password: "secret of owner")
    let connection = try await Connection.open(owner)
    _ = try await connection.run { try Migration.apply($0) }
    try await connection.executeScript(
      """
      create role writer login password 'secret of writer' in role plenary_writer;
      create role reader login password 'secret of reader' in role plenary_reader;
      create role stranger login password 'secret of stranger';
      insert into log.event_type (type, version) values ('Noted', 1), ('Said', 1);
      """)
    let log = PostgresLog(
      try await Connection.open(
        server.overTCP(database: name, user: "writer", password: "secret of writer")))
    _ = try await log.append(AppendRequest(conference("berlin"), "a", about: [room("aula")]))
    _ = try await log.append(AppendRequest(conference("berlin"), appending: Said("b")))
    return name
  }

  private func connect(_ who: Who, password: String? = nil) async throws -> ConnectionParameters {
    try await TestServer.withPasswords.overTCP(
      database: Self.database.value, user: who.rawValue, password: password ?? "secret of \(who)")
  }

  @Test(arguments: Who.allCases) func `need their passwords`(_ who: Who) async throws {
    let connection = try await Connection.open(connect(who))
    let user = try await connection.query(
      "select session_user::text as name, inet_server_addr()::text as address")[0]
    #expect(try user.decode("name") == who.rawValue && user.decode("address") == "127.0.0.1/32")
    let error = await #expect(throws: PostgresError.self) {
      try await Connection.open(connect(who, password: "guessed"))
    }
    #expect(error?.situation == .cannotConnect)
  }

  @Test func `are enough for a command of the program, and stand in the log`() async throws {
    let workspace = try await Workspace.open(
      Configuration(
        database: connect(.writer).keywords.map { "\($0)='\($1)'" }.joined(separator: " "),
        conference: "shanghai", environment: [:])
    ) { Issue.record("said “\($0)”") }
    _ = try await workspace.log.append(AppendRequest(conference("shanghai"), "by the program"))
    let event = try await workspace.log.read(conference("shanghai"), matching: .everything, command: nil)
      .events[0]
    #expect(event.login == "writer" && event.actor == "anna" && event.leaf == event.leafHash)
    await workspace.close()
    func opened(_ who: Who) async throws -> Workspace {
      try await Workspace.open(
        Configuration(
          database: connect(who).keywords.map { "\($0)='\($1)'" }.joined(separator: " "), conference: nil,
          environment: [:])
      ) { _ in }
    }
    let reader = try await opened(.reader)
    #expect(reader.access == .readModels)
    await reader.close()
    let error = await #expect(throws: Failure.self) { _ = try await opened(.stranger) }
    #expect(error?.description.contains("no rights in the database") == true)
  }

  struct Attempt: Sendable, CustomTestStringConvertible {
    let who: Who
    let statement: String
    let refusal: SQLState
    var testDescription: String { "\(who): \(statement)" }

    init(_ who: Who, _ statement: String, _ refusal: SQLState = .insufficientPrivilege) {
      (self.who, self.statement, self.refusal) = (who, statement, refusal)
    }
  }

  private static let append = """
    log.append('berlin', gen_random_uuid(), '\\x00', 'mallory', null, '{Noted}', '{1}', '{""}', '{"{}"}')
    """

  static let attempts: [Attempt] = [
    // Rows.
    Attempt(.writer, "update log.event set body = '{}'"),
    Attempt(.writer, "update log.event set login = 'somebody'"),
    Attempt(.writer, "delete from log.event"),
    Attempt(.writer, "truncate log.event, log.tag, log.receipt, log.head, log.words"),
    Attempt(.writer, "insert into log.event select * from log.event"),
    Attempt(.writer, "with gone as (delete from log.event returning *) select count(*) from gone"),
    Attempt(
      .writer,
      "merge into log.event as old using (values (1)) as new(n) on true when matched then delete"),
    Attempt(.writer, "select from log.event for update"),
    Attempt(.writer, "update log.head set position = 0"),
    Attempt(.writer, "insert into log.head values ('forged', 7)"),
    Attempt(.writer, "delete from log.receipt"),
    Attempt(.writer, "update log.receipt set request = ''"),
    Attempt(.writer, "insert into log.tag values ('berlin', 'room:foyer', 1)"),
    Attempt(.writer, "insert into log.event_type values ('Forged', 1)"),
    Attempt(.writer, "set plenary.expunging = on; delete from log.words"),
    Attempt(.writer, "update vault.key set key = sha256('')"),
    Attempt(.writer, "update plenary.schema set version = 99"),
    Attempt(.writer, "delete from plenary.catalogue"),
    // COPY, the server's files, other programs.
    Attempt(.writer, "copy log.event from stdin"),
    Attempt(.writer, "copy (delete from log.event returning *) to stdout"),
    Attempt(.writer, "copy log.event from program 'true'"),
    Attempt(.writer, "copy log.event to '/tmp/log'"),
    Attempt(.writer, "select pg_read_file('PG_VERSION')"),
    Attempt(.writer, "select lo_import('/etc/hostname')"),
    Attempt(.writer, "create extension dblink"),
    // Definitions.
    Attempt(.writer, "alter table log.event disable trigger all"),
    Attempt(.writer, "drop trigger event_is_append_only on log.event"),
    Attempt(
      .writer,
      "create trigger mine before insert on log.event for each row execute function log.refuse_change()"),
    Attempt(.writer, "create rule mine as on insert to log.event do instead nothing"),
    Attempt(.writer, "create policy mine on log.event using (true)"),
    Attempt(.writer, "drop table log.words"),
    Attempt(.writer, "alter table log.event add column mine text"),
    Attempt(.writer, "alter table log.event owner to writer"),
    Attempt(.writer, "create index on log.event (actor)"),
    Attempt(.writer, "begin; lock table log.event in access exclusive mode"),
    Attempt(.writer, "cluster log.event using event_has_one_position"),
    Attempt(.writer, "alter schema log rename to old"),
    Attempt(.writer, "drop schema log cascade"),
    Attempt(.writer, "create schema evil"),
    // Functions.
    Attempt(
      .writer,
      "create or replace function log.check_query(query json) returns void language sql as 'select'"),
    Attempt(.writer, "create function log.evil() returns void language sql as 'delete from log.event'"),
    Attempt(.writer, "alter function log.check_query(json) set search_path = public"),
    Attempt(.writer, "alter function log.check_query(json) security definer"),
    Attempt(.writer, "drop function log.check_query(json)"),
    Attempt(.writer, "select log.leaf('berlin', 1, '', 1, '', '', '', gen_random_uuid(), 0, '', '')"),
    Attempt(.writer, "select log.refuse_change()"),
    // Roles and settings.
    Attempt(.writer, "set session_replication_role = replica"),
    Attempt(.writer, "set role owner"),
    Attempt(.writer, "do $$ begin perform set_config('role', 'owner', false); end $$"),
    Attempt(.writer, "set session authorization owner"),
    Attempt(.writer, "grant owner to writer"),
    Attempt(.writer, "alter role writer superuser"),
    Attempt(.writer, "create role evil"),
    Attempt(.writer, "alter system set fsync = off"),
    Attempt(.writer, "set log_statement = 'none'"),
    // The reader sees what is published, and changes nothing.
    Attempt(.reader, "select \(append)"),
    Attempt(.reader, "select from log.read('berlin', '[]')"),
    Attempt(.reader, "select from log.event"),
    Attempt(.reader, "select from log.words"),
    Attempt(.reader, "select from vault.key"),
    Attempt(.reader, "delete from program.session"),
    Attempt(.reader, "copy program.session from stdin"),
    Attempt(.reader, "update projection.checkpoint set position = 0"),
    Attempt(.reader, "set role plenary_writer"),
    Attempt(.stranger, "select \(append)"),
    Attempt(.stranger, "select from program.session"),
    Attempt(.stranger, "select from projection.checkpoint"),
    // The owner's slips. What the owner does on purpose, the next command finds; and log verify.
    Attempt(.owner, "update log.event set body = '{}'", "PL004"),
    Attempt(.owner, "delete from log.event", "PL004"),
    Attempt(.owner, "truncate log.event, log.tag", "PL004"),
    Attempt(.owner, "delete from log.tag", "PL004"),
    Attempt(.owner, "delete from log.words", "PL004"),
    Attempt(.owner, "update log.receipt set request = ''", "PL004"),
    Attempt(.owner, "delete from log.head", "PL004"),
    Attempt(.owner, "delete from log.event_type", "PL004"),
    Attempt(.owner, "set session_replication_role = replica"),
    Attempt(.owner, "copy log.event to program 'true'"),
  ]

  @Test(arguments: attempts) func `cannot alter history`(_ attempt: Attempt) async throws {
    let connection = try await Connection.open(connect(attempt.who))
    let error = await #expect(throws: PostgresError.self) {
      try await connection.executeScript(attempt.statement)
    }
    #expect(error?.sqlState == attempt.refusal, "\(String(describing: error))")
    let log = PostgresLog(try await Connection.open(connect(.writer)))
    let events = try await log.stream(conference("berlin"))
    #expect(events.map(\.leaf) == events.map(\.leafHash))
    #expect(events.map(\.login) == ["writer", "writer"] && events.map { $0.words != nil } == [false, true])
  }

  /// Names in temporary tables and schemas of the caller's come first in the caller's search path, and in no function's.
  @Test func `cannot lead the functions astray by a search path`() async throws {
    let writer = try await Connection.open(connect(.writer))
    try await writer.executeScript(
      """
      create temp table event_type (type text, version integer);
      insert into event_type values ('Forged', 1);
      create temp table head (conference text, position bigint);
      create function pg_temp.sha256(bytea) returns bytea language sql as $$ select '\\x00'::bytea $$;
      set search_path = pg_temp, log, pg_catalog;
      """)
    let error = await #expect(throws: PostgresError.self) {
      try await writer.execute(
        "select log.append('munich', gen_random_uuid(), '\\x00', 'm', null, '{Forged}', '{1}', '{\"\"}', '{\"{}\"}')"
      )
    }
    #expect(error?.sqlState == "PL006")
    let log = PostgresLog(writer)
    _ = try await log.append(AppendRequest(conference("munich"), "a"))
    let events = try await log.stream(conference("munich"))
    #expect(events.map(\.leaf) == events.map(\.leafHash) && events.count == 1)
  }

  /// A client that appends and then forgets its transaction holds up the conference, for a minute at most.
  @Test func `cannot hold a conference for long`() async throws {
    let writer = try await Connection.open(connect(.writer))
    try await writer.execute("begin")
    try await writer.execute(
      "select log.append('bonn', gen_random_uuid(), '\\x00', 'm', null, '{Noted}', '{1}', '{\"\"}', '{\"{}\"}')"
    )
    func setting(_ name: String) async throws -> String {
      try await writer.query("select current_setting(\(name)) as value")[0].decode("value")
    }
    #expect(try await setting("idle_in_transaction_session_timeout") == "1min")
    // The test server has a limit of its own, which is kept.
    #expect(try await setting("statement_timeout") == "2min")
    try await writer.execute("commit")
    #expect(try await setting("idle_in_transaction_session_timeout") == "0")

    // With a shorter limit of its own, in which the others need not wait for their ten seconds.
    try await writer.execute("set idle_in_transaction_session_timeout = '2s'")
    try await writer.execute("begin")
    try await writer.execute(
      "select log.append('bonn', gen_random_uuid(), '\\x00', 'm', null, '{Noted}', '{1}', '{\"\"}', '{\"{}\"}')"
    )
    let other = PostgresLog(try await Connection.open(connect(.writer)))
    #expect(try await other.append(AppendRequest(conference("bonn"), "b")).first == 2)
    let error = await #expect(throws: PostgresError.self) { try await writer.execute("commit") }
    #expect(error?.situation == .connectionLost || error?.sqlState == "25P03")
  }

  /// What the connection string says comes first.
  @Test(arguments: [("", "15min"), (" options='-c statement_timeout=7min'", "7min")])
  func `of the program's own sessions have limits`(_ options: String, _ limit: String) async throws {
    let workspace = try await Workspace.open(
      Configuration(
        database: connect(.writer).keywords.map { "\($0)='\($1)'" }.joined(separator: " ") + options,
        conference: nil, environment: [:])
    ) { _ in }
    let settings = try await workspace.connection.query(
      "select current_setting('idle_in_transaction_session_timeout') as idle, current_setting('statement_timeout') as statement"
    )[0]
    #expect(try settings.decode("idle") == "5min")
    #expect(try settings.decode("statement") == limit)
    await workspace.close()
  }
}
