package import EventLog
package import People
package import Vocabulary

/// When a speaker cannot be there.
package enum Availability: Decider {
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

  /// What is waived is an event of the program, the rest is of the person.
  package enum Event: EventFamily {
    case people(PeopleEvent)
    case scheduling(SchedulingEvent)

    package init?(_ event: RecordedEvent) throws {
      if let event = try PeopleEvent(event) {
        self = .people(event)
      } else if let event = try SchedulingEvent(event) {
        self = .scheduling(event)
      } else {
        return nil
      }
    }

    package var body: any EventBody {
      switch self {
      case .people(let event): event.body
      case .scheduling(let event): event.body
      }
    }
  }

  package static let initial = Timetable()

  package static func boundary(of command: Command, in state: State) -> Query {
    var around = Surroundings(state)
    around.person(command.person)
    return around.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    guard let person = state.people[command.person] else { throw .unknown(command.person) }
    if person.withdrawn { throw .withdrawn(command.person) }
    switch command {
    case .state(let id, let from, let until, let waivers):
      guard from < until else { throw .endsBeforeItBegins(from, until) }
      if person.unavailable.values.contains(where: { $0.from == from && $0.until == until }) {
        return []
      }
      let event = PeopleEvent.unavailabilityStated(
        UnavailabilityStated(
          person: id, number: person.lastUnavailability + 1, from: from, until: until))
      var after = state
      after.apply(event)
      let new = after.conflicts(of: id, since: state)
      let waiver = waivers.first { $0.kind == .personUnavailable }
      guard let waiver else {
        if !new.isEmpty { throw .conflicts(ConflictsFound(conflicts: new.map(after.described))) }
        return [.people(event)]
      }
      return [.people(event)]
        + new.map {
          .scheduling(.conflictWaived(ConflictWaived(conflict: $0, reason: waiver.reason)))
        }
    case .remove(let id, let number):
      if person.unavailable[number] == nil {
        guard person.lastUnavailability > 0, (1...person.lastUnavailability).contains(number) else {
          throw .noSuch(id, number, known: person.unavailable.keys.sorted())
        }
        return []
      }
      return [.people(.unavailabilityRemoved(UnavailabilityRemoved(person: id, number: number)))]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}

package enum AvailabilityRefusal: Error, Equatable, CustomStringConvertible {
  case notOpen
  case unknown(PersonID)
  case withdrawn(PersonID)
  case endsBeforeItBegins(ZonedTime, ZonedTime)
  case noSuch(PersonID, Int, known: [Int])
  case conflicts(ConflictsFound)

  package var description: String {
    switch self {
    case .notOpen: Conferences.Refusal.notOpen.description
    case .unknown(let person): Speakers.Refusal.unknown(person).description
    case .withdrawn(let person): Speakers.Refusal.withdrawn(person).description
    case .endsBeforeItBegins(let from, let until):
      Rooms.Refusal.endsBeforeItBegins(from, until).description
    case .noSuch(let person, let number, let known):
      known.isEmpty
        ? "Nothing is known of times at which “\(person)” cannot be there."
        : "“\(person)” has no time \(number) at which they cannot be there, only \(list(known.map(String.init)))."
    case .conflicts(let found): found.description
    }
  }
}

extension Timetable {
  fileprivate func conflicts(of person: PersonID, since before: Timetable) -> [Conflict] {
    sessions(of: person).reduce(into: Set<Conflict>()) { new, id in
      new.formUnion(conflicts(of: id).subtracting(before.conflicts(of: id)))
    }.sorted()
  }
}
