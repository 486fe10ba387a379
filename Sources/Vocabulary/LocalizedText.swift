import JSON

/// A text in one or more languages, stored as `{"en": …, "zh": …}`.
package struct LocalizedText: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let language: Language
    package let text: String

    package init(_ language: Language, _ text: String) {
      self.language = language
      self.text = text
    }
  }

  /// In the order of their language tags. An array, because there are very many texts with few
  /// languages each: dictionaries would take half of a read model's memory.
  package let entries: [Entry]

  /// - Precondition: at least one language.
  package init(_ texts: [Language: String]) {
    precondition(!texts.isEmpty, "A localized text has at least one language.")
    self.init(inAnyOrder: texts.map { Entry($0, $1) })
  }

  /// - Throws: `InvalidValue` if there is no language, or a language twice.
  package init(_ entries: [Entry]) throws(InvalidValue) {
    guard !entries.isEmpty else { throw InvalidValue("A localized text has no language.") }
    guard entries.count == 1 || Set(entries.map(\.language)).count == entries.count else {
      throw InvalidValue("A localized text has a language twice.")
    }
    self.init(inAnyOrder: entries)
  }

  private init(inAnyOrder entries: [Entry]) {
    self.entries = entries.count > 1 ? entries.sorted { $0.language < $1.language } : entries
  }

  package subscript(language: Language) -> String? {
    entries.first { $0.language == language }?.text
  }

  /// The text's languages, in alphabetical order of their tags.
  package var languages: [Language] { entries.map(\.language) }

  /// The text in the first of these languages that it has, else in a variant of one of them
  /// (`zh-Hant` for `zh`), else in its first language.
  package func best(_ preferred: [Language]) -> (language: Language, text: String) {
    let exact = preferred.lazy.compactMap { language in
      entries.first { $0.language == language }
    }
    let near = preferred.lazy.compactMap { language in
      entries.first { $0.language.primary == language.primary }
    }
    let best = exact.first ?? near.first ?? entries[0]
    return (best.language, best.text)
  }

  /// The text in each of these languages that it has. A variant (`zh` for `zh-CN`) counts, unless it is one of the
  /// languages itself.
  package func texts(in languages: [Language]) -> [Language: String] {
    sources(in: languages).mapValues { self[$0]! }
  }

  /// For each of these languages that it has, the one in which it is written: the same, or a variant.
  package func sources(in languages: [Language]) -> [Language: Language] {
    var rest = self.languages.filter { !languages.contains($0) }
    var found: [Language: Language] = [:]
    for language in languages {
      if self[language] != nil {
        found[language] = language
      } else if let near = rest.firstIndex(where: { $0.primary == language.primary }) {
        found[language] = rest.remove(at: near)
      }
    }
    return found
  }

  /// This text in its other languages; nil if it has no other.
  package func without(_ languages: [Language]) -> LocalizedText? {
    let rest = entries.filter { !languages.contains($0.language) }
    return rest.isEmpty ? nil : LocalizedText(inAnyOrder: rest)
  }

  /// The text in those of its languages that are among these; nil if none is.
  package func only(_ languages: [Language]) -> LocalizedText? {
    let kept = entries.filter { languages.contains($0.language) }
    return kept.isEmpty ? nil : LocalizedText(inAnyOrder: kept)
  }

  /// This text with the entries of `other`, which win if both have a language.
  package func merging(_ other: LocalizedText) -> LocalizedText {
    LocalizedText(inAnyOrder: entries.filter { other[$0.language] == nil } + other.entries)
  }
}

extension LocalizedText: Codable {
  package init(from decoder: any Decoder) throws {
    // Fast path: half of all stored values are localized texts.
    if let json = decoder as? JSONValueDecoder {
      try self.init(json.strings().map { Entry(try Language($0.name), $0.text) })
      return
    }
    let container = try decoder.container(keyedBy: AnyKey.self)
    try self.init(
      container.allKeys.map { key in
        Entry(try Language(key.stringValue), try container.decode(String.self, forKey: key))
      })
  }

  package func encode(to encoder: any Encoder) throws {
    if let json = encoder as? JSONValueEncoder {
      return json.encode(strings: entries.lazy.map { ($0.language.tag, $0.text) })
    }
    var container = encoder.container(keyedBy: AnyKey.self)
    for entry in entries { try container.encode(entry.text, forKey: AnyKey(entry.language.tag)) }
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
