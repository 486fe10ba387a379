import Foundation
import Glibc
import Testing

/// How organizers find their way: the conference in use, columns, completions, speakers of last year.
@Suite(.timeLimit(.minutes(40))) struct `A hurried organizer` {
  /// A home of its own that uses the same database.
  private func apart(_ plenary: Plenary) throws -> (plenary: Plenary, folder: String) {
    let folder = "/tmp/plenary-use-\(getpid())-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var apart = plenary
    apart.variables["PLENARY_HOME"] = folder
    return (apart, folder)
  }

  private func open(_ name: String, in plenary: Plenary) async throws {
    try await plenary.done(
      "conference", "open", name, "--title", name, "--first-day", "2016-06-01", "--zone", "Europe/Berlin")
  }

  @Test func `chooses a conference once`() async throws {
    let (plenary, _) = try apart(await Plenary.apart())
    for name in ["berlin", "paris"] { try await open(name, in: plenary) }
    #expect(try await plenary("session", "list").code == 2)
    #expect(try await plenary("conference", "use", "rome").code == 1)
    #expect(try await plenary("conference", "use").code == 2)
    #expect(
      try await plenary.done("conference", "use", "paris").error
        == "Commands that name no conference are about “paris” now.\n")
    try await plenary("conference", "show").says("paris")
    // Whoever names one means that one.
    try await plenary("conference", "show", "--conference", "berlin").says("berlin")
    var other = plenary
    other.variables["PLENARY_CONFERENCE"] = "berlin"
    try await other("conference", "show").says("berlin")
    // Whoever wonders which one it is can see it.
    #expect(
      try await plenary.done("conference", "list").error
        == "Commands that name no conference are about “paris”.\n")
    try await plenary("db", "status").says(/in use +paris/)
    try await plenary.done("conference", "use", "--none")
    #expect(try await plenary("conference", "show").code == 2)
  }

  @Test func `is told where a conference comes from that is not there any more`() async throws {
    let (plenary, folder) = try apart(await Plenary.apart())
    try await open("berlin", in: plenary)
    try await plenary.done("conference", "use", "berlin")
    let file = "\(folder)/conferences-in-use.json"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode.map { $0 & 0o077 } == 0)
    try text.replacing("berlin", with: "rome").write(toFile: file, atomically: true, encoding: .utf8)
    for command in [["session", "list"], ["room", "add", "hall", "--name", "Hall"]] {
      let gone = try await plenary(command)
      #expect(gone.code == 1 && gone.error.contains("“rome”, which was chosen"), "\(gone)")
      #expect(gone.error.contains("plenary conference use"), "\(gone)")
    }
    // A damaged file is not taken for an empty one.
    try text.dropLast(3).write(toFile: file, atomically: true, encoding: .utf8)
    for command in [["session", "list"], ["conference", "use", "berlin"]] {
      let damaged = try await plenary(command)
      #expect(
        damaged.code == 4 && damaged.error.contains("is damaged. Remove that file; say which"), "\(damaged)")
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text.dropLast(3))
    try await plenary("conference", "show", "--conference", "berlin").says("berlin")
  }

  @Test func `chooses for two databases at once`() async throws {
    let (one, _) = try apart(await Plenary.apart())
    var other = try await Plenary.apart()
    other.variables["PLENARY_HOME"] = one.variables["PLENARY_HOME"]
    for plenary in [one, other] { for name in ["berlin", "paris"] { try await open(name, in: plenary) } }
    for name in ["berlin", "paris"] {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for plenary in [one, other] { group.addTask { try await plenary.done("conference", "use", name) } }
        try await group.waitForAll()
      }
      for plenary in [one, other] { try await plenary("conference", "show").says(name) }
    }
  }

  @Test func `takes a speaker over from last year, with the address only on request`() async throws {
    let plenary = try await Plenary.apart()
    for name in ["berlin", "paris"] { try await open(name, in: plenary) }
    try await plenary.done(
      "speaker", "register", "ada", "--name", "Lovelace, Ada", "--biography", "Wrote programs.",
      "--organisation",
      "Engine Works", "--email", "ada@example.org", "--conference", "berlin")
    try await plenary.done(
      "speaker", "affiliate", "ada", "--former", "--organisation", "Old House", "--conference", "berlin")
    let words = [
      "speaker", "take-over", "ada-l", "--from", "berlin", "--as-there", "lovelace", "--conference", "paris",
    ]
    try await plenary.done(words)
    try await plenary("speaker", "show", "ada-l", "--conference", "paris").says(
      "Ada Lovelace", "Wrote programs.", "Engine Works")
    #expect(
      try await !plenary.done("speaker", "show", "ada-l", "--conference", "paris").output.contains(
        "Old House"))
    #expect(try await plenary("speaker", "show", "ada@example.org", "--conference", "paris").code == 1)
    // The same once more changes nothing; with the address, it is another registration.
    try await plenary.done(words)
    #expect(try await plenary(words + ["--with-address"]).code == 1)
    try await plenary.done(
      "speaker", "take-over", "ada", "--from", "berlin", "--with-address", "--conference", "paris")
    try await plenary("speaker", "show", "ada@example.org", "--conference", "paris").says("ada")
    #expect(
      try await plenary("speaker", "take-over", "bob", "--from", "berlin", "--conference", "paris").code == 1)
  }

  @Test func `chooses the columns of a list`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done(
      "speaker", "register", "ada", "--name", "Lovelace, Ada", "--organisation", "Engine Works")
    #expect(
      try await plenary.done("speaker", "list", "--columns", "affiliation", "name").output
        == "AFFILIATION   NAME\nEngine Works  ada\n")
    #expect(
      try await plenary.done("speaker", "list", "--csv", "--columns", "name").output == "NAME\r\nada\r\n")
    let unknown = try await plenary("speaker", "list", "--columns", "age")
    #expect(
      unknown.code == 2 && unknown.error.contains("it has name, speaker, sessions, affiliation"), "\(unknown)"
    )
    #expect(try await plenary("speaker", "list", "--json", "--columns", "name").code == 2)
    for none in ["", ",", "name,"] {
      let run = try await plenary("speaker", "list", "--columns", none)
      #expect(run.code == 2 && run.output.isEmpty && run.error.contains("one of these is empty"), "\(run)")
    }
  }

  @Test func `completes short names, and only those that are there`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for name in ["ada", "anna", "bob", "ada-2"] {
      try await plenary.done("speaker", "register", name, "--name", name)
    }
    try await plenary.done("people", "merge", "ada-2", "ada")
    try await plenary.done("speaker", "list")
    func completed(_ words: [String], prefix: String) async throws -> [String] {
      // As the completion scripts ask: the argument, the words of the line, and where the cursor is.
      let run = try await plenary(words)
      return run.lines.filter { !$0.isEmpty }
    }
    #expect(
      try await completed(
        [
          "---completion", "speaker", "show", "--", "positional@0", "3", "1", "plenary", "speaker", "show",
          "a",
        ],
        prefix: "a") == ["ada", "anna"])
  }

  /// Without a time limit of its own, libpq would wait for this server for ever.
  @Test func `gets the line back where the database does not answer`() async throws {
    let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listening) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try #require(bind(listening, $0, size) == 0 && listen(listening, 8) == 0)
        try #require(getsockname(listening, $0, &size) == 0)
      }
    }
    let port = UInt16(bigEndian: address.sin_port)
    let plenary = try await Plenary.apart().with(["PGCONNECT_TIMEOUT": "0"])
    let run = try await plenary(
      "---completion", "speaker", "show", "--", "positional@0", "5", "1", "plenary", "speaker", "show",
      "--database", "postgresql://127.0.0.1:\(port)/plenary", "a")
    #expect(run.code == 0 && run.lines.allSatisfy(\.isEmpty), "\(run)")
  }
}
