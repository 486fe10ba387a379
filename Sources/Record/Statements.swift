package import EventLog
import People
import Scheduling
package import Vocabulary

/// What was said in a session, by whom, and what the session came to.
package enum Statements: Decider {
  package static let name = "Statements"

  package struct State: Sendable, Equatable {
    package enum Entry: Sendable, Equatable {
      case statement(StatementRecorded)
      case position(PositionRecorded)
      case conclusion(ConclusionRecorded)
      case recommendation(RecommendationRecorded)
      case retracted
    }

    var sessionKnown = false
    /// The conference's, in order.
    var languages: [Language] = []
    var people: [PersonID: PersonName] = [:]
    package var entries: [RecordID: Entry] = [:]
    /// Where each entry is, also those that were retracted.
    var sessions: [RecordID: SessionID] = [:]
    /// The highest number given in each series.
    var last: [Series: Int] = [:]
  }

  /// Entries that are numbered together: those of one kind in one session.
  package struct Series: Sendable, Hashable {
    var session: SessionID
    var kind: Kind
  }

  /// What an entry of the record is; its letter stands in its name: `opening-c1`.
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    case statement, position, conclusion, recommendation

    var letter: String {
      switch self {
      case .statement: "s"
      case .position: "p"
      case .conclusion: "c"
      case .recommendation: "r"
      }
    }

    package func id(_ session: SessionID, _ number: Int) throws(InvalidValue) -> RecordID {
      try RecordID("\(session)-\(letter)\(number)")
    }
  }

  /// A statement before it has its number.
  package struct Draft: Encodable, Sendable {
    package var session: SessionID
    package var content: Content
    package var attribution: Attribution.Draft
    package var basedOn: RecordID?

    package enum Content: Codable, Sendable, Hashable {
      case statement(
        LocalizedText, form: StatementForm, act: SpeechAct?, addressees: [LocalizedText],
        spoken: Language?, mentions: [PersonID])
      case position(topic: LocalizedText, stance: LocalizedText)
      case conclusion(LocalizedText, rationale: LocalizedText?)
      case recommendation(LocalizedText, addressees: [LocalizedText])
    }

    package init(
      session: SessionID, content: Content, attribution: Attribution.Draft, basedOn: RecordID? = nil
    ) {
      self.session = session
      self.content = content
      self.attribution = attribution
      self.basedOn = basedOn
    }
  }

  /// A correction of a statement. Fields that are nil stay.
  package struct Correction: Encodable, Sendable {
    package var statement: RecordID
    /// Without an attribution, which is resolved from `attribution`.
    package var changes: StatementRecorded.Changes
    package var attribution: Attribution.Draft?
    package var kind: CorrectionKind

    package init(
      statement: RecordID, kind: CorrectionKind, changes: StatementRecorded.Changes,
      attribution: Attribution.Draft? = nil
    ) {
      self.statement = statement
      self.changes = changes
      self.attribution = attribution
      self.kind = kind
    }
  }

  package enum Command: Encodable, Sendable {
    /// - number: the one that it must get, so that a record read in from elsewhere, or sent again,
    ///   is entered once; nil: the next.
    case record(Draft, number: Int?)
    case correct(Correction)
    case retract(RecordID)
  }

  package enum Refusal: DomainRefusal {
    case unknownSession(SessionID)
    case unknownPerson(PersonID)
    case unknown(RecordID)
    case retracted(RecordID)
    case basisRetracted(RecordID)
    case notAStatement(RecordID)
    case numberTaken(RecordID)
    case numberAhead(Int, next: Int)
    case invalid(InvalidValue)
    case invalidAttribution(InvalidValue)

    package var texts: [HintedText] {
      switch self {
      case .unknownSession(let session):
        .says("There is no session “\(session)”.", .list(SessionEntity.self))
      case .unknownPerson(let person): Speakers.Refusal.unknown(person).texts
      case .unknown(let record):
        .says("There is no entry “\(record)” in the record.", .list(RecordEntity.self))
      case .retracted(let record): .says("“\(record)” was retracted and cannot be changed.")
      case .basisRetracted(let record):
        .says("“\(record)” was retracted, so nothing can be based on it.", .list(RecordEntity.self))
      case .notAStatement(let record):
        .says("“\(record)” is not a statement; retract it and record it anew.")
      case .numberTaken(let record):
        .says(
          "“\(record)” stands in the record already, with other words or as retracted.", .takeNextNumber,
          .correct(record))
      case .numberAhead(let number, let next):
        .says("The number \(number) is not the next one, which is \(next).")
      case .invalid(let reason): .says(reason.description)
      case .invalidAttribution(let reason): .says(reason.description, .attributionModes)
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  /// The session's own record and the entry that a new one is based on, or the entry alone; the people whom the command names, and where their names
  /// are to be printed, the conference with its languages.
  package static func boundary(of command: Command, in state: State) -> Query {
    var tags: [Tag]
    let attribution: Attribution.Draft?
    switch command {
    case .record(let draft, _):
      tags = [draft.session.tag] + (draft.basedOn.map { [$0.tag] } ?? [])
      attribution = draft.attribution
    case .correct(let wanted): (tags, attribution) = ([wanted.statement.tag], wanted.attribution)
    case .retract(let id): (tags, attribution) = ([id.tag], nil)
    }
    tags += people(of: command).map(\.tag)
    if attribution?.printsNames == true { tags.append(.conference) }
    return .tagged(anyOf: tags)
  }

  private static func people(of command: Command) -> [PersonID] {
    switch command {
    case .record(let draft, _):
      if case .statement(_, _, _, _, _, let mentions) = draft.content {
        draft.attribution.people + mentions
      } else {
        draft.attribution.people
      }
    case .correct(let wanted): (wanted.attribution?.people ?? []) + (wanted.changes.mentions ?? [])
    case .retract: []
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    if case .record(let draft, _) = command, !state.sessionKnown { throw .unknownSession(draft.session) }
    for person in people(of: command) where state.people[person] == nil {
      throw .unknownPerson(person)
    }
    switch command {
    case .record(let draft, let number):
      let next = (state.last[Series(session: draft.session, kind: draft.kind)] ?? 0) + 1
      let number = number ?? next
      let id: RecordID
      do { id = try draft.kind.id(draft.session, number) } catch { throw .invalid(error) }
      let attribution = try resolved(
        draft.attribution, in: draft.session, state, unless: state.entries[id]?.attribution)
      let entry: State.Entry
      do { entry = try draft.entry(number, attribution) } catch { throw .invalid(error) }
      if let known = state.entries[id] {
        guard known == entry else { throw .numberTaken(id) }
        return []
      }
      if let basis = draft.basedOn {
        guard let known = state.entries[basis] else { throw .unknown(basis) }
        if known == .retracted { throw .basisRetracted(basis) }
      }
      guard number == next else { throw .numberAhead(number, next: next) }
      switch entry {
      case .statement(let body): return [.statementRecorded(body)]
      case .position(let body): return [.positionRecorded(body)]
      case .conclusion(let body): return [.conclusionRecorded(body)]
      case .recommendation(let body): return [.recommendationRecorded(body)]
      case .retracted: return []
      }
    case .correct(let wanted):
      switch state.entries[wanted.statement] {
      case nil: throw .unknown(wanted.statement)
      case .retracted: throw .retracted(wanted.statement)
      case .position, .conclusion, .recommendation: throw .notAStatement(wanted.statement)
      case .statement(let known):
        let changes = try changes(wanted, of: known, state)
        if changes.isEmpty { return [] }
        return [
          .statementCorrected(
            StatementCorrected(
              statement: wanted.statement, session: known.session, kind: wanted.kind, changes: changes))
        ]
      }
    case .retract(let id):
      guard let session = state.sessions[id] else { throw .unknown(id) }
      if state.entries[id] == .retracted { return [] }
      return [.statementRetracted(StatementRetracted(statement: id, session: session))]
    }
  }

  private static func changes(
    _ wanted: Correction, of known: StatementRecorded, _ state: State
  ) throws(Refusal) -> StatementRecorded.Changes {
    var changes = wanted.changes
    if let draft = wanted.attribution {
      changes.attribution = try resolved(draft, in: known.session, state, unless: known.attribution)
    }
    return changes.differing(from: known)
  }

  private static func resolved(
    _ draft: Attribution.Draft, in session: SessionID, _ state: State, unless known: Attribution?
  ) throws(Refusal) -> Attribution {
    do {
      return try draft.resolved(in: session, state, unless: known)
    } catch { throw .invalidAttribution(error) }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try RecordEvent(event) {
    case .statementRecorded(let body):
      state.enter(body.statement, in: body.session, .statement, body.number, .statement(body))
    case .positionRecorded(let body):
      state.enter(body.position, in: body.session, .position, body.number, .position(body))
    case .conclusionRecorded(let body):
      state.enter(body.conclusion, in: body.session, .conclusion, body.number, .conclusion(body))
    case .recommendationRecorded(let body):
      state.enter(body.recommendation, in: body.session, .recommendation, body.number, .recommendation(body))
    case .statementCorrected(let body):
      if case .statement(var statement) = state.entries[body.statement] {
        body.changes.apply(to: &statement)
        state.entries[body.statement] = .statement(statement)
      }
    case .statementRetracted(let body):
      state.entries[body.statement] = .retracted
      state.sessions[body.statement] = body.session
    case .proceedingsIssued, nil: break
    }
    switch event.type {
    case SessionScheduled.type: state.sessionKnown = true
    case SpeakerRegistered.type:
      let body = try event.decoded(as: SpeakerRegistered.self)
      state.people[body.person] = body.details.name
    case SpeakerRevised.type:
      let body = try event.decoded(as: SpeakerRevised.self)
      if let name = body.changes.name { state.people[body.person] = name }
    case ConferenceOpened.type:
      state.languages = try event.decoded(as: ConferenceOpened.self).details.languages
    case ConferenceRevised.type:
      if let languages = try event.decoded(as: ConferenceRevised.self).changes.languages {
        state.languages = languages
      }
    default: break
    }
  }
}

extension Statements.State.Entry {
  fileprivate var attribution: Attribution? {
    switch self {
    case .statement(let body): body.attribution
    case .position(let body): body.holder
    case .conclusion(let body): body.attribution
    case .recommendation(let body): body.attribution
    case .retracted: nil
    }
  }
}

extension Statements.State {
  fileprivate mutating func enter(
    _ id: RecordID, in session: SessionID, _ kind: Statements.Kind, _ number: Int, _ entry: Entry
  ) {
    entries[id] = entry
    sessions[id] = session
    let series = Statements.Series(session: session, kind: kind)
    last[series] = max(last[series] ?? 0, number)
  }
}

extension Statements.Draft {
  var kind: Statements.Kind {
    switch content {
    case .statement: .statement
    case .position: .position
    case .conclusion: .conclusion
    case .recommendation: .recommendation
    }
  }

  fileprivate func entry(_ number: Int, _ attribution: Attribution) throws(InvalidValue)
    -> Statements.State.Entry
  {
    let id = try kind.id(session, number)
    return switch content {
    case .statement(let text, let form, let act, let addressees, let spoken, let mentions):
      .statement(
        StatementRecorded(
          statement: id, session: session, number: number, form: form, act: act,
          attribution: attribution, text: text, addressees: addressees, spoken: spoken,
          mentions: mentions))
    case .position(let topic, let stance):
      .position(
        PositionRecorded(
          position: id, session: session, number: number, topic: topic, holder: attribution,
          stance: stance, basedOn: basedOn))
    case .conclusion(let text, let rationale):
      .conclusion(
        ConclusionRecorded(
          conclusion: id, session: session, number: number, attribution: attribution, text: text,
          rationale: rationale, basedOn: basedOn))
    case .recommendation(let text, let addressees):
      .recommendation(
        RecommendationRecorded(
          recommendation: id, session: session, number: number, attribution: attribution,
          text: text, addressees: addressees, basedOn: basedOn))
    }
  }
}
