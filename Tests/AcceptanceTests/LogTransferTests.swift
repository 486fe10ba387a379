import Foundation
import Postgres
import Testing
import Vocabulary

/// A log that leaves its database as JSON Lines and comes into another one.
@Suite(.timeLimit(.minutes(40))) struct `An exported log` {
  @Test func `comes into an empty database with equal roots, and everything goes on there`() async throws {
    let plenary = try await Plenary.sealed(attendees: ["Li, Wei", "Berg, Anna"])
    try await plenary.done("attendee", "erase", "a-2", "--reason", "Asked for it", "--yes")
    try await plenary.done(
      "statement", "record", "opening", "--id", "wrong", "--by", "anna", "--text", "lied.")
    try await plenary.done(
      "statement", "expunge", "wrong", "--authority", "The court", "--reason", "Untrue", "--yes")
    let id = UUID().uuidString.lowercased()
    let sent = ["room", "add", "annex", "--name", "Annex", "--command-id", id]
    try await plenary.done(sent)
    let folder = try ShortFolder("export")
    let lines = try await plenary.done("log", "export").output
    let file = try folder.write(lines, to: "berlin.jsonl")

    let other = try await Plenary.apart()
    let imported = try await other.done("log", "import", file)
    let root = try await plenary.done("log", "verify", "--json").object["root"] as? String
    #expect(imported.output.contains("root \(root ?? "none")"), "\(imported)")
    #expect(
      imported.error.contains("The data of 2 people and the withheld speaker of 1 statement cannot be read"),
      "\(imported)")
    // Every line is the same again, and so is what is computed from them.
    for words in [
      ["log", "export"], ["log", "export", "--from", "7"], ["session", "list", "--json"],
      ["room", "list", "--json", "--at", "2"], ["statement", "list", "--json"], ["log", "show", "--proof"],
      ["program", "export", "csv", "--draft", "-o", "-"],
    ] {
      #expect(try await other.done(words).output == plenary.done(words).output, "\(words)")
    }
    // The same command sent again is answered by its receipt; another one with its id is refused.
    let again = try await other.done(sent + ["--json"])
    #expect(again.object["effect"] as? String != "appended", "\(again)")
    #expect(try await other.head() == plenary.head())
    let another = try await other("room", "add", "foyer", "--name", "Foyer", "--command-id", id)
    #expect(another.code == 1, "\(another)")
    try await other.done("projections", "verify")

    // Without its keys, nothing encrypted opens; with them, everything that was not erased.
    let closed = try await other("attendee", "list")
    #expect(closed.code == 4 && !closed.output.contains("Wei"), "\(closed)")
    try await plenary.done("db", "backup", folder.path + "/backup")
    try await other("db", "restore", folder.path + "/backup", "--vault-only").says("3 keys restored.")
    try await other("attendee", "list").says("Wei")
    try await other.done("log", "verify")
    try await other("room", "add", "foyer", "--name", "Foyer").says("\(plenary.head() + 1)  RoomAdded")
  }

  @Test func `can come through standard input, with the root that was expected`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let lines = try await plenary.done("log", "export").output
    let root = try #require(try await plenary.done("log", "verify", "--json").object["root"] as? String)
    let other = try await Plenary.apart()
    let wrong = try await other(
      "log", "import", "-", "--root", String(root.reversed()), input: lines)
    #expect(wrong.code == 1 && wrong.error.contains("it is another log"), "\(wrong)")
    let run = try await other("log", "import", "-", "--root", root, "--json", input: lines)
    #expect(run.object["root"] as? String == root && run.object["events"] as? Int == 2, "\(run)")
    let twice = try await other("log", "import", "-", input: lines)
    #expect(twice.code == 1 && twice.error.contains("in the database already, with 2 events"), "\(twice)")
  }

  @Test func `is refused with line and reason if it was damaged, cut off, reordered or is foreign`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "speaker", "register", "ada", "--name", "Lovelace, Ada", "--biography", "Wrote the first program.")
    try await plenary.done("track", "add", "economy", "--name", "Economy", "--actor", "anna")
    let lines = try await plenary.done("log", "export").lines
    try #require(lines.count == 5)
    func changed(_ index: Int, _ old: String, _ new: String) -> [String] {
      var copy = lines
      #expect(copy[index].contains(old))
      copy[index] = copy[index].replacing(old, with: new)
      return copy
    }
    let late = try await plenary.done("log", "export", "--from", "2").lines
    // Also the last event by itself.
    #expect(try await plenary.done("log", "export", "--from", "4").lines == Array(lines.suffix(2)))
    let broken: [(lines: [String], says: String)] = [
      ([], "There is nothing in the log"),
      (Array(lines.dropLast()), "was cut off after event 4"),
      (Array(lines.prefix(2)), "was cut off after event 2"),
      (lines.prefix(2) + [String(lines[2].prefix(90))], "Line 3 of the log: it is no line of a log"),
      ([lines[0], lines[2], lines[1], lines[3], lines[4]], "Line 2 of the log: event 3 follows event 1"),
      ([lines[0]] + lines[2...], "Line 2 of the log: event 3 follows event 1"),
      (Array(lines.prefix(2) + lines[1...]), "Line 3 of the log: event 2 follows event 2"),
      (Array(lines.prefix(4) + lines[3...]), "Line 5 of the log: event 4 follows event 4"),
      (lines + [lines[3]], "Line 6 of the log: something follows the end"),
      (
        lines.prefix(3) + [lines[4]], "Line 4 of the log: the log ends at event 4, but the last one here is 3"
      ),
      (late, "Line 1 of the log: the export begins with event 2"),
      ([lines[4]], "Line 1 of the log: the log ends at event 4"),
      (changed(1, "Aula", "Hall"), "Line 2 of the log: event 2 (RoomAdded) was changed"),
      (changed(3, "anna", "hanna"), "Line 4 of the log: event 4 (TrackAdded) was changed"),
      (changed(2, "Wrote", "Wrong"), "Line 3 of the log: the words of event 3 were changed"),
      (
        changed(2, #""conference":"berlin""#, #""conference":"bonn""#),
        "Line 3 of the log: event 3 is of the conference"
      ),
      (changed(3, #""request":"#, #""asked":"#), "Line 4 of the log: event 4 lacks the hash of a request"),
      (
        changed(3, #""request":""#, #""request":"00"#),
        "Line 4 of the log: the request of event 4 is no hash of 64 hexadecimal digits"
      ),
      (changed(4, #""root":""#, #""root":"0"#), "Line 5 of the log: the root is 0"),
      (changed(4, #""format":1"#, #""format":2"#), "Line 5 of the log: a newer version of Plenary"),
      (["<schedule></schedule>"], "Line 1 of the log: it is no line of a log"),
      ([#"{"title":"A talk"}"#], "Line 1 of the log: it is no line of a log"),
      (["[1,2"], "Line 1 of the log: it is no line of a log"),
    ]
    // What no hash covers is not noticed; the help says so. It can only make a repeated command be refused.
    let request = String(try #require(lines[3].firstMatch(of: /"request":"([0-9a-f]{64})"/)).output.1)
    let unnoticed = try await Plenary.apart()
    try await unnoticed(
      "log", "import", "-", input: changed(3, request, String(request.reversed())).joined(separator: "\n")
    ).says("4 events imported")
    let other = try await Plenary.apart()
    for (lines, sentence) in broken {
      let run = try await other(
        "log", "import", "-", input: lines.map { $0 + "\n" }.joined())
      #expect(run.code == 1 && run.error.contains(sentence), "\(sentence)\n\(run)")
    }
    let binary = try await other.fed([0x1F, 0x8B, 0xFF, 0x00, 0x0A], "log", "import", "-")
    #expect(binary.code == 1 && binary.error.contains("not valid UTF-8"), "\(binary)")
    let named = try await other("log", "import", "-", "-c", "bonn", input: lines.joined(separator: "\n"))
    #expect(named.code == 1 && named.error.contains("the log of “berlin”, not of “bonn”"), "\(named)")
    #expect(try await other("log", "import", "/nowhere/log.jsonl").code == 4)
    #expect(try await other("log", "import", "").code == 2)
    let folder = try await other("log", "import", "/tmp")
    #expect(folder.code == 4 && folder.error.contains("/tmp is a folder"), "\(folder)")
    // Nothing of all that stayed.
    #expect(try await other.connect().query("select from log.head").isEmpty)
    // The conference in use need not be the log's: the file says whose it is.
    try await other.done(
      "conference", "open", "bonn", "--title", "Bonn", "--first-day", "2016-06-01", "--last-day",
      "2016-06-02", "--zone", "Europe/Berlin")
    var inUse = other
    inUse.variables["PLENARY_CONFERENCE"] = "bonn"
    try await inUse("log", "import", "-", input: lines.joined(separator: "\r\n")).says("4 events imported")
  }

  @Test func `is imported by one of two that import it at once, and the other is told`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let lines = try await plenary.done("log", "export").output
    let other = try await Plenary.apart()
    async let first = other("log", "import", "-", input: lines)
    async let second = other("log", "import", "-", input: lines)
    let runs = try await [first, second].sorted { $0.code < $1.code }
    #expect(runs.map(\.code) == [0, 1], "\(runs)")
    #expect(runs[1].error.contains("in the database already, with 2 events"), "\(runs)")
  }

  /// The other import has stored its first event, and is not committed when this one begins.
  @Test func `waits for another import of it, and does not take that for a changed file`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let lines = try await plenary.done("log", "export").output
    let other = try await Plenary.apart()
    let connection = try await other.connect()
    try await connection.execute("begin")
    try await connection.execute("insert into log.head (conference) values ('berlin')")
    async let run = other("log", "import", "-", input: lines)
    while try await connection.query("select from pg_locks where not granted").isEmpty {
      try await Task.sleep(for: .milliseconds(20))
    }
    try await connection.execute("commit")
    let refused = try await run
    #expect(
      refused.code == 1 && refused.error.contains("in the database already, with 0 events"), "\(refused)")
  }

  @Test func `is imported by the owner alone`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let connection = try await plenary.connect()
    for role in ["plenary_writer", "plenary_reader"] {
      try await connection.execute("set role \(identifier: role)")
      do {
        try await connection.execute(
          "select log.import('bonn', 0, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')"
        )
        Issue.record("\(role) may import a log.")
      } catch { #expect(error.sqlState == .insufficientPrivilege) }
      try await connection.execute("reset role")
    }
  }

  @Test func `goes on with each new event, and ends with the root when it is interrupted`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let following = plenary.talk("log", "export", "--follow", "--from", "2")
    #expect(await following.next { $0.contains("\"position\":") }?.contains("RoomAdded") == true)
    for number in 3...5 {
      try await plenary.done("room", "add", "r-\(number)", "--name", "R\(number)")
      let line = await following.next { $0.contains("\"position\":") }
      #expect(line?.contains("\"position\":\(number)") == true)
    }
    following.interrupt()
    let end = await following.next { $0.contains("\"end\":5") }
    let root = try await plenary.done("log", "verify", "--json").object["root"] as? String
    #expect(end?.contains(root ?? "none") == true)
    // What was followed from the beginning is a whole log.
    let whole = plenary.talk("log", "export", "--follow")
    var lines: [String] = []
    for _ in 1...5 { lines.append(await whole.next { $0.contains("\"position\":") } ?? "") }
    whole.interrupt()
    lines.append(await whole.next { $0.contains("\"end\":") } ?? "")
    try await Plenary.apart()("log", "import", "-", input: lines.joined(separator: "\n")).says("5 events")
  }
}

/// The commands that go on with new events. They follow a log in one way.
@Suite(.timeLimit(.minutes(40))) struct `A command that follows a log` {
  private static let commands = [
    ["log", "export", "--follow"], ["log", "tail", "--number", "9", "--json"],
    ["log", "changes", "--follow", "--json"],
  ]

  private func talk(_ plenary: Plenary, _ words: [String]) -> Conversation {
    Conversation([Plenary.executable] + words, plenary.environment, terminal: nil)
  }

  private func position(_ following: Conversation) async -> Int? {
    guard let line = await following.next({ $0.contains("\"position\":") }) else { return nil }
    return line.firstMatch(of: /"position":(\d+)/).flatMap { Int($0.output.1) }
  }

  @Test(arguments: commands)
  func `survives a restart of the server, without a gap and without repeating an event`(words: [String])
    async throws
  {
    var plenary = Plenary(database: nil)
    plenary.variables["PLENARY_HOME"] = "/tmp/plenary-f-\(UUID().uuidString.prefix(8))"
    defer { try? FileManager.default.removeItem(atPath: plenary.variables["PLENARY_HOME"]!) }
    _ = try await plenary.berlin()
    let following = talk(plenary, words)
    for number in 1...2 { #expect(await position(following) == number) }
    try await plenary.done("db", "stop")
    #expect(await following.next { $0.contains("connecting again") } != nil)
    #expect(await following.next { $0.contains("Not connected yet: no server answers") } != nil)
    try await plenary.done("room", "add", "r-3", "--name", "R3")  // starts the server
    #expect(await following.next { $0.contains("Connected again") } != nil)
    #expect(await position(following) == 3)
    try await plenary.done("room", "add", "r-4", "--name", "R4")
    #expect(await position(following) == 4)
    following.interrupt()
    let end = await following.next { !$0.isEmpty }
    #expect(words[1] == "export" ? end?.contains("\"end\":4") == true : end == nil, "\(end ?? "nothing")")
    try await plenary.done("db", "stop")
  }

  /// As after a backup was restored.
  @Test(arguments: commands) func `ends when another log is in its place`(words: [String]) async throws {
    let plenary = try await Plenary.apart().berlin()
    let following = talk(plenary, words)
    for number in 1...2 { #expect(await position(following) == number) }
    try await plenary.connect().run { connection in
      try connection.executeScript(
        """
        set session_replication_role = replica;
        update log.event set leaf = decode(repeat('00', 32), 'hex') where position = 2;
        """)
    }
    #expect(await following.next { $0.contains("is not the one that was followed: its event 2") } != nil)
  }

  @Test(arguments: commands) func `ends when nobody reads it any longer`(words: [String]) async throws {
    let plenary = try await Plenary.apart().berlin()
    let line = ([Plenary.executable] + words).map { "'\($0)'" }.joined(separator: " ") + " | head -n 1"
    let following = Conversation(["sh", "-c", line], plenary.environment, terminal: nil)
    #expect(await position(following) == 1)
    #expect(await following.next { _ in true } == nil, "It ends without a word.")
  }

  /// Puts an event by which another one is left out, or read again, where it would be refused from the command line.
  private func put(_ type: String, _ position: Int, _ plenary: Plenary) async throws {
    try await plenary.connect().execute(
      """
      select from log.append(
        'berlin', gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'anna', null, \([type])::text[],
        array[1], array['aside'], \(["{\"position\":\(position)}"])::text[])
      """)
  }

  @Test
  func `tells old values without events that were set aside, also meanwhile, and with those that came back`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "annex", "--name", "Annex")
    try await put("EventSetAside", 3, plenary)
    let following = talk(plenary, ["log", "changes", "--follow"])
    #expect(await following.next { $0.contains("Event 3 was set aside") } != nil)
    try await put("EventReinstated", 3, plenary)
    #expect(await following.next { $0.contains("Event 3 is read again") } != nil)
    try await plenary.done("room", "revise", "annex", "--capacity", "40")  // 6
    #expect(await following.next { $0.contains("capacity") } == "    capacity: none → 40")
    try await put("EventSetAside", 6, plenary)
    #expect(await following.next { $0.contains("Event 6 was set aside") } != nil)
    try await plenary.done("room", "revise", "annex", "--capacity", "50")
    #expect(await following.next { $0.contains("capacity") } == "    capacity: none → 50")
    following.interrupt()
    #expect(await following.next { _ in true } == nil)
  }

  @Test func `reveals whoever registers meanwhile, and nobody who was erased`() async throws {
    let plenary = try await Plenary.sealed()
    let following = talk(plenary, ["log", "changes", "--follow", "--reveal"])
    #expect(await following.next { $0.contains("(a-1) registered") } != nil)
    try await plenary.done("attendee", "register", "a-2", "--name", "Berg, Anna")
    #expect(await following.next { $0.contains("(a-2) registered") }?.contains("Anna Berg") == true)
    try await plenary.done("attendee", "erase", "a-1", "--reason", "Asked for it", "--yes")
    try await plenary.done("attendee", "check-in", "a-2")
    let told = await following.next { $0.contains("a-2") }
    #expect(told?.contains("Anna Berg") == true, "\(told ?? "nothing")")
    #expect(
      !following.transcript.split(separator: "\n").contains { $0.contains("erased") && $0.contains("Wei") })
    following.interrupt()
  }
}

@Suite(.timeLimit(.minutes(40))) struct `The changes of a log` {
  private func moved() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "annex", "--name", "Annex")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    try await plenary.done("session", "move", "opening", "--room", "annex", "--start", "2016-06-01 10:00")
    try await plenary.done("room", "revise", "annex", "--capacity", "40", "--actor", "ben")
    return plenary
  }

  @Test func `are told in sentences, with old and new values`() async throws {
    let plenary = try await moved()
    let told = try await plenary.done("log", "changes").lines
    #expect(told.count == 10)
    #expect(told[0].hasSuffix("The conference “Berlin” was opened, from 2016-06-01 to 2016-06-03."))
    let sentence = "“Opening” moved from 2016-06-01 09:00–10:00 in Aula to 10:00–11:00 in Annex."
    #expect(told[4].hasPrefix("5  ") && told[4].hasSuffix(sentence))
    #expect(told[8].contains("  ben  ") && told[8].hasSuffix("The room Annex was revised."), "\(told)")
    #expect(told[9] == "    capacity: none → 40")
    let json = try await plenary.done("log", "changes", "--json", "--from", "5", "--to", "5").output
    let event = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(event["sentence"] as? String == sentence && event["position"] as? Int == 5)
    let changes = try #require(event["changes"] as? [[String: String]])
    #expect(
      changes.last == ["field": "room", "before": "aula", "after": "annex", "was": "Aula", "now": "Annex"])
    #expect(try await plenary.done("log", "changes", "--at", "2").lines.count == 2)
    #expect(try await plenary.done("log", "changes", "--tag", "session:opening").lines.count == 5)
  }

  @Test func `are told again and again while they happen`() async throws {
    let plenary = try await moved()
    let following = plenary.talk("log", "changes", "--follow", "--from", "6")
    #expect(await following.next { $0.contains("was revised") } != nil)
    try await plenary.done("session", "cancel", "opening")
    #expect(
      await following.next {
        $0.hasSuffix("“Opening” was cancelled: it does not take place on 2016-06-01 10:00–11:00 in Annex.")
      } != nil)
    following.interrupt()
    #expect(await following.next { _ in true } == nil, "It ends without a word.")
  }

  @Test func `name nobody whose data is encrypted, unless that is asked for`() async throws {
    let plenary = try await Plenary.sealed()
    let told = try await plenary.done("log", "changes").output
    #expect(told.contains("Attendee a-1 registered"))
    let address = try await plenary.done("log", "changes", "--json").output
    for text in [told, address] {
      #expect(!text.contains("Wei") && !text.contains("example.org"))
      #expect(!text.split(separator: "\n").contains { $0.contains("doubt") && $0.contains("ben") })
      #expect(text.contains("The statement doubt was recorded in “Opening”"))
    }
    let revealed = try await plenary.done("log", "changes", "--reveal").output
    #expect(revealed.contains("(a-1) registered") && revealed.contains("Wei"))
    #expect(revealed.contains("email: none → anna@example.org"))
  }

  @Test(arguments: [
    (["--from", "0"], "--from takes a log position"),
    (["--from", "3", "--to", "2"], "--to takes a log position, from 3"),
    (["--to", "2", "--at", "2"], "Give one of"), (["--follow", "--at", "2"], "Give one of"),
    (["--from", "x"], "--from"),
  ])
  func `are refused for what cannot be meant`(options: [String], says: String) async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary(["log", "changes"] + options)
    #expect(run.code == 2 && run.error.contains(says), "\(run)")
    let late = try await plenary("log", "changes", "--to", "99")
    #expect(late.code == 1 && late.error.contains("there is no 99"), "\(late)")
    let mistyped = try await plenary("log", "changes", "--tag", "rom:aula")
    #expect(mistyped.code == 1 && mistyped.error.contains("No event has the tag “rom:aula”"), "\(mistyped)")
    // None from there on, but the tag is right.
    #expect(try await plenary.done("log", "changes", "--tag", "conference", "--from", "2").output.isEmpty)
  }
}
