import Foundation
import Postgres
import Testing

@Suite(.timeLimit(.minutes(40))) struct `An option` {
  /// Options that the command would ignore, with the reason.
  private static let useless: [([String], String)] = [
    (
      ["speaker", "revise", "li-wei", "--name-order", "given-first"], "--name-order goes with the whole name"
    ),
    (["attendee", "revise", "a-1", "--name-order", "given-first"], "--name-order goes with the whole name"),
    (["program", "print", "--format", "html", "--since-print", "1"], "--since-print requires"),
    (["attendee", "print", "--format", "csv", "--since-print", "last"], "--since-print requires"),
    (["program", "print", "--format", "html", "--templates", "x"], "--templates requires"),
    (["attendee", "print", "--format", "csv", "--templates", "x"], "--templates requires"),
    (["program", "export", "ics", "--bom"], "--bom is only for csv"),
    (["program", "diff", "--templates", "x"], "--templates requires"),
    (["proceedings", "print", "--format", "html", "--templates", "x"], "--templates requires"),
    (["proceedings", "corrigendum", "--format", "json", "--templates", "x"], "--templates requires"),
    (["program", "export", "csv", "--templates", "x"], "Unknown option '--templates'"),
    (["proceedings", "export", "--templates", "x"], "Unknown option '--templates'"),
    (
      ["program", "print", "--format", "html", "--paper", "a3"],
      "--paper, --grey and --replace-missing require"
    ),
    (["program", "print", "--format", "html", "--grey"], "--paper, --grey and --replace-missing require"),
    (["program", "print", "--format", "html", "--imposed"], "--imposed is only for"),
    (["program", "print", "--actor", "anna"], "require --for-print"),
    (
      ["program", "print", "itineraries", "--room", "aula"],
      "--room is not for itineraries; choose with --person"
    ),
    (["program", "print", "place-cards", "--day", "2016-06-01"], "--day is not for place-cards"),
    (["program", "print", "chair-sheets", "--track", "economy"], "choose with --day or --session"),
    (
      ["attendee", "print", "--format", "csv", "--paper", "letter"],
      "--paper, --grey and --replace-missing require"
    ),
    (
      ["attendee", "print", "sign-in", "--format", "csv"],
      "--format csv is only for participants and check-in"
    ),
    (["program", "print", "booklet", "--output", ""], "--output takes the name of a file"),
    (["attendee", "print", "badges", "--columns", "name"], "--columns is for lists"),
    (["attendee", "print", "sign-in", "--size", "90x55"], "--size is only for badges"),
    (["program", "diff", "--output", "x"], "require --format pdf"),
    (["program", "diff", "--format", "json", "--paper", "a5"], "require --format pdf"),
    (["program", "diff", "--grey"], "require --format pdf"),
    (["program", "notices", "--dry-run"], "require --maildir or --mbox"),
    (["program", "notices", "--from", "o@example.org"], "require --maildir or --mbox"),
    (["program", "notices", "--reason", "x"], "require --maildir or --mbox"),
    (["program", "notices", "--actor", "anna"], "require --maildir or --mbox"),
    (["program", "errata", "--json", "--output", "-"], "--json and --output - cannot both be given"),
    (["program", "errata", "--no-slip", "--output", "x.pdf"], "leave out --no-slip"),
    (["program", "errata", "--no-slip", "--paper", "a5"], "leave out --no-slip"),
    (["program", "errata", "--no-slip", "--grey"], "leave out --no-slip"),
    (["program", "errata", "--no-slip", "--templates", "x"], "leave out --no-slip"),
    (["program", "errata", "--no-slip", "--languages", "en"], "leave out --no-slip"),
    (["program", "errata", "--json", "--paper", "a5"], "give a file with --output"),
    (["proceedings", "proof", "--json", "--output", "-"], "--json and --output - cannot both be given"),
  ]

  @Test(arguments: useless) func `that would be ignored is wrong usage`(words: [String], reason: String)
    async throws
  {
    let run = try await Plenary()(words)
    #expect(run.code == 2 && run.error.contains(reason), "\(run)")
  }

  @Test(arguments: ["", "postgresql://["])
  func `that names no database is wrong usage`(database: String) async throws {
    let run = try await Plenary()("room", "list", "--database", database)
    #expect(run.code == 2 && run.error.contains("name a database with --database"), "\(run)")
  }

  @Test func `of the environment counts as left out if it is empty`() async throws {
    var plenary = try await Plenary.apart().berlin()
    plenary.variables["PLENARY_CONFERENCE"] = ""
    try await plenary.done("room", "list")
  }

  /// As these are dry runs, each command meets the same program.
  @Test func `to waive a conflict is heeded by every command that can cause one`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let move = "00000000-0000-4000-8000-000000000001"
    let setup: [[String]] = [
      ["room", "add", "annex", "--name", "Annex"],
      ["speaker", "register", "ada", "--name", "Adason, Ada"],
      ["speaker", "register", "bea", "--name", "Beason, Bea"],
      [
        "session", "schedule", "cancelled", "--title", "Cancelled", "--room", "aula", "--start",
        "2016-06-01 09:00", "--end", "10:00",
      ],
      ["session", "cancel", "cancelled"],
      [
        "session", "schedule", "moved", "--title", "Moved", "--room", "aula", "--start", "2016-06-01 09:00",
        "--end", "10:00",
      ],
      ["session", "move", "moved", "--room", "annex", "--command-id", move],
      [
        "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start",
        "2016-06-01 09:00", "--end", "10:00", "--expected", "50", "--speaker", "ada",
      ],
      [
        "session", "schedule", "panel", "--title", "Panel", "--room", "annex", "--start", "2016-06-01 10:00",
        "--end", "11:00", "--part", "annex 2016-06-02 10:00-11:00", "--speaker", "ada",
      ],
      [
        "session", "schedule", "other", "--title", "Other", "--room", "aula", "--start", "2016-06-01 10:00",
        "--end", "10:30", "--speaker", "bea",
      ],
      // As a speaker, Ada is needed until the opening ends at 10:00; as a presenter alone, until 10:20.
      ["presentation", "add", "long", "opening", "--title", "Long", "--presenter", "ada", "--minutes", "80"],
      // The first two fill the panel's first slot; Bea presents hers after “other”. The third is in slot 2.
      ["presentation", "add", "first", "panel", "--title", "First", "--minutes", "40"],
      [
        "presentation", "add", "second", "panel", "--title", "Second", "--presenter", "bea", "--minutes",
        "20",
      ],
      ["presentation", "add", "third", "panel", "--title", "Third", "--minutes", "50"],
    ]
    for command in setup {
      let run = try await plenary(command)
      #expect(run.code == 0, "\(run)")
    }
    let commands: [[String]] = [
      ["conference", "revise", "--first-day", "2016-06-02", "--waive", "outside-days"],
      ["log", "undo", move, "--waive", "room-taken"],
      [
        "presentation", "add", "fourth", "panel", "--title", "Fourth", "--minutes", "20", "--waive",
        "running-over",
      ],
      ["presentation", "order", "panel", "first", "third", "--waive", "running-over"],
      ["presentation", "revise", "third", "--minutes", "70", "--waive", "running-over"],
      ["presentation", "withdraw", "first", "--waive", "person-twice"],
      [
        "room", "closure", "aula", "--from", "2016-06-01 09:00", "--until", "12:00", "--waive",
        "room-unavailable",
      ],
      ["room", "hours", "aula", "12:00-14:00", "--waive", "room-unavailable"],
      ["room", "revise", "aula", "--capacity", "20", "--waive", "room-too-small"],
      [
        "session", "add-slot", "moved", "--room", "annex", "--start", "2016-06-01 10:30", "--end", "11:00",
        "--waive", "room-taken",
      ],
      ["session", "move", "moved", "--room", "aula", "--waive", "room-taken"],
      ["session", "reinstate", "cancelled", "--waive", "room-taken"],
      ["session", "remove-slot", "panel", "2", "--waive", "running-over"],
      ["session", "revise", "opening", "--needs", "piano", "--waive", "room-lacks"],
      [
        "session", "schedule", "new", "--title", "New", "--room", "aula", "--start", "2016-06-01 09:00",
        "--end", "10:00", "--waive", "room-taken",
      ],
      ["speaker", "assign", "ada", "moved", "--waive", "person-twice"],
      ["speaker", "unassign", "ada", "opening", "--waive", "person-twice"],
      [
        "speaker", "unavailable", "ada", "--from", "2016-06-01 09:00", "--until", "12:00", "--waive",
        "person-unavailable",
      ],
      ["venue", "travel", "room:aula", "room:annex", "30", "--waive", "too-little-time"],
    ]
    for command in commands {
      let run = try await plenary(command + ["--reason", "So be it", "--dry-run", "--json"])
      let last = run.events.last ?? ""
      #expect(run.code == 0 && last.hasPrefix("ConflictWaived"), "\(run)")
      #expect(last.contains(#""reason":"So be it""#), "\(run)")
    }
  }
}

