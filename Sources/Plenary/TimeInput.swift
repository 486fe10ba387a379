import Publishing
package import Scheduling
package import Vocabulary

/// Parses times as organizers write them, in the conference's zone.
package struct TimeInput: Sendable {
  package let rules: ZoneRules
  /// The minute at which the conference's days begin.
  private let dayStart: Int

  /// - Parameter days: The days in use. The zone's rules are loaded from two years before them to two years
  ///   after.
  /// - Throws: `InvalidValue` for a zone that the system does not know.
  package init(zone name: String, days: ClosedRange<CalendarDate>, dayStart: Int = 0) throws(InvalidValue) {
    self.dayStart = dayStart
    rules = try ZoneRules(system: name, days: days)
  }

  /// Parses `2016-03-25 09:00`, also with `T` as the separator, and with an offset (`+08:00`) where the
  /// clocks show a time twice.
  ///
  /// - Parameter day: The day to use if the text has none: `10:30`.
  /// - Throws: `InvalidValue` for text that is not a time, and for a time that a clock change skips or
  ///   repeats.
  package func read(_ text: String, day: CalendarDate? = nil) throws(InvalidValue) -> ZonedTime {
    let time = try when(text, needsDate: day == nil)
    switch time {
    case .at(let time): return time
    case .clock(let minute): return try rules.time(day!, minute)
    }
  }

  /// Parses the end of what begins at this time. Without a date it is on that of the start, or after the midnight of that
  /// day of the conference: `00:30`, if days begin at 04:00.
  package func end(_ text: String, after start: ZonedTime) throws(InvalidValue) -> ZonedTime {
    switch try when(text) {
    case .at(let time): return time
    case .clock(let minute):
      let night = start.day(beginningAt: dayStart).adding(days: 1)
      return try rules.time(minute < dayStart ? night : start.date, minute)
    }
  }

  /// Parses the same times; one without a date remains a time of day, and the session's slot supplies the
  /// date.
  package func when(_ text: String, needsDate: Bool = false) throws(InvalidValue) -> GivenTime {
    let text = trimming(text)
    if !needsDate, let match = text.wholeMatch(of: Self.clock), let hour = Int(match.1),
      let minute = Int(match.2), hour < 24, minute < 60
    {
      return .clock(hour * 60 + minute)
    }
    guard let parts = Parts(text), parts.hasWholeMinutes else {
      throw InvalidValue(
        "“\(excerpt(text))” is not a time"
          + (Self.fault(in: text).map { ": \($0)." }
            ?? "; write it as \(needsDate ? "" : "10:30 or ")2016-03-25 09:00."))
    }
    guard let offset = parts.offset else { return .at(try rules.time(parts.date, parts.minute)) }
    let times = rules.times(parts.date, parts.minute)
    guard let time = times.first(where: { $0.offset == offset }) else {
      throw InvalidValue(
        "At “\(excerpt(text))” the clocks of \(rules.zone) are not \(ZoneRules.printed(offset)) from UTC"
          + (times.first.map { " but \(ZoneRules.printed($0.offset))" } ?? "") + ".")
    }
    return .at(time)
  }

  /// Parses the time of an event, in any form in which Plenary shows one: `2016-03-25 09:00` in the zone, also
  /// with seconds, an offset (`+08:00`, `Z`, `UTC`) or both.
  ///
  /// - Returns: the first and the last instant of the named minute, or second. An event that is shown with this
  ///   time is between the two.
  /// - Throws: `InvalidValue` for text that is not a time, and for a time that a clock change skips or
  ///   repeats.
  package func instants(_ text: String) throws(InvalidValue) -> ClosedRange<Timestamp> {
    let text = trimming(text)
    guard let parts = Parts(text) else {
      throw InvalidValue(
        "“\(excerpt(text))” is not a time"
          + (Self.fault(in: text).map { ": \($0)." }
            ?? "; write it as 2016-03-25 09:00, or with an offset as 2016-03-25T09:00:00+08:00."))
    }
    let offset =
      if let given = parts.offset { given } else { try rules.time(parts.date, parts.minute).offset }
    let minute = ZonedTime(date: parts.date, minuteOfDay: parts.minute, offset: offset, zone: rules.zone)
    let start =
      minute.instant.microseconds + Int64(parts.second ?? 0) * 1_000_000 + Int64(parts.fraction ?? 0)
    let length: Int64 = parts.fraction != nil ? 1 : parts.second != nil ? 1_000_000 : 60_000_000
    return Timestamp(microseconds: start)...Timestamp(microseconds: start + length - 1)
  }

  /// Compiled once: a script has thousands of times. Matching changes nothing in it.
  nonisolated(unsafe) private static let clock = /(\d{1,2}):(\d{2})/

  /// What is wrong with a text that is written as a time: `hours go from 00 to 23`.
  private static func fault(in text: String) -> String? {
    guard let match = text.prefixMatch(of: /(?:(\d{4}-\d{2}-\d{2})[T ]+)?(\d{1,2}):(\d{2})/) else {
      return nil
    }
    if let date = match.1.flatMap({ CalendarDate.fault(in: String($0)) }) { return date }
    guard let hour = Int(match.2), let minute = Int(match.3) else { return nil }
    if hour == 24, minute == 0 { return "hours go from 00 to 23; midnight is 00:00 of the next day" }
    if hour > 23 { return "hours go from 00 to 23" }
    return minute > 59 ? "minutes go from 00 to 59" : nil
  }

  /// A time in its parts. As in RFC 3339, but seconds and the offset may be missing.
  private struct Parts {
    let date: CalendarDate
    let minute: Int
    let second: Int?
    /// Microseconds.
    let fraction: Int?
    /// Minutes east of UTC.
    let offset: Int?

    var hasWholeMinutes: Bool { (second ?? 0) == 0 && (fraction ?? 0) == 0 }

    /// Compiled once, as `clock`.
    nonisolated(unsafe) private static let pattern =
      /(?<date>\d{4}-\d{2}-\d{2})[T ]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d+))?)?\s*(?<offset>Z|UTC|[+-]\d{2}(?::?\d{2})?)?(?:\[[A-Za-z0-9._\/+-]+\])?/

    init?(_ text: String) {
      guard let match = text.wholeMatch(of: Self.pattern),
        let date = try? CalendarDate(String(match.output.date)),
        let hour = Int(match.output.hour), let minute = Int(match.output.minute), hour < 24, minute < 60
      else { return nil }
      self.date = date
      self.minute = hour * 60 + minute
      second = match.output.second.flatMap { Int($0) }
      if let second, second > 59 { return nil }
      fraction = match.output.fraction.flatMap { Int(($0 + "000000").prefix(6)) }
      offset = match.output.offset.map { text in
        if text == "Z" || text == "UTC" { return 0 }
        let digits = text.dropFirst().filter { $0 != ":" }
        let minutes = (Int(digits.prefix(2)) ?? 0) * 60 + (Int(digits.dropFirst(2)) ?? 0)
        return text.first == "-" ? -minutes : minutes
      }
    }
  }
}
