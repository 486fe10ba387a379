import Foundation
import ReadModels
import Specification
import Testing
import Vocabulary

@testable import Publishing

@Suite struct WordingTests {
  let german: Language = "de"

  @Test(arguments: [
    ("en", "Friday, 25\u{a0}March 2016"), ("zh", "2016年3月25日 星期五"),
    ("ru", "Пятница, 25\u{a0}марта 2016\u{a0}г."), ("zh-Hant", "2016年3月25日 星期五"),
    ("de", "2016-03-25"),
  ])
  func `writes a day in three languages, else in ISO 8601`(tag: String, said: String) throws {
    #expect(Dates.weekday("2016-03-25", in: try Language.init(tag)) == said)
  }

  @Test func `computes the weekday of any day`() throws {
    for (date, day) in [
      ("1970-01-01", "Thursday"), ("1969-12-31", "Wednesday"), ("2000-02-29", "Tuesday"),
      ("2026-12-31", "Thursday"), ("1900-01-01", "Monday"),
    ] {
      #expect(Dates.weekday(try CalendarDate.init(date), in: .english).hasPrefix(day + ", "))
    }
  }

  @Test(arguments: [
    ("2016-03-25", "2016-03-25", "25\u{a0}March 2016", "2016年3月25日", "25\u{a0}марта 2016\u{a0}г."),
    (
      "2016-03-25", "2016-03-26", "25–26\u{a0}March 2016", "2016年3月25—26日",
      "25–26\u{a0}марта 2016\u{a0}г."
    ),
    (
      "2016-03-30", "2016-04-02", "30\u{a0}March – 2\u{a0}April 2016", "2016年3月30日—4月2日",
      "30\u{a0}марта – 2\u{a0}апреля 2016\u{a0}г."
    ),
    (
      "2016-12-30", "2017-01-02", "30\u{a0}December 2016 – 2\u{a0}January 2017",
      "2016年12月30日—2017年1月2日", "30\u{a0}декабря 2016\u{a0}г. – 2\u{a0}января 2017\u{a0}г."
    ),
  ])
  func `writes the common part of a range only once`(
    first: String, last: String, en: String, zh: String, ru: String
  ) throws {
    let (first, last) = (try CalendarDate.init(first), try CalendarDate.init(last))
    let said = [Language.english, .chinese, .russian].map { Dates.days(first, last, in: $0) }
    #expect(said == [en, zh, ru])
  }

  @Test func `writes both days of a time that crosses midnight`() {
    #expect(
      Dates.span(march("25T09:00"), march("25T10:30"), in: .english)
        == "25\u{a0}March 2016, 09:00–10:30")
    #expect(
      Dates.span(march("25T22:00"), march("26T01:30"), in: .english)
        == "25\u{a0}March 2016, 22:00 – 26\u{a0}March 2016, 01:30")
  }

  @Test func `writes an instant in UTC, whatever the machine's zone`() {
    let time = Timestamp("2016-03-25T12:00:00.5Z")
    #expect(Dates.instant(time, in: .english) == "25\u{a0}March 2016, 12:00\u{a0}UTC")
    #expect(Dates.instant(time, in: .chinese) == "2016年3月25日 12:00\u{a0}UTC")
    #expect(Dates.instant(time, in: german) == "2016-03-25 12:00\u{a0}UTC")
  }

  @Test func `has every label that the templates use`() {
    let templates = [
      PackageResources.common_typ, PackageResources.booklet_typ, PackageResources.participants_typ,
      PackageResources.proceedings_typ, PackageResources.sign_in_typ, PackageResources.pocket_typ,
      PackageResources.wall_grid_typ, PackageResources.day_sheets_typ, PackageResources.door_signs_typ,
    ].map { String(decoding: $0, as: UTF8.self) }.joined()
    var asked: Set<String> = []
    for match in templates.matches(of: /(?:wording|label-of|label-all|section|part|detail)\("(\w+)"/) {
      asked.insert(String(match.1))
    }
    // `("time", "session").map(key => … label-of(key))`
    for match in templates.matches(of: /\(((?:"\w+", )+"\w+")(?:,|\))[^\n]*\n?[^\n]*label-of\(key\)/) {
      for key in match.1.matches(of: /\w+/) { asked.insert(String(key.0)) }
    }
    #expect(asked.count > 40)
    #expect(asked.filter { Labels.fixed[$0] == nil } == [])
  }

  @Test func `falls back to English, and from zh-Hant to zh`() throws {
    let wording = Labels.fixed["program"]!
    #expect(wording.localized([german]) == localized("Program"))
    #expect(wording.localized([german, .russian]) == LocalizedText([.russian: "Программа"]))
    let traditional: Language = "zh-Hant"
    #expect(wording.localized([traditional]) == LocalizedText([traditional: "日程"]))
  }

  @Test func `sorts names without case and accents, script by script`() {
    let names = [
      "张德广", "Яковлев", "Ёлкин", "Ельцин", "Зимин", "zhang Deguang", "Émile Zola", "Emil", "Ørsted",
      "Orsini", "O'Brien", "Карпов", "Иванов", "Йовович", "冯绍雷", "Łukasz", "Lum", "3M",
    ]
    let sorted = names.sorted { IndexOrder($0) < IndexOrder($1) }
    #expect(
      sorted == [
        "3M", "Emil", "Émile Zola", "Łukasz", "Lum", "O'Brien", "Orsini", "Ørsted", "zhang Deguang",
        "Ёлкин", "Ельцин", "Зимин", "Иванов", "Йовович", "Карпов", "Яковлев", "冯绍雷", "张德广",
      ])
    #expect(names.reversed().sorted { IndexOrder($0) < IndexOrder($1) } == sorted)
  }

  @Test func `indexes a name by its family name`() throws {
    func filed(_ text: String, _ language: Language, _ order: NameOrder? = nil) throws -> String {
      try NameForm(text, in: language, order: order).filed
    }
    #expect(try filed("Bystritskiy, Andrey", .english) == "Bystritskiy, Andrey")
    #expect(try filed("Feng, Shaolei", .english, .familyFirst) == "Feng Shaolei")
    #expect(try filed("冯, 绍雷", .chinese) == "冯绍雷")
    #expect(try filed("Караганов, Сергей", .russian) == "Караганов, Сергей")
    #expect(try filed("Madonna", .english) == "Madonna")
  }
}
