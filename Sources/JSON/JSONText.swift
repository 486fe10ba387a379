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

  package static func data(_ value: some Encodable, pretty: Bool = false) throws -> Data {
    guard pretty else { return try Data(bytes(value)) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return try encoder.encode(value)
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
