import Vocabulary

/// Texts of other programs as Plenary takes them: without control characters, and with one kind of line break.
enum Words {
  /// One line: a title, a name. Nil if nothing is left.
  static func line(_ text: String?) -> String? {
    guard let text else { return nil }
    if text.isSurelyLine { return text.nonEmpty }
    var line: [Unicode.Scalar] = []
    var isAfterSpace = false
    for scalar in text.unicodeScalars {
      if scalar.isSpace {
        isAfterSpace = true
      } else if isAllowed(scalar) {
        if isAfterSpace, !line.isEmpty { line.append(" ") }
        isAfterSpace = false
        line.append(scalar)
      }
    }
    return String(line).nonEmpty
  }

  /// Several lines as they are. Nil if nothing is left.
  static func paragraphs(_ text: String?) -> String? {
    guard let text else { return nil }
    if text.isSurelyClean(lines: true) { return text.nonEmpty }
    var clean: [Unicode.Scalar] = []
    var afterReturn = false
    for scalar in text.unicodeScalars {
      defer { afterReturn = scalar == "\r" }
      switch scalar {
      case "\r", "\u{85}", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}": clean.append("\n")
      case "\n": if !afterReturn { clean.append("\n") }
      case "\t": clean.append(" ")
      case _ where isAllowed(scalar): clean.append(scalar)
      default: break
      }
    }
    return String(clean).nonEmpty
  }

  /// Paragraphs, lists, emphasis and links of HTML or Markdown. Nil if nothing is left.
  static func formatted(_ text: String?) -> String? {
    guard let text = paragraphs(text) else { return nil }
    return HTML.isLikely(text) ? paragraphs(HTML.markdown(text)) : text
  }

  static func lineText(_ text: String?, in language: String? = nil) -> ForeignText? {
    line(text).map { ForeignText([.init($0, in: language?.nonEmpty)]) }
  }

  static func formattedText(_ text: String?, in language: String? = nil) -> ForeignText? {
    formatted(text).map { ForeignText([.init($0, in: language?.nonEmpty)]) }
  }

  /// Control characters and those that reorder the text around them do harm and mean nothing; noncharacters cannot be
  /// stored.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return true }
    return switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
    case .unassigned: !scalar.properties.isNoncharacterCodePoint
    case .format:
      !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
        && scalar != "\u{FEFF}"
    default: true
    }
  }

  /// An address that pages may link to.
  static func address(_ text: String?) -> String? {
    guard let text = text?.nonEmpty, text.utf8.count <= 2000 else { return nil }
    let start = text.prefix(8).lowercased()
    guard start.hasPrefix("http://") || start.hasPrefix("https://"),
      !text.unicodeScalars.contains(where: {
        !isAllowed($0) || $0.isSpace || $0 == "<" || $0 == ">" || $0 == "\""
      })
    else { return nil }
    return text
  }

  static func email(_ text: String?) -> String? {
    guard var text = text?.nonEmpty else { return nil }
    if text.lowercased().hasPrefix("mailto:") { text = String(text.dropFirst(7)) }
    return (try? EmailAddress(text))?.text
  }
}

extension String {
  /// Whether it has no white space but single spaces between words, and nothing that is left out of a line.
  fileprivate var isSurelyLine: Bool {
    var wasSpace = true
    for byte in utf8 {
      guard (0x20..<0x7F).contains(byte), byte != 0x20 || !wasSpace else { return false }
      wasSpace = byte == 0x20
    }
    return !wasSpace
  }
}

extension Unicode.Scalar {
  /// Whether Unicode calls it whitespace. Most texts are ASCII, which needs no table.
  var isSpace: Bool {
    isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }
}
