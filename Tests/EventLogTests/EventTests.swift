import JSON
import Specification
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

@testable import EventLog

private let event = RecordedEvent(
  conference: "shanghai-2016", position: 7, type: "RoomAdded", version: 1,
  tags: ["room:hall", "conference"], body: #"{"room":"hall"}"#, actor: "anna", reason: "as agreed",
  commandID: "11111111-1111-4111-8111-111111111111", recordedAt: "2016-02-25T09:00:00Z", leaf: [])

private func changed(_ change: (inout RecordedEvent) -> Void) -> RecordedEvent {
  var other = event
  change(&other)
  return other
}

struct `The leaf hash` {
  /// Made with sha256sum of the encoding that log.leaf documents.
  @Test func `is the one that the log computes`() {
    #expect(
      hexadecimal(event.leafHash)
        == "942fa74b0ae60ab002b1245deb354e8ff21c32f7518ab613a6088254010edfa4")
    // Version 2, with a login.
    #expect(
      hexadecimal(changed { $0.login = "plenary_anna" }.leafHash)
        == "5ecd7cddbf34fb21091498c82dbbf30f41baab049bbb61e7c46607182b010cb7")
  }

  @Test func `changes with every field`() {
    let others = [
      event,
      changed { $0.conference = "shanghai-2017" },
      changed { $0.position = 8 },
      changed { $0.type = "RoomClosed" },
      changed { $0.version = 2 },
      changed { $0.tags = ["conference", "room:hall"] },
      changed { $0.tags = ["room:hall"] },
      changed { $0.tags = [] },
      changed { $0.body = #"{"room": "hall"}"# },
      changed { $0.actor = "boris" },
      changed { $0.reason = "as agreed " },
      changed { $0.reason = nil },
      changed { $0.commandID = "11111111-1111-4111-8111-111111111112" },
      changed { $0.recordedAt = "2016-02-25T09:00:00.000001Z" },
      changed { $0.login = "anna" },
      changed { $0.login = "boris" },
      changed { $0.login = "" },
    ]
    #expect(Set(others.map(\.leafHash)).count == others.count)
  }

  @Test func `does not cover itself`() {
    #expect(changed { $0.leaf = [1, 2, 3] }.leafHash == event.leafHash)
  }

  @Test func `knows where one field ends and the next begins`() {
    let others = [
      changed { ($0.conference, $0.position) = ("a", 11) },
      changed { ($0.conference, $0.position) = ("a1", 1) },
      changed { ($0.position, $0.type) = (1, "1A") },
      changed { ($0.type, $0.version) = ("A", 11) },
      changed { ($0.type, $0.version) = ("A1", 1) },
      changed { ($0.tags, $0.actor) = (["a", "b"], "c") },
      changed { ($0.tags, $0.actor) = (["a"], "b c") },
      changed { ($0.tags, $0.actor) = ([], "a b c") },
      changed { ($0.actor, $0.reason) = ("ab", "c") },
      changed { ($0.actor, $0.reason) = ("a", "bc") },
      changed { ($0.actor, $0.reason) = ("abc", nil) },
      changed { ($0.reason, $0.commandID) = (nil, "abc") },
      changed { ($0.reason, $0.commandID) = ("a", "bc") },
      changed { ($0.actor, $0.login) = ("ab", "c") },
      changed { ($0.actor, $0.login) = ("a", "bc") },
      changed { ($0.actor, $0.login, $0.reason) = ("a", "b", "c") },
      changed { ($0.actor, $0.login, $0.reason) = ("a", nil, "b\nc") },
      // The body is last and may hold line ends.
      changed { $0.body = "a\n\(event.body)" },
      changed { $0.body = "\(event.body)\n" },
    ]
    #expect(Set(others.map(\.leafHash)).count == others.count)
  }
}

struct `A query` {
  private func matches(_ items: [([String], [Tag])], _ type: String, _ tags: [String]) -> Bool {
    Query(items.map { Query.Item(types: $0.0, tags: $0.1) })
      .matches(changed { ($0.type, $0.tags) = (type, tags) })
  }

  private let hall = Tag("room", "hall" as RoomID)
  private let opening = Tag("session", "opening" as SessionID)

  @Test func `takes any of an item's types`() {
    #expect(matches([(["A", "B"], [])], "A", []))
    #expect(matches([(["A", "B"], [])], "B", ["room:hall"]))
    #expect(!matches([(["A", "B"], [])], "C", ["room:hall"]))
  }

