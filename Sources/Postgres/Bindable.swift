/// A value that can be bound to a statement.
///
/// An identifier type conforms with `var bound: BoundValue { rawValue.bound }`.
package protocol Bindable {
  var bound: BoundValue { get }
}

/// A value in the form in which it is sent: a text that PostgreSQL can read, or NULL.
package struct BoundValue: Sendable, Equatable {
  package let text: String?

  package init(_ text: String?) {
    self.text = text
  }
}

extension String: Bindable {
  package var bound: BoundValue { BoundValue(self) }
}

extension Int: Bindable {
  package var bound: BoundValue { BoundValue(description) }
}

extension Int64: Bindable {
  package var bound: BoundValue { BoundValue(description) }
}

extension Bool: Bindable {
  package var bound: BoundValue { BoundValue(self ? "t" : "f") }
}

extension Optional: Bindable where Wrapped: Bindable {
  package var bound: BoundValue { self?.bound ?? BoundValue(nil) }
}

/// A value that can be an element of a bound array.
///
/// `UInt8` is an element although it is not bindable by itself: an array of bytes is a `bytea`.
package protocol BindableElement {
  static func bound(_ array: [Self]) -> BoundValue
}

extension BindableElement where Self: Bindable {
  /// An array literal (PostgreSQL manual, "Array Input and Output Syntax").
  package static func bound(_ array: [Self]) -> BoundValue {
    var literal: [UInt8] = [UInt8(ascii: "{")]
    for element in array {
      if literal.count > 1 { literal.append(UInt8(ascii: ",")) }
      guard var text = element.bound.text else {
        literal += "NULL".utf8
        continue
      }
      // Always quoted: PostgreSQL reads an unquoted NULL as null, and trims unquoted spaces.
      literal.append(UInt8(ascii: "\""))
      text.withUTF8 { bytes in
        for byte in bytes {
          if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            literal.append(UInt8(ascii: "\\"))
          }
          literal.append(byte)
        }
      }
      literal.append(UInt8(ascii: "\""))
    }
    literal.append(UInt8(ascii: "}"))
    return BoundValue(String(decoding: literal, as: UTF8.self))
  }
}

extension Array: Bindable where Element: BindableElement {
  package var bound: BoundValue { Element.bound(self) }
}

extension String: BindableElement {}
extension Int: BindableElement {}
extension Int64: BindableElement {}
extension Bool: BindableElement {}
extension Optional: BindableElement where Wrapped: BindableElement & Bindable {}

extension UInt8: BindableElement {
  /// The hex format of `bytea`.
  package static func bound(_ bytes: [UInt8]) -> BoundValue {
    let digits: StaticString = "0123456789abcdef"
    let text = String(unsafeUninitializedCapacity: 2 + 2 * bytes.count) { buffer in
      buffer[0] = UInt8(ascii: "\\")
      buffer[1] = UInt8(ascii: "x")
      for (index, byte) in bytes.enumerated() {
        buffer[2 + 2 * index] = digits.utf8Start[Int(byte >> 4)]
        buffer[3 + 2 * index] = digits.utf8Start[Int(byte & 0xf)]
      }
      return buffer.count
    }
    return BoundValue(text)
  }
}

extension Array: BindableElement where Element == UInt8 {}
