import EventLog
import SmallConference
import Specification
import Testing
import Vocabulary

@testable import People
@testable import ReadModels
@testable import Scheduling

@Suite struct `The keys of other programs` {
  private static let opening = session("opening", slot("aula", 9, 10))

  private func imported(
    _ keys: String..., of tag: EventLog.Tag = .init(stored: "session:opening"),
    by source: ImportSource = "pretalx"
  ) -> FileImported {
    FileImported(
      source: source, format: "schedule.xml", sha256: "00",
      facts: [ImportedFact(of: tag, keys: keys, digests: ["title": "00112233aabb"])])
  }

  private func undone(_ keys: String..., digests: [String: String] = [:]) -> ImportUndone {
    ImportUndone(
      source: "pretalx",
      facts: [ImportedFact(of: .init(stored: "session:opening"), keys: keys, digests: digests)])
  }

  /// `pretalx code SFKNTZ`
  private func keys(_ model: ProgramModel, _ thing: String = "session:opening") -> [String] {
    model.keys.of(.init(stored: thing)).map(told)
  }

  private func told(_ key: ImportedKey) -> String { "\(key.source) \(key.kind.rawValue) \(key.key)" }

  private func program(_ events: any EventBody...) throws -> ProgramModel {
    try fold(all: events, into: ProgramModel.self)
  }

