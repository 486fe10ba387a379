import Foundation
import Glibc
import Publishing
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Tables for spreadsheets` {
  /// Every list, and what its table has.
  private static let lists: [(words: [String], says: String)] = [
    (["attendee", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "Anna Berg"),
    (["conference", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "Berlin"),
    (["correction", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "editorial"),
    (["organisation", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "Bank"),
    (["presentation", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "A talk"),
    (["proceedings", "issues", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "1"),
    (["program", "prints", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], ","),
    (["program", "releases", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "1.0"),
    (["room", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "'=Aula"),
    (["session", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "Opening"),
    (["speaker", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "Ada Lovelace"),
    (["statement", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "begins."),
    (["subject", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "Ice"),
    (["track", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "Economy"),
    (["venue", "list", "--csv", "--bom", "--semicolons", "--xlsx", "--columns"], "West"),
  ]

  private func filled() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    for words in [
      ["room", "revise", "aula", "--name", "=Aula"], ["venue", "add", "west", "--name", "West"],
      ["track", "add", "economy", "--name", "Economy"],
      ["speaker", "register", "ada", "--name", "Lovelace, Ada"],
      [
        "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start",
        "2016-06-01 09:00",
        "--end", "10:00", "--speaker", "ada",
      ],
      ["presentation", "add", "talk", "opening", "--title", "A talk", "--presenter", "ada"],
      ["attendee", "register", "a-1", "--name", "Berg, Anna"],
      ["attendee", "check-in", "a-1", "--session", "opening"], ["program", "release", "1.0"],
      ["organisation", "add", "bank", "--name", "Bank"], ["subject", "add", "ice", "--name", "Ice"],
      ["statement", "record", "opening", "--by", "ada", "--text", "began.", "--id", "e-1"],
      ["proceedings", "issue"],
      [
        "correction", "make", "e-1", "--kind", "editorial", "--text", "begins.", "--verified-against",
        "notes",
      ],
    ] { try await plenary.done(words) }
    return plenary
  }

  /// They may show personal data that is encrypted in the log.
  @Test func `leave nothing in the folder for temporary files while they are made`() async throws {
    var plenary = try await filled()
    let folder = try ShortFolder("tables")
    plenary.variables["TMPDIR"] = folder.path
    let watch = inotify_init1(O_NONBLOCK)
    defer { close(watch) }
    #expect(inotify_add_watch(watch, folder.path, 0x100) > 0)  // IN_CREATE
    let output = try ShortFolder("table")
    try await plenary.done("attendee", "list", "--xlsx", output.path + "/list.xlsx")
    var event = [UInt8](repeating: 0, count: 4096)
    #expect(read(watch, &event, event.count) < 0 && errno == EAGAIN, "A file was made.")
    _ = try folder.write("", to: "seen")
    #expect(read(watch, &event, event.count) > 0, "The folder is watched.")
  }

  @Test func `are written of every list, as CSV and as a workbook`() async throws {
    let plenary = try await filled()
    let folder = try Folder()
    for (words, says) in Self.lists {
      let command = Array(words.prefix { !$0.hasPrefix("--") })
      let csv = try await plenary.done(command + ["--csv"])
      #expect(csv.output.contains(says) && csv.output.contains("\r\n"), "\(csv)")
      #expect(!csv.output.contains(";") || csv.output.contains(","), "\(csv)")
      let header = csv.output.prefix { $0 != "\r\n" }.split(separator: ",").map(String.init)
      let last = try #require(header.last)
      let one = try await plenary.done(command + ["--csv", "--columns", last.lowercased()]).output
      #expect(one.prefix { $0 != "\r\n" } == last && header.count > 1, "\(command)")
      let excel = try await plenary.done(command + ["--csv", "--bom", "--semicolons"]).output
      #expect(excel.unicodeScalars.first == "\u{FEFF}" && excel.contains(";"), "\(command)")
      let file = command.joined(separator: "-") + ".xlsx"
      try await plenary.done(command + ["--xlsx", folder.path(file)])
      #expect(try folder.bytes(file).starts(with: Array("PK".utf8)), "\(command)")
      for wrong in [
        ["--bom"], ["--semicolons"], ["--csv", "--xlsx", "x"], ["--csv", "--json"], ["--xlsx="],
      ] {
        let run = try await plenary(command + wrong)
        #expect(run.code == 2, "\(run)")
      }
    }
    let people = try FileManager.default.attributesOfItem(atPath: folder.path("attendee-list.xlsx"))
    #expect(people[.posixPermissions] as? Int == 0o600, "Only its owner can read who comes.")
    // Every list that prints a table has the options.
    let tables = Set(Self.lists.map { $0.words.prefix(2).joined(separator: " ") })
    for (path, command) in try await CommandTree.all() where path.last == "list" && command.subcommands == nil
    {
      #expect(tables.contains(path.joined(separator: " ")), "\(path)")
    }
  }

  @Test func `say nothing new where they came from, and what is no program is refused by its name`()
    async throws
  {
    let plenary = try await filled()
    for words in [
      [
        "attendee", "register", "a-2", "--name", "en=Feng, Shaolei", "--name", "zh=冯 绍雷", "--unlisted",
        "--category", "press",
      ],
      ["attendee", "register", "a-3", "--name", "Gone, Ann"], ["attendee", "withdraw", "a-3"],
      [
        "session", "revise", "opening", "--description", "Words *about* it.", "--track", "economy", "--link",
        "https://example.org/ä",
      ],
      ["presentation", "revise", "talk", "--link", "https://example.org/talk"],
      [
        "session", "add-slot", "opening", "--room", "aula", "--start", "2016-06-02 22:00", "--end",
        "2016-06-03 01:00",
      ],
      [
        "session", "schedule", "opening-2", "--title", "Opening", "--room", "aula", "--start",
        "2016-06-03 09:00", "--end", "10:00",
      ],
      [
        "session", "schedule", "lost", "--title", "Lost", "--room", "aula", "--start", "2016-06-03 11:00",
        "--end", "12:00",
      ],
      ["speaker", "assign", "ada", "opening", "--as", "chair"], ["session", "cancel", "lost"],
      ["session", "schedule", "loose", "--title", "Loose", "--unscheduled"],
      ["program", "release", "2.0"],
    ] { try await plenary.done(words) }
    let folder = try Folder()
    var exports = Self.lists.map { (Array($0.words.prefix { !$0.hasPrefix("--") }), "--csv", "--xlsx") }.map {
      ($0.0 + [$0.1], $0.0 + [$0.2])
    }
    exports += [
      (["program", "export", "csv", "--output", "-"], ["program", "export", "xlsx", "--output"]),
      (
        ["attendee", "print", "participants", "--format", "csv", "-o", "-"],
        ["attendee", "print", "participants", "--format", "xlsx", "-o"]
      ),
      (
        ["attendee", "print", "check-in", "--format", "csv", "-o", "-"],
        ["attendee", "print", "check-in", "--format", "xlsx", "-o"]
      ),
      (
        [
          "attendee", "print", "check-in", "--columns", "attendee", "name", "organisation", "--format", "csv",
          "-o", "-",
        ],
        [
          "attendee", "print", "check-in", "--columns", "attendee", "name", "organisation", "--format",
          "xlsx", "-o",
        ]
      ),
      (
        ["attendee", "presence", "--format", "csv", "-o", "-"],
        ["attendee", "presence", "--format", "xlsx", "-o"]
      ),
    ]
    var taken: [String] = []
    for (index, (csv, xlsx)) in exports.enumerated() {
      let table = folder.path("\(index).csv")
      try await plenary.done(csv).output.write(toFile: table, atomically: false, encoding: .utf8)
      let book = folder.path("\(index).xlsx")
      try await plenary.done(xlsx + [book])
      for file in [table, book] {
        let run = try await plenary("import", file)
        if run.code == 0 { taken.append(csv.prefix(2).joined(separator: " ")) }
        #expect(
          run.code == 0
            ? run.output.contains("Nothing to record")
            : run.code == 1 && run.error.contains("that Plenary wrote"),
          "\(csv) \(run)")
      }
    }
    #expect(
      Set(taken) == ["attendee list", "attendee print", "program export", "session list", "speaker list"])
    // Somebody corrects the list in a spreadsheet: they choose to take it.
    let list = try await plenary.done("attendee", "list", "--csv").output
    let corrected = folder.path("corrected.csv")
    try list.replacing("Anna Berg", with: "Anna Burg").write(
      toFile: corrected, atomically: false, encoding: .utf8)
    let clash = try await plenary("import", corrected)
    #expect(clash.code == 1 && clash.error.contains("The attendee “a-1”, name"), "\(clash)")
    try await plenary("import", corrected, "--theirs").says(/attendee +a-1 +Anna Berg +name/)
    try await plenary("attendee", "show", "a-1").says("Anna Burg")
    let empty = try await plenary(
      "conference", "open", "riga", "--title", "Riga", "--first-day", "2016-06-01", "--last-day",
      "2016-06-03", "--zone",
      "Europe/Berlin", "--languages", "en", "de")
    #expect(empty.code == 0)
    let program = exports.firstIndex { $0.0.first == "program" && $0.0[1] == "export" }!
    try await plenary.done("import", folder.path("\(program).csv"), "--conference", "riga")
    try await plenary("room", "list", "--conference", "riga").says(/aula .*=Aula/)
    try await plenary("import", folder.path("\(program).csv"), "--conference", "riga").says(
      "Nothing to record")
  }

  @Test func `can be corrected, and nothing is lost or taken without being asked`() async throws {
    let plenary = try await filled()
    for words in [
      ["room", "add", "west", "--name", "West hall"],
      [
        "session", "add-slot", "opening", "--room", "aula", "--start", "2016-06-02 09:00", "--end", "10:00",
      ],
      ["attendee", "register", "a-2", "--name", "Ott, Ben"],
    ] { try await plenary.done(words) }
    let folder = try Folder()
    func written(_ text: String, _ name: String) throws -> String {
      try text.write(toFile: folder.path(name), atomically: false, encoding: .utf8)
      return folder.path(name)
    }
    func table(_ words: String..., with corrections: [(String, String)] = []) async throws -> String {
      var text = try await plenary.done(words).output
      for (old, new) in corrections {
        #expect(text.contains(old), "\(text)")
        text = text.replacing(old, with: new)
      }
      return try written(text, "\(words.joined(separator: "-")).csv")
    }
    // Only the first day: the slot of the second one stays.
    let day = ["session", "list", "--day", "2016-06-01", "--csv"]
    let list = try await plenary.done(day).output
    #expect(list.contains("\r\nopening,2016-06-01 09:00–10:00,aula,session,Opening\r\n"), "\(list)")
    func corrected(_ new: String) throws -> String {
      try written(list.replacing(",Opening", with: ",\(new)"), "list.csv")
    }
    try await plenary("import", corrected("Opening")).says("Nothing to record")
    let clash = try await plenary("import", corrected("Opening (1/2) of C#"))
    #expect(clash.code == 1 && clash.error.contains("The session “opening”, title"), "\(clash)")
    try await plenary.done("import", corrected("Opening (1/2) of C#"), "--ours")
    let again = try await plenary("import", corrected("Opening (1/2) of C#"))
    #expect(
      again.output.contains("Nothing to record")
        && again.error.contains(
          "1 field of the table differs as before and stays as you chose: session:opening.title"),
      "\(again)")
    try await plenary.done("import", corrected("Opening (1/2) of C#"), "--their", "session:opening.title")
    try await plenary("session", "show", "opening").says("Opening (1/2) of C#", "2016-06-02")
    let moved = list.replacing("09:00–10:00", with: "10:00–11:00").replacing(
      ",Opening", with: ",Opening (1/2) of C#")
    try await plenary("import", written(moved, "moved.csv"), "--theirs").says(/opening .*time/)
    try await plenary("session", "show", "opening").says("10:00", "2016-06-02")
    // Somebody writes the name of a new room.
    let elsewhere = moved.replacing("10:00–11:00,aula", with: "10:00–11:00,Big hall")
    try await plenary("import", written(elsewhere, "room.csv"), "--theirs").says(
      #/rooms +1 +1 /#, /opening .*room/)
    // The program: another speaker in place of the first one.
    let names = try await table("speaker", "list", "--csv", with: [("Ada Lovelace", "Ada Byron")])
    let named = try await plenary("import", names)
    #expect(named.error.contains("the file has “Ada Byron”, here is “Ada Lovelace”"), "\(named)")
    let program = try await table(
      "program", "export", "csv", "--draft", "-o", "-", with: [("Ada Lovelace", "Bo Li")])
    let replaced = try await plenary("import", program)
    #expect(
      replaced.code == 1 && replaced.error.contains("speaker: the file has Bo Li, here is Ada Lovelace")
        && replaced.error.contains("“time_zone”"), "\(replaced)")
    try await plenary.done("import", program, "--theirs")
    let exported = try await plenary.done("program", "export", "csv", "--draft", "-o", "-").output
    #expect(exported.contains(",Bo Li,") && !exported.contains(",Ada Lovelace,"), "\(exported)")
    // With --json, the remarks are before the error.
    let refused = try await plenary("import", try corrected("Other"), program, "--json")
    #expect(refused.code == 1 && refused.error.contains("both tables of sessions"), "\(refused)")
    let json = try await plenary(
      "import",
      try await table(
        "program", "export", "csv", "--draft", "-o", "-", with: [("Bo Li", "Cy Li")]), "--json")
    #expect(json.code == 1 && json.error.contains("remark: "), "\(json)")
    // The list of attendees, from before one was erased and another one corrected.
    let people = try await table("attendee", "list", "--csv", with: [("Ben Ott", "Benno Ott")])
    try await plenary.done("attendee", "erase", "a-1", "--reason", "asked", "--yes")
    let erased = try await plenary("import", people, "--theirs")
    #expect(erased.code == 0 && erased.error.contains("skipped: the attendee “a-1”"), "\(erased)")
    try await plenary("attendee", "list").says("Benno Ott")
    let left = try await plenary.done("attendee", "list", "--csv").output.split(separator: "\r\n")
    #expect(
      left.count == 3 && left.contains { $0.hasPrefix("a-1,erased,") }, "Somebody is registered anew: \(left)"
    )
    for (words, reason) in [
      (["--complete"], "may show only a part"), (["--source", "shop"], "no other source"),
    ] {
      let run = try await plenary(["import", people] + words)
      #expect(run.code == 1 && run.error.contains(reason), "\(run)")
    }
    // A release that is not the present one says so.
    let released = try await plenary("program", "export", "csv", "-o", "-")
    #expect(released.error.contains("export it with --draft"), "\(released)")
    try await plenary.done(
      "session", "schedule", "new", "--title", "New", "--room", "west", "--start", "2016-06-01 12:00",
      "--end", "13:00")
    let feed = try await plenary("program", "export", "ics", "-o", "-")
    #expect(feed.error.contains("Not in the export: 1 session that no release has yet: new."), "\(feed)")
  }

  @Test func `are written of the program and of attendees`() async throws {
    let plenary = try await filled()
    let folder = try Folder()
    try await plenary.done("program", "export", "xlsx", "--output", folder.path("program.xlsx"))
    try await plenary("program", "export", "csv", "--semicolons", "--output", "-").says(
      "opening;1;2016-06-01")
    try await plenary.done("attendee", "print", "check-in", "--format", "xlsx", "-o", folder.path("a.xlsx"))
    try await plenary(
      "attendee", "print", "participants", "--format", "csv", "--semicolons", "--bom", "-o", "-"
    )
    .says("name;other_names")
    try await plenary.done("attendee", "presence", "--format", "xlsx", "-o", folder.path("p.xlsx"))
    try await plenary("attendee", "presence", "--format", "csv", "--bom", "--semicolons", "-o", "-").says(
      ";opening;")
    for file in ["program.xlsx", "a.xlsx", "p.xlsx"] {
      #expect(try folder.bytes(file).starts(with: Array("PK".utf8)), "\(file)")
    }
    for wrong in [
      ["program", "export", "ics", "--semicolons"], ["attendee", "print", "check-in", "--semicolons"],
      ["attendee", "print", "badges", "--format", "xlsx"], ["attendee", "presence", "--bom"],
    ] {
      let run = try await plenary(wrong)
      #expect(run.code == 2, "\(run)")
    }
  }

  @Test func `and all other exports can be taken at an earlier position, byte for byte`() async throws {
    let plenary = try await filled()
    let exports: [[String]] =
      ProgramFormat.allCases.flatMap { format in
        [[], ["--draft"]].map { ["program", "export", format.rawValue, "-o", "-"] + $0 }
      }
      + ["json", "html"].map { ["proceedings", "export", "--format", $0, "-o", "-"] }
      + ["csv", "xlsx", "html", "json"].map {
        ["attendee", "print", "participants", "--format", $0, "-o", "-"]
      }
      + [["attendee", "presence", "--format", "csv", "-o", "-"], ["log", "export"], ["log", "changes"]]
      + Self.lists.map { Array($0.words.prefix(2)) + ["--csv"] }.filter { $0[0] != "conference" }
    var before: [String] = []
    for words in exports { before.append(try await plenary.done(words).output) }
    let head = try await plenary.head()
    for words in [
      ["session", "revise", "opening", "--title", "Later"], ["room", "add", "later", "--name", "Later"],
      ["track", "revise", "economy", "--name", "Later"], ["venue", "revise", "west", "--name", "Later"],
      ["speaker", "revise", "ada", "--name", "Later, Ada"],
      ["attendee", "register", "a-2", "--name", "Later, Berta"],
      ["attendee", "check-in", "a-2", "--session", "opening"], ["program", "release", "2.0"],
      ["organisation", "add", "later", "--name", "Later"], ["subject", "add", "later", "--name", "Later"],
      ["statement", "record", "opening", "--by", "ada", "--text", "Later.", "--id", "e-2"],
      ["presentation", "revise", "talk", "--title", "Later"],
    ] { try await plenary.done(words) }
    for (words, earlier) in zip(exports, before) {
      let run = try await plenary.done(words + ["--at", "\(head)"])
      #expect(run.output == earlier, "\(words)")
      #expect(
        try await plenary.done(words).output != earlier
          || ["correction", "proceedings", "program"].contains(words[0]), "\(words)")
    }
  }
}
