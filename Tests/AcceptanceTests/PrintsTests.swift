import Foundation
import Testing

/// Two days, two rooms, two speakers and two attendees, so that each selection leaves something out.
private func conference() async throws -> Plenary {
  let plenary = try await Plenary.apart().berlin()
  try await plenary.done("room", "add", "annex", "--name", "Annex")
  try await plenary.done("track", "add", "economy", "--name", "Economy")
  for person in ["ada", "bea"] {
    let name = person.capitalized
    try await plenary.done("speaker", "register", person, "--name", "\(name)son, \(name)")
  }
  try await plenary.done(
    "session", "schedule", "opening", "--title", "Opening", "--title", "de=Eröffnung", "--room", "aula",
    "--start", "2016-06-01 09:00", "--end", "10:00", "--chair", "ada")
  try await plenary.done(
    "session", "schedule", "panel", "--title", "Panel", "--title", "de=Podium", "--room", "annex", "--start",
    "2016-06-02 09:00", "--end", "10:00", "--speaker", "bea", "--track", "economy")
  for (attendee, name, category, organisation) in [
    ("a-1", "Li, Wei", "press", "Daily"), ("a-2", "Berg, Anna", "guest", "Weekly"),
  ] {
    try await plenary.done(
      "attendee", "register", attendee, "--name", name, "--category", category, "--organisation",
      organisation)
  }
  try await plenary.done("attendee", "sign-up", "a-1", "panel")
  return plenary
}

