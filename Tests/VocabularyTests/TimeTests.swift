import Foundation
import Specification
import Testing

@testable import Vocabulary

struct `A date` {
  @Test func `follows the day before, on every day from 1600 to 2400`() {
    let first = ("1600-01-01" as CalendarDate).daysSince1970
    let last = ("2400-12-31" as CalendarDate).daysSince1970
    #expect(last - first + 1 == 801 * 365 + 195)
    var previous = CalendarDate(daysSince1970: first - 1)
    var mistakes: [CalendarDate] = []
    for days in first...last {
      let date = CalendarDate(daysSince1970: days)
      let next =
        CalendarDate(year: previous.year, month: previous.month, day: previous.day + 1)
        ?? CalendarDate(year: previous.year, month: previous.month + 1, day: 1)
        ?? CalendarDate(year: previous.year + 1, month: 1, day: 1)
      if date != next || date.daysSince1970 != days { mistakes.append(date) }
      previous = date
    }
    #expect(mistakes == [])
  }

  @Test func `agrees with Foundation's calendar, week by week`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    var mistakes: [CalendarDate] = []
    for days in stride(from: -135_140, to: 157_420, by: 7) {
      let date = CalendarDate(daysSince1970: days)
      let known = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      if (date.year, date.month, date.day) != (known.year, known.month, known.day) {
        mistakes.append(date)
      }
    }
    #expect(mistakes == [])
  }

  @Test func `is written and read again`() throws {
    var mistakes: [CalendarDate] = []
    for days in stride(from: -719_162, to: 2_932_896, by: 97) {
      let date = CalendarDate(daysSince1970: days)
      if try CalendarDate(date.description) != date { mistakes.append(date) }
    }
    #expect(mistakes == [])
  }

  @Test(arguments: [
    "2016-02-29", "2000-02-29", "2400-02-29", "0001-01-01", "9999-12-31", "2015-02-28",
  ])
  func `is a day that the calendar has`(text: String) throws {
    #expect(try CalendarDate(text).description == text)
    #expect(try stored(CalendarDate(text)) == "\"\(text)\"")
    #expect(try roundTrip(CalendarDate(text)) == CalendarDate(text))
  }

  @Test(arguments: [
    "2015-02-29", "1900-02-29", "2100-02-29", "2016-00-01", "2016-13-01", "2016-01-00",
    "2016-01-32",
    "2016-04-31", "0000-01-01", "2016-3-25", "16-03-25", "2016/03/25", "20160325", "2016-03-25T",
    "",
    "2016-03-2x", " 2016-03-25", "２０１６-03-25", "-2016-03-25", "12016-03-25",
  ])
  func `is nothing else`(text: String) {
    #expect(throws: InvalidValue.self) { try CalendarDate(text) }
  }

  @Test func `goes over leap days, years and centuries`() {
    #expect(("2016-02-28" as CalendarDate).adding(days: 1) == "2016-02-29")
    #expect(("2016-02-29" as CalendarDate).adding(days: 366) == "2017-03-01")
    #expect(("1999-12-31" as CalendarDate).adding(days: 1) == "2000-01-01")
    #expect(("2016-03-01" as CalendarDate).adding(days: -1) == "2016-02-29")
    #expect(("1970-01-01" as CalendarDate).daysSince1970 == 0)
    #expect(("2016-03-25" as CalendarDate).basic == "20160325")
  }

  @Test func `is refused with a sentence`() {
    #expect(
      refusal { try CalendarDate.init("25.3.2016") }
        == "“25.3.2016” is not a date; write it as 2016-03-25.")
    for (text, reason) in [
      ("2027-02-30", "February 2027 has 28 days"), ("2028-02-30", "February 2028 has 29 days"),
      ("2027-13-01", "months go from 01 to 12"), ("2027-01-00", "days begin with 01"),
    ] {
      #expect(refusal { try CalendarDate(text) } == "“\(text)” is not a date: \(reason).")
    }
  }
}

struct `An instant` {
  @Test(arguments: [
    ("2016-03-25T01:00:00Z", "2016-03-25T01:00:00Z"),
    ("2016-03-25T09:00:00+08:00", "2016-03-25T01:00:00Z"),
    ("2016-03-25T09:00+08:00", "2016-03-25T01:00:00Z"),
    ("2016-03-24T20:30:00-04:30", "2016-03-25T01:00:00Z"),
    ("2016-03-25T00:30:00-00:30", "2016-03-25T01:00:00Z"),
    ("2016-03-25 01:00:00+00", "2016-03-25T01:00:00Z"),
    ("2016-03-25 06:30:00.25+0530", "2016-03-25T01:00:00.25Z"),
    ("2016-03-25T01:00:00.000001Z", "2016-03-25T01:00:00.000001Z"),
    ("2016-03-25T01:00:00.1234569Z", "2016-03-25T01:00:00.123456Z"),
    ("2016-03-25T01:00:00.000000Z", "2016-03-25T01:00:00Z"),
    ("2015-12-31T23:59:60Z", "2016-01-01T00:00:00Z"),
    ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
  ])
  func `is read in every form and written in one`(text: String, written: String) throws {
    let instant = try #require(Timestamp(text))
    #expect(instant.description == written)
    #expect(Timestamp(written) == instant)
    #expect(try roundTrip(instant) == instant)
  }

