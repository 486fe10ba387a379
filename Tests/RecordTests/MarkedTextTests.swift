import Specification
import Testing
import Vocabulary

@testable import Record

private typealias Reference = MarkedText.Reference

private func words(_ words: String, by isAttribution: Bool = false) -> MarkedText.Span {
  MarkedText.Span(words: words, isAttribution: isAttribution)
}

private func reference(
  _ kind: Reference.Kind, _ slug: String, _ words: String? = nil, by isAttribution: Bool = false
) -> MarkedText.Span {
  MarkedText.Span(words: words, reference: Reference(kind, slug), isAttribution: isAttribution)
}

struct `A marked text` {
  @Test func `is one span without marks`() throws {
    for text in ["They noted it.", "", " a\n\nb ", "price [in yuan] \\ 1|2", "a[i[0]] = ]]", "冯绍雷：“好。”"] {
      #expect(try MarkedText(text).spans == [words(text)])
      #expect(try MarkedText(text).plain == text)
    }
  }

  @Test func `has an attribution inside or at the end of a sentence`() throws {
    let inside = try MarkedText("The success, [[by:according to the participants]], should be seen.")
    #expect(
      inside.spans == [
        words("The success, "), words("according to the participants", by: true), words(", should be seen."),
      ])
    #expect(inside.plain == "The success, according to the participants, should be seen.")
    #expect(inside.hasAttribution)
    #expect(try MarkedText("It is slim, [[by:most said]]").spans.last == words("most said", by: true))
    #expect(try !MarkedText("The [[org:eaeu]] grows.").hasAttribution)
  }

  @Test func `has references with words or with a registered name`() throws {
    let text = try MarkedText(
      "The [[org:eaeu]], or [[org:eaeu|the Union]], [[subject:grain-trade|sells grain]] to [[person:feng| Feng ]]."
    )
    #expect(
      text.spans == [
        words("The "), reference(.organisation, "eaeu"), words(", or "),
        reference(.organisation, "eaeu", "the Union"), words(", "),
        reference(.subject, "grain-trade", "sells grain"), words(" to "),
        reference(.person, "feng", " Feng "),
        words("."),
      ])
    #expect(text.slugs(.organisation) == ["eaeu"])
    #expect(text.slugs(.subject) == ["grain-trade"])
    #expect(text.slugs(.person) == ["feng"])
    #expect(text.plain == "The eaeu, or the Union, sells grain to  Feng .")
    #expect(text.plain { $0.slug.uppercased() } == "The EAEU, or the Union, sells grain to  Feng .")
  }

  @Test func `has references inside an attribution`() throws {
    let text = try MarkedText("so, [[by:said [[person:feng|Director Feng]] of [[org:ecnu]]]], it is.")
    #expect(
      text.spans == [
        words("so, "), words("said ", by: true), reference(.person, "feng", "Director Feng", by: true),
        words(" of ", by: true), reference(.organisation, "ecnu", by: true), words(", it is."),
      ])
    #expect(text.plain == "so, said Director Feng of ecnu, it is.")
    #expect(
      try MarkedText("[[by:[[org:ecnu|A|B]]]]").spans == [reference(.organisation, "ecnu", "A|B", by: true)])
  }

  @Test(arguments: [
    (#"\[[sic]]"#, "[[sic]]"), (#"\[[sic\]]"#, "[[sic]]"), ("[[[[sic]]]]", "[[sic]]"),
    (#"[[by:as \[[he\]] said]]"#, "as [[he]] said"), ("[[by:as [[[[he]]]] said]]", "as [[he]] said"),
    (#"[[org:x|a\|b]]"#, "a|b"), ("[[org:eaeu|the Union [EAEU]]]", "the Union [EAEU]"),
    ("[see [[org:x|the Union]]]", "[see the Union]"), ("[[[org:x]], too]", "[x, too]"),
    (#"C:\temp \ 1"#, #"C:\temp \ 1"#), (#"\\[[org:x]]"#, #"\x"#), ("[a[b[c[d]]]]", "[a[b[c[d]]]]"),
    ("[[by:x]]]", "x]"), (#"\[\[x"#, #"\[\[x"#),
  ])
  func `prints brackets that are escaped or single`(source: String, plain: String) throws {
    #expect(try MarkedText(source).plain == plain)
  }

  @Test(arguments: ["[[x]]", "]]]]", "[[[[", "a [[by:b]] c", "plain", #"\"#, "😀]][["])
  func `is its words after escaping them`(words: String) throws {
    #expect(try MarkedText(MarkedText.escaped(words)).plain == words)
  }

  @Test(arguments: [
    ("He [[by:said so", "The mark “[[by:said so” at character 4 is not closed with ]]; write, for example, "),
    ("[[by:said [[org:x]] so", "The mark “[[by:said [[org:x]] so” at character 1 is not closed"),
    ("a [[by:b [[org:c", "The mark “[[org:c” at character 10 is not closed"),
    ("[[by:]]", "The mark “[[by:]]” at character 1 is empty; write, for example, [[by:according to"),
    ("[[by:  ]]", "is empty"),
    ("[[org:]]", "at character 1 names nothing; write, for example, [[org:eaeu]] or [[org:eaeu|the Union]]."),
    ("[[org:x|]]", "has no words behind “|”"),
    ("[[subject:trade]]", "has no words; write, for example, [[subject:trade|trade in grain]]."),
    ("[[person:feng]]", "has no words; write, for example, [[person:feng-shaolei|Director Feng]]."),
    ("[[org:EAEU]]", "has the identifier “EAEU”; use lower-case letters"),
    ("[[topic:trade|x]]", "has the unknown kind “topic”; write, for example, [[by:"),
    ("[[sic]]", "does not say what it marks; write, for example, [[by:"),
    ("[[", "does not say what it marks"),
    ("[[by：他说]]", "has a full-width colon; write a plain one"),
    ("[[by:a [[by:b]]]]", "The mark “[[by:b]]]]” at character 8 is inside another attribution"),
    ("[[org:x|the [[org:y]]]]", "has another mark inside; only an attribution can have that"),
    ("[[by:one\n \ntwo]]", "goes on in the next paragraph"),
    ("😀👩‍👩‍👧 اَلْعَ [[by:x", "at character 8 is not closed"),
  ])
  func `is refused with the place and an example`(source: String, message: String) {
    #expect { try MarkedText(source) } throws: {
      let told = ($0 as? InvalidValue)?.description ?? ""
      if !told.contains(message) { Issue.record("“\(told)” does not say “\(message)”.") }
      return true
    }
    #expect(MarkedText(stored: source).plain == source, "A stored text is printed as it is.")
  }

  @Test func `can be in any script`() throws {
    #expect(
      try MarkedText("النجاح، [[by:حسب المشاركين]]، مهم 😀").spans == [
        words("النجاح، "), words("حسب المشاركين", by: true), words("، مهم 😀"),
      ])
    #expect(try MarkedText("成功，[[by:与会者认为]]，应有[[org:eaeu|联盟]]。").plain == "成功，与会者认为，应有联盟。")
    // A mark on a bracket makes it another letter for a reader, but not for the parser.
    #expect(throws: InvalidValue.self) { try MarkedText("[[\u{301}x") }
  }

  @Test func `is read in one pass, however long it is`() throws {
    let part = "The success, [[by:said [[org:x|the Union]]]], is [seen] \\[[here]]. "
    let text = try MarkedText(String(repeating: part, count: 5000))
    #expect(text.spans.count == 3 * 5000 + 1)
    #expect(text.plain.hasSuffix("The success, said the Union, is [seen] [[here]]. "))
    #expect(throws: InvalidValue.self) { try MarkedText(String(repeating: "[[by:", count: 10_000)) }
    #expect(try MarkedText(String(repeating: "[", count: 100_000)).plain.count == 50_000)
  }

  @Test func `is checked in every language`() throws {
    let text: LocalizedText = LocalizedText(["en": "a [[by:b]]", "ru": "а [[by:б"])
    #expect(
      throws: InvalidValue(
        "In the text in “ru”: The mark “[[by:б” at character 3 is not closed with ]]; write, for example, "
          + "[[by:according to the participants]]. If the two brackets are to be printed, write \\[[.")
    ) { try text.checkMarks() }
    try LocalizedText(["en": "a [[by:b]]"]).checkMarks()
    #expect(
      LocalizedText(["en": "[[org:x|X]] [[org:y]]", "ru": "[[org:y]] [[org:z]]"]).slugs(.organisation) == [
        "x", "y", "z",
      ])
    #expect(["a [[by:b]]", "[[x"].map { MarkedText(stored: $0).plain } == ["a b", "[[x"])
  }
}
