package import EventLog
import People
package import Vocabulary

/// Which session is where and when, what is presented in it, and who has which role.
package enum Sessions: Decider {
  package typealias State = Timetable
  package typealias Event = SchedulingEvent

  package static let initial = Timetable()

  package struct Command: Codable, Sendable {
    package var action: Action
    /// Conflicts that may come of it.
    package var waivers: [Waiver]

    package init(_ action: Action, waivers: [Waiver] = []) {
      self.action = action
      self.waivers = waivers
    }
  }

  package enum Action: Codable, Sendable {
    /// Its first slot is the scheduled one; further slots follow it.
    case schedule(SessionScheduled, further: [Slot], [RoleAssignment])
    /// Another place or time for one of its slots (nil: its only one); what is nil stays. A start without
    /// an end keeps the slot's length.
    case move(SessionID, slot: Int?, room: RoomID?, start: GivenTime?, end: GivenTime?, ZoneRules)
    /// The same, by so much.
    case shift(SessionID, slot: Int?, Shift, ZoneRules)
    case moveAll(Selection, Shift, ZoneRules)
    case addSlot(SessionID, Slot)
    case removeSlot(SessionID, Int)
    case revise(SessionRevised)
    case cancel(SessionID)
    case reinstate(SessionID)
    case assign(SessionID, RoleAssignment)
    case unassign(SessionID, RoleAssignment)
    case present(SessionID, Presentation)
    case revisePresentation(PresentationID, PresentationChange)
    /// Those that it does not name come after those that it does.
    case order(SessionID, [PresentationID])
    case withdrawPresentation(PresentationID)
  }

  /// Which sessions are moved: those that all of it holds of.
  package struct Selection: Codable, Sendable, Hashable {
    package var track: TrackID?
    package var room: RoomID?
    package var day: CalendarDate?

    package init(track: TrackID? = nil, room: RoomID? = nil, day: CalendarDate? = nil) {
      self.track = track
      self.room = room
      self.day = day
    }
  }

  /// How far, and to which room.
  package struct Shift: Codable, Sendable, Hashable {
    /// Whole days, by the clock: 09:00 stays 09:00.
    package var days: Int
    package var minutes: Int
    package var room: RoomID?

    package init(days: Int = 0, minutes: Int = 0, room: RoomID? = nil) {
      self.days = days
      self.minutes = minutes
      self.room = room
    }
  }

  /// What is to change about a presentation; what is nil stays.
  package struct PresentationChange: Codable, Sendable, Hashable {
    package enum Field: String, Codable, Sendable { case abstract, minutes, language, start, links }
    package var title: LocalizedText?
    package var abstract: LocalizedText?
    package var people: [PersonID]?
    package var minutes: Int?
    package var language: Language?
    package var start: ZonedTime?
    package var links: [Link]?
    package var cleared: [Field]

    package init(
      title: LocalizedText? = nil, abstract: LocalizedText? = nil, people: [PersonID]? = nil,
      minutes: Int? = nil, language: Language? = nil, start: ZonedTime? = nil,
      links: [Link]? = nil, cleared: [Field] = []
    ) {
      self.title = title
      self.abstract = abstract
      self.people = people
      self.minutes = minutes
      self.language = language
      self.start = start
      self.links = links
      self.cleared = cleared
    }

    func applied(to known: Presentation) -> Presentation {
      var new = known
      new.title = title.map { known.title.merging($0) } ?? known.title
      if let abstract { new.abstract = known.abstract?.merging(abstract) ?? abstract }
      new.people = people ?? known.people
      new.minutes = minutes ?? known.minutes
      new.language = language ?? known.language
      new.start = start ?? known.start
      new.links = links ?? known.links
      for field in cleared {
        switch field {
        case .abstract: new.abstract = nil
        case .minutes: new.minutes = nil
        case .language: new.language = nil
        case .start: new.start = nil
        case .links: new.links = nil
        }
      }
      return new
    }
  }

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case notOpen
    case slugTaken(SessionID, LocalizedText)
    case unknownSession(SessionID)
    case cancelled(SessionID)
    case unscheduled(SessionID)
    case unknownRoom(RoomID)
    case closedRoom(RoomID)
    case unknownTrack(TrackID)
    case unknownPerson(PersonID)
    case withdrawnPerson(PersonID)
    case invalidSlot(InvalidValue)
    case slotsOverlap(SessionID, Slot)
    case severalSlots(SessionID, [NumberedSlot])
    case noSuchSlot(SessionID, Int, known: [Int])
    case onlySlot(SessionID)
    case conflicts(ConflictsFound)
    case notAssigned(SessionID, RoleAssignment)
    case presentationTaken(PresentationID, in: SessionID)
    case unknownPresentation(PresentationID)
    case notIn(SessionID, PresentationID)
    case nothingSelected(Selection)

    package var description: String {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.description
      case .slugTaken(let session, let title):
        "“\(session)” already names the session “\(title.best([.english]).text)”; choose another name, "
          + "or use “session move” or “session revise”."
      case .unknownSession(let session):
        "There is no session “\(session)”; see “session list”."
      case .cancelled(let session):
        "The session “\(session)” was cancelled; “session reinstate \(session)” brings it back."
      case .unscheduled(let session):
        "The scheduling of “\(session)” was taken back; “session reinstate \(session)” brings it back."
      case .unknownRoom(let room): Rooms.Refusal.unknown(room).description
      case .closedRoom(let room): Rooms.Refusal.closed(room).description
      case .unknownTrack(let track):
        "There is no track “\(track)”; see “track list”, or add it with “track add \(track) --name …”."
      case .unknownPerson(let person): Speakers.Refusal.unknown(person).description
      case .withdrawnPerson(let person):
        "The speaker “\(person)” has withdrawn and takes no part."
      case .invalidSlot(let reason): reason.description
      case .slotsOverlap(let session, let slot):
        "The session “\(session)” has another slot then already (\(slot.times), \(slot.room))."
      case .severalSlots(let session, let slots):
        "The session “\(session)” has several slots: "
          + list(slots.map { "\($0.number) (\($0.slot.times), \($0.slot.room))" })
          + "; say which with --slot."
      case .noSuchSlot(let session, let number, let known):
        "The session “\(session)” has no slot \(number), only \(list(known.map(String.init)))."
      case .onlySlot(let session):
        "It is the only slot of “\(session)”; use “session cancel \(session)”, or move it."
      case .conflicts(let found): found.description
      case .notAssigned(let session, let assignment):
        "“\(assignment.person)” is not \(assignment.role.rawValue) of “\(session)”; see “session show \(session)”."
      case .presentationTaken(let presentation, let session):
        "“\(presentation)” already names a presentation, in “\(session)”; choose another name, or use "
          + "“presentation revise”."
      case .unknownPresentation(let presentation):
        "There is no presentation “\(presentation)”; “session show” lists those of a session."
      case .notIn(let session, let presentation):
        "The presentation “\(presentation)” is not in “\(session)”; see “session show \(session)”."
      case .nothingSelected(let selection):
        "No session is "
          + list(
            [
              selection.track.map { "in the track “\($0)”" }, selection.room.map { "in the room “\($0)”" },
              selection.day.map { "on \($0)" },
            ].compactMap(\.self)) + (selection == Selection() ? "scheduled" : "") + "; see “session list”."
      }
    }
  }

  // MARK: Boundary

  /// From this many on, sessions are asked for by what they are, not by their names.
  private static let manySessions = 60

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    switch command.action {
    case .schedule(let wanted, let further, let assignments):
      if let track = wanted.track { boundary.addTrack(track) }
      boundary.addPlacement(
        of: wanted.session, in: [wanted.slot] + further, assignments.map(\.person),
        isPlenary: wanted.kind == .plenary)
    case .move(let session, let number, let room, let start, let end, let rules):
      boundary.add(session.tag)
      if let known = state.sessions[session],
        let moved = try? moved(known, session, number, room, start, end, rules).get()
      {
        boundary.addPlacement(of: session, in: [moved.to])
      }
    case .shift(let session, let number, let shift, let rules):
      boundary.add(session.tag)
      if let slot = try? slot(of: session, number, state).get(),
        let to = try? shifted(slot, Selection(), shift, rules).get()
      {
        boundary.addPlacement(of: session, in: [to.slot])
      }
    case .moveAll(let selection, let shift, let rules):
      let candidates = state.candidates(selection)
      if selection == Selection() || candidates.count > manySessions { return .program }
      select(selection, &boundary)
      for id in candidates { boundary.add(id.tag) }
      for id in state.selected(selection) {
        let moved = state.sessions[id].map {
          $0.orderedSlots.compactMap { try? self.shifted($0, selection, shift, rules).get()?.slot }
        }
        boundary.addPlacement(of: id, in: moved ?? [])
      }
    case .addSlot(let session, let slot): boundary.addPlacement(of: session, in: [slot])
    case .revise(let wanted):
      boundary.add(wanted.session.tag)
      if let track = wanted.track { boundary.addTrack(track) }
      for room in boundary.rooms(of: wanted.session) { boundary.addRoom(room) }
      if let kind = wanted.kind {
        boundary.addConcurrentSessions(boundary.slots(of: wanted.session), isPlenary: kind == .plenary)
      }
    case .reinstate(let session): boundary.addPlacement(of: session, in: boundary.slots(of: session))
    case .cancel(let session): boundary.add(session.tag)
    // Presentations begin at other times, and who has a assignment no more may still have one of them.
    case .unassign(let session, let assignment): boundary.addPeople(of: session, and: [assignment.person])
    case .removeSlot(let session, _): boundary.addPeople(of: session)
    case .assign(let session, let assignment): boundary.addPeople(of: session, and: [assignment.person])
    case .present(let session, let presentation):
      boundary.add(presentation.presentation.tag)
      boundary.addPeople(of: session, and: presentation.people)
    case .revisePresentation(let presentation, let change):
      boundary.add(presentation.tag)
      if let session = state.presentations[presentation] {
        boundary.addPeople(of: session, and: change.people ?? [])
      }
    case .order(let session, _): boundary.addPeople(of: session)
    case .withdrawPresentation(let presentation):
      boundary.add(presentation.tag)
      if let session = state.presentations[presentation] { boundary.addPeople(of: session) }
    }
    return boundary.query
  }

  private static func select(_ selection: Selection, _ boundary: inout BoundaryBuilder) {
    if let room = selection.room {
      boundary.add(room.tag)
    } else if let track = selection.track {
      boundary.add(track.tag)
    } else if let day = selection.day {
      boundary.add(Tag(day: day))
    }
    if let track = selection.track { boundary.addTrack(track) }
  }

  // MARK: Deciding

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    let events = try self.events(command.action, in: state)
    do {
      return try state.waivingConflicts(of: events, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  package static func warnings(on events: [Event], in state: State) -> [String] {
    state.warnings(events)
  }

  private static func events(_ action: Action, in state: State) throws(Refusal) -> [Event] {
    switch action {
    case .schedule(let wanted, let further, let assignments):
      return try schedule(wanted, further, assignments, state)
    case .move(let id, let number, let room, let start, let end, let rules):
      let session = try existing(id, state)
      let body = try moved(session, id, number, room, start, end, rules).get()
      if body.to == body.from { return [] }
      try check(body.to, state)
      try check(body.to, against: session, id, except: body.number ?? 1)
      return [.sessionMoved(body)]
    case .shift(let id, let number, let shift, let rules):
      let session = try existing(id, state)
      let slot = try slot(of: id, number, state).get()
      guard let to = try shifted(slot, Selection(), shift, rules).get(), to != slot else { return [] }
      try check(to.slot, state)
      try check(to.slot, against: session, id, except: slot.number)
      return [
        .sessionMoved(
          SessionMoved(session: id, from: slot.slot, to: to.slot, number: slot.number))
      ]
    case .moveAll(let selection, let shift, let rules):
      if let room = shift.room { try check(room, state) }
      var events: [Event] = []
      var found = false
      for id in state.selected(selection) {
        guard let session = state.sessions[id] else { continue }
        var moved = session
        for slot in session.orderedSlots {
          guard let to = try shifted(slot, selection, shift, rules).get() else { continue }
          found = true
          if to.slot == slot.slot { continue }
          moved.slots[slot.number]?.slot = to.slot
          events.append(
            .sessionMoved(
              SessionMoved(session: id, from: slot.slot, to: to.slot, number: slot.number)))
        }
        // Its slots that stay may be where those that move come to.
        for slot in moved.orderedSlots where session.slots[slot.number]?.slot != slot.slot {
          try check(slot.slot, against: moved, id, except: slot.number)
        }
      }
      guard found else { throw .nothingSelected(selection) }
      return events
    case .addSlot(let id, let slot):
      let session = try existing(id, state)
      if session.slots.values.contains(where: { $0.slot == slot }) { return [] }
      try check(slot, state)
      try check(slot, against: session, id, except: nil)
      return [.slotAdded(SlotAdded(session: id, number: session.lastSlot + 1, slot: slot))]
    case .removeSlot(let id, let number):
      let session = try existing(id, state)
      guard let placed = session.slots[number] else {
        if (1...session.lastSlot).contains(number) { return [] }
        throw .noSuchSlot(id, number, known: session.slots.keys.sorted())
      }
      guard session.slots.count > 1 else { throw .onlySlot(id) }
      return [.slotRemoved(SlotRemoved(session: id, number: number, slot: placed.slot))]
    case .revise(let wanted): return try revise(wanted, state)
    case .cancel(let id):
      guard let session = state.sessions[id], session.details != nil else {
        throw .unknownSession(id)
      }
      if session.status == .cancelled { return [] }
      let slots = try existing(id, state).orderedSlots.sorted { $0.number < $1.number }
      guard let first = slots.first else { throw .unknownSession(id) }
      // Without its number the first of them would be taken for slot 1.
      let further = slots.dropFirst(first.number == 1 ? 1 : 0)
      return [
        .sessionCancelled(
          SessionCancelled(
            session: id, slot: first.slot, further: further.isEmpty ? nil : Array(further)))
      ]
    case .reinstate(let id):
      guard let session = state.sessions[id], let details = session.details else {
        throw .unknownSession(id)
      }
      if session.isLive { return [] }
      for slot in session.orderedSlots { try check(slot.slot, state) }
      return [
        .sessionReinstated(
          SessionReinstated(session: id, slots: session.orderedSlots, kind: details.kind))
      ]
    case .assign(let id, let assignment):
      let session = try existing(id, state)
      try check(assignment.person, state)
      if session.assignments.contains(assignment) { return [] }
      return [
        .personAssigned(PersonAssigned(session: id, person: assignment.person, role: assignment.role))
      ]
    case .unassign(let id, let assignment):
      let session = try existing(id, state)
      if session.formerAssignments.contains(assignment), !session.assignments.contains(assignment) {
        return []
      }
      guard session.assignments.contains(assignment) else { throw .notAssigned(id, assignment) }
      return [
        .personUnassigned(PersonUnassigned(session: id, person: assignment.person, role: assignment.role))
      ]
    case .present(let id, let presentation):
      let session = try existing(id, state)
      if let known = session.presentations.first(where: {
        $0.presentation == presentation.presentation
      }) {
        guard known == presentation else {
          throw .presentationTaken(presentation.presentation, in: id)
        }
        return []
      }
      if let taken = state.presentations[presentation.presentation] {
        throw .presentationTaken(presentation.presentation, in: taken)
      }
      for person in presentation.people { try check(person, state) }
      return [.presentationAdded(PresentationAdded(session: id, presentation: presentation))]
    case .revisePresentation(let presentation, let change):
      let (id, known) = try existing(presentation, state)
      for person in change.people ?? [] where !known.people.contains(person) {
        try check(person, state)
      }
      let new = change.applied(to: known)
      if new == known { return [] }
      return [
        .presentationRevised(
          PresentationRevised(session: id, presentation: new, formerPeople: known.people))
      ]
    case .order(let id, let wanted):
      let session = try existing(id, state)
      for presentation in wanted
      where !session.presentations.contains(where: { $0.presentation == presentation }) {
        throw .notIn(id, presentation)
      }
      var ordered = session.presentations
      ordered.order(by: wanted)
      if ordered == session.presentations { return [] }
      return [
        .presentationsOrdered(
          PresentationsOrdered(session: id, order: ordered.map(\.presentation)))
      ]
    case .withdrawPresentation(let presentation):
      if let session = state.presentations[presentation].flatMap({ state.sessions[$0] }),
        session.formerPresentations.contains(presentation),
        !session.presentations.contains(where: { $0.presentation == presentation })
      {
        return []
      }
      let (id, known) = try existing(presentation, state)
      return [
        .presentationWithdrawn(
          PresentationWithdrawn(session: id, presentation: presentation, people: known.people))
      ]
    }
  }

  private static func schedule(
    _ wanted: SessionScheduled, _ further: [Slot], _ assignments: [RoleAssignment], _ state: State
  ) throws(Refusal) -> [Event] {
    let id = wanted.session
    if let known = state.sessions[id], let details = known.details {
      var same = wanted
      same.slot = known.slots[1]?.slot ?? details.slot
      guard details.with(slot: same.slot) == wanted, Set(known.assignments) == Set(assignments),
        Set(known.orderedSlots.map(\.slot)) == Set([wanted.slot] + further), known.isLive
      else { throw .slugTaken(id, details.title) }
      return []
    }
    if let track = wanted.track, state.tracks[track] == nil { throw .unknownTrack(track) }
    var taken: [Slot] = []
    for slot in [wanted.slot] + further {
      try check(slot, state)
      if let other = taken.first(where: { $0.overlaps(slot) }) { throw .slotsOverlap(id, other) }
      taken.append(slot)
    }
    for assignment in assignments { try check(assignment.person, state) }
    var seen: Set<RoleAssignment> = []
    return [.sessionScheduled(wanted)]
      + further.enumerated().map {
        .slotAdded(SlotAdded(session: id, number: $0.offset + 2, slot: $0.element))
      }
      + assignments.filter { seen.insert($0).inserted }.map {
        .personAssigned(PersonAssigned(session: id, person: $0.person, role: $0.role))
      }
  }

  private static func revise(_ wanted: SessionRevised, _ state: State) throws(Refusal) -> [Event] {
    guard let known = try existing(wanted.session, state).details else {
      throw .unknownSession(wanted.session)
    }
    if let track = wanted.track, state.tracks[track] == nil { throw .unknownTrack(track) }
    let cleared = (wanted.cleared ?? []).filter { known.has($0) }
    var revised = SessionRevised(
      session: wanted.session, title: changed(known.title, wanted.title),
      kind: changed(known.kind, wanted.kind), track: changed(known.track, wanted.track),
      description: changed(known.description, wanted.description),
      languages: changed(known.languages, wanted.languages),
      interpretation: changed(known.interpretation, wanted.interpretation),
      links: changed(known.links, wanted.links), expected: changed(known.expected, wanted.expected),
      needs: changed(known.needs, wanted.needs), cleared: cleared.isEmpty ? nil : cleared)
    if revised == SessionRevised(session: wanted.session) { return [] }
    if revised.track != nil || cleared.contains(.track) { revised.formerTrack = known.track }
    return [.sessionRevised(revised)]
  }

  // MARK: Moving

  private static func moved(
    _ session: State.Session, _ id: SessionID, _ number: Int?, _ room: RoomID?, _ start: GivenTime?,
    _ end: GivenTime?, _ rules: ZoneRules
  ) -> Result<SessionMoved, Refusal> {
    let slot: NumberedSlot
    switch self.slot(number, of: session, id) {
    case .success(let found): slot = found
    case .failure(let refusal): return .failure(refusal)
    }
    do throws(InvalidValue) {
      let from = slot.slot
      let begin =
        try start.map { time throws(InvalidValue) in try time.resolved(on: from.start.date, rules) }
        ?? from.start
      let finish: ZonedTime
      if let end {
        finish = try end.resolved(on: begin.date, rules)
      } else {
        finish = begin == from.start ? from.end : rules.time(from.minutes, after: begin)
      }
      let to = try Slot(room: room ?? from.room, start: begin, end: finish)
      return .success(SessionMoved(session: id, from: from, to: to, number: slot.number))
    } catch { return .failure(.invalidSlot(error)) }
  }

  /// The slot that is meant; where none is named, the only one.
  private static func slot(_ number: Int?, of session: State.Session, _ id: SessionID)
    -> Result<NumberedSlot, Refusal>
  {
    let slots = session.orderedSlots
    if let number {
      guard let known = slots.first(where: { $0.number == number }) else {
        return .failure(.noSuchSlot(id, number, known: slots.map(\.number)))
      }
      return .success(known)
    }
    guard slots.count < 2 else { return .failure(.severalSlots(id, slots)) }
    return slots.first.map { .success($0) } ?? .failure(.unknownSession(id))
  }

  private static func slot(of id: SessionID, _ number: Int?, _ state: State)
    -> Result<NumberedSlot, Refusal>
  {
    guard let session = state.sessions[id] else { return .failure(.unknownSession(id)) }
    return slot(number, of: session, id)
  }

  /// - Returns: nil for a slot that is not meant.
  private static func shifted(
    _ slot: NumberedSlot, _ selection: Selection, _ shift: Shift, _ rules: ZoneRules
  ) -> Result<NumberedSlot?, Refusal> {
    let from = slot.slot
    if let room = selection.room, from.room != room { return .success(nil) }
    if let day = selection.day, from.start.date != day { return .success(nil) }
    do throws(InvalidValue) {
      func shifted(_ time: ZonedTime) throws(InvalidValue) -> ZonedTime {
        let sameClock =
          shift.days == 0
          ? time : try rules.time(time.date.adding(days: shift.days), time.minuteOfDay)
        return shift.minutes == 0 ? sameClock : rules.time(shift.minutes, after: sameClock)
      }
      let to = try Slot(
        room: shift.room ?? from.room, start: shifted(from.start), end: shifted(from.end))
      return .success(NumberedSlot(number: slot.number, slot: to))
    } catch { return .failure(.invalidSlot(error)) }
  }

  // MARK: Checking

  private static func existing(_ id: SessionID, _ state: State) throws(Refusal) -> State.Session {
    guard let session = state.sessions[id], session.details != nil else {
      throw .unknownSession(id)
    }
    switch session.status {
    case .scheduled: return session
    case .cancelled: throw .cancelled(id)
    case .unscheduled: throw .unscheduled(id)
    }
  }

  private static func existing(_ presentation: PresentationID, _ state: State) throws(Refusal)
    -> (SessionID, Presentation)
  {
    guard let id = state.presentations[presentation] else { throw .unknownPresentation(presentation) }
    let session = try existing(id, state)
    guard let known = session.presentations.first(where: { $0.presentation == presentation }) else {
      throw .unknownPresentation(presentation)
    }
    return (id, known)
  }

  private static func check(_ person: PersonID, _ state: State) throws(Refusal) {
    guard let known = state.people[person] else { throw .unknownPerson(person) }
    if known.withdrawn { throw .withdrawnPerson(person) }
  }

  private static func check(_ room: RoomID, _ state: State) throws(Refusal) {
    guard let known = state.rooms[room] else { throw .unknownRoom(room) }
    if known.closed { throw .closedRoom(room) }
  }

  private static func check(_ slot: Slot, _ state: State) throws(Refusal) {
    try check(slot.room, state)
  }

  private static func check(
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

extension Timetable {
  /// The sessions that may be meant by a selection, as far as is known: those that were only moved, or
  /// whose scheduling alone is known, may be elsewhere by now.
  fileprivate func candidates(_ selection: Sessions.Selection) -> [SessionID] {
    sessions.filter { id, session in
      guard let details = session.details else { return true }
      return selection.track.map { details.track == $0 } ?? false
    }.keys.sorted() + selected(selection)
  }

  /// The live sessions that a selection means, in the order of their names.
  func selected(_ selection: Sessions.Selection) -> [SessionID] {
    sessions.filter { _, session in
      guard session.isLive, session.details != nil else { return false }
      if let track = selection.track, session.details?.track != track { return false }
      return session.slots.values.contains { placed in
        (selection.room.map { placed.slot.room == $0 } ?? true)
          && (selection.day.map { placed.slot.start.date == $0 } ?? true)
      }
    }.keys.sorted()
  }
}

extension SessionScheduled {
  func with(slot: Slot) -> SessionScheduled {
    var copy = self
    copy.slot = slot
    return copy
  }

  func has(_ field: SessionRevised.Field) -> Bool {
    switch field {
    case .track: track != nil
    case .description: description != nil
    case .interpretation: interpretation != nil
    case .links: links != nil
    case .expected: expected != nil
    case .needs: needs != nil
    }
  }

  /// What the session is after a revision.
  package mutating func apply(_ revision: SessionRevised) {
    title = revision.title ?? title
    kind = revision.kind ?? kind
    track = revision.track ?? track
    description = revision.description ?? description
    languages = revision.languages ?? languages
    interpretation = revision.interpretation ?? interpretation
    links = revision.links ?? links
    expected = revision.expected ?? expected
    needs = revision.needs ?? needs
    for field in revision.cleared ?? [] {
      switch field {
      case .track: track = nil
      case .description: description = nil
      case .interpretation: interpretation = nil
      case .links: links = nil
      case .expected: expected = nil
      case .needs: needs = nil
      }
    }
  }
}
