import EventLog
import Foundation
import Interchange
import People
import Publishing
import ReadModels
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Plenary

/// What comes back of a program that was exported and imported elsewhere. The table in `RoundTrips.md` says the same.
struct `A program that is exported and imported elsewhere` {
  private static let formats: [(name: String, format: ProgramFormat)] = [
    ("schedule.xml", .xml), ("schedule.json 1", .schedule), ("schedule.json 2", .schedule2),
    ("iCalendar", .ics), ("CSV", .csv), ("XLSX", .xlsx),
  ]

  @Test func `keeps what the catalogue says, and loses the rest`() throws {
    let documented = try Self.documented()
    var measured: [String] = []
    for property in Property.all {
      let program = try property.program()
      let before = property.view(program)
      try #require(!before.isEmpty, "\(property.name) is not seen at all.")
      let marks = try Self.formats.map { name, format in
        let after = try Carried(program.exported(format), like: program).program
        return property.view(after) == before ? "kept" : "lost"
      }
      measured.append("| \(property.name) | " + marks.joined(separator: " | ") + " |")
    }
    #expect(measured == documented, "The table should be:\n\(measured.joined(separator: "\n"))")
  }

  /// The rows of the table without its head.
  private static func documented() throws -> [String] {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Interchange/Interchange.docc/RoundTrips.md").standardized
    let program = try String(contentsOf: page, encoding: .utf8).split(separator: "## The record")[0]
    let lines = program.split(separator: "\n").map(String.init)
    return Array(lines.filter { $0.hasPrefix("| ") }.dropFirst(1))
  }

  @Test(
    .enabled(if: !Real.schedules.isEmpty, "The published schedules are not beside the project."),
    arguments: Real.schedules)
  func `has every title, time and room again, in each format, however its first file was written`(
    file: String
  ) throws {
    guard let program = try Carried(real: file)?.program else { return }
    #expect(!program.slots.isEmpty)
    for (name, format) in Self.formats {
      let again = try Carried(program.exported(format), like: program).program
      // Cancelled sessions are not in the older formats, and names of rooms not in tables.
      let (cancelled, rooms) = (![.xml, .schedule].contains(format), ![.csv, .xlsx].contains(format))
      let expected = Property.places(program, cancelled: cancelled, rooms: rooms)
      let found = Property.places(again, cancelled: cancelled, rooms: rooms)
      let missing = Set(expected).subtracting(found).sorted()
      #expect(missing.isEmpty, "\(name) of \(file) lacks \(missing.prefix(3)) of \(expected.count)")
    }
  }

  /// The schema of c3voc lies beside the project, in `../shared`.
  @Test(
    .enabled(
      if: !Real.schedules.isEmpty && Real.hasSchema,
      "The published schedules and the schema are not beside the project, or there is no xmllint."),
    arguments: Real.schedules + Real.fullSize)
  func `is valid schedule.xml, also where its first file was not`(file: String) throws {
    guard let program = try Carried(real: file)?.program else { return }
    #expect(try Real.faults(in: program.exported(.xml)) == "", "\(file)")
  }
}

/// A way to look at a program: what of it is compared.
private struct Property: Sendable {
  let name: String
  /// What the program has beside one session, with which the property is seen.
  let events: [any EventBody]
  let view: @Sendable (ProgramModel) -> [String]

  func program() throws -> ProgramModel {
    var events: [any EventBody] = [
      ConferenceOpened(
        title: ["en": "Berlin", "de": "Berlin"], firstDay: "2016-06-01", lastDay: "2016-06-03",
        zone: "Europe/Berlin"
      ) { $0.languages = ["en", "de"] },
      RoomAdded(room: "aula", name: ["en": "Aula"]),
      SessionScheduled(
        session: "first", title: ["en": "The first"], kind: .session, slot: try Self.slot("2016-06-01", 9)),
    ]
    events += self.events
    var program = ProgramModel()
    for (index, body) in events.enumerated() { try program.take(body, at: index + 1) }
    return program
  }

