import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
private let workshop = session("workshop", "25T09:00", "25T10:30", track: "economy")
private let second = SlotAdded(session: "workshop", number: 2, slot: slot("annex", "26T09:00", "26T10:30"))
private let open = Sessions.given(opened, hall, annex, economy, feng)
private let berlin = ZoneRules(
  zone: "Europe/Berlin", offset: 60,
  changes: [
    .init(at: "2026-03-29T01:00:00Z", offset: 120), .init(at: "2026-10-25T01:00:00Z", offset: 60),
  ])

struct `A session with two slots` {
  @Test func `gets an event for each slot`() {
    open.when(.init(.schedule(workshop, further: [second.slot], [])))
      .then(.sessionScheduled(workshop), .slotAdded(second))
    open.and(workshop).when(.init(.addSlot("workshop", second.slot))).then(.slotAdded(second))
  }

  @Test func `moves one slot, which must be named`() {
    let to = slot("annex", "26T11:00", "26T12:30")
    let given = open.and(workshop, second)
    given.when(.move("workshop", slot: 2, room: nil, start: at("26T11:00"), end: nil))
      .then(.sessionMoved(SessionMoved(session: "workshop", from: second.slot, to: to, number: 2)))
    given.when(.move("workshop", room: "annex", start: nil, end: nil))
      .thenRefused(
        saying: "The session “workshop” has several slots: 1 (2016-03-25 09:00–10:30, hall) and 2 "
          + "(2016-03-26 09:00–10:30, annex).", hints: .nameSlot)
    given.when(.move("workshop", slot: 3, room: "annex", start: nil, end: nil))
      .thenRefused(saying: "The session “workshop” has no slot 3, only 1 and 2.")
  }

  @Test func `refuses slots that overlap`() {
    open.and(workshop).when(.init(.addSlot("workshop", slot("annex", "25T10:00", "25T11:00"))))
      .thenRefused(
        saying: "The session “workshop” has another slot at that time (2016-03-25 09:00–10:30, hall).")
  }

  @Test func `can lose a slot, but not the last one`() {
    let given = open.and(workshop, second)
    given.when(.init(.removeSlot("workshop", 1)))
      .then(.slotRemoved(SlotRemoved(session: "workshop", number: 1, slot: workshop.slot)))
    given.and(SlotRemoved(session: "workshop", number: 2, slot: second.slot))
      .when(.init(.removeSlot("workshop", 1))).thenRefused(.onlySlot("workshop"))
  }

  @Test func `never reuses a slot number`() {
    open.and(workshop, second, SlotRemoved(session: "workshop", number: 2, slot: second.slot))
      .when(.init(.addSlot("workshop", second.slot)))
      .then(.slotAdded(SlotAdded(session: "workshop", number: 3, slot: second.slot)))
  }

  @Test func `frees its rooms when cancelled, and takes them again when reinstated`() {
    let cancelled = SessionCancelled(
      session: "workshop",
      slots: [NumberedSlot(number: 1, slot: workshop.slot), NumberedSlot(number: 2, slot: second.slot)])
    let given = open.and(workshop, second)
    given.when(.cancel("workshop")).then(.sessionCancelled(cancelled))
    let other = session("other", "26T09:00", "26T10:00", in: "annex")
    given.and(cancelled).when(.schedule(other, [])).then(.sessionScheduled(other))
    given.and(cancelled).when(.init(.reinstate("workshop")))
      .then(
        .sessionReinstated(
          SessionReinstated(
            session: "workshop",
            slots: [
              NumberedSlot(number: 1, slot: workshop.slot), NumberedSlot(number: 2, slot: second.slot),
            ], kind: .panel)))
    given.and(cancelled, other).when(.init(.reinstate("workshop")))
      .thenRefused(
        refused(
          Conflict(.roomTaken, "other", "workshop", room: "annex"),
          "The room “annex” has “other” (2016-03-26 09:00–10:00) and “workshop” (2016-03-25 09:00–10:30; "
            + "2016-03-26 09:00–10:30) at the same time."))
  }
}

struct `Moving many sessions` {
  private let next = session("next", "25T10:30", "25T11:00", track: "economy")

  private func all(_ selection: Sessions.Selection, _ shift: Sessions.Shift) -> Sessions.Command {
    Sessions.Command(.moveAll(selection, shift, shanghai))
  }

