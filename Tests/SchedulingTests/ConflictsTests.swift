import EventLog
import JSON
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
private let sergey = SpeakerRegistered(person: "sergey", name: "Karaganov, Sergey")
private let panel = session("panel", "25T09:00", "25T10:30")
private let beside = session("beside", "25T10:00", "25T11:00", in: "annex")
private let open = Sessions.given(opened, hall, annex, economy, feng, sergey)

private func assigned(_ person: PersonID, _ session: SessionID, _ role: SessionRole = .speaker)
  -> PersonAssigned
{
  PersonAssigned(session: session, person: person, role: role)
}

private func waiving(_ order: Sessions.Action, _ kinds: Conflict.Kind...) -> Sessions.Command {
  Sessions.Command(order, waivers: kinds.map { Waiver($0, reason: "Agreed") })
}

private func waived(_ conflict: Conflict) -> SchedulingEvent {
  .conflictWaived(ConflictWaived(conflict: conflict, reason: "Agreed"))
}

/// The warnings about the events that a command decides on.
private func warnings<D: Decider>(_: D.Type, _ given: [any EventBody], _ command: D.Command) throws
  -> [HintedText]
{
  var state = D.initial
  for (index, body) in given.enumerated() {
    try D.evolve(
      &state,
      RecordedEvent(
        conference: "shanghai-2016", position: index + 1, type: type(of: body).type, version: 1,
        tags: body.tags.map(\.text), body: try JSONText.encode(body), actor: "anna", reason: nil,
        commandID: "", recordedAt: "2016-02-25T09:00:00Z", leaf: []))
  }
  return D.warnings(on: try D.decide(command, in: state), in: state)
}

struct `A person in two places` {
  @Test func `is refused, in any role`() {
    let given = open.and(panel, beside, assigned("feng", "panel", .chair))
    for role in SessionRole.allCases {
      given.when(.assign("beside", .init(role, "feng")))
        .thenRefused(
          refused(
            Conflict(.personTwice, "beside", "panel", person: "feng"),
            "Shaolei Feng is in “beside” (2016-03-25 10:00–11:00) and in “panel” (2016-03-25 "
              + "09:00–10:30) at the same time."))
    }
    given.when(.assign("beside", .init(.speaker, "sergey"))).then(
      .personAssigned(assigned("sergey", "beside")))
  }

  @Test func `is refused when a session is moved to the time of another`() {
    let later = session("later", "25T14:00", "25T15:00", in: "annex")
    open.and(panel, later, assigned("feng", "panel"), assigned("feng", "later"))
      .when(.move("later", room: nil, start: at("25T10:00"), end: nil))
      .thenRefused(
        refused(
          Conflict(.personTwice, "later", "panel", person: "feng"),
          "Shaolei Feng is in “later” (2016-03-25 10:00–11:00) and in “panel” (2016-03-25 "
            + "09:00–10:30) at the same time."))
  }

  @Test func `is needed for a presentation's time only, not for its whole session`() {
    let first = Presentation("first", title: "First", people: ["feng"], minutes: 30)
    let given = open.and(
      panel, PresentationAdded(session: "panel", presentation: first), beside)
    // 09:00 to 09:30 leaves 10:00 free.
    given.when(.assign("beside", .init(.speaker, "feng"))).then(.personAssigned(assigned("feng", "beside")))
    let opener = Presentation("opener", title: "Opener", minutes: 50)
    given.and(
      PresentationAdded(session: "panel", presentation: opener),
      PresentationsOrdered(session: "panel", order: ["opener", "first"])
    ).when(.assign("beside", .init(.speaker, "feng")))
      .thenRefused(
        refused(
          Conflict(.personTwice, "beside", "panel", person: "feng"),
          "Shaolei Feng is in “beside” (2016-03-25 10:00–11:00) and in “panel” (2016-03-25 "
            + "09:00–10:30) at the same time."))
  }

