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
/// stored. In paragraphs, CR, CR LF, U+2028 and U+2029 become LF (U+000A), and a tab becomes a space. In a line, U+2028
/// and U+2029, with which slides break headings, become spaces.
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
  if text.isSurelyClean(lines: shape == .paragraphs) { return try checkedVisible(trimming(text), what) }
  var clean: [Unicode.Scalar] = []
  var afterReturn = false
  for scalar in text.unicodeScalars {
    defer { afterReturn = scalar == "\r" }
    switch scalar {
    case "\r" where shape == .paragraphs: clean.append("\n")
    case "\n" where shape == .paragraphs: if !afterReturn { clean.append("\n") }
    case "\t" where shape == .paragraphs: clean.append(" ")
    case "\u{2028}", "\u{2029}": clean.append(shape == .paragraphs ? "\n" : " ")
    case _ where scalar.isControl:
      throw InvalidValue(
        "The \(what) “\(excerpt(text))” has the control character U+\(hex(scalar.value)); "
          + "remove it" + (shape == .line ? " (one line of text is expected)." : "."))
    default: clean.append(scalar)
    }
  }
  return try checkedVisible(trimming(String(clean)), what)
}

private func checkedVisible(_ trimmed: String, _ what: String) throws(InvalidValue) -> String {
  guard !trimmed.isEmpty else { throw InvalidValue("The \(what) is empty.") }
  guard isVisible(trimmed) else {
    throw InvalidValue(
      "The \(what) is empty: it has only signs that nobody sees, such as U+\(hex(trimmed.unicodeScalars.first!.value))."
    )
  }
  return trimmed
}

extension String {
  /// Compiled for this kind of sequence alone: an import makes many texts so.
  package init(_ scalars: ArraySlice<Unicode.Scalar>) { self.init(of: scalars) }

  package init(_ scalars: some Sequence<Unicode.Scalar>) { self.init(of: scalars) }

  private init(of scalars: some Sequence<Unicode.Scalar>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.underestimatedCount)
    for scalar in scalars {
      if scalar.isASCII { bytes.append(UInt8(scalar.value)) } else { bytes.append(contentsOf: scalar.utf8) }
    }
    self = String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a text surely has no control character, no separator of lines, no mark that reorders the text around it (U+202A to
  /// U+202E, U+2066 to U+2069) and no noncharacter. It reads bytes alone, which is much faster than looking up each character in
  /// Unicode's tables. For most texts that is enough.
  ///
  /// - Parameter lines: whether it may have line feeds.
  package func isSurelyClean(lines: Bool = false) -> Bool {
    var text = self
    return text.withUTF8 { bytes in
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        switch byte {
        case 0x20..<0x7F: continue
        case 0x0A where lines: continue
        case 0x80..<0xC2, 0xC3..<0xE2, 0xE3..<0xEF: continue
        case 0xC2 where bytes[index] >= 0xA0: continue
        // U+2028 to U+202E, U+2066 to U+2069.
        case 0xE2 where bytes[index] == 0x80 && !(0xA8...0xAE).contains(bytes[index + 1]): continue
        case 0xE2 where bytes[index] == 0x81 && !(0xA6...0xA9).contains(bytes[index + 1]): continue
        case 0xE2 where bytes[index] > 0x81: continue
        default: return false
        }
      }
      return true
    }
  }
}

/// Whether a text shows anything.
func isVisible(_ text: String) -> Bool { text.unicodeScalars.contains(where: \.isVisible) }

extension Unicode.Scalar {
  /// Whether it shows something by itself. Joiners, marks of direction and marks above a letter do not.
  fileprivate var isVisible: Bool {
    if (0x21..<0x7F).contains(value) { return true }
    return switch properties.generalCategory {
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
