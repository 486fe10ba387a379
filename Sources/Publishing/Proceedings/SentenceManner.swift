import Vocabulary

/// How a language joins an attribution and a text, and how it quotes.
struct SentenceManner: Sendable {
  /// Between a speaker and the speaker's own words.
  let colon: String
  /// Between two words: a space, or nothing.
  let space: String
  /// The marks of a quotation, with the spaces inside them.
  let quotes: (open: String, close: String)
  /// Whether a comma before the attribution stands inside the marks, as in “We agree,” said the Chair.
  let commaIsQuoted: Bool
  /// Whether the full stop of a quoted sentence follows the closing mark.
  let stopFollows: Bool
  /// Whether each paragraph of a quotation begins with an opening mark.
  let reopens: Bool

  init(_ language: Language) {
    let (primary, parts) = (language.primary, language.tag.split(separator: "-").dropFirst())
    space = ["zh", "yue", "ja", "th", "lo", "km", "my", "bo"].contains(primary) ? "" : " "
    colon =
      switch primary {
      case "zh", "yue", "ja": "："
      case "fr" where !parts.contains("CA"): "\u{a0}: "
      default: ": "
      }
    quotes =
      switch primary {
      case "zh", "yue": language.isTraditionalChinese ? ("「", "」") : ("“", "”")
      case "ja": ("「", "」")
      case "fr" where !parts.contains("CH"): ("«\u{202f}", "\u{202f}»")
      case "de" where !parts.contains("CH"), "cs", "sk", "sl", "hr", "bg", "lt", "is": ("„", "“")
      case "pl", "ro", "hu", "sr", "nl": ("„", "”")
      case "fr", "de", "ru", "uk", "be", "es", "it", "pt", "el", "no", "nb", "nn", "lv", "et", "ar", "fa",
        "hy", "kk",
        "ky", "mn", "uz":
        ("«", "»")
      case "da": ("»", "«")
      case "sv", "fi": ("”", "”")
      default: ("“", "”")
      }
    commaIsQuoted = primary == "en"
    stopFollows = ["ru", "uk", "be", "pl", "kk", "ky"].contains(primary)
    reopens = primary == "en"
  }

  /// A remark in brackets, with the space in front of it.
  func bracketed(_ remark: String) -> String { space.isEmpty ? "（\(remark)）" : " (\(remark))" }

  /// Whether a text is a quotation with marks already: they open at its start and close at its end.
  static func isQuoted(_ text: String) -> Bool {
    let text = Array(trimming(text))
    guard let first = text.first, let last = text.last, text.count > 2 else { return false }
    let inside = text.dropFirst().dropLast()
    // The full stop may follow the marks.
    let end = ".。".contains(last) ? inside.last! : last
    let between = ".。".contains(last) ? inside.dropLast() : inside
    if first == "\"" { return end == "\"" && !between.contains("\"") }
    guard let closing = closings[first], closing.contains(end) else { return false }
    // A mark of the same kind in between opens and closes a quotation of its own: “Yes” and “no”.
    var depth = 1
    for letter in between {
      if letter == first, !closing.contains(letter) {
        depth += 1
      } else if closing.contains(letter) {
        depth -= 1
      }
      if depth == 0 { return false }
    }
    return true
  }

  private static let closings: [Character: String] = [
    "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "”": "”",
  ]
}
