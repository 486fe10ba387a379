import Interchange
import Testing
import Vocabulary

struct Names {
  private func forms(_ name: ForeignName) throws -> [String] {
    try Naming.personName(name).forms.map { form in
      "\(form.language): \(form.printed)" + (form.family.map { " (\($0), \(form.given ?? ""))" } ?? "")
    }
  }

  @Test(arguments: [
    ("Ana Ruiz", ["en: Ana Ruiz"]), ("Ruiz, Ana María", ["en: Ana María Ruiz (Ruiz, Ana María)"]),
    ("蔡孟村 (Mu-Tsun Tsai)", ["zh: 蔡孟村", "en: Mu-Tsun Tsai"]),
    ("Mu-Tsun Tsai 蔡孟村", ["en: Mu-Tsun Tsai", "zh: 蔡孟村"]),
    ("冯绍雷", ["zh: 冯绍雷"]), ("たなか ゆうき", ["ja: たなか ゆうき"]), ("김민지 / Kim Min-ji", ["ko: 김민지", "en: Kim Min-ji"]),
    ("Анна Петрова (Anna Petrova)", ["ru: Анна Петрова", "en: Anna Petrova"]),
    ("Олена Їжак", ["uk: Олена Їжак"]),
    ("Anna van der Berg", ["en: Anna van der Berg (van der Berg, Anna)"]),
    ("Ana RUIZ SOLER", ["en: Ana Ruiz Soler (Ruiz Soler, Ana)"]),
    ("AMERINI Rachele", ["en: Amerini Rachele (Amerini, Rachele)"]),
    ("RACHELE AMERINI", ["en: Rachele Amerini"]),
    ("FOSDEM Staff", ["en: FOSDEM Staff"]),
    ("Richard \"RichiH\" Hartmann", ["en: Richard \"RichiH\" Hartmann"]),
    ("Martin King, Jr.", ["en: Martin King Jr."]), ("JP Smith", ["en: JP Smith"]),
    ("怡升 EasonC13", ["zh: 怡升", "en: EasonC13"]),
    ("anna", ["en: anna"]), ("Mr Mathabatha Stanley Chupu", ["en: Mathabatha Stanley Chupu"]),
  ])
  func `are read in the scripts and parts that they have`(text: String, expected: [String]) throws {
    #expect(try forms(ForeignName(whole: text)) == expected)
  }

  @Test func `in columns of their own keep their parts`() throws {
    #expect(
      try forms(ForeignName(given: "RACHELE", family: "AMERINI")) == [
        "en: Rachele Amerini (Amerini, Rachele)"
      ])
    #expect(try forms(ForeignName(given: "绍雷", family: "冯")) == ["zh: 冯绍雷 (冯, 绍雷)"])
    #expect(
      try forms(ForeignName(whole: "Wei Li 李伟", given: "Wei", family: "Li")) == [
        "en: Wei Li (Li, Wei)", "zh: 李伟",
      ])
    #expect(try forms(ForeignName(given: "Ada")) == ["en: Ada"])
    #expect(throws: InvalidValue.self) { try Naming.personName(ForeignName(whole: " ")) }
    #expect(throws: InvalidValue.self) {
      try Naming.personName(ForeignName(whole: String(repeating: "a", count: 5000)))
    }
  }

  @Test(
    arguments: [
      ("Paweł Nowak", "pawel-nowak"), ("Søren Åsen", "soren-asen"), ("Đorđe Straße", "dorde-strasse"),
      ("Ægir O’Neil", "aegir-oneil"),
      ("冯绍雷", "feng-shaolei"), ("欧阳海燕", "ouyang-haiyan"), ("单田芳", "shan-tianfang"),
      ("蔡孟村 (Mu-Tsun Tsai)", "mu-tsun-tsai"),
      ("Юлия Хрущёва", "yuliya-khrushchyova"), ("Щербак", "shcherbak"), ("Γιώργος", "giorgos"),
      ("김민지", "gimminji"),
      ("Anna van der Berg", "anna-van-der-berg"), ("🙂", nil), ("Ana RUIZ", "ana-ruiz"),
      ("Maximiliana Wolfeschlegelsteinhausenbergerdorff Third", "maximiliana"),
    ] as [(String, String?)])
  func `make short names`(text: String, expected: String?) {
    #expect(ShortNames.of(ForeignName(whole: text)) == expected)
  }

  @Test func `short names come once`() throws {
    var names = ShortNames(taken: ["ana-ruiz"])
    let given = [ShortNames.of("Ana Ruiz"), "ana-ruiz", nil, nil, "ben", "ben-2", "ben"].map {
      names.next($0, or: "speaker")
    }
    #expect(given == ["ana-ruiz-2", "ana-ruiz-3", "speaker-1", "speaker-2", "ben", "ben-2", "ben-3"])
    let long = String(repeating: "a", count: 64)
    #expect([long, long].map { names.next($0, or: "x") }.allSatisfy { (try? PersonID($0)) != nil })
  }

  @Test(
    arguments: [
      ("Opening of the Fair", "opening-of-the-fair"), ("5G & IoT: what’s next?", "5g-iot-whats-next"),
      ("開幕式", "kai-mu-shi"),
      ("開幕式 Opening Ceremony", "opening-ceremony"), ("…", nil), ("Зал 1", "zal-1"),
      ("H.1302 (Depage)", "h-1302-depage"),
    ] as [(String, String?)])
  func `titles and rooms have short names too`(text: String, expected: String?) {
    #expect(ShortNames.of(text) == expected)
  }
}
