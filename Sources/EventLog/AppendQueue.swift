import Foundation
package import Vocabulary

/// A log that appends what many commands append in one call.
package protocol BatchingStore: SealingStore {
  /// Appends what several commands of one conference append: all of it, or nothing.
  ///
  /// - Parameters:
  ///   - commands: decided one after the other on the end of the log; none is twice among them.
  ///   - keys: new ones of people whom the events are about.
  /// - Throws: `AppendError.conflict` if the log ends elsewhere, or one of the commands has been carried out at another
  ///   position.
  func append(_ commands: [DecidedCommand], keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> AppendedCommands

  /// What was answered to commands, by their ids in lower case, and the last position of the log at that moment.
  func receipts(of commands: [String], in conference: ConferenceID)
    async throws(AppendError) -> (head: Int, answers: [String: (request: [UInt8], receipt: Receipt)])
}

/// A log for many commands at the same time, of one program.
///
/// In a log, the commands of a conference are recorded one after the other, and each waits until the one before is on disk.
/// Here each is decided on what is known in memory, with what those before it append. Their events wait together, and are appended
/// in one call as soon as the log has taken those before. Each command still gets a receipt of its own, and is answered when
/// its events are on disk. The promises are those of the log itself, and it may have other writers: if one of them was faster,
/// nothing of what waits is recorded. Commands that depend on nothing of it are sent again; the others are in conflict, as they would be
/// with the log itself.
///
/// A decision never rests on less than what the log had when its command first read: the receipts of all commands that have
/// come meanwhile are asked for at once, which tells where the log ends.
///
/// What changes how earlier events are read is appended alone, and so is what is large.
package actor AppendQueue: SealingStore {
  private let connect: @Sendable () async throws(AppendError) -> any BatchingStore
  private var log: (any BatchingStore)?
  /// How often the connection was lost.
  private var losses = 0
  private var lanes: [ConferenceID: Lane] = [:]

  /// No call appends more commands than this, so that the first one does not wait for long.
  private static let mostCommands = 1000
  /// A command with so many events is appended alone.
  private static let mostEvents = 50
  /// A command that others were faster than so often is appended alone: at the log, each waits for the one before.
  private static let mostTurns = 8

  /// - Parameter connect: opens the log; called at the first command, and after a lost connection.
  package init(_ connect: @escaping @Sendable () async throws(AppendError) -> any BatchingStore) {
    self.connect = connect
  }

  private func lane(of conference: ConferenceID) -> Lane {
    if let lane = lanes[conference] { return lane }
    let lane = Lane(conference)
    lanes[conference] = lane
    return lane
  }

  // MARK: What commands ask for

  package func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    let lane = lane(of: conference)
    let command = try command.map(storedCommandID)
    if let command {
      await answered(command, lane)
      if let read = lane.answer(command, query) { return read }
    }
    return try await ask(query, command, lane)
  }

  package func settle(_ conference: ConferenceID, command: String) async throws(AppendError) {
    let lane = lane(of: conference)
    let command = try storedCommandID(command)
    guard let told = lane.told(command), told.sawAhead != nil else { return }
    while told.head > lane.known.head, !lane.known.ahead.isEmpty, !lane.isDoubtful(told) { await watch(lane) }
    if lane.isDoubtful(told) {
      lane.forget(command)
      throw .conflict(position: lane.known.head)
    }
  }

  package func append(_ request: AppendRequest) async throws(AppendError) -> Receipt {
    try await append(request, keeping: [:])
  }

  package func append(_ request: AppendRequest, keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> Receipt
  {
    let lane = lane(of: request.conference)
    var request = request
    request.commandID = try storedCommandID(request.commandID)
    let query = request.condition?.query.union(.tagged(.aside))
    let told = lane.told(request.commandID)
    var turns = 0
    while true {
      if let receipt = try await receipt(of: request, knowing: query, lane) { return receipt }
      let alone = turns == Self.mostTurns || !canWait(request)
      if !alone, !lane.alone.isEmpty {
        // What goes alone would wait for ever if others came in between.
        await watch(lane)
        continue
      }
      do throws(AppendError) {
        if let condition = request.condition, let query { try check(condition, query, told, lane) }
        for (owner, key) in keys {
          if let other = lane.keys[owner], other.key != key { throw .conflict(position: lane.known.end) }
        }
      } catch {
        lane.forget(request.commandID)
        throw error
      }
      do throws(AppendError) {
        return try await withCheckedContinuation { answer in
          if alone {
            lane.alone.append(Alone(request: request, keys: keys, told: told, answer: answer))
            lane.unanswered[request.commandID] = []
            work(lane)
          } else {
            add(request, keeping: keys, answer, lane)
          }
        }.get()
      } catch .conflict(let position) where alone {
        throw .conflict(position: position)
      } catch .conflict {
        turns += 1
      }
    }
  }

  private func check(_ condition: Condition, _ query: Query, _ told: Told?, _ lane: Lane) throws(AppendError)
  {
    if lane.isDoubtful(condition, of: told) { throw .conflict(position: lane.known.head) }
    if condition.after > lane.known.end { throw .conflict(position: lane.known.end) }
    if let match = lane.known.first(matching: query, after: condition.after) {
      throw .conflict(position: match)
    }
  }

  /// What the command was answered before. When this returns, it is known what it depends on.
  private func receipt(of request: AppendRequest, knowing query: Query?, _ lane: Lane)
    async throws(AppendError) -> Receipt?
  {
    while true {
      await answered(request.commandID, lane)
      if let told = lane.told(request.commandID), told.refusals == lane.refusals {
        if let known = told.receipt {
          // That ends it. Whoever sends it once more asks the log.
          lane.forget(request.commandID)
          return try Self.answer(known, to: request)
        }
        if query.map({ lane.known.knows(itemsOf: $0) }) ?? true { return nil }
      }
      _ = try await ask(query, request.commandID, lane)
    }
  }

  /// One that waits to be stored is waited for: what is sealed with it must not be recorded without it.
  package func key(of owner: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    let lane = lane(of: conference)
    while let waiting = lane.keys[owner] { await answered(waiting.command, lane) }
    return try await onLog { log throws(AppendError) in try await log.key(of: owner, in: conference) }
  }

  package func keys(of conference: ConferenceID) async throws(AppendError) -> [Tag: SealingKey] {
    let lane = lane(of: conference)
    for waiting in lane.keys.values { await answered(waiting.command, lane) }
    return try await onLog { log throws(AppendError) in try await log.keys(of: conference) }
  }

  /// A blanked request is that of any command: its words were destroyed.
  private static func answer(_ known: (request: [UInt8], receipt: Receipt), to request: AppendRequest)
    throws(AppendError) -> Receipt
  {
    guard known.request == request.request || known.request.isEmpty else { throw .commandIDReused }
    return known.receipt
  }

  // MARK: The queue

  /// Waits while the same command is on its way.
  private func answered(_ command: String, _ lane: Lane) async {
    while lane.unanswered[command] != nil {
      await withCheckedContinuation { lane.unanswered[command]?.append($0) }
    }
  }

  private func watch(_ lane: Lane) async {
    await withCheckedContinuation { answer in
      lane.watching.append(answer)
      work(lane)
    }
  }

  private func ask(_ query: Query?, _ command: String?, _ lane: Lane) async throws(AppendError)
    -> BoundaryRead
  {
    try await withCheckedContinuation { answer in
      lane.questions.append(Question(query: query, command: command, answer: answer))
      work(lane)
    }.get()
  }

  private func add(
    _ request: AppendRequest, keeping keys: [Tag: SealingKey], _ answer: Answer<Receipt>, _ lane: Lane
  ) {
    let command: DecidedCommand
    do {
      // As the log does it, whose clock may differ.
      let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
      let next = lane.known.last.map { Timestamp(microseconds: $0.recordedAt.microseconds + 1) }
      command = try DecidedCommand(request, after: lane.known.end, at: next.map { max($0, now) } ?? now)
    } catch { return answer.resume(returning: .failure(.failed(StoreFailure(error)))) }
    for event in command.events { lane.known.add(ahead: event) }
    for (owner, key) in keys { lane.keys[owner] = (key, request.commandID) }
    lane.waiting.append(Waiting(command: command, keys: keys, answer: answer))
    lane.unanswered[request.commandID] = []
    work(lane)
  }

  private func canWait(_ request: AppendRequest) -> Bool {
    !request.events.isEmpty && request.events.count < Self.mostEvents
      && !request.events.contains {
        EventsAtHand.changesEarlier(type: type(of: $0).type, tags: $0.tags.map { $0.text })
      }
  }

  private func work(_ lane: Lane) {
    if lane.isWorking { return }
    lane.isWorking = true
    let conference = lane.conference
    Task { await self.workOff(conference) }
  }

  /// The log is appended to and asked in turns: what is new in it at a question is of others.
  private func workOff(_ conference: ConferenceID) async {
    let lane = lane(of: conference)
    repeat {
      await appendWaiting(lane)
      await appendAlone(lane)
      await answerQuestions(lane)
      lane.stopWatching()
    } while !lane.isIdle
    lane.isWorking = false
  }

  /// - Throws: also if the connection was lost meanwhile, for another conference: what was answered before that may hold no longer.
  private func onLogAtOnce<Value>(_ body: (any BatchingStore) async throws(AppendError) -> Value)
    async throws(AppendError) -> Value
  {
    let before = losses
    let value = try await onLog(body)
    guard losses == before else { throw .connectionLost }
    return value
  }

  private func onLog<Value>(_ body: (any BatchingStore) async throws(AppendError) -> Value)
    async throws(AppendError) -> Value
  {
    let before = losses
    do throws(AppendError) {
      if let log { return try await body(log) }
      let opened = try await connect()
      // Somebody else may have been faster.
      let log = self.log ?? opened
      self.log = log
      return try await body(log)
    } catch {
      // A server that crashed may have forgotten the last commits, and others appended in their place.
      if error == .connectionLost, losses == before {
        log = nil
        losses += 1
        for lane in lanes.values { lane.lose() }
      }
      throw error
    }
  }

  private func appendWaiting(_ lane: Lane) async {
    let sent = Array(lane.waiting.prefix(Self.mostCommands))
    if sent.isEmpty { return }
    lane.waiting.removeFirst(sent.count)
    let keys = sent.reduce(into: [:]) { $0.merge($1.keys) { known, _ in known } }
    do throws(AppendError) {
      let appended = try await onLogAtOnce { log throws(AppendError) in
        try await log.append(sent.map { $0.command }, keeping: keys)
      }
      for owner in keys.keys { lane.keys[owner] = nil }
      switch appended {
      case .now(let events): lane.known.take(recorded: events)
      case .before:
        // Sent by another program, too.
        lane.refuseWaiting(.conflict(position: lane.known.head))
        lane.forget()
      }
      for command in sent {
        var receipt = command.command.receipt
        receipt.replayed = appended == .before
        lane.finish(command, .success(receipt))
      }
    } catch {
      var conflict = lane.known.head
      if case .conflict(let position) = error { conflict = position }
      lane.refuseWaiting(.conflict(position: conflict))
      // One that cannot be stored must not take the others with it.
      if case .failed = error, sent.count > 1 {
        let head = lane.known.head
        for waiting in sent {
          let request = waiting.command.request
          if request.condition.map({ $0.after > head }) ?? false {
            // It saw what may not be recorded.
            lane.finish(waiting, .failure(.conflict(position: head)))
          } else {
            await append(request, keeping: waiting.keys, lane, waiting.answer)
          }
        }
      } else {
        for command in sent { lane.finish(command, .failure(error)) }
      }
    }
  }

  private func appendAlone(_ lane: Lane) async {
    while let alone = lane.alone.first, lane.waiting.isEmpty {
      if let condition = alone.request.condition, lane.isDoubtful(condition, of: alone.told) {
        lane.finish(alone.request.commandID)
        alone.answer.resume(returning: .failure(.conflict(position: lane.known.head)))
      } else {
        await append(alone.request, keeping: alone.keys, lane, alone.answer)
      }
      // Only now others wait for the next call again.
      lane.alone.removeFirst()
    }
  }

  /// Appends one command, as the log does it, and reads what it has recorded.
  private func append(
    _ request: AppendRequest, keeping keys: [Tag: SealingKey], _ lane: Lane, _ answer: Answer<Receipt>
  ) async {
    let result: Result<Receipt, AppendError>
    do throws(AppendError) {
      result = .success(
        try await onLogAtOnce { log throws(AppendError) in try await log.append(request, keeping: keys) })
    } catch { result = .failure(error) }
    do throws(AppendError) {
      if case .success(let receipt) = result, receipt.last > lane.known.head {
        try await catchUp(lane, to: receipt.last)
      }
    } catch { lane.forget() }
    lane.finish(request.commandID)
    answer.resume(returning: result)
  }

  private func answerQuestions(_ lane: Lane) async {
    let questions = lane.questions
    if questions.isEmpty { return }
    lane.questions = []
    if lane.known.count > KnownEvents.mostKept, lane.waiting.isEmpty { lane.forget() }
    do throws(AppendError) {
      let commands = Array(Set(questions.compactMap { $0.command }))
      var found: (head: Int, answers: [String: (request: [UInt8], receipt: Receipt)])
      var long: [Int: BoundaryRead] = [:]
      var isFresh = false
      // The receipts are asked for last: nobody may decide on an event whose command is not known. The events must be those of the
      // log after the question came; what others append while it is answered may be missing.
      while true {
        // Every condition is about these, too.
        _ = try await read(.tagged(.aside), lane)
        for (index, question) in questions.enumerated() {
          if let query = question.query { long[index] = try await read(query, lane) }
        }
        found = try await onLogAtOnce { log throws(AppendError) in
          try await log.receipts(of: commands, in: lane.conference)
        }
        if found.head == lane.known.head || isFresh && found.head > lane.known.head { break }
        try await catchUp(lane, to: found.head)
        isFresh = true
      }
      for (index, question) in questions.enumerated() {
        // It was sent once more meanwhile, and waits.
        if let command = question.command, lane.unanswered[command] != nil {
          lane.questions.append(question)
          continue
        }
        var read = BoundaryRead(events: [], head: lane.known.end)
        if let query = question.query {
          if let events = lane.known.matching(query) {
            read.events = events
          } else if let known = long[index] {
            read = known
          }
        }
        if let command = question.command {
          read.receipt = found.answers[command]
          lane.note(command, read, of: question.query)
        } else {
          // Without a command, nothing is kept that would tell later that what waited was not recorded.
          read.events.removeAll { $0.position > lane.known.head }
          read.head = min(read.head, lane.known.head)
        }
        question.answer.resume(returning: .success(read))
      }
    } catch {
      for question in questions { question.answer.resume(returning: .failure(error)) }
    }
  }

  /// Asks the log, unless it is known.
  private func read(_ query: Query, _ lane: Lane) async throws(AppendError) -> BoundaryRead {
    if let events = lane.known.matching(query) { return BoundaryRead(events: events, head: lane.known.end) }
    let asked = lane.known.question(query)
    var read = try await onLogAtOnce { log throws(AppendError) in
      try await log.read(lane.conference, matching: asked, command: nil)
    }
    if !lane.known.ahead.isEmpty {
      // What comes after is what waits, as long as nobody else is found to have appended.
      read.events.removeAll { $0.position > lane.known.head }
      read.head = lane.known.head
    } else if lane.known.isOutdated(by: read) {
      lane.forget()
      return try await self.read(query, lane)
    }
    lane.known.take(read, of: asked, for: query)
    // A log that is too long to be kept was read for this answer alone.
    return BoundaryRead(
      events: lane.known.matching(query) ?? read.events + lane.known.ahead, head: lane.known.end)
  }

  /// Others have appended, or the log has become shorter. Nothing that waits is recorded.
  private func catchUp(_ lane: Lane, to head: Int) async throws(AppendError) {
    lane.refuseWaiting(.conflict(position: lane.known.head + 1))
    if head < lane.known.head { return lane.forget() }
    let later = Query([Query.Item(after: lane.known.head)])
    let read = try await onLogAtOnce { log throws(AppendError) in
      try await log.read(lane.conference, matching: later, command: nil)
    }
    lane.refuseWaiting(.conflict(position: lane.known.head + 1))
    if lane.known.isOutdated(by: read) {
      lane.forget()
    } else {
      lane.known.take(read, of: later, for: Query([]))
    }
  }
}

/// As PostgreSQL stores it.
func storedCommandID(_ text: String) throws(AppendError) -> String {
  // Nearly all are already so, which is seen much sooner.
  if text.isUUIDInLowerCase { return text }
  guard let id = UUID(uuidString: text) else { throw .failed("“\(excerpt(text))” is not a UUID") }
  return id.uuidString.lowercased()
}

extension String {
  /// Whether it is a UUID as PostgreSQL writes one.
  fileprivate var isUUIDInLowerCase: Bool {
    guard utf8.count == 36 else { return false }
    return utf8.enumerated().allSatisfy { index, byte in
      switch index {
      case 8, 13, 18, 23: byte == UInt8(ascii: "-")
      default:
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
    }
  }
}