  @Test func `moves the sessions of a track, even into each other's old slots`() {
    open.and(workshop, second, next, session("other", "25T12:00", "25T13:00"))
      .when(all(.init(track: "economy"), .init(minutes: 30)))
      .thenOneMore(
        .sessionMoved(
          SessionMoved(session: "next", from: next.slot, to: slot("hall", "25T11:00", "25T11:30"))),
        .sessionMoved(
          SessionMoved(
            session: "workshop", from: workshop.slot, to: slot("hall", "25T09:30", "25T11:00"))),
        .sessionMoved(
          SessionMoved(
            session: "workshop", from: second.slot, to: slot("annex", "26T09:30", "26T11:00"), number: 2)))
  }

  @Test func `moves one day's sessions from one room to another`() {
    open.and(workshop, second, next).when(all(.init(room: "hall", day: "2016-03-25"), .init(room: "annex")))
      .thenOneMore(
        .sessionMoved(
          SessionMoved(session: "next", from: next.slot, to: slot("annex", "25T10:30", "25T11:00"))),
        .sessionMoved(
          SessionMoved(
            session: "workshop", from: workshop.slot, to: slot("annex", "25T09:00", "25T10:30"))))
  }

  @Test func `moves the sessions that begin on a day, not those that go on into it after midnight`() {
    let night = session("night", "25T22:00", "26T01:00")
    let morning = session("morning", "26T09:00", "26T10:00")
    let given = open.and(night, morning)
    given.when(all(.init(day: "2016-03-25"), .init(room: "annex")))
      .then(
        .sessionMoved(
          SessionMoved(session: "night", from: night.slot, to: slot("annex", "25T22:00", "26T01:00"))))
    given.when(all(.init(day: "2016-03-26"), .init(room: "annex")))
      .then(
        .sessionMoved(
          SessionMoved(session: "morning", from: morning.slot, to: slot("annex", "26T09:00", "26T10:00"))))
  }

  @Test func `moves all of them or none`() {
    open.and(workshop, next, session("after", "25T11:00", "25T12:00"))
      .when(all(.init(track: "economy"), .init(minutes: 30)))
      .thenRefused(
        saying: "The room “hall” is taken 2016-03-25 11:00–12:00 by the session “after”, which anna put "
          + "there at 2016-02-25 09:08 UTC — choose another room or time.", hints: .waive("room-taken"))
    open.when(all(.init(track: "economy"), .init(minutes: 30)))
      .thenRefused(saying: "No session is in the track “economy”.", hints: .list(TrackEntity.self))
  }

  @Test func `keeps the clock time when moving by days across a clock change`() throws {
    let conference = ConferenceOpened(
      title: "DST", firstDay: "2026-10-24", lastDay: "2026-10-26", zone: "Europe/Berlin")
    let night = try SessionScheduled(
      session: "night", title: "Night", kind: .session,
      slot: Slot(
        room: "hall", start: "2026-10-24T22:00+02:00[Europe/Berlin]",
        end: "2026-10-25T04:00+01:00[Europe/Berlin]"))
    let given = Sessions.given(conference, hall, night)
    given.when(.init(.shift("night", slot: nil, .init(days: 1), berlin)))
      .thenOneMore(
        .sessionMoved(
          SessionMoved(
            session: "night", from: night.slot,
            to: try Slot(
              room: "hall", start: "2026-10-25T22:00+01:00[Europe/Berlin]",
              end: "2026-10-26T04:00+01:00[Europe/Berlin]"))))
    // Moving by minutes adds elapsed time; 02:30 occurs twice that night.
    given.when(.init(.shift("night", slot: nil, .init(minutes: 270), berlin)))
      .thenOneMore(
        .sessionMoved(
          SessionMoved(
            session: "night", from: night.slot,
            to: try Slot(
              room: "hall", start: "2026-10-25T02:30+02:00[Europe/Berlin]",
              end: "2026-10-25T08:30+01:00[Europe/Berlin]"))))
  }
}

struct `A presentation` {
  private let first = Presentation("first", title: "First", people: ["feng"], minutes: 20)
  private let last = Presentation("last", title: "Last", minutes: 20)

  private let start = Presentations.given(opened, hall, annex, economy, feng, workshop)

  private var given: Given<Presentations> {
    start.and(
      PresentationAdded(session: "workshop", presentation: first),
      PresentationAdded(session: "workshop", presentation: last))
  }

