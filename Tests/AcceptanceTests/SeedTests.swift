import Foundation
import Testing

/// A real report, recorded in its own words and printed: nothing is lost, nothing is added, and the order is the same.
///
/// The report is read from `../shared`. Here are only the places of its sentences, and who said what, how.
@Suite(
  .timeLimit(.minutes(40)),
  .enabled(if: Programs.missing.isEmpty, "needs typst and pdftotext; Scripts/setup --for test brings them"),
  .enabled(if: Report.exists, "needs ../shared/data/shanghai-2016-session-1.txt"))
struct SeedTests {
  @Test func `a report is printed in exactly its own words`() async throws {
    let report = try Report()
    let printed = try await issue(report) { $0 }
    // The same record with one word in the place of each text: what else is printed is the apparatus.
    let apparatus = try await issue(report) { $0.contains("[[by:") ? "[[by:x]]" : "x" }
    let difference = report.difference(from: printed, apparatus: apparatus)
    #expect(difference.missing == [], "words of the report that are not printed in their order")
    #expect(difference.added == [], "printed words that are neither the report's nor the apparatus")
  }

  /// The printed issue as text.
  private func issue(_ report: Report, _ change: (String) -> String) async throws -> String {
    let plenary = try await Plenary.apart()
    try await report.record(with: plenary, change)
    let folder = try Folder()
    try await plenary.done("proceedings", "issue", "--date", "2016-04-02")
    try await plenary.done("proceedings", "print", "--issue", "1", "--output", folder.path("p.pdf"))
    return try await Programs.text(of: folder.path("p.pdf"))
  }

  @Test func `its fifteen passages can be read back from the published data`() async throws {
    let report = try Report()
    let plenary = try await Plenary.apart()
    try await report.record(with: plenary) { $0 }
    let export = try await plenary.done("proceedings", "export", "--format", "json", "--output", "-")
    for passage in Report.passages {
      let id = "\"\(passage.id)\""
      #expect(export.output.contains(id), "\(passage.id)")
      for act in passage.acts { #expect(export.output.contains("\"\(act)\"")) }
    }
  }
}

/// The report's paragraphs, by line of the file, and its passages.
private struct Report {
  /// A piece of a line, in characters.
  struct Piece {
    let line: Int
    let range: Range<Int>
    /// The attribution inside the piece, in characters of the line.
    var by: Range<Int>?
  }

  struct Passage {
    let id: String
    let piece: Piece
    let attribution: [String]
    var acts: [String] = []
    var addressees: [String] = []
    var mentions: [String] = []
    var isCarriedOver = false
  }

  static let path = Checkout.file("../shared/data/shanghai-2016-session-1.txt").standardizedFileURL.path
  static var exists: Bool { FileManager.default.fileExists(atPath: path) }

  private let lines: [[Character]]

  init() throws {
    lines = try String(contentsOfFile: Self.path, encoding: .utf8).components(separatedBy: "\n").map(
      Array.init)
  }

  static let passages: [Passage] = {
    func group(_ of: String, _ basis: String = "other") -> [String] {
      ["--mode", "group", "--of", of, "--group-basis", basis]
    }
    func all(_ of: String) -> [String] { ["--mode", "collective", "--of", of] }
    let nobody = ["--mode", "unattributed"]
    let openers = ["--by", "feng-shaolei", "--by", "bystritskiy-andrey"]
    return [
      Passage(
        id: "p1", piece: Piece(line: 5, range: 0..<392), attribution: nobody, acts: ["opened"],
        mentions: ["feng-shaolei", "bystritskiy-andrey"]),
      Passage(
        id: "p2", piece: Piece(line: 7, range: 0..<93, by: 0..<4), attribution: openers, acts: ["noted"]),
      Passage(id: "p2b", piece: Piece(line: 7, range: 94..<237), attribution: openers, isCarriedOver: true),
      Passage(
        id: "p3", piece: Piece(line: 9, range: 0..<640, by: 0..<104), attribution: ["--by", "zhang-deguang"],
        acts: ["believed", "noted", "emphasised"], addressees: ["mass media", "both countries"]),
      Passage(
        id: "p4", piece: Piece(line: 11, range: 0..<706, by: 0..<228),
        attribution: ["--by", "karaganov-sergey"],
        acts: ["called-for", "supposed"], addressees: ["both countries"]),
      Passage(
        id: "p5", piece: Piece(line: 13, range: 0..<199, by: 120..<131), attribution: all("experts"),
        acts: ["exposed"]),
      Passage(
        id: "p6a", piece: Piece(line: 15, range: 0..<140, by: 38..<67), attribution: all("participants"),
        acts: ["proposed"]),
      Passage(id: "p6b", piece: Piece(line: 15, range: 141..<230), attribution: nobody, isCarriedOver: true),
      Passage(id: "p6c", piece: Piece(line: 15, range: 231..<704), attribution: nobody, isCarriedOver: true),
      Passage(
        id: "p7a", piece: Piece(line: 17, range: 0..<118, by: 0..<20),
        attribution: group("Chinese partners", "side"), acts: ["urged"], addressees: ["Russia"]),
      Passage(
        id: "p7b", piece: Piece(line: 17, range: 119..<243, by: 139..<151),
        attribution: group("Chinese partners", "side"), acts: ["believed"]),
      Passage(id: "p7c", piece: Piece(line: 17, range: 244..<470), attribution: nobody),
      Passage(id: "p8a", piece: Piece(line: 19, range: 0..<89), attribution: nobody),
      Passage(
        id: "p8b", piece: Piece(line: 19, range: 90..<162, by: 90..<103),
        attribution: ["--mode", "quantified", "--quantifier", "most", "--of", "speakers"], acts: ["said"]),
      Passage(
        id: "p8c", piece: Piece(line: 19, range: 163..<222, by: 163..<182),
        attribution: group("Chinese experts", "nationality"), acts: ["doubted"]),
      Passage(
        id: "p8d", piece: Piece(line: 19, range: 223..<476, by: 242..<257),
        attribution: ["--mode", "quantified", "--quantifier", "all", "--of", "accounts"], acts: ["agreed"]),
      Passage(
        id: "p9a", piece: Piece(line: 21, range: 0..<299, by: 24..<55),
        attribution: all("participants of the debates"), acts: ["called-for"]),
      Passage(
        id: "p9b", piece: Piece(line: 21, range: 300..<493, by: 402..<426),
        attribution: all("participants of the debates"), acts: ["supposed"]),
    ]
  }()

