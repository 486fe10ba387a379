package import EventLog
package import Vocabulary

/// A document was printed to be handed out: enough to print it again, byte for byte.
package struct DocumentPrinted: EventBody {
  package static let type = "DocumentPrinted"
  /// 1, 2, 3 … within the conference.
  package var number: Int
  /// As the command names it: `booklet`, `door-signs`, `badges`.
  package var kind: String
  /// What it was made from.
  package var position: Int
  package var settings: PrintSettings
  /// SHA-256 of the file, 64 hexadecimal digits.
  package var hash: String
  /// SHA-256 over the templates that it was set with, and the typesetter's version.
  package var templates: String
  package var copies: Int?
  /// For whom: “the printer's”, “registration desk”.
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

/// What a print was asked to be, beside its kind and position; nil: as it is by default.
package struct PrintSettings: Hashable, Sendable, Codable {
  package var languages: [Language]?
  /// `a4`, `letter`, `a3` …
  package var paper: String?
  package var grey: Bool?
  /// Two A5 pages on each A4 side, in the order for folding.
  package var imposed: Bool?
  /// Only this session, room, day, person, attendee, track or category, under those names.
  package var only: [String: String]?
  /// The columns of a list, in order.
  package var columns: [String]?
  /// The format of badges or labels.
  package var size: String?
  /// Only what is new or changed since that print.
  package var since: Int?
  /// The released program at that position, not the present one.
  package var released: Bool?

  package init() {}
}
