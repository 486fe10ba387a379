import Specification
import Testing
import Vocabulary

@testable import Publishing
@testable import Record

private let knowledge = StatementText.Knowledge(
  languages: [.english, .chinese, .russian],
  names: { person in
    person == "feng"
      ? ["Feng Shaolei", "Feng", "冯绍雷"] : ["Sergey Karaganov", "Karaganov", "Сергей Караганов", "Караганов"]
  },
  registered: { reference, language in language == .chinese ? "欧亚经济联盟" : reference.slug.uppercased() })

private func feng(
  _ printed: LocalizedText = localized("Feng Shaolei", "冯绍雷"), basis: Attribution.Basis = .stated
)
  throws -> Attribution
{
  try Attribution(.named, persons: ["feng"], basis: basis, asPrinted: printed)
}

private func sentence(
  _ text: LocalizedText, by attribution: Attribution? = nil, _ form: StatementForm = .summary,
  goesOn: Bool = false
) -> StatementText {
  StatementText(text, by: attribution, form: form, goesOn: goesOn, knowledge)
}

/// The runs in a short form: names in asterisks, attributions in braces, joints in angle brackets.
private func shown(_ version: StatementText.Version) -> String {
  version.paragraphs.map { runs in
    runs.map {
      switch $0.kind {
      case .words: $0.text
      case .attribution: "{\($0.text)}"
      case .name: "*\($0.text)*"
      case .joint: "<\($0.text)>"
      }
    }.joined()
  }.joined(separator: "¶")
}

/// One language alone, with a named speaker in it.
private func plain(_ language: Language, _ name: String, _ text: String, _ form: StatementForm) throws
  -> String
{
  let said = StatementText(
    LocalizedText([language: text]), by: try feng(LocalizedText([language: name])), form: form,
    StatementText.Knowledge(languages: [language], names: { _ in [name] }))
  return said.versions[0].plain
}

