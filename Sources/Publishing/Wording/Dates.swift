import Vocabulary

/// Dates and times in words, from our own table, so that the machine's locale has no effect.
///
/// In English, Chinese and Russian. For any other language, dates are in ISO 8601.
enum Dates {
  private enum Style { case english, chinese, russian, iso }

  private static func style(_ language: Language) -> Style {
    switch language.primary {
    case "en": .english
    case "zh": .chinese
    case "ru": .russian
    default: .iso
    }
  }

  /// `25 March 2016`
  static func day(_ date: CalendarDate, in language: Language) -> String {
    switch style(language) {
    case .english: "\(date.day)\u{a0}\(english[date.month - 1]) \(date.year)"
    case .chinese: "\(date.year)年\(date.month)月\(date.day)日"
    case .russian: "\(date.day)\u{a0}\(russian[date.month - 1]) \(date.year)\u{a0}г."
    case .iso: date.description
    }
  }

  /// `25 March`: when the year is clear.
  static func dayOfYear(_ date: CalendarDate, in language: Language) -> String {
    switch style(language) {
    case .english: "\(date.day)\u{a0}\(english[date.month - 1])"
    case .chinese: "\(date.month)月\(date.day)日"
    case .russian: "\(date.day)\u{a0}\(russian[date.month - 1])"
    case .iso: date.description
    }
  }

  /// `Friday, 25 March 2016`
  static func weekday(_ date: CalendarDate, in language: Language) -> String {
    // 1970-01-01 was a Thursday.
    let number = ((date.daysSince1970 + 4) % 7 + 7) % 7
    let day = day(date, in: language)
    return switch style(language) {
    case .english: "\(englishWeek[number]), \(day)"
    case .chinese: "\(day) 星期\(chineseWeek[number])"
    case .russian: "\(russianWeek[number]), \(day)"
    case .iso: day
    }
  }

  /// `25–26 March 2016`
  static func days(_ first: CalendarDate, _ last: CalendarDate, in language: Language) -> String {
    if first == last { return day(first, in: language) }
    let style = style(language)
    let sameYear = first.year == last.year
    let sameMonth = sameYear && first.month == last.month
    switch style {
    case .english where sameMonth, .russian where sameMonth:
      return "\(first.day)–\(day(last, in: language))"
    case .english where sameYear, .russian where sameYear:
      return "\(dayOfYear(first, in: language)) – \(day(last, in: language))"
    case .chinese where sameMonth: return "\(first.year)年\(first.month)月\(first.day)—\(last.day)日"
    case .chinese where sameYear:
      return "\(day(first, in: language))—\(dayOfYear(last, in: language))"
    case .chinese: return "\(day(first, in: language))—\(day(last, in: language))"
    case .english, .russian, .iso:
      return "\(day(first, in: language)) – \(day(last, in: language))"
    }
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

  static func joint(_ language: Language) -> String {
    switch style(language) {
    case .english, .russian: ", "
    case .chinese, .iso: " "
    }
  }

  private static let english = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let russian = [
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
  ]
  private static let englishWeek = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let chineseWeek = ["日", "一", "二", "三", "四", "五", "六"]
  private static let russianWeek = [
    "Воскресенье", "Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота",
  ]
}

extension [Language] {
  /// The same in each of the languages.
  func localized(_ say: (Language) -> String) -> LocalizedText {
    LocalizedText(
      Dictionary(map { ($0, say($0)) }, uniquingKeysWith: { first, _ in first }))
  }
}
