import Foundation
import Testing

@Suite(.timeLimit(.minutes(10))) struct `An entry of the record` {
  private func conference() async throws -> Plenary {
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

  @Test func `is attributed in every mode`() async throws {
    let plenary = try await conference()
    try await plenary(
      "statement", "record", "panel", "--by", "ada", "--text", "said so.", "--text", "de=sagte es.", "--form",
      "verbatim", "--act", "noted", "--addressee", "en=All;de=Alle", "--addressee", "Bonn", "--spoken", "de",
      "--mention", "bea", "--basis", "stated", "--number", "1", "--json"
    ).appended(
      #"StatementRecorded {"act":"noted","addressees":[{"de":"Alle","en":"All"},{"en":"Bonn"}],"attribution":{"asPrinted":{"en":"Ada Adason"},"basis":"stated","mode":"named","persons":["ada"]},"form":"verbatim","mentions":["bea"],"number":1,"session":"panel","spoken":"de","statement":"panel-s1","text":{"de":"sagte es.","en":"said so."}}"#
    )
    try await plenary(
      "statement", "record", "panel", "--by", "ada", "--by", "bea", "--text", "agreed.", "--json"
    ).appended(
      #"StatementRecorded {"addressees":[],"attribution":{"asPrinted":{"en":"Ada Adason and Bea Beason"},"basis":"stated","mode":"joint","persons":["ada","bea"]},"form":"summary","mentions":[],"number":2,"session":"panel","statement":"panel-s2","text":{"en":"agreed."}}"#
    )
    try await plenary(
      "statement", "record", "panel", "--mode", "group", "--of", "Chinese partners", "--group-basis", "side",
      "--as-printed", "The partners", "--text", "hoped.", "--basis", "carried-over", "--json"
    ).appended(
      #"StatementRecorded {"addressees":[],"attribution":{"asPrinted":{"en":"The partners"},"basis":"carried-over","groupBasis":"side","mode":"group","of":{"en":"Chinese partners"},"persons":[]},"form":"summary","mentions":[],"number":3,"session":"panel","statement":"panel-s3","text":{"en":"hoped."}}"#
    )
    try await plenary(
      "statement", "record", "panel", "--mode", "quantified", "--quantifier", "some", "--of", "speakers",
      "--as-printed", "Some speakers", "--text", "doubted.", "--json"
    ).appended(
      #"StatementRecorded {"addressees":[],"attribution":{"asPrinted":{"en":"Some speakers"},"basis":"stated","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"some"},"form":"summary","mentions":[],"number":4,"session":"panel","statement":"panel-s4","text":{"en":"doubted."}}"#
    )
    try await plenary(
      "statement", "position", "panel", "--topic", "Trade", "--stance", "For it.", "--by", "ada",
      "--based-on", "panel-s1", "--number", "1", "--json"
    ).appended(
      #"PositionRecorded {"basedOn":"panel-s1","holder":{"asPrinted":{"en":"Ada Adason"},"basis":"stated","mode":"named","persons":["ada"]},"number":1,"position":"panel-p1","session":"panel","stance":{"en":"For it."},"topic":{"en":"Trade"}}"#
    )
    try await plenary(
      "statement", "position", "panel", "--topic", "Trade", "--stance", "Against it.", "--mode", "quantified",
      "--of", "speakers", "--quantifier", "most", "--as-printed", "Most speakers", "--basis", "inferred",
      "--json"
    ).appended(
      #"PositionRecorded {"holder":{"asPrinted":{"en":"Most speakers"},"basis":"inferred","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"most"},"number":2,"position":"panel-p2","session":"panel","stance":{"en":"Against it."},"topic":{"en":"Trade"}}"#
    )
    try await plenary(
      "statement", "position", "panel", "--topic", "Trade", "--stance", "Neither.", "--mode", "group", "--of",
      "partners", "--group-basis", "delegation", "--as-printed", "The partners", "--json"
    ).appended(
      #"PositionRecorded {"holder":{"asPrinted":{"en":"The partners"},"basis":"stated","groupBasis":"delegation","mode":"group","of":{"en":"partners"},"persons":[]},"number":3,"position":"panel-p3","session":"panel","stance":{"en":"Neither."},"topic":{"en":"Trade"}}"#
    )
    try await plenary(
      "statement", "conclusion", "panel", "--text", "More trade.", "--rationale", "It pays.", "--by", "ada",
      "--number", "1", "--basis", "authorised", "--based-on", "panel-s2", "--json"
    ).appended(
      #"ConclusionRecorded {"attribution":{"asPrinted":{"en":"Ada Adason"},"basis":"authorised","mode":"named","persons":["ada"]},"basedOn":"panel-s2","conclusion":"panel-c1","number":1,"rationale":{"en":"It pays."},"session":"panel","text":{"en":"More trade."}}"#
    )
    try await plenary(
      "statement", "conclusion", "panel", "--text", "Less trade.", "--mode", "quantified", "--of", "speakers",
      "--quantifier", "few", "--as-printed", "Few", "--json"
    ).appended(
      #"ConclusionRecorded {"attribution":{"asPrinted":{"en":"Few"},"basis":"stated","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"few"},"conclusion":"panel-c2","number":2,"session":"panel","text":{"en":"Less trade."}}"#
    )
    try await plenary(
      "statement", "conclusion", "panel", "--text", "Same trade.", "--mode", "group", "--of", "experts",
      "--group-basis", "panel", "--as-printed", "The experts", "--json"
    ).appended(
      #"ConclusionRecorded {"attribution":{"asPrinted":{"en":"The experts"},"basis":"stated","groupBasis":"panel","mode":"group","of":{"en":"experts"},"persons":[]},"conclusion":"panel-c3","number":3,"session":"panel","text":{"en":"Same trade."}}"#
    )
    try await plenary(
      "statement", "recommendation", "panel", "--text", "Trade.", "--addressee", "All", "--by", "bea",
      "--based-on", "panel-c1", "--number", "1", "--basis", "inferred", "--json"
    ).appended(
      #"RecommendationRecorded {"addressees":[{"en":"All"}],"attribution":{"asPrinted":{"en":"Bea Beason"},"basis":"inferred","mode":"named","persons":["bea"]},"basedOn":"panel-c1","number":1,"recommendation":"panel-r1","session":"panel","text":{"en":"Trade."}}"#
    )
    try await plenary(
      "statement", "recommendation", "panel", "--text", "Talk.", "--mode", "group", "--of", "experts",
      "--group-basis", "institution", "--as-printed", "The experts", "--json"
    ).appended(
      #"RecommendationRecorded {"addressees":[],"attribution":{"asPrinted":{"en":"The experts"},"basis":"stated","groupBasis":"institution","mode":"group","of":{"en":"experts"},"persons":[]},"number":2,"recommendation":"panel-r2","session":"panel","text":{"en":"Talk."}}"#
    )
    try await plenary(
      "statement", "recommendation", "panel", "--text", "Wait.", "--mode", "quantified", "--of", "speakers",
      "--quantifier", "one", "--as-printed", "One", "--json"
    ).appended(
      #"RecommendationRecorded {"addressees":[],"attribution":{"asPrinted":{"en":"One"},"basis":"stated","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"one"},"number":3,"recommendation":"panel-r3","session":"panel","text":{"en":"Wait."}}"#
    )
    try await plenary("statement", "show", "panel-s1").says(
      /form +verbatim/, /act +noted/, /addressed to +Bonn/, /mentions +bea/, "sagte es.")
    try await plenary("proceedings", "show", "--session", "panel").says(
      "Against it.", "More trade.", "Ada Adason and Bea Beason")
    try await plenary.done("projections", "verify")
  }

  @Test func `is corrected in its text and its attribution`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "statement", "record", "panel", "--by", "ada", "--text", "said so.", "--text", "de=sagte es.",
      "--addressee",
      "Bonn", "--mention", "bea")
    try await plenary(
      "statement", "correct", "panel-s1", "--text", "de=meinte es.", "--addressee", "Paris", "--mention",
      "ada", "--kind", "editorial", "--json"
    ).appended(
      #"StatementCorrected {"addressees":[{"en":"Paris"}],"kind":"editorial","mentions":["ada"],"session":"panel","statement":"panel-s1","text":{"de":"meinte es."}}"#
    )
    try await plenary(
      "statement", "correct", "panel-s1", "--mode", "quantified", "--of", "speakers", "--quantifier", "most",
      "--as-printed", "Most", "--basis", "inferred", "--kind", "substantive", "--reason", "the recording",
      "--json"
    ).appended(
      #"StatementCorrected {"attribution":{"asPrinted":{"en":"Most"},"basis":"inferred","mode":"quantified","of":{"en":"speakers"},"persons":[],"quantifier":"most"},"kind":"substantive","session":"panel","statement":"panel-s1"}"#
    )
    try await plenary(
      "statement", "correct", "panel-s1", "--mode", "group", "--of", "partners", "--group-basis", "side",
      "--as-printed", "Partners", "--json"
    ).appended(
      #"StatementCorrected {"attribution":{"asPrinted":{"en":"Partners"},"basis":"stated","groupBasis":"side","mode":"group","of":{"en":"partners"},"persons":[]},"kind":"editorial","session":"panel","statement":"panel-s1"}"#
    )
    try await plenary("statement", "correct", "panel-s1", "--by", "bea", "--json").appended(
      #"StatementCorrected {"attribution":{"asPrinted":{"en":"Bea Beason"},"basis":"stated","mode":"named","persons":["bea"]},"kind":"editorial","session":"panel","statement":"panel-s1"}"#
    )

    try await plenary("statement", "show", "panel-s1").says(
      "said so.", "meinte es.", /attributed to +Bea Beason/, /addressed to +Paris/, /mentions +ada/,
      /corrections +4/)
    try await plenary.done("statement", "record", "other", "--by", "ada", "--text", "began.")
    let ofOther = try await plenary.done("statement", "list", "--session", "other").output
    #expect(ofOther.contains("began.") && !ofOther.contains("said so."))
    let shown = try await plenary.done("proceedings", "show", "--session", "other").output
    #expect(shown.contains("began.") && !shown.contains("said so."))
    try await plenary.done("projections", "verify")
  }

  @Test func `keeps the person behind it encrypted, for every kind of entry`() async throws {
    let plenary = try await conference()
    try await plenary.done("statement", "record", "panel", "--by", "ada", "--text", "said so.")
    try await plenary.done(
      "statement", "record", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed", "Somebody",
      "--text", "t")
    try await plenary.done(
      "statement", "position", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed", "Somebody",
      "--topic", "T", "--stance", "S")
    try await plenary.done(
      "statement", "conclusion", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed",
      "Somebody",
      "--text", "t")
    try await plenary.done(
      "statement", "recommendation", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed",
      "Somebody",
      "--text", "t")
    try await plenary.done(
      "statement", "correct", "panel-s1", "--mode", "withheld", "--identity", "bea", "--as-printed",
      "Somebody")
    for entry in ["panel-s1", "panel-s2", "panel-p1", "panel-c1", "panel-r1"] {
      let shown = try await plenary.done("statement", "show", entry).output
      #expect(shown.contains("Somebody") && !shown.contains("bea"), "\(shown)")
      try await plenary("statement", "show", entry, "--reveal").says(/withheld +bea/)
    }
    #expect(
      try await !plenary.done("log", "export").lines.contains {
        $0.contains("\"mode\\\":\\\"withheld") && $0.contains("\"bea\"")
      })
    try await plenary("proceedings", "issue", "--number", "1", "--note", "First.", "--provisional", "--json")
      .appended(
        #"ProceedingsIssued {"issue":1,"note":{"en":"First."},"provisional":true}"#)
  }
}