@Suite(.timeLimit(.minutes(40))) struct `A selection to print` {
  @Test func `has a file name of its own, and replaces no file silently`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    try await plenary.done("program", "release", "1.0")
    func written(_ command: String) async throws -> String {
      let run = try await plenary.shell("plenary \(command)", in: folder.path(""))
      #expect(run.code == 0, "\(run)")
      return run.output
    }
    for (command, name) in [
      ("program print", "berlin-program.pdf"), ("program print --imposed", "berlin-program-imposed.pdf"),
      ("program print --day 2016-06-01", "berlin-program-2016-06-01.pdf"),
      ("program print --languages de", "berlin-program-de.pdf"),
      ("program print --at 12 --format json", "berlin-booklet-at-12.json"),
      ("program print --format html", "berlin-booklet.html"),
      ("program export html", "berlin-program.html"),
      ("program export html --draft", "berlin-program-draft.html"),
      ("program print door-signs --room annex --format json", "berlin-door-signs-annex.json"),
      ("attendee print --category press --format csv", "berlin-participants-press.csv"),
      ("proceedings print --format html --languages en", "berlin-proceedings-en.html"),
    ] {
      #expect(try await written(command) == name)
    }
    #expect(
      try await written("program export html")
        == "berlin-program.html\nReplaced the earlier file berlin-program.html.")
  }

  @Test func `of a day or language that the conference does not have is refused`() async throws {
    let plenary = try await conference()
    let day = try await plenary("program", "print", "--day", "2016-07-01", "--output", "-")
    #expect(day.code == 1 && day.output.isEmpty, "\(day)")
    #expect(day.error.contains("lasts from 2016-06-01 to 2016-06-03"), "\(day)")
    let dutch = try await plenary("program", "print", "--languages", "nl", "--output", "-")
    #expect(dutch.code == 1 && dutch.output.isEmpty, "\(dutch)")
    #expect(
      dutch.error.contains("labels exist in en, ar, de, ")
        && dutch.error.contains("zh-Hant, and the languages of the conference are en, de"),
      "\(dutch)")
    let revised = try await plenary.done("conference", "revise", "--languages", "en", "nl", "sv")
    #expect(revised.error.contains("in nl, sv, your texts are printed with English labels"), "\(revised)")
    let printed = try await plenary.done(
      "program", "print", "--format", "html", "--languages", "nl", "--output", "-")
    #expect(printed.error.contains("in nl, your texts are printed with English labels"), "\(printed.error)")
    let fewer = try await plenary.done("conference", "revise", "--languages", "en", "zh")
    #expect(!fewer.error.contains("English labels"), "\(fewer)")
  }

  @Test func `has an organizer's own labels, and says which do not exist`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    func written(_ labels: String) throws {
      try Data(labels.utf8).write(to: URL(filePath: folder.path("mine.json")))
    }
    func printed() async throws -> Plenary.Run {
      try await plenary.shell(
        "PLENARY_LABELS=mine.json plenary program print --format json --languages de en --output -",
        in: folder.path(""))
    }
    try written(#"{"de": {"Rooms": "Säle"}, "en": {"Rooms": "Halls"}}"#)
    let own = try await printed()
    #expect(own.code == 0 && own.output.contains("Säle") && own.output.contains("Halls"), "\(own)")
    try written(#"{"de": {"Roms": "Säle"}}"#)
    let unknown = try await printed()
    #expect(unknown.code == 1, "\(unknown)")
    #expect(
      unknown.output.contains("Your labels in mine.json cannot be used: there is no label “Roms”"),
      "\(unknown)")
    #expect(unknown.output.contains("Correct it, or unset PLENARY_LABELS."), "\(unknown)")
    try FileManager.default.removeItem(atPath: folder.path("mine.json"))
    #expect(try await printed().code == 4)

    // Beside templates.
    try await plenary.done("program", "template", "export", folder.path("templates"))
    let all = try #require(
      JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: folder.path("templates/all-labels.json"))))
        as? [String: [String: String]])
    #expect(all["ja"]?["Rooms"] == "会場" && all["en"]?["Position|stance"] == "Position")
    try Data(#"{"de": {"Rooms": "Säle"}}"#.utf8)
      .write(to: URL(filePath: folder.path("templates/labels.json")))
    let beside = try await plenary.shell(
      "plenary program print --templates templates --languages de --output a.pdf && pdftotext a.pdf - | grep -c Säle",
      in: folder.path(""))
    #expect(beside.code == 0, "\(beside)")
  }

  @Test func `of the program is limited to a day, room, track, session or person`()
    async throws
  {
    let plenary = try await conference()
    let runs = [
      try await plenary("program", "print", "--format", "json", "--day", "2016-06-02", "--output", "-"),
      try await plenary("program", "print", "--format", "json", "--room", "annex", "--output", "-"),
      try await plenary("program", "print", "--format", "json", "--track", "economy", "--output", "-"),
      try await plenary("program", "print", "--format", "json", "--session", "panel", "--output", "-"),
    ]
    for run in runs {
      #expect(
        run.code == 0 && run.output.contains(#""Panel""#) && !run.output.contains(#""Opening""#), "\(run)")
    }
    let person = try await plenary.done(
      "program", "print", "itineraries", "--format", "json", "--person", "bea", "--output", "-")
    #expect(person.output.contains("Bea Beason") && !person.output.contains("Ada Adason"))
    let german = try await plenary.done(
      "program", "print", "--format", "html", "--languages", "de", "--output", "-")
    #expect(german.output.contains("Eröffnung") && !german.output.contains("Opening"))
    #expect(german.output.contains("Raum") && german.output.contains("Mittwoch"), "German words and dates")
    let grey = try await plenary.done(
      "program", "print", "--format", "json", "--grey", "--paper", "letter", "--output", "-"
    ).object
    #expect(grey["grey"] as? Bool == true)
    let colour = try await plenary.done("program", "print", "--format", "json", "--output", "-").object
    #expect(colour["grey"] as? Bool == false)
    for options in [["--room", "none"], ["--track", "none"], ["--session", "none"], ["--person", "none"]] {
      let refused = try await plenary(["program", "print", "--format", "json", "--output", "-"] + options)
      #expect(refused.code == 1 && refused.error.contains("“none”"), "\(refused)")
    }
  }

  @Test func `of the program can be a release, without later changes`() async throws {
    let plenary = try await conference()
    try await plenary.done("program", "release", "1.0")
    try await plenary.done("session", "revise", "panel", "--title", "Renamed")
    let released = try await plenary.done(
      "program", "print", "--format", "json", "--release", "1.0", "--output", "-")
    #expect(released.output.contains(#""Panel""#) && !released.output.contains("Renamed"))
    try await plenary("program", "print", "--format", "json", "--output", "-").says("Renamed")
    let unknown = try await plenary(
      "program", "print", "--format", "json", "--release", "2.0", "--output", "-")
    #expect(unknown.code == 1 && unknown.error.contains("“2.0”"), "\(unknown)")
  }

  @Test func `of attendees is limited to a category, organisation, session or attendee`() async throws {
    let plenary = try await conference()
    let runs = [
      try await plenary(
        "attendee", "print", "badges", "--format", "json", "--category", "press", "--output", "-"),
      try await plenary(
        "attendee", "print", "badges", "--format", "json", "--organisation", "Daily", "--output", "-"),
      try await plenary(
        "attendee", "print", "badges", "--format", "json", "--session", "panel", "--output", "-"),
      try await plenary(
        "attendee", "print", "badges", "--format", "json", "--attendee", "a-1", "--output", "-"),
    ]
    for run in runs {
      #expect(run.code == 0 && run.output.contains("Wei Li") && !run.output.contains("Anna Berg"), "\(run)")
    }
    let columns = try await plenary.done(
      "attendee", "print", "sign-in", "--format", "json", "--columns", "name", "signature", "--output", "-")
    #expect(columns.object["columns"] as? [String] == ["name", "signature"])
    let sizes = try await plenary.done(
      "attendee", "print", "badges", "--format", "json", "--size", "90x55", "--output", "-")
    #expect(
      (sizes.object["format"] as? [String: Any])?["name"] as? String == "90x55", "\(sizes.output.prefix(300))"
    )
    let rows = try await plenary.done("attendee", "print", "--format", "csv", "--output", "-").output
      .split(whereSeparator: \.isNewline)
    #expect(rows.count == 3 && rows[0].hasPrefix("category,number,name,"), "\(rows)")
    try await plenary("attendee", "print", "--format", "html", "--languages", "de", "--output", "-")
      .says("<html lang=\"de\">", "Wei Li", "Anna Berg")
  }
}

