package import Vocabulary

/// What it costs to attend: nothing, or a price, of several prices the lowest.
///
/// In events and on the command line it is one text: `free`, `120 EUR`.
package enum Admission: Hashable, Sendable, Codable, CustomStringConvertible {
  case free
  /// - Parameters:
  ///   - amount: `120` or `99.50`.
  ///   - currency: three letters of ISO 4217.
  case price(amount: String, currency: String)

  /// - Throws: `InvalidValue` for another text.
  package init(_ text: String) throws(InvalidValue) {
    let text = try checkedText(text, "admission")
    guard let admission = Self.parse(text) else {
      throw InvalidValue(
        "“\(excerpt(text))” is not an admission; write “free”, or a price and its currency, as “120 EUR” or “99.50 USD”."
      )
    }
    self = admission
  }

  private static func parse(_ text: String) -> Admission? {
    if text == "free" { return .free }
    guard let match = text.wholeMatch(of: /([0-9]{1,9}(?:\.[0-9]{2})?) ([A-Z]{3})/) else { return nil }
    // A price of nothing would be told in another way than “free”.
    return match.1.contains { $0 != "0" && $0 != "." }
      ? .price(amount: String(match.1), currency: String(match.2)) : .free
  }

  package var description: String {
    switch self {
    case .free: "free"
    case .price(let amount, let currency): "\(amount) \(currency)"
    }
  }

  package init(from decoder: any Decoder) throws {
    self = try Self(decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
