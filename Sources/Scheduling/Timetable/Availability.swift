package import EventLog
import People
package import Vocabulary

/// The times when speakers are unavailable.
package enum Availability: Decider {
  package static let name = "Availability"

  package typealias State = Timetable
  package typealias Refusal = AvailabilityRefusal

  package enum Command: Codable, Sendable {
    case state(PersonID, from: ZonedTime, until: ZonedTime, waivers: [Waiver])
    case remove(PersonID, number: Int)

    var person: PersonID {
      switch self {
      case .state(let person, _, _, _), .remove(let person, _): person
      }
    }
  }

  package typealias Event = ProgramOrPeopleEvent

  package static let initial = Timetable()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    boundary.add(command.person.tag)
    for event in (try? events(command, in: state)) ?? [] { boundary.addAffected(by: event) }
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    let events = try events(command, in: state)
    guard case .state(_, _, _, let waivers) = command else { return events.map { .people($0) } }
    do {
      return try state.waivingConflicts(of: events.map { .people($0) }, with: waivers)
    } catch { throw .conflicts(error) }
  }

  private static func events(_ command: Command, in state: State) throws(Refusal) -> [PeopleEvent] {
    guard let person = state.people[command.person] else { throw .unknown(command.person) }
    if let kept = state.merged[command.person] { throw .merged(command.person, into: kept) }
    if person.withdrawn { throw .withdrawn(command.person) }
    switch command {
    case .state(let id, let from, let until, _):
      guard from < until else { throw .endsBeforeItBegins(from, until) }
      if person.unavailable.values.contains(where: { $0.from == from && $0.until == until }) {
        return []
      }
      return [
        .unavailabilityStated(
          UnavailabilityStated(
            person: id, number: person.lastUnavailability + 1, from: from, until: until))
      ]
    case .remove(let id, let number):
      if person.unavailable[number] == nil {
        guard person.unavailable.hadNumber(number, last: person.lastUnavailability) else {
          throw .noSuch(id, number, known: person.unavailable.keys.sorted())
        }
        return []
      }
      return [.unavailabilityRemoved(UnavailabilityRemoved(person: id, number: number))]
    }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    state.warnings(events)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}

package enum AvailabilityRefusal: DomainRefusal {
  case notOpen
  case unknown(PersonID)
  case withdrawn(PersonID)
  case merged(PersonID, into: PersonID)
  case endsBeforeItBegins(ZonedTime, ZonedTime)
  case noSuch(PersonID, Int, known: [Int])
  case conflicts(ConflictsFound)

  package var texts: [HintedText] {
    switch self {
    case .notOpen: Conferences.Refusal.notOpen.texts
    case .unknown(let person): Speakers.Refusal.unknown(person).texts
    case .withdrawn(let person): Speakers.Refusal.withdrawn(person).texts
    case .merged(let person, let kept): Speakers.Refusal.merged(person, into: kept).texts
    case .endsBeforeItBegins(let from, let until):
      Rooms.Refusal.endsBeforeItBegins(from, until).texts
    case .noSuch(let person, let number, let known):
      .says(
        known.isEmpty
          ? "The speaker “\(person)” has no unavailable times."
          : "The speaker “\(person)” has no unavailable time \(number), only "
            + "\(list(known.map(String.init))).")
    case .conflicts(let found): found.texts
    }
  }
}
