/// The address of a page: `https://…` or `http://…`.
package struct WebAddress: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  /// - Throws: `InvalidValue` for an address that is not http or https.
  package init(_ text: String) throws(InvalidValue) {
    let address = try checkedText(text, "address")
    guard Self.isWebAddress(address) else {
      throw InvalidValue("“\(excerpt(address))” is not a URL; write it as https://example.org/page.")
    }
    self.text = address
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

  private static func isWebAddress(_ text: String) -> Bool {
    guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
    let rest = text.dropFirst(scheme.count)
    return !rest.isEmpty
      && rest.unicodeScalars.allSatisfy {
        $0.isASCII
          ? $0.value > 0x20 && $0 != "\"" && $0 != "<" && $0 != ">" : !$0.properties.isWhitespace
      }
  }
}
