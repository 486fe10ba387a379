import EventLog
import Foundation
import LogTestSupport
import People
import ReadModels
import Scheduling
import Synchronization
import Testing
import Vocabulary

@testable import Plenary

/// What a desk hands in, against a database that keeps it waiting.
@Suite(.timeLimit(.minutes(10))) struct `The scans of a desk` {
  private let berlin = conference("berlin")
  private let home = FileManager.default.temporaryDirectory.appending(path: "plenary-desk-\(UUID())").path

  private func opened(_ database: Database) async throws -> ConferenceContext {
    let workspace = try await Workspace.open(
      Configuration(database: database.connectionString, conference: "berlin", environment: [:])
    ) { _ in }
    func context() throws -> CommandContext {
      try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
    }
    let opened = ConferenceOpened(
      title: LocalizedText([.english: "Berlin"]), firstDay: try CalendarDate("2016-06-01"),
      lastDay: try CalendarDate("2016-06-03"), zone: "Europe/Berlin")
    _ = try await workspace.change(Conferences.self, .open(opened, []), in: berlin, context())
    for attendee in try [AttendeeID("a-1"), AttendeeID("a-2")] {
      let details = try AttendeeDetails(name: PersonName([NameForm("Li, Wei", in: .english, order: nil)]))
      _ = try await workspace.change(
        Attendees.self, sealing: details, of: attendee.tag, in: berlin, context()
      ) { .register(attendee, category: "delegate", listed: true, $0) }
    }
    return try await ConferenceContext(workspace, berlin)
  }

  private func scan(_ attendee: String, takesBack: String? = nil) throws -> Scan {
    Scan(
      id: UUID().uuidString.lowercased(), attendee: try AttendeeID(attendee),
      at: Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)), station: "Desk 1",
      occasion: nil, actor: "anna", reason: nil, takesBack: takesBack)
  }

  private final class Heard: Sendable {
    let answers = Mutex<[(scan: Scan, answer: HandingIn.Answer)]>([])

    func hear(_ news: HandingIn.News) {
      if case .answered(let scan, let answer) = news { answers.withLock { $0.append((scan, answer)) } }
    }
  }

  @Test func `that are taken back while the database is asked whether it answers are not sent`() async throws
  {
    defer { try? FileManager.default.removeItem(atPath: home) }
    let database = try await Database()
    let conference = try await opened(database)
    let roster = DeskRoster(
      AttendanceModel(), [:], BadgeCodes(berlin, identity: nil), [.english])
    let list = DeskList(conference, identity: nil, nil, roster, at: Timestamp(microseconds: 0))
    let (asked, ask) = AsyncStream.makeStream(of: Void.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let heard = Heard()
    let desk = HandingIn(
      list, outage: "no connection", ScanQueue(home: home, berlin, identity: nil), dryRun: false
    ) {
      ask.yield()
      for await _ in released { break }
      return conference
    } tell: {
      heard.hear($0)
    }
    let (first, second) = try (scan("a-1"), scan("a-2"))
    await desk.submit(first)
    await desk.submit(second)
    let running = Task { await desk.run() }
    for await _ in asked { break }
    await desk.submit(try scan("a-1", takesBack: first.id))
    release.yield()
    await desk.finish()
    await running.value

    let answers = heard.answers.withLock(\.self)
    #expect(answers.filter { $0.scan.id == first.id }.map(\.answer) == [.dropped])
    #expect(answers.filter { $0.scan.id == second.id }.map(\.answer) == [.checkedIn])
    let events = try await conference.workspace.log.read(
      berlin, matching: .tagged(first.attendee.tag), command: nil
    ).events
    #expect(events.map(\.type) == ["AttendeeRegistered"])
    withExtendedLifetime(database) {}
  }

  @Test func `of before are taken back in the log, where they may be`() async throws {
    defer { try? FileManager.default.removeItem(atPath: home) }
    let database = try await Database()
    let conference = try await opened(database)
    let roster = DeskRoster(AttendanceModel(), [:], BadgeCodes(berlin, identity: nil), [.english])
    let list = DeskList(conference, identity: nil, nil, roster, at: Timestamp(microseconds: 0))
    let heard = Heard()
    let desk = HandingIn(
      list, outage: "no connection", ScanQueue(home: home, berlin, identity: nil), dryRun: false
    ) {
      conference
    } tell: {
      heard.hear($0)
    }
    let first = try scan("a-1")
    await desk.expect([first])
    await desk.submit(try scan("a-1", takesBack: first.id))
    await desk.finish()
    await desk.run()
    #expect(heard.answers.withLock { $0.map(\.answer) } == [.checkedIn, .takenBack])
    let events = try await conference.workspace.log.read(
      berlin, matching: .tagged(first.attendee.tag), command: nil
    ).events
    #expect(events.map(\.type) == ["AttendeeRegistered", "AttendeeCheckedIn", "AttendeeCheckedOut"])
    withExtendedLifetime(database) {}
  }
}
