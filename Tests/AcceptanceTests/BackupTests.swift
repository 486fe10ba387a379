import Foundation
import Postgres
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(40))) struct `A backup` {
  /// A folder of its own for each test.
  let folder: ShortFolder

  init() throws { folder = try ShortFolder("backup") }

  /// Two attendees, a session, a withheld statement, and a print of the program as bytes.
  func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei", "--email", "li@example.org")
    try await plenary.done("attendee", "register", "a-2", "--name", "Ivanova, Olga")
    try await plenary.done("speaker", "register", "anna", "--name", "Xu, Anna")
    try await plenary.done("speaker", "contact", "anna", "--email", "anna@example.org")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--chair", "anna")
    try await plenary.done(
      "statement", "record", "opening", "--id", "doubt", "--mode", "withheld", "--identity", "anna",
      "--as-printed", "A participant", "--text", "doubted it, \\ and “said” so.\tTwice.")
    return plenary
  }

  /// Everything that organizers see of a conference, and the log itself.
  private func everything(_ plenary: Plenary) async throws -> [String] {
    var outputs: [String] = []
    for words in [
      ["log", "export"], ["log", "verify"], ["attendee", "list", "--json"], ["session", "list", "--json"],
      ["statement", "show", "doubt", "--reveal", "--json"],
      ["program", "export", "json", "--draft", "-o", "-"],
    ] { outputs.append(try await plenary.done(words).output) }
    return outputs
  }

  @Test func `restores a destroyed database`() async throws {
    let plenary = try await conference()
    let before = try await everything(plenary)
    let made = try await plenary.done("db", "backup", "\(folder.path)/monday", "--json")
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/monday"))
        == ["manifest.json", "log.dump", "vault.dump", "erased.json"])
    for (file, expected) in [("", 0o700), ("vault.dump", 0o600), ("log.dump", 0o600)] {
      let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/monday/\(file)")[
        .posixPermissions]
      #expect(mode as? Int == expected, "\(file)")
    }
    // Read models are rebuilt: the file has neither their rows nor how far they were.
    let list = try await plenary.shell("pg_restore --list monday/log.dump", in: folder.path)
    let tables = list.output.matches(of: /TABLE DATA (\w+) (\w+)/).map { "\($0.1).\($0.2)" }
    #expect(tables.contains("log.event"), "\(list)")
    #expect(
      tables.filter { !$0.hasPrefix("log.") && !$0.hasPrefix("plenary.") } == ["projection.read_model"],
      "\(list)")

    for schema in ["log", "vault", "plenary", "projection", "program", "attendance", "proceedings"] {
      try await plenary.connect().execute("drop schema \(raw: schema) cascade")
    }
    let restored = try await plenary.done("db", "restore", "\(folder.path)/monday", "--json")
    #expect(restored.object["keys"] as? Int == 4)
    let roots = { (known: Any?) in (known as? [[String: Any]])?.map { $0["root"] as? String } }
    let kept = roots((made.object["manifest"] as? [String: Any])?["conferences"])
    #expect(roots(restored.object["conferences"]) == kept && kept?.count == 1)
    #expect(try await everything(plenary) == before)
    try await plenary.done("projections", "verify")
    // It goes on.
    try await plenary.done("attendee", "revise", "a-1", "--note", "vegan")
    try await plenary.done("db", "status")

    let used = try await plenary("db", "restore", "\(folder.path)/monday")
    #expect(used.code == 1 && used.error.contains("The database is in use: it has berlin"), "\(used)")
  }

  /// Erasing gives the table of keys a new file and needs it alone, while it holds the conference.
  @Test func `lets people be erased while it reads the log`() async throws {
    let plenary = try await conference()
    let other = try await plenary.connect()
    // Whoever dumps the log waits for this table, and nobody else does.
    try await other.execute("begin")
    try await other.execute("lock table proceedings.correction in access exclusive mode")
    async let backup = plenary("db", "backup", "\(folder.path)/b")
    let watcher = try await plenary.connect()
    try await watcher.waitUntilSomebodyWaits(for: "proceedings.correction")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    try await plenary.done("log", "verify")
    try await other.execute("commit")
    let made = try await backup
    #expect(made.code == 0, "\(made)")
    // It is as old as its beginning.
    try await plenary("db", "restore", "\(folder.path)/b", "--verify")
      .says("Its keys open the data of 3 people.")
  }

  /// It reads the keys by two sessions, one after the other. An erasure that waits for the first one must not keep the second one
  /// from reading.
  @Test func `and an erasure do not wait for each other`() async throws {
    let plenary = try await conference()
    let first = try await plenary.connect()
    try await first.execute("begin")
    try await first.execute("lock table vault.key in access share mode")
    async let erasure = plenary("attendee", "erase", "a-1", "--yes")
    let watcher = try await plenary.connect()
    try await watcher.waitUntilSomebodyWaits(for: "vault.key")
    let second = try await plenary.connect()
    try await second.execute("set lock_timeout = '8s'")
    try await second.executeScript("begin; lock table vault.key in access share mode; commit")
    try await first.execute("commit")
    let run = try await erasure
    #expect(run.code == 0, "\(run)")
    #expect(try await plenary.storedKeys()["attendee:a-1"] == nil)
  }

  @Test func `is verified without a server, down to a changed byte`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder.path)/b", "--vault", "\(folder.path)/keys")
    let again = try await plenary("db", "backup", "\(folder.path)/b")
    #expect(again.code == 1 && again.error.contains("exists already"), "\(again)")
    var elsewhere = plenary
    elsewhere.variables["PLENARY_DATABASE_URL"] = "host=/nonexistent"
    try await elsewhere("db", "restore", "\(folder.path)/b", "--verify", "--vault", "\(folder.path)/keys")
      .says("The backup is whole.")
    try await elsewhere.done("db", "restore", "\(folder.path)/b", "--verify", "--without-vault")
    let keyless = try await elsewhere("db", "restore", "\(folder.path)/b", "--verify")
    #expect(keyless.code == 1 && keyless.error.contains("--vault"), "\(keyless)")
    for name in ["b/log.dump", "b/erased.json", "keys"] {
      let file = URL(filePath: "\(folder.path)/\(name)")
      let whole = try Data(contentsOf: file)
      var bytes = whole
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
      let changed = try await elsewhere(
        "db", "restore", "\(folder.path)/b", "--verify", "--vault", "\(folder.path)/keys")
      #expect(changed.code == 4 && changed.error.contains("it was changed"), "\(changed)")
      try whole.write(to: file)
    }
  }

  @Test func `tells of words that belong to no event`() async throws {
    let plenary = try await conference()
    try await plenary.connect().executeScript(
      """
      set session_replication_role = replica;
      insert into log.words (conference, position, salt, words)
      values ('berlin', 2, substring(sha256('') for 16), '{"text": "no"}')
      """)
    try await plenary.done("db", "backup", "\(folder.path)/b")
    let run = try await plenary("db", "restore", "\(folder.path)/b", "--verify")
    #expect(run.code == 4 && run.error.contains("the words of event 2 of berlin"), "\(run)")
  }

  /// Somebody who changes the dump can change the checksums too. They would have to compute the hashes and roots again as
  /// well; then only a root that is kept elsewhere tells.
  @Test func `tells when an event was changed before it was made`() async throws {
    let plenary = try await conference()
    try await plenary.connect().executeScript(
      """
      set session_replication_role = replica;
      update log.event set body = replace(body::text, 'Aula', 'Hall')::json where position = 2
      """)
    try await plenary.done("db", "backup", "\(folder.path)/b")
    let run = try await plenary("db", "restore", "\(folder.path)/b", "--verify")
    #expect(run.code == 4 && run.error.contains("event 2 of berlin was changed"), "\(run)")
  }

  @Test func `without its vault leaves a conference that works, until the keys are put back`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder.path)/b", "--vault", "\(folder.path)/keys")
    let other = try await Plenary.unmigrated()
    let missing = try await other("db", "restore", "\(folder.path)/b")
    #expect(missing.code == 1 && missing.error.contains("--without-vault"), "\(missing)")
    try await other.done("db", "restore", "\(folder.path)/b", "--without-vault")
    try await other.done("session", "move", "opening", "--start", "2016-06-01 09:30")
    try await other.done("attendee", "check-in", "a-1")
    let list = try await other("attendee", "list")
    #expect(list.code == 4 && list.error.contains("2 people (a-1, a-2)"), "\(list)")
    try await other("db", "restore", "\(folder.path)/b", "--vault-only", "--vault", "\(folder.path)/keys")
      .says("4 keys restored.")
    try await other.done("db", "status")
    #expect(try await other.done("attendee", "list").output.contains("Olga Ivanova"))
  }

  @Test func `that is old forgets again who was erased since`() async throws {
    let plenary = try await conference()
    try await plenary.done("db", "backup", "\(folder.path)/monday")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    try await plenary.done("speaker", "contact", "anna", "--none")
    try await plenary.done("db", "backup", "\(folder.path)/tuesday")
    try FileManager.default.createDirectory(atPath: "\(folder.path)/away", withIntermediateDirectories: false)
    try FileManager.default.moveItem(atPath: "\(folder.path)/tuesday", toPath: "\(folder.path)/away/tuesday")

    // The newer backup says who was erased: beside the older one, or named.
    let other = try await Plenary.unmigrated()
    try await other(
      "db", "restore", "\(folder.path)/monday", "--erased", "\(folder.path)/away/tuesday/erased.json"
    )
    .says("erased again: attendee:a-1")
    try await other.done("attendee", "show", "a-1").says("erased")
    #expect(try await other.connect().query("select from vault.key where owner = 'attendee:a-1'").isEmpty)
    try await other.done("log", "verify")

    try FileManager.default.moveItem(atPath: "\(folder.path)/away/tuesday", toPath: "\(folder.path)/tuesday")
    let beside = try await Plenary.unmigrated()
    try await beside("db", "restore", "\(folder.path)/monday").says("erased again: attendee:a-1")
  }

  @Test func `goes into a server that never saw Plenary, also by PostgreSQL's own programs`() async throws {
    let plenary = try await conference()
    let before = try await everything(plenary)
    try await plenary.done("db", "backup", "\(folder.path)/b")
    let bare = Plenary(variables: ["PLENARY_HOME": "\(folder.path)/home", "PLENARY_DATABASE_URL": ""])
    try await bare.done("db", "restore", "\(folder.path)/b")
    #expect(try await everything(bare) == before)

    // By hand. pg_restore says that the roles of the grants do not exist, and goes on.
    let server = "host=\(folder.path)/home/postgresql user=plenary dbname="
    let owner = try await Connection.open(ConnectionParameters(server + "postgres"))
    try await owner.execute("drop database plenary with (force)")
    try await owner.execute("drop role plenary_writer, plenary_reader")
    try await owner.execute("create database plenary")
    await owner.close()
    for file in ["log.dump", "vault.dump"] {
      _ = try await Subprocess.run(
        .name("pg_restore"), arguments: ["--dbname", server + "plenary", "\(folder.path)/b/\(file)"],
        output: .discarded, error: .discarded)
    }
    let external = Plenary(
      variables: ["PLENARY_HOME": "\(folder.path)/none", "PLENARY_DATABASE_URL": server + "plenary"])
    let lost = try await external("conference", "list")
    #expect(lost.code == 4 && lost.error.contains("plenary db migrate"), "\(lost)")
    try await external("db", "migrate").says("roles/roles.sql")
    try await external("db", "migrate").says("Nothing to do")
    #expect(try await everything(external) == before)
    try await bare.done("db", "stop")
  }
}
