import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `What editors look at` {
  /// Two statements and a conclusion, published as issue 1.
  private func published() async throws -> Plenary {
    let plenary = try await `An entry of the record`.conference()
    for (number, text) in ["began.", "ended."].enumerated() {
      try await plenary.done(
        "statement", "record", "panel", "--by", "ada", "--text", text, "--id", "e-\(number + 1)")
    }
    try await plenary.done(
      "statement", "conclusion", "panel", "--text", "So be it.", "--based-on", "e-1", "--id", "e-3")
    try await plenary.done(
      "proceedings", "issue", "--date", "2016-06-04", "--note", "First.", "--provisional")
    return plenary
  }

  @Test func `is what rests on corrected words, open corrections, old translations and unknown voices`()
    async throws
  {
    let plenary = try await published()
    try await plenary("proceedings", "check").says("Nothing needs attention")
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "substantive", "--text", "ended.", "--verified-against",
      "recording")
    try await plenary.done("correction", "request", "1.2", "--kind", "editorial", "--text", "stopped.")
    try await plenary.done(
      "statement", "record", "panel", "--voice", "red-tie", "--as-printed", "A voice", "--text", "asked.",
      "--spoken",
      "en", "--id", "e-4")
    try await plenary.done("statement", "translate", "e-4", "--text", "de=fragte.")
    try await plenary.done("statement", "correct", "e-4", "--text", "asked why.")
    let check = try await plenary("proceedings", "check")
    #expect(check.code == 1, "\(check)")
    for finding in [
      /e-3 +review +it rests on e-1, which was changed since/,
      /e-2 +open-correction +k-.* is not decided yet/,
      /e-4 +outdated-translation +.* de/, /e-4 +unidentified +nobody knows the voice red-tie/,
    ] {
      #expect(check.output.contains(finding), "\(check)")
    }
    #expect(try await plenary("proceedings", "check", "--json").list.count == 4)
    try await plenary.done("statement", "reaffirm", "e-3")
    #expect(try await !plenary("proceedings", "check").output.contains("review"))
    // As it was before.
    try await plenary("proceedings", "check", "--at", "9").says("Nothing needs attention")
  }

  @Test func `is the list of issues, and what differs between two of them`() async throws {
    let plenary = try await published()
    try await plenary("proceedings", "issues").says(/1 +2016-06-04 +\d+ +provisional +First\./)
    #expect(try await plenary("proceedings", "diff").output.contains("No entry differs"))
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "substantive", "--text", "opened.", "--verified-against",
      "recording")
    try await plenary.done(
      "statement", "insert", "--after", "1.1", "--by", "bea", "--text", "replied.", "--id", "e-11")
    try await plenary.done(
      "correction", "make", "1.2", "--kind", "substantive", "--retract", "--verified-against", "recording")
    try await plenary("proceedings", "diff").says(
      /1\.1 +changed +e-1\n +- text: .*began\.\n +\+ text: .*opened\./, /1\.1a +added +e-11/,
      /1\.2 +removed +e-2/)
    try await plenary.done("proceedings", "issue", "--date", "2016-06-05")
    let diff = try await plenary.done("proceedings", "diff", "1..2").output
    #expect(diff.contains("opened.") && diff.contains("replied.") && !diff.contains("So be it."))
    #expect(try await plenary("proceedings", "diff", "2..").output.contains("No entry differs"))
    try await plenary.done("session", "heading", "panel", "--title", "The Panel")
    try await plenary.done("session", "convene", "panel", "--present", "42")
    try await plenary.done("proceedings", "describe", "--publisher", "Academy", "--series-number", "2")
    try await plenary("proceedings", "diff", "2..").says(
      /panel +changed +heading, sittings/, /front +changed +series number, publisher/)
    #expect(try await plenary("proceedings", "diff", "1..2").output.contains("front") == false)
    #expect(try await plenary("proceedings", "diff", "1..1").output.contains("No entry differs"))
    let back = try await plenary.done("proceedings", "diff", "2..1").output
    #expect(back.contains(/1\.1a +removed +e-11/) && back.contains(/1\.2 +added +e-2/), "\(back)")
    #expect(try await plenary("proceedings", "diff", "1..2", "--json").json != nil)
    let head = try await plenary.head()
    try await plenary("proceedings", "diff", "@9..@\(head)").says("opened.")
    for odd in ["1", "1..3", "x..2", "@0..@2", "@2..@9999", "..", "...", "1...2", "-1..2", "@..", ""] {
      let run = try await plenary("proceedings", "diff", odd)
      #expect(odd == ".." ? run.code == 0 : [1, 2].contains(run.code) && !run.error.isEmpty, "\(run)")
    }
  }

  @Test func `is a corrigendum, with old and new words`() async throws {
    let plenary = try await published()
    let none = try await plenary("proceedings", "corrigendum", "--format", "json", "--output", "-")
    #expect(
      none.code == 1 && none.output.isEmpty && none.error.contains("There is nothing to print"), "\(none)")
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "substantive", "--text", "opened.", "--requester", "The speaker",
      "--verified-against", "recording", "--reason", "Heard again")
    for words in [
      ["proceedings", "corrigendum", "--format", "html", "--output", "-"],
      [
        "proceedings", "corrigendum", "--issue", "1", "--format", "json", "--output", "-", "--languages",
        "en",
      ],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 0, "\(run)")
      for part in ["began.", "opened.", "Heard again", "1.1"] {
        #expect(run.output.contains(part), "\(part) \(run)")
      }
    }
    // What the second issue contains is no correction of the second.
    try await plenary.done("proceedings", "issue", "--date", "2016-06-05")
    #expect(
      try await plenary("proceedings", "corrigendum", "--format", "json", "--output", "-").error
        .contains("nothing in issue 2 was corrected"))
    #expect(
      try await plenary("proceedings", "corrigendum", "--issue", "1", "--format", "json", "--output", "-")
        .output
        .contains("opened."))
    for odd in ["0", "3", "-1"] {
      let run = try await plenary(
        "proceedings", "corrigendum", "--issue", odd, "--format", "json", "--output", "-")
      #expect(run.code == 1 && run.output.isEmpty && run.error.contains("There is no issue"), "\(run)")
    }
  }

  @Test func `is an issue, whose list of changes stays as it was published`() async throws {
    let plenary = try await published()
    func change(_ name: String, issue: String) async throws {
      try await plenary.done("session", "heading", "panel", "--title", name)
      try await plenary.done("proceedings", "describe", "--publisher", name)
      try await plenary.done("proceedings", "issue", "--date", issue)
    }
    func printed(_ words: String...) async throws -> String {
      try await plenary.done(["proceedings"] + words + ["--format", "html", "--output", "-"]).output
    }
    try await change("The Second", issue: "2016-06-05")
    let second = try await printed("print", "--issue", "2")
    #expect(second.contains("Changed after issue 1") && second.contains("<ins>The Second</ins>"))
    let leaf = try await printed("corrigendum", "--issue", "1")
    #expect(leaf.contains("Changed after issue 1") && leaf.contains("<ins>The Second</ins>"))
    try await change("The Third", issue: "2016-06-06")
    #expect(try await printed("print", "--issue", "2") == second)
    #expect(try await !printed("corrigendum", "--issue", "1").contains("The Third"))
    #expect(try await printed("print").contains("Changed after issue 3") == false)
  }

  @Test func `is undone as long as it is a draft`() async throws {
    let plenary = try await published()
    func undone(_ words: String...) async throws -> Plenary.Run {
      let id = UUID().uuidString
      let run = try await plenary(words + ["--command-id", id])
      #expect(run.code == 0, "\(run)")
      return try await plenary("log", "undo", id)
    }
    func entries() async throws -> [String] {
      // The width of a column is that of its longest cell.
      try await plenary.done("statement", "list").lines.map {
        $0.split(separator: " ").joined(separator: " ")
      }
    }
    try await plenary.done(
      "statement", "record", "panel", "--by", "ada", "--text", "noted growth. He asked why.", "--id", "n-1")
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "left.", "--id", "n-2")
    let before = try await entries()
    for words in [
      ["statement", "correct", "n-1", "--text", "noted decline.", "--act", "noted"],
      ["statement", "reattribute", "n-1", "--by", "bea"], ["statement", "move", "n-1", "--after", "n-2"],
      ["statement", "move", "n-1", "--session", "other"], ["statement", "merge", "n-1", "n-2"],
      ["statement", "retract", "n-1"],
    ] {
      let id = UUID().uuidString
      let run = try await plenary(words + ["--command-id", id])
      #expect(run.code == 0, "\(run)")
      #expect(try await entries() != before, "\(run)")
      let undo = try await plenary("log", "undo", id)
      #expect(undo.code == 0, "\(undo)")
      #expect(try await entries() == before, "\(undo)")
    }
    #expect(
      try await undone("statement", "split", "n-1", "--at", "He asked", "--id", "n-3").code == 0)
    #expect(try await entries().filter { !$0.contains("n-3") } == before)
    let printed = try await plenary.done("proceedings", "show").output
    #expect(!printed.contains("n-3") && printed.contains("noted growth. He asked why."), "\(printed)")
    // What is published is corrected instead.
    let translated = try await undone("statement", "translate", "1.1", "--text", "de=begann.")
    #expect(translated.code == 1, "\(translated)")
    let corrected = try await undone(
      "correction", "make", "1.1", "--kind", "editorial", "--text", "opened.", "--verified-against", "notes")
    #expect(
      corrected.code == 1 && corrected.error.contains("the record is corrected, not undone"), "\(corrected)")
    try await plenary.done("projections", "verify")
  }

  @Test func `is expunged by order: the words are gone, the number and a note stay`() async throws {
    let plenary = try await published()
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "substantive", "--text", "slandered.", "--verified-against",
      "notes")
    let root = try await plenary.done("log", "verify", "--at", "9").output
    let unasked = try await plenary(
      "statement", "expunge", "1.1", "--authority", "The court", "--reason", "Libel")
    #expect(unasked.code == 1 && unasked.error.contains("Nothing was destroyed"), "\(unasked)")
    let missing = try await plenary("statement", "expunge", "1.1", "--yes", "--authority", "The court")
    #expect(missing.code == 2 && missing.error.contains("An expunction needs a --reason"), "\(missing)")
    try await plenary(
      "statement", "expunge", "1.1", "--dry-run", "--authority", "The court of Berlin", "--authority",
      "de=Das Gericht", "--reason", "Libel"
    ).says(
      "Print would say: de  Gestrichen (Das Gericht, Libel)", "en  Expunged (The court of Berlin, Libel)")
    try await plenary.done(
      "statement", "expunge", "1.1", "--yes", "--authority", "The court of Berlin", "--authority",
      "de=Das Gericht",
      "--reason", "Libel")
    let other = try await plenary(
      "statement", "expunge", "1.1", "--yes", "--authority", "Another", "--reason", "Again")
    #expect(other.code == 1 && other.error.contains("expunged"), "\(other)")
    let again = try await plenary.done(
      "statement", "expunge", "1.1", "--yes", "--authority", "The court of Berlin", "--authority",
      "de=Das Gericht", "--reason", "Libel")
    #expect(again.output.contains("Nothing to do"))
    try await plenary("statement", "show", "1.1").says(
      /EXPUNGED by The court of Berlin: Libel/, /number +1\.1/)
    let correction = try #require(
      try await plenary.done("correction", "list", "--json").list.last?["correction"] as? String)
    try await plenary("correction", "show", correction).says(/asked for by +\(expunged\)/)
    try await plenary("statement", "show", "1.1").says("accepted", "its words were destroyed")
    for words in [
      ["log", "export"], ["statement", "show", "e-1", "--json"], ["statement", "show", "e-1", "--at", "9"],
      ["statement", "list"], ["proceedings", "show"], ["correction", "list", "--json"],
      ["proceedings", "print", "--format", "json", "--output", "-"],
      ["proceedings", "print", "--issue", "1", "--format", "html", "--output", "-"],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 0 && !run.output.contains("began.") && !run.output.contains("slandered."), "\(run)")
    }
    #expect(try await plenary.done("log", "verify", "--at", "9").output == root, "Every root still holds.")
    try await plenary.done("log", "verify")
    try await plenary.done("projections", "verify")
    try await plenary.done("proceedings", "rebuild")
    try await plenary.done("projections", "verify")
    for words in [
      ["correction", "request", "1.1", "--kind", "editorial", "--text", "x"],
      ["statement", "translate", "1.1", "--text", "de=x"],
      ["statement", "insert", "--after", "1.1", "--by", "ada", "--text", "x"],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 1 && run.error.contains("was expunged; its words no longer exist"), "\(run)")
    }
  }

  @Test func `has other words by order, with a note`() async throws {
    let plenary = try await published()
    try await plenary.done(
      "statement", "expunge", "1.1", "--yes", "--authority", "The court", "--reason", "A name",
      "--replacement",
      "spoke.")
    try await plenary("statement", "show", "1.1").says("spoke.", "The court")
    for words in [
      ["log", "export"], ["statement", "show", "e-1", "--json"],
      ["proceedings", "print", "--issue", "1", "--format", "html", "--output", "-"],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 0 && !run.output.contains("began."), "\(run)")
    }
    try await plenary("proceedings", "export", "--format", "html", "--output", "-").says(
      "spoke.", "Words replaced by order", "A name")
    try await plenary.done("log", "verify")
    try await plenary.done("proceedings", "rebuild")
    try await plenary.done("projections", "verify")
  }
}

