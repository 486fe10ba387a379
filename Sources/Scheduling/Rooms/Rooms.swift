package import EventLog
import People
package import Vocabulary

/// The rooms that sessions can take place in and when they are open, and the tracks that they can
/// belong to.
package enum Rooms: Decider {
  package typealias State = Timetable

  package enum Command: Codable, Sendable {
    case add(RoomAdded)
    case revise(RoomRevised, waivers: [Waiver])
    case close(RoomID)
    case reopen(RoomID)
    case setHours(RoomHoursSet, waivers: [Waiver])
    case stateClosure(
      RoomID, from: ZonedTime, until: ZonedTime, note: LocalizedText?, waivers: [Waiver])
    case removeClosure(RoomID, number: Int)
    case addTrack(TrackAdded)
    case reviseTrack(TrackRevised)
  }

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case notOpen
    case roomTaken(RoomID, LocalizedText)
    case trackTaken(TrackID, LocalizedText)
    case unknown(RoomID)
    case unknownTrack(TrackID)
    case unknownVenue(VenueID)
    case closed(RoomID)
    case inUse(RoomID, [SessionID])
    case endsBeforeItBegins(ZonedTime, ZonedTime)
    case noSuchClosure(RoomID, Int, known: [Int])
    case conflicts(ConflictsFound)

    package var description: String {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.description
      case .roomTaken(let room, let name):
        "“\(room)” already names the room “\(name.best([.english]).text)”; choose another name, or use "
          + "“room revise \(room)”."
      case .trackTaken(let track, let name):
        "“\(track)” already names the track “\(name.best([.english]).text)”; choose another name, or use "
          + "“track revise \(track)”."
      case .unknown(let room):
        "There is no room “\(room)”; see “room list”, or add it with “room add \(room) --name …”."
      case .unknownTrack(let track): Sessions.Refusal.unknownTrack(track).description
      case .unknownVenue(let venue): Venues.Refusal.unknown(venue).description
      case .closed(let room):
        "The room “\(room)” is closed and takes no more sessions; see “room reopen \(room)”."
      case .inUse(let room, let sessions):
        "The room “\(room)” still has \(list(sessions.map { "“\($0)”" })); move or cancel "
          + "\(sessions.count == 1 ? "it" : "them") first."
      case .endsBeforeItBegins(let from, let until):
        "It would end at \(until.date) \(until.clock), which is not after \(from.date) \(from.clock)."
      case .noSuchClosure(let room, let number, let known):
        known.isEmpty
          ? "“\(room)” has no closure that could be removed."
          : "“\(room)” has no closure \(number), only \(list(known.map(String.init)))."
      case .conflicts(let found): found.description
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = Timetable()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    switch command {
    case .add(let body):
      boundary.addRoomWithSessions(body.room)
      if let venue = body.venue { boundary.add(venue.tag) }
    case .revise(let body, _):
      if let venue = body.venue { boundary.add(venue.tag) }
      boundary.addAffected(by: .scheduling(.roomRevised(body)))
    case .setHours(let body, _): boundary.addRoomAndItsSessions(body.room)
    case .stateClosure(let room, _, _, _, _): boundary.addRoomAndItsSessions(room)
    case .close(let room), .reopen(let room), .removeClosure(let room, _): boundary.addRoomWithSessions(room)
    case .addTrack(let body): boundary.addTrack(body.track)
    case .reviseTrack(let body): boundary.addTrack(body.track)
    }
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    switch command {
    case .add(let wanted):
      if let known = state.rooms[wanted.room] {
        guard known.details == wanted, !known.closed else {
          throw .roomTaken(wanted.room, known.details.name)
        }
        return []
      }
      if let venue = wanted.venue, state.venues[venue] == nil { throw .unknownVenue(venue) }
      return [.roomAdded(wanted)]
    case .revise(let wanted, let waivers):
      let known = try open(wanted.room, state).details
      if let venue = wanted.venue, state.venues[venue] == nil { throw .unknownVenue(venue) }
      let cleared = (wanted.cleared ?? []).filter { known.has($0) }
      let revised = RoomRevised(
        room: wanted.room, name: changed(known.name, wanted.name),
        capacity: changed(known.capacity, wanted.capacity), note: changed(known.note, wanted.note),
        venue: changed(known.venue, wanted.venue),
        features: changed(known.features, wanted.features), cleared: cleared.isEmpty ? nil : cleared)
      if revised == RoomRevised(room: wanted.room) { return [] }
      return try waivingConflicts(.roomRevised(revised), waivers, state)
    case .close(let room):
      guard let known = state.rooms[room] else { throw .unknown(room) }
      if known.closed { return [] }
      let inUse = state.sessions(in: room).filter { state.sessions[$0]?.isLive == true }
      guard inUse.isEmpty else { throw .inUse(room, inUse.sorted()) }
      return [.roomClosed(RoomClosed(room: room))]
    case .reopen(let room):
      guard let known = state.rooms[room] else { throw .unknown(room) }
      return known.closed ? [.roomReopened(RoomReopened(room: room))] : []
    case .setHours(let wanted, let waivers):
      let known = try open(wanted.room, state)
      let hours = wanted.day.map { known.hoursOfDay[$0] } ?? known.hours
      if hours == wanted.hours { return [] }
      return try waivingConflicts(.roomHoursSet(wanted), waivers, state)
    case .stateClosure(let room, let from, let until, let note, let waivers):
      let known = try open(room, state)
      guard from < until else { throw .endsBeforeItBegins(from, until) }
      if known.closures.values.contains(where: {
        $0.from == from && $0.until == until && $0.note == note
      }) {
        return []
      }
      return try waivingConflicts(
        .roomClosureStated(
          RoomClosureStated(
            room: room, number: known.lastClosure + 1, from: from, until: until, note: note)),
        waivers, state)
    case .removeClosure(let room, let number):
      let known = try open(room, state)
      if known.closures[number] == nil {
        guard known.lastClosure > 0, (1...known.lastClosure).contains(number) else {
          throw .noSuchClosure(room, number, known: known.closures.keys.sorted())
        }
        return []
      }
      return [.roomClosureRemoved(RoomClosureRemoved(room: room, number: number))]
    case .addTrack(let wanted):
      if let known = state.tracks[wanted.track] {
        guard known == wanted else { throw .trackTaken(wanted.track, known.name) }
        return []
      }
      return [.trackAdded(wanted)]
    case .reviseTrack(let wanted):
      guard let known = state.tracks[wanted.track] else { throw .unknownTrack(wanted.track) }
      let cleared = (wanted.cleared ?? []).filter { $0 == .color && known.color != nil }
      let revised = TrackRevised(
        track: wanted.track, name: changed(known.name, wanted.name),
        color: changed(known.color, wanted.color), cleared: cleared.isEmpty ? nil : cleared)
      return revised == TrackRevised(track: wanted.track) ? [] : [.trackRevised(revised)]
    }
  }

  package static func warnings(on events: [Event], in state: State) -> [String] {
    state.warnings(events)
  }

  private static func open(_ room: RoomID, _ state: State) throws(Refusal) -> State.Room {
    guard let known = state.rooms[room] else { throw .unknown(room) }
    if known.closed { throw .closed(room) }
    return known
  }

  private static func waivingConflicts(_ event: Event, _ waivers: [Waiver], _ state: State) throws(Refusal)
    -> [Event]
  {
    do {
      return try state.waivingConflicts(of: [event], with: waivers)
    } catch { throw .conflicts(error) }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}

extension RoomAdded {
  func has(_ field: RoomRevised.Field) -> Bool {
    switch field {
    case .capacity: capacity != nil
    case .note: note != nil
    case .venue: venue != nil
    case .features: features != nil
    }
  }

  package mutating func apply(_ revision: RoomRevised) {
    name = revision.name ?? name
    capacity = revision.capacity ?? capacity
    note = revision.note ?? note
    venue = revision.venue ?? venue
    features = revision.features ?? features
    for field in revision.cleared ?? [] {
      switch field {
      case .capacity: capacity = nil
      case .note: note = nil
      case .venue: venue = nil
      case .features: features = nil
      }
    }
  }
}

extension TrackAdded {
  package mutating func apply(_ revision: TrackRevised) {
    name = revision.name ?? name
    color = revision.color ?? color
    if revision.cleared?.contains(.color) == true { color = nil }
  }
}
