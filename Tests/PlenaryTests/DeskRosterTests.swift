import EventLog
import People
import ReadModels
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Plenary

struct `The attendees at a desk` {
  /// An old name on the card could be somebody else's by now.
  @Test func `have no name any more if their new details cannot be opened`() throws {
    let sealed = Sealed(base64: "")
    func origin(_ position: Int) -> Origin {
      Origin(position: position, actor: "anna", recordedAt: Timestamp(microseconds: 0))
    }
    var model = AttendanceModel()
    let registered = AttendeeRegistered(attendee: "a-1", category: "press", listed: true, details: sealed)
    try model.apply(.people(.attendeeRegistered(registered)), origin(2))
    var roster = DeskRoster(
      model, ["a-1": AttendeeDetails(name: "Li, Wei")], BadgeCodes("berlin", identity: nil), [.english])
    #expect(roster.card("a-1").title == "Li, Wei" || roster.card("a-1").title == "Wei Li")
    #expect(roster.attendees("wei") == ["a-1"])

    var changes = DeskRoster.Changes()
    changes.add(.people(.attendeeRevised(AttendeeRevised(attendee: "a-1", details: sealed))), origin(3))
    changes.details.updateValue(nil, forKey: "a-1")
    try roster.apply(changes)
    #expect(roster.card("a-1").title == "a-1" && roster.card("a-1").cannotBeOpened)
    #expect(roster.attendees("wei") == [])
  }

  @Test func `are known by their order codes, in any case of letters and as a whole; of one order, both`()
    throws
  {
    let sealed = Sealed(base64: "")
    func origin(_ position: Int) -> Origin {
      Origin(position: position, actor: "anna", recordedAt: Timestamp(microseconds: 0))
    }
    func imported(_ keys: [(AttendeeID, String)]) -> LoggedEvent {
      let facts = keys.map { ImportedFact(of: $0.tag, keys: [$1], digests: ["name": "00"]) }
      return .scheduling(
        .fileImported(FileImported(source: "pretix", format: "CSV", sha256: "00", facts: facts)))
    }
    var model = AttendanceModel()
    try model.apply(
      imported([("a-1", "code:A7B3C"), ("a-2", "code:ZZZZZ"), ("a-3", "code:ZZZZZ"), ("a-4", "id:4711")]),
      origin(1))
    for (index, attendee) in (["a-1", "a-2", "a-3", "a-4"] as [AttendeeID]).enumerated() {
      let registered = AttendeeRegistered(
        attendee: attendee, category: "press", listed: true, details: sealed)
      try model.apply(.people(.attendeeRegistered(registered)), origin(index + 2))
    }
    var roster = DeskRoster(model, [:], BadgeCodes("berlin", identity: nil), [.english])
    func check(_ roster: DeskRoster) {
      #expect(roster.attendees("A7B3C") == ["a-1"] && roster.attendees("a7b3c") == ["a-1"])
      #expect(roster.attendees("A7B3") == [] && roster.attendees("7B3C") == [])
      #expect(Set(roster.attendees("ZZZZZ")) == ["a-2", "a-3"])
      #expect(roster.attendees("4711") == ["a-4"] && roster.attendees("471") == [])
    }
    check(roster)
    // A desk that is started without the database knows them too.
    let list = DeskList(
      "berlin", identity: nil, title: "Berlin", languages: [.english], zone: "Europe/Berlin",
      days: "2016-06-01"..."2016-06-03", nil, roster, at: Timestamp(microseconds: 0))
    check(DeskRoster(list))

    // Another import while the desk runs.
    var changes = DeskRoster.Changes()
    changes.add(imported([("a-1", "code:NEW99")]), origin(6))
    changes.add(.people(.personErased(PersonErased(attendee: "a-4"))), origin(7))
    try roster.apply(changes)
    #expect(roster.attendees("A7B3C") == [] && roster.attendees("NEW99") == ["a-1"])
    #expect(roster.attendees("4711") == [])
  }

  /// One of the two tickets of an order was given back.
  @Test func `who have withdrawn are not meant by an order that somebody else has too`() throws {
    var model = AttendanceModel()
    let facts = (["a-1", "a-2"] as [AttendeeID]).map {
      ImportedFact(of: $0.tag, keys: ["code:4711"], digests: ["name": "00"])
    }
    let events: [LoggedEvent] =
      [.scheduling(.fileImported(FileImported(source: "pretix", format: "CSV", sha256: "00", facts: facts)))]
      + (["a-1", "a-2"] as [AttendeeID]).map {
        .people(
          .attendeeRegistered(
            AttendeeRegistered(attendee: $0, category: "press", listed: true, details: Sealed(base64: ""))))
      } + [.people(.attendeeWithdrawn(AttendeeWithdrawn(attendee: "a-2")))]
    for (index, event) in events.enumerated() {
      try model.apply(
        event, Origin(position: index + 1, actor: "anna", recordedAt: Timestamp(microseconds: 0)))
    }
    let roster = DeskRoster(model, [:], BadgeCodes("berlin", identity: nil), [.english])
    #expect(roster.attendees("4711") == ["a-1"])
  }
}
