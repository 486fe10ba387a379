import EventLog
import JSON

/// What a command id stands for: 32 bytes made of what the organizer asked, before anything was looked up.
///
/// A command's encoded form holds what was asked and nothing else, so the same command gives the same hash
/// whatever changed meanwhile. Personal data is not in it (see `Confidential`). A plain hash of personal data
/// would stay in the log's receipts after the person is erased, and a name or an e-mail address can be guessed
/// and compared with it. So personal data counts by an HMAC under the person's key: without the key, which
/// an erasure destroys, nothing can be compared.
struct RequestHash: Equatable {
  let bytes: [UInt8]

  init<D: Decider>(_: D.Type, _ command: D.Command) throws {
    bytes = sha256(try Self.text(D.self, command))
  }

  /// With personal data: 16 bytes of the rest's hash, 8 that tell which key it is, 8 of the data's HMAC.
  init<D: Decider>(_: D.Type, _ command: D.Command, personal: some Encodable, key: SealingKey) throws {
    let rest = sha256(try Self.text(D.self, command)).prefix(16)
    let data = key.authenticationCode(for: "request \(try JSONText.encode(personal))").prefix(8)
    bytes = Array(rest + Self.mark(of: key) + data)
  }

  private static func text<D: Decider>(_: D.Type, _ command: D.Command) throws -> String {
    "\(D.self)\n\(try JSONText.encode(command))"
  }

  private static func mark(of key: SealingKey) -> ArraySlice<UInt8> {
    key.authenticationCode(for: "which key").prefix(8)
  }

  /// Whether a stored request asked the same, as far as that can be told: its personal data was sealed with
  /// a key that is none of these, so that it was destroyed, and cannot be compared any more.
  func isLike(_ stored: [UInt8], withoutAnyOf keys: some Sequence<SealingKey>) -> Bool {
    stored.count == bytes.count && stored[..<16] == bytes[..<16]
      && keys.allSatisfy { Self.mark(of: $0) != stored[16..<24] }
  }
}
