package import EventLog
import Postgres
import ProjectionRunner
import ReadModels
package import Record
package import Vocabulary

extension ConferenceToChange {
  /// Carries out a command about entries, with the identity behind a withheld attribution.
  ///
  /// - Parameters:
  ///   - identity: the identity to encrypt; nil if none is given.
  ///   - entry: the entry that is changed; nil for a new one. A speaker who cannot be decrypted is not replaced.
  ///   - command: makes the command from the encrypted identity.
  package func changeRecord<D: Decider>(
    _ decider: D.Type, withholding identity: WithheldIdentity?, behind entry: RecordID? = nil,
    _ context: CommandContext,
    command: (ConferenceFacts, Confidential<WithheldIdentity>?) throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    guard let identity else {
      return try await change(decider, context) { try command($0, nil) }
    }
    if let entry { try await withheldIdentity(of: entry).checkReadable(entry) }
    return try await change(
      decider, of: .identity(context.commandID), context, sealing: { _ in identity }, command: command)
  }

  /// Carries out a command that destroys words: the event is appended and the words are destroyed in one transaction.
  package func expunge(_ context: CommandContext, command: (ConferenceFacts) throws -> Statements.Command)
    async throws -> Outcome<RecordEvent>
  {
    try await context.tellingCommandID {
      try await CommandHandler(store: ExpungingLog(workspace.log)).handle(
        Statements.self, in: id, context, command: command)
    }
  }

  /// The entry that an organizer means: by its name, or by the number that an issue fixed (`1.12a`).
  ///
  /// A fixed number never changes, so looking it up before the decision is safe.
  ///
  /// - Throws: `Refused` for a number that no issue has fixed; `InvalidValue`.
  package func entry(_ text: String) async throws -> RecordID {
    guard let number = text.wholeMatch(of: /(.+)\.([PCR]?[a-z]*[0-9].*)/) else { return try RecordID(text) }
    guard let found = try await workspace.entry(String(number.2), session: String(number.1), of: id) else {
      throw Refused("No issue of the proceedings has a paragraph \(text).", .list(RecordEntity.self))
    }
    return found
  }
}

extension Workspace {
  /// The entry that has a fixed number in a session with a fixed ordinal. Only its row is read.
  fileprivate func entry(_ number: String, session ordinal: String, of conference: ConferenceID) async throws
    -> RecordID?
  {
    let isCurrent = try await connection.run {
      try Projectors(conference).catchUp(ProceedingsModel.self, $0) != .busy
    }
    // During a rebuild the rows are outdated.
    guard isCurrent else {
      let model = try await view(ProceedingsModel.self, of: conference, .head).model
      return model.entries.rows.first {
        $0.number == number && model.sessions[$0.session.slug]?.ordinal == ordinal
      }?.id
    }
    return try await connection.run { connection in
      try connection.query(
        """
        select entry.entry
        from proceedings.entry as entry
        join proceedings.numbered_session as numbered
          on numbered.conference = entry.conference and numbered.session = entry.session
        where entry.conference = \(conference.slug) and entry.number = \(number)
          and numbered.ordinal = \(ordinal)
        """
      ).first.map { try RecordID($0.decode("entry", as: String.self)) }
    }
  }
}

extension RecordID {
  /// A name for a new entry that says nothing about it.
  ///
  /// It is derived from the command id, so a repeated command gives the same name.
  package static func new(_ context: CommandContext) -> RecordID {
    do { return try RecordID(context.newName("e")) } catch { preconditionFailure("It is a slug: \(error)") }
  }
}

extension CorrectionID {
  /// A name for a new correction, derived from the command id.
  package static func new(_ context: CommandContext) -> CorrectionID {
    do { return try CorrectionID(context.newName("k")) } catch {
      preconditionFailure("It is a slug: \(error)")
    }
  }
}
