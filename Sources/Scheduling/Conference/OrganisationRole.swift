/// An organisation's role in a conference.
package enum OrganisationRole: String, Sendable, Hashable, Codable, CaseIterable {
  case organiser, host
  case coHost = "co-host"
  case partner, sponsor
}
