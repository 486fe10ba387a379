import Foundation
import Postgres
import Testing

/// A conference with everything that is sealed, for tests of keys and erasure.
extension Plenary {
  /// The same database with other environment variables.
  func with(_ variables: [String: String]) -> Plenary {
    var other = self
    other.variables = variables
    return other
  }

  /// In a database of its own: attendees `a-1`, `a-2` …, the speakers `anna`, who has an address, and `ben`, who is behind
  /// the withheld statement `doubt` in the session `opening`.
  ///
  /// - Parameters:
  ///   - attendees: their names. Each has an address, like `a-1@example.org`.
  ///   - variables: of the environment.
  static func sealed(attendees: [String] = ["Li, Wei"], _ variables: [String: String] = [:]) async throws
    -> Plenary
  {
    let plenary = try await Plenary.apart().with(variables).berlin()
    for (index, name) in attendees.enumerated() {
      let id = "a-\(index + 1)"
      try await plenary.done("attendee", "register", id, "--name", name, "--email", "\(id)@example.org")
    }
    for name in ["anna", "ben"] {
      try await plenary.done(
        "speaker", "register", name, "--name", "\(name), X", "--biography", "Xylophonist \(name)",
        "--pronunciation", "quetzal \(name)")
    }
    try await plenary.done("speaker", "contact", "anna", "--email", "anna@example.org")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--chair", "anna")
    try await plenary.withhold("ben", as: "doubt")
    return plenary
  }

  /// Records a statement without its speaker's name.
  func withhold(_ speaker: String, as entry: String) async throws {
    try await done(
      "statement", "record", "opening", "--id", entry, "--mode", "withheld", "--identity", speaker,
      "--as-printed", "A participant", "--text", "doubted it.")
  }

  /// The keys in the vault, by their owners.
  func storedKeys() async throws -> [String: [UInt8]] {
    let rows = try await connect().query("select owner, key from vault.key where key is not null")
    var keys: [String: [UInt8]] = [:]
    for row in rows { keys[try row.decode("owner")] = try row.decode("key", as: [UInt8].self) }
    return keys
  }

  /// The key of the only withheld speaker.
  func identityKey() async throws -> (owner: String, key: [UInt8]) {
    let found = try await storedKeys().filter { $0.key.hasPrefix("identity:") }
    let only = try #require(found.count == 1 ? found.first : nil)
    return (only.key, only.value)
  }
}

extension Connection {
  /// Returns when somebody waits for a lock of this table; there is nothing that could be waited for but the view.
  func waitUntilSomebodyWaits(for table: String) async throws {
    for _ in 0..<9000 {
      // Copies of one database have the same numbers of tables, and each test has a copy.
      let waiting = try query(
        """
        select from pg_locks where not granted and relation = \(table)::regclass
          and database = (select oid from pg_database where datname = current_database())
        """)
      // A row that somebody else locked is waited for by its transaction.
      let blocked = try query(
        """
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
          and query like \("%\(table)%")
        """)
      if !waiting.isEmpty || !blocked.isEmpty { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("Nobody waited for \(table).")
  }
}

/// A temporary folder with a short path, removed with the test. Servers can be started in it.
final class ShortFolder: Sendable {
  let path: String

  init(_ name: String) throws {
    path = "/tmp/plenary-\(name)-\(getpid())-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// - Returns: the path of the file.
  func write(_ text: String, to name: String = "key", mode: Int = 0o600) throws -> String {
    let file = "\(path)/\(name)"
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    return file
  }
}
