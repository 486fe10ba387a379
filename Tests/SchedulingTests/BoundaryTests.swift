import EventLog
import JSON
import OddPrograms
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
private let open = Sessions.given(opened, hall, annex, economy, feng)
private let panel = session("panel", "25T09:00", "25T10:00")

/// Cases found by random commands, where a boundary was once too narrow.
struct `A boundary includes` {
  private func all(_ selection: Sessions.Selection, _ shift: Sessions.Shift) -> Sessions.Command {
    Sessions.Command(.moveAll(selection, shift, shanghai))
  }

  @Test func `sessions that were moved into the selected room`() {
    let guest = session("guest", "25T14:00", "25T15:00", in: "annex")
    let moved = SessionMoved(
      session: "guest", from: guest.slot, to: slot("hall", "25T11:00", "25T12:00"))
    open.and(panel, guest, moved)
      .when(all(.init(room: "hall"), .init(minutes: 30)))
      .thenOneMore(
        .sessionMoved(
          SessionMoved(session: "guest", from: moved.to, to: slot("hall", "25T11:30", "25T12:30"))),
        .sessionMoved(
          SessionMoved(session: "panel", from: panel.slot, to: slot("hall", "25T09:30", "25T10:30"))))
  }

  @Test func `sessions of the track that were moved to the selected day`() {
    let late = session("late", "26T09:00", "26T10:00", track: "economy")
    let moved = SessionMoved(session: "late", from: late.slot, to: slot("hall", "25T11:00", "25T12:00"))
    open.and(late, moved)
      .when(all(.init(track: "economy", day: "2016-03-25"), .init(minutes: 30)))
      .thenOneMore(
        .sessionMoved(
          SessionMoved(session: "late", from: moved.to, to: slot("hall", "25T11:30", "25T12:30"))))
  }

  @Test func `the days of all slots of a new plenary`() {
    let plenary = SessionScheduled(
      session: "plenary", title: "Plenary", kind: .plenary, slot: slot("hall", "25T09:00", "25T10:00"))
    let beside = session("beside", "26T09:00", "26T10:00", in: "annex")
    open.and(beside).when(.init(.schedule(plenary, further: [slot("hall", "26T09:30", "26T10:30")], [])))
      .thenRefused(
        refused(
          Conflict(.besidePlenary, "beside", "plenary"),
          "“beside” (2016-03-26 09:00–10:00) and “plenary” (2016-03-25 09:00–10:00; 2016-03-26 09:30–10:30) "
            + "take place at the same time, but a plenary is for everybody."))
  }

  @Test func `the whole program only if more than 60 sessions may be meant`() throws {
    func boundary(_ count: Int) throws -> Query {
      var state = Timetable()
      for number in 1...count {
        let id = try SessionID("session-\(number)")
        state.apply(
          .sessionScheduled(session(id, "25T09:00", "25T10:00", track: "economy")),
          Origin(position: number, actor: "anna", recordedAt: "2016-02-25T09:00:00Z"))
      }
      return Sessions.boundary(of: all(.init(track: "economy"), .init(minutes: 30)), in: state)
    }
    let whole = try #require(Query.program.items.first)
    #expect(try !boundary(60).items.contains(whole))
    #expect(try boundary(61).items.contains(whole))
  }

  @Test func `the other sessions of presenters whose time changes when a slot is removed`() {
    let workshop = session("workshop", "25T09:00", "25T10:00")
    let beside = session("beside", "25T10:00", "25T11:00", in: "annex")
    open.and(
      workshop, SlotAdded(session: "workshop", number: 2, slot: slot("hall", "25T14:00", "25T15:00")),
      PresentationAdded(
        session: "workshop", presentation: Presentation("first", title: "First", minutes: 60)),
      PresentationAdded(
        session: "workshop",
        presentation: Presentation("second", title: "Second", people: ["feng"], minutes: 30)),
      beside, PersonAssigned(session: "beside", person: "feng", role: .chair)
    )
    .when(.init(.removeSlot("workshop", 2)))
    .thenRefused(
      refused(
        Conflict(.personTwice, "beside", "workshop", person: "feng"),
        "Shaolei Feng is in “beside” (2016-03-25 10:00–11:00) and in “workshop” (2016-03-25 "
          + "09:00–10:00) at the same time."))
  }

  @Test func `a session's own slots, which must not overlap`() {
    let second = SlotAdded(session: "panel", number: 2, slot: slot("annex", "26T09:30", "26T10:30"))
    open.and(panel).when(.init(.addSlot("panel", slot("annex", "25T09:30", "25T10:30"))))
      .thenRefused(.slotsOverlap("panel", panel.slot))
    open.and(panel, second).when(all(.init(day: "2016-03-25"), .init(days: 1)))
      .thenRefused(.slotsOverlap("panel", second.slot))
  }

  @Test func `people of a session who have withdrawn`() {
    let withdrawn = SpeakerWithdrawn(person: "feng")
    let chairs = PersonAssigned(session: "panel", person: "feng", role: .chair)
    open.and(panel, chairs, withdrawn).when(.schedule(panel, [])).thenNothing()
    open.and(panel, chairs, withdrawn).when(.unassign("panel", .init(.chair, "feng"))).thenNothing()
    let talk = Presentation("talk", title: "Talk", people: ["feng"])
    Presentations.given(
      opened, hall, feng, panel, PresentationAdded(session: "panel", presentation: talk), withdrawn
    ).when(.init(.revise("talk", .init { $0.people = ["feng"] }))).thenRefused(
      .session(.withdrawnPerson("feng")))
  }

