import EventLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record
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

/// An undo that took a session away after something was published of it, as earlier versions allowed.
struct `The record of a session whose scheduling was undone` {
  @Test func `is printed at the end`() throws {
    var course = Course.usual
    let before = try fold(into: ProceedingsModel.self).sessions(in: course.program).map(\.id)
    course.add(
      .sessionUnscheduled(
        SessionUnscheduled(session: "full", slots: [NumberedSlot(number: 1, slot: slot("hall", 9, 11))])))
    func sessions(_ events: any EventBody...) throws -> [SessionID] {
      try fold(all: events, into: ProceedingsModel.self).sessions(in: course.program).map(\.id)
    }
    let others = before.filter { $0 != "full" }
    let said = StatementRecorded("e-1", in: "full", EntryDetails("It began.", .nobody))
    #expect(try sessions() == others)
    #expect(try sessions(said) == others + ["full"])
    #expect(try sessions(said, StatementRetracted(entry: "e-1", session: "full")) == others)
  }
}
