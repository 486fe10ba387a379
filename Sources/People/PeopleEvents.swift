package import EventLog
package import Vocabulary

/// A person who speaks, chairs or moderates was entered under a name.
package struct SpeakerRegistered: EventBody {
  package static let type = "SpeakerRegistered"
  package var person: PersonID
  package var name: PersonName
  package var biography: LocalizedText?
  package var tags: [Tag] { [person.tag] }

  package init(
    person: PersonID, name: PersonName, biography: LocalizedText? = nil
  ) {
    self.person = person
    self.name = name
    self.biography = biography
  }
}

/// A speaker's name or biography was put right; what is nil stayed.
package struct SpeakerRevised: EventBody {
  package static let type = "SpeakerRevised"
  package var person: PersonID
  package var name: PersonName?
  package var biography: LocalizedText?
  package var tags: [Tag] { [person.tag] }
}

/// A speaker's link with an organisation was stated: it joins those that were stated before.
package struct AffiliationStated: EventBody {
  package static let type = "AffiliationStated"
  package var person: PersonID
  /// 1, 2, 3 … within the person, in the order of statement; never reused.
  package var number: Int
  package var affiliation: Affiliation
  package var tags: [Tag] { [person.tag] }

  package init(
    person: PersonID, number: Int, affiliation: Affiliation
  ) {
    self.person = person
    self.number = number
    self.affiliation = affiliation
  }
}

/// An affiliation no longer holds, or never did.
package struct AffiliationRemoved: EventBody {
  package static let type = "AffiliationRemoved"
  package var person: PersonID
  package var number: Int
  package var tags: [Tag] { [person.tag] }
}

/// A speaker will not come; the program's sessions lose them.
package struct SpeakerWithdrawn: EventBody {
  package static let type = "SpeakerWithdrawn"
  package var person: PersonID
  package var tags: [Tag] { [person.tag] }
}

/// Somebody registered for the conference; who it is, is sealed.
package struct AttendeeRegistered: EventBody {
  package static let type = "AttendeeRegistered"
  package var attendee: AttendeeID
  /// `delegate`, `press`, `staff` …: what the organizer calls it.
  package var category: String
  /// Whether the printed list of participants may name them.
  package var listed: Bool
  /// `AttendeeDetails`, sealed with the attendee's key.
  package var details: Sealed
  package var tags: [Tag] { [attendee.tag] }

  package init(
    attendee: AttendeeID, category: String, listed: Bool, details: Sealed
  ) {
    self.attendee = attendee
    self.category = category
    self.listed = listed
    self.details = details
  }
}

/// An attendee's category, details or consent changed; what is nil stayed.
package struct AttendeeRevised: EventBody {
  package static let type = "AttendeeRevised"
  package var attendee: AttendeeID
  package var category: String?
  package var listed: Bool?
  package var details: Sealed?
  package var tags: [Tag] { [attendee.tag] }
}

/// An attendee arrived; the time is the event's own.
package struct AttendeeCheckedIn: EventBody {
  package static let type = "AttendeeCheckedIn"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }

  package init(
    attendee: AttendeeID
  ) {
    self.attendee = attendee
  }
}

/// An attendee will not come.
package struct AttendeeWithdrawn: EventBody {
  package static let type = "AttendeeWithdrawn"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }
}

/// An attendee's key was destroyed with this event: nothing sealed about them opens again.
package struct PersonErased: EventBody {
  package static let type = "PersonErased"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }
}

package enum PeopleEvent: EventFamily {
  case speakerRegistered(SpeakerRegistered)
  case speakerRevised(SpeakerRevised)
  case affiliationStated(AffiliationStated)
  case affiliationRemoved(AffiliationRemoved)
  case speakerWithdrawn(SpeakerWithdrawn)
  case attendeeRegistered(AttendeeRegistered)
  case attendeeRevised(AttendeeRevised)
  case attendeeCheckedIn(AttendeeCheckedIn)
  case attendeeWithdrawn(AttendeeWithdrawn)
  case personErased(PersonErased)

  package init?(_ event: RecordedEvent) throws {
    switch event.type {
    case SpeakerRegistered.type: self = .speakerRegistered(try event.decoded())
    case SpeakerRevised.type: self = .speakerRevised(try event.decoded())
    case AffiliationStated.type: self = .affiliationStated(try event.decoded())
    case AffiliationRemoved.type: self = .affiliationRemoved(try event.decoded())
    case SpeakerWithdrawn.type: self = .speakerWithdrawn(try event.decoded())
    case AttendeeRegistered.type: self = .attendeeRegistered(try event.decoded())
    case AttendeeRevised.type: self = .attendeeRevised(try event.decoded())
    case AttendeeCheckedIn.type: self = .attendeeCheckedIn(try event.decoded())
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
    case .attendeeRegistered(let body): body
    case .attendeeRevised(let body): body
    case .attendeeCheckedIn(let body): body
    case .attendeeWithdrawn(let body): body
    case .personErased(let body): body
    }
  }
}
