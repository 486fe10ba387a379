import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `Exports` {
  /// Two sessions on two days in two tracks.
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    for (day, track) in [("1", "economy"), ("2", "culture")] {
      try await plenary.done("track", "add", track, "--name", track)
      try await plenary.done(
        "session", "schedule", "on-\(track)", "--title", "On \(track)", "--title", "de=Über \(track)",
        "--room",
        "aula", "--start", "2016-06-0\(day) 09:00", "--end", "10:00", "--track", track)
    }
    return plenary
  }

  @Test func `of the program contain the last release, or the draft with --draft`() async throws {
    let plenary = try await conference()
    let early = try await plenary("program", "export", "csv", "--output", "-")
    #expect(early.code == 1 && early.error.contains("release"), "\(early)")
    try await plenary("program", "export", "csv", "--draft", "--output", "-").says("On economy")
    try await plenary.done("program", "release", "1.0", "--note", "First.")
    try await plenary.done("session", "revise", "on-economy", "--title", "Renamed")
    let marks: [(String, any Saying)] = [
      ("ics", "BEGIN:VCALENDAR"), ("html", "<!DOCTYPE html>"), ("xml", "<schedule"),
      ("schedule", #""schedule""#),
      ("schedule2", #""schedule""#), ("jsonld", "https://schema.org"), ("csv", "on-economy"),
      ("json", #""days""#),
    ]
    for (format, mark) in marks {
      let released = try await plenary("program", "export", format, "--output", "-")
      released.says(mark, "On economy")
      #expect(!released.output.contains("Renamed"), "\(format)")
      let draft = try await plenary("program", "export", "--format", format, "--draft", "--output", "-")
      draft.says(mark, "Renamed")
    }
    try await plenary("program", "export", "json", "--languages", "de", "--output", "-").says("Über economy")
    let german = try await plenary.done("program", "export", "ics", "--languages", "de", "--output", "-")
      .output
    #expect(german.contains("SUMMARY;LANGUAGE=de:Über economy") && !german.contains("On economy"))
    let bom = "\u{FEFF}"
    #expect(
      try await plenary.done("program", "export", "csv", "--bom", "--output", "-").output.unicodeScalars.first
        == bom.unicodeScalars.first)
    #expect(
      try await plenary.done("program", "export", "csv", "--output", "-").output.unicodeScalars.first
        != bom.unicodeScalars.first)
  }

  /// Whoever corrects a table in a spreadsheet needs the program as it is now.
  @Test func `of the program as tables say that it has changed since, whatever has changed`() async throws {
    let plenary = try await conference()
    try await plenary.done("speaker", "register", "ada", "--name", "Lovelace, Ada")
    try await plenary.done("program", "release", "1.0")
    func isTold() async throws -> Bool {
      try await plenary.done("program", "export", "csv", "--output", "-").error.contains(
        "export it with --draft")
    }
    #expect(try await !isTold())
    for (number, words) in [
      ["speaker", "assign", "ada", "on-economy"],
      ["session", "move", "on-economy", "--start", "2016-06-01 11:00"],
      ["session", "revise", "on-culture", "--expected", "40"], ["session", "cancel", "on-culture"],
    ].enumerated() {
      try await plenary.done(words)
      #expect(try await isTold(), "\(words)")
      try await plenary.done("program", "release", "\(number + 2).0")
      #expect(try await !isTold(), "\(words)")
    }
  }

  @Test func `of the program follow releases by track or day, which are listed`() async throws {
    let plenary = try await conference()
    let whole = try await plenary("program", "release", "0.1", "--track", "economy")
    #expect(whole.code == 1, "There is no full release yet, so no part can be replaced: \(whole)")
    try await plenary.done("program", "release", "1.0")
    for track in ["economy", "culture"] {
      try await plenary.done("session", "revise", "on-\(track)", "--title", "New \(track)")
    }
    func published() async throws -> [String] {
      let rows = try await plenary.done("program", "export", "csv", "--output", "-").output
      return ["On economy", "On culture", "New economy", "New culture"].filter(rows.contains)
    }
    #expect(try await published() == ["On economy", "On culture"])
    try await plenary("program", "release", "1.1", "--track", "economy", "--json").appended(
      #"ProgramReleased {"track":"economy","version":"1.1"}"#)
    #expect(try await published() == ["On culture", "New economy"])
    try await plenary("program", "release", "1.2", "--day", "2016-06-02", "--json").appended(
      #"ProgramReleased {"day":"2016-06-02","version":"1.2"}"#)
    #expect(try await published() == ["New economy", "New culture"])
    try await plenary("program", "releases").says("1.0", "1.1", "economy", "1.2", "2016-06-02")
    #expect(try await plenary.done("program", "releases", "--json").list.count == 3)
    let before = try await plenary.done("program", "releases", "--json", "--at", "\(plenary.head() - 1)").list
    #expect(before.count == 2)
  }

  @Test func `of the record are HTML and JSON in the requested languages`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "statement", "record", "on-economy", "--mode", "unattributed", "--text", "It grows.", "--text",
      "de=Sie wächst.")
    let html = try await plenary.done(
      "proceedings", "export", "--format", "html", "--languages", "de", "--output", "-"
    ).output
    #expect(
      html.contains("<html lang=\"de\">") && html.contains("Sie wächst.") && !html.contains("It grows."))
    let json = try await plenary.done("proceedings", "print", "--format", "json", "--output", "-").output
    #expect(json.contains("Sie wächst.") && json.contains("It grows."))
  }
}
