import Foundation
import Postgres
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Notices of changes` {
  /// Two speakers in two sessions of a released program.
  private func released() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    for (person, name) in [("ada", "Lovelace, Ada"), ("bea", "Potter, Beatrix")] {
      try await plenary.done("speaker", "register", person, "--name", name)
    }
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--speaker", "ada", "--speaker", "bea")
    try await plenary.done(
      "session", "schedule", "panel", "--title", "A Panel", "--room", "aula", "--start", "2016-06-02 09:00",
      "--end", "10:00", "--speaker", "bea")
    try await plenary.done("program", "release", "1.0")
    return plenary
  }

  @Test(arguments: ["--maildir", "--mbox"])
  func `are not written into a folder that does not exist`(box: String) async throws {
    let plenary = try await released()
    try await plenary.done("speaker", "contact", "ada", "--email", "ada@example.org")
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    let head = try await plenary.head()
    for more in [["--dry-run"], []] {
      let run = try await plenary(
        ["program", "notices", box, "\(folder)/letters", "--from", "office@example.org"] + more)
      #expect(run.code == 4 && run.error.contains("does not exist; create it first"), "\(run)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
    #expect(try await plenary.head() == head)
  }

  @Test func `are not recorded where the mailbox cannot be written`() async throws {
    let plenary = try await released()
    try await plenary.done("speaker", "contact", "ada", "--email", "ada@example.org")
    let folder = try Folder()
    try Data().write(to: URL(filePath: folder.path("file")))
    try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("file"))
    #expect(mkfifo(folder.path("fifo"), 0o600) == 0)
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted()
    let head = try await plenary.head()
    for (box, place) in [
      ("--mbox", "folder"), ("--mbox", "link"), ("--mbox", "fifo"), ("--mbox", "/dev/null"),
      ("--maildir", "file"),
      ("--maildir", "fifo"),
    ] {
      for more in [["--dry-run"], []] {
        let run = try await plenary(
          [
            "program", "notices", box, place.hasPrefix("/") ? place : folder.path(place), "--from",
            "office@example.org",
          ] + more)
        #expect(
          run.code == 4 && run.error.contains(place) && run.error.contains("Nothing was recorded"), "\(run)")
      }
    }
    #expect(try await plenary.head() == head)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == before)
  }

  @Test(arguments: ["--maildir", "--mbox"])
  func `that are in the mailbox already are neither written nor recorded again`(box: String) async throws {
    let plenary = try await released()
    let folder = try Folder()
    try await plenary.done("speaker", "contact", "ada", "--email", "ada@example.org")
    let send = [
      "program", "notices", box, folder.path("letters"), "--from", "office@example.org",
      "--no-skip-unchanged",
    ]
    try await plenary.done(send)
    // The first letter has what is new, the second that nothing has changed since.
    try await plenary.done(send)
    let head = try await plenary.head()
    for more in [["--dry-run"], []] {
      let run = try await plenary.done(send + more)
      #expect(
        run.error.contains("1 letter is in \(folder.path("letters")) already, to ada")
          && !run.error.contains("Wrote") && run.output.isEmpty, "\(run)")
    }
    #expect(try await plenary.head() == head)
    // Only the new one.
    try await plenary.done("speaker", "contact", "bea", "--email", "bea@example.org")
    let both = try await plenary.done(send)
    #expect(both.error.contains("Wrote 1 of 1 letter ") && !both.output.contains("ada"), "\(both)")
  }

  @Test func `do not ask for the address of somebody who was erased`() async throws {
    let plenary = try await released()
    try await plenary.done("speaker", "contact", "ada", "--email", "ada@example.org")
    try await plenary.done("speaker", "erase", "ada", "--yes")
    let run = try await plenary.done("program", "notices")
    #expect(
      run.error.contains("ada was erased and gets no letter") && !run.error.contains("speaker contact ada"),
      "\(run)")
    try await plenary("speaker", "show", "ada").says("ERASED")
    #expect(try await plenary.done("speaker", "show", "ada", "--json").object["erased"] as? Bool == true)
    #expect(try await plenary.done("speaker", "show", "bea", "--json").object["erased"] == nil)
  }

  private func letters(_ folder: String) throws -> [String] {
    let new = folder + "/new"
    return try FileManager.default.contentsOfDirectory(atPath: new).sorted().map {
      try String(contentsOfFile: "\(new)/\($0)", encoding: .utf8)
    }
  }

  @Test func `go once to each person who is affected and has an address`() async throws {
    let plenary = try await released()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let send = ["program", "notices", "--maildir", folder, "--from", "Office <office@example.org>"]
    try await plenary.done("speaker", "contact", "ada", "--email", "ada@example.org")

    let first = try await plenary(send)
    #expect(first.code == 0 && first.error.contains("speaker contact bea"))
    #expect(first.output.contains("NoticesSent"))
    #expect(try letters(folder).count == 1)
    #expect(try letters(folder)[0].contains("To: Ada Lovelace <ada@example.org>\r\n"))

    // Nothing has changed for her. Unreleased changes are not reported.
    try await plenary.done("session", "cancel", "opening")
    #expect(try await plenary(send).error.contains("There are no letters to write"))
    try await plenary.done("program", "release", "1.1")
    let shown = try await plenary.done("program", "notices", "--json")
    #expect(shown.output.contains(#""cancelled": 1"#) && shown.output.contains("ada@example.org"))

    let head = try await plenary.head()
    // A dry run makes no key, and data encrypted with its temporary key cannot be decrypted.
    let connection = try await plenary.connect()
    try await plenary.done("speaker", "contact", "bea", "--email", "bea@example.org", "--dry-run")
    #expect(
      try await connection.query("select owner from vault.key").map {
        try $0.decode("owner", as: String.self)
      }
        == ["person:ada"])
    let dry = try await plenary(send + ["--dry-run"])
    #expect(dry.code == 0 && dry.output.contains("would append"))
    #expect(try await plenary.head() == head)
    #expect(try letters(folder).count == 1)

    try await plenary.done("speaker", "contact", "bea", "--email", "bea@example.org")
    let second = try await plenary(send)
    #expect(second.code == 0 && second.error.contains("2 of 2 letters"))
    #expect(try letters(folder).count == 3)
    #expect(try await plenary(send).error.contains("There are no letters to write"))
  }

  @Test func `go to selected people, with a reply address, even without changes`()
    async throws
  {
    let plenary = try await released()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for person in ["ada", "bea"] {
      try await plenary.done("speaker", "contact", person, "--email", "\(person)@example.org")
    }
    try await plenary.done(
      "program", "notices", "--maildir", folder, "--from", "office@example.org", "--reply-to",
      "Answers <answers@example.org>", "--only", "bea")
    #expect(try letters(folder).count == 1)
    #expect(
      try letters(folder)[0].contains("To: Bea Beason") || letters(folder)[0].contains("bea@example.org"))
    #expect(try letters(folder)[0].contains("Reply-To: Answers <answers@example.org>\r\n"))
    try await plenary.done("program", "notices", "--only", "ada", "bea", "--json", "--skip-unchanged").list
      .names(["ada"])
    try await plenary.done("program", "notices", "--no-skip-unchanged", "--json").list.names(["ada", "bea"])
    let unknown = try await plenary("program", "notices", "--only", "nobody")
    #expect(unknown.code == 1 && unknown.error.contains("“nobody”"), "\(unknown)")
  }

  /// A released program, two addresses, and a folder for letters.
  private func interrupted(
    _ box: String, _ body: (_ plenary: Plenary, _ send: [String], _ folder: Folder) async throws -> Void
  ) async throws {
    let plenary = try await released()
    let folder = try Folder()
    for person in ["ada", "bea"] {
      try await plenary.done("speaker", "contact", person, "--email", "\(person)@example.org")
    }
    let send = ["program", "notices", "--\(box)", folder.path("box"), "--from", "office@example.org"]
    // The mailbox can be written, but the letters cannot be put into it: its folder is on another file system, or another
    // program keeps its lock. So the command fails when it has recorded them.
    let obstacle = folder.path(box == "maildir" ? "box/new" : "box")
    var held: Int32 = -1
    if box == "maildir" {
      let elsewhere = "/dev/shm/plenary-letters-\(UUID().uuidString)"
      for path in [folder.path("box"), elsewhere] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
      try FileManager.default.createSymbolicLink(atPath: obstacle, withDestinationPath: elsewhere)
    } else {
      held = open(obstacle, O_RDWR | O_CREAT, 0o600)
      var lock = flock()
      lock.l_type = Int16(F_WRLCK)
      #expect(fcntl(held, F_SETLK, &lock) == 0)
    }
    let failed = try await plenary(send + ["--command-id", Self.command])
    #expect(failed.code == 4 && failed.error.contains("They are recorded"), "\(failed)")
    #expect(
      try await plenary.done("log", "tail", "--no-follow", "--number", "1").output.contains("NoticesSent"))
    if box == "maildir" {
      try FileManager.default.removeItem(
        atPath: try FileManager.default.destinationOfSymbolicLink(atPath: obstacle))
    } else {
      close(held)
    }
    try FileManager.default.removeItem(atPath: obstacle)
    try await body(plenary, send, folder)
  }

  private static let command = "00000000-0000-4000-8000-0000000000aa"

  private func recipients(_ box: String, _ folder: Folder) throws -> [String] {
    let texts =
      box == "maildir"
      ? try letters(folder.path("box")) : [try String(contentsOfFile: folder.path("box"), encoding: .utf8)]
    return texts.flatMap { $0.split(whereSeparator: \.isNewline) }.filter { $0.hasPrefix("To: ") }
      .map { $0.contains("ada@") ? "ada" : "bea" }.sorted()
  }

  @Test(arguments: ["maildir", "mbox"], [true, false])
  func `are written once, if the command was interrupted when it had recorded them`(
    box: String, sameID: Bool
  ) async throws {
    try await interrupted(box) { plenary, send, folder in
      let head = try await plenary.head()
      let again = try await plenary(send + (sameID ? ["--command-id", Self.command] : []))
      #expect(again.code == 0 && again.error.contains("2 letters that an interrupted command"), "\(again)")
      #expect(again.output.contains("Already done") == sameID, "\(again)")
      #expect(try recipients(box, folder) == ["ada", "bea"])
      let third = try await plenary(send + (sameID ? ["--command-id", Self.command] : []))
      #expect(third.code == 0 && !third.error.contains("interrupted"), "\(third)")
      #expect(try recipients(box, folder) == ["ada", "bea"])
      #expect(try await plenary.head() == head)
    }
  }

  @Test func `are written once, though the mail program has already taken some of them`() async throws {
    try await interrupted("maildir") { plenary, send, folder in
      // The command was interrupted between the two letters, and the mail program has sent and removed the first.
      let batch = folder.path("box/unsent/berlin.\(Self.command)")
      let names = try FileManager.default.contentsOfDirectory(atPath: batch).sorted()
      try #require(names.count == 2 && names[0].contains(".ada."), "\(names)")
      try FileManager.default.removeItem(atPath: batch + "/" + names[0])
      try await plenary.done("program", "notices", "--maildir", folder.path("box"), "--from", "o@example.org")
      #expect(try recipients("maildir", folder) == ["bea"])
    }
  }

  @Test func `are destroyed for whoever has taken their address back meanwhile`() async throws {
    try await interrupted("maildir") { plenary, send, folder in
      try await plenary.done("speaker", "contact", "bea", "--none")
      let again = try await plenary(send)
      #expect(again.code == 0 && again.error.contains("The letter to bea"), "\(again)")
      #expect(try recipients("maildir", folder) == ["ada"])
      let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path("box"))
      #expect(!left.contains { $0.contains("bea") }, "\(left)")
    }
  }

  @Test func `are discarded, if the command was interrupted before it had recorded them`() async throws {
    let plenary = try await released()
    let folder = try Folder()
    try await plenary.done("speaker", "contact", "ada", "--email", "ada@example.org")
    for batch in ["berlin.\(UUID().uuidString.lowercased())", "elsewhere.\(UUID().uuidString.lowercased())"] {
      let place = folder.path("box/unsent/\(batch)")
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try Data("To: ada@example.org\n".utf8).write(to: URL(filePath: place + "/100000.ada.1.a.b"))
    }
    try await plenary.done("program", "notices", "--maildir", folder.path("box"), "--from", "o@example.org")
    #expect(try recipients("maildir", folder) == ["ada"])
    // Another conference may share the mailbox.
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path("box/unsent"))
    #expect(left.count { $0.hasPrefix("elsewhere.") } == 1 && !left.contains { $0.hasPrefix("berlin.") })
  }

  @Test func `go once to each, also where two commands send them at the same time`() async throws {
    let plenary = try await released()
    let folder = try Folder()
    for person in ["ada", "bea"] {
      try await plenary.done("speaker", "contact", person, "--email", "\(person)@example.org")
    }
    func send(_ box: String) async throws -> Plenary.Run {
      try await plenary("program", "notices", "--maildir", folder.path(box), "--from", "o@example.org")
    }
    async let one = send("one")
    async let other = send("other")
    let runs = try await [one, other]
    #expect(runs.allSatisfy { $0.code == 0 }, "\(runs)")
    let written = ["one", "other"].filter {
      FileManager.default.fileExists(atPath: folder.path("\($0)/new"))
    }
    try #require(written.count == 1, "\(runs)")
    #expect(try letters(folder.path(written[0])).count == 2)
    let left = try ["one", "other"].flatMap {
      try FileManager.default.contentsOfDirectory(atPath: folder.path("\($0)/unsent"))
    }
    #expect(left == ["lock", "lock"])
  }

  @Test func `compare a release with the draft that was told before, and no draft with an older release`()
    async throws
  {
    let plenary = try await released()
    let folder = try Folder()
    let send = ["program", "notices", "--maildir", folder.path("box"), "--from", "office@example.org"]
    for person in ["ada", "bea"] {
      try await plenary.done("speaker", "contact", person, "--email", "\(person)@example.org")
    }
    #expect(try await plenary(send).code == 0)
    try await plenary.done("session", "move", "panel", "--start", "11:00")
    #expect(try await plenary(send + ["--draft"]).code == 0)
    #expect(try letters(folder.path("box")).count == 3)
    // Bea knows the draft, which is newer than the release.
    let unchanged = try await plenary.done("program", "notices", "--no-skip-unchanged", "--json")
    #expect(unchanged.list.compactMap { $0["person"] as? String } == ["ada"], "\(unchanged)")
    // The panel is back at its released time, which Bea does not know.
    try await plenary.done("session", "move", "panel", "--start", "09:00")
    try await plenary.done("program", "release", "1.1")
    #expect(try await plenary(send).code == 0)
    #expect(try letters(folder.path("box")).count == 4)
    #expect(try await plenary(send).error.contains("There are no letters to write"))
  }

  @Test func `require a release or --draft`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let refused = try await plenary("program", "notices")
    #expect(refused.code == 1 && refused.error.contains("program release"))
    #expect(try await plenary("program", "notices", "--draft").code == 0)
    #expect(try await plenary("program", "notices", "--mbox", "x").code == 2)
  }

  @Test func `go to encrypted addresses, which cannot be read after removal`() async throws {
    let plenary = try await released()
    let connection = try await plenary.connect()
    func keys() async throws -> [String] {
      try await connection.query("select owner from vault.key order by 1").map { try $0.decode("owner") }
    }
    try await plenary.done("speaker", "contact", "ada", "--email", "xq7.secret@example.org")
    #expect(
      try await plenary.done("speaker", "contact", "ada", "--email", "xq7.secret@example.org").output
        .contains("Nothing to do"))
    #expect(try await !plenary.done("log", "export").output.contains("xq7.secret"))
    #expect(try await keys() == ["person:ada"])
    try await plenary.done("speaker", "withdraw", "ada")
    try await plenary.done("speaker", "contact", "ada", "--none")
    #expect(try await keys() == [])
    #expect(try await plenary.done("speaker", "contact", "ada", "--none").output.contains("Nothing to do"))
    let final = try await plenary("log", "undo", "\(plenary.head())")
    #expect(final.code == 1 && final.error.contains("state the address again"), "\(final)")

    // Undoing a first address destroys the key too.
    try await plenary.done("speaker", "contact", "ada", "--email", "ada@example.org")
    #expect(try await keys() == ["person:ada"])
    try await plenary.done("log", "undo", "\(plenary.head())", "--dry-run")
    #expect(try await keys() == ["person:ada"])
    try await plenary.done("log", "undo", "\(plenary.head())")
    #expect(try await keys() == [])
    #expect(try await plenary.done("speaker", "contact", "ada", "--none").output.contains("Nothing to do"))

    // An address goes in the same way if its owner is withheld, in every kind of entry and in a correction.
    try await plenary.done(
      "statement", "record", "panel", "--mode", "unattributed", "--text", "Silence.", "--id", "e-2")
    let withheld = ["--mode", "withheld", "--as-printed", "Another participant", "--identity"]
    for (number, (person, words)) in [
      ("bea", ["record", "panel", "--text", "said something."]), ("cem", ["correct", "e-2"]),
      ("dan", ["position", "panel", "--topic", "Trade", "--text", "For it."]),
      ("eva", ["conclusion", "panel", "--text", "agreed."]),
      ("fay", ["recommendation", "panel", "--text", "Go on."]),
    ].enumerated() {
      if person != "bea" { try await plenary.done("speaker", "register", person, "--name", person) }
      try await plenary.done("speaker", "contact", person, "--email", "\(person)@example.org")
      let said = try await plenary(["statement"] + words + withheld + [person])
      #expect(said.code == 0, "\(said)")
      let removed = try await plenary.done("speaker", "contact", person, "--none")
      #expect(!removed.error.contains("withheld"), "\(removed)")
      let left = try await keys()
      #expect(left.count == number + 1 && left.allSatisfy { $0.hasPrefix("identity:") }, "\(person) \(left)")
    }
    try await plenary.done("log", "verify")
    #expect(try await plenary("speaker", "contact", "nobody", "--none").code == 1)
    #expect(try await plenary("speaker", "contact", "bea", "--email", "no address").code == 2)
  }
}

@Suite(.timeLimit(.minutes(40))) struct `Differences between two programs` {
  @Test func `are shown as text, JSON and PDF`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let refused = try await plenary("program", "diff")
    #expect(refused.code == 1 && refused.error.contains("never released"))
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00")
    try await plenary.done("program", "release", "4.0")
    try await plenary.done("session", "move", "opening", "--start", "2016-06-02 11:00")
    let head = try await plenary.head()

    let told = try await plenary.done("program", "diff").output.replacing("\u{a0}", with: " ")
    #expect(told.contains("2016-06-02") && told.contains("1 June, 09:00–10:00 → 2 June, 11:00–12:00"))
    for range in ["4.0..present", "4.0..", "4.0..\(head)", "..present"] {
      let json = try await plenary.done("program", "diff", range, "--json").output
      #expect(json.contains(#""what": "time""#) && json.contains(#""name": "4.0""#), "\(range)")
    }
    #expect(try await plenary.done("program", "diff", "4.0..released").output.contains("No differences"))
    #expect(
      try await plenary.done("program", "diff", "--only-day", "2016-06-03", "--json").output.contains(
        #""sessions": ["#))
    for range in ["5..99999", "nonsense..", "2001-01-01 09:00..", "4.0..released.."] {
      #expect(try await plenary("program", "diff", range).code == 1, "\(range)")
    }
    let german = try await plenary.done("program", "diff", "--languages", "de").output
    #expect(german.contains("Juni"), "\(german)")
  }

  /// Nobody has read of it.
  @Test func `have no session that came and went since the release`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (session, title) in [("opening", "Opening"), ("closing", "Closing")] {
      try await plenary.done(
        "session", "schedule", session, "--title", title, "--room", "aula", "--start",
        session == "opening" ? "2016-06-01 09:00" : "2016-06-01 11:00", "--end",
        session == "opening" ? "10:00" : "12:00")
      if session == "opening" { try await plenary.done("program", "release", "1.0") }
    }
    let during = try await plenary.head()
    try await plenary.done("session", "cancel", "closing")
    try await plenary("program", "diff", "1.0..\(during)").says("Closing")
    try await plenary("program", "diff", "1.0..present").says("No differences")
    // Between two positions it was there.
    try await plenary("program", "diff", "\(during)..present").says("Closing")
  }

  @Test func `say who came in whose place`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (person, name) in [("ada", "Lovelace, Ada"), ("bea", "Ruiz, Bea"), ("cem", "Okri, Cem")] {
      try await plenary.done("speaker", "register", person, "--name", name)
    }
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--chair", "ada", "--speaker", "bea")
    try await plenary.done("program", "release", "1.0")
    try await plenary.done("speaker", "unassign", "bea", "opening", "--as", "speaker")
    try await plenary.done("speaker", "assign", "cem", "opening", "--as", "speaker")
    let told = try await plenary.done("program", "diff").output
    #expect(told.contains("Replaced") && told.contains("Speaker: Bea Ruiz → Cem Okri"), "\(told)")
    let json = try await plenary.done("program", "diff", "--json")
    let sessions = try #require(json.object["sessions"] as? [[String: Any]], "\(json)")
    let changes = try #require(sessions.first?["changes"] as? [[String: Any]])
    #expect(changes.compactMap { $0["what"] as? String } == ["replaced"])
    #expect(
      changes.first?["before"] as? [String] == ["bea"] && changes.first?["after"] as? [String] == ["cem"])
    #expect(changes.first?["person"] as? String == "cem")
    try await plenary.done("program", "diff", "--format", "pdf", "--output", "\(Plenary.home)/replaced.pdf")
  }

  @Test(
    .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"))
  func `are printed as a change sheet on the requested paper`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let folder = try Folder()
    for track in ["economy", "culture"] {
      try await plenary.done("track", "add", track, "--name", track)
      try await plenary.done(
        "session", "schedule", "on-\(track)", "--title", "On \(track)", "--room", "aula", "--start",
        "2016-06-01 \(track == "economy" ? "09" : "10"):00", "--end", "11:00", "--track", track, "--waive",
        "room-taken",
        "--reason", "A test")
    }
    try await plenary.done("program", "release", "1.0")
    try await plenary.done("session", "move", "on-economy", "--start", "2016-06-02 11:00")
    try await plenary.done("session", "move", "on-culture", "--start", "2016-06-03 11:00")
    let sheet = try await plenary(
      "program", "diff", "--format", "pdf", "--paper", "a5", "--output", folder.path("a5.pdf"),
      "--only-track",
      "economy")
    #expect(sheet.code == 0, "\(sheet)")
    let text = try await Programs.text(of: folder.path("a5.pdf"))
    #expect(text.contains("On economy") && !text.contains("On culture"), "\(text)")
    #expect(try await Programs.information(of: folder.path("a5.pdf")).contains("419.528 x 595.276 pts"))

    // Without colours the bytes differ, but the words are the same.
    try await plenary.done(
      "program", "diff", "--format", "pdf", "--grey", "--only-track", "economy", "--paper", "a5", "--output",
      folder.path("grey.pdf"))
    #expect(try folder.bytes("grey.pdf") != folder.bytes("a5.pdf"))
    #expect(try await Programs.text(of: folder.path("grey.pdf")) == text)

    try await plenary.done("program", "template", "export", folder.path("templates"))
    try folder.append("\n#pagebreak()\nMine alone\n", to: "templates/change-sheet.typ")
    try await plenary.done(
      "program", "diff", "--format", "pdf", "--templates", folder.path("templates"), "--output",
      folder.path("mine.pdf"))
    #expect(try await Programs.text(of: folder.path("mine.pdf")).contains("Mine alone"))
  }
}

extension [[String: Any]] {
  /// Expects notices for exactly these people, in any order.
  fileprivate func names(_ people: Set<String>, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(Set(compactMap { $0["person"] as? String }) == people, sourceLocation: sourceLocation)
  }
}
