package import EventLog
package import Vocabulary

/// The venues of the conference, and the travel times between its rooms and venues.
package enum Venues: Decider {
  package static let name = "Venues"

  package typealias State = Timetable

  package enum Command: Codable, Sendable {
    case add(VenueAdded)
    case revise(VenueRevised)
    /// Without `minutes`, the travel time is removed.
    case setTravelTime(Place, Place, minutes: Int?, waivers: [Waiver] = [])
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case taken(VenueID, LocalizedText)
    case unknown(VenueID)
    case unknownRoom(RoomID)
    case samePlace(Place)
    case mixed(Place, Place)
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .taken(let venue, let name):
        .says(
          "“\(venue)” already names the venue “\(name.best([.english]).text)”.", .chooseAnotherName,
          .revise(venue))
      case .unknown(let venue):
        .says("There is no venue “\(venue)”.", .list(VenueEntity.self), .add(venue))
      case .unknownRoom(let room): Rooms.Refusal.unknown(room).texts
      case .samePlace(let place): .says("“\(place)” is given twice; give two different places.")
      case .mixed(let a, let b):
        .says("“\(a)” and “\(b)” are a room and a venue; give two rooms or two venues.")
      case .conflicts(let found): found.texts
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = Timetable()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    switch command {
    case .add(let body): boundary.add(body.venue.tag)
    case .revise(let body): boundary.add(body.venue.tag)
    case .setTravelTime(let a, let b, let minutes, _):
      for place in [a, b] {
        switch place {
        case .room(let room): boundary.addRoom(room)
        case .venue(let venue): boundary.add(venue.tag)
        }
      }
      boundary.addAffected(by: .travelTimeSet(TravelTimeSet(a, b, minutes: minutes)))
    }
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    switch command {
    case .add(let wanted):
      if let known = state.venues[wanted.venue] {
        guard known == wanted.details else { throw .taken(wanted.venue, known.name) }
        return []
      }
      return [.venueAdded(wanted)]
    case .revise(let wanted):
      guard let known = state.venues[wanted.venue] else { throw .unknown(wanted.venue) }
      let changes = wanted.changes.differing(from: known)
      return changes.isEmpty ? [] : [.venueRevised(VenueRevised(venue: wanted.venue, changes: changes))]
    case .setTravelTime(let a, let b, let minutes, let waivers):
      if a == b { throw .samePlace(a) }
      switch (a, b) {
      case (.room(let a), .room(let b)):
        for room in [a, b] where state.rooms[room] == nil { throw .unknownRoom(room) }
      case (.venue(let a), .venue(let b)):
        for venue in [a, b] where state.venues[venue] == nil { throw .unknown(venue) }
      case (.room, .venue), (.venue, .room): throw .mixed(a, b)
      }
      let event = TravelTimeSet(a, b, minutes: minutes)
      if state.travelTimes[event.places] == minutes { return [] }
      do {
        return try state.waivingConflicts(of: [SchedulingEvent.travelTimeSet(event)], with: waivers)
      } catch { throw .conflicts(error) }
    }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    state.warnings(events)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}