  private static func slot(_ day: CalendarDate, _ hour: Int) throws -> Slot {
    func time(_ hour: Int) -> ZonedTime {
      ZonedTime(date: day, minuteOfDay: hour * 60, offset: 120, zone: "Europe/Berlin")
    }
    return try Slot(room: "aula", start: time(hour), end: time(hour + 1))
  }

  private static func revised(_ build: (inout SessionDetails.Changes) -> Void) -> SessionRevised {
    SessionRevised(session: "first", build)
  }

  private static let ada = SpeakerRegistered(person: "ada", name: name("Lovelace, Ada")) {
    $0.biography = ["en": "Wrote the first program."]
  }

  private static func name(_ text: String) -> PersonName {
    try! PersonName([NameForm(text, in: .english, order: nil)])
  }

  static let all: [Property] = [
    Property(name: "title, in the first language", events: []) { $0.titles },
    Property(
      name: "title, in all languages",
      events: [revised { $0.title = ["en": "The first", "de": "Die erste"] }]
    ) { program in program.each { $0.details.title.entries.map { "\($0.language) \($0.text)" } } },
    Property(name: "time", events: []) { program in program.each { $0.liveSlots.map(\.slot.times) } },
    Property(name: "room", events: []) { program in
      program.each { session in session.liveSlots.map { program.room($0.slot.room) } }
    },
    Property(name: "seats of a room", events: [RoomRevised(room: "aula") { $0.capacity = 300 }]) { program in
      program.rooms.rows.compactMap { room in room.details.capacity.map { "\(program.room(room.id)) \($0)" } }
    },
    Property(
      name: "several slots of one session",
      events: [SlotAdded(session: "first", number: 2, slot: try! slot("2016-06-02", 14))]
    ) { program in program.each { ["\($0.liveSlots.count)"] } },
    Property(name: "cancelled session", events: [SessionCancelled(session: "first", slots: [])]) { program in
      program.sessions.rows.map { "\($0.details.title.entries[0].text) \($0.cancelled)" }
    },
    Property(name: "kind", events: [revised { $0.kind = .keynote }]) { program in
      program.each { [$0.details.kind.rawValue] }
    },
    Property(
      name: "track",
      events: [TrackAdded(track: "economy", name: ["en": "Economy"]), revised { $0.track = "economy" }]
    ) { program in program.each { [$0.details.track.map { program.track($0) } ?? ""] } },
    Property(
      name: "color of a track",
      events: [
        TrackAdded(track: "economy", name: ["en": "Economy"]) { $0.color = "#2f6b5b" },
        revised { $0.track = "economy" },
      ]
    ) { program in program.tracks.rows.compactMap(\.details.color) },
    Property(name: "description", events: [revised { $0.description = ["en": "What to expect."] }]) {
      program in
      program.each { [$0.details.description?.entries[0].text ?? ""] }
    },
    Property(
      name: "formula in a text", events: [revised { $0.description = ["en": "=1+1, as they say"] }]
    ) { program in program.each { [$0.details.description?.entries[0].text ?? ""] } },
    Property(
      name: "who takes part",
      events: [ada, PersonAssigned(session: "first", person: "ada", role: .speaker)]
    ) { program in program.each { $0.people.map { program.name($0) } } },
    Property(
      name: "role of a person",
      events: [ada, PersonAssigned(session: "first", person: "ada", role: .chair)]
    ) { program in program.each { $0.assignments.map { "\($0.role) \(program.name($0.person))" } } },
    Property(
      name: "biography", events: [ada, PersonAssigned(session: "first", person: "ada", role: .speaker)]
    ) { program in program.people.rows.compactMap { $0.details.biography?.entries[0].text } },
    Property(
      name: "affiliation",
      events: [
        ada, PersonAssigned(session: "first", person: "ada", role: .speaker),
        AffiliationStated(
          person: "ada", number: 1, affiliation: Affiliation(organisation: ["en": "Engines"])),
      ]
    ) { program in
      program.people.rows.flatMap { $0.affiliations.map { $0.affiliation.organisation.entries[0].text } }
    },
    Property(
      name: "presentations",
      events: [
        PresentationAdded(session: "first", presentation: Presentation("talk", title: ["en": "A talk"]))
      ]
    ) { program in program.each { $0.presentations.map { $0.title.entries[0].text } } },
    Property(name: "language", events: [revised { $0.languages = ["de"] }]) { program in
      program.each { $0.details.languages.map(\.tag) }
    },
    Property(
      name: "link",
      events: [revised { $0.links = [try! Link(.related, "https://example.org/more")] }]
    ) { program in program.each { ($0.details.links ?? []).map(\.url) } },
    Property(
      name: "may not be recorded", events: [revised { $0.recording = Recording(.notPermitted) }]
    ) { program in program.each { [$0.details.recording?.permission.rawValue ?? ""] } },
  ]

