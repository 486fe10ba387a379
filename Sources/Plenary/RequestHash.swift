package import EventLog
import JSON
import Vocabulary

/// The request that a command id stands for: 32 bytes computed from what the organizer asked, before any
/// lookup.
///
/// A command's encoded form contains what was asked and nothing else. So the same command gives the same
/// hash, whatever has changed meanwhile.
///
/// Personal data is not in the encoded form (see `Confidential`). A plain hash of it would stay in the log's
/// receipts after the person is erased, and anybody could guess names or e-mail addresses and compare. So an
/// HMAC under the person's key represents the personal data. Erasure destroys the key, and then nothing can
/// be compared. A statement's words are in the encoded form: the hash is blanked when they are destroyed.
package struct RequestHash: Equatable {
  let bytes: [UInt8]
  /// As earlier versions stored it.
  private let formerBytes: [UInt8]
  private let commandID: String

  init<D: Decider>(_: D.Type, _ command: D.Command) throws {
    bytes = sha256(try Self.text(D.self, command))
    formerBytes = bytes
    commandID = ""
  }

  /// With personal data: 16 bytes of the command's hash, 8 that identify the key, 8 of the data's HMAC.
  ///
  /// The last 16 bytes are others for each command. Earlier versions stored the same ones for each command of a person:
  /// whoever read the receipts saw which withheld statements were by one speaker, and by whom, if that speaker's
  /// address was ever stated.
  init<D: Decider>(
    _: D.Type, _ command: D.Command, personal: some Encodable, key: SealingKey, commandID: String
  ) throws {
    let rest = sha256(try Self.text(D.self, command)).prefix(16)
    let data = try JSONText.encode(personal)
    bytes = Array(
      rest + Self.mark(of: key, commandID)
        + key.authenticationCode(for: "request of \(commandID) \(data)").prefix(8))
    formerBytes = Array(
      rest + Self.formerMark(of: key) + key.authenticationCode(for: "request \(data)").prefix(8))
    self.commandID = commandID
  }

  /// What is hashed, in two lines: the decider's name and the command as JSON.
  package static func text<D: Decider>(_: D.Type, _ command: D.Command) throws -> String {
    "\(D.name)\n\(try JSONText.encode(command))"
  }

  /// Whether a receipt with this request answers. A receipt without one answers every request: words of the command
  /// were destroyed, and the hash with them (see `ExpungingStore`).
  func isSame(as stored: [UInt8]) -> Bool { stored.isEmpty || stored == bytes || stored == formerBytes }

  private static func mark(of key: SealingKey, _ commandID: String) -> ArraySlice<UInt8> {
    key.authenticationCode(for: "which key for \(commandID)").prefix(8)
  }

  private static func formerMark(of key: SealingKey) -> ArraySlice<UInt8> {
    key.authenticationCode(for: "which key").prefix(8)
  }

  /// Whether a stored request may be the same one, although its personal data can no longer be compared.
  ///
  /// True if the commands are equal and the key of the stored request is none of `keys`, so it was destroyed.
  func isLike(_ stored: [UInt8], withoutAnyOf keys: some Sequence<SealingKey>) -> Bool {
    stored.count == bytes.count && stored[..<16] == bytes[..<16]
      && keys.allSatisfy {
        Self.mark(of: $0, commandID) != stored[16..<24] && Self.formerMark(of: $0) != stored[16..<24]
      }
  }
}
