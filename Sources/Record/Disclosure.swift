package import EventLog
package import Vocabulary

/// Discloses who made a withheld statement, once that speaker has authorised it.
///
/// No other command leads from a withheld attribution to another one. An authorisation is sealed with the speaker's own
/// key: if the entry is attributed to another withheld speaker later, it no longer counts.
package enum Disclosure: Decider {
  package static let name = "Disclosure"

  package struct State: Sendable, Equatable {
    var corrections = Corrections.State()
    /// What the authorisations of each entry rest on, sealed.
    var authorisations: [RecordID: [Sealed]] = [:]
    var disclosed: Set<RecordID> = []
  }

  package struct Request: Encodable, Sendable {
    /// The identity is looked up, and no part of what was asked.
    private enum CodingKeys: CodingKey { case entry, correction, reason }

    package var entry: RecordID
    /// The correction that a published entry needs.
    package var correction: CorrectionID
    /// Why it is disclosed, as the corrigendum prints it.
    package var reason: LocalizedText?
    /// The identity as a key of the vault opened it; nil if none does.
    package var identity: Confidential<WithheldIdentity>?
    /// The speaker was erased, so nothing opens the identity any more.
    package var isErased: Bool

    package init(
      _ entry: RecordID, correction: CorrectionID, reason: LocalizedText?,
      identity: Confidential<WithheldIdentity>?, isErased: Bool = false
    ) {
      self.entry = entry
      self.correction = correction
      self.reason = reason
      self.identity = identity
      self.isErased = isErased
    }
  }

  package enum Command: Encodable, Sendable {
    /// The evidence has the key of the speaker; it is nil if no key of the vault opens the identity.
    case authorise(RecordID, evidence: Confidential<DisclosureEvidence>?)
    case disclose(Request)

    fileprivate var entry: RecordID {
      switch self {
      case .authorise(let entry, _): entry
      case .disclose(let request): request.entry
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case statement(Statements.Refusal)
    case notWithheld(RecordID)
    case noIdentity(RecordID)
    case identityDoesNotOpen(RecordID)
    case identityChanged(RecordID)
    case erased(RecordID)
    case notAuthorised(RecordID)

    package var texts: [HintedText] {
      switch self {
      case .statement(let refusal): refusal.texts
      case .notWithheld(let entry): .says("The speaker of “\(entry)” is not withheld.", .show(entry))
      case .noIdentity(let entry):
        .says("“\(entry)” was recorded without the identity of its speaker, so there is nothing to disclose.")
      case .identityDoesNotOpen(let entry):
        .says(
          "The speaker behind “\(entry)” cannot be decrypted, so nobody knows who could be disclosed.",
          .restoreVault)
      case .identityChanged(let entry):
        .says("The identity behind “\(entry)” was changed at the same time; send the command again.")
      case .erased(let entry):
        .says("The speaker behind “\(entry)” was erased, so nobody can be named any more.")
      case .notAuthorised(let entry):
        .says("No authorisation by the speaker of “\(entry)” is on record.", .authoriseDisclosure(entry))
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    var tags = [command.entry.tag]
    if case .disclose(let request) = command, let identity = request.identity {
      tags += [identity.value.person.tag, .conference]
    }
    return Query.tagged(anyOf: tags).union(Query([.issues]))
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let entry: RecordState.Entry
    do { entry = try state.corrections.statements.present(command.entry) } catch { throw .statement(error) }
    switch command {
    case .authorise(let id, let evidence):
      let sealed = try withheld(id, entry)
      guard let evidence else { throw .identityDoesNotOpen(id) }
      guard evidence.identity(sealed, entry.sessions) != nil else { throw .identityChanged(id) }
      let context = DisclosureEvidence.context(evidence.conference, id)
      if state.authorisations[id, default: []].contains(where: {
        evidence.open($0, context: context) == evidence.value
      }) {
        return []
      }
      return [
        .disclosureAuthorised(
          DisclosureAuthorised(
            entry: id, session: entry.session, evidence: evidence.seal(evidence.value, context: context)))
      ]
    case .disclose(let request):
      let id = request.entry
      if entry.details.attribution.mode != .withheld, state.disclosed.contains(id) { return [] }
      let sealed = try withheld(id, entry)
      if request.isErased { throw .erased(id) }
      guard let identity = request.identity else { throw .identityDoesNotOpen(id) }
      guard identity.identity(sealed, entry.sessions) == identity.value else { throw .identityChanged(id) }
      if state.corrections.statements.people.isErased(identity.value.person) { throw .erased(id) }
      let context = DisclosureEvidence.context(identity.conference, id)
      guard
        state.authorisations[id, default: []].contains(where: {
          identity.open($0, as: DisclosureEvidence.self, context: context) != nil
        })
      else { throw .notAuthorised(id) }
      let attribution: Attribution
      do {
        attribution = try Attribution(
          naming: identity.value.person, of: entry, basis: .authorised, state.corrections.statements.people)
      } catch { throw .statement(error) }
      return [
        .statementDisclosed(StatementDisclosed(entry: id, session: entry.session, reason: request.reason))
      ]
        + state.corrections.reattributed(
          id, entry, to: attribution, request.correction, against: .speaker, reason: request.reason)
    }
  }

  private static func withheld(_ id: RecordID, _ entry: RecordState.Entry) throws(Refusal) -> Sealed {
    guard entry.details.attribution.mode == .withheld else { throw .notWithheld(id) }
    guard let identity = entry.details.attribution.identity else { throw .noIdentity(id) }
    return identity
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try Corrections.evolve(&state.corrections, event)
    switch try RecordEvent(event) {
    case .disclosureAuthorised(let body):
      if let evidence = body.evidence { state.authorisations[body.entry, default: []].append(evidence) }
    case .statementDisclosed(let body): state.disclosed.insert(body.entry)
    default: break
    }
  }

  /// The sealed identity behind an entry that is or was withheld, with where the entry has stood.
  package static func sealedIdentity(of entry: RecordID, in state: State) -> (
    Sealed, sessions: Set<SessionID>
  )? {
    guard let known = state.corrections.statements.record.entries[entry] else { return nil }
    return known.lastIdentity.map { ($0, known.sessions) }
  }
}

extension Attribution {
  /// An entry's attribution once its speaker is known, with the name and the offices of the day of the statement.
  ///
  /// It is printed as the name: what was printed before says that the name is not known.
  init(
    naming person: PersonID, of entry: RecordState.Entry, basis: Basis, voice: VoiceID? = nil,
    _ people: Credits
  ) throws(Statements.Refusal) {
    guard let credit = people.credit(person, asOf: entry.recordedAt) else { throw .unknownPerson(person) }
    do {
      try self.init(
        .named, persons: [person], basis: basis,
        asPrinted: Attribution.printed([credit.name], people.languages),
        credits: [credit], voice: voice)
    } catch { throw .invalidAttribution(error) }
  }
}

extension Corrections.State {
  /// Gives an entry another attribution: a draft silently, a published one by a substantive correction.
  func reattributed(
    _ id: RecordID, _ entry: RecordState.Entry, to attribution: Attribution, _ correction: CorrectionID,
    against: Verification, reason: LocalizedText?
  ) -> [RecordEvent] {
    let changes = EntryDetails.Changes { $0.attribution = attribution }
    guard statements.record.isPublished(entry) else {
      return [.statementCorrected(StatementCorrected(id, in: entry.session, changes))]
    }
    return [
      .correctionRequested(
        CorrectionRequested(correction, of: id, in: entry.session, kind: .substantive, changes)),
      .correctionAccepted(
        CorrectionAccepted(
          correction: correction, entry: id, session: entry.session, verifiedAgainst: against, reason: reason)
      ),
    ]
  }
}
