import Foundation
import Postgres
@testable import PostgresLog
import Publishing
import Testing

/// Whatever is published must not depend on who is behind a withheld attribution.
@Suite(.timeLimit(.minutes(40))) struct `A withheld name` {
  @Test func `changes no published byte when it is swapped with another one`() async throws {
    async let first = Record(withheld: "ada", "beatrix-van-den-heuvel-de-la-tour")
    async let second = Record(withheld: "beatrix-van-den-heuvel-de-la-tour", "ada")
    let (one, other) = try await (first, second)
    #expect(one.outputs.count > 50)
    for (name, output) in one.outputs.sorted(by: { $0.key < $1.key }) {
      // Some tables have no rows.
      #expect(!output.isEmpty || name.hasPrefix("table "), "\(name)")
      #expect(output.range(of: Data("identity".utf8)) == nil, "\(name)")
      #expect(output == other.outputs[name], "\(name)\n\(difference(output, other.outputs[name]))")
    }
    // What is sealed has one length. Sealed bytes, salts and commitments differ, and tell nothing without the key.
    #expect(one.log.map(\.count) == other.log.map(\.count))
    #expect(
      one.log.filter { $0.contains("identity") }.count > 5, "The log has what the outputs must not have.")
    for record in [one, other] {
      #expect(
        Set(record.parts).count == record.parts.count, "Two receipts tell that they concern one person.")
    }
  }

  private func difference(_ one: Data, _ other: Data?) -> String {
    let lines = [one, other ?? Data()].map { String(decoding: $0, as: UTF8.self).split(separator: "\n") }
    let at = zip(lines[0], lines[1]).first { $0 != $1 }
    return at.map { "\($0.prefix(500))\n\($1.prefix(500))" } ?? "One is longer."
  }

  /// A conference with a record, and everything that can be published of it.
  private struct Record {
    /// By the command, without what depends on the hashes of the log.
    private(set) var outputs: [String: Data] = [:]
    /// The lines of the exported log.
    private(set) var log: [Substring] = []
    /// The keyed parts of the receipts of commands with personal data.
    private(set) var parts: [[UInt8]] = []

    init(withheld one: String, _ other: String) async throws {
      let plenary = try await Plenary.apart()
      try await Self.stopClock(plenary)
      try await Self.record(plenary, one, other)
      let pages = try Folder()
      try await plenary.done("program", "template", "export", pages.path("t"))
      try Self.leaveOutRoot(pages.path("t"))
      for command in Self.commands {
        let run = try await plenary(command)
        // The statement that r-1 rests on was split.
        #expect(run.code == (command.contains("check") ? 1 : 0), "\(run)")
        outputs[command.joined(separator: " ")] = Self.masked(run.output)
      }
      for (index, command) in Self.printing.enumerated() {
        let file = "\(index).pdf"
        let run = try await plenary(command + ["--templates", pages.path("t"), "-o", pages.path(file)])
        #expect(run.code == 0, "\(run)")
        outputs[command.joined(separator: " ")] = try pages.bytes(file)
      }
      let connection = try await plenary.connect()
      let receipts = try await connection.query("select request from log.receipt order by first_position")
      // Without personal data they are plain hashes: the same for the same command.
      let requests = try Set(receipts.map { try $0.decode("request", as: [UInt8].self) })
      parts = requests.flatMap { [Array($0[16..<24]), Array($0[24..<32])] }
      try await connection.execute("set role plenary_reader")
      for (table, rows) in try await Self.tables(connection) { outputs["table \(table)"] = rows }
      log = try await plenary.done("log", "export").output.split(separator: "\n")
    }

    /// Every event is recorded at one time.
    private static func stopClock(_ plenary: Plenary) async throws {
      let connection = try await plenary.connect()
      let source: String = try await connection.query(
        "select pg_get_functiondef('log.append'::regproc) as source")[0].decode("source")
      #expect(source.contains("clock_timestamp()"))
      try await connection.execute(
        "\(raw: source.replacing("clock_timestamp()", with: "timestamptz '2016-06-01 08:00:00+00'"))")
      // Commands compare the schema with what was made.
      try await connection.run { try Catalogue.store(Catalogue.rows($0), $0) }
    }

    private static func record(_ plenary: Plenary, _ one: String, _ other: String) async throws {
      var number = 0
      func run(_ words: String...) async throws {
        number += 1
        let digits = String(number)
        let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        let run = try await plenary(words + ["--command-id", id])
        #expect(run.code == 0, "\(run)")
      }
      try await run(
        "conference", "open", "berlin", "--title", "Berlin", "--first-day", "2016-06-01", "--last-day",
        "2016-06-03", "--zone", "Europe/Berlin", "--languages", "en", "de")
      try await run("room", "add", "aula", "--name", "Aula")
      for (person, name) in [
        ("ada", "Lovelace, Ada"), ("beatrix-van-den-heuvel-de-la-tour", "Heuvel, Beatrix"),
        ("carl", "Gauss, Carl"),
      ] {
        try await run("speaker", "register", person, "--name", name)
      }
      try await run("speaker", "contact", "ada", "--email", "ada@example.org")
      try await run(
        "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
        "--end", "10:00", "--chair", "carl", "--speaker", "ada")
      try await run(
        "session", "schedule", "other", "--title", "Other", "--room", "aula", "--start", "2016-06-01 11:00",
        "--end", "12:00")
      func say(_ id: String, _ text: String, _ attribution: String...) async throws {
        try await record("record", id, attribution + ["--text", text])
      }
      func record(_ verb: String, _ id: String, _ words: [String]) async throws {
        number += 1
        let command =
          "00000000-0000-4000-8000-" + String(repeating: "9", count: 12 - "\(number)".count) + "\(number)"
        let run = try await plenary(
          ["statement", verb, "panel", "--id", id] + words + ["--command-id", command])
        #expect(run.code == 0, "\(run)")
      }
      func withheld(_ person: String) -> [String] {
        ["--mode", "withheld", "--identity", person, "--as-printed", "A participant"]
      }
      try await say("e-1", "opened the panel.", "--by", "carl")
      try await say("e-2", "spoke of trade.", "--by", "ada")
      try await record("record", "e-3", withheld(one) + ["--text", "doubted it. Nobody agreed."])
      try await say("e-4", "replied.", "--by", "beatrix-van-den-heuvel-de-la-tour", "--mention", "ada")
      try await record("record", "e-5", withheld(other) + ["--text", "insisted."])
      try await record("position", "p-1", withheld(one) + ["--topic", "Trade", "--text", "Against."])
      try await record("conclusion", "c-1", withheld(other) + ["--text", "Nothing follows."])
      try await record("recommendation", "r-1", withheld(one) + ["--text", "Wait.", "--based-on", "e-3"])
      try await say("e-6", "asked why.", "--voice", "red-tie", "--as-printed", "A voice from the floor")
      try await say("e-7", "thanked all.", "--by", "carl")
      try await run(
        "statement", "reattribute", "e-6", "--mode", "withheld", "--identity", one, "--as-printed", "A voice")
      try await run("statement", "split", "e-3", "--at", "Nobody", "--id", "e-8")
      try await run("statement", "move", "e-5", "--after", "e-1")
      try await run("statement", "translate", "e-5", "--text", "de=beharrte darauf.")
      try await run("statement", "authorise", "e-3", "--evidence", "Letter")
      try await run("program", "release", "1.0")
      try await run("proceedings", "issue", "--date", "2016-06-05")
      try await run(
        "correction", "make", "e-5", "--kind", "editorial", "--text", "insisted on it.", "--verified-against",
        "recording")
      try await run(
        "correction", "make", "e-7", "--kind", "substantive", "--mode", "withheld", "--identity", other,
        "--as-printed", "A participant", "--verified-against", "speaker")
      try await run("statement", "authorise", "e-7", "--evidence", "Mail")
      try await run("proceedings", "issue", "--date", "2016-06-06")
    }

    private static let entries = [
      "e-1", "e-2", "e-3", "e-4", "e-5", "e-6", "e-7", "e-8", "p-1", "c-1", "r-1",
    ]

    private static let commands: [[String]] =
      [
        ["proceedings", "show"], ["proceedings", "show", "--json"], ["proceedings", "check"],
        ["proceedings", "check", "--json"], ["proceedings", "issues", "--json"],
        ["proceedings", "diff", "1..2"],
        ["proceedings", "diff", "1..2", "--json"],
        ["proceedings", "print", "--format", "json", "-o", "-"],
        ["proceedings", "print", "--format", "html", "-o", "-"],
        ["proceedings", "print", "--issue", "1", "--format", "json", "-o", "-"],
        ["proceedings", "print", "--issue", "1", "--format", "html", "-o", "-"],
        ["proceedings", "print", "--issue", "2", "--format", "json", "-o", "-"],
        ["proceedings", "print", "--issue", "2", "--format", "html", "-o", "-"],
        ["proceedings", "export", "--format", "json", "-o", "-"],
        ["proceedings", "export", "--format", "html", "-o", "-"],
        ["proceedings", "corrigendum", "--issue", "1", "--format", "json", "-o", "-"],
        ["proceedings", "corrigendum", "--issue", "1", "--format", "html", "-o", "-"],
        ["statement", "list"], ["statement", "list", "--json"], ["log", "changes"],
        ["log", "changes", "--json", "--reveal"],
        ["statement", "list", "--at", "20", "--json"],
        ["correction", "list", "--json"], ["session", "list", "--json"],
        ["session", "show", "panel", "--json"],
        ["speaker", "list", "--json"], ["speaker", "show", "ada", "--json"], ["program", "show"],
      ] + entries.map { ["statement", "show", $0, "--json"] } + entries.map { ["statement", "show", $0] }
      + ProgramFormat.allCases.map { ["program", "export", $0.rawValue, "-o", "-"] }

    private static let printing = [
      ["proceedings", "print"], ["proceedings", "print", "--issue", "1"],
      ["proceedings", "print", "--issue", "2"], ["proceedings", "corrigendum", "--issue", "1"],
      ["program", "print", "booklet"],
    ]

    /// Without the Merkle root, what is hashed with it, and encrypted addresses of speakers.
    private static func masked(_ text: String) -> Data {
      Data(
        text.replacing(/[0-9a-f]{64}/, with: "#").replacing(/[A-Za-z0-9+\/]{300,}=*/, with: "(contact)").utf8)
    }

    /// So that printed pages can be compared byte by byte.
    private static func leaveOutRoot(_ folder: String) throws {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".typ") {
        let url = URL(filePath: folder).appending(path: name)
        let template = try String(contentsOf: url, encoding: .utf8)
        try template.replacing("stamp.root", with: "\"\"").write(to: url, atomically: true, encoding: .utf8)
      }
    }

    /// All tables that the role of a connection may read.
    private static func tables(_ connection: Connection) async throws -> [(String, Data)] {
      let names = try await connection.query(
        """
        select table_schema || '.' || table_name as name from information_schema.table_privileges
        where privilege_type = 'SELECT' and table_schema in ('proceedings', 'program', 'attendance', 'projection')
        order by 1
        """
      ).map { try $0.decode("name", as: String.self) }
      #expect(names.contains("proceedings.entry") && names.contains("proceedings.correction"))
      var tables: [(String, Data)] = []
      for name in names {
        let rows = try await connection.query("select t::text as row from \(raw: name) as t order by 1")
          .map { try $0.decode("row", as: String.self) }
        if name == "projection.checkpoint" { continue }
        let text = rows.joined(separator: "\n")
        #expect(!text.contains("identity"), "\(name)")
        tables.append((name, masked(text)))
      }
      return tables
    }
  }
}

