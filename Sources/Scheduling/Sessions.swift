package import EventLog
import People
package import Vocabulary

/// Which session is where and when, and who has which part in it.
package enum Sessions: Decider {
  package struct State: Sendable, Equatable {
    struct Session: Sendable, Equatable {
      var particulars: SessionScheduled
      var cancelled = false
      var parts: [Part] = []
      /// The parts that somebody had and has no more.
      var formerParts: Set<Part> = []

      mutating func remove(_ isMeant: (Part) -> Bool) {
        formerParts.formUnion(parts.filter(isMeant))
        parts.removeAll(where: isMeant)
      }
    }

    /// Where a session is, and who put it there.
    struct Place: Sendable, Equatable {
      var slot: Slot
      var origin: Origin
    }

    struct Person: Sendable, Equatable {
      var name: PersonName
      var withdrawn = false
    }

    var conference: ConferenceOpened?
    var rooms: [RoomID: Bool] = [:]  // whether open
    var tracks: Set<TrackID> = []
    var people: [PersonID: Person] = [:]
    /// The sessions that the command names.
    var sessions: [SessionID: Session] = [:]
    /// Every session that has a place in one of the boundary's rooms; a cancelled one has none. One
    /// that came from elsewhere is known by its move alone.
    var places: [SessionID: Place] = [:]
  }

  /// A person's part in a session.
  package struct Part: Codable, Sendable, Hashable {
    package var role: SessionRole
    package var person: PersonID
    package init(_ role: SessionRole, _ person: PersonID) {
      self.role = role
      self.person = person
    }
  }

  package enum Command: Codable, Sendable {
    case schedule(SessionScheduled, [Part])
    /// Another slot; what is nil stays. A start without an end keeps the session's length by the clock; who
    /// knows the zone's rules gives the end, since the clocks may be changed in between.
    case move(SessionID, room: RoomID?, start: ZonedTime?, end: ZonedTime?)
    case revise(SessionRevised)
    case cancel(SessionID)
    case assign(SessionID, Part)
    case unassign(SessionID, Part)
  }

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case notOpen
    case slugTaken(SessionID, LocalizedText)
    case unknownSession(SessionID)
    case cancelled(SessionID)
    case unknownRoom(RoomID)
    case closedRoom(RoomID)
    case unknownTrack(TrackID)
    case unknownPerson(PersonID)
    case withdrawnPerson(PersonID)
    case invalidSlot(InvalidValue)
    case outsideConference(Slot, CalendarDate, CalendarDate)
    case roomTaken(Slot, by: SessionID, Slot, Origin)
    case notAssigned(SessionID, Part)

    package var description: String {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.description
      case .slugTaken(let session, let title):
        "“\(session)” already names the session “\(title.best([.english]).text)”; choose another name, "
          + "or use “session move” or “session revise”."
      case .unknownSession(let session):
        "There is no session “\(session)”; see “session list”."
      case .cancelled(let session):
        "The session “\(session)” was cancelled; schedule a new one under another name."
      case .unknownRoom(let room): Rooms.Refusal.unknown(room).description
      case .closedRoom(let room): Rooms.Refusal.closed(room).description
      case .unknownTrack(let track):
        "There is no track “\(track)”; see “track list”, or add it with “track add \(track) --name …”."
      case .unknownPerson(let person): Speakers.Refusal.unknown(person).description
      case .withdrawnPerson(let person):
        "The speaker “\(person)” has withdrawn and takes no part."
      case .invalidSlot(let reason): reason.description
      case .outsideConference(let slot, let first, let last):
        "The session would take place on \(slot.start.date), outside the conference's days "
          + "(\(first)\(first == last ? "" : " to \(last)")); see “conference revise --first-day, --last-day”."
      case .roomTaken(let wanted, let other, let slot, let origin):
        "The room “\(wanted.room)” is taken \(slot.times) by the session “\(other)”, which "
          + "\(origin.actor) put there at \(origin.recordedAt); choose another room or time."
      case .notAssigned(let session, let part):
        "“\(part.person)” is not \(part.role.rawValue) of “\(session)”; see “session show \(session)”."
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  /// The session, whatever else happens in the room that it is to have, and the people and the track
  /// that the command names.
  ///
  /// A move that names no room stays in the session's own, which is known once the session was read.
  package static func boundary(of command: Command, in state: State) -> Query {
    switch command {
    case .schedule(let wanted, let parts):
      .tagged(
        anyOf: [.conference, wanted.session.tag, wanted.slot.room.tag]
          + (wanted.track.map { [$0.tag] } ?? []) + parts.map(\.person.tag))
    case .move(let session, let room, _, _):
      .tagged(
        anyOf: [.conference, session.tag]
          + ((room ?? state.places[session]?.slot.room).map { [$0.tag] } ?? []))
    case .revise(let wanted):
      .tagged(anyOf: [.conference, wanted.session.tag] + (wanted.track.map { [$0.tag] } ?? []))
    case .cancel(let session): .tagged(.conference, session.tag)
    case .assign(let session, let part), .unassign(let session, let part):
      .tagged(.conference, session.tag, part.person.tag)
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard let conference = state.conference else { throw .notOpen }
    switch command {
    case .schedule(let wanted, let parts):
      if let known = state.sessions[wanted.session] {
        guard known.particulars == wanted, Set(known.parts) == Set(parts), !known.cancelled else {
          throw .slugTaken(wanted.session, known.particulars.title)
        }
        return []
      }
      if let track = wanted.track, !state.tracks.contains(track) { throw .unknownTrack(track) }
      try check(wanted.slot, of: wanted.session, conference, state)
      for part in parts { try check(part.person, state) }
      var seen: Set<Part> = []
      return [.sessionScheduled(wanted)]
        + parts.filter { seen.insert($0).inserted }.map {
          .personAssigned(
            PersonAssigned(session: wanted.session, person: $0.person, role: $0.role))
        }
    case .move(let id, let room, let start, let end):
      let session = try existing(id, state)
      let from = session.particulars.slot
      let to: Slot
      do {
        let begin = start ?? from.start
        to = try Slot(
          room: room ?? from.room, start: begin,
          end: end ?? (begin == from.start ? from.end : begin.advanced(by: from.minutes)))
      } catch { throw .invalidSlot(error) }
      if to == from { return [] }
      try check(to, of: id, conference, state)
      return [.sessionMoved(SessionMoved(session: id, from: from, to: to))]
    case .revise(let wanted):
      let known = try existing(wanted.session, state).particulars
      if let track = wanted.track, !state.tracks.contains(track) { throw .unknownTrack(track) }
      let revised = SessionRevised(
        session: wanted.session, title: changed(known.title, wanted.title),
        kind: changed(known.kind, wanted.kind), track: changed(known.track, wanted.track),
        description: changed(known.description, wanted.description),
        languages: changed(known.languages, wanted.languages))
      let nothing = SessionRevised(
        session: wanted.session, title: nil, kind: nil, track: nil, description: nil,
        languages: nil)
      return revised == nothing ? [] : [.sessionRevised(revised)]
    case .cancel(let id):
      guard let session = state.sessions[id] else { throw .unknownSession(id) }
      if session.cancelled { return [] }
      return [.sessionCancelled(SessionCancelled(session: id, slot: session.particulars.slot))]
    case .assign(let id, let part):
      let session = try existing(id, state)
      try check(part.person, state)
      if session.parts.contains(part) { return [] }
      return [
        .personAssigned(PersonAssigned(session: id, person: part.person, role: part.role))
      ]
    case .unassign(let id, let part):
      let session = try existing(id, state)
      if session.formerParts.contains(part), !session.parts.contains(part) { return [] }
      guard session.parts.contains(part) else { throw .notAssigned(id, part) }
      return [
        .personUnassigned(PersonUnassigned(session: id, person: part.person, role: part.role))
      ]
    }
  }

  private static func existing(_ id: SessionID, _ state: State) throws(Refusal) -> State.Session {
    guard let session = state.sessions[id] else { throw .unknownSession(id) }
    if session.cancelled { throw .cancelled(id) }
    return session
  }

  private static func check(_ person: PersonID, _ state: State) throws(Refusal) {
    guard let known = state.people[person] else { throw .unknownPerson(person) }
    if known.withdrawn { throw .withdrawnPerson(person) }
  }

  private static func check(
    _ slot: Slot, of session: SessionID, _ conference: ConferenceOpened, _ state: State
  ) throws(Refusal) {
    guard let open = state.rooms[slot.room] else { throw .unknownRoom(slot.room) }
    if !open { throw .closedRoom(slot.room) }
    guard (conference.firstDay...conference.lastDay).contains(slot.start.date) else {
      throw .outsideConference(slot, conference.firstDay, conference.lastDay)
    }
    let clash = state.places
      .filter { $0.key != session && $0.value.slot.room == slot.room && $0.value.slot.overlaps(slot) }
      .min { ($0.value.slot.start, $0.key) < ($1.value.slot.start, $1.key) }
    if let clash {
      throw .roomTaken(slot, by: clash.key, clash.value.slot, clash.value.origin)
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try PeopleEvent(event) {
    case .speakerRegistered(let body): state.people[body.person] = .init(name: body.name)
    case .speakerRevised(let body):
      if let name = body.name { state.people[body.person]?.name = name }
    case .speakerWithdrawn(let body):
      state.people[body.person]?.withdrawn = true
      for id in state.sessions.keys {
        state.sessions[id]?.remove { $0.person == body.person }
      }
    case .affiliationStated, .affiliationRemoved, .attendeeRegistered, .attendeeRevised,
      .attendeeCheckedIn, .attendeeWithdrawn, .personErased, nil:
      break
    }
    switch try SchedulingEvent(event) {
    case .conferenceOpened(let body): state.conference = body
    case .conferenceRevised(let body): state.conference?.apply(body)
    case .roomAdded(let body): state.rooms[body.room] = true
    case .roomClosed(let body): state.rooms[body.room] = false
    case .trackAdded(let body): state.tracks.insert(body.track)
    case .sessionScheduled(let body):
      state.sessions[body.session] = .init(particulars: body)
      state.places[body.session] = .init(slot: body.slot, origin: event.origin)
    case .sessionMoved(let body):
      state.sessions[body.session]?.particulars.slot = body.to
      state.places[body.session] = .init(slot: body.to, origin: event.origin)
    case .sessionRevised(let body): state.sessions[body.session]?.particulars.apply(body)
    case .sessionCancelled(let body):
      state.sessions[body.session]?.cancelled = true
      state.places[body.session] = nil
    case .personAssigned(let body):
      state.sessions[body.session]?.parts.append(Part(body.role, body.person))
    case .personUnassigned(let body):
      state.sessions[body.session]?.remove { $0 == Part(body.role, body.person) }
    case .organisationRoleAssigned, .roomRevised, .programReleased, nil: break
    }
  }
}

extension SessionScheduled {
  /// What the session is after a revision.
  package mutating func apply(_ revision: SessionRevised) {
    title = revision.title ?? title
    kind = revision.kind ?? kind
    track = revision.track ?? track
    description = revision.description ?? description
    languages = revision.languages ?? languages
  }
}
