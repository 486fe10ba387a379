import Foundation
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
    try await plenary.done("conference", "use", "--none")
    #expect(try await plenary("conference", "show").code == 2)
  }

  @Test func `takes a speaker over from last year, with the address only on request`() async throws {
    let plenary = try await Plenary.apart()
    for name in ["berlin", "paris"] { try await open(name, in: plenary) }
    try await plenary.done(
      "speaker", "register", "ada", "--name", "Lovelace, Ada", "--biography", "Wrote programs.",
      "--organisation",
      "Engine Works", "--email", "ada@example.org", "--conference", "berlin")
    let words = [
      "speaker", "take-over", "ada-l", "--from", "berlin", "--as-there", "lovelace", "--conference", "paris",
    ]
    try await plenary.done(words)
    try await plenary("speaker", "show", "ada-l", "--conference", "paris").says(
      "Ada Lovelace", "Wrote programs.", "Engine Works")
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
  }

  @Test func `completes short names, and only those that are there`() async throws {
    let plenary = try await Plenary.apart().berlin()
    for name in ["ada", "anna", "bob"] { try await plenary.done("speaker", "register", name, "--name", name) }
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
}
