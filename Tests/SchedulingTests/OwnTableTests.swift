import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Scheduling

/// Tables that Plenary wrote, and that somebody corrected in a spreadsheet.
struct `A table of ours` {
  private let first = slot("aula", "25T09:00", "25T10:00")
  private let second = slot("aula", "26T09:00", "26T10:00")

  private var here: Given<ProgramImport> {
    ProgramImport.given(opened).and(
      RoomAdded(room: "aula", name: "Aula"), SpeakerRegistered(person: "ann", name: "Ott, Ann"),
      SpeakerRegistered(person: "wei", name: "Wang, Wei"),
      SpeakerRegistered(person: "wei-2", name: "Wang, Wei"),
      SessionScheduled(
        session: "talks", slot: first,
        details: SessionDetails(title: ["en": "What is C#", "zh": "什么"], kind: .session) {
          $0.description = "Costs *10.5* [here](https://example.org/a)."
        }),
      SlotAdded(session: "talks", number: 2, slot: second),
      PersonAssigned(session: "talks", person: "ann", role: .speaker))
  }

  /// A row of the program, with its first slot alone: the list was filtered by day.
  private func row(_ change: (inout WantedSession) -> Void = { _ in }) -> WantedSession {
    var identity = WantedIdentity(keys: [], content: "title:what is c#", shortName: "talks")
    identity.own = "talks"
    var row = WantedSession(
      identity,
      SessionDetails(title: "What is C#", kind: .session) {
        $0.description = "Costs *10.5* [here](https://example.org/a)."
      })
    row.places = [place(first, 1)]
    row.parts = [.init(person: 0, role: .speaker)]
    row.roles = Set(SessionRole.allCases)
    row.titleLanguages = ["en"]
    change(&row)
    return row
  }

  private func place(_ slot: Slot, _ number: Int?) -> WantedSession.Place {
    var place = WantedSession.Place(room: 0, start: slot.start, end: slot.end)
    place.number = number
    return place
  }

  private func command(
    _ rows: [WantedSession], _ choices: ProgramImport.Choices = .init(), people: [PersonName] = ["Ott, Ann"],
    source: ImportSource = "plenary-table", isOwn: Bool = true
  ) -> ProgramImport.Command {
    var table = WantedProgram()
    table.isOwn = isOwn
    table.keepsRooms = true
    var room = WantedIdentity(keys: [], content: "name:aula", shortName: "aula")
    room.own = "aula"
    table.rooms = [WantedRoom(room, RoomDetails(name: "Aula"))]
    table.people = people.map { name in
      WantedPerson(
        WantedIdentity(
          keys: [], content: "name:\(name.printed.lowercased())",
          shortName: name.printed.lowercased().replacing(" ", with: "-")),
        SpeakerDetails(name: name))
    }
    table.sessions = rows
    return ProgramImport.Command(
      source: source, format: "CSV", sha256: "00", wanted: table, choices: choices, cancelsMissing: false,
      clearsMissing: false,
      keys: ImportKeys(
        [:], fresh: SealingKey(bytes: Array(repeating: 1, count: 32)), conference: "shanghai-2016",
        commandID: "00000000-0000-4000-8000-000000000000"))
  }

  /// What is recorded, without the event of the import.
  private func changes(_ command: ProgramImport.Command, in given: Given<ProgramImport>? = nil) throws
    -> [ProgramOrPeopleEvent]
  {
    try ProgramImport.decide(command, in: (given ?? here).state()).filter {
      if case .scheduling(.fileImported) = $0 { false } else { true }
    }
  }

  private func after(_ command: ProgramImport.Command, in given: Given<ProgramImport>? = nil) throws
    -> Given<ProgramImport>
  {
    let given = given ?? here
    return given.adding(try ProgramImport.decide(command, in: given.state()).map(\.body), by: "anna")
  }

  private func clashes(_ command: ProgramImport.Command, in given: Given<ProgramImport>? = nil) throws
    -> [String]
  {
    do {
      _ = try ProgramImport.decide(command, in: (given ?? here).state())
      return []
    } catch ProgramImport.Refusal.clashes(let clashes) {
      return clashes.map { "\($0.field): \($0.theirs), not \($0.ours)" }
    }
  }

  // What it does not show

