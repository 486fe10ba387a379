import Foundation
package import Vocabulary

/// An e-mail address with an optional name: `Feng Shaolei <feng@example.org>`.
package struct MailAddress: Sendable, Hashable {
  package let name: String?
  /// `feng@example.org`
  package let address: String

  package init(name: String?, address: String) throws(InvalidValue) {
    self.name = try name.map { text throws(InvalidValue) in try checkedText(text, "name of the sender") }
    self.address = try Self.checked(address)
  }

  /// Reads `feng@example.org` or `Feng Shaolei <feng@example.org>`.
  package init(_ text: String) throws(InvalidValue) {
    let text = trimming(text)
    guard let match = text.wholeMatch(of: /(.*?)\s*<([^<>]*)>/) else {
      try self.init(name: nil, address: text)
      return
    }
    let name = trimming(String(match.1)).trimmingCharacters(in: ["\""])
    try self.init(name: name.isEmpty ? nil : name, address: String(match.2))
  }

  /// Accepts the part of RFC 5321's mailbox syntax that is in use: a dot-atom, and a domain of letters, digits
  /// and hyphens.
  package static func checked(_ text: String) throws(InvalidValue) -> String {
    let address = try checkedText(text, "e-mail address")
    let form =
      /[A-Za-z0-9!#$%&'*+\/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+\/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,}/
    guard address.utf8.count <= 254, address.wholeMatch(of: form) != nil else {
      throw InvalidValue(
        "“\(excerpt(address))” is not an e-mail address such as anna@example.org"
          + (address.utf8.allSatisfy { $0 < 0x80 } ? "." : "; write a domain in its xn-- form."))
    }
    return address
  }

  package var domain: Substring { address.suffix(from: address.lastIndex(of: "@")!).dropFirst() }
}
