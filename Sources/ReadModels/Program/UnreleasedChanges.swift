import EventLog
import People
import Scheduling
import Vocabulary

/// What has changed in the program since it was released.
struct UnreleasedChanges: Codable, Sendable, Hashable {
  /// Where a session was in the program as released. A release of a part finds the session there too.
  struct Place: Codable, Sendable, Hashable {
    var track: TrackID?
    /// The days on which a slot begins.
    var days: [CalendarDate] = []
    var people: [PersonID] = []
  }

  /// By identifier. The place of a session that was not released is empty, and so in no released part.
  var sessions: [String: Place] = [:]
  var people: [PersonID] = []
  var rooms: [RoomID] = []
  var tracks: [TrackID] = []
  var venues: [VenueID] = []
  /// The conference itself: its title, its days, its organisations.
  var conference = false

  var isEmpty: Bool { self == UnreleasedChanges() }
}

/// A row of the program that an event changes.
enum ChangedPart {
  case conference
  case venue(VenueID)
  case room(RoomID)
  case track(TrackID)
  case session(SessionID)
  case person(PersonID)
}

extension ProgramReleased {
  /// Whether a session at this place is in the released part.
  func contains(_ place: UnreleasedChanges.Place) -> Bool {
    (track == nil || track == place.track) && (day.map(place.days.contains) ?? true)
  }
}

extension SessionRow {
  /// - Parameter conference: says when its days begin.
  func place(_ conference: ConferenceRow?) -> UnreleasedChanges.Place {
    let days = liveSlots.map { conference?.details.day(of: $0.slot.start) ?? $0.slot.start.date }
    return UnreleasedChanges.Place(track: details.track, days: Set(days).sorted(), people: people)
  }
}

extension ProgramModel {
  /// The changes since the release, with those of an event that is about to be applied.
  ///
  /// - Returns: nil if these parts are among them already, and before the first release.
  mutating func unreleasedChanges(with parts: [ChangedPart]) throws -> UnreleasedChanges? {
    guard !parts.isEmpty, let conference = try conferences.row(ConferenceRow.only),
      var changes = conference.unreleased
    else { return nil }
    var isNew = false
    func add<Part: Equatable>(_ part: Part, to list: inout [Part]) {
      if list.contains(part) { return }
      list.append(part)
      isNew = true
    }
    for part in parts {
      switch part {
      case .conference:
        isNew = isNew || !changes.conference
        changes.conference = true
      case .venue(let venue): add(venue, to: &changes.venues)
      case .room(let room): add(room, to: &changes.rooms)
      case .track(let track): add(track, to: &changes.tracks)
      case .person(let person): add(person, to: &changes.people)
      case .session(let id):
        if changes.sessions[id.slug] != nil { continue }
        changes.sessions[id.slug] = try sessions.row(id.slug)?.place(conference) ?? UnreleasedChanges.Place()
        isNew = true
      }
    }
    return isNew ? changes : nil
  }

  /// Marks the program as changed since its release.
  mutating func note(_ changes: UnreleasedChanges?) throws {
    guard let changes else { return }
    try conferences.update(ConferenceRow.only) {
      $0.unreleased = changes
      $0.released = nil
    }
  }

  /// The changes that a release leaves unpublished: those of other parts of the program.
  ///
  /// A room is published with a changed session that takes place in it. If its other sessions have not changed, the
  /// room counts as unpublished until the whole program is released: a projector does not read all sessions.
  mutating func unreleasedChanges(after release: ProgramReleased) throws -> UnreleasedChanges {
    guard release.isPartial, let conference = try conferences.row(ConferenceRow.only),
      var left = conference.unreleased
    else { return UnreleasedChanges() }
    var (people, rooms, tracks): (Set<PersonID>, Set<RoomID>, Set<TrackID>) = ([], [], [])
    if let track = release.track { tracks.insert(track) }
    for (slug, before) in left.sessions {
      let now = try sessions.row(slug)
      guard release.contains(before) || now.map({ release.contains($0.place(conference)) }) ?? false else {
        continue
      }
      left.sessions[slug] = nil
      people.formUnion(before.people + (now?.people ?? []))
      rooms.formUnion((now?.slots ?? []).map(\.slot.room))
      if let track = now?.details.track { tracks.insert(track) }
    }
    for person in left.people where !people.contains(person) {
      for id in try self.people.row(person.slug)?.sessions ?? [] {
        if let session = try sessions.row(id.slug), release.contains(session.place(conference)) {
          people.insert(person)
        }
      }
    }
    left.people.removeAll { people.contains($0) }
    left.rooms.removeAll { rooms.contains($0) }
    // A track or a venue that was removed stays in the released program.
    try left.tracks.removeAll { try tracks.contains($0) && self.tracks.row($0.slug) != nil }
    try left.venues.removeAll { try venues.row($0.slug) != nil }
    return left
  }