  // Travel times

  private let west = VenueAdded(venue: "west", name: "West")
  private let east = VenueAdded(venue: "east", name: "East")
  private let hallInWest = RoomAdded(room: "hall", name: "Main Hall") { $0.venue = "west" }
  private let annexInWest = RoomAdded(room: "annex", name: "Annex") { $0.venue = "west" }
  private let chairs = PersonAssigned(session: "panel", person: "feng", role: .chair)
  private let next = session("next", "25T10:15", "25T11:00", in: "annex")
  private let speaks = PersonAssigned(session: "next", person: "feng", role: .speaker)

  /// Feng has a quarter of an hour to get from the hall to the annex.
  private func walking<D: Decider>(_: D.Type, _ more: any EventBody...) -> Given<D> {
    more.reduce(
      D.given(opened, west, east, hallInWest, annexInWest, feng, panel, next, chairs, speaks)
    ) { $0.and($1) }
  }

  private func tooLittle(needed: Int = 30) -> [HintedText] {
    [
      HintedText(
        "Shaolei Feng has too little time between “next” (2016-03-25 10:15–11:00, annex) and “panel” "
          + "(2016-03-25 09:00–10:00, hall): 15 minutes, and \(needed) are needed from “hall” to “annex” — choose "
          + "another time or another person.",
        [.waive("too-little-time")], advises: true)
    ]
  }

  @Test func `people who walk between rooms when a room gets another venue`() {
    walking(Rooms.self, TravelTimeSet(.venue("west"), .venue("east"), minutes: 30))
      .when(.revise(RoomRevised(room: "annex") { $0.venue = "east" }, waivers: []))
      .thenWarned(tooLittle())
    walking(Rooms.self, TravelTimeSet(.venue("west"), .venue("east"), minutes: 30))
      .when(.revise(RoomRevised(room: "annex") { $0.venue = "north" }, waivers: []))
      .thenRefused(.unknownVenue("north"))
    // Without a venue, the conference's general time applies.
    walking(
      Rooms.self, ConferenceRevised { $0.roomChange = 20 },
      TravelTimeSet(.venue("west"), .venue("east"), minutes: 5),
      RoomRevised(room: "annex") { $0.venue = "east" }
    )
    .when(.revise(RoomRevised(room: "annex") { $0.cleared = [.venue] }, waivers: []))
    .thenWarned(tooLittle(needed: 20))
  }

  @Test func `people who walk between venues when the travel time grows`() {
    walking(Venues.self, RoomRevised(room: "annex") { $0.venue = "east" })
      .when(.setTravelTime(.venue("east"), .venue("west"), minutes: 30)).thenWarned(tooLittle())
    walking(Venues.self).when(.setTravelTime(.room("hall"), .room("annex"), minutes: 30))
      .thenWarned(tooLittle())
  }

  @Test func `people who walk anywhere when the general time grows`() {
    walking(Conferences.self).when(.revise(.init { $0.roomChange = 30 })).thenWarned(tooLittle())
  }

  @Test func `sessions on a day that the conference loses`() {
    let last = session("last", "27T09:00", "27T10:00")
    let command = Conferences.Command.revise(.init { $0.lastDay = "2016-03-26" })
    Conferences.given(opened, hall, panel, last).when(command)
      .thenRefused(
        saying:
          "“last” (2016-03-27 09:00–10:00) is outside the conference's days (2016-03-25 to 2016-03-26) — "
          + "choose another day.", hints: .conferenceDays, .waive("outside-days"))
  }
}

/// `Query.program` classifies the event types by hand; the compiler only ensures that none is forgotten.
struct `The query for the whole program` {
  @Test(arguments: seeds(20))
  func `holds every event that a conflict depends on`(seed: UInt64) throws {
    var program = OddProgram(seed: seed)
    var (whole, part) = (Timetable(), Timetable())
    let bodies = program.opening() + (0..<150).map { _ in program.event() }
    for (index, body) in bodies.enumerated() {
      let event = try recorded(body, at: index + 1)
      try whole.evolve(event)
      if Query.program.matches(event) { try part.evolve(event) }
      let ids = whole.sessions.keys.sorted()
      for id in ids where whole.conflicts(of: id) != part.conflicts(of: id) {
        Issue.record("\(event.type) at \(event.position) is missing from Query.program, or one before it.")
        return
      }
    }
    let described = { (timetable: Timetable) in
      timetable.sessions.keys.flatMap { timetable.conflicts(of: $0) }.sorted().map(timetable.message)
    }
    #expect(!described(whole).isEmpty)
    #expect(described(whole) == described(part))
  }

  @Test func `leaves out releases, prints, notices and waivers`() {
    let types = Set(Query.program.items.flatMap(\.types))
    for type in [
      ProgramReleased.type, DocumentPrinted.type, NoticesSent.type, ConflictWaived.type, TrackRevised.type,
      VenueRevised.type, AttendeeCheckedIn.type, ContactStated.type, AttendeeRegistered.type,
    ] {
      #expect(!types.contains(type), "Every \(type) would collide with program changes.")
    }
    #expect(types.count == 35)
  }

  private func recorded(_ body: any EventBody, at position: Int) throws -> RecordedEvent {
    RecordedEvent(
      conference: "odd", position: position, type: type(of: body).type, version: type(of: body).version,
      tags: body.tags.map(\.text), body: try JSONText.encode(body), actor: "anna", reason: nil, commandID: "",
      recordedAt: "2026-01-01T09:00:00Z", leaf: [])
  }
}
