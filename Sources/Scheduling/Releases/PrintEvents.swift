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
  /// The logo and the sponsors, in the order of printing.
  package var pictures: [PrintedPicture]?
  /// Where the program is on the web, for the codes on door signs: `https://forum.example/program`.
  package var web: String?
  /// Whether door signs show the rooms before and after in the list of rooms as those next door.
  package var nextDoor: Bool?
  /// For a print shop: crop marks, bleed, colours of four inks.
  package var press: Bool?
  /// By how many micrometres each sheet of a booklet moves its pages towards the fold.
  package var creep: Int?
  /// How many short itineraries or chair's sheets are on one page, to be cut apart; nil: one.
  package var perPage: Int?
  /// Only chair's sheets of sessions with a chair, a moderator or presentations.
  package var chairedOnly: Bool?

  package init() {}
}

/// A picture on a print. The ledger keeps which one it is, not the file: a reprint needs the same file again.
package struct PrintedPicture: Hashable, Sendable, Codable {
  package enum Use: String, Sendable, Codable, CaseIterable { case logo, sponsor }
  package enum Format: String, Sendable, Codable, CaseIterable { case png, svg }

  package var use: Use
  package var format: Format
  /// The file’s own name, for messages.
  package var file: String
  /// SHA-256 of the file, 64 hexadecimal digits.
  package var hash: String
  /// Only the ratio counts.
  package var width: Int
  package var height: Int
  /// What it shows, for people who do not see it.
  package var text: LocalizedText

  package init(
    _ use: Use, _ format: Format, file: String, hash: String, width: Int, height: Int, text: LocalizedText
  ) {
    self.use = use
    self.format = format
    self.file = file
    self.hash = hash
    self.width = width
    self.height = height
    self.text = text
  }
}
