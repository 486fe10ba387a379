import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

@Suite(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"), .timeLimit(.minutes(10)))
struct WallGridTests {
  private func layout(_ story: Story, paper: String? = nil, grey: Bool = false) async throws -> Layout {
    var settings = PrintSettings()
    settings.paper = paper
    settings.grey = grey
    return try await Layout(
      of: ProgramPublication(story.program, story.checkpoint, conference: story.conference, settings)
        .wallGrid())
  }

  @Test(arguments: [("a1", 2384), ("a2", 1684), ("a3", 1191), ("a4", 842), ("letter", 792)])
  func `uses the requested paper`(paper: String, width: Int) async throws {
    let layout = try await self.layout(Story.shanghai, paper: paper)
    #expect(layout.pages.map { Int($0.width.rounded()) } == [width, width])
    #expect(layout.outside.isEmpty)
  }

  @Test(arguments: ["a3", "a4"])
  func `shows every session of forty rooms, on sheets that are full`(paper: String) async throws {
    let story = try Congress.story(rooms: 40, days: 2, sessions: 1100)
    let layout = try await self.layout(story, paper: paper)
    #expect(layout.outside.isEmpty)
    // The list of shortened titles may have its own page.
    #expect(
      layout.pages.allSatisfy { page in page.words.count > 100 || page.words.contains { $0.text == "full" } })
    // Cells have the beginnings of titles in bold; the list repeats those of shortened titles.
    let text = layout.text()
    for index in stride(from: 0, to: 1100, by: 37) {
      let title = Congress.words(index, 3 + index % 9)
      #expect(text.contains(title.split(separator: " ").prefix(2).joined(separator: " ")), "\(title)")
    }
    for room in 1...40 { #expect(text.contains("Room \(room) ") || text.hasSuffix("Room \(room)")) }
  }

  @Test func `prints shortened titles in full`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    let long = String(repeating: "A title that goes on and on, ", count: 55) + "and ends."
    for room in 0..<9 {
      let id = try RoomID("room-\(room)")
      story.add(.roomAdded(RoomAdded(room: id, name: localized("Room \(room)"))))
      for turn in 0..<60 {
        let start = march("25T09:00").advanced(by: turn * 5)
        story.schedule(
          try SessionID("s-\(room)-\(turn)"),
          turn == 7 && room == 3 ? localized(long) : localized("Five minutes"),
          slot(id, start, start.advanced(by: 5)))
      }
    }
    let layout = try await self.layout(story)
    #expect(layout.outside.isEmpty)
    let text = layout.text()
    #expect(text.contains("and ends."))
    #expect(text.contains("…"))
    #expect(text.contains("Titles in full"))
  }

  @Test func `lists many shortened titles on the next page, under the same heading`() async throws {
    var story = Story()
    for room in 0..<9 {
      let id = try RoomID("room-\(room)")
      story.add(.roomAdded(RoomAdded(room: id, name: localized("Room \(room)"))))
      for turn in 0..<24 {
        let start = march("25T09:00").advanced(by: turn * 20)
        story.schedule(
          try SessionID("s-\(room)-\(turn)"),
          localized(
            String(repeating: "A title that goes on and on, ", count: 9) + "and ends as \(room)-\(turn)."),
          slot(id, start, start.advanced(by: 20)))
      }
    }
    let layout = try await self.layout(story)
    #expect(layout.outside.isEmpty)
    #expect(!layout.text(page: 0).contains("Titles in full"))
    let list = layout.text(page: 1)
    #expect(list.contains("Titles in full"))
    #expect(list.contains("Friday, 25 March 2016"))
    for room in 0..<9 { for turn in 0..<24 { #expect(layout.text().contains("ends as \(room)-\(turn).")) } }
  }

  @Test func `says how many sessions are without their people`() async throws {
    let story = try Congress.story(rooms: 40, days: 1, sessions: 550)
    let pdf = try await Layout.pdf(story.programPublication().wallGrid())
    // Each sheet counts its own.
    let counts = try Layout(pdf: pdf).text().matches(of: /printed without their people: (\d+)\./)
      .compactMap { Int($0.1) }
    #expect(!counts.isEmpty)
    #expect(LeftOut.read(from: pdf) == [LeftOut(.people, counts.reduce(0, +))])
  }

  @Test func `shows overlapping sessions side by side, and a break across all rooms`() async throws {
    var story = Story.shanghai
    for room: RoomID in ["hall", "annex"] {
      story.schedule(
        try SessionID("lunch-\(room)"), localized("Lunch"), kind: .meal,
        slot(room, march("25T12:00"), march("25T13:00")))
    }
    story.schedule("beside", localized("Beside"), slot("hall", march("25T10:00"), march("25T10:30")))
    let page = try await layout(story).pages[0]
    func words(_ text: String) -> [Layout.Word] { page.words.filter { $0.text == text } }
    #expect(words("Lunch").count == 1)
    #expect(words("Lunch")[0].left > page.width / 3)
    let (one, other) = (try #require(words("Bilateral").first), try #require(words("Beside").first))
    #expect(other.left > one.right)
    #expect(try #require(words("Party").first).top > one.top)
  }

  @Test func `gives a session the whole width of its room once the others there have ended`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    let alone = Congress.words(3, 16)
    for (session, title, hour) in [("one", "One", 9), ("beside", "Beside", 9), ("alone", alone, 10)] {
      let start = march("25T00:00").advanced(by: hour * 60)
      story.schedule(
        try SessionID(session), localized(title), slot("hall", start, start.advanced(by: 60)))
    }
    let page = try await layout(story).pages[0]
    let place = try #require(page.words.firstIndex { $0.text == "10:00" && $0.left > 60 })
    let title = page.words[place...].prefix(alone.split(separator: " ").count + 1)
    #expect(Set(title.map(\.top)).count == 1, "\(title)")
  }

  @Test(.enabled(if: Tools.python != nil, "There is no pikepdf here"))
  func `has a pattern for each of twelve tracks without colours`() async throws {
    let story = try Congress.story(rooms: 12, days: 1, sessions: 48)
    let script = """
      import sys, pikepdf
      with pikepdf.open(sys.stdin.buffer) as pdf:
        streams = [it for it in pdf.objects if isinstance(it, pikepdf.Stream)]
        print(len({it.read_bytes() for it in streams if it.get("/PatternType") == 1}))
      """
    let (succeeded, output) = try Tools.run(
      try #require(Tools.python), ["-c", script],
      input: try await Layout.pdf(story.programPublication { $0.grey = true }.wallGrid()))
    #expect(succeeded && output == "12\n", "\(output)")
  }

  @Test func `sets an Arabic title and an unbreakable word`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for room in 0..<8 {
      let id = try RoomID("room-\(room)")
      story.add(.roomAdded(RoomAdded(room: id, name: localized("Room \(room)"))))
      story.schedule(
        try SessionID("s-\(room)"),
        room == 0
          ? LocalizedText(["ar": "التعاون الدولي في النقل والتجارة"])
          : localized(String(repeating: "Donaudampfschifffahrt", count: 4)),
        slot(id, march("25T09:00"), march("25T10:00")))
    }
    let page = try await layout(story, grey: true).pages[0]
    let width = page.width / 8
    #expect(page.words.filter { $0.text.hasPrefix("Donau") }.allSatisfy { $0.right - $0.left < width })
  }

  @Test func `does not hyphenate the date on which a session ends`() async throws {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("Nights"), firstDay: "2016-12-27", lastDay: "2016-12-28", zone: "Asia/Shanghai")))
    func december(_ time: String) throws -> ZonedTime {
      try ZonedTime("2016-12-\(time)+08:00[Asia/Shanghai]")
    }
    for room in 0..<24 {
      let id = try RoomID("room-\(room)")
      story.add(.roomAdded(RoomAdded(room: id, name: localized("Room \(room)"))))
      story.schedule(
        try SessionID("s-\(room)"), localized("Chaos"),
        slot(id, try december("27T22:00"), try december("28T02:00")))
    }
    let words = try await layout(story, paper: "a4").pages.flatMap(\.words)
    #expect(words.filter { $0.text.contains("December)") }.count == 24, "\(words)")
  }

  @Test func `says on the next sheet that a session goes on there, and counts it once`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    let title = LocalizedText([
      .english: "Posters", .chinese: String(repeating: "许多海报，", count: 700),
    ])
    story.schedule("posters", title, slot("hall", march("25T08:00"), march("25T22:00")))
    for room in 0..<4 {
      let id = try RoomID("room-\(room)")
      story.add(.roomAdded(RoomAdded(room: id, name: localized("Room \(room)"))))
      for turn in 0..<84 {
        let start = march("25T08:00").advanced(by: turn * 10)
        story.schedule(
          try SessionID("s-\(room)-\(turn)"), localized("Ten minutes"),
          slot(id, start, start.advanced(by: 10)))
      }
    }
    let pdf = try await Layout.pdf(story.programPublication([.english, .chinese]).wallGrid())
    let layout = try Layout(pdf: pdf)
    let sheets = layout.pages.indices.filter { layout.text(page: $0).contains("Posters") }
    try #require(sheets.count > 1)
    #expect(sheets.map { layout.text(page: $0).contains("… 08:00 Posters") } == sheets.map { $0 > 0 })
    #expect(LeftOut.read(from: pdf) == [LeftOut(.languages, 1)])
  }

  @Test func `matches the layout snapshot`() async throws {
    let layout = try await self.layout(Story.shanghai)
    try expectSnapshot("wall-grid", layout)
  }
}
