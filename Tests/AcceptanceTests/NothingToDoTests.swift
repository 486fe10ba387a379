import Foundation
import Postgres
import Testing

/// “Nothing to do” is said of what was compared.
@Suite(.timeLimit(.minutes(40))) struct `Nothing to do` {
  @Test func `is not said of a release if the program has changed since`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Old", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end",
      "10:00")
    try await plenary.done("program", "release", "1.0")
    #expect(
      try await plenary.done("program", "release", "1.0").output
        == "Nothing to do: this is already the case.\n")
    try await plenary.done("session", "revise", "opening", "--title", "New")
    let changed = try await plenary("program", "release", "1.0")
    #expect(changed.code == 1, "\(changed)")
    #expect(
      changed.error
        == "plenary: The version “1.0” was released at position 4, and the program has changed since (1 session differs); "
        + "release it under another version; see “plenary program diff 1.0..”.\n")
    let json = try await plenary("program", "release", "1.0", "--json")
    #expect(
      json.error.contains(#""code":"releases.changed-since""#) && json.error.contains(#""position":4"#),
      "\(json)")
    // The letters are about the release.
    let letters = try await plenary.done("program", "notices").error
    #expect(
      letters.contains(
        "The program has changed since version 1.0 was released (position 4; 1 session differs)."))
    #expect(try await !plenary.done("program", "notices", "--draft").error.contains("has changed since"))
    // Back as it was, it is the same program.
    try await plenary.done("session", "revise", "opening", "--title", "Old")
    #expect(
      try await plenary.done("program", "release", "1.0").output
        == "Nothing to do: this is already the case.\n")
    try await plenary.done("room", "revise", "aula", "--name", "Great Hall")
    let room = try await plenary("program", "release", "1.0")
    #expect(room.code == 1 && room.error.contains("no session differs, but rooms"), "\(room)")
    try await plenary.done("program", "release", "1.1")
    let older = try await plenary("program", "release", "1.0")
    #expect(older.code == 1 && older.error.contains("and “1.1” after it"), "\(older)")
  }

  @Test func `is said of a release although a session was cancelled before its first one`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (session, start, end) in [("opening", "09:00", "10:00"), ("mistake", "11:00", "12:00")] {
      try await plenary.done(
        "session", "schedule", session, "--title", session, "--room", "aula", "--start",
        "2016-06-01 \(start)", "--end", end)
    }
    try await plenary.done("session", "cancel", "mistake")
    try await plenary.done("program", "release", "1.0")
    #expect(
      try await plenary.done("program", "release", "1.0").output
        == "Nothing to do: this is already the case.\n")
    #expect(try await plenary.done("program", "diff", "1.0..").output.contains("No differences."))
    #expect(try await !plenary.done("program", "notices").error.contains("has changed since"))
    // A part has changed if its rooms and people have.
    let part = ["program", "release", "1.1", "--day", "2016-06-01"]
    try await plenary.done(part)
    #expect(try await plenary.done(part).output == "Nothing to do: this is already the case.\n")
    try await plenary.done("room", "revise", "aula", "--name", "Great Hall")
    let changed = try await plenary(part)
    #expect(changed.code == 1 && changed.error.contains("no session differs, but rooms"), "\(changed)")
  }

  @Test func `is not said of a print that nobody matches`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let folder = try Folder()
    try await plenary.done("track", "add", "economy", "--name", "Economy")
    for words in [
      ["program", "print", "door-signs"], ["program", "print", "pocket"],
      ["program", "print", "booklet", "--track", "economy", "--for-print"],
      ["program", "print", "booklet", "--track", "economy", "--format", "html"],
      ["program", "print", "wall-grid", "--track", "economy", "--format", "json"],
      ["program", "print", "day-sheets", "--day", "2016-06-02"],
      ["attendee", "print", "badges"], ["attendee", "print", "participants", "--format", "csv", "-o", "-"],
      ["attendee", "print", "sign-in"], ["attendee", "print", "check-in", "--format", "json", "-o", "-"],
      ["attendee", "print", "participants", "--format", "html", "-o", "-"],
      ["program", "print", "itineraries"],
      ["program", "print", "place-cards", "--for-print"],
      ["program", "print", "chair-sheets", "--format", "json"],
    ] {
      let run = try await plenary(words + (words.contains("-o") ? [] : ["-o", folder.path("x")]))
      #expect(run.code == 1 && run.output.isEmpty, "\(run)")
      #expect(run.error.contains("There is nothing to print"), "\(run)")
    }
    #expect(try await plenary.head() == 3)
  }

  @Test func `is not said of an issue if the record has changed since`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("speaker", "register", "ada", "--name", "Lovelace, Ada")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end",
      "10:00")
    try await plenary.done("statement", "record", "opening", "--by", "ada", "--text", "began.", "--id", "e-1")
    try await plenary.done("proceedings", "issue", "--number", "1", "--date", "2016-06-04")
    let same = try await plenary.done("proceedings", "issue", "--number", "1", "--date", "2016-06-04")
    #expect(same.output == "Nothing to do: this is already the case.\n")
    for other in [["--date", "2016-06-05"], ["--provisional"]] {
      let run = try await plenary(["proceedings", "issue", "--number", "1"] + other)
      #expect(run.code == 1 && run.error.contains("with another note, day or status"), "\(run)")
    }
    let none = try await plenary("proceedings", "corrigendum", "--output", "-")
    #expect(
      none.code == 1 && none.output.isEmpty && none.error.contains("nothing in issue 1 was corrected"),
      "\(none)")
    try await plenary.done(
      "statement", "record", "opening", "--by", "ada", "--text", "went on.", "--id", "e-2")
    let changed = try await plenary("proceedings", "issue", "--number", "1")
    #expect(changed.code == 1 && changed.error.contains("1 entry of the record changed since"), "\(changed)")
    #expect(changed.error.contains("give “--number 2”, or leave out --number"), "\(changed)")
  }
}

