import EventLog
import JSON
import OddPrograms
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Record
@testable import Scheduling

/// Folds events as if they were in a log: event 1 happened in second 1, and so on.
func fold<Model: ReadModel>(_ events: any EventBody..., into _: Model.Type) throws -> Model {
  try fold(all: events, into: Model.self)
}

func fold<Model: ReadModel>(all events: [any EventBody], into _: Model.Type) throws -> Model {
  var model = Model()
  for (index, body) in events.enumerated() { try take(body, index + 1, into: &model) }
  return model
}

func take(_ body: any EventBody, _ position: Int, into model: inout some ReadModel) throws {
  let event = try stored(body, position)
  try model.apply(LoggedEvent(event), event.origin)
}

/// An event as the log has it: its words stand apart from its body.
func stored(_ body: any EventBody, _ position: Int) throws -> RecordedEvent {
  let stored = try StoredBody(body, salt: Array(repeating: 7, count: 16))
  return RecordedEvent(
    conference: "berlin", position: position, type: type(of: body).type, version: type(of: body).version,
    tags: body.tags.map(\.text), body: stored.text, words: stored.words?.json, salt: stored.words?.salt,
    actor: "anna", reason: nil, commandID: "", recordedAt: second(position), leaf: [])
}

/// A read model as text: a table's rows in the order of their keys.
func rows(_ model: some ReadModel) throws -> [String: [String]] {
  var (model, visitor) = (model, RowTexts())
  try model.visit(&visitor)
  return visitor.tables
}

private struct RowTexts: TableVisitor {
  var tables: [String: [String]] = [:]

  mutating func visit<R: Row>(_ table: inout Table<R>) {
    tables[R.table] = table.rows.map { "\($0)" }.sorted()
  }
}

func second(_ number: Int) -> Timestamp { Timestamp(microseconds: Int64(number) * 1_000_000) }

func origin(_ position: Int) -> Origin {
  Origin(position: position, actor: "anna", recordedAt: second(position))
}

@Suite struct `The program is folded so that` {
  private func program(_ events: any EventBody...) throws -> ProgramModel {
    try fold(all: events, into: ProgramModel.self)
  }

  private let scheduled = session("opening", slot("aula", 9, 10))
  private let chair = PersonAssigned(session: "opening", person: "li-wei", role: .chair)
  private let aula = RoomAdded(room: "aula", name: "Aula") { $0.capacity = 300 }

  @Test func `a conference is opened, revised and gets its organisations`() throws {
    let host = OrganisationRoleAssigned(organisation: "University", role: .host)
    let model = try program(
      opened,
      ConferenceRevised {
        $0.title = "Renamed"
        $0.shortTitle = "R"
      }, host)
    var details = opened.details
    details.title = "Renamed"
    details.shortTitle = "R"
    #expect(model.conference == ConferenceRow(details: details, organisations: [host]))
  }

  @Test func `a room is added, revised and closed, and a track added`() throws {
    let track = TrackAdded(track: "economy", name: "Economy") { $0.color = "#1f5c99" }
    let model = try program(
      opened, aula, track, RoomRevised(room: "aula") { $0.note = "Upstairs" },
      RoomClosed(room: "aula"))
    var revised = aula
    revised.details.note = "Upstairs"
    #expect(model.rooms["aula"] == RoomRow(revised, ordinal: 2, closed: true))
    #expect(model.tracks["economy"] == TrackRow(track, ordinal: 3))
    #expect(model.rooms.count == 1 && model.tracks.count == 1)
  }

  @Test func `a session is scheduled, moved, revised and cancelled, with the event that placed it`() throws {
    let moved = slot("aula", 11, 12)
    let model = try program(
      opened, aula, scheduled,
      SessionMoved(session: "opening", from: scheduled.slot, to: moved),
      SessionRevised(session: "opening") {
        $0.title = "Great opening"
        $0.kind = .plenary
      },
      SessionCancelled(session: "opening", slot: moved))
    var placed = scheduled
    placed.slot = moved
    placed.details.title = "Great opening"
    placed.details.kind = .plenary
    var row = SessionRow(placed, origin(3))
    row.status = .cancelled
    row.statusBy = origin(6)
    row.slots[0].placedBy = origin(4)
    row.slots[0].sequence = 3
    row.slots[0].changedAt = second(6)
    row.changedAt = second(6)
    #expect(model.sessions["opening"] == row)
  }

