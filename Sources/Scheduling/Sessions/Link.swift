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
    self.kind = kind
    self.url = try WebAddress(url).text
    self.title = title
  }

  /// As feeds and pages have it: with every character escaped that an address cannot have.
  package var address: String { WebAddress.escaped(url) }
}
