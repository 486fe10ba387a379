import EventLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Scheduling

private func release(_ version: String, track: TrackID? = nil) -> SchedulingEvent {
  .programReleased(ProgramReleased(version: version, track: track))
}

private func numbered(_ slots: Slot...) -> [NumberedSlot] {
  zip(1..., slots).map { NumberedSlot(number: $0, slot: $1) }
}

struct `The release of one track` {
  @Test func `does not make the draft of the others a released program`() {
    var course = Course.usual
    course.add(release("1.0"), .sessionRevised(SessionRevised(session: "plain") { $0.title = "Plainer" }))
    #expect(course.program.conference?.released == nil)
    course.add(release("1.1", track: "economy"))
    #expect(course.program.conference?.released == nil)
    course.add(release("1.2"))
    #expect(course.program.conference?.released == "1.2")
  }

  @Test func `is the version of an unchanged program`() {
    var course = Course.usual
    course.add(release("1.0"), release("1.1", track: "economy"))
    #expect(course.program.conference?.released == "1.1")
  }
}

struct `What was never published` {
  private let mistake = session("mistake", slot("annex", 16, 17))

  @Test func `is not in the released program after its scheduling was undone`() {
    var course = Course.usual
    course.add(
      .sessionScheduled(mistake),
      .sessionUnscheduled(SessionUnscheduled(session: "mistake", slots: numbered(mistake.slot))),
      release("1.0"))
    #expect(course.known.released?.sessions["mistake"] == nil)
    #expect(course.known.released?.everySlot.map(\.session.id.slug).contains("mistake") == false)
  }

  @Test func `stays in it as unscheduled, if it was published`() {
    var course = Course.usual
    course.add(
      .sessionScheduled(mistake), release("1.0"),
      .sessionUnscheduled(SessionUnscheduled(session: "mistake", slots: numbered(mistake.slot))),
      release("1.1"))
    #expect(course.known.released?.sessions["mistake"]?.status == .unscheduled)
  }

  @Test func `is no removed slot of the released program`() {
    let third = slot("annex", 16, 17)
    var course = Course.usual
    course.add(
      .slotAdded(SlotAdded(session: "full", number: 3, slot: third)),
      .slotRemoved(SlotRemoved(session: "full", number: 3, slot: third)),
      .slotRemoved(SlotRemoved(session: "full", number: 1, slot: slot("hall", 9, 11))))
    let published = course.adding([.scheduling(release("1.0"))])
    #expect(published.known.released?.sessions["full"]?.slots.map(\.number) == [2])
    #expect(published.known.present.sessions["full"]?.slots.map(\.number) == [1, 2, 3])
  }

  @Test func `does not hide a slot that was published and then removed`() {
    var course = Course.usual
    course.add(
      release("1.0"),
      .slotRemoved(SlotRemoved(session: "full", number: 2, slot: slot("annex", 14, 15))), release("1.1"),
      release("1.2", track: "economy"))
    #expect(course.known.released?.sessions["full"]?.slots.map(\.removed) == [false, true])
  }
}
