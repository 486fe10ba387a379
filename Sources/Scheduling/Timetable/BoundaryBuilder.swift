import EventLog
import People
import Vocabulary

/// Builds the boundary of a decision about the timetable, from the state read so far.
///
/// The conflicts of a session depend on its rooms, on its people and their other sessions, and, if it or
/// another session is a plenary, on the sessions at the same time. If only the details of a room or track
/// matter, the sessions in it are not read.
struct BoundaryBuilder {
  let state: Timetable
  private(set) var query = Query([Query.Item(tags: [.conference])])
  private var seen: Set<Query.Item> = []

  init(_ state: Timetable) { self.state = state }

  private mutating func add(_ item: Query.Item) {
    if seen.insert(item).inserted { query.items.append(item) }
  }

  mutating func add(_ tag: Tag) { add(Query.Item(tags: [tag])) }

  /// Adds a track, without its sessions.
  mutating func addTrack(_ track: TrackID) {
    add(
      Query.Item(
        types: [TrackAdded.type, TrackRevised.type, TrackRemoved.type], tags: [track.tag]))
  }

  /// Adds a room, without its sessions, opening hours and closures.
  mutating func addRoom(_ room: RoomID) {
    add(
      Query.Item(
        types: [RoomAdded.type, RoomRevised.type, RoomClosed.type, RoomReopened.type],
        tags: [room.tag]))
  }

  /// Adds a room, with its sessions.
  mutating func addRoomWithSessions(_ room: RoomID) { add(room.tag) }

  /// Adds a session and its people: `SpeakerWithdrawn` takes a person out of it without naming it.
  mutating func addSession(_ id: SessionID) {
    add(id.tag)
    for person in (state.sessions[id]?.people ?? []).sorted() { add(person.tag) }
  }

  /// Adds a person, their sessions with the rooms, and all travel times.
  mutating func addPerson(_ person: PersonID) {
    add(person.tag)
    // What was said of those who were merged with them is said of them.
    for other in state.merged(into: person) { add(other.tag) }
    for id in state.sessions(of: person).sorted() {
      add(id.tag)
      for room in rooms(of: id) { addRoom(room) }
    }
    add(.travel)
  }

  /// Adds a session whose people change, or are needed at other times.
  mutating func addPeople(of id: SessionID, and others: [PersonID] = []) {
    add(id.tag)
    for room in rooms(of: id) { addRoom(room) }
    for person in (state.sessions[id]?.people ?? []).union(others).sorted() { addPerson(person) }
  }

  /// Adds a room that changes, and everything about the sessions in it.
  mutating func addRoomAndItsSessions(_ room: RoomID) {
    addRoomWithSessions(room)
    for session in state.sessions(in: room).sorted() { add(session.tag) }
  }

  /// Adds a day of the conference, and the sessions that begin or end on it.
  mutating func addDay(_ day: CalendarDate) {
    for date in dates(of: day) {
      add(Tag(day: date))
      for id in state.sessions(on: date).sorted() { add(id.tag) }
    }
  }

  /// The dates on which a day of the conference can fall: it may end after midnight.
  func dates(of day: CalendarDate) -> [CalendarDate] {
    (state.conference?.dayStart ?? 0) > 0 ? [day, day.adding(days: 1)] : [day]
  }

  /// Adds every event that a conflict can depend on, for changes of travel times.
  mutating func addWholeProgram() { for item in Query.program.items { add(item) } }

  func slots(of id: SessionID) -> [Slot] { state.sessions[id]?.slots.values.map(\.slot) ?? [] }
  func rooms(of id: SessionID) -> [RoomID] { Set(slots(of: id).map(\.room)).sorted() }

  /// Adds all plenaries; for a plenary, also every session that overlaps its slots.
  mutating func addConcurrentSessions(_ slots: [Slot], isPlenary: Bool) {
    add(.plenary)
    for id in state.plenaries.union(state.perhapsPlenary).sorted() { add(id.tag) }
    guard isPlenary else { return }
    for slot in slots {
      for day in slot.days {
        add(Tag(day: day))
        for id in state.sessions(on: day).sorted() {
          guard let session = state.sessions[id],
            session.slots.values.contains(where: { $0.slot.overlaps(slot) })
          else { continue }
          add(id.tag)
        }
      }
    }
  }

  /// Adds everything that placing a session in new slots depends on.
  mutating func addPlacement(
    of id: SessionID, in slots: [Slot], _ people: [PersonID] = [], isPlenary: Bool = false
  ) {
    add(id.tag)
    let known = state.sessions[id]
    let own = known?.slots.values.map(\.slot) ?? []
    for room in Set(slots.map(\.room)).sorted() { addRoomWithSessions(room) }
    for room in Set(own.map(\.room)).sorted() { addRoom(room) }
    for person in (known?.people ?? []).union(people).sorted() { addPerson(person) }
    addConcurrentSessions(own + slots, isPlenary: isPlenary || known?.kind == .plenary)
  }
}

extension BoundaryBuilder {
  /// Adds what a new event depends on: what it names, and whatever the conflicts depend on that it may cause.
  mutating func addAffected(by event: ProgramOrPeopleEvent) {
    switch event {
    case .scheduling(let event): addAffected(by: event)
    case .people(let event): addAffected(by: event)
    }
  }