  @Test func `can be waived, and stays waived while it lasts`() {
    let conflict = Conflict(.personTwice, "beside", "panel", person: "feng")
    let given = open.and(panel, beside, assigned("feng", "panel", .chair))
    given.when(waiving(.assign("beside", .init(.speaker, "feng")), .personTwice))
      .then(.personAssigned(assigned("feng", "beside")), waived(conflict))
    // The conflict existed before: a command that does not cause it is not refused.
    given.and(assigned("feng", "beside"), ConflictWaived(conflict: conflict, reason: "Agreed"))
      .when(.move("beside", room: nil, start: at("25T10:15"), end: nil))
      .then(
        .sessionMoved(
          SessionMoved(session: "beside", from: beside.slot, to: slot("annex", "25T10:15", "25T11:15"))))
  }

  @Test func `is no conflict after the person has withdrawn`() {
    open.and(
      panel, assigned("feng", "panel"), SpeakerWithdrawn(person: "feng"), SpeakerReinstated(person: "feng"),
      beside
    )
    .when(.assign("beside", .init(.speaker, "feng"))).then(.personAssigned(assigned("feng", "beside")))
  }
}

struct `A plenary` {
  private let plenary = SessionScheduled(
    session: "opening", title: "Opening", kind: .plenary, slot: slot("hall", "25T09:00", "25T10:30"))

  @Test func `allows only breaks at the same time`() {
    open.and(plenary).when(.schedule(beside, []))
      .thenRefused(
        refused(
          Conflict(.besidePlenary, "beside", "opening"),
          "“beside” (2016-03-25 10:00–11:00) and “opening” (2016-03-25 09:00–10:30) take place at "
            + "the same time, but a plenary is for everybody."))
    var coffee = beside
    coffee.details.kind = .break
    open.and(plenary).when(.schedule(coffee, [])).then(.sessionScheduled(coffee))
  }

  @Test func `is refused where another session takes place at the same time`() {
    let conflict = refused(
      Conflict(.besidePlenary, "beside", "opening"),
      "“beside” (2016-03-25 10:00–11:00) and “opening” (2016-03-25 09:00–10:30) take place at "
        + "the same time, but a plenary is for everybody.")
    open.and(beside).when(.schedule(plenary, [])).thenRefused(conflict)
    var panel = plenary
    panel.details.kind = .panel
    open.and(panel, beside).when(.revise(SessionRevised(session: "opening") { $0.kind = .plenary }))
      .thenRefused(conflict)
    // A session that was moved to this day from another is found too.
    let elsewhere = session("beside", "26T10:00", "26T11:00", in: "annex")
    open.and(elsewhere, SessionMoved(session: "beside", from: elsewhere.slot, to: beside.slot))
      .when(.schedule(plenary, [])).thenRefused(conflict)
  }
}

struct `A room` {
  @Test func `is refused outside its opening hours`() {
    let hours = RoomHoursSet(room: "hall", hours: [ClockRange(from: 600, until: 1320)])
    let conflict = refused(
      Conflict(.roomUnavailable, "panel", room: "hall"),
      "“panel” (2016-03-25 09:00–10:30) takes place in “hall” while the room is unavailable "
        + "(open 10:00–22:00).")
    open.and(hours).when(.schedule(panel, [])).thenRefused(conflict)
    open.and(hours, RoomHoursSet(room: "hall", day: "2016-03-25", hours: [ClockRange(from: 480, until: 780)]))
      .when(.schedule(panel, [])).then(.sessionScheduled(panel))
    open.and(hours).when(waiving(.schedule(panel, further: [], []), .roomUnavailable))
      .then(.sessionScheduled(panel), waived(Conflict(.roomUnavailable, "panel", room: "hall")))
  }

  @Test func `is refused with the hours of that day, or the closure`() {
    let hours = RoomHoursSet(room: "hall", hours: [ClockRange(from: 480, until: 1320)])
    let late = session("late", "25T23:00", "26T00:30")
    func refuses(
      _ session: SessionScheduled, _ reason: String, _ events: any EventBody...,
      at: SourceLocation = #_sourceLocation
    ) {
      events.reduce(open.and(hours)) { $0.and($1) }.when(.schedule(session, [])).thenRefused(
        refused(
          Conflict(.roomUnavailable, session.session, room: "hall"),
          "“\(session.session)” (\(session.slot.times)) takes place in “hall” while the room is unavailable "
            + "(\(reason))."), sourceLocation: at)
    }
    func onDay(_ hours: ClockRange...) -> RoomHoursSet {
      RoomHoursSet(room: "hall", day: "2016-03-25", hours: hours)
    }
    refuses(panel, "not open on 2016-03-25", onDay())
    refuses(panel, "open 10:00–13:00 on 2016-03-25", onDay(ClockRange(from: 600, until: 780)))
    refuses(
      panel, "closed 2016-03-25 08:00–12:00",
      RoomClosureStated(room: "hall", number: 1, from: at("25T08:00"), until: at("25T12:00")))
    refuses(
      late, "open 18:00–00:00 on 2016-03-25; open 08:00–22:00 on 2016-03-26",
      onDay(ClockRange(from: 1080, until: 0)))
    refuses(
      late, "open 18:00–00:00 on 2016-03-25; not open on 2016-03-26", onDay(ClockRange(from: 1080, until: 0)),
      RoomHoursSet(room: "hall", hours: []))
  }