  @Test func `is added once, under a unique name`() {
    let event = PresentationAdded(session: "workshop", presentation: first)
    start.when(.init(.add("workshop", first))).then(.presentationAdded(event))
    given.and(session("other", "26T09:00", "26T10:00")).when(.init(.add("other", first)))
      .thenRefused(.taken("first", in: "workshop"))
    given.when(.init(.add("workshop", Presentation("first", title: "Another"))))
      .thenRefused(.taken("first", in: "workshop"))
  }

  @Test func `is revised, ordered and withdrawn`() {
    var longer = first
    longer.minutes = 30
    longer.abstract = "On trade"
    longer.people = []
    given.when(
      .init(
        .revise(
          "first",
          .init {
            $0.abstract = "On trade"
            $0.people = []
            $0.minutes = 30
          }))
    ).then(
      .presentationRevised(
        PresentationRevised(session: "workshop", presentation: longer, formerPeople: ["feng"])))
    given.when(.init(.order("workshop", ["last"])))
      .then(.presentationsOrdered(PresentationsOrdered(session: "workshop", order: ["last", "first"])))
    given.when(.init(.withdraw("first")))
      .then(
        .presentationWithdrawn(
          PresentationWithdrawn(session: "workshop", presentation: "first", people: ["feng"])))
  }

  /// The log refuses an event with a duplicate tag.
  @Test func `lists a presenter once, even if the command names them twice`() throws {
    let twice = Presentation("first", title: "First", people: ["feng", "feng"], minutes: 20)
    start.when(.init(.add("workshop", twice)))
      .then(.presentationAdded(PresentationAdded(session: "workshop", presentation: first)))
    var joint = last
    joint.people = ["feng"]
    let joined = PresentationRevised(session: "workshop", presentation: joint, formerPeople: [])
    given.when(.init(.revise("last", .init { $0.people = ["feng", "feng"] }))).then(
      .presentationRevised(joined))
    #expect(Set(joined.tags).count == joined.tags.count)
  }

  @Test func `is refused if it, its session or its people are unknown or gone`() {
    given.when(.init(.order("workshop", ["elsewhere"]))).thenRefused(.notIn("workshop", "elsewhere"))
    given.when(.init(.withdraw("elsewhere"))).thenRefused(.unknown("elsewhere"))
    given.when(.init(.revise("elsewhere", .init { $0.minutes = 5 }))).thenRefused(.unknown("elsewhere"))
    given.when(.init(.revise("last", .init { $0.people = ["nobody"] })))
      .thenRefused(.session(.unknownPerson("nobody")))
    start.when(.init(.add("workshop", Presentation("x", title: "X", people: ["nobody"]))))
      .thenRefused(.session(.unknownPerson("nobody")))
    start.and(SpeakerWithdrawn(person: "feng")).when(.init(.add("workshop", first)))
      .thenRefused(.session(.withdrawnPerson("feng")))
    given.and(SessionCancelled(session: "workshop", slot: workshop.slot))
      .when(.init(.withdraw("first"))).thenRefused(.session(.cancelled("workshop")))
    Presentations.given(hall, workshop).when(.init(.add("workshop", first))).thenRefused(.notOpen)
  }

  @Test func `cannot have a presenter who is elsewhere at the same time`() {
    let beside = session("beside", "25T09:00", "25T10:00", in: "annex")
    given.and(beside).when(.init(.add("beside", Presentation("x", title: "X", people: ["feng"]))))
      .thenRefused(
        saying: "Shaolei Feng is in “beside” (2016-03-25 09:00–10:00) and in “workshop” (2016-03-25 "
          + "09:00–10:30) at the same time — choose another time or another person.",
        hints: .waive("person-twice"))
  }
}

struct `A running order` {
  private func order(_ presentations: [Presentation], _ slots: Slot...) -> [String] {
    RunningOrder(
      presentations, in: slots.enumerated().map { NumberedSlot(number: $0 + 1, slot: $1) }
    ).items.map { "\($0.presentation.presentation) \($0.start.clock)–\($0.end.clock) in \($0.slot)" }
  }

  private func talk(_ id: PresentationID, _ minutes: Int? = nil, at start: String? = nil) -> Presentation {
    Presentation(id, title: "Talk", minutes: minutes, start: start.map(time))
  }

