import EventLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Scheduling

@Suite struct ScheduledSlotTests {
  private func told(_ slots: [ScheduledSlot]) -> [String] {
    slots.map { [$0.name, $0.label].compactMap(\.self).joined(separator: " ") }
  }

  @Test func `are sorted by day and start, then by room order, then by session`() {
    var course = Course.usual
    // The hall was added before the annex, so it comes first, against the alphabet.
    course.add(
      .sessionScheduled(session("a-late", slot("annex", 9, 10))),
      .sessionScheduled(session("z-early", slot("hall", 8, 9, day: 2))),
      .sessionCancelled(SessionCancelled(session: "a-late", slot: slot("annex", 9, 10))))
    #expect(
      told(course.program.slots) == ["full (1/2)", "a-late", "full.2 (2/2)", "z-early", "plain"])
    #expect(course.program.slots.map(\.cancelled) == [false, true, false, false, false])
    #expect(
      course.program.sessionsByFirstSlot.map(\.id.slug) == ["full", "a-late", "z-early", "plain"])
  }

  @Test func `are counted by start, not by number`() {
    var course = Course.usual
    course.add(
      .sessionMoved(
        SessionMoved(session: "full", from: slot("hall", 9, 11), to: slot("hall", 9, 11, day: 3), number: 1)))
    let full = course.program.sessions["full"]!.scheduledSlots
    #expect(told(full) == ["full.2 (1/2)", "full (2/2)"])
    #expect(full.map(\.index) == [1, 2] && full.allSatisfy { $0.count == 2 })
    #expect(told(course.program.slots) == ["full.2 (1/2)", "plain", "full (2/2)"])
    // From the second day on, the last slot is the session's first one in the array.
    let later = course.program.slots.filter { $0.slot.start.date >= "2016-06-02" }
    #expect(later.firstOfEachSession.map(\.name) == ["plain", "full"])
  }

  @Test func `have their own presentations, and involve the people who must be there`() {
    let long = Course.usual.adding([Course.revised { $0.minutes = 110 }])
    let full = long.program.sessions["full"]!.scheduledSlots
    #expect(full.map { $0.items.map(\.presentation.presentation) } == [["one"], ["two"]])
    let guest = long.adding([Course.revised("two", ["dan"]) { _ in }]).program.sessions["full"]!
    #expect(guest.scheduledSlots.map { $0.involves("dan") } == [false, true])
    #expect(guest.scheduledSlots.map { $0.involves("ada") } == [true, true])
  }

  @Test func `include removed slots only on request`() {
    var course = Course.usual
    course.add(
      .slotRemoved(SlotRemoved(session: "full", number: 1, slot: slot("hall", 9, 11))),
      .sessionUnscheduled(
        SessionUnscheduled(
          session: "plain", slots: [NumberedSlot(number: 1, slot: slot("annex", 9, 10, day: 2))])))
    #expect(told(course.program.slots) == ["full.2"])
    let every = course.program.everySlot
    #expect(told(every) == ["full", "full.2", "plain"])
    #expect(every.map(\.cancelled) == [true, false, true])
    #expect(every.map(\.index) == [nil, 1, 1])
  }
}
