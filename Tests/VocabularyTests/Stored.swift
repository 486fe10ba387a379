import Foundation
import Testing
import Vocabulary

/// The value as it is stored.
func stored(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// The value once it was stored and read again.
func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
  try JSONDecoder().decode(Value.self, from: Data(stored(value).utf8))
}

/// What an organizer reads when a value is not taken; nil where it is.
func refusal<Value>(_ take: () throws -> Value) -> String? {
  do {
    _ = try take()
    return nil
  } catch { return (error as? InvalidValue)?.description }
}
