package import EventLog
import People
package import Vocabulary

/// The conference itself: its title, days, zone and languages, and the organisations behind it.
package enum Conferences: Decider {
  package struct State: Sendable, Equatable {
    package var opened: ConferenceOpened?
    var organisations: [OrganisationRoleAssigned] = []
  }

  package struct Revision: Codable, Sendable, Equatable {
    package var title: LocalizedText?
    package var shortTitle: LocalizedText?
    package var place: LocalizedText?
    package var firstDay: CalendarDate?
    package var lastDay: CalendarDate?
    package var languages: [Language]?
    package var organisations: [OrganisationRoleAssigned]

    package init(
      title: LocalizedText? = nil, shortTitle: LocalizedText? = nil, place: LocalizedText? = nil,
      firstDay: CalendarDate? = nil, lastDay: CalendarDate? = nil, languages: [Language]? = nil,
      organisations: [OrganisationRoleAssigned] = []
    ) {
      self.title = title
      self.shortTitle = shortTitle
      self.place = place
      self.firstDay = firstDay
      self.lastDay = lastDay
      self.languages = languages
      self.organisations = organisations
    }
  }

  package enum Command: Codable, Sendable {
    case open(ConferenceOpened, [OrganisationRoleAssigned])
    case revise(Revision)
  }

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case alreadyOpen(LocalizedText)
    case endsBeforeItBegins(CalendarDate, CalendarDate)
    case notOpen

    package var description: String {
      switch self {
      case .alreadyOpen(let title):
        "That name is taken by “\(title.best([.english]).text)”; choose another, or use "
          + "“conference revise”."
      case .endsBeforeItBegins(let first, let last):
        "The conference would end on \(last), before it begins on \(first)."
      case .notOpen: "There is no such conference; see “conference list”."
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query { .tagged(.conference) }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    switch command {
    case .open(let opened, let organisations):
      if let known = state.opened {
        guard known == opened, state.organisations == organisations else {
          throw .alreadyOpen(known.title)
        }
        return []
      }
      guard opened.firstDay <= opened.lastDay else {
        throw .endsBeforeItBegins(opened.firstDay, opened.lastDay)
      }
      return [.conferenceOpened(opened)] + organisations.map { .organisationRoleAssigned($0) }
    case .revise(let wanted):
      guard let known = state.opened else { throw .notOpen }
      let first = wanted.firstDay ?? known.firstDay
      let last = wanted.lastDay ?? known.lastDay
      guard first <= last else { throw .endsBeforeItBegins(first, last) }
      let revised = ConferenceRevised(
        title: changed(known.title, wanted.title),
        shortTitle: changed(known.shortTitle, wanted.shortTitle),
        place: changed(known.place, wanted.place),
        firstDay: changed(known.firstDay, wanted.firstDay),
        lastDay: changed(known.lastDay, wanted.lastDay),
        languages: changed(known.languages, wanted.languages))
      let nothing = ConferenceRevised(
        title: nil, shortTitle: nil, place: nil, firstDay: nil, lastDay: nil, languages: nil)
      let new = wanted.organisations.filter { !state.organisations.contains($0) }
      return (revised == nothing ? [] : [.conferenceRevised(revised)])
        + new.map { .organisationRoleAssigned($0) }
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try SchedulingEvent(event) {
    case .conferenceOpened(let body): state.opened = body
    case .conferenceRevised(let body): state.opened?.apply(body)
    case .organisationRoleAssigned(let body): state.organisations.append(body)
    case .roomAdded, .roomRevised, .roomClosed, .trackAdded, .sessionScheduled, .sessionMoved,
      .sessionRevised, .sessionCancelled, .personAssigned, .personUnassigned, .programReleased, nil:
      break
    }
  }
}

extension ConferenceOpened {
  /// What the conference is after a revision.
  package mutating func apply(_ revision: ConferenceRevised) {
    title = revision.title ?? title
    shortTitle = revision.shortTitle ?? shortTitle
    place = revision.place ?? place
    firstDay = revision.firstDay ?? firstDay
    lastDay = revision.lastDay ?? lastDay
    languages = revision.languages ?? languages
  }
}

/// What a revision changes: nil where it says nothing, or what is so already.
func changed<Value: Equatable>(_ known: Value?, _ wanted: Value?) -> Value? {
  wanted == known ? nil : wanted
}

/// The same for a text, whose languages that are not named stay.
func changed(_ known: LocalizedText?, _ wanted: LocalizedText?) -> LocalizedText? {
  guard let wanted else { return nil }
  let merged = known?.merging(wanted) ?? wanted
  return merged == known ? nil : merged
}
