import EventLog
import JSON
import OddPrograms
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Scheduling

/// One command can end a conflict and bring it back: it moves two sessions, one after the other.
struct `A conflict of two sessions that move together` {
  private let first = session("first", slot("aula", 9, 10))
  private let second = session("second", slot("aula", 9, 10))
  private let waived = ConflictWaived(
    conflict: Conflict(.roomTaken, "first", "second", room: "aula"), reason: "One audience")
  private func moved(_ session: SessionID) -> SessionMoved {
    SessionMoved(session: session, from: slot("aula", 9, 10), to: slot("aula", 11, 12))
  }

  /// The commands were recorded while the clock stood still, as when it is set back.
  private func fold<Model: ReadModel>(_: Model.Type, _ commands: [[any EventBody]]) async throws -> Model {
    let log = MemoryLog(clock: { "2016-02-25T09:00:00Z" })
    for (index, events) in commands.enumerated() {
      _ = try await log.append(
        AppendRequest(
          conference: "berlin", commandID: commandID("\(index)"), request: sha256("\(index)"), actor: "anna",
          events: events)
      )
    }
    var model = Model()
    for event in await log.read("berlin", matching: .everything, command: nil).events {
      try model.apply(LoggedEvent(event), event.origin)
    }
    return model
  }

  private func history(_ commands: [any EventBody]...) async throws -> ConflictHistory {
    try await fold(ConflictHistory.self, commands)
  }

  private var open: [any EventBody] { [opened, RoomAdded(room: "aula", name: "Aula"), first, second] }

  @Test func `has existed all the time, and stays waived`() async throws {
    let history = try await history(open, [waived], [moved("first"), moved("second")])
    #expect(history.open.map(\.value.position) == [4])
    #expect(history.waiver(of: waived.conflict)?.reason == "One audience")
    #expect(!history.findings().contains { $0.kind == Conflict.Kind.roomTaken.rawValue })
  }

  @Test func `is a new one, if they move by two commands`() async throws {
    let history = try await history(open, [waived], [moved("first")], [moved("second")])
    #expect(history.open.map(\.value.position) == [7])
    #expect(history.waiver(of: waived.conflict) == nil)
  }

  @Test func `has a calendar entry whose sequence counts commands`() async throws {
    let renamed = SessionRevised(session: "first") { $0.title = "Renamed" }
    let together = try await fold(ProgramModel.self, [open, [moved("first"), renamed]])
    #expect(together.sessions["first"]?.sequence == 1)
    let apart = try await fold(ProgramModel.self, [open, [moved("first")], [renamed]])
    #expect(apart.sessions["first"]?.sequence == 2)
  }
}

struct `A title in a variant of a language` {
  @Test func `is not missing in that language`() throws {
    var conference = opened
    conference.details.languages = ["en", "zh-CN"]
    func untranslated(_ title: LocalizedText) throws -> [String] {
      var history = ConflictHistory()
      let session = SessionScheduled(
        session: "opening", title: title, kind: .session, slot: slot("aula", 9, 10))
      for event in recorded([conference, RoomAdded(room: "aula", name: "Aula"), session]) {
        history.apply(try LoggedEvent(event), event.origin)
      }
      return history.findings().filter { $0.kind == "untranslated" }.map(\.message)
    }
    #expect(try untranslated(["en": "Opening", "zh": "开幕式"]) == [])
    #expect(try untranslated(["en": "Opening"]) == ["“opening” has no title in zh-CN."])
  }
}

struct `A title of a presentation` {
  @Test func `is missing in a language like one of a session`() throws {
    var history = ConflictHistory()
    var conference = opened
    conference.details.languages = ["en", "zh"]
    let session = SessionScheduled(
      session: "panel", title: ["en": "Panel", "zh": "专题"], kind: .session, slot: slot("aula", 9, 10))
    let one = Presentation("one", title: ["en": "One", "zh": "一"])
    let two = Presentation("two", title: ["en": "Two"])
    for event in recorded([
      conference, RoomAdded(room: "aula", name: "Aula"), session,
      PresentationAdded(session: "panel", presentation: one),
      PresentationAdded(session: "panel", presentation: two),
    ]) {
      history.apply(try LoggedEvent(event), event.origin)
    }
    #expect(
      history.findings().filter { $0.kind == "untranslated" }.map(\.message) == [
        "The presentation “two” of “panel” has no title in zh."
      ])
  }
}

struct `The order of speakers` {
  @Test func `is that of a printed index`() throws {
    var course = Course()
    course.add(.conferenceOpened(opened))
    for (person, name) in [
      ("a", "Елена"), ("b", "Ёлкин"), ("c", "Емельянов"), ("d", "Zhang"), ("e", "Álvarez"),
    ] {
      course.add(
        .speakerRegistered(
          SpeakerRegistered(person: Identifier(stringLiteral: person), name: PersonName(stringLiteral: name)))
      )
    }
    #expect(
      course.program.orderedPeople.map(\.name.printed) == ["Álvarez", "Zhang", "Елена", "Ёлкин", "Емельянов"])
  }
}

struct `A check-in that an undo brings back` {
  @Test func `has its own time of arrival`() throws {
    let registered = AttendeeRegistered(
      attendee: "a-1", category: "press", listed: true, details: Sealed(base64: ""))
    let arrived: Timestamp = "2016-06-01T07:00:00Z"
    var model = AttendanceModel()
    for event in recorded([
      opened, registered, AttendeeCheckedIn(attendee: "a-1"), AttendeeCheckedOut(attendee: "a-1"),
      AttendeeCheckedIn(attendee: "a-1", arrivedAt: arrived),
    ]) {
      try model.apply(try LoggedEvent(event), event.origin)
    }
    #expect(model.attendees["a-1"]?.checkedInAt == arrived)
  }
}
