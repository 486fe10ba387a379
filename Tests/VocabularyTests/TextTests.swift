import Foundation
import Specification
import Testing

@testable import Vocabulary

struct `A text that an organizer wrote` {
  @Test func `loses the white space around it and keeps what is within`() throws {
    #expect(try checkedText("  Опера  и театр\u{3000}", "title") == "Опера  и театр")
  }

  @Test(arguments: [
    ("\u{0}", "U+0000"), ("\u{7}", "U+0007"), ("\u{9}", "U+0009"), ("\n", "U+000A"),
    ("\r", "U+000D"),
    ("\u{1B}", "U+001B"), ("\u{7F}", "U+007F"), ("\u{85}", "U+0085"), ("\u{9B}", "U+009B"),
    ("\u{202A}", "U+202A"), ("\u{202E}", "U+202E"),
    ("\u{2066}", "U+2066"), ("\u{2069}", "U+2069"), ("\u{FFFE}", "U+FFFE"),
    ("\u{10FFFF}", "U+10FFFF"),
  ])
  func `has no control characters in a line`(character: String, name: String) throws {
    let message = try #require(refusal { try checkedText("Opening\(character)session", "title") })
    #expect(message.contains(name))
    #expect(!message.contains(character), "The message must not do what the text would have done.")
  }

  @Test(arguments: ["\u{0}", "\u{1B}", "\u{85}", "\u{202E}", "\u{2067}"])
  func `has no control characters in paragraphs but line ends and tabs`(character: String) {
    #expect(throws: InvalidValue.self) {
      try checkedText("One\(character)two", "abstract", .paragraphs)
    }
  }

  @Test(arguments: [
    "Zero\u{200D}width", "Non\u{A0}breaking", "\u{200F}right", "e\u{301}", "👩‍🏫", "\u{E000}",
  ])
  func `has whatever else a language needs`(text: String) throws {
    #expect(try Array(checkedText(text, "title").unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test func `reads line ends in every convention`() throws {
    #expect(
      try checkedText("one\u{2028}two\u{2029}three\u{2028}", "abstract", .paragraphs) == "one\ntwo\nthree")
    #expect(try checkedText("one\u{2028}two", "title") == "one two")
    #expect(
      try checkedText(
        "one\r\ntwo\rthree\nfour\r\n\r\nfive\n\rsix\tseven\r\n", "abstract", .paragraphs)
        == "one\ntwo\nthree\nfour\n\nfive\n\nsix seven")
  }

  @Test func `is refused with a sentence`() {
    #expect(
      refusal { try checkedText("Clear\u{1B}[2J", "title") }
        == "The title “Clear\\u{1b}[2J” has the control character U+001B; remove it (one line of "
        + "text is expected).")
    #expect(
      refusal { try checkedText("a\u{202E}b", "abstract", .paragraphs) }
        == "The abstract “a\\u{202e}b” has the control character U+202E; remove it.")
    #expect(refusal { try checkedText(" \u{3000} ", "title") } == "The title is empty.")
    #expect(refusal { try checkedText("", "title") } == "The title is empty.")
  }

  @Test(arguments: [(TextShape.line, 2_000), (.paragraphs, 100_000)])
  func `ends where it must be a file by mistake`(shape: TextShape, limit: Int) throws {
    let longest = String(repeating: "a", count: limit)
    #expect(try checkedText(longest, "title", shape) == longest)
    #expect(
      refusal { try checkedText(longest + "a", "title", shape) }
        == "The title has \(limit + 1) bytes; at most \(limit) are allowed. "
        + "It begins “\(String(repeating: "a", count: 40))…”.")
    // In bytes: a Chinese character has three.
    #expect(throws: InvalidValue.self) {
      try checkedText(String(repeating: "会", count: limit / 3 + 1), "title", shape)
    }
  }
}

struct `A language` {
  @Test(arguments: [
    ("en", "en"), ("EN", "en"), ("zh-hant", "zh-Hant"), ("ZH-HANT-TW", "zh-Hant-TW"),
    ("pt-br", "pt-BR"),
    ("es-419", "es-419"), ("sr-latn-rs", "sr-Latn-RS"), ("yue", "yue"), ("de-1996", "de-1996"),
    ("sl-ROZAJ-biske", "sl-rozaj-biske"),
  ])
  func `is written in its canonical form`(text: String, canonical: String) throws {
    let language = try Language(text)
    #expect(language.tag == canonical)
    #expect(try Language(canonical) == language)
    #expect(language.primary == canonical.prefix { $0 != "-" })
  }

  @Test(arguments: [
    "", "e", "english", "e1", "en-", "-en", "en--us", "en_US", "zh-Hant-TW-a-b-c", "en-123456789",
    "中文",
    "en US", "en\n",
  ])
  func `is nothing else`(text: String) {
    #expect(throws: InvalidValue.self) { try Language(text) }
  }

  @Test func `is refused with a sentence`() {
    #expect(
      refusal { try Language.init("english") }
        == "“english” is not a language tag; write, for example, en, zh, ru or zh-Hant.")
  }
}

struct `A localized text` {
  let title: LocalizedText = ["zh-Hant": "開幕式", "en": "Opening", "ru": "Открытие"]

  @Test func `is stored with a key for each language`() throws {
    #expect(try stored(title) == #"{"en":"Opening","ru":"Открытие","zh-Hant":"開幕式"}"#)
    #expect(try roundTrip(title) == title)
  }

  @Test(arguments: ["{}", #"{"english":"Opening"}"#, #"{"en":1}"#, #""Opening""#])
  func `is read from nothing else`(json: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(LocalizedText.self, from: Data(json.utf8))
    }
  }

  @Test(
    arguments: [
      (["ru", "en"], "ru", "Открытие"), (["fr", "en"], "en", "Opening"), (["zh"], "zh-Hant", "開幕式"),
      (["zh-Hans", "en"], "en", "Opening"), (["en-GB"], "en", "Opening"), (["fr"], "en", "Opening"),
      ([], "en", "Opening"),
    ] as [([Language], Language, String)])
  func `shows itself in the best language that it has`(
    preferred: [Language], language: Language, text: String
  ) {
    let best = title.best(preferred)
    #expect(best.language == language)
    #expect(best.text == text)
  }

  @Test func `takes another's languages over its own`() {
    #expect(
      title.merging(["en": "Opening session", "fr": "Ouverture"])
        == ["zh-Hant": "開幕式", "en": "Opening session", "ru": "Открытие", "fr": "Ouverture"])
    #expect(title.languages == ["en", "ru", "zh-Hant"])
    #expect(title["ru"] == "Открытие")
    #expect(title["fr"] == nil)
  }

  @Test func `is found in a variant of a language, but not twice`() {
    #expect(title.texts(in: ["en", "zh-CN", "fr"]) == ["en": "Opening", "zh-CN": "開幕式"])
    #expect(title.texts(in: ["zh", "zh-Hant"]) == ["zh-Hant": "開幕式"])
    #expect(title.texts(in: ["zh", "zh-CN"]) == ["zh": "開幕式"])
    #expect(title.texts(in: ["fr"]) == [:])
  }
}