  @Test func `are there although the file's event comes before the thing, without those made of names`()
    throws
  {
    let model = try program(
      imported(
        "guid:5f1c7bde-3d2b-5c7e-9a51-0e8f6d0c2a11", "code:SFKNTZ", "title:opening", "slug:an-opening"),
      Self.opening)
    #expect(
      keys(model) == ["pretalx code SFKNTZ", "pretalx guid 5f1c7bde-3d2b-5c7e-9a51-0e8f6d0c2a11"])
  }

  @Test func `are those of the last file, of each source`() throws {
    let model = try program(
      imported("code:OLD"), Self.opening, imported("id:7", by: "frab"), imported("code:NEW", "id:1"))
    #expect(keys(model) == ["frab id 7", "pretalx code NEW", "pretalx id 1"])
    // A source whose name begins with that of another one.
    let two = try program(
      imported("id:1", by: "pre"), imported("id:2"), imported("id:3", by: "pre"), Self.opening)
    #expect(keys(two) == ["pre id 3", "pretalx id 2"])
  }

  @Test func `can have spaces and colons, and no other line`() throws {
    let model = try program(imported("id:A 7: b", "uid:x@y", "id:two\nfrab id:lines"), Self.opening)
    #expect(keys(model) == ["pretalx id A 7: b", "pretalx uid x@y"])
    // By which it is named.
    #expect(model.keys.texts(of: .init(stored: "session:opening")) == ["A 7: b", "x@y"])
  }

  @Test func `are those of the file before when an import is undone, and none when it was the first`() throws
  {
    let again = try program(
      imported("code:OLD"), Self.opening, imported("code:NEW"), undone("code:OLD", digests: ["title": "00"]))
    #expect(keys(again) == ["pretalx code OLD"])
    let gone = try program(
      imported("code:OLD"), imported("id:7", by: "frab"), Self.opening, undone("code:OLD"))
    #expect(keys(gone) == ["frab id 7"])
    #expect(try program(imported("code:OLD"), Self.opening, undone("code:OLD")).keys.count == 0)
    // The orders of attendees, too.
    let attendee = EventLog.Tag(stored: "attendee:a-1")
    let undone = ImportUndone(
      source: "pretalx", facts: [ImportedFact(of: attendee, keys: ["code:OLD"], digests: ["name": "00"])])
    let attendance = try fold(
      imported("code:OLD", of: attendee), imported("code:NEW", of: attendee), undone,
      into: AttendanceModel.self)
    #expect(attendance.keys.of(attendee).map(told) == ["pretalx code OLD"])
  }

  @Test func `are kept of sessions, rooms and speakers; of attendees elsewhere`() throws {
    let facts = ["session:opening", "room:aula", "track:energy", "person:li-wei", "attendee:a-1"].map {
      ImportedFact(of: .init(stored: $0), keys: ["id:\($0)"], digests: ["name": "00"])
    }
    let event = FileImported(source: "pretalx", format: "x", sha256: "00", facts: facts)
    let things = try fold(event, into: ProgramModel.self).keys.rows.map(\.key).sorted()
    #expect(things == ["person:li-wei", "room:aula", "session:opening"])
    #expect(try fold(event, into: AttendanceModel.self).keys.rows.map(\.key) == ["attendee:a-1"])
  }

  @Test func `of two who were merged lead to the one who stays, own ones first`() throws {
    let people: [any EventBody] = [
      speaker("li-wei"), speaker("wei-li"),
      imported("code:ZZZ", of: .init(stored: "person:wei-li")),
      imported("code:AAA", of: .init(stored: "person:li-wei")),
    ]
    let merged = try fold(
      all: people + [PersonsMerged("li-wei", into: "wei-li")], into: ProgramModel.self)
    #expect(merged.keysOfPeople.mapValues { $0.map(\.key) } == ["wei-li": ["ZZZ", "AAA"]])
    let apart = try fold(
      all: people + [
        PersonsMerged("li-wei", into: "wei-li"),
        PersonsSeparated("li-wei", from: "wei-li"),
      ], into: ProgramModel.self)
    #expect(apart.keysOfPeople.mapValues { $0.map(\.key) } == ["wei-li": ["ZZZ"], "li-wei": ["AAA"]])
  }

  @Test func `of somebody erased are gone, and no import or undo brings them back`() throws {
    let person = EventLog.Tag(stored: "person:li-wei")
    let program = try program(
      imported("code:AAA", of: person), speaker("li-wei"),
      PersonErased(person: "li-wei", positions: []), imported("code:BBB", of: person))
    #expect(keys(program, "person:li-wei") == [])
    let attendee = EventLog.Tag(stored: "attendee:a-1")
    var attendance = try fold(
      imported("code:A7B3C", of: attendee),
      AttendeeRegistered(attendee: "a-1", category: "press", listed: true, details: Sealed(base64: "")),
      into: AttendanceModel.self)
    #expect(attendance.keys.of(attendee).map(told) == ["pretalx code A7B3C"])
    try take(PersonErased(attendee: "a-1"), 3, into: &attendance)
    #expect(attendance.keys.of(attendee) == [])
    try take(
      ImportUndone(
        source: "pretalx",
        facts: [ImportedFact(of: attendee, keys: ["code:A7B3C"], digests: ["name": "00"])]),
      4, into: &attendance)
    #expect(attendance.keys.of(attendee) == [])
    #expect(attendance.keys.rows.allSatisfy { !$0.lines.contains("A7B3C") })
  }

  /// So that an export of what was released stays as it is.
  @Test func `of a released program are those of its release`() throws {
    var program = PublicProgram()
    let events: [any EventBody] = [
      opened, imported("code:OLD"), Self.opening, ProgramReleased(version: "1.0"), imported("code:NEW"),
      imported("code:DRAFT", of: .init(stored: "session:draft")), session("draft", slot("aula", 11, 12)),
    ]
    for (index, event) in events.enumerated() { try take(event, index + 1, into: &program) }
    #expect(program.released.map { keys($0) } == ["pretalx code OLD"])
    #expect(keys(program.present) == ["pretalx code NEW"])
    #expect(program.released?.keys.of(.init(stored: "session:draft")) == [])
    try take(ProgramReleased(version: "1.1"), 8, into: &program)
    #expect(program.released.map { keys($0) } == ["pretalx code NEW"])
  }

  @Test func `of a released part are those of its sessions, and of their rooms and people`() throws {
    var program = PublicProgram()
    func keyed(_ key: String, _ session: String) -> FileImported {
      imported(key, of: .init(stored: "session:\(session)"))
    }
    func of(_ thing: String, _ key: String) -> FileImported { imported(key, of: .init(stored: thing)) }
    let events: [any EventBody] = [
      opened, keyed("code:A1", "opening"), keyed("code:B1", "closing"), of("room:aula", "id:A1"),
      of("room:annex", "id:B1"), of("person:li-wei", "id:P1"), RoomAdded(room: "aula", name: "Aula"),
      RoomAdded(room: "annex", name: "Annex"), speaker("li-wei"), Self.opening,
      PersonAssigned(session: "opening", person: "li-wei", role: .speaker),
      session("closing", slot("annex", 9, 10, day: 2)), ProgramReleased(version: "1.0"),
      keyed("code:A2", "opening"), keyed("code:B2", "closing"), of("room:aula", "id:A2"),
      of("room:annex", "id:B2"), of("person:li-wei", "id:P2"),
      ProgramReleased(version: "1.1", day: "2016-06-01"),
    ]
    for (index, event) in events.enumerated() { try take(event, index + 1, into: &program) }
    let released = try #require(program.released)
    #expect(keys(released) == ["pretalx code A2"])
    #expect(keys(released, "session:closing") == ["pretalx code B1"])
    #expect(keys(released, "room:aula") == ["pretalx id A2"])
    #expect(keys(released, "room:annex") == ["pretalx id B1"])
    #expect(keys(released, "person:li-wei") == ["pretalx id P2"])
  }
}
