import EventLog
import Vocabulary

extension Attribution {
  /// Whether two entries are ascribed to the same persons or group in the same way.
  ///
  /// Whether two withheld speakers are one cannot be seen, unless both entries are parts of one.
  package func isOfSameVoice(as other: Attribution) -> Bool {
    mode == other.mode && persons == other.persons && of == other.of && quantifier == other.quantifier
      && (mode != .unidentified || voice == other.voice) && identity == other.identity
  }
}

extension EntryKind {
  /// The type of the event that records an entry of this kind.
  var recordedType: String {
    switch self {
    case .statement: StatementRecorded.type
    case .position: PositionRecorded.type
    case .conclusion: ConclusionRecorded.type
    case .recommendation: RecommendationRecorded.type
    }
  }

  func recorded(_ id: RecordID, _ session: SessionID, _ order: OrderKey?, _ details: EntryDetails)
    -> RecordEvent
  {
    switch self {
    case .statement: .statementRecorded(EntryRecorded(id, in: session, order: order, details))
    case .position: .positionRecorded(EntryRecorded(id, in: session, order: order, details))
    case .conclusion: .conclusionRecorded(EntryRecorded(id, in: session, order: order, details))
    case .recommendation: .recommendationRecorded(EntryRecorded(id, in: session, order: order, details))
    }
  }
}

extension Statements.Draft {
  func details(by attribution: Attribution) throws(Statements.Refusal) -> EntryDetails {
    guard let text = changes.text else { throw .invalid(InvalidValue("An entry needs a text.")) }
    try changes.check(kind)
    if kind == .position, changes.topic == nil { throw .invalid(InvalidValue("A position needs a topic.")) }
    return EntryDetails(text, attribution) { changes.apply(to: &$0) }
  }
}

extension EntryDetails.Changes {
  /// - Throws: `Refusal` for a field that entries of this kind do not have, and for marks that are not closed.
  func check(_ kind: EntryKind) throws(Statements.Refusal) {
    for text in marked {
      do { try text.checkMarks() } catch { throw .invalid(error) }
    }
    if let field = fields.first(where: { !kind.fields.contains($0) }) {
      throw .invalid(InvalidValue("A \(kind.rawValue) has no \(field.noun)."))
    }
  }
}

extension EntryDetails.Changes {
  /// - Throws: `Refusal` if a language is both given and removed, or none would be left.
  fileprivate func checkRemoval(from known: LocalizedText) throws(Statements.Refusal) {
    guard let gone = without else { return }
    if let given = text {
      if let language = gone.first(where: { given[$0] != nil }) {
        throw .invalid(
          InvalidValue("The text in “\(language)” is both given and removed; leave out one of them."))
      }
      return
    }
    guard known.without(gone) != nil else { throw .lastLanguage }
  }
}

extension EntryDetails.Field {
  package var noun: String {
    switch self {
    case .text: "text"
    case .attribution: "attribution"
    case .topic: "topic"
    case .rationale: "rationale"
    case .form: "form"
    case .acts: "speech acts"
    case .addressees: "addressees"
    case .spoken: "spoken language"
    case .said: "time at which it was said"
    case .mentions: "mentions"
    case .basedOn: "entry that it is based on"
    }
  }
}

extension EntryDetails.Field {
  var isPlural: Bool {
    switch self {
    case .acts, .addressees, .mentions: true
    case .text, .attribution, .topic, .rationale, .form, .spoken, .said, .basedOn: false
    }
  }
}

extension Statements.Change {
  /// What differs from the known entry, with the attribution resolved.
  func resolved(_ entry: RecordState.Entry, _ people: Credits) throws(Statements.Refusal)
    -> EntryDetails.Changes
  {
    try changes.check(entry.kind)
    if entry.kind == .position, changes.cleared?.contains(.topic) == true {
      throw .invalid(InvalidValue("A position needs a topic."))
    }
    try people.check(Statements.people(of: attribution, changes))
    try changes.checkRemoval(from: entry.details.text)
    var changes = changes
    if let attribution {
      do {
        changes.attribution = try attribution.resolved(
          in: entry.session, people, unless: entry.details.attribution)
      } catch { throw .invalidAttribution(error) }
      guard entry.details.attribution.mode != .withheld || changes.attribution?.mode == .withheld else {
        throw .withheld
      }
      if let identity = attribution.identity {
        var details = entry.details
        changes.apply(to: &details)
        try details.checkHides(identity.value.person, people)
        try details.attribution.checkSeals(
          identity.value.person, unless: entry.details.attribution, people)
      }
    }
    return changes.differing(from: entry.details)
  }
}
