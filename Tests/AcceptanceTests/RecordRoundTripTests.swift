import Foundation
import Testing

/// What comes back of a record that was exported and imported elsewhere. The table in `RoundTrips.md` says the same.
@Suite(.timeLimit(.minutes(40))) struct `A record that is exported and imported elsewhere` {
  private typealias Entry = [String: Any]

  /// What is compared, and the entries in which it is seen.
  private static var properties: [(name: String, entries: ClosedRange<Int>, view: (Entry) -> Any?)] {
    [
      (
        "text, in all languages", 0...7, { ($0["texts"] as? [Entry])?.map { [$0["language"], $0["plain"]] } }
      ),
      ("marks in the text", 0...1, { [$0["marks"], ($0["texts"] as? [Entry])?.map { $0["marked"] }] }),
      ("order of the statements", 0...7, { ($0["texts"] as? [Entry])?.first?["plain"] }),
      ("speaker", 0...2, { $0["attribution"] }),
      ("unknown voice, as printed", 3...3, { Self.attribution($0, "mode", "asPrinted") }),
      ("statement that nobody made", 4...4, { $0["attribution"] }),
      ("how close the text is to the words", 0...7, { $0["form"] }),
      ("spoken language", 0...4, { $0["spoken"] }),
      ("time at which it was said", 0...2, { $0["said"] }),
      ("several speakers", 5...5, { Self.attribution($0, "mode", "persons") }),
      ("group, office or body", 6...6, { Self.attribution($0, "mode", "of") }),
      ("speech acts, addressees, mentions", 2...2, { [$0["acts"], $0["addressees"], $0["mentions"]] }),
      ("position, conclusion, recommendation", 8...8, { $0["kind"] }),
      ("name of an entry", 0...7, { $0["id"] }),
      ("withheld speaker", 7...7, { Self.attribution($0, "mode") }),
    ]
  }

  private static func attribution(_ entry: Entry, _ keys: String...) -> Any? {
    keys.map { (entry["attribution"] as? Entry)?[$0] }
  }

  private func opened() async throws -> Plenary {
    let plenary = try await Plenary.apart().berlin()
    for (id, name) in [("ada", "Lovelace, Ada"), ("bea", "Beatty, Bea")] {
      try await plenary.done("speaker", "register", id, "--name", name)
    }
    try await plenary.done(
      "session", "schedule", "panel", "--title", "Panel", "--room", "aula", "--start", "2016-06-01T10:00",
      "--end", "11:00")
    return plenary
  }

  private func entries(_ plenary: Plenary) async throws -> (file: String, entries: [Entry]) {
    let file = "\(Plenary.home)/record-\(UUID().uuidString).json"
    try await plenary.done("proceedings", "export", "--format", "json", "--output", file)
    let whole = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file))) as? Entry
    return (file, try #require(whole?["entries"] as? [Entry]))
  }

  private static func json(_ values: [Any?]) throws -> Data {
    try JSONSerialization.data(withJSONObject: values.map(plain), options: [.sortedKeys])
  }

  private static func plain(_ value: Any?) -> Any {
    guard let value else { return NSNull() }
    return (value as? [Any?])?.map(plain) ?? value
  }

  @Test func `keeps what the catalogue says, and loses the rest`() async throws {
    let plenary = try await opened()
    let vtt = "\(Plenary.home)/record-\(UUID().uuidString).vtt"
    try Data(
      "WEBVTT\n\n00:05.000 --> 00:07.000\n<v Ada Lovelace>It computes.\n\n00:08.000 --> 00:09.000\n<v Bea Beatty>What?\n\n00:10.000 --> 00:12.000\n<v Ada Lovelace>Numbers.\n"
        .utf8
    ).write(to: URL(filePath: vtt))
    try await plenary.done("import", vtt, "--session", "panel")
    try await plenary.done("organisation", "add", "eaeu", "--name", "Eurasian Economic Union")
    let first = try await entries(plenary).entries.compactMap { $0["id"] as? String }
    try await plenary.done(
      "statement", "correct", first[0], "--text", "en=It computes for [[org:eaeu]].", "--text",
      "de=Sie rechnet.")
    try await plenary.done(
      "statement", "correct", first[2], "--act", "noted", "--addressee", "All", "--mention", "bea")
    try await plenary.done(
      "statement", "record", "panel", "--voice", "red-tie", "--as-printed", "A voice from the floor",
      "--text",
      "Why?", "--spoken", "en")
    try await plenary.done(
      "statement", "record", "panel", "--mode", "unattributed", "--text", "Applause.", "--form", "minute")
    try await plenary.done(
      "statement", "record", "panel", "--by", "ada", "--by", "bea", "--text", "Both agreed.")
    try await plenary.done(
      "statement", "record", "panel", "--mode", "group", "--of", "Partners", "--group-basis", "side",
      "--as-printed", "The partners", "--text", "hoped.")
    try await plenary.done(
      "statement", "record", "panel", "--mode", "withheld", "--identity", "bea", "--as-printed", "A guest",
      "--text", "doubted.")
    try await plenary.done("statement", "conclusion", "panel", "--text", "So be it.")
    let (file, before) = try await entries(plenary)
    try #require(before.count == 9)

    let other = try await opened()
    try await other.done("organisation", "add", "eaeu", "--name", "Eurasian Economic Union")
    try await other.done("import", file, "--session", "panel")
    try await other("import", file, "--session", "panel").says("Nothing to do")
    let after = try await entries(other).entries
    try #require(after.count == 8)
    let measured = try Self.properties.map { property in
      let seen = try Self.json(property.entries.map { property.view(before[$0]) })
      let again = try Self.json(property.entries.map { $0 < after.count ? property.view(after[$0]) : nil })
      return "| \(property.name) | \(seen == again ? "kept" : "lost") |"
    }
    let page = Checkout.file("Sources/Interchange/Interchange.docc/RoundTrips.md")
    let documented = try String(contentsOf: page, encoding: .utf8).split(separator: "## The record")[1]
      .split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map(String.init)
    #expect(measured == documented, "The table should be:\n\(measured.joined(separator: "\n"))")
  }
}
