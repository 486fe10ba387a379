import EventLog
import People
import Plenary
import Specification
import Testing
import Vocabulary

/// A log in which somebody else is always a little faster, some times in a row.
private actor ContestedLog: EventStore {
  private let log = MemoryLog { Timestamp(microseconds: 0) }
  private let failure: AppendError
  private var left: Int
  private(set) var sent = 0

  init(_ failure: AppendError, times: Int) { (self.failure, left) = (failure, times) }

  func append(_ request: AppendRequest) async throws(AppendError) -> Receipt {
    sent += 1
    if left > 0 {
      left -= 1
      throw failure
    }
    return try await log.append(request)
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    await log.read(conference, matching: query, command: command)
  }

  func events() async -> [String] {
    await log.read("berlin", matching: .everything, command: nil).events.map(\.type)
  }
}

@Suite(.timeLimit(.minutes(10))) struct `A command that meets others` {
  private func register(_ log: ContestedLog) async throws -> Outcome<PeopleEvent> {
    try await CommandHandler(store: log).handle(
      Speakers.self, .register("li-wei", "Li, Wei", biography: nil, []), in: "berlin",
      CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false))
  }

  /// Twenty who write to one room at disjoint times conflict this often.
  @Test(arguments: [1, 2, 5, 7])
  func `is decided again, many times if need be, and has one effect`(times: Int) async throws {
    let log = ContestedLog(.conflict(position: 1), times: times)
    let outcome = try await register(log)
    #expect(outcome.effect == .appended(Receipt(first: 1, last: 1, replayed: false)))
    #expect(await log.sent == times + 1)
    #expect(await log.events() == ["SpeakerRegistered"])
  }

  @Test func `is not sent again where that cannot help`() async throws {
    for failure in [AppendError.commandIDReused, .failed("disk")] {
      let log = ContestedLog(failure, times: 1)
      await #expect(throws: failure) { try await register(log) }
      #expect(await log.sent == 1, "\(failure)")
    }
  }
}
