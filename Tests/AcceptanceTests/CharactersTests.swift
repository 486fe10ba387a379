import Foundation
import Testing

/// What no font has is told when it is entered, when the program is released and when something is printed; it never
/// stops the desk.
@Suite(
  .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"),
  .timeLimit(.minutes(40)))
struct `A character without a font` {
  private let place = "U+E000 in the title of session “a”"

  @Test func `is told at once and of a release, and replaced if wanted`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let folder = try Folder()
    let entered = try await plenary.done(
      "session", "schedule", "a", "--title", "Signs \u{E000}", "--room", "aula", "--start",
      "2016-06-01 09:00", "--end",
      "10:00")
    #expect(
      entered.error.contains(
        "warning: No font here has \(place); print □ in their place with --replace-missing."))
    let registered = try await plenary.done("attendee", "register", "a-4k9", "--name", "Zeta\u{E001}, Ann")
    #expect(registered.error.contains("U+E001 in the name"), "\(registered)")
    #expect(!registered.error.contains("Zeta"))
    let stated = try await plenary.done(
      "statement", "record", "a", "--mode", "unattributed", "--text", "asked \u{E002}.")
    #expect(stated.error.contains("U+E002 in the text of session “a”"), "\(stated)")
    try Data("title,room,start,end\nSigned \u{E003},Hall,2016-06-02 09:00,2016-06-02 10:00\n".utf8)
      .write(to: URL(filePath: folder.path("more.csv")))
    let imported = try await plenary.done("import", folder.path("more.csv"))
    #expect(imported.error.contains("U+E003 in the title of session “signed”"), "\(imported)")
    #expect(imported.error.matches(of: /U\+E003/).count == 1, "\(imported)")
    try await plenary.done("session", "cancel", "signed")
    let checked = try await plenary("program", "check", "--only", "unprintable")
    #expect(
      checked.code == 1 && checked.output.contains("unprintable  No font here has \(place)"), "\(checked)")
    let everything = try await plenary("program", "check")
    #expect(everything.code == 1 && everything.output.contains("No font here has \(place)"), "\(everything)")
    let listed = try await plenary("program", "check", "--only", "unprintable", "--json")
    #expect(listed.output.contains("U+E000 in the title of session “a”"), "\(listed)")
    let released = try await plenary.done("program", "release", "1.0")
    #expect(released.error.contains("No font here has \(place)"), "\(released)")

    for command in [
      "program print", "attendee print badges", "attendee print check-in",
    ] {
      let refused = try await plenary.shell(
        "plenary \(command) --output no.pdf; echo $?; ls", in: folder.path(""))
      #expect(refused.output.contains("\n4") && !refused.output.contains("no.pdf\n"), "\(refused)")
    }
    let badges = try await plenary.shell("plenary attendee print badges --output no.pdf", in: folder.path(""))
    #expect(badges.output.contains("  U+E001 in the name of attendee “a-4k9”\n"), "\(badges)")
    #expect(badges.output.hasSuffix("or print □ in their place with --replace-missing."))

    for command in [
      ["program", "print", "--replace-missing", "--for-print"],
      ["attendee", "print", "badges", "--replace-missing"],
      ["attendee", "print", "check-in", "--replace-missing"],
    ] {
      let run = try await plenary.shell(
        "plenary \(command.joined(separator: " ")) --output yes.pdf > /dev/null && pdftotext yes.pdf - | grep -c □",
        in: folder.path(""))
      #expect(run.code == 0, "\(run)")
    }
    // A print of the ledger can be made again.
    try await plenary.shell("plenary program reprint 1 --output again.pdf", in: folder.path("")).expectDone()
    try await plenary.done("session", "revise", "a", "--title", "More signs \u{E000}")
    for command in ["program errata", "program diff 1.0.. --format pdf"] {
      let refused = try await plenary.shell("plenary \(command) --output slip.pdf", in: folder.path(""))
      #expect(refused.output.contains("print □ in their place with --replace-missing"), "\(refused)")
    }
    for command in [
      ["program", "diff", "1.0..", "--format", "pdf", "--replace-missing"],
      ["program", "errata", "--replace-missing"],
    ] {
      try await plenary.shell(
        "plenary \(command.joined(separator: " ")) --output slip.pdf", in: folder.path("")
      ).expectDone()
    }
  }

  @Test func `of an imported file is told with its session; emoji are printed`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let folder = try Folder()
    try Data(
      """
      title,room,start,end,abstract
      It doesn\u{FFFD}t,Hall,2016-06-02 09:00,2016-06-02 10:00,Plain
      Party 🎉,Hall,2016-06-02 11:00,2016-06-02 12:00,With 👨‍👩‍👧 and 🚀

      """.utf8
    ).write(to: URL(filePath: folder.path("talks.csv")))
    let imported = try await plenary.done("import", folder.path("talks.csv"))
    #expect(
      imported.error.contains(
        "U+FFFD, the mark of a text that was read in a wrong encoding, in the title of session “it-doesnt”: programs are "
          + "printed with it, records are not; print □ in their place with --replace-missing."),
      "\(imported)")
    #expect(!imported.error.contains("session “party”"), "\(imported)")
    let told = "Printed as they are: characters that an earlier program could not read (U+FFFD): 1.\n"
    func printed(_ options: String...) async throws -> (said: String, text: String) {
      let run = try await plenary.done(["program", "print", "--output", folder.path("a.pdf")] + options)
      return (run.error, try await plenary.shell("pdftotext a.pdf -", in: folder.path("")).output)
    }
    let plain = try await printed()
    #expect(plain.said.hasSuffix(told) && plain.text.contains("doesn\u{FFFD}t"), "\(plain)")
    #expect(plain.text.contains("Party"), "\(plain)")
    let imposed = try await printed("--imposed")
    #expect(imposed.said.hasSuffix(told), "\(imposed)")
    let replaced = try await printed("--replace-missing")
    #expect(!replaced.said.contains("U+FFFD") && replaced.text.contains("doesn□t"), "\(replaced)")
    let checked = try await plenary("program", "check", "--only", "unprintable")
    #expect(checked.code == 1 && checked.output.contains("programs are printed with it"), "\(checked)")
    try await plenary.done("program", "release", "1.0")
    try await plenary.done("session", "revise", "party", "--title", "Part\u{FFFD}")
    let changes = try await plenary.done(
      "program", "diff", "1.0..", "--format", "pdf", "--output", folder.path("changes.pdf"))
    #expect(changes.error.contains("characters that an earlier program could not read"), "\(changes)")
    try await plenary.done("session", "revise", "party", "--title", "Party")
    // What is published for good has no such sign.
    try await plenary.done(
      "statement", "record", "party", "--mode", "unattributed", "--text", "It can\u{FFFD}t.")
    let record = try await plenary("proceedings", "print", "--output", folder.path("record.pdf"))
    #expect(
      record.code == 4 && record.error.contains("This is not printed in a record:\n  U+FFFD"), "\(record)")
    try await plenary.done("session", "revise", "it-doesnt", "--title", "It does not")
    let corrected = try await printed()
    #expect(!corrected.said.contains("U+FFFD"), "\(corrected)")
  }
}