  @Test func `keeps its people even if it lasts longer than a slot can`() {
    var timetable = Timetable()
    let origin = Origin(position: 1, actor: "anna", recordedAt: "2016-02-25T09:00:00Z")
    let long = session("long", "25T15:00", "26T15:00")
    let early = SlotAdded(session: "long", number: 2, slot: slot("hall", "25T12:00", "25T12:45"))
    let other = session("other", "26T09:00", "26T10:00", in: "annex")
    for event: SchedulingEvent in [
      .sessionScheduled(long), .slotAdded(early), .sessionScheduled(other),
      .presentationAdded(
        PresentationAdded(session: "long", presentation: Presentation("p", title: "P", people: ["feng"]))),
      .personAssigned(PersonAssigned(session: "other", person: "feng", role: .speaker)),
    ] {
      timetable.apply(event, origin)
    }
    #expect(
      timetable.conflicts(of: "other").contains(Conflict(.personTwice, "long", "other", person: "feng")))
  }

  @Test func `puts presentations one after the other and shares the remaining time`() {
    #expect(
      order([talk("a", 30), talk("b"), talk("c")], slot("hall", "25T09:00", "25T10:30")) == [
        "a 09:00–09:30 in 1", "b 09:30–10:00 in 1", "c 10:00–10:30 in 1",
      ])
  }

  @Test func `keeps a stated start and continues from there`() {
    #expect(
      order(
        [talk("a", 20), talk("b", 20, at: "25T10:00"), talk("c", 10)], slot("hall", "25T09:00", "25T10:30"))
        == [
          "a 09:00–09:20 in 1", "b 10:00–10:20 in 1", "c 10:20–10:30 in 1",
        ])
  }

  @Test func `puts a presentation that no longer fits into the next slot`() {
    #expect(
      order(
        [talk("a", 60), talk("b", 60), talk("c", 30)], slot("hall", "25T09:00", "25T10:30"),
        slot("annex", "26T09:00", "26T10:30")) == [
          "a 09:00–10:00 in 1", "b 09:00–10:00 in 2", "c 10:00–10:30 in 2",
        ])
  }

  @Test func `fills a slot to its last minute`() {
    #expect(
      order(
        [talk("a", 45), talk("b", 45), talk("c", 30)], slot("hall", "25T09:00", "25T10:30"),
        slot("annex", "26T09:00", "26T10:30")) == [
          "a 09:00–09:45 in 1", "b 09:45–10:30 in 1", "c 09:00–09:30 in 2",
        ])
  }

  @Test func `says by how much it runs over`() {
    let slots = [NumberedSlot(number: 1, slot: slot("hall", "25T09:00", "25T10:00"))]
    #expect(RunningOrder([talk("a", 40), talk("b", 40)], in: slots).excess == 20)
    #expect(RunningOrder([talk("a", 60)], in: slots).excess == 0)
    #expect(RunningOrder([], in: slots).items == [])
  }
}

private func time(_ text: String) -> ZonedTime { at(text) }

struct `Seats` {
  private let li = AttendeeRegistered(
    attendee: "a-1", category: "delegate", listed: true, details: Sealed(base64: "c2VhbGVk"))
  private let small = RoomAdded(room: "small", name: "Small") { $0.capacity = 1 }
  private let course = session("course", "25T09:00", "25T10:00", in: "small")

  @Test func `are given until the room is full`() {
    let up = AttendeeSignedUp(attendee: "a-1", session: "course")
    var other = li
    other.attendee = "a-2"
    let given = SignUps.given(opened, small, course, li, other)
    given.when(.signUp("a-1", "course")).then(.attendeeSignedUp(up))
    given.and(up).when(.signUp("a-2", "course"))
      .thenRefused(
        saying: "“course” is full (1 seat); sign somebody off, or move the session to a larger room.")
    given.and(up).when(.signOff("a-1", "course"))
      .then(.attendeeSignedOff(AttendeeSignedOff(attendee: "a-1", session: "course")))
  }

  @Test func `are as many as the smallest of the session's rooms has`() {
    let up = AttendeeSignedUp(attendee: "a-1", session: "course")
    var other = li
    other.attendee = "a-2"
    let rooms: [(RoomID, RoomID)] = [("small", "hall"), ("hall", "small"), ("small", "annex")]
    for (first, second) in rooms {
      let course = session("course", "25T09:00", "25T10:00", in: first)
      let part = SlotAdded(session: "course", number: 2, slot: slot(second, "26T09:00", "26T10:00"))
      SignUps.given(opened, hall, annex, small, course, part, li, other, up)
        .when(.signUp("a-2", "course")).thenRefused(.full("course", seats: 1))
    }
  }

