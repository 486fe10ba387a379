import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct PlaceCardsTests {
  let story = Story.people

  @Test func `has one card for everybody with a role, in index order`() {
    let cards = story.programPublication().placeCards().body.cards
    #expect(cards.map(\.person) == ["feng-shaolei", "sergey-karaganov", "zhang-deguang"])
    #expect(cards[0].names.map(\.text) == ["Feng Shaolei", "冯绍雷"])
    #expect(cards[1].affiliation == localized("Dean, Higher School of Economics"))
    #expect(cards[2].affiliation == nil)
  }

  @Test func `has the people of one session in their order there`() {
    let cards = story.programPublication { $0.only = ["session": "session-1"] }.placeCards().body.cards
    #expect(cards.map(\.person) == ["feng-shaolei", "zhang-deguang", "sergey-karaganov"])
  }

  @Test func `has no cards for cancelled sessions`() {
    var story = Story.shanghai
    story.speaker("chair-of-annex", [(.english, "Chair of Annex")])
    story.add(
      .personAssigned(PersonAssigned(session: "annex-1", person: "chair-of-annex", role: .chair)))
    #expect(!story.programPublication().placeCards().body.cards.contains { $0.person == "chair-of-annex" })
  }

  @Test func `has pieces with stable keys`() {
    let document = story.programPublication().placeCards()
    #expect(document.pieces.map(\.key)[0] == "place-card feng-shaolei")
    #expect(document.only(pieces: ["place-card zhang-deguang"]).body.cards.map(\.person) == ["zhang-deguang"])
  }
}

@Suite(.enabled(if: Layout.isPossible, "There is no Typst, or no pdftotext, here"), .timeLimit(.minutes(10)))
struct PlaceCardLayoutTests {
  @Test func `matches the layout snapshot`() async throws {
    try expectSnapshot(
      "place-cards", try await Layout(of: Story.people.programPublication([.english]).placeCards()))
  }

  @Test(arguments: ["a4", "letter"])
  func `keeps any name inside its face`(paper: String) async throws {
    var story = Story.shanghai
    for (number, odd) in Story.oddPeople.enumerated() {
      let person = try PersonID("odd-\(number)")
      story.speaker(person, odd.name, Affiliation(organisation: odd.organisation ?? localized("X")))
      story.add(.personAssigned(PersonAssigned(session: "opening", person: person, role: .speaker)))
    }
    let layout = try await Layout(of: story.programPublication { $0.paper = paper }.placeCards())
    #expect(layout.pages.count == 5)
    for page in layout.pages {
      let left = (page.width - 190 * 72 / 25.4) / 2
      let top = (page.height - 256 * 72 / 25.4) / 2
      for word in page.words {
        #expect(word.left >= left && word.right <= page.width - left, "\(word.text)")
        #expect(word.top >= top && word.bottom <= page.height - top, "\(word.text)")
        // On one of the four faces.
        let face = 64 * 72 / 25.4
        #expect(Int((word.top - top) / face) == Int((word.bottom - top) / face), "\(word.text)")
      }
    }
  }

  @Test func `has a name in three languages on each face`() async throws {
    var story = Story.shanghai
    story.speaker("feng", [(.english, "Feng"), (.chinese, "冯"), (.russian, "Фэн")])
    story.schedule(
      "talk", localized("Talk"), slot("hall", march("26T14:00"), march("26T15:00")), (.speaker, "feng"))
    let cards = story.programPublication { $0.only = ["session": "talk"] }.placeCards()
    let words = try await Layout(of: cards).pages[0].words.map(\.text)
    for name in ["Feng", "冯", "Фэн"] { #expect(words.count { $0 == name } == 2, "\(words)") }
  }
}
