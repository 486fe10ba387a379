import EventLog
import JSON
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Scheduling

/// A program, folded event by event.
struct Course {
  private(set) var program = ProgramModel()
  private(set) var known = PublicProgram()
  private(set) var position = 0

  init(_ events: [LoggedEvent] = []) { for event in events { add(event) } }

  mutating func add(_ event: LoggedEvent) {
    position += 1
    let origin = Origin(
      position: position, actor: "anna",
      recordedAt: Timestamp(microseconds: Int64(position) * 60_000_000))
    try! program.apply(event, origin)
    try! known.apply(event, origin)
  }

  mutating func add(_ events: SchedulingEvent...) { for event in events { add(.scheduling(event)) } }
  mutating func add(_ events: PeopleEvent...) { for event in events { add(.people(event)) } }

  func adding(_ events: [LoggedEvent]) -> Course {
    var course = self
    for event in events { course.add(event) }
    return course
  }

  /// Two rooms, two tracks, four people, a session with everything and one with nothing.
  static var usual: Course {
    var course = Course()
    course.add(
      .conferenceOpened(opened),
      .organisationRoleAssigned(
        OrganisationRoleAssigned(organisation: "A university", role: .organiser)),
      .venueAdded(VenueAdded(venue: "campus", name: "Campus")),
      .roomAdded(RoomAdded(room: "hall", name: "Hall") { $0.capacity = 100 }),
      .roomAdded(RoomAdded(room: "annex", name: "Annex")),
      .trackAdded(TrackAdded(track: "economy", name: "Economy") { $0.color = "#112233" }),
      .trackAdded(TrackAdded(track: "politics", name: "Politics")))
    course.add(
      .speakerRegistered(speaker("ada")), .speakerRegistered(speaker("bea")),
      .speakerRegistered(speaker("cem")), .speakerRegistered(speaker("dan")))
    var full = session("full", slot("hall", 9, 11))
    full.details.track = "economy"
    course.add(
      .sessionScheduled(full),
      .slotAdded(SlotAdded(session: "full", number: 2, slot: slot("annex", 14, 15))),
      .sessionScheduled(session("plain", slot("annex", 9, 10, day: 2))),
      .personAssigned(PersonAssigned(session: "full", person: "ada", role: .chair)),
      .personAssigned(PersonAssigned(session: "full", person: "bea", role: .speaker)),
      .personAssigned(PersonAssigned(session: "full", person: "cem", role: .speaker)),
      .presentationAdded(
        PresentationAdded(
          session: "full",
          presentation: Presentation("one", title: "One", people: ["bea"], minutes: 20))),
      .presentationAdded(
        PresentationAdded(
          session: "full",
          presentation: Presentation("two", title: "Two", people: ["cem"], minutes: 20))))
    return course
  }

  /// The second state of a presentation of the full session.
  static func revised(
    _ name: String = "one", _ people: [String] = ["bea"], _ change: (inout Presentation) -> Void
  ) -> LoggedEvent {
    let title = name == "one" ? "One" : "Two"
    var presentation = Presentation(
      Identifier(stringLiteral: name), title: LocalizedText(stringLiteral: title),
      people: people.map { Identifier(stringLiteral: $0) }, minutes: 20)
    change(&presentation)
    return .scheduling(
      .presentationRevised(
        PresentationRevised(
          session: "full", presentation: presentation, formerPeople: ["bea"])))
  }

  static func revise(_ change: (inout SessionDetails.Changes) -> Void) -> LoggedEvent {
    .scheduling(.sessionRevised(SessionRevised(session: "full", change)))
  }
}

@Suite struct ProgramDiffTests {
  typealias What = ProgramDiff.What
  typealias Value = ProgramDiff.Value

  private func diff(_ events: LoggedEvent...) -> ProgramDiff {
    let course = Course.usual
    return ProgramDiff(from: course.program, to: course.adding(events).program)
  }

  @Test func `finds nothing between a program and itself`() {
    #expect(ProgramDiff(from: Course.usual.program, to: Course.usual.program).isEmpty)
    #expect(ProgramDiff(from: ProgramModel(), to: ProgramModel()).isEmpty)
  }

