package import EventLog
import People
package import Vocabulary

/// Which session is where and when, and who has which role in it.
package enum Sessions: WaivingDecider {
  package static let name = "Sessions"

  package typealias State = Timetable
  package typealias Event = SchedulingEvent

  package static let initial = Timetable()

  package enum Action: Encodable, Sendable {
    /// The event has the first slot, `further` the others.
    case schedule(SessionScheduled, further: [Slot], [RoleAssignment])
    /// A session without a slot.
    case enter(SessionEntered, [RoleAssignment])
    case move(SessionID, SlotChange)
    case shift(SessionID, slot: Int?, Shift, ZoneRules)
    case moveAll(Selection, Shift, ZoneRules)
    case addSlot(SessionID, Slot)
    case removeSlot(SessionID, Int)
    case revise(SessionRevised)
    case cancel(SessionID)
    case reinstate(SessionID)
    case assign(SessionID, RoleAssignment)
    case unassign(SessionID, RoleAssignment)

    /// Nil for a command about many sessions.
    var session: SessionID? {
      switch self {
      case .schedule(let body, _, _): body.session
      case .enter(let body, _): body.session
      case .revise(let body): body.session
      case .move(let session, _), .shift(let session, _, _, _), .addSlot(let session, _),
        .removeSlot(let session, _), .cancel(let session), .reinstate(let session),
        .assign(let session, _), .unassign(let session, _):
        session
      case .moveAll: nil
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case slugTaken(SessionID, LocalizedText, SessionStatus)
    case unknownSession(SessionID)
    case cancelled(SessionID)
    case unscheduled(SessionID)
    case unknownRoom(RoomID)
    case closedRoom(RoomID)
    case unknownTrack(TrackID)
    case unknownPerson(PersonID)
    case withdrawnPerson(PersonID)
    case mergedPerson(PersonID, into: PersonID)
    case invalidSlot(InvalidValue)
    case slotsOverlap(SessionID, Slot)
    case severalSlots(SessionID, [NumberedSlot])
    case noSuchSlot(SessionID, Int, known: [Int])
    case onlySlot(SessionID)
    case noSlot(SessionID)
    case conflicts(ConflictsFound)
    /// With the roles that the person has instead.
    case notAssigned(SessionID, RoleAssignment, has: [SessionRole])
    case nothingSelected(Selection)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .slugTaken(let session, let title, .scheduled):
        .says(
          "“\(session)” already names the session “\(title.best([.english]).text)”.", .chooseAnotherName,
          .moveSession(session), .revise(session))
      case .slugTaken(let session, let title, let status):
        .says(
          "“\(session)” already names the session “\(title.best([.english]).text)”, "
            + (status == .cancelled ? "which was cancelled." : "whose scheduling was undone."),
          .chooseAnotherName, .reinstate(session))
      case .unknownSession(let session):
        .says("There is no session “\(session)”.", .list(SessionEntity.self))
      case .cancelled(let session):
        .says("The session “\(session)” was cancelled.", .reinstate(session))
      case .unscheduled(let session):
        .says("The scheduling of the session “\(session)” was undone.", .reinstate(session))
      case .unknownRoom(let room): Rooms.Refusal.unknown(room).texts
      case .closedRoom(let room): Rooms.Refusal.closed(room).texts
      case .unknownTrack(let track): Tracks.Refusal.unknown(track).texts
      case .unknownPerson(let person): Speakers.Refusal.unknown(person).texts
      case .withdrawnPerson(let person): Speakers.Refusal.withdrawn(person).texts
      case .mergedPerson(let person, let kept): Speakers.Refusal.merged(person, into: kept).texts
      case .invalidSlot(let reason): .says(reason.description)
      case .slotsOverlap(let session, let slot):
        .says("The session “\(session)” has another slot at that time (\(slot.times), \(slot.room)).")
      case .severalSlots(let session, let slots):
        .says(
          "The session “\(session)” has several slots: "
            + list(slots.map { "\($0.number) (\($0.slot.times), \($0.slot.room))" }) + ".", .nameSlot)
      case .noSuchSlot(let session, let number, let known):
        .says("The session “\(session)” has no slot \(number), only \(list(known.map(String.init))).")
      case .onlySlot(let session):
        .says(
          "This is the only slot of “\(session)”, and a session needs at least one.", .cancelSession(session),
          .moveSession(session))
      case .noSlot(let session):
        .says("The session “\(session)” has no room and no time yet.", .addSlot(session))
      case .conflicts(let found): found.texts
      case .notAssigned(let session, let assignment, let roles):
        if let role = roles.first {
          .says(
            "“\(assignment.person)” is \(list(roles.map(\.rawValue))) of “\(session)”, not "
              + "\(assignment.role.rawValue).", .nameRole(role.rawValue))
        } else {
          .says("“\(assignment.person)” is not \(assignment.role.rawValue) of “\(session)”.", .show(session))
        }
      case .nothingSelected(let selection):
        .says(
          "No session is "
            + list(
              [
                selection.track.map { "in the track “\($0)”" }, selection.room.map { "in the room “\($0)”" },
                selection.day.map { "on \($0)" },
              ].compactMap(\.self)) + (selection == Selection() ? "scheduled" : "") + ".",
          selection.track != nil
            ? .list(TrackEntity.self)
            : selection.room != nil ? .list(RoomEntity.self) : .list(SessionEntity.self))
      }
    }
  }

  // MARK: Boundary

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    if let session = command.action.session { boundary.addSession(session) }
    if case .moveAll(let selection, _, _) = command.action {
      guard boundary.addCandidates(selection) else { return boundary.query }
    }
    boundary.addAffected(by: (try? events(command.action, in: state)) ?? [])
    return boundary.query
  }

  // MARK: Deciding

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    let events = try events(command.action, in: state)
    for event in events { try check(event, in: state) }
    do {
      return try state.waivingConflicts(of: events, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    state.warnings(events)
  }

  /// The events of an action. The rooms, tracks and people that they name are not checked yet.
  private static func events(_ action: Action, in state: State) throws(Refusal) -> [Event] {
    switch action {
    case .schedule(let wanted, let further, let assignments):
      return try schedule(wanted, further, assignments, state)
    case .enter(let wanted, let assignments): return try enter(wanted, assignments, state)
    case .move(let id, let change):
      let session = try existing(id, state)
      let slot = try slot(change.slot, of: id, session)
      return try moves(
        of: id, session,
        to: [slot.number: change.applied(to: slot.slot, dayStart: state.conference?.dayStart ?? 0)])
    case .shift(let id, let number, let shift, let rules):
      let session = try existing(id, state)
      let slot = try slot(number, of: id, session)
      return try moves(of: id, session, to: [slot.number: shift.applied(to: slot.slot, rules)])
    case .moveAll(let selection, let shift, let rules):
      return try moveAll(selection, by: shift, rules, in: state)
    case .addSlot(let id, let slot):
      let session = try existing(id, state)
      if session.slots.values.contains(where: { $0.slot == slot }) { return [] }
      try check(slot, against: session, id, except: nil)
      return [.slotAdded(SlotAdded(session: id, number: session.lastSlot + 1, slot: slot))]
    case .removeSlot(let id, let number):
      let session = try existing(id, state)
      guard let placed = session.slots[number] else {
        if session.slots.hadNumber(number, last: session.lastSlot) { return [] }
        if session.slots.isEmpty { throw .noSlot(id) }
        throw .noSuchSlot(id, number, known: session.slots.keys.sorted())
      }
      return [.slotRemoved(SlotRemoved(session: id, number: number, slot: placed.slot))]
    case .revise(let wanted): return try revise(wanted, state)
    case .cancel(let id):
      guard let session = state.sessions[id], session.details != nil else {
        throw .unknownSession(id)
      }
      if session.status == .cancelled { return [] }
      let slots = try existing(id, state).orderedSlots.sorted { $0.number < $1.number }
      return [.sessionCancelled(SessionCancelled(session: id, slots: slots))]
    case .reinstate(let id):
      guard let session = state.sessions[id], let details = session.details else {
        throw .unknownSession(id)
      }
      if session.isLive { return [] }
      return [
        .sessionReinstated(
          SessionReinstated(session: id, slots: session.orderedSlots, kind: details.kind))
      ]
    case .assign(let id, let assignment):
      let session = try existing(id, state)
      if session.assignments.contains(assignment) { return [] }
      return [
        .personAssigned(PersonAssigned(session: id, person: assignment.person, role: assignment.role))
      ]
    case .unassign(let id, let assignment):
      let session = try existing(id, state)
      if session.formerAssignments.contains(assignment), !session.assignments.contains(assignment) {
        return []
      }
      guard session.assignments.contains(assignment) else {
        let roles = session.assignments.filter { $0.person == assignment.person }.map(\.role)
        throw .notAssigned(id, assignment, has: roles)
      }
      return [
        .personUnassigned(PersonUnassigned(session: id, person: assignment.person, role: assignment.role))
      ]
    }
  }

  private static func schedule(
    _ wanted: SessionScheduled, _ further: [Slot], _ assignments: [RoleAssignment], _ state: State
  ) throws(Refusal) -> [Event] {
    let id = wanted.session
    if let known = state.sessions[id], let details = known.details {
      guard details == wanted.details, known.slots[1]?.slot == wanted.slot,
        Set(known.assignments) == Set(assignments),
        Set(known.orderedSlots.map(\.slot)) == Set([wanted.slot] + further), known.isLive
      else { throw .slugTaken(id, details.title, known.status) }
      return []
    }
    var taken: [Slot] = []
    for slot in [wanted.slot] + further {
      if let other = taken.first(where: { $0.overlaps(slot) }) { throw .slotsOverlap(id, other) }
      taken.append(slot)
    }
    return [.sessionScheduled(wanted)]
      + further.enumerated().map {
        .slotAdded(SlotAdded(session: id, number: $0.offset + 2, slot: $0.element))
      }
      + events(assigning: assignments, in: id)
  }

  private static func enter(
    _ wanted: SessionEntered, _ assignments: [RoleAssignment], _ state: State
  ) throws(Refusal) -> [Event] {
    let id = wanted.session
    if let known = state.sessions[id], let details = known.details {
      guard details == wanted.details, known.slots.isEmpty, Set(known.assignments) == Set(assignments),
        known.isLive
      else { throw .slugTaken(id, details.title, known.status) }
      return []
    }
    return [.sessionEntered(wanted)] + events(assigning: assignments, in: id)
  }

  /// Each role once.
  private static func events(assigning assignments: [RoleAssignment], in id: SessionID) -> [Event] {
    var seen: Set<RoleAssignment> = []
    return assignments.filter { seen.insert($0).inserted }.map {
      .personAssigned(PersonAssigned(session: id, person: $0.person, role: $0.role))
    }
  }

  private static func revise(_ wanted: SessionRevised, _ state: State) throws(Refusal) -> [Event] {
    guard let known = try existing(wanted.session, state).details else {
      throw .unknownSession(wanted.session)
    }
    let changes = wanted.changes.differing(from: known)
    if changes.isEmpty { return [] }
    return [
      .sessionRevised(
        SessionRevised(
          session: wanted.session, changes: changes,
          formerTrack: changes.fields.contains(.track) ? known.track : nil))
    ]
  }

  // MARK: Checking

  /// Refuses an event that refers to an unknown or closed room, an unknown track, an unknown or withdrawn person,
  /// or a session which does not take place; and one that removes a session's only slot.
  ///
  /// Whether slots of a session overlap is judged after all events: ``checkOverlaps(of:from:to:)``.
  static func check(_ event: Event, in state: State) throws(Refusal) {
    for reference in event.references(in: state) {
      switch reference {
      case .session(let id):
        // `SessionScheduled` of the same command may come before the event.
        if state.sessions[id] != nil { _ = try existing(id, state) }
      case .track(let track): if state.tracks[track] == nil { throw .unknownTrack(track) }
      case .person(let person): try check(person, state)
      case .room(let room):
        guard let known = state.rooms[room] else { throw .unknownRoom(room) }
        if known.closed { throw .closedRoom(room) }
      // `Rooms` checks it.
      case .venue: break
      }
    }
    if case .slotRemoved(let body) = event, let session = state.sessions[body.session],
      session.slots.count < 2
    {
      throw .onlySlot(body.session)
    }
  }

  /// Refuses a slot that was placed and overlaps another slot of the same session.
  static func checkOverlaps(of id: SessionID, from before: State.Session?, to after: State.Session)
    throws(Refusal)
  {
    for slot in after.orderedSlots where before?.slots[slot.number]?.slot != slot.slot {
      try check(slot.slot, against: after, id, except: slot.number)
    }
  }

  /// A session that takes place; others are refused.
  static func existing(_ id: SessionID, _ state: State) throws(Refusal) -> State.Session {
    guard let session = state.sessions[id], session.details != nil else {
      throw .unknownSession(id)
    }
    switch session.status {
    case .scheduled: return session
    case .cancelled: throw .cancelled(id)
    case .unscheduled: throw .unscheduled(id)
    }
  }

  static func check(_ person: PersonID, _ state: State) throws(Refusal) {
    guard let known = state.people[person] else { throw .unknownPerson(person) }
    if let kept = state.merged[person] { throw .mergedPerson(person, into: kept) }
    if known.withdrawn { throw .withdrawnPerson(person) }
  }

  static func check(
    _ slot: Slot, against session: State.Session, _ id: SessionID, except number: Int?
  ) throws(Refusal) {
    for other in session.orderedSlots where other.number != number && other.slot.overlaps(slot) {
      throw .slotsOverlap(id, other.slot)
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}
