package import EventLog
package import Vocabulary

/// A speaker, chair or moderator was registered.
package struct SpeakerRegistered: EventBody {
  package static let type = "SpeakerRegistered"
  package static let version = 2
  /// Before version 2, biographies could not be destroyed.
  package static let upcasts: [Int: Upcast] = [1: { $0 }]
  package static let words = SpeakerDetails.words
  package var person: PersonID
  package var details: SpeakerDetails
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID, details: SpeakerDetails) {
    self.person = person
    self.details = details
  }

  package init(
    person: PersonID, name: PersonName, _ build: (inout SpeakerDetails) -> Void = { _ in }
  ) {
    self.init(person: person, details: SpeakerDetails(name: name, build))
  }

  package init(from decoder: any Decoder) throws {
    person = try decoder.value("person")
    details = try SpeakerDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(person, "person")
    try details.encode(to: encoder)
  }
}

/// A speaker's details changed. Fields that are nil stayed.
package struct SpeakerRevised: EventBody {
  package static let type = "SpeakerRevised"
  package static let version = 2
  /// Before version 2, biographies could not be destroyed.
  package static let upcasts: [Int: Upcast] = [1: { $0 }]
  package static let words = SpeakerDetails.words
  package var person: PersonID
  package var changes: SpeakerDetails.Changes
  package var tags: [Tag] { [person.tag] }

  package init(person: PersonID, changes: SpeakerDetails.Changes) {
    self.person = person
    self.changes = changes
  }

  package init(person: PersonID, _ build: (inout SpeakerDetails.Changes) -> Void = { _ in }) {
    self.init(person: person, changes: SpeakerDetails.Changes(build))
  }

  package init(from decoder: any Decoder) throws {
    person = try decoder.value("person")
    changes = try SpeakerDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(person, "person")
    try changes.encode(to: encoder)
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

/// Two registered speakers are one person. All that the one takes part in is the other's, and its short name leads there.
package struct PersonsMerged: EventBody {
  package static let type = "PersonsMerged"
  /// Who stays.
  package var person: PersonID
  package var merged: PersonID
  package var tags: [Tag] { [person.tag, merged.tag] }

  package init(_ merged: PersonID, into person: PersonID) {
    self.person = person
    self.merged = merged
  }
}

/// Two speakers who were merged are two people after all. What each of them takes part in is said by other events.
package struct PersonsSeparated: EventBody {
  package static let type = "PersonsSeparated"
  package var person: PersonID
  package var merged: PersonID
  package var tags: [Tag] { [person.tag, merged.tag] }

  package init(_ merged: PersonID, from person: PersonID) {
    self.person = person
    self.merged = merged
  }
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
