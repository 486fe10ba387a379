import Vocabulary

/// Dates as people and spreadsheets write them: `2026-02-03`, `03.02.2026`, `2/3/2026`, `3 Feb 2026`, `February 3, 2026`, with
/// or without a time behind, and the serial numbers of spreadsheets.
enum Dates {
  struct Reading: Hashable {
    var date: CalendarDate
    /// Minutes after midnight, if there is a time.
    var minutes: Int?
    /// In minutes, if there is a zone.
    var time: ForeignTime?
  }

  /// Whether it can be read as a date, also as the serial number of one.
  static func isDate(_ text: String) -> Bool { readInAnyOrder(text) != nil }

  static func looksLikeDate(_ text: String) -> Bool {
    text.count <= 40 && text.contains { $0.isNumber } && Int(text) == nil && isDate(text)
  }

  static func hasTime(_ text: String) -> Bool {
    text.count <= 60 && Int(text) == nil && readInAnyOrder(text)?.minutes != nil
  }

  /// While the order of the table's dates is not known.
  private static func readInAnyOrder(_ text: String) -> Reading? {
    read(text, .dayFirst) ?? read(text, .monthFirst)
  }

  /// Whether day and month could be exchanged, and which comes first if they could not: of `13/2/2026` the day.
  static func order(of text: String) -> (isNumeric: Bool, order: ColumnMapping.DateOrder?) {
    guard let parts = numeric(text), parts.yearPlace == 2, parts.sign != "-" else { return (false, nil) }
    if parts.sign == "." { return (true, .dayFirst) }
    if parts.first > 12 { return (true, .dayFirst) }
    if parts.second > 12 { return (true, .monthFirst) }
    return (true, nil)
  }

  private static func numeric(_ text: String) -> (
    first: Int, second: Int, third: Int, yearPlace: Int, sign: Character, rest: Substring
  )? {
    var rest = trimming(text)[...]
    func number() -> (Int, Int)? {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard (1...4).contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      return (Int(digits)!, digits.count)
    }
    guard let (first, length) = number(), let sign = rest.first, "./-".contains(sign) else { return nil }
    rest = rest.dropFirst().drop { $0 == " " }
    guard let (second, _) = number(), rest.first == sign else { return nil }
    rest = rest.dropFirst().drop { $0 == " " }
    guard let (third, thirdLength) = number() else { return nil }
    if length == 4 { return (first, second, third, 0, sign, rest) }
    guard thirdLength == 4 || thirdLength == 2 else { return nil }
    return (first, second, thirdLength == 2 ? 2000 + third : third, 2, sign, rest)
  }

  static func read(_ text: String, _ order: ColumnMapping.DateOrder) -> Reading? {
    guard let text = text.nonEmpty, text.count <= 80 else { return nil }
    if let time = Clock.time(text) {
      guard case .wall(let date, let minutes) = time else {
        return Clock.date(String(text.prefix(10))).map {
          Reading(date: $0, minutes: Clock.minutes(ofDay: String(text.dropFirst(11).prefix(5))), time: time)
        }
      }
      return Clock.date(date).map { Reading(date: $0, minutes: minutes) }
    }
    if let parts = numeric(text) {
      let date =
        parts.yearPlace == 0
        ? CalendarDate(year: parts.first, month: parts.second, day: parts.third)
        : order == .dayFirst || parts.sign != "/"
          ? CalendarDate(year: parts.third, month: parts.second, day: parts.first)
          : CalendarDate(year: parts.third, month: parts.first, day: parts.second)
      guard let date, Clock.years.contains(date.year) else { return nil }
      return reading(date, parts.rest)
    }
    if let worded = worded(text) { return worded }
    return serial(text)
  }

  /// The two times of `9:00-10:30`, `9:00 – 10:30` or `2026-02-03 9:00-10:30`; nil for one time, and where what stands behind
  /// the dash is more likely by how many hours a clock is behind UTC: `2/3/2026 9:00 -05:00`, `9:00-05:00`.
  ///
  /// - Parameter hasOffsets: whether that is so of `2026-02-03 09:00-10:00` here.
  static func range(_ text: String, _ order: ColumnMapping.DateOrder, hasOffsets: Bool = false) -> (
    String, String
  )? {
    // With seconds it is an offset, and where the second time is the earlier one.
    if let parts = rangeOrOffset(text), parts.last > parts.first, !hasOffsets || !isUsualOffset(parts.last) {
      return (parts.day + parts.first, parts.last)
    }
    guard Clock.minutes(ofDay: text) == nil, read(text, order)?.minutes == nil,
      let dash = text.lastIndex(where: { "-–—".contains($0) })
    else { return nil }
    let (first, last) = (String(text[..<dash]), String(text[text.index(after: dash)...]))
    let time = Clock.minutes(ofDay: first)
    guard let end = Clock.minutes(ofDay: last), let start = time ?? read(first, order)?.minutes else {
      return nil
    }
    if time == nil, first.last == " ", last.first != " " { return nil }
    // A party goes on after midnight, but not for long.
    guard end > start || end + 1440 - start <= 6 * 60 else { return nil }
    return (first, last)
  }

