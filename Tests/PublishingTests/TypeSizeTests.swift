import Foundation
import Scheduling
import Testing
import Vocabulary

@testable import Publishing

/// The smallest type of each kind of print, measured in the PDF.
@Suite(
  .enabled(
    if: Layout.isPossible && Tools.python != nil, "There is no Typst, no pdftotext or no pikepdf here"),
  .timeLimit(.minutes(20)))
struct TypeSizeTests {
  struct Size: CustomStringConvertible {
    let points: Double
    let description: String
  }

  private func sizes(_ pdf: Data) throws -> [Size] {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sizes.py").path
    let (succeeded, output) = try Tools.run(try #require(Tools.python), [script], input: pdf)
    try #require(succeeded, "\(output)")
    return output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").first.flatMap { Double($0) }.map {
        Size(points: $0, description: "\(line)")
      }
    }
  }

  private func expect(_ document: any PrintedDocument, atLeast floor: Double) async throws {
    let sizes = try sizes(await Layout.pdf(document))
    #expect(!sizes.isEmpty)
    let smaller = sizes.filter { $0.points < floor - 0.01 }
    #expect(smaller.isEmpty, "\(type(of: document).template): \(smaller)")
  }

  private func publication(_ story: Story, paper: String? = nil, pages: Int? = nil) -> ProgramPublication {
    var settings = PrintSettings()
    settings.paper = paper
    settings.pages = pages
    return ProgramPublication(story.program, story.checkpoint, conference: story.conference, settings)
  }

  static let conferences = [(3, 1, 9), (12, 2, 300), (30, 2, 600), (40, 2, 1100)]

  @Test(arguments: conferences)
  func `a booklet has no type below 8.5 points`(rooms: Int, days: Int, sessions: Int) async throws {
    let story = try Congress.story(rooms: rooms, days: days, sessions: sessions, abstracts: true)
    try await expect(publication(story).booklet(), atLeast: 8.5)
    if sessions < 400 {
      try await expect(publication(story, paper: "letter", pages: 32).booklet(), atLeast: 8.5)
    }
  }

  @Test func `a booklet in three languages has no type below 8.5 points`() async throws {
    try await expect(publication(Story.shanghai).booklet(), atLeast: 8.5)
  }

  @Test func `lists of attendees have no type below 8.5 points`() async throws {
    for story in [Story.people, Story.crowd(300)] {
      let publication = story.attendancePublication([.english])
      try await expect(publication.participants(), atLeast: 8.5)
      try await expect(publication.checkIn(), atLeast: 8.5)
      try await expect(publication.signIn(), atLeast: 8.5)
    }
  }

  @Test func `the proceedings have no type below 8.5 points`() async throws {
    try await expect(ProceedingsTests().story().proceedingsPublication().record(), atLeast: 8.5)
  }

  @Test(arguments: [1, 2, 4])
  func `itineraries and chair's sheets have no type below 8.5 points`(perPage: Int) async throws {
    for story in [Story.shanghai, try Congress.story(rooms: 4, days: 2, sessions: 60, abstracts: true)] {
      var settings = PrintSettings()
      settings.perPage = perPage
      let publication = ProgramPublication(
        story.program, story.checkpoint, conference: story.conference, settings)
      try await expect(publication.itineraries(), atLeast: 8.5)
      if perPage <= 2 { try await expect(publication.chairSheets(), atLeast: 8.5) }
    }
  }

  @Test(arguments: conferences)
  func `a pocket program has no type below 6.5 points`(rooms: Int, days: Int, sessions: Int) async throws {
    let story = try Congress.story(rooms: rooms, days: days, sessions: sessions)
    for paper in ["a4", "letter"] {
      try await expect(publication(story, paper: paper).pocket(), atLeast: 6.5)
    }
  }

  @Test(arguments: conferences)
  func `day sheets have no type below 9 points on A3, and in proportion on smaller paper`(
    rooms: Int, days: Int, sessions: Int
  ) async throws {
    let story = try Congress.story(rooms: rooms, days: days, sessions: sessions)
    for (paper, floor) in [("a3", 9), ("a4", 6.36), ("letter", 6.5)] {
      try await expect(publication(story, paper: paper).daySheets(), atLeast: floor)
    }
  }

  @Test(arguments: conferences)
  func `a door sign has titles and times in 24 points or more, and the first title in 48`(
    rooms: Int, days: Int, sessions: Int
  ) async throws {
    let story = try Congress.story(rooms: rooms, days: days, sessions: sessions)
    let signs = try publication(story).doorSigns()
    let pdf = try await Layout.pdf(signs)
    let sizes = try sizes(pdf)
    // The names of people, the conference and the source of the sign are smaller.
    #expect(
      sizes.allSatisfy { $0.points >= 24 || [8.5, 12, 14].contains($0.points) || $0.points > 14 }, "\(sizes)")
    #expect(sizes.contains { $0.points >= 48 })
  }

  @Test(arguments: conferences)
  func `a wall grid has no type below 9 points on A3 and larger paper`(rooms: Int, days: Int, sessions: Int)
    async throws
  {
    let story = try Congress.story(rooms: rooms, days: days, sessions: sessions)
    for (paper, floor) in [("a3", 9), ("a1", 9), ("a4", 7.9)] {
      try await expect(publication(story, paper: paper).wallGrid(), atLeast: floor)
    }
  }
}