  @Test func `does not name what came and went in between`() {
    let changes = diff(
      .scheduling(.roomAdded(RoomAdded(room: "tower", name: "Tower"))),
      .scheduling(.roomClosed(RoomClosed(room: "tower"))),
      .people(.speakerRegistered(SpeakerRegistered(person: "zoe", name: "Zoe Z."))),
      .people(.speakerWithdrawn(SpeakerWithdrawn(person: "zoe"))))
    #expect(changes.isEmpty, "\(changes)")
  }

  /// Events that cause each kind of difference, and the differences to expect.
  private static let causes: [(events: [LoggedEvent], found: Set<What>)] = {
    let full: SessionID = "full"
    let (hall, annex) = (slot("hall", 9, 11), slot("annex", 14, 15))
    let affiliation = Affiliation(organisation: "A house")
    func scheduling(_ event: SchedulingEvent) -> [LoggedEvent] { [.scheduling(event)] }
    func people(_ event: PeopleEvent) -> [LoggedEvent] { [.people(event)] }
    let cancelled = SessionCancelled(session: full, slot: hall)
    return [
      (scheduling(.sessionCancelled(cancelled)), [.cancelled]),
      (scheduling(.sessionUnscheduled(SessionUnscheduled(session: full, slots: []))), [.unscheduled]),
      (scheduling(.sessionScheduled(session("later", slot("hall", 16, 17)))), [.new]),
      (scheduling(.sessionMoved(SessionMoved(session: full, from: hall, to: slot("hall", 10, 12)))), [.time]),
      (
        scheduling(.sessionMoved(SessionMoved(session: full, from: hall, to: slot("hall", 9, 12)))), [.length]
      ),
      (
        scheduling(
          .sessionMoved(SessionMoved(session: full, from: annex, to: slot("hall", 14, 15), number: 2))),
        [.room]
      ),
      (scheduling(.slotAdded(SlotAdded(session: full, number: 3, slot: slot("hall", 16, 17)))), [.slotAdded]),
      (scheduling(.slotRemoved(SlotRemoved(session: full, number: 2, slot: annex))), [.slotRemoved]),
      ([Course.revise { $0.title = "Another" }], [.title]),
      ([Course.revise { $0.description = "An abstract" }], [.description]),
      ([Course.revise { $0.kind = .panel }], [.kind]),
      ([Course.revise { $0.track = "politics" }], [.track]),
      ([Course.revise { $0.cleared = [.track] }], [.track]),
      ([Course.revise { $0.languages = [.english] }], [.languages]),
      ([Course.revise { $0.interpretation = [.english] }], [.interpretation]),
      ([Course.revise { $0.links = [try! Link(.slides, "https://example.org/a")] }], [.links]),
      ([Course.revise { $0.expected = 30 }], [.expected]),
      ([Course.revise { $0.needs = ["projector"] }], [.needs]),
      ([Course.revise { $0.recording = Recording(.notPermitted) }], [.recording]),
      (
        scheduling(.personAssigned(PersonAssigned(session: full, person: "dan", role: .speaker))),
        [.joined]
      ),
      (
        scheduling(.personUnassigned(PersonUnassigned(session: full, person: "cem", role: .speaker))),
        [.left]
      ),
      (
        scheduling(.personUnassigned(PersonUnassigned(session: full, person: "cem", role: .speaker)))
          + scheduling(.personAssigned(PersonAssigned(session: full, person: "dan", role: .speaker))),
        [.replaced]
      ),
      (
        scheduling(.personAssigned(PersonAssigned(session: full, person: "bea", role: .chair))),
        [.roles]
      ),
      (
        scheduling(.personUnassigned(PersonUnassigned(session: full, person: "bea", role: .speaker)))
          + scheduling(.personAssigned(PersonAssigned(session: full, person: "bea", role: .speaker))),
        [.peopleOrder]
      ),
      (
        scheduling(
          .presentationAdded(
            PresentationAdded(
              session: full, presentation: Presentation("three", title: "Three", minutes: 5)))),
        [.presentationAdded]
      ),
      (
        scheduling(
          .presentationWithdrawn(
            PresentationWithdrawn(session: full, presentation: "two", people: ["cem"]))),
        [.presentationWithdrawn]
      ),
      (
        scheduling(
          .presentationsOrdered(PresentationsOrdered(session: full, order: ["two", "one"]))),
        [.presentationsReordered, .presentationTime]
      ),
      ([Course.revised { $0.title = "First" }], [.presentationTitle]),
      ([Course.revised { $0.abstract = "What it is about" }], [.presentationAbstract]),
      ([Course.revised("one", ["bea", "dan"]) { _ in }], [.presentationPeople]),
      ([Course.revised { $0.minutes = 30 }], [.presentationMinutes, .presentationTime]),
      ([Course.revised { $0.language = .english }], [.presentationLanguage]),
      ([Course.revised { $0.start = time(9) }], [.presentationStart]),
      ([Course.revised { $0.links = [try! Link(.paper, "https://example.org/p")] }], [.presentationLinks]),
      (people(.speakerWithdrawn(SpeakerWithdrawn(person: "ada"))), [.withdrawn, .left]),
      (people(.speakerRevised(SpeakerRevised(person: "ada") { $0.name = "Ada L." })), [.name]),
      (people(.speakerRevised(SpeakerRevised(person: "ada") { $0.biography = "A life" })), [.biography]),
      (
        people(.speakerRevised(SpeakerRevised(person: "ada") { $0.pronunciation = "AY-da" })),
        [.pronunciation]
      ),
      (
        people(
          .affiliationStated(AffiliationStated(person: "ada", number: 1, affiliation: affiliation))),
        [.affiliations]
      ),
      (scheduling(.roomRevised(RoomRevised(room: "hall") { $0.name = "Great Hall" })), [.name]),
      (scheduling(.roomRevised(RoomRevised(room: "hall") { $0.capacity = 200 })), [.capacity]),
      (scheduling(.roomRevised(RoomRevised(room: "hall") { $0.note = "Upstairs" })), [.note]),
      (scheduling(.roomRevised(RoomRevised(room: "hall") { $0.venue = "campus" })), [.venue]),
      (
        scheduling(.roomRevised(RoomRevised(room: "hall") { $0.features = ["piano"] })), [.features]
      ),
      (scheduling(.roomClosed(RoomClosed(room: "hall"))), [.closed]),
      (scheduling(.roomAdded(RoomAdded(room: "tower", name: "Tower"))), [.new]),
      (
        scheduling(.venueRevised(VenueRevised(venue: "campus") { $0.address = "A street" })),
        [.address]
      ),
      (scheduling(.venueRemoved(VenueRemoved(venue: "campus"))), [.removed]),
      (
        scheduling(.trackRevised(TrackRevised(track: "economy") { $0.color = "#445566" })), [.color]
      ),
      (scheduling(.trackRevised(TrackRevised(track: "economy") { $0.name = "Money" })), [.name]),
      (scheduling(.conferenceRevised(ConferenceRevised { $0.title = "The conference" })), [.title]),
      (scheduling(.conferenceRevised(ConferenceRevised { $0.shortTitle = "TC" })), [.shortTitle]),
      (scheduling(.conferenceRevised(ConferenceRevised { $0.place = "Berlin" })), [.place]),
      (
        scheduling(
          .conferenceRevised(ConferenceRevised { $0.lastDay = CalendarDate(year: 2016, month: 6, day: 4) })),
        [.days]
      ),
      (scheduling(.conferenceRevised(ConferenceRevised { $0.zone = "Europe/London" })), [.zone]),
      (scheduling(.conferenceRevised(ConferenceRevised { $0.dayStart = 240 })), [.dayStart]),
      (scheduling(.conferenceRevised(ConferenceRevised { $0.languages = ["de"] })), [.languages]),
      (scheduling(.conferenceRevised(ConferenceRevised { $0.welcome = "Welcome" })), [.welcome]),
      (
        scheduling(
          .conferenceRevised(ConferenceRevised { $0.website = try! WebAddress("https://example.org/") })),
        [.website]
      ),
      (scheduling(.conferenceRevised(ConferenceRevised { $0.admission = .free })), [.admission]),
      (
        scheduling(
          .conferenceRevised(ConferenceRevised { $0.tickets = try! WebAddress("https://example.org/") })),
        [.tickets]
      ),
      (
        scheduling(
          .organisationRoleAssigned(OrganisationRoleAssigned(organisation: "A town", role: .host))),
        [.organisations]
      ),
    ]
  }()

