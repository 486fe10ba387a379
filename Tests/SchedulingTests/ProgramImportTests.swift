import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

// A file with one room, one track, two speakers and two sessions.

private func identity(_ noun: String, _ name: String, _ shortName: String, key: String? = nil)
  -> WantedIdentity
{
  WantedIdentity(
    keys: key.map { ["id:\($0)"] } ?? [], content: "\(noun):\(name.lowercased())", shortName: shortName)
}

private func person(_ name: PersonName, _ shortName: String, key: String?) -> WantedPerson {
  WantedPerson(identity("name", name.printed, shortName, key: key), SpeakerDetails(name: name))
}

private func place(_ room: Int, _ start: String, _ end: String) -> WantedSession.Place {
  WantedSession.Place(room: room, start: at(start), end: at(end))
}

private let file: WantedProgram = {
  var file = WantedProgram()
  file.rooms = [WantedRoom(identity("name", "Studio", "studio"), RoomDetails(name: "Studio"))]
  file.tracks = [WantedTrack(identity("name", "Energy", "energy"), TrackDetails(name: "Energy"))]
  file.people = [person("Li, Wei", "wei-li", key: "1"), person("Okafor, Ada", "ada-okafor", key: "2")]
  var first = WantedSession(
    identity("title", "Grids", "grids", key: "g"),
    SessionDetails(title: "Grids", kind: .session) { $0.description = "Of grids." })
  first.track = 0
  first.places = [place(0, "25T09:00", "25T10:00")]
  first.parts = [.init(person: 0, role: .speaker)]
  var second = WantedSession(
    identity("title", "Storage", "storage", key: "s"), SessionDetails(title: "Storage", kind: .session))
  second.places = [place(0, "25T10:00", "25T11:00")]
  second.parts = [.init(person: 1, role: .speaker)]
  file.sessions = [first, second]
  return file
}()

private func command(
  _ wanted: WantedProgram, _ choices: ProgramImport.Choices = .init(), complete: Bool = false,
  clears: Bool = true, source: ImportSource = "pretalx"
) -> ProgramImport.Command {
  ProgramImport.Command(
    source: source, format: "schedule.xml", sha256: "00", wanted: wanted, choices: choices,
    cancelsMissing: complete, clearsMissing: clears,
    keys: ImportKeys(
      [:], fresh: SealingKey(bytes: Array(repeating: 1, count: 32)), conference: "shanghai-2016",
      commandID: "00000000-0000-4000-8000-000000000000"))
}

private func changed(_ change: (inout WantedProgram) -> Void) -> WantedProgram {
  var changed = file
  change(&changed)
  return changed
}

/// The file's own times overlap nothing, and `grids` is at 09:00 on the 25th in the studio.
private let grids = slot("studio", "25T09:00", "25T10:00")
private let storage = slot("studio", "25T10:00", "25T11:00")

private let empty = ProgramImport.given(opened)

extension Given where D == ProgramImport {
  /// What an import records, without its facts.
  fileprivate func importing(
    _ command: ProgramImport.Command, sourceLocation: SourceLocation = #_sourceLocation
  )
    throws -> [ProgramOrPeopleEvent]
  {
    try ProgramImport.decide(command, in: state()).filter {
      if case .scheduling(.fileImported) = $0 { false } else { true }
    }
  }

  fileprivate func after(_ command: ProgramImport.Command) throws -> Given {
    adding(try ProgramImport.decide(command, in: state()).map(\.body), by: "anna")
  }
}

struct `Importing a program` {
  // People who were registered twice

  /// Both were in the file before they were found to be one person.
  @Test func `neither separates people who were merged nor registers them anew`() throws {
    let merged = try empty.after(command(file)).and(PersonsMerged("ada-okafor", into: "wei-li"))
    #expect(try merged.importing(command(file)) == [])
    #expect(try ProgramImport.decide(command(file), in: merged.after(command(file)).state()) == [])
    let found = try ProgramImport.left(command(file), in: merged.state()).merged
    #expect(found.map(\.0) == ["ada-okafor"] && found.map(\.into) == ["wei-li"])
    let renamed = changed { $0.people[1] = person("Okafor, Adaeze", "ada-okafor", key: "2") }
    #expect(try merged.importing(command(renamed)) == [])
  }

