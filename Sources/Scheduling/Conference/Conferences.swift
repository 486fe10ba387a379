package import EventLog
package import Vocabulary

/// The conference itself: its title, days, zone and languages, and the organisations behind it.
package enum Conferences: Decider {
  package static let name = "Conferences"

  package struct State: Sendable, Equatable {
    var timetable = Timetable()
    var organisations: [OrganisationRoleAssigned] = []
    package var details: ConferenceDetails? { timetable.conference }
  }

  package struct Revision: Codable, Sendable, Equatable {
    package var changes: ConferenceDetails.Changes
    package var organisations: [OrganisationRoleAssigned]
    package var waivers: [Waiver]

    package init(
      changes: ConferenceDetails.Changes, organisations: [OrganisationRoleAssigned] = [],
      waivers: [Waiver] = []
    ) {
      self.changes = changes
      self.organisations = organisations
      self.waivers = waivers
    }

    package init(
      organisations: [OrganisationRoleAssigned] = [], waivers: [Waiver] = [],
      _ build: (inout ConferenceDetails.Changes) -> Void = { _ in }
    ) {
      self.init(
        changes: ConferenceDetails.Changes(build), organisations: organisations, waivers: waivers)
    }
  }

  package enum Command: Codable, Sendable {
    case open(ConferenceOpened, [OrganisationRoleAssigned])
    case revise(Revision)
    case close, archive, reopen
  }

  package enum Refusal: DomainRefusal {
    case alreadyOpen(LocalizedText)
    case endsBeforeItBegins(CalendarDate, CalendarDate)
    case notOpen
    /// Another day than those from the first to the last.
    case notADay(CalendarDate, CalendarDate, CalendarDate)
    case closed
    case archived
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .alreadyOpen(let title):
        .says(
          "That name is taken by “\(title.best([.english]).text)”.", .chooseAnotherName, .reviseConference)
      case .endsBeforeItBegins(let first, let last):
        .says("The conference would end on \(last), before it begins on \(first).")
      case .notOpen: .says("There is no such conference.", .list(ConferenceEntity.self))
      case .notADay(let day, let first, let last):
        .says(
          "The conference has no day \(day); it lasts from \(first) to \(last).", .conferenceDays)
      case .closed:
        .says(
          "The conference is closed: its program, its attendees and their check-ins stay as they are.",
          .reopenConference)
      case .archived:
        .says("The conference is archived: only personal data can still be erased.", .reopenConference)
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
      if let known = state.details {
        guard known == opened.details, state.organisations == organisations else {
          throw .alreadyOpen(known.title)
        }
        return []
      }
      try check(opened.details)
      return [.conferenceOpened(opened)] + organisations.map { .organisationRoleAssigned($0) }
    case .revise(let wanted):
      guard let known = state.details else { throw .notOpen }
      let changes = wanted.changes.differing(from: known)
      let revised = SchedulingEvent.conferenceRevised(ConferenceRevised(changes: changes))
      try check(revised, in: state.timetable)
      let new = wanted.organisations.filter { !state.organisations.contains($0) }
      return (changes.isEmpty ? [] : [revised])
        + new.map { .organisationRoleAssigned($0) }
    case .close:
      if try status(state) == .archived { throw .archived }
      return try changed(to: .closed, state)
    case .archive: return try changed(to: .archived, state)
    case .reopen: return try changed(to: .open, state)
    }
  }

  private static func status(_ state: State) throws(Refusal) -> ConferenceStatus {
    guard state.details != nil else { throw .notOpen }
    return state.timetable.status
  }

  private static func changed(to status: ConferenceStatus, _ state: State) throws(Refusal) -> [Event] {
    try self.status(state) == status ? [] : [status.event]
  }

  /// Refuses a revision after which the conference would end before it begins.
  static func check(_ event: Event, in state: Timetable) throws(Refusal) {
    guard case .conferenceRevised(let body) = event, var revised = state.conference else { return }
    body.changes.apply(to: &revised)
    try check(revised)
  }

  private static func check(_ details: ConferenceDetails) throws(Refusal) {
    guard details.firstDay <= details.lastDay else {
      throw .endsBeforeItBegins(details.firstDay, details.lastDay)
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