  private func all(_ diff: ProgramDiff) -> [ProgramDiff.Change] {
    diff.conference + diff.venues.flatMap(\.changes) + diff.rooms.flatMap(\.changes)
      + diff.tracks.flatMap(\.changes) + diff.people.flatMap(\.changes)
      + diff.sessions.flatMap(\.changes)
  }

  @Test func `finds each field that differs, and no other`() {
    var seen: Set<What> = []
    for (events, found) in Self.causes {
      let course = Course.usual
      let changes = all(ProgramDiff(from: course.program, to: course.adding(events).program))
      #expect(Set(changes.map(\.what)) == found, "\(events)")
      seen.formUnion(found)
      // In the other direction, the same fields differ, with old and new values swapped.
      let back = all(ProgramDiff(from: course.adding(events).program, to: course.program))
      let values = changes.map { [$0.before, $0.after] }.filter { $0 != [nil, nil] }
      let turned = back.map { [$0.after, $0.before] }.filter { $0 != [nil, nil] }
      #expect(Set(values) == Set(turned), "\(events)")
      seen.formUnion(back.map(\.what))
    }
    #expect(seen == Set(What.allCases))
  }

  @Test func `ignores internal values`() {
    let diff = diff(
      .scheduling(.programReleased(ProgramReleased(version: "1.0"))),
      .scheduling(
        .sessionMoved(
          SessionMoved(
            session: "plain", from: slot("annex", 9, 10, day: 2), to: slot("hall", 9, 10, day: 2)))),
      .scheduling(
        .sessionMoved(
          SessionMoved(
            session: "plain", from: slot("hall", 9, 10, day: 2), to: slot("annex", 9, 10, day: 2)))),
      .scheduling(.roomHoursSet(RoomHoursSet(room: "hall", hours: []))),
      .scheduling(.conferenceRevised(ConferenceRevised { $0.roomChange = 5 })),
      .people(.contactStated(ContactStated(person: "ada", contact: Sealed(base64: "")))),
      .people(
        .attendeeRegistered(
          AttendeeRegistered(
            attendee: "a-1", category: "guest", listed: true, details: Sealed(base64: "")))),
      .people(.attendeeSignedUp(AttendeeSignedUp(attendee: "a-1", session: "plain"))),
      .scheduling(.noticesSent(NoticesSent(position: 3, people: ["ada"]))))
    #expect(diff.isEmpty)
  }

