import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

private let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
private let open = Sessions.given(opened, hall, annex, economy, feng)
private let panel = session("panel", "25T09:00", "25T10:00")

/// What random commands found that was decided without having read enough.
struct `A boundary reaches` {
  private func all(_ selection: Sessions.Selection, _ shift: Sessions.Shift) -> Sessions.Command {
    Sessions.Command(.moveAll(selection, shift, shanghai))
  }

  @Test func `what was moved into the room that is emptied`() {
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

  @Test func `what of a track was moved to the day`() {
    let late = session("late", "26T09:00", "26T10:00", track: "economy")
    let moved = SessionMoved(session: "late", from: late.slot, to: slot("hall", "25T11:00", "25T12:00"))
    open.and(late, moved)
      .when(all(.init(track: "economy", day: "2016-03-25"), .init(minutes: 30)))
      .thenOneMore(
        .sessionMoved(
          SessionMoved(session: "late", from: moved.to, to: slot("hall", "25T11:30", "25T12:30"))))
  }

  @Test func `the other engagements of whoever presents earlier when a slot is gone`() {
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
          + "09:00–10:00) at once."))
  }

  @Test func `a session's own slots, one of which may not come upon another`() {
    let second = SlotAdded(session: "panel", number: 2, slot: slot("annex", "26T09:30", "26T10:30"))
    open.and(panel).when(.init(.addSlot("panel", slot("annex", "25T09:30", "25T10:30"))))
      .thenRefused(.slotsOverlap("panel", panel.slot))
    open.and(panel, second).when(all(.init(day: "2016-03-25"), .init(days: 1)))
      .thenRefused(.slotsOverlap("panel", second.slot))
  }
}
