package import EventLog
package import People
package import Vocabulary

/// What stands when and where, and who must be there: as much of the program as the events that were
/// folded into it tell.
///
/// A decision folds its boundary into one, and `program check` the whole log; both find the same
/// conflicts in it.
package struct Timetable: Sendable, Equatable {
  package struct Room: Sendable, Equatable {
    package var particulars: RoomAdded
    package var closed = false
    /// Of every day; nil: always open.
    package var hours: [ClockRange]?
    package var hoursOfDay: [CalendarDate: [ClockRange]] = [:]
    package var closures: [Int: RoomClosureStated] = [:]
    var lastClosure = 0
  }

  /// Where a session is, and who put it there.
  package struct Placed: Sendable, Equatable {
    package var slot: Slot
    package var origin: Origin
  }

  /// A session, of which only its slots are known where its scheduling was not among the events.
  package struct Session: Sendable, Equatable {
    package enum Standing: Sendable { case scheduled, cancelled, unscheduled }
    package var particulars: SessionScheduled?
    package var standing = Standing.scheduled
    package var slots: [Int: Placed] = [:]
    var lastSlot = 1
    package var parts: [Sessions.Part] = []
    /// The parts that somebody had and has no more.
    var formerParts: Set<Sessions.Part> = []
    package var presentations: [Presentation] = []
    var formerPresentations: Set<PresentationID> = []
    var signedUp: Set<AttendeeID> = []

    package var isLive: Bool { standing == .scheduled }
    var kind: SessionForm? { particulars?.kind }

    /// In the order of their start.
    package var orderedSlots: [NumberedSlot] {
      slots.map { NumberedSlot(number: $0.key, slot: $0.value.slot) }
        .sorted { ($0.slot.start, $0.number) < ($1.slot.start, $1.number) }
    }

    mutating func remove(_ isMeant: (Sessions.Part) -> Bool) {
      formerParts.formUnion(parts.filter(isMeant))
      parts.removeAll(where: isMeant)
    }

    var people: Set<PersonID> {
      Set(parts.map(\.person)).union(presentations.flatMap(\.people))
    }
  }

  package struct Person: Sendable, Equatable {
    package var name: PersonName
    package var withdrawn = false
    package var unavailable: [Int: UnavailabilityStated] = [:]
    var lastUnavailability = 0
  }

  package var conference: ConferenceOpened?
  package var rooms: [RoomID: Room] = [:]
  var venues: [VenueID: VenueAdded] = [:]
  package var tracks: [TrackID: TrackAdded] = [:]
  package var people: [PersonID: Person] = [:]
  package private(set) var sessions: [SessionID: Session] = [:]
  /// Minutes, by the two places; the lesser is first.
  var travelTimes: [[Place]: Int] = [:]
  var presentations: [PresentationID: SessionID] = [:]
  /// Attendees that the events tell of, and whether they are still expected.
  var attendees: [AttendeeID: Bool] = [:]

  // Where to look, kept with the sessions.
  private var sessionsOfRoom: [RoomID: Set<SessionID>] = [:]
  private var sessionsOfPerson: [PersonID: Set<SessionID>] = [:]
  private var sessionsOfDay: [CalendarDate: Set<SessionID>] = [:]
  package private(set) var plenaries: Set<SessionID> = []
  /// Sessions that became plenaries by events that tell nothing else of them.
  private(set) var perhapsPlenary: Set<SessionID> = []

  package init() {}

  package func sessions(of person: PersonID) -> Set<SessionID> { sessionsOfPerson[person] ?? [] }
  package func sessions(in room: RoomID) -> Set<SessionID> { sessionsOfRoom[room] ?? [] }
  package func sessions(on day: CalendarDate) -> Set<SessionID> { sessionsOfDay[day] ?? [] }

  /// Changes a session and keeps the indexes with it.
  private mutating func change(_ id: SessionID, _ change: (inout Session) -> Void) {
    var session = sessions[id] ?? Session()
    let before = session
    change(&session)
    if before.slots != session.slots {
      for placed in before.slots.values {
        sessionsOfRoom[placed.slot.room]?.remove(id)
        for day in placed.slot.days { sessionsOfDay[day]?.remove(id) }
      }
      for placed in session.slots.values {
        sessionsOfRoom[placed.slot.room, default: []].insert(id)
        for day in placed.slot.days { sessionsOfDay[day, default: []].insert(id) }
      }
    }
    if before.parts != session.parts || before.presentations != session.presentations {
      let (old, new) = (before.people, session.people)
      for person in old.subtracting(new) { sessionsOfPerson[person]?.remove(id) }
      for person in new.subtracting(old) { sessionsOfPerson[person, default: []].insert(id) }
    }
    if session.isLive, session.kind == .plenary { plenaries.insert(id) } else { plenaries.remove(id) }
    sessions[id] = session
  }
}

