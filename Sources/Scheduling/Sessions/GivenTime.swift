import People
package import Vocabulary

/// A time as it was given: with its day, or by the clock alone.
package enum GivenTime: Codable, Sendable, Hashable {
  case at(ZonedTime)
  /// Minutes since midnight; the day is known from elsewhere.
  case clock(Int)

  func resolved(on day: CalendarDate, _ rules: ZoneRules) throws(InvalidValue) -> ZonedTime {
    switch self {
    case .at(let time): time
    case .clock(let minute): try rules.time(day, minute)
    }
  }
}
