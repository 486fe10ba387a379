import EventLog
import Interchange
import ReadModels
import ScheduleFixtures
import Scheduling
import Testing

/// Schedules that were really published, as conferences of ours.
struct `Published schedules` {
  @Test(
    .enabled(
      if: PublishedSchedule.allCases.allSatisfy(\.isPresent), "There is no ../shared beside the project."),
    arguments: [PublishedSchedule.fosdem2009, .coscup2023, .congress2016])
  func `can be folded whole`(published: PublishedSchedule) throws {
    let fixture = try ScheduleFixture(published, attendees: 40)
    let models = try fixture.folded()
    let (schedule, _) = try published.read()
    // Nothing is lost but what has no time, and five things were added.
    #expect(models.program.sessions.count > schedule.sessions.count)
    #expect(models.checkpoint.position == fixture.events.count)
    #expect(Set(fixture.people).count == fixture.people.count)
    #expect(models.attendance.attendees.count == 40)
    #expect(try ScheduleFixture(published, attendees: 40).recorded() == fixture.recorded())
  }
}
