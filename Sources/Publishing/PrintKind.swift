import EventLog
import JSON
import Scheduling
package import Vocabulary

/// A kind of printed document. The raw values are the names in commands and in the print ledger.
package enum PrintKind: String, Sendable, CaseIterable {
  case booklet, pocket
  case wallGrid = "wall-grid"
  case daySheets = "day-sheets"
  case doorSigns = "door-signs"
  case itineraries
  case chairSheets = "chair-sheets"
  case placeCards = "place-cards"
  case participants
  case signIn = "sign-in"
  case checkIn = "check-in"
  case badges

  /// Whether it needs the attendees, not only the program.
  package var isAboutAttendees: Bool {
    switch self {
    case .participants, .signIn, .checkIn, .badges: true
    case .booklet, .pocket, .wallGrid, .daySheets, .doorSigns, .itineraries, .chairSheets, .placeCards:
      false
    }
  }

  /// Whether the logo and the sponsors are on it.
  package var hasPictures: Bool {
    switch self {
    case .booklet, .doorSigns, .badges: true
    case .pocket, .wallGrid, .daySheets, .itineraries, .chairSheets, .placeCards, .participants, .signIn,
      .checkIn:
      false
    }
  }

  /// Whether a print shop may print it.
  package var goesToPress: Bool {
    switch self {
    case .booklet, .pocket, .wallGrid, .daySheets, .doorSigns, .badges: true
    case .itineraries, .chairSheets, .placeCards, .participants, .signIn, .checkIn: false
    }
  }

  /// The name in a sentence: “the booklet”.
  package func title(in languages: [Language]) -> LocalizedText { Labels.print(self).localized(languages) }
}

extension Labels {
  static func print(_ kind: PrintKind) -> Wording {
    switch kind {
    case .booklet: Wording("the booklet")
    case .pocket: Wording("the pocket program")
    case .wallGrid: Wording("the wall grid")
    case .daySheets: Wording("the day sheets")
    case .doorSigns: Wording("the door signs")
    case .itineraries: Wording("the itineraries")
    case .chairSheets: Wording("the chair’s sheets")
    case .placeCards: Wording("the place cards")
    case .participants: Wording("the list of participants")
    case .signIn: Wording("the sign-in sheet")
    case .checkIn: Wording("the check-in list")
    case .badges: Wording("the name badges")
    }
  }
}

extension PrintedDocument {
  /// A hash of the content without the stamp. It stays the same as long as no new print is needed.
  ///
  /// - Returns: SHA-256, 64 hexadecimal digits.
  package func fingerprint() throws -> String { hexadecimal(sha256(try JSONText.encode(body))) }
}

extension PrintedPiece {
  /// A hash of the content: SHA-256, 64 hexadecimal digits. It stays the same as long as no new print is
  /// needed.
  package func fingerprint() throws -> String { hexadecimal(sha256(try JSONText.encode(content))) }
}
