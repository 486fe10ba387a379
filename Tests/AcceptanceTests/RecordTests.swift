import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `The record of a session` {
  /// Three statements and a conclusion in one session.
  func recorded() async throws -> Plenary {
    let plenary = try await `An entry of the record`.conference()
    for (number, text) in ["began.", "noted growth. He asked why.", "ended."].enumerated() {
      try await plenary.done(
        "statement", "record", "panel", "--by", "ada", "--text", text, "--id", "e-\(number + 1)")
    }
    try await plenary.done(
      "statement", "conclusion", "panel", "--text", "So be it.", "--based-on", "e-1", "--id", "e-4")
    return plenary
  }

  /// The names of a session's entries, in the order of the record.
  private func order(_ plenary: Plenary, _ session: String = "panel") async throws -> [String] {
    try await plenary.done("proceedings", "show", "--session", session, "--json").list
      .compactMap { $0["isRetracted"] as? Bool == false ? $0["entry"] as? String : nil }
  }

  @Test func `grows between its entries`() async throws {
    let plenary = try await recorded()
    try await plenary(
      "statement", "insert", "--after", "e-1", "--by", "bea", "--text", "replied.", "--form", "minute",
      "--act",
      "replied", "--addressee", "All", "--spoken", "en", "--mention", "ada", "--id", "e-11", "--json"
    ).appended(
      #"StatementRecorded {"acts":["replied"],"addressees":[{"en":"All"}],\#(`An entry of the record`.by("bea")),"entry":"e-11","form":"minute","mentions":["ada"],"order":"\#(try await place(plenary, "e-1")).i","session":"panel","spoken":"en","text":{"en":"replied."}}"#
    )
    try await plenary.done(
      "statement", "insert", "--before", "e-1", "--mode", "group", "--of", "partners", "--group-basis",
      "side",
      "--as-printed", "Partners", "--text", "came.", "--basis", "inferred", "--id", "e-12")
    try await plenary.done(
      "statement", "insert", "--session", "panel", "--mode", "quantified", "--quantifier", "most", "--of",
      "speakers", "--as-printed", "Most", "--text", "left.", "--id", "e-13")
    try await plenary.done(
      "statement", "insert", "--before", "e-13", "--voice", "red-tie", "--as-printed", "A voice", "--text",
      "called.",
      "--id", "e-14")
    #expect(try await order(plenary) == ["e-12", "e-1", "e-11", "e-2", "e-3", "e-14", "e-13", "e-4"])
    // The same again changes nothing.
    let again = try await plenary(
      "statement", "insert", "--session", "panel", "--mode", "quantified", "--quantifier", "most", "--of",
      "speakers", "--as-printed", "Most", "--text", "left.", "--id", "e-13")
    #expect(again.code == 0 && again.output.contains("Nothing to do"), "\(again)")
    try await plenary.done("projections", "verify")
  }

  private func place(_ plenary: Plenary, _ entry: String) async throws -> String {
    let shown = try await plenary.done("statement", "show", entry, "--json").object
    return try #require(shown["order"] as? String)
  }

  @Test func `grows at one place by the hands of many scribes at once`() async throws {
    let plenary = try await recorded()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...8 {
        group.addTask {
          try await plenary.done(
            "statement", "insert", number.isMultiple(of: 2) ? "--after" : "--before",
            number.isMultiple(of: 2) ? "e-1" : "e-2",
            "--by", "bea", "--text", "said \(number).", "--id", "n-\(number)")
        }
      }
      try await group.waitForAll()
    }
    let entries = try await order(plenary)
    #expect(entries.count == 12 && entries.first == "e-1" && Set(entries).count == 12)
    #expect(Array(entries.suffix(3)) == ["e-2", "e-3", "e-4"])
    var places: Set<String> = []
    for entry in entries { places.insert(try await place(plenary, entry)) }
    #expect(places.count == 12)
    try await plenary.done("projections", "verify")
  }

  @Test func `is put in another order`() async throws {
    let plenary = try await recorded()
    try await plenary.done("statement", "move", "e-3", "--before", "e-1")
    #expect(try await order(plenary) == ["e-3", "e-1", "e-2", "e-4"])
    try await plenary.done("statement", "move", "e-3", "--after", "e-2")
    #expect(try await order(plenary) == ["e-1", "e-2", "e-3", "e-4"])
    #expect(try await plenary("statement", "move", "e-3", "--after", "e-2").output.contains("Nothing to do"))
    try await plenary("statement", "move", "e-1", "--session", "other", "--json").appended(
      #"StatementMoved {"entry":"e-1","from":"panel","session":"other"}"#)
    #expect(try await order(plenary) == ["e-2", "e-3", "e-4"])
    #expect(try await order(plenary, "other") == ["e-1"])
    try await plenary("statement", "show", "e-1").says(/session +other/, /changed +position/)
    try await plenary.done("projections", "verify")
  }

  @Test func `is split and merged`() async throws {
    let plenary = try await recorded()
    let place = try await place(plenary, "e-2")
    let by = `An entry of the record`.by("ada")
    try await plenary("statement", "split", "e-2", "--at", "He asked", "--id", "e-21", "--json").appended(
      #"StatementSplit {"entry":"e-2","head":{\#(by),"form":"summary","text":{"en":"noted growth."}},"rest":"e-21","session":"panel"}"#,
      #"StatementRecorded {\#(by),"entry":"e-21","form":"summary","order":"\#(place).i","session":"panel","text":{"en":"He asked why."}}"#
    )
    #expect(try await order(plenary) == ["e-1", "e-2", "e-21", "e-3", "e-4"])
    #expect(
      try await plenary("statement", "split", "e-2", "--at", "He asked", "--id", "e-21").output.contains(
        "Nothing to do"))
    try await plenary("statement", "merge", "e-2", "e-3", "--json").appended(
      #"StatementsMerged {"entry":"e-2","merged":"e-3","session":"panel","whole":{\#(by),"form":"summary","text":{"en":"noted growth. ended."}}}"#
    )
    #expect(try await order(plenary) == ["e-1", "e-2", "e-21", "e-4"])
    try await plenary("statement", "show", "e-3").says("RETRACTED")
    let printed = try await plenary.done("proceedings", "print", "--format", "json", "--output", "-").output
    #expect(printed.contains("noted growth. ended.") && !printed.contains("e-3\""))
    // In every language, and never within a word that the text has twice.
    try await plenary.done(
      "statement", "correct", "e-1", "--text", "en=One. Two. Two.", "--text", "de=Eins. Zwei. Drei.")
    let twice = try await plenary("statement", "split", "e-1", "--at", "Two", "--at", "de=Zwei")
    #expect(twice.code == 1 && twice.error.contains("occur 2 times"), "\(twice)")
    let missing = try await plenary("statement", "split", "e-1", "--at", "One. Two")
    #expect(missing.code == 1, "\(missing)")
    let german = try await plenary("statement", "split", "e-1", "--at", "Two. Two")
    #expect(german.code == 1 && german.error.contains("has a text in de too"), "\(german)")
    try await plenary.done("statement", "split", "e-1", "--at", "Two. Two", "--at", "de=Zwei")
    #expect(try await order(plenary).count == 5)
    try await plenary.done("projections", "verify")
  }

  @Test func `is ascribed to somebody else`() async throws {
    let plenary = try await recorded()
    try await plenary("statement", "reattribute", "e-1", "--by", "bea", "--json").appended(
      #"StatementCorrected {\#(`An entry of the record`.by("bea")),"entry":"e-1","session":"panel"}"#)
    #expect(
      try await plenary("statement", "reattribute", "e-1", "--by", "bea").output.contains("Nothing to do"))
    try await plenary.done(
      "statement", "reattribute", "e-1", "--mode", "group", "--of", "partners", "--group-basis", "side",
      "--as-printed", "Partners", "--basis", "inferred")
    try await plenary.done(
      "statement", "reattribute", "e-1", "--mode", "quantified", "--of", "speakers", "--quantifier", "few",
      "--as-printed", "Few")
    try await plenary.done("statement", "reattribute", "e-1", "--voice", "red-tie", "--as-printed", "A voice")
    try await plenary("statement", "show", "e-1").says(/mode +unidentified/, /voice +red-tie/)
  }

  @Test func `is translated, and says which translations are out of date`() async throws {
    let plenary = try await recorded()
    try await plenary.done("statement", "correct", "e-1", "--spoken", "en")
    try await plenary("statement", "translate", "e-1", "--text", "de=begann.", "--json").appended(
      #"StatementTranslated {"entry":"e-1","session":"panel","text":{"de":"begann."}}"#)
    let original = try await plenary("statement", "translate", "e-1", "--text", "en=started.")
    #expect(original.code == 1 && original.error.contains("is the original"), "\(original)")
    #expect(try await !plenary("statement", "show", "e-1").output.contains("out of date"))
    try await plenary.done("statement", "correct", "e-1", "--text", "started.")
    try await plenary("statement", "show", "e-1").says(/out of date +de/)
    try await plenary.done("statement", "translate", "e-1", "--text", "de=fing an.")
    #expect(try await !plenary("statement", "show", "e-1").output.contains("out of date"))
    // Also after publication: adding a translation is no correction. One that was published stands while the original does.
    try await plenary.done("proceedings", "issue")
    try await plenary.done("conference", "revise", "--languages", "en", "de", "fr")
    try await plenary.done("statement", "translate", "1.1", "--text", "fr=commença.")
    let published = try await plenary("statement", "translate", "1.1", "--text", "de=begann.")
    #expect(published.code == 1 && published.error.contains("correction request"), "\(published)")
    #expect(try await !plenary("statement", "show", "1.1").output.contains("correction"))
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "substantive", "--text", "opened.", "--verified-against", "notes"
    )
    try await plenary.done("statement", "translate", "1.1", "--text", "de=begann.")
    try await plenary.done("projections", "verify")
  }

  @Test func `keeps the names of its day until they are renewed`() async throws {
    let plenary = try await recorded()
    try await plenary.done("speaker", "revise", "ada", "--name", "Adason, Adele")
    #expect(
      try await plenary("statement", "reattribute", "e-1", "--by", "ada").output.contains("Nothing to do"))
    try await plenary.done("statement", "reattribute", "e-1", "--by", "ada", "--renew-credit")
    try await plenary("statement", "show", "e-1").says("Adele Adason")
    try await plenary.done("statement", "correct", "e-2", "--by", "ada", "--renew-credit")
    try await plenary.done("speaker", "revise", "ada", "--name", "Adason, Ada")
    try await plenary.done("proceedings", "issue")
    try await plenary.done(
      "correction", "request", "1.1", "--kind", "substantive", "--by", "ada", "--renew-credit")
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "substantive", "--by", "ada", "--renew-credit",
      "--verified-against",
      "notes")
    try await plenary("statement", "show", "1.1").says("Ada Adason")
    let nobody = try await plenary(
      "statement", "reattribute", "e-3", "--mode", "unattributed", "--renew-credit")
    #expect(nobody.code == 2 && nobody.error.contains("needs --by"), "\(nobody)")
  }

  @Test func `has a printed reason in each language`() async throws {
    let plenary = try await recorded()
    try await plenary.done("proceedings", "issue")
    try await plenary.done(
      "correction", "make", "1.1", "--kind", "editorial", "--text", "begun.", "--verified-against", "notes",
      "--reason",
      "en=Typed wrongly; the notes have it;de=Tippfehler")
    try await plenary("proceedings", "corrigendum", "--format", "html", "--output", "-").says(
      "Typed wrongly; the notes have it", "Tippfehler")
    for (reason, words) in [
      ("en=Typed wrongly, de=Tippfehler", "“, de=” in it"),
      ("de: Tippfehler", "with a language code and a colon"),
      ("en=A;zz=B", "“zz” is not one of"),
    ] {
      let wrong = try await plenary(
        "correction", "make", "1.2", "--kind", "editorial", "--text", "begun.", "--verified-against", "notes",
        "--reason",
        reason)
      #expect(wrong.code == 2 && wrong.error.contains(words), "\(wrong)")
    }
    let spoken = try await plenary(
      "statement", "record", "panel", "--by", "ada", "--text", "left.", "--spoken", "cn")
    #expect(spoken.code != 0 && spoken.error.contains("“cn” is not a known language"), "\(spoken)")
    let early = try await plenary("proceedings", "issue", "--date", "2016-01-01")
    #expect(early.code == 1 && early.error.contains("so the next one cannot be of 2016-01-01"), "\(early)")
  }

  @Test func `loses a language that was given by mistake`() async throws {
    let plenary = try await recorded()
    try await plenary.done("statement", "translate", "e-1", "--text", "de=begann.")
    try await plenary("statement", "correct", "e-1", "--without", "de", "--json").appended(
      #"StatementCorrected {"entry":"e-1","session":"panel","without":["de"]}"#)
    try await plenary.done("statement", "translate", "e-1", "--text", "de=begann.")
    try await plenary.done("proceedings", "issue")
    let asked = try await plenary(
      "correction", "request", "e-1", "--kind", "editorial", "--without", "de", "--json")
    let correction = try #require(asked.events.first?.firstMatch(of: /"correction":"(k-[a-z2-9]{8})"/)?.1)
    try await plenary.done("correction", "refuse", String(correction), "--reason", "To be verified")
    try await plenary.done(
      "correction", "make", "e-1", "--kind", "editorial", "--without", "de", "--verified-against",
      "notes")
    #expect(try await !plenary("statement", "show", "e-1").output.contains("begann"))
    try await plenary.done("projections", "verify")
  }

  @Test func `loses drafts without a trace`() async throws {
    let plenary = try await recorded()
    try await plenary("statement", "retract", "e-3", "--json").appended(
      #"StatementRetracted {"entry":"e-3","session":"panel"}"#)
    #expect(try await plenary("statement", "retract", "e-3").output.contains("Nothing to do"))
    let printed = try await plenary.done("proceedings", "print", "--format", "html", "--output", "-").output
    #expect(!printed.contains("ended.") && !printed.contains("etracted"))
    #expect(try await plenary.done("log", "export").output.contains("ended."), "The log keeps it.")
    let again = try await plenary(
      "statement", "record", "panel", "--by", "ada", "--text", "ended.", "--id", "e-3")
    #expect(again.code == 1 && again.error.contains("choose another name"), "\(again)")
  }

  @Test func `keeps what was published until a correction is accepted`() async throws {
    let plenary = try await recorded()
    try await plenary.done("proceedings", "issue", "--date", "2016-06-04")
    for words in [
      ["statement", "correct", "1.1", "--text", "x"], ["statement", "retract", "e-1"],
      ["statement", "move", "e-1", "--after", "e-2"], ["statement", "split", "1.2", "--at", "He"],
      ["statement", "merge", "1.1", "1.2"], ["statement", "reattribute", "e-1", "--by", "bea"],
    ] {
      let run = try await plenary(words)
      let isPlaced = ["move", "split", "merge"].contains(words[1])
      let sentence = isPlaced ? "so it stays where it is, and whole" : "so its text stands"
      #expect(run.code == 1 && run.error.contains(sentence), "\(run)")
      #expect(run.error.contains("plenary correction request") == !isPlaced, "\(run)")
    }
    let asked = try await plenary(
      "correction", "request", "1.1", "--kind", "editorial", "--text", "opened.", "--requester",
      "The speaker",
      "--requester", "de=Die Rednerin", "--json")
    let correction = try #require(asked.events.first?.firstMatch(of: /"correction":"(k-[a-z2-9]{8})"/)?.1)
    asked.appended(
      #"CorrectionRequested {"correction":"\#(correction)","entry":"e-1","kind":"editorial","requester":{"de":"Die Rednerin","en":"The speaker"},"session":"panel","text":{"en":"opened."}}"#
    )
    try await plenary("statement", "show", "1.1").says("began.", /correction +k-.*requested.*text/)
    try await plenary("correction", "list", "--open").says(/k-.* e-1 +editorial +requested +text/)
    try await plenary("correction", "show", String(correction)).says(
      /asked for by +The speaker/, /new +text: opened\./)
    try await plenary(
      "correction", "accept", String(correction), "--verified-against", "recording", "--reason",
      "Heard again", "--json"
    ).appended(
      #"CorrectionAccepted {"correction":"\#(correction)","entry":"e-1","reason":{"en":"Heard again"},"session":"panel","verifiedAgainst":"recording"}"#
    )
    #expect(
      try await plenary(
        "correction", "accept", String(correction), "--verified-against", "recording", "--reason",
        "Heard again"
      ).output.contains("Nothing to do"))
    let other = try await plenary("correction", "accept", String(correction), "--verified-against", "notes")
    #expect(other.code == 1 && other.error.contains("was accepted already"), "\(other)")
    let refused = try await plenary("correction", "refuse", String(correction), "--reason", "No")
    #expect(refused.code == 1 && refused.error.contains("was accepted already"), "\(refused)")
    try await plenary("correction", "show", String(correction)).says(
      /old +text: began\./, /status +accepted/, /verified against +recording/, /reason +Heard again/)
    try await plenary("statement", "show", "1.1").says("opened.", /number +1\.1/)
    let open = try await plenary.done("correction", "list", "--open")
    #expect(open.error.contains("No correction is open."), "\(open)")
    let none = try await plenary.done("correction", "list", "--entry", "e-2")
    #expect(none.error.contains("No correction was asked for."), "\(none)")
    try await plenary.done("projections", "verify")
  }

  @Test func `keeps refusals, and retractions with their numbers`() async throws {
    let plenary = try await recorded()
    try await plenary.done("proceedings", "issue")
    let asked = try await plenary(
      "correction", "request", "e-1", "--kind", "substantive", "--retract", "--json")
    let correction = String(
      try #require(asked.events.first?.firstMatch(of: /"correction":"(k-[a-z2-9]{8})"/)?.1))
    try await plenary.done("correction", "refuse", correction, "--reason", "It was said")
    try await plenary("correction", "show", correction).says(
      /what +retract the entry/, /status +refused/, /reason +It was said/)
    try await plenary("correction", "list", "--json").says(/"status" ?: ?"refused"/)
    try await plenary(
      "correction", "make", "e-2", "--kind", "substantive", "--retract", "--verified-against", "notes",
      "--json"
    )
    .appended(
      try await made(
        plenary, #""entry":"e-2","kind":"substantive","retracts":true,"session":"panel""#),
      try await accepted(plenary, #""entry":"e-2","session":"panel","verifiedAgainst":"notes""#))
    try await plenary("statement", "list").says(/e-2 \(retracted\) +1\.2/)
    let printed = try await plenary.done("proceedings", "print", "--format", "html", "--output", "-").output
    #expect(printed.contains("This paragraph has been retracted") && printed.contains("1.3"))
    // What rests on it says so no longer.
    let based = try await plenary(
      "statement", "conclusion", "panel", "--text", "Then.", "--based-on", "e-2")
    #expect(based.code == 1 && based.error.contains("nothing can be based on it"), "\(based)")
    let again = try await plenary("correction", "request", "1.2", "--kind", "editorial", "--text", "x")
    #expect(again.code == 1 && again.error.contains("was retracted"), "\(again)")
  }

  /// The body of the last two events, whose correction is named by chance.
  private func made(_ plenary: Plenary, _ rest: String) async throws -> String {
    "CorrectionRequested {\"correction\":\"\(try await lastCorrection(plenary))\",\(rest)}"
  }
  private func accepted(_ plenary: Plenary, _ rest: String) async throws -> String {
    "CorrectionAccepted {\"correction\":\"\(try await lastCorrection(plenary))\",\(rest)}"
  }
  private func lastCorrection(_ plenary: Plenary) async throws -> String {
    let list = try await plenary.done("correction", "list", "--json").list
    return try #require(list.last?["correction"] as? String)
  }

  @Test func `is corrected in every field after publication`() async throws {
    let plenary = try await recorded()
    try await plenary.done(
      "statement", "position", "panel", "--by", "ada", "--topic", "Trade", "--text", "For it.", "--id",
      "e-5")
    try await plenary.done("proceedings", "issue")
    func editorial(_ words: [String]) async throws -> Plenary.Run {
      try await plenary(
        ["correction", "make"] + words + [
          "--kind", "editorial", "--verified-against", "document", "--reason", "So",
        ])
    }
    for (words, fields) in [
      (["e-1", "--by", "bea"], "attribution"), (["e-1", "--act", "asked"], "speech acts"),
      (["e-1", "--addressee", "All"], "addressees"), (["e-1", "--spoken", "de"], "spoken language"),
      (["e-5", "--text", "Against."], "text"), (["e-5", "--topic", "Peace"], "topic"),
      (["e-4", "--based-on", "e-2"], "entry that it is based on"),
    ] {
      let run = try await editorial(words)
      #expect(
        run.code == 1
          && run.error.contains("A correction of the \(fields) changes the meaning, so it is substantive."),
        "\(run)")
    }
    for words in [
      ["e-1", "--text", "opened."], ["e-1", "--form", "verbatim"], ["e-1", "--mention", "bea"],
      ["e-4", "--rationale", "It pays."], ["e-4", "--clear", "rationale"], ["e-1", "--clear", "mentions"],
    ] {
      let run = try await editorial(words)
      #expect(run.code == 0, "\(run)")
    }
    try await plenary.done(
      "correction", "make", "e-1", "--kind", "substantive", "--mode", "quantified", "--quantifier", "most",
      "--of",
      "speakers", "--as-printed", "Most", "--basis", "inferred", "--act", "asked", "--addressee", "All",
      "--spoken",
      "en", "--requester", "Ada", "--verified-against", "speaker")
    try await plenary.done(
      "correction", "make", "e-1", "--kind", "substantive", "--mode", "group", "--group-basis", "side",
      "--of",
      "partners", "--as-printed", "Partners", "--verified-against", "notes")
    try await plenary.done(
      "correction", "make", "e-1", "--kind", "substantive", "--voice", "red-tie", "--as-printed", "A voice",
      "--verified-against", "notes")
    try await plenary.done(
      "correction", "make", "e-2", "--kind", "substantive", "--mode", "withheld", "--identity", "bea",
      "--as-printed", "Somebody", "--verified-against", "speaker")
    try await plenary("statement", "show", "e-2", "--reveal").says(/withheld +bea/)
    try await plenary.done(
      "correction", "make", "e-5", "--kind", "substantive", "--by", "bea", "--topic", "War", "--based-on",
      "e-1",
      "--mention", "ada", "--verified-against", "notes")
    try await plenary.done(
      "correction", "make", "e-4", "--kind", "substantive", "--rationale", "It pays.", "--clear", "based-on",
      "--verified-against", "notes")
    try await plenary.done(
      "correction", "make", "e-3", "--kind", "editorial", "--form", "minute", "--verified-against", "notes")
    try await plenary.done(
      "correction", "request", "e-5", "--kind", "substantive", "--topic", "Peace", "--based-on", "e-1",
      "--by", "bea",
      "--mention", "ada", "--basis", "inferred")
    try await plenary.done(
      "correction", "request", "e-4", "--kind", "substantive", "--rationale", "x", "--text", "Then.")
    try await plenary.done("correction", "request", "e-3", "--kind", "editorial", "--clear", "form")
    try await plenary.done(
      "correction", "request", "e-1", "--kind", "substantive", "--form", "minute", "--act", "noted",
      "--addressee", "Bonn",
      "--spoken", "de", "--mode", "quantified", "--quantifier", "few", "--of", "speakers", "--as-printed",
      "Few")
    try await plenary.done(
      "correction", "request", "e-3", "--kind", "substantive", "--mode", "group", "--group-basis", "side",
      "--of",
      "partners", "--as-printed", "Partners")
    try await plenary.done(
      "correction", "request", "e-3", "--kind", "substantive", "--voice", "red-tie", "--as-printed", "A voice"
    )
    try await plenary.done(
      "correction", "request", "e-3", "--kind", "substantive", "--mode", "withheld", "--identity", "bea",
      "--as-printed", "Somebody")
    try await plenary("correction", "list", "--open").says("attribution, form, speech acts")
    try await plenary("proceedings", "issue", "--json").says("ProceedingsIssued")
    try await plenary.done("projections", "verify")
    try await plenary.done("log", "verify")
  }

  @Test func `asks again where the meaning of a basis was corrected`() async throws {
    let plenary = try await recorded()
    try await plenary.done("proceedings", "issue")
    try await plenary.done(
      "correction", "make", "e-1", "--kind", "substantive", "--text", "ended.", "--verified-against",
      "recording")
    try await plenary("statement", "reaffirm", "e-4", "--json").appended(
      #"EntryReaffirmed {"entry":"e-4","session":"panel"}"#)
    let run = try await plenary("statement", "reaffirm", "1.1")
    #expect(run.code == 1 && run.error.contains("is not based on another entry"), "\(run)")
  }
}
