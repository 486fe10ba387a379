import EventLog
import People
import Specification
import Testing
import Vocabulary

@testable import Scheduling

struct `A wrong time zone` {
  /// The clocks are put forward on 26 March 2016 at 02:00, to 03:00, and were at UTC+1 before.
  private let nowhere = ZoneRules(
    zone: "Europe/Nowhere", offset: 60,
    changes: [.init(at: Timestamp("2016-03-26T01:00:00Z"), offset: 120)])

  /// The clocks are put back on 26 March 2016 at 03:00, to 02:00.
  private let autumn = ZoneRules(
    zone: "Europe/Autumn", offset: 120, changes: [.init(at: Timestamp("2016-03-26T01:00:00Z"), offset: 60)])
  private let openedInAutumn = ConferenceOpened(
    title: "Autumn", firstDay: "2016-03-25", lastDay: "2016-03-27", zone: "Europe/Autumn")

  /// A time that night, when the clocks show each minute of an hour twice.
  private func twice(_ minute: Int, _ offset: Int) -> ZonedTime {
    ZonedTime(date: "2016-03-26", minuteOfDay: minute, offset: offset, zone: "Europe/Autumn")
  }

  private func right(_ time: String, _ offset: Int) -> ZonedTime {
    let wrong = at(time)
    return ZonedTime(date: wrong.date, minuteOfDay: wrong.minuteOfDay, offset: offset, zone: "Europe/Nowhere")
  }

  private func slotThere(_ room: RoomID, _ start: ZonedTime, _ end: ZonedTime) -> Slot {
    try! Slot(room: room, start: start, end: end)
  }

  private func moved(_ scheduled: SessionScheduled, _ start: String, _ end: String, _ offset: Int)
    -> ProgramOrPeopleEvent
  {
    .scheduling(
      .sessionMoved(
        SessionMoved(
          session: scheduled.session, from: scheduled.slot,
          to: slotThere("hall", right(start, offset), right(end, offset)))))
  }

  private let corrected = ProgramOrPeopleEvent.scheduling(
    .conferenceRevised(ConferenceRevised { $0.zone = "Europe/Nowhere" }))

  @Test func `is corrected for every session, closure and unavailable time; the clocks show the same`() {
    let first = session("first", "25T09:00", "25T10:00")
    let second = session("second", "27T09:00", "27T10:00")
    let cancelled = session("cancelled", "25T11:00", "25T12:00")
    let closure = RoomClosureStated(room: "annex", number: 1, from: at("25T08:00"), until: at("25T09:00"))
    let feng = SpeakerRegistered(person: "feng", name: "Feng")
    let away = UnavailabilityStated(person: "feng", number: 1, from: at("27T08:00"), until: at("27T12:00"))
    var movedClosure = closure
    (movedClosure.from, movedClosure.until) = (right("25T08:00", 60), right("25T09:00", 60))
    var movedAway = away
    (movedAway.from, movedAway.until) = (right("27T08:00", 120), right("27T12:00", 120))
    ZoneCorrection.given(
      opened, hall, annex, feng, first, second, cancelled,
      SessionCancelled(session: "cancelled", slot: cancelled.slot), closure, away
    )
    .when(.init(nowhere))
    .then(
      corrected, moved(cancelled, "25T11:00", "25T12:00", 60), moved(first, "25T09:00", "25T10:00", 60),
      moved(second, "27T09:00", "27T10:00", 120), .scheduling(.roomClosureStated(movedClosure)),
      .people(.unavailabilityStated(movedAway)))
  }

  @Test func `is nothing to correct if it is right`() {
    ZoneCorrection.given(opened, hall, session("first", "25T09:00", "25T10:00")).when(.init(shanghai))
      .thenNothing()
  }

  @Test func `is not corrected for a time that its clocks skip`() {
    ZoneCorrection.given(opened, hall, session("late", "26T02:30", "26T04:00")).when(.init(nowhere))
      .thenRefused(
        .skipped(
          HintedText(
            "The session “late” cannot keep its time 2016-03-26 02:30: the clocks of Europe/Nowhere skip it, because "
              + "they are put forward.", [.moveSession("late")])))
  }

