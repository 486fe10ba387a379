package import EventLog

package enum SchedulingEvent: EventFamily {
  case conferenceOpened(ConferenceOpened)
  case conferenceRevised(ConferenceRevised)
  case organisationRoleAssigned(OrganisationRoleAssigned)
  case venueAdded(VenueAdded)
  case venueRevised(VenueRevised)
  case venueRemoved(VenueRemoved)
  case travelTimeSet(TravelTimeSet)
  case roomAdded(RoomAdded)
  case roomRevised(RoomRevised)
  case roomClosed(RoomClosed)
  case roomReopened(RoomReopened)
  case roomHoursSet(RoomHoursSet)
  case roomClosureStated(RoomClosureStated)
  case roomClosureRemoved(RoomClosureRemoved)
  case trackAdded(TrackAdded)
  case trackRevised(TrackRevised)
  case trackRemoved(TrackRemoved)
  case sessionScheduled(SessionScheduled)
  case sessionMoved(SessionMoved)
  case slotAdded(SlotAdded)
  case slotRemoved(SlotRemoved)
  case sessionRevised(SessionRevised)
  case sessionCancelled(SessionCancelled)
  case sessionReinstated(SessionReinstated)
  case sessionUnscheduled(SessionUnscheduled)
  case personAssigned(PersonAssigned)
  case personUnassigned(PersonUnassigned)
  case presentationAdded(PresentationAdded)
  case presentationRevised(PresentationRevised)
  case presentationsOrdered(PresentationsOrdered)
  case presentationWithdrawn(PresentationWithdrawn)
  case conflictWaived(ConflictWaived)
  case programReleased(ProgramReleased)
  case documentPrinted(DocumentPrinted)
  case noticesSent(NoticesSent)

  package init?(_ event: RecordedEvent) throws {
    switch event.type {
    case ConferenceOpened.type: self = .conferenceOpened(try event.decoded())
    case ConferenceRevised.type: self = .conferenceRevised(try event.decoded())
    case OrganisationRoleAssigned.type: self = .organisationRoleAssigned(try event.decoded())
    case VenueAdded.type: self = .venueAdded(try event.decoded())
    case VenueRevised.type: self = .venueRevised(try event.decoded())
    case VenueRemoved.type: self = .venueRemoved(try event.decoded())
    case TravelTimeSet.type: self = .travelTimeSet(try event.decoded())
    case RoomAdded.type: self = .roomAdded(try event.decoded())
    case RoomRevised.type: self = .roomRevised(try event.decoded())
    case RoomClosed.type: self = .roomClosed(try event.decoded())
    case RoomReopened.type: self = .roomReopened(try event.decoded())
    case RoomHoursSet.type: self = .roomHoursSet(try event.decoded())
    case RoomClosureStated.type: self = .roomClosureStated(try event.decoded())
    case RoomClosureRemoved.type: self = .roomClosureRemoved(try event.decoded())
    case TrackAdded.type: self = .trackAdded(try event.decoded())
    case TrackRevised.type: self = .trackRevised(try event.decoded())
    case TrackRemoved.type: self = .trackRemoved(try event.decoded())
    case SessionScheduled.type: self = .sessionScheduled(try event.decoded())
    case SessionMoved.type: self = .sessionMoved(try event.decoded())
    case SlotAdded.type: self = .slotAdded(try event.decoded())
    case SlotRemoved.type: self = .slotRemoved(try event.decoded())
    case SessionRevised.type: self = .sessionRevised(try event.decoded())
    case SessionCancelled.type: self = .sessionCancelled(try event.decoded())
    case SessionReinstated.type: self = .sessionReinstated(try event.decoded())
    case SessionUnscheduled.type: self = .sessionUnscheduled(try event.decoded())
    case PersonAssigned.type: self = .personAssigned(try event.decoded())
    case PersonUnassigned.type: self = .personUnassigned(try event.decoded())
    case PresentationAdded.type: self = .presentationAdded(try event.decoded())
    case PresentationRevised.type: self = .presentationRevised(try event.decoded())
    case PresentationsOrdered.type: self = .presentationsOrdered(try event.decoded())
    case PresentationWithdrawn.type: self = .presentationWithdrawn(try event.decoded())
    case ConflictWaived.type: self = .conflictWaived(try event.decoded())
    case ProgramReleased.type: self = .programReleased(try event.decoded())
    case DocumentPrinted.type: self = .documentPrinted(try event.decoded())
    case NoticesSent.type: self = .noticesSent(try event.decoded())
    default: return nil
    }
  }

  package var body: any EventBody {
    switch self {
    case .conferenceOpened(let body): body
    case .conferenceRevised(let body): body
    case .organisationRoleAssigned(let body): body
    case .venueAdded(let body): body
    case .venueRevised(let body): body
    case .venueRemoved(let body): body
    case .travelTimeSet(let body): body
    case .roomAdded(let body): body
    case .roomRevised(let body): body
    case .roomClosed(let body): body
    case .roomReopened(let body): body
    case .roomHoursSet(let body): body
    case .roomClosureStated(let body): body
    case .roomClosureRemoved(let body): body
    case .trackAdded(let body): body
    case .trackRevised(let body): body
    case .trackRemoved(let body): body
    case .sessionScheduled(let body): body
    case .sessionMoved(let body): body
    case .slotAdded(let body): body
    case .slotRemoved(let body): body
    case .sessionRevised(let body): body
    case .sessionCancelled(let body): body
    case .sessionReinstated(let body): body
    case .sessionUnscheduled(let body): body
    case .personAssigned(let body): body
    case .personUnassigned(let body): body
    case .presentationAdded(let body): body
    case .presentationRevised(let body): body
    case .presentationsOrdered(let body): body
    case .presentationWithdrawn(let body): body
    case .conflictWaived(let body): body
    case .programReleased(let body): body
    case .documentPrinted(let body): body
    case .noticesSent(let body): body
    }
  }
}
