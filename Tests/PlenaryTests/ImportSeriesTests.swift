import EventLog
import Foundation
import Interchange
import People
import ReadModels
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Plenary

/// One conference's schedule.xml as it was published over three months; it lies beside the project, in `../shared`.
private enum Series {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/data/schedules_series/fosdem_2026").standardized

  static var files: [URL] {
    let all =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return all.filter { $0.pathExtension == "xml" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}

/// A program as its readers see it, by the other program's ids of its sessions.
private struct SeenProgram: Equatable {
  struct Session: Equatable {
    var title: LocalizedText
    var description: LocalizedText?
    var kind: SessionKind
    var track: LocalizedText?
    var links: [Link]?
    var slots: [String]
    var people: [String]
  }

  struct Person: Equatable {
    var name: PersonName
    var biography: LocalizedText?
    var affiliations: [Affiliation]
  }

  var sessions: [String: Session] = [:]
  var rooms: [String: RoomDetails] = [:]
  var tracks: [String: TrackDetails] = [:]
  var people: [String: Person] = [:]

  init(_ state: ProgramImport.State) {
    let timetable = state.timetable
    let facts = state.imports.facts.values.first ?? [:]
    for (tag, fact) in facts {
      // Of two people of one name, each has a key.
      let lasting = fact.keys.filter { !$0.hasPrefix("name:") }
      let keys = lasting.isEmpty ? fact.keys : lasting
      let slug = String(tag.text.drop { $0 != ":" }.dropFirst())
      if tag.text.hasPrefix("room:"), let room = (try? RoomID(slug)).flatMap({ timetable.rooms[$0] }),
        !room.closed
      {
        for key in keys { rooms[key] = room.details }
      } else if tag.text.hasPrefix("track:"),
        let track = (try? TrackID(slug)).flatMap({ timetable.tracks[$0] })
      {
        for key in keys { tracks[key] = track }
      } else if tag.text.hasPrefix("person:"),
        let person = (try? PersonID(slug)).flatMap({ state.speakers[$0] }),
        let details = person.details, person.status != .withdrawn
      {
        let person = Person(
          name: details.name, biography: details.biography,
          affiliations: person.affiliations.sorted { $0.key < $1.key }.map(\.value))
        for key in keys { people[key] = person }
      }
    }
    for (id, session) in timetable.sessions where session.isLive {
      guard let details = session.details,
        let key = state.imports.facts.values.lazy.compactMap({ $0[id.tag] }).first?.keys.first(where: {
          !$0.hasPrefix("title:")
        })
      else { continue }
      sessions[key] = Session(
        title: details.title, description: details.description, kind: details.kind,
        track: details.track.flatMap { timetable.tracks[$0]?.name }, links: details.links,
        slots: session.orderedSlots.map {
          "\($0.slot.times) \(timetable.rooms[$0.slot.room]?.details.name.entries[0].text ?? "")"
        },
        people: session.assignments.map {
          "\($0.role) \(timetable.people[$0.person]?.name.printed ?? "")"
        }.sorted())
    }
  }
}

struct `Importing one conference's file again and again` {
  private let opened = ConferenceOpened(
    title: "FOSDEM 2026", firstDay: "2026-01-31", lastDay: "2026-02-01", zone: "Europe/Brussels"
  ) { $0.languages = ["en"] }

  private func command(_ file: URL) throws -> ProgramImport.Command {
    let (format, facts) = try Interchange.read(
      ForeignSource(ForeignSource.File(name: file.lastPathComponent, bytes: [UInt8](Data(contentsOf: file)))))
    let reader = try ImportReader(facts, into: ConferenceFacts(opened.details))
    return ProgramImport.Command(
      source: "pretalx", format: format.name, sha256: file.lastPathComponent, wanted: reader.wanted,
      choices: .init(), cancelsMissing: true, clearsMissing: true,
      keys: ImportKeys([:], fresh: .random(), conference: "fosdem-2026", commandID: commandID("import")))
  }

  private func take(_ events: [ProgramOrPeopleEvent], into state: inout ProgramImport.State) throws {
    for event in events { try ProgramImport.evolve(&state, recorded(event.body, at: 1, of: "")) }
  }

  /// What of one is missing in the other, or is otherwise there. What only the other has was in an earlier file, and stays.
  private func differing<Value: Equatable>(_ one: [String: Value], _ other: [String: Value]) -> [String] {
    one.filter { other[$0.key] != $0.value }.keys.sorted()
  }

  private func empty() throws -> ProgramImport.State {
    var state = ProgramImport.initial
    try take([.scheduling(.conferenceOpened(opened))], into: &state)
    return state
  }

  @Test(.enabled(if: !Series.files.isEmpty, "The published schedules are not beside the project."))
  func `gives the program of the file alone at each step, and records only what differs`() throws {
    var state = try empty()
    var before = SeenProgram(state)
    for file in Series.files {
      let command = try command(file)
      let events = try ProgramImport.decide(command, in: state)
      try take(events, into: &state)
      var alone = try empty()
      try take(ProgramImport.decide(command, in: alone), into: &alone)
      let (program, wanted) = (SeenProgram(state), SeenProgram(alone))
      #expect(program.sessions.count == wanted.sessions.count, "\(file.lastPathComponent)")
      for (key, session) in wanted.sessions where program.sessions[key] != session {
        Issue.record(
          "\(file.lastPathComponent) \(key): \(String(describing: program.sessions[key])), not \(session)")
        break
      }
      #expect(differing(wanted.rooms, program.rooms) == [], "\(file.lastPathComponent)")
      #expect(differing(wanted.tracks, program.tracks) == [], "\(file.lastPathComponent)")
      #expect(differing(wanted.people, program.people) == [], "\(file.lastPathComponent)")
      #expect(wanted.people.count > 800 && wanted.rooms.count > 20 && wanted.tracks.count > 20)
      // Each session that differs for a reader has an event, and no other has.
      let keys = Set(before.sessions.keys).union(program.sessions.keys)
      let differing = keys.filter { before.sessions[$0] != program.sessions[$0] }
      let renamed = renamedPeople(events)
      // Two accounts of one name can take turns: readers see the same name.
      let others = events.filter { !($0.body is PersonAssigned) && !($0.body is PersonUnassigned) }
      #expect(
        touched(others, state).isSubset(of: differing),
        "\(file.lastPathComponent): \(touched(others, state).subtracting(differing))")
      // Somebody's new name is seen in a session that has no event itself.
      #expect(
        differing.subtracting(touched(events, state)).allSatisfy { key in
          program.sessions[key]?.people.contains { person in renamed.contains { person.hasSuffix($0) } }
            == true
        }, "\(file.lastPathComponent)")
      #expect(try ProgramImport.decide(command, in: state) == [], "\(file.lastPathComponent) again")
      before = program
    }
    #expect(before.sessions.count > 1000)
  }

