package import OrderedCollections

/// The rows of one table of one conference, in memory.
///
/// To a projector it is simply there. Under *rebuild* and *as of* it holds all rows; under *follow* it
/// fetches a row from PostgreSQL when it is asked for, and remembers what was changed.
package struct Table<R: Row>: Sendable {
  /// In the order in which they came, which is nearly that of the keys and so the cheapest to index,
  /// and one behind the other: a dictionary keeps up to three places for each row.
  ///
  /// A row that is known not to exist is there as nil.
  private var known: OrderedDictionary<String, R?> = [:]
  package private(set) var changed: OrderedSet<String> = []
  /// Where the rows are that are not here; nil: nowhere.
  package var source: (@Sendable (String) throws -> R?)?

  package init() {}

  /// - Throws: where the row has to be fetched, what fetching throws.
  package mutating func row(_ key: String) throws -> R? {
    if let row = known[key] { return row }
    guard let source else { return nil }
    let row = try source(key)
    known[key] = .some(row)
    return row
  }

  package mutating func put(_ row: R) {
    known[row.key] = row
    if source != nil { changed.append(row.key) }
  }

  package mutating func remove(_ key: String) {
    known[key] = .some(nil)
    if source != nil { changed.append(key) }
  }

  /// Changes a row that an earlier event has put there.
  ///
  /// - Throws: `MissingRow` if it has not.
  package mutating func update(_ key: String, _ change: (inout R) -> Void) throws {
    // In place: the row of a session holds a good deal that a copy would have to copy.
    try existing(key)
    guard let index = known.index(forKey: key) else { return }
    change(&known.values[index]!)
    if source != nil { changed.append(key) }
  }

  /// A row that an earlier event has put there: asked for before anything else is changed.
  ///
  /// - Throws: `MissingRow` if it has not.
  @discardableResult
  package mutating func existing(_ key: String) throws -> R {
    guard let row = try row(key) else { throw MissingRow(table: R.table, key: key) }
    return row
  }

  /// Takes a row as it is in PostgreSQL, so not as a change.
  package mutating func load(_ row: R) { known[row.key] = row }

  /// All rows that are here, in no order.
  package var rows: some Sequence<R> { known.values.lazy.compactMap { $0 } }

  package var count: Int { known.values.lazy.compactMap { $0 }.count }

  package subscript(key: String) -> R? { known[key] ?? nil }
}

/// An event changes something that no earlier event has brought about.
package struct MissingRow: Error, CustomStringConvertible {
  let table: String
  let key: String
  package var description: String { "there is no “\(key)” in \(table)." }
}
