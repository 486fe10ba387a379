import Foundation
import Postgres
import TestSupport
import Testing

/// A conference with something of everything, for every command that reads.
@Suite(
  .timeLimit(.minutes(40)),
  .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"))
struct `A database that can only be read` {
  /// What the read models answer.
  private static let present: [[String]] = [
    ["conference", "list"], ["conference", "show"], ["venue", "list"], ["room", "list"], ["track", "list"],
    ["session", "list"], ["session", "show", "opening"], ["session", "sittings", "opening"],
    ["presentation", "list"], ["speaker", "list"], ["statement", "list", "--session", "opening"],
    ["statement", "show", "e-1"], ["correction", "list"], ["people", "duplicates"],
    ["organisation", "list"], ["organisation", "show", "bank"], ["subject", "list"], ["program", "show"],
    ["program", "releases"], ["program", "prints"], ["program", "export", "csv", "-o", "-"],
    ["program", "export", "ics", "--draft", "-o", "-"], ["program", "print", "--format", "json", "-o", "-"],
    ["program", "print", "--release", "1.0", "--format", "json", "-o", "-"], ["proceedings", "show"],
    ["proceedings", "issues"], ["proceedings", "print", "--format", "json", "-o", "-"],
    ["proceedings", "export", "--format", "json", "-o", "-"],
    ["projections", "status"],
  ]
  /// What says with which login it reads.
  private static let logins: [[String]] = [["db", "status"]]
  /// What has personal data, which a reader does not see.
  private static let people: [[String]] = [
    ["attendee", "list"], ["attendee", "show", "a-1"], ["attendee", "presence"], ["speaker", "show", "ada"],
  ]
  /// What needs the log or the vault.
  private static let past: [[String]] = [
    ["proceedings", "corrigendum", "--format", "json", "-o", "-"],
    ["room", "list", "--at", "2"], ["log", "show"], ["log", "changes"], ["log", "export"], ["log", "verify"],
    ["log", "tail", "--no-follow"], ["program", "check"], ["program", "diff", "1.0.."],
    ["program", "errata", "--no-slip"], ["program", "reprint", "1", "-o", "-"], ["program", "notices"],
    ["proceedings", "diff", "@9..@19"],
    ["proceedings", "print", "--issue", "1", "--format", "json", "-o", "-"], ["projections", "verify"],
    ["attendee", "print", "check-in", "--format", "csv", "-o", "-"],
    ["attendee", "presence", "--format", "csv", "-o", "-"],
  ]

  private func filled() async throws -> (plenary: Plenary, database: ConnectionParameters) {
    let database = try await TestServer.shared.database()
    let plenary = try await Self.plenary(database)
    try await plenary.done("db", "migrate")
    _ = try await plenary.berlin()
    let folder = try Folder()
    for words in [
      ["venue", "add", "west", "--name", "West"], ["track", "add", "economy", "--name", "Economy"],
      ["speaker", "register", "ada", "--name", "Lovelace, Ada"],
      [
        "session", "schedule", "opening", "--title", "Opening", "--room", "aula", "--start",
        "2016-06-01 09:00",
        "--end", "10:00", "--speaker", "ada",
      ],
      [
        "presentation", "add", "talk", "opening", "--title", "A talk", "--presenter", "ada", "--minutes",
        "20",
      ],
      ["attendee", "register", "a-1", "--name", "Berg, Anna"],
      ["attendee", "check-in", "a-1", "--session", "opening", "--station", "Door 2"],
      ["program", "release", "1.0"], ["program", "print", "--for-print", "-o", folder.path("program.pdf")],
      ["session", "revise", "opening", "--title", "The opening"],
      ["organisation", "add", "bank", "--name", "Bank"], ["subject", "add", "ice", "--name", "Ice"],
      ["session", "convene", "opening", "--at", "2016-06-01 09:01"],
      ["statement", "record", "opening", "--by", "ada", "--text", "began.", "--id", "e-1"],
      ["proceedings", "issue"],
      [
        "correction", "make", "e-1", "--kind", "editorial", "--text", "begins.", "--verified-against",
        "notes",
      ],
    ] { try await plenary.done(words) }
    return (plenary, database)
  }

  private static func plenary(_ parameters: ConnectionParameters, user: String? = nil) async throws -> Plenary
  {
    var keywords = parameters.keywords
    if let user { keywords["user"] = user }
    return Plenary(database: keywords.map { "\($0)=\($1)" }.sorted().joined(separator: " "))
  }

  @Test func `is in these lists with every command that reads`() async throws {
    let others: Set<String> = [
      "conference use",
      "db start", "db stop", "db migrate", "db psql", "db backup", "db restore", "db distribute",
      "db rotate-key", "log import",
      "projections follow",
      "projections rebuild",
      "proceedings rebuild", "proceedings verify", "proceedings check", "program template export",
      "correction show",
    ]
    let listed = Set(
      (Self.present + Self.people + Self.past + Self.logins).map { $0.prefix(2).joined(separator: " ") })
    for (path, command) in try await CommandTree.all()
    where command.subcommands == nil && !command.options.contains("dry-run") {
      let name = path.joined(separator: " ")
      #expect(listed.contains(name) || others.contains(name), "\(name)")
    }
  }

  @Test func `answers like its primary if it is a standby, and says how old it is`() async throws {
    let (plenary, database) = try await filled()
    let commands = Self.present + Self.people + Self.past
    var expected: [Plenary.Run] = []
    for command in commands { _ = try await plenary(command) }
    for command in commands { expected.append(try await plenary(command)) }
    let server = try await TestServer.shared.standby()
    defer { server.stop() }
    // A standby knows how old its last change is once one has reached it.
    _ = try await plenary.connect().query("select txid_current()")
    try await server.catchUp()
    let standby = try await Self.plenary(server.parameters(database: database.keywords["dbname"]!))
    for (command, primary) in zip(commands, expected) {
      let run = try await standby(command)
      #expect(run.code == primary.code && run.output == primary.output, "\(primary)\n\(run)")
      #expect(
        run.error.contains("This database is a standby: the last change that it has is of 20"), "\(run)")
    }
    #expect(try await standby.done("db", "status").output.contains(/schema +current/))
    // Nobody has read this on the primary, so its read model does not have it yet.
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    try await server.catchUp()
    let caughtUp = try await standby.done("room", "list")
    #expect(caughtUp.output.contains("Foyer"))
    #expect(
      caughtUp.error.contains("This database is a standby: the last change that it has is of 20"),
      "\(caughtUp)")
    #expect(try await standby.done("room", "list", "--at", "2").output.contains("Foyer") == false)
    // What comes after this does not reach it.
    try await server.pause()
    try await plenary.done("room", "add", "attic", "--name", "Attic")
    let behind = try await standby.done("room", "list").output
    #expect(behind.contains("Foyer") && !behind.contains("Attic"))
    try await server.resume()
    for command in [["room", "add", "cellar", "--name", "Cellar"], ["projections", "rebuild"]] {
      let refused = try await standby(command + ["--json"])
      #expect(refused.code == 4 && refused.error.contains(#""code":"read-only""#), "\(refused)")
      #expect(!refused.error.contains("SQLSTATE") && !refused.error.contains("transaction"), "\(refused)")
    }
    #expect(try await standby("room", "add", "cellar", "--name", "Cellar", "--dry-run").code == 0)
  }

  @Test func `answers a login whose transactions are read-only, from the log where the read model is behind`()
    async throws
  {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "list")
    // Nobody has read this, so no read model has it yet.
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    let reading = Plenary(
      database: (plenary.database ?? "") + " options='-c default_transaction_read_only=on'")
    #expect(try await reading.done("room", "list").output.contains("Foyer"))
    let checkpoint = try await plenary.connect().query(
      "select position from projection.checkpoint where projector = 'program'")
    #expect(try checkpoint.map { try $0.decode("position", as: Int.self) } == [2])
    for words in [
      ["room", "add", "cellar", "--name", "Cellar"], ["attendee", "register", "a-1", "--name", "Berg, Anna"],
      ["speaker", "register", "ada", "--name", "Lovelace, Ada", "--email", "ada@example.org"],
    ] {
      let refused = try await reading(words)
      #expect(refused.code != 0 && refused.output.isEmpty, "\(refused)")
    }
  }

  @Test func `answers a login that has only the role plenary_reader`() async throws {
    let (plenary, database) = try await filled()
    try await plenary.connect().executeScript(
      """
      create role clerk login;
      grant plenary_reader to clerk;
      """)
    for command in Self.people { try await plenary.done(command) }
    var expected: [String] = []
    for command in Self.present { expected.append(try await plenary(command).output) }
    let clerk = try await Self.plenary(database, user: "clerk")
    for (command, output) in zip(Self.present, expected) {
      let run = try await clerk(command)
      #expect(run.code == 0, "\(run)")
      // An export of the released program has the position of the release instead of that of the log's end.
      if command[1] != "export" { #expect(run.output == output, "\(run)") }
    }
    for command in Self.people {
      let run = try await clerk(command)
      #expect(run.code == 0 && !run.output.contains("Berg") && !run.output.isEmpty, "\(run)")
    }
    for command in Self.past + [["room", "add", "cellar", "--name", "Cellar"], ["projections", "rebuild"]] {
      let run = try await clerk(command)
      #expect(run.code == 4 && run.output.isEmpty && run.error.contains("plenary_reader"), "\(run)")
      #expect(!run.error.contains("permission denied"), "\(run)")
    }
    let status = try await clerk.done("db", "status").output
    #expect(
      status.contains(/schema +current/) && status.contains("berlin, ") && status.contains("may not read"),
      "\(status)")
    let twice = try await clerk.done("people", "duplicates").error
    #expect(twice.contains("No speaker seems to be registered twice."), "\(twice)")
    // The position of the log's end is the present state, also where the release is older.
    let heads = try await plenary.connect().query("select position from log.head")
    let head = try "\(heads[0].decode("position", as: Int.self))"
    try await plenary.done("program", "show")
    let draft = try await clerk.done("program", "export", "csv", "--draft", "--at", head, "-o", "-").output
    #expect(draft.contains("The opening"))
    #expect(
      try await clerk.done("program", "export", "csv", "--at", head, "-o", "-").output.contains("Opening"))
    let early = try await clerk("program", "export", "csv", "--draft", "--at", "3", "-o", "-")
    #expect(early.code == 4 && early.error.contains("reads the present state (position \(head))"), "\(early)")
    let beyond = try await clerk("room", "list", "--at", "999", "--json")
    #expect(beyond.code == 1 && beyond.error.contains("position-not-reached"), "\(beyond)")
    let released = try await clerk.done("program", "export", "csv", "-o", "-").output
    #expect(released.contains("Opening") && !released.contains("The opening"))
    // It says how far behind it is, and does not catch up.
    try await plenary.done("room", "add", "foyer", "--name", "Foyer")
    let behind = try await clerk.done("room", "list")
    #expect(
      !behind.output.contains("Foyer") && behind.error.contains("is 1 event behind the log"), "\(behind)")
    try await plenary.done("room", "list")
    #expect(try await clerk.done("room", "list").output.contains("Foyer"))
    try await plenary.done("program", "release", "1.1")
    #expect(try await clerk.done("program", "export", "csv", "-o", "-").output.contains("The opening"))
    try await plenary.done("projections", "verify")
  }
}
