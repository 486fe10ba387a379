package import Foundation

/// Encodes and decodes JSON in one canonical form: sorted keys, no spaces, no escaped slashes. The same
/// value always has the same text.
package enum JSONText {
  package static func encode(_ value: some Encodable) throws -> String {
    try String(decoding: bytes(value), as: UTF8.self)
  }

  package static func bytes(_ value: some Encodable) throws -> [UInt8] {
    try JSONWriter().text(of: value)
  }

  /// - Parameter pretty: one member or element a line, for people.
  package static func data(
    _ value: some Encodable, _ layout: JSONWriter.Layout = .canonical, pretty: Bool = false
  ) throws -> Data {
    let bytes = try JSONWriter(layout).text(of: value)
    return Data(pretty ? indented(bytes) : bytes)
  }

  /// - Parameter text: JSON without white space between its parts.
  private static func indented(_ text: [UInt8]) -> [UInt8] {
    var pretty: [UInt8] = []
    pretty.reserveCapacity(text.count * 3 / 2)
    var (depth, isString, isEscaped) = (0, false, false)
    func newLine() {
      pretty.append(UInt8(ascii: "\n"))
      pretty.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
    for (index, byte) in text.enumerated() {
      if isString {
        pretty.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        pretty.append(byte)
        depth += 1
        // “{” and “}” are two apart in ASCII, as are “[” and “]”.
        if text[index + 1] != byte + 2 { newLine() }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if text[index - 1] != byte - 2 { newLine() }
        pretty.append(byte)
      case UInt8(ascii: ","):
        pretty.append(byte)
        newLine()
      case UInt8(ascii: ":"):
        pretty.append(byte)
        pretty.append(UInt8(ascii: " "))
      default:
        isString = byte == UInt8(ascii: "\"")
        pretty.append(byte)
      }
    }
    return pretty
  }

  package static func decode<Value: Decodable>(_: Value.Type, from text: String) throws -> Value {
    try ParsedJSON(text).decode(Value.self)
  }

  /// Decodes a value of any shape.
  package static func value(from text: String) throws -> JSONValue { try ParsedJSON(text).value() }

  /// The members of an object as they stand in its text: the name, and `"name":value`.
  ///
  /// - Throws: `DecodingError` for anything but an object.
  package static func members(of object: String) throws -> [(name: String, text: String)] {
    try ParsedJSON(object).members()
  }

  /// Says what is wrong and where, without quoting the data.
  package static func explain(_ error: any Error) -> String {
    func path(_ context: DecodingError.Context) -> String? {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return path.isEmpty ? nil : "“\(path)”"
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "“\(key.stringValue)” is missing" + (path(context).map { " in \($0)" } ?? "")
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      return "\(path(context) ?? "the top-level value") has an unexpected type or value"
    default: return String(describing: error)
    }
  }
}
