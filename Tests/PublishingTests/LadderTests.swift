import Foundation
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Publishing

/// What a document leaves out when its content does not fit, and how it says so.
@Suite(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"), .timeLimit(.minutes(10)))
struct LadderTests {
  private func booklet(_ story: Story, pages: Int? = nil, by: String? = nil, imposed: Bool = false) throws
    -> BookletDocument
  {
    var settings = PrintSettings()
    settings.pages = pages
    settings.by = by
    settings.imposed = imposed
    return try ProgramPublication(story.program, story.checkpoint, conference: story.conference, settings)
      .booklet()
  }

  @Test func `a booklet that has room leaves out nothing`() async throws {
    let story = try Congress.story(rooms: 6, days: 2, sessions: 100, abstracts: true)
    let pdf = try await Layout.pdf(booklet(story))
    #expect(LeftOut.read(from: pdf).isEmpty)
    #expect(try !Layout(pdf: pdf).text().contains("Descriptions"))
  }

  @Test(arguments: [(40, LeftOut.What.shortened), (28, .descriptions)])
  func `a booklet fits into a number of pages, and says what that cost`(pages: Int, what: LeftOut.What)
    async throws
  {
    let story = try Congress.story(rooms: 6, days: 2, sessions: 150, abstracts: true)
    let pdf = try await Layout.pdf(booklet(story, pages: pages))
    let layout = try Layout(pdf: pdf)
    #expect(layout.pages.count <= pages)
    let count = try #require(
      LeftOut.read(from: pdf).first { $0.what == what }?.count, "\(LeftOut.read(from: pdf))")
    #expect(
      layout.text().contains(
        what == .shortened ? "shortened to fit: \(count)." : "Descriptions left out: \(count)."))
    // No session is missing.
    let text = layout.text()
    for index in stride(from: 0, to: 150, by: 7) {
      #expect(text.contains(Congress.words(index, 3 + index % 9)))
    }
  }

  @Test func `an imposed booklet says the same`() async throws {
    let story = try Congress.story(rooms: 6, days: 2, sessions: 100, abstracts: true)
    let plain = LeftOut.read(from: try await Layout.pdf(booklet(story, pages: 20)))
    #expect(!plain.isEmpty)
    #expect(LeftOut.read(from: try await Layout.pdf(booklet(story, pages: 20, imposed: true))) == plain)
  }

  @Test func `a booklet by track or by room has each session under its heading`() async throws {
    let story = try Congress.story(rooms: 4, days: 2, sessions: 100)
    for (by, headings) in [("track", ["Track"]), ("room", ["Room 1", "Room 2", "Room 3", "Room 4"])] {
      let layout = try await Layout(of: booklet(story, by: by))
      #expect(layout.outside.isEmpty)
      for heading in headings { #expect(layout.text().contains(heading)) }
      for index in 0..<100 {
        #expect(layout.text().contains(Congress.words(index, 3 + index % 9)), "\(by): \(index)")
      }
    }
  }

  @Test func `the days at a glance name every room of a large conference, on two pages a day`() async throws {
    let story = try Congress.story(rooms: 37, days: 2, sessions: 1036)
    let layout = try await Layout(of: booklet(story))
    let glance = layout.pages.indices.filter { layout.text(page: $0).contains("Days at a glance") }
    #expect(glance.count == 4)
    let text = glance.map { layout.text(page: $0) }.joined(separator: " ")
    for room in 1...37 { #expect(text.matches(of: try Regex("Room \(room) ")).count >= 2, "\(room)") }
    #expect(text.contains("sessions · p."))
  }

  @Test func `a session that goes on says so at the top of the next page`() async throws {
    var story = try Congress.story(rooms: 6, days: 2, sessions: 100)
    let long = (0..<60).map { Congress.words($0, 18) + "." }.joined(separator: " ")
    story.add(.sessionRevised(SessionRevised(session: "session-4") { $0.description = localized(long) }))
    let text = try await Layout(of: booklet(story)).text()
    // The title is cut where the head ends.
    #expect(text.contains("continued: Translation"), "\(text)")
    #expect(text.contains("21 March 2016 · 10:") || text.contains("21\u{a0}March 2016 · 10:"))
  }
}
