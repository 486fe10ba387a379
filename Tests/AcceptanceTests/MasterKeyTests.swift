import Foundation
import Postgres
import Testing

/// Keys of the vault are encrypted with a key that is not in the database.
@Suite(.timeLimit(.minutes(40))) struct `A master key outside the database` {
  private let folder: ShortFolder

  init() throws { folder = try ShortFolder("master") }

  private static let first = String(repeating: "a1", count: 32)
  private static let second = String(repeating: "b2", count: 32)

  private func opens(_ plenary: Plenary) async throws {
    #expect(try await plenary.done("attendee", "show", "a-1").output.contains("a-1@example.org"))
    try await plenary("statement", "show", "doubt", "--reveal").says("ben")
    try await plenary.done("log", "verify")
    try await plenary.done("db", "status")
  }

  @Test func `encrypts keys that were stored without one, and is rotated without touching the log`()
    async throws
  {
    let plain = try await Plenary.sealed()
    let before = try await plain.done("log", "verify").output
    let head = try await plain.head()
    let bare = try await plain.storedKeys()
    #expect(bare.count == 3 && bare.values.allSatisfy { $0.count == 32 })
    try await plain("db", "status").says("3 keys, without a master key")

    let path = try folder.write(Self.first + "\n")
    let one = plain.with(["PLENARY_MASTER_KEY_FILE": path])
    try await opens(one)
    let run = try await one.done("db", "rotate-key")
    #expect(run.output.contains("3 keys are now encrypted with the master key"), "\(run)")
    #expect(run.error.contains("Backups that were made before"), "\(run)")
    let wrapped = try await one.storedKeys()
    #expect(wrapped.keys == bare.keys && wrapped.values.allSatisfy { $0.count == 60 })
    try await opens(one)
    try await one("db", "rotate-key").says("Nothing to do: 3 keys are encrypted")
    // The table was written anew. Commands do not compare the schema object by object for that: this would be put right.
    let owner = try await one.connect()
    try await owner.execute(
      "update plenary.catalogue set definition = 'other' where object = 'table log.tag'")
    try await one.done("attendee", "list")
    let line = try await owner.query(
      "select definition from plenary.catalogue where object = 'table log.tag'")
    #expect(try line[0].decode("definition", as: String.self) == "other")
    try await owner.execute(
      "update plenary.catalogue set definition = 'r p f' where object = 'table log.tag'")

    try await one.done("attendee", "register", "a-2", "--name", "Ivanova, Olga")
    _ = try folder.write("\(Self.second)\n\n\(Self.first)\n")
    let rotated = try await one.done("db", "rotate-key", "--json")
    #expect(rotated.object["changed"] as? Int == 4 && rotated.object["keys"] as? Int == 4, "\(rotated)")
    _ = try folder.write(Self.second)
    try await opens(one)
    _ = try folder.write(Self.first)
    let old = try await one("attendee", "list")
    #expect(old.code == 4 && old.error.contains("PLENARY_MASTER_KEY_FILE"), "\(old)")

    _ = try folder.write(Self.second)
    try await one.done("db", "rotate-key", "--unwrap").says("4 keys are now stored without a master key")
    try await opens(plain)
    #expect(try await plain.storedKeys().filter { $0.key != "attendee:a-2" } == bare)
    #expect(try await plain.done("log", "verify", "--at", "\(head)").output == before)
  }

  @Test func `is told when it is absent, and nothing is stored without it beside keys that need it`()
    async throws
  {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    let none = plenary.with([:])
    let head = try await plenary.head()
    for words in [
      ["attendee", "list"], ["attendee", "show", "a-1"],
      ["attendee", "register", "a-2", "--name", "New, One"],
      ["speaker", "contact", "ben", "--email", "ben@example.org"], ["log", "verify"], ["db", "status"],
      ["statement", "show", "doubt", "--reveal"], ["attendee", "erase", "a-1", "--yes", "--prove"],
    ] {
      let run = try await none(words)
      #expect(
        run.code == 4 && run.error.contains("encrypted with the master key")
          && run.error.contains("PLENARY_MASTER_KEY_FILE"), "\(run)")
    }
    let verified = try await none("log", "verify")
    #expect(verified.output.contains("all unchanged"), "\(verified)")
    #expect(try await plenary.head() == head)
    // What needs no key goes on.
    try await none.done("attendee", "check-in", "a-1")
    let reason = try await none.done("attendee", "check-out", "a-1", "--reason", "Tired")
    #expect(reason.error.contains("was not checked"), "\(reason)")
    try await none.done("attendee", "erase", "a-1", "--yes")
    try await plenary("attendee", "show", "a-1").says("erased")
    try await plenary("statement", "show", "doubt", "--reveal").says("ben")
    try await plenary.done("log", "verify")
  }

  /// A key that is stored as it is would be one that whoever has the database can use.
  @Test func `is needed for a new conference beside those whose keys need it`() async throws {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    let none = plenary.with(["PLENARY_CONFERENCE": "paris"])
    try await none.done(
      "conference", "open", "paris", "--title", "Paris", "--first-day", "2017-06-01", "--last-day",
      "2017-06-03",
      "--zone", "Europe/Paris", "--languages", "en")
    let words = ["attendee", "register", "p-1", "--name", "New, One", "--conference", "paris"]
    let run = try await none(words)
    #expect(run.code == 4 && run.error.contains("PLENARY_MASTER_KEY_FILE"), "\(run)")
    try await plenary.done(words)
    #expect(try await plenary.storedKeys().values.allSatisfy { $0.count == 60 })
  }

  @Test func `is printed by a command that reads nothing and leaves no core file`() async throws {
    let plenary = try await Plenary.apart()
    let script = """
      test "$(readlink /proc/self/fd/0)" = /dev/null || exit 5
      # In another process group it could not ask at the terminal.
      test "$(cut -d ' ' -f 5 /proc/$$/stat)" = "$(cut -d ' ' -f 5 /proc/$PPID/stat)" || exit 6
      grep '^Max core' /proc/$PPID/limits > \(folder.path)/limits
      printf %s \(Self.first) # the key
      """
    let run = try await plenary.with(["PLENARY_MASTER_KEY_COMMAND": script])(
      "db", "rotate-key", input: "secret")
    #expect(run.code == 0, "\(run)")
    // Linux takes a limit of one byte for none at all, also where core files go to a program.
    let limits = try String(contentsOfFile: "\(folder.path)/limits", encoding: .utf8)
    #expect(limits.split(separator: " ").filter { $0 == "1" || $0 == "0" }.count == 2, "\(limits)")
  }

  @Test func `is in a file that nobody else may read, or printed by a command`() async throws {
    let plenary = try await Plenary.sealed()
    let path = try folder.write(Self.first, to: "open", mode: 0o640)
    for (variables, code, sentence) in [
      (["PLENARY_MASTER_KEY_FILE": path], 4, "chmod 600"),
      (["PLENARY_MASTER_KEY_FILE": "\(folder.path)/none"], 4, "Cannot read"),
      (["PLENARY_MASTER_KEY_FILE": try folder.write("abc", to: "short")], 4, "64 hexadecimal digits"),
      (["PLENARY_MASTER_KEY_FILE": try folder.write("", to: "empty")], 4, "There is no master key in"),
      // The second one, which the keys may need, is mistyped.
      (
        ["PLENARY_MASTER_KEY_FILE": try folder.write("\(Self.first)\nabc\n", to: "half")], 4,
        "64 hexadecimal digits"
      ),
      (["PLENARY_MASTER_KEY_COMMAND": "echo \(Self.first); exit 3"], 4, "exit code 3"),
      (
        ["PLENARY_MASTER_KEY_COMMAND": "echo \(Self.first)", "PLENARY_MASTER_KEY_FILE": path], 2,
        "cannot both be set"
      ),
      (["PLENARY_MASTER_KEY_FILE": ""], 1, "There is no master key. Make one"),
    ] {
      let run = try await plenary.with(variables)("db", "rotate-key")
      #expect(run.code == code && run.error.contains(sentence) && !run.error.contains("a1a1"), "\(run)")
    }
    // Its owner could change the mode. Only root can give a file away.
    let given = try folder.write(Self.first, to: "given")
    if chown(given, 65534, 65534) == 0 {
      let run = try await plenary.with(["PLENARY_MASTER_KEY_FILE": given])("db", "rotate-key")
      #expect(run.code == 4 && run.error.contains("belongs to another user"), "\(run)")
    }
    let printed = plenary.with(["PLENARY_MASTER_KEY_COMMAND": "printf %s \(Self.first)"])
    try await printed.done("db", "rotate-key")
    try await opens(printed)
  }

  @Test func `is not in a backup, and opens it after it is restored`() async throws {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    let made = try await plenary.done("db", "backup", "\(folder.path)/b")
    #expect(made.error.contains("The master key is not in this backup"), "\(made)")
    for name in ["log.dump", "vault.dump", "manifest.json"] {
      let data = try Data(contentsOf: URL(filePath: "\(folder.path)/b/\(name)"))
      #expect(data.range(of: Data(Self.first.utf8)) == nil)
      #expect(data.range(of: Data(repeating: 0xA1, count: 32)) == nil)
    }
    let without = try await plenary.with([:])("db", "restore", "\(folder.path)/b", "--verify")
    #expect(without.code == 4 && without.error.contains("encrypted with the master key"), "\(without)")
    try await plenary.done("db", "restore", "\(folder.path)/b", "--verify")

    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder.path)/b")
    let list = try await other("attendee", "list")
    #expect(list.code == 4 && list.error.contains("encrypted with the master key"), "\(list)")
    try await opens(other.with(["PLENARY_MASTER_KEY_FILE": path]))
  }

  /// The others are there to decrypt what was stored before. Whoever takes one out after a rotation would lose keys.
  @Test func `is the first in its file for every new key`() async throws {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    _ = try folder.write("\(Self.second)\n\(Self.first)\n")
    try await plenary.done("attendee", "register", "a-2", "--name", "Ivanova, Olga")
    let masters = try await plenary.connect().query(
      "select count(*) as keys from vault.key group by master order by 1"
    ).map { try $0.decode("keys", as: Int.self) }
    #expect(masters == [1, 3])
  }

  /// The row without a key says that it was destroyed; without the row, it would be lost.
  @Test func `is rotated after a speaker was erased, and the vault still knows it`() async throws {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    try await plenary.done("speaker", "erase", "ben", "--yes")
    _ = try folder.write("\(Self.second)\n\(Self.first)\n")
    try await plenary.done("db", "rotate-key")
    try await plenary.done("log", "verify")
    try await plenary("statement", "show", "doubt", "--reveal").says("(erased)")
  }

  @Test func `is needed at once if a speaker was erased before the backup, and others are withheld`()
    async throws
  {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    try await plenary.withhold("anna", as: "belief")
    try await plenary.done("speaker", "erase", "ben", "--yes")
    try await plenary.done("db", "backup", "\(folder.path)/b")
    let other = try await Plenary.unmigrated()
    let refused = try await other("db", "restore", "\(folder.path)/b")
    #expect(
      refused.code == 4 && refused.error.contains("PLENARY_MASTER_KEY_FILE")
        && refused.error.contains("Nothing was changed"), "\(refused)")
    #expect(try await other.connect().query("select from pg_namespace where nspname = 'log'").isEmpty)
  }

  /// Which withheld statements were theirs, only the keys tell.
  @Test func `is needed at once to restore a backup from before a speaker was erased`() async throws {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    try await plenary.done("db", "backup", "\(folder.path)/monday")
    try await plenary.done("speaker", "erase", "ben", "--yes")
    try await plenary.done("db", "backup", "\(folder.path)/tuesday")
    let other = try await Plenary.unmigrated()
    let refused = try await other("db", "restore", "\(folder.path)/monday")
    #expect(
      refused.code == 4 && refused.error.contains("PLENARY_MASTER_KEY_FILE")
        && refused.error.contains("--without-vault"), "\(refused)")
    #expect(try await other.connect().query("select from pg_namespace where nspname = 'log'").isEmpty)

    try await other.done("db", "restore", "\(folder.path)/monday", "--without-vault")
    let late = try await other("db", "restore", "\(folder.path)/monday", "--vault-only")
    #expect(late.code == 4 && late.error.contains("PLENARY_MASTER_KEY_FILE"), "\(late)")
    #expect(try await other.connect().query("select from vault.key").isEmpty)
    let whole = other.with(["PLENARY_MASTER_KEY_FILE": path])
    try await whole("db", "restore", "\(folder.path)/monday", "--vault-only").says("2 keys restored.")
    try await whole("statement", "show", "doubt", "--reveal").says("(erased)")
    try await whole.done("log", "verify")
    // Of the newer backup everything is known without it.
    try await Plenary.unmigrated().done("db", "restore", "\(folder.path)/tuesday")
  }

  /// What is recorded cannot be taken back when the keys turn out not to open.
  @Test func `is needed before anybody is erased along with a restore of the vault`() async throws {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    try await plenary.done("db", "backup", "\(folder.path)/monday")
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/away", withIntermediateDirectories: false)
    try await plenary.done("db", "backup", "\(folder.path)/away/tuesday")
    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder.path)/monday", "--without-vault")
    try await other.done("speaker", "erase", "ben", "--yes")
    let head = try await other.head()
    let words = [
      "db", "restore", "\(folder.path)/monday", "--vault-only", "--erased",
      "\(folder.path)/away/tuesday/erased.json",
    ]
    let refused = try await other(words)
    #expect(refused.code == 4 && refused.error.contains("Nothing was changed"), "\(refused)")
    #expect(try await other.head() == head)
    try await other.with(["PLENARY_MASTER_KEY_FILE": path])(words).says("erased again: attendee:a-1")
  }

  @Test func `tells keys that were changed from keys that it encrypted`() async throws {
    let path = try folder.write(Self.first)
    let plenary = try await Plenary.sealed(["PLENARY_MASTER_KEY_FILE": path])
    // The key of one owner in the place of another.
    try await plenary.connect().execute(
      """
      update vault.key set key = (select key from vault.key where owner = 'person:anna')
      where owner = 'attendee:a-1'
      """)
    let list = try await plenary("attendee", "list")
    #expect(list.code == 4 && list.error.contains("1 person (a-1)"), "\(list)")
    _ = try folder.write("\(Self.second)\n\(Self.first)")
    let run = try await plenary("db", "rotate-key")
    #expect(run.code == 4 && run.error.contains("1 key is damaged"), "\(run)")
  }
}
