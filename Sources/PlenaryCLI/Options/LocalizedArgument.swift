import ArgumentParser
import EventLog
import Foundation
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

// MARK: Values

/// `[LANG=]TEXT`, given once for each language.
struct LocalizedArgument: ExpressibleByArgument {
  let language: String?
  let text: String

  init?(argument: String) {
    // “AI=hype” is a text: a language is written in lower case, and has to be one.
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
  /// - Returns: nil where nothing was given.
  func localized(_ what: String, _ languages: [Language]) throws -> LocalizedText? {
    try localized(what, .line, languages)
  }

  /// - Returns: nil where nothing was given.
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

  /// - Parameter option: its name, without dashes.
  /// - Throws: `ValidationError` where nothing was given.
  func required(_ what: String, _ languages: [Language], option: String) throws -> LocalizedText {
    try required(what, .line, languages, option: option)
  }

  /// - Parameter option: its name, without dashes.
  /// - Throws: `ValidationError` where nothing was given.
  func required(_ what: String, _ shape: TextShape, _ languages: [Language], option: String) throws
    -> LocalizedText
  {
    guard let text = try localized(what, shape, languages) else {
      throw ValidationError("Missing expected argument '--\(option) <\(option)>'")
    }
    return text
  }

  /// Each argument as a text of its own: for options that may be given for several things.
  func separately(_ what: String, _ languages: [Language]) throws -> [LocalizedText] {
    try map { argument in
      // Languages of one thing stand in one argument: "en=Russia;zh=俄罗斯".
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

  /// The names of a person: each argument a form.
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
