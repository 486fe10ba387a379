package import EventLog
import People
package import Vocabulary

/// The conference itself: its title, days, zone and languages, and the organisations behind it.
package enum Conferences: Decider {
  package struct State: Sendable, Equatable {
    var timetable = Timetable()
    var organisations: [OrganisationRoleAssigned] = []
    package var opened: ConferenceOpened? { timetable.conference }
  }

  package struct Revision: Codable, Sendable, Equatable {
    package var title: LocalizedText?
    package var shortTitle: LocalizedText?
    package var place: LocalizedText?
    package var firstDay: CalendarDate?
    package var lastDay: CalendarDate?
    package var languages: [Language]?
    package var welcome: LocalizedText?
    package var roomChange: Int?
    package var cleared: [ConferenceRevised.Field]
    package var organisations: [OrganisationRoleAssigned]
    package var waivers: [Waiver]

    package init(
      title: LocalizedText? = nil, shortTitle: LocalizedText? = nil, place: LocalizedText? = nil,
      firstDay: CalendarDate? = nil, lastDay: CalendarDate? = nil, languages: [Language]? = nil,
      welcome: LocalizedText? = nil, roomChange: Int? = nil,
      cleared: [ConferenceRevised.Field] = [], organisations: [OrganisationRoleAssigned] = [],
      waivers: [Waiver] = []
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
      self.organisations = organisations
      self.waivers = waivers
    }
  }

  package enum Command: Codable, Sendable {
    case open(ConferenceOpened, [OrganisationRoleAssigned])
    case revise(Revision)
  }

  package enum Refusal: DomainRefusal {
    case alreadyOpen(LocalizedText)
    case endsBeforeItBegins(CalendarDate, CalendarDate)
    case notOpen
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .alreadyOpen(let title):
        .says(
          "That name is taken by “\(title.best([.english]).text)”.", .chooseAnotherName, .reviseConference)
      case .endsBeforeItBegins(let first, let last):
        .says("The conference would end on \(last), before it begins on \(first).")
      case .notOpen: .says("There is no such conference.", .list(ConferenceEntity.self))
      case .conflicts(let found): found.texts
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state.timetable)
    boundary.addAffected(by: (try? events(command, in: state)) ?? [])
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let events = try events(command, in: state)
    guard case .revise(let wanted) = command else { return events }
    do {
      return try state.timetable.waivingConflicts(of: events, with: wanted.waivers)
    } catch { throw .conflicts(error) }
  }

  private static func events(_ command: Command, in state: State) throws(Refusal) -> [Event] {
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
      let cleared = wanted.cleared.filter { known.has($0) }
      let revised = ConferenceRevised(
        title: changed(known.title, wanted.title),
        shortTitle: changed(known.shortTitle, wanted.shortTitle),
        place: changed(known.place, wanted.place),
        firstDay: changed(known.firstDay, wanted.firstDay),
        lastDay: changed(known.lastDay, wanted.lastDay),
        languages: changed(known.languages, wanted.languages),
        welcome: changed(known.welcome, wanted.welcome),
        roomChange: changed(known.roomChange, wanted.roomChange),
        cleared: cleared.isEmpty ? nil : cleared)
      let new = wanted.organisations.filter { !state.organisations.contains($0) }
      return (revised == ConferenceRevised() ? [] : [.conferenceRevised(revised)])
        + new.map { .organisationRoleAssigned($0) }
    }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    state.timetable.warnings(events)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.timetable.evolve(event)
    if case .organisationRoleAssigned(let body) = try SchedulingEvent(event) {
      state.organisations.append(body)
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
    welcome = revision.welcome ?? welcome
    roomChange = revision.roomChange ?? roomChange
    for field in revision.cleared ?? [] {
      switch field {
      case .shortTitle: shortTitle = nil
      case .place: place = nil
      case .welcome: welcome = nil
      case .roomChange: roomChange = nil
      }
    }
  }

  func has(_ field: ConferenceRevised.Field) -> Bool {
    switch field {
    case .shortTitle: shortTitle != nil
    case .place: place != nil
    case .welcome: welcome != nil
    case .roomChange: roomChange != nil
    }
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