@Suite(
  .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"),
  .timeLimit(.minutes(40)))
struct `A recorded print` {
  /// The settings of an entry of the ledger, with sorted keys.
  private func settings(_ entry: [String: Any]) throws -> String {
    String(
      decoding: try JSONSerialization.data(
        withJSONObject: try #require(entry["settings"]), options: .sortedKeys), as: UTF8.self)
  }

  @Test func `is in the ledger and is reprinted with the same bytes`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    try await plenary.done(
      "program", "print", "door-signs", "--for-print", "--copies", "3", "--for", "the porter", "--paper",
      "letter", "--grey", "--output", folder.path("signs.pdf"))
    try await plenary.done(
      "program", "print", "booklet", "--imposed", "--for-print", "--output", folder.path("booklet.pdf"))
    let page = try await Programs.information(of: folder.path("signs.pdf"))
    #expect(page.contains("792 x 612 pts (letter)") || page.contains("612 x 792 pts (letter)"), "\(page)")
    let prints = try await plenary.done("program", "prints", "--json").list
    try #require(prints.count == 2)
    #expect(prints[0]["kind"] as? String == "door-signs" && prints[0]["copies"] as? Int == 3)
    #expect(prints[0]["recipient"] as? String == "the porter")
    #expect(try settings(prints[0]) == #"{"grey":true,"paper":"letter"}"#)
    #expect(try settings(prints[1]) == #"{"imposed":true}"#)
    try await plenary("program", "prints").says(/1 +door-signs +\d+ +3 +the porter/, /2 +booklet/)
    try await plenary("program", "prints", "--at", "\(try await plenary.head() - 1)").says("door-signs")

    // Regardless of later changes.
    try await plenary.done("session", "move", "panel", "--start", "2016-06-02 11:00")
    try await plenary.done("session", "revise", "opening", "--title", "Renamed")
    try await plenary.done("projections", "rebuild")
    for (number, name) in [("1", "signs.pdf"), ("2", "booklet.pdf")] {
      try await plenary.done("program", "reprint", number, "--output", folder.path("again.pdf"))
      #expect(try folder.bytes("again.pdf") == folder.bytes(name), "print \(number)")
    }
    let german = try await plenary("program", "reprint", "1", "--languages", "de")
    #expect(german.code == 2, "A reprint has its original languages: \(german)")
    let unknown = try await plenary("program", "reprint", "3", "--output", folder.path("none.pdf"))
    #expect(unknown.code == 1, "\(unknown)")

    // With other templates the document differs, and is written only on request.
    try await plenary.done("program", "template", "export", folder.path("templates"))
    try folder.append("\n#pagebreak()\nMine alone\n", to: "templates/door-signs.typ")
    let other = try await plenary(
      "program", "reprint", "1", "--templates", folder.path("templates"), "--output", folder.path("other.pdf")
    )
    #expect(other.code == 4 && other.error.contains("templates"), "\(other)")
    #expect(throws: (any Error).self) { try folder.bytes("other.pdf") }
    let anyway = try await plenary(
      "program", "reprint", "1", "--anyway", "--templates", folder.path("templates"), "--output",
      folder.path("other.pdf"))
    #expect(anyway.code == 0 && anyway.error.contains("warning"), "\(anyway)")
    #expect(try await Programs.text(of: folder.path("other.pdf")).contains("Mine alone"))
  }

  @Test func `is reported when out of date, with a slip of the changes`()
    async throws
  {
    let plenary = try await conference()
    let folder = try Folder()
    let nothing = try await plenary(
      "program", "print", "door-signs", "--since-print", "last", "--output", "-")
    #expect(nothing.code == 1, "\(nothing)")
    for kind in ["door-signs", "booklet"] {
      let run = try await plenary(
        ["program", "print", kind, "--for-print", "--output", folder.path("\(kind).pdf")])
      #expect(run.code == 0, "\(run)")
    }
    let current = try await plenary.done("program", "errata", "--no-slip", "--json").output
    #expect(!current.contains("Annex"), "\(current)")
    let unchanged = try await plenary(
      "program", "print", "door-signs", "--since-print", "1", "--output", folder.path("none.pdf"))
    #expect(unchanged.code == 0 && unchanged.output.isEmpty, "\(unchanged)")
    #expect(throws: (any Error).self) { try folder.bytes("none.pdf") }

    try await plenary.done("session", "move", "panel", "--start", "2016-06-02 11:00")
    for since in ["1", "last"] {
      let name = folder.path("since-\(since).pdf")
      try await plenary.done("program", "print", "door-signs", "--since-print", since, "--output", name)
      #expect(try await Programs.information(of: name).contains(/Pages: +1\n/), "The annex's sign alone")
      #expect(try await Programs.text(of: name).contains("Panel"))
    }
    try await plenary("program", "errata", "--no-slip").says(
      "booklet", "door-signs", "Annex,")
    let one = try await plenary.done("program", "errata", "--no-slip", "--since-print", "1").output
    #expect(one.contains("door-signs") && !one.contains("booklet"), "\(one)")

    try await plenary.done("program", "template", "export", folder.path("templates"))
    try folder.append("\n#pagebreak()\nMine alone\n", to: "templates/change-sheet.typ")
    try await plenary.done(
      "program", "errata", "--slip", "--paper", "a4", "--grey", "--languages", "de", "--templates",
      folder.path("templates"), "--output", folder.path("slip.pdf"))
    let slip = try await Programs.text(of: folder.path("slip.pdf"))
    #expect(slip.contains("Podium") && slip.contains("11:00") && slip.contains("Mine alone"), "\(slip)")
    #expect(!slip.contains("Panel") && !slip.contains("Eröffnung"), "\(slip)")
    #expect(try await Programs.information(of: folder.path("slip.pdf")).contains("595.276 x 841.89 pts (A4)"))
    // By default it has the booklet's size and languages.
    try await plenary.done("program", "errata", "--output", folder.path("default.pdf"))
    #expect(
      try await Programs.information(of: folder.path("default.pdf")).contains("419.528 x 595.276 pts"))
    let usual = try await Programs.text(of: folder.path("default.pdf"))
    #expect(usual.contains("June") && usual.contains("Panel"), "\(usual)")
  }