  /// What an event about people changes in the program. Speakers are part of it; attendees and speakers' addresses
  /// are not.
  mutating func changedParts(_ event: PeopleEvent) throws -> [ChangedPart] {
    switch event {
    case .speakerRegistered(let body): return [.person(body.person)]
    case .speakerRevised(let body): return [.person(body.person)]
    case .affiliationStated(let body): return [.person(body.person)]
    case .affiliationRemoved(let body): return [.person(body.person)]
    case .speakerReinstated(let body): return [.person(body.person)]
    case .personsMerged(let body):
      let sessions = try people.row(body.merged.slug).map { $0.sessions + $0.unscheduled } ?? []
      return [.person(body.person), .person(body.merged)] + sessions.map { .session($0) }
    case .personsSeparated(let body): return [.person(body.person), .person(body.merged)]
    case .speakerWithdrawn(let body):
      let sessions = try people.row(body.person.slug).map { $0.sessions + $0.unscheduled } ?? []
      return [.person(body.person)] + sessions.map { .session($0) }
    case .unavailabilityStated, .unavailabilityRemoved, .contactStated, .attendeeRegistered,
      .attendeeRevised, .attendeeCheckedIn, .attendeeCheckedOut, .lateScanRecorded, .attendeeSignedUp,
      .attendeeSignedOff, .attendeeWithdrawn, .attendeeReinstated, .personErased:
      return []
    }
  }
}

extension SchedulingEvent {
  /// What it changes in the program itself; nil if it changes only internal information about it.
  var changedPart: ChangedPart? {
    switch self {
    case .conferenceOpened, .conferenceRevised, .organisationRoleAssigned: .conference
    case .venueAdded(let body): .venue(body.venue)
    case .venueRevised(let body): .venue(body.venue)
    case .venueRemoved(let body): .venue(body.venue)
    case .roomAdded(let body): .room(body.room)
    case .roomRevised(let body): .room(body.room)
    case .roomClosed(let body): .room(body.room)
    case .roomReopened(let body): .room(body.room)
    case .trackAdded(let body): .track(body.track)
    case .trackRevised(let body): .track(body.track)
    case .trackRemoved(let body): .track(body.track)
    case .sessionScheduled(let body): .session(body.session)
    case .sessionMoved(let body): .session(body.session)
    case .slotAdded(let body): .session(body.session)
    case .slotRemoved(let body): .session(body.session)
    case .sessionRevised(let body): .session(body.session)
    case .sessionCancelled(let body): .session(body.session)
    case .sessionReinstated(let body): .session(body.session)
    case .sessionUnscheduled(let body): .session(body.session)
    case .personAssigned(let body): .session(body.session)
    case .personUnassigned(let body): .session(body.session)
    case .presentationAdded(let body): .session(body.session)
    case .presentationRevised(let body): .session(body.session)
    case .presentationsOrdered(let body): .session(body.session)
    case .presentationWithdrawn(let body): .session(body.session)
    case .programReleased, .documentPrinted, .noticesSent, .fileImported, .importUndone, .conflictWaived,
      .conferenceClosed, .conferenceArchived, .conferenceReopened,
      .travelTimeSet,
      .roomHoursSet, .roomClosureStated, .roomClosureRemoved, .sessionEntered:
      nil
    }
  }
}
