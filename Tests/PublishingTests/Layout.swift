import Foundation
import Testing

@testable import Publishing

/// The positions of words on the pages of a PDF, from poppler's pdftotext.
struct Layout {
  struct Word: Equatable {
    let text: String
    /// Points from the upper left corner.
    let left: Double, top: Double, right: Double, bottom: Double
  }

  struct Page {
    let width: Double
    let height: Double
    let words: [Word]
  }

  let pages: [Page]

  static let isPossible = Tools.find("pdftotext") != nil && (try? Typesetter.find()) != nil

  static func pdf(_ document: any PrintedDocument) async throws -> Data {
    try await Typesetter.pdf(
      document, templates: nil, typst: Typesetter.find(), fontPaths: Typesetter.fontPaths())
  }

  init(of document: any PrintedDocument) async throws { try self.init(pdf: await Self.pdf(document)) }

  init(pdf: Data) throws {
    let (succeeded, text) = try Tools.run(
      try #require(Tools.find("pdftotext")), ["-q", "-bbox", "-", "-"], input: pdf)
    try #require(succeeded)
    var pages: [Page] = []
    var (size, words): ((Double, Double)?, [Word]) = (nil, [])
    // `<page width="…" height="…">`, `<word xMin="…" yMin="…" xMax="…" yMax="…">…</word>`: there are tens of thousands
    // of them, so no patterns.
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\"", omittingEmptySubsequences: false)
      func number(_ index: Int) -> Double { Double(fields[2 * index + 1]) ?? 0 }
      if line.hasPrefix("  <page "), fields.count == 5 {
        size = (number(0), number(1))
        words = []
      } else if line.hasPrefix("    <word "), fields.count >= 9 {
        let word = line.split(separator: ">", maxSplits: 1)[1].dropLast("</word>".count)
        words.append(
          Word(text: String(word), left: number(0), top: number(1), right: number(2), bottom: number(3)))
      } else if line.hasPrefix("  </page>"), let size {
        pages.append(Page(width: size.0, height: size.1, words: words))
      }
    }
    self.pages = pages
  }

  /// Its words in reading order, separated by spaces, without soft hyphens.
  func text(page: Int? = nil) -> String {
    pages.indices.filter { page == nil || $0 == page }.flatMap { pages[$0].words.map(\.text) }
      .joined(separator: " ").replacing("\u{ad}", with: "").replacing("\u{200b}", with: "")
      .replacing("&amp;", with: "&").replacing("&quot;", with: "\"")
  }

  /// The words that are not entirely on their pages.
  var outside: [String] {
    pages.enumerated().flatMap { index, page in
      page.words.filter {
        $0.left < -0.5 || $0.top < -0.5 || $0.right > page.width + 0.5 || $0.bottom > page.height + 0.5
      }.map { "page \(index + 1): \($0.text)" }
    }
  }

  /// One line per word: page, left and top in whole points, the word.
  var snapshot: String {
    var lines = pages.enumerated().map { index, page in
      "page \(index + 1): \(Int(page.width.rounded())) × \(Int(page.height.rounded())) pt"
    }
    for (index, page) in pages.enumerated() {
      lines += page.words.map {
        "\(index + 1) \(Int($0.left.rounded())) \(Int($0.top.rounded())) \($0.text)"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Compares a layout with its snapshot in `Snapshots/`.
///
/// After an intended change, run the tests with `PLENARY_SNAPSHOTS=write`, look at the documents, and commit
/// the new snapshots. Positions depend on the versions of Typst and the Noto fonts, so a difference of one
/// point is accepted.
func expectSnapshot(
  _ name: String, _ layout: Layout, location: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots/\(name).txt")
  if ProcessInfo.processInfo.environment["PLENARY_SNAPSHOTS"] == "write" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(layout.snapshot.utf8).write(to: file)
    return
  }
  let kept = try #require(
    try? String(contentsOf: file, encoding: .utf8),
    "There is no \(file.lastPathComponent); write it with PLENARY_SNAPSHOTS=write.",
    sourceLocation: location)
  let (old, new) = (kept.split(separator: "\n"), layout.snapshot.split(separator: "\n"))
  let moved = zip(old, new).filter { !isNear($0, $1) }
  #expect(
    old.count == new.count && moved.isEmpty,
    """
    The layout of \(name) has changed: \(old.count) lines before, \(new.count) now. First difference: \
    \(moved.first.map { "“\($0)” is “\($1)”" } ?? "at the end"). If that is meant, see expectSnapshot.
    """, sourceLocation: location)
}

/// The same word on the same page, at most one point away.
private func isNear(_ a: Substring, _ b: Substring) -> Bool {
  if a == b { return true }
  let (a, b) = (a.split(separator: " ", maxSplits: 3), b.split(separator: " ", maxSplits: 3))
  guard a.count == 4, b.count == 4, a[0] == b[0], a[3] == b[3], let x = Int(a[1]), let u = Int(b[1]),
    let y = Int(a[2]), let v = Int(b[2])
  else { return false }
  return abs(x - u) <= 1 && abs(y - v) <= 1
}
