import Foundation
import Testing

/// What is found in lists, by words and by what it is.
@Suite(.timeLimit(.minutes(40))) struct `A list` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    for words in [
      ["room", "add", "annex", "--name", "Annex"], ["track", "add", "economy", "--name", "Economy"],
      ["speaker", "register", "pawel", "--name", "Nowak, Paweł", "--organisation", "University of Łódź"],
      ["speaker", "register", "ada", "--name", "Lovelace, Ada"],
      [
        "session", "schedule", "grids", "--title", "Grids of tomorrow", "--room", "aula", "--start",
        "2016-06-01 09:00", "--end", "10:00", "--speaker", "pawel", "--track", "economy",
      ],
      [
        "session", "schedule", "storage", "--title", "Storage", "--room", "annex", "--start",
        "2016-06-02 09:00",
        "--end", "10:00", "--speaker", "ada",
      ],
      ["session", "schedule", "later", "--title", "Some day", "--unscheduled"],
      ["session", "cancel", "storage"],
      [
        "attendee", "register", "a-1", "--name", "Müller-Lüdenscheidt, Jörg", "--organisation",
        "Deutsche Bahn",
        "--email", "jml@example.org",
      ],
      ["attendee", "register", "a-2", "--name", "Ross, Betsy", "--category", "press"],
      ["attendee", "sign-up", "a-1", "grids"], ["attendee", "check-in", "a-2"],
    ] { try await plenary.done(words) }
    return plenary
  }

  private func names(_ run: Plenary.Run, _ key: String) -> [String] {
    run.list.compactMap { $0[key] as? String }
  }

  @Test func `of sessions finds words, days, rooms, tracks, people and what is cancelled`() async throws {
    let plenary = try await conference()
    func found(_ words: String...) async throws -> [String] {
      let run = try await plenary.done(words + ["--json"])
      let table = try await plenary.done(words)
      let sessions = names(run, "session")
      for session in sessions { #expect(table.output.contains(session), "\(table)") }
      return sessions
    }
    #expect(try await found("session", "list", "TOMORROW grids") == ["grids"])
    #expect(try await found("session", "list", "pawel") == ["grids"])
    #expect(try await found("session", "list", "nothing") == [])
    #expect(try await plenary("session", "list", "nothing").error.contains("No session matches."))
    #expect(try await found("session", "list", "--day", "2016-06-02") == ["storage"])
    #expect(try await found("session", "list", "--room", "aula") == ["grids"])
    #expect(try await found("session", "list", "--track", "economy") == ["grids"])
    #expect(try await found("session", "list", "--room", "Aula") == ["grids"])
    #expect(try await found("session", "list", "--track", "ECONOMY") == ["grids"])
    #expect(try await found("session", "list", "--person", "ada") == ["storage"])
    #expect(try await found("session", "list", "--status", "cancelled") == ["storage"])
    #expect(try await found("session", "list", "--status", "not-scheduled") == ["later"])
    #expect(try await found("session", "list", "--status", "scheduled") == ["grids"])
    #expect(try await plenary("session", "list", "--room", "cellar").code == 1)
    #expect(try await plenary("session", "list", "--day", "tomorrow").code == 2)
  }

  @Test func `shows what has changed after a position`() async throws {
    let plenary = try await conference()
    try await plenary.done("statement", "record", "grids", "--id", "e-1", "--by", "pawel", "--text", "began.")
    let position = "\(try await plenary.head())"
    func found(_ words: String..., key: String) async throws -> [String] {
      let run = try await plenary.done(words + ["--json"])
      #expect(run.object["logPosition"] is Int, "\(run)")
      return names(run, key)
    }
    for (noun, key) in [
      ("session", "session"), ("speaker", "person"), ("attendee", "attendee"), ("statement", "entry"),
    ] {
      #expect(try await found(noun, "list", "--since", position, key: key) == [])
      #expect(try await plenary(noun, "list", "--since", position).code == 0)
    }
    try await plenary.done("session", "revise", "grids", "--title", "Grids of today")
    try await plenary.done("speaker", "affiliate", "ada", "--organisation", "Engine Works")
    try await plenary.done("attendee", "revise", "a-2", "--category", "guest")
    try await plenary.done("statement", "record", "grids", "--id", "e-2", "--by", "pawel", "--text", "ended.")
    #expect(try await found("session", "list", "--since", position, key: "session") == ["grids"])
    #expect(try await found("speaker", "list", "--since", position, key: "person") == ["ada"])
    #expect(try await found("attendee", "list", "--since", position, key: "attendee") == ["a-2"])
    #expect(try await found("statement", "list", "--since", position, key: "entry") == ["e-2"])
    // What was shown then, and together with words.
    #expect(try await found("session", "list", "--since", position, "--at", position, key: "session") == [])
    #expect(try await found("session", "list", "storage", "--since", position, key: "session") == [])
    #expect(try await found("session", "list", "--since", "0", key: "session").count == 3)
    #expect(try await found("session", "list", "--since", "9999", key: "session") == [])
    try await plenary("session", "list", "--since", position).says("grids")
    #expect(
      try await plenary("session", "list", "--since", position, "storage").error.contains(
        "No session matches."))
    for wrong in ["-1", "yesterday", ""] {
      #expect(try await plenary("attendee", "list", "--since", wrong).code == 2)
    }
  }

  @Test func `of speakers and attendees finds words without accents, in any order`() async throws {
    let plenary = try await conference()
    try await plenary("speaker", "list", "lodz", "nowak", "--json").says("pawel")
    #expect(try await names(plenary.done("speaker", "list", "lovelace", "--json"), "person") == ["ada"])
    #expect(
      try await names(plenary.done("speaker", "list", "--organisation", "lodz", "--json"), "person") == [
        "pawel"
      ])
    #expect(
      try await names(plenary.done("speaker", "list", "--session", "tomorrow", "--json"), "person") == [
        "pawel"
      ])
    #expect(
      try await names(plenary.done("speaker", "list", "--day", "2016-06-02", "--json"), "person") == ["ada"])
    #expect(
      try await names(
        plenary.done("speaker", "list", "--room", "aula", "--track", "economy", "--json"), "person") == [
          "pawel"
        ])
    #expect(
      try await names(
        plenary.done("speaker", "list", "--room", "aula", "--day", "2016-06-02", "--json"), "person") == [])
    #expect(try await plenary("speaker", "list", "--session", "none").code == 1)
    #expect(
      try await plenary("speaker", "list", "--organisation", "none").error.contains("No speaker matches."))
    func found(_ words: String...) async throws -> [String] {
      names(try await plenary.done(words + ["--json"]), "attendee")
    }
    #expect(try await found("attendee", "list", "muller lud") == ["a-1"])
    #expect(try await found("attendee", "list", "jml@") == ["a-1"])
    #expect(try await found("attendee", "list", "--organisation", "bahn") == ["a-1"])
    #expect(try await found("attendee", "list", "--status", "checked-in") == ["a-2"])
    #expect(try await found("attendee", "list", "--session", "grids") == ["a-1"])
    #expect(try await found("attendee", "list", "--without-check-in") == ["a-1"])
    #expect(try await found("attendee", "list", "ross", "--category", "press") == ["a-2"])
    #expect(
      try await plenary("attendee", "list", "ross", "--status", "erased").error.contains(
        "No attendee matches."))
  }

  @Test func `of statements finds words`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "statement", "record", "grids", "--by", "pawel", "--text", "asked for cables.", "--id", "e-1")
    try await plenary.done(
      "statement", "record", "grids", "--by", "pawel", "--text", "thanked all.", "--id", "e-2")
    let found = try await plenary.done("statement", "list", "CABLES", "--json")
    #expect(names(found, "entry") == ["e-1"])
    try await plenary.done("statement", "retract", "e-2", "--reason", "Recorded twice")
    try await plenary.done(
      "statement", "record", "storage", "--by", "ada", "--text", "waited.", "--id", "e-3")
    for (words, wanted) in [
      (["--day", "2016-06-02"], ["e-3"]), (["--room", "aula"], ["e-1", "e-2"]),
      (["--track", "economy"], ["e-1", "e-2"]),
      (["--status", "retracted"], ["e-2"]), (["--status", "draft"], ["e-1", "e-3"]),
      (["--status", "published"], []),
      (["--status", "draft", "--room", "annex"], ["e-3"]),
    ] {
      let run = try await plenary.done(["statement", "list", "--json"] + words)
      #expect(names(run, "entry") == wanted, "\(words): \(run)")
    }
    #expect(
      try await plenary.done(
        "statement", "list", "--day", "2016-06-01", "--track", "economy", "--room", "aula", "--status",
        "draft"
      )
      .output.contains("e-1"))
    #expect(try await plenary("statement", "list", "--status", "final").code == 2)
    #expect(!found.output.contains("e-2"))
  }

  @Test func `takes the database before the noun`() async throws {
    let plenary = try await conference()
    let database = try #require(plenary.database)
    let list = try await plenary.done("session", "list", "--json").output
    var elsewhere = plenary
    elsewhere.variables["PLENARY_DATABASE_URL"] = "host=/nowhere dbname=x"
    #expect(try await elsewhere("session", "list").code == 4)
    #expect(try await elsewhere.done("--database", database, "session", "list", "--json").output == list)
    #expect(
      try await elsewhere.done("--database=\(database)", "-c", "berlin", "--json", "session", "list").output
        == list)
    #expect(try await elsewhere("--database", "session", "list").code == 2)
  }

  @Test func `takes the conference before the noun`() async throws {
    let plenary = try await conference()
    let after = try await plenary.done("session", "list", "--conference", "berlin", "--json").output
    #expect(try await plenary.done("--conference", "berlin", "--json", "session", "list").output == after)
    #expect(try await plenary.done("-c", "berlin", "session", "list", "--json").output == after)
    #expect(try await plenary("--conference", "nowhere", "session", "list").code != 0)
    #expect(try await plenary("--conference", "berlin").code == 2)
  }
}