  /// Title, time and room of each slot, without the number of the slot that some formats have in the title.
  static func places(_ program: ProgramModel, cancelled: Bool, rooms: Bool) -> [String] {
    program.slots.filter { cancelled || !$0.cancelled }.map { entry in
      let title = entry.session.details.title.best([.english]).text
        .replacing(/[\u{2066}-\u{2069}\u{200E}\u{200F}\u{61C}]/, with: "").replacing(
          /\s*\(\d+\/\d+\)$/, with: "")
      return "\(title) · \(entry.slot.times)" + (rooms ? " · \(program.room(entry.slot.room))" : "")
    }.sorted()
  }
}

extension ProgramModel {
  fileprivate var titles: [String] { each { [$0.details.title.entries[0].text] } }

  fileprivate func room(_ id: RoomID) -> String { rooms[id.slug]?.details.name.entries[0].text ?? id.slug }
  fileprivate func track(_ id: TrackID) -> String { tracks[id.slug]?.details.name.entries[0].text ?? id.slug }
  fileprivate func name(_ id: PersonID) -> String {
    people[id.slug]?.details.name.forms[0].printed ?? id.slug
  }

  /// What is said of each session, in the order of the titles. A program without sessions is never the same as one with them.
  fileprivate func each(_ look: (SessionRow) -> [String]) -> [String] {
    sessions.rows.filter { !$0.cancelled }.sorted {
      $0.details.title.entries[0].text < $1.details.title.entries[0].text
    }
    .flatMap { look($0).filter { !$0.isEmpty } }
  }

  fileprivate func exported(_ format: ProgramFormat) throws -> Data {
    try ProgramPublication(self, Checkpoint(), conference: "berlin").export(format)
  }

  fileprivate mutating func take(_ body: any EventBody, at position: Int) throws {
    let stored = try StoredBody(body)
    let event = RecordedEvent(
      conference: "berlin", position: position, type: type(of: body).type, version: type(of: body).version,
      tags: body.tags.map(\.text), body: stored.text, words: stored.words?.json, actor: "anna", reason: nil,
      commandID: "", recordedAt: Timestamp(microseconds: 1_464_000_000_000_000 + Int64(position)), leaf: [])
    try apply(try LoggedEvent(event), event.origin)
  }
}

/// A file that was imported into a conference without anything.
private struct Carried {
  var program = ProgramModel()

  /// A real file, into a conference that has its days and zone. Nil for one without times, such as a list of speakers.
  init?(real file: String) throws {
    let facts = try Self.read(Data(contentsOf: Real.folder.appending(path: file)), file)
    guard facts.sessions.contains(where: { !$0.slots.isEmpty }) else { return nil }
    try self.init(facts, Self.conference(facts))
  }

  /// An export, into a conference that was opened like the first one.
  init(_ data: Data, like original: ProgramModel) throws {
    let details = try #require(original.conference?.details)
    try self.init(Self.read(data, "export"), ConferenceOpened(details: details))
  }

