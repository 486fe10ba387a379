package import EventLog
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
  /// A letter, a hyphen and letters and digits that follow from the command id: `a-7k3m9qx`.
  func newName(_ letter: String, digits count: Int = 8) -> String {
    // Letters and digits that are easily confused in print or aloud are left out.
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
    return letter + "-" + String(sha256(commandID).prefix(count).map { alphabet[Int($0) % alphabet.count] })
  }
}