  /// They were registered here by hand, and the file knows nothing of them.
  @Test func `finds people who were merged by each of their names`() throws {
    let here = empty.and(
      SpeakerRegistered(person: "li", name: "Li, Wei"), SpeakerRegistered(person: "li-2", name: "Li, Wei"),
      PersonsMerged("li-2", into: "li"))
    var once = file
    once.people[1] = person("Okafor, Ada", "ada-okafor", key: "2")
    let registered = try here.importing(command(once)).compactMap { event in
      if case .people(.speakerRegistered(let body)) = event { body.person } else { nil }
    }
    #expect(registered == ["ada-okafor"])
    let twice = changed { $0.people[1] = person("Li, Wei", "wei-li", key: "2") }
    let events = try here.importing(command(twice))
    #expect(
      !events.contains { if case .people(.speakerRegistered) = $0 { true } else { false } }, "\(events)")
    let assigned = events.compactMap { event in
      if case .scheduling(.personAssigned(let body)) = event { body.person } else { nil }
    }
    #expect(assigned == ["li", "li"])
  }

  @Test func `adds rooms, tracks, speakers and sessions, and notes what the file calls them`() throws {
    let events = try ProgramImport.decide(command(file), in: empty.state())
    #expect(
      Array(events.dropFirst()) == [
        .scheduling(.roomAdded(RoomAdded(room: "studio", name: "Studio"))),
        .scheduling(.trackAdded(TrackAdded(track: "energy", name: "Energy"))),
        .people(.speakerRegistered(SpeakerRegistered(person: "wei-li", name: "Li, Wei"))),
        .people(.speakerRegistered(SpeakerRegistered(person: "ada-okafor", name: "Okafor, Ada"))),
        .scheduling(
          .sessionScheduled(
            SessionScheduled(session: "grids", title: "Grids", kind: .session, slot: grids) {
              $0.track = "energy"
              $0.description = "Of grids."
            })),
        .scheduling(.personAssigned(PersonAssigned(session: "grids", person: "wei-li", role: .speaker))),
        .scheduling(
          .sessionScheduled(
            SessionScheduled(session: "storage", title: "Storage", kind: .session, slot: storage))),
        .scheduling(
          .personAssigned(PersonAssigned(session: "storage", person: "ada-okafor", role: .speaker))),
      ])
    guard case .scheduling(.fileImported(let imported)) = events[0] else {
      Issue.record("The first event is \(events[0])")
      return
    }
    #expect(
      imported.facts.map(\.of.text) == [
        "room:studio", "track:energy", "person:wei-li", "person:ada-okafor", "session:grids",
        "session:storage",
      ])
    #expect(imported.facts[4].keys == ["id:g", "title:grids"])
    #expect(
      imported.facts[4].digests.keys.sorted() == [
        "description", "kind", "languages", "slots", "speaker wei-li", "title", "track",
      ])
  }

  @Test func `records nothing for the same file again`() throws {
    #expect(try ProgramImport.decide(command(file), in: empty.after(command(file)).state()) == [])
  }

  private func withoutRooms(keeping: Bool) -> WantedProgram {
    changed {
      for index in $0.sessions.indices { $0.sessions[index].places[0].room = nil }
      $0.keepsRooms = keeping
    }
  }

  @Test func `keeps the rooms where a file says none, and puts who has none into one for all`() throws {
    let known = try empty.after(command(file))
    #expect(try known.importing(command(withoutRooms(keeping: true), clears: false)) == [])
    let later = changed {
      $0.sessions[0].places = [.init(room: nil, start: at("25T12:00"), end: at("25T13:00"))]
      $0.keepsRooms = true
    }
    #expect(
      try known.importing(command(later, clears: false)) == [
        .scheduling(
          .sessionMoved(
            SessionMoved(session: "grids", from: grids, to: slot("studio", "25T12:00", "25T13:00"), number: 1)
          ))
      ])
    let moved = try known.after(command(withoutRooms(keeping: false))).state().timetable
    #expect(moved.sessions["grids"]?.orderedSlots.map(\.slot.room) == [.toBeAnnounced])
    // Several sessions can be in it at one time, and one that is new is.
    var both = withoutRooms(keeping: true)
    both.sessions[1].places = both.sessions[0].places
    let new = try empty.after(command(both))
    #expect(try new.state().timetable.sessions["storage"]?.orderedSlots.map(\.slot.room) == [.toBeAnnounced])
    #expect(new.events.filter { $0.type == ConflictWaived.type }.isEmpty)
    #expect(try new.state().timetable.conflicts(of: "storage") == [])
    #expect(try new.importing(command(both)) == [])
  }

  @Test func `finds by its own short names what Plenary wrote into a table, and says nothing anew`() throws {
    let here = empty.and(
      RoomAdded(room: "studio", details: RoomDetails(name: ["en": "Studio", "zh": "工作室"])),
      TrackAdded(track: "energy", name: "Energy"), SpeakerRegistered(person: "wei", name: "Li, Wei"),
      SpeakerRegistered(person: "wei-2", name: "Li, Wei"),
      SessionScheduled(
        session: "lunch-1", slot: grids,
        details: SessionDetails(title: ["en": "Lunch", "zh": "午餐"], kind: .meal) {
          $0.track = "energy"
          $0.description = "*Good* food."
        }),
      SessionScheduled(session: "lunch-2", title: "Lunch", kind: .meal, slot: storage))
    func own(_ noun: String, _ name: String, _ id: String) -> WantedIdentity {
      var identity = identity(noun, name, id)
      identity.own = id
      return identity
    }
    var table = WantedProgram()
    table.isOwn = true
    table.rooms = [WantedRoom(own("name", "Studio", "studio"), RoomDetails(name: "Studio"))]
    table.tracks = [WantedTrack(own("name", "energy", "energy"), TrackDetails(name: "energy"))]
    table.people = ["wei", "wei-2"].map {
      WantedPerson(own("name", "Wei Li", $0), SpeakerDetails(name: "Li, Wei"))
    }
    table.sessions = [("lunch-2", storage), ("lunch-1", grids)].map { id, slot in
      var session = WantedSession(own("title", "Lunch", id), SessionDetails(title: "Lunch", kind: .meal))
      session.places = [.init(room: 0, start: slot.start, end: slot.end)]
      return session
    }
    table.sessions[1].track = 0
    table.sessions[1].details.description = "*Good* food."
    #expect(try ProgramImport.decide(command(table, clears: false), in: here.state()) == [])
    // What was changed in the table is a clash, which somebody decides.
    table.sessions[1].details.title = "Dinner"
    #expect(throws: ProgramImport.Refusal.self) { try here.importing(command(table, clears: false)) }
    #expect(
      try here.importing(command(table, .init(all: .theirs), clears: false)) == [
        .scheduling(
          .sessionRevised(SessionRevised(session: "lunch-1") { $0.title = ["en": "Dinner", "zh": "午餐"] }))
      ])
  }

  @Test func `tells sessions of one title apart by their slots, where the file has no keys`() throws {
    let lunches = changed {
      for (index, day) in ["25", "26"].enumerated() {
        $0.sessions[index] = WantedSession(
          identity("title", "Lunch", "lunch"), SessionDetails(title: "Lunch", kind: .meal))
        $0.sessions[index].places = [place(0, "\(day)T12:00", "\(day)T13:00")]
      }
    }
    let given = try empty.after(command(lunches))
    #expect(try given.state().timetable.sessions.keys.sorted() == ["lunch", "lunch-2"])
    #expect(try ProgramImport.decide(command(lunches), in: given.state()) == [])
    var later = lunches
    later.sessions.reverse()
    later.sessions[0].places = [place(0, "26T12:30", "26T13:30")]
    #expect(
      try given.importing(command(later)) == [
        .scheduling(
          .sessionMoved(
            SessionMoved(
              session: "lunch-2", from: slot("studio", "26T12:00", "26T13:00"),
              to: slot("studio", "26T12:30", "26T13:30"))))
      ])
  }

  @Test func `gives another short name where one is taken`() throws {
    let given = empty.and(hall, session("grids", "26T09:00", "26T10:00"))
    let sessions = try given.importing(command(file)).compactMap { event -> SessionID? in
      if case .scheduling(.sessionScheduled(let body)) = event { body.session } else { nil }
    }
    #expect(sessions == ["grids-2", "storage"])
  }

  @Test func `enters a session that has no time yet, and gives it its slot later`() throws {
    let unscheduled = changed { $0.sessions[1].places = [] }
    let given = try empty.after(command(unscheduled))
    #expect(try given.state().timetable.sessions["storage"]?.slots.isEmpty == true)
    #expect(
      try given.importing(command(file)) == [
        .scheduling(.slotAdded(SlotAdded(session: "storage", number: 1, slot: storage)))
      ])
  }

  @Test func `compares a time with the last one that the file had, also if it had none in between`() throws {
    let untimed = changed { $0.sessions[1].places = [] }
    let given = try empty.after(command(file)).after(command(untimed))
    let moved = changed { $0.sessions[1].places = [place(0, "26T10:00", "26T11:00")] }
    #expect(
      try given.importing(command(moved)) == [
        .scheduling(
          .sessionMoved(
            SessionMoved(session: "storage", from: storage, to: slot("studio", "26T10:00", "26T11:00"))))
      ])
  }

  @Test func `accepts conflicts of the file as imported`() throws {
    let clashing = changed { $0.sessions[1].places = $0.sessions[0].places }
    let waived = try empty.importing(command(clashing)).compactMap { event -> ConflictWaived? in
      if case .scheduling(.conflictWaived(let body)) = event { body } else { nil }
    }
    #expect(
      waived == [
        ConflictWaived(
          conflict: Conflict(.roomTaken, "grids", "storage", room: "studio"), reason: "as imported")
      ])
  }

  /// 100 sessions at one time are 4,950 overlaps; one more are 5,050.
  private static func crowd(
    _ count: Int, in room: Int? = 0, of person: Int? = nil, kind: SessionKind = .session
  )
    -> WantedProgram
  {
    var crowd = file
    crowd.sessions = (1...count).map { number in
      var session = WantedSession(
        identity("title", "Talk \(number)", "talk-\(number)"),
        SessionDetails(title: LocalizedText(["en": "Talk \(number)"]), kind: kind))
      session.places = [WantedSession.Place(room: room, start: at("25T09:00"), end: at("25T10:00"))]
      if let person { session.parts = [.init(person: person, role: .speaker)] }
      return session
    }
    return crowd
  }

  private static let crowds: [(wanted: WantedProgram, more: WantedProgram, place: String)] = [
    (crowd(100), crowd(101), "in the room “Studio”: 101 sessions at 2016-03-25 09:00. If their room"),
    (
      crowd(100, in: nil, of: 0), crowd(101, in: nil, of: 0),
      "of one person, Wei Li: 101 sessions at 2016-03-25 09:00. If it is"
    ),
    (
      crowd(100, in: nil, kind: .plenary), crowd(101, in: nil, kind: .plenary),
      "beside a plenary: 101 sessions at 2016-03-25 09:00. Only"
    ),
  ]

  @Test(arguments: crowds)
  func `refuses more sessions at one time than anybody plans, and says where they are`(
    wanted: WantedProgram, more: WantedProgram, place: String
  ) throws {
    let imported = try empty.after(command(wanted))
    #expect(
      imported.events.count { $0.type == ConflictWaived.type } == 4950)
    let refusal = #expect(throws: ProgramImport.Refusal.self) { try empty.importing(command(more)) }
    let text = try #require(refusal?.texts.first?.text)
    #expect(text.contains("would overlap 5050 times") && text.contains(place), "\(text)")
    // What is here already is not counted once more.
    #expect(try imported.importing(command(more)).count == 1 + (more.sessions[0].parts.count) + 100)
  }

  /// 75 sessions at nine and 60 at ten overlap 2,775 and 1,770 times. Those of ten do not overlap those of nine.
  @Test func `takes many sessions that begin when others end`() throws {
    var hours = Self.crowd(135)
    for index in 75..<135 {
      hours.sessions[index].places = [
        WantedSession.Place(room: 0, start: at("25T10:00"), end: at("25T11:00"))
      ]
    }
    let imported = try empty.after(command(hours))
    #expect(imported.events.count { $0.type == ConflictWaived.type } == 4545)
  }

  @Test func `adds the room of those without one once, also if the file has a room of its short name`() throws
  {
    var both = withoutRooms(keeping: true)
    both.rooms = [
      WantedRoom(identity("name", "To be announced", "to-be-announced"), RoomDetails(name: "To be announced"))
    ]
    both.sessions[0].places[0].room = 0
    let added = try empty.importing(command(both)).filter {
      if case .scheduling(.roomAdded) = $0 { true } else { false }
    }
    #expect(added.count == 1)
  }

  @Test func `takes any number of sessions whose room is not known yet`() throws {
    let events = try empty.importing(command(Self.crowd(2000, in: nil)))
    #expect(!events.contains { if case .scheduling(.conflictWaived) = $0 { true } else { false } })
  }

  @Test func `keeps two people of one name apart by their keys`() throws {
    let twins = changed {
      $0.people[1] = person("Li, Wei", "wei-li", key: "2")
    }
    let people = try empty.importing(command(twins)).compactMap { event -> PersonID? in
      if case .people(.speakerRegistered(let body)) = event { body.person } else { nil }
    }
    #expect(people == ["wei-li", "wei-li-2"])
    #expect(try ProgramImport.decide(command(twins), in: empty.after(command(twins)).state()) == [])
  }

  @Test func `keeps two apart who were one in an earlier file`() throws {
    var one = file
    one.people = [person("Felix", "felix", key: "2")]
    one.sessions = []
    var renumbered = one
    renumbered.people[0].identity.keys = ["id:2", "id:5"]
    var both = one
    both.people = [person("FelixS", "felix", key: "2"), person("Felix", "felix", key: "5")]
    let given = try empty.after(command(one)).after(command(renumbered)).after(command(both))
    #expect(
      try given.state().timetable.people.mapValues(\.name.printed) == ["felix": "FelixS", "felix-2": "Felix"])
    #expect(try ProgramImport.decide(command(both), in: given.state()) == [])
    both.people.reverse()
    #expect(try ProgramImport.decide(command(both), in: given.state()) == [])
  }

  @Test func `finds a speaker who is registered already by the name`() throws {
    let given = empty.and(SpeakerRegistered(person: "li", name: "Li, Wei"))
    let events = try given.importing(command(file))
    #expect(
      events.contains(
        .scheduling(.personAssigned(PersonAssigned(session: "grids", person: "li", role: .speaker)))))
    #expect(
      !events.contains {
        if case .people(.speakerRegistered(let body)) = $0 { body.person == "wei-li" } else { false }
      })
  }

  @Test func `does not choose between two who have the same name`() throws {
    let given = empty.and(
      SpeakerRegistered(person: "li", name: "Li, Wei"), SpeakerRegistered(person: "li-2", name: "Li, Wei"))
    #expect(
      try given.importing(command(file)).contains(
        .people(.speakerRegistered(SpeakerRegistered(person: "wei-li", name: "Li, Wei")))))
  }

  @Test func `seals addresses, each with a key of its own`() throws {
    let addressed = changed {
      $0.people[0].email = "wei@example.org"
      $0.people[1].email = "ada@example.org"
    }
    let command = command(addressed)
    let contacts = try empty.importing(command).compactMap { event -> ContactStated? in
      if case .people(.contactStated(let body)) = event { body } else { nil }
    }
    #expect(contacts.map(\.person) == ["wei-li", "ada-okafor"])
    let keys = command.keys.new(of: contacts.map(\.person.tag))
    #expect(Set(keys.values.map(\.bytes)).count == 2)
    for contact in contacts {
      let key = try #require(keys[contact.person.tag])
      let opened = contact.contact?.open(
        SpeakerContact.self, key: key, context: SpeakerContact.context("shanghai-2016", contact.person))
      #expect(opened?.email.text.hasSuffix("@example.org") == true)
    }
  }

  @Test func `knows a speaker by the address, when neither a key nor the name tells`() throws {
    func file(_ name: PersonName, _ email: EmailAddress?, key: String? = nil, _ others: WantedPerson...)
      -> WantedProgram
    {
      var file = WantedProgram()
      file.people = [person(name, "ada", key: key)] + others
      file.people[0].email = email
      return file
    }
    let first = command(file("Okafor, Ada", "ada@example.org"))
    let events = try ProgramImport.decide(first, in: empty.state())
    let keys = first.keys.new(of: [PersonID("ada").tag])
    let given = empty.adding(events.map(\.body), by: "anna")
    func importing(_ wanted: WantedProgram) throws -> [ProgramOrPeopleEvent] {
      var next = command(wanted)
      next.keys = ImportKeys(
        keys, fresh: SealingKey(bytes: Array(repeating: 2, count: 32)), conference: "shanghai-2016",
        commandID: "00000000-0000-4000-8000-000000000001")
      return try given.importing(next)
    }
    let renamed = ProgramOrPeopleEvent.people(
      .speakerRevised(SpeakerRevised(person: "ada") { $0.name = "King, Ada" }))
    #expect(try importing(file("King, Ada", "ada@example.org")) == [renamed])
    func registers(_ events: [ProgramOrPeopleEvent]) -> Int {
      events.count { if case .people(.speakerRegistered) = $0 { true } else { false } }
    }
    #expect(try registers(importing(file("King, Ada", "ADA@example.org"))) == 0)
    // Another address; an address of two; somebody whose name is in the file too.
    #expect(try registers(importing(file("King, Ada", "king@example.org"))) == 1)
    var other = person("Lovelace, Byron", "byron", key: nil)
    other.email = "ada@example.org"
    #expect(try registers(importing(file("King, Ada", "ada@example.org", other))) == 2)
    let same = person("Okafor, Ada", "ada", key: nil)
    #expect(try registers(importing(file("King, Ada", "ada@example.org", same))) == 1)
  }
}

