import EventLog
import EventStorePromises
import LogTestSupport
import People
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Testing
import Vocabulary

/// Many commands at a time through one queue, on a real log.
@Suite(.timeLimit(.minutes(10))) struct `A queue of commands on PostgreSQL` {
  private let berlin = conference("berlin")

  private func queue(_ database: Database) -> AppendQueue {
    AppendQueue { () throws(AppendError) in
      do { return try await database.log() } catch { throw AppendError(any: error) }
    }
  }

  @Test(arguments: StorePromise.allCases)
  func `keeps the promises of every log`(promise: StorePromise) async throws {
    let database = try await Database()
    try await EventStorePromises { queue(database) }.check(promise)
  }

  @Test(arguments: SealingPromise.allCases)
  func `keeps the promises of every log with a vault`(promise: SealingPromise) async throws {
    let database = try await Database()
    let queue = queue(database)
    try await EventStorePromises { queue }.check(promise)
  }

  @Test func `checks two hundred attendees in at once, each once, beside another writer`() async throws {
    let database = try await Database()
    let (log, queue) = (try await database.log(), queue(database))
    let attendees = try (0..<200).map { try AttendeeID("a-\($0)") }
    let key = SealingKey.random()
    let details = try Sealed(
      AttendeeDetails(name: PersonName([NameForm("Li, Wei", in: .english, order: nil)])), key: key,
      context: "berlin/attendee:a", commandID: "1")
    _ = try await log.append(
      AppendRequest(
        conference: berlin, commandID: newCommandID(), request: sha256("setting"), actor: "anna",
        events: [
          ConferenceOpened(
            title: LocalizedText([.english: "Berlin"]), firstDay: CalendarDate("2026-06-01"),
            lastDay: CalendarDate("2026-06-01"), zone: "Europe/Berlin"
          ) { $0.languages = [.english] }
        ]
          + attendees.map {
            AttendeeRegistered(attendee: $0, category: "delegate", listed: true, details: details)
          }))
    var handler = CommandHandler(store: queue)
    handler.retry.budget = .seconds(500)
    let patient = handler
    let outcomes = try await withThrowingTaskGroup(of: Int?.self) { group in
      // Each of them twice, from two desks.
      for attendee in attendees + attendees {
        group.addTask {
          do {
            let outcome = try await patient.handle(
              Attendees.self, in: berlin,
              CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
            ) { .checkIn(CheckInRequest(attendee, try $0.timesUntilToday().rules)) }
            guard case .appended(let receipt) = outcome.effect else { return nil }
            return receipt.first
          } catch is Refused { return nil }
        }
      }
      group.addTask {
        for number in 0..<20 {
          _ = try await log.append(AppendRequest(berlin, "\(number)", about: [room("hall")]))
        }
        return nil
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let events = try await log.stream(berlin)
    let checkedIn = events.filter { $0.type == AttendeeCheckedIn.type }
    #expect(Set(checkedIn.map(\.tags)).count == 200 && checkedIn.count == 200)
    // Each receipt names the event that its command has recorded.
    #expect(outcomes.compactMap { $0 }.sorted() == checkedIn.map(\.position))
    #expect(events.count == 201 + 220)
    for event in events { #expect(event.leaf == event.leafHash) }
  }
}
