import Foundation
import Postgres
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(40))) struct `An attendee who is erased` {
  private static let secrets = [
    "Xylophonova", "Quetzalcoatla", "xq7.secret@example.org", "Zebrafinch Institute",
    "Okapi Wrangler", "Ruritania", "gluten and marzipan", "Хочубей", "Xylo2phonova", "Sortkeyxq",
    "xq8.changed@example.org",
  ]

  @Test func `leaves no readable data in any table, output or earlier state`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "attendee", "register", "a-1", "--name", "en=Xylophonova, Quetzalcoatla", "--name", "ru=Хочубей",
      "--email", "xq7.secret@example.org", "--organisation", "Zebrafinch Institute", "--position",
      "Okapi Wrangler", "--country", "Ruritania", "--note", "gluten and marzipan", "--sort-key",
      "Sortkeyxq")
    try await plenary.done("attendee", "register", "a-2", "--name", "Stays, Who", "--email", "w@example.org")
    try await plenary.done("attendee", "list")
    try await plenary.done(
      "attendee", "revise", "a-1", "--name", "Xylo2phonova, Quetzalcoatla", "--email",
      "xq8.changed@example.org")
    let shown = try await plenary.done("attendee", "show", "a-1")
    #expect(shown.output.contains("xq8.changed@example.org") && shown.output.contains("Ruritania"))
    try await plenary.done("attendee", "check-in", "a-1")
    let connection = try await plenary.connect()
    let key = try await connection.query("select key from vault.key where owner = 'attendee:a-1'")[0]
      .decode("key", as: [UInt8].self)

    // Even before the erasure, only the vault makes anything readable.
    #expect(try await found(in: dump(plenary, connection), besides: []).isEmpty)

    try await plenary.done("attendee", "erase", "a-1", "--yes")

    let everything = try await dump(plenary, connection)
    #expect(found(in: everything, besides: [key]).isEmpty)
    #expect(everything.contains("attendee:a-2"), "the dump is one of everything")
    #expect(
      try await connection.query("select owner from vault.key").map {
        try $0.decode("owner", as: String.self)
      }
        == ["attendee:a-2"])

    try await plenary.done("log", "verify")
    for command in [
      ["attendee", "list"], ["attendee", "list", "--at", "6"], ["attendee", "show", "a-1", "--at", "5"],
      ["attendee", "list", "--json"], ["log", "export"], ["log", "show"],
    ] {
      let run = try await plenary(command)
      #expect(run.code == 0 && found(in: run.output + run.error, besides: [key]).isEmpty, "\(run)")
    }
    #expect(try await plenary.done("attendee", "list").output.contains("Who Stays"))
    try await plenary.done("projections", "rebuild")
    try await plenary.done("projections", "verify")
    #expect(try await found(in: dump(plenary, connection), besides: [key]).isEmpty)

    for verb in [
      ["revise", "a-1", "--email", "new@example.org"], ["check-in", "a-1"], ["withdraw", "a-1"],
      ["register", "a-1", "--name", "New, Name"],
    ] {
      let run = try await plenary(["attendee"] + verb)
      #expect(run.code == 1 && run.error.contains("was erased"), "\(run)")
    }
    #expect(try await connection.query("select from vault.key").count == 1)
    let again = try await plenary.done("attendee", "erase", "a-1", "--yes")
    #expect(again.output.contains("Nothing to do"))
  }

  @Test func `needs a confirmation, and is kept without one`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("attendee", "register", "a-1", "--name", "Li, Wei")
    let run = try await plenary("attendee", "erase", "a-1")
    #expect(run.code == 1 && run.error.contains("Not erased"), "\(run)")
    try await plenary.done("attendee", "erase", "a-1", "--dry-run")
    #expect(try await plenary.done("attendee", "show", "a-1").output.contains("Wei Li"))
  }

  /// All tables of all schemas, both as a dump and in COPY's format.
  private func dump(_ plenary: Plenary, _ connection: Connection) async throws -> String {
    let result = try await Subprocess.run(
      .name("pg_dump"), arguments: ["--inserts", "--dbname", plenary.database ?? ""],
      output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
    #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
    let copies = try await connection.run { connection in
      var bytes: [UInt8] = []
      let tables = try connection.query(
        """
        select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')
        """
      ).map { try $0.decode("name", as: String.self) }
      for table in tables {
        try connection.copyOut("copy \(raw: table) to stdout") { bytes += $0 }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    return result.standardOutput + copies
  }

  /// The secrets in a text: plain, in hexadecimal, or in base64 at each of its three offsets.
  private func found(in text: String, besides keys: [[UInt8]]) -> [String] {
    let lower = text.lowercased()
    return (Self.secrets.map { Array($0.utf8) } + keys).filter { secret in
      let plain = String(decoding: secret, as: UTF8.self)
      let hexadecimal = secret.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      let inBase64 = (0..<3).contains { offset in
        // Letters that depend on neighbouring bytes are left out at both ends.
        let whole = Data(repeating: 0, count: offset) + Data(secret)
        let letters = whole.base64EncodedString().drop { $0 == "A" }.dropFirst(offset == 0 ? 0 : 1)
        return text.contains(letters.prefix { $0 != "=" }.dropLast(2))
      }
      return lower.contains(plain.lowercased()) || lower.contains(hexadecimal) || inBase64
    }.map { String(decoding: $0, as: UTF8.self) }
  }
}