// MARK: Folding

extension Timetable {
  package mutating func evolve(_ event: RecordedEvent) throws {
    if let event = try PeopleEvent(event) { return apply(event) }
    if let body = try SchedulingEvent(event) { apply(body, event.origin) }
  }

  package mutating func apply(_ event: PeopleEvent) {
    switch event {
    case .speakerRegistered(let body): people[body.person] = Person(name: body.name)
    case .speakerRevised(let body):
      if let name = body.name { people[body.person]?.name = name }
    case .speakerWithdrawn(let body):
      people[body.person]?.withdrawn = true
      for id in sessions(of: body.person) {
        change(id) { session in
          session.remove { $0.person == body.person }
          for index in session.presentations.indices {
            session.presentations[index].people.removeAll { $0 == body.person }
          }
        }
      }
    case .speakerReinstated(let body): people[body.person]?.withdrawn = false
    case .unavailabilityStated(let body):
      people[body.person]?.unavailable[body.number] = body
      people[body.person]?.lastUnavailability = body.number
    case .unavailabilityRemoved(let body): people[body.person]?.unavailable[body.number] = nil
    case .attendeeRegistered(let body): attendees[body.attendee] = true
    case .attendeeWithdrawn(let body): attendees[body.attendee] = false
    case .personErased(let body): attendees[body.attendee] = false
    case .attendeeSignedUp(let body):
      change(body.session) { $0.signedUp.insert(body.attendee) }
    case .attendeeSignedOff(let body):
      change(body.session) { $0.signedUp.remove(body.attendee) }
    case .affiliationStated, .affiliationRemoved, .contactStated, .attendeeRevised,
      .attendeeCheckedIn, .attendeeCheckedOut:
      break
    }
  }

