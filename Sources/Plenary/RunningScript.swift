import EventLog
import Foundation
import Postgres
import PostgresLog
import Vocabulary

/// What the commands of a script share: the events that they have read, and what they append, which is recorded together.
///
/// To record something alone takes longer than to decide it: a transaction, and a wait for the disk. So each command sees what
/// those before it would append, and from time to time all of it is recorded in one transaction (``record(on:)``). It fails if
/// somebody else has appended meanwhile; then nothing of it is recorded, and the commands have to be carried out again. Commands
/// that record nothing are carried out again, too: “nothing to do” was decided on the same state.
actor RunningScript {
  /// A command that is recorded later, and the positions that its events will have.
  private struct Waiting {
    let request: AppendRequest
    let receipt: Receipt
  }

  /// Nothing is ever recorded.
  nonisolated let isDryRun: Bool
  /// Whether commands are recorded together; alone, each is recorded as it would be without a script.
  private var isTogether = true
  private var waiting: [Waiting] = []
  /// New keys that are stored together with what waits, by their owners.
  private var keys: [ConferenceID: [Tag: SealingKey]] = [:]
  /// What waited could not be recorded. Nothing is decided on it any more.
  private var isBroken = false

  private var events = EventsAtHand()
  private var connection: Connection?
  /// The commands that come next, and what the log has of them and this script has appended since.
  private var expected: Set<String> = []
  private var receipts: [ConferenceID: [String: (request: [UInt8], receipt: Receipt)]] = [:]

  /// The conferences that the log has.
  private var recorded: [ConferenceID]?
  /// The conferences that only this script has opened.
  private(set) var opened: [ConferenceID] = []
  /// The conference of commands that name none.
  private var inUse: ConferenceID?

  /// A command with so many events is recorded at once.
  private static let mostEvents = 500

  init(isDryRun: Bool) { self.isDryRun = isDryRun }

  /// The commands that come next are carried out together, or alone.
  func begin(_ commands: [String], together: Bool) async {
    await events.forgetUnchecked()
    expected = together ? Set(commands) : []
    receipts = [:]
    isTogether = together
    isBroken = false
  }

  // MARK: The log

  func read(
    _ conference: ConferenceID, matching query: Query, command: String?, on log: PostgresLog
  ) async throws(AppendError) -> BoundaryRead {
    try await use(log.connection)
    let isExpected = command.map(expected.contains) ?? true
    var read = try await events.read(
      conference, matching: query, command: isExpected ? nil : command, in: log)
    // The receipts are read after the events: an event whose command is not known would be taken for somebody else's.
    if let command, isExpected { read.receipt = try await receipt(of: command, in: conference, on: log) }
    return read
  }

  private func receipt(of command: String, in conference: ConferenceID, on log: PostgresLog)
    async throws(AppendError) -> (request: [UInt8], receipt: Receipt)?
  {
    if let known = receipts[conference] { return known[command] }
    let found = try await log.receipts(of: expected.sorted(), in: conference)
    receipts[conference] = found
    return found[command]
  }

  /// - Parameters:
  ///   - new: the first keys of people whom the events are about.
  ///   - mayWait: false for an append that also destroys something.
  ///   - directly: appends what cannot wait.
  func append(
    _ request: AppendRequest, keeping new: [Tag: SealingKey] = [:], mayWait: Bool, on log: PostgresLog,
    directly: @Sendable (PostgresLog) async throws(AppendError) -> Receipt
  ) async throws(AppendError) -> Receipt {
    try await use(log.connection)
    guard isDryRun || mayWait && canWait(request) else {
      try await record(on: log)
      (recorded, inUse, receipts) = (nil, nil, [:])
      await events.askAgain()
      return try await directly(log)
    }
    let last = request.condition?.after ?? 0
    if let other = waiting.last, other.request.conference != request.conference { try await record(on: log) }
    let appended: [RecordedEvent]
    do {
      let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
      appended = try request.recorded(after: last, at: now, by: "")
    } catch { throw .failed(StoreFailure(error)) }
    try await events.add(ahead: appended, to: request.conference)
    let receipt = Receipt(first: last + 1, last: last + appended.count, replayed: false)
    waiting.append(Waiting(request: request, receipt: receipt))
    keys[request.conference, default: [:]].merge(new) { known, _ in known }
    // Only if the others are known: else they would be taken for commands without a receipt.
    receipts[request.conference]?[request.commandID] = (
      request.request, Receipt(first: receipt.first, last: receipt.last, replayed: true)
    )
    if last == 0 { opened.append(request.conference) }
    if request.events.contains(where: { $0.tags.contains(.conference) }) { inUse = nil }
    return receipt
  }

  /// What changes how earlier events are read is recorded at once, and so is what is large.
  private func canWait(_ request: AppendRequest) -> Bool {
    isTogether && request.condition != nil && request.events.count < Self.mostEvents
      && !request.events.contains {
        EventsAtHand.changesEarlier(type: type(of: $0).type, tags: $0.tags.map(\.text))
      }
  }

  func key(of owner: Tag, in conference: ConferenceID) -> SealingKey? { keys[conference]?[owner] }

  func keys(of conference: ConferenceID) -> [Tag: SealingKey] { keys[conference] ?? [:] }

  /// Records what waits, in one transaction that is on disk when this returns. If nothing waits, it checks that nobody has
  /// appended since the commands were decided.
  ///
  /// - Throws: `AppendError.connectionLost` if nobody knows whether it was recorded: it can be tried again. After every other
  ///   error nothing is recorded.
  func record(on log: PostgresLog) async throws(AppendError) {
    if isDryRun { return }
    if isBroken { throw Self.broken }
    // Alone, each command asks the log first.
    if waiting.isEmpty, !isTogether { return }
    do {
      let first = waiting.first.map { ($0.request.conference, $0.receipt.first - 1) }
      try await events.check(after: first, in: log)
      if waiting.isEmpty { return }
      try await log.append(waiting.map { ($0.request, $0.receipt) }, keeping: keys)
    } catch {
      if error != .connectionLost { await drop(isBroken: true) }
      throw error
    }
    await drop(isBroken: false)
  }

  private func drop(isBroken: Bool) async {
    self.isBroken = isBroken
    (waiting, keys, opened, receipts, recorded, inUse) = ([], [:], [], [:], nil, nil)
    await events.forgetAhead()
  }

  /// What was read over another connection, which was lost, does not hold for certain: a server that crashed may have forgotten
  /// the last commits, and others appended in their place.
  private func use(_ connection: Connection) async throws(AppendError) {
    if isBroken { throw Self.broken }
    if let before = self.connection, before !== connection {
      let isUnchecked = isTogether ? await events.hasUnchecked : false
      if !isDryRun, !waiting.isEmpty || isUnchecked {
        await drop(isBroken: true)
        throw Self.broken
      }
      if waiting.isEmpty { (events, receipts) = (EventsAtHand(), [:]) }
    }
    self.connection = connection
  }

  private static let broken = AppendError.failed(
    "What the commands before this one append could not be recorded together.")

  // MARK: The conference in use

  /// The conferences of the log, and those that this script has opened.
  func conferences(on connection: Connection) async throws -> [ConferenceID] {
    if recorded == nil { recorded = try await connection.run { try EventStream.heads($0) }.map(\.0) }
    return (recorded ?? []) + opened
  }

  /// - Parameter find: finds the conference for commands that name none. It is called again after something that may have
  ///   changed that.
  func conference(_ find: @Sendable () async throws -> ConferenceID) async throws -> ConferenceID {
    if let inUse { return inUse }
    let found = try await find()
    inUse = found
    return found
  }
}

extension Workspace {
  /// The same database for the commands of a script, one after the other. What they append is recorded by ``record()``.
  package func runningScript(isDryRun: Bool) -> Workspace { running(RunningScript(isDryRun: isDryRun)) }

  /// Says which commands of the script come next.
  ///
  /// - Parameters:
  ///   - commands: their ids.
  ///   - together: whether they are recorded together.
  package func begin(_ commands: [String], together: Bool) async {
    await script?.begin(commands, together: together)
  }

  /// Records what the commands of a script have appended since the last time. It is on disk when this returns.
  ///
  /// - Throws: `AppendError`: nothing of it was recorded. `connectionLost`: nobody knows.
  package func record() async throws { try await log.recordScript() }
}