  private static func read(_ data: Data, _ name: String) throws -> ForeignConference {
    try Interchange.read(ForeignSource(ForeignSource.File(name: name, bytes: [UInt8](data)))).conference
  }

  private init(_ facts: ForeignConference, _ opened: ConferenceOpened) throws {
    let reader = try ImportReader(facts, into: ConferenceFacts(opened.details))
    let command = ProgramImport.Command(
      source: "elsewhere", format: "file", sha256: "", wanted: reader.wanted, choices: .init(),
      cancelsMissing: true, clearsMissing: true,
      keys: ImportKeys([:], fresh: .random(), conference: "berlin", commandID: commandID("import")))
    var state = ProgramImport.initial
    try ProgramImport.evolve(&state, Self.recorded(opened))
    try program.take(opened, at: 1)
    for (index, event) in try ProgramImport.decide(command, in: state).enumerated() {
      try program.take(event.body, at: index + 2)
    }
  }

  private static func recorded(_ body: some EventBody) throws -> RecordedEvent {
    RecordedEvent(
      conference: "berlin", position: 1, type: type(of: body).type, version: 1, tags: body.tags.map(\.text),
      body: try StoredBody(body).text, actor: "anna", reason: nil, commandID: "",
      recordedAt: Timestamp(microseconds: 0), leaf: [])
  }

  private static func conference(_ facts: ForeignConference) -> ConferenceOpened {
    var days = [facts.firstDay, facts.lastDay].compactMap { $0.flatMap { try? CalendarDate($0) } }
    for slot in facts.sessions.flatMap(\.slots) {
      switch slot.start {
      case .instant(let microseconds, _): days.append(Timestamp(microseconds: microseconds).date)
      case .wall(let date, _): if let day = try? CalendarDate(date) { days.append(day) }
      }
    }
    let first = days.min() ?? CalendarDate("2026-01-01")
    let last = min(days.max() ?? first, first.adding(days: 30))
    let zone = facts.zone.flatMap { try? ZoneRules(system: $0, days: first...last).zone }
    return ConferenceOpened(
      title: ["en": "Conference"], firstDay: first, lastDay: last, zone: zone ?? "Europe/Berlin"
    ) { $0.languages = ["en"] }
  }
}

/// Schedules that conferences published; they lie beside the project, in `../shared`.
private enum Real {
  private static let shared = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared").standardized
  static let folder = shared.appending(path: "data")

  /// The smaller ones. Exporting and reading a large one six times takes minutes, and has no other fields.
  static let schedules: [String] = ["schedules_xml", "schedules_json"].flatMap { folder in
    let path = Self.folder.appending(path: folder).path
    var left = 450_000
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasSuffix(".xml") || $0.hasSuffix(".json") }
      .map { name -> (name: String, size: Int) in
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return (name, (attributes?[.size] as? Int) ?? 0)
      }
      .sorted { ($0.size, $0.name) < ($1.size, $1.name) }
      .prefix { file in
        left -= file.size
        return left >= 0
      }
      .map { "\(folder)/\($0.name)" }
  }

  /// Whole conferences, which are exported once.
  static let fullSize = ["fosdem_2024_pretalx_late.xml", "33c3.xml"].map { "schedules_xml/\($0)" }
    .filter { FileManager.default.fileExists(atPath: Self.folder.appending(path: $0).path) }

  private static let schema = shared.appending(path: "schemas/c3voc/schedule.xml.xsd")
  private static let xmllint = "/usr/bin/xmllint"

  static var hasSchema: Bool {
    FileManager.default.fileExists(atPath: schema.path)
      && FileManager.default.isExecutableFile(atPath: xmllint)
  }

  /// What xmllint finds; empty for a valid document.
  static func faults(in document: Data) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "plenary-\(UUID().uuidString).xml")
    try document.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: xmllint)
    process.arguments = ["--nonet", "--noout", "--schema", schema.path, file.path]
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? "" : String(text.prefix(2000))
  }
}
