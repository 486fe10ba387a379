import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `The record of a session that is published` {
  private let record = `The record of a session`()

  @Test func `is published as it was proofed`() async throws {
    let plenary = try await record.recorded()
    let proofed = try await plenary.head()
    // Nothing of the record has changed.
    try await plenary.done("room", "revise", "aula", "--capacity", "301")
    try await plenary.done("statement", "record", "other", "--by", "bea", "--text", "late.", "--id", "e-9")
    try await plenary.done("statement", "correct", "e-1", "--text", "opened.")
    let refused = try await plenary("proceedings", "issue", "--proofed", "\(proofed)")
    #expect(
      refused.code == 1
        && refused.error.contains("Since you proofed position \(proofed), 2 entries changed; proof again"),
      "\(refused)")
    let now = try await plenary.head()
    try await plenary.done("room", "revise", "aula", "--capacity", "302")
    let issued = try await plenary(
      "proceedings", "issue", "--proofed", "\(now)", "--number", "1", "--provisional", "--note",
      "Comments, please.",
      "--note", "de=Kommentare erbeten.", "--date", "2016-06-04", "--json")
    #expect(
      issued.output.contains("No proof of position \(now) was printed, so perhaps nobody has read it"),
      "\(issued)")
    let events = issued.events
    #expect(events.count == 3, "\(issued)")
    #expect(
      events.first?.contains(
        #""date":"2016-06-04","issue":1,"note":{"de":"Kommentare erbeten.","en":"Comments, please."},"provisional":true}"#
      )
        == true, "\(events)")
    #expect(
      events.first?.hasPrefix(#"ProceedingsIssued {"at":\#(now),"build":{"document":""#) == true, "\(events)")
    #expect(
      Set(events.dropFirst()) == [
        #"ParagraphsNumbered {"issue":1,"numbers":[{"entry":"e-9","number":"1"}],"ordinal":"2","session":"other"}"#,
        #"ParagraphsNumbered {"issue":1,"numbers":[{"entry":"e-1","number":"1"},{"entry":"e-2","number":"2"},{"entry":"e-3","number":"3"},{"entry":"e-4","number":"C1"}],"ordinal":"1","session":"panel"}"#,
      ])
    let same = try await plenary(
      "proceedings", "issue", "--proofed", "\(now)", "--number", "1", "--provisional", "--note",
      "Comments, please.",
      "--note", "de=Kommentare erbeten.")
    #expect(same.output.contains("Nothing to do"), "\(same)")
    let unchanged = try await plenary("proceedings", "issue")
    #expect(
      unchanged.code == 1 && unchanged.error.contains("Nothing has changed in the record since issue 1"),
      "\(unchanged)")
    let earlier = try await plenary("proceedings", "issue", "--proofed", "\(proofed)")
    #expect(earlier.code == 1, "\(earlier)")
    for odd in ["0", "-1", "99999", "x", "1.5"] {
      let run = try await plenary("proceedings", "issue", "--proofed", odd)
      #expect([1, 2].contains(run.code) && !run.error.isEmpty, "\(run)")
    }
  }

  @Test func `prints an issue in the same bytes, whatever happens afterwards`() async throws {
    let plenary = try await record.recorded()
    try await plenary.done("proceedings", "issue", "--date", "2016-06-04", "--provisional")
    func issue(_ number: String) async throws -> [String] {
      var texts: [String] = []
      for format in ["json", "html"] {
        texts.append(
          try await plenary.done(
            "proceedings", "print", "--issue", number, "--format", format, "--output", "-"
          ).output)
      }
      return texts
    }
    let first = try await issue("1")
    #expect(first[0].contains("Panel") || first[0].contains("panel"))
    let changes: [[String]] = [
      ["speaker", "revise", "ada", "--name", "Lovelace, Ada"],
      ["session", "revise", "panel", "--title", "Another title"],
      [
        "session", "schedule", "earlier", "--title", "Earlier", "--room", "aula", "--start",
        "2016-06-01 08:00", "--end",
        "08:30",
      ],
      ["statement", "record", "earlier", "--by", "bea", "--text", "welcomed."],
      ["statement", "insert", "--after", "1.1", "--by", "bea", "--text", "replied.", "--id", "e-11"],
      [
        "correction", "make", "1.1", "--kind", "editorial", "--text", "opened.", "--verified-against",
        "notes",
      ],
      ["correction", "make", "1.3", "--kind", "substantive", "--retract", "--verified-against", "notes"],
      ["conference", "revise", "--title", "Berlin 2016", "--languages", "de", "en"],
      ["room", "revise", "aula", "--name", "Great Hall"],
      ["proceedings", "issue", "--date", "2016-06-05"],
    ]
    for change in changes {
      let run = try await plenary(change)
      #expect(run.code == 0, "\(run)")
      #expect(try await issue("1") == first, "after \(change.joined(separator: " "))")
    }
    let second = try await issue("2")
    #expect(second != first && second[0].contains("opened.") && second[0].contains("1.1a"))
    try await plenary.done(
      "correction", "make", "1.1a", "--kind", "editorial", "--text", "said.", "--verified-against", "notes")
    #expect(try await issue("2") == second)
    try await plenary.done("proceedings", "rebuild")
    #expect(try await issue("1") == first)
    #expect(try await issue("2") == second)
    try await plenary("proceedings", "show").says(/1a +Bea Beason said/, "Issue 2 was published")
    // Anything later is a draft, whatever is on its pages.
    let draft = try await plenary.done("proceedings", "print", "--format", "html", "--output", "-").output
    #expect(draft.contains("Draft"), "\(draft.prefix(2000))")
    for odd in ["0", "3", "-1", "99999999999"] {
      let run = try await plenary("proceedings", "print", "--issue", odd, "--format", "json", "--output", "-")
      #expect([1, 2].contains(run.code) && run.output.isEmpty, "\(run)")
    }
  }

  @Test func `names published paragraphs by their numbers`() async throws {
    let plenary = try await record.recorded()
    let early = try await plenary("statement", "show", "1.1")
    #expect(
      early.code == 1 && early.error.contains("No issue of the proceedings has a paragraph 1.1"), "\(early)")
    try await plenary.done("proceedings", "issue")
    try await plenary("statement", "show", "1.2").says("noted growth.")
    try await plenary("statement", "show", "1.C1").says("So be it.")
    for odd in [
      "1.9", "2.1", "1.", ".1", "1.1.1", "1.c1", "1.P1", "01.1", "1.01", " 1.1", "1.1 ", "１.１", "e-1 ",
    ] {
      let run = try await plenary("statement", "show", odd)
      #expect([1, 2].contains(run.code) && !run.error.isEmpty && run.output.isEmpty, "\(run)")
    }
    // The number stands for the same paragraph after others came before it.
    try await plenary.done("statement", "insert", "--before", "1.1", "--by", "bea", "--text", "coughed.")
    try await plenary("statement", "show", "1.1").says("began.")
    try await plenary.done("proceedings", "issue")
    try await plenary("statement", "show", "1.a1").says("coughed.")
  }

  @Test func `takes a number wherever it takes a name`() async throws {
    let plenary = try await record.recorded()
    try await plenary.done("proceedings", "issue")
    try await plenary.done(
      "statement", "position", "panel", "--topic", "Trade", "--text", "in favour", "--by", "ada",
      "--based-on",
      "1.2", "--id", "e-5")
    try await plenary("statement", "show", "e-5").says(/based on +e-2/)
    try await plenary.done("statement", "correct", "e-5", "--based-on", "1.3")
    try await plenary("statement", "show", "e-5").says(/based on +e-3/)
    try await plenary.done("session", "segment", "panel", "--title", "Debate", "--before", "1.2")
    try await plenary("proceedings", "describe", "--summary-from", "1.1", "1.C1", "--json").appended(
      #"FrontMatterRevised {"summaryFrom":["e-1","e-4"]}"#)
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "editorial", "--text", "began early.", "--verified-against",
      "notes")
    try await plenary("correction", "list", "--entry", "1.1").says("e-1")
    let none = try await plenary.done("correction", "list", "--entry", "1.2")
    #expect(none.error.contains("No correction was asked for."), "\(none)")
  }

  @Test func `is read at the terminal as it is printed`() async throws {
    let plenary = try await record.recorded()
    try await plenary.done(
      "statement", "record", "panel", "--mode", "group", "--of", "participants", "--as-printed",
      "The participants",
      "--text", "The success of trade, [[by:according to the participants]], is slow.", "--id", "e-6")
    for command in [["proceedings", "show"], ["statement", "list"]] {
      let output = try await plenary.done(command).output
      #expect(output.contains("The success of trade, according to the participants, is slow."), "\(output)")
      #expect(!output.contains("[[") && !output.contains("The participants The success"), "\(output)")
    }
  }

  @Test func `is exported as an issue has it`() async throws {
    let plenary = try await record.recorded()
    try await plenary.done("proceedings", "issue")
    func issue() async throws -> String {
      try await plenary.done("proceedings", "export", "--issue", "1", "--output", "-").output
    }
    let published = try await issue()
    let record = try #require(try JSONSerialization.jsonObject(with: Data(published.utf8)) as? [String: Any])
    #expect((record["edition"] as? [String: Any])?["issue"] as? Int == 1)
    #expect((record["issues"] as? [[String: Any]])?.compactMap { $0["number"] as? Int } == [1])
    let entries = try #require(record["entries"] as? [[String: Any]])
    #expect(entries.compactMap { $0["number"] as? String } == ["1.1", "1.2", "1.3", "1.C1"])
    #expect(entries.allSatisfy { $0["status"] as? String == "published" && $0["issue"] as? Int == 1 })
    try await plenary.done("statement", "record", "panel", "--by", "bea", "--text", "left.")
    try await plenary.done("proceedings", "issue")
    #expect(try await issue() == published)
    let both = try await plenary("proceedings", "export", "--issue", "1", "--at", "3", "--output", "-")
    #expect(both.code == 2 && both.error.contains("leave out --at"), "\(both)")
  }
}
