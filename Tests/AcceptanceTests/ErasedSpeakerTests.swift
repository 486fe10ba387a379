import Foundation
import Postgres
import Testing

/// A key has one purpose: what is known about a speaker's address tells nothing about withheld statements.
@Suite(.timeLimit(.minutes(40))) struct `A speaker who is erased` {
  /// Without attendees. Both speakers have an address, and a second biography.
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.sealed(attendees: [])
    for name in ["anna", "ben"] {
      try await plenary.done("speaker", "revise", name, "--biography", "Zebra keeper \(name)")
    }
    try await plenary.done("speaker", "contact", "ben", "--email", "ben@example.org")
    return plenary
  }

  @Test func `loses what was registered under another short name before a merge`() async throws {
    let plenary = try await conference()
    try await plenary.done("people", "merge", "ben", "anna")
    let refused = try await plenary("speaker", "erase", "ben", "--yes")
    #expect(
      refused.code == 1 && refused.error.contains("“ben” was found to be the same person as “anna”"),
      "\(refused)")
    #expect(try await plenary("speaker", "erase", "anna", "--prove", "--dry-run").code == 2)
    let erased = try await plenary.done("speaker", "erase", "anna", "--yes", "--prove")
    // Two addresses, four biographies and two pronunciations.
    #expect(erased.error.contains(/Searched \d+ tables for 8 texts: nothing is left\./), "\(erased)")
    #expect(try await plenary.storedKeys().isEmpty)
    try await plenary("statement", "show", "doubt", "--reveal").says("(erased)")
    let log = try await plenary.done("log", "export").output
    for text in ["Zebra keeper", "Xylophonist", "quetzal"] { #expect(!log.contains(text), "\(text)") }
    try await plenary.done("log", "verify")
    try await plenary.done("projections", "rebuild")
    try await plenary.done("projections", "verify")
    try await plenary("speaker", "erase", "anna", "--yes").says("Nothing to do")
  }

  @Test func `is not given away by the removal of an address`() async throws {
    let plenary = try await conference()
    let runs = try await ["anna", "ben"].asyncMap { name in
      try await plenary.done("speaker", "contact", name, "--none")
    }
    #expect(
      runs[0].output.replacing("anna", with: "ben").drop { $0 != " " }
        == runs[1].output.drop { $0 != " " })
    #expect(runs[0].error == runs[1].error)
    let owners = try await plenary.storedKeys().keys
    #expect(owners.count == 1 && owners.allSatisfy { $0.hasPrefix("identity:") })
    try await plenary("statement", "show", "doubt", "--reveal").says("ben")
    try await plenary.done("log", "verify")
  }

  @Test func `loses the address, the biography and the withheld statements, and keeps the name`() async throws
  {
    let plenary = try await conference()
    try await plenary.done("speaker", "erase", "ben", "--dry-run")
    try await plenary("statement", "show", "doubt", "--reveal").says("ben")
    let run = try await plenary.done("speaker", "erase", "ben", "--yes")
    #expect(run.output.contains("PersonErased") && run.error.contains("Backups"), "\(run)")

    try await plenary("statement", "show", "doubt", "--reveal").says("(erased)")
    let shown = try await plenary.done("speaker", "show", "ben").output
    #expect(shown.contains("X ben") && !shown.contains("Zebra") && !shown.contains("quetzal"))
    try await plenary.done("log", "verify")
    try await plenary.done("db", "status")
    try await plenary.done("projections", "rebuild")
    try await plenary.done("projections", "verify")
    let log = try await plenary.done("log", "export").output
    #expect(
      !log.contains("Zebra keeper ben") && !log.contains("Xylophonist ben") && !log.contains("quetzal ben"))
    #expect(log.contains("Zebra keeper anna"))
    try await plenary("speaker", "erase", "ben", "--yes").says("Nothing to do")
    for words in [
      ["speaker", "contact", "ben", "--email", "new@example.org"],
      ["speaker", "revise", "ben", "--biography", "Again"],
    ] {
      let refused = try await plenary(words)
      #expect(refused.code == 1 && refused.error.contains("was erased"), "\(refused)")
    }
    let printed = ["--mode", "withheld", "--as-printed", "Somebody", "--identity", "ben"]
    for words in [
      ["statement", "record", "opening", "--id", "more", "--text", "Again."] + printed,
      ["statement", "reattribute", "doubt"] + printed, ["statement", "correct", "doubt"] + printed,
    ] {
      let refused = try await plenary(words)
      #expect(
        refused.code == 1 && refused.error.contains("“ben” was erased")
          && refused.error.contains("--identity"),
        "\(refused)")
    }
    for words in [
      ["statement", "authorise", "doubt", "--evidence", "Letter"], ["statement", "disclose", "doubt"],
    ] {
      let refused = try await plenary(words)
      #expect(
        refused.code == 1 && refused.error.contains("The speaker behind “doubt” was erased")
          && !refused.error.contains("ben"), "\(refused)")
    }
    #expect(try await plenary.storedKeys().keys.sorted() == ["person:anna"])
    let unconfirmed = try await plenary("speaker", "erase", "anna")
    #expect(unconfirmed.code == 1 && unconfirmed.error.contains("Not erased"), "\(unconfirmed)")
  }

  /// Both parts have the speaker as the first command encrypted them, and only that command's key opens them.
  @Test func `is erased behind a statement that was split meanwhile`() async throws {
    let plenary = try await conference()
    try await plenary.done("statement", "split", "doubt", "--at", "it.", "--id", "more")
    try await plenary("statement", "show", "more", "--reveal").says("ben")
    try await plenary.done("speaker", "erase", "ben", "--yes")
    for entry in ["doubt", "more"] {
      try await plenary("statement", "show", entry, "--reveal").says("(erased)")
    }
    try await plenary.done("log", "verify")
    try await plenary.done("db", "status")
  }

  /// No event says whose key opens a withheld statement, so the command looks again.
  @Test func `is erased once more if the vault has the keys again`() async throws {
    let plenary = try await conference()
    let folder = "/tmp/plenary-erased-\(getpid())"
    try await plenary.done("db", "backup", folder)
    let (owner, key) = try await plenary.identityKey()
    try await plenary.done("speaker", "erase", "ben", "--yes")
    // The backup brings back neither.
    try await plenary.connect().execute("delete from vault.key where owner like 'identity:%'")
    try await plenary("db", "restore", folder, "--vault-only").says("0 keys restored.")
    try await plenary("statement", "show", "doubt", "--reveal").says("(erased)")

    try await plenary.connect().execute("update vault.key set key = \(key)::bytea where owner = \(owner)")
    // The key opens the speaker again, and nobody is told who it is.
    let shown = try await plenary.done("statement", "show", "doubt", "--reveal")
    #expect(shown.output.contains("(erased)") && !shown.output.contains("ben"), "\(shown)")
    let disclosed = try await plenary("statement", "disclose", "doubt")
    #expect(disclosed.code == 1 && disclosed.error.contains("was erased"), "\(disclosed)")
    let before = try await plenary.head()
    let id = "7c5b0f0e-8f3c-4a55-9a0e-0d2a4c1e6b01"
    for _ in 1...2 { try await plenary.done("speaker", "erase", "ben", "--yes", "--command-id", id) }
    #expect(try await plenary.head() == before + 1)
    // The receipt answers the same command, and the keys go each time that somebody puts them back.
    for turn in 1...2 {
      try await plenary.connect().execute("update vault.key set key = \(key)::bytea where owner = \(owner)")
      try await plenary.done("speaker", "erase", "ben", "--yes", "--command-id", id)
      #expect(try await !plenary.storedKeys().keys.contains(owner))
      #expect(try await plenary.head() == before + 1 + turn)
    }
    try await plenary("statement", "show", "doubt", "--reveal").says("(erased)")
    try await plenary("speaker", "erase", "ben", "--yes").says("Nothing to do")
    try await plenary.done("log", "verify")
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `is erased again in a restored backup that is older`() async throws {
    let plenary = try await conference()
    let folder = "/tmp/plenary-erased-again-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try await plenary.done("db", "backup", "\(folder)/monday")
    try await plenary.done("speaker", "erase", "ben", "--yes")
    try await plenary.done("db", "backup", "\(folder)/tuesday")
    let other = try await Plenary.unmigrated()
    try await other("db", "restore", "\(folder)/monday").says("erased again: person:ben")
    try await other("statement", "show", "doubt", "--reveal").says("(erased)")
    #expect(try await !other.done("speaker", "show", "ben").output.contains("Zebra"))
    try await other.done("log", "verify")
    #expect(try await Array(other.storedKeys().keys) == ["person:anna"])
    try FileManager.default.removeItem(atPath: folder)
  }

  /// Everything that PostgreSQL has on its disk, also the write-ahead log.
  @Test func `leaves no byte of a key on the disk of Plenary's own server`() async throws {
    let home = "/tmp/plenary-bytes-\(getpid())"
    let plenary = Plenary(variables: ["PLENARY_HOME": home, "PLENARY_DATABASE_URL": ""])
    _ = try await plenary.berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    try await plenary.done("attendee", "register", "a-2", "--name", "Li, Na")
    let dump = try await plenary.done(
      "db", "psql", "--role", "none", "--", "-XAtc", "select encode(key, 'hex') from vault.key order by owner"
    )
    let keys = dump.lines.compactMap { line in
      Data(
        stride(from: 0, to: line.count, by: 2).compactMap { UInt8(line.dropFirst($0).prefix(2), radix: 16) })
    }
    #expect(keys.count == 2)
    func files(with key: Data) throws -> [String] {
      let data = "\(home)/postgresql/data"
      let names = FileManager.default.enumerator(atPath: data)?.compactMap { $0 as? String } ?? []
      return names.filter { name in
        (try? Data(contentsOf: URL(filePath: "\(data)/\(name)")))?.range(of: key) != nil
      }
    }
    #expect(try !files(with: keys[0]).isEmpty)
    let run = try await plenary.done("attendee", "erase", "a-1", "--yes")
    #expect(!run.error.contains("write-ahead log"), "\(run)")
    #expect(try files(with: keys[0]) == [])
    #expect(try !files(with: keys[1]).isEmpty)

    // A server that keeps more, and a table in the place of that of Citus.
    try await plenary.done(
      "db", "psql", "--role", "none", "--", "-Xq", "-c", "alter database plenary set wal_recycle = on", "-c",
      "alter database plenary set log_statement = 'mod'", "-c", "alter system set wal_keep_size = '16MB'",
      "-c", "select pg_reload_conf()", "-c", "set allow_system_table_mods = on", "-c",
      "create table pg_catalog.pg_dist_partition (logicalrelid regclass)", "-c",
      "grant select on pg_catalog.pg_dist_partition to public")
    let kept = try await plenary.done("attendee", "erase", "a-2", "--yes")
    for remain in [
      "until PostgreSQL overwrites them (wal_recycle is on).", "(wal_keep_size)", "(log_statement, ",
      "On each node, the file of the table still has the key.", "Backups that were made before",
    ] { #expect(kept.error.contains(remain), "\(kept)") }
    try await plenary.done("db", "stop")
    try FileManager.default.removeItem(atPath: home)
  }
}

extension Sequence {
  fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
