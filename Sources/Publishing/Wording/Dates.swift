import Vocabulary

/// Dates and times in words, from CLDR's tables, so that the machine's locale has no effect.
///
/// Digits are those of Europe, and clocks have 24 hours, as on signs and tickets everywhere. In a language without tables,
/// dates are in ISO 8601.
enum Dates {
  /// `25 March 2016`
  static func day(_ date: CalendarDate, in language: Language) -> String {
    language.cldr.map { $0.format($0.day, date) } ?? date.description
  }

  /// `25 March`: when the year is clear.
  static func dayOfYear(_ date: CalendarDate, in language: Language) -> String {
    language.cldr.map { $0.format($0.dayOfYear, date) } ?? date.description
  }

  /// `Friday, 25 March 2016`. It begins with a capital letter, because it is a heading.
  static func weekday(_ date: CalendarDate, in language: Language) -> String {
    language.cldr.map { capitalized($0.format($0.weekday, date)) } ?? date.description
  }

  /// `Fri 25`: when the month is clear and space is short.
  static func shortDay(_ date: CalendarDate, in language: Language) -> String {
    language.cldr.map { capitalized($0.format($0.shortDay, date)) } ?? String(date.description.dropFirst(5))
  }

  /// `25–26 March 2016`
  static func days(_ first: CalendarDate, _ last: CalendarDate, in language: Language) -> String {
    if first == last { return day(first, in: language) }
    guard let cldr = language.cldr else { return "\(first) – \(last)" }
    let isOneYear = first.year == last.year
    let pattern =
      isOneYear ? first.month == last.month ? cldr.sameMonth : cldr.sameYear : cldr.years
    return cldr.format(pattern, first, last)
  }

  /// `25 March 2016, 09:30–11:00`
  static func span(_ start: ZonedTime, _ end: ZonedTime, in language: Language) -> String {
    span(start, end, on: start.date, until: end.date == start.date ? nil : end.date, in: language)
  }

  /// - Parameters:
  ///   - date: the day on which it begins, which may begin later than at midnight.
  ///   - last: the day on which it ends, if it is another one.
  static func span(
    _ start: ZonedTime, _ end: ZonedTime, on date: CalendarDate, until last: CalendarDate?,
    in language: Language
  ) -> String {
    let join = joint(language)
    guard let last else { return day(date, in: language) + join + "\(start.clock)–\(end.clock)" }
    return day(date, in: language) + join + "\(start.clock) – " + day(last, in: language) + join + end.clock
  }

  /// `25 March 2016, 12:00 UTC`
  static func instant(_ time: Timestamp, in language: Language) -> String {
    day(time.date, in: language) + joint(language) + time.description.dropFirst(11).prefix(5)
      + "\u{a0}UTC"
  }

  /// `25 March, 14:20`: an instant on the clocks of a place, when the year is clear.
  static func moment(_ time: ZonedTime, in language: Language) -> String {
    dayOfYear(time.date, in: language) + joint(language) + time.clock
  }

  /// Between a date and a time.
  static func joint(_ language: Language) -> String { language.cldr?.timeJoint ?? " " }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension [Language] {
  /// The same in each of the languages.
  func localized(_ say: (Language) -> String) -> LocalizedText {
    LocalizedText(
      Dictionary(map { ($0, say($0)) }, uniquingKeysWith: { first, _ in first }))
  }
}
