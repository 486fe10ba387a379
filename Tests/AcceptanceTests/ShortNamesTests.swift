import Foundation
import Testing

/// Whoever adds something need not think of a short name.
@Suite(.timeLimit(.minutes(40))) struct `A short name that nobody gives` {
  @Test func `is made from the name or the title, and printed`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (words, made) in [
      (["speaker", "register", "--name", "Nowak, Paweł"], "speaker is pawel-nowak"),
      (
        ["speaker", "register", "--name", "en=Feng, Shaolei", "--name-order", "family-first"],
        "speaker is feng-shaolei"
      ),
      (["speaker", "register", "--name", "zh=欧阳,海燕"], "speaker is ouyang-haiyan"),
      (
        ["speaker", "register", "--given", "Søren", "--family", "Åsen", "--email", "s@example.org"],
        "speaker is soren-asen"
      ),
      (["room", "add", "--name", "de=Großer Saal", "--name", "en=Great Hall"], "room is great-hall"),
      (["track", "add", "--name", "Economy & Trade"], "track is economy-trade"),
      (
        [
          "session", "schedule", "--title", "Öffnung", "--room", "aula", "--start", "2016-06-01 09:00",
          "--end",
          "10:00",
        ], "session is offnung"
      ),
      (["session", "schedule", "--title", "Notes", "--unscheduled"], "session is notes"),
      (["presentation", "add", "offnung", "--title", "Water on Mars"], "presentation is water-on-mars"),
      // The session can be named by its title, as ever.
      (["presentation", "add", "Öffnung", "--title", "Ice"], "presentation is ice"),
    ] as [([String], String)] {
      let run = try await plenary.done(words)
      #expect(run.error.contains("The short name of the \(made).\n"), "\(run)")
    }
    try await plenary("presentation", "list", "--session", "offnung").says("water-on-mars", "ice")
    // With a short name in front, all is as it was.
    let given = try await plenary.done("speaker", "register", "ada", "--name", "Lovelace, Ada")
    #expect(given.error.isEmpty, "\(given)")
    try await plenary("presentation", "add", "fire", "offnung", "--title", "Fire").says("presentation:fire")
  }

  @Test func `gets a number where it is taken, and is never given again`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("speaker", "register", "--name", "Nowak, Paweł")
    let second = try await plenary.done("speaker", "register", "--name", "Nowak, Paweł")
    #expect(second.error.contains("may be the same person"), "\(second)")
    try await plenary("speaker", "list").says("pawel-nowak", "pawel-nowak-2")
    let undone = try await plenary.done("speaker", "register", "--name", "Nowak, Paweł", "--json")
    try await plenary.done("log", "undo", try #require(undone.object["commandID"] as? String))
    try await plenary("speaker", "register", "--name", "Nowak, Paweł").says("person:pawel-nowak-4")
  }

  @Test func `cannot be made of letters that nobody can transliterate: then one must be given`() async throws
  {
    let plenary = try await Plenary.apart().berlin()
    for words in [["room", "add", "--name", "☕"], ["session", "schedule", "--title", "…", "--unscheduled"]] {
      let refused = try await plenary(words)
      #expect(
        refused.code == 2 && refused.error.contains("No short name can be made from “\(words[3])”. Give one"),
        "\(refused)")
    }
    for words in [["room", "add"], ["speaker", "register"], ["session", "schedule", "--unscheduled"]] {
      let refused = try await plenary(words)
      #expect(refused.code == 2 && refused.error.contains("Missing expected argument"), "\(refused)")
    }
    #expect(try await plenary("presentation", "add", "--title", "Ice").error.contains("'<session>'"))
    #expect(try await plenary("room", "add", "Main Hall", "--name", "Main Hall").code == 2)
  }

  @Test func `stays the same when the command is sent again`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let commands = [
      ["speaker", "register", "--name", "Nowak, Paweł"],
      ["speaker", "register", "--name", "Nowak, Paweł", "--email", "pawel@example.org"],
      ["room", "add", "--name", "Annex"], ["track", "add", "--name", "Trade"],
      ["session", "schedule", "--title", "Notes", "--unscheduled"],
    ]
    func send(_ number: Int) async throws -> Plenary.Run {
      try await plenary.done(
        commands[number] + ["--command-id", String(format: "00000000-0000-4000-8000-%012d", number + 1)])
    }
    for number in commands.indices { #expect(try await !send(number).output.contains("Already")) }
    try await plenary.done("conference", "revise", "--languages", "de", "en")
    try await plenary.done("speaker", "register", "--name", "Nowak, Paweł")
    let head = try await plenary.head()
    for number in commands.indices {
      let again = try await send(number)
      #expect(again.output.contains("Already done under this command id"), "\(again)")
    }
    #expect(try await send(1).error.contains("The short name of the speaker is pawel-nowak-2."))
    let other = try await plenary(
      "track", "add", "--name", "Commerce", "--command-id", "00000000-0000-4000-8000-000000000004")
    #expect(other.code != 0, "\(other)")
    #expect(try await plenary.head() == head)
  }

  @Test func `is made in a script too, which can be run again`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let script = """
      speaker register --name "Nowak, Paweł"
      speaker register --name "Nowak, Paweł"
      session schedule --title "Grids of tomorrow" --room aula --start "2016-06-01 09:00" --end 10:00
      speaker assign pawel-nowak-2 grids-of-tomorrow
      """
    let tried = try await plenary("run", "-", "--dry-run", input: script)
    #expect(tried.code == 0 && tried.output.contains("pawel-nowak-2"), "\(tried)")
    #expect(try await plenary("run", "-", input: script).code == 0)
    let head = try await plenary.head()
    #expect(try await plenary("run", "-", input: script).code == 0)
    #expect(try await plenary.head() == head)
    try await plenary("session", "show", "grids-of-tomorrow").says("pawel-nowak-2")
  }
}
