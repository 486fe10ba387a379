import JSON
import Specification
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

@testable import EventLog

/// A door as version 1 had it: seats as a text.
private struct OldDoor: EventBody {
  static let type = "DoorOpened"
  var room: RoomID
  var seats: String
  var tags: [Tag] { [room.tag] }
}

/// Version 3: seats by number (2), under another name (3).
private struct DoorOpened: EventBody {
  static let type = "DoorOpened"
  static let version = 3
  var room: RoomID
  var capacity: Int
  var tags: [Tag] { [room.tag] }

  struct NoNumber: Error {}

  static let upcasts: [Int: Upcast] = [
    1: { old in
      guard case .string(let text)? = old["seats"], let seats = Int(text) else { throw NoNumber() }
      var new = old
      new["seats"] = .integer(seats)
      return new
    },
    2: { old in
      var new = old
      new["capacity"] = old["seats"]
      new["seats"] = nil
      return new
    },
  ]
}

private enum DoorEvent: EventFamily {
  case opened(DoorOpened)

  init?(_ event: RecordedEvent) throws { self = .opened(try event.decoded()) }
  var body: any EventBody {
    switch self {
    case .opened(let body): body
    }
  }
}

/// Opens a door once, with as many seats as it had.
private enum Doors: Decider {
  static let name = "Doors"
  static let initial: [RoomID: Int] = [:]
  struct Refusal: DomainRefusal {
    var known: Int
    var texts: [HintedText] { [HintedText("It has \(known) seats.")] }
  }

  static func boundary(of command: DoorOpened, in _: [RoomID: Int]) -> Query {
    .tagged(command.room.tag)
  }

  static func decide(_ command: DoorOpened, in state: [RoomID: Int]) throws(Refusal) -> [DoorEvent] {
    guard let known = state[command.room] else { return [.opened(command)] }
    if known != command.capacity { throw Refusal(known: known) }
    return []
  }

  static func evolve(_ state: inout [RoomID: Int], _ event: RecordedEvent) throws {
    if case .opened(let body)? = try DoorEvent(event) { state[body.room] = body.capacity }
  }
}

struct `An event of an older version` {
  private let old = OldDoor(room: "hall", seats: "80")

  @Test func `is decided from like one of today`() {
    let given = Doors.given(old)
    given.when(DoorOpened(room: "hall", capacity: 80)).thenNothing()
    given.when(DoorOpened(room: "hall", capacity: 90)).thenRefused(.init(known: 80))
  }

  @Test func `is read by every upcast in turn, and verified as it was stored`() async throws {
    let log = MemoryLog { "2016-02-25T09:00:00Z" }
    let conference: ConferenceID = "doors"
    for (number, body) in ([old, DoorOpened(room: "annex", capacity: 20)] as [any EventBody]).enumerated() {
      _ = try await log.append(
        AppendRequest(
          conference: conference, commandID: "00000000-0000-4000-8000-00000000000\(number)",
          request: sha256("\(number)"), actor: "anna", events: [body]))
    }
    let events = await log.read(conference, matching: .everything, command: nil).events
    #expect(events.map(\.version) == [1, 3])
    #expect(events[0].body == #"{"room":"hall","seats":"80"}"#)
    #expect(
      try events.map { try $0.decoded(as: DoorOpened.self) } == [
        DoorOpened(room: "hall", capacity: 80), DoorOpened(room: "annex", capacity: 20),
      ])
    var (stored, computed) = (MerkleTree(), MerkleTree())
    for event in events {
      stored.append(event.leaf)
      computed.append(event.leafHash)
    }
    #expect(computed.root == stored.root)
  }

  @Test func `is not read where an upcast fails or is missing, nor one that is newer`() {
    func event(_ version: Int, _ body: String) -> RecordedEvent {
      RecordedEvent(
        conference: "doors", position: 7, type: DoorOpened.type, version: version, tags: [], body: body,
        actor: "anna", reason: nil, commandID: "", recordedAt: "2016-02-25T09:00:00Z", leaf: [])
    }
    #expect(throws: UnreadableEvent.self) {
      try event(1, #"{"room":"hall","seats":"many"}"#).decoded(as: DoorOpened.self)
    }
    for version in [0, 4] {
      let error = #expect(throws: UnreadableEvent.self) {
        try event(version, #"{"capacity":80,"room":"hall"}"#).decoded(as: DoorOpened.self)
      }
      #expect(error?.description.contains("version \(version) is unknown") == true)
    }
    struct Forgotten: EventBody {
      static let type = "DoorOpened"
      static let version = 2
      var tags: [Tag] { [] }
    }
    let error = #expect(throws: UnreadableEvent.self) { try event(1, "{}").decoded(as: Forgotten.self) }
    #expect(error?.description.contains("nothing makes version 1 one of 2") == true)
  }

  @Test func `keeps every kind of value on its way`() throws {
    let text = #"{"a":[1,-2.5,true,false,null,"ü\n\"",{"b":{}}],"big":9007199254740993}"#
    #expect(try JSONText.encode(JSONText.value(from: text)) == text)
  }
}
