package import EventLog
import ReadModels
package import Record
package import Vocabulary

extension ConferenceToChange {
  /// Carries out a command about entries, with the identity behind a withheld attribution.
  ///
  /// - Parameters:
  ///   - identity: the identity to encrypt; nil if none is given.
  ///   - command: makes the command from the encrypted identity.
  package func changeRecord<D: Decider>(
    _ decider: D.Type, withholding identity: WithheldIdentity?, _ context: CommandContext,
    command: (ConferenceFacts, Confidential<WithheldIdentity>?) throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    guard let identity else {
      return try await change(decider, context) { try command($0, nil) }
    }
    return try await change(
      decider, of: identity.person.tag, context, sealing: { _ in identity }, command: command)
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
    let model = try await workspace.view(ProceedingsModel.self, of: id, .head).model
    let found = model.entries.rows.first { entry in
      entry.number == String(number.2) && model.sessions[entry.session.slug]?.ordinal == String(number.1)
    }
    guard let found else {
      throw Refused("No issue of the proceedings has a paragraph \(text).", .list(RecordEntity.self))
    }
    return found.id
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
    do { return try CorrectionID(context.newName("k")) } catch { preconditionFailure("It is a slug: \(error)") }
  }
}