  @Test(.enabled(if: Series.files.count > 1, "The published schedules are not beside the project."))
  func `and undoing the last time gives the program as it was before, and undoing the first time none`()
    throws
  {
    let files = Array(Series.files.suffix(2))
    var log = try Log(ProgramImport.decide(command(files[0]), in: empty()), after: opened)
    let (first, end) = (try log.state(), log.events.count)
    let program = try log.program()
    let next = try ProgramImport.decide(command(files[1]), in: first)
    #expect(next.count > 700)
    try log.append(next.map(\.body))
    let second = try log.state()
    #expect(SeenProgram(second) != SeenProgram(first))
    try log.undo(from: end + 1)
    let back = try log.state()
    let (seen, before) = (SeenProgram(back), SeenProgram(first))
    #expect(
      differing(before.sessions, seen.sessions) == [] && differing(seen.sessions, before.sessions) == [])
    #expect(differing(before.rooms, seen.rooms) == [] && differing(seen.rooms, before.rooms) == [])
    #expect(differing(before.tracks, seen.tracks) == [] && differing(seen.tracks, before.tracks) == [])
    #expect(differing(before.people, seen.people) == [] && differing(seen.people, before.people) == [])
    let after = try log.program()
    let diff = ProgramDiff(from: program, to: after)
    #expect(diff.sessions.isEmpty && diff.tracks.isEmpty)
    // What is not shown any more stays among the rows: closed rooms, people who have withdrawn, sessions without a slot.
    let rows = Dictionary(uniqueKeysWithValues: program.sessions.rows.map { ($0.session, $0) })
    for row in after.sessions.rows {
      let was = rows[row.session]
      if was == nil { #expect(row.status == .unscheduled, "\(row.session)") }
      guard let was else { continue }
      let same =
        row.details == was.details && row.status == was.status && row.assignments == was.assignments
        && row.liveSlots.map(\.slot) == was.liveSlots.map(\.slot)
      #expect(same, "\(row.session)")
    }
    #expect(try ProgramImport.decide(command(files[0]), in: back) == [])

    try log.undo(from: 2, to: end)
    let none = SeenProgram(try log.state())
    #expect(none.sessions.isEmpty && none.rooms.isEmpty && none.tracks.isEmpty && none.people.isEmpty)
  }

