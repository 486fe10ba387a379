import EventLog
import People
import Vocabulary

/// What was so before a command, after it, and is so now; and what leads back.
struct Past {
  private let command: Undo.Command
  private let undone: [RecordedEvent]
  private let later: [RecordedEvent]
  private let before: Side
  private let after: Side
  private let now: Side

  /// All that can be undone, at one position.
  private struct Side {
    var timetable = Timetable()
    var speakers: [PersonID: Speakers.State] = [:]
    var attendees: [AttendeeID: Attendees.State] = [:]

    /// What could not be read would have stopped the reading before.
    mutating func take(_ event: RecordedEvent) {
      try? timetable.evolve(event)
      for tag in event.tags {
        if let id: PersonID = named("person:", tag) {
          try? Speakers.evolve(&speakers[id, default: Speakers.initial], event)
        } else if let id: AttendeeID = named("attendee:", tag) {
          try? Attendees.evolve(&attendees[id, default: Attendees.initial], event)
        }
      }
    }
  }

  init(_ events: [RecordedEvent], _ command: Undo.Command) {
    self.command = command
    var side = Side()
    var (before, after): (Side?, Side?)
    for event in events {
      if before == nil, event.position >= command.first { before = side }
      if after == nil, event.position > command.last { after = side }
      side.take(event)
    }
    (self.before, self.after, now) = (before ?? side, after ?? side, side)
    undone = events.filter { (command.first...command.last).contains($0.position) }
    later = events.filter { $0.position > command.last }
  }

  func inverse() -> Result<[ProgramOrPeopleEvent], Undo.Refusal> {
    Result { () throws(Undo.Refusal) in
      try refuseFinal()
      let speakers = try undoSpeakers()
      let back = speakers.filter {
        if case .people(.speakerReinstated) = $0 { true } else { false }
      }
      // Whoever comes back, before their assignments; then what was made last first: sessions before rooms.
      return try back + undoSessions() + speakers.filter { !back.contains($0) } + undoAttendees()
        + undoRooms() + undoTracks() + undoVenues() + undoConference()
    }
  }

  private func refuseFinal() throws(Undo.Refusal) {
    for event in undone {
      let why: String? =
        switch event.type {
        case ConferenceOpened.type: "a conference is not undone"
        case OrganisationRoleAssigned.type: "an organisation's role stays"
        case ProgramReleased.type: "the program was published; release another version"
        case DocumentPrinted.type: "it was printed"
        case NoticesSent.type: "people were told"
        case PersonErased.type: "what was erased is gone"
        case AttendeeWithdrawn.type: "register them anew, under another name"
        default:
          (try? ProgramOrPeopleEvent(event)) == nil
            ? "the record is corrected, not undone; see “statement correct” and “statement retract”" : nil
        }
      if let why { throw .final(type: event.type, position: event.position, why: why) }
    }
  }

  /// - Returns: whether something has to lead back from `after` to `before`.
  private func mustRestore<Value: Equatable>(
    _ what: String, _ tag: Tag, _ value: (Side) -> Value
  ) throws(Undo.Refusal) -> Bool {
    let (b, a, n) = (value(before), value(after), value(now))
    if b == a || n == b { return false }
    guard n == a else { throw changed(what, tag) }
    return true
  }

  private func changed(_ what: String, _ tag: Tag) -> Undo.Refusal {
    let event = later.last { $0.tags.contains(tag.text) }
    return .changedSince(what: what, by: event?.origin, type: event?.type)
  }

  private func ids<Kind>(_ prefix: String, _: Identifier<Kind>.Type) -> [Identifier<Kind>] {
    Set(undone.flatMap(\.tags).compactMap { named(prefix, $0) as Identifier<Kind>? }).sorted()
  }

  // MARK: Sessions

