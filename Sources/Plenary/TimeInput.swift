import ReadModels
package import Scheduling
package import Vocabulary

/// Reads times as organizers write them, in the conference's zone.
package struct TimeInput: Sendable {
  package let rules: ZoneRules

  /// - Parameter days: those that matter; the rules are asked for from two years before to two after.
  /// - Throws: `InvalidValue` for a zone that the system does not know.
  package init(zone name: String, days: ClosedRange<CalendarDate>? = nil) throws(InvalidValue) {
    rules = try ZoneRules(system: name, days: days)
  }

  /// Reads `2016-03-25 09:00`, also with `T` between, and with an offset (`+08:00`) where the clock
  /// shows one time twice.
  ///
  /// - Parameter day: lets the date be left out: `10:30`.
  /// - Throws: `InvalidValue` for what is no time, or one that a change of the clocks skips or doubles.
  package func read(_ text: String, day: CalendarDate? = nil) throws(InvalidValue) -> ZonedTime {
    let time = try when(text, needsDate: day == nil)
    switch time {
    case .at(let time): return time
    case .clock(let minute): return try rules.time(day!, minute)
    }
  }

  /// Reads the same, where the date may be left to what is known of the session.
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
    // The grammar of RFC 3339, with what organizers leave out of it.
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
