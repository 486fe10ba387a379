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
  /// Fields removed by this revision.
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
