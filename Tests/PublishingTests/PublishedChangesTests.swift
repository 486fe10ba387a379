import EventLog
import Foundation
import ReadModels
import ScheduleFixtures
import Scheduling
import Specification
import Testing
import Vocabulary

@testable import Mail
@testable import Publishing

private let typst = try? Typesetter.find()

/// The changes between the first and second release of really published schedules.
@Suite(
  .timeLimit(.minutes(10)),
  .enabled(
    if: PublishedSchedule.allCases.allSatisfy(\.isPresent), "There is no ../shared beside the project."))
struct PublishedChangesTests {
  private struct Releases {
    let conference: ConferenceID
    let first: ProgramModel
    let last: PublicProgram
    let checkpoint: Checkpoint
    /// What everybody knows since the first release.
    let told: Notices.Known

    init(_ published: PublishedSchedule) throws {
      let fixture = try ScheduleFixture(published, attendees: 10)
      conference = fixture.conference
      var program = PublicProgram()
      var first: ProgramModel?
      for event in try fixture.recorded() {
        try program.apply(LoggedEvent(event), event.origin)
        first = first ?? program.released
      }
      self.first = try #require(first)
      let release = try #require(program.released?.orderedReleases.first)
      told = Notices.Known(position: release.origin.position, isDraft: false)
      last = program
      checkpoint = try fixture.folded().checkpoint
    }

    var publication: ProgramPublication {
      ProgramPublication(last.released ?? first, checkpoint, conference: conference)
    }
  }

  @Test(arguments: [PublishedSchedule.fosdem2026, .coscup2023, .congress2016])
  func `are found between the two releases`(published: PublishedSchedule) throws {
    let releases = try Releases(published)
    let diff = ProgramDiff(from: releases.first, to: try #require(releases.last.released))
    #expect(diff.sessions.count { $0.fate == .cancelled } == 3)
    #expect(!diff.sessions.filter { $0.fate == .moved }.isEmpty)
    #expect(diff.people.isEmpty && diff.rooms.isEmpty && diff.conference.isEmpty)
    let round = NoticeRound(
      try #require(releases.last.released), releases.checkpoint, conference: releases.conference,
      version: "1.1",
      known: Dictionary(
        uniqueKeysWithValues: releases.first.people.rows.map { ($0.person, releases.told) }),
      earlier: [releases.told: releases.first])
    let digests = round.digests()
    let concerned = Set(diff.sessions.flatMap { ($0.before?.people ?? []) + ($0.after?.people ?? []) })
    #expect(Set(digests.map(\.person)) == concerned)
    for digest in digests {
      let message = try MailMessage(
        digest, of: round, from: MailAddress("office@example.org"), replyTo: nil, to: "x@example.org")
      #expect(message.data.allSatisfy { $0 < 0x80 })
    }
  }

  @Test(
    .enabled(if: typst != nil, "There is no Typst here: run Scripts/setup --for printing"),
    arguments: [PublishedSchedule.fosdem2026, .coscup2023, .congress2016])
  func `are printed`(published: PublishedSchedule) async throws {
    let releases = try Releases(published)
    for paper in ["a4", "a5"] {
      var settings = PrintSettings()
      settings.paper = paper
      let publication = ProgramPublication(
        try #require(releases.last.released), releases.checkpoint, conference: releases.conference,
        settings)
      let sheet = publication.changeSheet(
        from: releases.first, .release(releases.first.orderedReleases[0]), released: "1.1")
      let pdf = try await Typesetter.pdf(
        sheet, templates: nil, typst: try #require(typst), fontPaths: Typesetter.fontPaths())
      #expect(pdf.starts(with: Data("%PDF-".utf8)))
    }
  }
}
