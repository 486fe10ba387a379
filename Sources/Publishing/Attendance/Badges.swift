package import Vocabulary

/// Badges on cards or labels of one format; see `badges.typ`.
package struct BadgesDocument: PiecewiseDocument {
  package static let template = "badges"
  package let header: DocumentHeader
  package let body: Body

  package struct Body: Encodable, Sendable, Equatable {
    /// The short title of the conference.
    package let title: LocalizedText
    package let format: BadgeFormat
    /// The lines that the back has room for; 0 without a back.
    package let backLines: Int
    /// Printed on the back for attendees without sign-ups: the program, or what is for everybody, if it is short.
    package let plan: Plan
    /// Printed there if the plan is empty.
    package let days: [Day]
    /// In the order of the check-in list.
    package let badges: [Badge]
  }

  package struct Plan: Encodable, Sendable, Equatable {
    package var entries: [Session] = []
    /// The sessions that are not for everybody, and have no room.
    package var more = 0
    /// Whether no program was released yet.
    package var isDraft = false
  }

  package struct Day: Encodable, Sendable, Equatable {
    package let date: LocalizedText
    /// `09:00–18:00`, from the first session to the last one.
    package let hours: String
  }

  package struct Badge: Encodable, Sendable, Equatable {
    package let attendee: AttendeeID
    package let names: [Name]
    @Nullable package var position: Line?
    @Nullable package var organisation: Line?
    @Nullable package var country: LocalizedText?
    package let category: Category
    /// The sessions that the attendee signed up for, in order of time.
    package let sessions: [Session]
    /// The code for check-in, as people read it: `104 827`.
    package let code: String
    /// The same without the space.
    package let qr: QRCode
  }

  /// A form of the name with its width; see `TypeWidth`.
  package struct Name: Encodable, Sendable, Equatable {
    package let text: String
    package let lang: Language
    package let width: Double
    /// The width of the wider line if the name is set in two.
    package let halved: Double
    /// The given name and the family name in the order of printing. Empty if they are not known, and without spaces between them.
    package var parts: [Part] = []
  }

  /// A part of a name; see ``Name``.
  package struct Part: Encodable, Sendable, Equatable {
    package let text: String
    package let width: Double
    package let halved: Double
    package let given: Bool
  }

  package struct Line: Encodable, Sendable, Equatable {
    package let text: LocalizedText
    package let width: Double
  }

  package struct Category: Encodable, Sendable, Equatable {
    package let name: LocalizedText
    /// Nil for a category that Plenary does not know.
    @Nullable package var meaning: LocalizedText?
    package let sign: PrintedCategory.Sign
    package let color: String
  }

  package struct Session: Encodable, Sendable, Equatable {
    /// `Fri 25`
    package let day: LocalizedText
    package let time: String
    package let title: LocalizedText
    @Nullable package var room: LocalizedText?
  }

  /// What is printed on one badge, and nothing else.
  private struct Content: Encodable, Sendable {
    let title: LocalizedText
    let badge: Badge
    let plan: [Session]
    let more: Int
    let days: [Day]
    let pictures: [DocumentHeader.Picture]
  }

  package var pieces: [PrintedPiece] {
    let pictures = header.pictures(sponsors: body.format.back == .none ? 0 : Self.mostSponsors)
    return body.badges.map { badge in
      let hasPlan = badge.sessions.isEmpty && !body.plan.entries.isEmpty
      let hasDays = badge.sessions.isEmpty && !hasPlan && body.backLines > 0
      return PrintedPiece(
        key: Self.key(badge.attendee),
        title: LocalizedText([badge.names[0].lang: badge.names[0].text]),
        content: Content(
          title: body.title, badge: badge, plan: hasPlan ? body.plan.entries : [],
          more: hasPlan ? body.plan.more : 0,
          days: hasDays ? Array(body.days.prefix(body.backLines)) : [], pictures: pictures))
    }
  }

  package func only(pieces keys: Set<String>) -> Self {
    Self(
      header: header,
      body: Body(
        title: body.title, format: body.format, backLines: body.backLines, plan: body.plan, days: body.days,
        badges: body.badges.filter { keys.contains(Self.key($0.attendee)) }))
  }

  /// As many as `badges.typ` prints.
  static let mostSponsors = 4

  private static func key(_ attendee: AttendeeID) -> String { "badge \(attendee)" }
}

