import ReadModels
import Scheduling
import Vocabulary

extension Link {
  var address: String { WebAddress.escaped(url) }
}

extension WebAddress {
  var address: String { Self.escaped(text) }

  /// The URL with every character escaped that RFC 3986 does not allow.
  fileprivate static func escaped(_ url: String) -> String {
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
      case _ where Self.allowed.contains(byte): address.unicodeScalars.append(Unicode.Scalar(byte))
      default: address += "%" + hex(UInt32(byte)).suffix(2)
      }
    }
    return address
  }

  private static let allowed = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=".utf8)
}

extension SessionRow {
  /// The session's links, then those of its presentations.
  var links: [Link] { (details.links ?? []) + presentations.flatMap { $0.links ?? [] } }
}
