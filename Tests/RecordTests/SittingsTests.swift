import EventLog
import People
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Record

private let rules = ZoneRules(zone: "Asia/Shanghai", offset: 480)

private func at(_ time: String) -> HeldTime { try! HeldTime.init("2016-03-\(time)+08:00[Asia/Shanghai]") }

private func wanted(
  _ time: GivenHeldTime? = nil, by presiding: Presiding.Draft? = nil,
  _ build: (inout SittingDetails.Changes) -> Void = { _ in }
) -> Sittings.Wanted {
  Sittings.Wanted(at: time, presiding: presiding, changes: SittingDetails.Changes(build), rules: rules)
}

private func clock(_ hour: Int, _ minute: Int = 0) -> GivenHeldTime { .time(.clock(hour * 60 + minute)) }

private func step<Body>(
  _ make: (SessionID, Int, SittingDetails) -> Body, _ number: Int, _ time: HeldTime? = nil,
  _ build: (inout SittingDetails) -> Void = { _ in }
) -> Body {
  var details = SittingDetails { $0.at = time }
  build(&details)
  return make("opening", number, details)
}

private func convened(_ number: Int, _ time: HeldTime? = nil) -> SessionConvened {
  step(SessionConvened.init(session:step:details:), number, time)
}
private func suspended(_ number: Int, _ time: HeldTime? = nil) -> SessionSuspended {
  step(SessionSuspended.init(session:step:details:), number, time)
}
private func resumed(_ number: Int, _ time: HeldTime? = nil) -> SessionResumed {
  step(SessionResumed.init(session:step:details:), number, time)
}
private func closed(_ number: Int, _ time: HeldTime? = nil) -> SessionClosed {
  step(SessionClosed.init(session:step:details:), number, time)
}

private let given = Sittings.given(opened, opening, panel, feng, sergey)
private let entered = SessionEntered(session: "notes", title: "Notes", kind: .session)

struct `A sitting of a session` {
  @Test func `is convened, suspended, resumed and closed`() {
    given.when(.convene("opening", wanted(clock(9, 5))))
      .then(.sitting(.sessionConvened(convened(1, at("25T09:05")))))
    let begun = given.and(convened(1, at("25T09:05")))
    begun.when(.suspend("opening", wanted(clock(10))))
      .then(.sitting(.sessionSuspended(suspended(2, at("25T10:00")))))
    let paused = begun.and(suspended(2, at("25T10:00")))
    paused.when(.resume("opening", wanted(clock(10, 20))))
      .then(.sitting(.sessionResumed(resumed(3, at("25T10:20")))))
    paused.and(resumed(3, at("25T10:20"))).when(.close("opening", wanted(clock(11))))
      .then(.sitting(.sessionClosed(closed(4, at("25T11:00")))))
    // A session may rise while it is suspended.
    paused.when(.close("opening", wanted())).then(.sitting(.sessionClosed(closed(3))))
  }

  @Test func `after midnight belongs to the evening before`() {
    let night = SessionScheduled(
      session: "opening", title: "Opening", kind: .plenary,
      slot: try! Slot(
        room: "hall", start: "2016-03-26T00:30+08:00[Asia/Shanghai]",
        end: "2016-03-26T02:30+08:00[Asia/Shanghai]"))
    let nights = ConferenceRevised { $0.dayStart = 240 }
    let given = Sittings.given(opened, night, nights)
    given.when(.convene("opening", wanted(clock(0, 40))))
      .then(.sitting(.sessionConvened(convened(1, at("26T00:40")))))
    given.when(.convene("opening", wanted(clock(23, 50))))
      .then(.sitting(.sessionConvened(convened(1, at("25T23:50")))))
    given.and(convened(1, at("25T23:50"))).when(.close("opening", wanted(clock(4))))
      .thenRefused(.outOfOrder(at("25T04:00"), after: at("25T23:50")))
    given.and(convened(1, at("25T23:50"))).when(.close("opening", wanted(clock(3, 59))))
      .then(.sitting(.sessionClosed(closed(2, at("26T03:59")))))
    given.and(convened(1, .day("2016-03-25"))).when(.close("opening", wanted(clock(1))))
      .then(.sitting(.sessionClosed(closed(2, at("26T01:00")))))
    given.and(convened(1, at("26T00:40"))).when(.revise("opening", step: 1, wanted(clock(0, 45))))
      .then(
        .sitting(
          .sittingRevised(
            SittingRevised(
              session: "opening", step: 1, changes: SittingDetails.Changes { $0.at = at("26T00:45") }))))
    // A slot that ends on the next day says so, too.
    let long = SessionScheduled(
      session: "opening", title: "Opening", kind: .plenary,
      slot: try! Slot(
        room: "hall", start: "2016-03-25T22:00+08:00[Asia/Shanghai]",
        end: "2016-03-26T01:00+08:00[Asia/Shanghai]"))
    Sittings.given(opened, long, convened(1, at("25T22:05"))).when(.close("opening", wanted(clock(0, 40))))
      .then(.sitting(.sessionClosed(closed(2, at("26T00:40")))))
    // Where days begin at midnight, it is the day of the slot.
    Sittings.given(opened, night).when(.convene("opening", wanted(clock(0, 40))))
      .then(.sitting(.sessionConvened(convened(1, at("26T00:40")))))
  }