@Suite(.timeLimit(.minutes(40))) struct `A dry run` {
  private func scheduled() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "annex", "--name", "Annex")
    try await plenary.done("speaker", "register", "ada", "--name", "Lovelace, Ada")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--speaker", "ada")
    return plenary
  }

  @Test func `shows the events of a command that would cause conflicts`() async throws {
    let plenary = try await scheduled()
    let commands: [([String], String)] = [
      (["conference", "revise", "--first-day", "2016-06-02"], "ConferenceRevised"),
      (
        ["room", "closure", "aula", "--from", "2016-06-01 09:00", "--until", "12:00"], "RoomClosureStated"
      ),
      (["room", "hours", "aula", "12:00-14:00"], "RoomHoursSet"),
      (
        ["speaker", "unavailable", "ada", "--from", "2016-06-01 09:00", "--until", "12:00"],
        "UnavailabilityStated"
      ),
      (["session", "move", "opening", "--start", "2016-06-08 09:00"], "SessionMoved"),
    ]
    let head = try await plenary.head()
    for (command, event) in commands {
      let run = try await plenary(command + ["--dry-run"])
      #expect(run.code == 1 && run.output.contains("would append  \(event)"), "\(run)")
      #expect(!run.output.contains("ConflictWaived") && run.error.contains("--waive"), "\(run)")
    }
    #expect(try await plenary.head() == head)
  }

  @Test func `of an undo shows the events that would cause conflicts`() async throws {
    let plenary = try await scheduled()
    try await plenary.done("session", "move", "opening", "--room", "annex")
    let moved = try await plenary.head()
    try await plenary.done(
      "session", "schedule", "late", "--title", "Late", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end",
      "10:00")
    let run = try await plenary("log", "undo", "\(moved)", "--dry-run")
    #expect(run.code == 1 && run.output.contains("would append  SessionMoved"), "\(run)")
    #expect(!run.output.contains("ConflictWaived") && run.error.contains("is taken"), "\(run)")
  }

  @Test func `of letters is one JSON document`() async throws {
    let plenary = try await scheduled()
    let folder = try Folder()
    try await plenary.done("speaker", "contact", "ada", "--email", "ada@example.org")
    let run = try await plenary.done(
      "program", "notices", "--draft", "--maildir", folder.path("box"), "--from", "o@example.org",
      "--dry-run",
      "--json")
    #expect(run.object["effect"] as? String == "would append", "\(run)")
  }
}