  @Test func `are freed when an attendee withdraws`() {
    let given = Attendees.given(li, AttendeeSignedUp(attendee: "a-1", session: "course"))
    given.when(.withdraw("a-1"))
      .then(
        .attendeeSignedOff(AttendeeSignedOff(attendee: "a-1", session: "course")),
        .attendeeWithdrawn(AttendeeWithdrawn(attendee: "a-1")))
  }

  @Test func `are refused to unknown attendees and in cancelled sessions`() {
    SignUps.given(opened, small, course).when(.signUp("a-9", "course")).thenRefused(
      .attendee(.unknown("a-9")))
    SignUps.given(opened, small, course, li, AttendeeWithdrawn(attendee: "a-1"))
      .when(.signUp("a-1", "course")).thenRefused(.attendee(.withdrawn("a-1")))
    SignUps.given(opened, small, course, li, PersonErased(attendee: "a-1"))
      .when(.signUp("a-1", "course")).thenRefused(.attendee(.erased("a-1")))
    SignUps.given(opened, small, course, li, AttendeeCheckedIn(attendee: "a-1"))
      .when(.signUp("a-1", "course"))
      .then(.attendeeSignedUp(AttendeeSignedUp(attendee: "a-1", session: "course")))
    SignUps.given(opened, small, course, li, SessionCancelled(session: "course", slot: course.slot))
      .when(.signUp("a-1", "course")).thenRefused(.cancelled("course"))
  }
}

struct `Prints, notices and releases` {
  private func print(_ number: Int, _ kind: String = "booklet", since: Int? = nil) -> DocumentPrinted {
    var settings = PrintSettings()
    settings.since = since
    return DocumentPrinted(
      number: number, kind: kind, position: 3, settings: settings, hash: "aa", templates: "bb")
  }

  private func order(_ kind: String = "booklet", since: Prints.Since? = nil, comparedWith made: Int? = nil)
    -> Prints.Command
  {
    Prints.Command(
      Prints.Order(kind: kind, since: since),
      Prints.Made(position: 3, since: made, hash: "aa", templates: "bb"))
  }

  @Test func `number prints in order`() {
    Prints.given(opened).when(order()).thenOneMore(.documentPrinted(print(1)))
    Prints.given(opened, print(1)).when(order()).thenOneMore(.documentPrinted(print(2)))
    Prints.given().when(order()).thenRefused(.notOpen)
  }

  @Test func `is compared with the print that is meant when it is recorded`() {
    let ledger = Prints.given(opened, print(1, "door-signs"), print(2), print(3, "door-signs"))
    ledger.when(order("door-signs", since: .last, comparedWith: 3))
      .thenOneMore(.documentPrinted(print(4, "door-signs", since: 3)))
    ledger.when(order("door-signs", since: .print(1), comparedWith: 1))
      .thenOneMore(.documentPrinted(print(4, "door-signs", since: 1)))
    ledger.when(order("door-signs", since: .last, comparedWith: 1))
      .thenRefused(.printedMeanwhile(3))
    ledger.when(order("badges", since: .last)).thenRefused(.noneOfKind("badges"))
    ledger.when(order("door-signs", since: .print(2), comparedWith: 2))
      .thenRefused(.ofOtherKind(2, "booklet", wanted: "door-signs"))
    ledger.when(order("door-signs", since: .print(4))).thenRefused(.noSuchPrint(4, last: 3))
    Prints.given(opened).when(order("door-signs", since: .print(4))).thenRefused(.emptyLedger)
  }

  @Test func `record a notice once, and not out of order`() {
    let sent = NoticesSent(position: 7, people: ["feng"])
    let round = Notices.Command(Notices.Round(), sent)
    Notices.given(opened).when(round).then(.noticesSent(sent))
    Notices.given(opened, NoticesSent(position: 9, people: ["feng"])).when(round)
      .thenRefused(.sentMeanwhile("feng"))
    // To somebody who knows this position already, and to somebody who does not.
    let both = NoticesSent(position: 7, people: ["feng", "sergey"])
    Notices.given(opened, sent).when(Notices.Command(Notices.Round(), both)).then(.noticesSent(both))
    Notices.given(opened).when(Notices.Command(Notices.Round())).thenNothing()
    // Whoever asks for letters to those for whom nothing changed is sent them again.
    Notices.given(opened, sent).when(Notices.Command(Notices.Round(unchanged: true), sent))
      .thenOneMore(.noticesSent(sent))
  }

