import EventLog
import People
import Specification
import Testing
import Vocabulary

@testable import Scheduling

private let notes = SessionEntered(session: "notes", title: "Notes", kind: .plenary) { $0.track = "economy" }
private let feng = SpeakerRegistered(person: "feng", name: "Feng, Shaolei")
private let chair = PersonAssigned(session: "notes", person: "feng", role: .chair)
private let open = Sessions.given(opened, hall, annex, economy, feng)

struct `A session without a room and a time` {
  @Test func `is entered with its roles`() {
    open.when(.init(.enter(notes, [RoleAssignment(.chair, "feng"), RoleAssignment(.chair, "feng")])))
      .then(.sessionEntered(notes), .personAssigned(chair))
    open.and(notes).when(.init(.enter(notes, [RoleAssignment(.chair, "feng")])))
      .thenRefused(.slugTaken("notes", "Notes", .scheduled))
    Sessions.given(opened).when(.init(.enter(notes, []))).thenRefused(.unknownTrack("economy"))
    Sessions.given().when(.init(.enter(notes, []))).thenRefused(.notOpen)
  }

  @Test func `conflicts with nothing`() {
    let panel = session("panel", "25T09:00", "25T10:30")
    open.and(panel, PersonAssigned(session: "panel", person: "feng", role: .speaker))
      .when(.init(.enter(notes, [RoleAssignment(.chair, "feng")])))
      .then(.sessionEntered(notes), .personAssigned(chair))
    open.and(notes, chair).when(.schedule(panel, [RoleAssignment(.speaker, "feng")]))
      .then(
        .sessionScheduled(panel),
        .personAssigned(PersonAssigned(session: "panel", person: "feng", role: .speaker)))
  }

  @Test func `gets its first slot later, and then conflicts like others`() {
    let panel = session("panel", "25T09:00", "25T10:30")
    let wanted = slot("annex", "26T09:00", "26T10:00")
    open.and(notes, panel).when(.init(.addSlot("notes", wanted)))
      .then(.slotAdded(SlotAdded(session: "notes", number: 1, slot: wanted)))
    open.and(notes, panel).when(.init(.addSlot("notes", slot("annex", "25T09:00", "25T10:00"))))
      .thenRefused(
        refused(
          Conflict(.besidePlenary, "notes", "panel"),
          "“notes” (2016-03-25 09:00–10:00) and “panel” (2016-03-25 09:00–10:30) take place at the same time, "
            + "but a plenary is for everybody."))
  }

  @Test func `has no slot that could be moved or removed`() {
    open.and(notes).when(.move("notes", room: "annex", start: nil, end: nil)).thenRefused(
      saying: "The session “notes” has no room and no time yet.", hints: .addSlot("notes"))
    open.and(notes).when(.init(.removeSlot("notes", 1))).thenRefused(.noSlot("notes"))
  }

  @Test func `is revised, cancelled and reinstated`() {
    open.and(notes).when(.revise(SessionRevised(session: "notes") { $0.expected = 9 }))
      .then(.sessionRevised(SessionRevised(session: "notes") { $0.expected = 9 }))
    let cancelled = SessionCancelled(session: "notes", slots: [])
    open.and(notes).when(.cancel("notes")).then(.sessionCancelled(cancelled))
    open.and(notes, cancelled).when(.init(.reinstate("notes")))
      .then(.sessionReinstated(SessionReinstated(session: "notes", slots: [], kind: .plenary)))
  }
}
