import EventLog
package import People
package import Vocabulary

// MARK: Conflicts

extension Timetable {
  /// Where and when a person has to be. It ends after the slot if presentations run over.
  private struct Engagement {
    let room: RoomID
    let start: ZonedTime
    let end: ZonedTime

    func overlaps(_ other: Engagement) -> Bool { start < other.end && other.start < end }
  }

  /// A person with a role is needed for the whole session; a presenter, for their presentations only.
  private func engagements(of person: PersonID, in id: SessionID) -> [Engagement] {
    guard let session = sessions[id], session.isLive else { return [] }
    let slots = session.orderedSlots
    if session.assignments.contains(where: { $0.person == person }) {
      return slots.map { Engagement(room: $0.slot.room, start: $0.slot.start, end: $0.slot.end) }
    }
    let rooms = Dictionary(slots.map { ($0.number, $0.slot.room) }, uniquingKeysWith: { a, _ in a })
    return RunningOrder(session.presentations, in: slots).items
      .filter { $0.presentation.people.contains(person) && $0.start < $0.end }
      .compactMap { item in
        rooms[item.slot].map { Engagement(room: $0, start: item.start, end: item.end) }
      }
  }

  /// Minutes needed between two rooms: the time stated for the rooms, else for their venues, else the
  /// conference's `roomChange`, else 0.
  package func travelTime(_ a: RoomID, _ b: RoomID) -> Int {
    if a == b || a == .toBeAnnounced || b == .toBeAnnounced { return 0 }
    if let stated = travelTimes[[Place.room(a), .room(b)].sorted()] { return stated }
    if let from = rooms[a]?.details.venue, let to = rooms[b]?.details.venue, from != to,
      let stated = travelTimes[[Place.venue(from), .venue(to)].sorted()]
    {
      return stated
    }
    return conference?.roomChange ?? 0
  }