  @Test func `takes all of an item's tags`() {
    #expect(matches([([], [hall, opening])], "A", ["session:opening", "track:x", "room:hall"]))
    #expect(!matches([([], [hall, opening])], "A", ["room:hall"]))
    #expect(!matches([([], [hall])], "A", ["room:hall-2", "session:hall", "room"]))
  }

  @Test func `wants the type and the tags of one item`() {
    let query = [(["A"], [hall]), (["B"], [opening])]
    #expect(matches(query, "A", ["room:hall"]))
    #expect(matches(query, "B", ["session:opening"]))
    #expect(!matches(query, "A", ["session:opening"]))
    #expect(!matches(query, "B", ["room:hall"]))
  }

  @Test func `takes every event where an item names neither`() {
    #expect(Query.everything.matches(event))
    #expect(matches([([], [])], "A", []))
  }

  @Test func `takes what comes after an item's position`() {
    let item = Query.Item(types: ["A"], after: event.position - 1)
    #expect(Query([item]).matches(changed { $0.type = "A" }))
    #expect(!Query([Query.Item(types: ["A"], after: event.position)]).matches(changed { $0.type = "A" }))
  }

  @Test func `names each tag once`() {
    #expect(Query.tagged(hall, opening, hall) == Query.tagged(hall, opening))
    #expect(Query.tagged(hall).items.count == 1)
  }

  @Test func `is stored as log_matching reads it`() throws {
    let item = Query.Item(types: ["RoomAdded"], tags: [hall, .conference])
    #expect(
      try JSONText.encode([item])
        == #"[{"tags":["room:hall","conference"],"types":["RoomAdded"]}]"#)
    #expect(
      try JSONText.encode([Query.Item(types: ["RoomAdded"], after: 812)])
        == #"[{"after":812,"tags":[],"types":["RoomAdded"]}]"#)
  }
}

struct `JSON` {
  private struct Value: Codable, Equatable {
    var zone = "Asia/Shanghai"
    var b: Int?
    var a = ["ж": 1, "z": 2, "a": 3, "Z": 4]
    var text = "“Ñ”\n\t\"\\/\u{1}会"
  }

  @Test func `has one text for one value`() throws {
    let text = try JSONText.encode(Value())
    #expect(
      text
        == #"{"a":{"Z":4,"a":3,"z":2,"ж":1},"text":"“Ñ”\n\t\"\\/\u0001会","zone":"Asia/Shanghai"}"#)
    for _ in 1...100 { #expect(try JSONText.encode(Value()) == text) }
    #expect(try JSONText.decode(Value.self, from: text) == Value())
  }

  @Test(arguments: [
    (#"{"zone":"x","a":{}}"#, "“text” is missing"),
    (#"{"zone":1,"a":{},"text":""}"#, "“zone” has an unexpected type or value"),
    (
      #"{"zone":"anna@example.org","a":{"z":"secret"},"text":""}"#,
      "“a.z” has an unexpected type or value"
    ),
    (#"{"zone":"#, "the top-level value has an unexpected type or value"),
  ])
  func `is explained without what it holds`(text: String, explanation: String) {
    let error = #expect(throws: (any Error).self) {
      try JSONText.decode(Value.self, from: text)
    }
    #expect(error.map(JSONText.explain) == explanation)
  }
}

struct `A recorded event` {
  private struct RoomAdded: EventBody {
    static let type = "RoomAdded"
    var room: RoomID
    var tags: [Tag] { [room.tag] }
  }

  private struct Greeted: EventBody {
    static let type = "Greeted"
    static let version = 2
    var name: String
    var tags: [Tag] { [] }
  }

  @Test func `is read as what it was`() throws {
    #expect(try event.decoded(as: RoomAdded.self) == RoomAdded(room: "hall"))
    #expect(event.origin == Origin(position: 7, actor: "anna", recordedAt: event.recordedAt))
    #expect(RoomAdded.type == "RoomAdded")
    #expect(RoomAdded.version == 1)
  }

  @Test func `is never read by guess`() {
    let newer = changed { $0.version = 2 }
    let error = #expect(throws: UnreadableEvent.self) { try newer.decoded(as: RoomAdded.self) }
    #expect(
      error?.description
        == "Event 7 of shanghai-2016 (RoomAdded) cannot be read: version 2 is unknown. A newer version of Plenary may "
        + "have written it; use that version.")
    let broken = changed { $0.body = #"{"hall":"anna@example.org"}"# }
    let other = #expect(throws: UnreadableEvent.self) { try broken.decoded(as: RoomAdded.self) }
    #expect(
      other?.description
        == "Event 7 of shanghai-2016 (RoomAdded) cannot be read: “room” is missing. A newer version "
        + "of Plenary may have written it; use that version.")
  }
}
