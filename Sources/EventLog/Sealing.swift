import Crypto
import Foundation
import JSON

/// Personal data as the log holds it: AES-GCM under a key of that person, which lives in the vault.
///
/// Destroying the key erases the data everywhere at once, and the log's hashes, which run over the
/// sealed bytes, still hold. Stored as base64 of nonce, ciphertext and tag.
package struct Sealed: Hashable, Sendable, Codable {
  package let base64: String

  package init(from decoder: any Decoder) throws {
    base64 = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(base64)
  }

  package init(base64: String) { self.base64 = base64 }

  /// Seals a value.
  ///
  /// - Parameters:
  ///   - context: what the data belongs to; it is authenticated, so that sealed bytes cannot be
  ///     moved to another person.
  ///   - commandID: makes the nonce, with the key and the context. The same command sent again seals
  ///     to the same bytes; no other command shares its id, so no nonce serves twice.
  package init(_ value: some Encodable, key: SealingKey, context: String, commandID: String) throws {
    // Up to a multiple of 256 bytes with spaces, which JSON ignores: the length would tell something.
    var plain = try JSONText.data(value)
    plain += Data(repeating: 0x20, count: (256 - plain.count % 256) % 256)
    let seed = HMAC<SHA256>.authenticationCode(
      for: Data("\(commandID)\n\(context)".utf8), using: key.symmetric)
    let nonce = try AES.GCM.Nonce(data: Data(seed).prefix(12))
    let box = try AES.GCM.seal(
      plain, using: key.symmetric, nonce: nonce, authenticating: Data(context.utf8))
    base64 = box.combined!.base64EncodedString()  // nil only for a nonce that is not of 12 bytes
  }

  /// - Returns: nil if it was sealed with another key or for another context.
  package func open<Value: Decodable>(
    _: Value.Type = Value.self, key: SealingKey, context: String
  ) -> Value? {
    guard let data = Data(base64Encoded: base64), let box = try? AES.GCM.SealedBox(combined: data),
      let plain = try? AES.GCM.open(
        box, using: key.symmetric, authenticating: Data(context.utf8))
    else { return nil }
    return try? JSONDecoder().decode(Value.self, from: plain)
  }
}

/// 256 random bits that open what is sealed about one person.
package struct SealingKey: Sendable, Equatable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package static func random() -> SealingKey {
    SealingKey(bytes: SymmetricKey(size: .bits256).withUnsafeBytes(Array.init))
  }

  var symmetric: SymmetricKey { SymmetricKey(data: bytes) }
}