  @Test func `can be recorded without anything but the fact`() {
    given.when(.convene("opening", wanted())).then(.sitting(.sessionConvened(convened(1))))
    given.when(.convene("opening", wanted(.day("2016-03-25"))))
      .then(.sitting(.sessionConvened(convened(1, .day("2016-03-25")))))
  }

  @Test func `needs a session that takes place`() {
    given.when(.convene("other", wanted())).thenRefused(.session(.unknownSession("other")))
    given.and(SessionCancelled(session: "opening", slot: opening.slot)).when(.convene("opening", wanted()))
      .thenRefused(.session(.cancelled("opening")))
    given.and(SessionUnscheduled(session: "opening", slots: []))
      .when(.convene("opening", wanted())).thenRefused(.session(.unscheduled("opening")))
  }

  @Test func `needs no room and no time in the program`() {
    let body = SessionConvened(
      session: "notes", step: 1, details: SittingDetails { $0.at = at("25T09:00") })
    Sittings.given(opened, entered).when(
      .convene("notes", wanted(.time(.at("2016-03-25T09:00+08:00[Asia/Shanghai]"))))
    ).then(.sitting(.sessionConvened(body)))
    Sittings.given(opened, entered).when(.convene("notes", wanted(clock(9))))
      .thenRefused(
        saying:
          "The day of that time is not known, because “notes” is not scheduled on one day; state the day, too."
      )
  }

  @Test func `keeps who presided, as printed on that day`() {
    func body(_ presiding: Presiding) -> RecordEvent {
      .sitting(
        .sessionConvened(
          SessionConvened(session: "opening", step: 1, details: SittingDetails { $0.presiding = presiding })))
    }
    given.when(.convene("opening", wanted(by: .init(persons: ["feng", "sergey"])))).then(
      body(Presiding(persons: ["feng", "sergey"], asPrinted: "Shaolei Feng and Sergey Karaganov")))
    given.when(.convene("opening", wanted(by: .init(asPrinted: "The Vice-Chair"))))
      .then(body(Presiding(asPrinted: "The Vice-Chair")))
    given.when(.convene("opening", wanted(by: .init(persons: ["nobody"]))))
      .thenRefused(.unknownPerson("nobody"))
  }

  @Test func `warns where there was no quorum`() {
    func when(_ present: Int, _ quorum: Int) -> WhenCommand<Sittings> {
      given.when(
        .convene(
          "opening",
          wanted {
            $0.present = present
            $0.quorum = quorum
          }))
    }
    when(12, 30).thenWarned(.says("There was no quorum: 12 were present, and 30 are needed."))
    when(30, 30).thenWarned([])
  }

  @Test func `is refused what it cannot do now`() {
    let begun = given.and(convened(1, at("25T09:05")))
    let paused = begun.and(suspended(2, at("25T10:00")))
    let over = begun.and(closed(2, at("25T10:00")))
    for command in [
      Sittings.Command.suspend("opening", wanted()), .resume("opening", wanted()),
      .close("opening", wanted()),
    ] {
      given.when(command).thenRefused(
        saying: "The session “opening” has not been convened.", hints: .convene("opening"))
    }
    begun.when(.convene("opening", wanted(clock(9, 6)))).thenRefused(
      saying: "The session “opening” is in session since 2016-03-25 09:05.", hints: .reviseSitting("opening"))
    begun.when(.resume("opening", wanted())).thenRefused(
      saying: "The session “opening” is not suspended.", hints: .reviseSitting("opening"))
    paused.when(.suspend("opening", wanted())).thenRefused(
      saying: "The session “opening” is suspended since 2016-03-25 10:00.", hints: .resumeSession("opening"),
      .reviseSitting("opening"))
    for command in [
      Sittings.Command.suspend("opening", wanted()), .resume("opening", wanted()),
      .close("opening", wanted()),
    ] {
      over.when(command).thenRefused(
        saying:
          "The session “opening” was closed at 2016-03-25 10:00. A further sitting needs a later time.",
        hints: .reviseSitting("opening"))
    }
  }