@Suite(.timeLimit(.minutes(40))) struct `The time zone` {
  @Test func `is corrected: clocks stay, instants and calendars change`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "a", "--title", "A", "--room", "aula", "--start", "2016-06-01 09:00", "--end",
      "10:00")
    try await plenary.done("program", "release", "1.0")
    func calendar() async throws -> [String] {
      try await plenary.done("program", "export", "ics", "--output", "-").output
        .split(whereSeparator: \.isNewline).map(String.init)
    }
    let before = try await calendar()
    #expect(before.contains("DTSTART;TZID=Europe/Berlin:20160601T090000") && before.contains("SEQUENCE:0"))

    let mixed = try await plenary("conference", "revise", "--zone", "Europe/London", "--place", "en=London")
    #expect(mixed.code == 2 && mixed.error.contains("--zone is a change of its own"))
    let unknown = try await plenary("conference", "revise", "--zone", "Europe/Nowhere")
    #expect(unknown.code == 2 && unknown.error.contains("is not a time zone"))
    let id = "0b8a1c52-6a5e-4c4e-9f0e-0d9b7f1c2a3d"
    let revised = try await plenary.done(
      "conference", "revise", "--zone", "Europe/London", "--command-id", id)
    #expect(revised.lines.count == 2 && revised.output.contains("SessionMoved"), "\(revised)")
    #expect(
      try await plenary.done("conference", "revise", "--zone", "Europe/London").output.contains(
        "Nothing to do"))

    #expect(try await calendar() == before)
    let changes = try await plenary.done("program", "diff").output
    #expect(changes.contains("09:00–10:00 (UTC+2)") && changes.contains("09:00–10:00 (UTC+1)"), "\(changes)")
    #expect(changes.contains("Europe/Berlin") && changes.contains("Europe/London"))
    // A part would be released with times of another zone than the rest.
    let part = try await plenary("program", "release", "1.1", "--day", "2016-06-01", "--json")
    #expect(part.code == 1 && part.error.contains("releases.days-changed"), "\(part)")
    try await plenary.done("program", "release", "1.1")
    let after = try await calendar()
    #expect(after.contains("DTSTART;TZID=Europe/London:20160601T090000") && after.contains("SEQUENCE:1"))
    func uids(_ lines: [String]) -> [String] { lines.filter { $0.hasPrefix("UID:") } }
    #expect(uids(after) == uids(before))

    // Also with a session that was cancelled, and one that was scheduled since.
    try await plenary.done("session", "cancel", "a")
    try await plenary.done(
      "session", "schedule", "b", "--title", "B", "--room", "aula", "--start", "2016-06-01 11:00", "--end",
      "12:00")
    try await plenary.done("log", "undo", id)
    #expect(try await plenary.done("conference", "show").output.contains("Europe/Berlin"))
    let sessions = try await plenary.done("session", "list", "--json").output
    #expect(sessions.contains("Europe/Berlin") && !sessions.contains("Europe/London"), "\(sessions)")
  }
}

