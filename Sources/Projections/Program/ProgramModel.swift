package import EventLog
import People
import Scheduling
import Vocabulary

/// The program: the conference, its rooms and tracks, the sessions and who has which part in them.
package struct ProgramModel: ReadModel {
  package static let name = "program"
  package static let revision = 1

  package private(set) var conferences = Table<ConferenceRow>()
  package private(set) var rooms = Table<RoomRow>()
  package private(set) var tracks = Table<TrackRow>()
  package private(set) var sessions = Table<SessionRow>()
  package private(set) var people = Table<PersonRow>()
  package private(set) var releases = Table<ReleaseRow>()

  package init() {}

  package mutating func visit(_ visitor: inout some TableVisitor) throws {
    try visitor.visit(&conferences)
    try visitor.visit(&rooms)
    try visitor.visit(&tracks)
    try visitor.visit(&sessions)
    try visitor.visit(&people)
    try visitor.visit(&releases)
  }

  package mutating func apply(_ event: ConferenceEvent, _ origin: Origin) throws {
    switch event {
    case .scheduling(let event):
      try apply(event, origin)
      if case .programReleased = event { break }
      try change()
    case .people(let event):
      try apply(event, origin)
      if event.isAboutSpeakers { try change() }
    case .record: break
    }
  }

  /// The program is no longer what was released.
  private mutating func change() throws {
    guard try conferences.row(ConferenceRow.only)?.released != nil else { return }
    try conferences.update(ConferenceRow.only) { $0.released = nil }
  }

  private mutating func apply(_ event: SchedulingEvent, _ origin: Origin) throws {
    switch event {
    case .conferenceOpened(let body):
      conferences.put(ConferenceRow(particulars: body, organisations: []))
    case .conferenceRevised(let body):
      try conferences.update(ConferenceRow.only) { $0.particulars.apply(body) }
    case .organisationRoleAssigned(let body):
      try conferences.update(ConferenceRow.only) { $0.organisations.append(body) }
    case .roomAdded(let body):
      rooms.put(RoomRow(particulars: body, ordinal: origin.position, closed: false))
    case .roomRevised(let body):
      try rooms.update(body.room.slug) { $0.particulars.apply(body) }
    case .roomClosed(let body):
      try rooms.update(body.room.slug) { $0.closed = true }
    case .trackAdded(let body):
      tracks.put(TrackRow(particulars: body, ordinal: origin.position))
    case .sessionScheduled(let body):
      sessions.put(SessionRow(particulars: body, origin))
    case .sessionMoved(let body):
      try sessions.update(body.session.slug) {
        $0.particulars.slot = body.to
        $0.placedBy = origin
        $0.change(origin)
      }
    case .sessionRevised(let body):
      try sessions.update(body.session.slug) {
        $0.particulars.apply(body)
        $0.change(origin)
      }
    case .sessionCancelled(let body):
      try sessions.update(body.session.slug) {
        $0.cancelled = true
        $0.change(origin)
      }
    case .personAssigned(let body):
      let part = Sessions.Part(body.role, body.person)
      try sessions.existing(body.session.slug)
      try people.update(body.person.slug) { person in
        if !person.sessions.contains(body.session) { person.sessions.append(body.session) }
      }
      try sessions.update(body.session.slug) {
        $0.parts.append(part)
        $0.change(origin)
      }
    case .personUnassigned(let body):
      try people.existing(body.person.slug)
      try sessions.update(body.session.slug) {
        $0.parts.removeAll { $0 == Sessions.Part(body.role, body.person) }
        $0.change(origin)
      }
      let stays = try sessions.row(body.session.slug)?.parts.contains { $0.person == body.person }
      if stays != true {
        try people.update(body.person.slug) { $0.sessions.removeAll { $0 == body.session } }
      }
    case .programReleased(let body):
      try conferences.update(ConferenceRow.only) { $0.released = body.version }
      releases.put(ReleaseRow(particulars: body, origin: origin))
    }
  }

  private mutating func apply(_ event: PeopleEvent, _ origin: Origin) throws {
    switch event {
    case .speakerRegistered(let body):
      people.put(PersonRow(person: body.person, name: body.name, biography: body.biography))
    case .speakerRevised(let body):
      try people.update(body.person.slug) {
        $0.name = body.name ?? $0.name
        $0.biography = body.biography.map { [old = $0.biography] in old?.merging($0) ?? $0 } ?? $0.biography
      }
    case .affiliationStated(let body):
      try people.update(body.person.slug) {
        $0.affiliations.append(.init(number: body.number, affiliation: body.affiliation))
      }
    case .affiliationRemoved(let body):
      try people.update(body.person.slug) { $0.affiliations.removeAll { $0.number == body.number } }
    case .speakerWithdrawn(let body):
      let session = try people.existing(body.person.slug).sessions
      for id in session { try sessions.existing(id.slug) }
      try people.update(body.person.slug) {
        $0.withdrawn = true
        $0.sessions = []
      }
      for id in session {
        try sessions.update(id.slug) {
          $0.parts.removeAll { $0.person == body.person }
          $0.change(origin)
        }
      }
    case .attendeeRegistered, .attendeeRevised, .attendeeCheckedIn, .attendeeWithdrawn, .personErased:
      break
    }
  }
}

extension ProgramModel {
  /// The conference; nil before it was opened.
  package var conference: ConferenceRow? { conferences[ConferenceRow.only] }

  /// The sessions in the order of a program: by start, then room, then name.
  package var orderedSessions: [SessionRow] {
    sessions.rows.sorted {
      ($0.slot.start, $0.slot.room, $0.id) < ($1.slot.start, $1.slot.room, $1.id)
    }
  }

  package var orderedRooms: [RoomRow] { rooms.rows.sorted { $0.ordinal < $1.ordinal } }
  package var orderedTracks: [TrackRow] { tracks.rows.sorted { $0.ordinal < $1.ordinal } }

  /// The people in the order of an index.
  package var orderedPeople: [PersonRow] {
    people.rows.sorted {
      ($0.name.sortKey.lowercased(), $0.person) < ($1.name.sortKey.lowercased(), $1.person)
    }
  }

  package var orderedReleases: [ReleaseRow] {
    releases.rows.sorted { $0.origin.position < $1.origin.position }
  }
}

extension PeopleEvent {
  /// Speakers are in the program, attendees are not.
  fileprivate var isAboutSpeakers: Bool {
    switch self {
    case .speakerRegistered, .speakerRevised, .affiliationStated, .affiliationRemoved,
      .speakerWithdrawn:
      true
    case .attendeeRegistered, .attendeeRevised, .attendeeCheckedIn, .attendeeWithdrawn, .personErased:
      false
    }
  }
}
