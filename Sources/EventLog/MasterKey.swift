import Crypto
import Foundation
import Vocabulary

/// A key outside the database that encrypts the keys in the vault: AES-GCM with 256 bits.
package struct MasterKey: Sendable, Equatable {
  /// Names the key without telling it: 16 hexadecimal digits.
  package let id: String
  private let key: SealingKey

  /// - Returns: nil for anything but 64 hexadecimal digits.
  package init?(hexadecimal text: some StringProtocol) {
    guard let bytes = bytes(hexadecimal: text), bytes.count == 32 else { return nil }
    key = SealingKey(bytes: bytes)
    id = hexadecimal(Array(key.authenticationCode(for: "id of a master key of Plenary").prefix(8)))
  }

  /// - Parameter context: whose key it is. It is authenticated, so encrypted keys cannot be swapped.
  /// - Returns: nonce, encrypted key and tag: 60 bytes, other ones each time.
  package func wrap(_ inner: SealingKey, context: String) throws -> [UInt8] {
    let box = try AES.GCM.seal(
      Data(inner.bytes), using: key.symmetric, authenticating: Data(context.utf8))
    return Array(box.combined!)  // nil only if the nonce does not have 12 bytes
  }

  /// - Returns: nil if another key or another context was used, or the bytes were changed.
  package func unwrap(_ wrapped: [UInt8], context: String) -> SealingKey? {
    guard let box = try? AES.GCM.SealedBox(combined: Data(wrapped)),
      let bytes = try? AES.GCM.open(box, using: key.symmetric, authenticating: Data(context.utf8))
    else { return nil }
    return SealingKey(bytes: Array(bytes))
  }
}
