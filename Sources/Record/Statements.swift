package import EventLog
import People
import Scheduling
package import Vocabulary

/// What was said in a session, by whom, and what the session came to.
package enum Statements: Decider {
  package struct State: Sendable, Equatable {
    package enum Entry: Sendable, Equatable {
      case statement(StatementRecorded)
      case position(PositionRecorded)
      case conclusion(ConclusionRecorded)
      case recommendation(RecommendationRecorded)
      case retracted
    }

    var sessionKnown = false
    var people: Set<PersonID> = []
    package var entries: [RecordID: Entry] = [:]
    /// The highest number given, by the letter of the kind.
    var last: [Kind: Int] = [:]
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
  package struct Draft: Codable, Sendable, Hashable {
    package var session: SessionID
    package var content: Content
    package var attribution: Attribution
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
      session: SessionID, content: Content, attribution: Attribution, basedOn: RecordID? = nil
    ) {
      self.session = session
      self.content = content
      self.attribution = attribution
      self.basedOn = basedOn
    }
  }

  package enum Command: Codable, Sendable {
    /// - number: the one that it must get, so that a record read in from elsewhere, or sent again,
    ///   is entered once; nil: the next.
    case record(Draft, number: Int?)
    case correct(StatementCorrected)
    case retract(RecordID, SessionID)

    var session: SessionID {
      switch self {
      case .record(let draft, _): draft.session
      case .correct(let body): body.session
      case .retract(_, let session): session
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case unknownSession(SessionID)
    case unknownPerson(PersonID)
    case unknown(RecordID)
    case retracted(RecordID)
    case notAStatement(RecordID)
    case numberTaken(RecordID)
    case numberAhead(Int, next: Int)
    case invalid(InvalidValue)

    package var texts: [HintedText] {
      switch self {
      case .unknownSession(let session):
        .says("There is no session “\(session)”.", .list(SessionEntity.self))
      case .unknownPerson(let person): Speakers.Refusal.unknown(person).texts
      case .unknown(let record):
        .says("There is no entry “\(record)” in the record.", .list(RecordEntity.self))
      case .retracted(let record): .says("“\(record)” was retracted and cannot be changed.")
      case .notAStatement(let record):
        .says("“\(record)” is not a statement; retract it and record it anew.")
      case .numberTaken(let record):
        .says(
          "“\(record)” stands in the record already, with other words or as retracted.", .takeNextNumber,
          .correct(record))
      case .numberAhead(let number, let next):
        .says("The number \(number) is not the next one, which is \(next).")
      case .invalid(let reason): .says(reason.description)
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  /// The session's own record and the people whom the command names.
  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(anyOf: [command.session.tag] + people(of: command).map(\.tag))
  }

  private static func people(of command: Command) -> [PersonID] {
    switch command {
    case .record(let draft, _):
      if case .statement(_, _, _, _, _, let mentions) = draft.content {
        draft.attribution.persons + mentions
      } else {
        draft.attribution.persons
      }
    case .correct(let body): (body.attribution?.persons ?? []) + (body.mentions ?? [])
    case .retract: []
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.sessionKnown else { throw .unknownSession(command.session) }
    for person in people(of: command) where !state.people.contains(person) {
      throw .unknownPerson(person)
    }
    switch command {
    case .record(let draft, let number):
      if let basis = draft.basedOn, state.entries[basis] == nil { throw .unknown(basis) }
      let next = (state.last[draft.kind] ?? 0) + 1
      let number = number ?? next
      let id: RecordID
      let entry: State.Entry
      do {
        id = try draft.kind.id(draft.session, number)
        entry = try draft.entry(number)
      } catch { throw .invalid(error) }
      if let known = state.entries[id] {
        guard known == entry else { throw .numberTaken(id) }
        return []
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
        var corrected = known
        corrected.apply(wanted)
        if corrected == known { return [] }
        return [.statementCorrected(wanted)]
      }
    case .retract(let id, let session):
      switch state.entries[id] {
      case nil: throw .unknown(id)
      case .retracted: return []
      case .statement, .position, .conclusion, .recommendation:
        return [.statementRetracted(StatementRetracted(statement: id, session: session))]
      }
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try RecordEvent(event) {
    case .statementRecorded(let body):
      state.enter(body.statement, .statement, body.number, .statement(body))
    case .positionRecorded(let body):
      state.enter(body.position, .position, body.number, .position(body))
    case .conclusionRecorded(let body):
      state.enter(body.conclusion, .conclusion, body.number, .conclusion(body))
    case .recommendationRecorded(let body):
      state.enter(body.recommendation, .recommendation, body.number, .recommendation(body))
    case .statementCorrected(let body):
      if case .statement(var statement) = state.entries[body.statement] {
        statement.apply(body)
        state.entries[body.statement] = .statement(statement)
      }
    case .statementRetracted(let body): state.entries[body.statement] = .retracted
    case .proceedingsIssued, nil: break
    }
    if event.type == SessionScheduled.type { state.sessionKnown = true }
    if event.type == SpeakerRegistered.type, case .speakerRegistered(let body) = try PeopleEvent(event) {
      state.people.insert(body.person)
    }
  }
}

extension Statements.State {
  fileprivate mutating func enter(
    _ id: RecordID, _ kind: Statements.Kind, _ number: Int, _ entry: Entry
  ) {
    entries[id] = entry
    last[kind] = max(last[kind] ?? 0, number)
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

  fileprivate func entry(_ number: Int) throws(InvalidValue) -> Statements.State.Entry {
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

extension StatementRecorded {
  /// What the statement is after a correction.
  package mutating func apply(_ correction: StatementCorrected) {
    if let new = correction.text { text = text.merging(new) }
    attribution = correction.attribution ?? attribution
    addressees = correction.addressees ?? addressees
    mentions = correction.mentions ?? mentions
  }
}
