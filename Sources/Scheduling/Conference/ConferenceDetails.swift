package import Vocabulary

/// The conference as a whole: titles, days, zone and languages.
package struct ConferenceDetails: Codable, Sendable, Hashable {
  package var title: LocalizedText
  package var shortTitle: LocalizedText?
  package var place: LocalizedText?
  package var firstDay: CalendarDate
  /// Equal to `firstDay` for a conference of one day.
  package var lastDay: CalendarDate
  /// The IANA name of the time zone of all the conference's times. See ``ZoneCorrection``.
  package var zone: String
  /// In order of preference; the first is the main one.
  package var languages: [Language] = []
  /// The greeting on the first page of the booklet.
  package var welcome: LocalizedText?
  /// Minutes between two rooms without a stated travel time; nil: none.
  package var roomChange: Int?
  /// The minute of the clock at which a day of the conference begins; what is earlier belongs to the evening before.
  /// Nil: midnight.
  package var dayStart: Int?
  /// The conference's own pages.
  package var website: WebAddress?
  /// Whether entry is free, or what it costs.
  package var admission: Admission?
  /// Where to register, or to buy a ticket.
  package var tickets: WebAddress?

  /// The day of the conference to which a time belongs.
  package func day(of time: ZonedTime) -> CalendarDate { time.day(beginningAt: dayStart ?? 0) }

  package init(
    title: LocalizedText, firstDay: CalendarDate, lastDay: CalendarDate, zone: String,
    _ build: (inout Self) -> Void = { _ in }
  ) {
    self.title = title
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.zone = zone
    build(&self)
  }

  /// - Returns: nil without a title, a day or a zone.
  package init?(_ all: Changes) {
    guard let title = all.title, let firstDay = all.firstDay, let lastDay = all.lastDay, let zone = all.zone
    else { return nil }
    self.init(title: title, firstDay: firstDay, lastDay: lastDay, zone: zone) { all.apply(to: &$0) }
  }

  package struct Changes: DetailChanges {
    package var title: LocalizedText?
    package var shortTitle: LocalizedText?
    package var place: LocalizedText?
    package var firstDay: CalendarDate?
    package var lastDay: CalendarDate?
    package var zone: String?
    package var languages: [Language]?
    package var welcome: LocalizedText?
    package var roomChange: Int?
    package var dayStart: Int?
    package var website: WebAddress?
    package var admission: Admission?
    package var tickets: WebAddress?
    package var cleared: [Field]?

    package init() {}
  }

  package enum Field: String, DetailField {
    case title, shortTitle, place, firstDay, lastDay, zone, languages, welcome, roomChange, dayStart, website,
      admission, tickets

    package var access: FieldAccess<ConferenceDetails, Changes> {
      switch self {
      case .title: .required(\.title, \.title, combine: mergingLanguages)
      case .shortTitle: .optional(\.shortTitle, \.shortTitle, combine: mergingLanguages)
      case .place: .optional(\.place, \.place, combine: mergingLanguages)
      case .firstDay: .required(\.firstDay, \.firstDay)
      case .lastDay: .required(\.lastDay, \.lastDay)
      case .zone: .required(\.zone, \.zone)
      case .languages: .required(\.languages, \.languages)
      case .welcome: .optional(\.welcome, \.welcome, combine: mergingLanguages)
      case .roomChange: .optional(\.roomChange, \.roomChange)
      case .dayStart: .optional(\.dayStart, \.dayStart)
      case .website: .optional(\.website, \.website)
      case .admission: .optional(\.admission, \.admission)
      case .tickets: .optional(\.tickets, \.tickets)
      }
    }

    /// Which sessions a change of the field can bring into conflict with others.
    var boundary: Boundary {
      switch self {
      case .firstDay, .lastDay: .lostDays
      case .zone, .roomChange, .dayStart: .wholeProgram
      case .title, .shortTitle, .place, .languages, .welcome, .website, .admission, .tickets: .conference
      }
    }
  }

  /// What a decision about a field reads besides the conference.
  enum Boundary { case conference, lostDays, wholeProgram }
}
