import EventLog
import Foundation
import LogTestSupport
import People
import Scheduling
import Synchronization
import Testing
import Vocabulary

@testable import Plenary

import struct EventLog.Tag  // and not Testing.Tag

/// A log in memory in which others append first a given number of times, or whose connection is lost.
private actor TroubledLog: SealingStore {
  let log = MemoryLog { Timestamp(microseconds: 0) }
  private var troubles: [AppendError]
  private var readTroubles: [AppendError]
  /// The changes that others make before the next append.
  private var meanwhile: [@Sendable (MemoryLog) async throws -> Void] = []
  private(set) var appends = 0
  private(set) var reads = 0

  init(_ troubles: [AppendError] = [], reading readTroubles: [AppendError] = []) {
    (self.troubles, self.readTroubles) = (troubles, readTroubles)
  }

  func before(_ others: @escaping @Sendable (MemoryLog) async throws -> Void) { meanwhile.append(others) }

  private func trouble() async throws(AppendError) {
    appends += 1
    if !meanwhile.isEmpty {
      do { try await meanwhile.removeFirst()(log) } catch { throw .failed("\(error)") }
    }
    if !troubles.isEmpty { throw troubles.removeFirst() }
  }

  func append(_ request: AppendRequest) async throws(AppendError) -> Receipt {
    try await trouble()
    return try await log.append(request)
  }

  func append(_ request: AppendRequest, keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> Receipt
  {
    try await trouble()
    return try await log.append(request, keeping: keys)
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    reads += 1
    if !readTroubles.isEmpty { throw readTroubles.removeFirst() }
    return await log.read(conference, matching: query, command: command)
  }

  func key(of person: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    await log.key(of: person, in: conference)
  }

  func keys(of conference: ConferenceID) async throws(AppendError) -> [Tag: SealingKey] {
    await log.keys(of: conference)
  }
}

/// A clock that advances only while somebody sleeps.
private final class FakeTime: Sendable {
  private let state = Mutex((now: ContinuousClock.now, pauses: [Duration]()))

  var pauses: [Duration] { state.withLock { $0.pauses } }

  var policy: RetryPolicy {
    var policy = RetryPolicy()
    policy.now = { self.state.withLock { $0.now } }
    policy.sleep = { pause in
      self.state.withLock { state in
        state.now = state.now.advanced(by: pause)
        state.pauses.append(pause)
      }
    }
    return policy
  }
}

@Suite(.timeLimit(.minutes(10))) struct `A command that meets trouble` {
  private let berlin = conference("berlin")

  private func context(_ id: String? = nil, dryRun: Bool = false) throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: id, dryRun: dryRun)
  }

  private func register(_ person: String = "li-wei") throws -> Speakers.Command {
    let name = try PersonName([NameForm("Li, Wei", in: .english, order: nil)])
    return .register(SpeakerRegistered(person: try PersonID(person), name: name))
  }

  private func handler(_ log: TroubledLog, _ time: FakeTime) -> CommandHandler<TroubledLog> {
    var handler = CommandHandler(store: log)
    handler.retry = time.policy
    return handler
  }

  @Test func `is retried after random pauses with a doubling limit`() async throws {
    let (log, time) = (TroubledLog(Array(repeating: .conflict(position: 1), count: 30)), FakeTime())
    let outcome = try await handler(log, time).handle(
      Speakers.self, register(), in: berlin, context())
    #expect(outcome.effect == .appended(Receipt(first: 1, last: 1, replayed: false)))
    #expect(time.pauses.count == 30)
    for (index, pause) in time.pauses.enumerated() {
      #expect(pause >= .zero && pause <= min(.milliseconds(10) * (1 << min(index, 10)), .seconds(1)))
    }
    #expect(Set(time.pauses).count > 20, "Nobody waits in step with the others.")
  }

  @Test(arguments: [AppendError.conflict(position: 7), .connectionLost, .busy])
  func `is given up when its time is over`(trouble: AppendError) async throws {
    let (log, time) = (TroubledLog(Array(repeating: trouble, count: 10_000)), FakeTime())
    await #expect(throws: trouble) {
      try await handler(log, time).handle(Speakers.self, register(), in: berlin, context())
    }
    let waited = time.pauses.reduce(Duration.zero, +)
    #expect(waited < .seconds(30) && waited > .seconds(28))
  }

  @Test func `is retried if the connection is lost while reading`() async throws {
    let (log, time) = (TroubledLog(reading: [.connectionLost, .connectionLost]), FakeTime())
    let outcome = try await handler(log, time).handle(
      Speakers.self, register(), in: berlin, context())
    #expect(outcome.effect == .appended(Receipt(first: 1, last: 1, replayed: false)))
    #expect(time.pauses.count == 2)
  }

  @Test func `is retried if another command keeps the conference locked`() async throws {
    let (log, time) = (TroubledLog([.busy, .busy]), FakeTime())
    let outcome = try await handler(log, time).handle(Speakers.self, register(), in: berlin, context())
    #expect(outcome.effect == .appended(Receipt(first: 1, last: 1, replayed: false)))
    #expect(await log.appends == 3)
    #expect(time.pauses.count == 2)
  }

  @Test(arguments: [AppendError.commandIDReused, .failed("full")])
  func `fails at once if waiting cannot help`(trouble: AppendError) async throws {
    let (log, time) = (TroubledLog([trouble]), FakeTime())
    await #expect(throws: trouble) {
      try await handler(log, time).handle(Speakers.self, register(), in: berlin, context())
    }
    #expect(time.pauses == [])
  }

  @Test func `is decided again after others' changes, and a refusal is final`() async throws {
    let (log, time) = (TroubledLog(), FakeTime())
    let attendee = try AttendeeID("a-1")
    let details = AttendeeDetails(name: try PersonName([NameForm("Li, Wei", in: .english, order: nil)]))
    let handler = handler(log, time)
    let anna = try context()
    await log.before { [berlin] memory in
      _ = try await CommandHandler(store: memory).handle(
        Attendees.self, sealing: details, of: attendee.tag, in: berlin, anna
      ) { .register(attendee, category: "press", listed: true, $0) }
      _ = try await CommandHandler(store: memory).handle(
        Attendees.self, .erase(attendee), in: berlin,
        CommandContext(actor: "anna", reason: nil, commandID: nil, dryRun: false))
      await memory.destroyKey(of: attendee.tag, in: berlin)
    }
    await #expect(throws: Refused.self) {
      try await handler.handle(
        Attendees.self, sealing: details, of: attendee.tag, in: berlin, context()
      ) { .register(attendee, category: "press", listed: true, $0) }
    }
    #expect(await log.appends == 1)
    #expect(await log.log.keys(of: berlin) == [:], "An erasure leaves nobody a key.")
  }

  @Test func `uses the key that somebody else has made meanwhile`() async throws {
    let (log, time) = (TroubledLog(), FakeTime())
    let person = try PersonID("li-wei")
    _ = try await CommandHandler(store: log.log).handle(
      Speakers.self, register(), in: berlin, context())
    let theirs = SealingKey(bytes: Array(0..<32))
    // Nothing in the boundary of a contact has changed, but the key exists now.
    await log.before { [berlin] memory in
      _ = try await memory.append(AppendRequest(berlin, "other"), keeping: [person.tag: theirs])
    }
    let contact = SpeakerContact(email: try EmailAddress("li@example.org"))
    let outcome = try await handler(log, time).handle(
      Speakers.self, sealing: contact, of: person.tag, in: berlin, context()
    ) { .stateContact(person, $0) }
    guard case .contactStated(let body)? = outcome.events.first else {
      return #expect(outcome.events.count == 1)
    }
    #expect(
      body.contact?.open(SpeakerContact.self, key: theirs, context: SpeakerContact.context(berlin, person))
        == contact)
    #expect(await log.log.keys(of: berlin) == [person.tag: theirs])
  }
}

