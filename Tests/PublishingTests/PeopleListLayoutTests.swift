import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

@Suite(.enabled(if: Layout.isPossible, "There is no Typst, or no pdftotext, here"), .timeLimit(.minutes(10)))
struct PeopleListLayoutTests {
  @Test func `matches the layout snapshot`() async throws {
    let publication = Story.people.attendancePublication([.english])
    try expectSnapshot("participants", try await Layout(of: publication.participants()))
    try expectSnapshot("sign-in", try await Layout(of: publication.signIn()))
    try expectSnapshot("check-in", try await Layout(of: publication.checkIn()))
  }

  @Test func `keeps 1,200 people on their pages, with all columns`() async throws {
    let story = Story.crowd(1_200)
    let all = ListColumn.allCases.map(\.rawValue)
    for layout in [
      try await Layout(of: story.attendancePublication().participants()),
      try await Layout(of: story.attendancePublication { $0.paper = "letter" }.signIn()),
      try await Layout(of: story.attendancePublication().checkIn()),
      try await Layout(of: story.attendancePublication { $0.columns = all }.checkIn()),
    ] { #expect(layout.outside.isEmpty) }
  }

  @Test func `keeps the words of fourteen columns apart`() async throws {
    let all = ListColumn.allCases.map(\.rawValue)
    let layout = try await Layout(
      of: Story.crowd(120).attendancePublication {
        $0.columns = all
        $0.languages = [.english]
      }.checkIn())
    var touching: [String] = []
    for page in layout.pages {
      let words = page.words.sorted { ($0.top, $0.left) < ($1.top, $1.left) }
      for (index, word) in words.enumerated() {
        for other in words[(index + 1)...].prefix(60) {
          let high = min(word.bottom, other.bottom) - max(word.top, other.top)
          let wide = min(word.right, other.right) - max(word.left, other.left)
          if high > 3, wide > 1 { touching.append("\(word.text) and \(other.text)") }
        }
      }
    }
    #expect(touching.isEmpty, "\(touching.prefix(12))")
  }

  @Test func `has no column for arrivals before anybody has arrived`() async throws {
    var story = Story.crowd(3)
    func text() async throws -> String {
      try await Layout(of: story.attendancePublication([.english]).participants()).text()
    }
    #expect(try await !text().contains("Present"))
    story.add(.attendeeCheckedIn(AttendeeCheckedIn(attendee: "a-1")))
    #expect(try await text().contains("Present"))
  }

  @Test func `says on each page of the check-in list that it is not to be left lying open`() async throws {
    let layout = try await Layout(of: Story.crowd(120).attendancePublication([.english]).checkIn())
    #expect(layout.pages.count > 2)
    for page in layout.pages.indices {
      #expect(layout.text(page: page).contains("not to be left lying open"), "\(page + 1)")
    }
  }

  @Test(arguments: [36, 38, 40, 41, 42, 43, 44])
  func `never puts the colophon alone on a page`(people: Int) async throws {
    let layout = try await Layout(
      of: Story.crowd(people).attendancePublication {
        $0.columns = ["number", "name"]
        $0.languages = [.english]
      }.participants())
    let last = try #require(layout.pages.last?.words.map(\.text))
    #expect(last.contains("Colophon"))
    #expect(last.contains(String(people)) && last.contains(String(people - 2)))
  }

  @Test func `says when and where the session of the list is`() async throws {
    let publication = Story.people.attendancePublication {
      $0.only = ["session": "opening"]
      $0.languages = [.english]
    }
    for layout in [
      try await Layout(of: publication.participants()), try await Layout(of: publication.signIn()),
      try await Layout(of: publication.checkIn()),
    ] {
      let text = layout.text(page: 0)
      for fact in ["Opening", "09:00–09:30", "Science Hall"] { #expect(text.contains(fact), "\(text)") }
    }
  }

  @Test func `says so if nobody is registered`() async throws {
    let publication = Story.shanghai.attendancePublication([.english])
    for layout in [
      try await Layout(of: publication.participants()), try await Layout(of: publication.checkIn()),
    ] { #expect(layout.text(page: 0).contains("Nobody is registered.")) }
    #expect(try await Layout(of: publication.signIn()).pages.count == 1)
  }
}
