package import EventLog
package import Vocabulary

/// A document was printed for handing out. The event is enough to reproduce it byte for byte.
package struct DocumentPrinted: EventBody {
  package static let type = "DocumentPrinted"
  /// 1, 2, 3 … within the conference.
  package var number: Int
  /// The kind of document: `booklet`, `door-signs`, `badges`.
  package var kind: String
  /// The position that the document shows.
  package var position: Int
  package var settings: PrintSettings
  /// SHA-256 of the file, 64 hexadecimal digits.
  package var hash: String
  /// SHA-256 over the templates used and the typesetter's version.
  package var templates: String
  package var copies: Int?
  /// Who got the copies: “registration desk”.
  package var recipient: String?
  package var tags: [Tag] { [.print] }

  package init(
    number: Int, kind: String, position: Int, settings: PrintSettings, hash: String,
    templates: String, copies: Int? = nil, recipient: String? = nil
  ) {
    self.number = number
    self.kind = kind
    self.position = position
    self.settings = settings
    self.hash = hash
    self.templates = templates
    self.copies = copies
    self.recipient = recipient
  }
}

/// The options of a print, without its kind and position. Nil: the default.
package struct PrintSettings: Hashable, Sendable, Codable {
  package var languages: [Language]?
  /// `a4`, `letter`, `a3` …
  package var paper: String?
  package var grey: Bool?
  /// Two A5 pages on each A4 side, in the order for folding.
  package var imposed: Bool?
  /// Prints only these, by `session`, `room`, `day`, `person`, `attendee`, `track` or `category`.
  package var only: [String: String]?
  /// The columns of a list, in order.
  package var columns: [String]?
  /// The format of badges or labels.
  package var size: String?
  /// Prints only what is new or changed since the print with this number.
  package var since: Int?
  /// Prints the program as last released, not the draft.
  package var released: Bool?
  /// Prints a substitute for characters that no font has.
  package var replaceMissing: Bool?
  /// How a booklet groups the sessions: by `track` or `room`; nil: by day.
  package var by: String?
  /// The most pages that a booklet may have.
  package var pages: Int?

  package init() {}
}
