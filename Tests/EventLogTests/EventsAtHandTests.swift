import EventLog
import EventStorePromises
import Specification
import Synchronization
import Testing
import Vocabulary

import struct EventLog.Tag  // and not Testing.Tag

/// A log in memory whose events each client keeps at hand.
private struct LogAtHand: SealingStore, ExpungingStore {
  let log: MemoryLog
  let atHand = EventsAtHand()
  /// How many events were asked for and read, of each query.
  let reads = Reads()

  final class Reads: Sendable {
    let counts = Mutex<[Int]>([])
  }

  /// The log behind, which counts.
  private struct Counting: EventStore {
    let log: MemoryLog
    let reads: Reads

    func append(_ request: AppendRequest) async throws(AppendError) -> Receipt {
      try await log.append(request)
    }

    func read(_ conference: ConferenceID, matching query: Query, command: String?)
      async throws(AppendError) -> BoundaryRead
    {
      let read = await log.read(conference, matching: query, command: command)
      reads.counts.withLock { $0.append(read.events.count) }
      return read
    }
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await atHand.read(
      conference, matching: query, command: command, in: Counting(log: log, reads: reads))
  }

  func append(_ request: AppendRequest) async throws(AppendError) -> Receipt {
    await atHand.askAgain()
    return try await log.append(request)
  }

  func append(_ request: AppendRequest, keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> Receipt
  {
    await atHand.askAgain()
    return try await log.append(request, keeping: keys)
  }

  func expunge(_ request: AppendRequest, words positions: [Int]) async throws(AppendError) -> Receipt {
    await atHand.askAgain()
    return try await log.expunge(request, words: positions)
  }

  func key(of owner: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    await log.key(of: owner, in: conference)
  }

  func keys(of conference: ConferenceID) async throws(AppendError) -> [Tag: SealingKey] {
    await log.keys(of: conference)
  }
}

struct `Events at hand` {
  private let log = MemoryLog { Timestamp(microseconds: 0) }
  private let berlin: ConferenceID = "berlin"

  private func command(_ number: Int) -> String {
    let digits = String(number)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  private func append(_ tags: Tag..., as number: Int, in log: some EventStore) async throws {
    _ = try await log.append(
      AppendRequest(
        conference: berlin, commandID: command(number), request: [1], actor: "anna",
        events: tags.map { EventSeen(tag: $0) }))
  }

  /// An event about one thing.
  private struct EventSeen: EventBody {
    static let type = "EventSeen"
    var tag: Tag
    var tags: [Tag] { [tag] }
  }

  @Test(arguments: StorePromise.allCases) func `are what the log would give`(promise: StorePromise)
    async throws
  {
    let log = log
    try await EventStorePromises { LogAtHand(log: log) }.check(promise)
  }

  @Test(arguments: ExpungingPromise.allCases)
  func `have no words that were destroyed`(promise: ExpungingPromise) async throws {
    let log = log
    try await EventStorePromises { LogAtHand(log: log) }.check(promise)
  }

  @Test func `are read once, and later only what was appended since`() async throws {
    let mine = LogAtHand(log: log)
    let (hall, annex) = (Tag(stored: "room:hall"), Tag(stored: "room:annex"))
    try await append(hall, hall, annex, as: 1, in: mine)
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: command(2)).events.count == 2)
    try await append(hall, as: 2, in: mine)
    // Somebody else appends.
    try await append(annex, hall, as: 3, in: log)
    let halls = try await mine.read(berlin, matching: .tagged(hall), command: command(4))
    #expect(halls.events.map(\.position) == [1, 2, 4, 6] && halls.head == 6)
    let both = try await mine.read(berlin, matching: .tagged(hall, annex), command: command(4))
    #expect(both.events.map(\.position) == [1, 2, 3, 4, 5, 6])
    let known = try await mine.read(berlin, matching: .tagged(annex), command: command(5))
    #expect(known.events.map(\.position) == [3, 5])
    // So small a log is read whole rather than asked twice.
    #expect(mine.reads.counts.withLock { $0 } == [2, 3, 6, 0])
  }

