import Foundation

/// The scripts that names are written in, as far as they are treated differently.
enum Script: Hashable {
  case latin, han, kana, hangul, cyrillic, greek, hebrew, arabic, other

  /// Nil for signs that belong to all scripts.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8, 0x1E00...0x1EFF,
      0xFB00...0xFB06, 0xFF21...0xFF5A:
      self = .latin
    case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .kana
    case 0x3005, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: self = .han
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: self = .hangul
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF: self = .cyrillic
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x590...0x5FF: self = .hebrew
    case 0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF: self = .arabic
    default:
      guard scalar.properties.isAlphabetic else { return nil }
      self = .other
    }
  }

  init?(_ character: Character) {
    guard let script = character.unicodeScalars.lazy.compactMap({ Script($0) }).first else { return nil }
    self = script
  }

  var isEastAsian: Bool { self == .han || self == .kana || self == .hangul }
}

/// Texts in the letters of ASCII.
enum Transliteration {
  /// `Pawel`, `Soren`, `Strasse`, `Khrushchyov`, `feng shao lei`; what no rule reaches is left out.
  static func ascii(_ text: String) -> String {
    // Most are in ASCII, and looking at each letter takes a large part of an import.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var latin = ""
    for character in text.precomposedStringWithCanonicalMapping {
      latin += cyrillic[character] ?? String(character)
    }
    if latin.unicodeScalars.contains(where: { $0.value > 0x7F }) {
      // ICU's rules: pinyin for Han, Hepburn for kana, and Latin letters without their marks.
      latin = latin.applyingTransform(StringTransform("Any-Latin; Latin-ASCII"), reverse: false) ?? latin
    }
    return latin.filter(\.isASCII)
  }

  /// As passports have it (ICAO 9303), because ICU's letters with marks would lose them.
  private static let cyrillic: [Character: String] = {
    let small: [Character: String] = [
      "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
      "й": "y", "к": "k",
      "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
      "х": "kh",
      "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
      "я": "ya",
      "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
      "џ": "dz",
      "қ": "q", "ғ": "gh", "ң": "ng", "ұ": "u", "ү": "u", "һ": "h", "ө": "o", "ә": "a",
    ]
    var all = small
    for (letter, latin) in small {
      let capital = Character(letter.uppercased())
      all[capital] = latin.prefix(1).uppercased() + latin.dropFirst()
    }
    return all
  }()
}
