import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

@Suite(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"), .timeLimit(.minutes(10)))
struct PocketTests {
  @Test(arguments: [("a4", 842.0, 595.0), ("letter", 792.0, 612.0)])
  func `is always one sheet`(paper: String, width: Double, height: Double) async throws {
    for story in [Story(), Story.shanghai, try Congress.story(rooms: 40, days: 3, sessions: 1100)] {
      var settings = PrintSettings()
      settings.paper = paper
      let publication = ProgramPublication(
        story.program, story.checkpoint, conference: story.conference, settings)
      let layout = try await Layout(of: publication.pocket())
      #expect(layout.pages.map { [$0.width.rounded(), $0.height.rounded()] } == [[width, height]])
      #expect(layout.outside.isEmpty)
    }
  }

  @Test func `shows the whole of a large conference, with blocks of what one track has in a room`()
    async throws
  {
    let story = try Congress.story(rooms: 40, days: 2, sessions: 900)
    let pdf = try await Layout.pdf(story.programPublication().pocket())
    let text = try Layout(pdf: pdf).text()
    #expect(!text.contains("not shown"))
    let blocks = text.matches(of: /(\d+) sessions/).compactMap { Int($0.1) }
    #expect(LeftOut.read(from: pdf) == [LeftOut(.joined, blocks.reduce(0, +))])
    // A line begins with a time, and that of a block has its end, too. The time on the cover is that of the last event.
    let times = text.matches(of: /\b\d\d:\d\d\b/).count - 1
    #expect(times - blocks.count - blocks.count + blocks.reduce(0, +) == 900)
    // A block ends with the last session of its room.
    let last = Dictionary(grouping: story.program.slots) { "\($0.slot.start.date) \($0.slot.room)" }
      .compactMap { $0.value.map(\.slot.end.clock).max() }
    let ends = text.matches(of: /–(\d\d:\d\d)/).map { String($0.1) }
    #expect(ends.count == blocks.count && Set(ends).isSubset(of: last), "\(ends)")
    for room in 1...40 { #expect(text.contains("Room \(room) ")) }
  }

  @Test func `leaves out nothing if there is room`() async throws {
    let story = try Congress.story(rooms: 4, days: 2, sessions: 100)
    let text = try await Layout(of: story.programPublication().pocket()).text()
    #expect(!text.contains("not shown"))
    #expect(text.matches(of: /Room \d/).count == 100)
  }

  @Test func `has its cover on the left from right to left`() async throws {
    for (language, isLeft) in [(Language.english, false), (.arabic, true)] {
      let layout = try await Layout(of: Story.odd.programPublication([language]).pocket())
      let page = layout.pages[0]
      // The year is on the cover only.
      let year = try #require(page.words.first { $0.text.contains("2026") || $0.text.contains("٢٠٢٦") })
      #expect(year.top > page.height / 2)
      #expect(isLeft ? year.right < page.width / 4 : year.left > page.width * 3 / 4, "\(year)")
    }
  }

  @Test func `says on its cover how many sessions are joined`() async throws {
    let story = try Congress.story(rooms: 12, days: 2, sessions: 400)
    let pdf = try await Layout.pdf(story.programPublication().pocket())
    let joined = try #require(LeftOut.read(from: pdf).first { $0.what == .joined }?.count)
    #expect(try Layout(pdf: pdf).text().contains("Sessions joined by track and room: \(joined)."))
  }

  @Test func `joins no sessions of a track over a long gap`() async throws {
    var story = try Congress.story(rooms: 12, days: 2, sessions: 400)
    for room in 0..<12 {
      for (turn, time) in ["22:00", "22:30"].enumerated() {
        let start = march("21T\(time)")
        story.schedule(
          try SessionID("late-\(room)-\(turn)"), localized("Late"),
          slot(try RoomID("room-\(room)"), start, start.advanced(by: 30)), track: "track-0")
      }
    }
    let text = try await Layout(of: story.programPublication().pocket()).text()
    // Room 1 has the same track in the morning.
    #expect(text.contains(/Room 1 · \d+ sessions/) && text.contains("22:00"), "\(text)")
    let late = text.matches(of: /–23:00 · Room \d+ · (\d+) sessions/).map { String($0.1) }
    #expect(late.allSatisfy { $0 == "2" }, "\(text)")
  }

  @Test func `says how many sessions are not shown if not even blocks have room`() async throws {
    let story = try Congress.story(rooms: 150, days: 3, sessions: 900)
    let pdf = try await Layout.pdf(story.programPublication().pocket())
    let text = try Layout(pdf: pdf).text()
    let counts = text.matches(of: /Sessions not shown here: (\d+)\./).compactMap { Int($0.1) }
    let sum = counts.reduce(0, +)
    // A block is a line with an end and a number of sessions. The time on the cover is that of the last event.
    let blocks = text.matches(of: /(\d+) sessions/).compactMap { Int($0.1) }
    let lines = text.matches(of: /\b\d\d:\d\d\b/).count - blocks.count - 1
    let joined = blocks.reduce(0, +)
    #expect(lines - blocks.count + joined + sum == 900, "\(lines) \(blocks) \(sum)")
    #expect(LeftOut.read(from: pdf) == [LeftOut(.joined, joined), LeftOut(.sessions, sum)], "\(text)")
  }

  @Test func `matches the layout snapshot`() async throws {
    let layout = try await Layout(of: Story.shanghai.programPublication().pocket())
    try expectSnapshot("pocket", layout)
  }
}