@Suite(.timeLimit(.minutes(40))) struct `A disclosure` {
  private func conference() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01 09:00",
      "--end", "12:00")
    try await plenary.done("speaker", "register", "ada", "--name", "Lovelace, Ada")
    try await plenary.done("speaker", "affiliate", "ada", "--organisation", "Engine House")
    try await plenary.done("speaker", "register", "bea", "--name", "Beason, Bea")
    return plenary
  }

  @Test func `needs the speaker's authorisation, which tells nobody who it is`() async throws {
    let plenary = try await conference()
    let recorded = try await plenary.done(
      "statement", "record", "panel", "--id", "e-1", "--mode", "withheld", "--identity", "ada",
      "--as-printed",
      "A participant", "--text", "doubted it.")
    #expect(recorded.error.isEmpty)
    let refused = try await plenary("statement", "disclose", "e-1")
    #expect(refused.code == 1 && refused.error.contains("statement authorise e-1 --evidence"), "\(refused)")
    for words in [
      ["statement", "reattribute", "e-1", "--by", "ada"], ["statement", "correct", "e-1", "--by", "ada"],
    ] {
      let run = try await plenary(words)
      #expect(run.code == 1 && run.error.contains("withheld"), "\(run)")
    }
    let before = try await plenary.done("log", "export").lines.count - 1
    try await plenary.done("statement", "authorise", "e-1", "--evidence", "Letter of Ada Lovelace, 3 May")
    let again = try await plenary.done(
      "statement", "authorise", "e-1", "--evidence", "Letter of Ada Lovelace, 3 May")
    #expect(again.output.contains("Nothing to do"))
    let log = try await plenary.done("log", "export").lines
    #expect(log.count == before + 2)
    #expect(
      log[before...].allSatisfy { line in
        ["\"ada", "Lovelace", "Letter of"].allSatisfy { !line.contains($0) }
      })
    let hidden = try await plenary.done("statement", "show", "e-1")
    #expect(!hidden.output.contains("Ada"))

    try await plenary.done("statement", "disclose", "e-1")
    try await plenary("statement", "show", "e-1").says(
      /attributed to +Ada Lovelace/, /basis +authorised/, /credit +Ada Lovelace; Engine House/)
    #expect(try await plenary.done("correction", "list", "--json").list.isEmpty)
    #expect(try await plenary.done("statement", "disclose", "e-1").output.contains("Nothing to do"))
    try await plenary.done("projections", "verify")
  }

  @Test func `of a published entry is printed in the corrigendum`() async throws {
    let plenary = try await conference()
    try await plenary.done(
      "statement", "record", "panel", "--id", "e-1", "--mode", "withheld", "--identity", "ada",
      "--as-printed",
      "A participant", "--text", "doubted it.")
    try await plenary.done("proceedings", "issue")
    // The name and the offices are those of the day of the statement.
    try await plenary.done("speaker", "revise", "ada", "--name", "King, Ada")
    try await plenary.done("statement", "authorise", "1.1", "--evidence", "Letter")
    try await plenary.done("statement", "disclose", "1.1", "--reason", "The speaker wishes it")
    let printed = try await plenary.done("proceedings", "corrigendum", "--format", "json", "-o", "-").output
    for words in ["A participant", "Ada Lovelace", "The speaker wishes it", "the speaker"] {
      #expect(printed.contains(words), "\(printed)")
    }
    let issue = try await plenary.done("proceedings", "print", "--issue", "1", "--format", "html", "-o", "-")
      .output
    #expect(issue.contains("A participant") && !issue.contains("Lovelace"))
    let revealed = try await plenary.done("statement", "show", "e-1", "--reveal", "--json").object
    #expect(revealed["withheld"] as? String == "ada")
  }

  @Test func `is refused for what is not withheld, unknown or said by nobody`() async throws {
    let plenary = try await conference()
    try await plenary.done("statement", "record", "panel", "--id", "e-1", "--by", "ada", "--text", "t")
    try await plenary.done(
      "statement", "record", "panel", "--id", "e-2", "--mode", "withheld", "--as-printed", "Somebody",
      "--text", "t")
    for (words, said) in [
      (["statement", "disclose", "e-1"], "not withheld"),
      (["statement", "disclose", "e-2"], "nothing to disclose"),
      (["statement", "disclose", "e-9"], "no entry"),
      (["statement", "authorise", "e-2", "--evidence", "Letter"], "nothing to disclose"),
      (["statement", "authorise", "e-1", "--evidence", " "], "evidence"),
      (["statement", "identify", "Red Tie", "--as", "ada"], "voice"),
      (["statement", "identify", "red-tie", "--as", "ada"], "No entry is attributed to a voice"),
    ] {
      let run = try await plenary(words)
      #expect((1...2).contains(run.code) && run.error.contains(said), "\(run)")
    }
  }

  @Test func `of an unknown voice names all that it said`() async throws {
    let plenary = try await conference()
    for (id, words) in [("e-1", "asked why."), ("e-2", "insisted.")] {
      try await plenary.done(
        "statement", "record", "panel", "--id", id, "--voice", "red-tie", "--as-printed",
        "A man in a red tie",
        "--text", words)
    }
    try await plenary.done("statement", "record", "panel", "--id", "e-3", "--by", "bea", "--text", "replied.")
    let listed = try await plenary.done("statement", "list", "--voice", "red-tie", "--json").list
    #expect(listed.map { $0["entry"] as? String } == ["e-1", "e-2"])
    let id = "0b4d0000-0000-4000-8000-000000000001"
    try await plenary("statement", "identify", "red-tie", "--as", "ada", "--json", "--command-id", id).says(
      "PersonIdentified", "StatementCorrected", "Ada Lovelace")
    #expect(try await plenary.done("statement", "list").output.contains("Ada Lovelace"))
    try await plenary.done("log", "undo", id)
    try await plenary("statement", "show", "e-2").says("A man in a red tie", /voice +red-tie/)

    try await plenary.done("proceedings", "issue")
    let refused = try await plenary("statement", "identify", "red-tie", "--as", "ada")
    #expect(
      refused.code == 1 && refused.error.contains("“e-1”, “e-2” are published")
        && refused.error.contains("--verified-against"), "\(refused)")
    try await plenary.done(
      "statement", "identify", "red-tie", "--as", "ada", "--verified-against", "recording", "--reason",
      "Heard again")
    #expect(try await plenary.done("correction", "list", "--json").list.count == 2)
    let printed = try await plenary.done("proceedings", "corrigendum", "--format", "json", "-o", "-").output
    #expect(printed.contains("A man in a red tie") && printed.contains("Ada Lovelace"))
    let late = try await plenary.done(
      "statement", "record", "panel", "--voice", "red-tie", "--as-printed", "A man", "--text", "went on.")
    #expect(late.error.contains("was identified as “ada”"), "\(late)")
    try await plenary.done("projections", "verify")
    try await plenary.done("log", "verify")
  }
}