  /// An hour that the clocks of the wrong zone showed twice is one hour, so two sessions now meet in the hall.
  @Test func `is not corrected if sessions would conflict, unless that is waived`() {
    func late(_ id: SessionID, _ offset: Int) -> SessionScheduled {
      SessionScheduled(
        session: id, title: "Session", kind: .panel,
        slot: slotThere("hall", twice(135, offset), twice(150, offset)))
    }
    let given = ZoneCorrection.given(openedInAutumn, hall, late("first", 120), late("second", 60))
    let conflict = Conflict(.roomTaken, "first", "second", room: "hall")
    guard case .failure(.conflicts(let found))? = given.when(.init(shanghai)).result() else {
      Issue.record("Nothing was found.")
      return
    }
    #expect(found.conflicts.map(\.conflict) == [conflict])
    func moved(_ scheduled: SessionScheduled) -> ProgramOrPeopleEvent {
      .scheduling(
        .sessionMoved(
          SessionMoved(
            session: scheduled.session, from: scheduled.slot, to: slot("hall", "26T02:15", "26T02:30"))))
    }
    given.when(.init(shanghai, waivers: [Waiver(.roomTaken, reason: "Agreed")])).then(
      .scheduling(.conferenceRevised(ConferenceRevised { $0.zone = "Asia/Shanghai" })),
      moved(late("first", 120)), moved(late("second", 60)),
      .scheduling(.conflictWaived(ConflictWaived(conflict: conflict, reason: "Agreed"))))
  }

  @Test func `of no conference is not corrected`() {
    ZoneCorrection.given(hall).when(.init(nowhere)).thenRefused(.notOpen)
  }

  @Test func `is corrected for everything that can come back, and for presentations`() {
    let gone = session("gone", "25T09:00", "25T10:00")
    let live = session("live", "25T11:00", "25T12:00")
    let away = UnavailabilityStated(person: "feng", number: 1, from: at("27T08:00"), until: at("27T12:00"))
    let talk = Presentation("talk", title: "Talk", start: at("25T11:30"))
    var (movedAway, movedTalk) = (away, talk)
    (movedAway.from, movedAway.until) = (right("27T08:00", 120), right("27T12:00", 120))
    movedTalk.start = right("25T11:30", 60)
    ZoneCorrection.given(
      opened, hall, SpeakerRegistered(person: "feng", name: "Feng"), gone,
      SessionUnscheduled(session: "gone", slots: [NumberedSlot(number: 1, slot: gone.slot)]), live,
      PresentationAdded(session: "live", presentation: talk), away, SpeakerWithdrawn(person: "feng")
    )
    .when(.init(nowhere))
    .then(
      corrected, moved(gone, "25T09:00", "25T10:00", 60), moved(live, "25T11:00", "25T12:00", 60),
      .scheduling(
        .presentationRevised(
          PresentationRevised(session: "live", presentation: movedTalk, formerPeople: []))),
      .people(.unavailabilityStated(movedAway)))
  }

  /// A time of the wrong zone came back after the correction.
  @Test func `is corrected again for what is left of it`() {
    let left = session("left", "25T09:00", "25T10:00")
    ZoneCorrection.given(opened, ConferenceRevised { $0.zone = "Europe/Nowhere" }, hall, left)
      .when(.init(nowhere)).then(moved(left, "25T09:00", "25T10:00", 60))
  }

