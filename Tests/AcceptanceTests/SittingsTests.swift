import Foundation
import Testing

@Suite(.timeLimit(.minutes(40))) struct `A session as it was held` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("speaker", "register", "ada", "--name", "Adason, Ada")
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:30", "--chair", "ada")
    return plenary
  }

  @Test func `is convened, suspended, resumed and closed`() async throws {
    let plenary = try await conference()
    try await plenary(
      "session", "convene", "opening", "--at", "09:05", "--chair", "ada", "--presiding", "Dr Ada Adason",
      "--presiding", "de=Dr. Ada Adason", "--present", "42", "--quorum", "30", "--place", "Main Hall",
      "--json"
    ).appended(
      #"SessionConvened {"at":"2016-06-01T09:05+02:00[Europe/Berlin]","place":{"en":"Main Hall"},"present":42,"presiding":{"asPrinted":{"de":"Dr. Ada Adason","en":"Dr Ada Adason"},"persons":["ada"]},"quorum":30,"session":"opening","step":1}"#
    )
    try await plenary("session", "suspend", "opening", "--at", "2016-06-01 09:50", "--json").appended(
      #"SessionSuspended {"at":"2016-06-01T09:50+02:00[Europe/Berlin]","session":"opening","step":2}"#)
    try await plenary(
      "session", "resume", "opening", "--at", "10:05", "--chair", "ada", "--presiding", "Ada", "--present",
      "29", "--quorum", "30", "--place", "Garden", "--json"
    ).appended(
      #"SessionResumed {"at":"2016-06-01T10:05+02:00[Europe/Berlin]","place":{"en":"Garden"},"present":29,"presiding":{"asPrinted":{"en":"Ada"},"persons":["ada"]},"quorum":30,"session":"opening","step":3}"#
    )
    let close = try await plenary("session", "close", "opening", "--at", "2016-06-01", "--json")
    close.appended(#"SessionClosed {"at":"2016-06-01","session":"opening","step":4}"#)
    try await plenary("session", "sittings", "opening").says(
      /1 +convened +2016-06-01 09:05 +Dr Ada Adason +42 \(quorum 30\) +Main Hall/,
      /4 +closed +2016-06-01/)
    // What was wrong is corrected; what never happened is undone.
    try await plenary(
      "session", "revise-sitting", "opening", "--step", "1", "--at", "09:06", "--chair", "ada", "--presiding",
      "Ada Adason", "--present", "43", "--quorum", "31", "--place", "Aula", "--json"
    ).appended(
      #"SittingRevised {"at":"2016-06-01T09:06+02:00[Europe/Berlin]","place":{"en":"Aula"},"present":43,"presiding":{"asPrinted":{"en":"Ada Adason"},"persons":["ada"]},"quorum":31,"session":"opening","step":1}"#
    )
    try await plenary(
      "session", "revise-sitting", "opening", "--step", "1", "--clear", "presiding", "--clear", "quorum",
      "--json"
    ).appended(#"SittingRevised {"cleared":["presiding","quorum"],"session":"opening","step":1}"#)
    try await plenary.done("session", "revise-sitting", "opening", "--step", "3", "--clear", "present")
    try await plenary("session", "sittings", "opening").says(
      /1 +convened +2016-06-01 09:06 +43 +Aula/, /3 +resumed +2016-06-01 10:05 +Ada +quorum 30 +Garden/)
    let position = try await plenary.head()
    try await plenary("log", "undo", "\(position - 3)", "--json").appended(
      #"SittingStepRetracted {"session":"opening","step":4}"#)
    let refused = try await plenary("log", "undo", "\(position - 4)")
    #expect(refused.code == 1 && refused.error.contains("undo that change first"), "\(refused)")
    try await plenary("proceedings", "export", "--format", "html", "--output", "-").says(
      "Held", "09:06–09:50", "Announced for")
    try await plenary.done("projections", "verify")
  }

  @Test func `is not cancelled, nor recorded when it was, without a word`() async throws {
    let plenary = try await conference()
    try await plenary.done("session", "convene", "opening", "--at", "09:05")
    try await plenary.done("statement", "record", "opening", "--by", "ada", "--text", "began.", "--id", "e-1")
    let cancelled = try await plenary("session", "cancel", "opening")
    #expect(
      cancelled.code == 0
        && cancelled.error.contains(
          "What is recorded of “opening” stays in the record: 1 entry and 1 sitting; bring it back"),
      "\(cancelled)")
    let said = try await plenary("statement", "record", "opening", "--by", "ada", "--text", "ended.")
    #expect(
      said.code == 0 && said.error.contains("The session “opening” was cancelled; bring it back"), "\(said)")
    let check = try await plenary("proceedings", "check")
    #expect(check.code == 1, "\(check)")
    for line in [
      /opening +cancelled +it was cancelled, and the record has 2 entries and 1 sitting of it/,
      /opening +open-sitting +it was convened \(2016-06-01 09:05\), and not closed/,
    ] {
      #expect(check.output.contains(line), "\(check)")
    }
    #expect(
      try await plenary("proceedings", "check", "--json").list.contains {
        $0["session"] as? String == "opening"
      })
  }

  @Test func `is refused in the wrong order, with advice`() async throws {
    let plenary = try await conference()
    let run = try await plenary("session", "close", "opening")
    #expect(
      run.code == 1
        && run.error.contains(
          "The session “opening” has not been convened; convene it with “plenary session convene opening”."),
      "\(run)")
    try await plenary.done("session", "convene", "opening", "--at", "now")
    #expect(
      try await plenary("session", "convene", "opening", "--at", "now").output.contains("Nothing to do"))
    for wrong in ["25:00", "tomorrow", "2016-06-31"] {
      let run = try await plenary("session", "suspend", "opening", "--at", wrong)
      #expect(run.code != 0 && run.error.contains(wrong), "\(run)")
    }
  }

  @Test func `needs no room and no time`() async throws {
    let plenary = try await conference()
    try await plenary.done("program", "release", "1.0")
    try await plenary(
      "session", "schedule", "notes", "--title", "Zettelkasten", "--unscheduled", "--speaker", "ada", "--json"
    ).appended(
      #"SessionEntered {"kind":"session","languages":[],"session":"notes","title":{"en":"Zettelkasten"}}"#,
      #"PersonAssigned {"person":"ada","role":"speaker","session":"notes"}"#)
    try await plenary.done("statement", "record", "notes", "--by", "ada", "--text", "said so.", "--id", "e-1")
    try await plenary("session", "list").says(/notes +not scheduled/)
    try await plenary("session", "show", "notes").says("not scheduled: in the record, not in the program")
    try await plenary("statement", "list").says("e-1")
    try await plenary("proceedings", "export", "--format", "json", "--output", "-").says("said so.")
    for format in ["ics", "html", "xml", "schedule", "schedule2", "jsonld", "csv", "json"] {
      let run = try await plenary(["program", "export", format, "--draft", "--output", "-"])
      #expect(run.code == 0 && !run.output.contains("Zettelkasten"), "\(run)")
    }
    #expect(!(try await plenary.done("program", "show").output.contains("Zettelkasten")))
    #expect(!(try await plenary.done("program", "diff", "released..").output.contains("Zettelkasten")))
    let run = try await plenary(
      "session", "schedule", "both", "--title", "Both", "--unscheduled", "--room", "aula")
    #expect(run.code == 2, "\(run)")
    // It gets a time later, and is in the program from then on.
    try await plenary(
      "session", "add-slot", "notes", "--room", "aula", "--start", "2016-06-01 11:00", "--end", "12:00",
      "--json"
    ).appended(
      #"SlotAdded {"number":1,"session":"notes","slot":{"end":"2016-06-01T12:00+02:00[Europe/Berlin]","room":"aula","start":"2016-06-01T11:00+02:00[Europe/Berlin]"}}"#
    )
    try await plenary("program", "diff", "released..").says("Zettelkasten")
    try await plenary.done("projections", "verify")
  }

  @Test func `is divided into segments and has a heading`() async throws {
    let plenary = try await conference()
    try await plenary(
      "session", "segment", "opening", "--title", "Welcome", "--title", "de=Begrüßung", "--json"
    ).appended(
      #"SegmentOpened {"segment":1,"session":"opening","title":{"de":"Begrüßung","en":"Welcome"}}"#)
    for (id, text) in [("e-1", "began."), ("e-2", "went on.")] {
      try await plenary.done("statement", "record", "opening", "--by", "ada", "--text", text, "--id", id)
    }
    let first = try await plenary.head() - 1
    try await plenary(
      "session", "segment", "opening", "--title", "Debate", "--before", "e-2", "--json"
    ).appended(
      #"SegmentOpened {"order":"\#(first).i","segment":2,"session":"opening","title":{"en":"Debate"}}"#)
    try await plenary(
      "session", "segment", "opening", "--number", "2", "--title", "Discussion", "--json"
    ).appended(#"SegmentRevised {"segment":2,"session":"opening","title":{"en":"Discussion"}}"#)
    try await plenary("session", "sittings", "opening").says("Welcome", "Discussion")
    try await plenary("session", "segment", "opening", "--number", "1", "--remove", "--json").appended(
      #"SegmentRemoved {"segment":1,"session":"opening"}"#)
    try await plenary("session", "heading", "opening", "--title", "The opening", "--json").appended(
      #"SessionHeadingSet {"heading":{"en":"The opening"},"session":"opening"}"#)
    try await plenary("proceedings", "export", "--format", "html", "--output", "-").says(
      "The opening", "Discussion</h3>")
    try await plenary("session", "number", "opening", "--ordinal", "3", "--json").appended(
      #"SessionOrdinalSet {"ordinal":3,"session":"opening"}"#)
    try await plenary("proceedings", "show").says("The opening")
    try await plenary("proceedings", "export", "--format", "html", "--output", "-").says("Session 3")
    try await plenary("session", "number", "opening", "--clear", "--json").appended(
      #"SessionOrdinalSet {"session":"opening"}"#)
    try await plenary("session", "heading", "opening", "--clear", "--json").appended(
      #"SessionHeadingSet {"session":"opening"}"#)
    try await plenary.done("projections", "verify")
  }
}

@Suite(.timeLimit(.minutes(40))) struct `The record's own front` {
  @Test func `is described field by field`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "10:30")
    try await plenary.done(
      "statement", "record", "opening", "--mode", "unattributed", "--text", "Trade grows.", "--id", "e-1")
    try await plenary(
      "proceedings", "describe", "--headline", "Berlin: Session 1", "--brand", "Berlin Talks", "--series",
      "Talks", "--series-number", "3", "--dateline", "Berlin, 1 June", "--summary", "Much was said.",
      "--note", "A summary record.", "--publisher", "Academy", "--identifier", "isbn=978-3-16-148410-0",
      "--licence", "CC BY 4.0", "--citation", "Berlin Talks 3.", "--participants", "none", "--unstated",
      "printed", "--json"
    ).appended(
      #"FrontMatterRevised {"brand":{"en":"Berlin Talks"},"citation":{"en":"Berlin Talks 3."},"dateline":{"en":"Berlin, 1 June"},"headline":{"en":"Berlin: Session 1"},"identifiers":["isbn=978-3-16-148410-0"],"licence":{"en":"CC BY 4.0"},"note":{"en":"A summary record."},"participants":"none","publisher":{"en":"Academy"},"series":{"en":"Talks"},"seriesNumber":3,"summary":{"en":"Much was said."},"unstated":"printed"}"#
    )
    try await plenary("proceedings", "show", "--description").says(/series number +3/, /unstated +printed/)
    try await plenary(
      "proceedings", "describe", "--summary-from", "e-1", "--clear", "summary", "--clear",
      "headline", "--json"
    ).appended(
      #"FrontMatterRevised {"cleared":["summary","headline"],"summaryFrom":["e-1"]}"#)
    try await plenary("proceedings", "export", "--format", "html", "--output", "-").says(
      "Berlin Talks", "Talks, No. 3", "not stated", "ISBN 978-3-16-148410-0", "A summary record.")
    for words in [
      ["--identifier", "isbn=978-3-16-148410-1"], ["--identifier", "none", "--identifier", "doi=10.1234/x"],
      ["--summary-from", "e-9"], ["--series-number", "0"], [],
      ["--series", "S", "--clear", "series"],
    ] {
      let run = try await plenary(["proceedings", "describe"] + words)
      #expect(run.code == 1 || run.code == 2, "\(run)")
    }
    let position = try await plenary.head()
    try await plenary("log", "undo", "\(position)", "--json").appended(
      #"FrontMatterRevised {"cleared":["summaryFrom"],"headline":{"en":"Berlin: Session 1"},"summary":{"en":"Much was said."}}"#
    )
    try await plenary.done("projections", "verify")
  }
}
