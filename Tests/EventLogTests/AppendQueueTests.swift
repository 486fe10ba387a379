import EventLog
import EventStorePromises
import Foundation
import Specification
import Synchronization
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

@Suite(.timeLimit(.minutes(5))) struct `A queue of commands` {
  private let log = MemoryLog { Timestamp(microseconds: 0) }
  private let berlin: ConferenceID = "berlin"
  private let hall = Tag(stored: "room:hall")
  private let annex = Tag(stored: "room:annex")
  private let questions = Shared(0)

  /// An event about some things.
  private struct Seen: EventBody {
    static let type = "Seen"
    var tags: [Tag]
  }

  /// What somebody said about the hall, in words that can be destroyed.
  private struct Said: EventBody {
    static let type = "Said"
    static let words = ["text"]
    var text: String?
    var tags: [Tag] { [Tag(stored: "room:hall")] }
  }

  private struct StatementExpunged: EventBody {
    static let type = "StatementExpunged"
    var positions: [Int]
    var tags: [Tag] { [Tag(stored: "room:hall")] }
  }

  private func request(
    _ tags: Tag..., as command: String = UUID().uuidString, unless condition: Condition? = nil
  ) -> AppendRequest {
    AppendRequest(
      conference: berlin, commandID: command, request: [1], actor: "anna", events: [Seen(tags: tags)],
      condition: condition)
  }

  /// Commands that have read what they depend on, and are about to append.
  private func commands(_ count: Int, _ queue: AppendQueue) async throws -> [String] {
    let commands = (0..<count).map { _ in UUID().uuidString }
    for command in commands {
      _ = try await queue.read(berlin, matching: .tagged(hall, annex), command: command)
    }
    return commands
  }

  /// Waits until the queue has so many events, in the log or waiting.
  private func wait(for count: Int, _ command: String, in queue: AppendQueue) async throws {
    while true {
      // The same question once more would wait for the log.
      let number = questions.withLock {
        $0 += 1
        return $0
      }
      let query = Query(Array(repeating: Query.Item(tags: [hall]), count: number))
      if try await queue.read(berlin, matching: query, command: command).head >= count { return }
      await Task.yield()
    }
  }

  @Test(arguments: StorePromise.allCases)
  func `keeps the promises of the log behind it`(promise: StorePromise) async throws {
    let queue = AppendQueue { log }
    try await EventStorePromises { queue }.check(promise)
  }

  @Test(arguments: StorePromise.allCases)
  func `keeps them beside other writers`(promise: StorePromise) async throws {
    try await EventStorePromises { AppendQueue { log } }.check(promise)
  }

  @Test(arguments: SealingPromise.allCases)
  func `keeps those of a log with a vault`(promise: SealingPromise) async throws {
    let queue = AppendQueue { log }
    try await EventStorePromises { queue }.check(promise)
  }

  @Test func `appends in one call what came while the log was busy, and answers each command`() async throws {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(7, queue)
    let first = Task { try await queue.append(request(hall, as: commands[0])) }
    try await wait(for: 1, commands[6], in: queue)
    let others = commands[1...5].map { command in
      Task { try await queue.append(request(hall, as: command)) }
    }
    try await wait(for: 6, commands[6], in: queue)
    #expect(await log.read(berlin, matching: .everything, command: nil).head == 0)
    await gate.open()
    #expect(try await first.value == Receipt(first: 1, last: 1, replayed: false))
    var positions: [Int] = []
    for other in others { positions.append(try await other.value.first) }
    #expect(positions.sorted() == [2, 3, 4, 5, 6])
    #expect(slow.calls.withLock { $0 } == [1, 5])
    let stored = await log.read(berlin, matching: .everything, command: nil).events
    #expect(Set(stored.map(\.commandID)) == Set(commands.prefix(6).map { $0.lowercased() }))
  }

  @Test func `refuses at once what depends on something that waits`() async throws {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(3, queue)
    let first = Task { try await queue.append(request(hall, as: commands[0])) }
    try await wait(for: 1, commands[2], in: queue)
    await #expect(throws: AppendError.conflict(position: 1)) {
      try await queue.append(
        request(hall, as: commands[1], unless: Condition(failIfAny: .tagged(hall), after: 0)))
    }
    await gate.open()
    _ = try await first.value
    let read = try await queue.read(berlin, matching: .tagged(hall), command: commands[1])
    #expect(read.events.map(\.commandID) == [commands[0].lowercased()] && read.head == 1)
  }

  @Test func `stores the others if one command of a call cannot be stored`() async throws {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(5, queue)
    let first = Task { try await queue.append(request(hall, as: commands[0])) }
    try await wait(for: 1, commands[4], in: queue)
    var bad = request(hall, as: commands[1])
    bad.actor = ""
    let others = [bad, request(hall, as: commands[2]), request(annex, as: commands[3])].map { request in
      Task { try await queue.append(request) }
    }
    try await wait(for: 4, commands[4], in: queue)
    await gate.open()
    _ = try await first.value
    await #expect(throws: AppendError.self) { try await others[0].value }
    let positions = [try await others[1].value.first, try await others[2].value.first]
    #expect(positions.sorted() == [2, 3])
    #expect(await log.read(berlin, matching: .everything, command: nil).head == 3)
  }

  @Test func `decides again what saw something that was not recorded, although others are at its position`()
    async throws
  {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(3, queue)
    let first = Task { try await queue.append(request(annex, as: commands[0])) }
    // It sees that event at position 1. Somebody else appends what it depends on there.
    try await wait(for: 1, commands[1], in: queue)
    _ = try await log.append(request(hall))
    await gate.open()
    #expect(try await first.value.first == 2, "It depends on nothing, so it comes after.")
    await #expect(throws: AppendError.self) {
      try await queue.append(
        request(hall, as: commands[1], unless: Condition(failIfAny: .tagged(hall), after: 1)))
    }
    let again = try await queue.read(berlin, matching: .tagged(hall), command: commands[1])
    #expect(again.events.map(\.position) == [1] && again.head == 2)
    let receipt = try await queue.append(
      request(hall, as: commands[1], unless: Condition(failIfAny: .tagged(hall), after: 2)))
    #expect(receipt.first == 3)
  }

  @Test func `decides again what goes alone and saw something that was not recorded`() async throws {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(2, queue)
    let first = Task { try await queue.append(request(annex, as: commands[0])) }
    try await wait(for: 1, commands[1], in: queue)
    _ = try await log.append(request(hall))
    var large = request(as: commands[1], unless: Condition(failIfAny: .tagged(hall), after: 1))
    large.events = (0..<60).map { _ in Seen(tags: [hall]) }
    let second = Task { [large] in try await queue.append(large) }
    for _ in 0..<100 { await Task.yield() }
    await gate.open()
    _ = try await first.value
    await #expect(throws: AppendError.self) { try await second.value }
    #expect(await log.read(berlin, matching: .everything, command: nil).head == 2)
    let again = try await queue.read(berlin, matching: .tagged(hall), command: commands[1])
    large.condition = Condition(failIfAny: .tagged(hall), after: again.head)
    #expect(try await queue.append(large) == Receipt(first: 3, last: 62, replayed: false))
  }

  @Test func `lets a command that appends nothing wait for what it has seen`() async throws {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(4, queue)
    try await queue.settle(berlin, command: commands[3])
    let first = Task {
      try await queue.append(
        request(hall, as: commands[0], unless: Condition(failIfAny: .tagged(hall), after: 0)))
    }
    try await wait(for: 1, commands[1], in: queue)
    try await wait(for: 1, commands[2], in: queue)
    let isRecorded = Mutex(false)
    let settled = Task {
      try await queue.settle(berlin, command: commands[1])
      #expect(isRecorded.withLock { $0 })
    }
    for _ in 0..<100 { await Task.yield() }
    // Somebody else appends first, and what both saw is never recorded.
    _ = try await log.append(request(hall))
    isRecorded.withLock { $0 = true }
    await gate.open()
    await #expect(throws: AppendError.conflict(position: 1)) { try await first.value }
    await #expect(throws: AppendError.self) { try await settled.value }
    await #expect(throws: AppendError.self) { try await queue.settle(berlin, command: commands[2]) }
  }

  @Test func `asks the log again when a command is sent once more`() async throws {
    let queue = AppendQueue { log }
    let command = UUID().uuidString
    #expect(try await queue.read(berlin, matching: .tagged(hall), command: command).head == 0)
    _ = try await log.append(request(hall))
    let again = try await queue.read(berlin, matching: .tagged(hall), command: command)
    #expect(again.head == 1 && again.events.count == 1)
  }

  @Test func `reads what others appended before a command came`() async throws {
    let queue = AppendQueue { ControlledLog(log) { _, _ in } }
    _ = try await queue.append(request(hall))
    _ = try await log.append(request(hall, annex))
    let read = try await queue.read(berlin, matching: .tagged(annex), command: UUID().uuidString)
    #expect(read.events.map(\.position) == [2] && read.head == 2)
    _ = try await log.append(
      AppendRequest(
        conference: berlin, commandID: UUID().uuidString, request: [1], actor: "anna",
        events: [EventSetAside(position: 1)]))
    let left = try await queue.read(berlin, matching: .tagged(hall), command: UUID().uuidString)
    #expect(left.events.map(\.position) == [2] && left.head == 3)
  }

  @Test func `asks the log once for the receipts of many commands`() async throws {
    let slow = ControlledLog(log) { _, _ in }
    let queue = AppendQueue { slow }
    let gate = Gate()
    slow.beforeReceipts.withLock { $0 = { await gate.pass() } }
    let asking = Shared(0)
    let readers = (0..<8).map { _ in
      Task {
        asking.withLock { $0 += 1 }
        return try await queue.read(berlin, matching: .tagged(hall), command: UUID().uuidString).head
      }
    }
    while asking.withLock({ $0 }) < 8 { await Task.yield() }
    for _ in 0..<100 { await Task.yield() }
    await gate.open()
    for reader in readers { #expect(try await reader.value == 0) }
    let asked = slow.receipts.withLock { $0 }
    #expect(asked.reduce(0, +) == 8 && asked.count < 8)
  }

  @Test func `gives a key out when it is stored, and no other one meanwhile`() async throws {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(3, queue)
    let (key, anna) = (SealingKey.random(), Tag(stored: "person:anna"))
    let first = Task { try await queue.append(request(anna, as: commands[0]), keeping: [anna: key]) }
    try await wait(for: 1, commands[2], in: queue)
    let isStored = Mutex(false)
    let asking = Task {
      let found = try await queue.key(of: anna, in: berlin)
      let all = try await queue.keys(of: berlin)
      #expect(isStored.withLock { $0 })
      return (found, all)
    }
    await #expect(throws: AppendError.conflict(position: 1)) {
      try await queue.append(request(anna, as: commands[1]), keeping: [anna: .random()])
    }
    for _ in 0..<100 { await Task.yield() }
    isStored.withLock { $0 = true }
    await gate.open()
    let (found, all) = try await asking.value
    #expect(found == key && all == [anna: key])
    _ = try await first.value
    #expect(await log.keys(of: berlin) == [anna: key])
  }

  @Test func `opens the log again after a lost connection, and forgets what it has read`() async throws {
    let opened = Mutex(0)
    let gate = Gate()
    let queue = AppendQueue { () throws(AppendError) in
      opened.withLock { $0 += 1 }
      // The connection is lost when the answer is on its way: it is recorded.
      return ControlledLog(log) { call, isAfter throws(AppendError) in
        if call == 1, isAfter, opened.withLock({ $0 }) == 1 {
          await gate.pass()
          throw .connectionLost
        }
      }
    }
    let commands = try await commands(3, queue)
    let first = Task { try await queue.append(request(hall, as: commands[0])) }
    try await wait(for: 1, commands[1], in: queue)
    let second = Task {
      try await queue.append(
        request(hall, as: commands[1], unless: Condition(failIfAny: .tagged(hall), after: 1)))
    }
    try await wait(for: 2, commands[2], in: queue)
    await gate.open()
    await #expect(throws: AppendError.connectionLost) { try await first.value }
    await #expect(throws: AppendError.connectionLost) { try await second.value }
    #expect(
      try await queue.append(request(hall, as: commands[0])) == Receipt(first: 1, last: 1, replayed: true))
    #expect(opened.withLock { $0 } == 2)
    let read = try await queue.read(berlin, matching: .tagged(hall), command: commands[1])
    #expect(read.events.map(\.position) == [1] && read.receipt == nil)
  }

  // MARK: What waits, and what was not recorded

  /// Holds up the next question before its receipts are read.
  ///
  /// - Returns: the gate that lets it go on.
  private func heldQuestion(_ slow: ControlledLog) -> Gate {
    let (gate, asked) = (Gate(), Shared(0))
    slow.beforeReceipts.withLock {
      $0 = {
        let number = asked.withLock {
          $0 += 1
          return $0
        }
        if number == 1 { await gate.pass() }
      }
    }
    return gate
  }

  private func waitForQuestion(_ count: Int, _ slow: ControlledLog) async {
    while slow.receipts.withLock({ $0.count }) < count { await Task.yield() }
  }

  @Test func `shows what waits to no reader without a command`() async throws {
    let slow = ControlledLog(log) { _, _ in }
    let queue = AppendQueue { slow }
    let commands = try await commands(2, queue)
    let (gate, asked) = (heldQuestion(slow), slow.receipts.withLock { $0.count })
    let reader = Task { try await queue.read(berlin, matching: .tagged(hall), command: nil) }
    await waitForQuestion(asked + 1, slow)
    let first = Task { try await queue.append(request(hall, as: commands[0])) }
    try await wait(for: 1, commands[1], in: queue)
    await gate.open()
    let read = try await reader.value
    #expect(read.events.isEmpty && read.head == 0)
    _ = try await first.value
  }

  @Test func `answers a question about a command that waits when it is recorded`() async throws {
    let slow = ControlledLog(log) { _, _ in }
    let queue = AppendQueue { slow }
    let commands = try await commands(2, queue)
    let (gate, asked) = (heldQuestion(slow), slow.receipts.withLock { $0.count })
    let reader = Task { try await queue.read(berlin, matching: .tagged(hall, annex), command: commands[0]) }
    await waitForQuestion(asked + 1, slow)
    let first = Task { try await queue.append(request(hall, as: commands[0])) }
    try await wait(for: 1, commands[1], in: queue)
    await gate.open()
    #expect(try await reader.value.receipt?.receipt == Receipt(first: 1, last: 1, replayed: true))
    _ = try await first.value
  }

  @Test func `decides again if an event that came during its question is not recorded`()
    async throws
  {
    let held = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await held.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(2, queue)
    let (gate, asked) = (heldQuestion(slow), slow.receipts.withLock { $0.count })
    let command = UUID().uuidString
    let reader = Task { try await queue.read(berlin, matching: .tagged(hall), command: command) }
    await waitForQuestion(asked + 1, slow)
    let nothing = Condition(failIfAny: .tagged(hall), after: 0)
    let first = Task { try await queue.append(request(hall, as: commands[0], unless: nothing)) }
    try await wait(for: 1, commands[1], in: queue)
    await gate.open()
    #expect(try await reader.value.head == 1)
    // Somebody else is faster.
    _ = try await log.append(request(hall))
    await held.open()
    await #expect(throws: AppendError.self) { try await first.value }
    await #expect(throws: AppendError.self) {
      try await queue.append(
        request(hall, as: command, unless: Condition(failIfAny: .tagged(hall), after: 1)))
    }
  }

  @Test func `asks anew, and trusts no position, after something that waited was not recorded`() async throws
  {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(3, queue)
    let nothing = Condition(failIfAny: .tagged(hall), after: 0)
    let first = Task { try await queue.append(request(hall, as: commands[0], unless: nothing)) }
    try await wait(for: 1, commands[2], in: queue)
    _ = try await log.append(request(hall))
    await gate.open()
    await #expect(throws: AppendError.self) { try await first.value }
    // What it asked about is known, but of before.
    #expect(try await queue.read(berlin, matching: .tagged(hall), command: commands[1]).head == 1)
    // Whoever has not read here cannot know what is at position 1.
    await #expect(throws: AppendError.self) {
      try await queue.append(request(annex, unless: Condition(failIfAny: .tagged(annex), after: 1)))
    }
  }

  @Test func `stores nothing that saw what could not be stored`() async throws {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(5, queue)
    let first = Task { try await queue.append(request(annex, as: commands[0])) }
    try await wait(for: 1, commands[4], in: queue)
    var bad = request(hall, as: commands[1])
    bad.actor = ""
    let refused = Task { [bad] in try await queue.append(bad) }
    // It sees the event at position 2, which another one gets.
    try await wait(for: 2, commands[3], in: queue)
    let other = Task { try await queue.append(request(annex, as: commands[2])) }
    try await wait(for: 3, commands[4], in: queue)
    let seeing = Task {
      try await queue.append(
        request(hall, as: commands[3], unless: Condition(failIfAny: .tagged(hall), after: 2)))
    }
    try await wait(for: 4, commands[4], in: queue)
    await gate.open()
    _ = try await first.value
    await #expect(throws: AppendError.self) { try await refused.value }
    #expect(try await other.value.first == 2)
    await #expect(throws: AppendError.self) { try await seeing.value }
    #expect(await log.read(berlin, matching: .everything, command: nil).head == 2)
  }

  @Test func `decides again after a lost connection, whatever was read before`() async throws {
    let queue = AppendQueue { () throws(AppendError) in
      ControlledLog(log) { call, _ throws(AppendError) in if call == 1 { throw .connectionLost } }
    }
    let commands = try await commands(2, queue)
    await #expect(throws: AppendError.connectionLost) {
      try await queue.append(request(hall, as: commands[0]))
    }
    await #expect(throws: AppendError.self) {
      try await queue.append(
        request(annex, as: commands[1], unless: Condition(failIfAny: .tagged(annex), after: 0)))
    }
  }

  @Test func `answers no question of one conference across a loss at another`() async throws {
    let slow = ControlledLog(log) { call, _ throws(AppendError) in if call == 1 { throw .connectionLost } }
    let queue = AppendQueue { slow }
    let shanghai: ConferenceID = "shanghai"
    _ = try await queue.read(shanghai, matching: .tagged(hall), command: nil)
    let (gate, asked) = (heldQuestion(slow), slow.receipts.withLock { $0.count })
    let reader = Task { try await queue.read(berlin, matching: .tagged(hall), command: UUID().uuidString) }
    await waitForQuestion(asked + 1, slow)
    var other = request(hall)
    other.conference = shanghai
    let elsewhere = other
    await #expect(throws: AppendError.connectionLost) { try await queue.append(elsewhere) }
    await gate.open()
    await #expect(throws: AppendError.connectionLost) { try await reader.value }
  }

  @Test func `gives what waits a later time than what is recorded, whatever its own clock says`() async throws
  {
    let late = MemoryLog { Timestamp(microseconds: 9_000_000_000_000_000) }
    _ = try await late.append(request(hall))
    let gate = Gate()
    let slow = ControlledLog(late) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(2, queue)
    let first = Task { try await queue.append(request(hall, as: commands[0])) }
    try await wait(for: 2, commands[1], in: queue)
    // The same question once more would wait for the log.
    let read = try await queue.read(berlin, matching: .tagged(annex, hall), command: commands[1])
    let times = read.events.map(\.recordedAt)
    #expect(times.count == 2 && times[0] < times[1])
    await gate.open()
    _ = try await first.value
  }

  @Test func `knows a command by its id alone once the words of its request were destroyed`() async throws {
    let queue = AppendQueue { log }
    var said = request(as: UUID().uuidString)
    said.events = [Said(text: "unheard of")]
    _ = try await queue.append(said)
    said.request = [2]
    let another = said
    await #expect(throws: AppendError.commandIDReused) { try await queue.append(another) }
    var order = request()
    order.events = [StatementExpunged(positions: [1])]
    _ = try await log.expunge(order, words: [1])
    #expect(try await queue.append(another) == Receipt(first: 1, last: 1, replayed: true))
  }

  @Test func `gives no list of keys out while one of them waits`() async throws {
    let gate = Gate()
    let slow = ControlledLog(log) { call, _ in if call == 1 { await gate.pass() } }
    let queue = AppendQueue { slow }
    let commands = try await commands(2, queue)
    let (key, anna) = (SealingKey.random(), Tag(stored: "person:anna"))
    let first = Task { try await queue.append(request(anna, as: commands[0]), keeping: [anna: key]) }
    try await wait(for: 1, commands[1], in: queue)
    let asking = Task { try await queue.keys(of: berlin) }
    for _ in 0..<100 { await Task.yield() }
    await gate.open()
    #expect(try await asking.value == [anna: key])
    _ = try await first.value
  }
}

