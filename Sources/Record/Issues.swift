package import EventLog
import Scheduling
package import Vocabulary

/// The published issues of the proceedings, and the numbers that they fix.
package enum Issues: Decider {
  package static let name = "Issues"

  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    package var last: ProceedingsIssued?
    /// The position that the last issue was built at.
    package var lastAt: Int?
    /// The positions that were proofed.
    package var proofs: Set<Int> = []
    /// The position that was proofed last.
    var lastProof: Int?
    /// The numbers that earlier issues fixed.
    package var fixed = Numbering()
    /// The positions of the events about the record since the last issue, with the entry that each names; others name a
    /// session.
    var changes: [Int: String] = [:]
    /// The sessions that exist, for giving one an ordinal.
    var sessions = SessionsKnown()
    var byHand: [SessionID: Int] = [:]
    /// The positions since which they are what they are.
    var ordinalsSetAt: [SessionID: Int] = [:]
  }

  /// What was proofed and is to be published.
  package struct Publication: Codable, Sendable, Equatable {
    /// The position that it is built at.
    package var at: Int
    package var date: CalendarDate
    package var build: ProceedingsIssued.Build
    /// The numbers of everything in it.
    package var sessions: [ParagraphsNumbered]

    package init(at: Int, date: CalendarDate, build: ProceedingsIssued.Build, sessions: [ParagraphsNumbered])
    {
      self.at = at
      self.date = date
      self.build = build
      self.sessions = sessions
    }
  }

  package struct Request: Encodable, Sendable {
    /// The number that the issue must get, so that a repeated command issues once; nil: the next.
    package var number: Int?
    /// The position that was proofed; nil: the head of the log.
    package var at: Int?
    package var provisional: Bool
    package var note: LocalizedText?

    package init(number: Int?, at: Int?, provisional: Bool, note: LocalizedText?) {
      self.number = number
      self.at = at
      self.provisional = provisional
      self.note = note
    }
  }

  package enum Command: Encodable, Sendable {
    /// The publication is made from what the boundary shows, and is not part of what was asked.
    case issue(Request, Publication?)
    /// Nil: it is counted again.
    case number(SessionID, Int?)
    /// What was printed at this position is going to be read.
    case proof(at: Int)

    private enum Key: CodingKey { case issue, number, session, proof }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      switch self {
      case .issue(let request, _): try container.encode(request, forKey: .issue)
      case .number(let session, let number):
        try container.encode(session, forKey: .session)
        try container.encodeIfPresent(number, forKey: .number)
      case .proof(let position): try container.encode(position, forKey: .proof)
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case taken(Int, next: Int)
    /// This issue was published, and what is asked for now would be another one.
    case issued(Int, at: Int, CalendarDate?, changes: Int, next: Int)
    case changedSince(Int, count: Int, onlyEntries: Bool = true)
    case renumberedSince(Int, SessionID)
    case datedBefore(CalendarDate, issue: Int, CalendarDate)
    case unchanged(issue: Int)
    case ahead(Int)
    case unknownSession(SessionID)
    case ordinalFixed(SessionID, String)
    case ordinalTaken(Int, by: SessionID)
    case notPositive(Int)

    package var position: Int? {
      switch self {
      case .issued(_, let position, _, _, _): position
      default: nil
      }
    }

    package var texts: [HintedText] {
      switch self {
      case .notOpen: .says("There is no such conference.", .list(ConferenceEntity.self))
      case .taken(let number, let next):
        .says(
          "The proceedings cannot be issued as number \(number); the next issue is number \(next).",
          .issueAs(next))
      case .issued(let number, let position, let date, let count, let next):
        .says(
          "Issue \(number) was published from position \(position)\(date.map { ", dated \($0)" } ?? ""), and "
            + (count > 0
              ? "\(counted(count, "entry", "entries")) of the record changed since"
              : "with another note, day or status") + "; publish issue \(next).", .issueAs(next))
      case .changedSince(let position, let count, let onlyEntries):
        .says(
          "Since you proofed position \(position), \(changed(count, onlyEntries)); proof again.",
          .proof)
      case .renumberedSince(let position, let session):
        .says(
          "Since you proofed position \(position), the session “\(session)” got another number; proof again.",
          .proof)
      case .datedBefore(let date, let issue, let last):
        .says("Issue \(issue) is of \(last), so the next one cannot be of \(date).")
      case .unchanged(let issue):
        .says("Nothing has changed in the record since issue \(issue); there is nothing to issue.")
      case .ahead(let position): .says("Position \(position) comes before the last issue.")
      case .unknownSession(let session): .says("There is no session “\(session)”.", .list(SessionEntity.self))
      case .ordinalFixed(let session, let ordinal):
        .says("An issue was published in which “\(session)” is session \(ordinal); this cannot change.")
      case .notPositive(let number):
        .says("A session cannot have the number \(number); numbers begin with 1.")
      case .ordinalTaken(let number, let session): .says("Session \(number) is “\(session)” already.")
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    switch command {
    case .issue(let request, _):
      state.conferenceOpen
        ? Query.tagged(.conference, .issue, .ordinal).union(Query([changes(request, state)]))
        : .tagged(.conference, .issue, .ordinal)
    case .proof: .tagged(.conference, .issue)
    case .number(let session, _):
      Query.tagged(.issue, .ordinal).union(Query([SessionsKnown.boundary(session)]))
    }
  }

  /// What was recorded since the last issue, which is all that can differ from it. Whatever is recorded meanwhile is not
  /// in what was proofed.
  private static func changes(_ request: Request, _ state: State) -> Query.Item {
    // The first issue needs only what came after the position that is published.
    let since = state.lastAt ?? request.at ?? state.lastProof
    return Query.Item(types: RecordEvent.changingEntries.sorted(), after: since)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    switch command {
    case .issue(let request, let publication):
      guard try isNeeded(request, date: publication?.date, at: publication?.at ?? request.at, in: state),
        let publication
      else { return [] }
      // Somebody may have given one of these sessions another ordinal since it was proofed, or its own to another one.
      for session in publication.sessions where state.fixed.ordinals[session.session] == nil {
        if let byHand = state.byHand[session.session], String(byHand) == session.ordinal { continue }
        guard state.ordinalsSetAt[session.session] ?? 0 <= publication.at else {
          throw .renumberedSince(publication.at, session.session)
        }
        if let number = Int(session.ordinal),
          let other = state.byHand.first(where: {
            $0.value == number && $0.key != session.session && state.fixed.ordinals[$0.key] == nil
          })?.key
        {
          throw .ordinalTaken(number, by: other)
        }
      }
      if let last = state.last, let date = last.date, publication.date < date {
        throw .datedBefore(publication.date, issue: last.issue, date)
      }
      let next = (state.last?.issue ?? 0) + 1
      let issue = ProceedingsIssued(issue: next, provisional: request.provisional, note: request.note) {
        $0.at = publication.at
        $0.date = publication.date
        $0.build = publication.build
      }
      return [.proceedingsIssued(issue)] + publication.sessions.map { .paragraphsNumbered($0) }
    case .proof(let position):
      guard state.conferenceOpen else { throw .notOpen }
      return state.lastProof == position ? [] : [.proceedingsProofed(ProceedingsProofed(at: position))]
    case .number(let session, let number):
      if let number, number <= 0 { throw .notPositive(number) }
      guard state.sessions.contains(session) else { throw .unknownSession(session) }
      if let number, state.fixed.ordinals[session] == String(number) { return [] }
      if state.byHand[session] == number, state.fixed.ordinals[session] == nil { return [] }
      try checkOrdinal(number, of: session, state)
      return [.sessionOrdinalSet(SessionOrdinalSet(session: session, ordinal: number))]
    }
  }

  /// Refuses what can be refused before anything is built.
  ///
  /// - Parameters:
  ///   - date: the day on the title page; nil: any.
  ///   - position: what is published; nil if that is not known yet.
  /// - Returns: whether there is something to publish. There is not if the issue with the wanted number is what would be
  ///   published, because nothing was recorded since.
  package static func isNeeded(
    _ request: Request, date: CalendarDate?, at position: Int?, in state: State
  ) throws(Refusal) -> Bool {
    guard state.conferenceOpen else { throw .notOpen }
    let next = (state.last?.issue ?? 0) + 1
    if let last = state.last, let lastAt = state.lastAt, request.number == last.issue {
      let later = Set(state.changes.filter { $0.key > lastAt }.values)
      if later.isEmpty, state.isLast(request), date == nil || date == last.date { return false }
      throw .issued(last.issue, at: lastAt, last.date, changes: later.count, next: next)
    }
    guard request.number ?? next == next else { throw .taken(request.number!, next: next) }
    if let lastAt = state.lastAt {
      if let position, position < lastAt { throw .ahead(position) }
      guard state.changes.contains(where: { $0.key > lastAt && $0.key <= position ?? .max }) else {
        throw .unchanged(issue: state.last?.issue ?? 0)
      }
    }
    guard let position else { return true }
    let later = Set(state.changes.filter { $0.key > position }.values)
    guard later.isEmpty else {
      throw .changedSince(
        position, count: later.count, onlyEntries: later.allSatisfy { $0.hasPrefix("record:") })
    }
    return true
  }

  /// Refuses a number that another session has, and any change of one that an issue has fixed.
  ///
  /// - Parameter number: nil: the session is to be counted.
  static func checkOrdinal(_ number: Int?, of session: SessionID, _ state: State) throws(Refusal) {
    if let fixed = state.fixed.ordinals[session] { throw .ordinalFixed(session, fixed) }
    guard let number else { return }
    let taken =
      state.fixed.ordinals.first { $0.value == String(number) }?.key
      ?? state.byHand.first { $0.value == number && $0.key != session }?.key
    if let taken { throw .ordinalTaken(number, by: taken) }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.sessions.evolve(event)
    switch event.type {
    case ConferenceOpened.type: state.conferenceOpen = true
    case EntryReaffirmed.type:
      // Only after an expunction does it change what is printed.
      if try event.decoded(as: EntryReaffirmed.self).printsAgain == true {
        state.changes[event.position] = event.changed
      }
    case _ where RecordEvent.changingEntries.contains(event.type):
      // Which entry it was is only counted, so the body need not be read.
      state.changes[event.position] = event.changed
    default:
      switch try RecordEvent(event) {
      case .proceedingsIssued(let body):
        state.last = body
        state.lastAt = body.at ?? event.position - 1
      case .proceedingsProofed(let body):
        state.proofs.insert(body.at)
        state.lastProof = body.at
      case .paragraphsNumbered(let body):
        state.fixed.ordinals[body.session] = body.ordinal
        for number in body.numbers { state.fixed.numbers[number.entry] = number.number }
      case .sessionOrdinalSet(let body):
        state.byHand[body.session] = body.ordinal
        state.ordinalsSetAt[body.session] = event.position
      default: break
      }
    }
  }
}

extension RecordedEvent {
  /// The entry that it names, or else what it is about.
  fileprivate var changed: String { tags.first { $0.hasPrefix("record:") } ?? tags.first ?? type }
}

extension Issues.Refusal {
  private func changed(_ count: Int, _ onlyEntries: Bool) -> String {
    if onlyEntries { return "\(counted(count, "entry", "entries")) changed" }
    return count == 1
      ? "what is said of a session, or the front of the record, changed"
      : "\(count) entries, sessions or parts of the front changed"
  }
}

extension Issues.State {
  /// Whether the last issue is what is asked for.
  fileprivate func isLast(_ request: Issues.Request) -> Bool {
    last?.provisional == request.provisional && last?.note == request.note
      && (request.at == nil || request.at == last?.at)
  }
}
