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

  @Test func `matches the layout snapshot`() async throws {
    let layout = try await Layout(of: Story.shanghai.programPublication().pocket())
    try expectSnapshot("pocket", layout)
  }
}
