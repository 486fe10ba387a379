import EventLog
import Foundation
package import People
import Postgres
import PostgresLog
import PrivateServer
import ReadModels
import Scheduling
import Vocabulary

/// Hands in the scans of a desk, one after the other, and follows what other stations do.
///
/// Without the database it keeps them and tries again. Nobody waits for it: it tells what came of each scan.
package actor HandingIn {
  package enum Answer: Sendable, Equatable {
    case checkedIn
    /// Refused, because they had been checked in before.
    case again(CheckIn)
    /// Handed in late and no check-in any more; the scan is recorded.
    case recordedLate
    case takenBack
    /// Taken back before it was sent, so neither was recorded.
    case dropped
    /// Another rule is against it.
    case refused(String)
  }

  package enum News: Sendable {
    case answered(Scan, Answer)
    /// It could not be sent yet.
    case kept(Scan)
    /// Why the database does not answer; nil: it does again.
    case outage(String?)
    case changed(DeskRoster.Changes)
    case roster(DeskRoster)
    /// It was answered, and still is on this machine's disk.
    case notForgotten(String)
  }

  /// Nil until the database has answered.
  package private(set) var conference: ConferenceContext?
  package func conferenceSoFar() -> ConferenceContext? { conference }
  private let id: ConferenceID
  private let connect: @Sendable () async throws -> ConferenceContext
  private let queue: ScanQueue
  private let dryRun: Bool
  private let tell: @Sendable (News) -> Void

  /// In the order in which they were made.
  private var waiting: [Scan] = []
  /// Sent at least once, or perhaps by an earlier process: they may be recorded.
  private var tried: Set<String> = []
  /// The database did not answer when they were made or sent.
  private var late: Set<String> = []
  private var outage: String?
  private var position = 0
  private var isEnding = false
  private var pause: Task<Void, Never>?

  /// A scan that was answered so late that nobody waits for the answer any more.
  private static let patience: Int64 = 5_000_000

  package init(
    _ conference: ConferenceContext, _ queue: ScanQueue, dryRun: Bool,
    tell: @escaping @Sendable (News) -> Void
  ) {
    (self.conference, id, self.queue, self.dryRun, self.tell) = (
      conference, conference.id, queue, dryRun, tell
    )
    connect = { conference }
  }

  /// Begins without the database.
  ///
  /// - Parameters:
  ///   - outage: why it does not answer.
  ///   - connect: tried until it succeeds.
  package init(
    _ list: DeskList, outage: String, _ queue: ScanQueue, dryRun: Bool,
    connect: @escaping @Sendable () async throws -> ConferenceContext,
    tell: @escaping @Sendable (News) -> Void
  ) {
    (id, self.outage, self.queue, self.dryRun, self.tell) = (list.conference, outage, queue, dryRun, tell)
    self.connect = connect
  }

  private func connected() async throws -> ConferenceContext {
    if let conference { return conference }
    let new = try await connect()
    let roster = try await load(new)
    conference = new
    tell(.roster(roster))
    return new
  }

  /// Scans of before, which are handed in first.
  package func expect(_ scans: [Scan]) {
    waiting = scans
    tried = Set(scans.map(\.id))
    late = tried
  }

  /// Reads and decrypts the attendees.
  package func load(_ conference: ConferenceContext) async throws -> DeskRoster {
    let view = try await conference.view(AttendanceModel.self, .head)
    let details = try await conference.workspace.details(of: view.model.attendees.rows, in: conference.id)
    position = view.checkpoint.position
    return DeskRoster(
      view.model, details.values, try await conference.workspace.badgeCodes(of: conference.id),
      conference.languages)
  }

  package func submit(_ scan: Scan) {
    if let earlier = waiting.first(where: { $0.id == scan.takesBack }), !tried.contains(earlier.id) {
      // Both never happened. First the earlier one, because after a crash the other one alone does nothing.
      answered(earlier, .dropped)
      return answered(scan, .dropped)
    }
    waiting.append(scan)
    if outage != nil {
      late.insert(scan.id)
      tell(.kept(scan))
    }
    pause?.cancel()
  }

  /// Hands in until `finish` is called.
  package func run() async {
    while true {
      if let scan = waiting.first {
        if await handIn(scan) { continue }
        if isEnding { return }
        await pause(.seconds(2))
      } else {
        if isEnding { return }
        await follow()
        // A scan may have come meanwhile.
        if waiting.isEmpty { await pause(.seconds(3)) }
      }
    }
  }

  /// Hands in what can be handed in, and ends `run`.
  package func finish() {
    isEnding = true
    pause?.cancel()
  }

  /// How many scans are left.
  package var left: Int { waiting.count }

  private func pause(_ time: Duration) async {
    if isEnding { return }
    let pause = Task { () -> Void in try? await Task.sleep(for: time) }
    self.pause = pause
    await pause.value
    self.pause = nil
  }

  // MARK: Scans

  /// - Returns: whether there was an answer.
  private func handIn(_ scan: Scan) async -> Bool {
    if Self.now - scan.at.microseconds > Self.patience { late.insert(scan.id) }
    do {
      // What could not be sent for certain can still be taken back without a trace.
      if outage != nil { try await test() }
      // That took a while, and it was taken back meanwhile.
      guard waiting.contains(where: { $0.id == scan.id }) else { return true }
      tried.insert(scan.id)
      let answer = try await send(scan)
      // First what others did: who was there before is then known.
      await follow()
      answered(scan, answer)
      return true
    } catch {
      outage(Self.reason(error))
      for scan in waiting where late.insert(scan.id).inserted { tell(.kept(scan)) }
      return false
    }
  }

  private func answered(_ scan: Scan, _ answer: Answer) {
    waiting.removeAll { $0.id == scan.id }
    do { if !dryRun { try queue.remove(scan) } } catch {
      tell(.notForgotten(Failure(error).description))
    }
    tell(.answered(scan, answer))
  }

  private func send(_ scan: Scan) async throws -> Answer {
    let workspace = try await connected().workspace
    let context = try CommandContext(
      actor: scan.actor, reason: scan.reason, commandID: scan.id, dryRun: dryRun)
    do {
      if let earlier = scan.takesBack {
        // Undoing is tried for long if the connection is lost.
        try await test()
        _ = try await workspace.undo(earlier, waivers: [], in: id, context)
        return .takenBack
      }
      let outcome = try await decided(scan, context)
      if let event = outcome.events.first { return Self.answer(event) }
      guard case .appended = outcome.effect else { return .checkedIn }
      return try await recorded(scan) ?? .checkedIn
    } catch AppendError.commandIDReused {
      // The same scan of a file that was read again: only its time is another one.
      guard let answer = try await recorded(scan) else {
        return .refused(Failure(AppendError.commandIDReused).description)
      }
      return answer
    } catch let refused as Refused {
      if let (first, _) = refused.firstCheckIn { return .again(first) }
      return .refused(refused.description)
    }
  }

  /// - Throws: an error if the database does not answer.
  private func test() async throws {
    try await connected().workspace.log.run { _ = try $0.query("select 1 as one") }
  }

  private func decided(_ scan: Scan, _ context: CommandContext) async throws -> Outcome<PeopleEvent> {
    // If another desk changes the same attendee first, that is no outage.
    for _ in 1..<10 {
      do { return try await decidedSoon(scan, context) } catch AppendError.conflict {}
    }
    return try await decidedSoon(scan, context)
  }

  private func decidedSoon(_ scan: Scan, _ context: CommandContext) async throws -> Outcome<PeopleEvent> {
    var handler = CommandHandler(store: try await connected().workspace.log)
    // The desk has its own patience.
    handler.retry.budget = .seconds(1)
    let isLate = late.contains(scan.id)
    func request(_ facts: ConferenceFacts) throws -> CheckInRequest {
      CheckInRequest(
        scan.attendee, at: scan.at, station: scan.station, try facts.timesUntilToday().rules, isLate: isLate)
    }
    if let occasion = scan.occasion {
      return try await handler.handle(Presences.self, in: id, context) {
        .checkIn(try request($0), occasion)
      }
    }
    return try await handler.handle(Attendees.self, in: id, context) { .checkIn(try request($0)) }
  }

  /// What the command of this scan recorded; nil if that was not about this attendee.
  private func recorded(_ scan: Scan) async throws -> Answer? {
    let reading = try await connected().workspace.log.read(
      id, matching: .tagged(scan.attendee.tag), command: scan.id)
    guard let receipt = reading.receipt?.receipt,
      let event = reading.events.first(where: { (receipt.first...receipt.last).contains($0.position) })
    else { return nil }
    return try PeopleEvent(event).map(Self.answer)
  }

  private static func answer(_ event: PeopleEvent) -> Answer {
    if case .lateScanRecorded = event { .recordedLate } else { .checkedIn }
  }

  private func outage(_ reason: String?) {
    guard outage != reason else { return }
    outage = reason
    tell(.outage(reason))
  }

  private static func reason(_ error: any Error) -> String {
    if case AppendError.connectionLost = error { return "no connection" }
    return Failure(error).description
  }

  private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) }

  // MARK: What others do

  private func follow() async {
    do {
      let events = try await events()
      outage(nil)
      guard let last = events.last else { return }
      var changes = DeskRoster.Changes()
      do { changes = try await decoded(events) } catch is MustLoad {
        return tell(.roster(try await load(connected())))
      }
      position = last.position
      tell(.changed(changes))
    } catch { outage(Self.reason(error)) }
  }

  private func events() async throws -> [RecordedEvent] {
    let conference = try await connected()
    let (id, after) = (id, position)
    return try await conference.workspace.log.run { connection in
      var events: [RecordedEvent] = []
      if try EventStream.head(of: id, connection) == after { return [] }
      try EventStream.read(id, after: after, detail: .projection, connection) { events.append($0) }
      return events
    }
  }

  /// The attendees must be read anew.
  private struct MustLoad: Error {}

  private func decoded(_ events: [RecordedEvent]) async throws -> DeskRoster.Changes {
    var changes = DeskRoster.Changes()
    var sealed: [AttendeeID: Sealed] = [:]
    for event in events {
      guard let decoded = try? LoggedEvent(event) else { throw MustLoad() }
      switch decoded {
      case .settingAside: throw MustLoad()
      case .people(.attendeeRegistered(let body)): sealed[body.attendee] = body.details
      case .people(.attendeeRevised(let body)):
        if let details = body.details { sealed[body.attendee] = details }
      case .people(.personErased(let body)): if let attendee = body.attendee { sealed[attendee] = nil }
      case .people, .scheduling, .record: break
      }
      changes.add(decoded, event.origin)
    }
    if sealed.isEmpty { return changes }
    let keys = try await connected().workspace.log.keys(of: id)
    for (attendee, sealed) in sealed {
      // Nil where they cannot be opened: what was known before is no longer so.
      changes.details.updateValue(
        keys[attendee.tag].flatMap { sealed.open(key: $0, context: AttendeeDetails.context(id, attendee)) },
        forKey: attendee)
    }
    return changes
  }
}

extension Failure {
  /// Whether an error is that the database does not answer.
  package static func isOutage(_ error: any Error) -> Bool {
    error is PrivateServerError
      || [Code.cannotConnect, .connectionLost].contains { $0.rawValue == Failure(error).code }
  }
}

extension ConferenceContext {
  /// The conference's UUID; nil for one of the first releases.
  package func identity() async throws -> String? { try await workspace.identity(of: id) }

  /// - Throws: `Failure` for a login that may not check anybody in.
  package func checkCanHandIn() throws {
    switch workspace.access {
    case .everything: break
    case .log:
      throw Failure(
        .failed, "Nothing can be written to this database, so nobody can be checked in.", code: .readOnly)
    case .readModels:
      throw Failure(
        .failed, "This login may not check anybody in: it has only the role plenary_reader.", code: .noRights)
    }
  }
}

extension CommandContext {
  /// The id of one of many commands that are given under this one.
  package func derivedID(of what: String, _ number: Int) -> String {
    Self.derivedID(from: "\(commandID)/\(what)/\(number)")
  }
}
