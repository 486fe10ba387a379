import EventLog
import Foundation
import JSON
import People
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import ReadModels
@testable import Record

@Suite struct `An event in words` {
  /// The stored examples of all types, in all their versions.
  @Test(arguments: Example.all)
  func `has a sentence for every type, also where nothing is known before it`(example: Example) throws {
    let told = EventTeller().told(try LoggedEvent(example.event))
    #expect(told.sentence.count > 15 && told.sentence.hasSuffix("."), "\(told)")
    let faults = ["Optional(", "nil", "  ", "..", " .", ": .", "undetermined"]
    #expect(faults.allSatisfy { !told.sentence.contains($0) }, "\(told.sentence)")
  }

  @Test func `is told for every type that can be stored`() {
    let told = Set(Example.all.map(\.event.type))
    #expect(Set(LoggedEvent.versions.keys).subtracting(told) == [])
  }

  @Test func `says what was moved from where to where, in one sentence`() throws {
    var teller = try Self.teller()
    let nine = try Self.slot("aula", "2016-06-01", 9, 10)
    let ten = try Self.slot("annex", "2016-06-01", 10, 11)
    func move(_ from: Slot, _ to: Slot) throws -> String {
      try teller.tell(
        .scheduling(.sessionMoved(SessionMoved(session: "opening", from: from, to: to))), Self.origin
      ).sentence
    }
    #expect(
      try move(nine, ten) == "“Opening” moved from 2016-06-01 09:00–10:00 in Aula to 10:00–11:00 in Annex.")
    #expect(
      try move(ten, Self.slot("aula", "2016-06-01", 10, 11))
        == "“Opening” moved from Annex to Aula (2016-06-01 10:00–11:00).")
    #expect(
      try move(Self.slot("aula", "2016-06-01", 10, 11), Self.slot("aula", "2016-06-02", 10, 12))
        == "“Opening” moved from 2016-06-01 10:00–11:00 to 2016-06-02 10:00–12:00 in Aula.")
  }

  @Test func `has the old value of each field, with names for short names`() throws {
    var teller = try Self.teller()
    let revised = try teller.tell(
      .scheduling(
        .sessionRevised(
          SessionRevised(session: "opening") {
            $0.title = ["en": "Welcome"]
            $0.track = "economy"
            $0.expected = 80
          })), Self.origin)
    #expect(revised.sentence == "“Opening” was revised.")
    #expect(revised.changes.map(\.field) == ["title", "track", "expected"])
    #expect(revised.changes.map(\.was) == ["Opening", nil, nil])
    #expect(revised.changes.map(\.now) == ["Welcome", "Economy", "80"])
    #expect(revised.changes[0].before == .object(["en": .string("Opening")]))
    let renamed = try teller.tell(
      .scheduling(.sessionRevised(SessionRevised(session: "opening") { $0.title = ["en": "Hello"] })),
      Self.origin)
    #expect(renamed.sentence == "“Welcome” is now called “Hello”.")
    let cleared = try teller.tell(
      .scheduling(.sessionRevised(SessionRevised(session: "opening") { $0.cleared = [.expected] })),
      Self.origin)
    #expect(cleared.changes.map { [$0.field, $0.was, $0.now] } == [["expected", "80", nil]])
  }

  @Test func `tells links by title and address, and of many only those that came or went`() throws {
    var teller = try Self.teller()
    let stream = try Link(.stream, "https://example.org/live")
    let slides = try Link(.slides, "https://example.org/s.pdf", title: ["en": "Slides"])
    func revise(_ links: [Link]) throws -> [[String?]] {
      try teller.tell(
        .scheduling(.sessionRevised(SessionRevised(session: "opening") { $0.links = links })), Self.origin
      ).changes.map { [$0.field, $0.was, $0.now] }
    }
    #expect(try revise([stream]) == [["links", nil, "https://example.org/live"]])
    #expect(try revise([stream, slides]) == [["links", nil, "Slides (https://example.org/s.pdf)"]])
    #expect(
      try revise([slides, stream]) == [
        [
          "links", "https://example.org/live, Slides (https://example.org/s.pdf)",
          "Slides (https://example.org/s.pdf), https://example.org/live",
        ]
      ])
    #expect(try revise([slides]) == [["links", "https://example.org/live", nil]])
  }

  @Test func `keeps personal data sealed, unless it may be opened`() throws {
    let key = SealingKey.random()
    let id: AttendeeID = "a-1"
    let context = AttendeeDetails.context("berlin", id)
    func sealed(_ name: String) throws -> Sealed {
      try Sealed(
        AttendeeDetails(name: PersonName([NameForm("Berg, \(name)", in: .english, order: nil)])), key: key,
        context: context,
        commandID: name)
    }
    let events: [PeopleEvent] = [
      .attendeeRegistered(
        AttendeeRegistered(attendee: id, category: "press", listed: true, details: try sealed("Anna"))),
      .attendeeRevised(AttendeeRevised(attendee: id, category: "staff", details: try sealed("Hanna"))),
    ]
    var closed = try Self.teller()
    let told = try events.map { try closed.tell(.people($0), Self.origin) }
    #expect(
      told.map(\.sentence) == [
        "Attendee a-1 registered (press).", "Attendee a-1 was revised; the personal details are encrypted.",
      ])
    #expect(told[1].changes.map(\.field) == ["category"])
    var open = try Self.teller(
      EventTeller.Opener(
        attendee: { $1.open(key: key, context: AttendeeDetails.context("berlin", $0)) },
        contact: { _, _ in nil }))
    let opened = try events.map { try open.tell(.people($0), Self.origin) }
    #expect(opened[0].sentence.hasSuffix("(a-1) registered (press).") && opened[0].sentence.contains("Anna"))
    #expect(opened[1].changes.map(\.field) == ["category", "name"])
    #expect(opened[1].changes[1].was?.contains("Anna") == true)
  }

  @Test func `says when and where somebody arrived or was present`() throws {
    var teller = try Self.teller()
    let time = Timestamp(microseconds: 1_464_764_520_000_000)
    func told(_ event: PeopleEvent) throws -> String { try teller.tell(.people(event), Self.origin).sentence }
    _ = try told(
      .attendeeRegistered(
        AttendeeRegistered(attendee: "a-1", category: "press", listed: false, details: Sealed(base64: ""))))
    #expect(
      try told(
        .attendeeCheckedIn(AttendeeCheckedIn(attendee: "a-1", arrivedAt: time, station: "Desk 2")))
        == "Attendee a-1 arrived (Desk 2), at \(time.readable).")
    #expect(
      try told(.attendeeCheckedIn(AttendeeCheckedIn(attendee: "a-1", at: .session("opening"))))
        == "Attendee a-1 was present in “Opening”.")
  }

  @Test func `does not tell whose a withheld statement was before`() throws {
    func told(withheld: Set<RecordID>) throws -> [String] {
      var teller = try Self.teller(withheld: withheld)
      let named = try Attribution(.named, persons: ["ada"], asPrinted: ["en": "Ada Lovelace"])
      let hidden = try Attribution(.withheld, asPrinted: ["en": "A participant"])
      let events: [RecordEvent] = [
        .statementRecorded(
          StatementRecorded("e-1", in: "opening", EntryDetails(["en": "doubted it."], named))),
        .statementCorrected(
          StatementCorrected("e-1", in: "opening", EntryDetails.Changes { $0.attribution = hidden })),
      ]
      return try events.flatMap { event in
        let told = try teller.tell(.record(event), Self.origin)
        return [told.sentence] + told.changes.compactMap(\.was)
      }
    }
    #expect(try told(withheld: ["e-1"]).allSatisfy { !$0.contains("Ada") })
    // While it is not known that the name will be withheld, it is told like everything in the log.
    #expect(try told(withheld: []).count { $0.contains("Ada") } == 1)
  }

  @Test func `does not tell who asked for a correction of a withheld statement, nor why it was decided so`()
    throws
  {
    func told(withheld: Set<RecordID>) throws -> String {
      var teller = try Self.teller(withheld: withheld)
      let hidden = try Attribution(.withheld, asPrinted: ["en": "A participant"])
      func request(_ id: CorrectionID) -> RecordEvent {
        .correctionRequested(
          CorrectionRequested(
            id, of: "e-1", in: "opening", kind: .substantive, requester: ["en": "Ada Lovelace"],
            EntryDetails.Changes { $0.text = ["en": "agreed."] }))
      }
      let events: [RecordEvent] = [
        .statementRecorded(
          StatementRecorded("e-1", in: "opening", EntryDetails(["en": "doubted it."], hidden))),
        request("k-1"),
        .correctionAccepted(
          CorrectionAccepted(
            correction: "k-1", entry: "e-1", session: "opening", verifiedAgainst: .speaker,
            reason: ["en": "Ada said so"])),
        request("k-2"),
        .correctionRefused(
          CorrectionRefused(
            correction: "k-2", entry: "e-1", session: "opening", reason: ["en": "Ada said so"])),
      ]
      return try events.map { try teller.tell(.record($0), Self.origin).sentence }.joined(separator: "\n")
    }
    let hidden = try told(withheld: ["e-1"])
    #expect(!hidden.contains("Ada") && hidden.contains("was accepted, verified against"), "\(hidden)")
  }

  // MARK: Support

  private static let origin = Origin(position: 9, actor: "anna", recordedAt: Timestamp(microseconds: 0))

  private static func slot(_ room: RoomID, _ day: String, _ start: Int, _ end: Int) throws -> Slot {
    func time(_ hour: Int) throws -> ZonedTime {
      ZonedTime(date: try CalendarDate(day), minuteOfDay: hour * 60, offset: 120, zone: "Europe/Berlin")
    }
    return try Slot(room: room, start: time(start), end: time(end))
  }

  /// A conference with two rooms, a track, a speaker and a session.
  private static func teller(_ opener: EventTeller.Opener = .nothing, withheld: Set<RecordID> = []) throws
    -> EventTeller
  {
    var teller = EventTeller(withheld: withheld, opener: opener)
    let events: [LoggedEvent] = [
      .scheduling(
        .conferenceOpened(
          ConferenceOpened(
            title: ["en": "Berlin"], firstDay: CalendarDate("2016-06-01"),
            lastDay: CalendarDate("2016-06-03"), zone: "Europe/Berlin"))),
      .scheduling(.roomAdded(RoomAdded(room: "aula", name: ["en": "Aula"]))),
      .scheduling(.roomAdded(RoomAdded(room: "annex", name: ["en": "Annex"]))),
      .scheduling(.trackAdded(TrackAdded(track: "economy", name: ["en": "Economy"]))),
      .people(
        .speakerRegistered(
          SpeakerRegistered(
            person: "ada", name: try PersonName([NameForm("Lovelace, Ada", in: .english, order: nil)])))),
      .scheduling(
        .sessionScheduled(
          SessionScheduled(
            session: "opening", title: ["en": "Opening"], kind: .session,
            slot: try slot("aula", "2016-06-01", 9, 10)))),
    ]
    for event in events { _ = try teller.tell(event, origin) }
    return teller
  }
}

/// A stored example of an event, from `Tests/Golden`.
struct Example: Sendable, CustomTestStringConvertible {
  let event: RecordedEvent
  let testDescription: String

  static let all: [Example] = try! FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().map {
    let lines = try String(contentsOf: folder.appending(path: $0), encoding: .utf8).split(separator: "\n")
      .map(String.init)
    let name = $0.split(separator: ".")
    return Example(
      event: RecordedEvent(
        conference: "berlin", position: 9, type: String(name[0]), version: Int(name[1].dropFirst())!,
        tags: [],
        body: lines[0], words: lines.count > 1 ? lines[1] : nil, actor: "anna", reason: nil, commandID: "",
        recordedAt: Timestamp(microseconds: 0), leaf: []),
      testDescription: $0)
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden")
}
