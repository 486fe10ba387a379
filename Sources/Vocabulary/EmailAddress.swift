/// An e-mail address: `anna@example.org`.
///
/// The shape is that of RFC 5321, of which what nobody uses is left out (quoted names, addresses of
/// machines, domains of one label): a name made of words with single dots between them, of 64 bytes at most, and a
/// domain of two labels or more; 254 bytes in all. Names and domains of other scripts (RFC 6531, RFC 5890)
/// are kept as they are given.
package struct EmailAddress: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  /// - Throws: `InvalidValue`, which says what is wrong.
  package init(_ text: String) throws(InvalidValue) {
    let text = try checkedText(text, "e-mail address")
    if let fault = Self.fault(of: text) {
      throw InvalidValue(
        "“\(excerpt(text))” is not an e-mail address such as anna@example.org: \(fault).")
    }
    self.text = text
  }

  /// One that was stored: it was taken when it was.
  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package var description: String { text }

  /// Before the last @.
  package var name: Substring { text.lastIndex(of: "@").map { text[..<$0] } ?? "" }
  /// After the last @.
  package var domain: Substring { text.lastIndex(of: "@").map { text[text.index(after: $0)...] } ?? "" }

  // MARK: The rule

  private static func fault(of text: String) -> String? {
    let parts = text.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return "it needs one @" }
    if text.utf8.count > 254 { return "it has more than 254 bytes" }
    let (name, domain) = (String(parts[0]), String(parts[1]))
    if name.utf8.count > 64 { return "what stands before the @ has more than 64 bytes" }
    let words = name.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
    if words.contains(where: \.isEmpty) {
      return "before the @, a dot stands between two other characters"
    }
    if let stranger = name.unicodeScalars.first(where: { $0 != "." && !isInName($0) }) {
      return "\(shown(stranger)) cannot stand before the @"
    }
    if let stranger = domain.unicodeScalars.first(where: { $0 != "." && !isInDomain($0) }) {
      return "\(shown(stranger)) cannot stand in a domain"
    }
    let labels = domain.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
    if labels.count < 2 || labels.contains(where: \.isEmpty) {
      return "after the @ stands a domain such as example.org"
    }
    for label in labels.map(String.init) {
      if label.hasPrefix("-") || label.hasSuffix("-") {
        return "no part of a domain begins or ends with a hyphen"
      }
      if isTooLong(label) { return "a part of its domain is too long" }
    }
    let last = labels[labels.count - 1]
    if last.count < 2 || last.allSatisfy({ ("0"..."9").contains($0) }) {
      return "after the @ stands a domain such as example.org"
    }
    return nil
  }

  /// `atext` of RFC 5322, and what RFC 6531 adds to it.
  private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
    if !scalar.isASCII { return isPrinted(scalar) }
    return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
  }

  private static func isInDomain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-"
    }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      true
    default: isJoiner(scalar) || scalar == "\u{B7}" || scalar == "\u{30FB}"
    }
  }

  private static func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator:
      isJoiner(scalar)
    default: true
    }
  }

  /// Words of Persian and of Indian languages need them.
  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{200C}" || scalar == "\u{200D}"
  }

  /// A label has 63 bytes at most; one of another script becomes `xn--` and more letters than it has itself.
  private static func isTooLong(_ label: String) -> Bool {
    label.utf8.allSatisfy { $0 < 0x80 } ? label.utf8.count > 63 : label.unicodeScalars.count > 59
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .spaceSeparator: scalar == " " ? "a space" : "U+\(hex(scalar.value))"
    case .format, .privateUse, .unassigned, .nonspacingMark: "U+\(hex(scalar.value))"
    default: "“\(scalar)”"
    }
  }
}
