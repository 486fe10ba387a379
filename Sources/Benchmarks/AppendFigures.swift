import EventLog
import JSON
import People
import Plenary
import Postgres
import PostgresLog
import Scheduling
import Vocabulary

/// (b) Conditional appends of one event, compared with plain inserts of the same row into a table with the
/// same definition. Both commit every row, over as many connections. They take turns, and the median of the turns' ratios counts.
func measureAppends(_ bench: Bench) async throws -> [Figure] {
  let owner = try await Connection.open(bench.parameters)
  // Only the columns, constraints and key of log.event.
  try await owner.run { connection in
    try connection.executeScript(
      """
      create schema bare;
      create table bare.event (like log.event including all);
      grant usage on schema bare to plenary_writer;
      grant insert on bare.event to plenary_writer;
      """)
  }
  var figures: [Figure] = []
  // In one conference, every append waits until the previous one is on disk. Its gapless order requires that.
  for (clients, conferences, limit) in [(1, 200, 0.5), (8, 200, 0.5), (32, 200, 0.5), (8, 1, 0.3)] {
    let what = "\(counted(clients, "client")), \(counted(conferences, "conference"))"
    say("conditional appends: \(what) …")
    var (bare, appends) = (Count(), Count())
    var ratios: [Double] = []
    for round in 1...5 {
      let inserted = try await run(clients, bench) { client in
        try await BareClient(client, "bare-\(clients)-\(conferences)-\(round)", bench).insert()
      }
      let appended = try await run(clients, bench) { client in
        // Each client has conferences of its own, but for the one that all share.
        let mine = (0..<conferences).filter { conferences == 1 || $0 % clients == client }
        return try await AppendingClient(
          client, mine.map { "appends-\(clients)-\(conferences)-\(round)-\($0)" }, bench
        ).append()
      }
      bare += inserted
      appends += appended
      ratios.append(appended.rate / inserted.rate)
    }
    figures.append(
      Figure(
        name: "(b) conditional appends, \(what)", measured: rate(appends.done, appends.seconds),
        against: "INSERT \(rate(bare.done, bare.seconds))", ratio: median(ratios),
        limit: .atLeast(times: limit)))
  }
  return figures
}

/// (b) A rush in one conference: 1,000 callers at a time check attendees in through one queue, each decided on what the conference
/// is then. Beside it, one caller at a time without a queue.
func measureQueue(_ bench: Bench) async throws -> [Figure] {
  let (attendees, callers, others) = (40_000, 1000, 2000)
  let connection = try await Connection.open(bench.writer)
  var (queued, direct) = (Count(), Count())
  var ratios: [Double] = []
  for round in 1...5 {
    say("a rush of \(attendees) check-ins: turn \(round) of 5 …")
    let conference = try ConferenceID("rush-\(round)")
    try await register(attendees + others, in: conference, PostgresLog(connection))
    let one = try await checkIn(
      attendees..<(attendees + others), callers: 1, in: conference, PostgresLog(connection))
    let queue = AppendQueue { () throws(AppendError) in PostgresLog(connection) }
    // The queue reads the conference at its first command.
    _ = try await queue.read(conference, matching: .everything, command: nil)
    let many = try await checkIn(0..<attendees, callers: callers, in: conference, queue)
    queued += many
    direct += one
    ratios.append(many.rate / one.rate)
  }
  await connection.close()
  let perSecond = Double(queued.done) / queued.seconds
  return [
    Figure(
      name: "(b) check-ins through a queue, 1 conference, 1,000 callers",
      measured: rate(queued.done, queued.seconds),
      against: "one caller \(rate(direct.done, direct.seconds))", ratio: median(ratios),
      limit: .absolute("≥ 20000/s", kept: perSecond >= 20_000))
  ]
}

func attendee(_ number: Int) throws -> AttendeeID {
  try AttendeeID("a-" + String(number + 60_466_176, radix: 36))
}

func register(_ count: Int, in conference: ConferenceID, _ log: PostgresLog) async throws {
  var events: [any EventBody] = [
    try ConferenceOpened(
      title: LocalizedText([.english: "A rush"]), firstDay: CalendarDate("2026-03-01"),
      lastDay: CalendarDate("2026-03-03"), zone: "Asia/Shanghai")
  ]
  let details = AttendeeDetails(
    name: try PersonName([NameForm("Petrova, Anna", in: .english, order: nil)]))
  let key = SealingKey.random()
  for number in 0..<count {
    let attendee = try attendee(number)
    events.append(
      AttendeeRegistered(
        attendee: attendee, category: "delegate", listed: true,
        details: try Sealed(
          details, key: key, context: "\(conference)/attendee:\(attendee)", commandID: "\(number)")))
    if events.count == 1000 || number == count - 1 {
      _ = try await log.append(
        AppendRequest(
          conference: conference, commandID: commandID(1, number), request: [UInt8](repeating: 7, count: 32),
          actor: "anna", events: events))
      events = []
    }
  }
}

