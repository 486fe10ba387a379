import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `A session` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "annex", "--name", "Annex", "--features", "piano")
    try await plenary.done("track", "add", "economy", "--name", "Economy")
    try await plenary.done("track", "add", "culture", "--name", "Culture")
    for person in ["ada", "bea", "cleo", "dora", "emma", "fay"] {
      try await plenary.done("speaker", "register", person, "--name", "\(person)son, \(person)")
    }
    return plenary
  }

  @Test func `has no part whose end is mistyped`() async throws {
    let plenary = try await conference()
    func scheduled(_ name: String, _ part: String) async throws -> Plenary.Run {
      try await plenary(
        "session", "schedule", name, "--title", "Party", "--room", "aula", "--start", "2016-06-01 09:00",
        "--end",
        "10:00", "--part", part)
    }
    let refused = try await scheduled("party", "annex 2016-06-02 14:00-13:30")
    #expect(refused.code != 0 && refused.error.contains("not after its start at 14:00"), "\(refused)")
    let night = try await scheduled("party", "annex 2016-06-02 22:00-01:00")
    #expect(night.code == 0, "\(night)")
  }

  @Test func `without a room and a time is not shown in the program, which says so`() async throws {
    let plenary = try await conference()
    func note(_ words: String...) async throws -> String {
      try await plenary.done(["program", "show"] + words).error
    }
    #expect(try await note().contains("There are no sessions yet"))
    for number in 1...2 {
      try await plenary.done("session", "schedule", "talk-\(number)", "--title", "Talk", "--unscheduled")
    }
    let none = try await note()
    #expect(
      none.contains("Nothing is scheduled: 2 sessions have no room and no time")
        && none.contains("“plenary session add-slot talk-1 …”"), "\(none)")
    try await plenary.done(
      "session", "add-slot", "talk-1", "--room", "aula", "--start", "2016-06-01 09:00", "--end", "10:00")
    let shown = try await plenary.done("program", "show")
    #expect(shown.output.contains("talk-1") && !shown.output.contains("talk-2"), "\(shown)")
    #expect(shown.error.contains("Not shown: 1 session has no room and no time"), "\(shown)")
    #expect(try await note("--day", "2016-06-02") == "Nothing is scheduled on 2016-06-02.\n")
    for name in ["talk-1", "talk-2"] { try await plenary.done("session", "cancel", name) }
    #expect(!(try await note().contains("Not shown")))
  }

  @Test func `is scheduled and revised with every field`() async throws {
    let plenary = try await conference()
    try await plenary(
      "session", "schedule", "opening", "--title", "Opening", "--title", "de=Eröffnung", "--description",
      "Words.", "--kind", "panel", "--room", "aula", "--start", "2016-06-01 09:00", "--end", "10:00",
      "--part", "annex 2016-06-02 14:00-15:30", "--track", "economy", "--languages", "en", "--interpretation",
      "de", "fr", "--link", "slides=https://example.org/s", "--link", "https://example.org/r", "--expected",
      "50", "--needs", "piano", "--speaker", "ada", "--chair", "bea", "--moderator", "cleo", "--presenter",
      "dora", "--discussant", "emma", "--rapporteur", "fay", "--recording", "not-permitted",
      "--recording-note",
      "Unpublished results", "--json"
    ).appended(
      #"SessionScheduled {"description":{"en":"Words."},"expected":50,"interpretation":["de","fr"],"kind":"panel","languages":["en"],"links":[{"kind":"slides","url":"https://example.org/s"},{"kind":"related","url":"https://example.org/r"}],"needs":["piano"],"recording":{"note":{"en":"Unpublished results"},"permission":"not-permitted"},"session":"opening","slot":{"end":"2016-06-01T10:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T09:00+02:00[Europe/Berlin]"},"title":{"de":"Eröffnung","en":"Opening"},"track":"economy"}"#,
      #"SlotAdded {"number":2,"session":"opening","slot":{"end":"2016-06-02T15:30+02:00[Europe/Berlin]","room":"annex","start":"2016-06-02T14:00+02:00[Europe/Berlin]"}}"#,
      #"PersonAssigned {"person":"bea","role":"chair","session":"opening"}"#,
      #"PersonAssigned {"person":"cleo","role":"moderator","session":"opening"}"#,
      #"PersonAssigned {"person":"ada","role":"speaker","session":"opening"}"#,
      #"PersonAssigned {"person":"dora","role":"presenter","session":"opening"}"#,
      #"PersonAssigned {"person":"emma","role":"discussant","session":"opening"}"#,
      #"PersonAssigned {"person":"fay","role":"rapporteur","session":"opening"}"#)

    try await plenary("session", "show", "opening").says(
      "Eröffnung", "2016-06-01 09:00–10:00", "2016-06-02 14:00–15:30", "de, fr", "(bea)", "(cleo)", "(ada)",
      "(dora)",
      "(emma)", "(fay)", "https://example.org/s", "https://example.org/r", "piano", "Unpublished results")
    try await plenary(
      "session", "revise", "opening", "--title", "Start", "--track", "culture", "--languages", "de", "en",
      "--interpretation", "zh", "--link", "paper=https://example.org/p", "--expected", "60", "--needs",
      "projector", "--kind", "workshop", "--description", "de=Worte.", "--json"
    ).appended(
      #"SessionRevised {"description":{"de":"Worte.","en":"Words."},"expected":60,"formerTrack":"economy","interpretation":["zh"],"kind":"workshop","languages":["de","en"],"links":[{"kind":"paper","url":"https://example.org/p"}],"needs":["projector"],"session":"opening","title":{"de":"Eröffnung","en":"Start"},"track":"culture"}"#
    )
    try await plenary(
      "session", "revise", "opening", "--clear", "description", "--clear", "interpretation", "--clear",
      "links", "--clear", "expected", "--clear", "needs", "--clear", "track", "--clear", "recording", "--json"
    ).appended(
      #"SessionRevised {"cleared":["description","interpretation","links","expected","needs","track","recording"],"formerTrack":"culture","session":"opening"}"#
    )
    try await plenary.done("projections", "verify")
  }

  @Test func `is moved, gets and loses slots, is cancelled and reinstated`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Start", "--kind", "workshop", "--room", "aula", "--start",
      "2016-06-01 09:00", "--end", "10:00", "--part", "annex 2016-06-02 14:00-15:30")
    try await plenary(
      "session", "move", "opening", "--slot", "2", "--to", "aula", "--start", "2016-06-02 15:00", "--end",
      "16:00", "--json"
    ).appended(
      #"SessionMoved {"from":{"end":"2016-06-02T15:30+02:00[Europe/Berlin]","room":"annex","start":"2016-06-02T14:00+02:00[Europe/Berlin]"},"number":2,"session":"opening","to":{"end":"2016-06-02T16:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-02T15:00+02:00[Europe/Berlin]"}}"#
    )
    try await plenary("session", "move", "opening", "--slot", "1", "--room", "annex", "--json").appended(
      #"SessionMoved {"from":{"end":"2016-06-01T10:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T09:00+02:00[Europe/Berlin]"},"session":"opening","to":{"end":"2016-06-01T10:00+02:00[Europe/Berlin]","room":"annex","start":"2016-06-01T09:00+02:00[Europe/Berlin]"}}"#
    )
    try await plenary("session", "move", "opening", "--slot", "1", "--by", "+1h30m", "--json").appended(
      #"SessionMoved {"from":{"end":"2016-06-01T10:00+02:00[Europe/Berlin]","room":"annex","start":"2016-06-01T09:00+02:00[Europe/Berlin]"},"session":"opening","to":{"end":"2016-06-01T11:30+02:00[Europe/Berlin]","room":"annex","start":"2016-06-01T10:30+02:00[Europe/Berlin]"}}"#
    )
    try await plenary(
      "session", "move", "opening", "--slot", "1", "--by", "+1h30m", "--room", "aula", "--json"
    ).appended(
      #"SessionMoved {"from":{"end":"2016-06-01T11:30+02:00[Europe/Berlin]","room":"annex","start":"2016-06-01T10:30+02:00[Europe/Berlin]"},"session":"opening","to":{"end":"2016-06-01T13:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T12:00+02:00[Europe/Berlin]"}}"#
    )
    try await plenary(
      "session", "move", "opening", "--slot", "1", "--by", "-1h30m", "--to", "annex", "--json"
    ).appended(
      #"SessionMoved {"from":{"end":"2016-06-01T13:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T12:00+02:00[Europe/Berlin]"},"session":"opening","to":{"end":"2016-06-01T11:30+02:00[Europe/Berlin]","room":"annex","start":"2016-06-01T10:30+02:00[Europe/Berlin]"}}"#
    )
    try await plenary("session", "move", "opening", "--slot", "2", "--by", "-1d", "--json").appended(
      #"SessionMoved {"from":{"end":"2016-06-02T16:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-02T15:00+02:00[Europe/Berlin]"},"number":2,"session":"opening","to":{"end":"2016-06-01T16:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T15:00+02:00[Europe/Berlin]"}}"#
    )
    try await plenary(
      "session", "add-slot", "opening", "--room", "annex", "--start", "2016-06-03 09:00", "--end", "10:00",
      "--json"
    ).appended(
      #"SlotAdded {"number":3,"session":"opening","slot":{"end":"2016-06-03T10:00+02:00[Europe/Berlin]","room":"annex","start":"2016-06-03T09:00+02:00[Europe/Berlin]"}}"#
    )
    try await plenary.done("session", "remove-slot", "opening", "3", "--dry-run")
    try await plenary("session", "remove-slot", "opening", "--slot", "3", "--json").appended(
      #"SlotRemoved {"number":3,"session":"opening","slot":{"end":"2016-06-03T10:00+02:00[Europe/Berlin]","room":"annex","start":"2016-06-03T09:00+02:00[Europe/Berlin]"}}"#
    )
    try await plenary("session", "cancel", "opening", "--json").appended(
      #"SessionCancelled {"session":"opening","slots":[{"number":1,"slot":{"end":"2016-06-01T11:30+02:00[Europe/Berlin]","room":"annex","start":"2016-06-01T10:30+02:00[Europe/Berlin]"}},{"number":2,"slot":{"end":"2016-06-01T16:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T15:00+02:00[Europe/Berlin]"}}]}"#
    )
    try await plenary("session", "reinstate", "opening", "--json").appended(
      #"SessionReinstated {"kind":"workshop","session":"opening","slots":[{"number":1,"slot":{"end":"2016-06-01T11:30+02:00[Europe/Berlin]","room":"annex","start":"2016-06-01T10:30+02:00[Europe/Berlin]"}},{"number":2,"slot":{"end":"2016-06-01T16:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T15:00+02:00[Europe/Berlin]"}}]}"#
    )
    try await plenary("session", "list").says(
      /opening +2016-06-01 10:30–11:30 +annex +workshop/, /opening +2016-06-01 15:00–16:00 +aula/)
    try await plenary.done("projections", "verify")
  }

  @Test func `is moved together with all sessions of its track, room or day`() async throws {
    let plenary = try await conference()
    for (name, start, end, track) in [
      ("a", "2016-06-01 09:00", "10:00", "economy"), ("b", "2016-06-01 13:00", "14:00", "culture"),
      ("c", "2016-06-03 09:00", "10:00", "economy"),
    ] {
      try await plenary.done(
        "session", "schedule", name, "--title", name, "--room", "aula", "--start", start, "--end", end,
        "--track",
        track)
    }

    try await plenary("session", "move", "--all", "--track", "economy", "--by", "+30m", "--json").appended(
      #"SessionMoved {"from":{"end":"2016-06-01T10:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T09:00+02:00[Europe/Berlin]"},"session":"a","to":{"end":"2016-06-01T10:30+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T09:30+02:00[Europe/Berlin]"}}"#,
      #"SessionMoved {"from":{"end":"2016-06-03T10:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-03T09:00+02:00[Europe/Berlin]"},"session":"c","to":{"end":"2016-06-03T10:30+02:00[Europe/Berlin]","room":"aula","start":"2016-06-03T09:30+02:00[Europe/Berlin]"}}"#
    )
    try await plenary(
      "session", "move", "--all", "--room", "aula", "--day", "2016-06-01", "--to", "annex", "--by", "+1d",
      "--json"
    ).appended(
      #"SessionMoved {"from":{"end":"2016-06-01T10:30+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T09:30+02:00[Europe/Berlin]"},"session":"a","to":{"end":"2016-06-02T10:30+02:00[Europe/Berlin]","room":"annex","start":"2016-06-02T09:30+02:00[Europe/Berlin]"}}"#,
      #"SessionMoved {"from":{"end":"2016-06-01T14:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T13:00+02:00[Europe/Berlin]"},"session":"b","to":{"end":"2016-06-02T14:00+02:00[Europe/Berlin]","room":"annex","start":"2016-06-02T13:00+02:00[Europe/Berlin]"}}"#
    )
    try await plenary.done("projections", "verify")
  }

  @Test func `that got a warning can still be accepted, after its change is undone`() async throws {
    let plenary = try await Plenary.apart().berlin()
    let schedule = [
      "session", "schedule", "opening", "--title", "Opening", "--title", "de=Beginn", "--room", "aula",
      "--start", "2016-06-01 09:00", "--end", "10:00", "--expected", "500",
    ]
    let dry = try await plenary.done(schedule + ["--dry-run"])
    #expect(dry.error.contains("accept it with “--waive room-too-small"), "\(dry)")
    let done = try await plenary.done(schedule)
    // The command has been carried out, so it cannot waive the conflict any more.
    #expect(!done.error.contains("accept it with"), "\(done)")
    let undo = try #require(done.error.firstMatch(of: /“plenary (log undo [0-9a-f-]+)”/)?.1)
    let release = try await plenary.done("program", "release", "1.0")
    #expect(release.error.contains("warning: “opening” is in “aula” with 300 seats"), "\(release)")
    try await plenary.done(undo.split(separator: " ").map(String.init))
    try await plenary.done(
      "session", "reinstate", "opening", "--waive", "room-too-small", "--reason", "Standing")
    #expect(try await !plenary.done("program", "release", "1.1").error.contains("warning"))
    let outside = try await plenary("program", "release", "1.2", "--day", "2016-07-01")
    #expect(
      outside.code == 1 && outside.error.contains("The conference has no day 2016-07-01"), "\(outside)")
    try await plenary("program", "diff", "released..").says("version 1.1")
    let range = try await plenary.done("program", "diff", "released..1.1").output
    #expect(try await plenary.done("program", "diff", "1.1..1.1").output == range)
    let track = try await plenary("session", "move", "--all", "--track", "lawx", "--by", "+1h")
    #expect(track.code == 1 && track.error.contains("plenary track list"), "\(track)")
    let talks = try await plenary("presentation", "list", "--session", "openinx")
    #expect(talks.code == 1 && talks.error.contains("There is no session “openinx”"), "\(talks)")
  }

  @Test func `is accepted beside another if the conflict is waived with a reason`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "session", "schedule", "c", "--title", "C", "--title", "de=C", "--room", "aula", "--start",
      "2016-06-03 09:30", "--end", "10:30", "--speaker", "ada")
    let schedule = [
      "session", "schedule", "d", "--title", "D", "--title", "de=D", "--room", "aula", "--start",
      "2016-06-03 09:30", "--end", "10:30", "--speaker", "bea",
    ]
    let refused = try await plenary(schedule)
    #expect(refused.code == 1 && refused.error.contains("--waive room-taken"), "\(refused)")
    let unreasoned = try await plenary(schedule + ["--waive", "room-taken"])
    #expect(unreasoned.code == 2 && unreasoned.error.contains("--reason"), "\(unreasoned)")
    let other = try await plenary(schedule + ["--waive", "person-twice", "--reason", "One audience"])
    #expect(other.code == 1, "A waiver covers only its own kind: \(other)")
    let waived = try await plenary(
      schedule + ["--waive", "room-taken", "--reason", "One audience", "--json"])
    #expect(
      waived.events.last
        == #"ConflictWaived {"conflict":{"kind":"room-taken","room":"aula","sessions":["c","d"]},"reason":"One audience"}"#,
      "\(waived)")

    try await plenary("program", "check").says(
      "No problems were found. 1 conflict is accepted; see --waived.")
    try await plenary("program", "check", "--waived").says("room-taken", "“c”", "“d”", "One audience")
    try await plenary("program", "check", "--waived", "--only", "room-taken").says("One audience")
    #expect(
      try await plenary.done("program", "check", "--waived", "--only", "untranslated", "--json").list.isEmpty)
    // A waiver ends with its conflict. If the conflict returns, it is not waived.
    try await plenary.done("session", "move", "d", "--start", "2016-06-03 11:00")
    #expect(
      try await plenary(
        "session", "move", "d", "--start", "2016-06-03 09:30", "--waive", "room-taken", "--reason", "Again"
      ).code == 0)
    try await plenary("program", "show", "--day", "2016-06-03").says("09:30 │ C", "2016-06-03")
    #expect(try await !plenary.done("program", "show", "--day", "2016-06-03").output.contains("2016-06-01"))
    #expect(try await plenary.done("program", "show", "--day", "2016-06-01").output.isEmpty)
  }
}
