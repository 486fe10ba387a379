package import EventLog
package import Vocabulary

/// The places that a conference's rooms are in, and how long one needs between them.
package enum Venues: Decider {
  package typealias State = Timetable

  package enum Command: Codable, Sendable {
    case add(VenueAdded)
    case revise(VenueRevised)
    /// Nil: nothing is known of it any more.
    case setTravelTime(Place, Place, minutes: Int?)
  }

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case notOpen
    case taken(VenueID, LocalizedText)
    case unknown(VenueID)
    case unknownRoom(RoomID)
    case samePlace(Place)
    case mixed(Place, Place)

    package var description: String {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.description
      case .taken(let venue, let name):
        "“\(venue)” already names the venue “\(name.best([.english]).text)”; choose another name, or use "
          + "“venue revise \(venue)”."
      case .unknown(let venue):
        "There is no venue “\(venue)”; see “venue list”, or add it with “venue add \(venue) --name …”."
      case .unknownRoom(let room): Rooms.Refusal.unknown(room).description
      case .samePlace(let place): "From “\(place)” to itself there is nothing to travel."
      case .mixed(let a, let b):
        "“\(a)” and “\(b)”: give two rooms or two venues."
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
    case .setTravelTime(let a, let b, let minutes):
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
        guard known == wanted else { throw .taken(wanted.venue, known.name) }
        return []
      }
      return [.venueAdded(wanted)]
    case .revise(let wanted):
      guard let known = state.venues[wanted.venue] else { throw .unknown(wanted.venue) }
      let cleared = (wanted.cleared ?? []).filter { $0 == .address && known.address != nil }
      let revised = VenueRevised(
        venue: wanted.venue, name: changed(known.name, wanted.name),
        address: changed(known.address, wanted.address), cleared: cleared.isEmpty ? nil : cleared)
      return revised == VenueRevised(venue: wanted.venue) ? [] : [.venueRevised(revised)]
    case .setTravelTime(let a, let b, let minutes):
      if a == b { throw .samePlace(a) }
      switch (a, b) {
      case (.room(let a), .room(let b)):
        for room in [a, b] where state.rooms[room] == nil { throw .unknownRoom(room) }
      case (.venue(let a), .venue(let b)):
        for venue in [a, b] where state.venues[venue] == nil { throw .unknown(venue) }
      case (.room, .venue), (.venue, .room): throw .mixed(a, b)
      }
      let event = TravelTimeSet(a, b, minutes: minutes)
      return state.travelTimes[event.places] == minutes ? [] : [.travelTimeSet(event)]
    }
  }

  package static func warnings(on events: [Event], in state: State) -> [String] {
    state.warnings(events)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}

extension VenueAdded {
  package mutating func apply(_ revision: VenueRevised) {
    name = revision.name ?? name
    address = revision.address ?? address
    if revision.cleared?.contains(.address) == true { address = nil }
  }
}
