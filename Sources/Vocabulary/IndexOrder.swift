import Foundation

/// The sort order of names in an index: ignores case and accents; Latin before Cyrillic before the scripts of
/// East Asia.
package struct IndexOrder: Comparable {
  private let script: Int
  private let folded: [UInt32]
  private let key: String

  package init(_ key: String) {
    self.key = key
    // Names without any letter come first.
    let letter = key.unicodeScalars.first { $0.properties.isAlphabetic }
    script =
      switch letter?.value {
      case .some(0x0400...0x052F): 1
      case .some(0x2E80...0x9FFF), .some(0xAC00...0xD7AF), .some(0xF900...0xFAFF),
        .some(0x20000...0x3FFFF):
        2
      default: 0
      }
    folded = Self.folded(key)
  }

  /// The letter under which lists are grouped: of `Łukasz`, L. Nil for scripts without an alphabet, which have no letters
  /// to be grouped by, and for a key without letters.
  package var letter: String? {
    guard let first = folded.lazy.compactMap(Unicode.Scalar.init).first(where: \.properties.isAlphabetic),
      // Latin to Arabic, and Georgian. Scripts further on in Unicode are not indexed by letters.
      first.value < 0x0780 || (0x10A0...0x10FF).contains(first.value)
    else { return nil }
    return String(first).uppercased()
  }

  package static func < (a: Self, b: Self) -> Bool {
    if a.script != b.script { return a.script < b.script }
    if a.folded != b.folded { return a.folded.lexicographicallyPrecedes(b.folded) }
    return a.key.unicodeScalars.lexicographicallyPrecedes(b.key.unicodeScalars)
  }

  /// Without accents and case, hyphens as spaces.
  package static func folded(_ text: String) -> [UInt32] {
    var text = text
    var folded: [UInt32] = []
    if text.withUTF8({ append(ascii: $0, to: &folded) }) { return folded }
    folded.removeAll()
    for scalar in text.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar {
      case "ё": folded.append(0x0435)  // е; unlike ё, й is a letter of its own
      case "ß": folded += [0x73, 0x73]
      case "æ": folded += [0x61, 0x65]
      case "œ": folded += [0x6F, 0x65]
      case "ø": folded.append(0x6F)
      case "ł": folded.append(0x6C)
      case "đ", "ð": folded.append(0x64)
      case "þ": folded += [0x74, 0x68]
      case "ħ": folded.append(0x68)
      case "ŧ": folded.append(0x74)
      case "ı": folded.append(0x69)
      case "'", "’", "ʼ", "ʻ", ",", ".": break
      case "-", "‐", "–": folded.append(0x20)
      case "\u{00}"..."\u{7F}", "\u{0400}"..."\u{052F}": folded.append(scalar.value)
      default:
        for part in String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
        where part.properties.generalCategory != .nonspacingMark {
          folded.append(part.value)
        }
      }
    }
    return folded
  }

  /// The same for bytes of ASCII; nil for others.
  package static func folded(ascii text: UnsafeBufferPointer<UInt8>) -> [UInt32]? {
    var folded: [UInt32] = []
    return append(ascii: text, to: &folded) ? folded : nil
  }

  /// The same for letters without accents, which most names consist of: a search folds those of 100,000 people.
  ///
  /// - Returns: false for a text with others.
  private static func append(ascii text: UnsafeBufferPointer<UInt8>, to folded: inout [UInt32]) -> Bool {
    folded.reserveCapacity(text.count)
    for byte in text {
      switch byte {
      case 0x80...: return false
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): folded.append(UInt32(byte) + 0x20)
      case UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: "."): break
      case UInt8(ascii: "-"): folded.append(0x20)
      default: folded.append(UInt32(byte))
      }
    }
    return true
  }
}

extension Sequence {
  /// Sorted by the names that people read, as in every index; things with equal names by their short names.
  package func inIndexOrder<ID: Comparable>(of name: (Element) -> String, then id: (Element) -> ID)
    -> [Element]
  {
    map { (IndexOrder(name($0)), $0) }
      .sorted { ($0.0, id($0.1)) < ($1.0, id($1.1)) }
      .map(\.1)
  }
}