  @Test func `may be open past midnight`() {
    let night = session("night", "25T22:00", "26T01:00")
    open.and(RoomHoursSet(room: "hall", hours: [ClockRange(from: 1080, until: 120)]))
      .when(.schedule(night, [])).then(.sessionScheduled(night))
    open.and(RoomHoursSet(room: "hall", hours: [ClockRange(from: 1080, until: 0)]))
      .when(.schedule(night, []))
      .thenRefused(
        refused(
          Conflict(.roomUnavailable, "night", room: "hall"),
          "“night” (2016-03-25 22:00–01:00 (2016-03-26)) takes place in “hall” while the room is "
            + "unavailable (open 18:00–00:00)."))
    // A session that begins after midnight is within the hours of the previous day.
    for (start, end, isOpen) in [("26T00:30", "26T02:00", true), ("26T01:30", "26T02:01", false)] {
      let early = session("early", start, end)
      for hours in [
        RoomHoursSet(room: "hall", hours: [ClockRange(from: 1080, until: 120)]),
        RoomHoursSet(room: "hall", day: "2016-03-25", hours: [ClockRange(from: 1080, until: 120)]),
      ] {
        // With hours for the first day only, the room would be open all of the next day.
        let next = RoomHoursSet(room: "hall", day: "2016-03-26", hours: [ClockRange(from: 1080, until: 120)])
        let when = open.and(hours, next).when(.schedule(early, []))
        if isOpen {
          when.then(.sessionScheduled(early))
        } else {
          when.thenRefused(
            refused(
              Conflict(.roomUnavailable, "early", room: "hall"),
              "“early” (\(early.slot.times)) takes place in “hall” while the room is unavailable"
                + " (open 18:00–02:00 on 2016-03-26)."))
        }
      }
    }
    // Open around the clock, in two ranges.
    open.and(
      RoomHoursSet(room: "hall", hours: [ClockRange(from: 0, until: 720), ClockRange(from: 720, until: 0)])
    ).when(.schedule(night, [])).then(.sessionScheduled(night))
  }

  @Test func `is not closed while a session takes place in it`() {
    let given = Rooms.given(opened, hall, panel)
    let closure = RoomClosureStated(
      room: "hall", number: 1, from: at("25T10:00"), until: at("25T12:00"))
    given.when(
      .stateClosure("hall", from: at("25T10:00"), until: at("25T12:00"), note: nil, waivers: [])
    ).thenRefused(
      .conflicts(
        ConflictsFound(conflicts: [
          DescribedConflict(
            conflict: Conflict(.roomUnavailable, "panel", room: "hall"),
            message: "“panel” (2016-03-25 09:00–10:30) takes place in “hall” while the room is unavailable "
              + "(closed 2016-03-25 10:00–12:00).")
        ])))
    given.when(
      .stateClosure(
        "hall", from: at("25T10:00"), until: at("25T12:00"), note: nil,
        waivers: [Waiver(.roomUnavailable, reason: "Agreed")])
    ).then(.roomClosureStated(closure), waived(Conflict(.roomUnavailable, "panel", room: "hall")))
    given.when(
      .setHours(RoomHoursSet(room: "hall", hours: [ClockRange(from: 480, until: 720)]), waivers: [])
    ).then(.roomHoursSet(RoomHoursSet(room: "hall", hours: [ClockRange(from: 480, until: 720)])))
  }

