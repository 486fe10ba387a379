/// What a text may be: one line (a title, a name) or several (an abstract, a statement).
package enum TextShape: Sendable {
  case line
  case paragraphs

  /// The most that is taken, in bytes of UTF-8: more is a file by mistake, not a text.
  var limit: Int {
    switch self {
    case .line: 2_000
    case .paragraphs: 100_000
    }
  }
}

/// Checks a text that an organizer wrote and trims the white space around it.
///
/// Control and escape characters are refused, not removed: what was meant is unknown, and a text
/// that is stored once is stored for ever. Line ends are read in every convention and kept as U+000A.
///
/// - Throws: `InvalidValue`, whose message begins with `what`.
package func checkedText(_ text: String, _ what: String, _ shape: TextShape = .line)
  throws(InvalidValue) -> String
{
  guard text.utf8.count <= shape.limit else {
    throw InvalidValue(
      "The \(what) has \(text.utf8.count) bytes; at most \(shape.limit) are taken. "
        + "It begins “\(excerpt(text))”.")
  }
  var clean = String.UnicodeScalarView()
  var afterReturn = false
  for scalar in text.unicodeScalars {
    defer { afterReturn = scalar == "\r" }
    switch scalar {
    case "\r" where shape == .paragraphs: clean.append("\n")
    case "\n" where shape == .paragraphs: if !afterReturn { clean.append("\n") }
    case "\t" where shape == .paragraphs: clean.append(" ")
    case _ where scalar.isControl:
      throw InvalidValue(
        "The \(what) “\(excerpt(text))” has the control character U+\(hex(scalar.value)); "
          + "take it out" + (shape == .line ? " (one line of text is expected)." : "."))
    default: clean.append(scalar)
    }
  }
  let trimmed = trimming(String(clean))
  guard !trimmed.isEmpty else { throw InvalidValue("The \(what) is empty.") }
  return trimmed
}

/// A code point as Unicode writes it: four hexadecimal digits at least.
package func hex(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

/// The text without the white space at its ends.
package func trimming(_ text: some StringProtocol) -> String {
  guard let first = text.firstIndex(where: { !$0.isWhitespace }),
    let last = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[first...last])
}

/// A language as BCP 47 (RFC 5646) names it: `en`, `zh-Hant`, `pt-BR`.
package struct Language: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  package let tag: String

  package init(_ text: String) throws(InvalidValue) {
    guard let canonical = Self.canonical(text) else {
      throw InvalidValue(
        "“\(excerpt(text))” is not a language tag; write for example en, zh, ru or zh-Hant.")
    }
    tag = canonical
  }

  package init(from decoder: any Decoder) throws {
    tag = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(tag)
  }

  package static let english = Language(unchecked: "en")
  private init(unchecked tag: String) { self.tag = tag }

  package static func < (a: Self, b: Self) -> Bool { a.tag < b.tag }
  package var description: String { tag }

  /// The primary subtag: `zh` of `zh-Hant`.
  package var primary: String { String(tag.prefix { $0 != "-" }) }

  /// The case conventions of RFC 5646 §2.1.1: `zh-Hant-TW`.
  private static func canonical(_ text: String) -> String? {
    // Nearly every text's language is “en” or the like.
    if (2...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) {
      return text
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.utf8.count),
      first.utf8.allSatisfy(isLetter), parts.count <= 5
    else { return nil }
    var canonical = first.lowercased()
    for part in parts.dropFirst() {
      guard (2...8).contains(part.utf8.count),
        part.utf8.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) })
      else { return nil }
      switch part.utf8.count {
      case 2: canonical += "-" + part.uppercased()
      case 4: canonical += "-" + part.prefix(1).uppercased() + part.dropFirst().lowercased()
      default: canonical += "-" + part.lowercased()
      }
    }
    return canonical
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

/// One text in one or several languages; stored as `{"en": …, "zh": …}`.
package struct LocalizedText: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let language: Language
    package let text: String

    package init(_ language: Language, _ text: String) {
      self.language = language
      self.text = text
    }
  }

  /// In the order of the languages' tags. There are so many of these, and so few languages in each,
  /// that dictionaries would take half of a read model's memory.
  package let entries: [Entry]

  /// - Precondition: at least one language.
  package init(_ texts: [Language: String]) {
    precondition(!texts.isEmpty, "A localized text has at least one language.")
    self.init(inAnyOrder: texts.map { Entry($0, $1) })
  }

  /// - Throws: `InvalidValue` for no language, or one language twice.
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

  /// The languages in which the text exists, in alphabetical order of their tags.
  package var languages: [Language] { entries.map(\.language) }

  /// The text in the first of these languages that it has, else in any, and which that is.
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

  /// This text with those of `other` in place of its own where both have the language.
  package func merging(_ other: LocalizedText) -> LocalizedText {
    LocalizedText(inAnyOrder: entries.filter { other[$0.language] == nil } + other.entries)
  }
}

extension LocalizedText: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyKey.self)
    try self.init(
      container.allKeys.map { key in
        Entry(try Language(key.stringValue), try container.decode(String.self, forKey: key))
      })
  }

  package func encode(to encoder: any Encoder) throws {
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