@Suite(.timeLimit(.minutes(40))) struct `A conference day` {
  @Test func `that begins at four has the night before in every document, list and feed`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary.done(
      "conference", "open", "night", "--title", "Night", "--first-day", "2016-06-01", "--last-day",
      "2016-06-02", "--zone",
      "Europe/Berlin", "--languages", "en", "--day-start", "05:00")
    try await plenary.done("conference", "revise", "--day-start", "04:00")
    #expect(try await plenary("conference", "revise", "--day-start", "13:00").code == 2)
    try await plenary.done("room", "add", "aula", "--name", "Aula")
    for (name, start, end) in [
      ("dinner", "2016-06-01 20:00", "00:30"), ("dance", "2016-06-02 01:00", "02:00"),
      ("talk", "2016-06-02 09:00", "10:00"), ("last", "2016-06-03 00:30", "01:30"),
    ] {
      try await plenary.done(
        "session", "schedule", name, "--title", name, "--room", "aula", "--start", start, "--end", end)
    }
    let shown = try await plenary.done("program", "show", "--day", "2016-06-01").output
    #expect(shown.contains("dance") && !shown.contains("talk"), "\(shown)")

    let days = ["2016-06-01": ["dinner", "dance"], "2016-06-02": ["talk", "last"]]
    func sessions(_ day: [String: Any], _ key: String) -> [String] {
      (day[key] as? [[String: Any]] ?? []).compactMap { ($0["slug"] ?? $0["session"]) as? String }
    }
    for (kind, key) in [
      ("booklet", "sessions"), ("pocket", "slots"), ("wall-grid", "slots"), ("day-sheets", "slots"),
    ] {
      let document = try await plenary.done("program", "print", kind, "--format", "json", "--output", "-")
        .object
      for day in try #require(document["days"] as? [[String: Any]]) {
        #expect(sessions(day, key) == days[day["date"] as? String ?? ""], "\(kind)")
        #expect("\(day["note"] ?? "")".contains("Times before 04:00 are after midnight"), "\(kind)")
      }
    }
    let part = try await plenary.done(
      "program", "print", "booklet", "--day", "2016-06-02", "--format", "json", "--output", "-")
    #expect(part.output.contains("\"last\"") && !part.output.contains("\"dance\""))
    let signs = try await plenary.done("program", "print", "door-signs", "--format", "json", "--output", "-")
      .object
    #expect(
      (signs["signs"] as? [[String: Any]])?.map { $0["date"] as? String } == ["2016-06-01", "2016-06-02"])

    try await plenary.done("program", "release", "1.0")
    let xml = try await plenary.done("program", "export", "xml", "--output", "-").output
    #expect(
      xml.contains(
        "date=\"2016-06-01\" start=\"2016-06-01T04:00:00+02:00\" end=\"2016-06-02T04:00:00+02:00\""))
    let first = try #require(xml.firstRange(of: "<day index=\"2\""))
    #expect(xml[..<first.lowerBound].contains("dance") && xml[first.lowerBound...].contains("last"))
    func exported(_ format: String) async throws -> Plenary.Run {
      try await plenary.done("program", "export", format, "--output", "-")
    }
    let first1 = try await exported("schedule").object["schedule"] as? [String: Any]
    let days1 = (first1?["conference"] as? [String: Any])?["days"] as? [[String: Any]]
    let starts = ["2016-06-01T04:00:00+02:00", "2016-06-02T04:00:00+02:00"]
    #expect(days1?.map { $0["day_start"] as? String } == starts)
    let titles = days1?.map { day in
      (day["rooms"] as? [String: [[String: Any]]])?["Aula"]?.map { $0["title"] as? String }
    }
    #expect(titles == [["dinner", "dance"], ["talk", "last"]])
    let second = try await exported("schedule2").object["schedule"] as? [String: Any]
    let days2 = (second?["conference"] as? [String: Any])?["days"] as? [[String: Any]]
    #expect(days2?.map { $0["start"] as? String } == starts)
    let json = try #require(try await exported("json").object["days"] as? [[String: Any]])
    #expect(json.map { sessions($0, "sessions") } == [["dinner", "dance"], ["talk", "last"]])
    let table = try await exported("csv").lines
    #expect(table.contains { $0.contains("dance") && $0.contains("2016-06-02") }, "\(table)")
    let page = try await exported("html").output
    #expect(page.matches(of: /<section class="day"/).count == 2)
    #expect(
      page.contains("Times before 04:00 are after midnight, on 2\u{a0}June") || page.contains("on 2 June"))
    #expect(try await plenary("program", "check", "--only", "outside-days").code == 0)
  }
}

extension Plenary.Run {
  fileprivate func expectDone(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(code == 0, "\(self)", sourceLocation: sourceLocation)
  }
}