  package mutating func apply(_ event: SchedulingEvent, _ origin: Origin) {
    switch event {
    case .conferenceOpened(let body): conference = body
    case .conferenceRevised(let body): conference?.apply(body)
    case .venueAdded(let body): venues[body.venue] = body
    case .venueRevised(let body): venues[body.venue]?.apply(body)
    case .venueRemoved(let body): venues[body.venue] = nil
    case .travelTimeSet(let body): travelTimes[body.places] = body.minutes
    case .roomAdded(let body): rooms[body.room] = Room(particulars: body)
    case .roomRevised(let body): rooms[body.room]?.particulars.apply(body)
    case .roomClosed(let body): rooms[body.room]?.closed = true
    case .roomReopened(let body): rooms[body.room]?.closed = false
    case .roomHoursSet(let body):
      if let day = body.day {
        rooms[body.room]?.hoursOfDay[day] = body.hours
      } else {
        rooms[body.room]?.hours = body.hours
      }
    case .roomClosureStated(let body):
      rooms[body.room]?.closures[body.number] = body
      rooms[body.room]?.lastClosure = body.number
    case .roomClosureRemoved(let body): rooms[body.room]?.closures[body.number] = nil
    case .trackAdded(let body): tracks[body.track] = body
    case .trackRevised(let body): tracks[body.track]?.apply(body)
    case .trackRemoved(let body): tracks[body.track] = nil
    case .sessionScheduled(let body):
      change(body.session) {
        $0.particulars = body
        $0.slots[1] = Placed(slot: body.slot, origin: origin)
      }
    case .sessionMoved(let body):
      change(body.session) {
        let number = body.number ?? 1
        $0.slots[number] = Placed(slot: body.to, origin: origin)
        $0.lastSlot = max($0.lastSlot, number)
      }
    case .slotAdded(let body):
      change(body.session) {
        $0.slots[body.number] = Placed(slot: body.slot, origin: origin)
        $0.lastSlot = max($0.lastSlot, body.number)
      }
    case .slotRemoved(let body): change(body.session) { $0.slots[body.number] = nil }
    case .sessionRevised(let body):
      if body.kind == .plenary { perhapsPlenary.insert(body.session) }
      change(body.session) { $0.particulars?.apply(body) }
    case .sessionCancelled(let body): change(body.session) { $0.standing = .cancelled }
    case .sessionUnscheduled(let body): change(body.session) { $0.standing = .unscheduled }
    case .sessionReinstated(let body):
      if body.kind == .plenary { perhapsPlenary.insert(body.session) }
      change(body.session) { session in
        session.standing = .scheduled
        for slot in body.slots where session.slots[slot.number]?.slot != slot.slot {
          session.slots[slot.number] = Placed(slot: slot.slot, origin: origin)
          session.lastSlot = max(session.lastSlot, slot.number)
        }
      }
    case .personAssigned(let body):
      change(body.session) { $0.parts.append(Sessions.Part(body.role, body.person)) }
    case .personUnassigned(let body):
      change(body.session) { $0.remove { $0 == Sessions.Part(body.role, body.person) } }
    case .presentationAdded(let body):
      presentations[body.presentation.presentation] = body.session
      change(body.session) { $0.presentations.append(body.presentation) }
    case .presentationRevised(let body):
      presentations[body.presentation.presentation] = body.session
      change(body.session) { session in
        let id = body.presentation.presentation
        guard let index = session.presentations.firstIndex(where: { $0.presentation == id }) else {
          // Known only through one of its people: the rest of the session was not asked for.
          return session.presentations.append(body.presentation)
        }
        session.presentations[index] = body.presentation
      }
    case .presentationsOrdered(let body):
      change(body.session) { $0.presentations.order(by: body.order) }
    case .presentationWithdrawn(let body):
      change(body.session) { session in
        session.formerPresentations.insert(body.presentation)
        session.presentations.removeAll { $0.presentation == body.presentation }
      }
    case .organisationRoleAssigned, .conflictWaived, .programReleased, .documentPrinted, .noticesSent:
      break
    }
  }
}

extension [Presentation] {
  /// Those that the order does not name stay behind, as they were.
  package mutating func order(by order: [PresentationID]) {
    let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    self = enumerated().sorted { a, b in
      (places[a.element.presentation] ?? order.count, a.offset)
        < (places[b.element.presentation] ?? order.count, b.offset)
    }.map(\.element)
  }
}

// MARK: Conflicts

extension Timetable {
  /// When a person has to be where; longer than a slot may be where presentations run over.
  private struct Engagement {
    let room: RoomID
    let start: ZonedTime
    let end: ZonedTime

    func overlaps(_ other: Engagement) -> Bool { start < other.end && other.start < end }
  }

  /// Whoever has a part in a session is there for all of it; who presents something, for that.
  private func engagements(of person: PersonID, in id: SessionID) -> [Engagement] {
    guard let session = sessions[id], session.isLive else { return [] }
    let slots = session.orderedSlots
    if session.parts.contains(where: { $0.person == person }) {
      return slots.map { Engagement(room: $0.slot.room, start: $0.slot.start, end: $0.slot.end) }
    }
    let rooms = Dictionary(slots.map { ($0.number, $0.slot.room) }, uniquingKeysWith: { a, _ in a })
    return RunningOrder(session.presentations, in: slots).items
      .filter { $0.presentation.people.contains(person) }
      .compactMap { item in
        rooms[item.slot].map { Engagement(room: $0, start: item.start, end: item.end) }
      }
  }

