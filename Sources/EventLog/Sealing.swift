import Crypto
import Foundation
import JSON

/// Encrypted personal data as stored in the log: AES-GCM with a key of that person from the vault.
///
/// Destroying the key erases the data everywhere at once. The log's hashes cover the encrypted bytes,
/// so they stay valid. Stored as base64 of nonce, ciphertext and tag; shown as `{"sealed": true}`.
package struct Sealed: Hashable, Sendable, Codable {
  package let base64: String

  package init(from decoder: any Decoder) throws {
    base64 = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let json = encoder as? JSONValueEncoder, !json.isStored {
      try container.encode(["sealed": true])
    } else {
      try container.encode(base64)
    }
  }

  package init(base64: String) { self.base64 = base64 }

  /// Whether a text can only be encrypted data: base64 of a nonce, a tag and a multiple of 256 bytes.
  package static func isSealed(_ text: String) -> Bool {
    guard text.utf8.count >= 380, let data = Data(base64Encoded: text) else { return false }
    return data.count % padding == overhead
  }

  private static let padding = 256
  /// The nonce and the tag.
  private static let overhead = 12 + 16

  /// Seals a value.
  ///
  /// - Parameters:
  ///   - context: what the data belongs to. It is authenticated, so sealed bytes cannot be moved to
  ///     another person.
  ///   - commandID: determines the nonce, together with the key, the context and the value. Repeating a command
  ///     produces the same bytes. A command that decides again after a conflict may seal another value; the
  ///     nonce is then another one, so no nonce is used twice.
  package init(_ value: some Encodable, key: SealingKey, context: String, commandID: String) throws {
    try self.init(json: try JSONText.data(value), key: key, context: context, commandID: commandID)
  }

  /// - Parameter json: the value.
  init(json: Data, key: SealingKey, context: String, commandID: String) throws {
    // Pad with spaces, which JSON ignores, to a multiple of `padding` bytes: the exact length is a clue to the content.
    var plain = json
    plain += Data(repeating: 0x20, count: (Self.padding - plain.count % Self.padding) % Self.padding)
    let seed = key.authenticationCode(
      for: "\(commandID)\n\(context)\n\(String(decoding: plain, as: UTF8.self))")
    let nonce = try AES.GCM.Nonce(data: seed.prefix(12))
    let box = try AES.GCM.seal(
      plain, using: key.symmetric, nonce: nonce, authenticating: Data(context.utf8))
    base64 = box.combined!.base64EncodedString()  // nil only if the nonce does not have 12 bytes
  }

  /// - Returns: nil if the key or the context is not the one that it was sealed with.
  package func open<Value: Decodable>(
    _: Value.Type = Value.self, key: SealingKey, context: String
  ) -> Value? {
    json(key: key, context: context).flatMap {
      try? JSONText.decode(Value.self, from: String(decoding: $0, as: UTF8.self))
    }
  }

  /// The JSON of what was sealed, with spaces after it.
  ///
  /// - Returns: nil if the key or the context is not the one that it was sealed with.
  package func json(key: SealingKey, context: String) -> [UInt8]? {
    guard let data = Data(base64Encoded: base64), let box = try? AES.GCM.SealedBox(combined: data),
      let plain = try? AES.GCM.open(
        box, using: key.symmetric, authenticating: Data(context.utf8))
    else { return nil }
    return Array(plain)
  }
}

/// The 256-bit key that encrypts one person's data.
package struct SealingKey: Sendable, Equatable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package static func random() -> SealingKey {
    SealingKey(bytes: SymmetricKey(size: .bits256).withUnsafeBytes(Array.init))
  }

  /// HMAC-SHA-256 of a text: 32 bytes that tell nothing about it without the key.
  package func authenticationCode(for text: String) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: symmetric))
  }

  var symmetric: SymmetricKey { SymmetricKey(data: bytes) }
}
