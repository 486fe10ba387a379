package import EventLog
import People
package import Vocabulary

/// The rooms that sessions can take place in, and the tracks that they can belong to.
package enum Rooms: Decider {
  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    var room: RoomAdded?
    var roomClosed = false
    var track: TrackAdded?
    /// What takes place in the room, and who put it there.
    var sessions: [SessionID: Slot] = [:]
  }

  package enum Command: Codable, Sendable {
    case add(RoomAdded)
    case revise(RoomRevised)
    case close(RoomID)
    case addTrack(TrackAdded)
  }

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case notOpen
    case roomTaken(RoomID, LocalizedText)
    case trackTaken(TrackID, LocalizedText)
    case unknown(RoomID)
    case closed(RoomID)
    case inUse(RoomID, [SessionID])

    package var description: String {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.description
      case .roomTaken(let room, let name):
        "“\(room)” already names the room “\(name.best([.english]).text)”; choose another name, or use "
          + "“room revise \(room)”."
      case .trackTaken(let track, let name):
        "“\(track)” already names the track “\(name.best([.english]).text)”; choose another name."
      case .unknown(let room):
        "There is no room “\(room)”; see “room list”, or add it with “room add \(room) --name …”."
      case .closed(let room): "The room “\(room)” is closed and takes no more sessions."
      case .inUse(let room, let sessions):
        "The room “\(room)” still has \(list(sessions.map { "“\($0)”" })); move or cancel "
          + "\(sessions.count == 1 ? "it" : "them") first."
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    switch command {
    case .add(let body): .tagged(.conference, body.room.tag)
    case .revise(let body): .tagged(.conference, body.room.tag)
    case .close(let room): .tagged(.conference, room.tag)
    case .addTrack(let body): .tagged(.conference, body.track.tag)
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conferenceOpen else { throw .notOpen }
    switch command {
    case .add(let wanted):
      if let known = state.room {
        guard known == wanted, !state.roomClosed else { throw .roomTaken(wanted.room, known.name) }
        return []
      }
      return [.roomAdded(wanted)]
    case .revise(let wanted):
      guard let known = state.room else { throw .unknown(wanted.room) }
      if state.roomClosed { throw .closed(wanted.room) }
      let revised = RoomRevised(
        room: wanted.room, name: changed(known.name, wanted.name),
        capacity: changed(known.capacity, wanted.capacity), note: changed(known.note, wanted.note))
      let nothing = RoomRevised(room: wanted.room, name: nil, capacity: nil, note: nil)
      return revised == nothing ? [] : [.roomRevised(revised)]
    case .close(let room):
      guard state.room != nil else { throw .unknown(room) }
      if state.roomClosed { return [] }
      guard state.sessions.isEmpty else { throw .inUse(room, state.sessions.keys.sorted()) }
      return [.roomClosed(RoomClosed(room: room))]
    case .addTrack(let wanted):
      if let known = state.track {
        guard known == wanted else { throw .trackTaken(wanted.track, known.name) }
        return []
      }
      return [.trackAdded(wanted)]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try SchedulingEvent(event) {
    case .conferenceOpened: state.conferenceOpen = true
    case .roomAdded(let body): state.room = body
    case .roomRevised(let body):
      state.room?.apply(body)
    case .roomClosed: state.roomClosed = true
    case .trackAdded(let body): state.track = body
    case .sessionScheduled(let body): state.place(body.session, body.slot)
    case .sessionMoved(let body): state.place(body.session, body.to)
    case .sessionCancelled(let body): state.sessions[body.session] = nil
    case .conferenceRevised, .organisationRoleAssigned, .sessionRevised, .personAssigned,
      .personUnassigned, .programReleased, nil:
      break
    }
  }
}

extension Rooms.State {
  fileprivate mutating func place(_ session: SessionID, _ slot: Slot) {
    sessions[session] = slot.room == room?.room ? slot : nil
  }
}

extension RoomAdded {
  package mutating func apply(_ revision: RoomRevised) {
    name = revision.name ?? name
    capacity = revision.capacity ?? capacity
    note = revision.note ?? note
  }

}
