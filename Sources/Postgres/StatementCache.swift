/// The statements that a connection has prepared on the server.
///
/// A statement is prepared at its second use. So a short process that uses every statement once pays
/// nothing, and a loop plans its statement once. The least recently used statement is dropped first.
struct StatementCache {
  enum Use: Equatable {
    /// Send text and values together.
    case once
    /// Prepare the text under this name, call `prepared`, then execute it.
    case prepare(name: String)
    /// Execute the statement prepared under this name.
    case execute(name: String)
  }

  private struct Entry {
    var name: String?
    var lastUse: Int
  }

  private let capacity: Int
  private var entries: [String: Entry] = [:]
  private var clock = 0
  private var names = 0

  /// Names that are no longer in use but not yet deallocated on the server.
  private var discarded: [String] = []

  init(capacity: Int) {
    self.capacity = capacity
  }

  mutating func use(_ text: String) -> Use {
    guard capacity > 0 else { return .once }
    clock += 1
    if let entry = entries[text] {
      entries[text]?.lastUse = clock
      if let name = entry.name { return .execute(name: name) }
      names += 1
      return .prepare(name: "plenary_\(names)")
    }
    if entries.count >= capacity,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      forget(oldest.key)
    }
    entries[text] = Entry(lastUse: clock)
    return .once
  }

  mutating func prepared(_ text: String, as name: String) {
    entries[text]?.name = name
  }

  mutating func forget(_ text: String) {
    if let name = entries.removeValue(forKey: text)?.name { discarded.append(name) }
  }

  /// Returns and forgets the names to deallocate.
  mutating func takeDiscarded() -> [String] {
    defer { discarded = [] }
    return discarded
  }

  /// Whether the error may come only from a statement prepared for an older schema.
  ///
  /// 0A000 is "cached plan must not change result type". 26000 is a name dropped by DISCARD ALL. Class
  /// 42 and the two of class 22 occur if the type of a parameter has changed since.
  static func mayBeStale(_ error: PostgresError) -> Bool {
    guard case .server(let state) = error.situation else { return false }
    let stale: Set<SQLState> = ["0A000", "26000", "22003", "22P02"]
    return stale.contains(state) || state.errorClass == "42"
  }
}
