import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `A speaker` {
  @Test func `is registered with parts of a name, an affiliation and an address in one command`() async throws
  {
    let plenary = try await Plenary.apart().berlin()
    let words = [
      "speaker", "register", "ada", "--given", "Ada", "--family", "Okafor", "--position", "Director",
      "--organisation", "Grid Institute", "--email", "ada@example.org",
    ]
    let run = try await plenary.done(words + ["--json"])
    #expect(
      run.events.prefix(2) == [
        #"SpeakerRegistered {"name":{"forms":[{"family":"Okafor","given":"Ada","language":"en","printed":"Ada Okafor"}],"sortKey":"Okafor Ada"},"person":"ada"}"#,
        #"AffiliationStated {"affiliation":{"asPrinted":{"en":"Director, Grid Institute"},"former":false,"honorary":false,"organisation":{"en":"Grid Institute"},"position":{"en":"Director"},"units":[]},"number":1,"person":"ada"}"#,
      ])
    #expect(run.events.count == 3 && !run.output.contains("ada@example.org"), "\(run)")
    try await plenary(words).says("Nothing to do")
    #expect(try await plenary(words.dropLast() + ["other@example.org"]).code == 1)
    try await plenary("speaker", "show", "ada").says("Ada Okafor", "Director, Grid Institute")
    for wrong in [
      ["--given", "Ada"], ["--name", "Ada", "--given", "A", "--family", "B"],
      ["--name", "Ada", "--position", "Dean"],
    ] {
      #expect(try await plenary(["speaker", "register", "eve"] + wrong).code == 2)
    }
  }

  @Test func `has a name, affiliations, roles in sessions and unavailable times`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end",
      "10:00")
    try await plenary(
      "speaker", "register", "carl", "--name", "Carlson, Carl", "--name", "zh=卡,尔", "--name-order",
      "family-first", "--sort-key", "Karlson", "--pronunciation", "karl", "--biography", "Writer.", "--json"
    ).appended(
      #"SpeakerRegistered {"biography":{"en":"Writer."},"name":{"forms":[{"family":"Carlson","given":"Carl","language":"en","printed":"Carlson Carl"},{"family":"卡","given":"尔","language":"zh","printed":"卡尔"}],"sortKey":"Karlson"},"person":"carl","pronunciation":{"en":"karl"}}"#
    )
    try await plenary(
      "speaker", "revise", "carl", "--name", "Karlsson, Karl", "--name-order", "given-first", "--sort-key",
      "Zarlson", "--pronunciation", "kahl", "--biography", "Poet.", "--json"
    ).appended(
      #"SpeakerRevised {"biography":{"en":"Poet."},"name":{"forms":[{"family":"Karlsson","given":"Karl","language":"en","printed":"Karl Karlsson"}],"sortKey":"Zarlson"},"person":"carl","pronunciation":{"en":"kahl"}}"#
    )
    try await plenary("speaker", "show", "carl").says("Karl Karlsson", "Zarlson", "kahl", "Poet.")
    try await plenary("speaker", "revise", "carl", "--clear", "biography", "--json").appended(
      #"SpeakerRevised {"cleared":["biography"],"person":"carl"}"#)
    try await plenary(
      "speaker", "affiliate", "carl", "--position", "Director", "--honorary", "--organisation", "A House",
      "--unit", "en=A Unit;de=Ein Teil", "--json"
    ).appended(
      #"AffiliationStated {"affiliation":{"asPrinted":{"en":"Honorary Director, A Unit, A House"},"former":false,"honorary":true,"organisation":{"en":"A House"},"position":{"en":"Director"},"units":[{"de":"Ein Teil","en":"A Unit"}]},"number":1,"person":"carl"}"#
    )
    try await plenary(
      "speaker", "affiliate", "carl", "--position", "Dean", "--former", "--organisation", "B House",
      "--as-printed", "Sometime Dean of B", "--country", "Sweden", "--json"
    ).appended(
      #"AffiliationStated {"affiliation":{"asPrinted":{"en":"Sometime Dean of B"},"country":{"en":"Sweden"},"former":true,"honorary":false,"organisation":{"en":"B House"},"position":{"en":"Dean"},"units":[]},"number":2,"person":"carl"}"#
    )
    try await plenary("speaker", "affiliate", "carl", "--remove", "1", "--json").appended(
      #"AffiliationRemoved {"number":1,"person":"carl"}"#)
    try await plenary("speaker", "assign", "carl", "panel", "--as", "moderator", "--json").appended(
      #"PersonAssigned {"person":"carl","role":"moderator","session":"panel"}"#)
    try await plenary("speaker", "assign", "carl", "panel", "--json").appended(
      #"PersonAssigned {"person":"carl","role":"speaker","session":"panel"}"#)
    try await plenary("speaker", "unassign", "carl", "panel", "--as", "moderator", "--json").appended(
      #"PersonUnassigned {"person":"carl","role":"moderator","session":"panel"}"#)
    try await plenary(
      "speaker", "unavailable", "carl", "--from", "2016-06-02 09:00", "--until", "12:00", "--json"
    ).appended(
      #"UnavailabilityStated {"from":"2016-06-02T09:00+02:00[Europe/Berlin]","number":1,"person":"carl","until":"2016-06-02T12:00+02:00[Europe/Berlin]"}"#
    )
    try await plenary("speaker", "show", "carl").says(
      "Sometime Dean of B", "2016-06-02 09:00 to 2016-06-02 12:00", /speaker +panel\n/)
    let refused = try await plenary(
      "session", "schedule", "x", "--title", "X", "--room", "aula", "--start", "2016-06-02 11:00", "--end",
      "12:30",
      "--speaker", "carl")
    #expect(refused.code == 1 && refused.error.contains("person-unavailable"), "\(refused)")
    try await plenary("speaker", "unavailable", "carl", "--remove", "1", "--json").appended(
      #"UnavailabilityRemoved {"number":1,"person":"carl"}"#)
    try await plenary("speaker", "withdraw", "carl", "--json").appended(
      #"SpeakerWithdrawn {"person":"carl"}"#)
    try await plenary("speaker", "reinstate", "carl", "--json").appended(
      #"SpeakerReinstated {"person":"carl"}"#)
    try await plenary("speaker", "list").says(/carl +Karl Karlsson +0 +Sometime Dean of B/)
    try await plenary.done("projections", "verify")
  }

  @Test func `who withdraws leaves roles and presentations, which are named`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (person, name) in [("ada", "Lovelace, Ada"), ("bea", "Potter, Beatrix")] {
      try await plenary.done("speaker", "register", person, "--name", name)
    }
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:00", "--chair", "ada", "--speaker", "ada", "--speaker", "bea")
    for (talk, people) in [("alone", ["ada"]), ("both", ["ada", "bea"])] {
      try await plenary.done(
        ["presentation", "add", talk, "panel", "--title", talk] + people.flatMap { ["--presenter", $0] })
    }
    let unassigned = try await plenary("speaker", "unassign", "ada", "panel", "--as", "moderator")
    #expect(
      unassigned.code == 1
        && unassigned.error.contains(
          "“ada” is chair and speaker of “panel”, not moderator; give “--as chair”."),
      "\(unassigned)")
    let dry = try await plenary.done("speaker", "withdraw", "ada", "--dry-run")
    let run = try await plenary.done("speaker", "withdraw", "ada")
    for run in [dry, run] {
      #expect(
        run.error.contains("“panel” has no chair any more") && !run.error.contains("no speaker"), "\(run)")
      #expect(
        run.error.contains("“alone” of “panel” has no presenter any more") && !run.error.contains("“both”"),
        "\(run)")
    }
  }
}
