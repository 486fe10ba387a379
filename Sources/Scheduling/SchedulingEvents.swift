package import EventLog
package import Vocabulary

/// A conference was opened for planning: its log begins.
package struct ConferenceOpened: EventBody {
  package static let type = "ConferenceOpened"
  package var title: LocalizedText
  package var shortTitle: LocalizedText?
  package var place: LocalizedText?
  package var firstDay: CalendarDate
  /// Equal to `firstDay` for a conference of one day.
  package var lastDay: CalendarDate
  /// An IANA name; all the conference's times are in it.
  package var zone: String
  /// In order of preference; the first is the main one.
  package var languages: [Language]
  package var tags: [Tag] { [.conference] }

  package init(
    title: LocalizedText, shortTitle: LocalizedText? = nil, place: LocalizedText? = nil,
    firstDay: CalendarDate, lastDay: CalendarDate, zone: String, languages: [Language] = []
  ) {
    self.title = title
    self.shortTitle = shortTitle
    self.place = place
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.zone = zone
    self.languages = languages
  }
}

/// A conference's particulars changed; what is nil stayed.
package struct ConferenceRevised: EventBody {
  package static let type = "ConferenceRevised"
  package var title: LocalizedText?
  package var shortTitle: LocalizedText?
  package var place: LocalizedText?
  package var firstDay: CalendarDate?
  package var lastDay: CalendarDate?
  package var languages: [Language]?
  package var tags: [Tag] { [.conference] }
}

/// An organisation took a part in the conference: organiser, host, partner, sponsor.
package struct OrganisationRoleAssigned: EventBody {
  package static let type = "OrganisationRoleAssigned"
  package var organisation: LocalizedText
  package var role: OrganisationRole
  package var tags: [Tag] { [.conference] }

  package init(
    organisation: LocalizedText, role: OrganisationRole
  ) {
    self.organisation = organisation
    self.role = role
  }
}

package struct RoomAdded: EventBody {
  package static let type = "RoomAdded"
  package var room: RoomID
  package var name: LocalizedText
  /// Seats; nil where nobody said.
  package var capacity: Int?
  package var note: LocalizedText?
  package var tags: [Tag] { [room.tag] }

  package init(
    room: RoomID, name: LocalizedText, capacity: Int? = nil, note: LocalizedText? = nil
  ) {
    self.room = room
    self.name = name
    self.capacity = capacity
    self.note = note
  }
}

/// A room's particulars changed; what is nil stayed.
package struct RoomRevised: EventBody {
  package static let type = "RoomRevised"
  package var room: RoomID
  package var name: LocalizedText?
  package var capacity: Int?
  package var note: LocalizedText?
  package var tags: [Tag] { [room.tag] }

  package init(
    room: RoomID, name: LocalizedText? = nil, capacity: Int? = nil, note: LocalizedText? = nil
  ) {
    self.room = room
    self.name = name
    self.capacity = capacity
    self.note = note
  }
}

/// A room takes no more sessions.
package struct RoomClosed: EventBody {
  package static let type = "RoomClosed"
  package var room: RoomID
  package var tags: [Tag] { [room.tag] }
}

package struct TrackAdded: EventBody {
  package static let type = "TrackAdded"
  package var track: TrackID
  package var name: LocalizedText
  /// `#rrggbb` in lower case.
  package var color: String?
  package var tags: [Tag] { [track.tag] }

  package init(
    track: TrackID, name: LocalizedText, color: String? = nil
  ) {
    self.track = track
    self.name = name
    self.color = color
  }
}

/// A session got its place and its time in the program.
package struct SessionScheduled: EventBody {
  package static let type = "SessionScheduled"
  package var session: SessionID
  package var title: LocalizedText
  package var kind: SessionForm
  package var slot: Slot
  package var track: TrackID?
  package var description: LocalizedText?
  /// Spoken in the session; empty: the conference's.
  package var languages: [Language]
  package var tags: [Tag] { [session.tag, slot.room.tag] + (track.map { [$0.tag] } ?? []) }

  package init(
    session: SessionID, title: LocalizedText, kind: SessionForm, slot: Slot, track: TrackID? = nil,
    description: LocalizedText? = nil, languages: [Language] = []
  ) {
    self.session = session
    self.title = title
    self.kind = kind
    self.slot = slot
    self.track = track
    self.description = description
    self.languages = languages
  }
}

/// A session went to another time or room.
package struct SessionMoved: EventBody {
  package static let type = "SessionMoved"
  package var session: SessionID
  package var from: Slot
  package var to: Slot
  package var tags: [Tag] {
    [session.tag, from.room.tag] + (from.room == to.room ? [] : [to.room.tag])
  }

  package init(
    session: SessionID, from: Slot, to: Slot
  ) {
    self.session = session
    self.from = from
    self.to = to
  }
}

