import EventLog
import Foundation
import JSON
import People
import Vocabulary

/// (h) Imports and scripts, as whole processes: a program of 874 sessions and 948 people, and the same file again;
/// the same as schedule.json; 100,000 attendees from a table, and a search among them; a script of 3,000 commands. Each
/// import beside a program that only reads the same file.
func measureImports(_ bench: Bench) async throws -> [Figure] {
  let folder = FileManager.default.temporaryDirectory.appending(path: "plenary-bench-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  var files = ImportedFiles()
  let schedule = folder.appending(path: "schedule.xml").path
  try files.schedule(sessions: 874, people: 948).write(toFile: schedule, atomically: true, encoding: .utf8)
  var figures = try bench.importing(schedule, as: "generated")
  figures += try bench.importingJSON(
    of: "import-generated-1", by: folder.appending(path: "schedule.json").path)
  let real = "../shared/data/schedules_xml/fosdem_2024_pretalx_late.xml"
  if access(real, R_OK) == 0 {
    figures += try bench.importing(real, as: "fosdem")
  } else {
    figures.append(
      Figure(
        name: "(h) plenary import of FOSDEM 2024", measured: "",
        limit: .skipped("the directory ../shared is missing")))
  }
  let attendees = folder.appending(path: "attendees.csv").path
  try files.attendees(100_000).write(toFile: attendees, atomically: true, encoding: .utf8)
  figures += try bench.importingAttendees(attendees)
  let script = folder.appending(path: "program.plenary").path
  let commands = files.script(sessions: 1_000)
  try commands.joined(separator: "\n").write(toFile: script, atomically: true, encoding: .utf8)
  return figures + (try bench.running(script, commands: commands.count))
}

extension Bench {
  private func open(_ conference: String, _ firstDay: String, _ lastDay: String) throws {
    try runPlenary(
      "conference", "open", conference, "--title", "en=Imported", "--first-day", firstDay, "--last-day",
      lastDay, "--zone", "Europe/Brussels")
  }

  /// An import into an empty conference, and the same file again.
  fileprivate func importing(_ file: String, as conference: String) throws -> [Figure] {
    try importing(file, "schedule.xml", as: conference, beside: reading("xmllint", "--stream", file))
  }

  /// The program of another conference as schedule.json.
  fileprivate func importingJSON(of other: String, by file: String) throws -> [Figure] {
    try runPlenary("program", "release", "1.0", "--conference", other)
    try runPlenary("program", "export", "schedule", "--output", file, "--conference", other)
    return try importing(
      file, "schedule.json", as: "json", beside: reading("python3", "-m", "json.tool", file, "/dev/null"))
  }

  private func importing(
    _ file: String, _ format: String, as conference: String, beside parse: (what: String, seconds: Double)?
  ) throws -> [Figure] {
    say("importing a program (\(conference)) …")
    var (first, again): ([ProcessUse], [ProcessUse]) = ([], [])
    for run in 1...3 {
      let conference = "import-\(conference)-\(run)"
      try open(conference, "2024-02-03", "2024-02-04")
      first.append(try runPlenary("import", file, "--json", "--conference", conference))
      again.append(try runPlenary("import", file, "--json", "--conference", conference))
    }
    return [
      figure("plenary import \(format), 874 sessions (\(conference))", first, parse, seconds: 2),
      figure("the same file again (\(conference))", again, parse, seconds: 1),
    ]
  }

  fileprivate func importingAttendees(_ file: String) throws -> [Figure] {
    let conference = "import-attendees"
    try open(conference, "2024-02-03", "2024-02-04")
    let parse = reading(
      "python3", "-c", "import csv, sys\nfor row in csv.reader(open(sys.argv[1])): pass", file)
    say("importing 100,000 attendees …")
    let first = try runPlenary("import", file, "--json", "--conference", conference)
    let again = try runPlenary("import", file, "--json", "--conference", conference)
    // Now the read model is brought up to date.
    let built = try runPlenary("attendee", "list", "ross", "--conference", conference)
    let searches = try (0..<3).map { _ in
      try runPlenary("attendee", "list", "ross", "--conference", conference)
    }
    return [
      figure("plenary import attendees.csv, 100,000", [first], parse, seconds: 20, megabytes: 400),
      figure("the same file again", [again], parse, seconds: 20, megabytes: 400),
      figure("plenary attendee list ross, after the import", [built], nil, seconds: nil),
      figure("plenary attendee list ross, 100,000", searches, nil, seconds: nil),
      try searching(100_000),
    ]
  }

  /// The search alone, among details that are decrypted.
  private func searching(_ count: Int) throws -> Figure {
    let details = try (0..<count).map { number in
      let name = ["Ada Ross", "Emma Brown", "Łukasz Nowak", "Anna Rossi", "李薇"][number % 5] + " \(number)"
      var details = try AttendeeDetails(name: PersonName([NameForm(name, in: .english, order: nil)]))
      details.organisation = LocalizedText([.english: "Institute of Tides \(number % 97)"])
      return (slug: "a-\(number)", json: Array(try JSONText.encode(details).utf8))
    }
    let search = SearchWords("ross")
    let clock = ContinuousClock()
    let seconds = try (0..<5).map { _ in
      let start = clock.now
      let found = details.parallelMap { slug, json in
        guard json.withUnsafeBufferPointer({ search.mayBeFound(inJSON: $0, or: slug) }),
          let details = try? JSONText.decode(
            AttendeeDetails.self, from: String(decoding: json, as: UTF8.self))
        else { return false }
        return search.areFound(in: [slug] + details.identifyingTexts)
      }
      guard found.count(where: \.self) == count / 5 * 2 else { throw WrongSearch() }
      return start.duration(to: clock.now).seconds
    }
    return Figure(
      name: "(h) the search alone, \(count) attendees in memory", measured: "\(tenths(median(seconds), 2)) s",
      limit: .absolute("< 1.0 s", kept: median(seconds) < 1))
  }

  private struct WrongSearch: Error, CustomStringConvertible {
    var description: String { "The search found too many people, or too few." }
  }

  fileprivate func running(_ script: String, commands: Int) throws -> [Figure] {
    let conference = "script"
    try open(conference, "2024-02-03", "2024-02-12")
    say("running \(commands) commands …")
    let first = try runPlenary("run", script, "--conference", conference)
    let again = try runPlenary("run", script, "--conference", conference)
    return [("plenary run, \(commands) commands", first), ("the same script again", again)].map { name, use in
      let rate = Double(commands) / use.seconds
      return Figure(
        name: "(h) \(name)", measured: "\(Int(rate))/s, \(Int(use.megabytes)) MB",
        limit: .absolute("≥ 1000/s", kept: rate >= 1_000))
    }
  }

  private func figure(
    _ name: String, _ uses: [ProcessUse], _ reference: (what: String, seconds: Double)?,
    seconds limit: Double?,
    megabytes: Double? = nil
  ) -> Figure {
    let seconds = median(uses.map(\.seconds))
    let memory = uses.map(\.megabytes).max() ?? 0
    let words = [limit.map { "< \(tenths($0)) s" }, megabytes.map { "< \(Int($0)) MB" }].compactMap(\.self)
    return Figure(
      name: "(h) \(name)", measured: "\(tenths(seconds, 2)) s, \(Int(memory)) MB",
      against: reference.map { "\($0.what) \(milliseconds($0.seconds))" } ?? "",
      ratio: reference.map { seconds / $0.seconds },
      limit: words.isEmpty
        ? .none
        : .absolute(
          words.joined(separator: ", "),
          kept: seconds < limit ?? .infinity && memory < megabytes ?? .infinity))
  }

  /// What another program takes to read a file; nil if it is not installed.
  private func reading(_ program: String, _ arguments: String...) -> (what: String, seconds: Double)? {
    let uses = (0..<3).compactMap { _ in try? runProcess(["/usr/bin/env", program] + arguments) }
    return uses.isEmpty ? nil : (program, median(uses.map(\.seconds)))
  }
}

/// Writes the files that are imported. Every run writes the same ones.
private struct ImportedFiles {
  private var state: UInt64 = 2024

  /// A schedule.xml with two days and 30 rooms.
  mutating func schedule(sessions: Int, people: Int) -> String {
    let rooms = 30
    var days: [String] = []
    var number = 0
    for day in 0..<2 {
      var xml = ""
      for room in 0..<rooms {
        xml += "<room name=\"Hall \(room + 1)\">\n"
        let places = (sessions + 2 * rooms - 1) / (2 * rooms)
        for place in 0..<places where number < sessions {
          xml += event(number, day: day, place: place, room: room, people: people)
          number += 1
        }
        xml += "</room>\n"
      }
      let date = "2024-02-0\(3 + day)"
      days.append(
        "<day index=\"\(day + 1)\" date=\"\(date)\" start=\"\(date)T08:00:00+01:00\" end=\"\(date)T23:59:00+01:00\">\n\(xml)</day>\n"
      )
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <schedule>
      <version>1</version>
      <conference>
      <acronym>generated</acronym><title>Generated</title><start>2024-02-03</start><end>2024-02-04</end><days>2</days>
      <timeslot_duration>00:05</timeslot_duration><time_zone_name>Europe/Brussels</time_zone_name>
      </conference>
      \(days.joined())</schedule>

      """
  }

  private mutating func event(_ number: Int, day: Int, place: Int, room: Int, people: Int) -> String {
    let minutes = 480 + place * 50
    let start = "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
    let persons = (0..<(1 + number % 2)).map { index in
      let person = (number + index * 437) % people
      return "<person id=\"\(person + 1)\">\(name(person))</person>"
    }
    let abstract = (0..<3).map { _ in "&lt;p&gt;\(sentence(300))&lt;/p&gt;" }.joined(separator: "\n")
    return """
      <event guid="00000000-0000-4000-8000-\(String(1_000_000_000_000 + number).dropFirst())" id="\(number + 1)">
      <date>2024-02-0\(3 + day)T\(start):00+01:00</date><start>\(start)</start><duration>00:45</duration>
      <room>Hall \(room + 1)</room><slug>generated-\(number)</slug><url>https://conference.example/\(number)</url>
      <title>\(sentence(50)) \(number)</title><subtitle></subtitle><track>Track \(number % 20 + 1)</track>
      <type>talk</type><language>en</language>
      <abstract>\(abstract)</abstract><description>\(sentence(200))</description>
      <persons>\(persons.joined())</persons>
      <links><link href="https://conference.example/\(number)/video">Video</link></links>
      </event>

      """
  }

  /// Each has another address; one in about eighty is called Ross.
  mutating func attendees(_ count: Int) -> String {
    var csv = "Name,E-mail,Organisation,Position,Country,Category\n"
    for number in 0..<count {
      csv +=
        "\"\(name(random(80 * 95)))\",person.\(number)@conference.example,University of \(pick(Self.cities)),\(pick(Self.offices)),"
        + "\(pick(Self.countries)),\(pick(["delegate", "delegate", "press", "staff"]))\n"
    }
    return csv
  }

  /// Commands as an organizer's own program would write them: ten rooms, then speakers, sessions that they have, and
  /// attendees.
  mutating func script(sessions: Int) -> [String] {
    let rooms = 10
    var commands = (0..<rooms).map { "room add hall-\($0) --name 'en=Hall \($0)' --capacity 200" }
    commands += (0..<sessions).map { "speaker register speaker-\($0) --name 'en=\(name($0))'" }
    for number in 0..<sessions {
      let (turn, room) = number.quotientAndRemainder(dividingBy: rooms)
      let (day, place) = turn.quotientAndRemainder(dividingBy: 12)
      let minutes = 480 + place * 60
      let date = "2024-02-\(twoDigits(3 + day))"
      commands.append(
        "session schedule session-\(number) --title 'en=\(sentence(50))' --room hall-\(room) "
          + "--start '\(date) \(twoDigits(minutes / 60)):00' --end \(twoDigits(minutes / 60)):45 --speaker speaker-\(number)"
      )
    }
    commands += (0..<sessions).map { number in
      "attendee register --name 'en=\(name(number * 7))' --email person.\(number)@conference.example"
    }
    return commands
  }

  private func name(_ number: Int) -> String {
    let family = number / Self.given.count
    return
      "\(Self.given[number % Self.given.count]) \(Self.family[family % Self.family.count])\(family < Self.family.count ? "" : " \(Self.cities[family / Self.family.count % Self.cities.count])")"
  }

  private mutating func sentence(_ characters: Int) -> String {
    var sentence = pick(Self.words)
    while sentence.utf8.count < characters { sentence += " " + pick(Self.words) }
    return sentence
  }

  private mutating func pick(_ choices: [String]) -> String { choices[random(choices.count)] }

  /// Knuth's linear congruential generator (MMIX).
  private mutating func random(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  private static let given = [
    "Anna", "Boris", "Chen", "Dmitri", "Elena", "Fatima", "Georg", "Hui", "Ivan", "Jing", "Søren", "Paweł",
  ]
  private static let family = [
    "Petrova", "Schmidt", "Wang", "Karimov", "Sato", "Ross", "Feng", "García", "Nowak", "Jensen", "Okafor",
    "Lindqvist",
  ]
  private static let cities = [
    "Shanghai", "Kazan", "Almaty", "Vienna", "Tashkent", "Novosibirsk", "Ghent", "Lagos",
  ]
  private static let countries = ["China", "Russia", "Austria", "Belgium", "Nigeria", "Kazakhstan"]
  private static let offices = ["Professor", "Dean", "Director", "Senior Fellow", "Adviser"]
  private static let words = [
    "trade", "between", "the", "regions", "has", "grown", "faster", "than", "expected", "while", "corridors",
    "remain", "underfinanced", "governments", "should", "agree", "on", "common", "rules", "for", "investment",
  ]
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
