import Foundation
package import Vocabulary

/// Reads times as organizers write them, in the conference's zone.
package struct TimeInput: Sendable {
  private let zone: TimeZone
  private let name: String

  /// - Throws: `InvalidValue` for a zone that the system does not know.
  package init(zone name: String) throws(InvalidValue) {
    // Foundation also takes abbreviations and offsets, which say nothing of summer time.
    guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else {
      throw InvalidValue(
        "“\(excerpt(name))” is not a time zone; give its IANA name, for example Asia/Shanghai or "
          + "Europe/Berlin.")
    }
    self.zone = zone
    self.name = name
  }

  /// Reads `2016-03-25 09:00`, also with `T` between, and with an offset (`+08:00`) where the clock
  /// shows one time twice.
  ///
  /// - Parameter day: lets the date be left out: `10:30`.
  /// - Throws: `InvalidValue` for what is no time, or one that a change of the clocks skips or doubles.
  package func read(_ text: String, day: CalendarDate? = nil) throws(InvalidValue) -> ZonedTime {
    let text = trimming(text)
    var pattern = text
    if let day, text.prefix(3).contains(":") { pattern = "\(day) \(text)" }
    guard let (date, minute, offset) = Self.parts(pattern) else {
      throw InvalidValue(
        "“\(excerpt(text))” is not a time; write it as \(day == nil ? "" : "10:30 or ")2016-03-25 09:00.")
    }
    let wall = date.daysSince1970 * 86_400 + minute * 60
    let offsets = possibleOffsets(wall)
    if let offset {
      guard offsets.contains(offset) else {
        throw InvalidValue(
          "At “\(excerpt(text))” the clocks of \(name) are not \(Self.printed(offset)) from UTC"
            + (offsets.first.map { " but \(Self.printed($0))" } ?? "") + ".")
      }
      return ZonedTime(date: date, minuteOfDay: minute, offset: offset, zone: name)
    }
    switch offsets.count {
    case 1: return ZonedTime(date: date, minuteOfDay: minute, offset: offsets[0], zone: name)
    case 0:
      throw InvalidValue(
        "The clocks of \(name) skip \(date) \(Self.clock(minute)): they are put forward then. Choose "
          + "an earlier or a later time.")
    default:
      throw InvalidValue(
        "The clocks of \(name) show \(date) \(Self.clock(minute)) twice: they are put back then. Say "
          + "which is meant: “\(date) \(Self.clock(minute))\(Self.printed(offsets[0]))” or "
          + "“\(date) \(Self.clock(minute))\(Self.printed(offsets[1]))”.")
    }
  }

  /// What the zone's clocks show so many minutes after a time, whatever becomes of them in between.
  package func time(_ minutes: Int, after start: ZonedTime) -> ZonedTime {
    let instant = start.instant.microseconds / 60_000_000 + Int64(minutes)
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant * 60))) / 60
    let (day, minute) = (Int(instant) + offset).quotientAndRemainder(dividingBy: 1440)
    return ZonedTime(
      date: CalendarDate(daysSince1970: minute < 0 ? day - 1 : day),
      minuteOfDay: minute < 0 ? minute + 1440 : minute, offset: offset, zone: name)
  }

  /// The offsets, in minutes, under which the zone's clocks show this wall time (in seconds since 1970
  /// as if it were UTC), the earlier instant first.
  private func possibleOffsets(_ wall: Int) -> [Int] {
    // No zone is further than a day from UTC, and none changes twice within two days.
    let candidates = [-86_400, 86_400].map { shift in
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(wall + shift)))
    }
    return Set(candidates).filter { seconds in
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(wall - seconds))) == seconds
    }.sorted(by: >).map { $0 / 60 }
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

  private static func clock(_ minute: Int) -> String { two(minute / 60) + ":" + two(minute % 60) }

  private static func printed(_ offset: Int) -> String {
    (offset < 0 ? "-" : "+") + two(abs(offset) / 60) + ":" + two(abs(offset) % 60)
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
