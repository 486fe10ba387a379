import EventLog
package import Vocabulary

/// Where a speaker is written to: sealed in the log, opened only with the person's key.
package struct SpeakerContact: Hashable, Sendable, Codable {
  package var email: EmailAddress

  package init(email: EmailAddress) { self.email = email }

  /// What the sealed bytes are bound to.
  package static func context(_ conference: ConferenceID, _ person: PersonID) -> String {
    "\(conference)/\(person.tag)/contact"
  }
}
