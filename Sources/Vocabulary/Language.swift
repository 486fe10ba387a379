/// A language tag of BCP 47 (RFC 5646): `en`, `zh-Hant`, `pt-BR`.
package struct Language: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  package let tag: String

  package init(_ text: String) throws(InvalidValue) {
    guard let canonical = Self.canonical(text) else {
      throw InvalidValue(
        text.contains(/[,;]/)
          ? "“\(excerpt(text))” is not a language tag; separate languages with spaces: en zh ru."
          : "“\(excerpt(text))” is not a language tag; write, for example, en, zh, ru or zh-Hant.")
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
  /// Text whose language is not known, or that is none.
  package static let undetermined = Language(unchecked: "und")
  private init(unchecked tag: String) { self.tag = tag }

  package static func < (a: Self, b: Self) -> Bool { a.tag < b.tag }
  package var description: String { tag }

  /// The primary subtag: `zh` of `zh-Hant`.
  package var primary: String { String(tag.prefix { $0 != "-" }) }

  /// Whether its readers write Chinese with traditional characters: `zh-Hant`, `zh-TW`, `yue`.
  package var isTraditionalChinese: Bool {
    guard ["zh", "yue"].contains(primary) else { return false }
    let parts = tag.split(separator: "-").dropFirst()
    if parts.contains("Hans") { return false }
    return primary == "yue" || parts.contains { ["Hant", "TW", "HK", "MO"].contains($0) }
  }

  /// The case conventions of RFC 5646 §2.1.1: `zh-Hant-TW`.
  private static func canonical(_ text: String) -> String? {
    // Fast path: nearly all tags are two or three lower-case letters.
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
