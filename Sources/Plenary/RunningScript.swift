import EventLog
import Foundation
import Postgres
import PostgresLog
import Vocabulary

/// What the commands of a script share: the events that they have read, and what they append, which is recorded together.
///
/// To record something alone takes longer than to decide it: a transaction, and a wait for the disk. So each command sees what
/// those before it would append, and from time to time all of it is sent to the log in one transaction (``send()``). While that
/// is on its way, the next commands are decided. If somebody else has appended meanwhile, nothing of it is recorded, and the
/// commands have to be carried out again, with those that were decided on it. Commands that record nothing are carried out again,
/// too: “nothing to do” was decided on the same state.
///
/// The commands come one after the other. What is on its way changes nothing here until somebody waits for it (`settle`): whoever
/// needs the database, or its outcome.
actor RunningScript {
  /// Nothing is ever recorded.
  nonisolated let isDryRun: Bool
  /// Whether commands are recorded together; alone, each is recorded as it would be without a script.
  private var isTogether = true
  private let log: ReconnectingLog

  /// A command that is recorded later, with new keys that are stored together with it.
  private struct Waiting {
    let command: DecidedCommand
    let keys: [Tag: SealingKey]
  }
  private var waiting: [Waiting] = []

  /// Commands on their way to the log.
  private struct Sent {
    let number: Int
    let commands: [Waiting]
    let appending: Task<Result<AppendedCommands, AppendError>, Never>
  }
  private var sent: Sent?
  /// How often something was sent, and what came of it, for whoever waits for that.
  private var number = 0
  private var outcomes: [Int: Result<Void, AppendError>] = [:]
  /// The commands that are recorded, and those of which it is not known.
  private var recorded: Set<String> = []
  private var dropped: [DecidedCommand] = []
  /// What was to be recorded together was not. Nothing is decided on it any more.
  private var isBroken = false

  /// The new keys of what waits and what was sent, by their owners.
  private var keys: [ConferenceID: [Tag: SealingKey]] = [:]
  /// All keys of the vault, where all events are at hand: none comes or goes without an event.
  private var stored: [ConferenceID: Known<[Tag: SealingKey]>] = [:]
  private var events = EventsAtHand()
  private var connection: Connection?
  /// The commands that come next, and what the log has of them and this script has appended since.
  private var expected: Set<String> = []
  private var receipts: [ConferenceID: Known<[String: (request: [UInt8], receipt: Receipt)]>] = [:]

  /// What holds until events of others are found.
  private struct Known<Value> {
    let others: Int
    var value: Value
  }

  /// The conferences that the log has.
  private var conferences: [ConferenceID]?
  /// The conferences that only this script has opened.
  private(set) var opened: [ConferenceID] = []
  /// The conference of commands that name none.
  private var inUse: ConferenceID?

  /// A command with so many events is recorded at once, so that no transaction is long.
  private static let mostEvents = 50

  init(isDryRun: Bool, log: ReconnectingLog) {
    self.isDryRun = isDryRun
    self.log = log
  }

  /// The commands that come next are carried out together, or alone.
  func begin(_ commands: [String], together: Bool) async {
    await settle()
    await events.forgetUnchecked()
    expected = together ? Set(commands) : []
    (receipts, outcomes, recorded, dropped) = ([:], [:], [], [])
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
    if let known = receipts[conference], known.others == others { return known.value[command] }
    var found = try await log.receipts(of: expected.sorted(), in: conference).answers
    for unrecorded in (sent?.commands ?? []) + waiting
    where unrecorded.command.request.conference == conference {
      found.add(unrecorded.command)
    }
    receipts[conference] = Known(others: others, value: found)
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
      try await record()
      (conferences, inUse, receipts, stored) = (nil, nil, [:], [:])
      await events.askAgain()
      let receipt = try await directly(log)
      recorded.insert(request.commandID)
      return receipt
    }
    if let other = waiting.last?.command, other.request.conference != request.conference {
      try await record()
    }
    let command: DecidedCommand
    do {
      let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
      command = try DecidedCommand(request, after: request.condition?.after ?? 0, at: now)
    } catch { throw .failed(StoreFailure(error)) }
    try await events.add(ahead: command.events, to: request.conference)
    waiting.append(Waiting(command: command, keys: new))
    keys[request.conference, default: [:]].merge(new) { known, _ in known }
    // Only if the others are known: else they would be taken for commands without a receipt.
    receipts[request.conference]?.value.add(command)
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
      await settle()
      return try await log.key(of: owner, in: conference)
    }
    let others = await events.foundOthers(in: conference)
    if let known = stored[conference], known.others == others { return known.value[owner] }
    await settle()
    let found = try await log.keys(of: conference)
    stored[conference] = Known(others: others, value: found)
    return found[owner]
  }

  func keys(of conference: ConferenceID, on log: PostgresLog) async throws(AppendError) -> [Tag: SealingKey] {
    await settle()
    return try await log.keys(of: conference).merging(keys[conference] ?? [:]) { known, _ in known }
  }

  // MARK: Recording

  /// Sends what waits to the log, where it is recorded in one transaction. If nothing waits, it checks that nobody has appended
  /// since the commands were decided.
  ///
  /// - Returns: a number for `outcome`.
  func send() async -> Int {
    await settle()
    number += 1
    outcomes[number] = .success(())
    // Alone, each command asks the log first.
    if isDryRun || waiting.isEmpty && !isTogether && !isBroken { return number }
    if isBroken {
      outcomes[number] = .failure(Self.broken)
      return number
    }
    let batch = waiting
    do {
      let first = batch.first.map { ($0.command.request.conference, $0.command.receipt.first - 1) }
      try await events.check(after: first, in: log)
    } catch {
      if error != .connectionLost { await breakOff() }
      outcomes[number] = .failure(error)
      return number
    }
    if batch.isEmpty { return number }
    waiting = []
    let keys = batch.reduce(into: [:]) { $0.merge($1.keys) { known, _ in known } }
    let appending = Task { [log] () -> Result<AppendedCommands, AppendError> in
      do throws(AppendError) {
        return .success(try await log.append(batch.map(\.command), keeping: keys))
      } catch {
        return .failure(error)
      }
    }
    outcomes[number] = nil
    sent = Sent(number: number, commands: batch, appending: appending)
    return number
  }

  /// What came of what was sent: it is on disk when this returns.
  ///
  /// - Throws: `AppendError.connectionLost` if nobody knows whether it was recorded. After every other error nothing is recorded.
  func outcome(of number: Int) async throws(AppendError) {
    if sent?.number == number { await settle() }
    try outcomes.removeValue(forKey: number)?.get()
  }

  /// Records what waits.
  ///
  /// - Throws: as `outcome`.
  func record() async throws(AppendError) { try await outcome(of: send()) }

  /// Waits for what was sent.
  private func settle() async {
    guard let waitedFor = sent else { return }
    let result = await waitedFor.appending.value
    // Somebody else who waited may have been faster.
    guard let sent, sent.number == waitedFor.number else { return }
    self.sent = nil
    switch result {
    case .success(let appended):
      outcomes[sent.number] = .success(())
      await take(appended, of: sent.commands)
    case .failure(let error):
      outcomes[sent.number] = .failure(error)
      waiting = sent.commands + waiting
      await breakOff()
    }
  }

  private func take(_ appended: AppendedCommands, of commands: [Waiting]) async {
    guard let conference = commands.first?.command.request.conference else { return }
    recorded.formUnion(commands.map(\.command.request.commandID))
    let new = commands.reduce(into: [:]) { $0.merge($1.keys) { known, _ in known } }
    for owner in new.keys { keys[conference]?[owner] = nil }
    if opened.contains(conference) {
      opened.removeAll { $0 == conference }
      conferences?.append(conference)
    }
    switch appended {
    case .now(let appended):
      stored[conference]?.value.merge(new) { _, key in key }
      await events.take(recorded: appended, in: conference)
    case .before:
      // The same script can have been started twice: then the keys, and what they seal, are those of the other one.
      if !waiting.isEmpty { return await breakOff() }
      (events, receipts, stored) = (EventsAtHand(), [:], [:])
    }
  }

  /// Nothing of what waits is recorded.
  private func breakOff() async {
    isBroken = true
    dropped += waiting.map(\.command)
    (waiting, keys, stored, opened, receipts, conferences, inUse) = ([], [:], [:], [], [:], nil, nil)
    await events.forgetAhead()
  }

  /// Which of these commands are recorded where they were decided.
  func recorded(of commands: [String]) async throws(AppendError) -> Set<String> {
    await settle()
    for (conference, lost) in Dictionary(grouping: dropped, by: \.request.conference) {
      let found = try await log.receipts(of: lost.map(\.request.commandID), in: conference)
      for command in lost {
        guard let receipt = found[command.request.commandID]?.receipt else { continue }
        if receipt.first == command.receipt.first { recorded.insert(command.request.commandID) }
      }
    }
    dropped = []
    return recorded.intersection(commands)
  }

  /// What was read over another connection, which was lost, does not hold for certain: a server that crashed may have forgotten
  /// the last commits, and others appended in their place.
  private func use(_ connection: Connection) async throws(AppendError) {
    if let before = self.connection, before !== connection {
      await settle()
      let isUnchecked = isTogether ? await events.hasUnchecked : false
      if !isBroken, !isDryRun, !waiting.isEmpty || isUnchecked { await breakOff() }
      if !isBroken, waiting.isEmpty { (events, receipts, stored) = (EventsAtHand(), [:], [:]) }
    }
    if isBroken { throw Self.broken }
    self.connection = connection
  }

  private static let broken = AppendError.failed(
    "What the commands before this one append could not be recorded together.")

  // MARK: The conference in use

  /// The conferences of the log, and those that this script has opened.
  func conferences(on connection: Connection) async throws -> [ConferenceID] {
    await settle()
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
  package func runningScript(isDryRun: Bool) -> Workspace {
    running(RunningScript(isDryRun: isDryRun, log: log))
  }

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
  package func record() async throws { try await script?.record() }

  /// Begins to record what the commands of a script have appended since the last time. The next ones can be carried out meanwhile.
  ///
  /// - Returns: a number for ``ended(_:)``.
  package func beginToRecord() async -> Int { await script?.send() ?? 0 }

  /// Waits until it is recorded.
  ///
  /// - Throws: as ``record()``.
  package func ended(_ number: Int) async throws { try await script?.outcome(of: number) }

  /// Which commands of the script are recorded as they were carried out together, although not all of them could be.
  ///
  /// - Throws: `AppendError`.
  package func recorded(of commands: [String]) async throws -> Set<String> {
    try await script?.recorded(of: commands) ?? []
  }
}
