import Foundation
import ReadModels
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Publishing

@Suite struct WordingTests {
  let dutch: Language = "nl"

  @Test(arguments: [
    ("en", "Friday, 25\u{a0}March 2016"), ("en-US", "Friday, March 25, 2016"), ("zh", "2016年3月25日星期五"),
    ("zh-Hant", "2016年3月25日 星期五"), ("zh-TW", "2016年3月25日 星期五"),
    ("ru", "Пятница, 25\u{a0}марта 2016\u{a0}г."), ("uk", "Пʼятниця, 25\u{a0}березня 2016\u{a0}р."),
    ("de", "Freitag, 25.\u{a0}März 2016"), ("fr", "Vendredi 25\u{a0}mars 2016"),
    ("es", "Viernes, 25 de marzo de 2016"), ("pt", "Sexta-feira, 25 de março de 2016"),
    ("it", "Venerdì 25\u{a0}marzo 2016"), ("pl", "Piątek, 25\u{a0}marca 2016"), ("ja", "2016年3月25日金曜日"),
    ("ko", "2016년 3월 25일 금요일"), ("ar", "الجمعة، 25\u{a0}مارس 2016"), ("he", "יום שישי, 25\u{a0}במרץ 2016"),
    ("nl", "2016-03-25"),
  ])
  func `writes a day as its language does, else in ISO 8601`(tag: String, said: String) throws {
    #expect(Dates.weekday("2016-03-25", in: try Language.init(tag)) == said)
  }

  @Test(arguments: [
    ("en", "Fri\u{a0}25"), ("zh", "25日周五"), ("zh-Hant", "25\u{a0}週五"), ("ru", "Пт,\u{a0}25"),
    ("de", "Fr,\u{a0}25."),
    ("ja", "25日(金)"), ("ko", "25일\u{a0}(금)"), ("nl", "03-25"),
  ])
  func `writes a day in few letters`(tag: String, said: String) throws {
    #expect(Dates.shortDay("2016-03-25", in: try Language.init(tag)) == said)
  }

  @Test(arguments: [
    ("en", "25 March, 14:20"), ("de", "25. März, 14:20"), ("ja", "3月25日 14:20"), ("es", "25 de marzo, 14:20"),
  ])
  func `writes a moment as people say it`(tag: String, said: String) throws {
    let text = Dates.moment(march("25T14:20"), in: try Language.init(tag))
    #expect(text.replacing("\u{a0}", with: " ") == said)
  }