  @Test func `has the old and new values, and the slot`() {
    let diff = diff(
      .scheduling(
        .sessionMoved(
          SessionMoved(
            session: "full", from: slot("annex", 14, 15), to: slot("hall", 15, 17), number: 2))))
    #expect(diff.sessions.map(\.session) == ["full"])
    #expect(
      diff.sessions[0].changes == [
        .init(.time, slot: 2, from: .span(.init(time(14), time(15))), to: .span(.init(time(15), time(17)))),
        .init(.length, slot: 2, from: .minutes(60), to: .minutes(120)),
        .init(.room, slot: 2, from: .room("annex"), to: .room("hall")),
      ])
  }

  @Test func `says who came in whose place, where that is certain`() {
    func leaves(_ person: PersonID, _ role: SessionRole) -> LoggedEvent {
      .scheduling(.personUnassigned(PersonUnassigned(session: "full", person: person, role: role)))
    }
    func joins(_ person: PersonID, _ role: SessionRole) -> LoggedEvent {
      .scheduling(.personAssigned(PersonAssigned(session: "full", person: person, role: role)))
    }
    func found(_ events: LoggedEvent...) -> [ProgramDiff.Change] {
      all(ProgramDiff(from: Course.usual.program, to: Course.usual.adding(events).program))
        .filter { [.joined, .left, .replaced].contains($0.what) }
    }
    let speaker = ProgramDiff.Value.roles([.speaker])
    #expect(
      found(leaves("cem", .speaker), joins("dan", .speaker)) == [
        .init(.replaced, person: "dan", from: .people(["cem"]), to: .people(["dan"]))
      ])
    // Another part, and two who leave.
    #expect(
      found(leaves("cem", .speaker), joins("dan", .chair)) == [
        .init(.joined, person: "dan", to: .roles([.chair])), .init(.left, person: "cem", from: speaker),
      ])
    #expect(
      found(leaves("cem", .speaker), leaves("bea", .speaker), joins("dan", .speaker)).map(\.what) == [
        .joined, .left, .left,
      ])
    #expect(
      found(leaves("ada", .chair), leaves("cem", .speaker), joins("dan", .chair)) == [
        .init(.replaced, person: "dan", from: .people(["ada"]), to: .people(["dan"])),
        .init(.left, person: "cem", from: speaker),
      ])
  }

  @Test
  func `lists a presentation's time when the previous one gets longer, but not when the slot moves`() {
    #expect(
      all(diff(Course.revised { $0.minutes = 30 })).filter { $0.what == .presentationTime }.map(
        \.presentation)
        == ["one", "two"])
    let moved = diff(
      .scheduling(
        .sessionMoved(
          SessionMoved(session: "full", from: slot("hall", 9, 11), to: slot("hall", 10, 12)))))
    #expect(all(moved).map(\.what) == [.time])
  }

  @Test
  func `calls an unscheduled session new when it returns, and a cancelled one reinstated`() {
    let course = Course.usual
    let slots = [NumberedSlot(number: 1, slot: slot("annex", 9, 10, day: 2))]
    let back: LoggedEvent = .scheduling(
      .sessionReinstated(SessionReinstated(session: "plain", slots: slots, kind: .session)))
    for (gone, what) in [
      (
        SchedulingEvent.sessionUnscheduled(SessionUnscheduled(session: "plain", slots: slots)), What.new
      ),
      (.sessionCancelled(SessionCancelled(session: "plain", slot: slots[0].slot)), .reinstated),
    ] {
      let without = course.adding([.scheduling(gone)])
      let diff = ProgramDiff(from: without.program, to: without.adding([back]).program)
      #expect(all(diff).map(\.what) == [what])
      #expect(ProgramDiff(from: course.program, to: without.adding([back]).program).isEmpty)
    }
  }

  @Test func `can be restricted to sessions that were or are in a track or on a day`() {
    let diff = diff(
      Course.revise { $0.track = "politics" },
      .scheduling(.roomRevised(RoomRevised(room: "hall") { $0.capacity = 5 })),
      .scheduling(
        .sessionMoved(
          SessionMoved(
            session: "plain", from: slot("annex", 9, 10, day: 2), to: slot("annex", 9, 10, day: 3)))))
    for track in ["economy", "politics"] {
      let only = diff.only { $0.details.track == Identifier(stringLiteral: track) }
      #expect(only.sessions.map(\.session.slug) == ["full"])
      #expect(only.rooms.isEmpty)
    }
    for day in [2, 3] {
      let date = CalendarDate(year: 2016, month: 6, day: day)!
      #expect(
        diff.only { $0.liveSlots.contains { $0.slot.start.date == date } }.sessions.map(\.session.slug) == [
          "plain"
        ])
    }
  }

  @Test func `has stable JSON keys`() throws {
    let diff = diff(Course.revise { $0.expected = 30 })
    #expect(
      try JSONText.encode(diff)
        == #"{"conference":[],"people":[],"rooms":[],"sessions":[{"changes":[{"after":30,"before":null,"what":"expected"}],"#
        + #""session":"full","slots":[{"number":1,"slot":{"end":"2016-06-01T11:00+02:00[Europe/Berlin]","#
        + #""room":"hall","start":"2016-06-01T09:00+02:00[Europe/Berlin]"}},"#
        + #"{"number":2,"slot":{"end":"2016-06-01T15:00+02:00[Europe/Berlin]","#
        + #""room":"annex","start":"2016-06-01T14:00+02:00[Europe/Berlin]"}}],"title":{"en":"full"}}],"#
        + #""tracks":[],"venues":[]}"#
    )
  }

  @Test(arguments: 0..<40) func `lists exactly the sessions that changed`(seed: Int) {
    var chance = Dice(state: UInt64(seed) &* 7919 + 1)
    var course = Course.usual
    for number in 0..<8 {
      var one = session("s\(number)", slot("hall", 8 + number, 9 + number, day: 3))
      one.details.track = "economy"
      course.add(.sessionScheduled(one))
    }
    let before = course.program
    var touched: Set<SessionID> = []
    for step in 0..<Int.random(in: 0...6, using: &chance) {
      let name = "s\(Int.random(in: 0..<8, using: &chance))"
      let id: SessionID = Identifier(stringLiteral: name)
      guard touched.insert(id).inserted, let row = before.sessions[name] else { continue }
      switch Int.random(in: 0..<6, using: &chance) {
      case 0: course.add(.sessionCancelled(SessionCancelled(session: id, slot: row.slots[0].slot)))
      case 1:
        course.add(
          .sessionMoved(SessionMoved(session: id, from: row.slots[0].slot, to: slot("annex", 10, 11, day: 1)))
        )
      case 2:
        course.add(
          .sessionRevised(
            SessionRevised(session: id) { $0.title = LocalizedText(stringLiteral: "Title \(step)") }))
      case 3: course.add(.personAssigned(PersonAssigned(session: id, person: "dan", role: .chair)))
      case 4: course.add(.slotAdded(SlotAdded(session: id, number: 2, slot: slot("annex", 20, 21, day: 1))))
      default:
        course.add(
          .presentationAdded(
            PresentationAdded(
              session: id, presentation: Presentation(Identifier(stringLiteral: "p\(step)"), title: "P"))))
      }
      // A waiver changes nothing that a program shows.
      course.add(.conflictWaived(ConflictWaived(conflict: Conflict(.personTwice, id), reason: "known")))
    }
    #expect(Set(ProgramDiff(from: before, to: course.program).sessions.map(\.session)) == touched)
    #expect(Set(ProgramDiff(from: course.program, to: before).sessions.map(\.session)) == touched)
  }
}

