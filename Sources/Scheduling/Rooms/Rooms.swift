package import EventLog
package import Vocabulary

extension RoomID {
  /// Stands for rooms that are not known yet. Several sessions can be in it at the same time, and it has no distance from others.
  package static let toBeAnnounced: RoomID = {
    do { return try RoomID("to-be-announced") } catch { preconditionFailure("It is a short name: \(error)") }
  }()
}

/// The rooms of the conference, with their opening hours and closures.
package enum Rooms: Decider {
  package static let name = "Rooms"

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

    var waivers: [Waiver] {
      switch self {
      case .revise(_, waivers: let waivers), .setHours(_, waivers: let waivers),
        .stateClosure(_, from: _, until: _, note: _, waivers: let waivers):
        waivers
      case .add, .close, .reopen, .removeClosure: []
      }
    }

    var room: RoomID {
      switch self {
      case .add(let body): body.room
      case .revise(let body, waivers: _): body.room
      case .setHours(let body, waivers: _): body.room
      case .close(let room), .reopen(let room),
        .stateClosure(let room, from: _, until: _, note: _, waivers: _),
        .removeClosure(let room, number: _):
        room
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case roomTaken(RoomID, LocalizedText)
    case unknown(RoomID)
    case unknownVenue(VenueID)
    case closed(RoomID)
    case inUse(RoomID, [SessionID])
    case endsBeforeItBegins(ZonedTime, ZonedTime)
    case noSuchClosure(RoomID, Int, known: [Int])
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .roomTaken(let room, let name):
        .says(
          "“\(room)” already names the room “\(name.best([.english]).text)”.", .chooseAnotherName,
          .revise(room))
      case .unknown(let room):
        .says("There is no room “\(room)”.", .list(RoomEntity.self), .add(room))
      case .unknownVenue(let venue): Venues.Refusal.unknown(venue).texts
      case .closed(let room):
        .says("The room “\(room)” is closed and takes no more sessions.", .reopenRoom(room))
      case .inUse(let room, let sessions):
        .says(
          "The room “\(room)” still has \(list(sessions.map { "“\($0)”" })); move or cancel "
            + "\(sessions.count == 1 ? "it" : "them") first.")
      case .endsBeforeItBegins(let from, let until):
        .says(
          "The period would end at \(until.date) \(until.clock), which is not after its start at "
            + "\(from.date) \(from.clock).")
      case .noSuchClosure(let room, let number, let known):
        .says(
          known.isEmpty
            ? "The room “\(room)” has no closures."
            : "The room “\(room)” has no closure \(number), only \(list(known.map(String.init))).")
      case .conflicts(let found): found.texts
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = Timetable()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    boundary.addRoomWithSessions(command.room)
    boundary.addAffected(by: (try? events(command, in: state)) ?? [])
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    let events = try events(command, in: state)
    for event in events { try check(event, in: state) }
    do {
      return try state.waivingConflicts(of: events, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  private static func events(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    switch command {
    case .add(let wanted):
      if let known = state.rooms[wanted.room] {
        guard known.details == wanted.details, !known.closed else {
          throw .roomTaken(wanted.room, known.details.name)
        }
        return []
      }
      return [.roomAdded(wanted)]
    case .revise(let wanted, waivers: _):
      let known = try open(wanted.room, state).details
      let changes = wanted.changes.differing(from: known)
      if changes.isEmpty { return [] }
      return [
        .roomRevised(
          RoomRevised(
            room: wanted.room, changes: changes,
            formerVenue: changes.fields.contains(.venue) ? known.venue : nil))
      ]
    case .close(let room):
      guard let known = state.rooms[room] else { throw .unknown(room) }
      if known.closed { return [] }
      let inUse = state.sessions(in: room).filter { state.sessions[$0]?.isLive == true }
      guard inUse.isEmpty else { throw .inUse(room, inUse.sorted()) }
      return [.roomClosed(RoomClosed(room: room))]
    case .reopen(let room):
      guard let known = state.rooms[room] else { throw .unknown(room) }
      return known.closed ? [.roomReopened(RoomReopened(room: room))] : []
    case .setHours(let wanted, waivers: _):
      let known = try open(wanted.room, state)
      let hours = wanted.day.map { known.hoursOfDay[$0] } ?? known.hours
      return hours == wanted.hours ? [] : [.roomHoursSet(wanted)]
    case .stateClosure(let room, from: let from, until: let until, note: let note, waivers: _):
      let known = try open(room, state)
      guard from < until else { throw .endsBeforeItBegins(from, until) }
      if known.closures.values.contains(where: {
        $0.from == from && $0.until == until && $0.note == note
      }) {
        return []
      }
      return [
        .roomClosureStated(
          RoomClosureStated(
            room: room, number: known.lastClosure + 1, from: from, until: until, note: note))
      ]
    case .removeClosure(let room, number: let number):
      let known = try open(room, state)
      if known.closures[number] == nil {
        guard known.closures.hadNumber(number, last: known.lastClosure) else {
          throw .noSuchClosure(room, number, known: known.closures.keys.sorted())
        }
        return []
      }
      return [.roomClosureRemoved(RoomClosureRemoved(room: room, number: number))]
    }
  }

  /// Refuses an event that refers to an unknown venue, or to an unknown or closed room.
  static func check(_ event: Event, in state: State) throws(Refusal) {
    for reference in event.references(in: state) {
      switch reference {
      case .room(let room): _ = try open(room, state)
      case .venue(let venue): if state.venues[venue] == nil { throw .unknownVenue(venue) }
      // `Sessions` checks them.
      case .session, .track, .person: break
      }
    }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    state.warnings(events)
  }

  private static func open(_ room: RoomID, _ state: State) throws(Refusal) -> State.Room {
    guard let known = state.rooms[room] else { throw .unknown(room) }
    if known.closed { throw .closed(room) }
    return known
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}