struct `Importing a changed file` {
  private func given() throws -> Given<ProgramImport> { try empty.after(command(file)) }

  @Test func `moves, retitles, and changes who speaks`() throws {
    let next = changed {
      $0.sessions[0].places = [place(0, "26T09:00", "26T10:00")]
      $0.sessions[1].details.title = "Storing energy"
      $0.sessions[1].parts = [.init(person: 0, role: .speaker)]
    }
    #expect(
      try given().importing(command(next)) == [
        .scheduling(
          .sessionMoved(
            SessionMoved(session: "grids", from: grids, to: slot("studio", "26T09:00", "26T10:00")))),
        .scheduling(.sessionRevised(SessionRevised(session: "storage") { $0.title = "Storing energy" })),
        .scheduling(.personAssigned(PersonAssigned(session: "storage", person: "wei-li", role: .speaker))),
        .scheduling(
          .personUnassigned(PersonUnassigned(session: "storage", person: "ada-okafor", role: .speaker))),
      ])
  }

  @Test func `clears what the file has no more; a table does not say`() throws {
    let next = changed { $0.sessions[0].details.description = nil }
    #expect(
      try given().importing(command(next)) == [
        .scheduling(.sessionRevised(SessionRevised(session: "grids") { $0.cleared = [.description] }))
      ])
    #expect(try ProgramImport.decide(command(next, clears: false), in: given().state()) == [])
  }

  @Test func `adds and removes slots`() throws {
    let twice = changed { $0.sessions[0].places.append(place(0, "26T09:00", "26T10:00")) }
    let second = slot("studio", "26T09:00", "26T10:00")
    #expect(
      try given().importing(command(twice)) == [
        .scheduling(.slotAdded(SlotAdded(session: "grids", number: 2, slot: second)))
      ])
    #expect(
      try given().after(command(twice)).importing(command(file)) == [
        .scheduling(.slotRemoved(SlotRemoved(session: "grids", number: 2, slot: second)))
      ])
  }

  @Test func `leaves a session that is gone, unless the file is complete; brings it back with the file`()
    throws
  {
    let shorter = changed { $0.sessions.removeLast() }
    #expect(try ProgramImport.decide(command(shorter), in: given().state()) == [])
    #expect(ProgramImport.left(command(shorter), in: try given().state()).missing == ["storage"])
    let cancelled = try given().after(command(shorter, complete: true))
    #expect(try cancelled.state().timetable.sessions["storage"]?.status == .cancelled)
    #expect(try ProgramImport.decide(command(shorter, complete: true), in: cancelled.state()) == [])
    #expect(
      try cancelled.importing(command(file)) == [
        .scheduling(
          .sessionReinstated(
            SessionReinstated(
              session: "storage", slots: [NumberedSlot(number: 1, slot: storage)], kind: .session)))
      ])
  }

  /// What is taken out already is not missing, and what a file does not list at all is not either.
  @Test
  func `names the rooms, tracks and people that are gone, and leaves them also if the file is complete`()
    throws
  {
    let less = command(
      changed {
        $0.rooms = [WantedRoom(identity("name", "Annex", "annex"), RoomDetails(name: "Annex"))]
        $0.tracks = []
        $0.people.removeFirst()
        $0.sessions = []
      }, complete: true)
    let before = try given()
    let left = try ProgramImport.left(less, in: before.state())
    #expect(
      left.missingRooms == ["studio"] && left.missingTracks == ["energy"] && left.missingPeople == ["wei-li"])
    let after = try before.after(less).state()
    #expect(after.timetable.rooms["studio"]?.closed == false && after.timetable.tracks["energy"] != nil)
    #expect(after.speakers["wei-li"]?.status != .withdrawn)
    let out = before.and(RoomClosed(room: "studio"), SpeakerWithdrawn(person: "wei-li"))
    let rest = try ProgramImport.left(less, in: out.state())
    #expect(rest.missingRooms.isEmpty && rest.missingPeople.isEmpty)
    let all = try ProgramImport.left(command(file), in: before.state())
    #expect(all.missingRooms.isEmpty && all.missingTracks.isEmpty && all.missingPeople.isEmpty)
  }

  @Test func `leaves a session cancelled that the file cancelled, where a table does not say otherwise`()
    throws
  {
    let cancelled = try given().after(command(changed { $0.sessions[1].isCancelled = true }))
    let table = changed { file in
      for index in file.sessions.indices { file.sessions[index].saysState = false }
    }
    #expect(try ProgramImport.decide(command(table), in: cancelled.state()) == [])
    let left = try ProgramImport.left(command(table), in: cancelled.state()).sessions
    #expect(left.map(\.0) == ["storage"] && left.map(\.1) == [.file])
    // Nobody here did it for a file of another source, either.
    let other = try ProgramImport.left(command(file, source: "sheet"), in: cancelled.state()).sessions
    #expect(other.map(\.0) == ["storage"] && other.map(\.1) == [.file])
    #expect(try cancelled.importing(command(file)).count == 1)
    // One that was cancelled because it was not in the file is back when it is.
    let gone = try given().after(command(changed { $0.sessions.removeLast() }, complete: true))
    #expect(try gone.after(command(table)).state().timetable.sessions["storage"]?.isLive == true)
  }

  @Test func `cancels what the file says is cancelled`() throws {
    let next = changed { $0.sessions[1].isCancelled = true }
    #expect(
      try given().importing(command(next)) == [
        .scheduling(.sessionCancelled(SessionCancelled(session: "storage", slot: storage)))
      ])
    #expect(try ProgramImport.decide(command(next), in: given().after(command(next)).state()) == [])
  }

  @Test func `knows a session by its key when all else differs, and by its title without a key`() throws {
    let renamed = changed {
      $0.sessions[0].identity.content = "title:power lines"
      $0.sessions[0].details.title = "Power lines"
    }
    #expect(
      try given().importing(command(renamed)) == [
        .scheduling(.sessionRevised(SessionRevised(session: "grids") { $0.title = "Power lines" }))
      ])
    let keyless = changed { $0.sessions[0].identity.keys = [] }
    #expect(try given().importing(command(keyless)) == [])
  }
}

