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
    // In place: to copy a session's row would be expensive.
    change(&known.values[try existingPlace(key)]!)
    if source != nil { changed.append(key) }
  }

  /// A row that an earlier event has created. Call this before changing anything else.
  ///
  /// - Throws: `MissingRow` if there is none.
  package mutating func existing(_ key: String) throws -> R {
    guard let row = known.values[try existingPlace(key)] else { throw MissingRow(table: R.table, key: key) }
    return row
  }

  /// The same where only its being there counts.
  package mutating func mustHave(_ key: String) throws { _ = try existingPlace(key) }

  private mutating func existingPlace(_ key: String) throws -> Int {
    if known.index(forKey: key) == nil { _ = try row(key) }
    guard let place = known.index(forKey: key), known.values[place] != nil else {
      throw MissingRow(table: R.table, key: key)
    }
    return place
  }

  /// Adds a row from PostgreSQL, which does not count as a change.
  package mutating func load(_ row: R) { known[row.key] = row }

  /// All rows in memory, in no particular order.
  package var rows: Rows { Rows(known.values.elements) }

  /// A lazy map and filter would copy each row several times.
  package struct Rows: Sequence, IteratorProtocol {
    private let all: [R?]
    private var place = 0

    fileprivate init(_ all: [R?]) { self.all = all }

    package mutating func next() -> R? {
      while place < all.count {
        defer { place += 1 }
        if let row = all[place] { return row }
      }
      return nil
    }
  }

  /// The places of the rows and of those known not to exist, by which rows can be marked as long as none is added.
  package var places: Range<Int> { known.values.indices }
  package func place(of key: String) -> Int? { known.index(forKey: key) }
  package subscript(place place: Int) -> R? { known.values[place] }

  package var count: Int { known.values.reduce(0) { $1 == nil ? $0 : $0 + 1 } }

  package subscript(key: String) -> R? { known[key] ?? nil }
}

/// An event changes a row that no earlier event has created.
package struct MissingRow: Error, CustomStringConvertible {
  let table: String
  let key: String
  package var description: String { "there is no row “\(key)” in \(table)." }
}