@Suite(.timeLimit(.minutes(10))) struct `A command that is understood as the conference has it` {
  private let berlin = conference("berlin")
  private let log = TroubledLog()
  private let german = try! Language("de")

  private func context(_ id: String = newCommandID()) throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: id, dryRun: false)
  }

  private func open() async throws {
    _ = try await CommandHandler(store: log.log).handle(
      Conferences.self,
      .open(
        ConferenceOpened(
          title: LocalizedText([.english: "Berlin"]), firstDay: CalendarDate("2026-06-01"),
          lastDay: CalendarDate("2026-06-03"), zone: "Europe/Berlin"
        ) { $0.languages = [.english] }, []),
      in: berlin, context())
  }

  private static func revise(_ revision: Conferences.Revision, in log: MemoryLog) async throws {
    _ = try await CommandHandler(store: log).handle(
      Conferences.self, .revise(revision), in: conference("berlin"),
      CommandContext(actor: "boris", reason: nil, commandID: nil, dryRun: false))
  }

  /// A track whose name is given without a language.
  private func addTrack(_ id: String = newCommandID()) async throws -> Outcome<SchedulingEvent> {
    try await CommandHandler(store: log).handle(Tracks.self, in: berlin, context(id)) { conference in
      try .add(
        TrackAdded(track: TrackID("economy"), name: LocalizedText([conference.languages[0]: "Economy"])))
    }
  }

  private func added(in language: Language) throws -> SchedulingEvent {
    try .trackAdded(TrackAdded(track: TrackID("economy"), name: LocalizedText([language: "Economy"])))
  }

  @Test func `takes the main language that was revised while it was decided`() async throws {
    try await open()
    await log.before { try await Self.revise(.init { $0.languages = [german, .english] }, in: $0) }
    #expect(try await addTrack().events == [added(in: german)])
    #expect(await log.appends == 2)
  }

  @Test func `takes the days that were revised while it was decided`() async throws {
    try await open()
    let name = try PersonName([NameForm("Lovelace, Ada", in: .english, order: nil)])
    _ = try await CommandHandler(store: log.log).handle(
      Speakers.self, .register(SpeakerRegistered(person: PersonID("ada"), name: name)), in: berlin, context())
    await log.before {
      try await Self.revise(
        .init(
          changes: .init {
            $0.firstDay = try CalendarDate("2040-06-01")
            $0.lastDay = try CalendarDate("2040-06-03")
          }), in: $0)
    }
    // Summer time of 2040 is beyond the clock changes that 2026 needs.
    let outcome = try await CommandHandler(store: log).handle(
      Availability.self, in: berlin, context()
    ) { conference in
      let start = try conference.times().read("2040-07-01 09:00")
      return try .state(PersonID("ada"), from: start, until: start.advanced(by: 60), waivers: [])
    }
    guard case .people(.unavailabilityStated(let body))? = outcome.events.first else {
      return #expect(outcome.events.count == 1)
    }
    #expect(body.from.offset == 120)
  }

  @Test func `means the same when it is sent again after a revision`() async throws {
    try await open()
    let id = newCommandID()
    #expect(try await addTrack(id).events == [added(in: .english)])
    try await Self.revise(.init { $0.languages = [german] }, in: log.log)
    #expect(try await addTrack(id).effect == .appended(Receipt(first: 2, last: 2, replayed: true)))
  }

  @Test func `costs no reading of the conference where it does not ask`() async throws {
    try await open()
    let handler = CommandHandler(store: log)
    _ = try await handler.handle(Tracks.self, in: berlin, context()) { _ in
      try .add(TrackAdded(track: TrackID("culture"), name: LocalizedText([.english: "Culture"])))
    }
    #expect(await log.reads == 1)
    _ = try await addTrack()
    #expect(await log.reads == 3)
  }
}

