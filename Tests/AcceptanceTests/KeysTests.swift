import Foundation
import Testing

/// Files of real conferences, which lie beside the project.
private let data = URL(filePath: #filePath).deletingLastPathComponent().appending(
  path: "../../../shared/data"
)
.standardized
private let hasData = FileManager.default.fileExists(atPath: data.appending(path: "INDEX.tsv").path)

@Suite(.timeLimit(.minutes(40))) struct `The key of another program` {
  private static let sessions = """
    ID,Proposal title,Date,Start Time,Duration,Room,Speaker names
    SFKNTZ,Grids of tomorrow,2016-06-01,10:00,45,Aula,Paweł Nowak
    7MATXR,Storage,2016-06-01,14:00,45,Aula,Søren Kierk
    opening,Welcome,2016-06-02,14:00,45,Aula,
    """
  private static let speakers = """
    ID,Name,Biography
    3RY8PC,Paweł Nowak,He builds grids.
    9ABCDE,Søren Kierk,
    """
  /// An order of two tickets, as pretix has it.
  private static let attendees = """
    Order code,Attendee name,Email,Company
    A7B3C,"Lovelace, Ada",ada@example.org,Engines
    ZZZZZ,"Li, Bo",bo@example.org,
    ZZZZZ,"Li, Na",bo@example.org,
    4711,"Zork, Quillon",,
    """

  private func written(_ text: String, _ name: String) throws -> String {
    let file = "\(Plenary.home)/keys-\(UUID().uuidString)-\(name)"
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  private func imported(_ plenary: Plenary, _ files: String...) async throws {
    for (number, text) in files.enumerated() {
      try await plenary.done("import", written(text, "\(number).csv"), "--source", "pretalx")
    }
  }

  @Test func `names a session and a speaker, wherever a part of a name does`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await imported(plenary, Self.sessions, Self.speakers)
    try await plenary("session", "show", "SFKNTZ").says(/name +grids-of-tomorrow/, /keys +pretalx id: SFKNTZ/)
    try await plenary("session", "show", "sfkntz").says(/name +grids-of-tomorrow/)
    try await plenary("speaker", "show", "3RY8PC").says(/name +pawel-nowak/, /keys +pretalx id: 3RY8PC/)
    let moved = try await plenary.done("session", "move", "SFKNTZ", "--start", "2016-06-01 11:00", "--json")
    #expect(moved.events.contains { $0.contains("grids-of-tomorrow") }, "\(moved)")
    #expect(moved.error.contains("“SFKNTZ” is Grids of tomorrow (grids-of-tomorrow)."), "\(moved)")
    // A key in small letters looks like a short name; and what reaches far needs the whole of it.
    try await plenary.done("session", "cancel", "7matxr")
    try await plenary("session", "show", "storage").says("CANCELLED")
    try await plenary.done("speaker", "assign", "9ABCDE", "SFKNTZ", "--as", "chair")
    try await plenary("session", "list", "--person", "9ABCDE").says("grids-of-tomorrow")
    for words in ["SFKNT", "SFKNTZZ", "guid:SFKNTZ"] {
      let unknown = try await plenary("session", "show", words)
      #expect(unknown.code == 1 && unknown.error.contains("No session is called “\(words)”"), "\(unknown)")
    }
    let json = try await plenary.done("session", "show", "SFKNTZ", "--json").object
    #expect(
      json["keys"] as? [[String: String]] == [["kind": "id", "key": "SFKNTZ", "source": "pretalx"]], "\(json)"
    )
    let sessions = try await plenary.done("session", "list", "--json").list
    #expect(
      sessions.compactMap { ($0["keys"] as? [[String: String]])?.first?["key"] }.sorted() == [
        "7MATXR", "SFKNTZ", "opening",
      ])
    let listed = try await plenary.done("speaker", "list", "--json").list
    #expect(
      Set(listed.compactMap { ($0["keys"] as? [[String: String]])?.first?["key"] }) == ["3RY8PC", "9ABCDE"])
  }

  @Test func `never comes before a short name, and names two with choices`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await imported(plenary, Self.sessions)
    // The key of one is the short name of another.
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Another", "--room", "aula", "--start", "2016-06-03 10:00",
      "--end", "2016-06-03 11:00")
    try await plenary("session", "show", "opening").says("Another")
    try await plenary.done("session", "revise", "opening", "--title", "Still another")
    try await plenary("session", "show", "welcome").says("Welcome")
    // Another program has the same number for something else.
    try await plenary.done(
      "import",
      written(
        """
        ID,Title,Date,Start Time,Duration,Room
        SFKNTZ,Something else,2016-06-03,14:00,45,Aula
        """, "other.csv"), "--source", "frab")
    for command in [
      ["session", "show", "SFKNTZ"], ["session", "cancel", "SFKNTZ"],
    ] {
      let asked = try await plenary(command)
      #expect(asked.code == 1 && asked.error.contains("“SFKNTZ” can mean 2 sessions: "), "\(asked)")
      #expect(
        asked.error.contains("Grids of tomorrow (grids-of-tomorrow)")
          && asked.error.contains("Something else (something-else)"), "\(asked)")
    }
  }

  @Test func `works in a script, and for a session that a line before imported`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await imported(plenary, Self.sessions)
    let script = try written(
      """
      session revise SFKNTZ --expected 40
      session move 7MATXR --start "2016-06-01 15:00"
      """, "script.txt")
    for dry in [["--dry-run"], []] { try await plenary.done(["run", script] + dry) }
    try await plenary("session", "show", "SFKNTZ").says(/expected +40/)
    try await plenary("session", "show", "storage").says("15:00")
  }

  @Test func `goes when its import is undone, and with the next one another comes`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await imported(plenary, Self.sessions)
    let again = Self.sessions.replacing("SFKNTZ", with: "NEWKEY")
    let command = "7a1c0000-0000-4000-8000-0000000000a1"
    try await plenary.done(
      "import", written(again, "again.csv"), "--source", "frab", "--command-id", command)
    try await plenary("session", "show", "NEWKEY").says("grids-of-tomorrow")
    try await plenary("session", "show", "SFKNTZ").says("grids-of-tomorrow")
    try await plenary.done("log", "undo", command)
    #expect(try await plenary("session", "show", "NEWKEY").code == 1)
    try await plenary("session", "show", "SFKNTZ").says("grids-of-tomorrow")
    // As it was then.
    try await plenary.done("projections", "verify")
    try await plenary.done("projections", "rebuild")
    try await plenary.done("projections", "verify")
  }

  @Test func `leads to the speaker who stayed of two, and is gone with an erased one`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await imported(plenary, Self.sessions, Self.speakers)
    try await plenary.done("people", "merge", "3RY8PC", "9ABCDE")
    for key in ["3RY8PC", "9ABCDE"] {
      try await plenary("speaker", "show", key).says(/name +soren-kierk/, "9ABCDE", "3RY8PC")
    }
    try await plenary.done("speaker", "erase", "soren-kierk", "--yes")
    for key in ["3RY8PC", "9ABCDE"] { #expect(try await plenary("speaker", "show", key).code == 1) }
  }

  @Test func `is the code of an order at the door and at the desk`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = try written(Self.attendees, "attendees.csv")
    try await plenary.done("import", file, "--source", "pretix")
    try await plenary("attendee", "check-in", "A7B3C", "--dry-run").says(
      "WOULD BE CHECKED IN", "Ada Lovelace")
    try await plenary("attendee", "check-in", "a7b3c").says("CHECKED IN", "Ada Lovelace")
    let again = try await plenary("attendee", "check-in", "A7B3C")
    #expect(again.code == 1 && again.output.contains("AGAIN"), "\(again)")
    let two = try await plenary("attendee", "check-in", "ZZZZZ")
    #expect(two.code == 1 && two.error.contains("“ZZZZZ” can mean 2 attendees"), "\(two)")
    #expect(two.error.contains("Bo Li") && two.error.contains("Na Li"), "\(two)")
    // Digits are the code of a badge first.
    try await plenary("attendee", "check-in", "4711", "--dry-run").says("Quillon Zork")
    let wrong = try await plenary("attendee", "check-in", "47110815")
    #expect(
      wrong.code == 1 && wrong.error.contains("“47110815” is no code of a badge of this conference"),
      "\(wrong)")
    let desk = try await plenary("attendee", "desk", input: "4711\nZZZZZ\n1\nA7B3\nquit\n")
    #expect(
      desk.lines.map { String($0.prefix { $0 != "." && $0 != "," }) } == [
        "checked in: Quillon Zork", "“ZZZZZ” can be 2 attendees", "1  Bo Li", "2  Na Li", "checked in: Bo Li",
        "No attendee is called “A7B3”",
      ], "\(desk)")

    let shown = try await plenary.done("attendee", "show", "A7B3C", "--json").object
    #expect(
      shown["keys"] as? [[String: String]] == [["kind": "code", "key": "A7B3C", "source": "pretix"]],
      "\(shown)")
    let listed = try await plenary.done("attendee", "list", "--json").list
    #expect(
      listed.compactMap { ($0["keys"] as? [[String: String]])?.first?["key"] }.sorted() == [
        "4711", "A7B3C", "ZZZZZ", "ZZZZZ",
      ])
    let id = try #require(shown["attendee"] as? String)
    try await plenary.done("attendee", "erase", id, "--yes")
    let gone = try await plenary("attendee", "check-in", "A7B3C")
    #expect(gone.code == 1 && gone.error.contains("No attendee is called “A7B3C”"), "\(gone)")
    #expect(try await plenary.done("attendee", "show", id, "--json").object["keys"] == nil)
    // Whoever was erased stays so when the list comes again.
    try await plenary.done("import", file, "--source", "pretix")
    #expect(try await plenary("attendee", "show", "A7B3C").code == 1)
    try await plenary.done("projections", "verify")
  }
}

