import EventLog
import Foundation
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import ReadModels
@testable import Record
@testable import Scheduling

/// The record as it is printed, page by page.
@Suite(.timeLimit(.minutes(10))) struct `The pages of the proceedings` {
  private let record = ProceedingsTests()

  @Test(
    .enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"), arguments: [true, false])
  func `says on its title page whether an issue is provisional`(isProvisional: Bool) async throws {
    let proofed = try record.drafted()
    var later = proofed
    later.issue(provisional: isProvisional)
    let document = try proofed.proceedingsPublication(issue: 1, of: later).record()
    let word = try #require(document.header.labels["provisional"]?[.english])
    let title = try await Layout(of: document).text(page: 0)
    #expect(title.localizedCaseInsensitiveContains(word) == isProvisional, "\(title)")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `says beside a position that it was corrected`() async throws {
    var story = Story.shanghai
    story.entry(.position, "e-1", in: "session-1", record.sergey, localized("For it")) {
      $0.topic = localized("Trade")
    }
    story.issue()
    story.correct("k-1", "e-1") { $0.text = localized("Against it") }
    let text = try await Layout(of: story.proceedingsPublication([.english]).record()).text()
    #expect(text.contains("Corrected"), "\(text)")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `matches the layout snapshot`() async throws {
    try expectSnapshot(
      "proceedings", try await Layout(of: try record.story().proceedingsPublication().record()))
  }

  /// The vertical part of a page between header and footer that has words, from 0 to 1.
  private func fullness(_ page: Layout.Page) -> Double {
    let (top, bottom) = (30 / 297 * page.height, (1 - 29 / 297.0) * page.height)
    let end = page.words.filter { $0.bottom < bottom + 4 }.map(\.bottom).max() ?? top
    return (end - top) / (bottom - top)
  }

  @Test(
    .enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"),
    arguments: [(1100, ["en", "zh", "ru"]), (300, ["ru", "zh"]), (300, ["en"])] as [(Int, [Language])])
  func `prints a long debate with full pages and running heads of one line`(
    statements: Int, languages: [Language]
  ) async throws {
    let story = try Debate.story(statements: statements, sessions: 24, languages: languages)
    let document = story.proceedingsPublication(languages).record()
    let layout = try await Layout(of: document)
    #expect(layout.outside.isEmpty)
    // The last page of a part can be nearly empty: of the contents, of the record, and of the book.
    let record = try #require(layout.pages.firstIndex { page in page.words.contains { $0.text == "1.1" } })
    let titles = document.header.labels["speakers"]!.entries.map(\.text)
    let back = try #require(
      layout.pages.indices.first { index in
        index > record
          && layout.pages[index].words.contains { titles.contains($0.text) && $0.bottom - $0.top > 18 }
      })
    let ends = [record - 1, back - 1, layout.pages.count - 1]
    for (index, page) in layout.pages.enumerated() where index > 0 && !ends.contains(index) {
      #expect(fullness(page) > 0.34, "page \(index + 1)")
    }
    for (index, page) in layout.pages.enumerated().dropFirst() {
      let head = page.words.filter { $0.bottom < 24 / 297 * page.height }
      let lines = Set(head.map { ($0.bottom / 6).rounded() })
      #expect(!head.isEmpty && lines.count == 1, "page \(index + 1): \(head.map(\.text))")
    }
    let text = layout.text()
    #expect(!text.contains("shanghai-2016 ·"), "The footer has the short title, not the identifier.")
    let title = document.header.conference.shortTitle?[languages[0]] ?? ""
    #expect(text.components(separatedBy: title + " ·").count > layout.pages.count / 2)
    for session in document.body.sessions {
      for paragraph in session.paragraphs.prefix(3) { #expect(text.contains(paragraph.number)) }
    }
  }
}