@Suite(
  .timeLimit(.minutes(40)),
  .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"))
struct `A printed PDF of the proceedings` {
  @Test func `is proofed, published and built again`() async throws {
    let plenary = try await `An entry of the record`.conference()
    let folder = try Folder()
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "began.", "--id", "e-1")
    let head = try await plenary.head()
    let dry = try await plenary("proceedings", "proof", "--dry-run", "--output", folder.path("dry.pdf"))
    #expect(dry.code == 0, "\(dry)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("dry.pdf")))
    #expect(try await plenary.head() == head)
    let proof = try await plenary("proceedings", "proof", "--output", folder.path("proof.pdf"))
    #expect(proof.code == 0 && proof.error.contains("--proofed \(head)"), "\(proof)")
    try await plenary("proceedings", "verify", folder.path("proof.pdf")).says(
      "a proof of the proceedings", "the same")
    let issued = try await plenary(
      "proceedings", "issue", "--proofed", "\(head)", "--date", "2016-06-04")
    #expect(issued.code == 0 && !issued.error.contains("No proof of position"), "\(issued)")
    try await plenary.done("proceedings", "print", "--issue", "1", "--output", folder.path("issue.pdf"))
    try await plenary.done("proceedings", "print", "--output", folder.path("draft.pdf"))
    try await plenary.done("statement", "insert", "--after", "1.1", "--by", "bea", "--text", "replied.")
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "editorial", "--text", "opened.", "--verified-against", "notes")
    try await plenary.done("conference", "revise", "--title", "Another title")
    try await plenary.done("proceedings", "issue", "--date", "2016-06-05")
    for (file, what) in [
      ("proof", "a proof of the proceedings"), ("draft", "a draft of the proceedings"),
      ("issue", "issue 1 of the proceedings"),
    ] {
      try await plenary("proceedings", "verify", folder.path("\(file).pdf")).says(what, "it has the same")
      #expect(
        try await plenary("proceedings", "verify", folder.path("\(file).pdf"), "--json").object["isEqual"]
          as? Bool == true)
    }
    try await plenary.done("program", "template", "export", folder.path("templates"))
    try await plenary.done(
      "proceedings", "proof", "--output", folder.path("second.pdf"), "--languages", "en", "--templates",
      folder.path("templates"))
    #expect(try await Programs.text(of: folder.path("second.pdf")).contains("opened."))
    let json = try await plenary.done("proceedings", "proof", "--json", "--output", folder.path("third.pdf"))
    #expect(
      json.object["effect"] != nil && json.error.contains("Wrote \(folder.path("third.pdf"))"), "\(json)")
  }

  @Test func `is marked where it changed since the last proof, in every copy of it`() async throws {
    let plenary = try await `An entry of the record`.conference()
    let folder = try Folder()
    let templates = URL(filePath: folder.path("templates"))
    try FileManager.default.createDirectory(at: templates, withIntermediateDirectories: false)
    let template = """
      #set document(title: "Proof")
      #let data = json("data.json")
      #for session in data.sessions { for entry in session.paragraphs [#entry.number: #entry.changed #linebreak()] }
      """
    try Data(template.utf8).write(to: templates.appending(path: "proceedings.typ"))
    func proof(_ file: String) async throws -> [Substring] {
      try await plenary.done(
        "proceedings", "proof", "--output", folder.path(file), "--templates", folder.path("templates"))
      return try await Programs.text(of: folder.path(file)).split { $0.isWhitespace }
    }
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "began.")
    #expect(try await proof("first.pdf") == ["1.1:", "false"])
    try await plenary.done("statement", "record", "panel", "--by", "bea", "--text", "replied.")
    for file in ["second.pdf", "copy.pdf"] {
      #expect(try await proof(file) == ["1.1:", "false", "1.2:", "true"], "\(file)")
    }
    // What an issue has was read too.
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "asked.")
    try await plenary.done("proceedings", "issue", "--date", "2016-06-04")
    try await plenary.done("statement", "record", "panel", "--by", "bea", "--text", "left.")
    #expect(
      try await proof("third.pdf")
        == ["1.1:", "false", "1.2:", "false", "1.3:", "false", "1.4:", "true"])
  }

  @Test func `that somebody changed is noticed, and so is another log`() async throws {
    let plenary = try await `An entry of the record`.conference()
    let folder = try Folder()
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "began.", "--id", "e-1")
    try await plenary.done("proceedings", "issue", "--date", "2016-06-04")
    try await plenary.done("proceedings", "print", "--issue", "1", "--output", folder.path("issue.pdf"))
    try folder.append("%", to: "issue.pdf")
    let changed = try await plenary("proceedings", "verify", folder.path("issue.pdf"))
    #expect(changed.code == 1 && changed.output.contains("The file was changed"), "\(changed)")
    try await plenary.done(
      "statement", "expunge", "1.1", "--yes", "--authority", "The court", "--reason", "Libel")
    let expunged = try await plenary("proceedings", "verify", folder.path("issue.pdf"))
    #expect(
      expunged.code == 1 && expunged.output.contains("Words of this issue were expunged"), "\(expunged)")
    let other = try await `An entry of the record`.conference()
    let elsewhere = try await other("proceedings", "verify", folder.path("issue.pdf"))
    #expect(elsewhere.code == 1 && !elsewhere.output.contains("the same"), "\(elsewhere)")
    try Data("Not a PDF".utf8).write(to: URL(filePath: folder.path("x.txt")))
    for odd in ["x.txt", "none.pdf"] {
      let run = try await plenary("proceedings", "verify", folder.path(odd))
      #expect(run.code != 0 && !run.error.isEmpty, "\(run)")
    }
  }

  @Test func `of a corrigendum is one leaf`() async throws {
    let plenary = try await `An entry of the record`.conference()
    let folder = try Folder()
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "began.", "--id", "e-1")
    try await plenary.done("proceedings", "issue", "--date", "2016-06-04")
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "editorial", "--text", "opened.", "--verified-against", "notes",
      "--reason", "Heard again")
    try await plenary.done("program", "template", "export", folder.path("templates"))
    try await plenary.done(
      "proceedings", "corrigendum", "--output", folder.path("c.pdf"), "--templates", folder.path("templates"))
    let text = try await Programs.text(of: folder.path("c.pdf"))
    for part in ["began.", "opened.", "Heard again", "1.1"] { #expect(text.contains(part), "\(text)") }
  }
}