  @Test(arguments: [
    "", "2016-03-25", "2016-03-25T01:00:00", "2016-03-25T24:00:00Z", "2016-03-25T01:60:00Z",
    "2016-03-25T01:00:61Z", "2016-03-25T01:00:00.Z", "2016-03-25T01:00:00z",
    "2016-03-25T01:00:00Z ",
    "2016-03-25T01:00:00+24:00", "2016-03-25T01:00:00+08:60", "2016-03-25T01:00:00+8",
    "2015-02-29T00:00Z",
    "2016-03-25T1:00:00Z", "now", "infinity", "0044-03-15 00:00:00+00 BC",
  ])
  func `is nothing else`(text: String) {
    #expect(Timestamp(text) == nil)
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(Timestamp.self, from: JSONEncoder().encode(text))
    }
  }

  @Test func `agrees with Foundation's, before 1970 too`() {
    var generator = SplitMix(seed: 7)
    let format = Date.ISO8601FormatStyle()
    for _ in 0..<2_000 {
      let seconds = Int64.random(in: -10_000_000_000...13_000_000_000, using: &generator)
      let instant = Timestamp(microseconds: seconds * 1_000_000)
      #expect(
        instant.description == Date(timeIntervalSince1970: Double(seconds)).formatted(format))
    }
  }

  @Test func `is written and read again to the microsecond`() {
    var generator = SplitMix(seed: 8)
    for _ in 0..<2_000 {
      let instant = Timestamp(
        microseconds: Int64.random(
          in: -60_000_000_000_000_000...250_000_000_000_000_000, using: &generator))
      #expect(Timestamp(instant.description) == instant)
    }
  }

  @Test func `is shown to people in minutes`() {
    #expect(("2016-03-25T09:14:59.999999Z" as Timestamp).readable == "2016-03-25 09:14 UTC")
    #expect(("1969-12-31T23:05:00+01:00" as Timestamp).readable == "1969-12-31 22:05 UTC")
    #expect(
      ("2016-03-25T19:14:59.999999Z" as Timestamp).readable(offset: 330) == "2016-03-26 00:44 +05:30")
    #expect(("1970-01-01T00:14:00Z" as Timestamp).readable(offset: -210) == "1969-12-31 20:44 -03:30")
  }

  @Test func `is written as iCalendar does`() {
    #expect(("2016-03-25T09:05:07.9+08:00" as Timestamp).basic == "20160325T010507Z")
    #expect(("1969-12-31T23:59:59.5Z" as Timestamp).date == "1969-12-31")
  }
}

struct `A time on a clock` {
  @Test(arguments: [
    "2016-03-25T09:00+08:00[Asia/Shanghai]", "2016-02-29T23:59-03:30[America/St_Johns]",
    "2016-03-25T00:00+00:00[UTC]", "2016-03-25T09:00-00:30[Etc/Test]",
    "2016-03-25T09:00+05:45[Asia/Kathmandu]",
    "2016-03-25T09:00-03:00[America/Argentina/Buenos_Aires]", "2016-03-25T09:00-08:00[Etc/GMT+8]",
  ])
  func `is written as RFC 9557 does`(text: String) throws {
    let time = try ZonedTime(text)
    #expect(time.description == text)
    #expect(try stored(time) == "\"\(text)\"")
    #expect(try roundTrip(time) == time)
  }

  @Test(arguments: [
    "", "2016-03-25T09:00", "2016-03-25T09:00+08:00", "2016-03-25T09:00[Asia/Shanghai]",
    "2016-03-25 09:00+08:00[Asia/Shanghai]", "2016-03-25T24:00+08:00[Asia/Shanghai]",
    "2016-03-25T09:60+08:00[Asia/Shanghai]", "2016-03-25T09:00+08:00[Asia/Shanghai",
    "2016-03-25T09:00+08:00[Asia/Shanghai] ", "2016-03-25T09:00+08:00[Asia/Shanghai][u-ca=hebrew]",
    "2016-02-30T09:00+08:00[Asia/Shanghai]", "2016-03-25T09:00+99:00[Asia/Shanghai]",
    "2016-03-25T09:00+08:00[]", "2016-03-25T09:00+08:00[\u{1B}]",
    "2016-03-25T09:00+08:00[Asia Shanghai]",
    "9:00",
  ])
  func `is nothing else`(text: String) {
    #expect(throws: InvalidValue.self) { try ZonedTime(text) }
  }

  @Test func `is an instant by its own offset`() {
    #expect(
      ("2016-03-25T09:00+08:00[Asia/Shanghai]" as ZonedTime).instant == "2016-03-25T01:00:00Z")
    #expect(
      ("2016-03-24T20:30-04:30[America/Caracas]" as ZonedTime).instant == "2016-03-25T01:00:00Z")
    // An hour that a clock shows twice: the offset tells which.
    let first: ZonedTime = "2016-10-30T02:30+02:00[Europe/Berlin]"
    let second: ZonedTime = "2016-10-30T02:30+01:00[Europe/Berlin]"
    #expect(first < second)
    #expect(first.clock == "02:30")
  }

  @Test func `goes over midnight, months and leap days`() {
    let evening: ZonedTime = "2016-02-28T23:30+08:00[Asia/Shanghai]"
    #expect(evening.advanced(by: 45) == "2016-02-29T00:15+08:00[Asia/Shanghai]")
    #expect(evening.advanced(by: 3 * 1440) == "2016-03-02T23:30+08:00[Asia/Shanghai]")
    #expect(evening.advanced(by: -1440) == "2016-02-27T23:30+08:00[Asia/Shanghai]")
    #expect(evening.advanced(by: 0) == evening)
  }
}
