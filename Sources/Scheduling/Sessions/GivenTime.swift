package import Vocabulary

/// A time as the organizer gave it: with its day, or the clock time only.
package enum GivenTime: Codable, Sendable, Hashable {
  case at(ZonedTime)
  /// Minutes since midnight, on the day that the slot has already; an end, on the day of the start or after
  /// midnight like the slot's end.
  case clock(Int)

  func resolved(on day: CalendarDate, _ rules: ZoneRules) throws(InvalidValue) -> ZonedTime {
    switch self {
    case .at(let time): time
    case .clock(let minute): try rules.time(day, minute)
    }
  }
}
