import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `An organizer` {
  /// All changing commands, in a valid order.
  private static let commands: [[String]] = [
    [
      "conference", "open", "shanghai-2016", "--title", "en=Cooperation", "--title", "zh=合作",
      "--first-day", "2016-03-25", "--last-day", "2016-03-26", "--zone", "Asia/Shanghai",
      "--languages", "en", "zh", "--organiser", "en=University;zh=大学",
    ],
    ["conference", "revise", "--place", "en=Shanghai", "--place", "zh=上海", "--sponsor", "A & B <c>"],
    ["room", "add", "main-hall", "--name", "Main Hall", "--capacity", "300"],
    ["room", "add", "small-hall", "--name", "en=Small Hall", "--name", "zh=小厅"],
    ["room", "revise", "small-hall", "--capacity", "40", "--note", "Second floor"],
    ["room", "add", "cellar", "--name", "Cellar"],
    ["room", "close", "cellar"],
    ["track", "add", "economy", "--name", "Economy", "--color", "#1F5C99"],
    [
      "speaker", "register", "feng-shaolei", "--name", "en=Feng, Shaolei", "--name", "zh=冯,绍雷",
      "--name-order", "family-first", "--biography", "Historian.",
    ],
    ["speaker", "register", "anna-berg", "--name", "Berg, Anna"],
    ["speaker", "register", "no-show", "--name", "Show, No"],
    ["speaker", "revise", "feng-shaolei", "--biography", "zh=历史学家。"],
    [
      "speaker", "affiliate", "feng-shaolei", "--position", "Director", "--unit", "Center",
      "--organisation", "East China Normal University",
    ],
    ["speaker", "affiliate", "feng-shaolei", "--organisation", "Another"],
    ["speaker", "affiliate", "feng-shaolei", "--remove", "2"],
    [
      "session", "schedule", "opening", "--title", "en=Opening", "--title", "zh=开幕式", "--room",
      "main-hall", "--start", "2016-03-25 09:00", "--end", "10:30", "--kind", "plenary", "--chair",
      "feng-shaolei", "--speaker", "no-show",
    ],
    [
      "session", "schedule", "panel", "--title", "Panel", "--room", "small-hall", "--start",
      "2016-03-25 11:00", "--end", "12:00", "--track", "economy", "--languages", "en", "zh",
    ],
    ["session", "move", "panel", "--room", "main-hall", "--start", "11:30"],
    ["session", "revise", "panel", "--description", "On the economy.", "--kind", "panel"],
    [
      "session", "revise", "panel", "--recording", "not-permitted", "--recording-note",
      "en=At the speaker's wish", "--recording-note", "zh=应发言人要求",
    ],
    [
      "session", "schedule", "lunch", "--title", "Lunch", "--room", "small-hall", "--start",
      "2016-03-25 12:30", "--end", "13:30", "--kind", "meal",
    ],
    ["session", "cancel", "lunch"],
    ["speaker", "assign", "anna-berg", "panel", "--as", "moderator"],
    ["speaker", "assign", "anna-berg", "panel"],
    ["speaker", "unassign", "anna-berg", "panel"],
    ["speaker", "withdraw", "no-show"],
    [
      "attendee", "register", "a-1", "--name", "Li, Wei", "--email", "li.wei@example.org",
      "--organisation", "Daily", "--category", "press",
    ],
    ["attendee", "register", "a-2", "--name", "Ivanova, Olga", "--unlisted"],
    ["attendee", "revise", "a-1", "--country", "China", "--no-listed"],
    ["attendee", "check-in", "a-1"],
    ["attendee", "withdraw", "a-2"],
    ["attendee", "erase", "a-2", "--yes"],
    [
      "statement", "record", "opening", "--by", "feng-shaolei", "--text", "noted that it began.", "--id",
      "e-1",
    ],
    [
      "statement", "record", "opening", "--mode", "quantified", "--quantifier", "most", "--of",
      "speakers", "--as-printed", "Most speakers", "--text", "called the chances slim.", "--id", "e-2",
    ],
    [
      "statement", "position", "panel", "--by", "anna-berg", "--topic", "Trade", "--text", "For it.",
      "--id", "e-3",
    ],
    [
      "statement", "conclusion", "panel", "--mode", "collective", "--of", "panel", "--as-printed",
      "The panel", "--text", "agreed.", "--based-on", "e-3",
    ],
    [
      "statement", "recommendation", "panel", "--mode", "unattributed", "--text", "Go on.",
      "--addressee", "en=Governments;zh=政府",
    ],
    [
      "statement", "record", "panel", "--mode", "withheld", "--as-printed", "A participant", "--identity",
      "anna-berg", "--text", "doubted it.", "--id", "e-4",
    ],
    [
      "statement", "correct", "e-1", "--text", "noted that it had begun.", "--reason", "the recording",
    ],
    ["statement", "retract", "e-2"],
    ["program", "release", "1.0", "--note", "First."],
    ["proceedings", "issue", "--provisional"],
    [
      "correction", "request", "1.1", "--kind", "editorial", "--text", "noted that it was opened.",
      "--requester",
      "The speaker",
    ],
    [
      "correction", "make", "e-3", "--kind", "substantive", "--text", "Against it.", "--verified-against",
      "notes",
    ],
    ["proceedings", "issue"],
  ]

  private static let lists: [[String]] = [
    ["conference", "list"], ["conference", "show"], ["room", "list"], ["track", "list"],
    ["session", "list"], ["session", "show", "panel"], ["speaker", "list"],
    ["speaker", "show", "feng-shaolei"], ["attendee", "list"], ["attendee", "show", "a-1"],
    ["statement", "list"], ["statement", "show", "e-1"], ["correction", "list"], ["program", "show"],
    ["proceedings", "show"], ["projections", "status"], ["projections", "verify"], ["log", "verify"],
    ["db", "status"],
  ]

  /// In the private server's own database, so that nothing has to be named.
  @Test func `runs a conference from its opening to its proceedings`() async throws {
    let plenary = try await Plenary.own()
    for command in Self.commands {
      // A dry run shows what would happen, and appends nothing.
      let before = try await plenary.head()
      let dry = try await plenary(command + ["--dry-run", "--json"])
      #expect(dry.code == 0, "\(dry)")
      #expect(dry.object["effect"] as? String == "would append", "\(dry)")
      let announced = (dry.object["events"] as? [[String: Any]])?.compactMap { $0["type"] as? String }
      #expect(announced?.isEmpty == false, "\(dry)")
      #expect(try await plenary.head() == before, "\(dry)")

      let id = UUID().uuidString
      let done = try await plenary(command + ["--json", "--command-id", id, "--actor", "anna"])
      #expect(done.code == 0, "\(done)")
      #expect(done.object["effect"] as? String == "appended", "\(done)")
      let events = (done.object["events"] as? [[String: Any]])?.compactMap { $0["type"] as? String }
      #expect(events == announced, "\(done)")
      #expect(try await plenary.head() == before + (events?.count ?? 0), "\(done)")

      // The same command again has no second effect, and says so.
      let again = try await plenary(command + ["--json", "--command-id", id, "--actor", "anna"])
      #expect(again.code == 0, "\(again)")
      #expect(again.object["effect"] as? String == "done before", "\(again)")
      #expect(again.object["first"] as? Int == before + 1, "\(again)")
      #expect(try await plenary.head() == before + (events?.count ?? 0), "\(again)")
    }

    for command in Self.lists {
      let shown = try await plenary(command)
      #expect(shown.code == 0 && !shown.output.isEmpty && shown.error.isEmpty, "\(shown)")
      #expect(!(shown.output + shown.error).contains("\u{1B}"), "\(shown)")
      let json = try await plenary(command + ["--json"])
      #expect(json.code == 0 && json.json != nil && json.error.isEmpty, "\(json)")
    }
    for command in [
      ["log", "show"], ["log", "show", "2..4", "--proof"], ["log", "export"], ["log", "tail", "--no-follow"],
    ] {
      let run = try await plenary(command + ["--json"])
      #expect(run.code == 0 && !run.lines.isEmpty, "\(run)")
      for line in run.lines {
        #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) is [String: Any], "\(line)")
      }
    }
    // The lunch was cancelled, and one speaker chairs only two sessions.
    let check = try await plenary("program", "check", "--json")
    #expect(check.code == 1, "\(check)")
    #expect(
      Set(check.list.compactMap { $0["kind"] as? String }) == ["untranslated"], "\(check)")

    let panel = try await plenary("session", "show", "panel", "--json").object
    let slots = panel["slots"] as? [[String: Any]]
    let slot = slots?.first?["slot"] as? [String: Any]
    #expect(slot?["room"] as? String == "main-hall")
    #expect(slot?["start"] as? String == "2016-03-25T11:30+08:00[Asia/Shanghai]")
    #expect(slot?["end"] as? String == "2016-03-25T12:30+08:00[Asia/Shanghai]")
    #expect(try await plenary("statement", "show", "e-4", "--reveal").output.contains("anna-berg"))
    #expect(try await !plenary("statement", "show", "e-4").output.contains("anna-berg"))
    #expect(try await plenary("statement", "show", "e-2").output.contains("RETRACTED"))
    // One thing is read by itself; the state at a position is read whole.
    let head = try await plenary.head()
    let corrections = try await plenary("correction", "list", "--json").list.compactMap {
      $0["correction"] as? String
    }
    #expect(corrections.count == 2)
    for shown in [
      ["session", "show", "panel"], ["session", "show", "opening"], ["session", "show", "lunch"],
      ["statement", "show", "e-1"], ["statement", "show", "e-2"], ["statement", "show", "e-3"],
    ] + corrections.map({ ["correction", "show", $0] }) {
      let alone = try await plenary(shown)
      #expect(alone.code == 0, "\(alone)")
      #expect(alone.output == (try await plenary(shown + ["--at", "\(head)"])).output)
      #expect(
        try await plenary(shown + ["--json"]).output == plenary(shown + ["--at", "\(head)", "--json"]).output)
    }
    #expect(try await plenary("statement", "show", "e-99").code == 1)
    #expect(try await plenary("correction", "show", "k-99").code == 1)
    for rebuild in [["projections", "rebuild"], ["proceedings", "rebuild"]] {
      let run = try await plenary(rebuild)
      #expect(run.code == 0, "\(run)")
    }
    try await plenary.done("projections", "verify")
    try await plenary.done("log", "verify")
  }

  @Test func `sees any earlier state by position or time`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    try await plenary.done("room", "revise", "foyer", "--name", "Great Foyer")
    func rooms(_ options: String...) async throws -> [String] {
      let run = try await plenary(["room", "list", "--json"] + options)
      #expect(run.code == 0, "\(run)")
      return run.list.compactMap { ($0["name"] as? [String: Any])?["en"] as? String }
    }
    #expect(try await rooms() == ["Aula", "Great Foyer"])
    #expect(try await rooms("--at", "4") == ["Aula", "Great Foyer"])
    #expect(try await rooms("--at", "3") == ["Aula", "Foyer"])
    #expect(try await rooms("--at", "2") == ["Aula"])
    #expect(try await rooms("--at", "1") == [])
    let times = try await plenary("log", "export").lines.compactMap { line in
      ((try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any])?["recordedAt"] as? String
    }
    try #require(times.count == 4)
    #expect(try await rooms("--as-of", times[2]) == ["Aula", "Foyer"])
    #expect(try await rooms("--as-of", times[1]) == ["Aula"])
    // The same instant on the clock of a zone further west.
    let west = try #require(inZone(times[2], hours: -5))
    #expect(try await rooms("--as-of", west) == ["Aula", "Foyer"])
    let early = try await plenary("room", "list", "--as-of", "2001-01-01 00:00")
    #expect(early.code == 1 && early.output.isEmpty && early.error.contains("There is no"), "\(early)")
    let late = try await plenary("room", "list", "--at", "99")
    #expect(late.code == 1 && late.output.isEmpty && late.error.contains("there is no 99"), "\(late)")
    for command in [["log", "verify"], ["log", "export"], ["log", "show"], ["session", "list"]] {
      let run = try await plenary(command + ["--at", "99"])
      #expect(run.code == 1 && run.error.contains("there is no 99"), "\(run)")
    }
    #expect(try await plenary("log", "show", "99").code == 1)
    let both = try await plenary("room", "list", "--at", "1", "--as-of", "2016-01-01 09:00")
    #expect(both.code == 2, "\(both)")
  }

  private func inZone(_ time: String, hours: Int) -> String? {
    let parts = time.dropLast().split(separator: ".")
    let format = ISO8601DateFormatter()
    guard let date = format.date(from: parts[0] + "Z") else { return nil }
    let shifted = format.string(from: date.addingTimeInterval(Double(hours * 3600))).dropLast()
    return shifted + (parts.count > 1 ? "." + parts[1] : "") + "-0\(-hours):00"
  }

  @Test func `can schedule only one of two sessions in the same room at the same time`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for round in 1...10 {
      let runs = try await withThrowingTaskGroup(of: Plenary.Run.self) { group in
        for name in ["left", "right"] {
          group.addTask {
            try await plenary(
              "session", "schedule", "\(name)-\(round)", "--title", name, "--room", "aula", "--start",
              "2016-06-01 \(7 + round):00", "--end", "\(8 + round):00")
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let winner = try #require(runs.first { $0.code == 0 })
      let loser = try #require(runs.first { $0.code != 0 })
      #expect(loser.code == 1, "\(loser)")
      #expect(loser.error.contains("by the session “\(winner.command[2])”"), "\(loser)")
      #expect(try await plenary.head() == 2 + round)
    }
  }

  @Test func `can safely repeat a command with its id`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let id = UUID().uuidString
    // Also if a name is generated for the attendee.
    for _ in 1...2 {
      let run = try await plenary.done(
        "attendee", "register", "--name", "Li, Wei", "--command-id", id, "--json")
      #expect(run.object["first"] as? Int == 3, "\(run)")
    }
    let other = try await plenary("room", "add", "foyer", "--name", "Foyer", "--command-id", id)
    #expect(other.code == 1 && other.error.contains("used for something else"), "\(other)")
    let concurrent = UUID().uuidString
    let runs = try await withThrowingTaskGroup(of: Plenary.Run.self) { group in
      for _ in 1...4 {
        group.addTask {
          try await plenary("room", "add", "foyer", "--name", "Foyer", "--command-id", concurrent)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(runs.allSatisfy { $0.code == 0 }, "\(runs)")
    #expect(try await plenary.head() == 4)
    let again = try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    #expect(again.output == "Nothing to do: this is already the case.\n")
  }
}
