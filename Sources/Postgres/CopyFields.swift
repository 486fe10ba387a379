import Glibc

/// The fields of one line of COPY's text format, from left to right.
///
///     var fields = CopyFields(line)
///     let position = try fields.next("position", as: Int.self)
///
/// Skipped fields are not decoded (PostgreSQL manual, COPY, "Text Format").
package struct CopyFields {
  private var rest: UnsafeRawBufferPointer
  private var isAtEnd = false

  /// - Parameter line: a line from `copyOut`, without its newline.
  package init(_ line: UnsafeRawBufferPointer) {
    rest = line
  }

  /// Reads the next field.
  ///
  /// - Parameter name: the field's name in errors.
  /// - Throws: `decoding` if the line has no more fields or the field has another type.
  package mutating func next<Value: ColumnDecodable>(
    _ name: String, as type: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    let field = try nextRaw(name)
    guard let escape = field.index(of: UInt8(ascii: "\\")) else {
      return try decodeColumn(field, named: name, as: type)
    }
    if escape == 0, field.count == 2, field[1] == UInt8(ascii: "N") {
      return try decodeColumn(nil, named: name, as: type)
    }
    let rest = UnsafeRawBufferPointer(rebasing: field.dropFirst(2))
    if escape == 0, field.count > 2, field[1] == UInt8(ascii: "\\"), rest.index(of: UInt8(ascii: "\\")) == nil
    {
      // Only its first character is escaped, as of every bytea.
      return try decodeColumn(UnsafeRawBufferPointer(rebasing: field.dropFirst()), named: name, as: type)
    }
    let value = unescaped(field).withUnsafeBytes { bytes in
      Result { () throws(PostgresError) in try decodeColumn(bytes, named: name, as: type) }
    }
    return try value.get()
  }

  /// Reads the next field. If its text is the same as in the previous line, it is not decoded again.
  package mutating func next<Value>(
    _ name: String, recalling recent: inout RecentField<Value>
  ) throws(PostgresError) -> Value {
    var ahead = self
    let field = try ahead.nextRaw(name)
    if let value = recent.value, field.elementsEqual(recent.text) {
      self = ahead
      return value
    }
    let value: Value = try next(name)
    recent = RecentField(text: Array(field), value: value)
    return value
  }

  /// Skips the next field.
  package mutating func skip(_ name: String) throws(PostgresError) {
    _ = try nextRaw(name)
  }

  private mutating func nextRaw(_ name: String) throws(PostgresError) -> UnsafeRawBufferPointer {
    guard !isAtEnd else {
      throw PostgresError(
        .decoding(column: name), "The line ends before the field \"\(name)\".")
    }
    guard let tab = rest.index(of: UInt8(ascii: "\t")) else {
      isAtEnd = true
      return rest
    }
    defer { rest = UnsafeRawBufferPointer(rebasing: rest[(tab + 1)...]) }
    return UnsafeRawBufferPointer(rebasing: rest[..<tab])
  }

  private func unescaped(_ field: UnsafeRawBufferPointer) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(field.count)
    var isEscaped = false
    for byte in field {
      if isEscaped {
        bytes.append(meaning(ofEscaped: byte))
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  /// The server writes only these escapes, never octal or hexadecimal ones.
  private func meaning(ofEscaped byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "v"): 0x0b
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "r"): 0x0d
    default: byte
    }
  }
}

/// The text and value of a field in the previous line.
package struct RecentField<Value: ColumnDecodable> {
  fileprivate var text: [UInt8] = []
  fileprivate var value: Value?

  package init() {}

  fileprivate init(text: [UInt8], value: Value) {
    self.text = text
    self.value = value
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func index(of byte: UInt8) -> Int? {
    guard let start = baseAddress, let found = memchr(start, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - start
  }
}