  @Test func `are left out when somebody else sets them aside, and come back with them`() async throws {
    let mine = LogAtHand(log: log)
    let hall = Tag(stored: "room:hall")
    try await append(hall, hall, as: 1, in: mine)
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: command(2)).events.count == 2)
    for (number, change, left) in [
      (3, EventSetAside(position: 1) as any EventBody, [2]), (4, EventReinstated(position: 1), [1, 2]),
    ] {
      _ = try await log.append(
        AppendRequest(
          conference: berlin, commandID: command(number), request: [1], actor: "anna", events: [change]))
      let read = try await mine.read(berlin, matching: .tagged(hall), command: command(number + 10))
      #expect(read.events.map(\.position) == left)
    }
  }

  @Test func `do not change for one command, until it appends or tries again`() async throws {
    let mine = LogAtHand(log: log)
    let hall = Tag(stored: "room:hall")
    try await append(hall, as: 1, in: mine)
    let first = try await mine.read(berlin, matching: .tagged(hall), command: command(2))
    try await append(hall, as: 3, in: log)
    let second = try await mine.read(berlin, matching: .tagged(hall), command: command(2))
    #expect(first.events == second.events && second.head == 1)
    await #expect(throws: AppendError.conflict(position: 2)) {
      try await mine.append(
        AppendRequest(
          conference: berlin, commandID: command(2), request: [1], actor: "anna",
          events: [EventSeen(tag: hall)],
          condition: Condition(failIfAny: .tagged(hall), after: second.head)))
    }
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: command(2)).head == 2)
  }

  @Test func `bring the receipt of a command that was carried out`() async throws {
    let mine = LogAtHand(log: log)
    let hall = Tag(stored: "room:hall")
    try await append(hall, as: 1, in: mine)
    for _ in 1...2 {
      let read = try await mine.read(berlin, matching: .tagged(hall), command: command(1))
      #expect(read.receipt?.receipt == Receipt(first: 1, last: 1, replayed: true))
    }
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: command(2)).receipt == nil)
  }

  /// An event that is not in the log yet.
  private func ahead(_ tag: Tag, at position: Int) throws -> [RecordedEvent] {
    try AppendRequest(
      conference: berlin, commandID: command(position), request: [1], actor: "anna",
      events: [EventSeen(tag: tag)]
    ).recorded(after: position - 1, at: Timestamp(microseconds: 0), by: "anna")
  }

  @Test func `have what was added, until it is forgotten`() async throws {
    let mine = LogAtHand(log: log)
    let (hall, annex) = (Tag(stored: "room:hall"), Tag(stored: "room:annex"))
    try await append(hall, annex, as: 1, in: mine)
    _ = try await mine.read(berlin, matching: .tagged(hall), command: nil)
    try await mine.atHand.add(ahead: ahead(hall, at: 3), to: berlin)
    try await mine.atHand.add(ahead: ahead(annex, at: 4), to: berlin)
    // Nobody else appends, as far as can be seen.
    try await append(hall, as: 2, in: log)
    for query in [Query.tagged(hall, annex), .everything] {
      let read = try await mine.read(berlin, matching: query, command: command(9))
      #expect(read.events.map(\.position) == [1, 2, 3, 4] && read.head == 4)
    }
    #expect(
      try await mine.read(berlin, matching: .tagged(annex), command: nil).events.map(\.position) == [2, 4])
    await #expect(throws: AppendError.conflict(position: 4)) {
      try await mine.atHand.add(ahead: ahead(hall, at: 4), to: berlin)
    }
    await mine.atHand.forgetAhead()
    let read = try await mine.read(berlin, matching: .tagged(hall, annex), command: command(9))
    #expect(read.events.map(\.position) == [1, 2, 3] && read.head == 3)
  }

  @Test func `have only what others appended in the place of what is forgotten`() async throws {
    let mine = LogAtHand(log: log)
    let (hall, annex) = (Tag(stored: "room:hall"), Tag(stored: "room:annex"))
    try await append(hall, annex, as: 1, in: log)
    _ = try await mine.read(berlin, matching: .tagged(hall, annex), command: nil)
    try await mine.atHand.add(ahead: ahead(hall, at: 3), to: berlin)
    await mine.atHand.forgetAhead()
    try await append(annex, as: 2, in: log)
    for (tag, positions) in [(hall, [1]), (annex, [2, 3])] {
      let read = try await mine.read(berlin, matching: .tagged(tag), command: nil)
      #expect(read.events.map(\.position) == positions && read.head == 3)
    }
  }

  @Test func `know what was added as it was recorded, without reading it`() async throws {
    let mine = LogAtHand(log: log)
    let (hall, annex) = (Tag(stored: "room:hall"), Tag(stored: "room:annex"))
    try await append(hall, as: 1, in: log)
    _ = try await mine.read(berlin, matching: .tagged(hall, annex), command: nil)
    for (position, tag) in [(2, annex), (3, hall), (4, hall)] {
      try await mine.atHand.add(ahead: ahead(tag, at: position), to: berlin)
    }
    // The first two of the three are recorded.
    try await append(annex, hall, as: 2, in: log)
    let recorded = await log.read(berlin, matching: .everything, command: nil).events.suffix(2)
    _ = try await mine.read(berlin, matching: .tagged(hall), command: nil)
    await mine.atHand.take(recorded: Array(recorded), in: berlin)
    let reads = mine.reads.counts.withLock { $0.count }
    let read = try await mine.read(berlin, matching: .tagged(hall, annex), command: nil)
    #expect(read.events.map(\.position) == [1, 2, 3, 4] && read.head == 4)
    #expect(read.events[1...2] == recorded)
    #expect(mine.reads.counts.withLock { $0.count } == reads, "The log is not asked.")
    // What was answered before holds: nobody else has appended. The third is not recorded yet.
    try await mine.atHand.check(after: (berlin, 3), in: log)
    #expect(await mine.atHand.foundOthers(in: berlin) == 1)
    await mine.atHand.forgetAhead()
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: nil).head == 3)
    #expect(await mine.atHand.foundOthers(in: berlin) == 1)
    try await append(hall, as: 3, in: log)
    await mine.atHand.askAgain()
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: nil).head == 4)
    #expect(await mine.atHand.foundOthers(in: berlin) == 2)
  }

  @Test func `have a conference that only what was added opens`() async throws {
    let mine = LogAtHand(log: log)
    let hall = Tag(stored: "room:hall")
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: nil).head == 0)
    try await mine.atHand.add(ahead: ahead(hall, at: 1), to: berlin)
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: nil).head == 1)
    await mine.atHand.forgetAhead()
    try await append(hall, hall, as: 1, in: log)
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: nil).events.count == 2)
  }

  @Test func `are read whole when a log was asked often for its size, and answer everything then`()
    async throws
  {
    let mine = LogAtHand(log: log)
    let rooms = (1...250).map { Tag(stored: "room:r-\($0)") }
    let added = rooms.map { EventSeen(tag: $0) }
    _ = try await log.append(
      AppendRequest(
        conference: berlin, commandID: command(1), request: [1], actor: "anna", events: added))
    for room in rooms.prefix(6) {
      _ = try await mine.read(berlin, matching: .tagged(room), command: nil)
    }
    #expect(mine.reads.counts.withLock { $0 } == [1, 1, 1, 250])
    try await mine.atHand.add(ahead: ahead(rooms[9], at: 251), to: berlin)
    let ofType = Query([Query.Item(types: ["EventSeen"]), Query.Item(types: ["Other"])])
    for (query, positions) in [
      (Query.tagged(rooms[9]), [10, 251]), (.tagged(rooms[7], rooms[8]), [8, 9]),
      (ofType, Array(1...251)), (.everything, Array(1...251)),
      (.tagged(Tag(stored: "room:other")), []),
      (Query([Query.Item(types: ["EventSeen"], tags: [rooms[9]], after: 10)]), [251]),
    ] {
      let read = try await mine.read(berlin, matching: query, command: nil)
      #expect(read.events.map(\.position) == positions && read.head == 251)
    }
    #expect(mine.reads.counts.withLock { $0.count } == 4)
    await mine.atHand.forgetAhead()
    try await append(rooms[9], as: 2, in: log)
    try await append(Tag(stored: "room:other"), as: 3, in: log)
    for (tag, positions) in [(rooms[9], [10, 251]), (Tag(stored: "room:other"), [252]), (rooms[3], [4])] {
      let read = try await mine.read(berlin, matching: .tagged(tag), command: nil)
      #expect(read.events.map(\.position) == positions && read.head == 252)
      #expect(read.events == (await log.read(berlin, matching: .tagged(tag), command: nil).events))
    }
    #expect(mine.reads.counts.withLock { $0 } == [1, 1, 1, 250, 2])
  }

  @Test func `that answered without the log are checked`() async throws {
    let mine = LogAtHand(log: log)
    let hall = Tag(stored: "room:hall")
    try await append(hall, as: 1, in: log)
    for _ in 1...2 { _ = try await mine.read(berlin, matching: .tagged(hall), command: nil) }
    try await mine.atHand.check(after: nil, in: log)
    _ = try await mine.read(berlin, matching: .tagged(hall), command: nil)
    try await append(Tag(stored: "room:annex"), as: 2, in: log)
    // The log itself compares the position of what is appended.
    try await mine.atHand.check(after: (berlin, 1), in: log)
    _ = try await mine.read(berlin, matching: .tagged(hall), command: nil)
    await #expect(throws: AppendError.conflict(position: 2)) {
      try await mine.atHand.check(after: nil, in: log)
    }
    // Now the log is asked.
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: nil).head == 2)
    _ = try await mine.read(berlin, matching: .tagged(hall), command: nil)
    try await append(hall, as: 3, in: log)
    // The first answer counts, also if the log was asked after it.
    #expect(try await mine.read(berlin, matching: .tagged(hall), command: command(9)).head == 3)
    await #expect(throws: AppendError.conflict(position: 3)) {
      try await mine.atHand.check(after: (berlin, 3), in: log)
    }
  }

  @Test func `that answered without the log are checked in each conference`() async throws {
    let mine = LogAtHand(log: log)
    let (paris, hall): (ConferenceID, Tag) = ("paris", Tag(stored: "room:hall"))
    for (number, conference) in [berlin, paris].enumerated() {
      _ = try await log.append(
        AppendRequest(
          conference: conference, commandID: command(number), request: [1], actor: "anna",
          events: [EventSeen(tag: hall)]))
    }
    for (number, changed) in [berlin, paris].enumerated() {
      for conference in [berlin, paris] {
        for _ in 1...2 { _ = try await mine.read(conference, matching: .tagged(hall), command: nil) }
      }
      let now = try await log.append(
        AppendRequest(
          conference: changed, commandID: command(10 + number), request: [1], actor: "boris",
          events: [EventSeen(tag: hall)]))
      await #expect(throws: AppendError.conflict(position: now.last)) {
        try await mine.atHand.check(after: nil, in: log)
      }
    }
    #expect(await !mine.atHand.hasUnchecked)
  }

  @Test func `take part in what everything was read for`() async throws {
    let mine = LogAtHand(log: log)
    let hall = Tag(stored: "room:hall")
    try await append(hall, as: 1, in: log)
    _ = try await mine.read(berlin, matching: .tagged(hall), command: nil)
    try await append(hall, as: 2, in: log)
    let all = try await mine.read(berlin, matching: .everything, command: command(9))
    #expect(all.events.map(\.position) == [1, 2] && all.head == 2)
    try await mine.atHand.add(ahead: ahead(hall, at: 3), to: berlin)
  }

  @Test func `are decoded to what was stored, however often`() async throws {
    let mine = LogAtHand(log: log)
    let hall = Tag(stored: "room:hall")
    try await append(hall, as: 1, in: mine)
    let event = try #require(try await mine.read(berlin, matching: .tagged(hall), command: nil).events.first)
    #expect(try event.decoded(as: EventSeen.self) == EventSeen(tag: hall))
    #expect(try event.decoded(as: EventSeen.self) == EventSeen(tag: hall))
    #expect(throws: UnreadableEvent.self) { try event.decoded(as: EventSetAside.self) }
    #expect(await log.read(berlin, matching: .tagged(hall), command: nil).events == [event])
  }
}