  @Test func `a reinstated session has the slots of the event, as in the timetable`() throws {
    let (later, second) = (slot("aula", 13, 14), slot("aula", 15, 16))
    let events: [any EventBody] = [
      opened, aula, scheduled, SlotAdded(session: "opening", number: 2, slot: second),
      SessionCancelled(
        session: "opening",
        slots: [NumberedSlot(number: 1, slot: scheduled.slot), NumberedSlot(number: 2, slot: second)]),
    ]
    for slots in [
      [NumberedSlot(number: 1, slot: later), NumberedSlot(number: 2, slot: second)],
      [NumberedSlot(number: 2, slot: later)], [NumberedSlot(number: 3, slot: later)],
    ] {
      let reinstated = SessionReinstated(session: "opening", slots: slots, kind: .session)
      let row = try fold(all: events + [reinstated], into: ProgramModel.self).sessions["opening"]
      #expect(row?.status == .scheduled)
      #expect(row?.liveSlots.map { NumberedSlot(number: $0.number, slot: $0.slot) } == slots)
      var timetable = Timetable()
      for event in recorded(events + [reinstated]) { try timetable.evolve(event) }
      #expect(timetable.sessions["opening"]?.orderedSlots == slots)
      #expect(
        timetable.sessions["opening"]?.slots.mapValues(\.origin.position)
          == Dictionary(uniqueKeysWithValues: row!.liveSlots.map { ($0.number, $0.placedBy.position) }))
    }
  }

  @Test func `what is stated again after an undo has its old place, and only that`() throws {
    let closures = [1, 2].map {
      RoomClosureStated(room: "aula", number: $0, from: time(9, day: $0), until: time(10, day: $0))
    }
    let away = [1, 2].map {
      UnavailabilityStated(person: "li-wei", number: $0, from: time(9, day: $0), until: time(10, day: $0))
    }
    let affiliations = [1, 2].map {
      AffiliationStated(
        person: "li-wei", number: $0, affiliation: Affiliation(organisation: $0 == 1 ? "One" : "Two"))
    }
    let removed: [any EventBody] = [
      RoomClosureRemoved(room: "aula", number: 1), UnavailabilityRemoved(person: "li-wei", number: 1),
      AffiliationRemoved(person: "li-wei", number: 1),
    ]
    let stated: [any EventBody] = closures + away + affiliations
    // After the removal, each of them is stated again: the second is still there, the first comes back.
    let model = try fold(
      all: [opened, aula, speaker("li-wei")] + stated + removed + stated.reversed(), into: ProgramModel.self)
    #expect(model.rooms["aula"]?.closures == closures)
    #expect(model.people["li-wei"]?.unavailable == away)
    #expect(model.people["li-wei"]?.affiliations.map(\.number) == [1, 2])
    #expect(model.people["li-wei"]?.affiliations.map(\.affiliation) == affiliations.map(\.affiliation))
  }

  @Test func `a person gets roles and loses them, one by one or all together`() throws {
    let speaks = PersonAssigned(session: "opening", person: "li-wei", role: .speaker)
    let assigned = try program(opened, aula, scheduled, speaker("li-wei"), chair, speaks)
    #expect(
      assigned.sessions["opening"]?.assignments
        == [.init(.chair, "li-wei"), .init(.speaker, "li-wei")])
    #expect(assigned.people["li-wei"]?.sessions == ["opening"])
    let unassigned = try program(
      opened, aula, scheduled, speaker("li-wei"), chair, speaks,
      PersonUnassigned(session: "opening", person: "li-wei", role: .chair))
    #expect(unassigned.sessions["opening"]?.assignments == [.init(.speaker, "li-wei")])
    #expect(unassigned.people["li-wei"]?.sessions == ["opening"])
    let withdrawn = try program(
      opened, aula, scheduled, speaker("li-wei"), speaker("anna-berg"), chair, speaks,
      PersonAssigned(session: "opening", person: "anna-berg", role: .speaker),
      SpeakerWithdrawn(person: "li-wei"))
    #expect(withdrawn.sessions["opening"]?.assignments == [.init(.speaker, "anna-berg")])
    #expect(withdrawn.sessions["opening"]?.sequence == 4)
    #expect(withdrawn.people["li-wei"]?.withdrawn == true)
    #expect(withdrawn.people["li-wei"]?.sessions == [])
    #expect(withdrawn.people["anna-berg"]?.sessions == ["opening"])
  }

  @Test func `a speaker is registered and revised, and affiliations are added and removed`() throws {
    let affiliations = [1, 2].map { number in
      AffiliationStated(
        person: "li-wei", number: number,
        affiliation: Affiliation(organisation: LocalizedText(stringLiteral: "University \(number)")))
    }
    let model = try program(
      opened, speaker("li-wei"), affiliations[0], affiliations[1],
      AffiliationRemoved(person: "li-wei", number: 1),
      SpeakerRevised(person: "li-wei") {
        $0.name = "Li, Wei"
        $0.biography = "Historian."
      })
    var row = PersonRow(
      person: "li-wei", details: SpeakerDetails(name: "Li, Wei") { $0.biography = "Historian." })
    row.affiliations = [.init(number: 2, affiliation: affiliations[1].affiliation)]
    #expect(model.people["li-wei"] == row)
  }

  @Test func `a release has its position`() throws {
    let release = ProgramReleased(version: "1.0", note: "First.")
    let model = try program(opened, release)
    #expect(model.releases["1.0"] == ReleaseRow(details: release, origin: origin(2)))
  }

  @Test func `a change of something unknown throws and changes nothing`() throws {
    let impossible: [any EventBody] = [
      RoomRevised(room: "nowhere") { $0.capacity = 1 }, RoomClosed(room: "nowhere"),
      SessionMoved(session: "none", from: scheduled.slot, to: scheduled.slot),
      SessionRevised(session: "none"), SessionCancelled(session: "none", slot: scheduled.slot),
      PersonAssigned(session: "none", person: "li-wei", role: .chair),
      PersonAssigned(session: "opening", person: "nobody", role: .chair),
      PersonUnassigned(session: "none", person: "li-wei", role: .chair),
      PersonUnassigned(session: "opening", person: "nobody", role: .chair),
      SpeakerRevised(person: "nobody"),
      AffiliationStated(
        person: "nobody", number: 1, affiliation: Affiliation(organisation: "U")),
      AffiliationRemoved(person: "nobody", number: 1), SpeakerWithdrawn(person: "nobody"),
    ]
    for body in impossible {
      var model = try program(opened, aula, scheduled, speaker("li-wei"), chair)
      let before = try rows(model)
      #expect(throws: MissingRow.self, "\(body)") {
        try take(body, 6, into: &model)
      }
      #expect(try rows(model) == before, "\(body)")
    }
    #expect(throws: MissingRow.self) {
      try program(
        ConferenceRevised())
    }
  }

  @Test func `a session cancelled twice changes in calendars twice`() throws {
    let cancelled = SessionCancelled(session: "opening", slot: scheduled.slot)
    #expect(try program(opened, scheduled, cancelled, cancelled).sessions["opening"]?.sequence == 2)
  }

  @Test func `whatever changes a session changes its entries in calendars`() throws {
    let full: SessionID = "full"
    let talk = Presentation("one", title: "One", people: ["dan"], minutes: 20)
    let moved = SessionMoved(session: full, from: slot("annex", 14, 15), to: slot("annex", 15, 16), number: 2)
    let removed = SlotRemoved(session: full, number: 2, slot: slot("annex", 14, 15))
    let all: [LoggedEvent] = [
      .scheduling(.sessionRevised(SessionRevised(session: full) { $0.title = "Another" })),
      .scheduling(.sessionCancelled(SessionCancelled(session: full, slot: slot("hall", 9, 11)))),
      .scheduling(.sessionUnscheduled(SessionUnscheduled(session: full, slots: []))),
      .scheduling(.personAssigned(PersonAssigned(session: full, person: "dan", role: .speaker))),
      .scheduling(.personUnassigned(PersonUnassigned(session: full, person: "ada", role: .chair))),
      .scheduling(
        .presentationAdded(
          PresentationAdded(session: full, presentation: Presentation("three", title: "Three")))),
      .scheduling(
        .presentationRevised(PresentationRevised(session: full, presentation: talk, formerPeople: ["bea"]))),
      .scheduling(.presentationsOrdered(PresentationsOrdered(session: full, order: ["two", "one"]))),
      .scheduling(
        .presentationWithdrawn(PresentationWithdrawn(session: full, presentation: "two", people: ["cem"]))),
      .people(.speakerWithdrawn(SpeakerWithdrawn(person: "ada"))),
    ]
    let second: [LoggedEvent] = [.scheduling(.sessionMoved(moved)), .scheduling(.slotRemoved(removed))]
    for (events, slots) in [(all, [1, 2]), (second, [2])] {
      for event in events {
        let course = Course.usual
        let after = course.adding([event])
        let time = Timestamp(microseconds: Int64(after.position) * 60_000_000)
        let (old, new) = (course.program.sessions["full"]!, after.program.sessions["full"]!)
        #expect(new.changedAt == time, "\(event)")
        for (old, new) in zip(old.slots, new.slots) {
          let changes = slots.contains(new.number)
          #expect(new.sequence == old.sequence + (changes ? 1 : 0), "\(event), slot \(new.number)")
          #expect(new.changedAt == (changes ? time : old.changedAt), "\(event), slot \(new.number)")
        }
      }
    }
  }
}

