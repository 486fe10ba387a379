import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct DoorSignsTests {
  /// - Parameter nextDoor: whether the list of rooms follows the building.
  private func signs(_ story: Story, _ only: [String: String]? = nil, nextDoor: Bool = true) throws
    -> DoorSignsDocument
  {
    var settings = PrintSettings()
    settings.only = only
    settings.nextDoor = nextDoor ? true : nil
    return try ProgramPublication(story.program, story.checkpoint, conference: story.conference, settings)
      .doorSigns()
  }

  /// Both rooms are at one venue.
  private var campus: Story {
    var story = Story.shanghai
    story.add(.venueAdded(VenueAdded(venue: "campus", name: localized("Campus"))))
    for room: RoomID in ["hall", "annex"] {
      story.add(.roomRevised(RoomRevised(room: room) { $0.venue = "campus" }))
    }
    return story
  }

  @Test func `has a sign for each room and day on which something begins`() throws {
    let document = try signs(campus)
    #expect(
      document.pieces.map(\.key) == [
        "door-sign hall 2016-03-25", "door-sign hall 2016-03-26", "door-sign annex 2016-03-25",
      ])
    #expect(document.pieces[0].title[.english] == "Science Hall, Friday, 25\u{a0}March 2016")
    #expect(document.body.signs[0].slots.map(\.session.slug) == ["opening", "session-1", "coffee"])
    #expect(document.body.signs[0].nextDoor.map(\.name) == [localized("Annex")])
    #expect(try signs(campus, nextDoor: false).body.signs.allSatisfy(\.nextDoor.isEmpty))
    #expect(document.body.signs[0].nextDoor[0].slots.map(\.start) == ["09:30", "22:00"])
    #expect(
      document.only(pieces: ["door-sign annex 2016-03-25"]).pieces.map(\.key) == [
        "door-sign annex 2016-03-25"
      ])
  }

  @Test func `can be limited to a room or a day, still with neighbouring rooms`() throws {
    #expect(
      try signs(.shanghai, ["day": "2016-03-26"]).body.signs.map(\.key) == ["door-sign hall 2016-03-26"])
    let annex = try signs(campus, ["room": "annex"]).body.signs
    #expect(annex.map(\.key) == ["door-sign annex 2016-03-25"])
    #expect(annex[0].nextDoor[0].slots.count == 3)
    #expect(throws: InvalidValue("Door signs cannot be printed for one track; choose a room or a day.")) {
      try signs(.shanghai, ["track": "politics"])
    }
  }

  @Test func `has no neighbours in another venue, and none if no venue is known`() throws {
    #expect(try signs(.shanghai).body.signs.allSatisfy(\.nextDoor.isEmpty))
    var story = campus
    story.add(
      .venueAdded(VenueAdded(venue: "library", name: localized("Library"))),
      .roomRevised(RoomRevised(room: "annex") { $0.venue = "library" }))
    #expect(try signs(story).body.signs.allSatisfy(\.nextDoor.isEmpty))
  }

  @Test func `has none for a room to be announced, which has no door, unless it is asked for`() throws {
    var story = campus
    story.add(
      .roomAdded(RoomAdded(room: .toBeAnnounced, name: localized("To be announced"))),
      .roomRevised(RoomRevised(room: .toBeAnnounced) { $0.venue = "campus" }))
    story.schedule(
      "later", localized("Later"), slot(.toBeAnnounced, march("25T13:00"), march("25T14:00")))
    #expect(try signs(story).pieces.map(\.key) == signs(campus).pieces.map(\.key))
    #expect(try signs(story).body.signs[0].nextDoor.map(\.name) == [localized("Annex")])
    #expect(
      try signs(story, ["room": "to-be-announced"]).pieces.map(\.key) == [
        "door-sign to-be-announced 2016-03-25"
      ])
  }

  @Test func `has the next room that is open, not a closed one between`() throws {
    var story = campus
    story.add(
      .roomAdded(RoomAdded(room: "cellar", name: localized("Cellar"))),
      .roomRevised(RoomRevised(room: "cellar") { $0.venue = "campus" }),
      .roomClosed(RoomClosed(room: "annex")))
    #expect(try signs(story).body.signs[0].nextDoor.map(\.name) == [localized("Cellar")])
  }

  @Test func `changes only if its own room does, not if the one next door does`() throws {
    func prints(_ story: Story) throws -> [String: String] {
      try signs(story).pieces.reduce(into: [:]) { $0[$1.key] = try $1.fingerprint() }
    }
    var story = campus
    let before = try prints(story)
    story.add(.sessionRevised(SessionRevised(session: "closing") { $0.title = localized("Farewell") }))
    let after = try prints(story)
    #expect(before.keys.filter { before[$0] != after[$0] } == ["door-sign hall 2016-03-26"])
    let annex = try #require(
      campus.program.sessions.rows.first { $0.slots.contains { $0.slot.room == "annex" } })
    story.add(.sessionRevised(SessionRevised(session: annex.id) { $0.title = localized("Elsewhere") }))
    let then = try prints(story)
    #expect(after.keys.filter { after[$0] != then[$0] } == ["door-sign annex 2016-03-25"])
    #expect(try signs(story).body.signs[0].nextDoor[0].slots.contains { $0.title == localized("Elsewhere") })
  }

  /// ZBar is another program than the one that made the code.
  @Test(
    .enabled(
      if: Layout.isPossible && Tools.find("zbarimg") != nil && Tools.find("pdftoppm") != nil,
      "There is no Typst or no zbarimg here"))
  func `has a code that opens the program of its room`() async throws {
    #expect(try signs(.shanghai).body.signs[0].qr == nil)
    let address = "https://forum.example/%C3%BC/program.html"
    let document = try Story.shanghai.programPublication { $0.web = "https://forum.example/ü/program.html" }
      .doorSigns()
    #expect(document.body.signs[0].address == address + "#room=hall")
    let folder = FileManager.default.temporaryDirectory.appending(path: "plenary-qr-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (drawn, said) = try Tools.run(
      #require(Tools.find("pdftoppm")), ["-gray", "-r", "150", "-png", "-", folder.path + "/page"],
      input: await Layout.pdf(document))
    try #require(drawn, "\(said)")
    let read = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { page in
      try Tools.run(
        #require(Tools.find("zbarimg")), ["--quiet", "--raw", "\(folder.path)/\(page)"], input: Data()
      ).1.split(separator: "\n").map(String.init).filter { $0.hasPrefix("https:") }
    }
    #expect(read == document.body.signs.map { [$0.address ?? ""] })
  }

  @Test func `tells how many signs have no names and no other languages`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for index in 0..<9 {
      let start = march("25T09:00").advanced(by: index * 60)
      story.schedule(
        try SessionID("s-\(index)"), localized(Congress.words(index, 9), "同样长的一个题目"),
        slot("hall", start, start.advanced(by: 45)))
    }
    let pdf = try await Layout.pdf(
      story.programPublication { $0.languages = [.english, .chinese] }.doorSigns())
    #expect(LeftOut.read(from: pdf).contains(LeftOut(.languages, 9)), "\(LeftOut.read(from: pdf))")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `is one page per sign, or a few on a full day, with all times in 24 points or more`() async throws {
    for rooms in [3, 40] {
      let sessions = rooms == 3 ? 48 : 1100
      let story = try Congress.story(rooms: rooms, days: 2, sessions: sessions)
      let document = try story.programPublication().doorSigns()
      let pdf = try await Layout.pdf(document)
      let layout = try Layout(pdf: pdf)
      #expect(layout.pages.count <= 3 * document.body.signs.count)
      #expect(layout.outside.isEmpty)
      #expect(layout.pages.allSatisfy { $0.words.count > 20 })
      // Whole titles come before few pages.
      let cut = LeftOut.read(from: pdf).first { $0.what == .titles }?.count ?? 0
      #expect(cut * 10 < sessions, "\(cut)")
      guard rooms == 3 else { continue }
      let times = layout.pages.flatMap(\.words).filter {
        $0.text.wholeMatch(of: /\d\d:\d\d/) != nil && $0.left < 60
      }
      #expect(times.count == 48)
      #expect(times.allSatisfy { $0.right - $0.left > 24 * 2.5 })
    }
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `says when the last session of the day ends, which may not be the last to begin`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for (session, start, end) in [("posters", "09:00", "17:00"), ("talk", "10:00", "11:00")] {
      story.schedule(
        try SessionID(session), localized(session), slot("hall", march("25T\(start)"), march("25T\(end)")))
    }
    #expect(try await Layout(of: signs(story)).text().contains("2016 · 09:00–17:00"))
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `shortens long titles instead of using small type, and says so`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for index in 0..<8 {
      let start = march("25T09:00").advanced(by: index * 60)
      story.schedule(
        try SessionID("s-\(index)"), localized(Congress.words(index, 28) + " end\(index)"),
        slot("hall", start, start.advanced(by: 45)))
    }
    let pdf = try await Layout.pdf(signs(story))
    let layout = try Layout(pdf: pdf)
    #expect(layout.pages.count == 2)
    let cut = layout.text().matches(of: /…/).count
    #expect(cut > 0)
    #expect(LeftOut.read(from: pdf) == [LeftOut(.titles, cut)])
    for index in 0..<8 {
      #expect(
        layout.text().contains(
          Congress.words(index, 28).split(separator: " ").prefix(4).joined(separator: " ")))
    }
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `says next door how many more sessions there are, or that there is none`() async throws {
    var story = campus
    for number in 0..<40 {
      let start = march("25T11:30").advanced(by: number * 10)
      story.schedule(
        try SessionID("talk-\(number)"), localized("Talk \(number)"),
        slot("annex", start, start.advanced(by: 10)))
    }
    let layout = try await Layout(
      of: story.programPublication {
        $0.only = ["room": "hall"]
        $0.nextDoor = true
        $0.languages = [.english]
      }.doorSigns())
    #expect(layout.pages.count == 2)
    let text = layout.text(page: 0)
    let more = try #require(
      text.firstMatch(of: /and further sessions: (\d+)/).flatMap { Int($0.1) }, "\(text)")
    // Forty talks, the round table and the party.
    #expect(more > 0 && text.matches(of: /Talk \d+/).count + more + 1 == 42, "\(text)")
    #expect(layout.text(page: 1).contains("Nothing is scheduled."))
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `says when a session ends if nothing follows it at once`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for (session, start, end) in [
      ("one", "09:00", "09:40"), ("two", "09:40", "10:20"), ("three", "11:00", "11:50"),
    ] {
      story.schedule(
        try SessionID(session), localized(session), slot("hall", march("25T\(start)"), march("25T\(end)")))
    }
    let text = try await Layout(of: signs(story)).text()
    // The head has the hours of the whole day.
    let ends = text.matches(of: /–(\d\d:\d\d)/).map { String($0.1) }
    #expect(ends == ["11:50", "10:20", "11:50"], "\(text)")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `has its code where lines end, also from right to left`() async throws {
    let document = try Story.shanghai.programPublication {
      $0.languages = [.arabic]
      $0.web = "https://forum.example/program.html"
    }.doorSigns()
    let label = try #require(document.header.labels["roomOnline"]?[.arabic])
    let last = try #require(label.split(separator: " ").last.map(String.init))
    for page in try await Layout(of: document).pages {
      let words = page.words.filter { $0.text == last || $0.text == String(last.reversed()) }
      #expect(!words.isEmpty && words.allSatisfy { $0.right < page.width / 2 }, "\(page.words)")
    }
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `matches the layout snapshot`() async throws {
    let layout = try await Layout(of: try signs(.shanghai))
    try expectSnapshot("door-signs", layout)
  }
}
