/// A value that can be bound to a statement.
///
/// An identifier type conforms with `var bound: BoundValue { rawValue.bound }`.
package protocol Bindable {
  var bound: BoundValue { get }
}

/// A value in the form in which it is sent: a text that PostgreSQL can read, or NULL; an array of texts or of bytes in
/// PostgreSQL's binary format, which the server need not look through for quotes.
package struct BoundValue: Sendable, Equatable {
  enum Form: Sendable, Equatable {
    case text(String?)
    case texts([String?])
    case bytes([[UInt8]?])
  }

  let form: Form

  package init(_ text: String?) { form = .text(text) }
  init(_ form: Form) { self.form = form }

  /// The value as a text: an array as a literal.
  package var text: String? {
    switch form {
    case .text(let text): text
    case .texts(let elements): arrayLiteral(elements)
    case .bytes(let elements): arrayLiteral(elements.map { $0.map(hexadecimalBytes) })
    }
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

/// An element that can be NULL.
package protocol NullableElement: Bindable, BindableElement {
  static func bound(nullable array: [Self?]) -> BoundValue
}

extension NullableElement {
  package static func bound(_ array: [Self]) -> BoundValue { bound(nullable: array) }
  package static func bound(nullable array: [Self?]) -> BoundValue {
    BoundValue(arrayLiteral(array.map(\.bound.text)))
  }
}

extension Array: Bindable where Element: BindableElement {
  package var bound: BoundValue { Element.bound(self) }
}

extension Int: NullableElement {}
extension Int64: NullableElement {}
extension Bool: NullableElement {}
extension Optional: BindableElement where Wrapped: NullableElement {
  package static func bound(_ array: [Wrapped?]) -> BoundValue { Wrapped.bound(nullable: array) }
}

/// An array is sent as `text[]`. For another type, it is cast twice: `\(ids)::text[]::uuid[]`.
extension String: NullableElement {
  package static func bound(nullable array: [String?]) -> BoundValue { BoundValue(.texts(array)) }
}

/// An array is sent as `bytea[]`.
extension Array: NullableElement, BindableElement where Element == UInt8 {
  package static func bound(nullable array: [[UInt8]?]) -> BoundValue { BoundValue(.bytes(array)) }
}

extension UInt8: BindableElement {
  package static func bound(_ bytes: [UInt8]) -> BoundValue { BoundValue(hexadecimalBytes(bytes)) }
}

/// The hex format of `bytea`.
private func hexadecimalBytes(_ bytes: [UInt8]) -> String {
  let digits: StaticString = "0123456789abcdef"
  return String(unsafeUninitializedCapacity: 2 + 2 * bytes.count) { buffer in
    buffer[0] = UInt8(ascii: "\\")
    buffer[1] = UInt8(ascii: "x")
    for (index, byte) in bytes.enumerated() {
      buffer[2 + 2 * index] = digits.utf8Start[Int(byte >> 4)]
      buffer[3 + 2 * index] = digits.utf8Start[Int(byte & 0xf)]
    }
    return buffer.count
  }
}

/// An array literal (PostgreSQL manual, "Array Input and Output Syntax").
private func arrayLiteral(_ elements: [String?]) -> String {
  var literal: [UInt8] = [UInt8(ascii: "{")]
  for element in elements {
    if literal.count > 1 { literal.append(UInt8(ascii: ",")) }
    guard let element else {
      literal += "NULL".utf8
      continue
    }
    // Always quoted: PostgreSQL reads an unquoted NULL as null, and trims unquoted spaces.
    literal.append(UInt8(ascii: "\""))
    for byte in element.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        literal.append(UInt8(ascii: "\\"))
      }
      literal.append(byte)
    }
    literal.append(UInt8(ascii: "\""))
  }
  literal.append(UInt8(ascii: "}"))
  return String(decoding: literal, as: UTF8.self)
}
