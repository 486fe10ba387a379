import Foundation
import JSON
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

/// What a screen reader finds in a PDF: headings, paragraphs, lists, tables, figures, bookmarks.
@Suite(
  .enabled(
    if: Layout.isPossible && Tools.python != nil, "There is no Typst, no pdftotext or no pikepdf here"),
  .timeLimit(.minutes(10)))
struct StructureTests {
  struct Structure: Decodable {
    let tags: [String: Int]
    /// Text that is in no heading, paragraph, list or table, by the tags that it is in.
    let loose: [String: Int]
    let figuresWithoutText: Int
    let bookmarks: [String]

    init(_ pdf: Data) throws {
      let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "structure.py").path
      let (succeeded, output) = try Tools.run(try #require(Tools.python), [script], input: pdf)
      try #require(succeeded, "\(output)")
      self = try JSONDecoder().decode(Self.self, from: Data(output.utf8))
    }
  }

  private func structure(_ document: any PrintedDocument) async throws -> Structure {
    try Structure(await Layout.pdf(document))
  }

  private func document(_ kind: PrintKind) throws -> any PrintedDocument {
    try kind.isAboutAttendees
      ? Story.people.attendancePublication().document(kind)
      : Story.shanghai.programPublication().document(kind)
  }

  @Test(arguments: PrintKind.allCases)
  func `has all text in headings, paragraphs, lists and tables, in every kind`(kind: PrintKind) async throws {
    let found = try await structure(document(kind))
    #expect(found.loose.isEmpty, "\(kind): \(found.loose)")
    #expect(found.figuresWithoutText == 0, "\(kind): \(found)")
    // Of one sheet, no bookmarks are needed.
    if kind != .pocket {
      #expect(!found.bookmarks.isEmpty, "\(kind): \(found.tags)")
      let strange = found.bookmarks.filter { trimming($0).isEmpty || $0 != trimming($0) || $0.contains("  ") }
      #expect(strange.isEmpty, "\(kind): \(strange)")
    }
  }

  @Test func `a badge and a place card have the name as their heading`() async throws {
    let badges = try await structure(document(.badges))
    #expect(badges.bookmarks.count == 6 && badges.bookmarks[1] == "Shaolei Feng", "\(badges.bookmarks)")
    #expect(badges.tags["H1"] == 6 && badges.tags["H2"] == 6 && badges.tags["L"] == 6, "\(badges.tags)")
    // The code for check-in.
    #expect(badges.tags["Figure"] == 6, "\(badges.tags)")
    let cards = Story.shanghai.programPublication().placeCards()
    let found = try await structure(cards)
    #expect(found.bookmarks == cards.body.cards.map { $0.names[0].text })
    // Of the two faces of a card, only one is read.
    let (_, told) = try Tools.run(
      try #require(Tools.find("pdfinfo")), ["-struct-text", "-"], input: await Layout.pdf(cards))
    #expect(told.matches(of: /冯绍雷/).count == 1, "\(told)")
  }
}
