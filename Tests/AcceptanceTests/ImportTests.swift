import Foundation
import Testing

/// What another program's file says, taken in by the command line. What is decided is tested by `ProgramImportTests`, what
/// is read by InterchangeTests.
@Suite(.timeLimit(.minutes(40))) struct `A file of another program` {
  /// Two sessions, one of them by two speakers.
  private static func schedule(
    title: String = "Grids of tomorrow", start: String = "10:00", talks: Int = 2, room: String = "Hall"
  ) -> String {
    let events = (1...talks).map { number in
      """
      <event id="\(number)" guid="6b1f0000-0000-4000-8000-00000000000\(number)">
        <date>2016-06-01T\(number == 1 ? start : "14:00"):00+02:00</date><start>\(number == 1 ? start : "14:00")</start>
        <duration>00:45</duration><room>\(room)</room><slug>talk-\(number)</slug><url></url>
        <title>\(number == 1 ? title : "Storage")</title><subtitle></subtitle><track>Energy</track><type>talk</type>
        <language>en</language><abstract>Words about it.</abstract><description></description>
        <persons><person id="\(number)">\(number == 1 ? "Paweł Nowak" : "Søren Kierk")</person></persons><links></links>
      </event>
      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <schedule><version>1</version>
      <conference><acronym>grid</acronym><title>Grid</title><start>2016-06-01</start><end>2016-06-02</end><days>2</days>
      <time_zone_name>Europe/Berlin</time_zone_name></conference>
      <day index="1" date="2016-06-01" start="2016-06-01T09:00:00+02:00" end="2016-06-02T04:00:00+02:00">
      <room name="\(room)">\(events.joined())</room></day></schedule>
      """
  }

  private func written(_ text: String, _ name: String = "schedule.xml") throws -> String {
    let folder = URL(filePath: "\(Plenary.home)/import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  @Test func `is shown, taken in, taken in again, and taken back`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = try written(Self.schedule())
    let trial = try await plenary("import", file, "--dry-run")
    trial.says("rooms", /sessions +2 +2 +0/)
    #expect(try await plenary.done("session", "list", "--json").list.isEmpty)
    let done = try await plenary.done(
      "import", file, "--all", "--command-id", "7a1c0000-0000-4000-8000-000000000001")
    done.says(/speaker +pawel-nowak +Paweł Nowak +new/, /session +grids-of-tomorrow/)
    #expect(done.error.contains("plenary log undo 7a1c0000-0000-4000-8000-000000000001"))
    try await plenary("import", file).says(
      "Nothing to record: the file has nothing new for the conference")
    try await plenary("import", file, "--command-id", "7a1c0000-0000-4000-8000-000000000001").says(
      "Already done")
    try await plenary("session", "show", "grids-of-tomorrow").says(
      "2016-06-01 10:00–10:45", "Paweł Nowak", "energy")
    try await plenary.done("log", "undo", "7a1c0000-0000-4000-8000-000000000001")
    let gone = try await plenary("session", "show", "grids-of-tomorrow")
    #expect(gone.code == 1 || gone.output.contains("undone"), "\(gone)")
    try await plenary("import", file).says(/sessions +2 +0 +2/)
    try await plenary("session", "show", "grids-of-tomorrow").says("2016-06-01 10:00–10:45", "Paweł Nowak")
    try await plenary.done("projections", "verify")
    try await plenary.done("log", "verify")
  }

  @Test func `that has changed moves and retitles; what is gone is cancelled only by a complete one`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("import", written(Self.schedule()), "--source", "pretalx")
    let next = try written(Self.schedule(title: "Grids of today", start: "11:00", talks: 1))
    let changed = try await plenary.done("import", next, "--source", "pretalx")
    changed.says(/session +grids-of-tomorrow +Grids of today +title, time/)
    #expect(changed.error.contains("1 session of this source is not in the file and stays"), "\(changed)")
    #expect(changed.error.contains("storage"), "\(changed)")
    let complete = try await plenary.done("import", next, "--source", "pretalx", "--complete")
    complete.says(/session +storage +Storage +cancelled/)
    let elsewhere = Self.schedule(title: "Grids of today", start: "11:00", talks: 1, room: "Annex")
    let moved = try await plenary.done(
      "import", written(elsewhere), "--source", "pretalx", "--complete", "--dry-run")
    moved.says(/rooms +1 +1 +0 +0 +1\n/)
    #expect(
      moved.error.contains(
        "1 room of this source is not in the file and stays; --complete cancels sessions only. To take one out: plenary room close ROOM\n  "
          + "hall  Hall (in no session)"), "\(moved)")
    try await plenary("import", next, "--source", "pretalx", "--complete").says("Nothing to record")
    let other = try await plenary.done("import", next, "--source", "elsewhere", "--json").object
    // The room, the track, the speakers and the sessions are found by what they are.
    #expect((other["changes"] as? [Any])?.isEmpty == true, "\(other)")
  }

  /// A table of sessions may have no column of speakers.
  @Test func `says nothing of rooms, tracks and speakers if it has none at all`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let whole =
      "ID;Title;Track;Room;Speaker\n1;Grids;Energy;Hall;Paweł Nowak\n2;Storage;Energy;Hall;Søren Kierk\n"
    try await plenary.done("import", written(whole, "talks.csv"))
    let part = try await plenary.done(
      "import", written("ID;Title;Kind\n1;Grids of today;Talk\n", "talks.csv"))
    #expect(part.error.contains("1 session of this source is not in the file and stays"), "\(part)")
    for noun in ["speaker", "room", "track"] {
      #expect(
        !part.error.contains("\(noun) of this source") && !part.error.contains("\(noun)s of"), "\(part)")
    }
  }

  @Test func `whose days begin in the morning says which sessions are on another day here`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = try written(Self.schedule(start: "01:00"))
    let told = try await plenary("import", file, "--dry-run")
    #expect(
      told.error.contains(
        "The file's days begin at 04:00, the conference's at 00:00, so 1 session at night is on another day here. To "
          + "change that: plenary conference revise --day-start 04:00"), "\(told)")
    try await plenary.done("conference", "revise", "--day-start", "04:00")
    let silent = try await plenary("import", file, "--dry-run")
    #expect(!silent.error.contains("days begin"), "\(silent)")
  }

  @Test func `and an organizer who changed the same: somebody chooses`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("import", written(Self.schedule()))
    try await plenary.done("session", "revise", "grids-of-tomorrow", "--title", "Our title")
    try await plenary("import", written(Self.schedule())).says("Nothing to record")
    let next = try written(Self.schedule(title: "Their title"))
    let refused = try await plenary("import", next)
    #expect(refused.code == 1)
    #expect(
      refused.error.contains(
        "The session “grids-of-tomorrow”, title: the file has “Their title”, here is “Our title”"))
    #expect(refused.error.contains("--their session:grids-of-tomorrow.title"), "\(refused)")
    func title(_ words: String...) async throws -> String? {
      let run = try await plenary(words + ["--dry-run", "--json"])
      #expect(run.code == 0, "\(run)")
      return (run.object["changes"] as? [[String: Any]])?.first?["name"] as? String
    }
    #expect(try await title("import", next, "--theirs") == "Their title")
    #expect(try await title("import", next, "--their", "session:grids-of-tomorrow.title") == "Their title")
    #expect(try await title("import", next, "--our", "session:grids-of-tomorrow") == nil)
    for wrong in [
      ["--theirs", "--ours"], ["--our", "grids"], ["--our", "session:a", "--their", "session:a"],
    ] {
      #expect(try await plenary(["import", next] + wrong).code == 2)
    }
    try await plenary.done("import", next, "--ours", "--reason", "We print our own titles")
    try await plenary("import", next).says("Nothing to record")
    try await plenary("session", "show", "grids-of-tomorrow").says("Our title")
  }

  @Test func `of attendees registers them once, sealed, and follows their answers`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let table =
      "Order code;First name;Last name;E-mail;Company;Ticket\nA1;Ada;Lovelace;ada@example.org;Engines;Student\nB2;李;伟;;;Press\n"
    let file = try written(table, "people.csv")
    let done = try await plenary.done("import", file)
    done.says(/attendees +2 +2/)
    try await plenary("import", file).says("Nothing to record")
    let list = try await plenary.done("attendee", "list", "--json").list
    #expect(list.count == 2)
    #expect(try await !plenary.done("log", "show", "--json").output.contains("Lovelace"))
    let moved = try written(table.replacing("Engines", with: "Looms"), "people.csv")
    try await plenary("import", moved).says(/attendees +2 +0 +1/)
    let gone = try written(
      String(table.split(separator: "\n").prefix(2).joined(separator: "\n")), "people.csv")
    try await plenary("import", gone, "--complete").says(/attendees +1 +0 +1 +1/)
    try await plenary.done("projections", "verify")
  }

  /// Whatever the log keeps in clear can never be erased.
  @Test func `of attendees names nobody in what stays in clear`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "Quillon, Zork")
    let table = """
      ID;First name;Last name;E-mail;Category
      ada@example.org;Ada;Lovelace;ada@example.org;Guest of Zork Quillon
      Mary Shelley;Mary;Shelley;;Friend of Ada Lovelace
      7;Jo;Ford;jo@example.org;Press
      8;Al;Dent;;Partner

      """
    let file = try written(table, "people.csv")
    let before = try await plenary.head()
    for reason in ["The list of Mary Shelley", "ada＠example.org wrote", "for Quillon, Zork"] {
      let refused = try await plenary("import", file, "--reason", reason)
      #expect(refused.code == 1 && refused.error.contains("cannot be erased"), "\(refused)")
    }
    let source = try await plenary("import", file, "--source", "zork-quillon")
    #expect(source.code == 1 && source.error.contains("names the attendee “a-1”"), "\(source)")
    #expect(try await plenary.head() == before)

    let done = try await plenary.done("import", file, "--reason", "Desk list")
    done.says(/attendees +4 +4/)
    for line in [2, 3] {
      #expect(done.error.contains("line \(line): The category names an attendee"), "\(done)")
    }
    #expect(done.error.contains("The keys of 2 attendees are addresses or names"), "\(done)")
    let log = try await plenary.done("log", "export").output
    for text in ["Quillon", "Lovelace", "Shelley", "ada@"] {
      #expect(!log.contains(text), "\(text)")
    }
    let categories = try await plenary.done("attendee", "list", "--json").list.compactMap {
      $0["category"] as? String
    }
    #expect(categories.sorted() == ["Partner", "Press", "delegate", "delegate", "delegate"])
    try await plenary("import", file).says("Nothing to record")
  }

  @Test func `of speakers has no address of theirs in its reason`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = try written(
      "Speaker name;E-mail;Biography\nAda Okafor;ada@example.org;Builds grids.\n", "speakers.csv")
    let refused = try await plenary("import", file, "--reason", "ada@example.org sent it")
    #expect(
      refused.code == 1 && refused.error.contains("address of a speaker of the file"), "\(refused)")
    try await plenary("import", file, "--reason", "She sent it").says(/speakers +1 +1/)
  }

  @Test func `names who and what was taken out here, and is not taken in again`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let people = try written(
      "Order code;First name;Last name;E-mail;Ticket\n"
        + "1;Ada;Lovelace;ada@example.org;Student\n2;Jo;Ford;jo@example.org;Press\n",
      "people.csv")
    try await plenary.done("import", people)
    let list = try await plenary.done("attendee", "list", "--json").list
    let attendee = try #require(list.first?["attendee"] as? String)
    try await plenary.done("attendee", "withdraw", attendee)
    let again = try await plenary.done("import", people)
    again.says("Nothing to record")
    #expect(
      again.error.contains("skipped: the attendee “\(attendee)” has withdrawn here")
        && !again.error.contains("Lovelace"), "\(again)")

    let file = try written(Self.schedule())
    try await plenary.done("import", file)
    try await plenary.done("session", "cancel", "storage")
    try await plenary.done("speaker", "withdraw", "pawel-nowak")
    let cancelled = try await plenary.done("import", file)
    cancelled.says("Nothing to record")
    for text in [
      "skipped: the session “storage” (Storage) was cancelled here", "plenary session reinstate storage",
      "skipped: the speaker “pawel-nowak” (Paweł Nowak) has withdrawn here",
    ] { #expect(cancelled.error.contains(text), "\(text) \(cancelled)") }
    let report = try await plenary.done("import", file, "--json").object
    #expect((report["skipped"] as? [[String: Any]])?.count == 2)
  }

  @Test func `is not taken for complete where a row of it was left out`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let program =
      "ID;Title;Start;Duration;Room\n1;Tides;2016-06-01 09:00;30;Aula\n2;Moons;2016-06-01 10:00;30;Aula\n"
    try await plenary.done("import", written(program, "talks.csv"), "--complete")
    let broken = try written(program.replacing("Moons", with: ""), "talks.csv")
    let refused = try await plenary("import", broken, "--complete")
    #expect(refused.code == 1 && refused.error.contains("1 of the file could not be taken"), "\(refused)")
    try await plenary("session", "show", "moons").says("2016-06-01 10:00")
    try await plenary("import", broken).says("Nothing to record")
    let people = "Order code;First name;Last name\nA1;Ada;Lovelace\nB2;Bo;Li\n"
    try await plenary.done("import", written(people, "people.csv"), "--complete")
    let unnamed = try await plenary(
      "import", written(people.replacing("Bo;Li", with: ";"), "people.csv"), "--complete")
    #expect(unnamed.code == 1 && unnamed.error.contains("import it as incomplete"), "\(unnamed)")
  }

  @Test func `of a calendar with several zones has each time on the conference's clocks`() async throws {
    let plenary = try await Plenary.apart().berlin()
    func event(_ name: String, _ zone: String) -> String {
      "BEGIN:VEVENT\r\nUID:\(name)\r\nSUMMARY:\(name)\r\nDTSTART;TZID=\(zone):20160601T100000\r\n"
        + "DTEND;TZID=\(zone):20160601T110000\r\nLOCATION:Aula\r\nEND:VEVENT\r\n"
    }
    let calendar =
      "BEGIN:VCALENDAR\r\n" + event("Here", "Europe/Berlin") + event("There", "Europe/Berlin")
      + event("London", "Europe/London")
      + event("Delhi", "Asia/Kolkata") + event("Nowhere", "Middle/Earth") + "END:VCALENDAR\r\n"
    let done = try await plenary.done("import", written(calendar, "c.ics"))
    #expect(done.error.contains("“Middle/Earth” is not a known time zone"), "\(done)")
    for (session, time) in [("here", "10:00"), ("london", "11:00"), ("delhi", "06:30"), ("nowhere", "10:00")]
    {
      try await plenary("session", "show", session).says("2016-06-01 \(time)")
    }
  }

  @Test func `of which the columns are not understood is read as a mapping says`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = try written("Who;Wo;Wann;Was\nAda Okafor;Aula;2016-06-01 09:00;Netze\n", "plan.csv")
    let shown = try await plenary.done("import", file, "--show-mapping")
    #expect(shown.output.contains("table = ") && shown.output.contains("\"Was\""), "\(shown)")
    let mapping = try written(
      "table = sessions\nheader = yes\n1 = people\n2 = room\n3 = start\n4 = title\n", "plan.map")
    let done = try await plenary.done("import", file, "--mapping", mapping)
    done.says(/speakers +1 +1/, /sessions +1 +1/)
    let wrong = try written("table = dogs\n", "wrong.map")
    let refused = try await plenary("import", file, "--mapping", wrong)
    #expect(refused.code == 2 && refused.error.contains("Line 1"), "\(refused)")
    #expect(try await plenary("import", file, "--mapping", mapping, "--mapping", mapping).code == 2)
  }

  @Test func `that another program rewrites is imported each time it is whole`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = try written(Self.schedule())
    let watching = plenary.talk("import", "--watch", file, "--actor", "clock")
    #expect(await watching.next { $0.hasPrefix("Recorded at positions") } != nil)
    // Another file in its place.
    let next = try written(Self.schedule(title: "Grids of today"))
    #expect(rename(next, file) == 0)
    #expect(await watching.next { $0.contains("Grids of today") } != nil)
    #expect(await watching.next { $0.hasPrefix("Recorded at positions") } != nil)
    // One that is broken, and one that changes what somebody here has changed.
    try Data(Self.schedule().utf8.dropLast(40)).write(to: URL(filePath: file))
    #expect(await watching.next { $0.hasPrefix("Nothing of this version was imported") } != nil)
    try await plenary.done("session", "revise", "grids-of-tomorrow", "--title", "Our title")
    try Data(Self.schedule(title: "Their title").utf8).write(to: URL(filePath: file))
    #expect(await watching.next { $0.contains("Their title") } != nil)
    #expect(await watching.next { $0.hasPrefix("Nothing of this version was imported") } != nil)
    try await plenary("session", "show", "grids-of-tomorrow").says("Our title")
    watching.interrupt()
    #expect(await watching.next { $0.hasPrefix("Stopped watching") } != nil)
    // Each with an id of its own.
    let events = try await plenary.done("log", "show", "--json").lines.map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
    let imports = events.filter { $0["type"] as? String == "FileImported" }
    let commands = imports.compactMap { $0["commandID"] as? String }
    #expect(imports.allSatisfy { $0["actor"] as? String == "clock" })
    #expect(Set(commands).count == 2, "\(commands)")
    for wrong in [
      ["-"], [file, "--show-mapping"], [file, "--command-id", UUID().uuidString],
      [file, "--mapping", file + ".map"], ["/tmp", "--complete"],
    ] {
      #expect(try await plenary(["import", "--watch"] + wrong).code == 2, "\(wrong)")
    }
  }

  @Test
  func
    `that another program rewrites is waited for, and imported again after the reason of a refusal is gone`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    let file = try written(Self.schedule())
    try FileManager.default.removeItem(atPath: file)
    let watching = plenary.talk("import", "--watch", file)
    #expect(await watching.next { $0 == "\(file) is not there yet. Waiting for it." } != nil)
    try Data(Self.schedule().utf8).write(to: URL(filePath: file))
    #expect(await watching.next { $0.hasPrefix("Recorded at positions") } != nil)
    try await plenary.done("session", "revise", "grids-of-tomorrow", "--title", "Our title")
    try Data(Self.schedule(title: "Their title").utf8).write(to: URL(filePath: file))
    #expect(await watching.next { $0.hasPrefix("Nothing of this version was imported") } != nil)
    // As it was in the file before, so that nothing is in the way. Then the same file is saved again.
    try await plenary.done("session", "revise", "grids-of-tomorrow", "--title", "Grids of tomorrow")
    try Data(Self.schedule(title: "Their title").utf8).write(to: URL(filePath: file))
    #expect(await watching.next { $0.hasPrefix("Recorded at positions") } != nil)
    try await plenary("session", "show", "grids-of-tomorrow").says("Their title")
    watching.interrupt()
  }

  /// What the first version needed, the next one need not.
  @Test func `of attendees that another program rewrites keeps what was chosen for all its versions`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    func table(_ ada: String, _ bo: String) -> Data {
      Data(
        "Order code;First name;Last name;Company;Ticket\nA1;Ada;Lovelace;\(ada);Press\nB2;Bo;Li;\(bo);Press\n"
          .utf8)
    }
    let file = try written("", "people.csv")
    func write(_ ada: String, _ bo: String) throws { try table(ada, bo).write(to: URL(filePath: file)) }
    try write("Engines", "Mills")
    try await plenary.done("import", file)
    var ids: [String] = []
    for (name, organisation) in [("Ada", "Engine Works"), ("Bo", "Mill House")] {
      let found = try #require(try await plenary.done("attendee", "list", name, "--json").list.first)
      let id = try #require(found["attendee"] as? String)
      try await plenary.done("attendee", "revise", id, "--organisation", organisation)
      ids.append(id)
    }
    try write("Looms", "Farms")
    let watching = plenary.talk(
      "import", "--watch", file, "--our", "attendee:\(ids[0])", "--our", "attendee:\(ids[1])")
    #expect(await watching.next { $0.hasPrefix("Recorded at positions") } != nil)
    // Nothing is to be chosen for Bo any more.
    try write("Weavers", "Mill House")
    #expect(
      await watching.next {
        $0.hasPrefix("Recorded at positions") || $0.hasPrefix("Nothing of this version")
      }?
      .hasPrefix("Recorded at positions") == true)
    try await plenary("attendee", "list").says("Engine Works", "Mill House")
    watching.interrupt()
  }

  @Test func `that another program rewrites is not taken for complete if its end cannot be seen`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    let table =
      "Title,Room,Date,Start,End\nOne,Aula,2016-06-01,09:00,10:00\nTwo,Aula,2016-06-01,10:00,11:00\n"
    let file = try written(table, "plan.csv")
    try await plenary.done("import", file)
    try Data(table.split(separator: "\n").prefix(2).joined(separator: "\n").utf8).write(
      to: URL(filePath: file))
    let watching = plenary.talk("import", "--watch", "--complete", file)
    #expect(await watching.next { $0.contains("may lack rows that are not written yet") } != nil)
    watching.interrupt()
    try await plenary("session", "list").says("One", "Two")
  }

  @Test func `with conflicts is taken in, and they are listed as imported, also before`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = try written(
      """
      ID,Title,Start,Duration,Room,Speakers
      1,Tides,2016-06-01 09:00,45,Aula,Ada Okafor
      2,Moons,2016-06-01 09:30,45,Aula,Ada Okafor

      """, "talks.csv")
    let listed = [
      "The room “aula” has “moons” (2016-06-01 09:30–10:15) and “tides” (2016-06-01 09:00–09:45) at the same time.",
      "Ada Okafor is in “moons” (2016-06-01 09:30–10:15) and in “tides” (2016-06-01 09:00–09:45) at the same time.",
    ]
    let trial = try await plenary.done("import", file, "--dry-run")
    for text in ["2 conflicts would be accepted as imported:"] + listed {
      #expect(trial.error.contains(text), "\(trial)")
    }
    let kinds = ["--only", "room-taken", "--only", "person-twice"]
    func check(_ words: String...) async throws -> Plenary.Run {
      try await plenary(["program", "check"] + kinds + words)
    }
    try await check("--waived").says("No problems were found of the kind room-taken, person-twice.")
    let done = try await plenary.done("import", file)
    for text in ["2 conflicts were accepted as imported:"] + listed {
      #expect(done.error.contains(text), "\(done)")
    }
    try await check().says(
      "No problems were found of the kind room-taken, person-twice. 2 conflicts are accepted; see --waived.")
    let waived = try await check("--waived", "--json").list
    #expect(Set(waived.compactMap { $0["kind"] as? String }) == ["room-taken", "person-twice"], "\(waived)")
    #expect(waived.allSatisfy { $0["waived"] as? String == "as imported" }, "\(waived)")
  }

  @Test(.enabled(if: Conversation.canHaveTerminal, "There is no program “script” here"))
  func `is told on a terminal while it is read, compared and recorded`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = try written(Self.schedule())
    let importing = plenary.talk(onTerminal: (80, 24), "import", file)
    #expect(await importing.hears("Reading …"))
    #expect(await importing.hears("Comparing 2 sessions with the conference …"))
    #expect(await importing.hears(" events …"))
    #expect(await importing.hears("Recorded at positions"))
    #expect(await importing.ended() == 0)
    // Elsewhere, lines that replace each other would only be in the way.
    let other = try await plenary.done("import", written(Self.schedule(title: "Another")))
    #expect(!other.error.contains("Reading") && !other.error.contains("\u{1B}"), "\(other)")
  }

  @Test func `with a character that was lost before is told with the line`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (text, name) in [
      (Self.schedule(title: "It doesn\u{FFFD}t"), "schedule.xml"),
      (
        "Title,Room,Start,Duration\nTides,Hall,2016-06-01 08:00,30\nIt can\u{FFFD}t,Hall,2016-06-01 09:00,30\n",
        "talks.csv"
      ),
      ("Order code,Full name,Ticket\n1,Ada Okafor,Press\n2,J\u{FFFD}rg Li,Press\n", "people.csv"),
    ] {
      let run = try await plenary.done("import", written(text, name))
      let told = run.error.split(separator: "\n").filter { $0.contains("U+FFFD") && $0.hasPrefix("remark: ") }
      #expect(!told.isEmpty && told.allSatisfy { $0.contains(/line [0-9]+/) }, "\(run)")
    }
  }

  @Test func `that Plenary printed with --json makes the same program elsewhere`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let script = """
      room add annex --name en=Annex --name de=Anbau --capacity 40
      track add energy --name Energy --color '#2f6b5b'
      speaker register ada-okafor --name "Okafor, Ada" --biography Builds. --organisation Engines
      speaker register wei-li --name "Li, Wei"
      session schedule grids --title en=Grids --title de=Netze --room aula --start 2016-06-01T09:00 --end 10:00 \\
        --track energy --kind keynote --speaker ada-okafor --chair wei-li --languages de --link https://example.org/grids
      session add-slot grids --room annex --start 2016-06-02T14:00 --end 15:30
      session schedule storage --title Storage --room annex --start 2016-06-03T22:30 --end 23:15
      session cancel storage
      attendee register a-1 --name "Müller, Jörg" --category Press --organisation Daily --email jm@example.org --unlisted
      attendee register a-2 --name "Li, Na" --note Vegan
      """
    #expect(try await plenary("run", "-", input: script).code == 0)
    try await plenary.done(
      "conference", "open", "riga", "--title", "Riga", "--first-day", "2016-06-01", "--last-day",
      "2016-06-03",
      "--zone", "Europe/Berlin", "--languages", "en", "de")
    func list(_ noun: String, _ conference: String) async throws -> Plenary.Run {
      try await plenary.done(noun, "list", "--json", "--conference", conference)
    }
    var files: [String] = []
    for noun in ["session", "room", "speaker", "track"] {
      files.append(try written(try await list(noun, "berlin").output, "\(noun)s.json"))
    }
    let attendees = try written(try await list("attendee", "berlin").output, "attendees.json")
    for files in [files, [attendees]] {
      try await plenary.done(["import"] + files + ["--conference", "riga"])
      try await plenary(["import"] + files + ["--conference", "riga"]).says("Nothing to record")
    }
    /// Without what every conference has in its own order, the random short names of attendees, and what the other conference called
    /// them.
    func content(_ value: Any) -> Any {
      switch value {
      case let members as [String: Any]:
        members.filter { name, _ in
          !name.hasSuffix("At") && !["ordinal", "position", "sequence", "attendee", "keys"].contains(name)
        }.mapValues(content) as NSDictionary
      case let elements as [Any]: elements.map(content) as NSArray
      default: value
      }
    }
    for noun in ["room", "track", "speaker", "session", "attendee"] {
      let (before, after) = (try await list(noun, "berlin").list, try await list(noun, "riga").list)
      #expect(!before.isEmpty)
      #expect(content(before) as? NSArray == content(after) as? NSArray, "\(noun): \(before) \(after)")
    }
  }

  @Test func `in the encoding of an older program is read as that`() async throws {
    let plenary = try await Plenary.apart().berlin()
    // “Łukasz Żółkiewski” in Windows-1250.
    let name: [UInt8] = [0xA3] + Array("ukasz ".utf8) + [0xAF, 0xF3, 0xB3] + Array("kiewski".utf8)
    let file = try written("", "polish.csv")
    try Data(Array("Name;Company\n".utf8) + name + Array(";Bank\n".utf8)).write(to: URL(filePath: file))
    let guessed = try await plenary("import", file, "--dry-run")
    #expect(guessed.error.contains("--encoding windows-1250 (Central Europe)"), "\(guessed)")
    let run = try await plenary("import", file, "--encoding", "windows-1250", "--all")
    run.says("Łukasz Żółkiewski")
    #expect(!run.error.contains("Windows-1252"), "\(run)")
    let wrong = try await plenary("import", file, "--encoding", "klingon")
    #expect(wrong.code == 2 && wrong.error.contains("“klingon” is not a known encoding"), "\(wrong)")
    let other = try await plenary("import", file, "--encoding", "utf-8")
    #expect(other.code == 1 && other.error.contains("is not in utf-8: line 2"), "\(other)")
    // What an XML file says of its encoding is not so any more.
    let xml = try written("", "polish.xml")
    let schedule = Self.schedule(title: "Zolty").replacing("UTF-8", with: "windows-1250")
    let parts = schedule.split(separator: "Zolty", maxSplits: 1).map { Array($0.utf8) }
    try Data(parts[0] + [0xAF, 0xF3, 0xB3] + parts[1]).write(to: URL(filePath: xml))
    for encoding in [[], ["--encoding", "windows-1250"]] {
      try await plenary(["import", xml, "--dry-run", "--all"] + encoding).says("Żół")
    }
    let unnamed = try await plenary("import", "")
    #expect(unnamed.code == 2 && unnamed.error.contains("The name of a file is empty."), "\(unnamed)")
  }

  @Test func `shows its remarks even when it is refused`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let first = try written("ID;Title;Room;Date;Start;End\n7;Tides;Hall;2016-06-01;09:00;10:00\n", "a.csv")
    try await plenary.done("import", first)
    try await plenary.done("session", "revise", "tides", "--title", "Our tides")
    let next = try written(
      "ID;Title;Room;Date;Start;End\n7;Their tides;Hall;2016-06-01;09:00;08:00\n", "b.csv")
    let run = try await plenary("import", next)
    #expect(
      run.code == 1 && run.error.contains("remark: line 2, column 6: “Their tides” was read without a time"),
      "\(run)")
    let chosen = try await plenary("import", next, "--theirs", "--our", "session:tids.title")
    #expect(chosen.code == 1 && chosen.error.contains("“session:tids.title”"), "\(chosen)")
    #expect(
      chosen.error.contains("session:tides.title: the file has “Their tides”, here is “Our tides”."),
      "\(chosen)")
  }

  @Test func `that is broken, unknown or a folder of nothing is refused, and nothing of it is taken`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    for (text, part) in [
      (String(Self.schedule().dropLast(40)), "Line "), ("<html><body>No schedule</body></html>", "not known"),
      ("", "is empty"),
    ] {
      let run = try await plenary("import", written(text))
      #expect(run.code == 1, "\(run)")
      #expect(run.error.contains(part), "\(run)")
    }
    #expect(try await plenary("import", "/nowhere/schedule.xml").code == 4)
    #expect(try await plenary("import").code == 2)
    try await plenary("import", "-", input: Self.schedule()).says(/sessions +2 +2/)
    // A gigabyte is refused before it is read, and what has no end after a limit.
    let huge = try written("Title,Room\n", "huge.csv")
    #expect(truncate(huge, 1 << 30) == 0)
    for file in [huge, "/dev/zero"] {
      let run = try await plenary("import", file)
      #expect(run.code == 1 && run.error.contains("has more than 536 MB"), "\(run)")
    }
  }
}
