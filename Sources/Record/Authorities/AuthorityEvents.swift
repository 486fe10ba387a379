package import EventLog
package import Vocabulary

/// An organisation was added to the authority file: texts of the record can mention it as `[[org:eaeu]]`.
package struct OrganisationAdded: EventBody {
  package static let type = "OrganisationAdded"
  package var organisation: OrganisationID
  package var details: OrganisationDetails
  package var tags: [Tag] { [organisation.tag, .authorities] }

  package init(organisation: OrganisationID, details: OrganisationDetails) {
    self.organisation = organisation
    self.details = details
  }

  package init(
    organisation: OrganisationID, name: LocalizedText, _ build: (inout OrganisationDetails) -> Void = { _ in }
  ) {
    self.init(organisation: organisation, details: OrganisationDetails(name: name, build))
  }

  package init(from decoder: any Decoder) throws {
    organisation = try decoder.value("organisation")
    details = try OrganisationDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(organisation, "organisation")
    try details.encode(to: encoder)
  }
}

/// An organisation's details changed. `changes` holds only the fields that changed.
package struct OrganisationRevised: EventBody {
  package static let type = "OrganisationRevised"
  package var organisation: OrganisationID
  package var changes: OrganisationDetails.Changes
  package var tags: [Tag] { [organisation.tag, .authorities] }

  package init(organisation: OrganisationID, changes: OrganisationDetails.Changes) {
    self.organisation = organisation
    self.changes = changes
  }

  package init(
    organisation: OrganisationID, _ build: (inout OrganisationDetails.Changes) -> Void
  ) {
    self.init(organisation: organisation, changes: OrganisationDetails.Changes(build))
  }

  package init(from decoder: any Decoder) throws {
    organisation = try decoder.value("organisation")
    changes = try OrganisationDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(organisation, "organisation")
    try changes.encode(to: encoder)
  }
}

/// A subject was added to the authority file: texts of the record can mark it as `[[subject:trade|…]]`.
package struct SubjectAdded: EventBody {
  package static let type = "SubjectAdded"
  package var subject: SubjectID
  package var details: SubjectDetails
  package var tags: [Tag] { [subject.tag, .authorities] }

  package init(subject: SubjectID, details: SubjectDetails) {
    self.subject = subject
    self.details = details
  }

  package init(
    subject: SubjectID, name: LocalizedText, _ build: (inout SubjectDetails) -> Void = { _ in }
  ) {
    self.init(subject: subject, details: SubjectDetails(name: name, build))
  }

  package init(from decoder: any Decoder) throws {
    subject = try decoder.value("subject")
    details = try SubjectDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(subject, "subject")
    try details.encode(to: encoder)
  }
}

/// A subject's details changed. `changes` holds only the fields that changed.
package struct SubjectRevised: EventBody {
  package static let type = "SubjectRevised"
  package var subject: SubjectID
  package var changes: SubjectDetails.Changes
  package var tags: [Tag] { [subject.tag, .authorities] }

  package init(subject: SubjectID, changes: SubjectDetails.Changes) {
    self.subject = subject
    self.changes = changes
  }

  package init(subject: SubjectID, _ build: (inout SubjectDetails.Changes) -> Void) {
    self.init(subject: subject, changes: SubjectDetails.Changes(build))
  }

  package init(from decoder: any Decoder) throws {
    subject = try decoder.value("subject")
    changes = try SubjectDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(subject, "subject")
    try changes.encode(to: encoder)
  }
}