@Suite(.timeLimit(.minutes(40))) struct `What a command says` {
  @Test func `is on the clock of the conference`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    try await plenary.done("session", "move", "opening", "--start", "11:00", "--end", "12:00")
    let moved = try await plenary.head()
    try await plenary.done("session", "move", "opening", "--start", "13:00", "--end", "14:00")
    let refused = try await plenary("log", "undo", "\(moved)")
    let shown = try await plenary.done("log", "show", "\(moved + 1)").output
    let time = try #require(shown.firstMatch(of: /[0-9-]{10} [0-9:]{5} \+0[12]:00/), "\(shown)").output
    #expect(refused.code == 1 && refused.error.contains("at \(time), event \(moved + 1)"), "\(refused)")
    try await plenary.done("session", "cancel", "opening")
    try await plenary("session", "show", "opening").says(
      #/CANCELLED \(by .* at [0-9-]+ [0-9:]+ \+0[12]:00, /#)
  }

  @Test func `of a file in the place of a folder is the reason`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let folder = try Folder()
    try Data().write(to: URL(filePath: folder.path("file")))
    let run = try await plenary(
      "program", "notices", "--draft", "--maildir", folder.path("file/box"), "--from", "o@example.org")
    #expect(run.code == 4 && run.error.contains("could not all be written"), "\(run)")
    #expect(run.error.contains("a file is in the place of a folder"), "\(run)")
  }

  /// The command's own checks must not come before the receipt.
  @Test func `of a print that was recorded is the same, whatever changed since`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let folder = try Folder()
    try await plenary.done("track", "add", "economy", "--name", "Economy")
    let added = try await plenary.head()
    try await plenary.done(
      "session", "schedule", "closing", "--title", "Closing", "--room", "aula", "--start", "2016-06-03 09:00",
      "--end", "10:00", "--track", "economy")
    let prints = [
      ["program", "print", "booklet", "--track", "economy"],
      ["program", "print", "booklet", "--day", "2016-06-03"],
    ]
    func print(_ number: Int) async throws -> Plenary.Run {
      let id = "00000000-0000-4000-8000-00000000000\(number)"
      return try await plenary(
        prints[number] + ["--for-print", "--command-id", id, "--output", folder.path("\(number).pdf")])
    }
    for number in prints.indices {
      let run = try await print(number)
      #expect(run.code == 0 && run.error.contains("Recorded in the print ledger"), "\(run)")
    }
    try await plenary.done("session", "revise", "closing", "--clear", "track")
    try await plenary.done("session", "move", "closing", "--start", "2016-06-02 09:00")
    try await plenary.done("log", "undo", "\(added)")
    try await plenary.done("conference", "revise", "--last-day", "2016-06-02")
    for number in prints.indices {
      let run = try await print(number)
      #expect(run.code == 0 && run.error.contains("already recorded it, as print \(number + 1)."), "\(run)")
    }
    let other = try await plenary("program", "print", "booklet", "--track", "economy", "--format", "json")
    #expect(other.code == 1 && other.error.contains("There is no track “economy”"), "\(other)")
  }
}

