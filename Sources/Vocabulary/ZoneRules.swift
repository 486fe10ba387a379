/// The clock changes of a time zone, over the years of a conference.
///
/// With them, a decision can compute wall times without asking the system. A command encodes them as the zone's
/// name, because the rest is looked up and not part of what was asked.
package struct ZoneRules: Hashable, Sendable, Encodable {
  package struct Change: Hashable, Sendable {
    package var at: Timestamp
    /// Minutes east of UTC after the change.
    package var offset: Int
    /// The abbreviation of the zone's time after the change: `CEST`.
    package var name: String?

    package init(at: Timestamp, offset: Int, name: String? = nil) {
      self.at = at
      self.offset = offset
      self.name = name
    }
  }

  /// The IANA name.
  package let zone: String
  /// Minutes east of UTC before the first change.
  package let offset: Int
  package let name: String?
  /// In chronological order.
  package let changes: [Change]

  package init(zone: String, offset: Int, name: String? = nil, changes: [Change] = []) {
    self.zone = zone
    self.offset = offset
    self.name = name
    self.changes = changes
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(zone)
  }

  package func offset(at instant: Timestamp) -> Int {
    changes.last { $0.at <= instant }?.offset ?? offset
  }

  /// The wall time at an instant.
  package func time(at instant: Timestamp) -> ZonedTime {
    let offset = offset(at: instant)
    let utc = ZonedTime(
      date: CalendarDate(daysSince1970: 0), minuteOfDay: 0, offset: offset, zone: zone)
    let (minutes, _) = instant.microseconds.quotientAndRemainder(dividingBy: 60_000_000)
    return utc.advanced(by: Int(minutes) + offset)
  }

  /// For messages to people, with the offset: `2016-03-25 09:00 +08:00`.
  package func readable(_ instant: Timestamp) -> String { instant.readable(offset: offset(at: instant)) }

  /// What the clocks show at an instant: `2016-03-25 09:00`. For lists that name the zone once.
  package func clock(_ instant: Timestamp) -> String { instant.clock(offset: offset(at: instant)) }

  /// The wall time this many minutes later, with any clock change in between applied.
  package func time(_ minutes: Int, after start: ZonedTime) -> ZonedTime {
    time(at: Timestamp(microseconds: start.instant.microseconds + Int64(minutes) * 60_000_000))
  }

  /// All times at which the clocks show this: one; none if it is skipped; or two, the earlier first.
  package func times(_ date: CalendarDate, _ minuteOfDay: Int) -> [ZonedTime] {
    Set(changes.map(\.offset) + [offset])
      .map { ZonedTime(date: date, minuteOfDay: minuteOfDay, offset: $0, zone: zone) }
      .filter { offset(at: $0.instant) == $0.offset }
      .sorted()
  }

  /// The one time at which the clocks show this.
  ///
  /// - Throws: `InvalidValue` if a clock change skips or repeats it.
  package func time(_ date: CalendarDate, _ minuteOfDay: Int) throws(InvalidValue) -> ZonedTime {
    let found = times(date, minuteOfDay)
    let clock = two(minuteOfDay / 60) + ":" + two(minuteOfDay % 60)
    switch found.count {
    case 1: return found[0]
    case 0:
      throw InvalidValue(
        "The clocks of \(zone) skip \(date) \(clock) because they are put forward. Choose "
          + "an earlier or a later time.")
    default:
      throw InvalidValue(
        "The clocks of \(zone) show \(date) \(clock) twice because they are put back. Write "
          + "which one you mean: “\(date) \(clock)\(Self.printed(found[0].offset))” or "
          + "“\(date) \(clock)\(Self.printed(found[1].offset))”.")
    }
  }

  /// For people: `UTC+8`, `UTC−3:30`.
  package static func named(_ offset: Int) -> String {
    let (hours, minutes) = (abs(offset) / 60, abs(offset) % 60)
    return "UTC\(offset < 0 ? "−" : "+")\(hours)" + (minutes == 0 ? "" : ":\(two(minutes))")
  }

  /// `+08:00`
  package static func printed(_ offset: Int) -> String {
    (offset < 0 ? "-" : "+") + two(abs(offset) / 60) + ":" + two(abs(offset) % 60)
  }
}
