import EventLog
import JSON
package import Vocabulary

/// A row of a read model: the columns of its table, without the conference.
package protocol Row: Sendable, Equatable {
  /// With its schema: `program.session`.
  static var table: String { get }
  /// In the order in which ``init(_:)`` and ``write(to:)`` go through them; the first is the key.
  static var columns: [String] { get }
  /// Unique within a conference.
  var key: String { get }
  /// The key of the only row that a conference has in the table; nil where there can be several, whose
  /// key is the first column.
  static var onlyKey: String? { get }
  init(_ columns: inout some ColumnReader) throws
  func write(to columns: inout some ColumnWriter)
}

extension Row {
  package static var onlyKey: String? { nil }
}

/// The columns of a row, from left to right, as text.
package protocol ColumnReader {
  /// The next column's text; nil for null.
  ///
  /// - Throws: where the row has no more columns.
  mutating func nextText() throws -> String?
}

/// A value that a column can hold, as PostgreSQL writes it.
package protocol ColumnValue {
  /// - Returns: nil if the text is no such value.
  init?(column text: String?)
}

extension ColumnReader {
  /// - Throws: `InvalidValue` for a column that holds no such value.
  package mutating func next<Value: ColumnValue>(as _: Value.Type = Value.self) throws -> Value {
    let text = try nextText()
    guard let value = Value(column: text) else {
      throw InvalidValue(
        "A column holds \(text.map { "“\(excerpt($0))”" } ?? "null"), which is no \(Value.self).")
    }
    return value
  }

  package mutating func json<Value: Decodable>(as _: Value.Type = Value.self) throws -> Value {
    try JSONText.decode(Value.self, from: next())
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

/// Takes the columns of a row, from left to right.
package protocol ColumnWriter {
  mutating func add(_ text: String?)
  mutating func add(_ number: Int?)
  mutating func add(_ truth: Bool)
  mutating func add(_ time: Timestamp?)
  mutating func add(_ date: CalendarDate)
  mutating func json(_ value: some Encodable)
  mutating func json(_ value: (some Encodable)?)
}

extension RawRepresentable where RawValue == String {
  /// Reads what a column holds.
  init(stored text: String) throws {
    guard let value = Self(rawValue: text) else {
      throw InvalidValue("“\(excerpt(text))” is no \(Self.self).")
    }
    self = value
  }
}