@Suite(.timeLimit(.minutes(40))) struct `A read model that cannot apply an event` {
  @Test func `does not keep the others from being verified`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    try await plenary.connect().execute(
      """
      select from log.append(
        'berlin', gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'anna', null, array['SessionCancelled'],
        array[2], array['session:ghost'], array['{"session":"ghost","slots":[]}'])
      """)
    let run = try await plenary("projections", "verify")
    #expect(
      run.code == 4 && run.output.contains("program: The program projector of berlin stopped"), "\(run)")
    // It is compared up to the event before.
    #expect(run.output.contains(#/program: [1-9]\d* rows at position 3, equal/#), "\(run)")
    #expect(run.output.contains("attendance: 1 row at position 4, equal"), "\(run)")
    #expect(run.output.contains("proceedings: 0 rows at position 4, equal"), "\(run)")
    #expect(run.error.contains("stopped at an event that it cannot apply: program."), "\(run)")
    #expect(!run.error.contains("does not match"), "\(run)")

    // Both faults are named.
    try await plenary.connect().executeScript(
      "delete from attendance.attendee; update program.room set capacity = 7")
    let both = try await plenary("projections", "verify", "--json")
    #expect(both.code == 4 && both.error.contains("it cannot apply: program."), "\(both)")
    #expect(both.error.contains("does not match the event log: program and attendance;"), "\(both)")
    #expect(
      both.list.map { $0["differences"] as? [String] } == [
        ["program.room aula is different"], ["attendance.attendee a-1 is missing"], [],
      ], "\(both)")
    #expect(both.list.map { $0["stopped"] != nil } == [true, false, false], "\(both)")
  }

  @Test func `is reported once while the others are followed`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let following = plenary.talk("projections", "follow", "program", "attendance")
    defer { following.interrupt() }
    #expect(await following.next() { $0.hasPrefix("attendance: 2 events") } != nil)
    try await plenary.connect().execute(
      """
      select from log.append(
        'berlin', gen_random_uuid(), decode(repeat('00', 32), 'hex'), 'anna', null, array['SessionCancelled'],
        array[2], array['session:ghost'], array['{"session":"ghost","slots":[]}'])
      """)
    var errors = 0
    func next(_ wanted: String) async -> String? {
      await following.next { line in
        if line.hasPrefix("plenary: ") { errors += 1 }
        return line.hasPrefix(wanted)
      }
    }
    #expect(await next("plenary: The program projector of berlin stopped at event 3") != nil)
    for number in 1...3 {
      try await plenary.done("attendee", "register", "a-\(number)", "--name", "Li, Wei")
      #expect(await next("attendance: ") != nil)
    }
    #expect(errors == 1)
  }
}
