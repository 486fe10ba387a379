package import EventLog
package import Vocabulary

/// A statement made in a session was added to the record.
package struct StatementRecorded: EventBody {
  package static let type = "StatementRecorded"
  package var statement: RecordID
  package var session: SessionID
  /// 1, 2, 3 … within the session; printed, and never reused.
  package var number: Int
  package var form: StatementForm
  package var act: SpeechAct?
  package var attribution: Attribution
  /// The text after the printed attribution: “noted that …”. Without an attribution, the whole sentence.
  package var text: LocalizedText
  package var addressees: [LocalizedText]
  /// The language in which it was said; nil if unknown.
  package var spoken: Language?
  /// Registered speakers that the text mentions. They did not make the statement.
  package var mentions: [PersonID]
  package var tags: [Tag] { [statement.tag, session.tag] }

  package init(
    statement: RecordID, session: SessionID, number: Int, form: StatementForm,
    act: SpeechAct? = nil,
    attribution: Attribution, text: LocalizedText, addressees: [LocalizedText],
    spoken: Language? = nil,
    mentions: [PersonID]
  ) {
    self.statement = statement
    self.session = session
    self.number = number
    self.form = form
    self.act = act
    self.attribution = attribution
    self.text = text
    self.addressees = addressees
    self.spoken = spoken
    self.mentions = mentions
  }
}

extension StatementRecorded {
  /// What can be corrected of a statement.
  package struct Changes: DetailChanges {
    package var text: LocalizedText?
    package var attribution: Attribution?
    package var addressees: [LocalizedText]?
    package var mentions: [PersonID]?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case text, attribution, addressees, mentions

    package var access: FieldAccess<StatementRecorded, Changes> {
      switch self {
      // The event holds only the languages that were corrected.
      case .text: .required(\.text, \.text, merge: mergingLanguages)
      case .attribution: .required(\.attribution, \.attribution)
      case .addressees: .required(\.addressees, \.addressees)
      case .mentions: .required(\.mentions, \.mentions)
      }
    }
  }
}

/// A statement's text or attribution was corrected. Fields that are nil stayed.
package struct StatementCorrected: EventBody {
  package static let type = "StatementCorrected"
  package var statement: RecordID
  package var session: SessionID
  package var changes: StatementRecorded.Changes
  package var kind: CorrectionKind
  package var tags: [Tag] { [statement.tag, session.tag] }

  package init(
    statement: RecordID, session: SessionID, kind: CorrectionKind, changes: StatementRecorded.Changes
  ) {
    self.statement = statement
    self.session = session
    self.changes = changes
    self.kind = kind
  }

  package init(
    statement: RecordID, session: SessionID, kind: CorrectionKind,
    _ build: (inout StatementRecorded.Changes) -> Void = { _ in }
  ) {
    self.init(
      statement: statement, session: session, kind: kind, changes: StatementRecorded.Changes(build))
  }

  package init(from decoder: any Decoder) throws {
    statement = try decoder.value("statement")
    session = try decoder.value("session")
    changes = try StatementRecorded.Changes(from: decoder)
    kind = try decoder.value("kind")
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(statement, "statement")
    try encoder.put(session, "session")
    try changes.encode(to: encoder)
    try encoder.put(kind, "kind")
  }
}

/// A statement, position, conclusion or recommendation was retracted. Its number is not reused.
package struct StatementRetracted: EventBody {
  package static let type = "StatementRetracted"
  package var statement: RecordID
  package var session: SessionID
  package var tags: [Tag] { [statement.tag, session.tag] }
}

/// Somebody's position on a topic was recorded.
package struct PositionRecorded: EventBody {
  package static let type = "PositionRecorded"
  package var position: RecordID
  package var session: SessionID
  package var number: Int
  package var topic: LocalizedText
  package var holder: Attribution
  package var stance: LocalizedText
  /// The statement in which it was expressed.
  package var basedOn: RecordID?
  package var tags: [Tag] { [position.tag, session.tag] }

  package init(
    position: RecordID, session: SessionID, number: Int, topic: LocalizedText, holder: Attribution,
    stance: LocalizedText, basedOn: RecordID? = nil
  ) {
    self.position = position
    self.session = session
    self.number = number
    self.topic = topic
    self.holder = holder
    self.stance = stance
    self.basedOn = basedOn
  }
}

