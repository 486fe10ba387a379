package import EventLog
package import Vocabulary

/// A room or a venue, as one end of a travel time.
package enum Place: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  case room(RoomID)
  case venue(VenueID)

  package var tag: Tag {
    switch self {
    case .room(let room): room.tag
    case .venue(let venue): venue.tag
    }
  }

  /// The text of its tag: `room:main-hall`.
  package var description: String { tag.text }

  package static func < (a: Self, b: Self) -> Bool { a.description < b.description }

  package init(_ text: String) throws(InvalidValue) {
    let words = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (words.first, words.count) {
    case ("room", 2): self = .room(try RoomID(words[1]))
    case ("venue", 2): self = .venue(try VenueID(words[1]))
    default: throw InvalidValue("“\(excerpt(text))” is neither “room:…” nor “venue:…”.")
    }
  }

  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
