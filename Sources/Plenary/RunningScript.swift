import EventLog
import Foundation
import Postgres
import PostgresLog
import Vocabulary

/// What the commands of a script share: the events that they have read, and what they append, which is recorded together.
///
/// To record something alone takes longer than to decide it: a transaction, and a wait for the disk. So each command sees what
/// those before it would append, and from time to time all of it is recorded in one transaction (``record(upTo:on:)``), while the
/// next commands are decided. It fails if somebody else has appended meanwhile; then nothing of it is recorded, and the commands
/// have to be carried out again, with those that were decided on it. Commands that record nothing are carried out again, too:
/// “nothing to do” was decided on the same state.
actor RunningScript {
  /// Nothing is ever recorded.
  nonisolated let isDryRun: Bool
  /// Whether commands are recorded together; alone, each is recorded as it would be without a script.
  private var isTogether = true
  /// What is recorded later, with new keys that are stored together with it, and what is on its way.
  private var waiting: [(command: DecidedCommand, keys: [Tag: SealingKey])] = []
  /// How many commands have waited so far, and how many of them are recorded.
  private(set) var decided = 0
  private var recorded = 0
  /// The new keys of all of these, by their owners.
  private var keys: [ConferenceID: [Tag: SealingKey]] = [:]
  /// All keys of the vault, where all events are at hand: none comes or goes without an event.
  private var stored: [ConferenceID: StoredKeys] = [:]
  /// What waited could not be recorded. Nothing is decided on it any more.
  private var isBroken = false
  /// Only one thing is recorded at a time.
  private var recording: Task<Result<Void, AppendError>, Never>?

  private var events = EventsAtHand()
  private var connection: Connection?
  /// The commands that come next, and what the log has of them and this script has appended since.
  private var expected: Set<String> = []
  private var receipts: [ConferenceID: Receipts] = [:]

  private struct Receipts {
    /// How often others had appended when they were read.
    var others: Int
    var known: [String: (request: [UInt8], receipt: Receipt)]
  }

  private struct StoredKeys {
    /// As in ``Receipts``.
    var others: Int
    var keys: [Tag: SealingKey]
  }

  /// The conferences that the log has.
  private var conferences: [ConferenceID]?
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
    let others = await events.foundOthers(in: conference)
    if let read = receipts[conference], read.others == others { return read.known[command] }
    var known = try await log.receipts(of: expected.sorted(), in: conference)
    for (command, _) in waiting where command.request.conference == conference { known.add(command) }
    receipts[conference] = Receipts(others: others, known: known)
    return known[command]
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
      try await record(upTo: decided, on: log)
      (conferences, inUse, receipts, stored) = (nil, nil, [:], [:])
      await events.askAgain()
      return try await directly(log)
    }
    if let other = waiting.last?.command, other.request.conference != request.conference {
      try await record(upTo: decided, on: log)
    }
    let command: DecidedCommand
    do {
      let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
      command = try DecidedCommand(request, after: request.condition?.after ?? 0, at: now)
    } catch { throw .failed(StoreFailure(error)) }
    try await events.add(ahead: command.events, to: request.conference)
    waiting.append((command, new))
    decided += 1
    keys[request.conference, default: [:]].merge(new) { known, _ in known }
    // Only if the others are known: else they would be taken for commands without a receipt.
    receipts[request.conference]?.known.add(command)
    if command.receipt.first == 1 { opened.append(request.conference) }
    if request.events.contains(where: { $0.tags.contains(.conference) }) { inUse = nil }
    return command.receipt
  }

  /// What changes how earlier events are read is recorded at once, and so is what is large.
  private func canWait(_ request: AppendRequest) -> Bool {
    isTogether && request.condition != nil && request.events.count < Self.mostEvents
      && !request.events.contains {
        EventsAtHand.changesEarlier(type: type(of: $0).type, tags: $0.tags.map(\.text))
      }
  }

  func key(of owner: Tag, in conference: ConferenceID, on log: PostgresLog) async throws(AppendError)
    -> SealingKey?
  {
    if let key = keys[conference]?[owner] { return key }
    guard isTogether, await events.isWhole(conference) else {
      return try await log.key(of: owner, in: conference)
    }
    let others = await events.foundOthers(in: conference)
    if let known = stored[conference], known.others == others { return known.keys[owner] }
    let read = try await log.keys(of: conference)
    stored[conference] = StoredKeys(others: others, keys: read)
    return read[owner]
  }

  func keys(of conference: ConferenceID) -> [Tag: SealingKey] { keys[conference] ?? [:] }

  /// Records what waits, in one transaction that is on disk when this returns. If nothing waits, it checks that nobody has
  /// appended since the commands were decided.
  ///
  /// - Parameter last: how many commands had waited so far when this was wanted; see ``decided``. Others may be decided
  ///   meanwhile, which are not recorded yet.
  /// - Throws: `AppendError.connectionLost` if nobody knows whether it was recorded: it can be tried again. After every other
  ///   error nothing is recorded.
  func record(upTo last: Int, on log: PostgresLog) async throws(AppendError) {
    if isDryRun { return }
    while let recording { _ = await recording.value }
    let attempt = Task { await self.attempt(upTo: last, on: log) }
    recording = attempt
    let result = await attempt.value
    recording = nil
    try result.get()
  }

  private func attempt(upTo last: Int, on log: PostgresLog) async -> Result<Void, AppendError> {
    if isBroken { return .failure(Self.broken) }
    let batch = waiting.prefix(max(0, last - recorded))
    // Alone, each command asks the log first.
    if batch.isEmpty, !isTogether { return .success(()) }
    let first = batch.first.map { ($0.command.request.conference, $0.command.receipt.first - 1) }
    do throws(AppendError) {
      try await events.check(after: first, in: log)
      guard let conference = first?.0 else { return .success(()) }
      let keys = batch.reduce(into: [:]) { $0.merge($1.keys) { known, _ in known } }
      let appended = try await log.append(batch.map(\.command), keeping: keys)
      // Nothing waits any more if another connection was used meanwhile.
      if !isBroken { await take(appended, of: batch.count, keys, in: conference) }
    } catch {
      if error != .connectionLost { await breakOff() }
      return .failure(error)
    }
    return .success(())
  }

  /// The first commands that waited are recorded.
  private func take(
    _ appended: [RecordedEvent], of commands: Int, _ new: [Tag: SealingKey], in conference: ConferenceID
  ) async {
    waiting.removeFirst(commands)
    recorded += commands
    for owner in new.keys { keys[conference]?[owner] = nil }
    stored[conference]?.keys.merge(new) { _, key in key }
    if opened.contains(conference) {
      opened.removeAll { $0 == conference }
      conferences?.append(conference)
    }
    await events.take(recorded: appended, in: conference)
  }

  /// Nothing of what waits is recorded.
  private func breakOff() async {
    isBroken = true
    decided -= waiting.count
    (waiting, keys, stored, opened, receipts, conferences, inUse) = ([], [:], [:], [], [:], nil, nil)
    await events.forgetAhead()
  }

  /// What was read over another connection, which was lost, does not hold for certain: a server that crashed may have forgotten
  /// the last commits, and others appended in their place.
  private func use(_ connection: Connection) async throws(AppendError) {
    if isBroken { throw Self.broken }
    if let before = self.connection, before !== connection {
      let isUnchecked = isTogether ? await events.hasUnchecked : false
      if !isDryRun, !waiting.isEmpty || isUnchecked {
        await breakOff()
        throw Self.broken
      }
      if waiting.isEmpty { (events, receipts, stored) = (EventsAtHand(), [:], [:]) }
    }
    self.connection = connection
  }

  private static let broken = AppendError.failed(
    "What the commands before this one append could not be recorded together.")

  // MARK: The conference in use

  /// The conferences of the log, and those that this script has opened.
  func conferences(on connection: Connection) async throws -> [ConferenceID] {
    if conferences == nil { conferences = try await connection.run { try EventStream.heads($0) }.map(\.0) }
    return (conferences ?? []) + opened
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

extension [String: (request: [UInt8], receipt: Receipt)] {
  /// The command is answered so if it is sent once more.
  fileprivate mutating func add(_ command: DecidedCommand) {
    var receipt = command.receipt
    receipt.replayed = true
    self[command.request.commandID] = (command.request.request, receipt)
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

  /// Begins to record what the commands of a script have appended since the last time. The next ones can be carried out meanwhile.
  ///
  /// - Returns: a task that ends as ``record()`` does.
  package func beginToRecord() async -> Task<Void, any Error> {
    let decided = await script?.decided ?? 0
    return Task { try await log.recordScript(upTo: decided) }
  }
}
