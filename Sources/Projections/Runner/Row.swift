import EventLog
package import Postgres
package import Vocabulary

/// A row of a read model: what its table holds beside the conference.
package protocol Row: Sendable, Equatable {
  /// With its schema: `program.session`.
  static var table: String { get }
  /// In the order in which ``read(_:)`` and ``write(to:)`` go through them; the first is the key.
  static var columns: [String] { get }
  /// Unique within a conference.
  var key: String { get }
  /// The key of the only row that a conference has in the table; nil where there can be several, whose
  /// key is the first column.
  static var onlyKey: String? { get }
  init(_ columns: inout ColumnReader) throws
  func write(to columns: inout ColumnWriter)
}

extension Row {
  package static var onlyKey: String? { nil }
}

/// The columns of a row as COPY gives them, from left to right.
package struct ColumnReader {
  private var fields: CopyFields
  private let name: String

  init(_ line: UnsafeRawBufferPointer, of table: String) {
    fields = CopyFields(line)
    name = table
  }

  package mutating func next<Value: ColumnDecodable>(as _: Value.Type = Value.self) throws -> Value {
    try fields.next(name)
  }

  package mutating func json<Value: Decodable>(as _: Value.Type = Value.self) throws -> Value {
    try JSONText.decode(Value.self, from: fields.next(name))
  }

  package mutating func optionalJSON<Value: Decodable>(as _: Value.Type = Value.self) throws
    -> Value?
  {
    guard let text = try fields.next(name, as: String?.self) else { return nil }
    return try JSONText.decode(Value.self, from: text)
  }
}

/// The columns of a row in COPY's text format, from left to right.
package struct ColumnWriter {
  var bytes: [UInt8] = []
  /// One for all rows, so that its memory is asked for once.
  private let json = JSONWriter()
  /// The rows that one command has put bear one time: writing it once is enough.
  private var recent = (time: Timestamp(microseconds: 0), text: "1970-01-01T00:00:00Z")

  package mutating func add(_ text: String?) {
    guard var text else {
      bytes += [0x5C, 0x4E, 0x09]  // \N
      return
    }
    text.withUTF8 { add($0) }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for (index, byte) in text.enumerated() {
      let letter: UInt8
      switch byte {
      case 0x09: letter = 0x74
      case 0x0A: letter = 0x6E
      case 0x0D: letter = 0x72
      case 0x5C: letter = 0x5C
      default: continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      bytes.append(0x5C)
      bytes.append(letter)
      start = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    bytes.append(0x09)
  }

  package mutating func add(_ number: Int?) { add(number.map(String.init)) }
  package mutating func add(_ truth: Bool) { add(truth ? "t" : "f") }

  package mutating func add(_ time: Timestamp?) {
    if let time, time != recent.time { recent = (time, time.description) }
    add(time.map { _ in recent.text })
  }

  package mutating func add(_ date: CalendarDate) { add(date.description) }

  package mutating func json(_ value: some Encodable) {
    // What was decoded from JSON encodes to it; there is nothing here that could fail.
    let text = (try? json.text(of: value)) ?? Array("null".utf8)
    text.withUnsafeBufferPointer { add($0) }
  }

  package mutating func json(_ value: (some Encodable)?) {
    guard let value else { return add(String?.none) }
    json(value)
  }

  /// The row is whole: the tab behind its last column becomes the end of the line.
  mutating func endRow() { bytes[bytes.count - 1] = 0x0A }
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
