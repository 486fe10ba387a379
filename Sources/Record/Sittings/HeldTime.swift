package import Scheduling
package import Vocabulary

/// When something took place, as precisely as it is known: a day, or a time of day.
///
/// Stored as `2016-03-25` or `2016-03-25T09:05+08:00[Asia/Shanghai]`.
package enum HeldTime: Hashable, Sendable, Codable, CustomStringConvertible {
  case day(CalendarDate)
  case time(ZonedTime)

  package init(_ text: String) throws(InvalidValue) {
    self = text.contains("T") ? .time(try ZonedTime(text)) : .day(try CalendarDate(text))
  }

  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  package var description: String {
    switch self {
    case .day(let day): day.description
    case .time(let time): time.description
    }
  }

  /// `2016-03-25` or `2016-03-25 09:05`.
  package var readable: String {
    switch self {
    case .day(let day): day.description
    case .time(let time): "\(time.date) \(time.clock)"
    }
  }

  package var date: CalendarDate {
    switch self {
    case .day(let day): day
    case .time(let time): time.date
    }
  }

  /// The day of the conference, if days begin at this minute.
  func day(beginningAt minute: Int) -> CalendarDate {
    switch self {
    case .day(let day): day
    case .time(let time): time.day(beginningAt: minute)
    }
  }

  /// Whether it is certain that it was before another time. A day is neither before nor after its own hours.
  package func isBefore(_ other: HeldTime) -> Bool {
    if case .time(let time) = self, case .time(let later) = other { return time < later }
    return date < other.date
  }
}

/// A time as the organizer gave it.
package enum GivenHeldTime: Encodable, Sendable, Hashable {
  /// The clock's time when the command was made. As a request it means “now”, whenever the command is sent again.
  case now(ZonedTime)
  case day(CalendarDate)
  case time(GivenTime)

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .now: try container.encode("now")
    case .day(let day): try container.encode(day)
    case .time(.at(let time)): try container.encode(time)
    case .time(.clock(let minute)): try container.encode(minute)
    }
  }

  /// - Parameters:
  ///   - day: the day of the conference of a time that has none.
  ///   - dayStart: the minute at which such a day begins; a time before it is after midnight.
  /// - Returns: nil for such a time if the day is not known.
  func resolved(on day: CalendarDate?, dayStart: Int, _ rules: ZoneRules) throws(InvalidValue) -> HeldTime? {
    switch self {
    case .now(let time), .time(.at(let time)): return .time(time)
    case .day(let day): return .day(day)
    case .time(.clock(let minute)):
      guard let day else { return nil }
      return .time(try rules.time(minute < dayStart ? day.adding(days: 1) : day, minute))
    }
  }
}
