package import EventLog
package import Vocabulary

/// A conference was opened for planning. This is the first event of its log.
package struct ConferenceOpened: EventBody {
  package static let type = "ConferenceOpened"
  package var details: ConferenceDetails
  /// A UUID. The identifiers of sessions, rooms and people in other programs are made from it, because two
  /// conferences can have the same short name. Nil in logs of the first releases.
  package var identity: String?
  package var tags: [Tag] { [.conference] }

  package init(details: ConferenceDetails, identity: String? = nil) {
    self.details = details
    self.identity = identity
  }

  package init(
    title: LocalizedText, firstDay: CalendarDate, lastDay: CalendarDate, zone: String,
    _ build: (inout ConferenceDetails) -> Void = { _ in }
  ) {
    details = ConferenceDetails(title: title, firstDay: firstDay, lastDay: lastDay, zone: zone, build)
  }

  package init(from decoder: any Decoder) throws {
    details = try ConferenceDetails(from: decoder)
    identity = try decoder.valueIfPresent("identity")
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(identity, "identity")
    try details.encode(to: encoder)
  }
}

/// A conference's details changed. Fields that are nil stayed.
package struct ConferenceRevised: EventBody {
  package static let type = "ConferenceRevised"
  package var changes: ConferenceDetails.Changes
  package var tags: [Tag] { [.conference] }

  package init(changes: ConferenceDetails.Changes) { self.changes = changes }

  package init(_ build: (inout ConferenceDetails.Changes) -> Void = { _ in }) {
    changes = ConferenceDetails.Changes(build)
  }

  package init(from decoder: any Decoder) throws { changes = try ConferenceDetails.Changes(from: decoder) }

  package func encode(to encoder: any Encoder) throws { try changes.encode(to: encoder) }
}

/// An organisation was given a role in the conference: organiser, host, partner or sponsor.
package struct OrganisationRoleAssigned: EventBody {
  package static let type = "OrganisationRoleAssigned"
  package var organisation: LocalizedText
  package var role: OrganisationRole
  package var tags: [Tag] { [.conference] }

  package init(
    organisation: LocalizedText, role: OrganisationRole
  ) {
    self.organisation = organisation
    self.role = role
  }
}

/// The conference is over: its program, its attendees and their check-ins stay as they are.
package struct ConferenceClosed: EventBody {
  package static let type = "ConferenceClosed"
  package var tags: [Tag] { [.conference] }

  package init() {}
}

/// The conference was put away: nobody needs to see it any more, and nothing of it changes.
package struct ConferenceArchived: EventBody {
  package static let type = "ConferenceArchived"
  package var tags: [Tag] { [.conference] }

  package init() {}
}

/// A conference that was closed or archived can be changed again.
package struct ConferenceReopened: EventBody {
  package static let type = "ConferenceReopened"
  package var tags: [Tag] { [.conference] }

  package init() {}
}
