import EventLog
package import Vocabulary

/// What identifies an attendee: kept sealed, shown to organizers only.
package struct AttendeeDetails: Hashable, Sendable, Codable {
  package var name: PersonName
  package var email: EmailAddress?
  package var organisation: LocalizedText?
  package var position: LocalizedText?
  /// As printed; any text.
  package var country: LocalizedText?
  /// Diet, access needs and whatever else the organizer must know.
  package var note: String?

  package init(
    name: PersonName, email: EmailAddress? = nil, organisation: LocalizedText? = nil,
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

extension AttendeeDetails {
  /// What a revision changes of the details; what is nil stays.
  package struct Revision: Hashable, Sendable, Encodable {
    package var name: PersonName?
    package var email: EmailAddress?
    /// The languages that are not given stay, as in the other texts.
    package var organisation: LocalizedText?
    package var position: LocalizedText?
    package var country: LocalizedText?
    package var note: String?

    package init(
      name: PersonName? = nil, email: EmailAddress? = nil, organisation: LocalizedText? = nil,
      position: LocalizedText? = nil, country: LocalizedText? = nil, note: String? = nil
    ) {
      self.name = name
      self.email = email
      self.organisation = organisation
      self.position = position
      self.country = country
      self.note = note
    }

    package var isEmpty: Bool { self == Revision() }
  }

  /// The details after a revision.
  package func revised(by revision: Revision) -> AttendeeDetails {
    AttendeeDetails(
      name: revision.name ?? name, email: revision.email ?? email,
      organisation: Self.merged(organisation, revision.organisation),
      position: Self.merged(position, revision.position),
      country: Self.merged(country, revision.country), note: revision.note ?? note)
  }

  private static func merged(_ known: LocalizedText?, _ new: LocalizedText?) -> LocalizedText? {
    guard let new else { return known }
    return known?.merging(new) ?? new
  }
}
