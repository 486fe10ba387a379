package import EventLog
package import Vocabulary

/// A person who speaks, chairs or moderates was entered under a name.
package struct SpeakerRegistered: EventBody {
  package static let type = "SpeakerRegistered"
  package var person: PersonID
  package var name: PersonName
  package var biography: LocalizedText?
  /// How the name is said, for whoever has to: “fung shao-LAY”.
  package var pronunciation: LocalizedText?
  package var tags: [Tag] { [person.tag] }

  package init(
    person: PersonID, name: PersonName, biography: LocalizedText? = nil,
    pronunciation: LocalizedText? = nil
  ) {
    self.person = person
    self.name = name
    self.biography = biography
    self.pronunciation = pronunciation
  }
}

/// A speaker's name or biography was put right; what is nil stayed.
package struct SpeakerRevised: EventBody {
  package static let type = "SpeakerRevised"
  package var person: PersonID
  package var name: PersonName?
  package var biography: LocalizedText?
  package var pronunciation: LocalizedText?
  /// What there is no more.
  package var cleared: [Field]?
  package var tags: [Tag] { [person.tag] }

  package enum Field: String, Sendable, Codable { case biography, pronunciation }

  package init(
    person: PersonID, name: PersonName? = nil, biography: LocalizedText? = nil,
    pronunciation: LocalizedText? = nil, cleared: [Field]? = nil
  ) {
    self.person = person
    self.name = name
    self.biography = biography
    self.pronunciation = pronunciation
    self.cleared = cleared
  }

  /// What is said of a person after the revision.
  package func apply(_ biography: inout LocalizedText?, _ pronunciation: inout LocalizedText?) {
    biography = self.biography ?? biography
    pronunciation = self.pronunciation ?? pronunciation
    for field in cleared ?? [] {
      switch field {
      case .biography: biography = nil
      case .pronunciation: pronunciation = nil
      }
    }
  }
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

  package init(person: PersonID, number: Int) {
    self.person = person
    self.number = number
  }
}

/// A speaker will not come; the program's sessions lose them.
package struct SpeakerWithdrawn: EventBody {
  package static let type = "SpeakerWithdrawn"
  package var person: PersonID
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID) { self.person = person }
}

/// A speaker who had withdrawn takes part after all; what they had a part in has to be assigned anew.
package struct SpeakerReinstated: EventBody {
  package static let type = "SpeakerReinstated"
  package var person: PersonID
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID) { self.person = person }
}

/// A speaker cannot be there for a while.
package struct UnavailabilityStated: EventBody {
  package static let type = "UnavailabilityStated"
  package var person: PersonID
  /// 1, 2, 3 … within the person; never reused.
  package var number: Int
  package var from: ZonedTime
  package var until: ZonedTime
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID, number: Int, from: ZonedTime, until: ZonedTime) {
    self.person = person
    self.number = number
    self.from = from
    self.until = until
  }
}

package struct UnavailabilityRemoved: EventBody {
  package static let type = "UnavailabilityRemoved"
  package var person: PersonID
  package var number: Int
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID, number: Int) {
    self.person = person
    self.number = number
  }
}

/// Where a speaker is written to; which address, is sealed.
package struct ContactStated: EventBody {
  package static let type = "ContactStated"
  package var person: PersonID
  /// `SpeakerContact`, sealed with the person's key; nil: there is none any more.
  package var contact: Sealed?
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID, contact: Sealed?) {
    self.person = person
    self.contact = contact
  }
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

  package init(
    attendee: AttendeeID, category: String? = nil, listed: Bool? = nil, details: Sealed? = nil
  ) {
    self.attendee = attendee
    self.category = category
    self.listed = listed
    self.details = details
  }
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

/// A check-in was a mistake, or the attendee has left.
package struct AttendeeCheckedOut: EventBody {
  package static let type = "AttendeeCheckedOut"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }

  package init(attendee: AttendeeID) { self.attendee = attendee }
}

/// An attendee has a seat in a session.
package struct AttendeeSignedUp: EventBody {
  package static let type = "AttendeeSignedUp"
  package var attendee: AttendeeID
  package var session: SessionID
  package var tags: [Tag] { [attendee.tag, session.tag] }

  package init(attendee: AttendeeID, session: SessionID) {
    self.attendee = attendee
    self.session = session
  }
}

package struct AttendeeSignedOff: EventBody {
  package static let type = "AttendeeSignedOff"
  package var attendee: AttendeeID
  package var session: SessionID
  package var tags: [Tag] { [attendee.tag, session.tag] }

  package init(attendee: AttendeeID, session: SessionID) {
    self.attendee = attendee
    self.session = session
  }
}

/// An attendee will not come.
package struct AttendeeWithdrawn: EventBody {
  package static let type = "AttendeeWithdrawn"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }

  package init(attendee: AttendeeID) { self.attendee = attendee }
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