struct `A statement's sentence` {
  @Test func `has the attribution in front, with only the name in bold`() throws {
    let said = sentence(localized("noted it.", "指出了这一点。"), by: try feng())
    #expect(said.versions.map(shown) == ["*Feng Shaolei*< >noted it.", "*冯绍雷*指出了这一点。"])
    let behalf = try Attribution(
      .onBehalfOf, persons: ["feng"], of: localized("the School"),
      asPrinted: localized("Director Feng, on behalf of the School of Fengology,"))
    #expect(
      sentence(localized("agreed."), by: behalf).versions.map(shown) == [
        "{Director }*Feng*{, on behalf of the School of Fengology,}< >agreed."
      ])
    let joint = try Attribution(
      .joint, persons: ["feng", "sergey"], asPrinted: localized("Feng Shaolei and Sergey Karaganov"))
    #expect(
      sentence(localized("agreed."), by: joint).versions.map(shown) == [
        "*Feng Shaolei*{ and }*Sergey Karaganov*< >agreed."
      ])
    let most = try Attribution(
      .quantified, of: localized("speakers"), quantifier: .most, asPrinted: localized("Most speakers"))
    #expect(sentence(localized("agreed."), by: most).versions.map(shown) == ["{Most speakers}< >agreed."])
  }

  @Test func `prints the attribution inside or at the end, where the text has it`() throws {
    let said = sentence(
      localized(
        "The success, [[by:said Feng Shaolei]], is seen.", "成功是显而易见的。",
        "Успех, [[by:по словам [[person:sergey|Сергея Караганова]]]], виден."),
      by: try feng())
    #expect(
      said.versions.map(shown) == [
        "The success, {said }*Feng Shaolei*, is seen.", "*冯绍雷*成功是显而易见的。",
        "Успех, {по словам }*Сергея Караганова*, виден.",
      ])
    #expect(
      sentence(localized("It is slim, [[by:most said]].")).versions.map(shown) == ["It is slim, {most said}."]
    )
  }

  @Test func `prints no attribution that is carried over, or missing, or the same as before`() throws {
    let carried = try feng(basis: .carriedOver)
    #expect(sentence(localized("They agreed."), by: carried).versions.map(shown) == ["They agreed."])
    #expect(sentence(localized("It rained.")).versions.map(shown) == ["It rained."])
    #expect(
      sentence(localized("We go on."), by: try feng(), .verbatim, goesOn: true).versions.map(shown) == [
        "We go on."
      ])
  }

  @Test func `goes on with a comma, and after a clause`() throws {
    #expect(
      sentence(localized(", Director of the Center, noted it."), by: try feng()).versions.map(\.plain) == [
        "Feng Shaolei, Director of the Center, noted it."
      ])
    let clause = try Attribution(
      .collective, of: localized("participants"),
      asPrinted: localized("According to the participants,", "与会者认为，"))
    #expect(
      sentence(localized("it is slim.", "可能性不大。"), by: clause).versions.map(\.plain) == [
        "According to the participants, it is slim.", "与会者认为，可能性不大。",
      ])
    #expect(
      sentence(localized("It is slim."), by: clause, .verbatim).versions.map(\.plain) == [
        "According to the participants, It is slim."
      ])
  }

  @Test(arguments: [
    ("en", "Feng: It is so.", "Feng: “It is so.”"), ("zh", "冯：是。", "冯：“是。”"), ("zh-Hant", "冯：是。", "冯：「是。」"),
    ("zh-TW", "冯：是。", "冯：「是。」"), ("ja", "冯：是。", "冯：「是。」"), ("ru", "Фэн: Да.", "Фэн: «Да»."),
    ("de", "Feng: Ja.", "Feng: „Ja.“"), ("fr", "Feng\u{a0}: Oui.", "Feng\u{a0}: «\u{202f}Oui.\u{202f}»"),
    ("fr-CH", "Feng\u{a0}: Oui.", "Feng\u{a0}: «Oui.»"), ("es", "Feng: Sí.", "Feng: «Sí.»"),
    ("pl", "Feng: Tak.", "Feng: „Tak”."), ("sv", "Feng: Ja.", "Feng: ”Ja.”"),
  ])
  func `has the colon and the marks of its language`(tag: String, verbatim: String, quoted: String) throws {
    let colon = try #require(verbatim.firstIndex { $0 == ":" || $0 == "：" })
    let name = String(verbatim[..<colon].filter { $0 != "\u{a0}" })
    let text = String(verbatim[verbatim.index(after: colon)...].drop { $0 == " " })
    let language = try Language(tag)
    #expect(try plain(language, name, text, .verbatim) == verbatim)
    #expect(try plain(language, name, text, .substantiallyVerbatim) == verbatim)
    #expect(try plain(language, name, text, .quotation) == quoted)
  }

  @Test func `interrupts a quotation for the attribution`() throws {
    let said = sentence(
      localized(
        "The success, [[by:said Feng]], is seen.", "成功，[[by:冯说]]，显而易见。", "Успех, [[by:сказал Фэн]], виден."),
      by: try feng(),
      .quotation)
    #expect(
      said.versions.map(\.plain) == [
        "“The success,” said Feng, “is seen.”", "“成功”，冯说，“显而易见。”", "«Успех», сказал Фэн, «виден».",
      ])
    #expect(
      sentence(localized("It is slim, [[by:Feng said]]."), .quotation).versions.map(\.plain) == [
        "“It is slim,” Feng said."
      ])
    #expect(
      sentence(localized("[[by:Feng said:]] It is slim."), .quotation).versions.map(\.plain) == [
        "Feng said: “It is slim.”"
      ])
  }

  @Test func `does not add marks to a quotation that has them`() throws {
    for (text, printed) in [
      ("“We agree.”", "“We agree.”"), ("\"We agree.\"", "\"We agree.\""), ("«Да».", "«Да»."),
      ("“Yes” and “no”.", "““Yes” and “no”.”"), ("He said “no”.", "“He said “no”.”"),
    ] { #expect(sentence(localized(text), .quotation).versions[0].plain == printed) }
  }

  @Test func `quotes several paragraphs as its language does`() throws {
    let said = sentence(localized("One.\n\nTwo.", nil, "Раз.\n\nДва."), .quotation)
    #expect(said.versions.map(shown) == ["<“>One.¶<“>Two.<”>", "<«>Раз.¶Два<»>."])
  }

  @Test func `keeps paragraphs, and one space for many`() throws {
    let said = sentence(
      localized("noted\n it. \n  \n\nThe [[org:eaeu]]\n[[by: he said ]] grows.\n\n[[subject:x|X]]."),
      by: try feng())
    #expect(
      said.versions.map(shown)
        == ["*Feng Shaolei*< >noted it.¶The EAEU {he said }grows.¶X."].map {
          // The attribution of the text replaces the one in front.
          $0.replacing("*Feng Shaolei*< >", with: "")
        })
    #expect(sentence(localized("24\u{a0}March")).versions[0].plain == "24\u{a0}March")
  }

  @Test func `prints registered names in the language of the version`() {
    let said = sentence(localized("The [[org:eaeu]] grows.", "[[org:eaeu]]在发展。"))
    #expect(said.versions.map(\.plain) == ["The EAEU grows.", "欧亚经济联盟在发展。"])
  }

  @Test func `takes the name from another language, and marks it so`() throws {
    let said = sentence(localized("noted it.", "指出。", "отметил."), by: try feng(localized("Feng Shaolei")))
    #expect(said.versions.map { $0.paragraphs[0][0].lang } == [nil, .english, .english])
  }

  @Test func `sets the original first, and says what each version is`() throws {
    let text = localized("We agree.", "同意。", "Согласны.")
    func labels(_ spoken: Language?, _ stale: Set<Language> = [], _ text: LocalizedText) -> [String] {
      StatementText(text, by: nil, spoken: spoken, stale: stale, knowledge).versions.map {
        "\($0.language) \($0.label?.text ?? "-") \($0.label?.lang.tag ?? "-")"
      }
    }
    #expect(labels(nil, [], text) == ["en - -", "zh - -", "ru - -"])
    #expect(
      labels(.russian, [.chinese], text) == ["ru Оригинал ru", "en Translation en", "zh 译文，依据修改前的原文 zh"])
    #expect(labels("fr", [], localized("We agree.")) == ["en Translation (original: French) en"])
    #expect(labels("de", [], LocalizedText(["de": "Ja."])) == ["de - -"])
    #expect(
      labels("de", [], LocalizedText(["de": "Ja.", "fr": "Oui."])) == ["de Original de", "fr Traduction fr"])
    #expect(
      StatementText(text, by: nil, spoken: .russian, knowledge).plain([.english]) == "We agree. [Translation]"
    )
    #expect(StatementText(text, by: nil, knowledge).plain(["de"]) == "We agree.")
  }
}

