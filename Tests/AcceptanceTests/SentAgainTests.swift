import Foundation
import Testing

/// The same command under the same id has one effect, whatever others change in between.
@Suite(.timeLimit(.minutes(40))) struct `A command that is sent again` {
  @Test func `is answered by its receipt, even if everything it depends on has changed`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let undone = "00000000-0000-4000-8000-000000000008"
    let commands: [[String]] = [
      ["speaker", "register", "li-wei", "--name", "Li, Wei"],
      ["speaker", "contact", "li-wei", "--email", "li@example.org"],
      ["attendee", "register", "--name", "Xu, Yi", "--email", "xu@example.org"],
      ["attendee", "register", "a-1", "--name", "Xu, Yi", "--email", "xu@example.org"],
      ["attendee", "revise", "a-1", "--note", "vegetarian", "--organisation", "en=Institute"],
      [
        "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start",
        "2016-06-01 09:00", "--end", "10:00",
      ],
      ["conference", "revise", "--languages", "ru", "en", "--title", "Another"],
      ["room", "add", "foyer", "--name", "Foyer"],
      ["session", "move", "opening", "--start", "10:00"],
      ["session", "move", "opening", "--by", "+30m"],
      ["session", "move", "--all", "--room", "aula", "--by", "+30m"],
      ["speaker", "unavailable", "li-wei", "--from", "2016-06-02 09:00", "--until", "12:00"],
      ["statement", "record", "opening", "--by", "li-wei", "--text", "began.", "--id", "e-1"],
      [
        "statement", "conclusion", "opening", "--mode", "withheld", "--as-printed", "A participant",
        "--identity", "li-wei", "--text", "Trade grows.", "--id", "e-2",
      ],
      ["statement", "correct", "e-1", "--by", "li-wei", "--text", "began well."],
      ["statement", "retract", "e-1"],
      ["log", "undo", undone],
    ]
    func send(_ number: Int) async throws -> Plenary.Run {
      let id = String(format: "00000000-0000-4000-8000-%012d", number + 1)
      return try await plenary(commands[number] + ["--command-id", id])
    }
    for number in commands.indices {
      let run = try await send(number)
      #expect(run.code == 0 && !run.output.contains("Nothing to do"), "\(run)")
    }

    try await plenary.done(
      "conference", "revise", "--languages", "de", "en", "--title", "Changed", "--first-day", "2015-06-01",
      "--last-day", "2017-06-05")
    try await plenary.done("speaker", "revise", "li-wei", "--name", "Li, Wei-wei")
    try await plenary.done("speaker", "contact", "li-wei", "--email", "new@example.org")
    try await plenary.done("speaker", "contact", "li-wei", "--none")
    try await plenary.done("speaker", "withdraw", "li-wei")
    try await plenary.done("session", "move", "opening", "--start", "2016-06-03 15:00", "--end", "16:00")
    try await plenary.done("session", "cancel", "opening")
    try await plenary.done("room", "close", "aula")
    try await plenary.done("attendee", "revise", "a-1", "--note", "nothing")
    try await plenary.done("attendee", "erase", "a-1", "--yes")

    let head = try await plenary.head()
    for number in commands.indices {
      let run = try await send(number)
      #expect(run.code == 0 && run.output.contains("Already done"), "\(run)")
    }
    #expect(try await plenary.head() == head)
    // Any other command under one of the ids is refused.
    for other in [
      ["speaker", "contact", "li-wei", "--none"], ["session", "move", "opening", "--start", "11:00"],
      ["statement", "retract", "e-2"],
    ] {
      let run = try await plenary(other + ["--command-id", "00000000-0000-4000-8000-000000000009"])
      #expect(run.code == 1 && run.error.contains("was used for something else"), "\(run)")
    }
    #expect(try await plenary.head() == head)
  }

  @Test func `is refused under the id that opened its conference`() async throws {
    let plenary = try await Plenary.apart()
    let id = "00000000-0000-4000-8000-0000000000ff"
    try await plenary.done(
      "conference", "open", "berlin", "--title", "Berlin", "--first-day", "2016-06-01", "--zone",
      "Europe/Berlin", "--command-id", id)
    let room = try await plenary("room", "add", "foyer", "--name", "Foyer", "--command-id", id)
    #expect(room.code == 1 && room.error.contains("was used for something else"), "\(room)")
  }
}
