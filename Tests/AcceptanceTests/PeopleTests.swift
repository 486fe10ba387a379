import Foundation
import Testing

/// People, attendees and sessions are named as organizers name them, and nobody is registered twice for good.
@Suite(.timeLimit(.minutes(40))) struct `Somebody who is named` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    for words in [
      ["room", "add", "annex", "--name", "Annex"],
      ["speaker", "register", "pawel", "--name", "Nowak, Paweł", "--email", "pawel@example.org"],
      ["speaker", "register", "ada", "--name", "Lovelace, Ada", "--organisation", "Engine Works"],
      ["speaker", "register", "ada-miller", "--name", "Miller, Ada"],
      [
        "session", "schedule", "grids", "--title", "Grids of tomorrow", "--room", "aula", "--start",
        "2016-06-01 09:00", "--end", "10:00",
      ],
      ["attendee", "register", "a-1", "--name", "Müller-Lüdenscheidt, Jörg", "--email", "jml@example.org"],
      ["attendee", "register", "a-2", "--name", "Ross, Betsy"],
    ] { try await plenary.done(words) }
    return plenary
  }

  @Test func `is understood by a unique part of the name, a title or an address`() async throws {
    let plenary = try await conference()
    #expect(
      try await plenary.done("speaker", "assign", "NOWAK", "tomorrow", "--as", "chair").error
        == "“NOWAK” is Paweł Nowak (pawel).\n“tomorrow” is Grids of tomorrow (grids).\n")
    try await plenary("session", "show", "grids of").says("Paweł Nowak (pawel)")
    try await plenary("speaker", "show", "pawel@example.org").says("Nowak")
    try await plenary("attendee", "sign-up", "jml@example.org", "tomorrow").says("a-1")
    try await plenary("attendee", "show", "jorg muller").says("Müller-Lüdenscheidt")
    try await plenary.done("attendee", "check-in", "ross")
    try await plenary("attendee", "show", "a-2").says("checked-in")
    try await plenary("session", "list", "--person", "nowak").says("grids")
    try await plenary("attendee", "list", "--session", "grids of tomorrow").says("a-1")
    try await plenary("statement", "record", "tomorrow", "--by", "Paweł Nowak", "--text", "said so.").says(
      "grids")
    // A short name costs nothing, and says nothing.
    #expect(try await plenary("speaker", "unassign", "pawel", "grids", "--as", "chair").error == "")
  }

  @Test func `is not guessed: the choices are told, and what nobody is called`() async throws {
    let plenary = try await conference()
    let several = try await plenary("speaker", "assign", "Ada M", "grids", "--json")
    #expect(several.code == 0, "\(several)")
    try await plenary.done("speaker", "register", "byron", "--name", "Lovelace, Byron")
    let refused = try await plenary("speaker", "withdraw", "Lovelace")
    #expect(refused.code == 1, "\(refused)")
    #expect(
      refused.error.contains(
        "“Lovelace” can mean 2 speakers: Ada Lovelace (ada); Byron Lovelace (byron). Give a short name, or more of the name."
      ),
      "\(refused)")
    // The short name wins over everybody who is called so.
    try await plenary.done("speaker", "assign", "ada", "grids")
    let nobody = try await plenary("speaker", "show", "Grace Hopper", "--json")
    #expect(nobody.code == 1 && nobody.error.contains("no-match"), "\(nobody)")
    #expect(try await plenary("speaker", "show", "hopper").error.contains("There is no speaker “hopper”"))
    // “art” begins no word.
    #expect(try await plenary("attendee", "show", "oss").code == 1)
    #expect(try await plenary("attendee", "erase", "Ross", "--yes").code == 2)
  }

  /// Whoever was registered since does not change whom a command meant that was carried out.
  @Test func `is the same person when the command is sent again`() async throws {
    let plenary = try await conference()
    let id = "6f9b8a52-0d7e-4a63-9d1b-0d9a4d7f2c11"
    let first = try await plenary.done("speaker", "assign", "nowak", "grids", "--command-id", id)
    try await plenary.done("speaker", "register", "nowak-jan", "--name", "Nowak, Jan")
    try await plenary.done("speaker", "register", "nowak", "--name", "Nowak, Ewa")
    let again = try await plenary("speaker", "assign", "nowak", "grids", "--command-id", id)
    #expect(again.code == 0, "\(first)\n\(again)")
    #expect(try await plenary("session", "show", "grids", "--json").output.contains("nowak") == false)
  }

  @Test func `is proposed as one person, merged on request, and separated by undo`() async throws {
    let plenary = try await conference()
    let again = try await plenary.done(
      "speaker", "register", "pawel-nowak", "--name", "en=Nowak, Pawel", "--name", "de=Nowak, Pawel",
      "--email", "pawel@example.org")
    #expect(again.error.contains("“pawel” (Paweł Nowak) may be the same person"), "\(again)")
    // An address is the same in capitals, whatever the name is.
    let shared = try await plenary.done(
      "speaker", "register", "office", "--name", "Office", "--email", "Pawel@Example.ORG", "--dry-run")
    #expect(shared.error.contains("“pawel” (Paweł Nowak) may be the same person"), "\(shared)")
    try await plenary.done("speaker", "assign", "pawel-nowak", "grids")
    try await plenary.done(
      "statement", "record", "grids", "--id", "e-1", "--by", "pawel-nowak", "--text", "said so.")
    let found = try await plenary.done("people", "duplicates", "--json", "--least", "60").list
    #expect(found.count == 1, "\(found)")
    #expect((found.first?["score"] as? Int ?? 0) >= 90, "\(found)")
    try await plenary("people", "duplicates").says(
      "pawel-nowak", "the same name in other letters or in another order", "the same e-mail address")
    // An address is lost with the one who is merged, so whoever has one stays, however many sessions the other has.
    try await plenary.done(
      "speaker", "register", "ana-ruiz", "--name", "Ruiz, Ana", "--email", "ana@example.org")
    try await plenary.done("speaker", "register", "ana-ruiz-2", "--name", "Ruiz, Ana")
    try await plenary.done("speaker", "assign", "ana-ruiz-2", "grids")
    let ana = try await plenary("people", "duplicates", "--least", "60")
    #expect(ana.output.contains(/speaker ana-ruiz +speaker ana-ruiz-2/), "\(ana)")
    try await plenary.done("speaker", "unassign", "ana-ruiz-2", "grids")
    for person in ["ana-ruiz", "ana-ruiz-2"] { try await plenary.done("speaker", "withdraw", person) }
    #expect(try await plenary.done("people", "duplicates", "--least", "99", "--at", "3").output == "")
    #expect(try await plenary("people", "duplicates", "--least", "0").code == 2)

    let trial = try await plenary.done("people", "merge", "pawel-nowak", "pawel", "--dry-run")
    trial.says("PersonsMerged")
    #expect(!trial.error.contains("nothing in common"), "\(trial)")
    try await plenary.done("speaker", "register", "cho", "--name", "Cho Min-ji")
    let mistake = try await plenary.done("people", "merge", "cho", "pawel")
    #expect(
      mistake.error.contains(
        "The names have nothing in common: “cho” is Cho Min-ji, “pawel” is Paweł Nowak. If they are two"),
      "\(mistake)")
    try await plenary.done("log", "undo", "\(plenary.head())")
    try await plenary.done("speaker", "withdraw", "cho")
    let merged = try await plenary.done("people", "merge", "pawel-nowak", "pawel", "--json")
    try await plenary("speaker", "list").says("pawel ")
    #expect(try await !plenary.done("speaker", "list").output.contains("pawel-nowak"))
    try await plenary("session", "show", "grids").says("(pawel)")
    // The short name leads on.
    try await plenary("speaker", "show", "pawel-nowak").says("pawel\n")
    try await plenary("speaker", "assign", "pawel-nowak", "grids", "--as", "chair").says("person:pawel\n")
    try await plenary.done("speaker", "unassign", "pawel", "grids", "--as", "chair")
    #expect(try await plenary("speaker", "register", "pawel-nowak", "--name", "Somebody").code == 1)
    #expect(try await plenary.done("people", "duplicates").output == "")

    let command = try #require(merged.object["commandID"] as? String, "\(merged)")
    try await plenary.done("log", "undo", command)
    try await plenary("session", "show", "grids").says("(pawel-nowak)")
    try await plenary("speaker", "list").says("pawel-nowak")
  }

  @Test func `in two files in two spellings is proposed as one person, and not made one`() async throws {
    let plenary = try await Plenary.apart().berlin()
    func take(_ text: String, from source: String) async throws {
      let file = "\(Plenary.home)/\(source)-\(UUID().uuidString).csv"
      try Data(text.utf8).write(to: URL(filePath: file))
      try await plenary.done("import", file, "--source", source)
    }
    try await take(
      "ID,Title,Room,Speakers\n1,Grids,Aula,Paweł Nowak\n2,Steppes,Aula,Дмитрий Иванов\n", from: "frab")
    try await take(
      "Speaker name,Biography\nNOWAK Pawel,Builds grids.\nDmitry Ivanov,Walks.\n", from: "website")
    try await take(
      "Order code,Full name,Company,Ticket\n1,Pawel Nowak,,Press\n2,Zoë Müller,Looms,Press\n", from: "tickets"
    )
    try await take("Number,Full name,Company,Ticket\nx1,\"MUELLER, Zoe\",Looms,Guest\n", from: "shop")
    #expect(try await plenary.done("speaker", "list", "--json").list.count == 4)
    let pairs = try await plenary.done("people", "duplicates", "--json").list.map { pair in
      [pair, pair["other"] as? [String: Any] ?? [:]].map { person in
        person["person"] is String ? "speaker" : "attendee"
      }
    }
    #expect(pairs.count { $0 == ["speaker", "speaker"] } == 2, "\(pairs)")
    #expect(pairs.count { $0 == ["speaker", "attendee"] } >= 1, "\(pairs)")
    #expect(pairs.count { $0 == ["attendee", "attendee"] } == 1, "\(pairs)")
    let told = try await plenary.done("people", "duplicates", "--among", "speakers")
    told.says("Paweł Nowak", "Nowak Pawel", "Дмитрий Иванов", "Dmitry Ivanov")
  }

  @Test func `is registered as an attendee twice only with a warning, which does not say the name`()
    async throws
  {
    let plenary = try await conference()
    let words = ["attendee", "register", "a-3", "--name", "Jorg Muller-Ludenscheidt", "--email"]
    for option in [["--dry-run"], []] {
      let again = try await plenary.done(words + ["JML@example.org"] + option)
      #expect(again.error.contains("“a-1” has the same name and address; see"), "\(again)")
      #expect(again.error.contains("people duplicates") && !again.error.contains("Müller"), "\(again)")
    }
    // A family shares an address, and two people a name.
    for (name, address) in [
      ("Müller, Eva", "jml@example.org"), ("Müller-Lüdenscheidt, Jörg", "other@example.org"),
    ] {
      let run = try await plenary.done("attendee", "register", "--name", name, "--email", address)
      #expect(run.error.isEmpty, "\(run)")
    }
    try await plenary.done("attendee", "withdraw", "a-1")
    try await plenary.done("attendee", "withdraw", "a-3")
    let after = try await plenary.done(
      "attendee", "register", "--name", "Müller-Lüdenscheidt, Jörg", "--email", "jml@example.org")
    #expect(after.error.isEmpty, "\(after)")
  }

  @Test func `cannot be merged with somebody who speaks elsewhere at that time`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "session", "schedule", "other", "--title", "Other", "--room", "annex", "--start", "2016-06-01 09:30",
      "--end", "10:00", "--speaker", "ada")
    try await plenary.done("speaker", "assign", "ada-miller", "grids")
    let refused = try await plenary("people", "merge", "ada-miller", "ada")
    #expect(refused.code == 1 && refused.error.contains("As one person"), "\(refused)")
    try await plenary.done(
      "people", "merge", "ada-miller", "ada", "--waive", "person-twice", "--reason", "One of them is a video")
  }

  /// What does not take place keeps nobody from being one person.
  @Test func `is doubted as one person only for sessions that take place`() async throws {
    let plenary = try await conference()
    try await plenary.done("speaker", "register", "pawel-2", "--name", "Nowak, Pawel")
    try await plenary.done(
      "session", "schedule", "other", "--title", "Other", "--room", "annex", "--start", "2016-06-01 09:30",
      "--end", "10:00", "--speaker", "pawel-2")
    try await plenary.done("speaker", "assign", "pawel", "grids")
    func doubts() async throws -> [String] {
      try await plenary.done("people", "duplicates", "--json", "--least", "1").list
        .flatMap { $0["doubts"] as? [String] ?? [] }
    }
    let found = try await doubts()
    #expect(found.count == 1 && found.first?.hasSuffix("at the same time") == true, "\(found)")
    try await plenary.done("session", "cancel", "other")
    #expect(try await doubts() == [])
  }

  @Test func `is found among attendees, and between speakers and attendees`() async throws {
    let plenary = try await conference()
    for words in [
      ["a-3", "--name", "Ross, Betsy", "--organisation", "Flags"],
      ["a-4", "--name", "Ross, Betsy", "--organisation", "Ships"],
      ["a-5", "--name", "Miller, Joerg", "--email", "JML@example.org"],
      ["a-6", "--name", "Lovelace, Ada", "--organisation", "Engine Works"],
      ["a-7", "--name", "Somebody, Else", "--email", "pawel@example.org"],
    ] { try await plenary.done(["attendee", "register"] + words) }
    try await plenary.done("attendee", "check-in", "a-3")
    func pairs(_ words: String...) async throws -> [[String]] {
      try await plenary.done(["people", "duplicates", "--json", "--least", "40"] + words).list.map { pair in
        [pair, pair["other"] as? [String: Any] ?? [:]].map {
          ($0["person"] ?? $0["attendee"]) as? String ?? ""
        }
      }.sorted { $0.joined() < $1.joined() }
    }
    // Who has arrived stays; two organisations are two people.
    #expect(try await pairs("--among", "attendees") == [["a-1", "a-5"], ["a-2", "a-4"], ["a-3", "a-2"]])
    #expect(try await pairs("--among", "both") == [["ada", "a-6"], ["pawel", "a-7"]])
    #expect(try await pairs("--among", "speakers") == [])
    #expect(try await pairs().count == 5)
    let told = try await plenary.done("people", "duplicates")
    told.says("attendee a-3", "speaker ada", "the same organisation")
    for text in ["plenary attendee withdraw a-4", "A speaker can be an attendee as well"] {
      #expect(told.error.contains(text), "\(told)")
    }
    #expect(try await plenary("people", "duplicates", "--among", "everybody").code == 2)
    try await plenary.done("attendee", "withdraw", "a-2")
    try await plenary.done("attendee", "erase", "a-5", "--yes")
    #expect(try await pairs("--among", "attendees") == [])
  }
}