  @Test(arguments: [
    ("en-US", "March 25–26, 2016", "March 30 – April 2, 2016"),
    ("de", "25.–26. März 2016", "30. März – 2. April 2016"),
    ("es", "25–26 de marzo de 2016", "30 de marzo – 2 de abril de 2016"),
    ("ja", "2016年3月25日～26日", "2016年3月30日～4月2日"), ("ko", "2016년 3월 25일~26일", "2016년 3월 30일~4월 2일"),
    ("zh-Hant", "2016年3月25日至26日", "2016年3月30日至4月2日"), ("he", "25–26 במרץ 2016", "30 במרץ – 2 באפריל 2016"),
  ])
  func `writes a range as its language does`(tag: String, month: String, year: String) throws {
    let language = try Language.init(tag)
    func said(_ first: CalendarDate, _ last: CalendarDate) -> String {
      Dates.days(first, last, in: language).replacing("\u{a0}", with: " ")
    }
    #expect(said("2016-03-25", "2016-03-26") == month)
    #expect(said("2016-03-30", "2016-04-02") == year)
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
      "2016-03-25", "2016-03-26", "25–26\u{a0}March 2016", "2016年3月25日–26日",
      "25–26\u{a0}марта 2016\u{a0}г."
    ),
    (
      "2016-03-30", "2016-04-02", "30\u{a0}March – 2\u{a0}April 2016", "2016年3月30日 – 4月2日",
      "30\u{a0}марта – 2\u{a0}апреля 2016\u{a0}г."
    ),
    (
      "2016-12-30", "2017-01-02", "30\u{a0}December 2016 – 2\u{a0}January 2017",
      "2016年12月30日 – 2017年1月2日", "30\u{a0}декабря 2016\u{a0}г. – 2\u{a0}января 2017\u{a0}г."
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
    #expect(Dates.instant(time, in: dutch) == "2016-03-25 12:00\u{a0}UTC")
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

  @Test func `falls back to English, and has traditional words of its own`() throws {
    let wording = Labels.fixed["program"]!
    #expect(wording.localized([dutch]) == localized("Program"))
    #expect(wording.localized([dutch, .russian]) == LocalizedText([.russian: "Программа"]))
    for tag in ["zh-Hant", "zh-TW", "zh-HK", "yue"] {
      let traditional = try Language.init(tag)
      #expect(wording.localized([traditional]) == LocalizedText([traditional: "議程"]))
    }
    for tag in ["zh", "zh-Hans", "zh-CN", "zh-Hans-HK"] {
      let simplified = try Language.init(tag)
      #expect(wording.localized([simplified]) == LocalizedText([simplified: "日程"]))
    }
  }

  /// Each `Wording("…")` of the sources, with its meaning behind a bar.
  private func labelsInSources() throws -> Set<String> {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Publishing")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var found: Set<String> = []
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      // One text, or several that are added, and perhaps the meaning.
      for match in text.matches(
        of: /\bWording\(\s*((?:"(?:[^"\\]|\\.)*"(?:\s*\+\s*)?)+)(?:,\s*"([^"]*)")?/)
      {
        let english = match.1.matches(of: /"((?:[^"\\]|\\.)*)"/).map { String($0.1) }.joined()
          .replacing(#"\u{a0}"#, with: "\u{a0}")
        found.insert(match.2.map { "\(english)|\($0)" } ?? english)
      }
    }
    return found
  }

  @Test(arguments: Words.languages.dropFirst())
  func `has every label in every language, with its values, and no other`(tag: String) throws {
    let labels = try labelsInSources()
    #expect(labels.count > 380)
    let words = try #require(Words.of(tag))
    #expect(labels.subtracting(words.texts.keys).sorted() == [], "missing in \(tag)")
    #expect(Set(words.texts.keys).subtracting(labels).sorted() == [], "no longer used, in \(tag)")
    for (label, text) in words.texts {
      #expect(Set(Words.holes(in: label)) == Set(Words.holes(in: text)), "\(tag): \(label)")
      #expect(!text.isEmpty && text == text.trimmingCharacters(in: .whitespaces), "\(tag): \(label)")
    }
  }

  @Test func `writes labels in the script of their language`() throws {
    let scripts: [(String, (Unicode.Scalar) -> Bool)] = [
      ("ru", { (0x400...0x52F).contains($0.value) }), ("uk", { (0x400...0x52F).contains($0.value) }),
      ("ar", { (0x600...0x6FF).contains($0.value) }), ("he", { (0x590...0x5FF).contains($0.value) }),
      ("ko", { (0xAC00...0xD7A3).contains($0.value) || $0.value >= 0x2000 }),
      ("ja", { $0.value >= 0x2E80 }), ("zh-Hans", { $0.value >= 0x2E80 }),
      ("zh-Hant", { $0.value >= 0x2E80 }),
    ]
    for (tag, isOwn) in scripts {
      let foreign = try #require(Words.of(tag)).texts.values.filter {
        !$0.unicodeScalars.contains(where: isOwn)
      }
      #expect(foreign.filter { $0 != "№" && $0 != "№ %" } == [], "\(tag)")
    }
    // What Traditional writes otherwise.
    let simplified = Set("会议语说发员时间场变录记册务单东车业")
    for text in try #require(Words.of("zh-Hant")).texts.values {
      #expect(!text.contains(where: simplified.contains), "\(text)")
    }
  }

  @Test func `takes an organizer's labels, and refuses what is none`() throws {
    func refusal(_ json: String) -> String? {
      do { try Words.use(own: Data(json.utf8)) } catch { return "\(error)" }
      return nil
    }
    // A label and language that no other test looks at, because it holds for the whole run.
    #expect(refusal(#"{"pl": {"Livestreamed": "W sieci"}}"#) == nil)
    #expect(Labels.recording(.livestreamed).localized(["pl"]).best(["pl"]).text == "W sieci")
    #expect(Labels.recording(.livestreamed).localized(["pl-PL"]).best(["pl-PL"]).text == "W sieci")
    #expect(
      refusal(#"{"pl": {"Livestream": "W sieci"}}"#)?.contains("there is no label “Livestream”") == true)
    #expect(refusal(#"{"nl": {"Livestreamed": "Live"}}"#)?.contains("no labels in “nl”") == true)
    #expect(refusal(#"{"pl": {"Version %": "Wersja"}}"#)?.contains("needs %") == true)
    #expect(refusal(#"["pl"]"#)?.contains("not of the form") == true)
  }

  @Test func `names languages in each language`() throws {
    func named(_ language: Language, in reader: Language) -> String {
      Labels.language(language).localized([reader]).best([reader]).text
    }
    #expect(named("de", in: "en") == "German" && named("de", in: "de") == "Deutsch")
    #expect(named("sw", in: "fr") == "swahili")
    #expect(named("zh", in: "zh") == "中文" && named("zh-TW", in: "en") == "Traditional Chinese")
    #expect(named("tlh", in: "en") == "tlh")
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
