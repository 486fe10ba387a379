/// Which statements a connection has prepared on the server.
///
/// A text is prepared when it is used for the second time: a short-lived process, which says
/// everything once, pays nothing, and a loop is planned once. The text used longest ago makes room.
struct StatementCache {
  enum Use: Equatable {
    /// Send text and values together.
    case once
    /// Prepare the text under this name, say so with `prepared`, then execute it.
    case prepare(name: String)
    /// Execute what was prepared under this name.
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

  /// Names that no text has any more, but the server still knows.
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

  /// The names to deallocate; each is handed out once.
  mutating func takeDiscarded() -> [String] {
    defer { discarded = [] }
    return discarded
  }

  /// Whether a statement prepared for an older schema can fail so, while a fresh one need not.
  ///
  /// "cached plan must not change result type" is 0A000; a name lost to DISCARD ALL is 26000; class
  /// 42 and the two of class 22 are what parameters of a type that has since changed lead to.
  static func mayBeStale(_ error: PostgresError) -> Bool {
    guard case .server(let state) = error.situation else { return false }
    let stale: Set<SQLState> = ["0A000", "26000", "22003", "22P02"]
    return stale.contains(state) || state.errorClass == "42"
  }
}
