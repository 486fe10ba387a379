import Foundation
import Postgres
import Testing

/// Keys of the vault are encrypted with a key that is not in the database.
@Suite(.timeLimit(.minutes(20))) struct `A master key outside the database` {
  private let folder: String

  init() throws {
    folder = "/tmp/plenary-master-\(getpid())-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private static let first = String(repeating: "a1", count: 32)
  private static let second = String(repeating: "b2", count: 32)

  private func write(_ text: String, to name: String = "key", mode: Int = 0o600) throws -> String {
    let path = "\(folder)/\(name)"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  private func with(_ variables: [String: String], _ plenary: Plenary) -> Plenary {
    var other = plenary
    other.variables = variables
    return other
  }

  /// An attendee, a speaker with an address, and one behind a withheld statement.
  private func conference(_ variables: [String: String] = [:]) async throws -> Plenary {
    let plenary = with(variables, try await Plenary.apart().berlin())
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei", "--email", "li@example.org")
    for name in ["anna", "ben"] {
      try await plenary.done("speaker", "register", name, "--name", "\(name), X")
    }
    try await plenary.done("speaker", "contact", "anna", "--email", "anna@example.org")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--chair", "anna")
    try await plenary.done(
      "statement", "record", "opening", "--id", "doubt", "--mode", "withheld", "--identity", "ben",
      "--as-printed", "A participant", "--text", "doubted it.")
    return plenary
  }

  private func stored(_ plenary: Plenary) async throws -> [String: [UInt8]] {
    let rows = try await plenary.connect().query("select owner, key from vault.key where key is not null")
    var keys: [String: [UInt8]] = [:]
    for row in rows { keys[try row.decode("owner")] = try row.decode("key", as: [UInt8].self) }
    return keys
  }

  private func opens(_ plenary: Plenary) async throws {
    #expect(try await plenary.done("attendee", "show", "a-1").output.contains("li@example.org"))
    try await plenary("statement", "show", "doubt", "--reveal").says("ben")
    try await plenary.done("log", "verify")
    try await plenary.done("db", "status")
  }

  @Test func `encrypts keys that were stored without one, and is rotated without touching the log`()
    async throws
  {
    let plain = try await conference()
    let before = try await plain.done("log", "verify").output
    let head = try await plain.head()
    let bare = try await stored(plain)
    #expect(bare.count == 3 && bare.values.allSatisfy { $0.count == 32 })
    try await plain("db", "status").says("3 keys, without a master key")

    let path = try write(Self.first + "\n")
    let one = with(["PLENARY_MASTER_KEY_FILE": path], plain)
    try await opens(one)
    let run = try await one.done("db", "rotate-key")
    #expect(run.output.contains("3 keys are now encrypted with the master key"), "\(run)")
    #expect(run.error.contains("Backups that were made before"), "\(run)")
    let wrapped = try await stored(one)
    #expect(wrapped.keys == bare.keys && wrapped.values.allSatisfy { $0.count == 60 })
    try await opens(one)
    try await one("db", "rotate-key").says("Nothing to do: 3 keys are encrypted")

    try await one.done("attendee", "register", "a-2", "--name", "Ivanova, Olga")
    _ = try write("\(Self.second)\n\n\(Self.first)\n")
    let rotated = try await one.done("db", "rotate-key", "--json")
    #expect(rotated.object["changed"] as? Int == 4 && rotated.object["keys"] as? Int == 4, "\(rotated)")
    _ = try write(Self.second)
    try await opens(one)
    _ = try write(Self.first)
    let old = try await one("attendee", "list")
    #expect(old.code == 4 && old.error.contains("PLENARY_MASTER_KEY_FILE"), "\(old)")

    _ = try write(Self.second)
    try await one.done("db", "rotate-key", "--unwrap").says("4 keys are now stored without a master key")
    try await opens(plain)
    #expect(try await stored(plain).filter { $0.key != "attendee:a-2" } == bare)
    #expect(try await plain.done("log", "verify", "--at", "\(head)").output == before)
  }

  @Test func `is told when it is absent, and nothing is stored without it beside keys that need it`()
    async throws
  {
    let path = try write(Self.first)
    let plenary = try await conference(["PLENARY_MASTER_KEY_FILE": path])
    let none = with([:], plenary)
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

  @Test func `is in a file that nobody else may read, or printed by a command`() async throws {
    let plenary = try await conference()
    let path = try write(Self.first, to: "open", mode: 0o640)
    for (variables, code, sentence) in [
      (["PLENARY_MASTER_KEY_FILE": path], 4, "chmod 600"),
      (["PLENARY_MASTER_KEY_FILE": "\(folder)/none"], 4, "Cannot read"),
      (["PLENARY_MASTER_KEY_FILE": try write("abc", to: "short")], 4, "64 hexadecimal digits"),
      (["PLENARY_MASTER_KEY_FILE": try write("", to: "empty")], 4, "There is no master key in"),
      (["PLENARY_MASTER_KEY_COMMAND": "echo \(Self.first); exit 3"], 4, "exit code 3"),
      (
        ["PLENARY_MASTER_KEY_COMMAND": "echo \(Self.first)", "PLENARY_MASTER_KEY_FILE": path], 2,
        "cannot both be set"
      ),
      (["PLENARY_MASTER_KEY_FILE": ""], 1, "There is no master key. Make one"),
    ] {
      let run = try await with(variables, plenary)("db", "rotate-key")
      #expect(run.code == code && run.error.contains(sentence) && !run.error.contains("a1a1"), "\(run)")
    }
    let printed = with(["PLENARY_MASTER_KEY_COMMAND": "printf %s \(Self.first)"], plenary)
    try await printed.done("db", "rotate-key")
    try await opens(printed)
  }

  @Test func `is not in a backup, and opens it after it is restored`() async throws {
    let path = try write(Self.first)
    let plenary = try await conference(["PLENARY_MASTER_KEY_FILE": path])
    let made = try await plenary.done("db", "backup", "\(folder)/b")
    #expect(made.error.contains("The master key is not in this backup"), "\(made)")
    for name in ["log.dump", "vault.dump", "manifest.json"] {
      let data = try Data(contentsOf: URL(filePath: "\(folder)/b/\(name)"))
      #expect(data.range(of: Data(Self.first.utf8)) == nil)
      #expect(data.range(of: Data(repeating: 0xA1, count: 32)) == nil)
    }
    let without = try await with([:], plenary)("db", "restore", "\(folder)/b", "--verify")
    #expect(without.code == 4 && without.error.contains("encrypted with the master key"), "\(without)")
    try await plenary.done("db", "restore", "\(folder)/b", "--verify")

    let other = try await Plenary.unmigrated()
    try await other.done("db", "restore", "\(folder)/b")
    let list = try await other("attendee", "list")
    #expect(list.code == 4 && list.error.contains("encrypted with the master key"), "\(list)")
    try await opens(with(["PLENARY_MASTER_KEY_FILE": path], other))
  }

  @Test func `tells keys that were changed from keys that it encrypted`() async throws {
    let path = try write(Self.first)
    let plenary = try await conference(["PLENARY_MASTER_KEY_FILE": path])
    // The key of one owner in the place of another.
    try await plenary.connect().execute(
      """
      update vault.key set key = (select key from vault.key where owner = 'person:anna')
      where owner = 'attendee:a-1'
      """)
    let list = try await plenary("attendee", "list")
    #expect(list.code == 4 && list.error.contains("1 person (a-1)"), "\(list)")
    _ = try write("\(Self.second)\n\(Self.first)")
    let run = try await plenary("db", "rotate-key")
    #expect(run.code == 4 && run.error.contains("1 key is damaged"), "\(run)")
  }
}
