import EventLog
import People
import Plenary
import Publishing
import ReadModels
import Testing
import Vocabulary

@testable import PlenaryCLI

struct `The desk's screen` {
  /// One attendee of each of many categories.
  private func desk() throws -> Desk {
    var model = AttendanceModel()
    for number in 1...40 {
      try model.apply(
        .people(
          .attendeeRegistered(
            AttendeeRegistered(
              attendee: try AttendeeID("a-\(number)"), category: "category-\(number)", listed: true,
              details: Sealed(base64: "")))),
        Origin(position: number + 1, actor: "anna", recordedAt: Timestamp(microseconds: 0)))
    }
    return Desk(
      Desk.Place(station: nil, occasion: nil, actor: "anna", reason: nil),
      DeskRoster(model, [:], BadgeCodes(try ConferenceID("berlin"), identity: nil), [.english]), earlier: [])
  }

  @Test(arguments: [1, 2, 3, 5, 24], [1, 10, 80])
  func `fits into a window of any size`(height: Int, width: Int) throws {
    let day = try CalendarDate("2016-06-01")
    let screen = DeskScreen(
      title: "Berlin", rules: try ZoneRules(system: "Europe/Berlin", days: day...day), dryRun: false)
    let lines = screen.lines(try desk(), width: width, height: height)
    #expect(lines.count == height, "\(lines)")
    #expect(lines.first?.isEmpty == false)
  }
}
