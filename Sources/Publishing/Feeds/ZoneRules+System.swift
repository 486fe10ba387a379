import Foundation
import Synchronization
package import Vocabulary

extension ZoneRules {
  /// The rules of a zone from this system's data. In this target, because calendars need them; no decision and
  /// no read model can ask the system.
  ///
  /// - Parameter days: The relevant days. The rules cover two years more on both sides.
  /// - Throws: `InvalidValue` for an unknown zone.
  package init(system name: String, days: ClosedRange<CalendarDate>) throws(InvalidValue) {
    // Foundation also accepts abbreviations and offsets, which have no rules for summer time. GMT is a name of the IANA
    // too, but who writes it most often means Europe/London, which has other clocks in summer.
    guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else {
      throw InvalidValue(
        "“\(excerpt(name))” is not a time zone of a place; give its IANA name, for example Asia/Shanghai or "
          + "Europe/Berlin, or UTC.")
    }
    let first = days.lowerBound.daysSince1970 - 2 * 366
    let last = days.upperBound.daysSince1970 + 2 * 366
    let asked = Asked(zone: name, first: first, last: last)
    if let known = Self.known.withLock({ $0[asked] }) {
      self = known
      return
    }
    let start = Date(timeIntervalSince1970: Double(first) * 86_400)
    let end = Date(timeIntervalSince1970: Double(last) * 86_400)
    var changes: [Change] = []
    var moment = start
    while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end, next > moment {
      changes.append(
        Change(
          at: Timestamp(microseconds: Int64(next.timeIntervalSince1970) * 1_000_000),
          offset: zone.secondsFromGMT(for: next) / 60, name: zone.abbreviation(for: next)))
      moment = next
    }
    self.init(
      zone: name, offset: zone.secondsFromGMT(for: start) / 60, name: zone.abbreviation(for: start),
      changes: changes)
    let rules = self
    Self.known.withLock { $0[asked] = rules }
  }

  private struct Asked: Hashable {
    var zone: String
    var first: Int
    var last: Int
  }

  /// What the system was asked for. The names of a zone take longer than many a decision.
  private static let known = Mutex<[Asked: ZoneRules]>([:])
}