@Suite(.timeLimit(.minutes(10))) struct `A command whose work takes long` {
  private let berlin = conference("berlin")
  private let log = TroubledLog()
  private let order = Prints.Order(kind: "door-signs", since: .last)

  private static func context(_ id: String = newCommandID()) throws -> CommandContext {
    try CommandContext(actor: "anna", reason: nil, commandID: id, dryRun: false)
  }

  private static func printAll(in log: MemoryLog) async throws {
    _ = try await CommandHandler(store: log).handle(
      Prints.self,
      Prints.Command(
        Prints.Order(kind: "door-signs"), Prints.Made(position: 1, hash: "aa", templates: "bb")),
      in: conference("berlin"), context())
  }

  private func opened() async throws {
    _ = try await CommandHandler(store: log.log).handle(
      Conferences.self,
      .open(
        ConferenceOpened(
          title: LocalizedText([.english: "Berlin"]), firstDay: CalendarDate("2026-06-01"),
          lastDay: CalendarDate("2026-06-03"), zone: "Europe/Berlin"
        ) { $0.languages = [.english] }, []),
      in: berlin, Self.context())
    try await Self.printAll(in: log.log)
  }

  /// Prints what is new since the last print.
  ///
  /// - Returns: also the prints that it was compared with, one for each time that it was set.
  private func printNew(_ id: String) async throws -> (outcome: Outcome<SchedulingEvent>?, set: [Int?]) {
    var set: [Int?] = []
    let outcome = try await CommandHandler(store: log).handle(
      Prints.self, Prints.Command(order), in: berlin, Self.context(id)
    ) { ledger in
      let earlier = try Prints.earlier(order.since, kind: order.kind, in: ledger.prints)?.number
      set.append(earlier)
      return Prints.Command(
        order, Prints.Made(position: 1, since: earlier, hash: "cc", templates: "bb"))
    }
    return (outcome, set)
  }

  @Test func `does it again where others have changed what it was done from`() async throws {
    try await opened()
    await log.before { try await Self.printAll(in: $0) }
    let (outcome, set) = try await printNew(newCommandID())
    #expect(set == [1, 2])
    guard case .documentPrinted(let entry)? = outcome?.events.first else {
      return #expect(outcome?.events.count == 1)
    }
    #expect(entry.number == 3 && entry.settings.since == 2)
  }

  @Test func `does it no second time where its receipt answers`() async throws {
    try await opened()
    let id = newCommandID()
    #expect(try await printNew(id).set == [1])
    let (outcome, set) = try await printNew(id)
    #expect(set == [])
    #expect(outcome?.effect == .appended(Receipt(first: 3, last: 3, replayed: true)))
  }
}

