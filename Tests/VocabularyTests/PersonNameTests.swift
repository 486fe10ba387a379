import Specification
import Testing

@testable import Vocabulary

struct `A person's name` {
  @Test(
    arguments: [
      ("Karaganov, Sergey", "en", nil, "Sergey Karaganov"),
      ("Караганов, Сергей", "ru", nil, "Сергей Караганов"),
      ("冯, 绍雷", "zh", nil, "冯绍雷"), ("馮, 紹雷", "zh-Hant", nil, "馮紹雷"), ("山田, 太郎", "ja", nil, "山田太郎"),
      ("김, 대중", "ko", nil, "김대중"), ("Nagy, Imre", "hu", nil, "Nagy Imre"),
      ("Nguyễn, Văn Linh", "vi", nil, "Nguyễn Văn Linh"),
      ("Feng, Shaolei", "en", .familyFirst, "Feng Shaolei"),
      ("Feng, Shaolei", "en", .givenFirst, "Shaolei Feng"),
      ("冯, 绍雷", "zh", .givenFirst, "绍雷冯"),
      ("  Feng ,  Shaolei ", "en", .familyFirst, "Feng Shaolei"),
      // The script decides, not the language.
      ("Brown, Emma", "zh", nil, "Emma Brown"), ("Brown, Emma", "ko", nil, "Emma Brown"),
      ("Brown，Emma", "ja", nil, "Emma Brown"), ("김, 민수", "en", nil, "김민수"),
      ("الزهراني، فاطمة", "ar", nil, "فاطمة الزهراني"), ("田中, 太郎", "de", nil, "田中太郎"),
      ("タナカ, タロー", "en", nil, "タナカタロー"), ("冯, Shaolei", "zh", nil, "Shaolei 冯"),
      ("Иванова, Анна", "zh", nil, "Анна Иванова"), ("حسن, أحمد", "zh", nil, "أحمد حسن"),
      ("Brown, Emma", "zh", .familyFirst, "Brown Emma"), ("김, 민수", "en", .givenFirst, "민수김"),
      ("King, Martin Luther, Jr.", "en", nil, "Martin Luther, Jr. King"),
    ] as [(String, Language, NameOrder?, String)])
  func `is printed in the order in which the person bears it`(
    text: String, language: Language, order: NameOrder?, printed: String
  ) throws {
    #expect(try NameForm(text, in: language, order: order).printed == printed)
  }

  @Test(arguments: ["Ana Ruiz (Quito, Ecuador)", "安娜（基多，厄瓜多尔）", "Ana [Ruiz, Anita]"])
  func `has no parts because of a comma in brackets`(text: String) throws {
    let form = try NameForm(text, in: .english, order: nil)
    #expect(form.printed == text && form.family == nil)
    let parted = try NameForm("Ruiz, Ana (Quito, Ecuador)", in: .english, order: nil)
    #expect(parted.printed == "Ana (Quito, Ecuador) Ruiz" && parted.family == "Ruiz")
  }

  @Test func `is filed by its own script`() throws {
    func name(_ text: String, _ language: Language) throws -> PersonName {
      try PersonName([NameForm(text, in: language, order: nil)])
    }
    #expect(try name("Emma Brown", "zh").filedBySortKey == "Brown, Emma")
    #expect(try name("김 민수", "en").sortKey == "김 민수")
    #expect(try name("Nagy Imre", "hu").sortKey == "Nagy Imre")
  }

  @Test func `keeps its parts where they are known`() throws {
    let parts = try NameForm("Feng, Shaolei", in: .english, order: .familyFirst)
    #expect(parts.family == "Feng")
    #expect(parts.given == "Shaolei")
    let whole = try NameForm("Aung San Suu Kyi", in: .english, order: nil)
    #expect(whole.family == nil)
    #expect(whole.given == nil)
    #expect(whole.printed == "Aung San Suu Kyi")
  }

  @Test func `sorts by its family name`() throws {
    #expect(("Karaganov, Sergey" as PersonName).sortKey == "Karaganov Sergey")
    // Nobody said which part is which.
    #expect(("Aung San Suu Kyi" as PersonName).sortKey == "Kyi Aung San Suu")
    #expect(("Cher" as PersonName).sortKey == "Cher")
    let form = try NameForm("van der Berg, Jan", in: .english, order: nil)
    #expect(try PersonName([form]).sortKey == "van der Berg Jan")
    #expect(try PersonName([form], sortKey: " Berg Jan van der ").sortKey == "Berg Jan van der")
  }