  /// The parts of `2026-02-03 09:00-10:00`, which can be a range, or a time ten hours behind UTC.
  private static func rangeOrOffset(_ text: String) -> (day: String, first: String, last: String)? {
    text.wholeMatch(of: /([0-9]{4}-[0-9]{2}-[0-9]{2} +)([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})/).map {
      (String($0.output.1), String($0.output.2), String($0.output.3))
    }
  }

  /// Whether clocks somewhere are so far behind UTC: 10 hours, not 10 and a half.
  private static func isUsualOffset(_ hours: String) -> Bool {
    hours <= "12:00" && hours.hasSuffix(":00") || ["02:30", "03:30", "04:30", "09:30"].contains(hours)
  }

  static func canBeRangeOrOffset(_ text: String) -> Bool { rangeOrOffset(text) != nil }

  /// Whether it can be no range, because it would end before it starts.
  static func isOffset(_ text: String) -> Bool { rangeOrOffset(text).map { $0.last <= $0.first } ?? false }

  private static func reading(_ date: CalendarDate, _ rest: some StringProtocol) -> Reading? {
    let time = String(rest).replacing(",", with: " ").replacing("T", with: " ").nonEmpty
    guard let time else { return Reading(date: date) }
    return Clock.minutes(ofDay: time).map { Reading(date: date, minutes: $0) }
  }

  private static let months: [String: Int] = {
    var months: [String: Int] = [:]
    for (index, names) in [
      "january januar janvier enero gennaio января",
      "february februar février fevrier febrero febbraio февраля",
      "march märz maerz mars marzo марта", "april avril abril aprile апреля", "may mai mayo maggio мая",
      "june juni juin junio giugno июня", "july juli juillet julio luglio июля",
      "august août aout agosto августа",
      "september septembre septiembre settembre сентября", "october oktober octobre octubre ottobre октября",
      "november novembre noviembre ноября", "december dezember décembre decembre diciembre dicembre декабря",
    ].enumerated() {
      for name in names.split(separator: " ") {
        months[String(name)] = index + 1
        if name.count > 3, months[String(name.prefix(3))] == nil {
          months[String(name.prefix(3))] = index + 1
        }
      }
    }
    months["sept"] = 9
    return months
  }()

  /// `3 Feb 2026 9:30`, `Tue, February 3rd, 2026`, and what JavaScript writes: `Thu Jun 21 2012 10:00:00 GMT+0400 (MSK)`.
  private static func worded(_ text: String) -> Reading? {
    var rest = text
    if let bracket = rest.firstIndex(of: "(") { rest = String(rest[..<bracket]) }
    var words = rest.split { $0 == " " || $0 == "," || $0 == "\u{A0}" }.map(String.init)
    guard words.count >= 3,
      let place = words.firstIndex(where: {
        months[$0.lowercased().filter { $0 != "." }] != nil && $0.contains(where: \.isLetter)
      })
    else { return nil }
    let month = months[words[place].lowercased().filter { $0 != "." }]!
    func day(_ word: String) -> Int? {
      let digits = word.prefix { $0.isASCII && $0.isNumber }
      guard (1...2).contains(digits.count),
        ["", ".", "st", "nd", "rd", "th", "."].contains(word.dropFirst(digits.count).lowercased())
      else { return nil }
      return Int(digits)
    }
    var found: Int?
    if place > 0, let before = day(words[place - 1]) {
      found = before
      words.removeSubrange((place - 1)...place)
    } else if place + 1 < words.count, let after = day(words[place + 1]) {
      found = after
      words.removeSubrange(place...(place + 1))
    }
    guard let found,
      let yearPlace = words.firstIndex(where: { $0.count == 4 && Int($0).map(Clock.years.contains) == true }),
      let year = Int(words[yearPlace]), let date = CalendarDate(year: year, month: month, day: found)
    else { return nil }
    let after = words[(yearPlace + 1)...].filter { $0.lowercased() != "at" && $0 != "um" && $0 != "Uhr" }
    guard let time = after.first else { return Reading(date: date) }
    let half = after.dropFirst().first.flatMap {
      ["am", "pm", "a.m.", "p.m."].contains($0.lowercased()) ? $0 : nil
    }
    guard let minutes = Clock.minutes(ofDay: time + (half ?? "")) else { return Reading(date: date) }
    var reading = Reading(date: date, minutes: minutes)
    if let zone = after.first(where: { $0.hasPrefix("GMT") || $0.hasPrefix("UTC") }) {
      let clock =
        (minutes / 60 < 10 ? "0" : "") + "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "")
        + "\(minutes % 60)"
      reading.time = Clock.time("\(date)T\(clock)" + (zone.count == 3 ? "Z" : String(zone.dropFirst(3))))
    }
    return reading
  }

  /// The days since 1899-12-30 of spreadsheets, between 1954 and 2119.
  static func serial(_ text: String) -> Reading? {
    guard let number = Double(text.replacing(",", with: ".")), (20_000..<80_000).contains(number) else {
      return nil
    }
    let minutes = Int(((number - number.rounded(.down)) * 1440).rounded())
    let date = CalendarDate(daysSince1970: Int(number) - 25_569 + minutes / 1440)
    return Reading(date: date, minutes: number == number.rounded() ? nil : minutes % 1440)
  }
}
