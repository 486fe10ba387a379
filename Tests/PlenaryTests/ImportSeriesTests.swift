import EventLog
import Foundation
import Interchange
import People
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

  var sessions: [String: Session] = [:]

  init(_ state: ProgramImport.State) {
    let timetable = state.timetable
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
    for event in events {
      let body = event.body
      try ProgramImport.evolve(
        &state,
        RecordedEvent(
          conference: "fosdem-2026", position: 1, type: type(of: body).type, version: type(of: body).version,
          tags: body.tags.map(\.text), body: StoredBody(body).text, words: StoredBody(body).words?.json,
          actor: "anna", reason: nil, commandID: "", recordedAt: "2026-01-01T09:00:00Z", leaf: []))
    }
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
