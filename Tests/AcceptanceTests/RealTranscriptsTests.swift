import Foundation
import Testing

/// The transcripts beside the project; nothing of them is part of it.
private enum Shared {
  static let data = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../../shared/data"
  ).standardized

  /// Without a list of members, a debate without a word, and the five largest, which would take minutes: that they can be
  /// read is tested by InterchangeTests.
  static let transcripts: [String] = {
    guard let index = try? String(contentsOf: data.appending(path: "INDEX.tsv"), encoding: .utf8) else {
      return []
    }
    return index.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: "\t").first.map(String.init)
    }
    .filter {
      $0.hasPrefix("transcripts/") && !$0.hasSuffix("welsh_assembly.json")
        && !$0.hasSuffix("empty_docDate.xml")
    }
    .filter { path in
      let file = try? FileManager.default.attributesOfItem(atPath: data.appending(path: path).path)
      return (file?[.size] as? Int ?? 0) < 500_000
    }
  }()
}

/// From the command to the record. What each reader keeps is tested by InterchangeTests.
@Suite(
  .timeLimit(.minutes(40)), .enabled(if: !Shared.transcripts.isEmpty, "needs ../shared/data/INDEX.tsv"))
struct `Every transcript of a real conference` {
  @Test func `comes into a session whole, and once`() async throws {
    let plenary = try await Plenary.apart().berlin()
    try await plenary.done("room", "add", "hall", "--name", "Hall")
    let script = URL(filePath: "\(Plenary.home)/real-\(UUID().uuidString).txt")
    let sessions = Shared.transcripts.indices.map { "s-\($0 + 1)" }
    let lines = sessions.enumerated().map { index, session in
      let (day, hour, ten) = (1 + index / 20, 10 + index / 5 % 4, index % 5)
      return
        "session schedule \(session) --title \"Sitting \(index + 1)\" --room hall --start 2016-06-0\(day)T\(hour):\(ten)0 --end \(hour):\(ten)9"
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: script)
    try await plenary.done("run", script.path)
    var all = 0
    for (path, session) in zip(Shared.transcripts, sessions) {
      let file = Shared.data.appending(path: path).path
      let answer = try await plenary.done("import", file, "--session", session, "--json").object
      let counts = try #require((answer["counts"] as? [[String: Any]])?.first)
      let voices = answer["voices"] as? [[String: Any]] ?? []
      let (inFile, new) = (counts["inFile"] as? Int ?? -1, counts["new"] as? Int ?? -2)
      print(
        "\(path): \(answer["format"] ?? "?"): \(inFile) statements, \(answer["words"] ?? 0) words, \(voices.count) voices, \((answer["remarks"] as? [Any])?.count ?? 0) remarks"
      )
      #expect(inFile > 0 && inFile == new, "\(path)")
      all += new
      // Large files take their time once.
      if (answer["words"] as? Int ?? 0) > 20_000 { continue }
      let again = try await plenary("import", file, "--session", session, "--json").object
      #expect(again["effect"] as? String == "nothing to do", "\(path)")
    }
    #expect(try await plenary.done("statement", "list", "--json").list.count == all)
    try await plenary.done("projections", "verify")
    try await plenary.done("log", "verify")
  }
}
