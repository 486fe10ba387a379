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
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard let conference = state.conference else { throw .notOpen }
    if conference.zone == command.zone.zone { return [] }
    let events = try events(command.zone, in: state)
    do {
      return try state.waivingConflicts(of: events, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  private static func events(_ rules: ZoneRules, in state: State) throws(Refusal) -> [Event] {
    var events: [Event] = [.scheduling(.conferenceRevised(ConferenceRevised { $0.zone = rules.zone }))]
    for (id, session) in state.sessions.sorted(by: { $0.key < $1.key }) where session.status != .unscheduled {
      for known in session.orderedSlots {
        let what = "The session “\(id)”"
        let slot: Slot
        let (start, end) = try (
          same(known.slot.start, rules, what, [.moveSession(id)]),
          same(known.slot.end, rules, what, [.moveSession(id)])
        )
        do throws(InvalidValue) {
          slot = try Slot(room: known.slot.room, start: start, end: end)
        } catch {
          throw .skipped(
            HintedText("\(what) cannot keep its times: \(error.description)", [.moveSession(id)]))
        }
        if slot == known.slot { continue }
        events.append(
          .scheduling(
            .sessionMoved(SessionMoved(session: id, from: known.slot, to: slot, number: known.number))))
      }
    }
    for (id, room) in state.rooms.sorted(by: { $0.key < $1.key }) {
      for (_, closure) in room.closures.sorted(by: { $0.key < $1.key }) {
        let what = "A closure of the room “\(id)”"
        var moved = closure
        moved.from = try same(closure.from, rules, what, [.openingHours])
        moved.until = try same(closure.until, rules, what, [.openingHours])
        if moved != closure { events.append(.scheduling(.roomClosureStated(moved))) }
      }
    }
    for (id, person) in state.people.sorted(by: { $0.key < $1.key }) where !person.withdrawn {
      for (_, away) in person.unavailable.sorted(by: { $0.key < $1.key }) {
        let what = "A time at which “\(id)” is unavailable"
        var moved = away
        moved.from = try same(away.from, rules, what, [.unavailability])
        moved.until = try same(away.until, rules, what, [.unavailability])
        if moved != away { events.append(.people(.unavailabilityStated(moved))) }
      }
    }
    return events
  }

  /// What the clocks of the new zone show then; of a time that they show twice, the first.
  private static func same(_ time: ZonedTime, _ rules: ZoneRules, _ what: String, _ hints: [Hint])
    throws(Refusal) -> ZonedTime
  {
    if let found = rules.times(time.date, time.minuteOfDay).first { return found }
    throw .skipped(
      HintedText(
        "\(what) cannot keep its time \(time.date) \(time.clock): the clocks of \(rules.zone) skip it, because they are "
          + "put forward.", hints))
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] { state.warnings(events) }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws { try state.evolve(event) }
}
