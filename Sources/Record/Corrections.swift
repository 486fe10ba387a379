package import EventLog
import People
package import Vocabulary

/// Corrections of published entries: asked for, then accepted with what they were verified against, or refused.
package enum Corrections: Decider {
  package static let name = "Corrections"

  package struct State: Sendable, Equatable {
    var statements = Statements.State()
    package var requests: [CorrectionID: CorrectionRequested] { statements.record.requests }
    package var status: [CorrectionID: CorrectionStatus] = [:]
    /// The positions at which corrections were asked for, and at which they were accepted.
    fileprivate var requestedAt: [CorrectionID: Int] = [:]
    fileprivate var acceptedAt: [CorrectionID: Int] = [:]
    fileprivate var decisions: [CorrectionID: Decision] = [:]
  }

  /// With which words a correction was accepted or refused. Nil: none, or they were destroyed.
  fileprivate struct Decision: Sendable, Equatable {
    var against: Verification?
    var reason: LocalizedText?
  }

  package struct Request: Encodable, Sendable {
    package var correction: CorrectionID
    package var entry: RecordID
    package var kind: CorrectionKind
    package var requester: LocalizedText?
    /// Nil: the entry is to be retracted.
    package var change: Statements.Change?

    package init(
      _ correction: CorrectionID, of entry: RecordID, kind: CorrectionKind, requester: LocalizedText? = nil,
      _ change: Statements.Change?
    ) {
      self.correction = correction
      self.entry = entry
      self.kind = kind
      self.requester = requester
      self.change = change
    }
  }

  package enum Command: Encodable, Sendable {
    case request(Request)
    case accept(CorrectionID, against: Verification, reason: LocalizedText?)
    case refuse(CorrectionID, reason: LocalizedText)
    /// Both steps in one, for an editor who has verified it.
    case make(Request, against: Verification, reason: LocalizedText?)

    fileprivate var request: Request? {
      switch self {
      case .request(let request), .make(let request, _, _): request
      case .accept, .refuse: nil
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case statement(Statements.Refusal)
    case draft(RecordID)
    case unknown(CorrectionID)
    case taken(CorrectionID)
    case decided(CorrectionID, accepted: Bool)
    /// The fields that are never corrected editorially.
    case notEditorial([EntryDetails.Field])
    case retractsEditorially
    case nothingDiffers(RecordID)
    /// The other one changed the same words after this one was asked for.
    case overtaken(CorrectionID, by: CorrectionID)

    package var texts: [HintedText] {
      switch self {
      case .statement(let refusal): refusal.texts
      case .draft(let entry):
        .says("“\(entry)” is a draft, so it can be changed without a correction.", .correct(entry))
      case .unknown(let correction):
        .says("There is no correction “\(correction)”.", .list(CorrectionEntity.self))
      case .taken(let correction): .says("There is another correction “\(correction)”.", .chooseAnotherName)
      case .decided(let correction, let accepted):
        .says("“\(correction)” was \(accepted ? "accepted" : "refused") already.", .show(correction))
      case .notEditorial(let fields):
        .says(
          "A correction of the \(fields.map(\.noun).joined(separator: " and the ")) changes the meaning, so it "
            + "is substantive.")
      case .retractsEditorially: .says("Retracting an entry changes the meaning, so it is substantive.")
      case .overtaken(let correction, let other):
        .says(
          "“\(other)” changed the same since “\(correction)” was asked for: whoever asked has not seen the present words. Refuse "
            + "it, and ask again for what is still to be corrected.", .show(other))
      case .nothingDiffers(let entry): .says("“\(entry)” says so already; nothing would be corrected.")
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    let entry: RecordID?
    var tags: [Tag] = []
    switch command {
    case .request(let request), .make(let request, _, _):
      entry = request.entry
      tags.append(request.correction.tag)
    case .accept(let correction, _, _), .refuse(let correction, _):
      entry = state.requests[correction]?.entry
      tags.append(correction.tag)
      // The basis that was asked for may be gone meanwhile.
      if let basis = state.requests[correction]?.changes.basedOn {
        tags += Statements.foundations(from: basis, state.statements).map(\.tag)
      }
    }
    guard let entry else { return .tagged(anyOf: tags) }
    let change = command.request?.change ?? nil
    return Query.tagged(anyOf: tags).union(
      Statements.boundary(
        of: change.map { .correct(entry, $0) } ?? .retract(entry), in: state.statements))
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    switch command {
    case .request(let request):
      return try asked(request, state).map { [.correctionRequested($0)] } ?? []
    case .make(let request, let against, let reason):
      guard let asked = try asked(request, state) else {
        return try accept(request.correction, against, reason, state)
      }
      return [
        .correctionRequested(asked),
        .correctionAccepted(
          CorrectionAccepted(
            correction: asked.correction, entry: asked.entry, session: asked.session,
            verifiedAgainst: against,
            reason: reason)),
      ]
    case .accept(let correction, let against, let reason):
      return try accept(correction, against, reason, state)
    case .refuse(let correction, let reason):
      guard let request = state.requests[correction] else { throw .unknown(correction) }
      switch state.status[correction] {
      case .refused where state.decisions[correction] == Decision(reason: reason): return []
      case .refused: throw .decided(correction, accepted: false)
      case .accepted: throw .decided(correction, accepted: true)
      case .requested, nil: break
      }
      return [
        .correctionRefused(
          CorrectionRefused(
            correction: correction, entry: request.entry, session: request.session, reason: reason))
      ]
    }
  }

  private static func accept(
    _ correction: CorrectionID, _ against: Verification, _ reason: LocalizedText?, _ state: State
  ) throws(Refusal) -> [Event] {
    guard let request = state.requests[correction] else { throw .unknown(correction) }
    switch state.status[correction] {
    case .accepted where state.decisions[correction] == Decision(against: against, reason: reason): return []
    case .accepted: throw .decided(correction, accepted: true)
    case .refused: throw .decided(correction, accepted: false)
    case .requested, nil: break
    }
    let entry = try state.published(request.entry)
    guard entry.staysWithheld(request.changes) else { throw .statement(.withheld) }
    // Another correction may have said the same meanwhile.
    guard request.retracts || !request.changes.differing(from: entry.details).isEmpty else {
      throw .nothingDiffers(request.entry)
    }
    if let other = state.overtaking(correction, request) { throw .overtaken(correction, by: other) }
    if let basis = request.changes.basedOn {
      do { try state.statements.record.checkBasis(basis, of: request.entry) } catch {
        throw .statement(error)
      }
    }
    return [
      .correctionAccepted(
        CorrectionAccepted(
          correction: correction, entry: request.entry, session: request.session, verifiedAgainst: against,
          reason: reason))
    ]
  }

  /// - Returns: nil if the same correction was asked for before.
  private static func asked(_ request: Request, _ state: State) throws(Refusal) -> CorrectionRequested? {
    let entry: RecordState.Entry
    if let known = state.requests[request.correction] {
      guard known.entry == request.entry, known.kind == request.kind else { throw .taken(request.correction) }
      return nil
    }
    entry = try state.published(request.entry)
    guard let change = request.change else {
      guard request.kind == .substantive else { throw .retractsEditorially }
      return CorrectionRequested(
        request.correction, of: request.entry, in: entry.session, kind: request.kind,
        requester: request.requester, retracts: true, EntryDetails.Changes())
    }
    let changes: EntryDetails.Changes
    do { changes = try change.resolved(entry, state.statements.people) } catch { throw .statement(error) }
    if let basis = changes.basedOn {
      do { try state.statements.record.checkBasis(basis, of: request.entry) } catch {
        throw .statement(error)
      }
    }
    if changes.isEmpty { throw .nothingDiffers(request.entry) }
    let meaning = changes.fields.filter { $0.isNeverEditorial(entry.kind) }
    guard request.kind == .substantive || meaning.isEmpty else { throw .notEditorial(meaning) }
    return CorrectionRequested(
      request.correction, of: request.entry, in: entry.session, kind: request.kind,
      requester: request.requester, changes)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try Statements.evolve(&state.statements, event)
    switch try RecordEvent(event) {
    case .correctionRequested(let body):
      state.status[body.correction] = .requested
      state.requestedAt[body.correction] = event.position
    case .correctionAccepted(let body):
      state.status[body.correction] = .accepted
      state.acceptedAt[body.correction] = event.position
      state.decisions[body.correction] = Decision(against: body.verifiedAgainst, reason: body.reason)
    case .correctionRefused(let body):
      state.status[body.correction] = .refused
      state.decisions[body.correction] = Decision(reason: body.reason)
    default: break
    }
  }
}

extension Corrections.State {
  /// A correction of the same words that was accepted after this one was asked for.
  fileprivate func overtaking(_ correction: CorrectionID, _ request: CorrectionRequested) -> CorrectionID? {
    let asked = requestedAt[correction] ?? 0
    return requests.keys.sorted().first { other in
      guard other != correction, let accepted = acceptedAt[other], accepted > asked,
        let known = requests[other], known.entry == request.entry
      else { return false }
      return known.changes.overlap(request.changes)
    }
  }

  /// An entry that an issue contains, and whose words exist.
  fileprivate func published(_ id: RecordID) throws(Corrections.Refusal) -> RecordState.Entry {
    let entry: RecordState.Entry
    do { entry = try statements.present(id) } catch { throw .statement(error) }
    guard statements.record.isPublished(entry) else { throw .draft(id) }
    return entry
  }
}

extension EntryDetails.Changes {
  /// Whether both change a field, and for texts, in the same language.
  fileprivate func overlap(_ other: Self) -> Bool {
    fields.contains { field in
      guard other.fields.contains(field) else { return false }
      guard field == .text, let text, let others = other.text else { return true }
      return text.languages.contains { others[$0] != nil }
    }
  }
}

extension EntryDetails.Field {
  /// Attribution, stance and sense are never a matter of spelling.
  func isNeverEditorial(_ kind: EntryKind) -> Bool {
    switch self {
    case .attribution, .acts, .addressees, .basedOn, .spoken: true
    case .text, .topic: kind == .position
    case .form, .rationale, .said, .mentions: false
    }
  }
}
