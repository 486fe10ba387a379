package import EventLog
import PostgresLog
package import Record
package import Vocabulary

extension ConferenceToChange {
  /// Records that the speaker behind a withheld entry authorised the disclosure.
  ///
  /// The identity is opened with the vault's keys, so that the evidence is sealed with the same one.
  package func authoriseDisclosure(
    of entry: RecordID, evidence: DisclosureEvidence, _ context: CommandContext
  ) async throws -> Outcome<RecordEvent> {
    let withheld = try await withheldIdentity(of: entry)
    if case .erased = withheld { throw Refused(Disclosure.Refusal.erased(entry)) }
    guard case .opened(_, let owner, _) = withheld else {
      return try await change(Disclosure.self, context) { _ in .authorise(entry, evidence: nil) }
    }
    return try await change(
      Disclosure.self, of: owner, context, sealing: { _ in evidence }
    ) { .authorise(entry, evidence: $1) }
  }

  /// Discloses the speaker of a withheld entry.
  ///
  /// - Parameter reason: as the corrigendum prints it.
  package func disclose(
    _ entry: RecordID, _ context: CommandContext, reason: (ConferenceFacts) throws -> LocalizedText?
  ) async throws -> Outcome<RecordEvent> {
    let withheld = try await withheldIdentity(of: entry)
    let isErased = if case .erased = withheld { true } else { false }
    let identity: Confidential<WithheldIdentity>? =
      if case .opened(let identity, _, let key) = withheld {
        Confidential(identity, key: key, conference: id, commandID: context.commandID)
      } else { nil }
    return try await change(Disclosure.self, context) { conference in
      .disclose(
        Disclosure.Request(
          entry, correction: .new(context), reason: try reason(conference), identity: identity,
          isErased: isErased))
    }
  }

  package enum Withheld: Sendable {
    /// The entry has no sealed identity, and never had one.
    case none
    /// No key of the vault opens it.
    case unreadable
    /// The speaker was erased.
    case erased
    case opened(WithheldIdentity, owner: Tag, SealingKey)

    /// - Throws: `Failure` if it is unreadable.
    package func checkReadable(_ entry: RecordID) throws {
      if case .unreadable = self { throw Failure.unreadable([], entries: [entry.slug]) }
    }
  }

  /// The identity behind an entry whose attribution is or was withheld.
  ///
  /// The log does not say whose key was used, so each key is tried. A key that a restored vault has again of somebody who
  /// was erased opens nothing here: nobody learns the name from it.
  ///
  /// - Parameter position: events after it are not read.
  package func withheldIdentity(of entry: RecordID, at position: Int = .max) async throws -> Withheld {
    let log = workspace.log
    let events = try await log.read(
      id, matching: Disclosure.boundary(of: .authorise(entry, evidence: nil), in: Disclosure.initial),
      command: nil
    ).events
    var state = Disclosure.initial
    for event in events where event.position <= position { try Disclosure.evolve(&state, event) }
    guard let (sealed, sessions) = Disclosure.sealedIdentity(of: entry, in: state) else { return .none }
    for (owner, key) in try await log.keys(of: id) {
      if let identity = WithheldIdentity.open(sealed, key: key, id, sessions) {
        let erased = try await log.run { [id] in try Vault.erased([identity.person.tag], of: id, $0) }
        if !erased.isEmpty { return .erased }
        return .opened(identity, owner: owner, key)
      }
    }
    return try await workspace.sealedData(of: id).unreadableEntries.contains(entry.slug)
      ? .unreadable : .erased
  }
}