/// - Parameter callers: how many commands are given at a time.
private func checkIn(
  _ numbers: Range<Int>, callers: Int, in conference: ConferenceID, _ store: some EventStore
) async throws -> Count {
  let handler = CommandHandler(store: store)
  let start = ContinuousClock.now
  try await withThrowingTaskGroup(of: Void.self) { group in
    for caller in 0..<callers {
      group.addTask {
        for number in numbers where number % callers == caller {
          let attendee = try attendee(number)
          let outcome = try await handler.handle(
            Attendees.self, in: conference,
            CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false)
          ) { facts in .checkIn(CheckInRequest(attendee, try facts.timesUntilToday().rules)) }
          guard case .appended = outcome.effect else {
            throw AppendError.failed("a check-in was not recorded")
          }
        }
      }
    }
    try await group.waitForAll()
  }
  return Count(done: numbers.count, seconds: start.duration(to: ContinuousClock.now).seconds)
}

private struct Count {
  var done = 0
  var seconds = 0.0
  var rate: Double { Double(done) / seconds }

  static func += (a: inout Count, b: Count) {
    a.done += b.done
    a.seconds += b.seconds
  }
}

/// How long each kind runs before the other one takes its turn.
private let turn = Duration.seconds(2)

/// - Parameter client: makes the action that a client repeats.
private func run(
  _ clients: Int, _ bench: Bench,
  _ client: @Sendable @escaping (Int) async throws -> @Sendable () async throws -> Void
) async throws -> Count {
  var steps: [@Sendable () async throws -> Void] = []
  for number in 0..<clients { steps.append(try await client(number)) }
  let clock = ContinuousClock()
  let start = clock.now
  let done = try await withThrowingTaskGroup(of: Int.self) { group in
    for step in steps {
      group.addTask {
        var done = 0
        while start.duration(to: clock.now) < turn {
          try await step()
          done += 1
        }
        return done
      }
    }
    return try await group.reduce(0, +)
  }
  return Count(done: done, seconds: start.duration(to: clock.now).seconds)
}

/// The event that both kinds write: about 180 bytes of JSON, with one tag.
private func revision(_ client: Int, _ number: Int) throws -> SessionRevised {
  SessionRevised(session: try SessionID("session-\(client)")) {
    $0.title = LocalizedText([.english: "Trade, transport and trust across the continent \(number)"])
    $0.description = LocalizedText([.english: "What the corridors cost, and who will pay for them."])
  }
}

func commandID(_ client: Int, _ number: Int) -> String {
  let digits = String(client * 1_000_000_000 + number)
  return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
}

private actor AppendingClient {
  private let client: Int
  private let conferences: [ConferenceID]
  private let log: PostgresLog
  private var number = 0
  /// The last position of each conference that this client knows.
  private var after: [Int]

  init(_ client: Int, _ conferences: [String], _ bench: Bench) async throws {
    self.client = client
    self.conferences = try conferences.map { try ConferenceID($0) }
    after = conferences.map { _ in 0 }
    log = PostgresLog(try await Connection.open(bench.writer))
  }

  /// Appends on the condition that nobody else has changed the session.
  nonisolated func append() -> @Sendable () async throws -> Void { { try await self.appendNext() } }

  private func appendNext() async throws {
    number += 1
    let place = number % conferences.count
    let event = try revision(client, number)
    let receipt = try await log.append(
      AppendRequest(
        conference: conferences[place], commandID: commandID(client, number),
        request: [UInt8](repeating: 7, count: 32), actor: "anna", events: [event],
        condition: Condition(failIfAny: .tagged(event.session.tag), after: after[place])))
    after[place] = receipt.last
  }
}

private actor BareClient {
  private let client: Int
  private let conference: String
  private let connection: Connection
  private var number = 0

  init(_ client: Int, _ conference: String, _ bench: Bench) async throws {
    self.client = client
    self.conference = conference
    connection = try await Connection.open(bench.writer)
  }

  nonisolated func insert() -> @Sendable () async throws -> Void { { try await self.insertNext() } }

  private func insertNext() async throws {
    number += 1
    let event = try revision(client, number)
    let body = try JSONText.encode(event)
    let position = client * 1_000_000_000 + number
    try await connection.execute(
      """
      insert into bare.event
        (conference, position, type, version, tags, body, actor, reason, command_id, recorded_at, leaf)
      values (
        \(conference), \(position), \(SessionRevised.type), \(SessionRevised.version),
        \(event.tags.map(\.text)), \(body)::json, \("anna"), null,
        \(commandID(client, number))::uuid, clock_timestamp(),
        \([UInt8](repeating: 7, count: 32))::bytea)
      """)
  }
}
