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

  @Test func `a booklet by track has the sessions without one at its end`() async throws {
    let text = try await Layout(of: booklet(Story.shanghai, by: "track")).text()
    let politics = try #require(text.range(of: "Fifteen years"))
    #expect(text[politics.upperBound...].contains("Other sessions"), "\(text)")
  }

  @Test func `a dense booklet marks a cancelled session, and refers from one part of a session to the other`()
    async throws
  {
    var story = Story.shanghai
    story.add(
      .slotAdded(
        SlotAdded(
          session: "session-1", number: 2, slot: slot("annex", march("26T09:00"), march("26T10:00")))))
    let text = try await Layout(of: booklet(story, pages: 8)).text()
    // At a glance, and in its day.
    #expect(text.matches(of: /A Round Table Cancelled/).count == 2, "\(text)")
    #expect(text.contains(/Part 2 of 2 · –10:00 .* See page \d/), "\(text)")
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

  @Test func `sessions of two tracks are one block at a glance only where they are narrow`() async throws {
    var story = Story()
    for track in ["economy", "culture"] {
      story.add(.trackAdded(TrackAdded(track: try TrackID(track), name: localized(track))))
    }
    for (room, tracks) in [
      ("one", ["economy"]), ("both", ["economy", "culture"]), ("none", [nil]),
    ] as [(String, [String?])] {
      story.add(.roomAdded(RoomAdded(room: try RoomID(room), name: localized(room))))
      for turn in 0..<4 {
        let start = march("25T09:00").advanced(by: turn * 60)
        story.schedule(
          try SessionID("\(room)-\(turn)"), localized("Talk \(turn)"),
          slot(try RoomID(room), start, start.advanced(by: 60)),
          track: try tracks[turn % tracks.count].map { try TrackID($0) })
      }
    }
    let layout = try await Layout(of: booklet(story, pages: 8))
    let glance = try #require(
      layout.pages.indices.first { layout.text(page: $0).contains("Days at a glance") })
    let text = layout.text(page: glance)
    #expect(text.matches(of: /\d+ sessions/).map { String($0.output) } == ["4 sessions"], "\(text)")
  }

  @Test func `a dense booklet has the day of a late end, and whether a session is recorded`() async throws {
    var story = Story.shanghai
    story.add(
      .sessionRevised(
        SessionRevised(session: "session-1") {
          $0.recording = Recording(.notPermitted, note: localized("Not a word"))
        }))
    let text = try await Layout(of: booklet(story, pages: 8)).text().replacing("\u{a0}", with: " ")
    #expect(text.contains("–01:30 (26 March)"), "\(text)")
    #expect(text.contains("No recording: Not a word"), "\(text)")
  }

  @Test func `an index of tracks is in the order of their signs`() async throws {
    var story = Story.shanghai
    story.add(
      .trackAdded(TrackAdded(track: "culture", name: localized("Culture"))),
      .sessionRevised(SessionRevised(session: "opening") { $0.track = "culture" }))
    let text = try await Layout(of: booklet(story, pages: 8)).text()
    let index = try #require(text.range(of: "Index of tracks", options: .backwards))
    #expect(text[index.upperBound...].contains(/A Politics.* B Culture/), "\(text)")
  }

  @Test func `a booklet says how many sessions keep one of their addresses only`() async throws {
    var story = try Congress.story(rooms: 6, days: 2, sessions: 100, abstracts: true)
    let path = String(repeating: "a/long/way/", count: 18)
    for index in 0..<80 {
      let session = try SessionID("session-\(index)")
      let links = try ["slides", "paper"].map {
        try Link(.related, "https://example.org/\(path)\($0)-\(index)")
      }
      story.add(.sessionRevised(SessionRevised(session: session) { $0.links = links }))
    }
    // Without the second address of each, everything else has room.
    let pdf = try await Layout.pdf(booklet(story, pages: 56))
    #expect(LeftOut.read(from: pdf) == [LeftOut(.links, 80)])
    #expect(try Layout(pdf: pdf).text().contains("Sessions with fewer links than they have: 80."))
  }

  @Test func `a session that goes on says so at the top of the next page`() async throws {
    var story = try Congress.story(rooms: 6, days: 2, sessions: 100)
    let long = (0..<60).map { Congress.words($0, 18) + "." }.joined(separator: " ")
    story.add(.sessionRevised(SessionRevised(session: "session-4") { $0.description = localized(long) }))
    let text = try await Layout(of: booklet(story)).text()
    // The title is cut where the head ends.
    #expect(text.contains("continued: Translation"), "\(text)")
    #expect(text.contains("21 March 2016 · 10:") || text.contains("21\u{a0}March 2016 · 10:"))
    // Heads are never split.
    let short = try await Layout(of: booklet(Congress.story(rooms: 6, days: 2, sessions: 100))).text()
    #expect(!short.contains("continued"), "\(short)")
  }
}