/// A session's particulars changed; what is nil stayed.
package struct SessionRevised: EventBody {
  package static let type = "SessionRevised"
  package var session: SessionID
  package var title: LocalizedText?
  package var kind: SessionForm?
  package var track: TrackID?
  package var description: LocalizedText?
  package var languages: [Language]?
  package var tags: [Tag] { [session.tag] + (track.map { [$0.tag] } ?? []) }

  package init(
    session: SessionID, title: LocalizedText? = nil, kind: SessionForm? = nil,
    track: TrackID? = nil, description: LocalizedText? = nil, languages: [Language]? = nil
  ) {
    self.session = session
    self.title = title
    self.kind = kind
    self.track = track
    self.description = description
    self.languages = languages
  }
}

/// A session will not take place; it stays in the program as cancelled and leaves its room free.
package struct SessionCancelled: EventBody {
  package static let type = "SessionCancelled"
  package var session: SessionID
  package var slot: Slot
  package var tags: [Tag] { [session.tag, slot.room.tag] }
}

/// A person got a part in a session.
package struct PersonAssigned: EventBody {
  package static let type = "PersonAssigned"
  package var session: SessionID
  package var person: PersonID
  package var role: SessionRole
  package var tags: [Tag] { [session.tag, person.tag] }

  package init(
    session: SessionID, person: PersonID, role: SessionRole
  ) {
    self.session = session
    self.person = person
    self.role = role
  }
}

package struct PersonUnassigned: EventBody {
  package static let type = "PersonUnassigned"
  package var session: SessionID
  package var person: PersonID
  package var role: SessionRole
  package var tags: [Tag] { [session.tag, person.tag] }
}

/// The program as it stands was published under a version.
package struct ProgramReleased: EventBody {
  package static let type = "ProgramReleased"
  package var version: String
  package var note: LocalizedText?
  package var tags: [Tag] { [.release] }

  package init(version: String, note: LocalizedText? = nil) {
    self.version = version
    self.note = note
  }
}

package enum SchedulingEvent: EventFamily {
  case conferenceOpened(ConferenceOpened)
  case conferenceRevised(ConferenceRevised)
  case organisationRoleAssigned(OrganisationRoleAssigned)
  case roomAdded(RoomAdded)
  case roomRevised(RoomRevised)
  case roomClosed(RoomClosed)
  case trackAdded(TrackAdded)
  case sessionScheduled(SessionScheduled)
  case sessionMoved(SessionMoved)
  case sessionRevised(SessionRevised)
  case sessionCancelled(SessionCancelled)
  case personAssigned(PersonAssigned)
  case personUnassigned(PersonUnassigned)
  case programReleased(ProgramReleased)

  package init?(_ event: RecordedEvent) throws {
    switch event.type {
    case ConferenceOpened.type: self = .conferenceOpened(try event.decoded())
    case ConferenceRevised.type: self = .conferenceRevised(try event.decoded())
    case OrganisationRoleAssigned.type: self = .organisationRoleAssigned(try event.decoded())
    case RoomAdded.type: self = .roomAdded(try event.decoded())
    case RoomRevised.type: self = .roomRevised(try event.decoded())
    case RoomClosed.type: self = .roomClosed(try event.decoded())
    case TrackAdded.type: self = .trackAdded(try event.decoded())
    case SessionScheduled.type: self = .sessionScheduled(try event.decoded())
    case SessionMoved.type: self = .sessionMoved(try event.decoded())
    case SessionRevised.type: self = .sessionRevised(try event.decoded())
    case SessionCancelled.type: self = .sessionCancelled(try event.decoded())
    case PersonAssigned.type: self = .personAssigned(try event.decoded())
    case PersonUnassigned.type: self = .personUnassigned(try event.decoded())
    case ProgramReleased.type: self = .programReleased(try event.decoded())
    default: return nil
    }
  }

  package var body: any EventBody {
    switch self {
    case .conferenceOpened(let body): body
    case .conferenceRevised(let body): body
    case .organisationRoleAssigned(let body): body
    case .roomAdded(let body): body
    case .roomRevised(let body): body
    case .roomClosed(let body): body
    case .trackAdded(let body): body
    case .sessionScheduled(let body): body
    case .sessionMoved(let body): body
    case .sessionRevised(let body): body
    case .sessionCancelled(let body): body
    case .personAssigned(let body): body
    case .personUnassigned(let body): body
    case .programReleased(let body): body
    }
  }
}
