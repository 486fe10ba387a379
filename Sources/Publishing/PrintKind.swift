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

  /// The name in a sentence: “the booklet”.
  package func title(in languages: [Language]) -> LocalizedText { Labels.print(self).localized(languages) }
}

extension Labels {
  static func print(_ kind: PrintKind) -> Wording {
    switch kind {
    case .booklet: Wording("the booklet", "会议手册", "буклет")
    case .pocket: Wording("the pocket program", "袖珍日程", "карманная программа")
    case .wallGrid: Wording("the wall grid", "日程墙报", "стенная сетка")
    case .daySheets: Wording("the day sheets", "每日日程", "листы дней")
    case .doorSigns: Wording("the door signs", "门牌", "таблички на двери")
    case .itineraries: Wording("the itineraries", "个人日程", "личные программы")
    case .chairSheets: Wording("the chair’s sheets", "主席流程单", "листы председателей")
    case .placeCards: Wording("the place cards", "席卡", "настольные таблички")
    case .participants: Wording("the list of participants", "与会人员名单", "список участников")
    case .signIn: Wording("the sign-in sheet", "签到表", "лист регистрации")
    case .checkIn: Wording("the check-in list", "报到名单", "список встречающих")
    case .badges: Wording("the name badges", "胸卡", "именные бейджи")
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
