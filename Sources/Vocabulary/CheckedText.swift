/// Whether a text is one line (a title, a name) or may have several (an abstract, a statement).
package enum TextShape: Sendable {
  case line
  case paragraphs

  /// The maximum length in bytes of UTF-8. A longer text is probably a file given by mistake.
  var limit: Int {
    switch self {
    case .line: 2_000
    case .paragraphs: 100_000
    }
  }
}

/// Checks a text that an organizer wrote and trims the white space around it.
///
/// Control characters are refused, not removed: nobody knows what was meant, and a stored text stays
/// stored. In paragraphs, CR and CR LF become LF (U+000A), and a tab becomes a space; other line breaks, such as
/// U+2028, are refused.
///
/// - Parameter what: the noun for the text in messages, such as “title”.
package func checkedText(_ text: String, _ what: String, _ shape: TextShape = .line)
  throws(InvalidValue) -> String
{
  guard text.utf8.count <= shape.limit else {
    throw InvalidValue(
      "The \(what) has \(text.utf8.count) bytes; at most \(shape.limit) are allowed. "
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
          + "remove it" + (shape == .line ? " (one line of text is expected)." : "."))
    default: clean.append(scalar)
    }
  }
  let trimmed = trimming(String(clean))
  guard !trimmed.isEmpty else { throw InvalidValue("The \(what) is empty.") }
  guard isVisible(trimmed) else {
    throw InvalidValue(
      "The \(what) is empty: it has only signs that nobody sees, such as U+\(hex(trimmed.unicodeScalars.first!.value))."
    )
  }
  return trimmed
}

/// Whether a text shows anything.
func isVisible(_ text: String) -> Bool { text.unicodeScalars.contains(where: \.isVisible) }

extension Unicode.Scalar {
  /// Whether it shows something by itself. Joiners, marks of direction and marks above a letter do not.
  fileprivate var isVisible: Bool {
    switch properties.generalCategory {
    case .format, .nonspacingMark, .enclosingMark, .spacingMark, .spaceSeparator, .lineSeparator,
      .paragraphSeparator, .control, .surrogate:
      false
    // U+2800 is a Braille pattern without dots.
    default: !properties.isDefaultIgnorableCodePoint && value != 0x2800
    }
  }
}

/// A code point as Unicode writes it, with at least four hexadecimal digits.
package func hex(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

/// Removes white space at both ends.
package func trimming(_ text: some StringProtocol) -> String {
  guard let first = text.firstIndex(where: { !$0.isWhitespace }),
    let last = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[first...last])
}
