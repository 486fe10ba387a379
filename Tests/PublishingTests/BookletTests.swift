import EventLog
import Foundation
import Projections
import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Scheduling

@Suite struct BookletTests {
  let booklet = Story.shanghai.programPublication().booklet()

  @Test func `has the sessions of a day by start, then room in the order of the house`() {
    #expect(
      booklet.body.days.map { $0.sessions.map(\.slug.slug) } == [
        ["opening", "session-1", "annex-1", "coffee", "party"], ["closing"],
      ])
    #expect(
      booklet.body.days[0].heading
        == localized("Friday, 25\u{a0}March 2016", "2016年3月25日 星期五", "Пятница, 25\u{a0}марта 2016\u{a0}г."))
  }

  @Test func `tells all about a session`() {
    let feng = PrintedPerson(
      person: "feng-shaolei",
      names: [
        PrintedName(text: "Feng Shaolei", lang: .english), PrintedName(text: "冯绍雷", lang: .chinese),
      ],
      affiliations: [
        localized(
          "Director, Center for Russian Studies", "俄罗斯研究中心Director",
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
          slug: "session-1", start: "09:30", end: "11:00", endDate: nil,
          room: localized("Science Hall", "科学会堂", "Зал"),
          track: .init(name: localized("Politics", "政治"), color: "#2f6b5b"),
          kind: localized("Panel", "专题讨论", "Панельная дискуссия"), service: false,
          title: localized("The Bilateral Cooperation", "双边合作", "Двустороннее сотрудничество"),
          description: localized("Fifteen years of the Treaty; what follows, and what does not."),
          languages: [localized("Chinese", "中文", "китайский"), localized("Russian", "俄语", "русский")],
          cancelled: false,
          people: [
            PrintedGroup(role: localized("Chair", "主席", "Председатель"), persons: [feng]),
            PrintedGroup(role: localized("Speakers", "发言人", "Выступающие"), persons: [zhang, karaganov]),
          ]))
  }

  @Test func `keeps what is cancelled and says so`() {
    #expect(booklet.body.days[0].sessions.filter(\.cancelled).map(\.slug) == ["annex-1"])
  }

  @Test func `shows the day on which a night ends`() {
    let party = booklet.body.days[0].sessions[4]
    #expect(party.end == "01:30")
    #expect(party.endDate == localized("26\u{a0}March", "3月26日", "26\u{a0}марта"))
    #expect(party.service)
  }

  @Test func `indexes who takes part, by family name`() {
    #expect(
      booklet.body.persons.map { $0.names[0].text } == [
        "Feng Shaolei", "Karaganov, Sergey", "Zhang Deguang",
      ])
    #expect(booklet.body.persons[2].sessions.map(\.slug.slug) == ["session-1", "annex-1"])
  }

  @Test func `speaks the languages that are asked for, and what there is where there are none`() throws {
    let chinese = Story.shanghai.programPublication([.chinese]).booklet()
    #expect(chinese.frame.conference.title == LocalizedText([.chinese: "中俄合作：进程与前景"]))
    #expect(chinese.body.days[0].sessions[2].title == localized("A Round Table"))
    #expect(chinese.body.persons[0].names.map(\.text) == ["冯绍雷", "Feng Shaolei"])
    #expect(chinese.frame.labels["program"] == LocalizedText([.chinese: "日程"]))
  }

  @Test func `bears what it was made from`() {
    let story = Story.shanghai
    let stamp = booklet.frame.stamp
    #expect(stamp.position == story.checkpoint.position)
    #expect(stamp.root == hexadecimal(story.checkpoint.tree.root))
    #expect(stamp.lastEvent == story.checkpoint.lastEventAt)
    #expect(stamp.lastEventPrinted?[.english] == Dates.instant(stamp.lastEvent!, in: .english))
    #expect(Stamp(conference: story.conference, checkpoint: story.checkpoint).position == stamp.position)
  }

  @Test func `names the release, or none`() {
    #expect(
      booklet.body.release
        == BookletDocument.Release(
          version: "1.2", note: localized("The round table is cancelled."),
          date: localized("24\u{a0}March 2016", "2016年3月24日", "24\u{a0}марта 2016\u{a0}г."), superseded: false
        ))
    #expect(Story().programPublication().booklet().body.release == nil)
  }

  @Test func `is made of nothing where nothing has happened`() {
    let empty = Story().programPublication().booklet()
    #expect(empty.frame.conference.title == localized("shanghai-2016"))
    #expect(empty.frame.languages == [.english])
    #expect(empty.body == BookletDocument.Body(release: nil, days: [], rooms: [], persons: []))
  }

  @Test func `has the same bytes each time`() throws {
    let (one, other) = (Story.shanghai.programPublication(), Story.shanghai.programPublication())
    #expect(try one.json() == other.json())
    #expect(one.html() == other.html())
    #expect(one.iCalendar() == other.iCalendar())
    #expect(one.csv() == other.csv())
  }

  @Test func `writes null for what is not there, because templates know every key`() throws {
    let data = try Story.shanghai.programPublication().json()
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "kind", "languages", "labels", "conference", "stamp", "paper", "grey", "release",
        "days", "rooms", "persons",
      ])
    let days = try #require(object["days"] as? [[String: Any]])
    let sessions = try #require(days[0]["sessions"] as? [[String: Any]])
    #expect(sessions[0].count == 13)
    #expect(sessions[0]["description"] is NSNull)
  }
}
