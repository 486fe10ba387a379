import EventLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Scheduling

/// A session whose scheduling was undone is in no list, but its people come back with it.
struct `A speaker's sessions` {
  private static let slots = [
    NumberedSlot(number: 1, slot: slot("hall", 9, 11)), NumberedSlot(number: 2, slot: slot("annex", 14, 15)),
  ]
  private let unscheduled = SchedulingEvent.sessionUnscheduled(
    SessionUnscheduled(session: "full", slots: slots))
  private let reinstated = SchedulingEvent.sessionReinstated(
    SessionReinstated(session: "full", slots: slots, kind: .session))

  private func sessions(_ person: PersonID, _ course: Course) -> [SessionID]? {
    course.program.people[person.slug]?.sessions
  }

  @Test func `do not contain one whose scheduling was undone, until it is reinstated`() {
    var course = Course.usual
    #expect(sessions("ada", course) == ["full"] && sessions("bea", course) == ["full"])
    course.add(unscheduled)
    #expect(sessions("ada", course) == [] && sessions("bea", course) == [])
    course.add(reinstated)
    #expect(sessions("ada", course) == ["full"] && sessions("bea", course) == ["full"])
    #expect(course.program.people["ada"] == Course.usual.program.people["ada"])
  }

  @Test func `keep a cancelled one`() {
    var course = Course.usual
    course.add(.sessionCancelled(SessionCancelled(session: "full", slot: slot("hall", 9, 11))))
    #expect(sessions("ada", course) == ["full"])
  }

  @Test func `do not come back to who has withdrawn meanwhile`() {
    var course = Course.usual
    course.add(unscheduled)
    course.add(.speakerWithdrawn(SpeakerWithdrawn(person: "ada")))
    course.add(reinstated)
    #expect(sessions("ada", course) == [])
    #expect(course.program.sessions["full"]?.people == ["bea", "cem"])
  }

  @Test func `do not contain one of which the speaker gets a role back before it is reinstated`() {
    var course = Course.usual
    course.add(unscheduled)
    course.add(.personUnassigned(PersonUnassigned(session: "full", person: "ada", role: .chair)))
    course.add(.personAssigned(PersonAssigned(session: "full", person: "ada", role: .chair)))
    #expect(sessions("ada", course) == [])
    course.add(reinstated)
    #expect(sessions("ada", course) == ["full"])
  }
}
