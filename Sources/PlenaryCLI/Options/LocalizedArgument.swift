import ArgumentParser
import EventLog
import Foundation
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

// MARK: Values

/// `[LANG=]TEXT`, given once per language.
struct LocalizedArgument: ExpressibleByArgument {
  let language: String?
  let text: String

  init?(argument: String) {
    // “AI=hype” is a text without a language: a language code is an ISO code in lower case.
    if let match = argument.prefixMatch(of: /(([a-z]{2,3})(?:-[A-Za-z0-9]{2,8})*)=/),
      Locale.LanguageCode.isoLanguageCodes.contains(where: { $0.identifier == match.output.2 })
    {
      language = String(match.output.1)
      text = String(argument[match.range.upperBound...])
    } else {
      language = nil
      text = argument
    }
  }

  func checked(_ what: String, _ shape: TextShape, _ languages: [Language]) throws
    -> (Language, String)
  {
    let language = try language.map { try Language($0) } ?? languages[0]
    return (language, try checkedText(text, what, shape))
  }
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
        throw InvalidValue("The \(what) is given twice in “\(language)”.")
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
      var texts: [Language: String] = [:]
      let whole = (argument.language.map { $0 + "=" } ?? "") + argument.text
      for part in whole.split(separator: ";") where !trimming(part).isEmpty {
        guard let argument = LocalizedArgument(argument: trimming(part)) else { continue }
        let (language, text) = try argument.checked(what, .line, languages)
        guard texts.updateValue(text, forKey: language) == nil else {
          throw InvalidValue(
            "The \(what) is given twice in “\(language)”; separate languages by a semicolon: en=…;zh=….")
        }
      }
      guard !texts.isEmpty else { throw InvalidValue("The \(what) is empty.") }
      return LocalizedText(texts)
    }
  }

  /// A person's name; each argument is one form of it.
  func personName(_ order: NameOrder?, sortKey: String?, _ languages: [Language]) throws
    -> PersonName?
  {
    if isEmpty { return nil }
    return try PersonName(
      map { argument in
        let (language, text) = try argument.checked("name", .line, languages)
        return try NameForm(text, in: language, order: order)
      }, sortKey: sortKey)
  }
}
