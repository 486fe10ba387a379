import EventLog
import LogTestSupport
import Postgres
import PostgresLog
import ReadModels
import Scheduling
import TestSupport
import Testing
import Vocabulary

@testable import Plenary

/// An attempt with a read model that has stopped reads all events after the stop.
@Suite(.timeLimit(.minutes(10))) struct `A read model that has stopped` {
  private let berlin = conference("berlin")

  private func append(_ type: String, _ body: String, to database: Database) async throws {
    try await Connection.open(database.owner).execute(
      """
      select from log.append(
        'berlin', \(newCommandID())::uuid, \(sha256("request"))::bytea, 'anna', null, \([type])::text[],
        \([1])::integer[], \(["conference"])::text[], \([body])::text[])
      """)
  }

  @Test func `is tried again when events were appended, and at most once a minute`() async throws {
    let database = try await Database()
    let workspace = try await Workspace.open(
      Configuration(database: database.connectionString, conference: "berlin", environment: [:])
    ) { Issue.record("said “\($0)”") }
    let opened = ConferenceOpened(
      title: LocalizedText([.english: "Berlin"]), firstDay: try CalendarDate("2016-06-01"),
      lastDay: try CalendarDate("2016-06-03"), zone: "Europe/Berlin"
    ) { $0.languages = [.english] }
    _ = try await workspace.log.append(
      AppendRequest(
        conference: berlin, commandID: newCommandID(), request: sha256("open"), actor: "anna",
        events: [opened]))
    var follower = ReadModelFollower(try await ConferenceContext(workspace, berlin))
    #expect(try await follower.catchUp(ProgramModel.self) == 1)
    #expect(try await follower.catchUp(ProgramModel.self) == 0)

    let start = ContinuousClock.now
    /// Whether this was an attempt, which stopped again.
    func attempt(after seconds: Int) async throws -> Bool {
      do {
        let events = try await follower.catchUp(ProgramModel.self, now: start + .seconds(seconds))
        #expect(events == 0)
        return false
      } catch is StoppedReadModel { return true }
    }
    try await append("RoomRevised", #"{"room":"nowhere"}"#, to: database)
    #expect(try await attempt(after: 0))
    #expect(try await !attempt(after: 600))
    try await append("TrackAdded", #"{"track":"economy","name":{"en":"Economy"}}"#, to: database)
    #expect(try await !attempt(after: 59))
    #expect(try await attempt(after: 60))
    #expect(try await !attempt(after: 600))
    // The others go on.
    #expect(try await follower.catchUp(AttendanceModel.self) == 3)
  }
}
