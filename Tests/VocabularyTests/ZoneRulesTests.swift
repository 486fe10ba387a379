import Specification
import Testing
import Vocabulary

/// A zone's clocks over one summer: forward on 27 March 2016 at 01:00 UTC, back on 30 October at 01:00 UTC.
struct `The rules of a zone` {
  private let forward: Timestamp = "2016-03-27T01:00:00Z"
  private let back: Timestamp = "2016-10-30T01:00:00Z"

  private var berlin: ZoneRules {
    ZoneRules(
      zone: "Europe/Berlin", offset: 60, name: "CET",
      changes: [
        .init(at: forward, offset: 120, name: "CEST"), .init(at: back, offset: 60, name: "CET"),
      ])
  }

  private func shifted(_ instant: Timestamp, by microseconds: Int64) -> Timestamp {
    Timestamp(microseconds: instant.microseconds + microseconds)
  }

  @Test func `change at the very instant, and not a microsecond before or after`() {
    for (instant, before, after) in [(forward, 60, 120), (back, 120, 60)] {
      #expect(berlin.offset(at: shifted(instant, by: -1)) == before)
      #expect(berlin.offset(at: instant) == after)
      #expect(berlin.offset(at: shifted(instant, by: 1)) == after)
    }
    #expect(berlin.offset(at: "1970-01-01T00:00:00Z") == 60)
    #expect(ZoneRules(zone: "Asia/Shanghai", offset: 480).offset(at: forward) == 480)
  }

  @Test func `show what the clocks show at the instant of a change`() {
    #expect(berlin.time(at: "2016-03-27T00:59:00Z") == "2016-03-27T01:59+01:00[Europe/Berlin]")
    #expect(berlin.time(at: forward) == "2016-03-27T03:00+02:00[Europe/Berlin]")
    #expect(berlin.time(at: "2016-10-30T00:59:00Z") == "2016-10-30T02:59+02:00[Europe/Berlin]")
    #expect(berlin.time(at: back) == "2016-10-30T02:00+01:00[Europe/Berlin]")
  }

  @Test func `know no time that is skipped, two that are doubled, and one at either edge`() {
    func clocks(_ day: CalendarDate, _ hour: Int, _ minute: Int) -> [String] {
      berlin.times(day, hour * 60 + minute).map(\.description)
    }
    let (march, october): (CalendarDate, CalendarDate) = ("2016-03-27", "2016-10-30")
    #expect(clocks(march, 1, 59) == ["2016-03-27T01:59+01:00[Europe/Berlin]"])
    #expect(clocks(march, 2, 0) == [])
    #expect(clocks(march, 2, 59) == [])
    #expect(clocks(march, 3, 0) == ["2016-03-27T03:00+02:00[Europe/Berlin]"])
    #expect(clocks(october, 1, 59) == ["2016-10-30T01:59+02:00[Europe/Berlin]"])
    for minute in [0, 59] {
      #expect(
        clocks(october, 2, minute).map { $0.dropFirst(16).prefix(6) } == ["+02:00", "+01:00"], "02:\(minute)")
    }
    #expect(clocks(october, 3, 0) == ["2016-10-30T03:00+01:00[Europe/Berlin]"])
  }

  @Test func `keep the minutes of what lasts over a change`() {
    #expect(
      berlin.time(90, after: "2016-03-27T00:30+01:00[Europe/Berlin]")
        == "2016-03-27T03:00+02:00[Europe/Berlin]")
    #expect(
      berlin.time(60, after: "2016-10-30T02:00+02:00[Europe/Berlin]")
        == "2016-10-30T02:00+01:00[Europe/Berlin]")
  }
}