  @Test func `release a part only after the whole program`() {
    let part = ProgramReleased(version: "1.1", track: "economy")
    Releases.given(opened, economy).when(.release(part)).thenRefused(.nothingWhole)
    Releases.given(opened, economy, ProgramReleased(version: "1.0")).when(.release(part))
      .thenOnce(.programReleased(part), thenRefused: .released("1.1", at: 4))
    Releases.given(opened, ProgramReleased(version: "1.0")).when(.release(part))
      .thenRefused(.unknownTrack("economy"))
    Releases.given(opened, economy, ProgramReleased(version: "1.0"), TrackRemoved(track: "economy"))
      .when(.release(part)).thenRefused(.unknownTrack("economy"))
    let day = ProgramReleased(version: "1.1", day: "2016-03-25")
    Releases.given(opened).when(.release(day)).thenRefused(.nothingWhole)
    Releases.given(opened, ProgramReleased(version: "1.0")).when(.release(day))
      .thenOnce(.programReleased(day), thenRefused: .released("1.1", at: 3))
  }

  @Test func `release no part after a change that concerns every session`() {
    let (whole, part) = (ProgramReleased(version: "1.0"), ProgramReleased(version: "1.1", day: "2016-03-25"))
    for change in [ConferenceRevised { $0.zone = "Europe/Moscow" }, ConferenceRevised { $0.dayStart = 240 }] {
      Releases.given(opened, whole, change).when(.release(part)).thenRefused(.daysChanged)
      Releases.given(opened, whole, change, ProgramReleased(version: "1.1")).when(
        .release(ProgramReleased(version: "1.2", day: "2016-03-25"))
      ).thenOnce(
        .programReleased(ProgramReleased(version: "1.2", day: "2016-03-25")),
        thenRefused: .released("1.2", at: 5))
    }
    Releases.given(opened, whole, ConferenceRevised { $0.dayStart = 0 }).when(.release(part))
      .thenOnce(.programReleased(part), thenRefused: .released("1.1", at: 4))
  }

  @Test func `release only days of the conference`() {
    let other = ProgramReleased(version: "1.1", day: "2016-03-28")
    let whole = ProgramReleased(version: "1.0")
    Releases.given(opened, whole).when(.release(other))
      .thenRefused(.notADay("2016-03-28", "2016-03-25", "2016-03-27"))
    Releases.given(opened, whole, ConferenceRevised { $0.lastDay = "2016-03-28" }).when(.release(other))
      .thenOnce(.programReleased(other), thenRefused: .released("1.1", at: 4))
    // A version that was released is known, whatever the days are now.
    Releases.given(opened, whole, other).when(.release(other)).thenRefused(.released("1.1", at: 3))
  }
}

struct `Venues and tracks` {
  private let west = VenueAdded(venue: "west", name: "West")

  @Test func `are added and revised, with travel times between them`() {
    let travel = TravelTimeSet(.venue("west"), .venue("east"), minutes: 20)
    Venues.given(opened).when(.add(west)).then(.venueAdded(west))
    Venues.given(opened, west).when(.revise(VenueRevised(venue: "west") { $0.address = "1 Road" }))
      .then(.venueRevised(VenueRevised(venue: "west") { $0.address = "1 Road" }))
    let given = Venues.given(opened, west, VenueAdded(venue: "east", name: "East"), hall)
    given.when(.setTravelTime(.venue("west"), .venue("east"), minutes: 20)).then(.travelTimeSet(travel))
    given.and(travel).when(.setTravelTime(.venue("east"), .venue("west"), minutes: 20)).thenNothing()
    given.when(.setTravelTime(.venue("west"), .room("hall"), minutes: 20))
      .thenRefused(
        saying: "“venue:west” and “room:hall” are a room and a venue; give two rooms or two venues.")
    given.when(.setTravelTime(.venue("west"), .venue("north"), minutes: 20)).thenRefused(.unknown("north"))
    Rooms.given(opened).when(.add(RoomAdded(room: "r", name: "R") { $0.venue = "west" }))
      .thenRefused(.unknownVenue("west"))
    Tracks.given(opened, economy).when(.revise(TrackRevised(track: "economy") { $0.cleared = [.color] }))
      .then(.trackRevised(TrackRevised(track: "economy") { $0.cleared = [.color] }))
  }
}
