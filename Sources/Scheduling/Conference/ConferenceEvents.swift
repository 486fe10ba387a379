package import EventLog
package import Vocabulary

/// A conference was opened for planning. This is the first event of its log.
package struct ConferenceOpened: EventBody {
  package static let type = "ConferenceOpened"
  package var title: LocalizedText
  package var shortTitle: LocalizedText?
  package var place: LocalizedText?
  package var firstDay: CalendarDate
  /// Equal to `firstDay` for a conference of one day.
  package var lastDay: CalendarDate
  /// The IANA time zone of all times of the conference.
  package var zone: String
  /// In order of preference; the first is the main one.
  package var languages: [Language]
  /// The welcome text of the booklet.
  package var welcome: LocalizedText?
  /// Minutes that a person needs between two rooms without a stated travel time; nil: 0.
  package var roomChange: Int?
  package var tags: [Tag] { [.conference] }

  package init(
    title: LocalizedText, shortTitle: LocalizedText? = nil, place: LocalizedText? = nil,
    firstDay: CalendarDate, lastDay: CalendarDate, zone: String, languages: [Language] = [],
    welcome: LocalizedText? = nil, roomChange: Int? = nil
  ) {
    self.title = title
    self.shortTitle = shortTitle
    self.place = place
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.zone = zone
    self.languages = languages
    self.welcome = welcome
    self.roomChange = roomChange
  }
}

/// A conference's details changed. A nil field did not change, unless `cleared` names it.
package struct ConferenceRevised: EventBody {
  package static let type = "ConferenceRevised"
  package var title: LocalizedText?
  package var shortTitle: LocalizedText?
  package var place: LocalizedText?
  package var firstDay: CalendarDate?
  package var lastDay: CalendarDate?
  package var languages: [Language]?
  package var welcome: LocalizedText?
  package var roomChange: Int?
  /// Fields removed by this revision.
  package var cleared: [Field]?
  package var tags: [Tag] { [.conference] }

  package enum Field: String, Sendable, Codable { case shortTitle, place, welcome, roomChange }

  package init(
    title: LocalizedText? = nil, shortTitle: LocalizedText? = nil, place: LocalizedText? = nil,
    firstDay: CalendarDate? = nil, lastDay: CalendarDate? = nil, languages: [Language]? = nil,
    welcome: LocalizedText? = nil, roomChange: Int? = nil, cleared: [Field]? = nil
  ) {
    self.title = title
    self.shortTitle = shortTitle
    self.place = place
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.languages = languages
    self.welcome = welcome
    self.roomChange = roomChange
    self.cleared = cleared
  }
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
