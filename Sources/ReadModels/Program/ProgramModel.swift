package import EventLog
import People
package import Scheduling
package import Vocabulary

/// The program: the conference, its rooms and tracks, the sessions, and the people with their roles.
package struct ProgramModel: ReadModel {
  package static let name = "program"

  package internal(set) var conferences = Table<ConferenceRow>()
  package internal(set) var venues = Table<VenueRow>()
  package internal(set) var travelTimes = Table<TravelTimeRow>()
  package internal(set) var rooms = Table<RoomRow>()
  package internal(set) var tracks = Table<TrackRow>()
  package internal(set) var sessions = Table<SessionRow>()
  package internal(set) var people = Table<PersonRow>()
  package internal(set) var releases = Table<ReleaseRow>()
  package internal(set) var prints = Table<PrintRow>()
  package internal(set) var keys = Table<KeysRow<ProgramModel>>()

  package init() {}

  /// Fetches a session, with the rooms and the people that it names.
  package mutating func fetch(_ session: SessionID) throws {
    _ = try keys.row(session.tag.text)
    guard let row = try sessions.row(session.slug) else { return }
    try rooms.fetch(row.slots.map(\.slot.room.slug))
    try people.fetch(row.people.map(\.slug))
  }

  package mutating func visit(_ visitor: inout some TableVisitor) throws {
    try visitor.visit(&conferences)
    try visitor.visit(&venues)
    try visitor.visit(&travelTimes)
    try visitor.visit(&rooms)
    try visitor.visit(&tracks)
    try visitor.visit(&sessions)
    try visitor.visit(&people)
    try visitor.visit(&releases)
    try visitor.visit(&prints)
    try visitor.visit(&keys)
  }

  package mutating func apply(_ event: LoggedEvent, _ origin: Origin) throws {
    switch event {
    case .scheduling(let event):
      let unreleased = try unreleasedChanges(with: event.changedPart.map { [$0] } ?? [])
      try apply(event, origin)
      try note(unreleased)
    case .people(let event):
      let unreleased = try unreleasedChanges(with: changedParts(event))
      try apply(event, origin)
      try note(unreleased)
    case .record, .settingAside: break
    }
  }

  private mutating func apply(_ event: SchedulingEvent, _ origin: Origin) throws {
    switch event {
    case .conferenceOpened(let body):
      conferences.put(ConferenceRow(details: body.details, identity: body.identity, organisations: []))
    case .conferenceRevised(let body):
      try conferences.update(ConferenceRow.only) { body.changes.apply(to: &$0.details) }
    case .organisationRoleAssigned(let body):
      try conferences.update(ConferenceRow.only) { $0.organisations.append(body) }
    case .conferenceClosed: try conferences.update(ConferenceRow.only) { $0.status = .closed }
    case .conferenceArchived: try conferences.update(ConferenceRow.only) { $0.status = .archived }
    case .conferenceReopened: try conferences.update(ConferenceRow.only) { $0.status = .open }
    case .venueAdded(let body):
      venues.put(VenueRow(body, ordinal: origin.position))
    case .venueRevised(let body):
      try venues.update(body.venue.slug) { body.changes.apply(to: &$0.details) }
    case .venueRemoved(let body):
      try venues.mustHave(body.venue.slug)
      venues.remove(body.venue.slug)
    case .travelTimeSet(let body):
      if let minutes = body.minutes {
        travelTimes.put(TravelTimeRow(places: body.places, minutes: minutes))
      } else {
        travelTimes.remove(TravelTimeRow.key(body.places))
      }
    case .roomAdded(let body):
      rooms.put(RoomRow(body, ordinal: origin.position, closed: false))
    case .roomRevised(let body):
      try rooms.update(body.room.slug) { body.changes.apply(to: &$0.details) }
    case .roomClosed(let body):
      try rooms.update(body.room.slug) { $0.closed = true }
    case .roomReopened(let body):
      try rooms.update(body.room.slug) { $0.closed = false }
    case .roomHoursSet(let body):
      try rooms.update(body.room.slug) { room in
        guard let day = body.day else { return room.hours = body.hours }
        room.hoursOfDay.removeAll { $0.day == day }
        if let hours = body.hours { room.hoursOfDay.append(.init(day: day, hours: hours)) }
        room.hoursOfDay.sort { $0.day < $1.day }
      }
    case .roomClosureStated(let body):
      try rooms.update(body.room.slug) { room in
        room.closures.removeAll { $0.number == body.number }
        room.closures.append(body)
        room.closures.sort { $0.number < $1.number }
      }
    case .roomClosureRemoved(let body):
      try rooms.update(body.room.slug) { $0.closures.removeAll { $0.number == body.number } }
    case .trackAdded(let body):
      tracks.put(TrackRow(body, ordinal: origin.position))
    case .trackRevised(let body):
      try tracks.update(body.track.slug) { body.changes.apply(to: &$0.details) }
    case .trackRemoved(let body):
      try tracks.mustHave(body.track.slug)
      tracks.remove(body.track.slug)
    case .sessionScheduled(let body):
      sessions.put(SessionRow(body, origin))
    case .sessionEntered(let body):
      sessions.put(SessionRow(body, origin))
    case .sessionMoved(let body):
      try sessions.update(body.session.slug) { $0.place(body.number ?? 1, body.to, origin) }
    case .slotAdded(let body):
      try sessions.update(body.session.slug) { $0.place(body.number, body.slot, origin) }
    case .slotRemoved(let body):
      try sessions.update(body.session.slug) { $0.removeSlot(body.number, origin) }
    case .sessionRevised(let body):
      try sessions.update(body.session.slug) {
        body.changes.apply(to: &$0.details)
        $0.change(origin)
      }
    case .sessionCancelled(let body): try stand(.cancelled, body.session, origin)
    case .sessionUnscheduled(let body):
      let persons = try sessions.existing(body.session.slug).people
      for person in persons { try people.mustHave(person.slug) }
      try stand(.unscheduled, body.session, origin)
      for person in persons {
        try people.update(person.slug) { row in
          row.sessions.removeAll { $0 == body.session }
          row.unscheduled.append(body.session)
        }
      }
    case .sessionReinstated(let body):
      let persons = try sessions.existing(body.session.slug).people
      for person in persons { try people.mustHave(person.slug) }
      try sessions.update(body.session.slug) { $0.place(body.slots, origin) }
      try stand(.scheduled, body.session, origin)
      for person in persons {
        try people.update(person.slug) { $0.unscheduled.removeAll { $0 == body.session } }
      }
      try join(persons, body.session)
    case .personAssigned(let body):
      try sessions.mustHave(body.session.slug)
      try join([body.person], body.session)
      try sessions.update(body.session.slug) {
        $0.assignments.add(body)
        $0.change(origin)
      }
    case .personUnassigned(let body):
      try people.mustHave(body.person.slug)
      try sessions.update(body.session.slug) {
        $0.assignments.removeAll { $0 == RoleAssignment(body.role, body.person) }
        $0.change(origin)
      }
      try leave([body.person], body.session)
    case .presentationAdded(let body):
      try sessions.mustHave(body.session.slug)
      try join(body.presentation.people, body.session)
      try sessions.update(body.session.slug) {
        $0.presentations.append(body.presentation)
        $0.change(origin)
      }
    case .presentationRevised(let body):
      try sessions.mustHave(body.session.slug)
      for person in body.formerPeople { try people.mustHave(person.slug) }
      try join(body.presentation.people, body.session)
      try sessions.update(body.session.slug) { session in
        let id = body.presentation.presentation
        if let index = session.presentations.firstIndex(where: { $0.presentation == id }) {
          session.presentations[index] = body.presentation
        }
        session.change(origin)
      }
      try leave(body.formerPeople, body.session)
    case .presentationsOrdered(let body):
      try sessions.update(body.session.slug) {
        $0.presentations.order(by: body.order)
        $0.change(origin)
      }
    case .presentationWithdrawn(let body):
      for person in body.people { try people.mustHave(person.slug) }
      try sessions.update(body.session.slug) { session in
        session.presentations.removeAll { $0.presentation == body.presentation }
        session.change(origin)
      }
      try leave(body.people, body.session)
    // `ConflictHistory` finds the waivers that are still valid.
    case .conflictWaived: break
    case .programReleased(let body):
      let left = try unreleasedChanges(after: body)
      try conferences.update(ConferenceRow.only) {
        $0.unreleased = left
        $0.released = left.isEmpty ? body.version : nil
      }
      releases.put(ReleaseRow(details: body, origin: origin))
    case .documentPrinted(let body): prints.put(PrintRow(details: body, origin: origin))
    // The log, not this model, says what people know.
    case .noticesSent: break
    case .fileImported(let body): try keys.take(body.facts, of: body.source, Self.keyed)
    case .importUndone(let body): try keys.take(body.facts, of: body.source, Self.keyed)
    }
  }

  /// What has keys in exports, or is named by them.
  private static let keyed: Set = ["session", "person", "room"]

  private mutating func stand(_ status: SessionStatus, _ id: SessionID, _ origin: Origin)
    throws
  {
    try sessions.update(id.slug) {
      $0.status = status
      $0.statusBy = origin
      $0.change(origin)
    }
  }

  /// Adds the session to these people's sessions.
  private mutating func join(_ persons: [PersonID], _ session: SessionID) throws {
    let isUnscheduled = try sessions.existing(session.slug).status == .unscheduled
    let list = isUnscheduled ? \PersonRow.unscheduled : \PersonRow.sessions
    for person in persons { try people.mustHave(person.slug) }
    for person in persons {
      try people.update(person.slug) { row in
        if !row[keyPath: list].contains(session) { row[keyPath: list].append(session) }
      }
    }
  }

  /// Adds these sessions to a person's.
  private mutating func join(_ ids: [SessionID], of person: PersonID) throws {
    for id in ids { try join([person], id) }
  }

  /// Removes the session from the lists of those of these people who have no role or presentation in it now.
  private mutating func leave(_ persons: [PersonID], _ session: SessionID) throws {
    guard let left = try sessions.row(session.slug)?.people else { return }
    for person in persons where !left.contains(person) {
      try people.update(person.slug) { row in
        row.sessions.removeAll { $0 == session }
        row.unscheduled.removeAll { $0 == session }
      }
    }
  }

  private mutating func apply(_ event: PeopleEvent, _ origin: Origin) throws {
    switch event {
    case .speakerRegistered(let body):
      people.put(PersonRow(person: body.person, details: body.details))
    case .speakerRevised(let body):
      try people.update(body.person.slug) { body.changes.apply(to: &$0.details) }
    case .affiliationStated(let body):
      try people.update(body.person.slug) { person in
        person.affiliations.removeAll { $0.number == body.number }
        person.affiliations.append(.init(number: body.number, affiliation: body.affiliation))
        person.affiliations.sort { $0.number < $1.number }
      }
    case .affiliationRemoved(let body):
      try people.update(body.person.slug) { $0.affiliations.removeAll { $0.number == body.number } }
    case .speakerWithdrawn(let body):
      let person = try people.existing(body.person.slug)
      let session = person.sessions + person.unscheduled
      for id in session { try sessions.mustHave(id.slug) }
      try people.update(body.person.slug) {
        $0.withdrawn = true
        $0.sessions = []
        $0.unscheduled = []
      }
      for id in session {
        try sessions.update(id.slug) { session in
          session.assignments.removeAll { $0.person == body.person }
          for index in session.presentations.indices {
            session.presentations[index].people.removeAll { $0 == body.person }
          }
          session.change(origin)
        }
      }
    case .speakerReinstated(let body): try people.update(body.person.slug) { $0.withdrawn = false }
    case .personsMerged(let body):
      try people.mustHave(body.person.slug)
      let merged = try people.existing(body.merged.slug)
      for id in merged.sessions + merged.unscheduled { try sessions.mustHave(id.slug) }
      try join(merged.sessions + merged.unscheduled, of: body.person)
      try people.update(body.merged.slug) {
        $0.mergedInto = body.person
        $0.sessions = []
        $0.unscheduled = []
      }
      for id in merged.sessions + merged.unscheduled {
        try sessions.update(id.slug) { session in
          session.assignments.replace(body.merged, by: body.person)
          for index in session.presentations.indices {
            session.presentations[index].people.replace(body.merged, by: body.person)
          }
          session.change(origin)
        }
      }
    case .personsSeparated(let body): try people.update(body.merged.slug) { $0.mergedInto = nil }
    case .unavailabilityStated(let body):
      try people.update(body.person.slug) { person in
        person.unavailable.removeAll { $0.number == body.number }
        person.unavailable.append(body)
        person.unavailable.sort { $0.number < $1.number }
      }
    case .unavailabilityRemoved(let body):
      try people.update(body.person.slug) { $0.unavailable.removeAll { $0.number == body.number } }
    case .contactStated(let body):
      try people.update(body.person.slug) { $0.contact = body.contact }
    case .personErased(let body):
      guard let person = body.person else { return }
      try people.update(person.slug) {
        $0.details.biography = nil
        $0.details.pronunciation = nil
      }
      keys.erase(person.tag)
    case .attendeeSignedUp(let body):
      try sessions.update(body.session.slug) { $0.signUps += 1 }
    case .attendeeSignedOff(let body):
      try sessions.update(body.session.slug) { $0.signUps -= 1 }
    case .attendeeRegistered, .attendeeRevised, .attendeeCheckedIn, .attendeeCheckedOut, .lateScanRecorded,
      .attendeeWithdrawn, .attendeeReinstated:
      break
    }
  }

  /// Replaces the sessions of a released part by those of a later state of the program, together with the rooms,
  /// tracks and people that they refer to.
  ///
  /// A session is replaced if it was or is in that part, so one that has left the part is neither lost nor
  /// duplicated. ``unreleasedChanges(after:)`` decides in the same way which changes are left.
  mutating func adopt(_ release: ProgramReleased, from later: ProgramModel) {
    func isMeant(_ session: SessionRow) -> Bool { release.contains(session.place(later.conference)) }
    let meant = Set(sessions.rows.filter(isMeant).map(\.id))
      .union(later.sessions.rows.filter(isMeant).map(\.id))
    for id in meant.sorted() {
      // The name of a person who is no longer in it may have changed too.
      var persons = sessions[id.slug]?.people ?? []
      sessions.remove(id.slug)
      keys.adopt(id.tag, from: later.keys)
      if let session = later.sessions[id.slug] {
        sessions.put(session)
        persons += session.people
        for slot in session.slots {
          if let room = later.rooms[slot.slot.room.slug] {
            rooms.put(room)
            keys.adopt(room.id.tag, from: later.keys)
          }
        }
        if let track = session.details.track, let row = later.tracks[track.slug] {
          tracks.put(row)
        }
      }
      for person in persons {
        if let row = later.people[person.slug] {
          people.put(row)
          keys.adopt(person.tag, from: later.keys)
        }
      }
    }
    if let track = release.track, let row = later.tracks[track.slug] { tracks.put(row) }
    for venue in later.venues.rows { venues.put(venue) }
    for release in later.releases.rows { releases.put(release) }
    if var conference {
      conference.released = release.version
      conferences.put(conference)
    }
    reindexPeople()
  }

  /// The program with these sessions only, some of them as cancelled, for a person's calendar.
  ///
  /// - Parameter earlier: has the sessions that this program no longer has.
  package func only(
    _ kept: Set<SessionID>, cancelled: Set<SessionID>, earlier: ProgramModel
  ) -> ProgramModel {
    var program = self
    program.sessions = Table()
    for id in kept.subtracting(cancelled).sorted() {
      if let session = sessions[id.slug] { program.sessions.put(session) }
    }
    for id in cancelled.sorted() {
      guard var session = sessions[id.slug] ?? earlier.sessions[id.slug] else { continue }
      session.status = .cancelled
      if sessions[id.slug] == nil {
        // Calendars ignore a cancellation with the same sequence number.
        for index in session.slots.indices { session.slots[index].sequence += 1 }
        for slot in session.slots where rooms[slot.slot.room.slug] == nil {
          if let room = earlier.rooms[slot.slot.room.slug] { program.rooms.put(room) }
        }
      }
      program.sessions.put(session)
    }
    return program
  }

  /// Removes sessions as if they had never been scheduled.
  mutating func removeSessions(_ forgotten: Set<SessionID>) {
    if forgotten.isEmpty { return }
    for session in forgotten {
      sessions.remove(session.slug)
      keys.remove(session.tag.text)
    }
    reindexPeople()
  }

  /// Takes out the removed slots that an earlier state of the program never had.
  mutating func forgetRemovedSlots(unlessIn earlier: ProgramModel?) {
    for var session in Array(sessions.rows) where session.slots.contains(where: \.removed) {
      let known = Set((earlier?.sessions[session.key]?.slots ?? []).map(\.number))
      let kept = session.slots.filter { !$0.removed || known.contains($0.number) }
      // A session has at least one slot.
      if kept.isEmpty || kept.count == session.slots.count { continue }
      session.slots = kept
      sessions.put(session)
    }
  }

  /// Rebuilds each person's list of sessions, ordered by first slot.
  private mutating func reindexPeople() {
    var listed: [PersonID: [SessionID]] = [:]
    for session in sessionsByFirstSlot {
      for person in session.people { listed[person, default: []].append(session.id) }
    }
    for var person in Array(people.rows) {
      person.sessions = listed[person.person] ?? []
      people.put(person)
    }
  }
}

