import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `An entry of the record` {
  /// A conference with two sessions and two speakers.
  static func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    for (session, start) in [("panel", "09:00"), ("other", "11:00")] {
      try await plenary.done(
        "session", "schedule", session, "--title", session, "--room", "aula", "--start",
        "2016-06-01 \(start)",
        "--end", "12:00", "--waive", "room-taken", "--reason", "A test")
    }
    for person in ["ada", "bea"] {
      try await plenary.done(
        "speaker", "register", person, "--name", "\(person.capitalized)son, \(person.capitalized)")
    }
    return plenary
  }

  /// A named attribution as it is stored.
  static func by(_ persons: String..., basis: String = "stated") -> String {
    let credits = persons.map { person in
      let name = person.capitalized
      return
        #"{"affiliations":[],"name":{"forms":[{"family":"\#(name)son","given":"\#(name)","language":"en","printed":"\#(name) \#(name)son"}],"sortKey":"\#(name)son \#(name)"},"person":"\#(person)"}"#
    }
    let names = persons.map { "\($0.capitalized) \($0.capitalized)son" }.joined(separator: " and ")
    let mode = persons.count > 1 ? "joint" : "named"
    return
      #""attribution":{"asPrinted":{"en":"\#(names)"},"basis":"\#(basis)","credits":[\#(credits.joined(separator: ","))],"mode":"\#(mode)","persons":[\#(persons.map { "\"\($0)\"" }.joined(separator: ","))]}"#
  }

  private func conference() async throws -> Plenary { try await Self.conference() }
  private func by(_ person: String, basis: String = "stated") -> String { Self.by(person, basis: basis) }

  @Test func `is attributed in every mode`() async throws {
    let plenary = try await conference()
    try await plenary(
      "statement", "record", "panel", "--by", "ada", "--text", "said so.", "--text", "de=sagte es.", "--form",
      "verbatim", "--act", "noted", "--act", "called-for", "--addressee", "en=All;de=Alle", "--addressee",
      "Bonn",
      "--spoken", "de", "--mention", "bea", "--basis", "stated", "--id", "e-1", "--json"
    ).appended(
      #"StatementRecorded {"acts":["noted","called-for"],"addressees":[{"de":"Alle","en":"All"},{"en":"Bonn"}],\#(by("ada")),"entry":"e-1","form":"verbatim","mentions":["bea"],"session":"panel","spoken":"de","text":{"de":"sagte es.","en":"said so."}}"#
    )
    try await plenary(
      "statement", "record", "panel", "--by", "ada", "--by", "bea", "--text", "agreed.", "--id", "e-2",
      "--json"
    ).appended(
      #"StatementRecorded {\#(Self.by("ada", "bea")),"entry":"e-2","form":"summary","session":"panel","text":{"en":"agreed."}}"#
    )
    try await plenary(
      "statement", "record", "panel", "--mode", "group", "--of", "Chinese partners", "--group-basis", "side",
      "--as-printed", "The partners", "--text", "hoped.", "--basis", "carried-over", "--id", "e-3", "--json"
    ).appended(
      #"StatementRecorded {"attribution":{"asPrinted":{"en":"The partners"},"basis":"carried-over","groupBasis":"side","mode":"group","of":{"en":"Chinese partners"},"persons":[]},"entry":"e-3","form":"summary","session":"panel","text":{"en":"hoped."}}"#
    )
    try await plenary(
      "statement", "record", "panel", "--mode", "quantified", "--quantifier", "some", "--of", "speakers",
      "--as-printed", "Some speakers", "--text", "doubted.", "--id", "e-4", "--json"
    ).appended(
      #"StatementRecorded {"attribution":{"asPrinted":{"en":"Some speakers"},"basis":"stated","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"some"},"entry":"e-4","form":"summary","session":"panel","text":{"en":"doubted."}}"#
    )
    try await plenary(
      "statement", "record", "panel", "--voice", "red-tie", "--as-printed", "A voice from the floor",
      "--text",
      "asked why.", "--id", "e-5", "--json"
    ).appended(
      #"StatementRecorded {"attribution":{"asPrinted":{"en":"A voice from the floor"},"basis":"stated","mode":"unidentified","persons":[],"voice":"red-tie"},"entry":"e-5","form":"summary","session":"panel","text":{"en":"asked why."}}"#
    )
    try await plenary(
      "statement", "position", "panel", "--topic", "Trade", "--text", "For it.", "--by", "ada",
      "--based-on", "e-1", "--mention", "bea", "--id", "e-11", "--json"
    ).appended(
      #"PositionRecorded {\#(by("ada")),"basedOn":"e-1","entry":"e-11","mentions":["bea"],"session":"panel","text":{"en":"For it."},"topic":{"en":"Trade"}}"#
    )
    try await plenary(
      "statement", "position", "panel", "--topic", "Trade", "--text", "Against it.", "--mode", "quantified",
      "--of", "speakers", "--quantifier", "most", "--as-printed", "Most speakers", "--basis", "inferred",
      "--id", "e-12", "--json"
    ).appended(
      #"PositionRecorded {"attribution":{"asPrinted":{"en":"Most speakers"},"basis":"inferred","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"most"},"entry":"e-12","session":"panel","text":{"en":"Against it."},"topic":{"en":"Trade"}}"#
    )
    try await plenary(
      "statement", "position", "panel", "--topic", "Trade", "--text", "Neither.", "--mode", "group", "--of",
      "partners", "--group-basis", "delegation", "--as-printed", "The partners", "--id", "e-13", "--json"
    ).appended(
      #"PositionRecorded {"attribution":{"asPrinted":{"en":"The partners"},"basis":"stated","groupBasis":"delegation","mode":"group","of":{"en":"partners"},"persons":[]},"entry":"e-13","session":"panel","text":{"en":"Neither."},"topic":{"en":"Trade"}}"#
    )
    try await plenary.done(
      "statement", "position", "panel", "--topic", "Trade", "--text", "Maybe.", "--voice", "red-tie",
      "--as-printed", "A voice")
    try await plenary(
      "statement", "conclusion", "panel", "--text", "More trade.", "--rationale", "It pays.", "--by", "ada",
      "--basis", "authorised", "--based-on", "e-2", "--mention", "ada", "--id", "e-21", "--json"
    ).appended(
      #"ConclusionRecorded {\#(by("ada", basis: "authorised")),"basedOn":"e-2","entry":"e-21","mentions":["ada"],"rationale":{"en":"It pays."},"session":"panel","text":{"en":"More trade."}}"#
    )
    try await plenary(
      "statement", "conclusion", "panel", "--text", "Less trade.", "--mode", "quantified", "--of", "speakers",
      "--quantifier", "few", "--as-printed", "Few", "--id", "e-22", "--json"
    ).appended(
      #"ConclusionRecorded {"attribution":{"asPrinted":{"en":"Few"},"basis":"stated","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"few"},"entry":"e-22","session":"panel","text":{"en":"Less trade."}}"#
    )
    try await plenary(
      "statement", "conclusion", "panel", "--text", "Same trade.", "--mode", "group", "--of", "experts",
      "--group-basis", "panel", "--as-printed", "The experts", "--id", "e-23", "--json"
    ).appended(
      #"ConclusionRecorded {"attribution":{"asPrinted":{"en":"The experts"},"basis":"stated","groupBasis":"panel","mode":"group","of":{"en":"experts"},"persons":[]},"entry":"e-23","session":"panel","text":{"en":"Same trade."}}"#
    )
    try await plenary.done(
      "statement", "conclusion", "panel", "--text", "No trade.", "--voice", "red-tie", "--as-printed",
      "A voice")
    try await plenary(
      "statement", "recommendation", "panel", "--text", "Trade.", "--addressee", "All", "--by", "bea",
      "--based-on", "e-21", "--basis", "inferred", "--mention", "ada", "--id", "e-31", "--json"
    ).appended(
      #"RecommendationRecorded {"addressees":[{"en":"All"}],\#(by("bea", basis: "inferred")),"basedOn":"e-21","entry":"e-31","mentions":["ada"],"session":"panel","text":{"en":"Trade."}}"#
    )
    try await plenary(
      "statement", "recommendation", "panel", "--text", "Talk.", "--mode", "group", "--of", "experts",
      "--group-basis", "institution", "--as-printed", "The experts", "--id", "e-32", "--json"
    ).appended(
      #"RecommendationRecorded {"attribution":{"asPrinted":{"en":"The experts"},"basis":"stated","groupBasis":"institution","mode":"group","of":{"en":"experts"},"persons":[]},"entry":"e-32","session":"panel","text":{"en":"Talk."}}"#
    )
    try await plenary(
      "statement", "recommendation", "panel", "--text", "Wait.", "--mode", "quantified", "--of", "speakers",
      "--quantifier", "one", "--as-printed", "One", "--id", "e-33", "--json"
    ).appended(
      #"RecommendationRecorded {"attribution":{"asPrinted":{"en":"One"},"basis":"stated","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"one"},"entry":"e-33","session":"panel","text":{"en":"Wait."}}"#
    )
    try await plenary.done(
      "statement", "recommendation", "panel", "--text", "Run.", "--voice", "red-tie", "--as-printed",
      "A voice")
    try await plenary("statement", "show", "e-1").says(
      /form +verbatim/, /acts +noted, called-for/, /addressed to +Bonn/, /mentions +bea/, "sagte es.",
      /number +draft/, /credit +Ada Adason/)
    try await plenary("statement", "show", "e-5").says(/voice +red-tie/)
    try await plenary("proceedings", "show", "--session", "panel").says(
      "Trade: Most speakers: Against it.", "More trade.", "Ada Adason and Bea Beason",
      /1\* +Ada Adason: said so/)
    try await plenary.done("projections", "verify")
  }

  @Test func `is named by itself, once`() async throws {
    let plenary = try await conference()
    let words = ["statement", "record", "panel", "--by", "ada", "--text", "said so."]
    let first = try await plenary(words + ["--json"])
    let name = try #require(first.events.first?.firstMatch(of: /"entry":"(e-[a-z2-9]{8})"/)?.1)
    // Under a name of its own, a command can be given again.
    try await plenary(words + ["--id", "mine"]).says("mine")
    #expect(try await plenary(words + ["--id", "mine"]).output.contains("Nothing to do"))
    try await plenary("statement", "show", String(name)).says("said so.")
    let list = try await plenary.done("statement", "list", "--json").list.compactMap {
      $0["entry"] as? String
    }
    #expect(list == [String(name), "mine"])
  }

  @Test func `is corrected in its text and its attribution, without a trace`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "statement", "record", "panel", "--by", "ada", "--text", "said so.", "--text", "de=sagte es.",
      "--addressee", "Bonn", "--mention", "bea", "--act", "noted", "--id", "e-1")
    try await plenary(
      "statement", "correct", "e-1", "--text", "de=meinte es.", "--addressee", "Paris", "--mention", "ada",
      "--json"
    ).appended(
      #"StatementCorrected {"addressees":[{"en":"Paris"}],"entry":"e-1","mentions":["ada"],"session":"panel","text":{"de":"meinte es."}}"#
    )
    try await plenary(
      "statement", "correct", "e-1", "--form", "verbatim", "--act", "asked", "--spoken", "de", "--json"
    ).appended(
      #"StatementCorrected {"acts":["asked"],"entry":"e-1","form":"verbatim","session":"panel","spoken":"de"}"#
    )
    try await plenary(
      "statement", "correct", "e-1", "--mode", "quantified", "--of", "speakers", "--quantifier", "most",
      "--as-printed", "Most", "--basis", "inferred", "--reason", "the recording", "--json"
    ).appended(
      #"StatementCorrected {"attribution":{"asPrinted":{"en":"Most"},"basis":"inferred","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"most"},"entry":"e-1","session":"panel"}"#
    )
    try await plenary(
      "statement", "correct", "e-1", "--mode", "group", "--of", "partners", "--group-basis", "side",
      "--as-printed", "Partners", "--json"
    ).appended(
      #"StatementCorrected {"attribution":{"asPrinted":{"en":"Partners"},"basis":"stated","groupBasis":"side","mode":"group","of":{"en":"partners"},"persons":[]},"entry":"e-1","session":"panel"}"#
    )
    try await plenary(
      "statement", "correct", "e-1", "--voice", "red-tie", "--as-printed", "A voice", "--json"
    )
    .appended(
      #"StatementCorrected {"attribution":{"asPrinted":{"en":"A voice"},"basis":"stated","mode":"unidentified","persons":[],"voice":"red-tie"},"entry":"e-1","session":"panel"}"#
    )
    try await plenary("statement", "correct", "e-1", "--by", "bea", "--json").appended(
      #"StatementCorrected {\#(by("bea")),"entry":"e-1","session":"panel"}"#)
    try await plenary("statement", "correct", "e-1", "--clear", "acts", "--clear", "spoken", "--json")
      .appended(
        #"StatementCorrected {"cleared":["acts","spoken"],"entry":"e-1","session":"panel"}"#)

    let shown = try await plenary.done("statement", "show", "e-1").output
    #expect(shown.contains("said so.") && shown.contains("meinte es.") && !shown.contains("correction"))
    try await plenary("statement", "show", "e-1").says(
      /attributed to +Bea Beason/, /addressed to +Paris/, /mentions +ada/, /form +verbatim/)
    try await plenary.done("statement", "record", "other", "--by", "ada", "--text", "began.")
    let ofOther = try await plenary.done("statement", "list", "--session", "other").output
    #expect(ofOther.contains("began.") && !ofOther.contains("said so."))
    let printed = try await plenary.done("proceedings", "show", "--session", "other").output
    #expect(printed.contains("began.") && !printed.contains("said so."))
    for run in [
      try await plenary("statement", "list", "--session", "other", "--json"),
      try await plenary("proceedings", "show", "--session", "other", "--json"),
    ] {
      #expect(run.list.map { $0["session"] as? String } == ["other"], "\(run)")
    }
    let json = try await plenary.done("proceedings", "print", "--format", "json", "--output", "-").output
    #expect(json.contains("meinte es.") && !json.contains("sagte es.") && !json.contains("Corrected"))
    try await plenary.done("projections", "verify")
  }

  @Test func `of any kind is corrected in each of its fields`() async throws {
    let plenary = try await conference()
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "said so.", "--id", "e-1")
    try await plenary.done(
      "statement", "position", "panel", "--by", "ada", "--topic", "Trade", "--text", "For it.", "--id",
      "e-2")
    try await plenary.done("statement", "conclusion", "panel", "--text", "So be it.", "--id", "e-3")
    try await plenary(
      "statement", "correct", "e-2", "--topic", "de=Handel", "--text", "Against it.", "--based-on", "e-1",
      "--json"
    ).appended(
      #"StatementCorrected {"basedOn":"e-1","entry":"e-2","session":"panel","text":{"en":"Against it."},"topic":{"de":"Handel","en":"Trade"}}"#
    )
    try await plenary("statement", "correct", "e-3", "--rationale", "It pays.", "--json").appended(
      #"StatementCorrected {"entry":"e-3","rationale":{"en":"It pays."},"session":"panel"}"#)
    try await plenary("statement", "correct", "e-3", "--clear", "rationale", "--json").appended(
      #"StatementCorrected {"cleared":["rationale"],"entry":"e-3","session":"panel"}"#)
    for (words, sentence) in [
      (["e-3", "--form", "verbatim"], "A conclusion has no form."),
      (["e-1", "--topic", "Trade"], "A statement has no topic."),
      (["e-2", "--clear", "topic"], "A position needs a topic."),
      (["e-2", "--addressee", "All"], "A position has no addressees."),
    ] {
      let run = try await plenary(["statement", "correct"] + words)
      #expect(run.code == 1 && run.error.contains(sentence), "\(run)")
    }
  }

  @Test func `keeps the person behind it encrypted, for every kind of entry`() async throws {
    let plenary = try await conference()
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "said so.", "--id", "e-1")
    let named = try await plenary.head()
    try await plenary.done(
      "statement", "record", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed", "Somebody",
      "--text", "t", "--id", "e-2")
    try await plenary.done(
      "statement", "insert", "--after", "e-2", "--mode", "withheld", "--identity", "bea", "--as-printed",
      "Somebody",
      "--text", "t", "--id", "e-3")
    try await plenary.done(
      "statement", "position", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed", "Somebody",
      "--topic", "T", "--text", "S", "--id", "e-4")
    try await plenary.done(
      "statement", "conclusion", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed",
      "Somebody", "--text", "t", "--id", "e-5")
    try await plenary.done(
      "statement", "recommendation", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed",
      "Somebody", "--text", "t", "--id", "e-6")
    try await plenary.done(
      "statement", "correct", "e-1", "--mode", "withheld", "--identity", "bea", "--as-printed", "Somebody")
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "said so.", "--id", "e-7")
    try await plenary.done(
      "statement", "reattribute", "e-7", "--mode", "withheld", "--identity", "bea", "--as-printed", "Somebody"
    )
    // The identity is known wherever the entry is moved, split or corrected.
    try await plenary.done("statement", "move", "e-2", "--session", "other")
    for entry in ["e-1", "e-2", "e-3", "e-4", "e-5", "e-6", "e-7"] {
      let shown = try await plenary.done("statement", "show", entry).output
      #expect(shown.contains("Somebody") && !shown.contains("bea"), "\(shown)")
      try await plenary("statement", "show", entry, "--reveal").says(/withheld +bea/)
    }
    // At an earlier position, nobody was withheld yet.
    let earlier = try await plenary.done("statement", "show", "e-1", "--reveal", "--at", "\(named)", "--json")
    #expect(earlier.object["withheld"] as? String == nil, "\(earlier)")
    #expect(
      try await !plenary.done("log", "export").lines.contains {
        $0.contains("\"mode\\\":\\\"withheld") && $0.contains("\"bea\"")
      })
    let disclosed = try await plenary("statement", "reattribute", "e-7", "--by", "bea")
    #expect(disclosed.code == 1 && disclosed.error.contains("is withheld"), "\(disclosed)")
    try await plenary.done("projections", "verify")
  }
}