  @Test func `causes a warning if it is too small or lacks a feature`() throws {
    var large = session("large", "25T09:00", "25T10:00")
    large.details.expected = 500
    large.details.needs = ["projector"]
    open.when(.schedule(large, [])).then(.sessionScheduled(large))
    #expect(
      try warnings(Sessions.self, [opened, hall], .schedule(large, [])) == [
        HintedText(
          "“large” is in “hall” with 400 seats; 500 people are expected — choose another room.",
          [.waive("room-too-small")], advises: true),
        HintedText(
          "“large” needs “projector”, which is not listed for “hall” — choose another room.",
          [.waive("room-lacks")], advises: true),
      ])
    #expect(
      try warnings(
        Rooms.self, [opened, hall, panel, SessionRevised(session: "panel") { $0.expected = 300 }],
        .revise(RoomRevised(room: "hall") { $0.capacity = 200 }, waivers: [])) == [
          HintedText(
            "“panel” is in “hall” with 200 seats; 300 people are expected — choose another room.",
            [.waive("room-too-small")], advises: true)
        ])
  }
}

struct `Too little time` {
  private let next = session("next", "25T10:35", "25T11:00", in: "annex")

  @Test func `between two rooms or two venues causes a warning`() throws {
    let both: [any EventBody] = [panel, next, assigned("feng", "panel")]
    func warning(needed: Int) -> [HintedText] {
      [
        HintedText(
          "Shaolei Feng has too little time between “next” (2016-03-25 10:35–11:00, annex) and “panel” "
            + "(2016-03-25 09:00–10:30, hall): 5 minutes, and \(needed) are needed from “hall” to “annex” — choose "
            + "another time or another person.",
          [.waive("too-little-time")], advises: true)
      ]
    }
    let part = Sessions.Command.assign("next", .init(.chair, "feng"))
    #expect(try warnings(Sessions.self, [opened, hall, annex, feng] + both, part) == [])
    #expect(
      try warnings(
        Sessions.self,
        [opened, hall, annex, feng, TravelTimeSet(.room("annex"), .room("hall"), minutes: 6)] + both, part)
        == warning(needed: 6))
    #expect(
      try warnings(
        Sessions.self, [opened, hall, annex, feng, ConferenceRevised { $0.roomChange = 10 }] + both, part)
        == warning(needed: 10)
    )
    let venues: [any EventBody] = [
      VenueAdded(venue: "west", name: "West"), VenueAdded(venue: "east", name: "East"),
      RoomRevised(room: "hall") { $0.venue = "west" }, RoomRevised(room: "annex") { $0.venue = "east" },
      TravelTimeSet(.venue("west"), .venue("east"), minutes: 25),
    ]
    #expect(
      try warnings(Sessions.self, [opened, hall, annex, feng] + venues + both, part) == warning(needed: 25))
  }

  @Test func `depends on the time between the rooms, or else between their venues`() {
    var timetable = Timetable()
    let origin = Origin(position: 1, actor: "anna", recordedAt: "2016-02-25T09:00:00Z")
    for event in [
      SchedulingEvent.conferenceOpened(opened),
      .roomAdded(RoomAdded(room: "a", name: "A") { $0.venue = "west" }),
      .roomAdded(RoomAdded(room: "b", name: "B") { $0.venue = "east" }),
      .travelTimeSet(TravelTimeSet(.venue("west"), .venue("east"), minutes: 25)),
    ] {
      timetable.apply(event, origin)
    }
    #expect(timetable.travelTime("a", "b") == 25)
    #expect(timetable.travelTime("b", "a") == 25)
    timetable.apply(.travelTimeSet(TravelTimeSet(.room("b"), .room("a"), minutes: 3)), origin)
    #expect(timetable.travelTime("a", "b") == 3)
    #expect(timetable.travelTime("a", "a") == 0)
  }

  @Test func `depends on a stated time rather than the conference's general one`() {
    var timetable = Timetable()
    let origin = Origin(position: 1, actor: "anna", recordedAt: "2016-02-25T09:00:00Z")
    func apply(_ event: SchedulingEvent) { timetable.apply(event, origin) }
    apply(.conferenceOpened(opened))
    apply(.conferenceRevised(ConferenceRevised { $0.roomChange = 10 }))
    for room in ["a", "b", "c"] as [RoomID] {
      apply(.roomAdded(RoomAdded(room: room, name: "R") { $0.venue = room == "c" ? "east" : "west" }))
    }
    #expect(timetable.travelTime("a", "b") == 10)
    #expect(timetable.travelTime("a", "c") == 10)
    apply(.travelTimeSet(TravelTimeSet(.room("a"), .room("b"), minutes: 3)))
    apply(.travelTimeSet(TravelTimeSet(.venue("east"), .venue("west"), minutes: 4)))
    #expect(timetable.travelTime("a", "b") == 3)
    #expect(timetable.travelTime("a", "c") == 4)
    apply(.travelTimeSet(TravelTimeSet(.room("a"), .room("b"), minutes: 0)))
    #expect(timetable.travelTime("a", "b") == 0)
    // After removal, the conference's general time applies again.
    apply(.travelTimeSet(TravelTimeSet(.room("b"), .room("a"), minutes: nil)))
    apply(.travelTimeSet(TravelTimeSet(.venue("west"), .venue("east"), minutes: nil)))
    #expect(timetable.travelTime("a", "b") == 10)
    #expect(timetable.travelTime("a", "c") == 10)
    apply(.conferenceRevised(ConferenceRevised { $0.cleared = [.roomChange] }))
    #expect(timetable.travelTime("a", "b") == 0)
  }
}