  private func undoSessions() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var ids = Set(ids("session:", SessionID.self))
    if undone.contains(where: { $0.type == SpeakerWithdrawn.type }) {
      for person in self.ids("person:", PersonID.self) {
        ids.formUnion(before.timetable.sessions(of: person))
      }
    }
    var events: [ProgramOrPeopleEvent] = []
    for id in ids.sorted() { events += try undo(id).map { .scheduling($0) } }
    return events
  }

  private func undo(_ id: SessionID) throws(Undo.Refusal) -> [SchedulingEvent] {
    func shown(_ side: Side) -> ShownSession? { side.timetable.sessions[id].flatMap(ShownSession.init) }
    guard let a = shown(after), let n = shown(now) else { return [] }
    let what = "The session “\(id)”"
    guard let b = shown(before) else {
      if n.status == .unscheduled { return [] }
      guard n == a else { throw changed(what, id.tag) }
      return [.sessionUnscheduled(SessionUnscheduled(session: id, slots: n.numbered))]
    }
    var events: [SchedulingEvent] = []
    // Slots before the status: a reinstatement names them as they then are.
    for number in Set(b.slots.keys).union(a.slots.keys).sorted()
    where try mustRestore("\(what) (slot \(number))", id.tag, { shown($0)?.slots[number] }) {
      switch (b.slots[number], n.slots[number]) {
      case (let to?, let from?):
        events.append(
          .sessionMoved(SessionMoved(session: id, from: from, to: to, number: number)))
      case (let slot?, nil):
        events.append(.slotAdded(SlotAdded(session: id, number: number, slot: slot)))
      case (nil, let slot?):
        events.append(.slotRemoved(SlotRemoved(session: id, number: number, slot: slot)))
      case (nil, nil): break
      }
    }
    if try mustRestore(what, id.tag, { shown($0)?.status }) {
      let slots = b.numbered
      switch b.status {
      case .scheduled:
        events.append(
          .sessionReinstated(
            SessionReinstated(session: id, slots: slots, kind: b.details.kind)))
      case .cancelled:
        guard let first = slots.first else { break }
        let further = slots.dropFirst(first.number == 1 ? 1 : 0)
        events.append(
          .sessionCancelled(
            SessionCancelled(
              session: id, slot: first.slot, further: further.isEmpty ? nil : Array(further))))
      case .unscheduled:
        events.append(.sessionUnscheduled(SessionUnscheduled(session: id, slots: slots)))
      }
    }
    events += try undoDetails(of: id, b.details, shown)
    for assignment in Set(b.assignments).union(a.assignments).sorted(by: {
      ($0.person, $0.role) < ($1.person, $1.role)
    })
    where try mustRestore(
      "\(what) (\(assignment.person))", id.tag, { shown($0)?.assignments.contains(assignment) })
    {
      events.append(
        b.assignments.contains(assignment)
          ? .personAssigned(PersonAssigned(session: id, person: assignment.person, role: assignment.role))
          : .personUnassigned(PersonUnassigned(session: id, person: assignment.person, role: assignment.role))
      )
    }
    return events + (try undoPresentations(of: id, a, b, n, shown))
  }

  private func undoDetails(
    of id: SessionID, _ b: SessionScheduled, _ shown: (Side) -> ShownSession?
  ) throws(Undo.Refusal) -> [SchedulingEvent] {
    var revised = SessionRevised(session: id)
    var cleared: [SessionRevised.Field] = []
    func restore<Value: Equatable>(_ field: KeyPath<SessionScheduled, Value>) throws(Undo.Refusal)
      -> Bool
    {
      try mustRestore("The session “\(id)”", id.tag) { shown($0)?.details[keyPath: field] }
    }
    if try restore(\.title) { revised.title = b.title }
    if try restore(\.kind) { revised.kind = b.kind }
    if try restore(\.languages) { revised.languages = b.languages }
    if try restore(\.track) {
      revised.formerTrack = shown(now)?.details.track
      if let track = b.track { revised.track = track } else { cleared.append(.track) }
    }
    if try restore(\.description) {
      if let text = b.description { revised.description = text } else { cleared.append(.description) }
    }
    if try restore(\.interpretation) {
      if let into = b.interpretation {
        revised.interpretation = into
      } else {
        cleared.append(.interpretation)
      }
    }
    if try restore(\.links) {
      if let links = b.links { revised.links = links } else { cleared.append(.links) }
    }
    if try restore(\.expected) {
      if let expected = b.expected { revised.expected = expected } else { cleared.append(.expected) }
    }
    if try restore(\.needs) {
      if let needs = b.needs { revised.needs = needs } else { cleared.append(.needs) }
    }
    if !cleared.isEmpty { revised.cleared = cleared }
    return revised == SessionRevised(session: id) ? [] : [.sessionRevised(revised)]
  }

  private func undoPresentations(
    of id: SessionID, _ a: ShownSession, _ b: ShownSession, _ n: ShownSession,
    _ shown: (Side) -> ShownSession?
  ) throws(Undo.Refusal) -> [SchedulingEvent] {
    var events: [SchedulingEvent] = []
    var now = n.presentations
    for presentation in Set(b.presentations.map(\.presentation)).union(a.presentations.map(\.presentation))
      .sorted()
    {
      func one(_ session: ShownSession?) -> Presentation? {
        session?.presentations.first { $0.presentation == presentation }
      }
      guard
        try mustRestore(
          "The presentation “\(presentation)”", presentation.tag, { one(shown($0)) })
      else { continue }
      switch (one(b), one(n)) {
      case (let old?, let new?):
        events.append(
          .presentationRevised(
            PresentationRevised(session: id, presentation: old, formerPeople: new.people)))
      case (let old?, nil):
        events.append(.presentationAdded(PresentationAdded(session: id, presentation: old)))
        now.append(old)
      case (nil, let new?):
        events.append(
          .presentationWithdrawn(
            PresentationWithdrawn(session: id, presentation: presentation, people: new.people)))
        now.removeAll { $0.presentation == presentation }
      case (nil, nil): break
      }
    }
    let (order, wanted) = (now.map(\.presentation), b.presentations.map(\.presentation))
    let wasReordered = a.presentations.map(\.presentation) != wanted
    if wasReordered, Set(order) == Set(wanted), order != wanted {
      events.append(.presentationsOrdered(PresentationsOrdered(session: id, order: wanted)))
    }
    return events
  }

  // MARK: Rooms, tracks, venues, the conference

  private func undoRooms() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [SchedulingEvent] = []
    for id in ids("room:", RoomID.self) {
      func room(_ side: Side) -> Timetable.Room? { side.timetable.rooms[id] }
      guard let n = room(now), room(after) != nil else { continue }
      let what = "The room “\(id)”"
      guard let b = room(before) else {
        if n.closed { continue }
        guard n == room(after) else { throw changed(what, id.tag) }
        if let user = now.timetable.sessions(in: id).sorted().first(where: { isStillLive($0) }) {
          throw .inUse(what: what, by: "“\(user)” takes place in it")
        }
        events.append(.roomClosed(RoomClosed(room: id)))
        continue
      }
      var revised = RoomRevised(room: id)
      var cleared: [RoomRevised.Field] = []
      func restore<Value: Equatable>(_ field: KeyPath<RoomAdded, Value>) throws(Undo.Refusal) -> Bool {
        try mustRestore(what, id.tag) { room($0)?.details[keyPath: field] }
      }
      let old = b.details
      if try restore(\.name) { revised.name = old.name }
      if try restore(\.capacity) {
        if let value = old.capacity { revised.capacity = value } else { cleared.append(.capacity) }
      }
      if try restore(\.note) {
        if let value = old.note { revised.note = value } else { cleared.append(.note) }
      }
      if try restore(\.venue) {
        if let value = old.venue { revised.venue = value } else { cleared.append(.venue) }
      }
      if try restore(\.features) {
        if let value = old.features { revised.features = value } else { cleared.append(.features) }
      }
      if !cleared.isEmpty { revised.cleared = cleared }
      if revised != RoomRevised(room: id) { events.append(.roomRevised(revised)) }
      if try mustRestore(what, id.tag, { room($0)?.closed }) {
        events.append(
          b.closed ? .roomClosed(RoomClosed(room: id)) : .roomReopened(RoomReopened(room: id)))
      }
      if try mustRestore("\(what) (opening hours)", id.tag, { room($0)?.hours }) {
        events.append(.roomHoursSet(RoomHoursSet(room: id, hours: b.hours)))
      }
      for day in Set(b.hoursOfDay.keys).union(n.hoursOfDay.keys).sorted()
      where try mustRestore("\(what) (\(day))", id.tag, { room($0)?.hoursOfDay[day] }) {
        events.append(.roomHoursSet(RoomHoursSet(room: id, day: day, hours: b.hoursOfDay[day])))
      }
      for number in Set(b.closures.keys).union(n.closures.keys).sorted()
      where try mustRestore("\(what) (closure \(number))", id.tag, { room($0)?.closures[number] }) {
        events.append(
          b.closures[number].map { .roomClosureStated($0) }
            ?? .roomClosureRemoved(RoomClosureRemoved(room: id, number: number)))
      }
    }
    return events.map { .scheduling($0) }
  }

  /// Whether a session takes place now and was not scheduled by what is being undone.
  private func isStillLive(_ id: SessionID) -> Bool {
    guard now.timetable.sessions[id]?.isLive == true else { return false }
    return before.timetable.sessions[id]?.details != nil
      || after.timetable.sessions[id]?.details == nil
  }

  private func undoTracks() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [SchedulingEvent] = []
    for id in ids("track:", TrackID.self) {
      func track(_ side: Side) -> TrackAdded? { side.timetable.tracks[id] }
      let what = "The track “\(id)”"
      guard try mustRestore(what, id.tag, track) else { continue }
      switch (track(before), track(now)) {
      case (let b?, let n?):
        events.append(
          .trackRevised(
            TrackRevised(
              track: id, name: b.name == n.name ? nil : b.name, color: b.color == n.color ? nil : b.color,
              cleared: b.color == nil && n.color != nil ? [.color] : nil)))
      case (let b?, nil): events.append(.trackAdded(b))
      case (nil, _?):
        let user = now.timetable.sessions.keys.sorted().first {
          now.timetable.sessions[$0]?.details?.track == id && isStillLive($0)
        }
        if let user { throw .inUse(what: what, by: "“\(user)” belongs to it") }
        events.append(.trackRemoved(TrackRemoved(track: id)))
      case (nil, nil): break
      }
    }
    return events.map { .scheduling($0) }
  }

  private func undoVenues() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [SchedulingEvent] = []
    let ids = ids("venue:", VenueID.self)
    for id in ids {
      func venue(_ side: Side) -> VenueAdded? { side.timetable.venues[id] }
      let what = "The venue “\(id)”"
      guard try mustRestore(what, id.tag, venue) else { continue }
      switch (venue(before), venue(now)) {
      case (let b?, let n?):
        events.append(
          .venueRevised(
            VenueRevised(
              venue: id, name: b.name == n.name ? nil : b.name,
              address: b.address == n.address ? nil : b.address,
              cleared: b.address == nil && n.address != nil ? [.address] : nil)))
      case (let b?, nil): events.append(.venueAdded(b))
      case (nil, _?):
        let user = now.timetable.rooms.keys.sorted().first {
          now.timetable.rooms[$0]?.details.venue == id
            && before.timetable.rooms[$0] != nil
        }
        if let user { throw .inUse(what: what, by: "the room “\(user)” is in it") }
        events.append(.venueRemoved(VenueRemoved(venue: id)))
      case (nil, nil): break
      }
    }
    let pairs = Set(before.timetable.travelTimes.keys).union(after.timetable.travelTimes.keys)
    for places in pairs.sorted(by: { $0.map(\.description).joined() < $1.map(\.description).joined() })
    where try mustRestore(
      "The travel time between \(places[0]) and \(places[1])", .travel,
      { $0.timetable.travelTimes[places] })
    {
      events.append(
        .travelTimeSet(
          TravelTimeSet(places[0], places[1], minutes: before.timetable.travelTimes[places])))
    }
    return events.map { .scheduling($0) }
  }

  private func undoConference() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    guard undone.contains(where: { $0.type == ConferenceRevised.type }),
      let b = before.timetable.conference
    else { return [] }
    var revised = ConferenceRevised()
    var cleared: [ConferenceRevised.Field] = []
    func restore<Value: Equatable>(_ field: KeyPath<ConferenceOpened, Value>) throws(Undo.Refusal)
      -> Bool
    {
      try mustRestore("The conference", .conference) { $0.timetable.conference?[keyPath: field] }
    }
    if try restore(\.title) { revised.title = b.title }
    if try restore(\.firstDay) { revised.firstDay = b.firstDay }
    if try restore(\.lastDay) { revised.lastDay = b.lastDay }
    if try restore(\.languages) { revised.languages = b.languages }
    if try restore(\.shortTitle) {
      if let text = b.shortTitle { revised.shortTitle = text } else { cleared.append(.shortTitle) }
    }
    if try restore(\.place) {
      if let text = b.place { revised.place = text } else { cleared.append(.place) }
    }
    if try restore(\.welcome) {
      if let text = b.welcome { revised.welcome = text } else { cleared.append(.welcome) }
    }
    if try restore(\.roomChange) {
      if let minutes = b.roomChange { revised.roomChange = minutes } else { cleared.append(.roomChange) }
    }
    if !cleared.isEmpty { revised.cleared = cleared }
    return revised == ConferenceRevised() ? [] : [.scheduling(.conferenceRevised(revised))]
  }

  // MARK: People

  private func undoSpeakers() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [PeopleEvent] = []
    let touching = undone.filter { (try? PeopleEvent($0)) != nil }
    for id in Set(touching.flatMap(\.tags).compactMap { named("person:", $0) as PersonID? }).sorted() {
      let what = "The speaker “\(id)”"
      func speaker(_ side: Side) -> Speakers.State? {
        side.speakers[id].flatMap { $0.status == nil ? nil : $0 }
      }
      guard let a = speaker(after), let n = speaker(now) else { continue }
      guard let b = speaker(before) else {
        if n.status == .withdrawn { continue }
        guard n == a else { throw changed(what, id.tag) }
        if let user = now.timetable.sessions(of: id).sorted().first(where: { isStillLive($0) }) {
          throw .inUse(what: what, by: "they have a part in “\(user)”")
        }
        events.append(.speakerWithdrawn(SpeakerWithdrawn(person: id)))
        continue
      }
      if try mustRestore(what, id.tag, { speaker($0)?.status }) {
        events.append(
          b.status == .withdrawn
            ? .speakerWithdrawn(SpeakerWithdrawn(person: id))
            : .speakerReinstated(SpeakerReinstated(person: id)))
      }
      var revised = SpeakerRevised(person: id)
      var cleared: [SpeakerRevised.Field] = []
      if try mustRestore(what, id.tag, { speaker($0)?.name }) { revised.name = b.name }
      if try mustRestore(what, id.tag, { speaker($0)?.biography }) {
        if let text = b.biography { revised.biography = text } else { cleared.append(.biography) }
      }
      if try mustRestore(what, id.tag, { speaker($0)?.pronunciation }) {
        if let text = b.pronunciation { revised.pronunciation = text } else { cleared.append(.pronunciation) }
      }
      if !cleared.isEmpty { revised.cleared = cleared }
      if revised != SpeakerRevised(person: id) { events.append(.speakerRevised(revised)) }
      if try mustRestore("\(what) (address)", id.tag, { speaker($0)?.contact }) {
        events.append(.contactStated(ContactStated(person: id, contact: b.contact)))
      }
      for number in Set(b.affiliations.keys).union(a.affiliations.keys).sorted()
      where try mustRestore("\(what) (affiliation \(number))", id.tag, { speaker($0)?.affiliations[number] })
      {
        events.append(
          b.affiliations[number].map {
            .affiliationStated(AffiliationStated(person: id, number: number, affiliation: $0))
          } ?? .affiliationRemoved(AffiliationRemoved(person: id, number: number)))
      }
      func away(_ side: Side) -> [Int: UnavailabilityStated] {
        side.timetable.people[id]?.unavailable ?? [:]
      }
      for number in Set(away(before).keys).union(away(after).keys).sorted()
      where try mustRestore("\(what) (time \(number))", id.tag, { away($0)[number] }) {
        events.append(
          away(before)[number].map { .unavailabilityStated($0) }
            ?? .unavailabilityRemoved(UnavailabilityRemoved(person: id, number: number)))
      }
    }
    return events.map { .people($0) }
  }

  private func undoAttendees() throws(Undo.Refusal) -> [ProgramOrPeopleEvent] {
    var events: [PeopleEvent] = []
    for id in ids("attendee:", AttendeeID.self) {
      let what = "The attendee “\(id)”"
      func attendee(_ side: Side) -> Attendees.State? { side.attendees[id] }
      guard let a = attendee(after), let n = attendee(now) else { continue }
      guard let b = attendee(before), b.status != nil else {
        if n.status == .withdrawn || n.status == .erased { continue }
        guard n == a else { throw changed(what, id.tag) }
        events += n.sessions.sorted().map {
          .attendeeSignedOff(AttendeeSignedOff(attendee: id, session: $0))
        }
        events.append(.attendeeWithdrawn(AttendeeWithdrawn(attendee: id)))
        continue
      }
      if try mustRestore(what, id.tag, { attendee($0)?.status }) {
        events.append(
          b.status == .checkedIn
            ? .attendeeCheckedIn(AttendeeCheckedIn(attendee: id))
            : .attendeeCheckedOut(AttendeeCheckedOut(attendee: id)))
      }
      var revised = AttendeeRevised(attendee: id)
      if try mustRestore(what, id.tag, { attendee($0)?.category }) { revised.category = b.category }
      if try mustRestore(what, id.tag, { attendee($0)?.listed }) { revised.listed = b.listed }
      if try mustRestore(what, id.tag, { attendee($0)?.details }) { revised.details = b.details }
      if revised != AttendeeRevised(attendee: id) { events.append(.attendeeRevised(revised)) }
      for session in b.sessions.union(a.sessions).sorted()
      where try mustRestore("\(what) (“\(session)”)", id.tag, { attendee($0)?.sessions.contains(session) }) {
        events.append(
          b.sessions.contains(session)
            ? .attendeeSignedUp(AttendeeSignedUp(attendee: id, session: session))
            : .attendeeSignedOff(AttendeeSignedOff(attendee: id, session: session)))
      }
    }
    return events.map { .people($0) }
  }
}

/// What of a session an undo restores: all that a program shows of it.
private struct ShownSession: Equatable {
  let details: SessionScheduled
  let status: Timetable.Session.Status
  let slots: [Int: Slot]
  let assignments: [RoleAssignment]
  let presentations: [Presentation]

  init?(_ session: Timetable.Session) {
    guard var details = session.details else { return nil }
    slots = session.slots.mapValues(\.slot)
    // The slot that it was first given is told of as slot 1.
    if let first = session.slots[1]?.slot { details.slot = first }
    self.details = details
    status = session.status
    assignments = session.assignments
    presentations = session.presentations
  }

  var numbered: [NumberedSlot] {
    slots.map { NumberedSlot(number: $0.key, slot: $0.value) }.sorted { $0.number < $1.number }
  }
}

private func named<Kind>(_ prefix: String, _ tag: String) -> Identifier<Kind>? {
  guard tag.hasPrefix(prefix) else { return nil }
  return try? Identifier(String(tag.dropFirst(prefix.count)))
}
