package import EventLog
import Foundation
import People
import Postgres
import PostgresLog
package import Vocabulary

extension Workspace {
  /// Carries out a command that contains personal data.
  ///
  /// - Parameters:
  ///   - personal: The data to encrypt with the key of `person`.
  ///   - command: Makes the command from the encrypted data.
  package func change<D: Decider, Personal: Encodable & Sendable>(
    _ decider: D.Type, sealing personal: Personal, of person: Tag, in conference: ConferenceID,
    _ context: CommandContext, command: (Confidential<Personal>) -> D.Command
  ) async throws -> Outcome<D.Event> {
    try await context.tellingCommandID {
      try await CommandHandler(store: log).handle(
        decider, sealing: personal, of: person, in: conference, context, command: command)
    }
    .warningOfCharacters(self, sealed: personal)
  }

  /// A short name for an attendee that says nothing about them: `a-` and seven letters and digits.
  ///
  /// It is derived from the command id, so a repeated command gives the same name.
  package static func newAttendeeID(_ context: CommandContext) -> AttendeeID {
    do { return try AttendeeID(context.newName("a", digits: 7)) } catch {
      preconditionFailure("It is a slug: \(error)")
    }
  }
}

extension CommandContext {
  /// The UUID of a conference that is opened with this command. A repeated command gives the same one.
  package func newIdentity(of conference: ConferenceID) -> String {
    Self.derivedID(from: "\(commandID)/\(conference)")
  }

  /// A UUID that follows from a text.
  static func derivedID(from text: String) -> String {
    var bytes = Array(sha256(text).prefix(16))
    // Version 8, for what an application makes by itself (RFC 9562 §5.8).
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }.uuidString.lowercased()
  }

  /// A letter, a hyphen and letters and digits that follow from the command id: `a-7k3m9qx`.
  func newName(_ letter: String, digits count: Int = 8) -> String {
    // Letters and digits that are easily confused in print or aloud are left out.
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
    return letter + "-" + String(sha256(commandID).prefix(count).map { alphabet[Int($0) % alphabet.count] })
  }
}