@Suite(.timeLimit(.minutes(10))) struct `A command that is sent again under its id` {
  private let berlin = conference("berlin")
  private let log = MemoryLog { Timestamp(microseconds: 0) }

  private func send<D: Decider>(_: D.Type, _ command: D.Command, _ id: String = newCommandID())
    async throws -> Outcome<D.Event>.Effect
  {
    try await CommandHandler(store: log).handle(
      D.self, command, in: berlin,
      CommandContext(actor: "anna", reason: nil, commandID: id, dryRun: false)
    ).effect
  }

  private func open() async throws {
    _ = try await send(
      Conferences.self,
      .open(
        ConferenceOpened(
          title: LocalizedText([.english: "Berlin"]), firstDay: CalendarDate("2026-06-01"),
          lastDay: CalendarDate("2026-06-03"), zone: "Europe/Berlin"
        ) { $0.languages = [.english] }, []))
    for room in ["hall", "annex"] {
      _ = try await send(
        Rooms.self, .add(RoomAdded(room: RoomID(room), name: LocalizedText([.english: room]))))
    }
    let start = ZonedTime(
      date: try CalendarDate("2026-06-01"), minuteOfDay: 600, offset: 120, zone: "Europe/Berlin")
    _ = try await send(
      Sessions.self,
      Sessions.Command(
        .schedule(
          SessionScheduled(
            session: SessionID("opening"), title: LocalizedText([.english: "Opening"]), kind: .session,
            slot: Slot(room: RoomID("hall"), start: start, end: start.advanced(by: 60))), further: [], [])))
  }

  private func move(_ rules: ZoneRules, to minute: Int = 660) throws -> Sessions.Command {
    try Sessions.Command(
      .move(SessionID("opening"), .init(start: .clock(minute), rules: rules)))
  }

  @Test func `is the same whatever rules of its zone were looked up`() async throws {
    try await open()
    let id = newCommandID()
    let change = ZoneRules.Change(at: Timestamp(microseconds: 1_800_000_000_000_000), offset: 60)
    let (few, many) = (
      ZoneRules(zone: "Europe/Berlin", offset: 120),
      ZoneRules(zone: "Europe/Berlin", offset: 120, changes: [change])
    )
    #expect(
      try await send(Sessions.self, move(few), id) == .appended(Receipt(first: 5, last: 5, replayed: false)))
    _ = try await send(Sessions.self, Sessions.Command(.cancel(SessionID("opening"))))
    #expect(
      try await send(Sessions.self, move(many), id) == .appended(Receipt(first: 5, last: 5, replayed: true)))
    await #expect(throws: AppendError.commandIDReused) {
      try await send(Sessions.self, move(few, to: 720), id)
    }
  }

  @Test func `is the same whatever was looked up of the undone command`() async throws {
    let (utc, berlin) = (ZoneRules(zone: "UTC", offset: 0), ZoneRules(zone: "Europe/Berlin", offset: 60))
    let known = Undo.Command(commandID: newCommandID(), first: 1, last: 2, tags: [.conference], rules: utc)
    let later = Undo.Command(
      commandID: known.commandID, first: 3, last: 4, tags: [.release, .conference], rules: berlin)
    let other = Undo.Command(commandID: newCommandID(), first: 1, last: 2, tags: [.conference], rules: utc)
    #expect(try RequestHash(Undo.self, known) == RequestHash(Undo.self, later))
    #expect(try RequestHash(Undo.self, known) != RequestHash(Undo.self, other))
  }
}