  /// Minutes that one needs from a room to another.
  package func travelTime(_ a: RoomID, _ b: RoomID) -> Int {
    if a == b { return 0 }
    if let stated = travelTimes[[Place.room(a), .room(b)].sorted()] { return stated }
    if let from = rooms[a]?.particulars.venue, let to = rooms[b]?.particulars.venue, from != to,
      let stated = travelTimes[[Place.venue(from), .venue(to)].sorted()]
    {
      return stated
    }
    return conference?.roomChange ?? 0
  }

  /// All conflicts that a session has a part in.
  package func conflicts(of id: SessionID) -> Set<Conflict> {
    guard let session = sessions[id], session.isLive else { return [] }
    var found: Set<Conflict> = []
    for placed in session.slots.values { conflicts(of: id, session, in: placed.slot, &found) }
    let engaged = session.people
    for person in engaged { conflicts(of: id, person, &found) }
    if RunningOrder(session.presentations, in: session.orderedSlots).excess > 0 {
      found.insert(Conflict(.runningOver, id))
    }
    return found
  }

  private func conflicts(
    of id: SessionID, _ session: Session, in slot: Slot, _ found: inout Set<Conflict>
  ) {
    if let conference, !(conference.firstDay...conference.lastDay).contains(slot.start.date) {
      found.insert(Conflict(.outsideDays, id))
    }
    for other in sessions(in: slot.room) where other != id {
      guard let beside = sessions[other], beside.isLive else { continue }
      if beside.slots.values.contains(where: { $0.slot.room == slot.room && $0.slot.overlaps(slot) }) {
        found.insert(Conflict(.roomTaken, id, other, room: slot.room))
      }
    }
    if let room = rooms[slot.room] {
      if room.closed || !room.isOpen(during: slot) {
        found.insert(Conflict(.roomUnavailable, id, room: slot.room))
      }
      let people = max(session.particulars?.expected ?? 0, session.signedUp.count)
      if let capacity = room.particulars.capacity, capacity < people {
        found.insert(Conflict(.roomTooSmall, id, room: slot.room))
      }
      let has = room.particulars.features ?? []
      for need in session.particulars?.needs ?? [] where !has.contains(need) {
        found.insert(Conflict(.roomLacks, id, room: slot.room, feature: need))
      }
    }
    guard let kind = session.kind, !kind.isService else { return }
    let candidates =
      kind == .plenary ? slot.days.reduce(into: Set()) { $0.formUnion(sessions(on: $1)) } : plenaries
    for other in candidates where other != id {
      guard let beside = sessions[other], beside.isLive, beside.kind?.isService == false else { continue }
      if beside.slots.values.contains(where: { $0.slot.overlaps(slot) }) {
        found.insert(Conflict(.besidePlenary, id, other))
      }
    }
  }

  private func conflicts(of id: SessionID, _ person: PersonID, _ found: inout Set<Conflict>) {
    let here = engagements(of: person, in: id)
    for engagement in here {
      for away in people[person]?.unavailable.values.map(\.self) ?? []
      where engagement.start < away.until && away.from < engagement.end {
        found.insert(Conflict(.personUnavailable, id, person: person))
      }
    }
    for other in sessions(of: person) where other != id {
      for (a, b) in pairs(here, engagements(of: person, in: other)) {
        if a.overlaps(b) {
          found.insert(Conflict(.personTwice, id, other, person: person))
        } else if isTooShort(from: a, to: b) {
          found.insert(Conflict(.tooLittleTime, id, other, person: person))
        }
      }
    }
    for (a, b) in pairs(here, here) where !a.overlaps(b) && isTooShort(from: a, to: b) {
      found.insert(Conflict(.tooLittleTime, id, person: person))
    }
  }

  private func pairs(_ a: [Engagement], _ b: [Engagement]) -> [(Engagement, Engagement)] {
    a.flatMap { x in b.map { (x, $0) } }
  }

