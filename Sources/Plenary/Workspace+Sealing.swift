package import EventLog
package import People
import Postgres
import PostgresLog
import Record
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
    // Letters and digits that are easily confused in print or aloud are left out.
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
    let name = "a-" + String(sha256(context.commandID).prefix(7).map { alphabet[Int($0) % alphabet.count] })
    do { return try AttendeeID(name) } catch { preconditionFailure("\(name) is a slug") }
  }

  /// Erases an attendee. The event is appended and the key destroyed in one transaction.
  package func erase(_ attendee: AttendeeID, in conference: ConferenceID, _ context: CommandContext)
    async throws -> Outcome<PeopleEvent>
  {
    return try await context.tellingCommandID {
      let outcome = try await CommandHandler(store: ErasingLog(log)).handle(
        Attendees.self, .erase(attendee), in: conference, context)
      // If the vault was restored from a backup, it may have the key again.
      if !context.dryRun {
        try await log.run { try Vault.destroyKey(of: attendee.tag, in: conference, $0) }
      }
      return outcome
    }
  }

  /// The person behind a withheld attribution; nil if no key decrypts it.
  ///
  /// The log does not say whose key was used, so each key is tried.
  package func reveal(_ identity: Sealed, in conference: ConferenceID, session: SessionID)
    async throws -> PersonID?
  {
    let keys = try await connection.run { try Vault.keys(of: conference, $0) }
    let context = WithheldIdentity.context(conference, session)
    for key in keys.values {
      if let open = identity.open(WithheldIdentity.self, key: key, context: context) {
        return open.person
      }
    }
    return nil
  }
}
