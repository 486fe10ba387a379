import Foundation
import Testing

/// A command never acts on another session, speaker or attendee than the one that was named.
@Suite(.timeLimit(.minutes(40))) struct `A name` {
  private func schedule(_ name: String, _ title: String, at hour: Int, in plenary: Plenary) async throws {
    try await plenary.done(
      "session", "schedule", name, "--title", title, "--room", "aula", "--start",
      String(format: "2016-06-01 %02d:00", hour), "--end", String(format: "%02d:30", hour))
  }

  private func isRefused(
    _ plenary: Plenary, _ words: String..., why: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let head = try await plenary.head()
    let run = try await plenary(words)
    #expect(run.code == 1 && run.error.contains(why), "\(run)", sourceLocation: sourceLocation)
    #expect(try await plenary.head() == head, "\(run)", sourceLocation: sourceLocation)
  }

  @Test func `that is a short name means what has it, whatever became of that`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let id = "00000000-0000-4000-8000-0000000000a1"
    try await plenary.done(
      "session", "schedule", "keynote", "--title", "Keynote", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--command-id", id)
    try await plenary.done("log", "undo", id)
    try await schedule("keynote-2", "Keynote", at: 14, in: plenary)
    for words in [
      ["revise", "keynote", "--title", "Other"], ["cancel", "keynote"], ["move", "keynote", "--by", "+5m"],
    ] {
      let head = try await plenary.head()
      let run = try await plenary(["session"] + words)
      #expect(run.code == 1 && run.error.contains("“keynote”"), "\(run)")
      #expect(!run.error.contains("keynote-2"), "\(run)")
      #expect(try await plenary.head() == head)
    }

    // Digits that are the short name of one attendee and the code of another's badge.
    try await plenary.done("attendee", "register", "a-1", "--name", "Ross, Betsy")
    let code = try await plenary.badgeCode(of: "a-1")
    try await plenary.done("attendee", "register", code, "--name", "Digit, Ann")
    try await plenary.done("attendee", "withdraw", code)
    try await isRefused(
      plenary, "attendee", "revise", code, "--note", "vegetarian", why: "“\(code)” has withdrawn")
    #expect(try await plenary("attendee", "show", code).output.contains("Ann Digit"))
  }

  @Test func `that nothing has is not completed`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await schedule("panel-10", "Panel 10", at: 9, in: plenary)
    try await plenary.done("attendee", "register", "a-10", "--name", "Ross, Betsy")
    try await plenary.done("speaker", "register", "li-wei", "--name", "Li, Wei")
    try await isRefused(plenary, "attendee", "withdraw", "a-1", why: "There is no attendee “a-1”")
    try await isRefused(
      plenary, "attendee", "revise", "a-1", "--note", "x", why: "There is no attendee “a-1”")
    try await isRefused(plenary, "attendee", "check-in", "a", why: "There is no attendee “a”")
    try await isRefused(plenary, "session", "cancel", "panel-1", why: "There is no session “panel-1”")
    try await isRefused(
      plenary, "session", "revise", "Panel 1", "--title", "x", why: "No session is called “Panel 1”")
    try await isRefused(plenary, "session", "revise", "pan", "--title", "x", why: "There is no session “pan”")
    try await isRefused(
      plenary, "session", "cancel", "pan",
      why: "“pan” begins a word of Panel 10 (panel-10). Give the whole word")
    try await isRefused(
      plenary, "speaker", "revise", "li-we", "--name", "x", why: "There is no speaker “li-we”")
    #expect(try await plenary("session", "show", "panel-1").code == 1)
    // The same in a script.
    let run = try await plenary("run", "-", input: "attendee withdraw a-1\n")
    #expect(run.code == 1, "\(run)")
    // Beginnings of words that are no short names are completed, and whole words of a name are enough.
    try await plenary.done("session", "revise", "Pan 10", "--title", "Panel 10")
    try await plenary.done("attendee", "check-in", "betsy")
  }

  @Test func `is whole for what reaches far`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await schedule("grids", "Grids of tomorrow", at: 9, in: plenary)
    for (name, person) in [("pawel", "Nowak, Paweł"), ("ada", "Lovelace, Ada")] {
      try await plenary.done("speaker", "register", name, "--name", person)
    }
    try await plenary.done(
      "attendee", "register", "a-1", "--name", "Ross, Betsy", "--email", "betsy@example.org")
    let why = "This command needs the short name or the whole name"
    try await isRefused(
      plenary, "speaker", "withdraw", "nowak",
      why: "“nowak” is only a part of what Paweł Nowak (pawel) is called. \(why)")
    try await isRefused(plenary, "session", "cancel", "Grids of", why: why)
    try await isRefused(plenary, "attendee", "withdraw", "Ross", why: why)
    try await isRefused(plenary, "people", "merge", "Nowak", "ada", why: why)
    try await plenary.done("speaker", "withdraw", "pawel nowak", "--dry-run")
    try await plenary.done("session", "cancel", "grids of TOMORROW")
    try await plenary.done("attendee", "withdraw", "betsy@example.org")
    try await plenary("people", "merge", "Pawel Nowak", "ada").says("PersonsMerged")
  }

  @Test func `that is short is refused without the master key as with it`() async throws {
    let folder = try ShortFolder("names")
    let plenary = try await Plenary.apart().berlin()
    let key = try folder.write(String(repeating: "a1", count: 32) + "\n")
    let locked = plenary.with(["PLENARY_MASTER_KEY_FILE": key])
    try await locked.done("attendee", "register", "a-1", "--name", "Ross, Betsy")
    try await locked.done("attendee", "check-in", "a-1", "--station", "Desk 2")
    let again = try await plenary("attendee", "check-in", "a-1")
    #expect(again.code == 1 && again.error.contains("Desk 2"), "\(again)")
    let unknown = try await plenary("attendee", "check-in", "ross")
    #expect(unknown.code == 1 && unknown.error.contains("There is no attendee “ross”"), "\(unknown)")
    #expect(unknown.error.contains("Names were not looked up."), "\(unknown)")
    #expect(try await plenary("attendee", "check-in", "Betsy Ross").code == 4)
  }

  @Test func `means the same person when the command is sent again, though they were erased`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei", "--email", "wei@example.org")
    try await plenary.done("attendee", "register", "a-2", "--name", "Li, Wei Chen")
    let commands: [[String]] = [
      ["attendee", "check-in", "Li Wei"], ["attendee", "revise", "wei@example.org", "--note", "vegetarian"],
      ["attendee", "check-out", "Wei Li", "--reason", "Anna asked"],
    ]
    func send(_ number: Int) async throws -> Plenary.Run {
      let id = String(format: "00000000-0000-4000-8000-%012d", number + 1)
      return try await plenary(commands[number] + ["--command-id", id])
    }
    for number in commands.indices {
      let run = try await send(number)
      #expect(run.code == 0 && run.output.contains("attendee:a-1"), "\(run)")
    }
    try await plenary.done("attendee", "erase", "a-1", "--yes")
    // Whoever has a name by now that was in a reason then.
    try await plenary.done("attendee", "register", "a-3", "--name", "Anna")
    let head = try await plenary.head()
    for number in commands.indices {
      let run = try await send(number)
      #expect(run.code == 0 && run.output.contains("Already done"), "\(run)")
    }
    #expect(try await plenary.head() == head)
    let other = try await plenary(
      "attendee", "check-in", "Li Wei Chen", "--command-id", "00000000-0000-4000-8000-000000000003")
    #expect(other.code == 1 && other.error.contains("used for something else"), "\(other)")
  }

  @Test func `of another conference is looked up once`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "conference", "open", "paris", "--title", "Paris", "--first-day", "2016-06-01", "--zone", "Europe/Paris"
    )
    for (name, person) in [("li-wei", "Li, Wei"), ("ada", "Lovelace, Ada")] {
      try await plenary.done(
        "speaker", "register", name, "--name", person, "--email", "\(name)@example.org", "--conference",
        "paris")
    }
    func take(_ words: String..., id: Int) async throws -> Plenary.Run {
      try await plenary(
        ["speaker", "take-over"] + words + [
          "--from", "paris", "--conference", "berlin", "--command-id",
          String(format: "00000000-0000-4000-8000-%012d", id),
        ])
    }
    func all() async throws -> [Plenary.Run] {
      [
        try await take("li", "--as-there", "Li", id: 1), try await take("ada", "--with-address", id: 2),
        try await take("ada-2", "--as-there", "ada", id: 3),
      ]
    }
    let first = try await all()
    #expect(first.allSatisfy { $0.code == 0 }, "\(first)")
    #expect(first[2].error.contains("“ada” (Ada Lovelace) may be the same person"), "\(first)")
    // The other conference goes on: another Li, another address, another name.
    try await plenary.done("speaker", "register", "li-na", "--name", "Li, Na", "--conference", "paris")
    try await plenary.done("speaker", "contact", "ada", "--email", "new@example.org", "--conference", "paris")
    try await plenary.done("speaker", "revise", "ada", "--name", "King, Ada", "--conference", "paris")
    let head = try await plenary.head()
    let again = try await all()
    #expect(again.allSatisfy { $0.code == 0 && $0.output.contains("Already done") }, "\(again)")
    #expect(try await plenary.head() == head)

    try await plenary.done("speaker", "erase", "ada", "--yes", "--conference", "paris")
    let erased = try await take("ada-3", "--as-there", "ada", id: 4)
    #expect(erased.code == 1 && erased.error.contains("was erased in paris"), "\(erased)")
    let same = try await plenary(
      "speaker", "take-over", "ada-4", "--from", "berlin", "--conference", "berlin")
    #expect(same.code == 1 && same.error.contains("is this conference"), "\(same)")
    let address = try await take("ada-5", "--as-there", "ada@example.org", id: 5)
    #expect(address.code == 2 && address.error.contains("remembered unencrypted"), "\(address)")
  }
}