  mutating func addAffected(by events: [SchedulingEvent]) {
    var newPlenaries: Set<SessionID> = []
    for event in events {
      addAffected(by: event)
      switch event {
      case .sessionScheduled(let body) where body.details.kind == .plenary: newPlenaries.insert(body.session)
      // The state does not know yet that it is a plenary.
      case .slotAdded(let body) where newPlenaries.contains(body.session):
        addPlacement(of: body.session, in: [body.slot], isPlenary: true)
      default: break
      }
    }
  }

  mutating func addAffected(by event: PeopleEvent) {
    switch event {
    case .speakerReinstated(let body): addPerson(body.person)
    case .personsMerged(let body):
      addPerson(body.person)
      addPerson(body.merged)
    case .unavailabilityStated(let body): addPerson(body.person)
    case .attendeeSignedUp(let body):
      add(body.attendee.tag)
      add(body.session.tag)
      for room in rooms(of: body.session) { addRoom(room) }
    case .speakerRegistered, .speakerRevised, .speakerWithdrawn, .personsSeparated, .affiliationStated,
      .affiliationRemoved,
      .unavailabilityRemoved, .contactStated, .attendeeRegistered, .attendeeRevised, .attendeeCheckedIn,
      .attendeeCheckedOut, .lateScanRecorded, .attendeeSignedOff, .attendeeWithdrawn, .attendeeReinstated,
      .personErased:
      break
    }
  }

  mutating func addAffected(by event: SchedulingEvent) {
    switch event {
    case .sessionScheduled(let body):
      if let track = body.details.track { addTrack(track) }
      addPlacement(of: body.session, in: [body.slot], isPlenary: body.details.kind == .plenary)
    case .sessionEntered(let body):
      if let track = body.details.track { addTrack(track) }
      addPeople(of: body.session)
    case .sessionMoved(let body): addPlacement(of: body.session, in: [body.to])
    case .slotAdded(let body): addPlacement(of: body.session, in: [body.slot])
    case .sessionReinstated(let body):
      if let track = state.sessions[body.session]?.details?.track { addTrack(track) }
      addPlacement(of: body.session, in: body.slots.map(\.slot), isPlenary: body.kind == .plenary)
    case .sessionRevised(let body):
      add(body.session.tag)
      for room in rooms(of: body.session) { addRoom(room) }
      for field in body.changes.fields {
        switch field.boundary {
        case .session: break
        case .track: if let track = body.changes.track { addTrack(track) }
        case .concurrentSessions:
          addConcurrentSessions(slots(of: body.session), isPlenary: body.changes.kind == .plenary)
        }
      }
    // Presentations get other times, and a person who has lost a role may still present.
    case .slotRemoved(let body): addPeople(of: body.session)
    case .personAssigned(let body): addPeople(of: body.session, and: [body.person])
    case .personUnassigned(let body): addPeople(of: body.session, and: [body.person])
    case .presentationAdded(let body): addPeople(of: body.session, and: body.presentation.people)
    case .presentationRevised(let body): addPeople(of: body.session, and: body.presentation.people)
    case .presentationsOrdered(let body): addPeople(of: body.session)
    case .presentationWithdrawn(let body): addPeople(of: body.session)
    case .roomAdded(let body):
      if let venue = body.details.venue { add(venue.tag) }
      addRoomAndItsSessions(body.room)
    case .roomRevised(let body):
      if let venue = body.changes.venue { add(venue.tag) }
      addRoomAndItsSessions(body.room)
      if body.changes.fields.contains(.venue) { addWholeProgram() }
    case .roomClosed(let body): addRoomAndItsSessions(body.room)
    case .roomHoursSet(let body): addRoomAndItsSessions(body.room)
    case .roomClosureStated(let body): addRoomAndItsSessions(body.room)
    case .conferenceRevised(let body):
      for field in body.changes.fields {
        switch field.boundary {
        case .conference: break
        case .lostDays: for day in lostDays(body.changes) { addDay(day) }
        case .wholeProgram: addWholeProgram()
        }
      }
    case .travelTimeSet: addWholeProgram()
    case .conferenceOpened, .organisationRoleAssigned, .venueAdded, .venueRevised, .venueRemoved,
      .roomReopened, .roomClosureRemoved, .trackAdded, .trackRevised, .trackRemoved, .sessionCancelled,
      .sessionUnscheduled, .conflictWaived, .programReleased, .documentPrinted, .noticesSent,
      .fileImported, .importUndone, .conferenceClosed, .conferenceArchived, .conferenceReopened:
      break
    }
  }

  /// The days that a revision removes from the conference.
  private func lostDays(_ changes: ConferenceDetails.Changes) -> [CalendarDate] {
    guard let known = state.conference else { return [] }
    let left = (changes.firstDay ?? known.firstDay, changes.lastDay ?? known.lastDay)
    return (known.firstDay.daysSince1970...known.lastDay.daysSince1970).map(CalendarDate.init(daysSince1970:))
      .filter { $0 < left.0 || left.1 < $0 }
  }
}
