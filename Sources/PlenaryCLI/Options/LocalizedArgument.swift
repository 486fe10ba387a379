import ArgumentParser
import EventLog
import Foundation
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

extension Language {
  /// - Throws: `InvalidValue` for what is no language that anybody speaks.
  init(known text: String) throws {
    self = try Language(text)
    guard isKnown else {
      throw InvalidValue("“\(excerpt(text))” is not a known language; write, for example, en, zh or ru.")
    }
  }

  /// Whether ISO 639 has it.
  fileprivate var isKnown: Bool {
    Self.ofISO639.contains(primary)
  }
  private static let ofISO639 = Set(Locale.LanguageCode.isoLanguageCodes.map(\.identifier))
}

// MARK: Values

/// `[LANG=]TEXT`, given once per language.
struct LocalizedArgument: ExpressibleByArgument {
  /// The argument as it was typed.
  let typed: String

  init?(argument: String) { typed = argument }

  /// One argument in several languages, `en=Russia;zh=俄罗斯`. Other semicolons are part of the text.
  static func inOne(_ typed: String) -> [LocalizedArgument] {
    typed.split(separator: /;\s*(?=$|[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*=)/)
      .compactMap { LocalizedArgument(argument: trimming($0)) }.filter { !$0.typed.isEmpty }
  }

  /// The language and the text behind it. A text without a language code is in the first language.
  ///
  /// A word before an equals sign is always read as a language code: with a wrong code, the code would become part of
  /// what is printed.
  ///
  /// - Parameter languages: the conference's languages.
  /// - Throws: `Failure` for a word that is none of them.
  func checked(_ what: String, _ shape: TextShape, _ languages: [Language]) throws
    -> (Language, String)
  {
    let tags = languages.map(\.tag).joined(separator: ", ")
    let known = "one of this conference's languages (\(tags))"
    let (language, text) = try parts(what, languages, known: known) { written in
      languages.first { $0 == written } ?? languages.first { $0.primary == written.primary }
    }
    try checkIsOneText(text, what, languages)
    return (language, try checkedText(text, what, shape))
  }

  /// - Throws: `Failure` where another language begins inside the text, or a language code has a colon.
  private func checkIsOneText(_ text: String, _ what: String, _ languages: [Language]) throws {
    for language in languages {
      if text.contains("="), let found = text.firstRange(of: try Regex("[,;，；]\\s*\(language.tag)=")) {
        throw Failure(
          .wrongUsage,
          "The \(what) “\(excerpt(text))” has “\(text[found])” in it. Give each language in an argument of its own: "
            + "“\(languages[0])=…” “\(language)=…”.")
      }
      if typed.contains(where: { $0 == ":" || $0 == "：" }),
        typed.firstRange(of: try Regex("^\(language.tag)\\s*[:：]")) != nil
      {
        throw Failure(
          .wrongUsage, "“\(excerpt(typed))” begins with a language code and a colon; write “\(language)=…”.")
      }
    }
  }

  /// The same for the name of a person, which can be in any language.
  func checkedName(_ languages: [Language]) throws -> (Language, String) {
    let known = "a language code such as en, zh or ru"
    let (language, text) = try parts("name", languages, known: known) { written in
      written.isKnown ? written : nil
    }
    return (language, try checkedText(text, "name"))
  }

  private func parts(
    _ what: String, _ languages: [Language], known: String, accepting: (Language) -> Language?
  ) throws -> (Language, String) {
    guard let (code, text) = marked else {
      guard let code = spacedCode, languages.contains(where: { $0.tag == code.lowercased() }) else {
        return (languages[0], typed)
      }
      throw Failure(
        .wrongUsage,
        "“\(excerpt(typed))” begins with a language code that has spaces in it; write “\(code.lowercased())=…”."
      )
    }
    if let written = try? Language(code.replacing("_", with: "-")), let language = accepting(written) {
      return (language, text)
    }
    let examples = languages.map { "“\($0)=…”" }.joined(separator: " or ")
    throw Failure(
      .wrongUsage,
      "“\(excerpt(typed))” begins with “\(code)=”, but “\(code)” is not \(known). Write \(examples). If the "
        + "\(what) really begins with “\(code)=”, write “\(languages[0])=\(code)=…”.")
  }

  /// The word before an equals sign at the beginning, and what follows.
  private var marked: (code: String, text: String)? {
    guard typed.contains("="), let match = typed.prefixMatch(of: Self.mark) else { return nil }
    return (String(match.output.1), String(typed[match.range.upperBound...]))
  }

  /// The letters before an equals sign, where spaces are among them or around them.
  private var spacedCode: String? {
    guard typed.contains("="), let match = typed.prefixMatch(of: Self.spacedMark) else { return nil }
    return String(match.output.filter { $0.isLetter })
  }

  // Compiled once: a script has thousands of texts. Matching changes nothing in them.
  nonisolated(unsafe) private static let spacedMark = /[A-Za-z\s]{2,12}=/
  nonisolated(unsafe) private static let mark =
    /([\p{L}\p{N}_-]{1,12}|[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})+)=/
}

