import EventLog
import Foundation
import OddPrograms
import Publishing
import ReadModels
import ScheduleFixtures
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import People

/// Any program can be printed, and its content is on the page.
@Suite(.enabled(if: Layout.isPossible, "There is no Typst or no pdftotext here"), .timeLimit(.minutes(10)))
struct `An odd program` {
  @Test(arguments: [UInt64(3), 10], PrintKind.allCases)
  func `can be printed in every kind`(seed: UInt64, kind: PrintKind) async throws {
    var program = OddProgram(seed: seed)
    var bodies = program.opening()
    for _ in 0..<110 { bodies.append(program.event()) }
    var (model, attendance, checkpoint) = (ProgramModel(), AttendanceModel(), Checkpoint())
    for event in recorded(bodies) {
      let decoded = try LoggedEvent(event)
      try model.apply(decoded, event.origin)
      try attendance.apply(decoded, event.origin)
      checkpoint.tree.append(event.leaf)
      checkpoint.lastEventAt = event.recordedAt
    }
    // Each attendee by a unique name.
    func name(_ attendee: String) -> String { "Attendee\(attendee.replacing("-", with: ""))" }
    let document: any PrintedDocument =
      kind.isAboutAttendees
      ? try AttendancePublication(
        attendance, program: model, checkpoint, conference: "odd", PrintSettings(),
        open: { AttendeeDetails(name: PersonName(stringLiteral: name($0.attendee.slug))) }
      ).document(kind)
      : try ProgramPublication(model, checkpoint, conference: "odd", PrintSettings()).document(kind)
    let layout = try await Layout(of: document)
    #expect(layout.outside.isEmpty)
    let text = layout.text()

    let live = model.sessions.rows.filter { $0.status == .scheduled }
    try #require(!live.isEmpty)
    let expected: [String] =
      switch kind {
      case .participants, .signIn, .checkIn, .badges: attendance.attendees.rows.map { name($0.attendee.slug) }
      case .itineraries, .chairSheets, .placeCards: ["Odd"]
      case .booklet, .pocket, .wallGrid, .daySheets, .doorSigns: ["Session", "Room"]
      }
    for word in expected { #expect(text.contains(word), "\(kind) does not have \(word).") }
    #expect(!text.contains("Nobody is registered") && !text.contains("no badge to print"), "\(kind)")
    // Documents of the whole program have the times of all scheduled slots.
    if [.booklet, .doorSigns, .daySheets].contains(kind) {
      for slot in live.flatMap(\.liveSlots) {
        let start = slot.slot.start.clock
        #expect(text.contains(start), "\(kind) does not have \(start).")
      }
    }
  }

  @Test(
    .enabled(if: PublishedSchedule.coscup2023.isPresent, "There is no ../shared beside the project."),
    arguments: PrintKind.allCases)
  func `can be a congress in Chinese`(kind: PrintKind) async throws {
    let fixture = try ScheduleFixture(.coscup2023, attendees: 200)
    let models = try fixture.folded()
    let document: any PrintedDocument =
      kind.isAboutAttendees
      ? try AttendancePublication(
        models.attendance, program: models.program, models.checkpoint, conference: fixture.conference,
        PrintSettings(), open: { fixture.details[$0.attendee.slug] }
      ).document(kind)
      : try ProgramPublication(
        models.program, models.checkpoint, conference: fixture.conference, PrintSettings()
      ).document(kind)
    let layout = try await Layout(of: document)
    #expect(layout.outside.isEmpty)
    #expect(
      layout.pages.count > (kind == .pocket || kind == .wallGrid ? 0 : 1), "\(layout.pages.count) pages")
    // It is full, and much of it is Chinese.
    let words = layout.pages.map(\.words.count).reduce(0, +)
    #expect(words > 200, "\(words) words")
    let chinese = layout.text().unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
    #expect(chinese > 100, "\(chinese) Chinese characters")
  }
}