  @Test func `has a next one at a later time`() {
    let over = given.and(convened(1, at("25T09:05")), closed(2, at("25T10:00")))
    over.when(.convene("opening", wanted(.day("2016-03-26"))))
      .then(.sitting(.sessionConvened(convened(3, .day("2016-03-26")))))
    over.when(.convene("opening", wanted())).thenRefused(.closed("opening", at: at("25T10:00")))
    over.when(.convene("opening", wanted(clock(9)))).thenRefused(.closed("opening", at: at("25T10:00")))
    // The first sitting, sent again.
    over.when(.convene("opening", wanted(clock(9, 5)))).thenNothing()
  }

  @Test func `does not go back in time`() {
    given.and(convened(1, at("25T09:05"))).when(.close("opening", wanted(clock(9))))
      .thenRefused(
        saying:
          "The time 2016-03-25 09:00 is before 2016-03-25 09:05, which the record has for an earlier step. If it was "
          + "after midnight, state the day, too.")
    given.and(convened(1, .day("2016-03-25"))).when(.close("opening", wanted(clock(9))))
      .then(.sitting(.sessionClosed(closed(2, at("25T09:00")))))
  }

  @Test func `that begins now begins once`() {
    given.and(convened(1, at("25T09:05")))
      .when(.convene("opening", wanted(.now("2016-03-25T09:06+08:00[Asia/Shanghai]")))).thenNothing()
  }

  @Test func `is corrected step by step`() {
    func revised(_ number: Int, _ build: (inout SittingDetails.Changes) -> Void) -> RecordEvent {
      .sitting(.sittingRevised(SittingRevised(session: "opening", step: number, build)))
    }
    let over = given.and(convened(1, at("25T09:05")), closed(2, at("25T10:00")))
    over.when(.revise("opening", step: 1, wanted(clock(9, 10)) { $0.place = "Annex" })).then(
      revised(1) {
        $0.at = at("25T09:10")
        $0.place = "Annex"
      })
    over.when(.revise("opening", step: 2, wanted(clock(10, 30)))).then(revised(2) { $0.at = at("25T10:30") })
    over.when(.revise("opening", step: 1, wanted { $0.cleared = [.at] })).then(
      revised(1) { $0.cleared = [.at] })
    over.when(.revise("opening", step: 1, wanted { $0.cleared = [.place] })).thenNothing()
    over.when(.revise("opening", step: 1, wanted(clock(10, 1))))
      .thenRefused(.outOfOrder(at("25T10:00"), after: at("25T10:01")))
    over.when(.revise("opening", step: 2, wanted(clock(9))))
      .thenRefused(.outOfOrder(at("25T09:00"), after: at("25T09:05")))
    over.when(.revise("opening", step: 2, wanted { $0.present = 3 }))
      .thenRefused(saying: "Of a step “closed”, only the time can be stated.")
    over.when(.revise("opening", step: 9, wanted())).thenRefused(
      saying: "The session “opening” has no step 9, only 1 and 2.", hints: .sittings("opening"))
    given.when(.revise("opening", step: 1, wanted())).thenRefused(
      saying: "The session “opening” has not been convened.", hints: .convene("opening"))
  }

  @Test func `is not what was said`() {
    let statement = StatementRecorded(
      "opening-s1", in: "opening", EntryDetails("It began.", .nobody) { $0.form = .summary })
    #expect(
      !Sittings.boundary(of: .convene("opening", wanted()), in: Sittings.initial).matches(
        RecordedEvent(
          conference: "c", position: 1, type: StatementRecorded.type, version: 1,
          tags: statement.tags.map(\.text), body: "", actor: "", reason: nil, commandID: "",
          recordedAt: Given<Sittings>.time(ofPosition: 1), leaf: [])))
  }
}
