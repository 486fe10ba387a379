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

  private func right(_ time: String, _ offset: Int) -> ZonedTime {
    let wrong = at(time)
    return ZonedTime(date: wrong.date, minuteOfDay: wrong.minuteOfDay, offset: offset, zone: "Europe/Nowhere")
  }

  private func slotThere(_ room: RoomID, _ start: ZonedTime, _ end: ZonedTime) -> Slot {
    try! Slot(room: room, start: start, end: end)
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
    func moved(_ scheduled: SessionScheduled, _ start: String, _ end: String, _ offset: Int)
      -> ProgramOrPeopleEvent
    {
      .scheduling(
        .sessionMoved(
          SessionMoved(
            session: scheduled.session, from: scheduled.slot,
            to: slotThere("hall", right(start, offset), right(end, offset)))))
    }
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

  @Test func `of no conference is not corrected`() {
    ZoneCorrection.given(hall).when(.init(nowhere)).thenRefused(.notOpen)
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