  @Test func `of a release is compared with the release, not with the draft`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    try await plenary.done("program", "release", "1.0")
    try await plenary.done(
      "program", "print", "booklet", "--release", "1.0", "--for-print", "--output",
      folder.path("booklet.pdf"))
    try await plenary.done("session", "move", "panel", "--start", "2016-06-02 11:00")
    let none = try await plenary.done("program", "errata", "--output", folder.path("slip.pdf"))
    #expect(none.error.contains("No slip: the program has not changed since print 1."), "\(none)")
    #expect(throws: (any Error).self) { try folder.bytes("slip.pdf") }
    try await plenary.done("program", "release", "1.1")
    try await plenary.done("program", "errata", "--output", folder.path("slip.pdf"))
    #expect(try await Programs.text(of: folder.path("slip.pdf")).contains("Panel"))
  }

  @Test func `is reported and its slip is written, each to its own place`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    try await plenary.done("program", "print", "--for-print", "--output", folder.path("booklet.pdf"))
    try await plenary.done("session", "move", "panel", "--start", "2016-06-02 11:00")
    let json = try await plenary.done(
      "program", "errata", "--json", "--paper", "a4", "--output", folder.path("slip.pdf"))
    #expect((json.object["kinds"] as? [[String: Any]])?.count == 1, "\(json)")
    #expect(json.error.contains("Wrote \(folder.path("slip.pdf"))"), "\(json)")
    #expect(try await Programs.text(of: folder.path("slip.pdf")).contains("11:00"))
    // The list must not be in the PDF.
    let piped = try await plenary.done("program", "errata", "--output", "-")
    #expect(piped.output.hasPrefix("%PDF-"), "\(piped.output.prefix(200))")
    #expect(!piped.output.contains("out of date") && piped.error.contains("out of date"), "\(piped.error)")
  }

  @Test func `of one room is not out of date because the other rooms were left out`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    try await plenary.done(
      "program", "print", "door-signs", "--room", "aula", "--for-print", "--output", folder.path("aula.pdf"))
    func kinds() async throws -> [[String: Any]] {
      let errata = try await plenary.done("program", "errata", "--no-slip", "--json")
      return try #require(errata.object["kinds"] as? [[String: Any]])
    }
    let before = try await kinds()
    #expect(before.map { $0["kind"] as? String } == ["door-signs"])
    #expect(before.map { $0["isStale"] as? Bool } == [false], "\(before)")
    try await plenary.done("session", "revise", "opening", "--title", "Renamed")
    let items = try #require(try await kinds().first?["items"] as? [[String: Any]])
    #expect(items.map { $0["key"] as? String } == ["door-sign aula 2016-06-01"])
    #expect(items.map { $0["what"] as? String } == ["changed"])
    // Once all rooms were printed, a new one is missed.
    try await plenary.done(
      "program", "print", "door-signs", "--for-print", "--output", folder.path("all.pdf"))
    try await plenary.done("session", "move", "panel", "--start", "2016-06-03 09:00")
    let all = try #require(try await kinds().first?["items"] as? [[String: Any]])
    #expect(
      all.map { "\($0["what"] ?? "") \($0["key"] ?? "")" } == [
        "new door-sign annex 2016-06-03", "gone door-sign annex 2016-06-02",
      ])
  }

  @Test func `of badges can be limited to new and changed badges`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    try await plenary.done("program", "template", "export", folder.path("templates"))
    try await plenary.done(
      "attendee", "print", "badges", "--for-print", "--copies", "2", "--for", "the desk", "--size", "90x55",
      "--paper", "letter", "--grey", "--languages", "en", "--templates", folder.path("templates"), "--output",
      folder.path("badges.pdf"))
    let entry = try await plenary.done("program", "prints", "--json").list.first
    #expect(entry?["copies"] as? Int == 2 && entry?["recipient"] as? String == "the desk")
    #expect(
      try settings(entry ?? [:]) == #"{"grey":true,"languages":["en"],"paper":"letter","size":"90x55"}"#)
    #expect(try await Programs.information(of: folder.path("badges.pdf")).contains("612 x 792 pts (letter)"))
    try await plenary.done("attendee", "register", "a-3", "--name", "Novak, Ivo")
    try await plenary.done(
      "attendee", "print", "badges", "--since-print", "last", "--size", "90x55", "--paper", "letter",
      "--grey",
      "--languages", "en", "--format", "pdf", "--output", folder.path("new.pdf"))
    let text = try await Programs.text(of: folder.path("new.pdf"))
    #expect(text.contains("Novak") && !text.contains("Berg"), "\(text)")
  }

  @Test func `uses the named templates`() async throws {
    let plenary = try await conference()
    let folder = try Folder()
    try await plenary.done("program", "template", "export", folder.path("templates"))
    for template in ["booklet", "participants", "proceedings"] {
      try folder.append("\n#pagebreak()\nMine alone\n", to: "templates/\(template).typ")
    }
    try await plenary.done(
      "program", "print", "--templates", folder.path("templates"), "--output", folder.path("program.pdf"))
    try await plenary.done(
      "attendee", "print", "--templates", folder.path("templates"), "--output", folder.path("people.pdf"))
    try await plenary.done(
      "proceedings", "print", "--templates", folder.path("templates"), "--languages", "de", "--output",
      folder.path("record.pdf"))
    for name in ["program.pdf", "people.pdf", "record.pdf"] {
      #expect(try await Programs.text(of: folder.path(name)).contains("Mine alone"), "\(name)")
    }
  }
}
