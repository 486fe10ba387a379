import Foundation
import Subprocess
import Testing

/// The demonstration's conference, from its commands to its printed pages.
@Suite(
  .timeLimit(.minutes(40)),
  .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"))
struct ShanghaiTests {
  @Test func `appends nothing the second time, and prints the same bytes after a rebuild`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary.script("Scripts/shanghai-2016")
    let root = try await plenary.done("log", "verify").output
    let folder = try Folder()
    let before = try await printed(plenary, folder)

    // Again: every command was already carried out.
    try await plenary.script("Scripts/shanghai-2016")
    #expect(try await plenary.done("log", "verify").output == root)

    try await plenary.done("projections", "rebuild")
    try await plenary.done("proceedings", "rebuild")
    #expect(try await printed(plenary, folder) == before)

    // The same from a second source: replayed in memory instead of read from the tables.
    let position = root.prefix { $0.isNumber }
    #expect(try await printed(plenary, folder, "--at", String(position)) == before)
  }

  @Test func `prints every kind of fact of the real record`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary.script("Scripts/shanghai-2016")
    let folder = try Folder()
    try await plenary.done("proceedings", "print", "--issue", "1", "--output", folder.path("p.pdf"))
    let text = try await Programs.text(of: folder.path("p.pdf"))
    for fact in [
      // Names in their scripts, the joint opening, an honorary position, three levels of units.
      "Feng Shaolei", "冯绍雷", "Карагано", "Feng Shaolei and Andrey Bystritskiy", "Honorary Chairman",
      "Center for Russian Studies",
      // Groups, shares and bodies as printed.
      "The Chinese partners", "Most speakers", "The participants", "By all accounts", "The experts",
      // The results of the session, and the index.
      "Conclusions", "Recommendations", "Index of persons", "Provisional edition",
    ] {
      #expect(text.contains(fact), "\(fact)")
    }
    // The identity behind the withheld attribution is not published anywhere.
    #expect(!text.contains("retracted"), "A draft that was retracted leaves no trace.")
    let json = try await plenary.done("proceedings", "export", "--format", "json", "--output", "-").output
    #expect(json.contains("A participant who asked not to be named"))
    let paragraph = try #require(
      json.components(separatedBy: "A participant who asked not to be named").dropFirst().first?.prefix(600))
    #expect(!paragraph.contains("Weber"))
  }

  @Test func `shows the program of an earlier release`() async throws {
    let plenary = try await Plenary.apart()
    try await plenary.script("Scripts/shanghai-2016")
    let releases = try await plenary.done("log", "show", "--tag", "release", "--json").lines
    let first = try #require(
      try JSONSerialization.jsonObject(with: Data(releases[0].utf8)) as? [String: Any])
    let position = try #require(first["position"] as? Int)
    let then = try await plenary.done("session", "show", "session-2", "--at", "\(position)").output
    let now = try await plenary.done("session", "show", "session-2").output
    #expect(then != now)
    let time = try #require(first["recordedAt"] as? String)
    #expect(try await plenary.done("session", "show", "session-2", "--as-of", time).output == then)
  }

  private func printed(_ plenary: Plenary, _ folder: Folder, _ options: String...) async throws
    -> [String: Data]
  {
    var files: [String: Data] = [:]
    for (noun, words) in [
      ("program", ["program", "print"]), ("participants", ["attendee", "print", "participants"]),
      ("sign-in", ["attendee", "print", "sign-in"]), ("proceedings", ["proceedings", "print"]),
    ] {
      let path = folder.path("\(noun).pdf")
      let run = try await plenary(words + ["--output", path] + options)
      #expect(run.code == 0, "\(run)")
      files[noun] = try Data(contentsOf: URL(filePath: path))
    }
    return files
  }
}

extension Plenary {
  /// Runs a bash script with this program as `plenary`.
  func script(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let path = path.hasPrefix("/") ? path : Checkout.file(path).path
    var words = ["bash", path]
    words.insert("PATH=\(Self.folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "")", at: 0)
    words.insert("PLENARY_HOME=\(Self.home)", at: 0)
    if let database { words.insert("PLENARY_DATABASE_URL=\(database)", at: 0) }
    let result = try await Subprocess.run(
      .name("env"), arguments: Arguments(words), input: .none, output: .bytes(limit: 1 << 22),
      error: .bytes(limit: 1 << 20))
    let said = String(decoding: result.standardOutput + result.standardError, as: UTF8.self)
    #expect(result.terminationStatus.isSuccess, "\(said)", sourceLocation: sourceLocation)
  }
}
