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

  /// As feeds and pages have it.
  package var address: String { Self.escaped(text) }

  /// The URL with every character escaped that RFC 3986 does not allow.
  package static func escaped(_ url: String) -> String {
    var address = ""
    var seenFragment = false
    let bytes = Array(url.utf8)
    let hostEnd = bytes.dropFirst(8).firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "%"):
        let digits = bytes[(index + 1)...].prefix(2)
        let escaped =
          digits.count == 2 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        address += escaped ? "%" : "%25"
      case UInt8(ascii: "#"):
        address += seenFragment ? "%23" : "#"
        seenFragment = true
      case UInt8(ascii: "["), UInt8(ascii: "]"):
        // Allowed only around an IPv6 address.
        address += index < hostEnd ? String(Unicode.Scalar(byte)) : "%" + hex(UInt32(byte)).suffix(2)
      case _ where allowed.contains(byte): address.unicodeScalars.append(Unicode.Scalar(byte))
      default: address += "%" + hex(UInt32(byte)).suffix(2)
      }
    }
    return address
  }

  private static let allowed = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=".utf8)

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
