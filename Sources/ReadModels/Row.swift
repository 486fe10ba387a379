import EventLog
import JSON
package import Vocabulary

/// A row of a read model's table, without the conference column.
package protocol Row: Sendable, Equatable {
  /// The table with its schema: `program.session`.
  static var table: String { get }
  /// In the order of ``init(_:)`` and ``write(to:)``. The first is the key.
  static var columns: [String] { get }
  /// Unique within a conference.
  var key: String { get }
  /// The key if the table has only one row per conference; nil if the first column is the key.
  static var onlyKey: String? { get }
  /// Whether the key's column holds whole numbers, not texts.
  static var hasNumberKey: Bool { get }
  /// Whether the role plenary_reader may not read the table.
  static var isForWriters: Bool { get }
  init(_ columns: inout some ColumnReader) throws
  func write(to columns: inout RowWriter)
}

extension Row {
  package static var onlyKey: String? { nil }
  package static var hasNumberKey: Bool { false }
  package static var isForWriters: Bool { false }
}

/// Reads the columns of a row as text, from left to right.
package protocol ColumnReader {
  /// The next column's text; nil for null.
  ///
  /// - Throws: if the row has no more columns.
  mutating func nextText() throws -> String?
}

/// A value of a column, in PostgreSQL's text form.
package protocol ColumnValue {
  /// - Returns: nil if the text is not such a value.
  init?(column text: String?)
}

extension ColumnReader {
  /// - Throws: `InvalidValue` if the column has another kind of value.
  package mutating func next<Value: ColumnValue>(as _: Value.Type = Value.self) throws -> Value {
    let text = try nextText()
    guard let value = Value(column: text) else {
      throw InvalidValue(
        "A column holds \(text.map { "“\(excerpt($0))”" } ?? "null"), which is not \(Value.self).")
    }
    return value
  }

  package mutating func json<Value: Decodable>(as _: Value.Type = Value.self) throws -> Value {
    try JSONText.decode(Value.self, from: next())
  }

  /// A list, which is mostly empty.
  package mutating func list<Element: Decodable>(of _: Element.Type = Element.self) throws -> [Element] {
    let text: String = try next()
    return text == "[]" ? [] : try JSONText.decode([Element].self, from: text)
  }

  package mutating func optionalJSON<Value: Decodable>(as _: Value.Type = Value.self) throws
    -> Value?
  {
    guard let text = try nextText() else { return nil }
    return try JSONText.decode(Value.self, from: text)
  }
}

extension String: ColumnValue {
  package init?(column text: String?) {
    guard let text else { return nil }
    self = text
  }
}

extension Int: ColumnValue {
  package init?(column text: String?) {
    guard let text, let number = Int(text) else { return nil }
    self = number
  }
}

extension Bool: ColumnValue {
  package init?(column text: String?) {
    switch text {
    case "t": self = true
    case "f": self = false
    default: return nil
    }
  }
}

extension Timestamp: ColumnValue {
  package init?(column text: String?) {
    guard let text else { return nil }
    self.init(text)
  }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  package init?(column text: String?) {
    guard let text else {
      self = nil
      return
    }
    guard let value = Wrapped(column: text) else { return nil }
    self = value
  }
}

extension RawRepresentable where RawValue == String {
  /// Reads the value of a column.
  init(stored text: String) throws {
    guard let value = Self(rawValue: text) else {
      throw InvalidValue("“\(excerpt(text))” is not \(Self.self).")
    }
    self = value
  }
}
