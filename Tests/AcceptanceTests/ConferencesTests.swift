import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `A conference` {
  @Test func `is opened and revised with every field`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary(
      "conference", "open", "berlin", "--title", "Berlin Days", "--title", "de=Berliner Tage",
      "--short-title", "BD", "--place", "Berlin", "--first-day", "2016-06-01", "--last-day", "2016-06-03",
      "--zone", "Europe/Berlin", "--languages", "en", "de", "--welcome", "Be welcome.", "--room-change", "10",
      "--organiser", "en=A University;de=Eine Universität", "--host", "A House", "--co-host", "A Hall",
      "--partner", "A Bank", "--sponsor", "A Shop", "--website", "https://berlin.example.org/", "--admission",
      "free", "--tickets", "https://berlin.example.org/register", "--json"
    ).appended(
      #"ConferenceOpened {"admission":"free","firstDay":"2016-06-01","languages":["en","de"],"lastDay":"2016-06-03","place":{"en":"Berlin"},"roomChange":10,"shortTitle":{"en":"BD"},"tickets":"https://berlin.example.org/register","title":{"de":"Berliner Tage","en":"Berlin Days"},"website":"https://berlin.example.org/","welcome":{"en":"Be welcome."},"zone":"Europe/Berlin"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"Eine Universität","en":"A University"},"role":"organiser"}"#,
      #"OrganisationRoleAssigned {"organisation":{"en":"A House"},"role":"host"}"#,
      #"OrganisationRoleAssigned {"organisation":{"en":"A Hall"},"role":"co-host"}"#,
      #"OrganisationRoleAssigned {"organisation":{"en":"A Bank"},"role":"partner"}"#,
      #"OrganisationRoleAssigned {"organisation":{"en":"A Shop"},"role":"sponsor"}"#)

    try await plenary("conference", "show").says(
      "Berliner Tage", "BD", "2016-06-01 to 2016-06-03", "Europe/Berlin", "10 minutes", "A University",
      "A House",
      "A Hall", "A Bank", "A Shop")
    try await plenary(
      "conference", "revise", "--clear", "welcome", "--title", "Berlin Nights", "--place", "Potsdam",
      "--first-day", "2016-05-31", "--last-day", "2016-06-04", "--languages", "de", "en", "--room-change",
      "15", "--json"
    ).appended(
      #"ConferenceRevised {"cleared":["welcome"],"firstDay":"2016-05-31","languages":["de","en"],"lastDay":"2016-06-04","place":{"en":"Potsdam"},"roomChange":15,"title":{"de":"Berliner Tage","en":"Berlin Nights"}}"#
    )
    try await plenary(
      "conference", "revise", "--short-title", "BN", "--welcome", "Good night.", "--organiser", "A Second",
      "--host", "B", "--co-host", "C", "--partner", "D", "--sponsor", "E", "--json"
    ).appended(
      #"ConferenceRevised {"shortTitle":{"de":"BN","en":"BD"},"welcome":{"de":"Good night."}}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"A Second"},"role":"organiser"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"B"},"role":"host"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"C"},"role":"co-host"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"D"},"role":"partner"}"#,
      #"OrganisationRoleAssigned {"organisation":{"de":"E"},"role":"sponsor"}"#)
    try await plenary(
      "conference", "revise", "--website", "https://example.org/", "--admission", "99.50 EUR", "--tickets",
      "https://example.org/tickets", "--json"
    ).appended(
      #"ConferenceRevised {"admission":"99.50 EUR","tickets":"https://example.org/tickets","website":"https://example.org/"}"#
    )
    try await plenary("conference", "show").says(
      "https://example.org/", "99.50 EUR", "https://example.org/tickets")
    try await plenary("program", "check", "--only", "search-engines").says(
      "No problems were found of the kind search-engines.")
    // What search engines miss is named only if somebody asks.
    try await plenary.done("conference", "revise", "--clear", "tickets")
    let missing = try await plenary("program", "check", "--only", "search-engines")
    #expect(missing.code == 1 && missing.output.contains("what is missing: --tickets."), "\(missing)")
    let unasked = try await plenary("program", "check")
    #expect(!unasked.output.contains("search-engines") && unasked.error == "", "\(unasked)")
    for wrong in ["EUR 99", "gratis", "0,50 EUR", "99 eur", "-5 EUR", ""] {
      let refused = try await plenary("conference", "revise", "--admission", wrong)
      #expect(refused.code == 2 && refused.error.contains("admission"), "\(refused)")
    }
    let refused = try await plenary("conference", "revise", "--website", "example.org")
    #expect(refused.code == 2 && refused.error.contains("URL"), "\(refused)")
    try await plenary("conference", "show").says(
      "Berlin Nights", "BN", "Potsdam", "2016-05-31 to 2016-06-04", "15 minutes", "de, en", "A Second")
    try await plenary.done("projections", "verify")
  }

  @Test func `says how many texts a language takes with it`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "revise", "aula", "--name", "de=Die Aula", "--note", "de=Oben")
    let revised = try await plenary.done("conference", "revise", "--languages", "en", "fr")
    #expect(revised.error.contains("2 texts of the program in “de” stay recorded"), "\(revised)")
    let back = try await plenary.done("conference", "revise", "--languages", "en", "de")
    #expect(!back.error.contains("stay recorded"), "\(back)")
  }

  @Test func `is closed after its last day: the program stays, and the record is edited`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for words in [
      [
        "session", "schedule", "grids", "--title", "Grids", "--room", "aula", "--start", "2016-06-01 09:00",
        "--end",
        "10:00",
      ],
      ["speaker", "register", "ada", "--name", "Lovelace, Ada", "--email", "ada@example.org"],
      ["attendee", "register", "a-1", "--name", "Ross, Betsy"], ["attendee", "sign-up", "a-1", "grids"],
    ] { try await plenary.done(words) }
    try await plenary("conference", "close", "--dry-run").says("would append  ConferenceClosed")
    try await plenary.done("conference", "close", "--reason", "It is over")
    try await plenary("conference", "show").says(/status +closed/)
    try await plenary("conference", "close").says("Nothing to do")
    for words in [
      ["session", "move", "grids", "--start", "2016-06-01 11:00"], ["attendee", "check-in", "a-1"],
      ["attendee", "register", "--name", "Somebody"], ["speaker", "assign", "ada", "grids"],
      ["conference", "revise", "--last-day", "2016-06-09"], ["room", "add", "annex", "--name", "Annex"],
    ] {
      let refused = try await plenary(words)
      #expect(refused.code == 1, "\(refused)")
      #expect(
        refused.error.contains(
          "The conference is closed: its program, its attendees and their check-ins stay as they are; open it again with "
            + "“plenary conference reopen”."), "\(refused)")
    }
    let code = try await plenary("room", "revise", "aula", "--capacity", "20", "--json")
    #expect(code.error.contains("conferences.closed"), "\(code)")
    for words in [
      ["statement", "record", "grids", "--id", "e-1", "--by", "ada", "--text", "said so."],
      ["statement", "correct", "e-1", "--text", "said that."],
      ["speaker", "register", "grace", "--name", "Hopper, Grace"], ["speaker", "contact", "ada", "--none"],
      ["conference", "revise", "--title", "Berlin Days, as held"], ["attendee", "erase", "a-1", "--yes"],
      ["conference", "reopen"], ["room", "add", "annex", "--name", "Annex"],
    ] { try await plenary.done(words) }
  }

  @Test func `is archived: lists leave it out, and only personal data can be erased`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "conference", "open", "bonn", "--title", "Bonn", "--first-day", "2017-06-01", "--zone", "Europe/Berlin")
    func berlin(_ words: String...) -> [String] { words + ["--conference", "berlin"] }
    try await plenary.done(berlin("attendee", "register", "a-1", "--name", "Ross, Betsy"))
    let archived = try await plenary.done(berlin("conference", "archive", "--json"))
    #expect(try await !plenary.done("conference", "list").output.contains("berlin"))
    try await plenary("conference", "list", "--all").says("berlin", "archived")
    let listed = try await plenary.done("conference", "list", "--all", "--json").list
    #expect(listed.map { $0["status"] as? String } == ["archived", "open"], "\(listed)")
    // The other one is the only one now.
    try await plenary("conference", "show").says("bonn")
    try await plenary(berlin("conference", "show")).says("archived")
    let refused = try await plenary(
      berlin("speaker", "register", "ada", "--name", "Lovelace, Ada"))
    #expect(
      refused.code == 1
        && refused.error.contains("The conference is archived: only personal data can still be"),
      "\(refused)")
    #expect(try await plenary(berlin("conference", "close")).code == 1)
    try await plenary.done(berlin("attendee", "erase", "a-1", "--yes"))
    let command = try #require(archived.object["commandID"] as? String, "\(archived)")
    try await plenary.done(berlin("log", "undo", command))
    try await plenary("conference", "list").says("berlin", "bonn")
    try await plenary.done(berlin("conference", "archive"))
    try await plenary.done("conference", "archive", "--conference", "bonn")
    #expect(try await plenary.done("conference", "list").output == "")
    let none = try await plenary("session", "list")
    #expect(none.code == 2 && none.error.contains("All of the 2 conferences are archived"), "\(none)")
  }
}
