import Postgres
import Testing

/// What organizers type about a person stays in the log. It must not say who an attendee is.
@Suite(.timeLimit(.minutes(40))) struct `A text that stays in clear` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "attendee", "register", "att", "--name", "Quillon, Zork", "--email", "z@example.org", "--organisation",
      "Okapi House", "--note", "gluten and marzipan")
    return plenary
  }

  @Test func `is refused if it names an attendee`() async throws {
    let plenary = try await conference()
    let before = try await plenary.head()
    for words in [
      ["attendee", "register", "--name", "Quillon, Zara", "--reason", "zara quillon wrote a letter"],
      ["attendee", "check-in", "att", "--reason", "Zork Quillon came"],
      ["attendee", "erase", "att", "--yes", "--reason", "Letter of z@example.org"],
      ["room", "add", "salon", "--name", "Salon", "--reason", "Quillon, Zork asked"],
      ["attendee", "print", "badges", "--for-print", "--for", "Zork Quillon", "-o", "/dev/null"],
      ["program", "print", "booklet", "--for-print", "--for", "Zork Quillon", "-o", "/dev/null"],
      ["conference", "revise", "--title", "Berlin again", "--reason", "Zork Quillon asked"],
      ["proceedings", "issue", "--reason", "Zork Quillon asked"],
      ["proceedings", "proof", "--reason", "Zork Quillon asked", "-o", "/dev/null"],
      [
        "program", "notices", "--maildir", "/tmp/plenary-no-letters", "--from", "p@example.org", "--reason",
        "Zork Quillon",
      ],
      ["attendee", "register", "quillon", "--name", "Quillon, Zork"],
      ["attendee", "register", "zorkquillon2", "--name", "Quillon, Zork"],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 1 && run.error.contains("erased"), "\(run)")
    }
    #expect(try await plenary.head() == before)
    try await plenary.done("attendee", "check-in", "att", "--reason", "Zorks and Quillons are many")
  }

  @Test func `is refused however the name is written`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("speaker", "register", "anna", "--name", "Ross, Anna")
    for (id, name) in [("a-1", "Álvarez, José"), ("a-2", "ru=Ольга Иванова"), ("a-3", "Özil, Örn")] {
      try await plenary.done("attendee", "register", id, "--name", name, "--email", "\(id)@example.org")
    }
    let before = try await plenary.head()
    for reason in [
      "ALVAREZ  JOSE", "(Álvarez), José", "José-Álvarez", "Jo\u{200B}sé Álvarez", "jose alvarez wrote",
      "ИВАНОВА, ОЛЬГА", "ÖZIL ÖRN", "ozil orn", "to A-1@EXAMPLE.ORG", "to a-1＠example.org",
    ] {
      let run = try await plenary("room", "add", "salon", "--name", "Salon", "--reason", reason)
      #expect(run.code == 1 && run.error.contains("names the attendee"), "\(run)")
    }
    for words in [
      ["program", "release", "jose-alvarez"],
      ["program", "release", "1.0", "--note", "José Álvarez cancelled."],
      ["attendee", "register", "jose-alvarez", "--name", "Other, One"],
      ["attendee", "register", "a-9", "--name", "Other, One", "--category", "a-1@example.org"],
      ["attendee", "register", "a-9", "--name", "Other, One", "--category", "one other"],
      ["attendee", "revise", "a-1", "--category", "Jose Alvarez"],
      ["attendee", "check-in", "a-1", "--station", "Desk of José Álvarez"],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 1 && run.error.contains("cannot be erased"), "\(run)")
    }
    #expect(try await plenary.head() == before)
    try await plenary.done("attendee", "check-in", "a-1", "--station", "Desk 2")
  }

  /// 高明 is also two signs of 提高明显.
  @Test func `causes a warning if it has a short name in Chinese inside another word`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "zh=高明")
    let words = ["room", "add", "salon", "--name", "Salon", "--reason"]
    let named = try await plenary(words + ["高明 来信"])
    #expect(named.code == 1 && named.error.contains("names the attendee “a-1”"), "\(named)")
    let warned = try await plenary.done(words + ["质量提高明显"])
    #expect(warned.error.contains("The reason may name the attendee “a-1”"), "\(warned)")
    let own = try await plenary.done("attendee", "register", "--name", "zh=李伟", "--reason", "给李伟安排")
    #expect(own.error.contains("The reason may name the attendee"), "\(own)")
  }

  @Test func `is refused if it has what the same command says of somebody`() async throws {
    let plenary = try await conference()
    let before = try await plenary.head()
    for words in [
      ["--name", "Marr, Zoe", "--reason", "Zoe Marr married"],
      ["--email", "new@example.org", "--category", "new@example.org"],
    ] {
      let run = try await plenary(["attendee", "revise", "att"] + words)
      #expect(run.code == 1 && run.error.contains("cannot be erased"), "\(run)")
    }
    #expect(try await plenary.head() == before)
    try await plenary.done("attendee", "revise", "att", "--name", "Marr, Zoe", "--reason", "Married")
  }

  @Test func `may not have the address of a speaker`() async throws {
    let plenary = try await conference()
    try await plenary.done("speaker", "register", "anna", "--name", "Ross, Anna")
    let before = try await plenary.head()
    let first = try await plenary(
      "speaker", "contact", "anna", "--email", "anna.ross@example.org", "--reason",
      "anna.ross@example.org wrote")
    #expect(
      first.code == 1 && first.error.contains("has the e-mail address of the speaker “anna”"), "\(first)")
    #expect(try await plenary.head() == before)
    try await plenary.done("speaker", "contact", "anna", "--email", "anna.ross@example.org")
    for words in [
      ["speaker", "erase", "anna", "--yes"], ["speaker", "contact", "anna", "--none"],
      ["room", "add", "salon", "--name", "Salon"],
    ] {
      let run = try await plenary(words + ["--reason", "Letter of <Anna.Ross@example.org>"])
      #expect(run.code == 1 && run.error.contains("leave the address out"), "\(run)")
    }
    try await plenary.done("speaker", "erase", "anna", "--yes", "--reason", "Letter 12")
  }

  @Test func `may name somebody who is also a speaker`() async throws {
    let plenary = try await conference()
    try await plenary.done("speaker", "register", "zork", "--name", "Quillon, Zork")
    try await plenary.done("attendee", "check-in", "att", "--reason", "Zork Quillon's flight was late")
  }

  @Test func `may not name others along with a speaker`() async throws {
    let plenary = try await conference()
    try await plenary.done("speaker", "register", "zork", "--name", "Quillon, Zork")
    for (name, person) in [("a-1", "Abelson, Aaron"), ("z-1", "Zimmer, Zoe")] {
      try await plenary.done("attendee", "register", name, "--name", person)
      let run = try await plenary(
        "attendee", "check-in", name, "--reason", "Came with Zork Quillon and \(person)")
      #expect(run.code == 1 && run.error.contains("names the attendee “\(name)”"), "\(run)")
    }
  }

  /// Also what a later command said of them.
  @Test func `is found by erase --prove if it has what was revised`() async throws {
    let plenary = try await conference()
    try await plenary.done("attendee", "revise", "att", "--email", "later@example.org")
    for (table, text) in [("earlier", "z@example.org"), ("later", "LATER@example.org")] {
      try await plenary.connect().execute("create table public.\(raw: table) (note text)")
      try await plenary.connect().execute("insert into public.\(raw: table) values (\(text))")
    }
    let run = try await plenary.done("attendee", "erase", "att", "--yes", "--prove")
    #expect(
      run.error.contains("public.earlier: note") && run.error.contains("public.later: note"), "\(run)")
  }

  /// JSON can have every sign in another way.
  @Test func `is found by erase --prove if JSON has it with escapes`() async throws {
    let plenary = try await conference()
    let connection = try await plenary.connect()
    try await connection.execute("create table public.letter (number integer primary key, content json)")
    for (number, json) in [#"{"by": "Zork\u0020Quillon"}"#, #"{"by": "\u005aork\nQuillon"}"#].enumerated() {
      try await connection.execute("insert into public.letter values (\(number), \(json)::json)")
    }
    let run = try await plenary.done("attendee", "erase", "att", "--yes", "--prove")
    for number in 0...1 {
      #expect(run.error.contains("public.letter, number \(number): content"), "\(run)")
    }
  }

  @Test func `is found by erase --prove, with its place`() async throws {
    let plenary = try await conference()
    try await plenary.done("speaker", "register", "zork", "--name", "Quillon, Zork")
    try await plenary.done("attendee", "check-in", "att", "--reason", "Zork Quillon's flight was late")
    let print = try await plenary.done(
      "attendee", "print", "badges", "--organisation", "Okapi House", "--for-print", "-o",
      "/tmp/plenary-badges.pdf")
    #expect(print.error.contains("keeps “Okapi House” unencrypted"), "\(print)")
    let run = try await plenary.done("attendee", "erase", "att", "--yes", "--prove")
    for place in ["log.event, event 5: reason", "print 1 (badges)", "program.person, person zork: name"] {
      #expect(run.error.contains(place), "\(place) \(run)")
    }
    let other = try await self.conference()
    let clean = try await other.done("attendee", "erase", "att", "--yes", "--prove")
    #expect(clean.error.contains("tables for 5 texts: nothing is left."), "\(clean)")
    let again = try await other.done("attendee", "erase", "att", "--yes", "--prove")
    #expect(again.error.contains("Nothing is known"), "\(again)")
  }

  @Test func `is found however it is written, each place once and with what it belongs to`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for (id, name) in [("a-1", "Álvarez, José"), ("a-2", "ru=Ольга Иванова"), ("a-3", "Özil, Örn")] {
      // What stands in the log before they register.
      let words = String(name.split(separator: "=").last!)
      try await plenary.done(
        "room", "add", "room-\(id)", "--name", "Salon \(words.uppercased())", "--reason", "\(words) asked",
        "--actor", words)
      try await plenary.done("attendee", "register", id, "--name", name)
      let trial = try await plenary.done("attendee", "erase", id, "--yes", "--prove", "--dry-run")
      #expect(trial.error.contains("this would be left:"), "\(trial)")
      #expect(!trial.error.contains("vault.key"), "\(trial)")
      let run = try await plenary.done("attendee", "erase", id, "--yes", "--prove")
      let lines = run.error.split(separator: "\n").map(String.init)
      #expect(lines.contains { $0.contains(/log\.event, event \d+: actor/) }, "\(run)")
      #expect(lines.contains { $0.contains(/log\.event, event \d+: reason/) }, "\(run)")
      #expect(lines.contains("  program.room, room room-\(id): name"), "\(run)")
      #expect(Set(lines).count == lines.count && !run.error.contains("catalogue"), "\(run)")
    }
    try await plenary.done("attendee", "register", "a-4", "--name", "Catalogue, Table", "--note", "table")
    let clean = try await plenary.done("attendee", "erase", "a-4", "--yes", "--prove")
    #expect(clean.error.contains("nothing is left."), "\(clean)")
  }

  @Test func `is looked for only where the login may read, which is said`() async throws {
    let plenary = try await conference()
    let name = "clerk_\(UInt32.random(in: 0 ... .max))"
    let owner = try await plenary.connect()
    try await owner.execute("create role \(raw: name) login")
    try await owner.execute("grant plenary_writer to \(raw: name)")
    try await owner.execute("create table public.secret (note text)")
    try await owner.execute("insert into public.secret values ('ZORK QUILLON')")
    let clerk = Plenary(database: (plenary.database ?? "").replacing("user=plenary", with: "user=\(name)"))
    let run = try await clerk.done("attendee", "erase", "att", "--yes", "--prove")
    #expect(
      run.error.contains("Not searched, because this login may not read them: public.secret."), "\(run)")
    #expect(run.error.contains("this login may not begin a new part of it"), "\(run)")
    let other = try await conference()
    try await other.connect().execute("create table public.secret (note text)")
    try await other.connect().execute("insert into public.secret values ('ZORK QUILLON')")
    let found = try await other.done("attendee", "erase", "att", "--yes", "--prove")
    #expect(found.error.contains("public.secret: note"), "\(found)")
  }
}
