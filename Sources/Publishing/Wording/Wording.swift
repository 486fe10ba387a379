import Vocabulary

/// A fixed text in Plenary's languages.
struct Wording: Sendable {
  private enum Source {
    case label(String)
    case each(@Sendable (Language) -> String?)
  }

  private let source: Source
  private let values: [String: String]

  /// - Parameters:
  ///   - english: the text in English. The tables of the other languages find theirs by it.
  ///   - meaning: which meaning, if other languages have several words for the English one: a speaker's position is not
  ///     the position that somebody takes.
  ///   - values: what is put in place of each `{key}`.
  init(_ english: String, _ meaning: String? = nil, values: [String: String] = [:]) {
    source = .label(meaning.map { "\(english)|\($0)" } ?? english)
    self.values = values
  }

  /// What a rule says in each language; nil where it says nothing.
  init(each say: @escaping @Sendable (Language) -> String?) {
    source = .each(say)
    values = [:]
  }

  /// The text in each of the languages in which it exists, else in English.
  func localized(_ languages: [Language]) -> LocalizedText {
    var found: [Language: String] = [:]
    for language in languages { found[language] = text(language) }
    return LocalizedText(found.isEmpty ? [.english: text(.english) ?? ""] : found)
  }

  private func text(_ language: Language) -> String? {
    switch source {
    case .each(let say): say(language)
    case .label(let label):
      Words.text(label, in: language).map { text in
        values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
      }
    }
  }

  /// The text in one language, with each `%` replaced.
  func said(in language: Language, with value: String) -> String {
    localized([language], with: value).best([language]).text
  }

  /// Replaces each `%`.
  func localized(_ languages: [Language], with value: String) -> LocalizedText {
    let template = localized(languages)
    return LocalizedText(
      Dictionary(
        uniqueKeysWithValues: template.languages.map {
          ($0, template[$0]!.replacing("%", with: value))
        }))
  }
}
