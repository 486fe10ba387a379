import Foundation
import Postgres
import Testing

/// A refused command: its arguments, its exit code, and a part of its message.
struct Refusal: Sendable, CustomTestStringConvertible {
  var words: [[UInt8]]
  var code: Int
  var sentence: String

  init(_ words: [String], _ code: Int, _ sentence: String) {
    (self.words, self.code, self.sentence) = (words.map { Array($0.utf8) }, code, sentence)
  }

  var testDescription: String {
    words.map { String(decoding: $0.prefix(60), as: UTF8.self) }.joined(separator: " ")
  }
}

private func opens(_ options: String...) -> [String] {
  ["conference", "open", "other", "--title", "Other", "--first-day", "2016-06-01"] + options
}

private func schedules(_ start: String, _ end: String, _ options: String...) -> [String] {
  ["session", "schedule", "new", "--title", "New", "--room", "aula", "--start", start, "--end", end]
    + options
}

@Suite(.timeLimit(.minutes(40))) struct `Bad input` {
  private static let noAddress =
    "“a..b@example.org” is not an e-mail address such as anna@example.org: before the @, a dot stands between two "
    + "other characters."

  private static let refusals: [Refusal] = [
    // Zones and times.
    Refusal(opens("--zone", "Europe/Nowhere"), 2, "“Europe/Nowhere” is not a time zone"),
    Refusal(opens("--zone", "CET"), 2, "“CET” is not a time zone"),
    Refusal(opens("--zone", "EST5EDT"), 2, "is not a time zone"),
    // Britain has other clocks in summer, so nobody is taken at this word.
    Refusal(opens("--zone", "GMT"), 2, "“GMT” is not a time zone of a place"),
    Refusal(opens("--zone", "GMT+2"), 2, "is not a time zone"),
    Refusal(opens("--zone", "+02:00"), 2, "is not a time zone"),
    Refusal(opens("--zone", "../Europe/Berlin"), 2, "is not a time zone"),
    Refusal(opens("--zone", "/etc/localtime"), 2, "is not a time zone"),
    Refusal(opens("--zone", ""), 2, "is not a time zone"),
    Refusal(opens("--zone", "Europe/Berlin", "--last-day", "2016-05-31"), 1, "before it begins"),
    Refusal(opens("--zone", "Europe/Berlin", "--last-day", "2016-06-31"), 2, "“2016-06-31” is not a date"),
    Refusal(schedules("2016-06-01 10:00", "09:00"), 1, "which is not after its start"),
    Refusal(schedules("2016-06-01 10:00", "10:00"), 1, "which is not after its start"),
    Refusal(schedules("2016-06-01 10:00", "2016-06-03 10:00"), 1, "more than 24 hours"),
    Refusal(schedules("2016-06-04 10:00", "11:00"), 1, "outside the conference's days"),
    Refusal(schedules("2016-05-31 23:00", "2016-06-01 01:00"), 1, "outside the conference's days"),
    Refusal(schedules("2016-06-01 25:00", "26:00"), 2, "is not a time"),
    Refusal(schedules("2016-06-01 10:60", "11:00"), 2, "is not a time"),
    Refusal(schedules("2016-02-30 10:00", "11:00"), 2, "is not a time"),
    Refusal(schedules("10:00", "11:00"), 2, "is not a time"),
    Refusal(schedules("tomorrow", "11:00"), 2, "“tomorrow” is not a time"),
    Refusal(schedules("2016-06-01 10:00+05:00", "11:00"), 2, "are not +05:00 from UTC but +02:00"),
    // Addresses: the same message for all kinds of people.
    Refusal(["attendee", "register", "--name", "Li", "--email", "a..b@example.org"], 2, noAddress),
    Refusal(["attendee", "revise", "a-1", "--email", "a..b@example.org"], 2, noAddress),
    Refusal(["speaker", "contact", "li-wei", "--email", "a..b@example.org"], 2, noAddress),
    Refusal(["program", "notices", "--mbox", "x", "--from", "a..b@example.org"], 2, noAddress),
    // Things that do not exist, or names that are taken.
    Refusal(schedules("2016-06-01 10:00", "11:00", "--speaker", "nobody"), 1, "There is no speaker “nobody”"),
    Refusal(schedules("2016-06-01 10:00", "11:00", "--track", "none"), 1, "There is no track “none”"),
    Refusal(
      [
        "session", "schedule", "new", "--title", "N", "--room", "none", "--start", "2016-06-01 10:00",
        "--end", "11:00",
      ],
      1, "There is no room “none”"),
    Refusal(
      schedules("2016-06-01 09:30", "10:30"), 1, "is taken 2016-06-01 09:00–10:00 by the session “opening”"),
    Refusal(["session", "move", "none", "--room", "aula"], 1, "There is no session “none”"),
    Refusal(["session", "cancel", "none"], 1, "There is no session “none”"),
    Refusal(["session", "show", "none"], 1, "There is no session “none”"),
    Refusal(["session", "revise", "none", "--title", "T"], 1, "There is no session “none”"),
    Refusal(
      [
        "session", "schedule", "opening", "--title", "X", "--room", "aula", "--start", "2016-06-02 10:00",
        "--end", "11:00",
      ],
      1, "“opening” already names the session “Opening”"),
    Refusal(["room", "add", "aula", "--name", "Other"], 1, "already names the room “Aula”"),
    Refusal(["room", "close", "aula"], 1, "still has “opening”"),
    Refusal(["room", "revise", "none", "--name", "X"], 1, "There is no room “none”"),
    Refusal(["speaker", "register", "li-wei", "--name", "Other"], 1, "already names the speaker Wei Li"),
    Refusal(["speaker", "assign", "nobody", "opening"], 1, "There is no speaker “nobody”"),
    Refusal(["speaker", "unassign", "li-wei", "opening"], 1, "is not speaker of “opening”"),
    Refusal(["speaker", "affiliate", "li-wei", "--remove", "7"], 1, "has no affiliation"),
    Refusal(["speaker", "show", "nobody"], 1, "There is no speaker “nobody”"),
    Refusal(["attendee", "check-in", "a-9"], 1, "There is no attendee “a-9”"),
    Refusal(["attendee", "erase", "a-9", "--yes"], 1, "There is no attendee “a-9”"),
    Refusal(["attendee", "show", "a-9"], 1, "There is no attendee “a-9”"),
    Refusal(["statement", "show", "e-9"], 1, "There is no entry “e-9”"),
    Refusal(["statement", "retract", "e-9"], 1, "There is no entry “e-9”"),
    Refusal(["statement", "show", "1.2"], 1, "No issue of the proceedings has a paragraph 1.2"),
    Refusal(["statement", "move", "e-1", "--after", "e-1"], 1, "named twice"),
    Refusal(["statement", "move", "e-1"], 2, "Say where"),
    Refusal(["statement", "move", "e-1", "--after", "e-2", "--session", "opening"], 2, "Say where"),
    Refusal(["statement", "insert", "--by", "li-wei", "--text", "x"], 2, "Say where"),
    Refusal(["statement", "split", "e-1", "--at", "ended"], 1, "are not in “e-1”"),
    Refusal(["statement", "merge", "e-1", "e-1"], 1, "named twice"),
    Refusal(["statement", "reaffirm", "e-1"], 1, "is not based on another entry"),
    Refusal(["statement", "reattribute", "e-1"], 2, "Say who said it"),
    Refusal(
      ["statement", "correct", "e-1", "--spoken", "zh", "--clear", "spoken"], 2, "--clear spoken removes"),
    Refusal(
      ["statement", "record", "opening", "--by", "li-wei", "--text", "x", "--act", "Noted"], 2,
      "'Noted' is invalid"),
    Refusal(["correction", "show", "k-9"], 1, "There is no correction “k-9”"),
    Refusal(
      ["correction", "accept", "k-9", "--verified-against", "notes"], 1, "There is no correction “k-9”"),
    Refusal(["correction", "refuse", "k-9"], 2, "A refusal needs a --reason"),
    Refusal(["correction", "request", "e-1", "--kind", "editorial", "--text", "x"], 1, "“e-1” is a draft"),
    Refusal(["correction", "request", "e-1", "--kind", "editorial"], 2, "Say what to correct"),
    Refusal(["correction", "request", "e-1", "--text", "x"], 2, "--kind"),
    Refusal(
      ["correction", "request", "e-1", "--kind", "substantive", "--retract", "--text", "x"], 2,
      "--retract takes"),
    Refusal(["proceedings", "print", "--issue", "1"], 1, "There is no issue 1"),
    Refusal(["proceedings", "print", "--issue", "1", "--at", "2"], 2, "leave out --at"),
    Refusal(["proceedings", "issue", "--proofed", "99"], 1, "99"),
    Refusal(
      ["statement", "record", "none", "--by", "li-wei", "--text", "x"], 1, "There is no session “none”"),
    Refusal(
      ["statement", "record", "opening", "--by", "nobody", "--text", "x"], 1, "There is no speaker “nobody”"),
    Refusal(
      ["statement", "record", "opening", "--by", "li-wei", "--text", "x", "--id", "e-1"], 1,
      "“e-1” stands in the record already"),
    Refusal(
      ["statement", "record", "opening", "--by", "li-wei", "--text", "x", "--id", "Two Words"], 2,
      "cannot name"),
    Refusal(["proceedings", "issue", "--number", "7"], 1, "the next issue is number 1"),
    Refusal(["conference", "show", "--conference", "elsewhere"], 1, "There is no conference “elsewhere”"),
    Refusal(["conference", "show", "--conference", "No Slug"], 2, "cannot name a conference"),
    Refusal(
      [
        "conference", "open", "berlin", "--title", "X", "--first-day", "2016-06-01", "--zone",
        "Europe/Berlin",
      ],
      1, "That name is taken by “Berlin”"),
    // Names and texts.
    Refusal(["room", "add", "Foyer", "--name", "Foyer"], 2, "“Foyer” cannot name a room"),
    Refusal(["room", "add", "a--b", "--name", "Foyer"], 2, "cannot name a room"),
    Refusal(["room", "add", "фойе", "--name", "Foyer"], 2, "cannot name a room"),
    Refusal(["room", "add", "", "--name", "Foyer"], 2, "cannot name a room"),
    Refusal(
      ["room", "add", String(repeating: "a", count: 65), "--name", "Foyer"], 2, "at most 64 characters"),
    Refusal(["room", "add", "foyer", "--name", ""], 2, "is empty"),
    Refusal(["room", "add", "foyer", "--name", "  \u{3000} "], 2, "is empty"),
    Refusal(["room", "add", "foyer", "--name", "en="], 2, "is empty"),
    Refusal(["room", "add", "foyer", "--name", "a\u{1}b"], 2, "U+0001"),
    Refusal(["room", "add", "foyer", "--name", "\u{1B}[31mred"], 2, "U+001B"),
    Refusal(["room", "add", "foyer", "--name", "a\nb"], 2, "U+000A"),
    Refusal(["room", "add", "foyer", "--name", "a\u{202E}b"], 2, "U+202E"),
    Refusal(["room", "add", "foyer", "--name", "a\u{2066}b"], 2, "U+2066"),
    Refusal(["room", "add", "foyer", "--name", "a\u{85}b"], 2, "U+0085"),
    Refusal(["room", "add", "foyer", "--name", "a\u{FFFF}b"], 2, "U+FFFF"),
    Refusal(
      ["room", "add", "foyer", "--name", "en-aa-bb-cc-dd-ee=Foyer"], 2,
      "not one of this conference's languages"),
    Refusal(["room", "add", "foyer", "--name", "One", "--name", "Two"], 2, "is given twice"),
    Refusal(["room", "add", "foyer", "--name", "F", "--actor", "an\na"], 2, "U+000A"),
    Refusal(["room", "add", "foyer", "--name", "F", "--reason", "\u{7}"], 2, "U+0007"),
    Refusal(["room", "add", "foyer", "--name", "F", "--actor", " "], 2, "The actor is empty"),
    Refusal(["room", "add", "foyer", "--name", "F", "--command-id", "7"], 2, "“7” is not a command id"),
    Refusal(["speaker", "register", "x", "--name", ", Anna"], 2, "“Family, Given”"),
    Refusal(["speaker", "register", "x", "--name", "Anna", "--name", "en=Anne"], 2, "given twice"),
    Refusal(["conference", "revise", "--organiser", "Smith; Sons"], 2, "is given twice"),
    Refusal(
      ["room", "add", "foyer", "--name", String(repeating: "n", count: 2001)], 2,
      "has 2001 bytes; at most 2000"),
    Refusal(
      ["session", "revise", "opening", "--description", String(repeating: "d", count: 120_000)], 2,
      "has 120000 bytes; at most 100000"),
    Refusal(
      [
        "statement", "record", "opening", "--by", "li-wei", "--text",
        "en=" + String(repeating: "会", count: 40_000),
      ],
      2, "has 120000 bytes; at most 100000"),
    // Attributions.
    Refusal(
      ["statement", "record", "opening", "--mode", "joint", "--by", "li-wei", "--text", "x"], 1,
      "two speakers or more"),
    Refusal(
      [
        "statement", "record", "opening", "--mode", "quantified", "--of", "x", "--as-printed", "Most",
        "--text", "x",
      ],
      1, "needs a quantifier"),
    Refusal(
      ["statement", "record", "opening", "--mode", "unattributed", "--as-printed", "x", "--text", "x"], 1,
      "An attribution of the mode “unattributed” is not printed"),
    // Wrong usage.
    Refusal(["room", "add", "foyer"], 2, "Missing expected argument '--name"),
    Refusal(["room", "add"], 2, "Missing expected argument"),
    Refusal(["room", "list", "--nonsense"], 2, "Unknown option '--nonsense'"),
    Refusal(["room", "list", "extra"], 2, "Unexpected argument 'extra'"),
    Refusal(["room", "nonsense"], 2, "There is no command “plenary room nonsense”"),
    Refusal(["nonsense"], 2, "There is no command “plenary nonsense”"),
    Refusal(["room", "add", "foyer", "--name", "F", "--capacity", "0"], 2, "from 1"),
    Refusal(["room", "add", "foyer", "--name", "F", "--capacity", "many"], 2, "'many' is invalid"),
    Refusal(["room", "list", "--at", "0"], 2, "--at takes a log position, from 1"),
    Refusal(["room", "list", "--at", "x"], 2, "'x' is invalid"),
    Refusal(["track", "add", "t", "--name", "T", "--color", "blue"], 2, "#1f5c99"),
    Refusal(["session", "move", "opening"], 2, "Give the new room or time"),
    Refusal(schedules("2016-06-01 10:00", "11:00", "--kind", "party"), 2, "'party' is invalid"),
    Refusal(["speaker", "affiliate", "li-wei"], 2, "--organisation"),
    Refusal(["attendee", "register", "--email", "x@example.org"], 2, "--name"),
    Refusal(["statement", "record", "opening", "--text", "x"], 2, "Say who said it"),
    Refusal(["statement", "correct", "e-1"], 2, "Say what to correct"),
    Refusal(["log", "show", "9..3"], 2, "is neither a position nor a range"),
    Refusal(["log", "show", "2", "--at", "3"], 2, "cannot be used together with --at"),
    Refusal(["log", "show", "2..3", "--as-of", "2016-06-01 10:00"], 2, "cannot be used together with --at"),
    Refusal(["log", "show", "2..99"], 1, "there is no 99 yet"),
    Refusal(["log", "show", "99"], 1, "there is no 99 yet"),
    Refusal(["log", "tail", "--number=-1", "--no-follow"], 2, "--number takes a number of events"),
    Refusal(
      ["room", "closure", "aula", "--remove", "1", "--note", "Cleaning"], 2, "--note belongs to a new"),
    Refusal(
      ["speaker", "affiliate", "li-wei", "--remove", "1", "--position", "Director"], 2, "takes no details"),
    Refusal(["projections", "rebuild", "nonsense"], 2, "There is no read model “nonsense”"),
    Refusal(["conference", "open", "other", "--zone", "Europe/Berlin"], 2, "--title"),
    // A field that is both set and cleared.
    Refusal(
      ["session", "revise", "opening", "--track", "x", "--clear", "track"], 2, "--clear track removes"),
    Refusal(["room", "revise", "aula", "--note", "x", "--clear", "note"], 2, "--clear note removes"),
    Refusal(
      ["venue", "revise", "west", "--address", "x", "--clear", "address"], 2, "--clear address removes"),
    Refusal(["track", "revise", "x", "--color", "#000000", "--clear", "color"], 2, "--clear color removes"),
    Refusal(
      ["conference", "revise", "--short-title", "x", "--clear", "short-title"], 2,
      "--clear short-title removes"),
    Refusal(
      ["speaker", "revise", "li-wei", "--biography", "x", "--clear", "biography"], 2,
      "--clear biography removes"),
    Refusal(["attendee", "revise", "a-1", "--note", "x", "--clear", "note"], 2, "--clear note removes"),
    Refusal(
      ["presentation", "revise", "x", "--link", "https://example.org/", "--clear", "links"], 2,
      "--clear links removes"),
    // The database.
    Refusal(["room", "list", "--database", "host=/nowhere dbname=x"], 4, "Cannot connect to the database"),
    Refusal(
      ["room", "list", "--database", "postgresql://127.0.0.1:1/x"], 4, "Cannot connect to the database"),
    Refusal(["room", "list", "--database", "host='"], 2, "cannot be read"),
    Refusal(["db", "start"], 1, "only Plenary's own server"),
  ]

  /// All cases run in one database, because none of them appends anything.
  @Test func `is refused with a helpful sentence, and changes nothing`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("speaker", "register", "li-wei", "--name", "Li, Wei")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start",
      "2016-06-01 09:00", "--end", "10:00")
    try await plenary.done(
      "statement", "record", "opening", "--by", "li-wei", "--text", "began.", "--id", "e-1")
    let before = try await plenary.head()
    for refusal in Self.refusals {
      let run = try await plenary.run(refusal.words)
      #expect(run.code == refusal.code, "\(refusal.testDescription): \(run.code) \(run.error.prefix(300))")
      #expect(run.error.contains(refusal.sentence), "\(refusal.testDescription): \(run.error.prefix(500))")
      #expect(run.output.isEmpty, "\(refusal.testDescription): \(run.output.prefix(300))")
      #expect(!run.error.contains("\u{1B}") && run.error.count < 2_500, "\(refusal.testDescription)")
    }
    #expect(try await plenary.head() == before)
    #expect(try await plenary.connect().query("select from log.head").count == 1)
    #expect(try await plenary.connect().query("select from vault.key").isEmpty)
  }

  @Test func `that is not UTF-8 is refused and not repaired`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for bytes: [UInt8] in [
      [0xFF], [0x41, 0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ] {
      let words = ["room", "add", "foyer", "--name"].map { Array($0.utf8) }
      let run = try await plenary.run(words + [bytes])
      #expect(run.code == 2 && run.error.contains("Argument 5 is not valid UTF-8"), "\(run)")
    }
    #expect(try await plenary.head() == 2)
  }

  @Test func `with times that a clock change skips or repeats is refused`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary.done(
      "conference", "open", "berlin", "--title", "Berlin", "--first-day", "2016-03-26", "--last-day",
      "2016-10-31", "--zone", "Europe/Berlin")
    try await plenary.done("room", "add", "aula", "--name", "Aula")
    func schedule(_ name: String, _ start: String, _ end: String) async throws -> Plenary.Run {
      try await plenary(
        "session", "schedule", name, "--title", name, "--room", "aula", "--start", start, "--end", end)
    }
    let skipped = try await schedule("skipped", "2016-03-27 02:30", "04:00")
    #expect(skipped.code == 2 && skipped.error.contains("skip 2016-03-27 02:30"), "\(skipped)")
    let skippedEnd = try await schedule("skipped", "2016-03-27 01:30", "02:30")
    #expect(skippedEnd.code == 2 && skippedEnd.error.contains("skip 2016-03-27 02:30"), "\(skippedEnd)")
    let skippedWith = try await schedule("skipped", "2016-03-27 02:30+01:00", "04:00")
    #expect(skippedWith.code == 2, "\(skippedWith)")
    let doubled = try await schedule("doubled", "2016-10-30 02:30", "04:00")
    #expect(doubled.code == 2 && doubled.error.contains("twice"), "\(doubled)")
    #expect(
      doubled.error.contains("2016-10-30 02:30+02:00") && doubled.error.contains("2016-10-30 02:30+01:00"))
    let first = try await schedule("first", "2016-10-30 02:30+02:00", "2016-10-30 02:30+01:00")
    #expect(first.code == 0, "\(first)")
    let second = try await schedule("second", "2016-10-30 02:30+01:00", "03:30")
    #expect(second.code == 0, "\(second)")
    let clash = try await schedule("clash", "2016-10-30 02:45+02:00", "2016-10-30 02:15+01:00")
    #expect(clash.code == 1 && clash.error.contains("by the session “first”"), "\(clash)")
    // A session that is moved across the clock change keeps its length, and its times exist.
    #expect(try await schedule("moved", "2016-03-26 09:00", "10:00").code == 0)
    try await plenary.done("session", "move", "moved", "--start", "2016-03-27 01:30")
    let slots =
      try await plenary("session", "show", "moved", "--json").object["slots"] as? [[String: Any]]
    let slot = slots?.first?["slot"] as? [String: Any]
    #expect(slot?["end"] as? String == "2016-03-27T03:30+02:00[Europe/Berlin]")
  }

  @Test func `does not include strange but valid text, which is kept unchanged`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let texts = [
      "'; drop table log.event; --", "$1 $$ \\' \\\\ %s %n {0}", "<script>alert(\"x\")</script> &amp; &",
      "#let x = 1; #panic() *bold* _it_ `raw` @ref <label> $x$ // /* \\", "BEGIN:VEVENT;X=\"a,b\":\\n",
      "null", "{\"en\":\"x\"}", "\\N", "\\.", "x = y", "a\u{200B}b\u{FEFF}", "👩‍👩‍👧‍👦 e\u{301} é",
      "\u{1F1E8}\u{1F1F3} 𠀀 \u{E000} \u{10FFFD}",
    ]
    for (index, text) in texts.enumerated() {
      let name = "s-\(index)"
      try await plenary.done(
        "session", "schedule", name, "--title", text, "--room", "aula", "--start",
        "2016-06-0\(1 + index / 8) \(8 + index % 8):00", "--end", "\(9 + index % 8):00", "--description",
        text + "\n\n" + text)
      for options in [[], ["--at", "\(index + 3)"]] {
        let shown = try await plenary(["session", "show", name, "--json"] + options)
        let details = shown.object
        #expect((details["title"] as? [String: String]) == ["en": text], "\(shown)")
        #expect(
          (details["description"] as? [String: String]) == ["en": text + "\n\n" + text], "\(shown)")
      }
    }
    try await plenary.done("program", "show")
    try await plenary.done("projections", "verify")
    try await plenary.done("log", "verify")
  }

  @Test func `without a conference is refused if there are several`() async throws {
    let plenary = try await Plenary.apart()
    let none = try await plenary("room", "list")
    #expect(none.code == 1 && none.error.contains("There is no conference yet"), "\(none)")
    _ = try await plenary.berlin()
    try await plenary.done(
      "conference", "open", "other", "--title", "Other", "--first-day", "2016-06-01", "--zone", "UTC")
    let two = try await plenary("room", "list")
    #expect(
      two.code == 2 && two.error.contains("berlin, other") && two.error.contains("--conference"), "\(two)")
    try await plenary.done("room", "list", "--conference", "berlin")
    var named = plenary
    named.variables["PLENARY_CONFERENCE"] = "berlin"
    #expect(try await named.done("room", "list").output.contains("aula"))
    #expect(try await named("room", "list", "-c", "other").output.isEmpty)
  }

  @Test func `distinguishes a login without rights from a database without a schema`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let owner = try await plenary.connect()
    try await owner.execute("create role stranger login")
    let database = plenary.database?.replacing("user=plenary", with: "user=stranger") ?? ""
    let stranger = try await plenary("room", "list", "--database", database)
    #expect(stranger.code == 4 && stranger.error.contains("grant plenary_writer"), "\(stranger)")
    let empty = plenary.database?.replacing(/dbname=.*/, with: "dbname=template1") ?? ""
    let unset = try await plenary("room", "list", "--database", empty)
    #expect(unset.code == 4 && unset.error.contains("plenary db migrate"), "\(unset)")
  }

  @Test func `is reported without colours if the output is not a terminal`() async throws {
    var plenary = try await Plenary.apart().berlin()
    for color in ["", "1"] {
      plenary.variables["NO_COLOR"] = color
      plenary.variables["TERM"] = "xterm-256color"
      for command in [
        ["room", "list"], ["conference", "show"], ["log", "show"], ["program", "show"], ["room", "add"],
      ] {
        let run = try await plenary(command)
        #expect(!(run.output + run.error).contains("\u{1B}"), "\(run)")
      }
    }
  }
}
