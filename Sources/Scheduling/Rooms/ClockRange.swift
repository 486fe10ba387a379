package import Vocabulary

/// A range of clock times, for opening hours. If `until` is not later than `from`, it is on the next day.
package struct ClockRange: Hashable, Sendable, Codable {
  /// Minutes since midnight, 0 to 1439.
  package var from: Int
  package var until: Int

  /// - Throws: `InvalidValue` unless the text has the form `08:00-22:00`.
  package init(_ text: String) throws(InvalidValue) {
    guard
      let match = trimming(text).wholeMatch(of: /(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})/),
      let a = Int(match.1), let b = Int(match.2), let c = Int(match.3), let d = Int(match.4),
      a < 24, b < 60, c < 24 || (c == 24 && d == 0), d < 60
    else {
      throw InvalidValue("“\(excerpt(text))” is not a span of opening hours; write it as 08:00-22:00.")
    }
    from = a * 60 + b
    until = (c * 60 + d) % 1440
  }

  package init(from: Int, until: Int) { (self.from, self.until) = (from, until) }

  /// `until` in minutes since the midnight before `from`; 1440 or more if it is on the next day.
  package var end: Int { until > from ? until : until + 1440 }
}

extension ClockRange: CustomStringConvertible {
  package var description: String { Self.clock(from) + "–" + Self.clock(until) }

  /// `04:00`
  package static func clock(_ minutes: Int) -> String {
    (minutes < 600 ? "0" : "") + "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
  }
}