  /// The sessions that events are about.
  private func touched(_ events: [ProgramOrPeopleEvent], _ state: ProgramImport.State) -> Set<String> {
    Set(
      events.flatMap(\.body.tags).filter { $0.text.hasPrefix("session:") }.compactMap { tag in
        state.imports.facts["pretalx"]?[tag]?.keys.first { !$0.hasPrefix("title:") }
      })
  }

  private func renamedPeople(_ events: [ProgramOrPeopleEvent]) -> [String] {
    events.compactMap { event in
      if case .people(.speakerRevised(let body)) = event { body.changes.name?.printed } else { nil }
    }
  }
}

private func recorded(_ body: any EventBody, at position: Int, of command: String) throws -> RecordedEvent {
  let stored = try StoredBody(body)
  return RecordedEvent(
    conference: "fosdem-2026", position: position, type: type(of: body).type,
    version: type(of: body).version, tags: body.tags.map(\.text), body: stored.text,
    words: stored.words?.json, actor: "anna", reason: nil, commandID: command,
    recordedAt: "2026-01-01T09:00:00Z", leaf: [])
}

/// The events of a conference into which files are imported, as a log keeps them.
private struct Log {
  private(set) var events: [RecordedEvent] = []
  private var commands = 0

  init(_ imported: [ProgramOrPeopleEvent], after opened: ConferenceOpened) throws {
    try append([opened])
    try append(imported.map(\.body))
  }

  mutating func append(_ bodies: [any EventBody]) throws {
    commands += 1
    for body in bodies { events.append(try recorded(body, at: events.count + 1, of: "\(commands)")) }
  }

  mutating func undo(from first: Int, to last: Int? = nil) throws {
    let last = last ?? events.count
    let tags = Set(events[(first - 1)..<last].flatMap(\.tags)).sorted().map(EventLog.Tag.init(stored:))
    let undo = Undo.Command(
      commandID: "undo", first: first, last: last, tags: tags,
      rules: ZoneRules(zone: "Europe/Brussels", offset: 60))
    var state = Undo.initial
    for event in events { try Undo.evolve(&state, event) }
    try append(Undo.decide(undo, in: state).map(\.body))
  }

  func state() throws -> ProgramImport.State {
    var state = ProgramImport.initial
    for event in events { try ProgramImport.evolve(&state, event) }
    return state
  }

  func program() throws -> ProgramModel {
    var program = ProgramModel()
    for event in events { try program.apply(try LoggedEvent(event), event.origin) }
    return program
  }
}