@Suite(.timeLimit(.minutes(40))) struct `An error` {
  @Test func `is a line of JSON with --json`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let slot = ["--room", "aula", "--start", "2016-06-01 09:00", "--end", "10:00", "--json"]
    try await plenary.done(["session", "schedule", "opening", "--title", "Opening"] + slot)
    func error(_ words: [String]) async throws -> (code: Int, error: [String: Any]) {
      let run = try await plenary(words)
      #expect(run.output.isEmpty, "\(run)")
      let line = try #require(run.error.split(separator: "\n").last)
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let error = try #require(object?["error"] as? [String: Any], "\(run)")
      #expect(Set(error.keys) == ["code", "message", "conflicts", "position"], "\(run)")
      return (run.code, error)
    }
    let taken = try await error(["session", "schedule", "panel", "--title", "Panel"] + slot)
    #expect(taken.code == 1 && taken.error["code"] as? String == "conflicts-found")
    let conflicts = try #require(taken.error["conflicts"] as? [[String: Any]])
    #expect(conflicts.count == 1 && conflicts[0]["kind"] as? String == "room-taken")
    #expect(
      conflicts[0]["sessions"] as? [String] == ["opening", "panel"]
        && conflicts[0]["room"] as? String == "aula")
    try await plenary.done("speaker", "register", "ada", "--name", "Moss, Ada")
    try await plenary.done("room", "add", "salon", "--name", "Salon")
    try await plenary.done("speaker", "assign", "ada", "opening", "--as", "chair")
    let twice = try await error([
      "session", "schedule", "panel", "--title", "Panel", "--room", "salon", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--chair", "ada", "--json",
    ])
    let persons = try #require(twice.error["conflicts"] as? [[String: Any]])
    #expect(persons.count == 1 && persons[0]["kind"] as? String == "person-twice")
    #expect(
      persons[0]["person"] as? String == "ada" && persons[0]["sessions"] as? [String] == ["opening", "panel"])
    #expect(Set(persons[0].keys) == ["kind", "sessions", "person", "message"])
    for (words, code, name) in [
      (["session", "show", "none"], 1, "sessions.unknown-session"),
      (["room", "list", "--at", "99"], 1, "position-not-reached"),
      (["room", "list", "-c", "none"], 1, "no-conference"),
      (["room", "add", "Foyer", "--name", "F"], 2, "malformed-value"),
      (["room", "add", "foyer"], 2, "wrong-usage"), (["room", "nonsense"], 2, "wrong-usage"),
      (["session", "move", "opening"], 2, "wrong-usage"),
      (["room", "list", "--database", "host=/nowhere dbname=x"], 4, "cannot-connect"),
      (["program", "print", "--output", "/nowhere/x.pdf"], 4, "file"),
      (["program", "export", "csv", "--draft", "--output", "/nowhere/x.csv"], 4, "file"),
    ] {
      let found = try await error(words + ["--json"])
      #expect(found.code == code && found.error["code"] as? String == name, "\(words) \(found)")
    }
    #expect(try await error(["room", "list", "--at", "99", "--json"]).error["position"] as? Int == 6)
  }

  @Test func `keeps its code when the print is in the ledger already`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Signs", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    let full = try await plenary("program", "print", "--for-print", "--output", "/dev/full", "--json")
    #expect(full.code == 4 && full.error.contains(#""code":"file""#), "\(full)")
    #expect(
      full.error.contains("the disk is full") && full.error.contains("in the print ledger as print 1"),
      "\(full)")
    try await plenary.done("session", "revise", "opening", "--title", "Signs \u{E000}")
    let signs = try await plenary("program", "print", "--output", "/dev/null", "--json")
    #expect(signs.code == 4 && signs.error.contains(#""code":"unprintable""#), "\(signs)")
  }

  @Test func `in making warnings does not hide that the command is done`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "list")
    try await plenary.connect().execute("update program.room set room = 'NO NAME'")
    let run = try await plenary("program", "release", "1.0")
    #expect(run.code == 0 && run.error.contains("This is done, at position 3."), "\(run)")
  }

  @Test func `about an end before its start says how to write one after midnight`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary(
      "session", "schedule", "party", "--title", "Party", "--room", "aula", "--start", "2016-06-01 23:00",
      "--end", "00:30")
    #expect(
      run.code == 1
        && run.error.contains("If it ends after midnight, give the date too: “2016-06-02 00:30”."),
      "\(run)")
  }

  @Test func `of a value that begins with a hyphen says how to write it`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let option = try await plenary("room", "revise", "aula", "--note", "-5 degrees")
    #expect(option.code == 2 && option.error.contains(#"--note="-5 degrees""#), "\(option)")
    let argument = try await plenary("program", "release", "-rc1")
    #expect(argument.code == 2 && argument.error.contains("an argument comes after --"), "\(argument)")
    let missing = try await plenary("room", "add", "-x", "--name", "X")
    #expect(missing.code == 2 && missing.error.contains("an argument comes after --"), "\(missing)")
    try await plenary.done("room", "revise", "aula", "--note=-5 degrees")
    try await plenary.done("program", "release", "--", "-rc1")
    // What comes after -- is no option, and so none that is given twice.
    try await plenary.done("program", "release", "--day", "2016-06-01", "--", "--day")
    let releases = try await plenary.done("program", "releases").output
    #expect(releases.contains("-rc1") && releases.contains("--day"))
  }
}
