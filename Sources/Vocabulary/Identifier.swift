/// The permanent short name of one thing in a conference, chosen by the organizer or made from its title.
///
/// It has lower-case Latin letters, digits and single hyphens between them, 1 to 64 characters (96 for an
/// entry of the record, because earlier versions named it after its session). So it can be used in tags, file
/// names, URLs and iCalendar UIDs. It is never reused for another thing. The phantom type `Kind` keeps
/// a room's identifier from being passed as a session's.
package struct Identifier<Kind: IdentifiedEntity>: Hashable, Sendable, Comparable, Codable {
  package let slug: String

  package init(_ text: String) throws(InvalidValue) {
    guard Self.isSlug(text) else {
      throw InvalidValue(
        "“\(excerpt(text))” cannot name \("aeiou".contains(Kind.noun.first ?? " ") ? "an" : "a") \(Kind.noun): use lower-case letters, digits and single "
          + "hyphens, at most \(Kind.limit) characters, for example “\(Self.similar(to: text) ?? Kind.example)”."
      )
    }
    slug = text
  }

  /// `room-2` for `Room 2`; nil if the text has other letters than Latin ones.
  private static func similar(to text: String) -> String? {
    let letters = IndexOrder.folded(String(text.prefix(Kind.limit))).map {
      UnicodeScalar($0).map(Character.init) ?? " "
    }
    guard !letters.contains(where: { $0.isLetter && !$0.isASCII }) else { return nil }
    let slug = letters.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.map { String($0) }
      .joined(separator: "-")
    return isSlug(slug) ? slug : nil
  }

  package init(from decoder: any Decoder) throws {
    slug = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(slug)
  }

  package static func < (a: Self, b: Self) -> Bool { a.slug < b.slug }

  static func isSlug(_ text: String) -> Bool {
    guard (1...Kind.limit).contains(text.utf8.count) else { return false }
    var previousIsHyphen = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        previousIsHyphen = false
      case UInt8(ascii: "-"):
        if previousIsHyphen { return false }
        previousIsHyphen = true
      default: return false
      }
    }
    return !previousIsHyphen
  }
}

extension Identifier: CustomStringConvertible {
  package var description: String { slug }
}

/// The kind of thing that an identifier names, with a noun and an example for error messages.
package protocol IdentifiedEntity: Sendable {
  static var noun: String { get }
  static var example: String { get }
  /// The maximum number of characters.
  static var limit: Int { get }
}

extension IdentifiedEntity {
  package static var limit: Int { 64 }
}

package enum ConferenceEntity: IdentifiedEntity {
  package static let noun = "conference"
  package static let example = "shanghai-2016"
}

package enum RoomEntity: IdentifiedEntity {
  package static let noun = "room"
  package static let example = "main-hall"
}

package enum TrackEntity: IdentifiedEntity {
  package static let noun = "track"
  package static let example = "economy"
}

package enum SessionEntity: IdentifiedEntity {
  package static let noun = "session"
  package static let example = "opening"
}

package enum PersonEntity: IdentifiedEntity {
  package static let noun = "speaker"
  package static let example = "feng-shaolei"
}

package enum VenueEntity: IdentifiedEntity {
  package static let noun = "venue"
  package static let example = "west-campus"
}

package enum FeatureEntity: IdentifiedEntity {
  package static let noun = "feature"
  package static let example = "projector"
}

package enum PresentationEntity: IdentifiedEntity {
  package static let noun = "presentation"
  package static let example = "water-on-mars"
}

package enum AttendeeEntity: IdentifiedEntity {
  package static let noun = "attendee"
  package static let example = "a-7k3m9q"
}

package enum RecordEntity: IdentifiedEntity {
  package static let noun = "statement"
  package static let example = "e-7k3m9q2x"
  package static let limit = 96
}

package enum CorrectionEntity: IdentifiedEntity {
  package static let noun = "correction"
  package static let example = "k-7k3m9q2x"
}

package enum VoiceEntity: IdentifiedEntity {
  package static let noun = "voice"
  package static let example = "red-tie"
}

package enum OrganisationEntity: IdentifiedEntity {
  package static let noun = "organisation"
  package static let example = "eaeu"
}

package enum SubjectEntity: IdentifiedEntity {
  package static let noun = "subject"
  package static let example = "trade"
}

package typealias ConferenceID = Identifier<ConferenceEntity>

package typealias RoomID = Identifier<RoomEntity>

package typealias TrackID = Identifier<TrackEntity>

package typealias SessionID = Identifier<SessionEntity>

package typealias PersonID = Identifier<PersonEntity>

package typealias VenueID = Identifier<VenueEntity>

/// Equipment of a room that a session may need: a projector, interpretation, step-free access.
package typealias FeatureID = Identifier<FeatureEntity>

package typealias PresentationID = Identifier<PresentationEntity>

package typealias AttendeeID = Identifier<AttendeeEntity>

/// A statement, position, conclusion or recommendation. It says nothing about the entry: neither its session nor
/// its number. (Entries recorded by earlier versions are named after both.)
package typealias RecordID = Identifier<RecordEntity>

package typealias CorrectionID = Identifier<CorrectionEntity>

/// Somebody who speaks and whose name nobody knows.
package typealias VoiceID = Identifier<VoiceEntity>

/// An organisation that texts of the record mention: `[[org:eaeu]]`.
package typealias OrganisationID = Identifier<OrganisationEntity>

/// A subject that texts of the record are about: `[[subject:trade|…]]`.
package typealias SubjectID = Identifier<SubjectEntity>