  /// Only a conference that imported a program can have converted times.
  @Test func `warns of what an import converted, where there was one`() throws {
    let first = session("first", "25T09:00", "25T10:00")
    let given = ZoneCorrection.given(opened, hall, first)
    func warnings(_ given: Given<ZoneCorrection>) throws -> [String] {
      let state = try given.state()
      return ZoneCorrection.warnings(
        on: try ZoneCorrection.decide(.init(nowhere), in: state), in: state
      ).map(\.text)
    }
    #expect(try warnings(given) == [])
    let fact = ImportedFact(of: first.session.tag, keys: ["title:first"], digests: [:])
    let imported = given.and(
      FileImported(source: "pretalx", format: "schedule.xml", sha256: "00", facts: [fact]))
    #expect(
      try warnings(imported) == [
        "Sessions keep the time that clocks show. If the remarks of an import said that it converted times, these are wrong now.",
        "To get them right, undo this correction and the import, correct the zone, and import the file again.",
      ])
    let boundary = ZoneCorrection.boundary(of: .init(nowhere), in: try given.state())
    #expect(boundary.matches(imported.last))
  }

  // MARK: And undo

  /// Undoes the event at a position, after the zone was corrected.
  private func undo(_ position: Int, _ events: [any EventBody], since: [any EventBody] = []) -> WhenCommand<
    Undo
  > {
    let corrections =
      events.reduce(ZoneCorrection.given()) { $0.and($1) }.when(.init(nowhere)).decided() ?? []
    return (events + corrections.map(\.body) + since).reduce(Undo.given()) { $0.and($1) }.when(
      Undo.Command(
        commandID: "…", first: position, last: position, tags: events[position - 1].tags, rules: nowhere,
        zones: [shanghai]))
  }

  private let panel = session("panel", "25T09:00", "25T10:00")

  @Test func `stays corrected when an earlier change is undone`() {
    let second = slot("annex", "26T14:00", "26T15:00")
    undo(
      6,
      [
        opened, hall, annex, panel, SlotAdded(session: "panel", number: 2, slot: second),
        SlotRemoved(session: "panel", number: 2, slot: second),
      ]
    ).then(
      .scheduling(
        .slotAdded(
          SlotAdded(
            session: "panel", number: 2,
            slot: slotThere("annex", right("26T14:00", 120), right("26T15:00", 120))))))
    // A move before the correction is undone after it.
    let later = slot("hall", "25T12:00", "25T13:00")
    undo(4, [opened, hall, panel, SessionMoved(session: "panel", from: panel.slot, to: later)]).then(
      .scheduling(
        .sessionMoved(
          SessionMoved(
            session: "panel", from: slotThere("hall", right("25T12:00", 60), right("25T13:00", 60)),
            to: slotThere("hall", right("25T09:00", 60), right("25T10:00", 60))))))
  }

  @Test func `does not let a time come back that its clocks skip`() {
    let skipped = slot("hall", "26T02:30", "26T04:00")
    undo(
      5,
      [
        opened, hall, panel, SlotAdded(session: "panel", number: 2, slot: skipped),
        SlotRemoved(session: "panel", number: 2, slot: skipped),
      ]
    ).thenRefused(
      .forbidden([
        HintedText(
          "The session “panel” cannot keep its time 2016-03-26 02:30: the clocks of Europe/Nowhere skip it, because "
            + "they are put forward.", [.moveSession("panel")])
      ]))
  }

  @Test func `comes back when its correction is undone, for cancelled and new sessions too`() {
    let cancelled = session("cancelled", "25T11:00", "25T12:00")
    let events: [any EventBody] = [
      opened, hall, panel, cancelled, SessionCancelled(session: "cancelled", slot: cancelled.slot),
    ]
    let corrections =
      events.reduce(ZoneCorrection.given()) { $0.and($1) }.when(.init(nowhere)).decided() ?? []
    let new = SessionScheduled(
      session: "new", title: "New", kind: .panel,
      slot: slotThere("hall", right("25T15:00", 60), right("25T16:00", 60)))
    let (first, last) = (events.count + 1, events.count + corrections.count)
    func back(_ scheduled: SessionScheduled, _ start: String, _ end: String) -> ProgramOrPeopleEvent {
      .scheduling(
        .sessionMoved(
          SessionMoved(
            session: scheduled.session,
            from: slotThere("hall", right(start, 60), right(end, 60)), to: slot("hall", start, end))))
    }
    (events + corrections.map(\.body) + [new]).reduce(Undo.given()) { $0.and($1) }.when(
      Undo.Command(
        commandID: "…", first: first, last: last,
        tags: Array(Set(corrections.flatMap { $0.body.tags })), rules: nowhere, zones: [shanghai])
    ).then(
      .scheduling(.conferenceRevised(ConferenceRevised { $0.zone = "Asia/Shanghai" })),
      back(cancelled, "25T11:00", "25T12:00"), back(new, "25T15:00", "25T16:00"),
      back(panel, "25T09:00", "25T10:00"))
  }

  /// Of two times at which the clocks show the same, it is the one that it was.
  @Test func `comes back with the second of two hours that its clocks show alike`() {
    let away = UnavailabilityStated(
      person: "feng", number: 1, from: twice(135, 120), until: twice(150, 60))
    let closure = RoomClosureStated(room: "hall", number: 1, from: twice(135, 120), until: twice(150, 60))
    let events: [any EventBody] = [
      openedInAutumn, hall, SpeakerRegistered(person: "feng", name: "Feng"), closure, away,
    ]
    let corrections =
      events.reduce(ZoneCorrection.given()) { $0.and($1) }.when(.init(shanghai)).decided() ?? []
    #expect(corrections.count == 3)
    (events + corrections.map(\.body)).reduce(Undo.given()) { $0.and($1) }.when(
      Undo.Command(
        commandID: "…", first: events.count + 1, last: events.count + corrections.count,
        tags: Array(Set(corrections.flatMap { $0.body.tags })), rules: shanghai, zones: [autumn])
    ).then(
      .scheduling(.conferenceRevised(ConferenceRevised { $0.zone = "Europe/Autumn" })),
      .scheduling(.roomClosureStated(closure)), .people(.unavailabilityStated(away)))
  }
}

