package import EventLog
package import ReadModels
package import Record
package import Vocabulary

extension ConferenceContext {
  /// An entry of the record.
  ///
  /// - Throws: `Refused` for an unknown entry.
  package func entry(_ entry: RecordID, _ bound: LogBound) async throws -> EntryRow {
    let view = try await view(ProceedingsModel.self, bound)
    guard let row = view.model.entries[entry.slug] else {
      throw Refused(Statements.Refusal.unknown(entry))
    }
    return row
  }

  /// Carries out a command about the record, with the identity behind a withheld attribution.
  ///
  /// - Parameters:
  ///   - identity: The identity to encrypt; nil if none is given.
  ///   - command: Makes the command from the encrypted identity.
  package func changeRecord(
    withholding identity: WithheldIdentity?, _ context: CommandContext,
    command: (Confidential<WithheldIdentity>?) -> Statements.Command
  ) async throws -> Outcome<RecordEvent> {
    guard let identity else { return try await change(Statements.self, command(nil), context) }
    return try await workspace.change(
      Statements.self, sealing: identity, of: identity.person.tag, in: id, context, command: command)
  }
}