  private func isTooShort(from a: Engagement, to b: Engagement) -> Bool {
    let (first, second) = a.start < b.start ? (a, b) : (b, a)
    let gap = second.start.instant.microseconds - first.end.instant.microseconds
    return gap < Int64(travelTime(a.room, b.room)) * 60_000_000
  }

  /// The sessions whose conflicts an event may bring about or end, as the timetable stands.
  package func sessions(affectedBy event: SchedulingEvent) -> Set<SessionID> {
    switch event {
    case .conferenceOpened, .conferenceRevised, .venueAdded, .venueRevised, .venueRemoved,
      .travelTimeSet:
      Set(sessions.keys)
    case .roomAdded(let body): sessions(in: body.room)
    case .roomRevised(let body):
      // Its venue decides how long one needs from it to wherever its people go next.
      sessions(in: body.room)
    case .roomClosed(let body): sessions(in: body.room)
    case .roomReopened(let body): sessions(in: body.room)
    case .roomHoursSet(let body): sessions(in: body.room)
    case .roomClosureStated(let body): sessions(in: body.room)
    case .roomClosureRemoved(let body): sessions(in: body.room)
    case .sessionScheduled(let body): [body.session]
    case .sessionMoved(let body): [body.session]
    case .slotAdded(let body): [body.session]
    case .slotRemoved(let body): [body.session]
    case .sessionRevised(let body): [body.session]
    case .sessionCancelled(let body): [body.session]
    case .sessionReinstated(let body): [body.session]
    case .sessionUnscheduled(let body): [body.session]
    case .personAssigned(let body): [body.session]
    case .personUnassigned(let body): [body.session]
    case .presentationAdded(let body): [body.session]
    case .presentationRevised(let body): [body.session]
    case .presentationsOrdered(let body): [body.session]
    case .presentationWithdrawn(let body): [body.session]
    case .organisationRoleAssigned, .trackAdded, .trackRevised, .trackRemoved, .conflictWaived,
      .programReleased, .documentPrinted, .noticesSent:
      []
    }
  }

  package func sessions(affectedBy event: PeopleEvent) -> Set<SessionID> {
    switch event {
    case .speakerWithdrawn(let body): sessions(of: body.person)
    case .unavailabilityStated(let body): sessions(of: body.person)
    case .unavailabilityRemoved(let body): sessions(of: body.person)
    case .attendeeSignedUp(let body): [body.session]
    case .attendeeSignedOff(let body): [body.session]
    case .speakerRegistered, .speakerRevised, .speakerReinstated, .affiliationStated,
      .affiliationRemoved, .contactStated, .attendeeRegistered, .attendeeRevised,
      .attendeeCheckedIn, .attendeeCheckedOut, .attendeeWithdrawn, .personErased:
      []
    }
  }
}

extension Timetable.Room {
  /// By the clock on its wall: hours of a day may end after midnight, and days may adjoin.
  func isOpen(during slot: Slot) -> Bool {
    for closure in closures.values where slot.start < closure.until && closure.from < slot.end {
      return false
    }
    if hours == nil, hoursOfDay.isEmpty { return true }
    func wall(_ time: ZonedTime) -> Int { time.date.daysSince1970 * 1440 + time.minuteOfDay }
    let (first, last) = (slot.start.date.daysSince1970 - 1, slot.end.date.daysSince1970)
    let spans = (first...last).flatMap { day -> [Range<Int>] in
      let date = CalendarDate(daysSince1970: day)
      guard let hours = hoursOfDay[date] ?? hours else { return [day * 1440..<(day + 1) * 1440] }
      return hours.map { day * 1440 + $0.from..<day * 1440 + $0.end }
    }.sorted { $0.lowerBound < $1.lowerBound }
    var reached = wall(slot.start)
    for span in spans where span.lowerBound <= reached { reached = max(reached, span.upperBound) }
    return reached >= wall(slot.end)
  }
}

// MARK: Telling of them

extension Timetable {
  package func described(_ conflict: Conflict) -> DescribedConflict {
    DescribedConflict(conflict: conflict, message: message(conflict))
  }

