import EventLog
import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

@Suite(.timeLimit(.minutes(10))) struct BookletTests {
  let booklet = try! Story.shanghai.programPublication().booklet()

  @Test func `sorts the sessions of a day by start, then by the order of rooms`() {
    #expect(
      booklet.body.days.map { $0.sessions.map(\.slug.slug) } == [
        ["opening", "session-1", "annex-1", "coffee", "party"], ["closing"],
      ])
    #expect(
      booklet.body.days[0].heading
        == localized("Friday, 25\u{a0}March 2016", "2016年3月25日星期五", "Пятница, 25\u{a0}марта 2016\u{a0}г."))
  }

  @Test func `has everything about a session`() {
    let feng = PrintedPerson(
      person: "feng-shaolei",
      names: [
        PrintedName(text: "Feng Shaolei", lang: .english), PrintedName(text: "冯绍雷", lang: .chinese),
      ],
      affiliations: [
        localized(
          "Director, Center for Russian Studies", "俄罗斯研究中心 Director",
          "Director, Центр изучения России")
      ])
    let karaganov = PrintedPerson(
      person: "sergey-karaganov",
      names: [
        PrintedName(text: "Sergey Karaganov", lang: .english),
        PrintedName(text: "Сергей Караганов", lang: .russian),
      ],
      affiliations: [
        localized("Dean, Higher School of Economics"),
        localized("Honorary Chairman, Council on Foreign and Defense Policy"),
      ])
    let zhang = PrintedPerson(
      person: "zhang-deguang",
      names: [
        PrintedName(text: "Zhang Deguang", lang: .english), PrintedName(text: "张德广", lang: .chinese),
      ], affiliations: [])
    #expect(
      booklet.body.days[0].sessions[1]
        == BookletDocument.Session(
          slug: "session-1", anchor: "session-1", whole: true, partLabel: nil, start: "09:30", end: "11:00",
          from: 570, until: 660, endDate: nil,
          room: localized("Science Hall", "科学会堂", "Зал"), place: "hall",
          track: .init(sign: "A", name: localized("Politics", "政治"), color: "#2f6b5b", earlier: 0),
          kind: localized("Panel", "专题讨论", "Панельная дискуссия"), service: false,
          title: localized("The Bilateral Cooperation", "双边合作", "Двустороннее сотрудничество"),
          description: localized("Fifteen years of the Treaty; what follows, and what does not.").formatted,
          languages: [localized("Chinese", "中文", "китайский"), localized("Russian", "俄语", "русский")],
          interpretation: [], cancelled: false,
          people: [
            PrintedGroup(role: localized("Chair", "主席", "Председатель"), persons: [feng]),
            PrintedGroup(role: localized("Speakers", "发言人", "Выступающие"), persons: [zhang, karaganov]),
          ], links: [], presentations: []))
  }

  @Test func `keeps cancelled sessions and marks them`() {
    #expect(booklet.body.days[0].sessions.filter(\.cancelled).map(\.slug) == ["annex-1"])
  }

  @Test func `shows the end day of a session past midnight`() {
    let party = booklet.body.days[0].sessions[4]
    #expect(party.end == "01:30")
    #expect(party.endDate == localized("26\u{a0}March", "3月26日", "26\u{a0}марта"))
    #expect(party.service)
  }

  @Test func `indexes participants by family name`() {
    #expect(
      booklet.body.persons.map { $0.names[0].text } == [
        "Feng Shaolei", "Karaganov, Sergey", "Zhang Deguang",
      ])
    #expect(booklet.body.persons[2].sessions.map(\.slug.slug) == ["session-1", "annex-1"])
  }

  @Test func `uses the requested languages, else the available ones`() throws {
    let chinese = try Story.shanghai.programPublication([.chinese]).booklet()
    #expect(chinese.header.conference.title == LocalizedText([.chinese: "中俄合作：进程与前景"]))
    #expect(chinese.body.days[0].sessions[2].title == localized("A Round Table"))
    #expect(chinese.body.persons[0].names.map(\.text) == ["冯绍雷", "Feng Shaolei"])
    #expect(chinese.header.labels["program"] == LocalizedText([.chinese: "日程"]))
  }

  @Test func `has the stamp of its source`() {
    let story = Story.shanghai
    let stamp = booklet.header.stamp
    #expect(stamp.position == story.checkpoint.position)
    #expect(stamp.root == hexadecimal(story.checkpoint.tree.root))
    #expect(stamp.lastEvent == story.checkpoint.lastEventAt)
    #expect(stamp.lastEventPrinted?[.english] == Dates.instant(stamp.lastEvent!, in: .english))
    #expect(Stamp(conference: story.conference, checkpoint: story.checkpoint).position == stamp.position)
  }

  @Test func `names the release, if there is one`() throws {
    #expect(
      booklet.body.release
        == BookletDocument.Release(
          version: "1.2", note: localized("The round table is cancelled."),
          date: localized("24\u{a0}March 2016", "2016年3月24日", "24\u{a0}марта 2016\u{a0}г."), superseded: false
        ))
    #expect(try Story().programPublication().booklet().body.release == nil)
  }

  @Test func `is empty for an empty conference`() throws {
    let empty = try Story().programPublication().booklet()
    #expect(empty.header.conference.title == localized("shanghai-2016"))
    #expect(empty.header.languages == [.english])
    #expect(
      empty.body
        == BookletDocument.Body(
          release: nil, subset: [], welcome: nil, imposed: false, creep: 0, by: "day", pages: 192, days: [],
          venues: [], rooms: [], persons: []
        ))
  }

  @Test func `has the same bytes each time`() throws {
    let (one, other) = (Story.shanghai.programPublication(), Story.shanghai.programPublication())
    #expect(try one.json() == other.json())
    #expect(try one.page() == other.page())
    #expect(one.iCalendar() == other.iCalendar())
    #expect(one.csv() == other.csv())
  }

  @Test func `writes null for missing values, because templates expect every key`() throws {
    let data = try Story.shanghai.programPublication().json()
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "kind", "languages", "labels", "conference", "stamp", "paper", "grey", "press", "pictures",
        "replaceMissing",
        "creep",
        "release", "subset", "welcome", "imposed", "by", "pages", "days", "venues", "rooms", "persons",
      ])
    let days = try #require(object["days"] as? [[String: Any]])
    let sessions = try #require(days[0]["sessions"] as? [[String: Any]])
    #expect(sessions[0].count == 23)
    #expect(sessions[0]["description"] is NSNull)
  }

  /// Session 1 in two slots, the second with a presentation of its own.
  private var inParts: Story {
    var story = Story.shanghai
    story.add(
      .slotAdded(
        SlotAdded(
          session: "session-1", number: 2, slot: slot("annex", march("26T09:00"), march("26T10:00")))),
      .presentationAdded(
        PresentationAdded(
          session: "session-1",
          presentation: Presentation(
            "energy", title: localized("Energy", "能源"), abstract: localized("Oil and gas."),
            people: ["zhang-deguang"], minutes: 90, language: .russian,
            links: [try! Link(.slides, "https://example.org/energy.pdf")]))),
      .presentationAdded(
        PresentationAdded(
          session: "session-1",
          presentation: Presentation(
            "trade", title: localized("Trade"), people: ["sergey-karaganov"], minutes: 30))))
    return story
  }

  @Test func `has everything at a session's first slot, and only presentations at the others`() throws {
    let days = try inParts.programPublication().booklet().body.days
    let (first, second) = (days[0].sessions[1], days[1].sessions[0])
    #expect([first.anchor, second.anchor] == ["session-1", "session-1.2"])
    #expect([first.whole, second.whole] == [true, false])
    #expect([first.partLabel?[.english], second.partLabel?[.english]] == ["Part 1 of 2", "Part 2 of 2"])
    #expect(second.description == nil && second.people.isEmpty)
    #expect(
      first.presentations.map { "\($0.start)–\($0.end) \($0.title[.english] ?? "")" } == [
        "09:30–11:00 Energy"
      ])
    #expect(
      second.presentations.map { "\($0.start)–\($0.end) \($0.title[.english] ?? "")" } == [
        "09:00–09:30 Trade"
      ])
    #expect(first.presentations[0].persons.map(\.person) == ["zhang-deguang"])
    #expect(first.presentations[0].language == localized("Russian", "俄语", "русский"))
    #expect(
      first.presentations[0].links == [
        .init(
          kind: localized("Slides", "幻灯片", "Слайды"), title: nil, url: "https://example.org/energy.pdf")
      ])
  }

  @Test func `indexes the places where a person is named`() throws {
    let persons = try inParts.programPublication().booklet().body.persons
    #expect(persons.map { $0.sessions.map(\.anchors) }[1] == [["session-1", "session-1.2"]])
    #expect(persons.map { $0.sessions.map(\.anchors) }[2] == [["session-1"], ["annex-1"]])
  }

  @Test func `has a welcome, and rooms with venue and equipment`() throws {
    var story = Story.shanghai
    story.add(
      .conferenceRevised(ConferenceRevised { $0.welcome = localized("Welcome to Shanghai.", "欢迎来到上海。") }),
      .venueAdded(
        VenueAdded(venue: "campus", name: localized("Campus")) { $0.address = localized("1 Road") }),
      .venueAdded(VenueAdded(venue: "unused", name: localized("Unused"))),
      .roomRevised(
        RoomRevised(room: "hall") {
          $0.venue = "campus"
          $0.features = ["projector", "hearing-loop"]
        }))
    let body = try story.programPublication().booklet().body
    #expect(body.welcome == localized("Welcome to Shanghai.", "欢迎来到上海。").formatted)
    #expect(body.venues.map(\.name) == [localized("Campus")])
    #expect(body.rooms[0].venue == localized("Campus"))
    #expect(body.rooms[0].features == ["projector", "hearing loop"])
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `refers from one slot of a session to the page of the other`() async throws {
    let layout = try await Layout(of: try inParts.programPublication().booklet())
    let first = try #require(
      layout.pages.indices.first { layout.text(page: $0).contains("Fifteen years") })
    #expect(layout.text().contains("See page \(first + 1)"))
    #expect(layout.text().contains("Notes"))
    #expect(layout.pages.count % 4 == 0)
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `has a range in its index only for pages that follow each other`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    story.speaker("ada", [(.english, "Lovelace, Ada")])
    // Each day has a page of its own.
    for day in 24...26 {
      for hour in 10...13 {
        let session = try SessionID("talk-\(day)-\(hour)")
        story.schedule(
          session, localized("Talk"), slot("hall", march("\(day)T\(hour):00"), march("\(day)T\(hour):50")),
          description: hour == 10 ? localized("Told on the \(day)th.") : nil)
        if hour == 10, day != 25 {
          story.add(.personAssigned(PersonAssigned(session: session, person: "ada", role: .speaker)))
        }
      }
    }
    let layout = try await Layout(of: try story.programPublication().booklet())
    func page(_ day: Int) throws -> Int {
      try #require(layout.pages.indices.first { layout.text(page: $0).contains("Told on the \(day)th.") }) + 1
    }
    let (first, last) = (try page(24), try page(26))
    try #require(last == first + 2)
    #expect(layout.text().contains("Lovelace, Ada \(first), \(last)"), "\(layout.text())")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `is imposed the other way round from right to left`() async throws {
    let booklet = try Story.odd.programPublication {
      $0.languages = [.arabic, .english]
      $0.imposed = true
    }.booklet()
    let side = try await Layout(of: booklet).pages[0]
    // The year is on the cover only.
    let year = try #require(side.words.first { $0.text.contains("2026") })
    #expect(year.right < side.width / 2)
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `moves the pages of inner sheets towards the fold`() async throws {
    func layout(_ creep: Int) async throws -> Layout {
      try await Layout(
        of: inParts.programPublication {
          $0.imposed = true
          $0.creep = creep
        }.booklet())
    }
    let (plain, moved) = (try await layout(0), try await layout(500))
    // Two sides have one sheet.
    #expect(plain.pages[0].words == moved.pages[0].words)
    let middle = plain.pages[2].width / 2
    let half = 0.5 * 72 / 25.4
    #expect(!plain.pages[2].words.isEmpty)
    for (old, new) in zip(plain.pages[2].words, moved.pages[2].words) {
      #expect(abs(new.left - old.left - (old.left < middle ? half : -half)) < 0.1, "\(old) \(new)")
    }
  }

  @Test(
    .enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"),
    arguments: ["a4", "letter"])
  func `can be imposed for folding, two pages on a side`(paper: String) async throws {
    var settings = PrintSettings()
    settings.imposed = true
    settings.paper = paper
    let story = inParts
    let pages = try await Layout(of: try story.programPublication().booklet()).pages.count
    let imposed = try ProgramPublication(
      story.program, story.checkpoint, conference: story.conference, settings
    ).booklet()
    let pdf = try await Layout.pdf(imposed)
    #expect(try await Layout.pdf(imposed) == pdf)
    let layout = try Layout(pdf: pdf)
    #expect(layout.pages.count == pages / 2)
    #expect(layout.pages.map { Int($0.width.rounded()) }.allSatisfy { $0 == (paper == "a4" ? 842 : 792) })
    #expect(layout.outside.isEmpty)
    // The cover is on the right of the first side, the second page on the left of the second.
    let cover = try #require(layout.pages[0].words.first { $0.text == "Cooperation" })
    #expect(cover.left > layout.pages[0].width / 2)
    let number = try #require(layout.pages[1].words.last { $0.text == "2" })
    #expect(number.left < layout.pages[1].width / 2)
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `begins each day with its first session, however short its sessions are`() async throws {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized("Nights"), firstDay: "2016-03-25", lastDay: "2016-03-26", zone: "Asia/Shanghai"
        ) {
          $0.dayStart = 240
        }))
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    for hour in 10...22 {
      story.schedule(
        SessionID(stringLiteral: "talk-\(hour)"), localized("Talk at \(hour)"),
        slot("hall", march("25T\(hour):00"), march("25T\(hour):50")))
    }
    story.schedule("last", localized("Last"), slot("hall", march("26T01:00"), march("26T02:00")))
    let layout = try await Layout(of: try story.programPublication().booklet())
    let pages = layout.pages.indices.map { layout.text(page: $0) }
    let first = try #require(pages.first { $0.contains("after midnight") })
    #expect(first.contains("Talk at 10") && first.contains("Talk at 11"), "\(pages)")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `has each letter of its index once, also with names that begin with a sign`() async throws {
    var story = Story()
    story.add(.roomAdded(RoomAdded(room: "hall", name: localized("Hall"))))
    story.schedule("talk", localized("Talk"), slot("hall", march("25T09:00"), march("25T10:00")))
    let names = ["Aada, Eva", "ʻAkau, Keola", "Alto, Yun"] + (10...50).map { "Family\($0), Given" }
    for (index, name) in names.enumerated() {
      let person = try PersonID("p-\(index)")
      story.speaker(person, [(.english, name)])
      story.add(.personAssigned(PersonAssigned(session: "talk", person: person, role: .speaker)))
    }
    let text = try await Layout(of: try story.programPublication().booklet()).text()
    #expect(text.matches(of: /\bA\b/).count == 1 && text.contains("Aada, Eva"), "\(text)")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `has room for a thousand sessions`() async throws {
    let story = try Congress.story(rooms: 37, days: 3, sessions: 1100, abstracts: true)
    let layout = try await Layout(of: try story.programPublication().booklet())
    #expect(layout.outside.isEmpty)
    #expect(layout.pages.count % 4 == 0 && layout.pages.count <= 192)
    // Except for the cover and the pages for notes.
    #expect(layout.pages.dropFirst().dropLast(4).allSatisfy { $0.words.count > 15 })
    let text = layout.text()
    for index in stride(from: 0, to: 1100, by: 59) {
      #expect(text.contains(Congress.words(index, 3 + index % 9)), "\(index)")
    }
  }

  /// The description has two paragraphs and two items of a list, the second with one of its own, each of several lines.
  @Test(
    .enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"),
    arguments: ["en": "ZZZ QZQ XQZ ", "zh": "互联互通的机构与信任", "he": "מוסדות ואמון "])
  func `begins every line of a description in the column of its language, also where it is dense`(
    language: Language, words: String
  ) async throws {
    var story = try Congress.story(rooms: 8, days: 1, sessions: 80)
    let long = String(repeating: words, count: 12).trimmingCharacters(in: .whitespaces)
    story.add(
      .sessionRevised(
        SessionRevised(session: "session-0") {
          $0.description = LocalizedText([language: "\(long)\n\n\(long)\n\n- \(long)\n- \(long)\n  - \(long)"]
          )
        }))
    let layout = try await Layout(of: try story.programPublication().booklet())
    let pages = layout.pages.map { $0.words.filter { $0.text.allSatisfy(words.contains) } }
    let lines = Dictionary(grouping: try #require(pages.max { $0.count < $1.count })) {
      Int($0.top.rounded())
    }.values
    #expect(lines.count >= 8)
    // In points: the paragraphs, beside the column of the hours; the items; the items of an item. Hebrew begins at the right margin.
    let starts = lines.map { line in
      language == "he" ? -line.map(\.right).max()! : line.map(\.left).min()!
    }
    let columns = Set(starts.map { Int(($0 * 2).rounded()) }).sorted().map { Double($0) / 2 }
    #expect(columns == (language == "he" ? [-382.5, -375.5, -367] : [81, 88, 96.5]), "\(columns)")
  }

  @Test(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"))
  func `matches the layout snapshot`() async throws {
    let layout = try await Layout(of: try inParts.programPublication().booklet())
    try expectSnapshot("booklet", layout)
  }
}
