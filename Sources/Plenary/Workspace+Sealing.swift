package import EventLog
package import People
import Postgres
import PostgresLog
import Record
package import Vocabulary

extension Workspace {
  /// Carries out a command that brings personal data.
  ///
  /// - Parameters:
  ///   - personal: what is to be sealed, with the key of `person`.
  ///   - command: the command with it.
  package func change<D: Decider, Personal: Encodable & Sendable>(
    _ decider: D.Type, sealing personal: Personal, of person: Tag, in conference: ConferenceID,
    _ context: CommandContext, command: (Confidential<Personal>) -> D.Command
  ) async throws -> Outcome<D.Event> {
    try await CommandHandler(store: log).handle(
      decider, sealing: personal, of: person, in: conference, context, command: command)
  }

  /// A name for an attendee that tells nothing about them: `a-` and seven letters and digits, the same
  /// for the same command, so that it can be sent again.
  package static func newAttendeeID(_ context: CommandContext) -> AttendeeID {
    // Without the letters and digits that are mistaken for each other when read aloud or printed.
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")
    let name = "a-" + String(sha256(context.commandID).prefix(7).map { alphabet[Int($0) % alphabet.count] })
    do { return try AttendeeID(name) } catch { preconditionFailure("\(name) is a slug") }
  }

  /// Erases an attendee: the event and the end of the key are one transaction.
  package func erase(_ attendee: AttendeeID, in conference: ConferenceID, _ context: CommandContext)
    async throws -> Outcome<PeopleEvent>
  {
    let erasing = ErasingLog(log: try log, person: attendee.tag)
    let outcome = try await CommandHandler(store: erasing).handle(
      Attendees.self, .erase(attendee), in: conference, context)
    // A vault that was restored from a backup may have the key again.
    if !context.dryRun {
      try await connection.run { try Vault.destroyKey(of: attendee.tag, in: conference, $0) }
    }
    return outcome
  }

  /// Who stands behind a withheld attribution; nil where nobody's key opens it.
  ///
  /// The log does not say whose key it is, so each is tried.
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

/// The log for a command with which a person's key ends.
struct ErasingLog: EventStore {
  let log: ReconnectingLog
  let person: Tag
  var mayEndKey: @Sendable (isolated Connection) throws -> Bool = { _ in true }

  func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    try await log.append(batch, endingKeyOf: person, if: mayEndKey)
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await log.read(conference, matching: query, command: command)
  }
}