  private func message(_ conflict: Conflict) -> String {
    let first = conflict.sessions[0]
    let other = conflict.sessions.count > 1 ? conflict.sessions[1] : nil
    let name = conflict.person.map { people[$0]?.name.printed ?? $0.slug } ?? ""
    let room = conflict.room.map { "“\($0)”" } ?? ""
    switch conflict.kind {
    case .roomTaken:
      // What is being placed has no position yet: tell it of the one that was there before.
      for (id, placed) in clash(conflict) where placed.origin.position > 0 {
        guard clash(conflict).contains(where: { $0.placed.origin.position == 0 }) else { break }
        return "The room \(room) is taken \(placed.slot.times) by the session “\(id)”, which "
          + "\(placed.origin.actor) put there at \(placed.origin.recordedAt)."
      }
      return "The room \(room) has “\(first)” (\(times(first))) and “\(other ?? first)” "
        + "(\(times(other ?? first))) at once."
    case .roomUnavailable:
      guard let place = conflict.room.flatMap({ rooms[$0] }) else { return "" }
      if place.closed { return "“\(first)” takes place in \(room), which is closed." }
      return "“\(first)” (\(times(first))) takes place in \(room) while it cannot be used"
        + (place.hours.map { " (open \($0.isEmpty ? "never" : list($0.map(\.description))))" } ?? "") + "."
    case .roomTooSmall:
      let session = sessions[first]
      let seats = conflict.room.flatMap { rooms[$0]?.particulars.capacity } ?? 0
      let expected = session?.particulars?.expected ?? 0
      let signed = session?.signedUp.count ?? 0
      return "“\(first)” is in \(room) with \(seats) seats; "
        + (signed >= expected ? "\(signed) people signed up." : "\(expected) people are expected.")
    case .roomLacks:
      return "“\(first)” needs “\(conflict.feature.map(\.slug) ?? "")”, which \(room) is not said to have."
    case .personTwice:
      return "\(name) is in “\(first)” (\(times(first))) and in “\(other ?? first)” "
        + "(\(times(other ?? first))) at once."
    case .personUnavailable: return "\(name) is in “\(first)” (\(times(first))) and cannot be there then."
    case .tooLittleTime:
      return "\(name) has too little time between “\(first)” (\(times(first, rooms: true)))"
        + (other.map { " and “\($0)” (\(times($0, rooms: true)))" } ?? "'s slots") + "."
    case .besidePlenary:
      return "“\(first)” (\(times(first))) and “\(other ?? first)” (\(times(other ?? first))) are at once, "
        + "and a plenary is for everybody."
    case .outsideDays:
      let days = conference.map { " (\($0.firstDay)\($0.firstDay == $0.lastDay ? "" : " to \($0.lastDay)"))" }
      return "“\(first)” (\(times(first))) is outside the conference's days\(days ?? "")."
    case .runningOver:
      let excess = sessions[first].map { RunningOrder($0.presentations, in: $0.orderedSlots).excess } ?? 0
      return "The presentations of “\(first)” run over by \(excess) minutes."
    }
  }

  /// The slots in which two sessions are in one room at once.
  private func clash(_ conflict: Conflict) -> [(session: SessionID, placed: Placed)] {
    let found = conflict.sessions.map { id in
      (id, (sessions[id]?.slots.values.map(\.self) ?? []).filter { $0.slot.room == conflict.room })
    }
    guard found.count == 2 else { return [] }
    for a in found[0].1 {
      for b in found[1].1 where a.slot.overlaps(b.slot) { return [(found[0].0, a), (found[1].0, b)] }
    }
    return []
  }

  private func times(_ id: SessionID, rooms: Bool = false) -> String {
    (sessions[id]?.orderedSlots ?? []).map { $0.slot.times + (rooms ? ", \($0.slot.room)" : "") }
      .joined(separator: "; ")
  }