struct `Importing after an organizer's change` {
  private let retitled = SessionRevised(session: "grids") { $0.title = "Grids of tomorrow" }

  private func given(_ changes: any EventBody...) throws -> Given<ProgramImport> {
    try empty.after(command(file)).adding(changes, by: "olga")
  }

  @Test func `keeps it, where the file has not changed the same`() throws {
    #expect(try ProgramImport.decide(command(file), in: given(retitled).state()) == [])
    let elsewhere = changed { $0.sessions[0].details.description = "Of all grids." }
    #expect(
      try given(retitled).importing(command(elsewhere)) == [
        .scheduling(.sessionRevised(SessionRevised(session: "grids") { $0.description = "Of all grids." }))
      ])
  }

  @Test func `refuses a clash, and takes the side that is chosen, once`() throws {
    let next = changed { $0.sessions[0].details.title = "Grids and lines" }
    let clash = ProgramImport.Clash(
      of: SessionID("grids").tag, field: "title", theirs: "“Grids and lines”", ours: "“Grids of tomorrow”")
    try given(retitled).when(command(next)).thenRefused(.clashes([clash]))
    #expect(clash.reference == "session:grids.title")
    let theirs = try given(retitled).importing(command(next, .init(all: .theirs)))
    #expect(
      theirs == [
        .scheduling(.sessionRevised(SessionRevised(session: "grids") { $0.title = "Grids and lines" }))
      ])
    for choice in [
      ProgramImport.Choices(all: .ours), .init(single: ["session:grids": .ours]),
      .init(all: .theirs, single: ["session:grids.title": .ours]),
    ] {
      #expect(try given(retitled).importing(command(next, choice)) == [])
      // Nobody is asked again about the same change.
      let kept = try given(retitled).after(command(next, choice))
      #expect(try ProgramImport.decide(command(next), in: kept.state()) == [])
    }
  }

  @Test func `says where two long texts differ, and who may have changed them`() throws {
    let long = "Modern processors are amazing devices: small, fast, and wrong"
    let ours = SessionRevised(session: "grids") { $0.description = ["en": long + " on Mondays."] }
    let next = changed { $0.sessions[0].details.description = ["en": long + " on Tuesdays."] }
    let refused = try #require(throws: ProgramImport.Refusal.self) {
      try ProgramImport.decide(command(next), in: given(ours).state())
    }
    let texts = refused.texts.map(\.text)
    #expect(
      texts[1].contains("the file has “… wrong on Tuesdays.”, here is “… wrong on Mondays.”."),
      "\(texts)")
    // Another source says it for the first time: nobody need have changed anything.
    var other = command(next)
    other.source = "shop"
    let first = try #require(throws: ProgramImport.Refusal.self) {
      try ProgramImport.decide(other, in: given(ours).state())
    }
    #expect(
      first.texts[0].text
        == "In 1 field, the file differs from what another file or somebody entered here; nothing was imported."
    )
    // Of one field the source says something for the first time, and the other one both have changed.
    let mixed = changed {
      $0.sessions[0].details.description = ["en": long + " on Tuesdays."]
      $0.sessions[1].details.description = "Of batteries."
    }
    let described = SessionRevised(session: "storage") { $0.description = "Of dams." }
    let some = try #require(throws: ProgramImport.Refusal.self) {
      try ProgramImport.decide(command(mixed), in: given(ours, described).state())
    }
    #expect(
      some.texts[0].text == "In 2 fields, the file differs from what is here; nothing was imported.")
    // In the language in which they differ.
    let chinese = SessionRevised(session: "grids") { $0.description = ["en": long, "zh": "电网"] }
    let third = changed { $0.sessions[0].details.description = ["en": long, "zh": "电"] }
    let both = try #require(throws: ProgramImport.Refusal.self) {
      try ProgramImport.decide(command(third), in: given(chinese).state())
    }
    #expect(both.texts[1].text.contains("the file has “电”, here is “电网”."), "\(both.texts)")
  }

  @Test func `does nothing where both made the same change`() throws {
    let next = changed { $0.sessions[0].details.title = "Grids of tomorrow" }
    #expect(try given(retitled).importing(command(next)) == [])
  }

  @Test func `refuses a choice for what is no clash, and says what can be chosen`() throws {
    let here = try given(SessionRevised(session: "grids") { $0.title = "Grids here" })
    let next = changed { $0.sessions[0].details.title = "Power lines" }
    for choice in ["session:gridz.title", "session:grids.titel", "session:storage.title", "session:storage"] {
      let refusal = #expect(throws: ProgramImport.Refusal.self) {
        try here.importing(command(next, .init(all: .theirs, single: [choice: .ours])))
      }
      let clash = ProgramImport.Clash(
        of: EventLog.Tag(stored: "session:grids"), field: "title", theirs: "“Power lines”",
        ours: "“Grids here”")
      #expect(refusal == .idleChoices([choice], [clash]))
    }
    #expect(try here.importing(command(next, .init(all: .theirs, single: ["session:grids": .ours]))) == [])
    // Where there is nothing to choose, a choice for what was compared does no harm: it stands in a script.
    #expect(try given().importing(command(file, .init(single: ["session:grids.title": .ours]))) == [])
    #expect(throws: ProgramImport.Refusal.idleChoices(["session:gridz"], [])) {
      try given().importing(command(file, .init(single: ["session:gridz": .ours])))
    }
  }

  /// `--watch --our session:grids --our session:storage`: what the first version needed, the next one need not.
  @Test func `keeps choices that stand for several versions, and refuses those for nothing`() throws {
    let here = try given(
      SessionRevised(session: "grids") { $0.title = "Grids here" },
      SessionRevised(session: "storage") { $0.title = "Storage here" })
    func version(_ choices: [String: ProgramImport.Choices.Side], _ change: (inout WantedProgram) -> Void)
      -> ProgramImport.Command
    {
      var command = command(changed(change), .init(single: choices))
      command.choicesStand = true
      return command
    }
    let both: [String: ProgramImport.Choices.Side] = ["session:grids": .ours, "session:storage": .ours]
    let first = version(both) {
      $0.sessions[0].details.title = "Power lines"
      $0.sessions[1].details.title = "Batteries"
    }
    let second = version(both) {
      $0.sessions[0].details.title = "Wires"
      $0.sessions[1].details.title = "Batteries"
    }
    #expect(try here.after(first).importing(second) == [])
    let third = version(both) {
      $0.sessions[0].details.title = "Cables"
      $0.sessions.removeLast()
    }
    #expect(try here.after(first).importing(third) == [])
    #expect(throws: ProgramImport.Refusal.idleChoices(["session:gridz"], [])) {
      try here.after(first).importing(
        version(["session:gridz": .ours]) {
          $0.sessions[0].details.title = "Power lines"
          $0.sessions[1].details.title = "Batteries"
        })
    }
  }

  @Test func `leaves out whom somebody took out, and keeps whom somebody added`() throws {
    let out = PersonUnassigned(session: "grids", person: "wei-li", role: .speaker)
    let chair = PersonAssigned(session: "grids", person: "ada-okafor", role: .chair)
    #expect(try ProgramImport.decide(command(file), in: given(out, chair).state()) == [])
    let next = changed { $0.sessions[0].parts = [] }
    #expect(try given(out, chair).importing(command(next)) == [])
  }

  @Test func `leaves a session cancelled that somebody cancelled`() throws {
    let cancelled = SessionCancelled(session: "grids", slot: grids)
    let next = changed { $0.sessions[0].places = [place(0, "26T09:00", "26T10:00")] }
    #expect(try given(cancelled).importing(command(next)) == [])
    let left = try ProgramImport.left(command(next), in: given(cancelled).state()).sessions
    #expect(left.map(\.0) == ["grids"] && left.map(\.1) == [.organizer])
  }

  @Test func `leaves out a speaker who has withdrawn`() throws {
    let withdrawn = SpeakerWithdrawn(person: "wei-li")
    #expect(try ProgramImport.decide(command(file), in: given(withdrawn).state()) == [])
    // Also one whom no file had before.
    let here = empty.and(SpeakerRegistered(person: "li", name: "Li, Wei")).and(SpeakerWithdrawn(person: "li"))
    let events = try here.importing(command(file))
    #expect(!events.contains(.people(.speakerReinstated(SpeakerReinstated(person: "li")))), "\(events)")
    #expect(try ProgramImport.left(command(file), in: here.state()).people == ["li"])
  }

  @Test func `leaves cancelled what somebody cancelled again whom the file had cancelled before`() throws {
    let cancelled = SessionCancelled(session: "storage", slot: storage)
    let back = SessionReinstated(
      session: "storage", slots: [NumberedSlot(number: 1, slot: storage)], kind: .session)
    let byFile = try given().after(command(changed { $0.sessions[1].isCancelled = true }))
    #expect(try byFile.importing(command(file)) == [.scheduling(.sessionReinstated(back))])
    let byOlga = byFile.and(back, by: "olga").and(cancelled, by: "olga")
    #expect(try byOlga.importing(command(file)) == [])
    #expect(try ProgramImport.left(command(file), in: byOlga.state()).sessions.map(\.1) == [.organizer])
  }

  /// A file says that a session is cancelled, and somebody here reinstates it.
  @Test(arguments: [true, false])
  func `follows a file that cancels a session once more only after it has said that it takes place`(
    clears: Bool
  ) throws {
    let cancelling = changed { $0.sessions[1].isCancelled = true }
    let back = SessionReinstated(
      session: "storage", slots: [NumberedSlot(number: 1, slot: storage)], kind: .session)
    let given = try given().after(command(cancelling, clears: clears)).and(back, by: "olga")
    let silent = changed { file in
      for index in file.sessions.indices { file.sessions[index].saysState = false }
      file.sessions[1].details.description = "Of batteries."
    }
    let again = ProgramOrPeopleEvent.scheduling(
      .sessionCancelled(SessionCancelled(session: "storage", slot: storage)))
    func cancels(after between: WantedProgram) throws -> Bool {
      try given.after(command(between, clears: clears)).importing(command(cancelling, clears: clears))
        .contains(again)
    }
    #expect(try !cancels(after: cancelling))
    #expect(try !cancels(after: silent))
    #expect(try cancels(after: file))
  }

  @Test(arguments: [true, false])
  func `does not cancel again what somebody reinstated and a complete file lacks`(isSaid: Bool) throws {
    let shorter = command(changed { $0.sessions.removeLast() }, complete: true)
    let first = isSaid ? command(changed { $0.sessions[1].isCancelled = true }) : shorter
    let back = SessionReinstated(
      session: "storage", slots: [NumberedSlot(number: 1, slot: storage)], kind: .session)
    let cancelled = try given().after(first)
    #expect(try cancelled.state().timetable.sessions["storage"]?.isLive == false)
    let reinstated = cancelled.and(back, by: "olga")
    #expect(try ProgramImport.decide(shorter, in: reinstated.state()) == [])
    // Once a file has said that it takes place, one without it cancels it.
    #expect(try reinstated.after(command(file)).importing(shorter).count == 1)
  }

  @Test func `leaves a room closed that somebody closed, also one that no file had before`() throws {
    let here = empty.and(RoomAdded(room: "studio", name: "Studio")).and(RoomClosed(room: "studio"))
    let imported = try here.after(command(file))
    #expect(try imported.state().timetable.rooms["studio"]?.closed == true)
    #expect(
      try here.importing(command(file)).contains {
        if case .scheduling(.conflictWaived(let body)) = $0 {
          body.conflict.kind == .roomUnavailable
        } else {
          false
        }
      })
    let closed = try given(RoomClosed(room: "studio"))
    #expect(try ProgramImport.decide(command(file), in: closed.state()) == [])
  }

  @Test func `keeps a translation that somebody added to a title`() throws {
    let translated = SessionRevised(session: "grids") { $0.title = ["en": "Grids", "zh": "电网"] }
    #expect(try ProgramImport.decide(command(file), in: given(translated).state()) == [])
    let next = changed { $0.sessions[0].details.title = "Power grids" }
    #expect(
      try given(translated).importing(command(next)) == [
        .scheduling(
          .sessionRevised(
            SessionRevised(session: "grids") { $0.title = ["en": "Power grids", "zh": "电网"] }))
      ])
  }
}

