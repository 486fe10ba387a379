/// An organizer's value was refused. The message says which values are accepted.
package struct InvalidValue: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// The beginning of a text for a message. Control characters are shown as `\u{…}`, because they could
/// disturb a terminal.
package func excerpt(_ text: String, _ limit: Int = 40) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(limit) {
    if scalar.isControl {
      shown += "\\u{" + String(scalar.value, radix: 16) + "}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return text.unicodeScalars.count > limit ? shown + "…" : shown
}

/// A number with its noun: `1 event`, `3 events`.
///
/// - Parameter plural: needed unless the plural is the noun with an s.
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

extension Unicode.Scalar {
  /// A control character, a line or paragraph separator, a mark that changes the direction of the
  /// text around it, or a code point that Unicode will never assign.
  var isControl: Bool {
    if (0x20..<0x7F).contains(value) { return false }
    return switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    case .unassigned: properties.isNoncharacterCodePoint
    case .format: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    default: false
    }
  }
}

/// “a, b and c”
package func list(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