  /// What can be done about a conflict.
  static func advice(_ conflict: Conflict) -> String {
    let what =
      switch conflict.kind {
      case .roomTaken: "choose another room or time"
      case .roomUnavailable: "choose another room or time, or see “room hours” and “room closure”"
      case .personTwice, .tooLittleTime: "choose another time, or somebody else"
      case .personUnavailable: "choose another time, or see “speaker unavailable”"
      case .besidePlenary: "choose another time"
      case .outsideDays: "choose another day, or see “conference revise --first-day, --last-day”"
      case .roomTooSmall, .roomLacks: "choose another room"
      case .runningOver: "shorten some of them"
      }
    return what + "; or accept it with “--waive \(conflict.kind.rawValue) --reason …”."
  }
}

// MARK: Judging

/// A command would bring about conflicts that are not waived.
package struct ConflictsFound: Error, Equatable, Sendable, CustomStringConvertible {
  package var conflicts: [DescribedConflict]

  package var description: String {
    let shown = conflicts.prefix(10).map { conflict in
      conflict.message.dropLast() + " — " + Timetable.advice(conflict.conflict)
    }
    let rest = conflicts.count - shown.count
    return shown.joined(separator: "\n") + (rest > 0 ? "\n… and \(rest) more." : "")
  }
}

extension Timetable {
  /// The conflicts that there would be after events and are not there before.
  package func newConflicts(_ events: [PlanningEvent]) -> (after: Timetable, [Conflict]) {
    // Nothing that is decided now has a position yet, and no conflict depends on it.
    let origin = Origin(position: 0, actor: "", recordedAt: Timestamp(microseconds: 0))
    var after = self
    var touched: Set<SessionID> = []
    for event in events {
      switch event {
      case .people(let event):
        touched.formUnion(after.sessions(affectedBy: event))
        after.apply(event)
        touched.formUnion(after.sessions(affectedBy: event))
      case .scheduling(let event):
        touched.formUnion(after.sessions(affectedBy: event))
        after.apply(event, origin)
        touched.formUnion(after.sessions(affectedBy: event))
      }
    }
    var new: Set<Conflict> = []
    for id in touched {
      new.formUnion(after.conflicts(of: id).subtracting(conflicts(of: id)))
    }
    return (after, new.sorted())
  }

  /// Adds what waives the conflicts that events would bring about.
  ///
  /// - Throws: `ConflictsFound` for those that may not be, and are not waived.
  func judged(_ events: [PlanningEvent], _ waivers: [Waiver]) throws(ConflictsFound)
    -> [PlanningEvent]
  {
    events + (try waivedConflicts(of: events, waivers)).map { .scheduling(.conflictWaived($0)) }
  }

  func judged(_ events: [SchedulingEvent], _ waivers: [Waiver]) throws(ConflictsFound)
    -> [SchedulingEvent]
  {
    events + (try waivedConflicts(of: events.map { .scheduling($0) }, waivers)).map { .conflictWaived($0) }
  }

  private func waivedConflicts(of events: [PlanningEvent], _ waivers: [Waiver])
    throws(ConflictsFound) -> [ConflictWaived]
  {
    let (after, new) = newConflicts(events)
    var waived: [ConflictWaived] = []
    var refused: [DescribedConflict] = []
    for conflict in new {
      if let waiver = waivers.first(where: { $0.kind == conflict.kind }) {
        waived.append(ConflictWaived(conflict: conflict, reason: waiver.reason))
      } else if conflict.kind.grade == .refused {
        refused.append(after.described(conflict))
      }
    }
    guard refused.isEmpty else { throw ConflictsFound(conflicts: refused) }
    return waived
  }

  /// What a command that was carried out should be said of: conflicts of the lesser grade.
  func remarks(_ events: [PlanningEvent]) -> [String] {
    let (after, new) = newConflicts(events)
    let waived = events.compactMap { event -> Conflict? in
      if case .scheduling(.conflictWaived(let body)) = event { body.conflict } else { nil }
    }
    return new.filter { !waived.contains($0) }.map { conflict in
      "warning: " + after.message(conflict).dropLast() + " — " + Self.advice(conflict)
    }
  }

  func remarks(_ events: [SchedulingEvent]) -> [String] { remarks(events.map { .scheduling($0) }) }
}
