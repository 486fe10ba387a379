import Foundation
import Postgres
import Subprocess
import Testing

/// What a restore must not do: half its work, somebody else's work, or bring back what was taken back.
@Suite(.timeLimit(.minutes(40))) struct `A restore` {
  private let backups: `A backup`
  private var folder: String { backups.folder.path }

  init() throws { backups = try `A backup`() }

  /// Two attendees, a speaker with an address who is also behind a withheld statement.
  private func conference() async throws -> Plenary { try await backups.conference() }

  private func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    return "\(folder)/\(name)"
  }

  /// Changes a backup's manifest.
  private func edit(_ backup: String, _ change: (inout [String: Any]) -> Void) throws {
    let file = URL(filePath: "\(backup)/manifest.json")
    var manifest =
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
    change(&manifest)
    try JSONSerialization.data(withJSONObject: manifest).write(to: file)
  }

  /// Writes the present length and checksum of a file into the manifest, as an attacker would.
  private func sign(_ name: String, in backup: String) async throws {
    let sum = try await Subprocess.run(
      .name("sha256sum"), arguments: ["\(backup)/\(name)"], output: .string(limit: 4096))
    let bytes = try Data(contentsOf: URL(filePath: "\(backup)/\(name)")).count
    try edit(backup) { manifest in
      manifest["files"] = (manifest["files"] as? [[String: Any]] ?? []).map { file in
        var file = file
        if file["name"] as? String == name {
          file["bytes"] = bytes
          file["sha256"] = String(sum.standardOutput.prefix(64))
        }
        return file
      }
    }
  }

  // MARK: Whole or not at all

  @Test func `that was killed leaves a database that every command refuses, and begins anew`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    try await plenary.done("db", "backup", "\(folder)/tuesday")

    let other = try await Plenary.unmigrated()
    // The lock of a migration stops the restore when the rows are in.
    let holder = try await other.connect()
    try await holder.execute("select pg_advisory_lock(7263616012)")
    try await other.killed("db", "restore", "\(folder)/monday") {
      let watcher = try await other.connect()
      for _ in 0..<600 {
        let waits = try await watcher.query(
          """
          select exists (
            select from pg_locks where locktype = 'advisory' and not granted
              and database = (select oid from pg_database where datname = current_database())
          ) as waits
          """)
        if try waits[0].decode("waits", as: Bool.self) { return }
        try await Task.sleep(for: .milliseconds(50))
      }
      Issue.record("The restore did not reach the migration.")
    }
    try await holder.execute("select pg_advisory_unlock(7263616012)")
    let watcher = try await other.connect()
    #expect(!(try await watcher.query("select from log.event").isEmpty))
    #expect(try await watcher.query("select from vault.key").isEmpty)

    for words in [
      ["attendee", "list"], ["room", "add", "salon", "--name", "Salon"], ["db", "status"], ["db", "migrate"],
      ["db", "migrate", "--replace"], ["db", "backup", "\(folder)/half"], ["log", "verify"],
      ["db", "restore", "\(folder)/monday", "--vault-only"], ["projections", "rebuild"],
    ] {
      let run = try await other(words)
      #expect(
        run.code == 4 && run.error.contains("is being restored")
          && run.error.contains("plenary db restore BACKUP"), "\(run)")
    }
    try await other("db", "restore", "\(folder)/monday").says("erased again: attendee:a-1")
    try await other.done("attendee", "show", "a-1").says("erased")
    try await other.done("log", "verify")
    try await other.done("projections", "verify")
  }

  @Test func `needs no more rights than those of the database's owner`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b")
    let other = try await Plenary.unmigrated()
    let (name, role) = (other.database?.split(separator: "=").last ?? "", "owner_\(getpid())")
    try await other.connect().execute("create role \(raw: role) login createrole")
    try await other.connect().execute("alter database \(raw: String(name)) owner to \(raw: role)")
    let owner = (other.database ?? "").replacing("user=plenary", with: "user=\(role)")
    let run = try await other("db", "restore", "\(folder)/b", "--database", owner)
    run.says("4 keys restored.")
    #expect(try await other.done("attendee", "list").output.contains("Olga Ivanova"))
  }

  @Test func `of keys alone is for the database's owner, and needs no more rights`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b")
    try await plenary.connect().execute("delete from vault.key")
    let role = "writer_\(getpid())"
    try await plenary.connect().execute("create role \(raw: role) login in role plenary_writer")
    let writer = (plenary.database ?? "").replacing("user=plenary", with: "user=\(role)")
    let run = try await plenary("db", "restore", "\(folder)/b", "--vault-only", "--database", writer)
    #expect(run.code == 4 && run.error.contains("Only the database's owner"), "\(run)")
    #expect(try await plenary.storedKeys().isEmpty)
    try await plenary("db", "restore", "\(folder)/b", "--vault-only").says("4 keys restored.")
  }

  @Test func `of a damaged backup changes nothing`() async throws {
    let plenary = try await conference()
    try await plenary.connect().executeScript(
      """
      set session_replication_role = replica;
      update log.event set body = replace(body::text, 'Aula', 'Hall')::json where position = 2
      """)
    try await plenary.done("db", "backup", "\(folder)/b")
    let other = try await Plenary.unmigrated()
    let run = try await other("db", "restore", "\(folder)/b")
    #expect(run.code == 4 && run.error.contains("event 2 of berlin was changed"), "\(run)")
    let schemas = try await other.connect().query("select from pg_namespace where nspname = 'log'")
    #expect(schemas.isEmpty)
  }

  @Test func `loses nothing that somebody writes meanwhile, and nothing that is not Plenary's`() async throws
  {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b")
    let other = try await Plenary.apart()
    let writer = try await other.connect()
    try await writer.execute("begin")
    try await writer.execute("insert into log.head (conference) values ('paris')")
    async let restore = other("db", "restore", "\(folder)/b")
    let watcher = try await other.connect()
    try await watcher.waitUntilSomebodyWaits(for: "log.head")
    try await writer.execute("commit")
    let run = try await restore
    #expect(run.code == 1 && run.error.contains("The database is in use: it has paris"), "\(run)")
    #expect(try await watcher.query("select from log.head").count == 1)

    let foreign = try await Plenary.apart()
    try await foreign.connect().execute("create table program.mine as select 1 as number")
    let refused = try await foreign("db", "restore", "\(folder)/b")
    #expect(refused.code == 1 && refused.error.contains("program.mine"), "\(refused)")
  }

  // MARK: Nothing that was taken back

  @Test func `of keys alone brings back no address that was removed or replaced, and nobody who was erased`()
    async throws
  {
    let plenary = try await conference()
    for name in ["ben", "cara"] {
      try await plenary.done("speaker", "register", name, "--name", "X, \(name)")
      try await plenary.done("speaker", "contact", name, "--email", "\(name)@example.org")
    }
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    try await plenary.done("speaker", "contact", "ben", "--none")
    try await plenary.done("speaker", "contact", "cara", "--none")
    try await plenary.done("speaker", "contact", "cara", "--email", "new@example.org")
    try await plenary.connect().execute("delete from vault.key")

    // Of a-2, of Anna's address, and of her withheld statement.
    try await plenary("db", "restore", "\(folder)/monday", "--vault-only")
      .says("3 keys restored.", "3 keys left out: nothing in the log needs them any longer.")
    let left = try await plenary.connect().query(
      "select owner from vault.key where owner not like 'identity:%' order by owner")
    #expect(try left.map { try $0.decode("owner", as: String.self) } == ["attendee:a-2", "person:anna"])
  }

  /// Every command takes the conference first, and then the keys. Whoever did it the other way round would wait for an
  /// erasure that waits for them.
  @Test func `of keys alone waits for the conference before it touches a key`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b")
    try await plenary.connect().execute("delete from vault.key")
    let other = try await plenary.connect()
    try await other.execute("begin")
    try await other.execute("select from log.head for update")
    async let restore = plenary("db", "restore", "\(folder)/b", "--vault-only")
    let watcher = try await plenary.connect()
    try await watcher.waitUntilSomebodyWaits(for: "log.head")
    try await watcher.executeScript("begin; lock table vault.key in access exclusive mode nowait; commit")
    #expect(try await watcher.query("select from vault.key").isEmpty)
    try await other.execute("commit")
    try await restore.says("4 keys restored.")
  }

  /// Before a key had one purpose, the column had another name, and a speaker's key opened their withheld statements too.
  @Test func `takes the keys of an earlier version, and gives each withheld speaker one`() async throws {
    let plenary = try await Plenary.sealed()
    let identity = try await plenary.identityKey().owner
    try await plenary.done("db", "backup", "\(folder)/b")
    try await plenary.connect().executeScript(
      """
      alter table vault.key drop column master, drop constraint only_identities_outlive_their_key;
      alter table vault.key rename column owner to person;
      update vault.key set person = 'person:ben' where person like 'identity:%';
      """)
    try FileManager.default.removeItem(atPath: "\(folder)/b/vault.dump")
    let dump = try await Subprocess.run(
      .name("pg_dump"),
      arguments: [
        "--dbname", plenary.database ?? "", "--format=custom", "--data-only", "--schema=vault", "--file",
        "\(folder)/b/vault.dump",
      ], output: .discarded, error: .string(limit: 4096))
    #expect(dump.terminationStatus == .exited(0), "\(dump.standardError)")
    try await sign("vault.dump", in: "\(folder)/b")

    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder)/b", "--verify")
    try await other("db", "restore", "\(folder)/b").says("3 keys restored.")
    #expect(try await other.storedKeys().keys.sorted() == ["attendee:a-1", identity, "person:anna"].sorted())
    try await other("statement", "show", "doubt", "--reveal").says("ben")
    try await other.done("speaker", "erase", "ben", "--yes")
    try await other("statement", "show", "doubt", "--reveal").says("(erased)")
    try await other.done("log", "verify")
  }

  @Test func `of keys alone is refused for a backup of another log`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b")
    let twin = try await conference()
    try await twin.connect().execute("delete from vault.key")
    let run = try await twin("db", "restore", "\(folder)/b", "--vault-only")
    #expect(run.code == 1 && run.error.contains("another log of berlin"), "\(run)")
    let empty = try await Plenary.apart()
    let none = try await empty("db", "restore", "\(folder)/b", "--vault-only")
    #expect(none.code == 1 && none.error.contains("none of its conferences"), "\(none)")
    #expect(try await twin.connect().query("select from vault.key").isEmpty)
  }

  @Test func `takes no list of erased people of another log`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/monday")
    // A conference of the same name, with people of the same short names.
    let twin = try await conference()
    try await twin.done("attendee", "erase", "a-2", "--yes")
    try await twin.done("db", "backup", "\(folder)/twin")

    let other = try await Plenary.unmigrated()
    let run = try await other("db", "restore", "\(folder)/monday")
    #expect(run.code == 0 && run.error.contains("twin/erased.json was left out"), "\(run)")
    #expect(try await other.done("attendee", "list").output.contains("Olga Ivanova"))

    let named = try await Plenary.unmigrated()
    let refused = try await named(
      "db", "restore", "\(folder)/monday", "--erased", "\(folder)/twin/erased.json")
    #expect(refused.code == 1 && refused.error.contains("another berlin"), "\(refused)")
    #expect(try await named.connect().query("select from pg_namespace where nspname = 'log'").isEmpty)
  }

  @Test func `erases again what an undo removed, and not what the backup knows already`() async throws {
    let plenary = try await conference()
    let commands = [
      "ben": "5a0e7a5e-6d1f-4c55-8f0e-2f6f7f0d9a01", "cara": "5a0e7a5e-6d1f-4c55-8f0e-2f6f7f0d9a02",
    ]
    for (name, command) in commands {
      try await plenary.done("speaker", "register", name, "--name", "X, \(name)")
      try await plenary.done(
        "speaker", "contact", name, "--email", "\(name)@example.org", "--command-id", command)
    }
    try await plenary.done("log", "undo", commands["ben"] ?? "")
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.done("log", "undo", commands["cara"] ?? "")
    let away = try makeFolder("away")
    try await plenary.done("db", "backup", "\(away)/tuesday")

    // The list has both removals, and the log has a receipt for the command that made the first.
    let other = try await Plenary.unmigrated()
    let run = try await other("db", "restore", "\(folder)/monday", "--erased", "\(away)/tuesday/erased.json")
    run.says("erased again: the address of person:cara")
    #expect(!run.output.contains("person:ben"))
    let keys = try await other.connect().query(
      "select from vault.key where owner in ('person:ben', 'person:cara')")
    #expect(keys.isEmpty)
    try await other.done("log", "verify")
  }

  @Test func `removes an address that was removed and stated anew after the backup`() async throws {
    let plenary = try await conference()
    try await plenary.done("speaker", "register", "ben", "--name", "X, Ben")
    try await plenary.done("speaker", "contact", "ben", "--email", "old@example.org")
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.done("speaker", "contact", "ben", "--none")
    try await plenary.done("speaker", "contact", "ben", "--email", "new@example.org")
    try await plenary.done("db", "backup", "\(folder)/tuesday")
    let other = try await Plenary.unmigrated()
    try await other("db", "restore", "\(folder)/monday").says("erased again: the address of person:ben")
  }

  @Test func `is not stopped by an address that nobody can read and that was set aside`() async throws {
    let plenary = try await conference()
    let broken = try await plenary.head() + 1
    try await plenary.connect().execute(
      """
      select from log.append(
        'berlin', gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'anna', null, array['ContactStated'], array[1],
        array['person:anna'], array['[]'])
      """)
    try await plenary.done("log", "set-aside", "\(broken)", "--reason", "Broken")
    try await plenary.done("db", "backup", "\(folder)/b")
    let other = try await Plenary.unmigrated()
    try await other("db", "restore", "\(folder)/b").says("4 keys restored.")
    try await other("db", "restore", "\(folder)/b", "--vault-only").says("0 keys restored.")
  }

  @Test func `erases nobody whose erasure was set aside`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/monday")
    let erasure = try await plenary.head() + 1
    try await plenary.connect().execute(
      """
      select from log.append(
        'berlin', gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'anna', null, '{PersonErased,EventSetAside}',
        '{2,1}', '{attendee:a-1,aside}', array['{"attendee":"a-1"}', \(#"{"position":\#(erasure)}"#)])
      """)
    try await plenary.done("db", "backup", "\(folder)/tuesday")
    let other = try await Plenary.unmigrated()
    let run = try await other.done("db", "restore", "\(folder)/monday")
    #expect(!run.output.contains("erased again"), "\(run)")
    #expect(try await other.done("attendee", "show", "a-1").output.contains("li@example.org"))
  }

  /// Each becomes a command of its own, with an id that follows from both.
  @Test func `removes again each of several addresses that one command removed`() async throws {
    let plenary = try await conference()
    for name in ["ben", "cara"] {
      try await plenary.done("speaker", "register", name, "--name", "X, \(name)")
      try await plenary.done("speaker", "contact", name, "--email", "\(name)@example.org")
    }
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.connect().execute(
      """
      select from log.append(
        'berlin', gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'anna', null, '{ContactStated,ContactStated}',
        '{1,1}', '{person:ben,person:cara}', array['{"person":"ben"}', '{"person":"cara"}'])
      """)
    try await plenary.done("db", "backup", "\(folder)/tuesday")
    let other = try await Plenary.unmigrated()
    try await other("db", "restore", "\(folder)/monday")
      .says("erased again: the address of person:ben", "erased again: the address of person:cara")
    #expect(
      try await other.storedKeys().keys.filter { $0.hasPrefix("person:") } == ["person:anna"])
  }

  // MARK: Nothing of the archive's own

  @Test func `puts rows into tables of its own, and runs no statement of the archive`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b")
    try await plenary.connect().executeScript(
      """
      create function log.trojan() returns integer language sql as 'select 1';
      create or replace function log.check_query(query json) returns void language plpgsql as
        $$ begin perform log.trojan(); end $$;
      create trigger tag_is_stolen before insert on log.tag for each statement execute function log.refuse_change();
      """)
    // As the program would dump it, if it took such a database.
    let dump = try await Subprocess.run(
      .name("pg_dump"),
      arguments: [
        "--dbname=\(plenary.database ?? "")", "--format=custom", "--file=\(folder)/b/log.dump",
        "--exclude-table-data=vault.*", "--exclude-table-data=program.*", "--exclude-table-data=attendance.*",
        "--exclude-table-data=proceedings.*", "--exclude-table-data=projection.checkpoint",
        "--exclude-table-data=projection.dead_letter",
      ], output: .discarded, error: .string(limit: 4096))
    #expect(dump.terminationStatus.isSuccess, "\(dump.standardError)")
    try await sign("log.dump", in: "\(folder)/b")
    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder)/b")
    let functions = try await other.connect().query(
      """
      select from pg_proc where pronamespace = 'log'::regnamespace and (proname = 'trojan' or prosrc like '%trojan%')
      union all select from pg_trigger where tgname = 'tag_is_stolen'
      """)
    #expect(functions.isEmpty)
    try await other("db", "migrate").says("Nothing to do")
    try await other.done("room", "add", "salon", "--name", "Salon")
  }

  /// A stand-in for `pg_restore` of another version: it says so, writes what newer versions write, and fails where it is
  /// given a database.
  private func programs(version: Int, reads: Bool) async throws -> String {
    let bin = try makeFolder("bin-\(version)-\(reads)")
    let found = try await Subprocess.run(
      .name("sh"),
      arguments: ["-c", "ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | tail -1"],
      output: .string(limit: 4096))
    let real = found.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    let script = """
      #!/bin/sh
      case "$*" in
      --version) echo "pg_restore (PostgreSQL) \(version).1"; exit 0 ;;
      *--dbname*) echo 'pg_restore: error: unrecognized configuration parameter "transaction_timeout"' >&2; exit 1 ;;
      esac
      \(reads ? "echo '\\\\restrict x'; echo 'SET transaction_timeout = 0;'" : "echo 'pg_restore: error: unsupported version (1.19) in file header' >&2; exit 1")
      exec \(real)/pg_restore "$@"
      """
    let file = "\(bin)/pg_restore"
    try Data(script.utf8).write(to: URL(filePath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    return bin
  }

  @Test func `works with a newer pg_restore, and says when it is too old for the file`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b")
    var newer = try await Plenary.unmigrated()
    newer.variables["PLENARY_POSTGRES_BIN"] = try await programs(version: 99, reads: true)
    try await newer("db", "restore", "\(folder)/b").says("4 keys restored.")

    var older = try await Plenary.unmigrated()
    older.variables["PLENARY_POSTGRES_BIN"] = try await programs(version: 15, reads: false)
    let run = try await older("db", "restore", "\(folder)/b")
    #expect(
      run.code == 4 && run.error.contains("pg_restore is of version 15; version 16 or newer is needed"),
      "\(run)")
    #expect(try await older.connect().query("select from pg_namespace where nspname = 'log'").isEmpty)
  }

  // MARK: Verification

  @Test func `verifies that the backup has all its files, is not of a newer program, and has the keys`()
    async throws
  {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/b")
    func copy(_ name: String) throws -> String {
      try FileManager.default.copyItem(atPath: "\(folder)/b", toPath: "\(folder)/\(name)")
      return "\(folder)/\(name)"
    }
    let fewer = try copy("fewer")
    try edit(fewer) { $0["files"] = (($0["files"] as? [[String: Any]]) ?? []).dropLast().map { $0 } }
    try FileManager.default.removeItem(atPath: "\(fewer)/erased.json")
    let incomplete = try await plenary("db", "restore", fewer, "--verify")
    #expect(
      incomplete.code == 4 && incomplete.error.contains("must name log.dump, vault.dump and erased.json"))

    let newer = try copy("newer")
    try edit(newer) { $0["schema"] = 9999 }
    let ahead = try await plenary("db", "restore", newer, "--verify", "--json")
    #expect(ahead.code == 4 && ahead.error.contains("newer-database"), "\(ahead)")

    let short = try copy("short")
    try edit(short) { $0["conferences"] = [[String: Any]]() }
    let other = try await plenary("db", "restore", short, "--verify")
    #expect(other.code == 4 && other.error.contains("other conferences or positions"), "\(other)")

    // A vault with the keys of others.
    let stranger = try await conference()
    try await stranger.done("db", "backup", "\(folder)/stranger")
    let mixed = try copy("mixed")
    try FileManager.default.removeItem(atPath: "\(mixed)/vault.dump")
    try FileManager.default.copyItem(
      atPath: "\(folder)/stranger/vault.dump", toPath: "\(mixed)/vault.dump")
    try await sign("vault.dump", in: mixed)
    let closed = try await plenary("db", "restore", mixed, "--verify")
    #expect(closed.code == 4 && !closed.output.contains("whole"), "\(closed)")

    try await plenary("db", "restore", "\(folder)/b", "--verify")
      .says("The backup is whole. Its keys open the data of 3 people.")
    try await plenary("db", "restore", "\(folder)/b", "--verify", "--without-vault")
      .says("The log is whole. The keys were not read.")
  }

  @Test func `of keys alone erases whom a newer list names, before any key comes back`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/monday", "--vault", "\(folder)/keys")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    let away = try makeFolder("newer")
    try await plenary.done("db", "backup", "\(away)/tuesday")

    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder)/monday", "--without-vault")
    let keys = ["db", "restore", "\(folder)/monday", "--vault-only", "--vault", "\(folder)/keys"]
    let missing = try await other(keys + ["--erased", "\(away)/nothing.json"])
    #expect(missing.code == 4 && missing.error.contains("nothing.json"), "\(missing)")
    try await other(keys + ["--erased", "\(away)/tuesday/erased.json"]).says("erased again: attendee:a-1")
    try await other.done("attendee", "show", "a-1").says("erased")
    #expect(try await other.connect().query("select from vault.key where owner = 'attendee:a-1'").isEmpty)
    #expect(try await other.done("attendee", "list").output.contains("Olga Ivanova"))
    let twin = try await conference()
    try await twin.done("db", "backup", "\(away)/twin")
    let foreign = try await other(keys + ["--erased", "\(away)/twin/erased.json"])
    #expect(foreign.code == 1 && foreign.error.contains("another berlin"), "\(foreign)")
  }

  /// The log in use is a restored one in which people went on working, while the list knows how the other one went on.
  @Test func `of keys alone erases whom a list names although the log went on in another way`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.done("attendee", "register", "a-3", "--name", "Gone, Long")
    try await plenary.done("speaker", "contact", "anna", "--none")
    for attendee in ["a-1", "a-3"] { try await plenary.done("attendee", "erase", attendee, "--yes") }
    let away = try makeFolder("away")
    try await plenary.done("db", "backup", "\(away)/tuesday")

    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder)/monday")
    // Longer than the other log, with somebody else of the same short name, and with another address.
    try await other.done("attendee", "register", "a-3", "--name", "Stays, Here")
    try await other.done("speaker", "contact", "anna", "--none")
    try await other.done("speaker", "contact", "anna", "--email", "new@example.org")
    for room in 1...5 { try await other.done("room", "add", "room-\(room)", "--name", "Room \(room)") }
    let run = [
      "db", "restore", "\(folder)/monday", "--vault-only", "--erased", "\(away)/tuesday/erased.json",
    ]
    let first = try await other(run)
    first.says("erased again: attendee:a-1", "0 keys restored.")
    #expect(!first.output.contains("a-3") && !first.output.contains("anna"))
    #expect(!(try await other(run)).output.contains("erased again"))
    let list = try await other.done("attendee", "list").output
    #expect(list.contains("Here Stays") && list.contains("Olga Ivanova") && !list.contains("Wei"), "\(list)")
    #expect(
      try await other.storedKeys().keys.filter { !$0.hasPrefix("identity:") }.sorted()
        == ["attendee:a-2", "attendee:a-3", "person:anna"])
    try await other.done("log", "verify")

    // The same for a whole backup, which knows of the erasure by now. A list that nobody names is left out.
    try await other.done("db", "backup", "\(folder)/wednesday")
    try FileManager.default.copyItem(atPath: "\(away)/tuesday", toPath: "\(folder)/tuesday")
    for list in [[], ["--erased", "\(away)/tuesday/erased.json"]] {
      let third = try await Plenary.unmigrated()
      let whole = try await third.done(["db", "restore", "\(folder)/wednesday"] + list)
      #expect(whole.error.contains("one that went on in another way"), "\(whole)")
      #expect(!whole.output.contains("erased again"), "\(whole)")
      #expect(try await third.done("attendee", "list").output.contains("Here Stays"))
    }
  }

  /// The list of the backup itself may know of an erasure that the log in use does not have.
  @Test func `of keys alone erases whom the backup knows as erased`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    let away = try makeFolder("away")
    try await plenary.done("db", "backup", "\(away)/tuesday")
    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder)/monday")
    try await other("db", "restore", "\(away)/tuesday", "--vault-only").says("erased again: attendee:a-1")
    #expect(try await other.storedKeys()["attendee:a-1"] == nil)
  }

  /// What it records first must not be in the way of a second attempt.
  @Test func `of keys alone changes nothing without rights, and can be repeated after a fault`() async throws
  {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    let away = try makeFolder("away")
    try await plenary.done("db", "backup", "\(away)/tuesday")

    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder)/monday", "--without-vault")
    let owner = try await other.connect()
    let (head, role) = (try await other.head(), "keeper_\(getpid())")
    try await owner.execute("create role \(raw: role) login in role plenary_writer")
    let words = [
      "db", "restore", "\(folder)/monday", "--vault-only", "--erased", "\(away)/tuesday/erased.json",
    ]
    let writer = (other.database ?? "").replacing("user=plenary", with: "user=\(role)")
    let refused = try await other(words + ["--database", writer])
    #expect(refused.code == 4 && refused.error.contains("Only the database's owner"), "\(refused)")
    #expect(try await other.head() == head)

    // As if it had ended when the erasure was recorded and no key was stored yet.
    try await other(words).says("3 keys restored.")
    #expect(try await other.head() == head + 1)
    try await owner.execute("delete from vault.key")
    try await other(words).says("3 keys restored.")
    #expect(try await other.head() == head + 1)
    #expect(try await other.storedKeys()["attendee:a-1"] == nil)
    try await other.done("log", "verify")
  }
}
