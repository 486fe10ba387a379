import Publishing
package import Scheduling
package import Vocabulary

/// Parses times as organizers write them, in the conference's zone.
package struct TimeInput: Sendable {
  package let rules: ZoneRules

  /// - Parameter days: The days in use. The zone's rules are loaded from two years before them to two years
  ///   after.
  /// - Throws: `InvalidValue` for a zone that the system does not know.
  package init(zone name: String, days: ClosedRange<CalendarDate>) throws(InvalidValue) {
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

  /// Parses the same times; one without a date remains a time of day, and the session's slot supplies the
  /// date.
  package func when(_ text: String, needsDate: Bool = false) throws(InvalidValue) -> GivenTime {
    let text = trimming(text)
    if !needsDate, let match = text.wholeMatch(of: /(\d{1,2}):(\d{2})/), let hour = Int(match.1),
      let minute = Int(match.2), hour < 24, minute < 60
    {
      return .clock(hour * 60 + minute)
    }
    guard let (date, minute, offset) = Self.parts(text) else {
      throw InvalidValue(
        "“\(excerpt(text))” is not a time; write it as \(needsDate ? "" : "10:30 or ")2016-03-25 09:00.")
    }
    guard let offset else { return .at(try rules.time(date, minute)) }
    let times = rules.times(date, minute)
    guard let time = times.first(where: { $0.offset == offset }) else {
      throw InvalidValue(
        "At “\(excerpt(text))” the clocks of \(rules.zone) are not \(ZoneRules.printed(offset)) from UTC"
          + (times.first.map { " but \(ZoneRules.printed($0.offset))" } ?? "") + ".")
    }
    return .at(time)
  }

  private static func parts(_ text: String) -> (CalendarDate, Int, Int?)? {
    // RFC 3339, except that seconds and the offset are optional.
    let pattern =
      /(?<date>\d{4}-\d{2}-\d{2})[T ]+(?<hour>\d{1,2}):(?<minute>\d{2})(:00)?\s*(?<offset>Z|[+-]\d{2}:?\d{2})?/
    guard let match = text.wholeMatch(of: pattern),
      let date = try? CalendarDate(String(match.output.date)),
      let hour = Int(match.output.hour), let minute = Int(match.output.minute), hour < 24, minute < 60
    else { return nil }
    let offset = match.output.offset.map { text -> Int in
      if text == "Z" { return 0 }
      let digits = text.dropFirst().filter { $0 != ":" }
      let minutes = (Int(digits.prefix(2)) ?? 0) * 60 + (Int(digits.suffix(2)) ?? 0)
      return text.first == "-" ? -minutes : minutes
    }
    return (date, hour * 60 + minute, offset)
  }
}