  /// All conflicts that a session is part of.
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
    if slot.room != .toBeAnnounced { conflictsOfRoom(of: id, session, in: slot, &found) }
    if let conference {
      let day = conference.day(of: slot.start)
      if day < conference.firstDay || conference.lastDay < day { found.insert(Conflict(.outsideDays, id)) }
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

  private func conflictsOfRoom(
    of id: SessionID, _ session: Session, in slot: Slot, _ found: inout Set<Conflict>
  ) {
    for other in sessions(in: slot.room) where other != id {
      guard let beside = sessions[other], beside.isLive else { continue }
      if beside.slots.values.contains(where: { $0.slot.room == slot.room && $0.slot.overlaps(slot) }) {
        found.insert(Conflict(.roomTaken, id, other, room: slot.room))
      }
    }
    if let room = rooms[slot.room] {
      if room.closed || !room.isOpen(during: slot, dayStart: conference?.dayStart ?? 0) {
        found.insert(Conflict(.roomUnavailable, id, room: slot.room))
      }
      let people = max(session.details?.expected ?? 0, session.signedUp.count)
      if let capacity = room.details.capacity, capacity < people {
        found.insert(Conflict(.roomTooSmall, id, room: slot.room))
      }
      let has = room.details.features ?? []
      for need in session.details?.needs ?? [] where !has.contains(need) {
        found.insert(Conflict(.roomLacks, id, room: slot.room, feature: need))
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
    let change = change(from: a, to: b)
    return change.minutes < change.needed
  }

  /// A change of rooms: the minutes that there are, and that are needed.
  private func change(from a: Engagement, to b: Engagement)
    -> (from: RoomID, to: RoomID, minutes: Int, needed: Int)
  {
    let (first, second) = a.start < b.start ? (a, b) : (b, a)
    let gap = second.start.instant.microseconds - first.end.instant.microseconds
    return (first.room, second.room, Int(gap / 60_000_000), travelTime(a.room, b.room))
  }

  /// The first change of rooms that makes a conflict of the kind `tooLittleTime`.
  func tightChange(_ conflict: Conflict) -> (from: RoomID, to: RoomID, minutes: Int, needed: Int)? {
    guard let person = conflict.person, let first = conflict.sessions.first, let last = conflict.sessions.last
    else { return nil }
    return pairs(engagements(of: person, in: first), engagements(of: person, in: last))
      .first { a, b in !a.overlaps(b) && isTooShort(from: a, to: b) }
      .map { change(from: $0, to: $1) }
  }

  /// The sessions whose conflicts an event may cause or end, in this state of the timetable.
  package func sessions(affectedBy event: SchedulingEvent) -> Set<SessionID> {
    switch event {
    case .conferenceOpened, .conferenceRevised, .travelTimeSet: Set(sessions.keys)
    case .roomAdded(let body): sessions(in: body.room)
    case .roomRevised(let body):
      // The room's venue decides the travel times to other rooms.
      sessions(in: body.room)
    case .roomClosed(let body): sessions(in: body.room)
    case .roomReopened(let body): sessions(in: body.room)
    case .roomHoursSet(let body): sessions(in: body.room)
    case .roomClosureStated(let body): sessions(in: body.room)
    case .roomClosureRemoved(let body): sessions(in: body.room)
    case .sessionScheduled(let body): [body.session]
    case .sessionEntered(let body): [body.session]
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
    // A conflict depends on which venue a room is in, not on the venue's details.
    case .organisationRoleAssigned, .venueAdded, .venueRevised, .venueRemoved, .trackAdded, .trackRevised,
      .trackRemoved, .conflictWaived, .programReleased, .documentPrinted, .noticesSent,
      .fileImported, .importUndone, .conferenceClosed, .conferenceArchived, .conferenceReopened:
      []
    }
  }

  package func sessions(affectedBy event: PeopleEvent) -> Set<SessionID> {
    switch event {
    case .speakerWithdrawn(let body): sessions(of: body.person)
    case .personsMerged(let body): sessions(of: body.merged).union(sessions(of: body.person))
    case .unavailabilityStated(let body): sessions(of: body.person)
    case .unavailabilityRemoved(let body): sessions(of: body.person)
    case .attendeeSignedUp(let body): [body.session]
    case .attendeeSignedOff(let body): [body.session]
    case .speakerRegistered, .speakerRevised, .speakerReinstated, .personsSeparated, .affiliationStated,
      .affiliationRemoved, .contactStated, .attendeeRegistered, .attendeeRevised,
      .attendeeCheckedIn, .attendeeCheckedOut, .lateScanRecorded, .attendeeWithdrawn, .attendeeReinstated,
      .personErased:
      []
    }
  }
}

extension Timetable.Room {
  /// Compares local clock times. The hours of one day may end after midnight, and may continue in those of
  /// the next day.
  ///
  /// - Parameter dayStart: the minute at which a day without hours begins and ends.
  func isOpen(during slot: Slot, dayStart: Int) -> Bool {
    if closure(during: slot) != nil { return false }
    if hours == nil, hoursOfDay.isEmpty { return true }
    func wall(_ time: ZonedTime) -> Int { time.date.daysSince1970 * 1440 + time.minuteOfDay }
    let (first, last) = (slot.start.date.daysSince1970 - 1, slot.end.date.daysSince1970)
    let spans = (first...last).flatMap { day -> [Range<Int>] in
      let date = CalendarDate(daysSince1970: day)
      guard let hours = hoursOfDay[date] ?? hours else {
        return [day * 1440 + dayStart..<(day + 1) * 1440 + dayStart]
      }
      return hours.map { day * 1440 + $0.from..<day * 1440 + $0.end }
    }.sorted { $0.lowerBound < $1.lowerBound }
    var reached = wall(slot.start)
    for span in spans where span.lowerBound <= reached { reached = max(reached, span.upperBound) }
    return reached >= wall(slot.end)
  }

  private func closure(during slot: Slot) -> RoomClosureStated? {
    closures.values.sorted { $0.number < $1.number }
      .first { slot.start < $0.until && $0.from < slot.end }
  }

  /// Why the room is not open during a slot: “closed 2016-03-25 10:00–12:00”, “open 08:00–12:00”.
  ///
  /// - Returns: nil if it is always open.
  func reason(unavailableDuring slot: Slot) -> String? {
    if let closure = closure(during: slot) { return "closed \(Slot.times(closure.from, closure.until))" }
    func open(_ hours: [ClockRange]) -> String { "open \(list(hours.map(\.description)))" }
    guard slot.days.contains(where: { hoursOfDay[$0] != nil }) else {
      return hours.map { $0.isEmpty ? "never open" : open($0) }
    }
    return slot.days.map { day in
      guard let hours = hoursOfDay[day] ?? hours else { return "open all day on \(day)" }
      return (hours.isEmpty ? "not open" : open(hours)) + " on \(day)"
    }.joined(separator: "; ")
  }
}