  @Test func `is filed by its last word unless family names come first, and says so`() throws {
    func name(_ text: String, _ language: Language = .english, _ order: NameOrder? = nil, key: String? = nil)
      throws
      -> PersonName
    {
      try PersonName([NameForm(text, in: language, order: order)], sortKey: key, order: order)
    }
    let nora = try name("Nora Newman")
    #expect(nora.isFiledByLastWord && nora.sortKey == "Newman Nora" && nora.filedBySortKey == "Newman, Nora")
    #expect(try name("Dana Lange (Dala)").filedBySortKey == "Lange (Dala), Dana")
    #expect(try name("Dana Lange (of the Dala Team)").filedBySortKey == "Lange (of the Dala Team), Dana")
    #expect(try name("Dana (Dala) Lange").filedBySortKey == "Lange, Dana (Dala)")
    #expect(try name("Dana (Dala)").filedBySortKey == nil)
    #expect(try name("(Dala)").filedBySortKey == nil)
    let feng = try name("Feng Shaolei", .english, .familyFirst)
    #expect(!feng.isFiledByLastWord && feng.sortKey == "Feng Shaolei" && feng.filedBySortKey == nil)
    #expect(try name("Nagy Imre", "hu").sortKey == "Nagy Imre")
    #expect(try name("冯绍雷", "zh").sortKey == "冯绍雷")
    let aung = try name("Aung San Suu Kyi", key: "Aung San Suu Kyi")
    #expect(!aung.isFiledByLastWord && aung.filedBySortKey == nil)
    #expect(
      try name("Ludwig van Beethoven", key: "van Beethoven Ludwig").filedBySortKey == "van Beethoven, Ludwig")
    #expect(try name("Beethoven, Ludwig van").filedBySortKey == nil)
    #expect(try name("Plato", key: "Plato, the philosopher").filedBySortKey == "Plato, the philosopher")
  }

  @Test func `is filed as it is written if its last word cannot be the family name`() throws {
    func name(_ text: String, _ language: Language, _ order: NameOrder? = nil, key: String? = nil) throws
      -> PersonName
    { try PersonName([NameForm(text, in: language, order: order)], sortKey: key, order: order) }
    for (text, language) in [
      ("Иванов И.И.", "ru" as Language), ("Иванов И. И.", "ru"), ("Dupont J.-P.", "fr"),
      ("Иванов Иван Иванович", "ru"),
    ] {
      let person = try name(text, language)
      #expect(person.sortKey == text && person.filedBySortKey == nil && !person.isFiledByLastWord)
    }
    for (text, filed) in [
      ("И.И. Иванов", "Иванов, И.И."), ("Иван Иванович Иванов", "Иванов, Иван Иванович"),
      ("Анна Сергеевна Войнович", "Войнович, Анна Сергеевна"),
    ] {
      #expect(try name(text, "ru").filedBySortKey == filed)
    }
    #expect(try name("Malcolm X", .english).filedBySortKey == "X, Malcolm")
    #expect(try name("Martin Luther King Jr.", .english).filedBySortKey == "King Jr., Martin Luther")
    #expect(try name("King Jr.", .english).sortKey == "King Jr.")
    // As earlier versions recorded it.
    #expect(try name("Иванов И.И.", "ru", key: "И.И. Иванов").filedBySortKey == nil)
    // Who says so, knows.
    #expect(try name("Иванов И.И.", "ru", .givenFirst).sortKey == "И.И. Иванов")
  }

  @Test func `has a form for each language, the first of which is the main one`() throws {
    let name = try PersonName([
      NameForm("Feng, Shaolei", in: .english, order: .familyFirst),
      NameForm("冯, 绍雷", in: "zh", order: nil),
    ])
    #expect(name.printed == "Feng Shaolei")
    #expect(name.sortKey == "Feng Shaolei")
    #expect(name.best(["ru", "zh"]).printed == "冯绍雷")
    #expect(name.best(["ru"]).printed == "Feng Shaolei")
    #expect(try roundTrip(name) == name)
    #expect(
      try stored(name)
        == #"{"forms":[{"family":"Feng","given":"Shaolei","language":"en","printed":"Feng Shaolei"},"#
        + #"{"family":"冯","given":"绍雷","language":"zh","printed":"冯绍雷"}],"sortKey":"Feng Shaolei"}"#
    )
  }

  @Test func `is ordered by languages, each with its variants, however it was given`() throws {
    let forms = try (["ja", "zh-Hant", "ru", "zh", "en"] as [Language]).map {
      try NameForm("A", in: $0, order: nil)
    }
    for given in [forms, forms.reversed()] {
      #expect(given.ordered(by: ["en", "zh"]).map(\.language) == ["en", "zh", "zh-Hant", "ja", "ru"])
    }
    #expect(try PersonName(forms).best(["fr", "zh-CN"]).language.primary == "zh")
  }

  @Test func `is refused with a sentence`() throws {
    let form = try NameForm("Feng, Shaolei", in: .english, order: nil)
    #expect(refusal { try PersonName([]) } == "A name is needed.")
    #expect(
      refusal { try PersonName([form, form]) }
        == "The name “Shaolei Feng” is given twice in one language.")
    #expect(
      refusal { try NameForm("Feng,", in: .english, order: nil) }
        == "“Feng,”: write “Family, Given”, or the full name without a comma.")
    #expect(
      refusal { try NameForm(", Shaolei", in: .english, order: nil) }
        == "“, Shaolei”: write “Family, Given”, or the full name without a comma.")
    #expect(refusal { try NameForm(" ", in: .english, order: nil) } == "The name is empty.")
    #expect(refusal { try NameForm("Feng\u{1B}", in: .english, order: nil) } != nil)
    #expect(refusal { try PersonName([form], sortKey: "") } == "The sort key is empty.")
  }
}
