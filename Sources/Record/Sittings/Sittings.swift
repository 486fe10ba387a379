package import EventLog
import People
package import Scheduling
package import Vocabulary

/// When sessions were really held, who presided, and how many were present.
///
/// A session is convened, perhaps suspended and resumed, and closed. After it was closed it can be convened again, for
/// its next sitting.
package enum Sittings: Decider {
  package static let name = "Sittings"

  package struct State: Sendable, Equatable {
    /// The session's slots and status, the people, and the conference's languages.
    var timetable = Timetable()
    /// The steps in force, in order.
    package var steps: [SessionID: [Step]] = [:]
    /// The highest number that was given.
    var lastStep: [SessionID: Int] = [:]
  }

  /// What a session does at one moment.
  package struct Step: Sendable, Equatable {
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
      case convened, suspended, resumed, closed
    }

    package var number: Int
    package var kind: Kind
    package var details: SittingDetails
  }

  /// What is asked to be recorded of a step.
  package struct Wanted: Encodable, Sendable {
    package var at: GivenHeldTime?
    package var presiding: Presiding.Draft?
    /// Without the time and without who presided.
    package var changes: SittingDetails.Changes
    package var rules: ZoneRules

    package init(
      at: GivenHeldTime? = nil, presiding: Presiding.Draft? = nil,
      changes: SittingDetails.Changes = .init(), rules: ZoneRules
    ) {
      self.at = at
      self.presiding = presiding
      self.changes = changes
      self.rules = rules
    }
  }

  package enum Command: Encodable, Sendable {
    case convene(SessionID, Wanted)
    case suspend(SessionID, Wanted)
    case resume(SessionID, Wanted)
    case close(SessionID, Wanted)
    case revise(SessionID, step: Int, Wanted)

    fileprivate var parts: (session: SessionID, wanted: Wanted) {
      switch self {
      case .convene(let session, let wanted), .suspend(let session, let wanted),
        .resume(let session, let wanted), .close(let session, let wanted),
        .revise(let session, _, let wanted):
        (session, wanted)
      }
    }
  }

  package enum Refusal: DomainRefusal {
    /// A session that is unknown, cancelled or unscheduled.
    case session(Sessions.Refusal)
    case unknownPerson(PersonID)
    case mergedPerson(PersonID, into: PersonID)
    case notConvened(SessionID)
    case inSession(SessionID, since: HeldTime?)
    case suspended(SessionID, since: HeldTime?)
    case closed(SessionID, at: HeldTime?)
    case notSuspended(SessionID)
    case noSuchStep(SessionID, Int, known: [Int])
    case onlyTime(Step.Kind)
    case outOfOrder(HeldTime, after: HeldTime)
    case dayUnknown(SessionID)
    case invalidTime(InvalidValue)

    package var texts: [HintedText] {
      switch self {
      case .session(let refusal): refusal.texts
      case .unknownPerson(let person): Speakers.Refusal.unknown(person).texts
      case .mergedPerson(let person, let kept): Speakers.Refusal.merged(person, into: kept).texts
      case .notConvened(let session):
        .says("The session “\(session)” has not been convened.", .convene(session))
      case .inSession(let session, let since):
        .says("The session “\(session)” is in session\(Self.time(" since", since)).", .reviseSitting(session))
      case .suspended(let session, let since):
        .says(
          "The session “\(session)” is suspended\(Self.time(" since", since)).", .resumeSession(session),
          .reviseSitting(session))
      case .closed(let session, let time):
        .says(
          "The session “\(session)” was closed\(Self.time(" at", time)). A further sitting needs a later time.",
          .reviseSitting(session))
      case .notSuspended(let session):
        .says("The session “\(session)” is not suspended.", .reviseSitting(session))
      case .noSuchStep(let session, let number, let known):
        known.isEmpty
          ? Refusal.notConvened(session).texts
          : .says(
            "The session “\(session)” has no step \(number), only \(list(known.map(String.init))).",
            .sittings(session))
      case .onlyTime(let kind): .says("Of a step “\(kind.rawValue)”, only the time can be stated.")
      case .outOfOrder(let time, let earlier):
        .says(
          "The time \(time.readable) is before \(earlier.readable), which the record has for an earlier step. If it was "
            + "after midnight, state the day, too."
        )
      case .dayUnknown(let session):
        .says(
          "The day of that time is not known, because “\(session)” is not scheduled on one day; state the day, too."
        )
      case .invalidTime(let reason): .says(reason.description)
      }
    }

    private static func time(_ word: String, _ time: HeldTime?) -> String {
      time.map { "\(word) \($0.readable)" } ?? ""
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  // MARK: Boundary

  /// The session's sittings, slots and status, not what was said in it; the people who preside. The conference, where
  /// names are printed in its languages or a time has no day: its days may begin after midnight.
  package static func boundary(of command: Command, in state: State) -> Query {
    let (session, wanted) = command.parts
    var items = [Query.Item(types: types, tags: [session.tag])]
    var readsConference = wanted.presiding.map { $0.asPrinted == nil } ?? false
    if case .time(.clock)? = wanted.at { readsConference = true }
    if let presiding = wanted.presiding {
      items += presiding.persons.map {
        Query.Item(
          types: [SpeakerRegistered.type, SpeakerRevised.type, PersonsMerged.type, PersonsSeparated.type],
          tags: [$0.tag])
      }
    }
    if readsConference {
      items.append(Query.Item(types: [ConferenceOpened.type, ConferenceRevised.type], tags: [.conference]))
    }
    return Query(items)
  }

  private static let types =
    [
      SessionConvened.type, SessionSuspended.type, SessionResumed.type, SessionClosed.type,
      SittingRevised.type, SittingStepRetracted.type,
    ] + sessionTypes

  /// The events that say whether a session exists, and on which days.
  static let sessionTypes = [
    SessionScheduled.type, SessionEntered.type, SessionMoved.type, SlotAdded.type, SlotRemoved.type,
    SessionCancelled.type, SessionReinstated.type, SessionUnscheduled.type,
  ]

  // MARK: Deciding

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let (id, wanted) = command.parts
    try check(id, state)
    for person in wanted.presiding?.persons ?? [] {
      if state.timetable.people[person] == nil { throw .unknownPerson(person) }
      if let kept = state.timetable.merged[person] { throw .mergedPerson(person, into: kept) }
    }
    let steps = state.steps[id] ?? []
    if case .revise(_, let number, _) = command { return try revise(id, number, wanted, steps, state) }
    guard let kind = command.kind else { return [] }
    let details = try details(wanted, of: id, after: steps, state)
    if try isRecorded(kind, details, wanted, steps, id) { return [] }
    try checkOrder(details.at, after: steps)
    let number = (state.lastStep[id] ?? 0) + 1
    return switch kind {
    case .convened: [.sitting(.sessionConvened(SessionConvened(session: id, step: number, details: details)))]
    case .suspended:
      [.sitting(.sessionSuspended(SessionSuspended(session: id, step: number, details: details)))]
    case .resumed: [.sitting(.sessionResumed(SessionResumed(session: id, step: number, details: details)))]
    case .closed: [.sitting(.sessionClosed(SessionClosed(session: id, step: number, details: details)))]
    }
  }

  /// Whether the step is in the record already.
  ///
  /// - Throws: if the session cannot do that now.
  private static func isRecorded(
    _ kind: Step.Kind, _ details: SittingDetails, _ wanted: Wanted, _ steps: [Step], _ id: SessionID
  ) throws(Refusal) -> Bool {
    func says(_ step: Step) -> Bool {
      var known = step.details
      // “Now” is later each time.
      if case .now = wanted.at { known.at = details.at }
      return step.kind == kind && known == details
    }
    guard let last = steps.last else {
      if kind == .convened { return false }
      throw .notConvened(id)
    }
    if says(last) { return true }
    switch (last.kind, kind) {
    case (.convened, .suspended), (.resumed, .suspended), (.suspended, .resumed), (.convened, .closed),
      (.resumed, .closed), (.suspended, .closed):
      return false
    case (.closed, .convened):
      if steps.contains(where: says) { return true }
      guard let end = last.details.at, let start = details.at, !start.isBefore(end) else {
        throw .closed(id, at: last.details.at)
      }
      return false
    case (.closed, _): throw .closed(id, at: last.details.at)
    case (.suspended, _): throw .suspended(id, since: last.details.at)
    case (.convened, .resumed), (.resumed, .resumed): throw .notSuspended(id)
    case (.convened, .convened), (.resumed, .convened): throw .inSession(id, since: last.details.at)
    }
  }

  private static func revise(
    _ id: SessionID, _ number: Int, _ wanted: Wanted, _ steps: [Step], _ state: State
  ) throws(Refusal) -> [Event] {
    guard let index = steps.firstIndex(where: { $0.number == number }) else {
      throw .noSuchStep(id, number, known: steps.map(\.number))
    }
    let known = steps[index]
    var changes = wanted.changes
    let given = try details(wanted, of: id, after: Array(steps[..<index]), state, own: known.details.at)
    changes.at = given.at
    changes.presiding = given.presiding
    changes = changes.differing(from: known.details)
    if changes.isEmpty { return [] }
    if known.kind == .suspended || known.kind == .closed, changes.fields != [.at] {
      throw .onlyTime(known.kind)
    }
    if let time = changes.at {
      try checkOrder(time, after: Array(steps[..<index]))
      for later in steps[(index + 1)...].compactMap(\.details.at) where later.isBefore(time) {
        throw .outOfOrder(later, after: time)
      }
    }
    return [.sitting(.sittingRevised(SittingRevised(session: id, step: number, changes: changes)))]
  }

  private static func checkOrder(_ time: HeldTime?, after steps: [Step]) throws(Refusal) {
    guard let time else { return }
    for earlier in steps.compactMap(\.details.at) where time.isBefore(earlier) {
      throw .outOfOrder(time, after: earlier)
    }
  }

  /// - Parameter own: the known time of the step itself, whose day a new clock time keeps.
  private static func details(
    _ wanted: Wanted, of id: SessionID, after steps: [Step], _ state: State, own: HeldTime? = nil
  ) throws(Refusal) -> SittingDetails {
    var details = SittingDetails()
    wanted.changes.apply(to: &details)
    if let given = wanted.at {
      let dayStart = state.timetable.conference?.dayStart ?? 0
      let slots = Set(
        (state.timetable.sessions[id]?.slots.values.map { $0.slot.start.day(beginningAt: dayStart) }) ?? [])
      let last = own ?? steps.last { $0.details.at != nil }?.details.at
      let day = last?.day(beginningAt: dayStart) ?? (slots.count == 1 ? slots.first : nil)
      do throws(InvalidValue) {
        details.at = try given.resolved(on: day, dayStart: dayStart, wanted.rules)
      } catch { throw .invalidTime(error) }
      guard let time = details.at else { throw .dayUnknown(id) }
      if case .time(.clock(let minute)) = given, let last = steps.last?.details.at, time.isBefore(last),
        state.continues(id, past: time.date)
      {
        do throws(InvalidValue) {
          details.at = .time(try wanted.rules.time(time.date.adding(days: 1), minute))
        } catch { throw .invalidTime(error) }
      }
    }
    details.presiding = wanted.presiding.flatMap { draft in
      let names = draft.persons.compactMap { state.timetable.people[$0]?.name }
      let languages = state.timetable.conference?.languages ?? []
      return (draft.asPrinted ?? Attribution.printed(names, languages)).map {
        Presiding(persons: draft.persons, asPrinted: $0)
      }
    }
    return details
  }

  /// Refuses a session that does not take place.
  static func check(_ id: SessionID, _ state: State) throws(Refusal) {
    guard let session = state.timetable.sessions[id], session.details != nil else {
      throw .session(.unknownSession(id))
    }
    switch session.status {
    case .scheduled: break
    case .cancelled: throw .session(.cancelled(id))
    case .unscheduled: throw .session(.unscheduled(id))
    }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    events.flatMap { event -> [HintedText] in
      let details: SittingDetails
      switch event {
      case .sitting(.sessionConvened(let body)): details = body.details
      case .sitting(.sessionResumed(let body)): details = body.details
      default: return []
      }
      guard let present = details.present, let quorum = details.quorum, present < quorum else { return [] }
      return .says("There was no quorum: \(present) were present, and \(quorum) are needed.")
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    if case .sitting(let event) = try RecordEvent(event) { state.apply(event) }
    try state.timetable.evolve(event)
  }
}

extension Sittings.Command {
  /// Nil for a revision.
  fileprivate var kind: Sittings.Step.Kind? {
    switch self {
    case .convene: .convened
    case .suspend: .suspended
    case .resume: .resumed
    case .close: .closed
    case .revise: nil
    }
  }
}

extension Sittings.State {
  /// Whether a slot of the session begins on this day and ends on a later one.
  fileprivate func continues(_ session: SessionID, past day: CalendarDate) -> Bool {
    timetable.sessions[session]?.slots.values.contains {
      $0.slot.start.date == day && day < $0.slot.end.date
    } ?? false
  }

  mutating func apply(_ event: SittingEvent) {
    switch event {
    case .sessionConvened(let body): add(.convened, body.session, body.step, body.details)
    case .sessionSuspended(let body): add(.suspended, body.session, body.step, body.details)
    case .sessionResumed(let body): add(.resumed, body.session, body.step, body.details)
    case .sessionClosed(let body): add(.closed, body.session, body.step, body.details)
    case .sittingRevised(let body):
      guard let index = steps[body.session]?.firstIndex(where: { $0.number == body.step }) else { return }
      body.changes.apply(to: &steps[body.session]![index].details)
    case .sittingStepRetracted(let body): steps[body.session]?.removeAll { $0.number == body.step }
    case .segmentOpened, .segmentRevised, .segmentRemoved, .sessionHeadingSet: break
    }
  }

  private mutating func add(
    _ kind: Sittings.Step.Kind, _ session: SessionID, _ number: Int, _ details: SittingDetails
  ) {
    steps[session, default: []].append(Sittings.Step(number: number, kind: kind, details: details))
    lastStep[session] = max(lastStep[session] ?? 0, number)
  }
}
