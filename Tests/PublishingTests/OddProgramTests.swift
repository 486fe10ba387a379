import EventLog
import Foundation
import OddPrograms
import ReadModels
import Publishing
import ScheduleFixtures
import Scheduling
import Specification
import Testing
import Vocabulary

private let typst = try? Typesetter.find()

/// Whatever a program is like, it can be printed.
@Suite(
  .enabled(if: typst != nil, "There is no Typst here: run Scripts/setup --for printing"),
  .timeLimit(.minutes(10)))
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
    let settings = PrintSettings()
    let document: any PrintedDocument
    if kind.isAboutAttendees {
      document = try AttendancePublication(
        attendance, program: model, checkpoint, conference: "odd", settings,
        open: { _ in nil }
      ).document(kind)
    } else {
      document = try ProgramPublication(model, checkpoint, conference: "odd", settings).document(kind)
    }
    let pdf = try await Typesetter.pdf(
      document, typst: try #require(typst), fontPaths: Typesetter.fontPaths())
    #expect(pdf.starts(with: Array("%PDF".utf8)))
  }

  @Test(
    .enabled(if: PublishedSchedule.coscup2023.isPresent, "There is no ../shared beside the project."),
    arguments: PrintKind.allCases)
  func `can be that of a congress, in Chinese`(kind: PrintKind) async throws {
    let fixture = try ScheduleFixture(.coscup2023, attendees: 200)
    let models = try fixture.folded()
    let settings = PrintSettings()
    let document: any PrintedDocument
    if kind.isAboutAttendees {
      document = try AttendancePublication(
        models.attendance, program: models.program, models.checkpoint, conference: fixture.conference,
        settings,
        open: { fixture.details[$0.attendee.slug] }
      ).document(kind)
    } else {
      document = try ProgramPublication(
        models.program, models.checkpoint, conference: fixture.conference, settings
      ).document(kind)
    }
    let pdf = try await Typesetter.pdf(
      document, typst: try #require(typst), fontPaths: Typesetter.fontPaths())
    #expect(pdf.starts(with: Array("%PDF".utf8)))
  }
}
