import Foundation
import Testing

@testable import Publishing

/// Where everything stands on the pages of a PDF, as `pdftotext -bbox` tells it.
struct PageLayout {
  struct Word {
    let text: String
    /// In points, from the upper left corner.
    let left, top, right, bottom: Double
  }

  struct Page {
    let width: Double
    let height: Double
    var words: [Word]
  }

  private(set) var pages: [Page] = []

  /// Nil where the tools to set and to read a PDF are not here.
  static let tools: (typst: String, reader: String)? = {
    guard let typst = try? Typesetter.find(), let reader = Tools.find("pdftotext") else { return nil }
    return (typst, reader)
  }()

  init(of document: some PrintedDocument) async throws {
    try self.init(pdf: await Self.pdf(document))
  }

  static func pdf(_ document: some PrintedDocument) async throws -> Data {
    try await Typesetter.pdf(
      document, typst: try #require(tools).typst, fontPaths: Typesetter.fontPaths())
  }

  init(pdf: Data) throws {
    let tools = try #require(Self.tools)
    let (succeeded, text) = try Tools.run(tools.reader, ["-q", "-bbox", "-", "-"], input: pdf)
    #expect(succeeded)
    // `<page width="…" height="…">`, `<word xMin="…" yMin="…" xMax="…" yMax="…">text</word>`: read by hand, because
    // there are tens of thousands of them.
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\"", omittingEmptySubsequences: false)
      let numbers = stride(from: 1, to: fields.count, by: 2).map { Double(fields[$0]) ?? 0 }
      if line.hasPrefix("  <page "), numbers.count == 2 {
        pages.append(Page(width: numbers[0], height: numbers[1], words: []))
      } else if line.hasPrefix("    <word "), numbers.count >= 4 {
        let word = line.split(separator: ">", maxSplits: 1)[1].dropLast("</word>".count)
        pages[pages.count - 1].words.append(
          Word(text: String(word), left: numbers[0], top: numbers[1], right: numbers[2], bottom: numbers[3]))
      }
    }
  }

  /// The words of a page in the order in which they were set.
  func text(page number: Int) -> String { pages[number - 1].words.map(\.text).joined(separator: " ") }

  /// Those of all pages, as they were before they were broken.
  var text: String {
    pages.flatMap { $0.words.map(\.text) }.joined(separator: " ")
      .replacing("\u{ad}", with: "").replacing("\u{200b}", with: "")
  }

  /// Words that lie outside their page.
  var astray: [String] {
    pages.flatMap { page in
      page.words.filter {
        $0.left < 0 || $0.top < 0 || $0.right > page.width || $0.bottom > page.height
      }.map(\.text)
    }
  }

  /// Page by page its size and every word with where it begins, to whole points.
  private var description: String {
    pages.enumerated().map { number, page in
      "page \(number + 1) \(Int(page.width.rounded())) \(Int(page.height.rounded()))\n"
        + page.words.map { "\(Int($0.left.rounded())) \(Int($0.top.rounded())) \($0.text)\n" }.joined()
    }.joined()
  }

  /// Compares with what was seen and found good. With PLENARY_RECORD_SNAPSHOTS set it is written instead.
  func expectSnapshot(_ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
    if ProcessInfo.processInfo.environment["PLENARY_RECORD_SNAPSHOTS"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      return try Data(description.utf8).write(to: file)
    }
    let known = try String(contentsOf: file, encoding: .utf8)
    let (was, isNow) = (known.split(separator: "\n"), description.split(separator: "\n"))
    guard was != isNow else { return }
    let first = zip(was, isNow).first { $0 != $1 }
    Issue.record(
      """
      The pages are not as in Snapshots/\(name).txt: \(was.count) lines then, \(isNow.count) now; first “\(first?.0 ?? "")” \
      then, “\(first?.1 ?? "")” now. Look at them, and record them with PLENARY_RECORD_SNAPSHOTS=1.
      """)
  }
}
