import JSON
import Vocabulary

/// A piece of a page that is well-formed as both HTML and XML. Everything from data is escaped.
struct Markup: ExpressibleByStringInterpolation, Sendable {
  private(set) var source: String

  var isEmpty: Bool { source.isEmpty }

  /// Markup from our own source.
  init(stringLiteral source: String) { self.source = source }
  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  init() { source = "" }

  /// Text from data.
  init(text: String) { source = Self.escaped(text) }

  /// A value for a script, in an element that runs nothing. No character in it ends the element or needs escaping.
  init(json value: some Encodable, type: String, id: String? = nil) throws {
    let text = try JSONText.encode(value)
    let safe = text.replacing("&", with: "\\u0026").replacing("<", with: "\\u003c").replacing(
      ">", with: "\\u003e")
    source = "<script type=\"\(type)\"\(id.map { " id=\"\($0)\"" } ?? "")>\(safe)</script>"
  }

  static func + (a: Markup, b: Markup) -> Markup {
    var sum = a
    sum.source += b.source
    return sum
  }

  static func += (a: inout Markup, b: Markup) { a.source += b.source }

  /// Characters that XML 1.0 does not allow are left out.
  private static func escaped(_ text: String) -> String {
    // Fast path: nearly all texts are short and need no escaping.
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x26, 0x3C, 0x3E, 0x22, 0x27, 0x7F, 0xEF: false
      default: byte >= 0x20
      }
    }
    if isPlain { return text }
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;".unicodeScalars
      case "<": escaped += "&lt;".unicodeScalars
      case ">": escaped += "&gt;".unicodeScalars
      case "\"": escaped += "&quot;".unicodeScalars
      case "'": escaped += "&#39;".unicodeScalars
      case "\n", "\t": escaped.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": break
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ markup: Markup) { source += markup.source }
    /// Data: escaped for content and for attributes in double quotes. The argument label prevents mixing up
    /// markup and data.
    mutating func appendInterpolation(text: String) { source += Markup.escaped(text) }
    mutating func appendInterpolation(_ number: Int) { source += String(number) }
  }
}

extension Sequence<Markup> {
  func joined(_ separator: Markup = "") -> Markup {
    var joined = Markup()
    var first = true
    for piece in self {
      if !first { joined += separator }
      joined += piece
      first = false
    }
    return joined
  }
}
