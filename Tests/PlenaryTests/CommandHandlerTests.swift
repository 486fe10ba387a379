import EventLog
import People
import Plenary
import Specification
import Testing
import Vocabulary

/// A log in which somebody else appends first, a given number of times.
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
    var handler = CommandHandler(store: log)
    // Time does not pass: on a busy machine it could run out.
    let now = ContinuousClock.now
    (handler.retry.now, handler.retry.sleep) = ({ now }, { _ in })
    return try await handler.handle(
      Speakers.self, .register(SpeakerRegistered(person: "li-wei", name: "Li, Wei")), in: "berlin",
      CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false))
  }

  /// Twenty writers of one room at different times conflict this often.
  @Test(arguments: [1, 2, 5, 7])
  func `is decided again until it succeeds, and has one effect`(times: Int) async throws {
    let log = ContestedLog(.conflict(position: 1), times: times)
    let outcome = try await register(log)
    #expect(outcome.effect == .appended(Receipt(first: 1, last: 1, replayed: false)))
    #expect(await log.sent == times + 1)
    #expect(await log.events() == ["SpeakerRegistered"])
  }

  @Test func `is not repeated if that cannot help`() async throws {
    for failure in [AppendError.commandIDReused, .failed("disk")] {
      let log = ContestedLog(failure, times: 1)
      await #expect(throws: failure) { try await register(log) }
      #expect(await log.sent == 1, "\(failure)")
    }
  }
}
