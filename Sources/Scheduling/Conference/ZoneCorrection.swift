package import EventLog
import People
package import Vocabulary

/// A wrong time zone is corrected: what clocks show stays, and the instants change.
///
/// Every session, closure of a room and unavailable time of a speaker is in the log with its new instants, so calendars
/// get new entries for them.
package enum ZoneCorrection: Decider {
  package static let name = "ZoneCorrection"

  package typealias State = Timetable
  package typealias Event = ProgramOrPeopleEvent

  package struct Command: Encodable, Sendable {
    /// The rules of the right zone.
    package var zone: ZoneRules
    package var waivers: [Waiver]

    package init(_ zone: ZoneRules, waivers: [Waiver] = []) {
      self.zone = zone
      self.waivers = waivers
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    /// The clocks of the new zone skip a time.
    case skipped(HintedText)
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .skipped(let text): [text]
      case .conflicts(let found): found.texts
      }
    }
  }

  package static let initial = Timetable()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    boundary.addWholeProgram()
    // Of a program that came from a file, the warning says more.
    return boundary.query.union(Query([Query.Item(types: [FileImported.type], tags: [.imports])]))
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let events = try events(command.zone, in: state)
    do {
      return try state.waivingConflicts(of: events, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  /// What must change so that all times are in this zone: none if they are.
  ///
  /// Sessions that do not take place, closed rooms and people who have withdrawn are corrected too, because they can
  /// come back.
  ///
  /// - Parameter earlier: a state of before, in the same zone. Of two times at which the clocks show the same, its own
  ///   is taken.
  static func events(_ rules: ZoneRules, in state: State, keeping earlier: State? = nil) throws(Refusal)
    -> [Event]
  {
    guard let conference = state.conference else { throw .notOpen }
    var events: [Event] = []
    if conference.zone != rules.zone {
      events.append(.scheduling(.conferenceRevised(ConferenceRevised { $0.zone = rules.zone })))
    }
    for change in changes(rules, in: state, earlier) { events.append(try change.get()) }
    return events
  }

  /// The state with its times in another zone, as far as the clocks there show them.
  static func shown(_ state: State, in rules: ZoneRules) -> State {
    var shown = state
    shown.apply(.scheduling(.conferenceRevised(ConferenceRevised { $0.zone = rules.zone })))
    for change in changes(rules, in: state, nil) {
      if let event = try? change.get() { shown.apply(event) }
    }
    return shown
  }

  private static func changes(_ rules: ZoneRules, in state: State, _ earlier: State?) -> [Result<
    Event, Refusal
  >] {
    var changes: [Result<Event, Refusal>] = []
    func add(_ change: () throws(Refusal) -> Event?) {
      do throws(Refusal) {
        if let event = try change() { changes.append(.success(event)) }
      } catch { changes.append(.failure(error)) }
    }
    for (id, session) in state.sessions.sorted(by: { $0.key < $1.key }) {
      let old = earlier?.sessions[id]
      for known in session.orderedSlots {
        add { () throws(Refusal) in
          try moved(known, of: id, session, old?.slots[known.number]?.slot, rules).map {
            .scheduling(.sessionMoved($0))
          }
        }
      }
      for known in session.presentations {
        guard let start = known.start else { continue }
        add { () throws(Refusal) in
          var moved = known
          moved.start = try same(
            start, old?.presentations.first { $0.presentation == known.presentation }?.start, rules,
            "The presentation “\(known.presentation)”", [.revise(known.presentation)])
          if moved == known { return nil }
          return .scheduling(
            .presentationRevised(
              PresentationRevised(session: id, presentation: moved, formerPeople: known.people)))
        }
      }
    }
    for (id, room) in state.rooms.sorted(by: { $0.key < $1.key }) {
      for (number, closure) in room.closures.sorted(by: { $0.key < $1.key }) {
        add { () throws(Refusal) in
          let (what, old) = ("A closure of the room “\(id)”", earlier?.rooms[id]?.closures[number])
          var moved = closure
          moved.from = try same(closure.from, old?.from, rules, what, [.openingHours])
          moved.until = try same(closure.until, old?.until, rules, what, [.openingHours])
          return moved == closure ? nil : .scheduling(.roomClosureStated(moved))
        }
      }
    }
    for (id, person) in state.people.sorted(by: { $0.key < $1.key }) {
      for (number, away) in person.unavailable.sorted(by: { $0.key < $1.key }) {
        add { () throws(Refusal) in
          let what = "A time at which “\(id)” is unavailable"
          let old = earlier?.people[id]?.unavailable[number]
          var moved = away
          moved.from = try same(away.from, old?.from, rules, what, [.unavailability])
          moved.until = try same(away.until, old?.until, rules, what, [.unavailability])
          return moved == away ? nil : .people(.unavailabilityStated(moved))
        }
      }
    }
    return changes
  }

  private static func moved(
    _ known: NumberedSlot, of id: SessionID, _ session: Timetable.Session, _ old: Slot?, _ rules: ZoneRules
  ) throws(Refusal) -> SessionMoved? {
    let what = "The session “\(id)”"
    let hints: [Hint] = session.isLive ? [.moveSession(id)] : [.reinstate(id), .moveSession(id)]
    let start = try same(known.slot.start, old?.start, rules, what, hints)
    let end = try same(known.slot.end, old?.end, rules, what, hints)
    do throws(InvalidValue) {
      let slot = try Slot(room: known.slot.room, start: start, end: end)
      if slot == known.slot { return nil }
      return SessionMoved(session: id, from: known.slot, to: slot, number: known.number)
    } catch {
      throw .skipped(HintedText("\(what) cannot keep its times: \(error.description)", hints))
    }
  }

  /// What the clocks of the zone show then; of a time that they show twice, the first, unless it was the second.
  private static func same(
    _ time: ZonedTime, _ earlier: ZonedTime?, _ rules: ZoneRules, _ what: String, _ hints: [Hint]
  ) throws(Refusal) -> ZonedTime {
    if time.zone == rules.zone { return time }
    let shown = rules.times(time.date, time.minuteOfDay)
    if let earlier, shown.contains(earlier) { return earlier }
    if let first = shown.first { return first }
    throw .skipped(
      HintedText(
        "\(what) cannot keep its time \(time.date) \(time.clock): the clocks of \(rules.zone) skip it, because they are "
          + "put forward.", hints))
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    let moves = events.contains { if case .scheduling(.sessionMoved) = $0 { true } else { false } }
    guard moves, state.hasImports else { return state.warnings(events) }
    return state.warnings(events) + [
      HintedText(
        "Sessions keep the time that clocks show. If the remarks of an import said that it converted times, these are wrong now."
      ),
      HintedText(
        "To get them right, undo this correction and the import, correct the zone, and import the file again."
      ),
    ]
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws { try state.evolve(event) }
}