extension ProgramModel {
  /// By which other programs know each speaker: first the own keys, then those of who was merged into them.
  package var keysOfPeople: [PersonID: [ImportedKey]] {
    var found: [PersonID: [ImportedKey]] = [:]
    let (own, merged) = (
      people.rows.filter { $0.mergedInto == nil }, people.rows.filter { $0.mergedInto != nil }
    )
    for person in own + merged.sorted(by: { $0.person < $1.person }) {
      let keys = keys.of(person.person.tag)
      if !keys.isEmpty { found[kept(person.person), default: []] += keys }
    }
    return found
  }

  /// The conference; nil before it was opened.
  package var conference: ConferenceRow? { conferences[ConferenceRow.only] }

  /// The day of the conference on which a slot begins.
  package func day(of slot: Slot) -> CalendarDate {
    conference?.details.day(of: slot.start) ?? slot.start.date
  }

  package var orderedRooms: [RoomRow] { rooms.rows.sorted { $0.ordinal < $1.ordinal } }
  package var orderedVenues: [VenueRow] { venues.rows.sorted { $0.ordinal < $1.ordinal } }
  package var orderedTracks: [TrackRow] { tracks.rows.sorted { $0.ordinal < $1.ordinal } }

  /// The people in index order, without those who were merged with others.
  package var orderedPeople: [PersonRow] {
    people.rows.filter { $0.mergedInto == nil }.inIndexOrder(of: \.name.sortKey, then: \.person)
  }

  /// Who somebody is: the one who stayed, if they were registered twice.
  package func kept(_ person: PersonID) -> PersonID {
    var kept = person
    while let next = people[kept.slug]?.mergedInto { kept = next }
    return kept
  }

  /// Who these people are, each once.
  package func kept(_ persons: [PersonID]) -> [PersonID] {
    var seen: Set<PersonID> = []
    return persons.map { kept($0) }.filter { seen.insert($0).inserted }
  }

  /// The same by the short name, as texts have it. Who is not registered is nobody else.
  package func kept(_ slug: String) -> String {
    people[slug]?.mergedInto.map { kept($0).slug } ?? slug
  }

  package var orderedReleases: [ReleaseRow] {
    releases.rows.sorted { $0.origin.position < $1.origin.position }
  }

  /// In the order in which they were printed.
  package var orderedPrints: [PrintRow] { prints.rows.sorted { $0.number < $1.number } }
}
