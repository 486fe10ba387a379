import Vocabulary

/// The direction of texts by users (Unicode Bidirectional Algorithm, UAX #9).
///
/// A Hebrew title in an English line must not change the order of what stands around it, and nor must signs of direction
/// that somebody opened and never closed. So each text is isolated: on pages by its element, on paper by `isolated` in
/// `common.typ`, and in plain text, where several texts stand in one line, by the signs for that.
enum Direction {
  static func isRightToLeft(_ language: Language) -> Bool {
    ["ar", "fa", "he", "ur", "yi", "ug", "ps", "ckb", "dv", "sd"].contains(language.primary)
  }

  /// The direction of the first letter (rules P2 and P3); nil if there is no letter.
  static func runsRightToLeft(_ text: String) -> Bool? {
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic { return isRightToLeft(scalar) }
    return nil
  }

  /// Whether a text can change the order of a line that runs from left to right.
  static func affectsOrder(_ text: String) -> Bool {
    // Nearly all texts are below U+0590 or Chinese.
    text.unicodeScalars.contains { isRightToLeft($0) || isControl($0) }
  }

  /// A text for a line with other texts. Nothing is added where nothing can go wrong.
  ///
  /// - Parameter language: the language of the line.
  static func isolated(_ text: String, in language: Language) -> String {
    guard isRightToLeft(language) || affectsOrder(text) else { return text }
    // The signs have no effect beyond the end of a line.
    if text.contains("\n") {
      return text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : isolated(String($0), in: language) }.joined(separator: "\n")
    }
    var open = 0
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x2066...0x2068: open += 1
      case 0x2069:
        // It would end the isolation.
        if open == 0 { continue }
        open -= 1
      default: break
      }
      kept.append(scalar)
    }
    let ends = String(repeating: "\u{2069}", count: open + 1)
    return "\u{2068}" + String(kept) + ends
  }

  /// Several texts in one line, each in its own direction.
  ///
  /// - Parameter language: the language of the line.
  static func joined(_ texts: [String], by separator: String, in language: Language) -> String {
    if texts.count == 1 { return texts[0] }
    return texts.map { isolated($0, in: language) }.joined(separator: separator)
  }

  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
