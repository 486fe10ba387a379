import EventLog
package import Vocabulary

/// What identifies an attendee: kept sealed, shown to organizers only.
package struct AttendeeDetails: Hashable, Sendable, Codable {
  package var name: PersonName
  package var email: String?
  package var organisation: LocalizedText?
  package var position: LocalizedText?
  /// As printed; any text.
  package var country: LocalizedText?
  /// Diet, access needs and whatever else the organizer must know.
  package var note: String?

  package init(
    name: PersonName, email: String? = nil, organisation: LocalizedText? = nil,
    position: LocalizedText? = nil, country: LocalizedText? = nil, note: String? = nil
  ) {
    self.name = name
    self.email = email
    self.organisation = organisation
    self.position = position
    self.country = country
    self.note = note
  }

  /// What the sealed bytes are bound to.
  package static func context(_ conference: ConferenceID, _ attendee: AttendeeID) -> String {
    "\(conference)/\(attendee.tag)"
  }
}
