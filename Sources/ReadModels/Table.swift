package import OrderedCollections

/// The rows of one table of one conference, in memory.
///
/// Projectors need not know where rows are. For *rebuild* and *as of*, the table has all rows in memory. For
/// *follow*, it fetches a row from PostgreSQL on demand and remembers changes.
package struct Table<R: Row>: Sendable {
  /// Rows in order of arrival, which is nearly the order of keys and so the cheapest to index. They are
  /// contiguous; a plain dictionary would reserve up to three places per row.
  ///
  /// Nil stands for a row that is known not to exist.
  private var known: OrderedDictionary<String, R?> = [:]
  package private(set) var changed: OrderedSet<String> = []
  /// Fetches rows that are not in memory; nil if there are no others.
  package var source: (@Sendable (String) throws -> R?)?
  /// Fetches several at once.
  package var severalFrom: (@Sendable ([String]) throws -> [R])?

  package init() {}

  /// - Throws: errors of fetching the row.
  package mutating func row(_ key: String) throws -> R? {
    if let row = known[key] { return row }
    guard let source else { return nil }
    let row = try source(key)
    known[key] = .some(row)
    return row
  }

  /// Fetches those of these rows that are not in memory, all at once.
  mutating func fetch(_ keys: [String]) throws {
    guard let severalFrom else { return }
    let missing = keys.filter { known[$0] == nil }
    if missing.isEmpty { return }
    for row in try severalFrom(missing) { known[row.key] = row }
    for key in missing where known[key] == nil { known[key] = .some(nil) }
  }

  package mutating func put(_ row: R) {
    known[row.key] = row
    if source != nil { changed.append(row.key) }
  }

  package mutating func remove(_ key: String) {
    known[key] = .some(nil)
    if source != nil { changed.append(key) }
  }

  /// Changes a row that an earlier event has created.
  ///
  /// - Throws: `MissingRow` if there is none.
  package mutating func update(_ key: String, _ change: (inout R) -> Void) throws {
    // In place: copying a session's row would be expensive.
    try existing(key)
    guard let index = known.index(forKey: key) else { return }
    change(&known.values[index]!)
    if source != nil { changed.append(key) }
  }

  /// A row that an earlier event has created. Call this before changing anything else.
  ///
  /// - Throws: `MissingRow` if there is none.
  @discardableResult
  package mutating func existing(_ key: String) throws -> R {
    guard let row = try row(key) else { throw MissingRow(table: R.table, key: key) }
    return row
  }

  /// Adds a row from PostgreSQL, which does not count as a change.
  package mutating func load(_ row: R) { known[row.key] = row }

  /// All rows in memory, in no particular order.
  package var rows: some Sequence<R> { known.values.lazy.compactMap { $0 } }

  package var count: Int { known.values.lazy.compactMap { $0 }.count }

  package subscript(key: String) -> R? { known[key] ?? nil }
}

/// An event changes a row that no earlier event has created.
package struct MissingRow: Error, CustomStringConvertible {
  let table: String
  let key: String
  package var description: String { "there is no row “\(key)” in \(table)." }
}
