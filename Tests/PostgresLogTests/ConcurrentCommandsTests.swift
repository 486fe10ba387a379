import EventLog
import LogTestSupport
import People
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Testing
import Vocabulary

/// Organizers who change the same things at the same time. Every command is carried out.
@Suite(.timeLimit(.minutes(10))) struct `Commands at the same time` {
  private let berlin = conference("berlin")

  private func context() throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
  }

  private func time(_ minute: Int) throws -> ZonedTime {
    try ZonedTime(
      date: CalendarDate("2026-06-01"), minuteOfDay: minute, offset: 120, zone: "Europe/Berlin")
  }

  @Test func `schedule twenty sessions into one room at twenty times`() async throws {
    let database = try await Database()
    _ = try await database.log().append(
      AppendRequest(
        conference: berlin, commandID: newCommandID(), request: sha256("setting"), actor: "anna",
        events: [
          ConferenceOpened(
            title: LocalizedText([.english: "Berlin"]), firstDay: CalendarDate("2026-06-01"),
            lastDay: CalendarDate("2026-06-01"), zone: "Europe/Berlin"
          ) { $0.languages = [.english] },
          RoomAdded(room: RoomID("hall"), name: LocalizedText([.english: "Hall"])),
        ]))
    let failures = try await withThrowingTaskGroup(of: String?.self) { group in
      for number in 0..<20 {
        let log = try await database.log()
        group.addTask {
          let start = try time(60 + number * 60)
          let session = try SessionScheduled(
            session: SessionID("s-\(number)"), title: LocalizedText([.english: "Session"]),
            kind: .session, slot: Slot(room: RoomID("hall"), start: start, end: start.advanced(by: 30)))
          do {
            var handler = CommandHandler(store: log)
            // Nobody gives up, however busy the machine is.
            handler.retry.budget = .seconds(500)
            let outcome = try await handler.handle(
              Sessions.self, Sessions.Command(.schedule(session, further: [], [])), in: berlin, context())
            return outcome.events.count == 1 ? nil : "\(outcome)"
          } catch { return "\(error)" }
        }
      }
      return try await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
    }
    #expect(failures == [])
    let events = try await database.log().stream(berlin)
    #expect(events.count { $0.type == SessionScheduled.type } == 20)
  }
}
