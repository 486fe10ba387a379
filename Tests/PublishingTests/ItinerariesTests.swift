import EventLog
import Specification
import Testing
import Vocabulary

@testable import People
@testable import Publishing
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct ItinerariesTests {
  let story = Story.people

  private func itinerary(_ person: String) throws -> ItinerariesDocument.Person {
    try #require(story.programPublication { $0.only = ["person": person] }.itineraries().body.persons.first)
  }

  @Test func `is for everybody with a role, in index order`() {
    #expect(
      story.programPublication().itineraries().body.persons.map(\.person) == [
        "feng-shaolei", "sergey-karaganov", "zhang-deguang",
      ])
  }

  @Test func `says so of somebody who leads a session and also presents there`() throws {
    var story = Story.people
    story.add(.personAssigned(PersonAssigned(session: "workshop", person: "zhang-deguang", role: .chair)))
    let entries = story.programPublication { $0.only = ["person": "zhang-deguang"] }.itineraries()
      .body.persons.flatMap(\.days).flatMap(\.entries)
    let workshop = try #require(entries.first { $0.session == "workshop" && !$0.presentations.isEmpty })
    #expect(
      workshop.roles == [
        localized("Chair", "主席", "Председатель"), localized("Presenter", "报告人", "Докладчик"),
      ])
  }

  @Test func `has times, places, roles and colleagues`() throws {
    let feng = try itinerary("feng-shaolei")
    #expect(feng.days.map(\.date) == ["2016-03-25"])
    let entries = feng.days[0].entries
    #expect(entries.map(\.session) == ["opening", "session-1", "workshop", "workshop"])
    #expect(entries.map(\.start) == ["09:00", "09:30", "13:00", "14:05"])
    #expect(entries[1].roles == [localized("Chair", "主席", "Председатель")])
    #expect(
      entries[1].others.map { $0.persons.map(\.person.slug) } == [["zhang-deguang", "sergey-karaganov"]])
    #expect(entries[1].others[0].role == localized("Speakers", "发言人", "Выступающие"))
  }

  @Test func `has the person's own presentations with times, parts and co-presenters`() throws {
    let entries = try itinerary("feng-shaolei").days[0].entries
    #expect(entries[2].partLabel == localized("Part 1 of 2", "第 1 部分，共 2 部分", "Часть 1 из 2"))
    #expect(entries[2].roles == [localized("Presenter", "报告人", "Докладчик")])
    #expect(entries[2].presentations.map(\.title) == [localized("The Articles")])
    #expect(entries[2].presentations[0].people.map { $0[0].text } == ["Zhang Deguang"])
    #expect(entries[3].presentations.map(\.start) == ["14:05"])
    // A person who only presents in the first slot is not in the second.
    let zhang = try itinerary("zhang-deguang").days[0].entries
    #expect(zhang.map(\.start) == ["09:30", "09:30", "13:00"])
  }

  @Test func `has travel times, and marks breaks that are too short`() throws {
    let entries = try itinerary("feng-shaolei").days[0].entries
    #expect(entries.map(\.travel) == [nil, nil, 12, 12])
    #expect(entries.map(\.tight) == [false, false, false, true])
    #expect(entries[2].venue == localized("East Campus", "东校区", "Восточный кампус"))
  }

  @Test(arguments: [("16:11", true), ("16:12", false)])
  func `has time enough in a break that is as long as the way`(start: String, isTight: Bool) throws {
    var story = story
    story.schedule(
      "before", localized("Before"), slot("hall", march("26T15:00"), march("26T16:00")),
      (.speaker, "feng-shaolei"))
    story.schedule(
      "after", localized("After"), slot("annex", march("26T\(start)"), march("26T17:00")),
      (.speaker, "feng-shaolei"))
    let entry = try #require(
      story.programPublication { $0.only = ["person": "feng-shaolei"] }.itineraries().body.persons.first?.days
        .last?.entries.last)
    #expect(entry.travel == 12 && entry.tight == isTight)
  }

  @Test func `keeps cancelled sessions and marks them`() throws {
    let zhang = try itinerary("zhang-deguang").days[0].entries
    #expect(zhang.filter(\.cancelled).map(\.session) == ["annex-1"])
  }

  @Test func `is printed for a selected person without a role`() throws {
    var story = story
    story.speaker("nobody-yet", [(.english, "Nobody Yet")])
    #expect(!story.programPublication().itineraries().body.persons.contains { $0.person == "nobody-yet" })
    let own = story.programPublication { $0.only = ["person": "nobody-yet"] }.itineraries()
    #expect(own.body.persons.map(\.days.count) == [0])
  }

  @Test func `names 24 other people and counts the rest`() throws {
    var story = story
    for number in 1...30 {
      let person = try PersonID("p-\(number)")
      story.speaker(person, [(.english, "Person \(number)")])
      story.add(.personAssigned(PersonAssigned(session: "closing", person: person, role: .speaker)))
    }
    let entry = try #require(
      story.programPublication { $0.only = ["person": "p-1"] }.itineraries().body.persons.first?.days[0]
        .entries[0])
    #expect(entry.others[0].persons.count == 24)
    #expect(entry.more == 5)
  }

  @Test func `has no way from the last room of the day before, or from a cancelled session`() throws {
    var story = story
    story.schedule(
      "before", localized("Before"), slot("hall", march("26T15:00"), march("26T16:00")),
      (.speaker, "feng-shaolei"))
    story.schedule(
      "cancelled", localized("Cancelled"), slot("annex", march("26T16:00"), march("26T16:30")),
      (.speaker, "feng-shaolei"))
    story.schedule(
      "after", localized("After"), slot("hall", march("26T16:30"), march("26T17:00")),
      (.speaker, "feng-shaolei"))
    story.schedule(
      "tomorrow", localized("Tomorrow"), slot("annex", march("27T09:00"), march("27T10:00")),
      (.speaker, "feng-shaolei"))
    story.add(.sessionCancelled(SessionCancelled(session: "cancelled", slots: [])))
    let days = try #require(
      story.programPublication { $0.only = ["person": "feng-shaolei"] }.itineraries().body.persons.first?.days
    )
    #expect(days.suffix(2).map { $0.entries.map(\.travel) } == [[nil, nil, nil], [nil]])
  }

  @Test func `has pieces with stable keys`() throws {
    let document = story.programPublication().itineraries()
    #expect(document.pieces.map(\.key)[0] == "itinerary feng-shaolei")
    #expect(
      document.only(pieces: ["itinerary zhang-deguang"]).body.persons.map(\.person) == ["zhang-deguang"])
  }
}