/// The size of a badge and the layout of the sheet, in millimetres.
package struct BadgeFormat: Encodable, Sendable, Equatable {
  package enum Back: String, Encodable, Sendable {
    /// On the next page; it matches when the sheet is turned over on its long edge.
    case turned
    /// To the left of the front, to be folded back.
    case beside
    /// No back: a label.
    case none
  }

  package enum Marks: String, Encodable, Sendable { case crop, fold, none }

  /// The name in `PrintSettings.size`.
  package let name: String
  package let width: Double
  package let height: Double
  package let sheetWidth: Double
  package let sheetHeight: Double
  package let columns: Int
  package let rows: Int
  /// The position of the first badge.
  package let left: Double
  package let top: Double
  /// The distance from one badge to the next.
  package let pitchX: Double
  package let pitchY: Double
  package let back: Back
  package let marks: Marks

  /// Labels are named by their measures, because several makers have the same ones.
  package static let names = [
    "a6", "a6-folded", "90x55", "86x54", "99.1x67.7", "63.5x38.1", "4x3in", "3.375x2.333in",
  ]

  /// - Parameters:
  ///   - name: nil for `a6`.
  ///   - letter: whether sheets are US Letter, unless the format defines its sheet.
  /// - Throws: `InvalidValue` for an unknown format.
  package static func named(_ name: String?, letter: Bool) throws(InvalidValue) -> BadgeFormat {
    switch (name ?? "a6").lowercased() {
    case "a6": page("a6", 105, 148)
    case "86x54": page("86x54", 85.6, 53.98)
    case "a6-folded" where letter:
      sheet("a6-folded", 107.95, 139.7, letter, 1, 2, at: (0, 0), pitch: (215.9, 139.7), .beside, .fold)
    case "a6-folded":
      sheet("a6-folded", 105, 148.5, letter, 1, 2, at: (0, 0), pitch: (210, 148.5), .beside, .fold)
    case "90x55" where letter:
      sheet("90x55", 90, 55, letter, 2, 4, at: (17.95, 29.7), pitch: (90, 55), .turned, .crop)
    case "90x55":
      sheet("90x55", 90, 55, letter, 2, 5, at: (15, 11), pitch: (90, 55), .turned, .crop)
    case "99.1x67.7": labels("99.1x67.7", 99.1, 67.7, false, 2, 4, at: (4.65, 13.1), pitch: (101.6, 67.7))
    case "63.5x38.1": labels("63.5x38.1", 63.5, 38.1, false, 3, 7, at: (7.21, 15.15), pitch: (66.04, 38.1))
    case "4x3in": labels("4x3in", 101.6, 76.2, true, 2, 3, at: (6.35, 25.4), pitch: (101.6, 76.2))
    case "3.375x2.333in":
      labels("3.375x2.333in", 85.725, 59.267, true, 2, 4, at: (17.463, 14.817), pitch: (95.25, 63.5))
    default:
      throw InvalidValue(
        "“\(excerpt(name ?? ""))” is not a badge format; the formats are "
          + names.joined(separator: ", ") + ".")
    }
  }

  /// The lines that the back has room for, beside a row of sponsors or not. The measures are those of `badges.typ`, which
  /// compares.
  func backLines(sponsors: Bool) -> Int {
    if back == .none { return 0 }
    let isTall = height > width
    let unit = isTall ? width / 78 : min(width / 90, height / 55)
    let first = max(3, width * 0.06) + (isTall ? 13 : 4.6 * unit)
    let foot = isTall ? 18 : height * 0.17
    let logos = sponsors ? (isTall ? 9 : 5.5 * unit) * 1.35 : 0
    return Int((height - foot - first - logos) / (isTall ? 8.6 : 3.35 * unit))
  }

  /// One badge per page. The page has the badge's size.
  private static func page(_ name: String, _ width: Double, _ height: Double) -> BadgeFormat {
    BadgeFormat(
      name: name, width: width, height: height, sheetWidth: width, sheetHeight: height, columns: 1,
      rows: 1, left: 0, top: 0, pitchX: width, pitchY: height, back: .turned, marks: .none)
  }

  private static func labels(
    _ name: String, _ width: Double, _ height: Double, _ letter: Bool, _ columns: Int, _ rows: Int,
    at corner: (Double, Double), pitch: (Double, Double)
  ) -> BadgeFormat {
    sheet(name, width, height, letter, columns, rows, at: corner, pitch: pitch, .none, .none)
  }

  private static func sheet(
    _ name: String, _ width: Double, _ height: Double, _ letter: Bool, _ columns: Int, _ rows: Int,
    at corner: (Double, Double), pitch: (Double, Double), _ back: Back, _ marks: Marks
  ) -> BadgeFormat {
    BadgeFormat(
      name: name, width: width, height: height, sheetWidth: letter ? 215.9 : 210,
      sheetHeight: letter ? 279.4 : 297, columns: columns, rows: rows, left: corner.0,
      top: corner.1, pitchX: pitch.0, pitchY: pitch.1, back: back, marks: marks)
  }
}

/// The estimated width of a text in bold sans serif, in em with one decimal.
///
/// Templates need only an estimate, and measuring a thousand names takes longer than setting them. The
/// classes follow the advance widths of Noto Sans Bold and are rather too wide.
enum TypeWidth {
  static func of(_ text: String) -> Double { tenths(hundredths(text)) }

  /// The width of the wider line if the text is broken at the best place.
  static func halved(_ text: String) -> Double {
    let words = text.split(separator: " ")
    guard words.count > 1 else { return of(text) }
    let lines = (1..<words.count).map { count in
      max(
        hundredths(words.prefix(count).joined(separator: " ")),
        hundredths(words.dropFirst(count).joined(separator: " ")))
    }
    return tenths(lines.min() ?? hundredths(text))
  }

  private static func tenths(_ hundredths: Int) -> Double { Double((hundredths + 9) / 10) / 10 }

  private static func hundredths(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "i", "j", "l", "ı", "ł", "'", "’", ".", ",", ":", ";", "!", "|", "·", " ", "\u{a0}": 33
    case "I", "J", "f", "r", "t", "(", ")", "[", "]", "-", "‐", "/": 46
    case "m", "w", "M", "W", "@", "%", "—", "æ", "œ", "Æ", "Œ", "ж", "м", "ф", "ы", "ю", "Ж", "М", "Ф", "Ы":
      98
    case "ш", "щ", "Ш", "Щ", "Ю": 112
    case "\u{1100}"..."\u{115F}", "\u{2E80}"..."\u{A4CF}", "\u{AC00}"..."\u{D7A3}",
      "\u{F900}"..."\u{FAFF}", "\u{FE30}"..."\u{FE4F}", "\u{FF00}"..."\u{FF60}",
      "\u{20000}"..."\u{3FFFD}":
      100
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: 0
      case .uppercaseLetter, .titlecaseLetter: 78
      case .lowercaseLetter, .decimalNumber: 63
      default: 72
      }
    }
  }
}
