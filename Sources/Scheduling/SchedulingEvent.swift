package import EventLog

package enum SchedulingEvent: EnumeratedEvents {
  case conferenceOpened(ConferenceOpened)
  case conferenceRevised(ConferenceRevised)
  case organisationRoleAssigned(OrganisationRoleAssigned)
  case conferenceClosed(ConferenceClosed)
  case conferenceArchived(ConferenceArchived)
  case conferenceReopened(ConferenceReopened)
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
  case sessionEntered(SessionEntered)
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
  case fileImported(FileImported)
  case importUndone(ImportUndone)

  package enum Kind: CaseIterable {
    case conferenceOpened, conferenceRevised, organisationRoleAssigned, conferenceClosed, conferenceArchived,
      conferenceReopened, venueAdded, venueRevised,
      venueRemoved, travelTimeSet, roomAdded, roomRevised, roomClosed, roomReopened, roomHoursSet,
      roomClosureStated, roomClosureRemoved, trackAdded, trackRevised, trackRemoved, sessionScheduled,
      sessionEntered,
      sessionMoved, slotAdded, slotRemoved, sessionRevised, sessionCancelled, sessionReinstated,
      sessionUnscheduled, personAssigned, personUnassigned, presentationAdded, presentationRevised,
      presentationsOrdered, presentationWithdrawn, conflictWaived, programReleased, documentPrinted,
      noticesSent, fileImported, importUndone
  }

  package static let forms = makeForms()

  package static func form(of kind: Kind) -> EventForm<Self> {
    switch kind {
    case .conferenceOpened: EventForm(conferenceOpened)
    case .conferenceRevised: EventForm(conferenceRevised)
    case .organisationRoleAssigned: EventForm(organisationRoleAssigned)
    case .conferenceClosed: EventForm(conferenceClosed)
    case .conferenceArchived: EventForm(conferenceArchived)
    case .conferenceReopened: EventForm(conferenceReopened)
    case .venueAdded: EventForm(venueAdded)
    case .venueRevised: EventForm(venueRevised)
    case .venueRemoved: EventForm(venueRemoved)
    case .travelTimeSet: EventForm(travelTimeSet)
    case .roomAdded: EventForm(roomAdded)
    case .roomRevised: EventForm(roomRevised)
    case .roomClosed: EventForm(roomClosed)
    case .roomReopened: EventForm(roomReopened)
    case .roomHoursSet: EventForm(roomHoursSet)
    case .roomClosureStated: EventForm(roomClosureStated)
    case .roomClosureRemoved: EventForm(roomClosureRemoved)
    case .trackAdded: EventForm(trackAdded)
    case .trackRevised: EventForm(trackRevised)
    case .trackRemoved: EventForm(trackRemoved)
    case .sessionScheduled: EventForm(sessionScheduled)
    case .sessionEntered: EventForm(sessionEntered)
    case .sessionMoved: EventForm(sessionMoved)
    case .slotAdded: EventForm(slotAdded)
    case .slotRemoved: EventForm(slotRemoved)
    case .sessionRevised: EventForm(sessionRevised)
    case .sessionCancelled: EventForm(sessionCancelled)
    case .sessionReinstated: EventForm(sessionReinstated)
    case .sessionUnscheduled: EventForm(sessionUnscheduled)
    case .personAssigned: EventForm(personAssigned)
    case .personUnassigned: EventForm(personUnassigned)
    case .presentationAdded: EventForm(presentationAdded)
    case .presentationRevised: EventForm(presentationRevised)
    case .presentationsOrdered: EventForm(presentationsOrdered)
    case .presentationWithdrawn: EventForm(presentationWithdrawn)
    case .conflictWaived: EventForm(conflictWaived)
    case .programReleased: EventForm(programReleased)
    case .documentPrinted: EventForm(documentPrinted)
    case .noticesSent: EventForm(noticesSent)
    case .fileImported: EventForm(fileImported)
    case .importUndone: EventForm(importUndone)
    }
  }

  package var body: any EventBody {
    switch self {
    case .conferenceOpened(let body): body
    case .conferenceRevised(let body): body
    case .organisationRoleAssigned(let body): body
    case .conferenceClosed(let body): body
    case .conferenceArchived(let body): body
    case .conferenceReopened(let body): body
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
    case .sessionEntered(let body): body
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
    case .fileImported(let body): body
    case .importUndone(let body): body
    }
  }
}