  private func text(_ line: Int, _ range: Range<Int>) -> String { String(lines[line][range]) }

  /// The words of a piece, with the attribution marked where it stands.
  private func marked(_ piece: Piece) -> String {
    guard let by = piece.by else { return text(piece.line, piece.range) }
    return text(piece.line, piece.range.lowerBound..<by.lowerBound) + "[[by:" + text(piece.line, by) + "]]"
      + text(piece.line, by.upperBound..<piece.range.upperBound)
  }

  /// - Parameter change: what is recorded in the place of each text.
  func record(with plenary: Plenary, _ change: (String) -> String) async throws {
    try await plenary.done(
      "conference", "open", "seed", "--title", text(5, 31..<89), "--short-title", "Meeting", "--first-day",
      "2016-03-25", "--last-day",
      "2016-03-26", "--zone", "Asia/Shanghai", "--languages", "en")
    try await plenary.done("session", "schedule", "first", "--title", text(0, 44..<113), "--unscheduled")
    for (person, name) in [
      ("feng-shaolei", "Feng, Shaolei"), ("bystritskiy-andrey", "Bystritskiy, Andrey"),
      ("zhang-deguang", "Zhang, Deguang"), ("karaganov-sergey", "Karaganov, Sergey"),
    ] {
      try await plenary.done("speaker", "register", person, "--name", name)
    }
    for passage in Self.passages {
      var words = [
        "statement", "record", "first", "--id", passage.id, "--text", "en=" + change(marked(passage.piece)),
      ]
      words += passage.attribution
      if let by = passage.piece.by, passage.attribution.first == "--mode" {
        words += ["--as-printed", text(passage.piece.line, by)]
      }
      for act in passage.acts { words += ["--act", act] }
      for addressee in passage.addressees { words += ["--addressee", addressee] }
      for mention in passage.mentions { words += ["--mention", mention] }
      if passage.isCarriedOver { words += ["--basis", "carried-over"] }
      let run = try await plenary(words)
      #expect(run.code == 0, "\(run)")
    }
    try await plenary.done(
      "proceedings", "describe", "--headline", "en=" + change(text(0, 0..<113)), "--dateline",
      "en=" + change(text(1, 0..<8)),
      "--summary-from", "p6a", "p6b", "--citation", "x")
  }

  /// The words of the report that are not printed in their order, and the printed words that are neither the report's
  /// nor the apparatus.
  func difference(from printed: String, apparatus: String) -> (missing: [String], added: [String]) {
    let own = lines.flatMap { Self.words(String($0)) }
    let known = Set(Self.words(apparatus))
    let steps = Self.words(printed).difference(from: own)
    return (
      steps.removals.map(Self.element),
      steps.insertions.map(Self.element).filter { !known.contains($0) && !Self.isNumber($0) }
    )
  }

  private static func element(_ change: CollectionDifference<String>.Change) -> String {
    switch change {
    case .insert(_, let element, _), .remove(_, let element, _): element
    }
  }

  /// A word that is broken at the end of a line is one word. Straight and curly quotation marks are the same.
  private static func words(_ text: String) -> [String] {
    text.replacing(/\u{AD}\s*\n\s*/, with: "").replacing("\u{200B}", with: "").split { $0.isWhitespace }.map {
      word in
      String(word).replacing(/[“”„«»]/, with: "\"").replacing("’", with: "'")
    }
  }

  /// Numbers of pages and paragraphs, times, and parts of hashes.
  private static func isNumber(_ word: String) -> Bool {
    word.wholeMatch(of: /[0-9]+[a-z]*(\.[A-Z]?[0-9]+[a-z]*)?[,.]?|[0-9]{2}:[0-9]{2}|[0-9a-f]{8}/) != nil
  }
}