struct `The floor` {
  private func turns(_ entries: [(Attribution, String, StatementForm)]) -> [Bool] {
    var floor = Floor()
    return entries.map { floor.goesOn($0.0, localized($0.1), $0.2) }
  }

  @Test func `does not repeat the name of a speaker who goes on`() throws {
    let (one, two) = (
      try feng(), try Attribution(.named, persons: ["sergey"], asPrinted: localized("Sergey Karaganov"))
    )
    #expect(
      turns([
        (one, "we agree.", .verbatim), (one, "we go on.", .verbatim), (two, "No.", .verbatim),
        (one, "Yes.", .verbatim),
        (one, "As said.", .substantiallyVerbatim),
      ]) == [false, true, false, false, true])
    let chair = try Attribution(.roleOnly, of: localized("Chair"), asPrinted: localized("The Chair"))
    #expect(turns([(chair, "A.", .verbatim), (chair, "B.", .verbatim)]) == [false, true])
  }

  @Test func `is given again to a speaker whose words are rendered in another way`() throws {
    let one = try feng()
    #expect(
      turns([
        (one, "noted it.", .summary), (one, "I disagree.", .verbatim), (one, "No.", .quotation),
        (one, "Never.", .quotation), (one, "It is so.", .summary),
      ]) == [false, false, false, true, false])
  }

  @Test func `keeps the name where a summary needs its subject`() throws {
    let one = try feng()
    #expect(
      turns([
        (one, "noted it.", .summary), (one, "asked why.", .summary), (one, "In his view, it is.", .summary),
      ])
        == [false, false, true])
    var floor = Floor()
    _ = floor.goesOn(one, localized("noted it."), .summary)
    let goesOn = floor.goesOn(one, LocalizedText([.chinese: "认为如此。"]), .summary)
    #expect(!goesOn)
  }

  @Test func `repeats what is printed in other words, or what others may have said`() throws {
    let (one, he) = (try feng(), try feng(localized("The speaker")))
    #expect(turns([(one, "A.", .verbatim), (he, "B.", .verbatim)]) == [false, false])
    for mode in [Attribution.Mode.unidentified, .withheld] {
      let somebody = try Attribution(mode, asPrinted: localized("A participant"))
      #expect(turns([(somebody, "A.", .verbatim), (somebody, "B.", .verbatim)]) == [false, false])
    }
    let most = try Attribution(
      .quantified, of: localized("speakers"), quantifier: .most, asPrinted: localized("Most speakers"))
    #expect(turns([(most, "A.", .verbatim), (most, "B.", .verbatim)]) == [false, false])
  }

  @Test func `is kept over what is carried over, and lost to narration, gaps and other attributions`() throws
  {
    let (one, carried) = (try feng(), try feng(basis: .carriedOver))
    let nobody = try Attribution(.unattributed, asPrinted: nil)
    #expect(
      turns([(one, "A.", .verbatim), (carried, "B.", .verbatim), (one, "C.", .verbatim)]) == [
        false, false, true,
      ])
    #expect(
      turns([(one, "A.", .verbatim), (nobody, "B.", .minute), (one, "C.", .verbatim)]) == [
        false, false, false,
      ])
    #expect(
      turns([(one, "A, [[by:says Karaganov]].", .verbatim), (one, "C.", .verbatim)]) == [false, false])
    var floor = Floor()
    _ = floor.goesOn(one, localized("A."), .verbatim)
    floor.pause()
    let goesOn = floor.goesOn(one, localized("B."), .verbatim)
    #expect(!goesOn)
  }
}