private final class Shared: Sendable {
  private let value: Mutex<Int>
  init(_ value: Int) { self.value = Mutex(value) }
  func withLock<Result: Sendable>(_ body: (inout Int) -> Result) -> Result { value.withLock { body(&$0) } }
}

/// Whoever passes waits until it is opened.
private actor Gate {
  private var isOpen = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func pass() async {
    if !isOpen { await withCheckedContinuation { waiting.append($0) } }
  }

  func open() {
    isOpen = true
    for one in waiting { one.resume() }
    waiting = []
  }
}

/// A log in memory that counts its calls, and is held up by tests.
private final class ControlledLog: BatchingStore {
  /// How many commands each call appended.
  let calls = Mutex<[Int]>([])
  /// How many commands each question was about.
  let receipts = Mutex<[Int]>([])
  let beforeReceipts = Mutex<@Sendable () async -> Void>({})
  private let log: MemoryLog
  private let step: @Sendable (_ call: Int, _ isAfter: Bool) async throws(AppendError) -> Void

  /// - Parameter step: called before and after each call that appends several commands; calls are counted from 1.
  init(
    _ log: MemoryLog,
    _ step: @escaping @Sendable (_ call: Int, _ isAfter: Bool) async throws(AppendError) -> Void
  ) { (self.log, self.step) = (log, step) }

  func append(_ commands: [DecidedCommand], keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> AppendedCommands
  {
    let call = calls.withLock {
      $0.append(commands.count)
      return $0.count
    }
    try await step(call, false)
    let appended = try await log.append(commands, keeping: keys)
    try await step(call, true)
    return appended
  }

  func receipts(of commands: [String], in conference: ConferenceID)
    async throws(AppendError) -> (head: Int, answers: [String: (request: [UInt8], receipt: Receipt)])
  {
    receipts.withLock { $0.append(commands.count) }
    await beforeReceipts.withLock { $0 }()
    return await log.receipts(of: commands, in: conference)
  }

  func append(_ request: AppendRequest) async throws(AppendError) -> Receipt { try await log.append(request) }

  func append(_ request: AppendRequest, keeping keys: [Tag: SealingKey]) async throws(AppendError) -> Receipt
  {
    try await log.append(request, keeping: keys)
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    await log.read(conference, matching: query, command: command)
  }

  func key(of owner: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    await log.key(of: owner, in: conference)
  }

  func keys(of conference: ConferenceID) async throws(AppendError) -> [Tag: SealingKey] {
    await log.keys(of: conference)
  }
}
