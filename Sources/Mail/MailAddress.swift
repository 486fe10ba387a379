import Foundation
package import Vocabulary

/// An e-mail address with an optional name: `Feng Shaolei <feng@example.org>`.
package struct MailAddress: Sendable, Hashable {
  package let name: String?
  /// In ASCII: `feng@example.org`, `feng@xn--fiqs8s.example`.
  package let address: String

  /// - Throws: `InvalidValue` for an address that not every mail server accepts.
  package init(name: String?, address: EmailAddress) throws(InvalidValue) {
    self.name = try name.map { text throws(InvalidValue) in try checkedText(text, "name of the sender") }
    self.address = try Self.inASCII(address)
  }

  /// Reads `feng@example.org` or `Feng Shaolei <feng@example.org>`.
  package init(_ text: String) throws(InvalidValue) {
    let text = trimming(text)
    guard let match = text.wholeMatch(of: /(.*?)\s*<([^<>]*)>/) else {
      try self.init(name: nil, address: EmailAddress(text))
      return
    }
    let name = trimming(String(match.1)).trimmingCharacters(in: ["\""])
    try self.init(name: name.isEmpty ? nil : name, address: EmailAddress(String(match.2)))
  }

  /// The address in ASCII, which every mail server accepts: the domain in its `xn--` form (RFC 5891).
  ///
  /// A name of another script has no such form. It needs SMTPUTF8 (RFC 6531) on every server on the way, and
  /// letters that are written to files cannot know that.
  private static func inASCII(_ address: EmailAddress) throws(InvalidValue) -> String {
    // An address that was stored long ago may break today's rule.
    let address = try EmailAddress(address.text)
    guard address.name.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw InvalidValue(
        "Not every mail server accepts “\(excerpt(address.text))”: the part before the @ has other characters than "
          + "A to Z, digits and signs. Ask for another address.")
    }
    if address.domain.utf8.allSatisfy({ $0 < 0x80 }) { return address.text }
    var parts = URLComponents()
    parts.host = String(address.domain)
    guard let domain = parts.encodedHost, domain.utf8.allSatisfy({ $0 < 0x80 }), !domain.contains("%"),
      let encoded = try? EmailAddress("\(address.name)@\(domain)")
    else {
      throw InvalidValue(
        "The domain of “\(excerpt(address.text))” has no form that mail servers accept; check its spelling.")
    }
    return encoded.text
  }

  package var domain: Substring { address.suffix(from: address.lastIndex(of: "@")!).dropFirst() }
}