struct `A person's availability` {
  private let given = Availability.given(opened, hall, feng, panel, assigned("feng", "panel"))

  @Test func `is stated and removed`() {
    let free = UnavailabilityStated(
      person: "feng", number: 1, from: at("26T09:00"), until: at("26T12:00"))
    given.when(.state("feng", from: at("26T09:00"), until: at("26T12:00"), waivers: []))
      .then(.people(.unavailabilityStated(free)))
    given.and(free).when(.remove("feng", number: 1))
      .then(.people(.unavailabilityRemoved(UnavailabilityRemoved(person: "feng", number: 1))))
    given.when(.remove("feng", number: 1))
      .thenRefused(saying: "The speaker “feng” has no unavailable times.")
  }

  @Test func `conflicts with sessions that need the person, unless waived`() {
    let conflict = Conflict(.personUnavailable, "panel", person: "feng")
    let away = UnavailabilityStated(
      person: "feng", number: 1, from: at("25T10:00"), until: at("25T12:00"))
    given.when(.state("feng", from: at("25T10:00"), until: at("25T12:00"), waivers: []))
      .thenRefused(
        .conflicts(
          ConflictsFound(conflicts: [
            DescribedConflict(
              conflict: conflict,
              message: "Shaolei Feng is in “panel” (2016-03-25 09:00–10:30) but is unavailable then.")
          ])))
    given.when(
      .state(
        "feng", from: at("25T10:00"), until: at("25T12:00"),
        waivers: [Waiver(.personUnavailable, reason: "Agreed")])
    ).then(.people(.unavailabilityStated(away)), .scheduling(waived(conflict)))
    open.and(away, panel).when(.assign("panel", .init(.speaker, "feng")))
      .thenRefused(
        refused(
          conflict, "Shaolei Feng is in “panel” (2016-03-25 09:00–10:30) but is unavailable then."))
  }
}

struct `The conference's days` {
  @Test func `cannot be shortened while sessions take place on them`() {
    let last = session("last", "27T09:00", "27T10:00")
    let given = Conferences.given(opened, hall, last)
    given.when(.revise(.init { $0.lastDay = "2016-03-26" }))
      .thenRefused(
        .conflicts(
          ConflictsFound(conflicts: [
            DescribedConflict(
              conflict: Conflict(.outsideDays, "last"),
              message: "“last” (2016-03-27 09:00–10:00) is outside the conference's days (2016-03-25 to "
                + "2016-03-26).")
          ])))
    // An older version could undo a revision of the days so that the conference ended before it began.
    Sessions.given(opened, hall, ConferenceRevised { $0.firstDay = "2016-03-28" })
      .when(.schedule(last, [])).thenRefused(outside("last", last.slot, "2016-03-28", "2016-03-27"))
    given.and(SessionCancelled(session: "last", slot: last.slot))
      .when(.revise(.init { $0.lastDay = "2016-03-26" }))
      .then(.conferenceRevised(ConferenceRevised { $0.lastDay = "2016-03-26" }))
  }
}
