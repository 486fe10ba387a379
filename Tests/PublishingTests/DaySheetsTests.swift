import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

@Suite(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"), .timeLimit(.minutes(10)))
struct DaySheetsTests {
  @Test(arguments: [(6, 1), (60, 1), (120, 1)])
  func `keeps a day on one page while the type stays readable`(sessions: Int, pages: Int) async throws {
    let story = try Congress.story(rooms: 12, days: 1, sessions: sessions)
    let layout = try await Layout(of: story.programPublication().daySheets())
    #expect(layout.pages.count == pages)
    #expect(layout.text().matches(of: /Room \d+(?![\d:])/).count == sessions)
    #expect(!layout.text().contains("Page 1 of"))
    // Three columns have no room for ends.
    let ends = layout.text().matches(of: /– ?\d\d:\d\d/).count
    #expect(ends == (sessions > 60 ? 0 : sessions))
  }

  @Test func `says what a full day leaves out`() async throws {
    let story = try Congress.story(rooms: 12, days: 1, sessions: 120)
    let pdf = try await Layout.pdf(story.programPublication().daySheets())
    #expect(LeftOut.read(from: pdf) == [LeftOut(.people, 120)])
    #expect(try Layout(pdf: pdf).text().contains("Sessions printed without their people: 120."))
  }

  @Test func `says in its heading which of several pages it is`() async throws {
    let story = try Congress.story(rooms: 40, days: 2, sessions: 1100)
    let layout = try await Layout(of: story.programPublication().daySheets())
    #expect(layout.outside.isEmpty)
    #expect(layout.pages.allSatisfy { $0.words.count > 100 })
    // The days have so many pages as they need: “Page 1 of 5” … “Page 5 of 5”, “Page 1 of 4” …
    var (number, count) = (0, 0)
    for page in layout.pages.indices {
      if number == count {
        let text = layout.text(page: page)
        count = try #require(text.firstMatch(of: /Page 1 of (\d+)/).flatMap { Int($0.1) }, "\(text)")
        number = 0
      }
      number += 1
      #expect(layout.text(page: page).contains("Page \(number) of \(count)"))
    }
    #expect(number == count)
    #expect(layout.text().matches(of: /\bRoom\b/).count == 1100)
  }

  @Test func `keeps the dash before a time in the line of that time`() async throws {
    let story = try Congress.story(rooms: 12, days: 1, sessions: 60)
    let words = try await Layout(of: story.programPublication().daySheets()).pages.flatMap(\.words)
    #expect(words.contains { $0.text.hasPrefix("–") } && !words.contains { $0.text == "–" })
  }

  @Test func `names the day on which a session ends in two columns, too`() async throws {
    var story = try Congress.story(rooms: 12, days: 1, sessions: 60)
    story.schedule("party", localized("A Party"), slot("room-0", march("21T22:00"), march("22T01:30")))
    let text = try await Layout(of: story.programPublication().daySheets()).text()
    #expect(text.replacing("\u{a0}", with: " ").contains("–01:30 (22 March)"), "\(text)")
  }

  @Test func `matches the layout snapshot`() async throws {
    let layout = try await Layout(of: Story.shanghai.programPublication().daySheets())
    try expectSnapshot("day-sheets", layout)
  }
}
