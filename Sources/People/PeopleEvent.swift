package import EventLog
import Vocabulary

package enum PeopleEvent: EnumeratedEvents {
  case speakerRegistered(SpeakerRegistered)
  case speakerRevised(SpeakerRevised)
  case affiliationStated(AffiliationStated)
  case affiliationRemoved(AffiliationRemoved)
  case speakerWithdrawn(SpeakerWithdrawn)
  case speakerReinstated(SpeakerReinstated)
  case personsMerged(PersonsMerged)
  case personsSeparated(PersonsSeparated)
  case unavailabilityStated(UnavailabilityStated)
  case unavailabilityRemoved(UnavailabilityRemoved)
  case contactStated(ContactStated)
  case attendeeRegistered(AttendeeRegistered)
  case attendeeRevised(AttendeeRevised)
  case attendeeCheckedIn(AttendeeCheckedIn)
  case attendeeCheckedOut(AttendeeCheckedOut)
  case lateScanRecorded(LateScanRecorded)
  case attendeeSignedUp(AttendeeSignedUp)
  case attendeeSignedOff(AttendeeSignedOff)
  case attendeeWithdrawn(AttendeeWithdrawn)
  case attendeeReinstated(AttendeeReinstated)
  case personErased(PersonErased)

  package enum Kind: CaseIterable {
    case speakerRegistered, speakerRevised, affiliationStated, affiliationRemoved, speakerWithdrawn,
      speakerReinstated, personsMerged, personsSeparated, unavailabilityStated, unavailabilityRemoved,
      contactStated, attendeeRegistered,
      attendeeRevised, attendeeCheckedIn, attendeeCheckedOut, lateScanRecorded, attendeeSignedUp,
      attendeeSignedOff, attendeeWithdrawn, attendeeReinstated, personErased
  }

  package static let forms = makeForms()

  package static func form(of kind: Kind) -> EventForm<Self> {
    switch kind {
    case .speakerRegistered: EventForm(speakerRegistered)
    case .speakerRevised: EventForm(speakerRevised)
    case .affiliationStated: EventForm(affiliationStated)
    case .affiliationRemoved: EventForm(affiliationRemoved)
    case .speakerWithdrawn: EventForm(speakerWithdrawn)
    case .speakerReinstated: EventForm(speakerReinstated)
    case .personsMerged: EventForm(personsMerged)
    case .personsSeparated: EventForm(personsSeparated)
    case .unavailabilityStated: EventForm(unavailabilityStated)
    case .unavailabilityRemoved: EventForm(unavailabilityRemoved)
    case .contactStated: EventForm(contactStated)
    case .attendeeRegistered: EventForm(attendeeRegistered)
    case .attendeeRevised: EventForm(attendeeRevised)
    case .attendeeCheckedIn: EventForm(attendeeCheckedIn)
    case .attendeeCheckedOut: EventForm(attendeeCheckedOut)
    case .lateScanRecorded: EventForm(lateScanRecorded)
    case .attendeeSignedUp: EventForm(attendeeSignedUp)
    case .attendeeSignedOff: EventForm(attendeeSignedOff)
    case .attendeeWithdrawn: EventForm(attendeeWithdrawn)
    case .attendeeReinstated: EventForm(attendeeReinstated)
    case .personErased: EventForm(personErased)
    }
  }

  package var body: any EventBody {
    switch self {
    case .speakerRegistered(let body): body
    case .speakerRevised(let body): body
    case .affiliationStated(let body): body
    case .affiliationRemoved(let body): body
    case .speakerWithdrawn(let body): body
    case .speakerReinstated(let body): body
    case .personsMerged(let body): body
    case .personsSeparated(let body): body
    case .unavailabilityStated(let body): body
    case .unavailabilityRemoved(let body): body
    case .contactStated(let body): body
    case .attendeeRegistered(let body): body
    case .attendeeRevised(let body): body
    case .attendeeCheckedIn(let body): body
    case .attendeeCheckedOut(let body): body
    case .lateScanRecorded(let body): body
    case .attendeeSignedUp(let body): body
    case .attendeeSignedOff(let body): body
    case .attendeeWithdrawn(let body): body
    case .attendeeReinstated(let body): body
    case .personErased(let body): body
    }
  }
}
