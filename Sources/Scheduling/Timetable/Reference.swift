import EventLog
import Vocabulary

/// Something that an event refers to and that must be there when the event is appended.
enum Reference: Hashable {
  /// It takes place.
  case session(SessionID)
  /// It is open.
  case room(RoomID)
  case track(TrackID)
  case venue(VenueID)
  /// They have not withdrawn.
  case person(PersonID)
}

extension SchedulingEvent {
  /// What must be there for this event. An event that ends something refers to nothing.
  func references(in state: Timetable) -> [Reference] {
    switch self {
    case .roomAdded(let body): venue(body.details.venue)
    case .roomRevised(let body): [.room(body.room)] + venue(body.changes.venue)
    case .roomHoursSet(let body): [.room(body.room)]
    case .roomClosureStated(let body): [.room(body.room)]
    case .roomClosureRemoved(let body): [.room(body.room)]
    case .sessionScheduled(let body): track(body.details.track) + [.room(body.slot.room)]
    case .sessionEntered(let body): track(body.details.track)
    case .sessionRevised(let body): track(body.changes.track)
    case .sessionMoved(let body): [.session(body.session), .room(body.to.room)]
    case .slotAdded(let body): [.session(body.session), .room(body.slot.room)]
    case .slotRemoved(let body): [.session(body.session)]
    case .sessionReinstated(let body):
      track(state.sessions[body.session]?.details?.track) + body.slots.map { .room($0.slot.room) }
    case .personAssigned(let body): [.person(body.person)]
    case .presentationAdded(let body): body.presentation.people.map { .person($0) }
    case .presentationRevised(let body):
      body.presentation.people.filter { !body.formerPeople.contains($0) }.map { .person($0) }
    case .conferenceOpened, .conferenceRevised, .organisationRoleAssigned, .venueAdded, .venueRevised,
      .venueRemoved, .travelTimeSet, .roomClosed, .roomReopened, .trackAdded, .trackRevised, .trackRemoved,
      .sessionCancelled, .sessionUnscheduled, .personUnassigned, .presentationsOrdered,
      .presentationWithdrawn,
      .conflictWaived, .programReleased, .documentPrinted, .noticesSent,
      .fileImported, .importUndone, .conferenceClosed, .conferenceArchived, .conferenceReopened:
      []
    }
  }

  private func track(_ track: TrackID?) -> [Reference] { track.map { [.track($0)] } ?? [] }
  private func venue(_ venue: VenueID?) -> [Reference] { venue.map { [.venue($0)] } ?? [] }
}
