import Specification
import Testing
import Vocabulary

@testable import Scheduling

struct `A slot` {
  @Test(arguments: [
    ("25T09:00", "25T10:00", "25T10:00", "25T11:00", false),
    ("25T09:00", "25T10:00", "25T09:59", "25T11:00", true),
    ("25T09:00", "25T10:00", "25T09:00", "25T10:00", true),
    ("25T09:00", "25T12:00", "25T10:00", "25T11:00", true),
    ("25T09:00", "25T10:00", "26T09:00", "26T10:00", false),
    ("25T22:00", "26T01:00", "26T00:30", "26T02:00", true),
    ("25T22:00", "26T01:00", "26T01:00", "26T02:00", false),
  ])
  func `is half-open`(
    start: String, end: String, otherStart: String, otherEnd: String, overlaps: Bool
  ) {
    let (one, other) = (slot("hall", start, end), slot("hall", otherStart, otherEnd))
    #expect(one.overlaps(other) == overlaps)
    #expect(other.overlaps(one) == overlaps)
  }

  @Test func `overlaps by instants, not by clock times`() throws {
    let shanghai = slot("hall", "25T09:00", "25T10:00")
    let moscow = try Slot(
      room: "hall", start: "2016-03-25T04:30+03:00[Europe/Moscow]",
      end: "2016-03-25T05:30+03:00[Europe/Moscow]")
    #expect(shanghai.overlaps(moscow))
  }

  @Test func `has its elapsed length across midnight and across a clock change`() throws {
    #expect(slot("hall", "25T09:00", "25T10:30").minutes == 90)
    #expect(slot("hall", "25T23:30", "26T00:15").minutes == 45)
    let spring = try Slot(
      room: "hall", start: "2016-03-27T01:00+01:00[Europe/Berlin]",
      end: "2016-03-27T04:00+02:00[Europe/Berlin]")
    #expect(spring.minutes == 120)
  }

  @Test func `is printed with its date and times`() {
    #expect(slot("hall", "25T09:00", "25T10:30").times == "2016-03-25 09:00–10:30")
    #expect(slot("hall", "25T23:30", "26T00:15").times == "2016-03-25 23:30–00:15 (2016-03-26)")
  }

  @Test(arguments: [
    (
      "25T10:00", "25T10:00",
      "The session would end at 10:00 on 2016-03-25, which is not after its start at 10:00 on "
        + "2016-03-25."
    ),
    (
      "26T10:00", "25T11:00",
      "The session would end at 11:00 on 2016-03-25, which is not after its start at 10:00 on "
        + "2016-03-26."
    ),
    (
      "25T10:00", "26T10:01",
      "The session would last more than 24 hours (2016-03-25 10:00 to 2016-03-26 10:01); schedule "
        + "one session per day."
    ),
  ])
  func `ends after its start and within 24 hours`(start: String, end: String, refusal: String) {
    let error = #expect(throws: InvalidValue.self) {
      try Slot(room: "hall", start: at(start), end: at(end))
    }
    #expect(error?.description == refusal)
  }

  @Test func `may last a whole day`() {
    #expect(slot("hall", "25T10:00", "26T10:00").minutes == 1440)
  }
}
