/// An instant, in microseconds since 1970-01-01T00:00:00Z. PostgreSQL has the same resolution.
package struct Timestamp: Hashable, Sendable, Comparable, Codable {
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let parsed = Timestamp(text) else { throw InvalidValue("“\(excerpt(text))” is not a time.") }
    self = parsed
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  package static func < (a: Self, b: Self) -> Bool { a.microseconds < b.microseconds }

  /// Reads RFC 3339 (`2016-03-25T01:00:00Z`, an offset, a fraction) and PostgreSQL's ISO output.
  package init?(_ text: String) {
    var reader = DigitReader(text)
    guard let date = reader.date(), reader.skip("T") || reader.skip(" "),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
      hour < 24, minute < 60
    else { return nil }
    var second = 0
    if reader.skip(":") {
      guard let value = reader.number(2), value < 61 else { return nil }
      second = value
    }
    let fraction = reader.skip(".") ? reader.fraction() : 0
    guard let fraction, let offset = reader.offset(), reader.isAtEnd else { return nil }
    let seconds =
      Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
      - Int64(offset * 60)
    microseconds = seconds * 1_000_000 + Int64(fraction)
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC, with a fraction only if it is not zero: `2016-03-25T01:00:00.5Z`.
  package var description: String {
    let (days, seconds, fraction) = parts
    var text =
      CalendarDate(daysSince1970: days).description + "T" + two(seconds / 3600) + ":"
      + two(seconds / 60 % 60) + ":" + two(seconds % 60)
    if fraction > 0 {
      let digits = String(fraction)
      var tail = String(repeating: "0", count: 6 - digits.count) + digits
      while tail.last == "0" { tail.removeLast() }
      text += "." + tail
    }
    return text + "Z"
  }

  /// For messages to people: `2016-03-25 01:00 UTC`. Programs read ``description``.
  package var readable: String { clock() + " UTC" }

  /// For messages to people, on a clock with this offset from UTC: `2016-03-25 09:00 +08:00`.
  ///
  /// - Parameter offset: minutes east of UTC.
  package func readable(offset: Int) -> String { clock(offset: offset) + " " + ZoneRules.printed(offset) }

  /// What a clock with this offset shows: `2016-03-25 09:00`.
  ///
  /// - Parameter offset: minutes east of UTC.
  package func clock(offset: Int = 0) -> String {
    let local = Timestamp(microseconds: microseconds + Int64(offset) * 60_000_000)
    let seconds = local.parts.seconds
    return "\(local.date) \(two(seconds / 3600)):\(two(seconds / 60 % 60))"
  }

  /// The day in UTC.
  package var date: CalendarDate { CalendarDate(daysSince1970: parts.days) }

  /// The iCalendar form of a UTC time (RFC 5545 §3.3.5): `20160325T010000Z`.
  package var basic: String {
    let (_, seconds, _) = parts
    return date.basic + "T" + two(seconds / 3600) + two(seconds / 60 % 60) + two(seconds % 60)
      + "Z"
  }

  private var parts: (days: Int, seconds: Int, fraction: Int64) {
    let (seconds, fraction) = floorDivision(microseconds, 1_000_000)
    let (days, rest) = floorDivision(seconds, 86_400)
    return (Int(days), Int(rest), fraction)
  }
}

/// A day of the Gregorian calendar.
package struct CalendarDate: Hashable, Sendable, Comparable, Codable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// - Returns: nil if the calendar has no such day, or the year is not in 1…9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Reads `2016-03-25`.
  package init(_ text: String) throws(InvalidValue) {
    var reader = DigitReader(text)
    guard let date = reader.date(), reader.isAtEnd else {
      throw InvalidValue(
        "“\(excerpt(text))” is not a date"
          + (Self.fault(in: text).map { ": \($0)." } ?? "; write it as 2016-03-25."))
    }
    self = date
  }

  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Why the calendar has no such day: `February 2027 has 28 days`. Nil if the text is not written as a date.
  package static func fault(in text: String) -> String? {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2), reader.isAtEnd, CalendarDate(year: year, month: month, day: day) == nil
    else { return nil }
    guard year > 0 else { return "there is no year 0" }
    guard (1...12).contains(month) else { return "months go from 01 to 12" }
    guard day > 0 else { return "days begin with 01" }
    let last = (28...31).last { CalendarDate(year: year, month: month, day: $0) != nil } ?? 28
    return "\(months[month - 1]) \(year) has \(last) days"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  /// Days since 1970-01-01, computed with the shifted years of Hinnant's “chrono-compatible low-level
  /// date algorithms”.
  package var daysSince1970: Int {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = floorDivision(shifted, 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package init(daysSince1970 days: Int) {
    let (era, dayOfEra) = floorDivision(days + 719_468, 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  package func adding(days: Int) -> CalendarDate { CalendarDate(daysSince1970: daysSince1970 + days) }

  package static func < (a: Self, b: Self) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }
}

extension CalendarDate: CustomStringConvertible {
  package var description: String { four(year) + "-" + two(month) + "-" + two(day) }
  package var basic: String { four(year) + two(month) + two(day) }
}

/// A wall time in the conference's zone, with its offset from UTC.
///
/// Written as in RFC 9557: `2016-03-25T09:00+08:00[Asia/Shanghai]`. The wall time is the announced
/// time. The offset comes from the zone's rules at the time of the announcement. Neither changes when
/// the zone's rules change.
package struct ZonedTime: Hashable, Sendable {
  package let date: CalendarDate
  /// Minutes since midnight, 0 to 1439.
  package let minuteOfDay: Int
  /// Minutes east of UTC.
  package let offset: Int
  /// The IANA name: `Asia/Shanghai`.
  package let zone: String

  package init(date: CalendarDate, minuteOfDay: Int, offset: Int, zone: String) {
    precondition((0..<1440).contains(minuteOfDay), "A clock shows 1,440 minutes per day.")
    (self.date, self.minuteOfDay, self.offset, self.zone) = (date, minuteOfDay, offset, zone)
  }

  package var instant: Timestamp {
    let minutes = Int64(date.daysSince1970) * 1440 + Int64(minuteOfDay - offset)
    return Timestamp(microseconds: minutes * 60_000_000)
  }

  /// This many minutes later, if the clock is not changed in between.
  package func advanced(by minutes: Int) -> ZonedTime {
    let total = minuteOfDay + minutes
    let (days, minute) = floorDivision(total, 1440)
    return ZonedTime(
      date: date.adding(days: days), minuteOfDay: minute, offset: offset, zone: zone)
  }

  /// The day to which it belongs if days begin at this minute: 01:00 may still belong to the evening before.
  package func day(beginningAt minute: Int) -> CalendarDate {
    minuteOfDay < minute ? date.adding(days: -1) : date
  }

  /// `09:00`
  package var clock: String { two(minuteOfDay / 60) + ":" + two(minuteOfDay % 60) }
}

extension ZonedTime: Comparable {
  package static func < (a: Self, b: Self) -> Bool { a.instant < b.instant }
}

extension ZonedTime: CustomStringConvertible, Codable {
  package var description: String {
    let east = abs(offset)
    return "\(date)T\(clock)\(offset < 0 ? "-" : "+")\(two(east / 60)):\(two(east % 60))[\(zone)]"
  }

  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  /// Reads what ``description`` writes.
  package init(_ text: String) throws(InvalidValue) {
    var reader = DigitReader(text)
    guard let date = reader.date(), reader.skip("T"), let hour = reader.number(2),
      reader.skip(":"), let minute = reader.number(2), hour < 24, minute < 60,
      let offset = reader.offset(), let zone = reader.bracketed()
    else { throw InvalidValue("“\(excerpt(text))” is not a time with a zone (RFC 9557).") }
    self.init(date: date, minuteOfDay: hour * 60 + minute, offset: offset, zone: zone)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Reads a date or time from left to right.
struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ mark: Character) -> Bool {
    guard rest.first == mark.asciiValue else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ digits: Int) -> Int? {
    var value = 0
    guard rest.count >= digits else { return nil }
    for _ in 0..<digits {
      let byte = rest.removeFirst()
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  mutating func date() -> CalendarDate? {
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// The digits after a decimal point, in millionths. Digits after the sixth are dropped.
  mutating func fraction() -> Int? {
    var value = 0
    var digits = 0
    while let byte = rest.first, (0x30...0x39).contains(byte) {
      if digits < 6 { value = value * 10 + Int(byte - 0x30) }
      digits += 1
      rest.removeFirst()
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 6)..<6 { value *= 10 }
    return value
  }

  /// `Z`, `+08`, `+08:00` or `+0530`, in minutes.
  mutating func offset() -> Int? {
    if skip("Z") { return 0 }
    let negative = rest.first == UInt8(ascii: "-")
    guard skip("+") || skip("-"), let hours = number(2), hours < 24 else { return nil }
    var minutes = 0
    if skip(":") || rest.first.map({ (0x30...0x39).contains($0) }) == true {
      guard let value = number(2), value < 60 else { return nil }
      minutes = value
    }
    return (negative ? -1 : 1) * (hours * 60 + minutes)
  }

  /// `[Asia/Shanghai]` at the end, if the characters may be in a zone's name (RFC 9557 §4.1).
  mutating func bracketed() -> String? {
    guard skip("["), rest.last == UInt8(ascii: "]") else { return nil }
    let name = rest.dropLast()
    let isName = name.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true  // digits and letters
      default: "._-+/".utf8.contains(byte)
      }
    }
    return name.isEmpty || !isName ? nil : String(Substring(name))
  }
}

private func floorDivision<I: BinaryInteger>(_ a: I, _ b: I) -> (quotient: I, remainder: I) {
  let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
  return remainder < 0 ? (quotient - 1, remainder + b) : (quotient, remainder)
}

func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
private func four(_ value: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