@Suite(.timeLimit(.minutes(40)), .enabled(if: hasData, "needs ../shared/data"))
struct `A file of pretalx` {
  /// The GUIDs of the events of a schedule.xml, by their titles: the letters, because each program writes signs in its own way.
  private func guids(_ xml: String) -> [String: Set<String>] {
    var guids: [String: Set<String>] = [:]
    for event in xml.matches(of: /<event [^>]*guid="([^"]+)"[^>]*>[\s\S]*?<title>(.*?)<\/title>/) {
      let title = String(event.2).replacing(/&#?\w+;/, with: "").filter { $0.isLetter || $0.isNumber }
      guids[title, default: []].insert(String(event.1))
    }
    return guids
  }

  @Test func `comes out again with the same UUIDs, one by one, until and after a release`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary.done(
      "conference", "open", "fosdem-2026", "--title", "FOSDEM 2026", "--first-day", "2026-01-31",
      "--last-day", "2026-02-01", "--zone", "Europe/Brussels", "--languages", "en")
    let file = data.appending(path: "schedules_series/fosdem_2026/2026-02-03_552175f.xml")
    try await plenary.done("import", file.path, "--source", "pretalx")
    let source = guids(try String(contentsOf: file, encoding: .utf8))
    #expect(source.count > 1000)
    let folder = try Folder()
    func exported(_ name: String, _ format: String, _ options: String...) async throws -> Data {
      try await plenary.done(
        ["program", "export", "--format", format, "--output", folder.path(name)] + options)
      return try folder.bytes(name)
    }
    let xml = String(decoding: try await exported("draft.xml", "xml", "--draft"), as: UTF8.self)
    let found = guids(xml)
    let other = source.filter { found[$0.key] != $0.value }
    #expect(other.isEmpty, "\(other.count) of \(source.count): \(other.prefix(5))")
    #expect(found.values.reduce(0) { $0 + $1.count } == 1079)
    try await plenary.done("program", "release", "1.0")
    let released = try await exported("released.xml", "xml")
    let guid = try #require(source.values.first?.first)
    try await plenary("session", "show", guid).says("pretalx guid: \(guid)")
    #expect(try await exported("again.xml", "xml") == released)
    let json = try await exported("schedule.json", "schedule")
    let text = String(decoding: json, as: UTF8.self)
    #expect(source.values.joined().allSatisfy { text.contains($0) })
  }

  @Test func `names its sessions and speakers by its codes`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary.done(
      "conference", "open", "droidcon-2025", "--title", "droidcon", "--first-day", "2025-09-24",
      "--last-day", "2025-09-26", "--zone", "Europe/Berlin", "--languages", "en")
    for name in ["pretalx_droidcon2025_speakers.csv", "pretalx_droidcon2025_sessions.csv"] {
      try await plenary.done("import", data.appending(path: "people_csv/\(name)").path, "--source", "pretalx")
    }
    try await plenary("session", "show", "7MATXR").says(
      "Mastering Advanced Koin Development", "pretalx id: 7MATXR")
    try await plenary("speaker", "show", "3RY8PC").says("Arnaud Giuliani", "pretalx id: 3RY8PC")
  }
}