/// A conclusion of a session was recorded.
package struct ConclusionRecorded: EventBody {
  package static let type = "ConclusionRecorded"
  package var conclusion: RecordID
  package var session: SessionID
  package var number: Int
  package var attribution: Attribution
  package var text: LocalizedText
  package var rationale: LocalizedText?
  package var basedOn: RecordID?
  package var tags: [Tag] { [conclusion.tag, session.tag] }

  package init(
    conclusion: RecordID, session: SessionID, number: Int, attribution: Attribution,
    text: LocalizedText, rationale: LocalizedText? = nil, basedOn: RecordID? = nil
  ) {
    self.conclusion = conclusion
    self.session = session
    self.number = number
    self.attribution = attribution
    self.text = text
    self.rationale = rationale
    self.basedOn = basedOn
  }
}

/// A recommendation was recorded, with its addressees.
package struct RecommendationRecorded: EventBody {
  package static let type = "RecommendationRecorded"
  package var recommendation: RecordID
  package var session: SessionID
  package var number: Int
  package var attribution: Attribution
  package var text: LocalizedText
  package var addressees: [LocalizedText]
  package var basedOn: RecordID?
  package var tags: [Tag] { [recommendation.tag, session.tag] }

  package init(
    recommendation: RecordID, session: SessionID, number: Int, attribution: Attribution,
    text: LocalizedText, addressees: [LocalizedText], basedOn: RecordID? = nil
  ) {
    self.recommendation = recommendation
    self.session = session
    self.number = number
    self.attribution = attribution
    self.text = text
    self.addressees = addressees
    self.basedOn = basedOn
  }
}

/// An issue of the proceedings was published.
package struct ProceedingsIssued: EventBody {
  package static let type = "ProceedingsIssued"
  /// 1, 2, 3 …
  package var issue: Int
  package var provisional: Bool
  package var note: LocalizedText?
  package var tags: [Tag] { [.issue] }

  package init(issue: Int, provisional: Bool, note: LocalizedText? = nil) {
    self.issue = issue
    self.provisional = provisional
    self.note = note
  }
}

/// How a statement renders what was said.
package enum StatementForm: String, Sendable, Hashable, Codable, CaseIterable {
  case verbatim
  case substantiallyVerbatim = "substantially-verbatim"
  case summary
  case quotation
  case minute
}

/// What the speaker did by saying it.
package enum SpeechAct: String, Sendable, Hashable, Codable, CaseIterable {
  case said, noted, described, believed, emphasised
  case calledFor = "called-for"
  case urged, opened, asked, replied, agreed,
    disagreed, warned, proposed, concluded, reported
}

/// Whether a correction changes the meaning.
package enum CorrectionKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Spelling and style.
  case editorial
  /// The meaning.
  case substantive
}

package enum RecordEvent: EnumeratedEvents {
  case statementRecorded(StatementRecorded)
  case statementCorrected(StatementCorrected)
  case statementRetracted(StatementRetracted)
  case positionRecorded(PositionRecorded)
  case conclusionRecorded(ConclusionRecorded)
  case recommendationRecorded(RecommendationRecorded)
  case proceedingsIssued(ProceedingsIssued)

  package enum Kind: CaseIterable {
    case statementRecorded, statementCorrected, statementRetracted, positionRecorded, conclusionRecorded,
      recommendationRecorded, proceedingsIssued
  }

  package static let forms = makeForms()

  package static func form(of kind: Kind) -> EventForm<Self> {
    switch kind {
    case .statementRecorded: EventForm(statementRecorded)
    case .statementCorrected: EventForm(statementCorrected)
    case .statementRetracted: EventForm(statementRetracted)
    case .positionRecorded: EventForm(positionRecorded)
    case .conclusionRecorded: EventForm(conclusionRecorded)
    case .recommendationRecorded: EventForm(recommendationRecorded)
    case .proceedingsIssued: EventForm(proceedingsIssued)
    }
  }

  package var body: any EventBody {
    switch self {
    case .statementRecorded(let body): body
    case .statementCorrected(let body): body
    case .statementRetracted(let body): body
    case .positionRecorded(let body): body
    case .conclusionRecorded(let body): body
    case .recommendationRecorded(let body): body
    case .proceedingsIssued(let body): body
    }
  }
}
