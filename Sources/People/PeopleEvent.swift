package import EventLog
import Vocabulary

package enum PeopleEvent: EventFamily {
  case speakerRegistered(SpeakerRegistered)
  case speakerRevised(SpeakerRevised)
  case affiliationStated(AffiliationStated)
  case affiliationRemoved(AffiliationRemoved)
  case speakerWithdrawn(SpeakerWithdrawn)
  case speakerReinstated(SpeakerReinstated)
  case unavailabilityStated(UnavailabilityStated)
  case unavailabilityRemoved(UnavailabilityRemoved)
  case contactStated(ContactStated)
  case attendeeRegistered(AttendeeRegistered)
  case attendeeRevised(AttendeeRevised)
  case attendeeCheckedIn(AttendeeCheckedIn)
  case attendeeCheckedOut(AttendeeCheckedOut)
  case attendeeSignedUp(AttendeeSignedUp)
  case attendeeSignedOff(AttendeeSignedOff)
  case attendeeWithdrawn(AttendeeWithdrawn)
  case personErased(PersonErased)

  package init?(_ event: RecordedEvent) throws {
    switch event.type {
    case SpeakerRegistered.type: self = .speakerRegistered(try event.decoded())
    case SpeakerRevised.type: self = .speakerRevised(try event.decoded())
    case AffiliationStated.type: self = .affiliationStated(try event.decoded())
    case AffiliationRemoved.type: self = .affiliationRemoved(try event.decoded())
    case SpeakerWithdrawn.type: self = .speakerWithdrawn(try event.decoded())
    case SpeakerReinstated.type: self = .speakerReinstated(try event.decoded())
    case UnavailabilityStated.type: self = .unavailabilityStated(try event.decoded())
    case UnavailabilityRemoved.type: self = .unavailabilityRemoved(try event.decoded())
    case ContactStated.type: self = .contactStated(try event.decoded())
    case AttendeeRegistered.type: self = .attendeeRegistered(try event.decoded())
    case AttendeeRevised.type: self = .attendeeRevised(try event.decoded())
    case AttendeeCheckedIn.type: self = .attendeeCheckedIn(try event.decoded())
    case AttendeeCheckedOut.type: self = .attendeeCheckedOut(try event.decoded())
    case AttendeeSignedUp.type: self = .attendeeSignedUp(try event.decoded())
    case AttendeeSignedOff.type: self = .attendeeSignedOff(try event.decoded())
    case AttendeeWithdrawn.type: self = .attendeeWithdrawn(try event.decoded())
    case PersonErased.type: self = .personErased(try event.decoded())
    default: return nil
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
    case .unavailabilityStated(let body): body
    case .unavailabilityRemoved(let body): body
    case .contactStated(let body): body
    case .attendeeRegistered(let body): body
    case .attendeeRevised(let body): body
    case .attendeeCheckedIn(let body): body
    case .attendeeCheckedOut(let body): body
    case .attendeeSignedUp(let body): body
    case .attendeeSignedOff(let body): body
    case .attendeeWithdrawn(let body): body
    case .personErased(let body): body
    }
  }
}
