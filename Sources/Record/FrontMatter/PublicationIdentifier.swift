package import Vocabulary

/// The number of a publication in a register: `isbn=978-3-16-148410-0`. `none` says that it has none, which is not the
/// same as not saying anything.
package enum PublicationIdentifier: Codable, Sendable, Hashable, CustomStringConvertible {
  package enum Scheme: String, Sendable, Hashable, CaseIterable {
    case isbn, issn, doi, urn

    /// As printed in front of the number.
    package var name: String { rawValue.uppercased() }
  }

  /// Stored as `none`.
  case absent
  case number(Scheme, String)

  /// - Throws: `InvalidValue` for an unknown register, and for a number with a wrong check digit.
  package init(_ text: String) throws(InvalidValue) {
    let text = trimming(text)
    if text.lowercased() == "none" {
      self = .absent
      return
    }
    guard let match = text.wholeMatch(of: /([A-Za-z]+)=(.+)/),
      let scheme = Scheme(rawValue: match.output.1.lowercased())
    else {
      throw InvalidValue(
        "“\(excerpt(text))” is not an identifier of a publication; write isbn=…, issn=…, doi=… or urn=…, or none."
      )
    }
    let number = try checkedText(String(match.output.2), scheme.name)
    guard Self.isValid(number, scheme) else {
      throw InvalidValue(
        "“\(excerpt(number))” is not \(scheme == .doi || scheme == .urn ? "a" : "an") \(scheme.name).")
    }
    self = .number(scheme, number)
  }

  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  package var description: String {
    switch self {
    case .absent: "none"
    case .number(let scheme, let number): "\(scheme.rawValue)=\(number)"
    }
  }

  private static func isValid(_ number: String, _ scheme: Scheme) -> Bool {
    // The values of the digits; an X at the end is 10.
    let signs = number.filter { $0 != "-" && $0 != " " }
    let digits = signs.enumerated().compactMap { index, sign -> Int? in
      sign == "X" && index == signs.count - 1 ? 10 : sign.isASCII ? sign.wholeNumberValue : nil
    }
    let isNumber = digits.count == signs.count
    /// Whether the sum of the digits with falling weights is a multiple of 11 (ISO 2108 and ISO 3297).
    func checks(_ length: Int) -> Bool {
      isNumber && digits.count == length
        && zip(digits, stride(from: length, to: 0, by: -1)).reduce(0) { $0 + $1.0 * $1.1 } % 11 == 0
    }
    switch scheme {
    case .isbn:
      let thirteen =
        isNumber && digits.count == 13
        && digits.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) } % 10 == 0
      return thirteen || checks(10)
    case .issn: return checks(8)
    case .doi: return number.wholeMatch(of: /10\.[0-9]{4,9}\/\S+/) != nil
    case .urn: return number.wholeMatch(of: /urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:\S+/) != nil
    }
  }
}
