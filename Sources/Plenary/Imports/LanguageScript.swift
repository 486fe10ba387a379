import Vocabulary

/// The scripts that tell languages apart.
enum LanguageScript: Hashable {
  case latin, cyrillic, han, kana, hangul, greek, arabic, hebrew

  init(of language: Language) {
    self =
      switch language.primary {
      case "zh", "yue", "wuu": .han
      case "ja": .kana
      case "ko": .hangul
      case "ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg": .cyrillic
      case "el": .greek
      case "ar", "fa", "ur", "ckb", "ps": .arabic
      case "he", "yi": .hebrew
      default: .latin
      }
  }

  /// The language that a text of this script is most often in; nil: one of many.
  var language: Language? {
    let tag: String? =
      switch self {
      case .latin: nil
      case .cyrillic: "ru"
      case .han: "zh"
      case .kana: "ja"
      case .hangul: "ko"
      case .greek: "el"
      case .arabic: "ar"
      case .hebrew: "he"
      }
    return tag.flatMap { try? Language($0) }
  }

  /// The script that most of a text's letters are in. A Chinese title with Latin words in it is Chinese.
  static func used(in text: String) -> [LanguageScript] {
    counts(in: text).max { ($0.value, $1.key == .latin ? 1 : 0) < ($1.value, $0.key == .latin ? 1 : 0) }.map {
      [$0.key]
    } ?? []
  }

  /// How many letters are in which script.
  static func counts(in text: String) -> [LanguageScript: Int] {
    var counts: [LanguageScript: Int] = [:]
    for scalar in text.unicodeScalars where scalar.isLetter {
      // A sign of Han says as much as three letters.
      switch scalar.value {
      case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x323AF: counts[.han, default: 0] += 3
      case 0x3040...0x30FF: counts[.kana, default: 0] += 9
      case 0xAC00...0xD7AF, 0x1100...0x11FF: counts[.hangul, default: 0] += 3
      case 0x400...0x52F: counts[.cyrillic, default: 0] += 1
      case 0x370...0x3FF: counts[.greek, default: 0] += 1
      case 0x600...0x6FF, 0x750...0x77F: counts[.arabic, default: 0] += 1
      case 0x590...0x5FF: counts[.hebrew, default: 0] += 1
      default: counts[.latin, default: 0] += 1
      }
    }
    return counts
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool {
    isASCII ? (0x61...0x7A).contains(value | 0x20) : properties.isAlphabetic
  }
}
