package import EventLog
package import Vocabulary

/// A person who speaks, chairs or moderates was registered.
package struct SpeakerRegistered: EventBody {
  package static let type = "SpeakerRegistered"
  package var person: PersonID
  package var name: PersonName
  package var biography: LocalizedText?
  /// How the name is pronounced: “fung shao-LAY”.
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

/// A speaker's name, biography or pronunciation changed. A nil field did not change, unless `cleared` names it.
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

  /// Applies the revision to a biography and a pronunciation.
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

/// An affiliation was added to those of a speaker.
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

/// An affiliation ended, or was stated by mistake.
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

/// A speaker withdrew. This ends all their roles and removes them from all presentations.
package struct SpeakerWithdrawn: EventBody {
  package static let type = "SpeakerWithdrawn"
  package var person: PersonID
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID) { self.person = person }
}

/// A withdrawn speaker takes part after all. Their roles and presentations must be assigned again.
package struct SpeakerReinstated: EventBody {
  package static let type = "SpeakerReinstated"
  package var person: PersonID
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID) { self.person = person }
}

/// A speaker is unavailable for a period of time.
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

/// A speaker's contact address was stated or removed. It is encrypted.
package struct ContactStated: EventBody {
  package static let type = "ContactStated"
  package var person: PersonID
  /// `SpeakerContact`, sealed with the person's key; nil: it was removed.
  package var contact: Sealed?
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID, contact: Sealed?) {
    self.person = person
    self.contact = contact
  }
}
