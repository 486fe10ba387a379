/// A value that can be read from a column.
///
/// An identifier type conforms by reading the text of its raw value.
package protocol ColumnDecodable {
  /// - Parameter text: PostgreSQL's text form of the value, in UTF-8; valid only during the call.
  /// - Returns: nil if the text is not such a value.
  init?(columnText text: UnsafeRawBufferPointer)

  /// The value for NULL; nil if the type has none.
  static var null: Self? { get }
}

extension ColumnDecodable {
  package static var null: Self? { nil }
}

extension String: ColumnDecodable {
  package init?(columnText text: UnsafeRawBufferPointer) {
    self.init(decoding: text, as: UTF8.self)
  }
}

extension Int: ColumnDecodable {
  package init?(columnText text: UnsafeRawBufferPointer) {
    self.init(decimal: text)
  }
}

extension Int64: ColumnDecodable {
  package init?(columnText text: UnsafeRawBufferPointer) {
    self.init(decimal: text)
  }
}

extension FixedWidthInteger {
  /// Reads digits without making a string first.
  fileprivate init?(decimal text: UnsafeRawBufferPointer) {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = text.dropFirst(isNegative ? 1 : 0)
    guard !digits.isEmpty else { return nil }
    var value: Self = 0
    for byte in digits {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
      // Negative numbers count down, because the smallest one has no positive counterpart.
      let (sum, overflowsToo) =
        isNegative
        ? tens.subtractingReportingOverflow(Self(digit))
        : tens.addingReportingOverflow(Self(digit))
      guard !overflows && !overflowsToo else { return nil }
      value = sum
    }
    self = value
  }
}

extension Bool: ColumnDecodable {
  package init?(columnText text: UnsafeRawBufferPointer) {
    switch (text.count, text.first) {
    case (1, UInt8(ascii: "t")): self = true
    case (1, UInt8(ascii: "f")): self = false
    default: return nil
    }
  }
}

extension Optional: ColumnDecodable where Wrapped: ColumnDecodable {
  package init?(columnText text: UnsafeRawBufferPointer) {
    guard let value = Wrapped(columnText: text) else { return nil }
    self = .some(value)
  }

  package static var null: Self? { .some(.none) }
}

/// A value that can be an element of an array column.
package protocol DecodableElement {
  static func decodeArray(columnText text: UnsafeRawBufferPointer) -> [Self]?
}

extension Array: ColumnDecodable where Element: DecodableElement {
  package init?(columnText text: UnsafeRawBufferPointer) {
    guard let array = Element.decodeArray(columnText: text) else { return nil }
    self = array
  }
}

extension DecodableElement where Self: ColumnDecodable {
  package static func decodeArray(columnText text: UnsafeRawBufferPointer) -> [Self]? {
    var parser = ArrayParser(text)
    return parser.elements()
  }
}

extension String: DecodableElement {}
extension Int: DecodableElement {}
extension Int64: DecodableElement {}
extension Bool: DecodableElement {}
extension Optional: DecodableElement where Wrapped: DecodableElement & ColumnDecodable {}
extension Array: DecodableElement where Element == UInt8 {}

extension UInt8: DecodableElement {
  /// Reads a `bytea` in hex format.
  package static func decodeArray(columnText text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"),
      text[1] == UInt8(ascii: "x")
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2 - 1)
    for index in stride(from: 2, to: text.count, by: 2) {
      guard let high = hexDigit(text[index]), let low = hexDigit(text[index + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
