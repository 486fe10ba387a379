import Foundation
import Postgres
import Testing

/// A file of commands, carried out by “plenary run”.
@Suite(.timeLimit(.minutes(40))) struct `A script` {
  private static let text = """
    # Rooms first.
    plenary room add hall --name "Main Hall" --capacity 400
    room add annex --name 'en=The "Annex"'   # a comment

    session schedule opening --title en=Opening\\ day --room hall \\
      --start "2016-06-01 09:00" --end 10:00 --reason "As agreed"
    session schedule opening --title en=Opening\\ day --room annex --start "2016-06-01 12:00" --end 13:00
    track add economy --name Economy#1
    """

  @Test func `stops at the first line that is refused, and goes on when it is run again`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let first = try await plenary("run", "-", input: Self.text)
    #expect(first.code == 1, "\(first)")
    #expect(first.error.contains("line 7: “opening” already names the session"), "\(first)")
    #expect(first.lines.map { String($0.prefix { $0 != " " }) } == ["2", "3", "5"])
    let id = try #require(first.error.firstMatch(of: /--command-id ([0-9a-f-]{36})/)?.output.1)
    let mended = Self.text.replacing(
      "opening --title en=Opening\\ day --room annex", with: "lunch --title Lunch --room annex")
    let again = try await plenary("run", "-", "--command-id", String(id), input: mended)
    #expect(again.code == 0, "\(again)")
    again.says(/2 +done before/, /5 +done before/, /7 +recorded/, /8 +recorded/)
    let logged = try await plenary.done("log", "show", "--json").output
    #expect(logged.contains("As agreed"))
    try await plenary("session", "show", "opening").says("Opening day")
  }

  @Test func `carries out a line as often as it is there`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let moves = ["10:00", "11:00", "10:00"].map { "session move opening --start \($0)\n" }.joined()
    let script =
      "session schedule opening --title Opening --room aula --start \"2016-06-01 09:00\" --end 10:00\n"
      + moves
    try await plenary("run", "-", input: script).says(/2 +recorded/, /3 +recorded/, /4 +recorded/)
    try await plenary("session", "show", "opening").says("2016-06-01 10:00")
    try await plenary("run", "-", input: script).says(/1 +done before/, /4 +done before/)
  }

  @Test func `goes on where it is told to`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary(
      "run", "-", "--keep-going", "--actor", "olga", "--reason", "Plan B", input: Self.text)
    #expect(run.code == 1)
    #expect(run.error.contains("4 of 5 commands were carried out"), "\(run)")
    let tracks = try await plenary.done("track", "list", "--json").list
    #expect(tracks.count == 1)
    // Only a sign at the beginning of a word begins a comment.
    #expect((tracks.first?["name"] as? [String: String])?["en"] == "Economy#1")
    let logged = try await plenary.done("log", "show", "--json").output
    #expect(logged.contains("olga") && logged.contains("Plan B") && logged.contains("As agreed"))
  }

  /// The server ends each connection that records something, as if it stopped.
  @Test
  func `names the lines of which nobody knows whether they were recorded, also before one that is refused`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    let (holder, killer) = (try await plenary.connect(), try await plenary.connect())
    try await holder.execute("begin")
    try await holder.execute("lock table log.head in share mode")
    let ending = Task {
      while !Task.isCancelled {
        _ = try await killer.query(
          """
          select pg_terminate_backend(pid, 5000) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%log.append%'
          """)
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    // A reason is compared with the names of attendees, and for that everything is recorded that waits.
    let text = Self.text.replacing(" --reason \"As agreed\"", with: "")
    let run = try await plenary("run", "-", "--json", "--keep-going", input: text)
    ending.cancel()
    _ = await ending.result
    await holder.close()
    await killer.close()
    #expect(run.code == 4, "The worst one counts: \(run)")
    #expect(
      run.error.contains("lines 2 to 5: ") && run.error.contains("line 7: “opening” already names"), "\(run)")
    #expect(run.error.contains("0 of 5 commands were carried out. Correct line 7 and run"), "\(run)")
    let lines = try #require(run.object["lines"] as? [[String: Any]])
    #expect(lines.map { $0["line"] as? Int } == [2, 3, 5, 7])
    #expect(lines.map { $0["unknown"] is String } == [true, true, true, false])
    #expect(lines.map { $0["refused"] is String } == [false, false, false, true])
  }

  /// Somebody else appends while the first lines are recorded.
  @Test func `carries out each line alone when somebody else records something meanwhile`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let (other, watcher) = (try await plenary.connect(), try await plenary.connect())
    try await other.execute("begin")
    try await other.execute("select from log.head where conference = 'berlin' for update")
    let meanwhile = Task {
      while true {
        let waiting = try await watcher.query(
          """
          select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%log.append%'
          """)
        if !waiting.isEmpty { break }
        try await Task.sleep(for: .milliseconds(20))
      }
      _ = try await other.query(
        """
        select from log.append(
          'berlin', gen_random_uuid(), '\\x01', 'boris', null, '{TrackAdded}', '{1}', '{track:t-7}',
          array['{"name":{"en":"Theirs"},"track":"t-7"}'])
        """)
      try await other.execute("commit")
    }
    let warned = "speaker register ada --name \"Ada Nowak Ghent\"\n"
    let script = warned + (1...150).map { "track add t-\($0) --name \"Ours \($0)\"\n" }.joined()
    let run = try await plenary("run", "-", "--keep-going", input: script)
    try await meanwhile.value
    await other.close()
    await watcher.close()
    #expect(run.code == 1, "\(run)")
    #expect(run.lines.count == 150)
    #expect(!run.output.contains("done before") && !run.output.contains("\n8  "), "\(run)")
    #expect(run.error.contains("line 8: “t-7” already names the track"), "\(run)")
    #expect(run.error.components(separatedBy: "line 1: warning").count == 2, "It is told once: \(run)")
    let tracks = try await plenary.done("track", "list", "--json").list
    #expect(tracks.count == 150)
    #expect(tracks.contains { ($0["name"] as? [String: String])?["en"] == "Theirs" })
  }

  /// The hundred lines before it are on their way then.
  @Test func `goes on with a line that reads what is recorded`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let (other, watcher) = (try await plenary.connect(), try await plenary.connect())
    try await other.execute("begin")
    try await other.execute("select from log.head where conference = 'berlin' for update")
    let meanwhile = Task {
      while true {
        let waiting = try await watcher.query(
          """
          select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%log.append%'
          """)
        if !waiting.isEmpty { break }
        try await Task.sleep(for: .milliseconds(20))
      }
      // Meanwhile the last line begins to wait, too.
      try await Task.sleep(for: .milliseconds(300))
      try await other.execute("rollback")
    }
    let lines = (1...100).map { "track add t-\($0) --name \"Track \($0)\"\n" }.joined()
    let run = try await plenary(
      "run", "-", input: lines + "track add last --name Last --reason \"As agreed\"\n")
    try await meanwhile.value
    await other.close()
    await watcher.close()
    #expect(run.code == 0 && run.error.contains("101 commands were carried out"), "\(run)")
    #expect(run.lines.count == 101)
  }

  /// Somebody else carries out one of the lines, also elsewhere in the log, while they are recorded.
  @Test func `says which line was done before when it carries out each alone`() async throws {
    let (plenary, apart) = (try await Plenary.apart().berlin(), try await Plenary.apart().berlin())
    let id = UUID().uuidString.lowercased()
    let theirs = "track add t-2 --name Two --command-id \(id)"
    try await apart("run", "-", input: theirs).says(/1 +recorded/)
    let (other, watcher) = (try await plenary.connect(), try await plenary.connect())
    let done = try await apart.connect()
    let request = try await done.query("select request from log.receipt where command_id = \(id)::uuid")[0]
      .decode("request", as: [UInt8].self)
    await done.close()
    try await other.execute("begin")
    try await other.execute("select from log.head where conference = 'berlin' for update")
    let meanwhile = Task {
      while true {
        let waiting = try await watcher.query(
          """
          select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%log.append%'
          """)
        if !waiting.isEmpty { break }
        try await Task.sleep(for: .milliseconds(20))
      }
      _ = try await other.query(
        """
        select from log.append(
          'berlin', \(id)::uuid, \(request)::bytea, 'boris', null, '{TrackAdded}', '{1}', '{track:t-2}',
          array['{"name":{"en":"Two"},"track":"t-2"}'])
        """)
      try await other.execute("commit")
    }
    let run = try await plenary(
      "run", "-", input: "track add t-1 --name One\n\(theirs)\ntrack add t-3 --name Three\n")
    try await meanwhile.value
    await other.close()
    await watcher.close()
    run.says(/1 +recorded/, /2 +done before/, /3 +recorded/)
    #expect(run.code == 0, "\(run)")
  }

  @Test func `gives a new key to an address that comes after a removed one`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary(
      "run", "-",
      input: """
        speaker register ada --name "Okafor, Ada"
        speaker contact ada --email ada@home.example
        speaker contact ada --none
        speaker contact ada --email ada@work.example
        """
    ).says(/4 +recorded/)
    let connection = try await plenary.connect()
    let owners = try await connection.query("select owner from vault.key where key is not null")
    #expect(try owners.map { try $0.decode("owner", as: String.self) } == ["person:ada"])
    await connection.close()
  }

  @Test func `destroys the key of an address that a line removes or undoes`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let connection = try await plenary.connect()
    func owners() async throws -> [String] {
      try await connection.query("select owner from vault.key where key is not null order by owner").map {
        try $0.decode("owner")
      }
    }
    let id = UUID().uuidString.lowercased()
    try await plenary(
      "run", "-",
      input: """
        speaker register ada --name "Okafor, Ada"
        speaker register bea --name "Nowak, Bea"
        speaker contact ada --email ada@home.example --command-id \(id)
        speaker contact bea --email bea@home.example
        """
    ).says(/4 +recorded/)
    #expect(try await owners() == ["person:ada", "person:bea"])
    let lines = "log undo \(id)\nspeaker contact bea --none\nroom add hall --name Hall\n"
    try await plenary("run", "-", "--dry-run", input: lines).says("would record")
    #expect(try await owners() == ["person:ada", "person:bea"])
    try await plenary("run", "-", input: lines).says(/3 +recorded/)
    #expect(try await owners().isEmpty)
    await connection.close()
  }

  @Test func `undoes a line that has a command id of its own`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let id = UUID().uuidString
    let lines = "room add cellar --name Cellar --command-id \(id)\nlog undo \(id)\n"
    for option in ["--dry-run", "--keep-going"] {
      let run = try await plenary("run", "-", option, input: lines)
      #expect(run.code == 0 && run.error.contains("2 commands were"), "\(run)")
    }
    try await plenary("room", "list").says("cellar (closed)")
  }

  @Test func `that is only tried keeps the lists of desks`() async throws {
    var plenary = try await Plenary.apart().berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "Anna Rossi")
    let home = URL(filePath: Plenary.home).appending(path: UUID().uuidString)
    plenary.variables["PLENARY_HOME"] = home.path
    let list = home.appending(path: "desk-lists/berlin.all.list")
    try FileManager.default.createDirectory(
      at: list.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data().write(to: list)
    func isKept() -> Bool { FileManager.default.fileExists(atPath: list.path) }
    try await plenary("run", "-", "--dry-run", input: "attendee erase a-1 --yes\n").says("would record")
    #expect(isKept())
    try await plenary("attendee", "show", "a-1").says("Anna Rossi")
    try await plenary("run", "-", input: "attendee erase a-1 --yes\n").says(/1 +recorded/)
    #expect(!isKept())
  }

  @Test func `tells what an import in it says of its file`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = "\(Plenary.home)/script-\(UUID().uuidString).csv"
    try Data("ID;First name;Last name;E-mail\n1;Ada;Lovelace;ada at home\n".utf8).write(
      to: URL(filePath: file))
    for option in ["--dry-run", "--keep-going"] {
      let run = try await plenary("run", "-", option, input: "room add hall --name Hall\nimport \(file)\n")
      #expect(run.code == 0, "\(run)")
      #expect(
        run.error.contains("line 2: remark: line 2, column 4: An e-mail address cannot be read as one."),
        "\(run)")
    }
  }

  @Test func `shows what it would record, each line after those before it, and records nothing`() async throws
  {
    let plenary = try await Plenary.apart().berlin()
    let head = try await plenary.done("log", "show", "--json").output
    let trial = try await plenary("run", "-", "--dry-run", "--keep-going", "--json", input: Self.text)
    #expect(trial.code == 1)
    let lines = try #require(trial.object["lines"] as? [[String: Any]])
    #expect(lines.map { $0["line"] as? Int } == [2, 3, 5, 7, 8])
    #expect(lines[3]["refused"] as? String != nil)
    #expect((lines[2]["result"] as? [String: Any])?["effect"] as? String == "appended")
    #expect(try await plenary.done("log", "show", "--json").output == head)
    try await plenary("run", "-", "--dry-run", input: "room add hall --name Hall").says(
      "would record", "RoomAdded")
  }

  @Test func `in a file is tried with the conflicts of its timetable, then carried out`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let file = "\(Plenary.home)/script-\(UUID().uuidString).txt"
    let text = """
      room add hall --name Hall
      speaker register ada --name "Okafor, Ada"
      session schedule tides --title Tides --room hall --start "2016-06-01 09:00" --end 10:00 --speaker ada
      session schedule moons --title Moons --room hall --start "2016-06-01 09:30" --end 10:30 --speaker ada
      session schedule suns --title Suns --room aula --start "2016-06-01 11:00" --end 11:30 --speaker ada

      """
    try Data(text.utf8).write(to: URL(filePath: file))
    let head = try await plenary.head()
    let trial = try await plenary("run", file, "--dry-run", "--keep-going")
    #expect(trial.code == 1, "\(trial)")
    #expect(trial.error.contains("line 4: The room “hall” is taken 2016-06-01 09:00–10:00"), "\(trial)")
    #expect(trial.error.contains("4 of 5 commands would be carried out; see line 4"), "\(trial)")
    #expect(try await plenary.head() == head)
    let waived = text.replacing(
      "10:30 --speaker ada\nsession",
      with: "10:30 --speaker ada --waive room-taken --waive person-twice --reason \"A double act\"\nsession")
    try Data(waived.utf8).write(to: URL(filePath: file))
    try await plenary("run", file, "--dry-run").says("ConflictWaived", "A double act")
    #expect(try await plenary.head() == head)
    try await plenary("run", file).says(/4 +recorded/, /5 +recorded/)
    try await plenary("run", file).says(/1 +done before/, /5 +done before/)
    try await plenary("session", "show", "moons").says("2016-06-01 09:30–10:30")
  }

  @Test func `that opens a conference goes on in it, also when it is only tried`() async throws {
    let plenary = try await Plenary.apart()
    let script = """
      conference open harbour --title Harbour --first-day 2027-05-01 --last-day 2027-05-02 --zone Europe/Berlin --languages en
      room add hall --name Hall
      session schedule tides --title Tides --room hall --start "2027-05-01 09:00" --end 10:00
      """
    try await plenary("run", "-", "--dry-run", input: script).says("ConferenceOpened", "SessionScheduled")
    #expect(try await plenary.done("conference", "list", "--json").list.isEmpty)
    try await plenary("run", "-", input: script).says(/3 +recorded 3/)
    try await plenary("session", "show", "tides").says("2027-05-01 09:00")
  }

  @Test func `tells what a line lacks that only its command knows`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let run = try await plenary("run", "-", input: "room add cellar --name Cellar\nroom add hall\n")
    #expect(
      run.code == 2 && run.error.contains("line 2: Missing expected argument '--name <name>'"), "\(run)")
  }

  @Test func `of which a line is no command does nothing at all`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (line, part) in [
      ("room addd hall --name Hall", "Did you mean"), ("session list", "is not a command that a script"),
      ("room add hall --name 'Hall", "not closed"),
      ("room add hall --name Hall --dry-run", "--dry-run is given to"),
      ("program print booklet", "is not a command that a script"),
      ("room add hall --name Hall --help", "cannot show help"),
    ] {
      let run = try await plenary("run", "-", input: "room add cellar --name Cellar\n\(line)\n")
      #expect(run.code == 2, "\(run)")
      #expect(run.error.contains("Line 2") && run.error.contains(part), "\(run)")
    }
    #expect(try await !plenary.done("room", "list").output.contains("cellar"))
    #expect(try await plenary("run", "/nowhere").code == 4)
    #expect(try await plenary("run", "-", input: "# nothing\n").code == 1)
  }
}
