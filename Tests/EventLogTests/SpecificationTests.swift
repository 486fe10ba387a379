import Specification
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

@testable import EventLog

/// Deciders that break a rule of their kind, each caught by the words in which it is told.
struct `A specification finds` {
  @Test func `nothing in a decider that is right`() {
    Doors<Right>.given().when(.open("hall")).then(.opened("hall"))
    Doors<Right>.given(Opened(room: "hall")).when(.open("hall")).thenNothing()
    Doors<Right>.given(Opened(room: "hall")).when(.lock("hall")).thenRefused(.open)
    Doors<Right>.given(Opened(room: "annex")).when(.lock("hall")).thenNothing()
  }

  @Test func `an event that the decision rests on and the boundary leaves out`() {
    withKnownIssue {
      Doors<Blind>.given(Opened(room: "hall")).when(.lock("hall")).thenRefused(.open)
    }
  }

  @Test func `a command that has its effect twice`() {
    withKnownIssue { Doors<Blind>.given().when(.open("hall")).then(.opened("hall")) }
    withKnownIssue { Doors<Blind>.given().when(.open("hall")).thenOneMore(.opened("hall")) }
  }

  @Test func `a refusal that is no sentence`() {
    withKnownIssue {
      Doors<Mute>.given(Opened(room: "hall")).when(.lock("hall")).thenRefused(.open)
    }
  }

  @Test func `another outcome than the one that was told`() {
    let given = Doors<Right>.given(Opened(room: "hall"))
    withKnownIssue { given.when(.open("hall")).then(.opened("hall")) }
    withKnownIssue { given.when(.lock("hall")).thenNothing() }
    withKnownIssue { given.when(.lock("hall")).thenRefused(saying: "The door is locked.") }
    withKnownIssue { given.when(.open("hall")).thenRefused(.open) }
  }
}

private struct Opened: EventBody {
  static let type = "Opened"
  var room: RoomID
  var tags: [Tag] { [room.tag] }
}

private enum DoorEvent: EventFamily {
  case opened(Opened)

  static func opened(_ room: RoomID) -> DoorEvent { .opened(Opened(room: room)) }

  init?(_ event: RecordedEvent) throws { self = .opened(try event.decoded()) }

  var body: any EventBody {
    switch self {
    case .opened(let body): body
    }
  }
}

/// What is wrong with a decider.
private protocol Flaw {
  static func boundary(of room: RoomID) -> Query
  static var refusal: String { get }
}

extension Flaw {
  static func boundary(of room: RoomID) -> Query { .tagged(room.tag) }
  static var refusal: String { "The door is open." }
}

private enum Right: Flaw {}
private enum Blind: Flaw {
  static func boundary(of _: RoomID) -> Query { .tagged(.conference) }
}
private enum Mute: Flaw { static let refusal = "no" }

/// Opens a door; refuses to lock an open one.
private enum Doors<F: Flaw>: Decider {
  static var name: String { "Doors" }

  typealias Event = DoorEvent

  enum Command: Codable, Sendable {
    case open(RoomID)
    case lock(RoomID)
  }

  struct Refusal: DomainRefusal {
    static var open: Refusal { Refusal() }
    var texts: [HintedText] { .says(F.refusal) }
  }

  static var initial: Int { 0 }

  static func boundary(of command: Command, in _: Int) -> Query {
    switch command {
    case .open(let room), .lock(let room): F.boundary(of: room)
    }
  }

  static func decide(_ command: Command, in opened: Int) throws(Refusal) -> [DoorEvent] {
    switch command {
    case .open(let room): return opened > 0 ? [] : [.opened(room)]
    case .lock:
      if opened > 0 { throw Refusal() }
      return []
    }
  }

  static func evolve(_ opened: inout Int, _ event: RecordedEvent) throws {
    if try DoorEvent(event) != nil { opened += 1 }
  }
}
