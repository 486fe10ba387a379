import JSON
import Vocabulary

/// How a read model stores a field of an entity's details, and how a diff shows a change of it.
struct DetailColumn<Details, Changes>: Sendable {
  /// The name of its difference; nil: no diff shows the field by itself.
  let what: ProgramDiff.What?
  fileprivate let write: @Sendable (Details) -> Content
  fileprivate let read: @Sendable (inout Changes, String) throws -> Void
  fileprivate let difference: @Sendable (Details, Details) -> ProgramDiff.Change?

  /// What is written to the column.
  fileprivate enum Content {
    case text(String?)
    case json(any Encodable)
  }
}

/// Fields that have a column each, named after the field: `short_title` for `shortTitle`.
protocol ColumnField: DetailField {
  var column: DetailColumn<Details, Changes> { get }
}

extension ColumnField {
  static var columnNames: [String] {
    allCases.map { field in
      field.rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
  }
}

/// A value that a column holds as plain text.
protocol PlainColumn: Hashable, Sendable {
  var columnText: String { get }
  init(columnText: String) throws
}

// MARK: The table's rows

extension DetailColumn {
  /// A field that always has a value, as JSON.
  static func json<Value: Codable & Hashable & Sendable>(
    _ detail: any KeyPath<Details, Value> & Sendable,
    _ change: any WritableKeyPath<Changes, Value?> & Sendable,
    _ what: ProgramDiff.What?, _ shown: @escaping @Sendable (Value) -> ProgramDiff.Value
  ) -> Self {
    Self(
      what: what, write: { .json($0[keyPath: detail]) },
      read: { $0[keyPath: change] = try JSONText.decode(Value.self, from: $1) },
      difference: { Self.difference(what, $0[keyPath: detail], $1[keyPath: detail], shown) })
  }

  /// A field that can be without a value, as JSON or null.
  static func json<Value: Codable & Hashable & Sendable>(
    _ detail: any KeyPath<Details, Value?> & Sendable,
    _ change: any WritableKeyPath<Changes, Value?> & Sendable,
    _ what: ProgramDiff.What?, _ shown: @escaping @Sendable (Value) -> ProgramDiff.Value
  ) -> Self {
    Self(
      what: what, write: { content($0[keyPath: detail]) },
      read: { $0[keyPath: change] = try JSONText.decode(Value.self, from: $1) },
      difference: { Self.difference(what, $0[keyPath: detail], $1[keyPath: detail], shown) })
  }

  /// A list, as JSON or null. For a diff, an empty list equals no list.
  static func list<Element: Codable & Hashable & Sendable>(
    _ detail: any KeyPath<Details, [Element]?> & Sendable,
    _ change: any WritableKeyPath<Changes, [Element]?> & Sendable, _ what: ProgramDiff.What?,
    _ shown: @escaping @Sendable ([Element]) -> ProgramDiff.Value
  ) -> Self {
    Self(
      what: what, write: { content($0[keyPath: detail]) },
      read: { $0[keyPath: change] = try JSONText.decode([Element].self, from: $1) },
      difference: { Self.difference(what, $0[keyPath: detail] ?? [], $1[keyPath: detail] ?? [], shown) })
  }

  /// A field that always has a value, as plain text.
  static func plain<Value: PlainColumn>(
    _ detail: any KeyPath<Details, Value> & Sendable,
    _ change: any WritableKeyPath<Changes, Value?> & Sendable,
    _ what: ProgramDiff.What?, _ shown: @escaping @Sendable (Value) -> ProgramDiff.Value
  ) -> Self {
    Self(
      what: what, write: { .text($0[keyPath: detail].columnText) },
      read: { $0[keyPath: change] = try Value(columnText: $1) },
      difference: { Self.difference(what, $0[keyPath: detail], $1[keyPath: detail], shown) })
  }

  /// A field that can be without a value, as plain text or null.
  static func plain<Value: PlainColumn>(
    _ detail: any KeyPath<Details, Value?> & Sendable,
    _ change: any WritableKeyPath<Changes, Value?> & Sendable,
    _ what: ProgramDiff.What?, _ shown: @escaping @Sendable (Value) -> ProgramDiff.Value
  ) -> Self {
    Self(
      what: what, write: { .text($0[keyPath: detail]?.columnText) },
      read: { $0[keyPath: change] = try Value(columnText: $1) },
      difference: { Self.difference(what, $0[keyPath: detail], $1[keyPath: detail], shown) })
  }

  private static func content(_ value: (some Encodable)?) -> Content {
    value.map { .json($0) } ?? .text(nil)
  }

  private static func difference<Value: Equatable>(
    _ what: ProgramDiff.What?, _ before: Value?, _ after: Value?, _ shown: (Value) -> ProgramDiff.Value
  ) -> ProgramDiff.Change? {
    guard let what, before != after else { return nil }
    return .init(what, from: before.map(shown), to: after.map(shown))
  }
}

// MARK: All fields at once

extension Array {
  /// The differences of these columns' fields.
  func differences<Details, Changes>(_ before: Details, _ after: Details) -> [ProgramDiff.Change]
  where Element == DetailColumn<Details, Changes> {
    compactMap { $0.difference(before, after) }
  }
}

extension RowWriter {
  mutating func add<Details, Changes>(_ details: Details, _ table: [DetailColumn<Details, Changes>]) {
    for column in table {
      switch column.write(details) {
      case .text(let text): add(text)
      case .json(let value): json(value)
      }
    }
  }
}

extension ColumnReader {
  /// - Returns: the fields that have a value.
  mutating func details<Changes: DetailChanges>(
    _ table: [DetailColumn<Changes.Field.Details, Changes>]
  ) throws -> Changes {
    var all = Changes()
    for column in table {
      if let text = try nextText() { try column.read(&all, text) }
    }
    return all
  }
}

extension Row {
  /// What a row must have.
  static func required<Details>(_ details: Details?, _ key: String) throws -> Details {
    guard let details else { throw MissingDetails(table: table, key: key) }
    return details
  }
}

/// A row without a value that every entity of its kind has.
struct MissingDetails: Error, CustomStringConvertible {
  let table: String
  let key: String
  var description: String { "the row of “\(key)” in \(table) has no value in a required column." }
}

// MARK: Plain values

extension Int: PlainColumn {
  var columnText: String { String(self) }
  init(columnText text: String) throws {
    guard let number = Int(text) else { throw InvalidValue("“\(excerpt(text))” is not a number.") }
    self = number
  }
}

extension String: PlainColumn {
  var columnText: String { self }
  init(columnText text: String) throws { self = text }
}

extension Identifier: PlainColumn {
  var columnText: String { slug }
  init(columnText text: String) throws { self = try Self(text) }
}

extension CalendarDate: PlainColumn {
  var columnText: String { description }
  init(columnText text: String) throws { self = try Self(text) }
}

extension PlainColumn where Self: RawRepresentable<String> {
  var columnText: String { rawValue }
  init(columnText text: String) throws { self = try Self(stored: text) }
}