  @Test func `that shows one slot of two takes no slot away, and says nothing`() throws {
    #expect(try ProgramImport.decide(command([row()]), in: here.state()) == [])
    let later = slot("aula", "25T11:00", "25T12:00")
    let moved = command([row { $0.places = [place(later, 1)] }], .init(all: .theirs))
    #expect(try clashes(command([row { $0.places = [place(later, 1)] }])).count == 1)
    #expect(
      try changes(moved) == [
        .scheduling(.sessionMoved(SessionMoved(session: "talks", from: first, to: later, number: 1)))
      ])
    // The row of the second slot alone.
    let other = command([row { $0.places = [place(later, 2)] }], .init(all: .theirs))
    #expect(
      try changes(other) == [
        .scheduling(.sessionMoved(SessionMoved(session: "talks", from: second, to: later, number: 2)))
      ])
  }

  @Test func `with a row more adds a slot, and does not bring back one that was removed since`() throws {
    let third = slot("aula", "27T09:00", "27T10:00")
    let added = command([row { $0.places = [place(first, 1), place(third, nil)] }])
    #expect(
      try changes(added) == [.scheduling(.slotAdded(SlotAdded(session: "talks", number: 3, slot: third)))])
    let removed = here.and(SlotRemoved(session: "talks", number: 2, slot: second))
    let both = command([row { $0.places = [place(first, 1), place(second, 2)] }])
    #expect(try changes(both, in: removed) == [])
    #expect(
      try ProgramImport.left(both, in: removed.state()).notes == [
        "“talks” has no slot 2 any more; the table's was left out."
      ])
  }

  @Test func `without a time says so, and the session keeps the one that it has`() throws {
    let loose = command([row { $0.places = [] }])
    #expect(try changes(loose) == [])
    #expect(
      try ProgramImport.left(loose, in: here.state()).notes == [
        "“talks” has no time in the table, and keeps the one that it has."
      ])
  }

  /// Another program's table has the same sessions, and is a source of its own.
  @Test func `is not what a foreign table said, and brings back nothing of it`() throws {
    func foreign(_ title: String) -> ProgramImport.Command {
      var row = WantedSession(
        WantedIdentity(keys: ["id:1"], content: "title:other", shortName: "other"),
        SessionDetails(title: .init(["en": title]), kind: .session))
      row.places = [WantedSession.Place(room: nil, start: at("27T09:00"), end: at("27T10:00"))]
      return command([row], people: [], source: "table", isOwn: false)
    }
    let imported = try after(foreign("Other"))
    var own = WantedIdentity(keys: [], content: "title:better", shortName: "other")
    own.own = "other"
    let table = command(
      [WantedSession(own, SessionDetails(title: "Better", kind: .session)), row()], .init(all: .theirs))
    let corrected = try after(table, in: imported)
    #expect(try corrected.state().timetable.sessions["other"]?.details?.title == "Better")
    // The unchanged foreign table says what it said before.
    #expect(try changes(foreign("Other"), in: corrected) == [])
    var complete = foreign("Other")
    complete.cancelsMissing = true
    #expect(try changes(complete, in: corrected) == [])
    #expect(try ProgramImport.left(complete, in: corrected.state()).missing == [])
  }

  // What was corrected

  @Test(arguments: [
    "What is C++", "What is C", "what is C#", "What is C# (1/2)",
  ])
  func `has each correction of a title, also of its signs`(title: String) throws {
    let corrected = row { $0.details.title = .init(["en": title]) }
    #expect(try clashes(command([corrected])).count == 1)
    #expect(
      try after(command([corrected], .init(all: .theirs))).state().timetable.sessions["talks"]?.details?.title
        == ["en": title, "zh": "什么"])
  }

  @Test(arguments: [
    "Costs *105* [here](https://example.org/a).", "Costs *10.5* [here](https://example.org/b).",
    "Costs 10.5 [here](https://example.org/a).",
  ])
  func `has each correction of a description, also of a number or an address`(text: String) throws {
    #expect(try clashes(command([row { $0.details.description = .init(["en": text]) }])).count == 1)
  }

  @Test func `corrects the language that it shows`() throws {
    let german = ProgramImport.given(opened).and(
      RoomAdded(room: "aula", name: "Aula"), SpeakerRegistered(person: "ann", name: "Ott, Ann"),
      SessionEntered(session: "talks", details: SessionDetails(title: ["de": "Eröfnung"], kind: .session)))
    let list = row {
      $0.details = SessionDetails(title: "Eröffnung", kind: .session)
      ($0.titleLanguages, $0.roles, $0.places, $0.parts) = ([], [], [], [])
    }
    #expect(
      try after(command([list], .init(all: .theirs)), in: german).state().timetable.sessions["talks"]?
        .details?
        .title == ["de": "Eröffnung"])
  }

  @Test func `with an emptied cell asks, and clears the field only if it is chosen`() throws {
    let emptied = row {
      $0.details.description = nil
      $0.emptied = ["description"]
    }
    #expect(
      try clashes(command([emptied])).map { $0.hasPrefix("description: nothing, not “Costs") } == [true])
    #expect(try changes(command([emptied], .init(all: .ours))) == [])
    let cleared = try after(command([emptied], .init(all: .theirs))).state()
    #expect(cleared.timetable.sessions["talks"]?.details?.description == nil)
    // Without such a column, it says nothing.
    #expect(try changes(command([row { $0.details.description = nil }])) == [])
  }

  /// The table has the links of a session and of its presentations in one cell, as pages have them.
  @Test func `has links as pages have them, and those of presentations`() throws {
    func link(_ url: String, _ kind: Link.Kind = .related) throws -> Link { try Link(kind, url) }
    let (slides, talk) = (
      try link("https://example.org/folié", .slides), try link("https://example.org/talk")
    )
    func given(_ own: [Link]?) -> Given<ProgramImport> {
      here.and(
        SessionRevised(session: "talks") { $0.links = own },
        PresentationAdded(session: "talks", presentation: Presentation("one", title: "One", links: [talk])))
    }
    func rows(_ urls: String..., choices: ProgramImport.Choices = .init()) throws -> ProgramImport.Command {
      let links = try urls.map { try link($0) }
      return command([row { $0.details.links = links }], choices)
    }
    let both = try rows("https://example.org/foli%C3%A9", "https://example.org/talk")
    #expect(try changes(both, in: given([slides])) == [])
    #expect(try changes(rows("https://example.org/talk"), in: given(nil)) == [])
    let more = try rows(
      "https://example.org/foli%C3%A9", "https://example.org/talk", "https://example.org/b",
      choices: .init(all: .theirs))
    #expect(
      try after(more, in: given([slides])).state().timetable.sessions["talks"]?.details?.links == [
        slides, link("https://example.org/b"),
      ])
    let fewer = try rows("https://example.org/talk", choices: .init(all: .theirs))
    #expect(
      try after(fewer, in: given([slides])).state().timetable.sessions["talks"]?.details?.links == nil)
    // A table takes no link from a presentation, and says so.
    let note = "A link of a presentation of “talks” is not in the table, and stays: https://example.org/talk"
    func notes(_ row: ProgramImport.Command) throws -> [String] {
      try ProgramImport.left(row, in: given([slides]).state()).notes
    }
    let without = try rows("https://example.org/foli%C3%A9")
    #expect(try changes(without, in: given([slides])) == [])
    #expect(try notes(without) == [note])
    #expect(try notes(command([row { $0.emptied = ["links"] }])) == [note])
    #expect(try notes(both) == [])
    #expect(try notes(command([row()])) == [])
  }

  @Test func `fills what is empty here without a question`() throws {
    let empty = here.and(SessionRevised(session: "talks") { $0.cleared = [.description] })
    #expect(try clashes(command([row()]), in: empty) == [])
    #expect(
      try after(command([row()]), in: empty).state().timetable.sessions["talks"]?.details?.description
        == ["en": "Costs *10.5* [here](https://example.org/a)."])
  }

  @Test func `says which titles and languages are empty in it, and stay`() throws {
    let spoken = here.and(SessionRevised(session: "talks") { $0.languages = ["en", "zh"] })
    let emptied = command([
      row {
        $0.titleLanguages = ["en", "ru", "zh"]
        $0.emptied = ["languages"]
      }
    ])
    #expect(try changes(emptied, in: spoken) == [])
    #expect(
      try ProgramImport.left(emptied, in: spoken.state()).notes == [
        "The title of “talks” in the language zh is empty in the table, and stays.",
        "The languages of “talks” are empty in the table, and stay.",
      ])
  }

  // Who takes part

  @Test func `adds who is new in a part, and asks before somebody loses it`() throws {
    let more = command(
      [row { $0.parts.append(.init(person: 1, role: .speaker)) }], people: ["Ott, Ann", "Li, Bo"])
    #expect(
      try changes(more).last
        == .scheduling(.personAssigned(PersonAssigned(session: "talks", person: "bo-li", role: .speaker))))
    func replaced(_ choices: ProgramImport.Choices = .init()) -> ProgramImport.Command {
      command([row { $0.parts = [.init(person: 0, role: .speaker)] }], choices, people: ["Li, Bo"])
    }
    #expect(try clashes(replaced()) == ["speaker: Bo Li, not Ann Ott"])
    #expect(
      Array(try changes(replaced(.init(all: .theirs))).dropFirst()) == [
        .scheduling(.personUnassigned(PersonUnassigned(session: "talks", person: "ann", role: .speaker))),
        .scheduling(.personAssigned(PersonAssigned(session: "talks", person: "bo-li", role: .speaker))),
      ])
    // Nobody is registered for nothing.
    #expect(try changes(replaced(.init(all: .ours))) == [])
    let nobody = row {
      $0.parts = []
    }
    #expect(try clashes(command([nobody], people: [])) == ["speaker: nothing, not Ann Ott"])
    #expect(
      try changes(command([nobody], .init(all: .theirs), people: [])) == [
        .scheduling(.personUnassigned(PersonUnassigned(session: "talks", person: "ann", role: .speaker)))
      ])
    // A list of sessions has no such column.
    #expect(try changes(command([row { ($0.parts, $0.roles) = ([], []) }], people: [])) == [])
  }

  @Test func `adds nobody whose name several have, and says so`() throws {
    let wei = command(
      [row { $0.parts.append(.init(person: 1, role: .chair)) }], people: ["Ott, Ann", "Wang, Wei"])
    #expect(try changes(wei) == [])
    #expect(
      try ProgramImport.left(wei, in: here.state()).notes == [
        "“Wei Wang” can be wei or wei-2, so nobody was added to “talks”. To say who it is: plenary session assign talks …"
      ])
    let chaired = here.and(PersonAssigned(session: "talks", person: "wei-2", role: .chair))
    #expect(try changes(wei, in: chaired) == [])
    #expect(try ProgramImport.left(wei, in: chaired.state()).notes == [])
  }

  // Choices, states

  @Test func `whose correction was declined does not ask again, until it says something else`() throws {
    let better = row { $0.details.title = "Better" }
    let declined = try after(command([better], .init(all: .ours)))
    #expect(try ProgramImport.decide(command([better]), in: declined.state()) == [])
    #expect(
      try ProgramImport.left(command([better]), in: declined.state()).declined == ["session:talks.title"])
    #expect(try clashes(command([row { $0.details.title = "Best" }]), in: declined).count == 1)
    #expect(
      try after(command([better], .init(single: ["session:talks": .theirs])), in: declined).state().timetable
        .sessions["talks"]?.details?.title == ["en": "Better", "zh": "什么"])
    // An earlier table that is taken says nothing of a later one.
    let taken = try after(command([better], .init(all: .theirs)))
    #expect(try clashes(command([row()]), in: taken).count == 1)
  }

  @Test func `that calls a session cancelled asks, as it would of any field`() throws {
    let cancelled = row { $0.isCancelled = true }
    #expect(try clashes(command([cancelled])) == ["status: cancelled, not scheduled"])
    #expect(
      try changes(command([cancelled], .init(single: ["session:talks.status": .theirs]))).contains {
        if case .scheduling(.sessionCancelled) = $0 { true } else { false }
      })
    // It is not reinstated by a table from before, and what is corrected meanwhile is named.
    let gone = here.and(SessionCancelled(session: "talks", slots: []))
    #expect(try changes(command([row()]), in: gone) == [])
    #expect(try ProgramImport.left(command([row()]), in: gone.state()).sessions.map(\.0) == ["talks"])
    let both = row { ($0.isCancelled, $0.details.title) = (true, "Better") }
    #expect(try ProgramImport.left(command([both]), in: gone.state()).sessions.map(\.0) == ["talks"])
    #expect(try ProgramImport.left(command([cancelled]), in: gone.state()).sessions.isEmpty)
  }

  // Names

  private func form(_ text: String, _ language: Language) throws -> ShownForm {
    ShownForm(text, try NameForm(text, in: language, order: nil))
  }

  @Test func `corrects one form of a name, and keeps the others`() throws {
    let name = try PersonName([
      NameForm("Lovelace, Ada", in: "en", order: nil), NameForm("艾达", in: "zh", order: nil),
    ])
    func corrected(_ forms: ShownForm...) -> [String] {
      name.corrected(by: forms).forms.map { "\($0.language) \($0.printed)" }
    }
    let (ada, zh) = (try form("Ada Lovelace", "en"), try form("艾达", "zh"))
    #expect(name.corrected(by: [zh, ada]) == name)
    #expect(corrected(try form("Ada Lovelaze", "en"), zh) == ["en Ada Lovelaze", "zh 艾达"])
    #expect(corrected(ada, try form("艾達", "zh")) == ["en Ada Lovelace", "zh 艾達"])
    #expect(corrected(ada) == ["en Ada Lovelace"])
    #expect(corrected(ada, zh, try form("Ада", "ru")) == ["en Ada Lovelace", "zh 艾达", "ru Ада"])
    // How somebody is sorted belongs to the main form.
    let sorted = try PersonName(name.forms, sortKey: "Ada, Countess")
    #expect(sorted.corrected(by: [ada, try form("艾達", "zh")]).sortKey == "Ada, Countess")
    #expect(sorted.corrected(by: [try form("Ada Lovelaze", "en"), zh]).sortKey == "Lovelaze Ada")
  }
}