/// Random numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    // Knuth's multiplier for linear congruences, its better upper half twice.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let high = state >> 32
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return high << 32 | state >> 32
  }
}

@Suite struct PublicProgramTests {
  private func release(_ version: String, track: String? = nil, day: Int? = nil) -> SchedulingEvent {
    .programReleased(
      ProgramReleased(
        version: version, track: track.map { Identifier(stringLiteral: $0) },
        day: day.flatMap { CalendarDate(year: 2016, month: 6, day: $0) }))
  }

  private func move(_ session: String, _ from: Slot, _ to: Slot) -> SchedulingEvent {
    .sessionMoved(SessionMoved(session: Identifier(stringLiteral: session), from: from, to: to))
  }

  /// The names of the slots that the public sees, in order.
  private func shown(_ course: Course) -> [String] {
    course.known.released?.sessionsByFirstSlot.map(\.id.slug) ?? []
  }

  @Test func `is empty before the first release, then shows what was released`() {
    var course = Course.usual
    #expect(course.known.released == nil)
    course.add(release("1.0"))
    #expect(shown(course) == ["full", "plain"])
    #expect(course.known.released?.conference?.released == "1.0")
    #expect(course.known.released?.orderedReleases.map(\.origin.position) == [course.position])
    course.add(move("full", slot("hall", 9, 11), slot("hall", 10, 12)))
    #expect(
      course.known.released?.sessions["full"]?.liveSlots.map(\.slot) == [
        slot("hall", 9, 11), slot("annex", 14, 15),
      ])
    #expect(course.known.released?.conference?.released == "1.0")
    #expect(course.known.present.conference?.released == nil)
    course.add(release("1.1"))
    #expect(
      course.known.released?.sessions["full"]?.liveSlots.map(\.slot) == [
        slot("hall", 10, 12), slot("annex", 14, 15),
      ])
  }

  @Test func `shows a cancelled session only if it was released before`() {
    var course = Course.usual
    course.add(
      .sessionCancelled(SessionCancelled(session: "plain", slot: slot("annex", 9, 10, day: 2))))
    course.add(release("1.0"))
    #expect(shown(course) == ["full"])
    course.add(.sessionCancelled(SessionCancelled(session: "full", slot: slot("hall", 9, 11))))
    course.add(release("1.1"))
    #expect(shown(course) == ["full"])
    #expect(course.known.released?.sessions["full"]?.cancelled == true)
    #expect(course.known.released?.people["ada"]?.sessions == ["full"])
  }

  @Test func `remembers the earlier released starts of a slot`() {
    var course = Course.usual
    let starts = [9, 10, 12, 9]
    course.add(release("0"))
    for (number, (from, to)) in zip(starts, starts.dropFirst()).enumerated() {
      course.add(move("full", slot("hall", from, from + 2), slot("hall", 20, 22)))  // never released
      course.add(move("full", slot("hall", 20, 22), slot("hall", to, to + 2)))
      course.add(release(String(number + 1)))
    }
    #expect(course.known.previousStarts == ["full": [1: [time(10), time(12)]]])
  }

  @Test func `releases the sessions of one track, also those that have left it`() {
    var course = Course.usual
    course.add(release("1.0"))
    course.add(.sessionRevised(SessionRevised(session: "full") { $0.track = "politics" }))
    course.add(.sessionRevised(SessionRevised(session: "plain") { $0.title = "Plainer" }))
    course.add(.roomRevised(RoomRevised(room: "hall") { $0.name = "Great Hall" }))
    course.add(.venueRevised(VenueRevised(venue: "campus") { $0.name = "New Campus" }))
    // The session was in this track. It is released in its new track, neither lost nor duplicated.
    let economy = course.adding([.scheduling(release("1.1", track: "economy"))])
    #expect(shown(economy) == ["full", "plain"])
    #expect(economy.known.released?.sessions["full"]?.details.track == "politics")
    #expect(economy.known.released?.sessions["plain"]?.details.title == "plain")
    #expect(economy.known.released?.rooms["hall"]?.details.name == "Great Hall")
    #expect(economy.known.released?.venues["campus"]?.details.name == "New Campus")
    #expect(economy.known.released?.conference?.released == "1.1")
    #expect(economy.known.released?.orderedReleases.map(\.details.version) == ["1.0", "1.1"])
    // The session is in this track now: same result.
    let politics = course.adding([.scheduling(release("1.1", track: "politics"))])
    #expect(shown(politics) == ["full", "plain"])
    #expect(politics.known.released?.sessions["full"]?.details.track == "politics")
    #expect(ProgramDiff(from: economy.known.released!, to: politics.known.released!).sessions.isEmpty)
  }

  @Test func `releases the sessions of one day, also those that have left it or joined it`() {
    var course = Course.usual
    course.add(release("1.0"))
    course.add(
      move("full", slot("hall", 9, 11), slot("hall", 9, 11, day: 3)),
      .sessionScheduled(session("late", slot("annex", 18, 19))),
      .sessionScheduled(session("other", slot("annex", 18, 19, day: 2))),
      .sessionUnscheduled(
        SessionUnscheduled(
          session: "plain", slots: [NumberedSlot(number: 1, slot: slot("annex", 9, 10, day: 2))])))
    let first = course.adding([.scheduling(release("1.1", day: 1))])
    #expect(shown(first) == ["full", "late", "plain"])
    #expect(
      first.known.released?.sessions["full"]?.liveSlots.map(\.slot) == [
        slot("annex", 14, 15), slot("hall", 9, 11, day: 3),
      ])
    let second = course.adding([.scheduling(release("1.1", day: 2))])
    #expect(shown(second) == ["full", "other"])
    #expect(
      second.known.released?.sessions["full"]?.liveSlots.map(\.slot) == [
        slot("hall", 9, 11), slot("annex", 14, 15),
      ])
    // Releasing every day equals releasing the whole program.
    let all = (1...3).reduce(course) { $0.adding([.scheduling(release("1.\(String($1))", day: $1))]) }
    #expect(ProgramDiff(from: all.known.released!, to: all.program).sessions.isEmpty)
  }

  @Test func `updates the people of the released part`() {
    var course = Course.usual
    course.add(release("1.0"))
    course.add(.speakerWithdrawn(SpeakerWithdrawn(person: "cem")))
    course.add(.speakerRevised(SpeakerRevised(person: "ada") { $0.name = "Ada L." }))
    course.add(release("1.1", track: "economy"))
    let released = course.known.released
    #expect(released?.people["ada"]?.name == "Ada L.")
    #expect(released?.people["cem"]?.sessions == [])
    #expect(released?.people["cem"]?.withdrawn == true)
    #expect(released?.people["ada"]?.sessions == ["full"])
  }
}
