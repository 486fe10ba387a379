import EventLog
import OddPrograms
import People
import Testing
import Vocabulary

@testable import ReadModels
@testable import Scheduling

/// Compares the history with an oracle that looks for all conflicts after every event.
struct `The history of conflicts` {
  @Test(arguments: seeds(4))
  func `has the same conflicts and causes as an oracle`(seed: UInt64) throws {
    var program = OddProgram(seed: seed)
    var history = ConflictHistory()
    var oracle = Oracle(program.rules)
    var since: [String: Int] = [:]
    var position = 0
    func take(_ body: any EventBody) throws {
      let event = recorded([body], after: position)[0]
      position += 1
      history.apply(try LoggedEvent(event), event.origin)
      oracle.apply(body)
    }
    for body in program.opening() { try take(body) }
    for _ in 0..<120 {
      let body = program.event()
      try take(body)
      let conflicts = oracle.conflicts
      since = since.filter { conflicts.contains($0.key) }
      for conflict in conflicts where since[conflict] == nil { since[conflict] = position }
      let told = Dictionary(uniqueKeysWithValues: history.open.map { ($0.key.key, $0.value.position) })
      try #require(told == since, "after event \(position), \(type(of: body).type)")
    }
    #expect(!since.isEmpty)
  }
}

/// After an undo, the program is the same as before the command.
struct `An undone command` {
  @Test(arguments: seeds(4))
  func `leaves no trace in the program`(seed: UInt64) throws {
    var program = OddProgram(seed: seed)
    var model = ProgramModel()
    var undo = Undo.State()
    var oracle = Oracle(program.rules)
    var position = 0
    var undone = 0
    func take(_ bodies: [any EventBody]) throws {
      for event in recorded(bodies, after: position) {
        position = event.position
        try model.apply(try LoggedEvent(event), event.origin)
        try Undo.evolve(&undo, event)
      }
      for body in bodies { oracle.apply(body) }
    }
    try take(program.opening())
    let anything = Conflict.Kind.allCases.map { Waiver($0, reason: "so be it") }
    for _ in 0..<260 {
      var next = program
      let body = next.event()
      guard undo.timetable.couldLead(to: body) else {
        program.random = next.random
        continue
      }
      if let number = undo.timetable.nextNumber(like: body) {
        try #require(number.next == number.given, "\(body) gets number \(number.next).")
      }
      let before = (model: model, conflicts: Set(conflicts(undo.timetable)))
      try take([body])
      let command = Undo.Command(
        commandID: "…", first: position, last: position, tags: body.tags, rules: program.rules,
        waivers: anything)
      // Undoes only every second event, so that the program grows.
      guard next.chance(2), let events = try? Undo.decide(command, in: undo) else {
        program = next
        continue
      }
      try take(events.map(\.body))
      undone += 1
      var left = ProgramDiff(from: before.model, to: model)
      // Whoever gets a role back comes last.
      left.sessions.removeAll { $0.changes.allSatisfy { $0.what == .peopleOrder } }
      try #require(left.isEmpty, "\(body) was undone by \(events.map(\.body))")
      try #require(Set(conflicts(undo.timetable)) == before.conflicts, "\(body)")
      try #require(oracle.reused.isEmpty, "\(body) was undone by \(events.map(\.body))")
      program.forget(next)
    }
    #expect(undone > 20, "\(undone) were undone.")
  }

  private func conflicts(_ timetable: Timetable) -> [Conflict] {
    timetable.sessions.keys.flatMap { timetable.conflicts(of: $0) }
  }
}

extension Timetable {
  /// The number that a decision gives to something new, and the number that the event gives to it.
  fileprivate func nextNumber(like event: any EventBody) -> (next: Int, given: Int)? {
    switch event {
    case let body as UnavailabilityStated:
      people[body.person].map { ($0.lastUnavailability + 1, body.number) }
    case let body as SlotAdded: sessions[body.session].map { ($0.lastSlot + 1, body.number) }
    case let body as RoomClosureStated: rooms[body.room].map { ($0.lastClosure + 1, body.number) }
    default: nil
    }
  }

  /// Whether a decision could have produced the event: it changes something, and its old values are right.
  fileprivate func couldLead(to event: any EventBody) -> Bool {
    func live(_ id: SessionID) -> Session? { sessions[id].flatMap { $0.isLive ? $0 : nil } }
    func known(_ id: PresentationID, in session: SessionID) -> Presentation? {
      live(session)?.presentations.first { $0.presentation == id }
    }
    switch event {
    case let body as SessionScheduled: return sessions[body.session] == nil
    case let body as SessionMoved:
      return live(body.session)?.slots[body.number ?? 1]?.slot == body.from && body.from != body.to
    case let body as SlotAdded: return live(body.session) != nil
    case let body as SlotRemoved: return live(body.session)?.slots[body.number]?.slot == body.slot
    case let body as SessionRevised: return live(body.session) != nil
    case let body as SessionCancelled: return live(body.session) != nil
    case let body as SessionUnscheduled: return live(body.session) != nil
    case let body as SessionReinstated:
      let session = sessions[body.session]
      return session?.isLive == false && session?.kind == body.kind
        && session?.orderedSlots.sorted { $0.number < $1.number } == body.slots
    case let body as PersonAssigned:
      let session = live(body.session)
      return session?.assignments.contains(RoleAssignment(body.role, body.person)) == false
        && people[body.person]?.withdrawn == false
    case let body as PersonUnassigned:
      return live(body.session)?.assignments.contains(RoleAssignment(body.role, body.person)) == true
    case let body as PresentationAdded:
      return live(body.session) != nil && presentations[body.presentation.presentation] == nil
        && Set(body.presentation.people).count == body.presentation.people.count
        && body.presentation.people.allSatisfy { people[$0]?.withdrawn == false }
    case let body as PresentationRevised:
      return known(body.presentation.presentation, in: body.session)?.people == body.formerPeople
        && Set(body.presentation.people).count == body.presentation.people.count
        && body.presentation.people.allSatisfy { people[$0]?.withdrawn == false }
    case let body as PresentationWithdrawn:
      return known(body.presentation, in: body.session)?.people == body.people
    case let body as PresentationsOrdered:
      return live(body.session).map { Set($0.presentations.map(\.presentation)) == Set(body.order) } ?? false
    case let body as SpeakerWithdrawn: return people[body.person]?.withdrawn == false
    case let body as UnavailabilityStated: return people[body.person]?.withdrawn == false
    case let body as UnavailabilityRemoved:
      return people[body.person]?.withdrawn == false && people[body.person]?.unavailable[body.number] != nil
    case let body as RoomClosed: return rooms[body.room]?.closed == false
    case let body as RoomReopened: return rooms[body.room]?.closed == true
    case let body as RoomClosureRemoved: return rooms[body.room]?.closures[body.number] != nil
    case let body as AttendeeSignedUp:
      return live(body.session)?.signedUp.contains(body.attendee) == false
    case let body as AttendeeSignedOff:
      return live(body.session)?.signedUp.contains(body.attendee) == true
    default: return true
    }
  }
}
