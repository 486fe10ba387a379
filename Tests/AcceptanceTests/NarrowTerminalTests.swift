import Testing

@testable import PlenaryCLI

@Suite(
  .timeLimit(.minutes(40)), .enabled(if: Conversation.canHaveTerminal, "There is no program “script” here"))
struct `On a narrow terminal` {
  private static let long = "the-opening-of-the-grids-of-tomorrow"

  @Test func `a list keeps short names whole`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let name = "The Opening of the Grids of Tomorrow, in Two Parts and With a Very Long Name"
    for words in [
      ["room", "add", Self.long, "--name", name], ["track", "add", Self.long, "--name", name],
      ["venue", "add", Self.long, "--name", name],
      ["speaker", "register", Self.long, "--name", name.replacing(",", with: "")],
      [
        "session", "schedule", Self.long, "--title", name, "--room", Self.long, "--start", "2016-06-01 09:00",
        "--end", "10:00", "--track", Self.long, "--speaker", Self.long,
      ],
      ["presentation", "add", Self.long, Self.long, "--title", name],
      ["attendee", "register", Self.long, "--name", "Okafor, Ada", "--organisation", name],
    ] { try await plenary.done(words) }
    for noun in ["room", "track", "venue", "speaker", "session", "presentation", "attendee"] {
      let list = plenary.talk(onTerminal: (40, 24), noun, "list")
      #expect(await list.ended() == 0)
      #expect(list.transcript.contains(Self.long), "\(noun): \(list.transcript)")
    }
  }
}

/// With the fonts that documents are printed with.
@Suite(
  .enabled(
    if: LargeText.lines("A", width: 80, rows: 10) != nil, "There is no Noto Sans here: run Scripts/setup"))
struct `A name in large letters` {
  @Test(arguments: ["Ada Okafor", "Søren Kierk", "Дмитрий Иванов", "Αθηνά Παππά"], [60, 80, 132])
  func `fits, as large as there is room for`(name: String, width: Int) throws {
    let lines = try #require(LargeText.lines(name, width: width, rows: 10))
    #expect(lines.count <= 10 && lines.count >= 4, "\(lines.joined(separator: "\n"))")
    for line in lines {
      #expect(line.count <= width && line.allSatisfy { " ▀▄█".contains($0) }, "\(line)")
    }
    #expect(LargeText.lines(name, width: width, rows: 5).map { $0.count <= 5 } ?? true)
  }

  @Test func `is in ordinary letters where it does not fit, or where letters are joined`() {
    #expect(LargeText.lines("Wolfeschlegelsteinhausenbergerdorff", width: 60, rows: 10) == nil)
    #expect(LargeText.lines("Ada", width: 80, rows: 2) == nil)
    for name in ["عائشة", "आशा", "", "\u{E000}"] {
      #expect(LargeText.lines(name, width: 200, rows: 10) == nil)
    }
  }

  @Test(.enabled(if: Conversation.canHaveTerminal, "There is no program “script” here"))
  func `is shown by a check-in on a terminal, and by no other`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei", "--organisation", "Daily")
    let desk = plenary.talk(onTerminal: (80, 24), "attendee", "check-in", "a-1")
    #expect(await desk.ended() == 0)
    let lines = try #require(LargeText.lines("Wei Li", width: 80, rows: 10))
    for line in lines { #expect(desk.transcript.contains(line), "\(desk.transcript)") }
    #expect(desk.transcript.contains("CHECKED IN") && desk.transcript.contains("Daily"))
    let again = try await plenary("attendee", "check-in", "a-1")
    #expect(again.output.contains("Wei Li") && !again.output.contains("█"), "\(again)")
  }
}
