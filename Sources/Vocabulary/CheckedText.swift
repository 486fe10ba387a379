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
