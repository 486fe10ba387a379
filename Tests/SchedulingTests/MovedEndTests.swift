import EventLog
import Specification
import Testing
import Vocabulary

@testable import Scheduling

/// An end that is given without its day.
struct `A new end without a day` {
  private let party = session("party", "25T22:00", "26T01:00")

  private func moved(start: GivenTime? = nil, end minute: Int, of session: SessionScheduled)
    -> WhenCommand<Sessions>
  {
    Sessions.given(opened, hall, session).when(
      Sessions.Command(
        .move(
          session.session, .init(start: start, end: .clock(minute), rules: shanghai))))
  }

  private func then(_ to: Slot) -> SchedulingEvent {
    .sessionMoved(SessionMoved(session: "party", from: party.slot, to: to))
  }

  @Test func `is after midnight, if the slot ends there`() {
    moved(end: 30, of: party).then(then(slot("hall", "25T22:00", "26T00:30")))
    moved(start: .clock(23 * 60), end: 30, of: party).then(then(slot("hall", "25T23:00", "26T00:30")))
  }

  @Test func `is on the day of the start, if it is later on the clock`() {
    moved(end: 23 * 60, of: party).then(then(slot("hall", "25T22:00", "25T23:00")))
    moved(start: .clock(9 * 60), end: 10 * 60, of: party).then(then(slot("hall", "25T09:00", "25T10:00")))
  }

  @Test func `is refused if the slot would last more than 12 hours`() {
    for slot in [party, session("party", "25T22:00", "26T00:00")] {
      for end in [8 * 60, 9 * 60] {
        moved(start: .clock(9 * 60), end: end, of: slot).thenRefused(
          saying:
            "The session would end at 0\(end / 60):00 on 2016-03-25, which is not after its start at 09:00 "
            + "on 2016-03-25.")
      }
    }
    moved(start: .clock(13 * 60), end: 60, of: party).then(then(slot("hall", "25T13:00", "26T01:00")))
  }

  @Test func `is refused before the start, if the slot ends on the same day`() {
    moved(end: 8 * 60, of: session("panel", "25T09:00", "25T10:30")).thenRefused(
      saying: "The session would end at 08:00 on 2016-03-25, which is not after its start at 09:00 on "
        + "2016-03-25.")
  }
}