@Suite(.timeLimit(.minutes(10))) struct `The hash of a request` {
  private let key = SealingKey(bytes: Array(0..<32))
  private let person = try! PersonID("li-wei")

  private func hash(
    _ email: String, _ key: SealingKey, _ person: PersonID? = nil, _ commandID: String = "1"
  ) throws -> RequestHash {
    let contact = SpeakerContact(email: try EmailAddress(email))
    let command = Speakers.Command.stateContact(
      person ?? self.person,
      Confidential(contact, key: key, conference: conference("berlin"), commandID: newCommandID()))
    return try RequestHash(Speakers.self, command, personal: contact, key: key, commandID: commandID)
  }

  @Test func `distinguishes commands about different things that are encoded alike`() throws {
    let attendee = Attendees.Command.withdraw(try AttendeeID("li-wei"))
    let speaker = Speakers.Command.withdraw(person)
    #expect(try JSONEncoder().encode(attendee) == JSONEncoder().encode(speaker))
    #expect(try RequestHash(Attendees.self, attendee) != RequestHash(Speakers.self, speaker))
  }

  @Test func `distinguishes personal data under one key, but not nonces`() throws {
    #expect(try hash("a@example.org", key) == hash("a@example.org", key))
    #expect(try hash("a@example.org", key) != hash("b@example.org", key))
    #expect(try hash("a@example.org", key).bytes.count == 32)
  }

  @Test func `contains nothing of personal data that can be compared without the key`() throws {
    // Nobody who has the log can check a guessed address, because every byte that depends on it needs the
    // key.
    let (one, two) = (try hash("a@example.org", key), try hash("b@example.org", key))
    #expect(one.bytes[..<24] == two.bytes[..<24])
    let keys = (1...3).map { _ in SealingKey.random() }
    #expect(try Set(keys.map { try hash("a@example.org", $0).bytes[24...] }).count == 3)
  }

  @Test func `matches if the key was destroyed, but not if the key exists`()
    throws
  {
    let stored = try hash("a@example.org", key).bytes
    let now = SealingKey.random()
    #expect(try hash("a@example.org", now).isLike(stored, withoutAnyOf: [now]))
    #expect(try !hash("b@example.org", key).isLike(stored, withoutAnyOf: [now, key]))
    #expect(try !hash("a@example.org", now, PersonID("wang")).isLike(stored, withoutAnyOf: [now]))
    #expect(try !hash("a@example.org", now).isLike([], withoutAnyOf: [now]))
  }

  @Test func `does not show that two commands concern one person`() throws {
    let (one, other) = (
      try hash("a@example.org", key, nil, "1").bytes, try hash("a@example.org", key, nil, "2").bytes
    )
    #expect(one[..<16] == other[..<16])
    #expect(one[16..<24] != other[16..<24] && one[24...] != other[24...])
  }

  @Test func `is known as earlier versions stored it, with or without the key`() throws {
    let hash = try hash("a@example.org", key)
    let former =
      hash.bytes[..<16] + key.authenticationCode(for: "which key").prefix(8)
      + key.authenticationCode(for: #"request {"email":"a@example.org"}"#).prefix(8)
    #expect(hash.isSame(as: Array(former)))
    #expect(try !self.hash("b@example.org", key).isSame(as: Array(former)))
    let now = SealingKey.random()
    #expect(try self.hash("b@example.org", now).isLike(Array(former), withoutAnyOf: [now]))
    #expect(try !self.hash("b@example.org", now).isLike(Array(former), withoutAnyOf: [now, key]))
  }
}
