package import Vocabulary

/// A web address of a session or presentation: its slides, its paper, a stream.
package struct Link: Hashable, Sendable, Codable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case slides, paper, recording, stream, article, related, attachment
  }

  package var kind: Kind
  /// `https://…` or `http://…`.
  package var url: String
  package var title: LocalizedText?

  /// - Throws: `InvalidValue` for an address that is not http or https.
  package init(_ kind: Kind, _ url: String, title: LocalizedText? = nil) throws(InvalidValue) {
    let address = try checkedText(url, "address")
    guard Self.isWebAddress(address) else {
      throw InvalidValue("“\(excerpt(address))” is not a URL; write it as https://example.org/slides.pdf.")
    }
    self.kind = kind
    self.url = address
    self.title = title
  }

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
