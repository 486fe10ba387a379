import Specification
import Vocabulary

@testable import People
@testable import Publishing
@testable import Record
@testable import Scheduling

/// An invented debate of any length in English, Chinese and Russian, the same each time, to test how the proceedings scale.
enum Debate {
  /// - Parameters:
  ///   - sessions: some are long and some have a few statements only.
  ///   - languages: of the conference, in order.
  static func story(
    statements: Int, sessions: Int, languages: [Language] = [.english, .chinese, .russian]
  ) throws -> Story {
    var story = Story()
    story.add(
      .conferenceOpened(
        ConferenceOpened(
          title: localized(
            "A Long Debate on Everything that Grows between the Two Rivers, and on the Ways of Measuring It",
            "关于两河之间一切生长之物及其度量方法的长篇辩论",
            "Долгие прения обо всём, что растёт между двух рек, и о способах это измерить"),
          firstDay: "2016-03-25", lastDay: "2016-03-26", zone: "Asia/Shanghai"
        ) {
          $0.shortTitle = localized("A Long Debate", "长篇辩论", "Долгие прения")
          $0.place = localized("Shanghai", "上海", "Шанхай")
          $0.languages = languages
        }),
      .roomAdded(RoomAdded(room: "hall", name: localized("Science Hall", "科学会堂", "Зал"))))
    for index in 0..<40 {
      let (family, given) = (families[index % 8], given[index % 5])
      let forms: [(Language, String)] = [
        (.english, "\(family.en)\(index), \(given.en)"), (.chinese, family.zh + given.zh),
        (.russian, "\(family.ru)-\(index), \(given.ru)"),
      ]
      story.speaker(
        try PersonID("person-\(index)"), forms,
        Affiliation(
          position: localized("Professor", "教授", "профессор"),
          organisation: localized("University \(index)", "第\(index)大学", "Университет № \(index)")))
    }
    var done = 0
    for number in 0..<sessions {
      let session = try SessionID("session-\(number + 1)")
      let start = march("25T09:00").advanced(by: number * 60)
      story.schedule(
        session, text(number, 6 + number % 9), kind: .panel, slot("hall", start, start.advanced(by: 50)),
        languages: languages, (.chair, try PersonID("person-\(number % 40)")))
      // Two short sessions after each long one.
      let share = number % 3 == 0 ? 3 * statements / sessions : 4
      let count = number == sessions - 1 ? max(1, statements - done) : min(share, statements - done)
      for index in 0..<count { try add(index, done + index, session, languages, &story) }
      done += count
      let first = try RecordID("\(session)-s1")
      story.entry(
        .conclusion, try RecordID("\(session)-c1"), in: session,
        try Attribution(
          .collective, of: localized("participants", "与会者", "участники"),
          asPrinted: localized("The participants", "与会者", "Участники")), text(number, 14)
      ) { $0.basedOn = first }
      story.entry(
        .position, try RecordID("\(session)-p1"), in: session,
        try Attribution(
          .quantified, of: localized("speakers"), quantifier: .most,
          asPrinted: localized("Most speakers", "多数发言人", "Большинство выступавших")), text(number + 5, 7)
      ) {
        $0.topic = text(number + 3, 4)
        $0.basedOn = first
      }
    }
    return story
  }

  private static func add(
    _ index: Int, _ seed: Int, _ session: SessionID, _ languages: [Language], _ story: inout Story
  ) throws {
    let person = seed / 2 % 40
    let (family, given) = (families[person % 8], given[person % 5])
    let name = localized(
      "\(given.en) \(family.en)\(person)", family.zh + given.zh, "\(given.ru) \(family.ru)-\(person)")
    let forms: [StatementForm] = [.verbatim, .verbatim, .summary, .quotation, .summary]
    let form = forms[seed % 5]
    var said = text(seed, [12, 30, 18, 9, 160, 24, 45][seed % 7])
    if seed % 11 == 0 {
      said = localized(
        "The success of \(said[.english]!.lowercased()), [[by:according to the participants]], is seen by all.",
        "\(said[.chinese]!)，[[by:与会者认为]]，有目共睹。",
        "Успех \(said[.russian]!.lowercased()), [[by:по мнению участников]], виден всем.")
    }
    let attribution: Attribution =
      seed % 7 == 3
      ? try Attribution(
        .group, of: localized("experts"),
        asPrinted: localized("The Chinese experts", "中国专家", "Китайские эксперты"))
      : try Attribution(.named, persons: [PersonID("person-\(person)")], asPrinted: name)
    story.statement(
      try RecordID("\(session)-s\(index + 1)"), in: session, attribution, said, form: form,
      spoken: seed % 4 == 0 ? nil : languages[seed % languages.count],
      mentions: seed % 9 == 0 ? [try PersonID("person-\((person + 7) % 40)")] : [])
  }

  /// A sentence of this many words in each language.
  private static func text(_ seed: Int, _ count: Int) -> LocalizedText {
    func sentence(_ words: [String], _ separator: String) -> String {
      let text = (0..<count).map { words[(seed * 5 + $0 * 7 + seed / 9 + $0 / 4) % words.count] }
        .joined(separator: separator)
      return text.prefix(1).uppercased() + text.dropFirst()
    }
    return localized(sentence(english, " ") + ".", sentence(chinese, "") + "。", sentence(russian, " ") + ".")
  }

  private static let families: [(en: String, zh: String, ru: String)] = [
    ("Feng", "冯", "Фэн"), ("Karaganov", "卡", "Караганов"), ("Sokolova", "索", "Соколова"),
    ("Lin", "林", "Линь"),
    ("Weber", "韦", "Вебер"), ("Zaytsev", "扎", "Зайцев"), ("Chen", "陈", "Чэнь"), ("Orlova", "奥", "Орлова"),
  ]
  private static let given: [(en: String, zh: String, ru: String)] = [
    ("Shaolei", "绍雷", "Шаолэй"), ("Sergey", "谢尔盖", "Сергей"), ("Vera", "薇拉", "Вера"), ("Yue", "悦", "Юэ"),
    ("Jonas", "约纳斯", "Йонас"),
  ]
  private static let english = """
    cooperation between universities and the common market of energy must be measured in the archives before reform \
    reaches the corridors of transport where trust grows slowly toward institutions that both sides can use
    """.split { $0.isWhitespace }.map(String.init)
  private static let chinese = """
    合作 必须 在 两国 大学 之间 逐步 加强 ， 能源 市场 的 改革 应当 以 互信 为 基础 并 通过 共同 机制 推进 交通 走廊 建设
    """.split { $0.isWhitespace }.map(String.init)
  private static let russian = """
    сотрудничество между университетами и общий рынок энергии следует измерять осторожно пока реформа не достигнет \
    транспортных коридоров где доверие медленно растёт к учреждениям полезным обеим сторонам
    """.split { $0.isWhitespace }.map(String.init)
}
