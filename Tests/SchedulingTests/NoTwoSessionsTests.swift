import EventLog
import Specification
import Testing
import Vocabulary

@testable import Scheduling

/// No sequence of commands makes two live sessions overlap in a room.
struct `Random planning` {
  /// A simple model of the program: for each session its room and its minutes since the first midnight;
  /// nil once it is cancelled.
  private struct Oracle {
    typealias Place = (room: Int, start: Int, end: Int)
    var places: [Int: Place?] = [:]

    func isFree(_ wanted: Place, except session: Int) -> Bool {
      places.allSatisfy { id, place in
        guard id != session, let place, place.room == wanted.room else { return true }
        return place.end <= wanted.start || wanted.end <= place.start
      }
    }

    var overlaps: Int {
      places.count { id, place in place.map { !isFree($0, except: id) } ?? false }
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `never puts two sessions into one room at the same time`(seed: UInt64) async throws {
    var random = SplitMix(seed: seed)
    let log = MemoryLog(clock: { "2016-02-25T09:00:00Z" })
    let rooms = (0..<3).map { try! RoomID("room-\($0)") }
    _ = try await log.append(
      AppendRequest(
        conference: conference, commandID: commandID("start"), request: sha256("start"), actor: "anna",
        events: [opened] + rooms.map { RoomAdded(room: $0, name: "Room") }))

    var oracle = Oracle()
    var accepted = 0
    for step in 0..<120 {
      let session = Int.random(in: 0..<12, using: &random)
      let id = try SessionID("session-\(session)")
      let start = Int.random(in: 0..<60, using: &random) * 30
      let length = Int.random(in: 1...6, using: &random) * 30
      let room = Int.random(in: 0..<3, using: &random)
      let place: Oracle.Place = (room, start, start + length)
      let known = oracle.places[session]
      let command: Sessions.Command
      var wanted: Oracle.Place? = place
      let possible: Bool
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5 where known == nil:
        command = .schedule(
          SessionScheduled(
            session: id, title: "Session", kind: .panel,
            slot: try Slot(room: rooms[room], start: time(start), end: time(start + length))), [])
        possible = oracle.isFree(place, except: session)
      case 9:
        command = .cancel(id)
        wanted = nil
        possible = known != nil
      case 7, 8:
        // A move that names no room and no end.
        command = .move(id, room: nil, start: time(start), end: nil)
        if case .some(.some(let from)) = known {
          wanted = (from.room, start, start + from.end - from.start)
          possible = oracle.isFree(wanted!, except: session)
        } else {
          possible = false
        }
      default:
        command = .move(id, room: rooms[room], start: time(start), end: time(start + length))
        if case .some(.some) = known {
          possible = oracle.isFree(place, except: session)
        } else {
          possible = false
        }
      }
      let done = try await send(command, "\(step)", to: log)
      #expect(done == possible, "step \(step): \(command)")
      if done {
        oracle.places[session] = .some(wanted)
        accepted += 1
      }
      #expect(oracle.overlaps == 0, "step \(step)")
    }
    #expect(accepted > 20, "Too many commands are refused to test much.")

    // The whole log, folded, gives the same program.
    var state = Sessions.initial
    for event in await log.read(conference, matching: .everything, command: nil).events {
      try Sessions.evolve(&state, event)
    }
    let slots = state.sessions.filter(\.value.isLive).compactMapValues { $0.slots[1]?.slot }
    let expected = try oracle.places.reduce(into: [SessionID: Slot]()) { slots, place in
      guard let value = place.value else { return }
      slots[try SessionID("session-\(place.key)")] = try Slot(
        room: rooms[value.room], start: time(value.start), end: time(value.end))
    }
    #expect(slots == expected)
  }

  private let conference: ConferenceID = "shanghai-2016"

  private func time(_ minutes: Int) -> ZonedTime { at("25T00:00").advanced(by: minutes) }

  /// - Returns: whether the command was accepted.
  private func send(_ command: Sessions.Command, _ id: String, to log: MemoryLog) async throws
    -> Bool
  {
    var query = Sessions.boundary(of: command, in: Sessions.initial)
    while true {
      let reading = await log.read(conference, matching: query, command: commandID(id))
      var state = Sessions.initial
      for event in reading.events { try Sessions.evolve(&state, event) }
      if let wider = Sessions.widened(query, for: command, in: state) {
        query = wider
        continue
      }
      let events: [SchedulingEvent]
      do {
        events = try Sessions.decide(command, in: state)
      } catch { return false }
      if !events.isEmpty {
        _ = try await log.append(
          AppendRequest(
            conference: conference, commandID: commandID(id), request: sha256(id), actor: "anna",
            events: events.map(\.body), condition: Condition(failIfAny: query, after: reading.head))
        )
      }
      return true
    }
  }
}
