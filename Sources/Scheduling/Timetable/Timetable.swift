package import EventLog
package import People
package import Vocabulary

/// The program as far as the folded events show it: rooms, sessions, slots and people.
///
/// A decision folds the events of its boundary; the check of the program folds the whole log. Both find
/// conflicts with the same code.
package struct Timetable: Sendable, Equatable {
  package struct Room: Sendable, Equatable {
    package var details: RoomDetails
    package var closed = false
    /// Opening hours of every day; nil: always open.
    package var hours: [ClockRange]?
    package var hoursOfDay: [CalendarDate: [ClockRange]] = [:]
    package var closures: [Int: RoomClosureStated] = [:]
    var lastClosure = 0
  }

  /// A session's slot, and the event that put the session there.
  package struct Placed: Sendable, Equatable {
    package var slot: Slot
    package var origin: Origin
  }

  /// A session. Its details are nil if the event that scheduled or entered it was not folded.
  package struct Session: Sendable, Equatable {
    package var details: SessionDetails?
    package var status = SessionStatus.scheduled
    package var slots: [Int: Placed] = [:]
    var lastSlot = 1
    package var assignments: [RoleAssignment] = []
    /// Roles that were taken from somebody.
    var formerAssignments: Set<RoleAssignment> = []
    package var presentations: [Presentation] = []
    var formerPresentations: Set<PresentationID> = []
    var signedUp: Set<AttendeeID> = []

    package var isLive: Bool { status == .scheduled }
    var kind: SessionKind? { details?.kind }

    /// In the order of their start.
    package var orderedSlots: [NumberedSlot] {
      slots.map { NumberedSlot(number: $0.key, slot: $0.value.slot) }
        .sorted { ($0.slot.start, $0.number) < ($1.slot.start, $1.number) }
    }

    mutating func remove(_ isMeant: (RoleAssignment) -> Bool) {
      formerAssignments.formUnion(assignments.filter(isMeant))
      assignments.removeAll(where: isMeant)
    }

    var people: Set<PersonID> {
      Set(assignments.map(\.person)).union(presentations.flatMap(\.people))
    }
  }

  package struct Person: Sendable, Equatable {
    package var name: PersonName
    package var withdrawn = false
    package var unavailable: [Int: UnavailabilityStated] = [:]
    var lastUnavailability = 0
  }

  package var conference: ConferenceDetails?
  package private(set) var status = ConferenceStatus.open
  package var rooms: [RoomID: Room] = [:]
  var venues: [VenueID: VenueDetails] = [:]
  package var tracks: [TrackID: TrackDetails] = [:]
  package var people: [PersonID: Person] = [:]
  /// Those who were registered twice, and the one who stays.
  package private(set) var merged: [PersonID: PersonID] = [:]
  package private(set) var sessions: [SessionID: Session] = [:]
  /// Minutes, by the two places, sorted.
  var travelTimes: [[Place]: Int] = [:]
  var presentations: [PresentationID: SessionID] = [:]
  /// Whether they have arrived is not kept: nothing here depends on it.
  var attendees: [AttendeeID: AttendeeStatus] = [:]
  /// Whether a file was imported; it is known only where the boundary has these events.
  var hasImports = false

  package var clocks = ZoneClocks.utc

  // Indexes of the sessions.
  private var sessionsOfRoom: [RoomID: Set<SessionID>] = [:]
  private var sessionsOfPerson: [PersonID: Set<SessionID>] = [:]
  private var sessionsOfDay: [CalendarDate: Set<SessionID>] = [:]
  package private(set) var plenaries: Set<SessionID> = []
  /// Sessions that became plenaries by a revision or a reinstatement; their other events may not be read yet.
  private(set) var perhapsPlenary: Set<SessionID> = []

  package init() {}

  /// The day of the conference on which a slot begins.
  package func day(of slot: Slot) -> CalendarDate { conference?.day(of: slot.start) ?? slot.start.date }

  /// Who somebody is: the one who stayed, if they were registered twice.
  func kept(_ person: PersonID) -> PersonID { merged[person].map(kept) ?? person }

  /// Those who were merged with this person, or with somebody who was.
  package func merged(into person: PersonID) -> [PersonID] {
    merged.filter { $0.value == person }.keys.sorted().flatMap { [$0] + merged(into: $0) }
  }

  package func sessions(of person: PersonID) -> Set<SessionID> { sessionsOfPerson[person] ?? [] }
  package func sessions(in room: RoomID) -> Set<SessionID> { sessionsOfRoom[room] ?? [] }
  package func sessions(on day: CalendarDate) -> Set<SessionID> { sessionsOfDay[day] ?? [] }

  /// Changes a session and updates the indexes.
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
    if before.assignments != session.assignments || before.presentations != session.presentations {
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
    case .speakerRegistered(let body): people[body.person] = Person(name: body.details.name)
    case .speakerRevised(let body):
      if let name = body.changes.name { people[body.person]?.name = name }
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
    case .personsMerged(let body):
      merged[body.merged] = body.person
      for id in sessions(of: body.merged) {
        change(id) { session in
          session.formerAssignments.formUnion(session.assignments.filter { $0.person == body.merged })
          session.assignments.replace(body.merged, by: body.person)
          for index in session.presentations.indices {
            session.presentations[index].people.replace(body.merged, by: body.person)
          }
        }
      }
    case .personsSeparated(let body): merged[body.merged] = nil
    case .unavailabilityStated(let body):
      if var person = people[body.person] {
        person.unavailable[body.number] = body
        // Undoing a removal states an old number again.
        person.lastUnavailability = max(person.lastUnavailability, body.number)
        people[body.person] = person
      }
    case .unavailabilityRemoved(let body): people[body.person]?.unavailable[body.number] = nil
    case .attendeeRegistered(let body): attendees[body.attendee] = .registered
    case .attendeeWithdrawn(let body): attendees[body.attendee] = .withdrawn
    case .attendeeReinstated(let body): attendees[body.attendee] = .registered
    case .personErased(let body): if let attendee = body.attendee { attendees[attendee] = .erased }
    case .attendeeSignedUp(let body):
      change(body.session) { $0.signedUp.insert(body.attendee) }
    case .attendeeSignedOff(let body):
      change(body.session) { $0.signedUp.remove(body.attendee) }
    case .affiliationStated, .affiliationRemoved, .contactStated, .attendeeRevised, .attendeeCheckedIn,
      .attendeeCheckedOut, .lateScanRecorded:
      break
    }
  }

  package mutating func apply(_ event: SchedulingEvent, _ origin: Origin) {
    switch event {
    case .conferenceOpened(let body): conference = body.details
    case .conferenceRevised(let body): body.changes.apply(to: &conference)
    case .conferenceClosed: status = .closed
    case .conferenceArchived: status = .archived
    case .conferenceReopened: status = .open
    case .venueAdded(let body): venues[body.venue] = body.details
    case .venueRevised(let body): body.changes.apply(to: &venues[body.venue])
    case .venueRemoved(let body): venues[body.venue] = nil
    case .travelTimeSet(let body): travelTimes[body.places] = body.minutes
    case .roomAdded(let body): rooms[body.room] = Room(details: body.details)
    case .roomRevised(let body):
      if rooms[body.room] != nil { body.changes.apply(to: &rooms[body.room]!.details) }
    case .roomClosed(let body): rooms[body.room]?.closed = true
    case .roomReopened(let body): rooms[body.room]?.closed = false
    case .roomHoursSet(let body):
      if let day = body.day {
        rooms[body.room]?.hoursOfDay[day] = body.hours
      } else {
        rooms[body.room]?.hours = body.hours
      }
    case .roomClosureStated(let body):
      if var room = rooms[body.room] {
        room.closures[body.number] = body
        // Undoing a removal states an old number again.
        room.lastClosure = max(room.lastClosure, body.number)
        rooms[body.room] = room
      }
    case .roomClosureRemoved(let body): rooms[body.room]?.closures[body.number] = nil
    case .trackAdded(let body): tracks[body.track] = body.details
    case .trackRevised(let body): body.changes.apply(to: &tracks[body.track])
    case .trackRemoved(let body): tracks[body.track] = nil
    case .sessionScheduled(let body):
      change(body.session) {
        $0.details = body.details
        $0.slots[1] = Placed(slot: body.slot, origin: origin)
      }
    case .sessionEntered(let body):
      change(body.session) {
        $0.details = body.details
        $0.lastSlot = 0
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
      if body.changes.kind == .plenary { perhapsPlenary.insert(body.session) }
      change(body.session) { body.changes.apply(to: &$0.details) }
    case .sessionCancelled(let body): change(body.session) { $0.status = .cancelled }
    case .sessionUnscheduled(let body): change(body.session) { $0.status = .unscheduled }
    case .sessionReinstated(let body):
      if body.kind == .plenary { perhapsPlenary.insert(body.session) }
      change(body.session) { session in
        session.status = .scheduled
        session.slots = session.slots.filter { number, _ in body.slots.contains { $0.number == number } }
        for slot in body.slots where session.slots[slot.number]?.slot != slot.slot {
          session.slots[slot.number] = Placed(slot: slot.slot, origin: origin)
          session.lastSlot = max(session.lastSlot, slot.number)
        }
      }
    case .personAssigned(let body):
      change(body.session) { $0.assignments.add(body) }
    case .personUnassigned(let body):
      change(body.session) { $0.remove { $0 == RoleAssignment(body.role, body.person) } }
    case .presentationAdded(let body):
      presentations[body.presentation.presentation] = body.session
      change(body.session) { $0.presentations.append(body.presentation) }
    case .presentationRevised(let body):
      presentations[body.presentation.presentation] = body.session
      change(body.session) { session in
        let id = body.presentation.presentation
        guard let index = session.presentations.firstIndex(where: { $0.presentation == id }) else {
          // Read only through one of its people: the rest of the session is not in the boundary.
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
    case .fileImported: hasImports = true
    case .organisationRoleAssigned, .conflictWaived, .programReleased, .documentPrinted, .noticesSent,
      .importUndone:
      break
    }
  }
}