extension [LocalizedArgument] {
  /// - Returns: Nil if no argument was given.
  func localized(_ what: String, _ languages: [Language]) throws -> LocalizedText? {
    try localized(what, .line, languages)
  }

  /// - Returns: Nil if no argument was given.
  func localized(_ what: String, _ shape: TextShape, _ languages: [Language]) throws
    -> LocalizedText?
  {
    var texts: [Language: String] = [:]
    for argument in self {
      let (language, text) = try argument.checked(what, shape, languages)
      guard texts.updateValue(text, forKey: language) == nil else {
        throw InvalidValue("The \(what) is given twice in “\(language)”: “\(excerpt(argument.typed))”.")
      }
    }
    return texts.isEmpty ? nil : LocalizedText(texts)
  }

  /// - Parameter option: The option's name, without dashes.
  /// - Throws: `ValidationError` if no argument was given.
  func required(_ what: String, _ languages: [Language], option: String) throws -> LocalizedText {
    try required(what, .line, languages, option: option)
  }

  /// - Parameter option: The option's name, without dashes.
  /// - Throws: `ValidationError` if no argument was given.
  func required(_ what: String, _ shape: TextShape, _ languages: [Language], option: String) throws
    -> LocalizedText
  {
    guard let text = try localized(what, shape, languages) else {
      throw ValidationError("Missing expected argument '--\(option) <\(option)>'")
    }
    return text
  }

  /// One text per argument, for options that can name several things.
  func separately(_ what: String, _ languages: [Language]) throws -> [LocalizedText] {
    try map { argument in
      // The languages of one thing are in one argument: "en=Russia;zh=俄罗斯".
      let whole = argument.typed
      var texts: [Language: String] = [:]
      for part in whole.split(separator: ";") where !trimming(part).isEmpty {
        guard let argument = LocalizedArgument(argument: trimming(part)) else { continue }
        let (language, text) = try argument.checked(what, .line, languages)
        guard texts.updateValue(text, forKey: language) == nil else {
          throw InvalidValue(
            "The \(what) is given twice in “\(language)”: “\(excerpt(whole))”. A semicolon separates languages: "
              + "en=…;zh=….")
        }
      }
      guard !texts.isEmpty else { throw InvalidValue("The \(what) “\(excerpt(whole))” is empty.") }
      return LocalizedText(texts)
    }
  }

  /// A person's name; each argument is one form of it. The main form, by which lists are sorted, is the one in the
  /// first of the conference's languages, whatever the order of the arguments.
  func personName(_ order: NameOrder?, sortKey: String?, _ languages: [Language]) throws
    -> PersonName?
  {
    if isEmpty { return nil }
    return try PersonName(
      map { argument in
        let (language, text) = try argument.checkedName(languages)
        return try NameForm(text, in: language, order: order)
      }.ordered(by: languages), sortKey: sortKey, order: order)
  }

  /// A revision replaces the whole name, so the options about a name require the name.
  func validateRevisedName(_ order: NameOrder?, sortKey: String?) throws {
    guard isEmpty, sortKey != nil || order != nil else { return }
    let option = sortKey != nil ? "--sort-key" : "--name-order"
    throw ValidationError("\(option) goes with the whole name; give --name too.")
  }
}
