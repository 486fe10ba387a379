import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `A desk` {
  private static let people = [
    ("a-1", "Li, Wei", "delegate"), ("a-2", "Li, Na", "press"), ("a-3", "zh=冯, 绍雷", "speaker"),
    ("a-4", "Zork, Quillon", "delegate"),
  ]

  private func register(_ plenary: Plenary) async throws {
    for (name, person, category) in Self.people {
      try await plenary.done("attendee", "register", name, "--name", person, "--category", category)
    }
  }

  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await register(plenary)
    return plenary
  }

  /// With a server of its own, which can be stopped.
  private func conferenceAlone(_ name: String) async throws -> Plenary {
    var plenary = Plenary(database: nil)
    plenary.variables["PLENARY_HOME"] = "/tmp/plenary-\(name)-\(getpid())"
    _ = try await plenary.berlin()
    try await register(plenary)
    return plenary
  }

  private func remove(_ plenary: Plenary) async throws {
    try await plenary.done("db", "stop")
    try FileManager.default.removeItem(atPath: plenary.variables["PLENARY_HOME"]!)
  }

  /// The files of the scans that wait.
  private func waiting(_ plenary: Plenary) throws -> [String] {
    let folder = plenary.variables["PLENARY_HOME"]! + "/desk"
    return (FileManager.default.subpaths(atPath: folder) ?? []).filter { $0.hasSuffix(".json") }
      .map { "\(folder)/\($0)" }
  }

  @Test func `checks in whoever is scanned or typed, line by line`() async throws {
    let plenary = try await conference()
    let code = try await plenary.badgeCode(of: "a-1")
    let run = try await plenary(
      "attendee", "desk", "--station", "Desk 1",
      // Scanners end a line in three ways.
      input: "\(code)\r\(code)\r\nli\n1\n冯绍雷\nundo\nZork\nnobody\n77777\nhelp\nquit\na-4\n")
    #expect(run.code == 1 && run.error.contains("1 line came after “quit”"), "\(run)")
    // However fast the lines come, each is answered before the next one.
    #expect(
      run.lines.map { String($0.prefix { $0 != "." && $0 != "," }) } == [
        "checked in: Wei Li", "again: Wei Li", "“li” can be 2 attendees", "1  Na Li", "2  Wei Li",
        "checked in: Na Li",
        "checked in: 冯绍雷", "taken back: 冯绍雷", "checked in: Quillon Zork", "No attendee is called “nobody”",
        "“77777” is no code of a badge of this conference",
      ], "\(run)")
    #expect(run.error.contains("“a-4” came after “quit”, and was not looked at."), "\(run)")
    for line in [
      /checked in: Wei Li, delegate \(a-1\)\./,
      /again: Wei Li, delegate \(a-1\)\. Checked in before, at .+, “Desk 1”\./,
      /“li” can be 2 attendees\. Type a number, or more of the name:/, /1  Na Li, press \(a-2\)/,
      /checked in: Na Li, press \(a-2\)\./, /taken back: 冯绍雷, speaker \(a-3\)\./,
      /checked in: Quillon Zork, delegate \(a-4\)\./, /No attendee is called “nobody”\./,
      /“77777” is no code of a badge of this conference\./,
    ] {
      #expect(run.output.contains(line), "\(run)")
    }
    let list = try await plenary.done("attendee", "list").output
    for (name, status) in [("a-1", "checked-in"), ("a-2", "checked-in"), ("a-3", "registered")] {
      #expect(try list.contains(Regex("\(name) +\(status)")), "\(list)")
    }
    #expect(run.error.contains("Scan a badge, or type its digits"), "\(run)")
  }

  @Test func `at a door counts for its session`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end",
      "10:00")
    let run = try await plenary("attendee", "desk", "--session", "panel", input: "a-1\na-1\n")
    #expect(run.code == 0 && run.lines.count == 2, "\(run)")
    try await plenary("attendee", "presence", "--session", "panel").says("Wei Li")
    try await plenary("attendee", "show", "a-1").says(/status +registered/)
    // The session by a part of its title.
    try await plenary.done("session", "revise", "panel", "--title", "Panel on posters")
    let posters = try await plenary("attendee", "desk", "--session", "Posters", input: "a-2\n")
    #expect(posters.code == 0 && posters.output.contains("checked in: Na Li"), "\(posters)")
    #expect(posters.error.contains("“Posters” is the session “panel”."), "\(posters)")
    try await plenary("attendee", "presence", "--session", "panel").says("Na Li")
    try await plenary.done("attendee", "desk", "--day", "2016-06-02", "--dry-run")
    for words in [
      ["--session", "none"], ["--day", "2016-07-01"], ["--badges", "/nowhere"], ["--size", "a7"],
    ] {
      let refused = try await plenary(["attendee", "desk"] + words)
      #expect((1...4).contains(refused.code), "\(refused)")
    }
  }

  @Test func `and another one at once check everybody in once`() async throws {
    let plenary = try await conference()
    // On another computer: a desk also hands in what waits in this one's folder.
    let folder = try Folder()
    let other = {
      var other = plenary
      other.variables["PLENARY_HOME"] = folder.path("home")
      return other
    }()
    let input = "a-1\na-2\na-3\na-4\n"
    async let first = plenary("attendee", "desk", "--station", "Desk 1", input: input)
    async let second = other("attendee", "desk", "--station", "Desk 2", input: input)
    let runs = try await [first, second]
    let lines = runs.flatMap(\.lines)
    #expect(lines.count { $0.hasPrefix("checked in: ") } == 4, "\(runs)")
    #expect(lines.count { $0.hasPrefix("again: ") } == 4, "\(runs)")
  }

  @Test func `tells programs a line of JSON for each scan, and records nothing when it is only tried`()
    async throws
  {
    let plenary = try await conference()
    let run = try await plenary(
      "attendee", "desk", "--json", "--dry-run", "--reason", "rehearsal", "--actor", "eva", "--printer",
      "none",
      input: "a-1\nli\nxyz\n")
    #expect(run.code == 0, "\(run)")
    let results = try run.lines.map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
    #expect(
      results.contains { $0["result"] as? String == "checked-in" && $0["attendee"] as? String == "a-1" },
      "\(run)")
    #expect(
      results.contains { $0["result"] as? String == "several" && ($0["candidates"] as? [Any])?.count == 2 })
    #expect(results.contains { $0["result"] as? String == "nobody" && $0["words"] as? String == "xyz" })
    try await plenary("attendee", "show", "a-1").says(/status +registered/)
  }

  @Test func `sent the same lines again under its command id, does nothing twice`() async throws {
    let plenary = try await conference()
    let id = UUID().uuidString
    for _ in 1...2 {
      let run = try await plenary("attendee", "desk", "--command-id", id, input: "a-1\na-2\n")
      #expect(run.code == 0 && run.lines.count { $0.hasPrefix("checked in: ") } == 2, "\(run)")
    }
    let log = try await plenary.done("log", "show")
    #expect(log.lines.count { $0.contains("AttendeeCheckedIn") } == 2, "\(log)")
  }

  @Test func `goes on without the database, survives being killed, and loses no scan`() async throws {
    let plenary = try await conferenceAlone("desk")
    let code = try await plenary.badgeCode(of: "a-2")
    let desk = plenary.talk("attendee", "desk", "--station", "Desk 1")
    desk.say("a-1")
    #expect(await desk.hears("checked in: Wei Li"))
    try await plenary.done("db", "stop")
    desk.say(code)
    #expect(await desk.hears("kept: Na Li"))
    desk.say("a-2")
    #expect(await desk.hears("again: Na Li"))
    desk.say("zork")
    #expect(await desk.hears("kept: Quillon Zork"))
    // Taken back before anything was sent: neither is recorded.
    desk.say("a-3")
    #expect(await desk.hears("kept: 冯绍雷"))
    desk.kill()
    let files = try waiting(plenary)
    #expect(files.count == 3)
    for file in files {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      for (_, name, _) in Self.people {
        for word in name.split(whereSeparator: { $0 == "," || $0 == " " || $0 == "=" }) where word.count > 2 {
          #expect(!text.contains(word), "\(text)")
        }
      }
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode.map { $0 & 0o777 } == 0o600)
    }

    // Meanwhile another station checked one of them in.
    try await plenary.done("attendee", "check-in", "a-2", "--station", "Desk 2")
    let second = plenary.talk("attendee", "desk", "--station", "Desk 1")
    #expect(await second.hears("Handing in 3 earlier scans"))
    let late = await second.heard("late: Na Li")
    #expect(
      late?.contains("Checked in before, at ") == true && late?.contains("“Desk 2”") == true, "\(late ?? "")")
    #expect(await second.hears("checked in: Quillon Zork"))
    try await plenary.done("db", "stop")
    second.say("undo")
    try await plenary.done("db", "start")
    #expect(await second.hears("taken back: "))
    second.close()
    #expect(await second.ended() == 0)
    #expect(try waiting(plenary).isEmpty)
    let log = try await plenary.done("log", "show")
    #expect(log.lines.count { $0.contains("LateScanRecorded") } == 1, "\(log)")
    try await plenary("attendee", "show", "a-2").says(
      /scanned late again +.+, Desk 1/, /checked in +.+, Desk 2/)
    let id = try #require(log.output.firstMatch(of: /LateScanRecorded(.|\n)*?command +([0-9a-f-]{36})/))
    let undo = try await plenary("log", "undo", String(id.2))
    #expect(undo.code == 1 && undo.error.contains("a late scan stays recorded"), "\(undo)")
    try await plenary.done("projections", "verify")
    try await remove(plenary)
  }

  @Test func `ends with what is left when its input ends or it is interrupted`() async throws {
    let plenary = try await conferenceAlone("end")
    let idle = plenary.talk("attendee", "desk")
    idle.say("a-1")
    #expect(await idle.hears("checked in: Wei Li"))
    idle.interrupt()
    #expect(await idle.ended() == 0)

    let desk = plenary.talk("attendee", "desk", "--json")
    desk.say("a-2")
    #expect(await desk.hears("checked-in"))
    try await plenary.done("db", "stop")
    desk.say("a-3")
    #expect(await desk.hears("kept"))
    desk.say("undo")
    desk.say("a-4")
    #expect(await desk.hears("Zork"))
    desk.close()
    // For programs, it is an error like every other.
    #expect(await desk.hears(#""code":"not-handed-in""#))
    #expect(await desk.hears("not handed in. They are kept in "))
    #expect(await desk.ended() == 4)
    try await plenary.done("db", "start")
    let run = try await plenary("attendee", "desk", input: "")
    #expect(run.code == 0 && run.output.contains("checked in: Quillon Zork"), "\(run)")
    try await plenary("attendee", "show", "a-3").says(/status +registered/)
    try await remove(plenary)
  }

  // MARK: Without the database

  /// Some containers do not let programs keep keys in the kernel.
  private static let kernelKeepsKeys = FileManager.default.fileExists(atPath: "/proc/keys")

  /// Where a desk keeps its list of attendees.
  private func lists(_ plenary: Plenary) throws -> [String] {
    let folder = plenary.variables["PLENARY_HOME"]! + "/desk-lists"
    // A desk that was killed can leave an unfinished one, which has no key.
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { !$0.hasPrefix(".") }.map { "\(folder)/\($0)" }
  }

  /// A conference on one computer, and a desk on another.
  private func twoComputers(_ name: String) async throws -> (server: Plenary, station: Plenary) {
    let server = try await conferenceAlone(name)
    let home = server.variables["PLENARY_HOME"]!
    var station = Plenary(database: "host=\(home)/postgresql port=5432 dbname=plenary user=plenary")
    station.variables["PLENARY_HOME"] = home + "-station"
    return (server, station)
  }

  @Test(.enabled(if: kernelKeepsKeys, "The kernel keeps no keys for programs here."))
  func `starts again without the database, as it last knew the attendees`() async throws {
    let (server, station) = try await twoComputers("again")
    let code = try await server.badgeCode(of: "a-2")
    try await server.done("attendee", "check-in", "a-1")
    // Nothing but the erasure changes this desk's list.
    let first = station.talk("attendee", "desk", "--station", "Desk 1")
    first.say("xyz")
    #expect(await first.hears("No attendee is called “xyz”."))
    while try lists(station).count != 1 { try await Task.sleep(for: .milliseconds(100)) }
    let before = try lists(station)
    try await server.done("attendee", "erase", "a-4", "--yes")
    // The list without whoever was erased has a new name.
    while try lists(station) == before { try await Task.sleep(for: .milliseconds(100)) }
    while try lists(station).count != 1 { try await Task.sleep(for: .milliseconds(100)) }
    first.kill()
    try await server.done("db", "stop")

    for file in try lists(station) {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(text.wholeMatch(of: /[A-Za-z0-9+\/=]+/) != nil)
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode.map { $0 & 0o777 } == 0o600)
      // The key of this file has an end.
      let name = URL(filePath: file).lastPathComponent
      let keys = try String(contentsOfFile: "/proc/keys", encoding: .utf8).split(separator: "\n")
      let key = try #require(keys.first { $0.contains("plenary:\(name)") })
      // Its number, its state, who uses it, and how long it lasts.
      let lasts = key.split(separator: " ")[3]
      #expect(["1d", "23h"].contains(lasts), "\(key)")
    }

    let again = station.talk("attendee", "desk", "--station", "Desk 1")
    #expect(await again.hears("The database does not answer. Go on"))
    #expect(await again.hears("The attendees are those of "))
    again.say(code)
    #expect(await again.hears("kept: Na Li"))
    again.say("a-1")
    #expect(await again.hears("again: Wei Li"))
    again.say("Zork")
    #expect(await again.hears("No attendee is called “Zork”."))
    again.say("print")
    #expect(await again.hears("was not printed. The database does not answer."))
    // It is known at other doors, for which this computer has no list.
    let door = try await station("attendee", "desk", "--day", "2016-06-02", input: "")
    #expect(door.code == 4 && door.error.contains("no list of attendees is kept"), "\(door)")
    let named = try await station("attendee", "desk", "--station", "Wei Li", input: "")
    #expect(named.code == 1 && named.error.contains("names the attendee"), "\(named)")

    try await server.done("db", "start")
    #expect(await again.hears("The database answers again."))
    #expect(await again.hears("checked in: Na Li"))
    again.say("quit")
    #expect(await again.ended() == 0)
    #expect(try lists(station).isEmpty)
    try await server.done("projections", "verify")
    try FileManager.default.removeItem(atPath: station.variables["PLENARY_HOME"]!)
    try await remove(server)
  }

  @Test(.enabled(if: kernelKeepsKeys, "The kernel keeps no keys for programs here."))
  func `keeps nothing of somebody who is erased on the same computer`() async throws {
    let plenary = try await conferenceAlone("forget")
    let desk = plenary.talk("attendee", "desk")
    desk.say("a-1")
    #expect(await desk.hears("checked in: Wei Li"))
    while try lists(plenary).isEmpty { try await Task.sleep(for: .milliseconds(100)) }
    desk.kill()
    let list = try lists(plenary)
    #expect(!list.isEmpty)
    try await plenary.done("attendee", "erase", "a-1", "--dry-run")
    #expect(try lists(plenary) == list)
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    #expect(try lists(plenary).isEmpty)
    let key = "plenary:" + URL(filePath: list[0]).lastPathComponent
    #expect(try !String(contentsOfFile: "/proc/keys", encoding: .utf8).contains(key))
    // Of a desk that is only tried, nothing is kept.
    _ = try await plenary.done("attendee", "desk", "--dry-run")
    #expect(try lists(plenary).isEmpty)
    try await remove(plenary)
  }

  @Test(
    .enabled(if: Conversation.canHaveTerminal, "There is no program “script” here"), arguments: [true, false])
  func `is one screen on a terminal`(withColors: Bool) async throws {
    var plenary = try await conference()
    if !withColors { plenary.variables["NO_COLOR"] = "1" }
    let desk = plenary.talk(onTerminal: (60, 24), "attendee", "desk", "--station", "Desk 1")
    #expect(await desk.hears("ready · Berlin · Desk 1"))
    desk.say("冯绍雷")
    #expect(await desk.hears("CHECKED IN"))
    desk.say("a-3")
    #expect(await desk.hears("AGAIN"))
    desk.say("undo")
    #expect(await desk.hears("TAKEN BACK"))
    desk.say("li")
    #expect(await desk.hears("2  Wei Li"))
    #expect(await desk.hears("delegate 0 of 2"))
    desk.say("quit")
    #expect(await desk.ended() == 0)
    let all = desk.transcript
    #expect(all.contains("\u{1B}[1;42;30m") == withColors)
    #expect(all.contains("冯绍雷"))
  }

  @Test(
    .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"))
  func `prints a badge into a folder, and sends it to a printer`() async throws {
    var plenary = try await conference()
    let folder = try Folder()
    // In place of CUPS.
    let lp = folder.path("lp")
    try Data(
      "#!/bin/sh\nfor last; do :; done\ncp \"$last\" \"\(folder.path("printed.pdf"))\"; echo \"$*\" > \"\(folder.path("words"))\"\n"
        .utf8
    )
    .write(to: URL(filePath: lp))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: lp)
    plenary.variables["PATH"] =
      folder.path("") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    try Data(
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 1'><rect width='3' height='1'/></svg>".utf8
    )
    .write(to: URL(filePath: folder.path("logo.svg")))
    try Data(#"[{"file": "logo.svg", "use": "logo", "text": "Forum"}]"#.utf8)
      .write(to: URL(filePath: folder.path("pictures.json")))
    let desk = plenary.talk(
      "attendee", "desk", "--badges", folder.path(""), "--printer", "desk-1", "--size", "90x55", "--pictures",
      folder.path(""))
    desk.say("a-3")
    #expect(await desk.hears("checked in: 冯绍雷"))
    desk.say("print")
    #expect(await desk.hears("The badge of 冯绍雷 was sent to desk-1."))
    desk.close()
    #expect(await desk.ended() == 0)
    let printed = try Data(contentsOf: URL(filePath: folder.path("printed.pdf")))
    #expect(printed.starts(with: Data("%PDF".utf8)))
    #expect(try String(contentsOfFile: folder.path("words"), encoding: .utf8).contains("-d desk-1"))
    #expect(FileManager.default.fileExists(atPath: folder.path("badge-a-3.pdf")))
    // Without a folder, nothing stays but what the printer has.
    let other = plenary.talk("attendee", "desk", "--printer", "desk-1")
    other.say("a-2")
    #expect(await other.hears("checked in: Na Li"))
    other.say("print")
    #expect(await other.hears("The badge of Na Li was sent to desk-1."))
    other.close()
    #expect(await other.ended() == 0)
    #expect(!FileManager.default.fileExists(atPath: "badge-a-2.pdf"))
  }

}