struct `Undoing an import` {
  @Test func `takes all of it back, and the file can be imported again`() throws {
    let imported = try empty.after(command(file))
    let tags = Set(imported.events.dropFirst().flatMap(\.tags)).sorted().map(EventLog.Tag.init(stored:))
    let undo = Undo.Command(commandID: "…", first: 2, last: imported.events.count, tags: tags)
    let events = try Undo.decide(undo, in: imported.asked(Undo.self).state())
    guard case .scheduling(.importUndone(let undone)) = try #require(events.first) else {
      Issue.record("The first event is \(events[0])")
      return
    }
    #expect(undone.facts.allSatisfy { $0.digests.isEmpty })
    let back = imported.adding(events.map(\.body), by: "olga")
    let state = try back.state()
    #expect(state.timetable.sessions.values.allSatisfy { !$0.isLive })
    #expect(state.timetable.people.values.allSatisfy { $0.withdrawn })
    let again = try back.after(command(file)).state().timetable
    let first = try imported.state().timetable
    #expect(again.sessions.keys.sorted() == ["grids", "storage"])
    #expect(again.sessions.values.allSatisfy { $0.isLive })
    for (id, session) in again.sessions {
      #expect(session.details == first.sessions[id]?.details)
      #expect(session.orderedSlots == first.sessions[id]?.orderedSlots)
      #expect(Set(session.assignments) == Set(first.sessions[id]?.assignments ?? []))
    }
    #expect(again.people.values.allSatisfy { !$0.withdrawn })
    #expect(again.rooms["studio"]?.closed == false)
    #expect(again.tracks["energy"] != nil)
  }

  /// Everything has another title, name or time, and the keys of before.
  @Test func `knows what it took back by the keys of the file`() throws {
    let imported = try empty.after(command(file))
    let back = try undoing(2, of: imported)
    let renamed = changed {
      $0.sessions[0].identity.content = "title:power lines"
      $0.sessions[0].identity.shortName = "power-lines"
      $0.sessions[0].details.title = "Power lines"
      $0.people[0] = person("Sun, Mei", "mei-sun", key: "1")
    }
    let again = try back.after(command(renamed)).state()
    #expect(again.timetable.sessions["grids"]?.details?.title == "Power lines")
    #expect(again.timetable.sessions.keys.sorted() == ["grids", "storage"])
    #expect(again.speakers["wei-li"]?.details?.name == "Sun, Mei")
    #expect(again.speakers.keys.sorted() == ["ada-okafor", "wei-li"])
  }

  private func undoing(_ first: Int, to last: Int? = nil, of given: Given<ProgramImport>) throws
    -> Given<ProgramImport>
  {
    let last = last ?? given.events.count
    let tags = Set(given.events[(first - 1)..<last].flatMap(\.tags)).sorted().map(EventLog.Tag.init(stored:))
    let undo = Undo.Command(commandID: "…", first: first, last: last, tags: tags)
    return given.adding(
      try Undo.decide(undo, in: given.asked(Undo.self).state()).map(\.body), by: "olga")
  }

  @Test func `leaves a speaker out who withdrew afterwards`() throws {
    let mentioned = changed { $0.people.removeLast() }
    var noSessions = mentioned
    noSessions.sessions = []
    let here = empty.and(SpeakerRegistered(person: "wei-li", name: "Li, Wei"))
    let undone = try undoing(here.events.count + 1, of: here.after(command(noSessions)))
    let gone = undone.and(SpeakerWithdrawn(person: "wei-li"))
    #expect(try ProgramImport.left(command(noSessions), in: gone.state()).people == ["wei-li"])
    #expect(
      try !gone.importing(command(noSessions)).contains {
        if case .people(.speakerReinstated) = $0 { true } else { false }
      })
  }

  @Test
  func `reopens the rooms that it closed, as the next file has them, and none that somebody closed again`()
    throws
  {
    let undone = try undoing(2, of: empty.after(command(file)))
    #expect(try undone.state().timetable.rooms["studio"]?.closed == true)
    let larger = changed { $0.rooms[0].details.name = "STUDIO" }
    let again = try undone.after(command(larger)).state().timetable.rooms["studio"]
    #expect(again?.closed == false && again?.details.name == "STUDIO")
    let other = try undone.after(command(file, source: "sheet")).state().timetable.rooms["studio"]
    #expect(other?.closed == false)
    let closed = undone.and(RoomReopened(room: "studio")).and(RoomClosed(room: "studio"))
    #expect(try closed.after(command(file)).state().timetable.rooms["studio"]?.closed == true)
  }

  /// The files of this source had it only in an import that was undone.
  @Test func `leaves what was scheduled here, when a complete file does not have it`() throws {
    let here = empty.and(
      RoomAdded(room: "studio", name: "Studio"),
      SessionScheduled(session: "storage", title: "Storage", kind: .session, slot: storage))
    let undone = try undoing(here.events.count + 1, of: here.after(command(file, .init(all: .ours))))
    #expect(try undone.state().timetable.sessions["storage"]?.isLive == true)
    let shorter = command(changed { $0.sessions.removeLast() }, complete: true)
    #expect(try ProgramImport.left(shorter, in: undone.state()).missing == [])
    #expect(try undone.after(shorter).state().timetable.sessions["storage"]?.isLive == true)
    // Once a file has it again, it is of this source.
    let both = try undone.after(command(file, .init(all: .ours)))
    #expect(try both.after(shorter).state().timetable.sessions["storage"]?.isLive == false)
  }

  /// The second import adds the track again to a session that the undo of the first one took out of the program.
  @Test func `takes back a second import after the first one was undone`() throws {
    let undone = try undoing(2, of: empty.after(command(file)))
    let again = try undoing(undone.events.count + 1, of: undone.after(command(file))).state().timetable
    #expect(again.sessions.values.allSatisfy { $0.status == .unscheduled } && again.tracks.isEmpty)
    #expect(again.people.values.allSatisfy(\.withdrawn) && again.rooms["studio"]?.closed == true)
  }

  /// The second import reinstates a speaker whom the undo of the first one withdrew, with another biography.
  @Test func `that reinstated and revised a speaker brings back what was known of them`() throws {
    let first = try empty.after(command(changed { $0.people[0].details.biography = "Builds grids." }))
    let undone = try undoing(2, of: first)
    let next = changed { $0.people[0].details.biography = "Builds lines." }
    let second = try undone.after(command(next))
    let speaker = try #require(second.state().speakers["wei-li"])
    #expect(speaker.status != .withdrawn && speaker.details?.biography == "Builds lines.")
    let back = try undoing(undone.events.count + 1, of: second).state().speakers["wei-li"]
    #expect(back?.status == .withdrawn && back?.details?.biography == "Builds grids.")
  }

  /// A session of the first file has a new room, a new track and a new speaker in the second one.
  @Test func `of a second import takes back what it added to a session of the first`() throws {
    let first = try empty.after(command(file))
    let second = try first.after(
      command(
        changed {
          $0.rooms.append(WantedRoom(identity("name", "Annex", "annex"), RoomDetails(name: "Annex")))
          $0.tracks.append(WantedTrack(identity("name", "Water", "water"), TrackDetails(name: "Water")))
          $0.people.append(person("Ruiz, Ana", "ana-ruiz", key: "3"))
          $0.sessions[0].places = [place(1, "25T09:00", "25T10:00")]
          $0.sessions[0].track = 1
          $0.sessions[0].parts.append(.init(person: 2, role: .chair))
        }))
    let back = try undoing(first.events.count + 1, of: second).state().timetable
    let before = try first.state().timetable
    #expect(back.sessions["grids"]?.orderedSlots == before.sessions["grids"]?.orderedSlots)
    #expect(back.sessions["grids"]?.details == before.sessions["grids"]?.details)
    #expect(back.sessions["grids"]?.assignments == before.sessions["grids"]?.assignments)
    #expect(back.rooms["annex"]?.closed == true && back.tracks["water"] == nil)
    // What somebody put there since then stays, and hinders it.
    let used = second.and(
      SessionMoved(
        session: "storage", from: storage, to: slot("annex", "25T10:00", "25T11:00"), number: 1))
    let refusal = #expect(throws: Undo.Refusal.self) {
      try undoing(first.events.count + 1, to: second.events.count, of: used)
    }
    #expect(refusal?.texts.first?.text.contains("“storage” takes place in it") == true)
  }

  @Test func `of a second import brings back the state after the first`() throws {
    let first = try empty.after(command(file))
    let next = changed { $0.sessions[0].details.title = "Power lines" }
    let second = try first.after(command(next))
    let tags = Set(second.events.dropFirst(first.events.count).flatMap(\.tags)).sorted()
      .map(EventLog.Tag.init(stored:))
    let undo = Undo.Command(
      commandID: "…", first: first.events.count + 1, last: second.events.count, tags: tags)
    let back = second.adding(
      try Undo.decide(undo, in: second.asked(Undo.self).state()).map(\.body), by: "olga")
    #expect(try ProgramImport.decide(command(file), in: back.state()) == [])
    #expect(
      try back.importing(command(next)) == [
        .scheduling(.sessionRevised(SessionRevised(session: "grids") { $0.title = "Power lines" }))
      ])
  }
}