@Suite struct `Attendance is folded so that` {
  private let registered = AttendeeRegistered(
    attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "c2VhbGVk"))

  @Test func `an attendee registers, is revised, checks in, withdraws and is erased`() throws {
    var row = AttendeeRow(
      attendee: "a-1", ordinal: 2, category: "press", listed: true,
      details: Sealed(base64: "c2VhbGVk"), registeredAt: second(2))
    #expect(try fold(opened, registered, into: AttendanceModel.self).attendees["a-1"] == row)
    let revised = AttendeeRevised(
      attendee: "a-1", category: nil, listed: false, details: Sealed(base64: "bmV3"))
    (row.listed, row.details) = (false, Sealed(base64: "bmV3"))
    #expect(try fold(opened, registered, revised, into: AttendanceModel.self).attendees["a-1"] == row)
    let came = AttendeeCheckedIn(attendee: "a-1")
    (row.status, row.checkedInAt) = (.checkedIn, second(4))
    #expect(
      try fold(opened, registered, revised, came, into: AttendanceModel.self).attendees["a-1"] == row)
    let left = AttendeeWithdrawn(attendee: "a-1")
    row.status = .withdrawn
    #expect(
      try fold(opened, registered, revised, came, left, into: AttendanceModel.self).attendees["a-1"]
        == row)
    let back = AttendeeReinstated(attendee: "a-1")
    row.status = .checkedIn
    #expect(
      try fold(opened, registered, revised, came, left, back, into: AttendanceModel.self).attendees["a-1"]
        == row)
    #expect(
      try fold(opened, registered, left, back, into: AttendanceModel.self).attendees["a-1"]?.status
        == .registered)
    let erased = PersonErased(attendee: "a-1")
    (row.status, row.details) = (.erased, nil)
    #expect(
      try fold(opened, registered, revised, came, left, erased, into: AttendanceModel.self)
        .attendees["a-1"] == row)
  }

  @Test func `a checked-out attendee is only registered, and can check in again`() throws {
    let (came, went) = (AttendeeCheckedIn(attendee: "a-1"), AttendeeCheckedOut(attendee: "a-1"))
    func row(_ events: any EventBody...) throws -> AttendeeRow? {
      try fold(all: [opened, registered] + events, into: AttendanceModel.self).attendees["a-1"]
    }
    let before = try row()
    #expect(before?.checkedInAt == nil && before?.status == .registered)
    #expect(try row(came, went) == before)
    #expect(try row(came, went, came)?.checkedInAt == second(5))
    #expect(try row(came, went, came)?.status == .checkedIn)
  }

  @Test func `an attendee who is checked out of one session is still present in another, and on the day`()
    throws
  {
    let occasions: [Occasion] = [.session("opening"), .session("closing"), .day("2016-03-25")]
    let events: [any EventBody] =
      [opened, registered] + occasions.map { AttendeeCheckedIn(attendee: "a-1", at: $0) }
      + [AttendeeCheckedOut(attendee: "a-1", from: .session("closing"))]
    let row = try fold(all: events, into: AttendanceModel.self).attendees["a-1"]
    #expect(row?.presence.map(\.occasion) == [occasions[0], occasions[2]])
  }

  @Test func `an attendee signs up for sessions, keeps their order and signs off`() throws {
    func sessions(_ events: any EventBody...) throws -> [SessionID]? {
      try fold(all: [opened, registered] + events, into: AttendanceModel.self).attendees["a-1"]?.sessions
    }
    let ups = (["opening", "closing"] as [SessionID]).map { AttendeeSignedUp(attendee: "a-1", session: $0) }
    #expect(try sessions(ups[0], ups[1]) == ["opening", "closing"])
    #expect(
      try sessions(ups[0], ups[1], AttendeeSignedOff(attendee: "a-1", session: "opening")) == ["closing"])
  }

  @Test func `an unknown attendee cannot check in`() {
    for body: any EventBody in [
      AttendeeRevised(attendee: "a-2", category: "press", listed: nil, details: nil),
      AttendeeCheckedIn(attendee: "a-2"), AttendeeWithdrawn(attendee: "a-2"),
      AttendeeReinstated(attendee: "a-2"), PersonErased(attendee: "a-2"),
    ] {
      #expect(throws: MissingRow.self) { try fold(registered, body, into: AttendanceModel.self) }
    }
  }
}