@Suite(.enabled(if: Layout.isPossible, "There is no Typst, or no pdftotext, here"), .timeLimit(.minutes(10)))
struct ItineraryLayoutTests {
  @Test func `matches the layout snapshot`() async throws {
    try expectSnapshot(
      "itineraries", try await Layout(of: Story.people.programPublication([.english]).itineraries()))
  }

  @Test(arguments: ["a4", "letter"])
  func `takes one page per person for 1,200 people`(paper: String) async throws {
    var story = Story.shanghai
    for number in 0..<1_200 {
      let person = try PersonID("p-\(number)")
      story.speaker(
        person, [(.english, "Person Number\(number)")], Affiliation(organisation: localized("A University")))
      story.add(
        .personAssigned(
          PersonAssigned(session: number % 2 == 0 ? "opening" : "closing", person: person, role: .speaker)))
    }
    let layout = try await Layout(of: story.programPublication { $0.paper = paper }.itineraries())
    #expect(layout.pages.count == 1_203)
    #expect(layout.outside.isEmpty)
    #expect(Int(layout.pages[0].height.rounded()) == (paper == "a4" ? 842 : 792))
  }

  @Test func `says how many others there are that it does not name`() async throws {
    var story = Story.shanghai
    for number in 1...30 {
      let person = try PersonID("p-\(number)")
      story.speaker(person, [(.english, "Person \(number)")])
      story.add(.personAssigned(PersonAssigned(session: "closing", person: person, role: .speaker)))
    }
    let own = story.programPublication {
      $0.only = ["person": "p-1"]
      $0.languages = [.english]
    }
    #expect(try await Layout(of: own.itineraries()).text().contains("and 5 more"))
  }

  @Test func `has its source on each piece that is cut apart`() async throws {
    let pieces = Story.shanghai.programPublication {
      $0.perPage = 4
      $0.languages = [.english]
    }
    let layout = try await Layout(of: pieces.itineraries())
    #expect(layout.pages.count == 1)
    #expect(layout.text().matches(of: /shanghai-2016 · Record position \d+/).count == 3, "\(layout.text())")
  }

  @Test func `keeps twelve sessions on one page`() async throws {
    var story = Story.shanghai
    for number in 0..<12 {
      story.schedule(
        try SessionID("extra-\(number)"),
        localized("A Session With a Title of Usual Length, Number \(number)"),
        slot("annex", march("26T\(10 + number):00"), march("26T\(10 + number):50")),
        (.speaker, "zhang-deguang"), (.chair, "feng-shaolei"))
    }
    let layout = try await Layout(
      of: story.programPublication { $0.only = ["person": "zhang-deguang"] }.itineraries())
    #expect(layout.pages.count == 1)
  }

  @Test func `says so to a person who is in no session`() async throws {
    var story = Story.shanghai
    story.speaker("nobody-yet", [(.english, "Nobody Yet")])
    let own = story.programPublication {
      $0.only = ["person": "nobody-yet"]
      $0.languages = [.english]
    }
    #expect(
      try await Layout(of: own.itineraries()).text().contains(
        "Nothing in the program is assigned to this person."))
  }

  @Test func `has the first piece on the right from right to left`() async throws {
    let pieces = Story.shanghai.programPublication {
      $0.perPage = 4
      $0.languages = [.arabic, .english]
    }
    let document = pieces.itineraries()
    let page = try await Layout(of: document).pages[0]
    let names = document.body.persons.map { $0.names[0].text.split(separator: " ").last.map(String.init) }
    // As headings, names are larger than in the lists of colleagues.
    let places = try names.map { name in
      try #require(
        page.words.filter { $0.text == name }.max { $0.bottom - $0.top < $1.bottom - $1.top })
    }
    #expect(places[0].left > page.width / 2 && places[1].right < page.width / 2, "\(places)")
  }

  @Test func `has a page for each piece that is too long to be cut apart`() async throws {
    var story = Story.shanghai
    for number in 0..<10 {
      story.schedule(
        try SessionID("extra-\(number)"), localized("Extra Session \(number)"),
        slot(
          "annex", march("26T08:00").advanced(by: number * 30), march("26T08:25").advanced(by: number * 30)),
        (.speaker, "zhang-deguang"), (.chair, "feng-shaolei"))
    }
    let pieces = story.programPublication {
      $0.perPage = 4
      $0.languages = [.english]
    }
    let layout = try await Layout(of: pieces.itineraries())
    // The short one has the first page.
    #expect(layout.pages.count == 3)
    #expect(layout.text(page: 1).contains("Feng Shaolei") && layout.text(page: 2).contains("Zhang Deguang"))
    #expect(layout.pages[1].words.contains { $0.text == "Itinerary" })
    #expect(layout.pages[2].words.contains { $0.text == "Itinerary" })
  }
}