struct `A day that begins at four` {
  private let night = ConferenceRevised { $0.dayStart = 240 }

  @Test func `has the small hours of the next date`() {
    let late = session("late", "28T00:30", "28T01:30")
    // Without it, the last night is outside the conference.
    Sessions.given(opened, hall).when(.schedule(late, [])).thenRefused(
      outside("late", late.slot, "2016-03-25", "2016-03-27"))
    Sessions.given(opened, night, hall).when(.schedule(late, [])).then(.sessionScheduled(late))
    let early = session("early", "25T03:59", "25T05:00")
    Sessions.given(opened, night, hall).when(.schedule(early, [])).thenRefused(
      outside("early", early.slot, "2016-03-25", "2016-03-27"))
  }

  @Test func `keeps a session that is moved to after midnight`() {
    let party = session("party", "25T22:00", "25T23:00")
    Sessions.given(opened, night, hall, party)
      .when(.init(.move("party", .init(start: .clock(60), rules: shanghai))))
      .then(
        .sessionMoved(
          SessionMoved(session: "party", from: party.slot, to: slot("hall", "26T01:00", "26T02:00"))))
  }

  @Test func `begins a session in the morning that is moved to four`() {
    let party = session("party", "25T22:00", "25T23:00")
    Sessions.given(opened, night, hall, party)
      .when(.init(.move("party", .init(start: .clock(240), rules: shanghai))))
      .then(
        .sessionMoved(
          SessionMoved(session: "party", from: party.slot, to: slot("hall", "25T04:00", "25T05:00"))))
  }

  @Test func `is selected with its night`() {
    let party = session("party", "26T01:00", "26T02:00")
    Sessions.given(opened, night, hall, annex, party)
      .when(.init(.moveAll(.init(day: "2016-03-25"), .init(room: "annex"), shanghai)))
      .then(
        .sessionMoved(
          SessionMoved(session: "party", from: party.slot, to: slot("annex", "26T01:00", "26T02:00"))))
    Sessions.given(opened, night, hall, annex, party)
      .when(.init(.moveAll(.init(day: "2016-03-26"), .init(room: "annex"), shanghai)))
      .thenRefused(.nothingSelected(.init(day: "2016-03-26")))
  }

  @Test func `has the opening hours of its evening`() {
    let hours = RoomHoursSet(room: "hall", day: "2016-03-26", hours: [ClockRange(from: 600, until: 1200)])
    let party = session("party", "26T01:00", "26T02:00")
    // On the next date the hall opens at ten, but this night is not that day.
    Sessions.given(opened, night, hall, hours).when(.schedule(party, [])).then(.sessionScheduled(party))
  }
}
