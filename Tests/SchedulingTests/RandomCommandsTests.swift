import EventLog
import JSON
import OddPrograms
import People
import Specification
import Testing
import Vocabulary

@testable import Scheduling

/// For random sequences of commands, a boundary contains enough events, and decisions refuse what they should.
struct `Random commands` {
  @Test(arguments: seeds(10))
  func `are decided from their boundaries as from the whole log and by an oracle`(seed: UInt64)
    async throws
  {
    var planning = try await Planning(seed: seed)
    for step in 0..<70 {
      try await planning.step("\(step)")
      guard !planning.isBroken else { return }
    }
    #expect(planning.appended > 25, "Too many commands are refused to test much.")
  }
}

/// A conference planned by random commands.
private struct Planning {
  var program: OddProgram
  /// Commands that are chosen more often than others, by number.
  let focus: [Int]
  let conference: ConferenceID = "odd"
  let log = MemoryLog(clock: { "2026-01-01T09:00:00Z" })
  /// The whole log, folded.
  var whole = Conferences.State()
  var undoable = Undo.State()
  var released = Releases.State()
  /// The positions and tags of the events that each command appended.
  var receipts: [(first: Int, last: Int, tags: [EventLog.Tag])] = []
  var oracle: Oracle
  var waived: Set<String> = []
  var appended = 0
  var isBroken = false
  var story: [String] = []

  init(seed: UInt64) async throws {
    program = OddProgram(seed: seed)
    focus =
      [
        [0], [9, 11, 11, 21, 22, 23, 25, 27, 28, 17], [6, 7, 8, 8, 12, 44, 9, 10],
        [33, 34, 35, 29, 31, 32, 36, 43], [46, 46, 46, 43],
      ][Int(seed / 2 % 5)]
    oracle = Oracle(program.rules)
    let opening = program.opening()
    _ = try await log.append(
      AppendRequest(
        conference: conference, commandID: commandID("opening"), request: sha256("opening"), actor: "anna",
        events: opening))
    try await takeNew()
    for body in opening { oracle.apply(body) }
  }

  private mutating func takeNew() async throws {
    let all = await log.read(conference, matching: .everything, command: nil).events
    for event in all.dropFirst(undoable.events.count) {
      try Conferences.evolve(&whole, event)
      try Undo.evolve(&undoable, event)
      try Releases.evolve(&released, event)
      story.append("\(event.position) \(event.type) \(event.body)")
    }
  }

  /// Decides two commands concurrently. The first appends; the second appends if its boundary did not change.
  mutating func step(_ id: String) async throws {
    let (first, second) = (command(), command())
    let one = try await reached(first)
    let other = try await reached(second)
    try judge(first, one, id)
    try await append(one, "\(id)a")
    guard !isBroken, other.refusal == nil, !other.events.isEmpty else { return }
    guard let later = whole(second) else { return }
    do {
      try await append(other, "\(id)b")
    } catch AppendError.conflict {
      return
    }
    if !same(other, later) {
      fail("\(id): another's events were missed by the condition of \(second)", other, later)
    }
  }

  private mutating func append(_ decision: Decision, _ id: String) async throws {
    guard decision.refusal == nil, !decision.events.isEmpty else { return }
    let receipt = try await log.append(
      AppendRequest(
        conference: conference, commandID: commandID(id), request: sha256(id), actor: "anna",
        events: decision.events,
        condition: Condition(failIfAny: decision.query, after: decision.head)))
    try await takeNew()
    receipts.append((receipt.first, receipt.last, Set(decision.events.flatMap(\.tags)).sorted()))
    for body in decision.events {
      oracle.apply(body)
      if let body = body as? ConflictWaived { waived.insert(body.conflict.key) }
    }
    appended += 1
    let unwaived = oracle.conflicts.subtracting(waived).filter { grade($0) == .refused }
    if !unwaived.isEmpty { fail("\(id): \(unwaived.sorted()) came into the log", decision, decision) }
    if !oracle.reused.isEmpty { fail("\(id): \(oracle.reused) were given twice", decision, decision) }
    if !oracle.doubled.isEmpty { fail("\(id): \(oracle.doubled) overlap themselves", decision, decision) }
  }

  /// Compares the decision from the boundary with the one from the whole log, and with the oracle.
  private mutating func judge(_ command: AnyCommand, _ decision: Decision, _ id: String) throws {
    guard let expected = whole(command) else { return }
    if !same(decision, expected) {
      fail("\(id): the boundary of \(command) is too narrow", decision, expected)
      return
    }
    let anything = Conflict.Kind.allCases.map { Waiver($0, reason: "so be it") }
    guard let candidate = whole(command.waiving(anything)), candidate.refusal == nil else { return }
    let events = candidate.events.filter { !($0 is ConflictWaived) }
    var after = oracle
    for event in events { after.apply(event) }
    let new = after.conflicts.subtracting(oracle.conflicts)
    if !command.canConflict, !new.isEmpty {
      fail("\(id): \(command), which cannot be waived, causes \(new.sorted())", decision, expected)
      return
    }
    let accepted = Set(command.waivers.map(\.kind.rawValue))
    let forbidden = new.filter { grade($0) == .refused && !accepted.contains(kind($0)) }
    if Set(decision.conflicts ?? []) != forbidden {
      fail("\(id): \(command) should be refused for \(forbidden.sorted())", decision, expected)
      return
    }
    guard decision.refusal == nil else { return }
    let waivedNow = Set(decision.events.compactMap { ($0 as? ConflictWaived)?.conflict.key })
    let warned = new.count { grade($0) == .warned && !accepted.contains(kind($0)) }
    if waivedNow != new.filter({ accepted.contains(kind($0)) }) || (decision.warnings.count != warned) {
      fail("\(id): \(command) causes \(new.sorted())", decision, expected)
    }
  }

  private func kind(_ key: String) -> String { String(key.prefix { $0 != " " }) }
  private func grade(_ key: String) -> Conflict.Grade? { Conflict.Kind(rawValue: kind(key))?.grade }

  private mutating func fail(_ what: String, _ found: Decision, _ expected: Decision) {
    isBroken = true
    Issue.record(
      """
      \(what)
      found \(found)
      expected \(expected)
      after
      \(story.suffix(40).joined(separator: "\n"))
      """)
  }

  // MARK: Deciding

  private func same(_ a: Decision, _ b: Decision) -> Bool {
    a.events.map(\.asStored) == b.events.map(\.asStored) && a.warnings.count == b.warnings.count
      && a.conflicts == b.conflicts && (a.conflicts != nil || a.refusal == b.refusal)
  }

  private func reached(_ command: AnyCommand) async throws -> Decision {
    switch command {
    case .sessions(let command): try await bounded(Sessions.self, command)
    case .presentations(let command): try await bounded(Presentations.self, command)
    case .tracks(let command): try await bounded(Tracks.self, command)
    case .releases(let command): try await bounded(Releases.self, command)
    case .rooms(let command): try await bounded(Rooms.self, command)
    case .venues(let command): try await bounded(Venues.self, command)
    case .availability(let command): try await bounded(Availability.self, command)
    case .conferences(let command): try await bounded(Conferences.self, command)
    case .signUps(let command): try await bounded(SignUps.self, command)
    case .undo(let command): try await bounded(Undo.self, command)
    case .speakers(let command): try await bounded(Speakers.self, command)
    case .attendees(let command): try await bounded(Attendees.self, command)
    }
  }

  private func whole(_ command: AnyCommand) -> Decision? {
    switch command {
    case .sessions(let command): decided(Sessions.self, command, whole.timetable)
    case .presentations(let command): decided(Presentations.self, command, whole.timetable)
    case .tracks(let command): decided(Tracks.self, command, whole.timetable)
    case .releases(let command): decided(Releases.self, command, released)
    case .rooms(let command): decided(Rooms.self, command, whole.timetable)
    case .venues(let command): decided(Venues.self, command, whole.timetable)
    case .availability(let command): decided(Availability.self, command, whole.timetable)
    case .conferences(let command): decided(Conferences.self, command, whole)
    case .signUps(let command): decided(SignUps.self, command, whole.timetable)
    case .undo(let command): decided(Undo.self, command, undoable)
    // The state of these deciders covers one person only.
    case .speakers, .attendees: nil
    }
  }

  /// Widens the boundary as the command handler does.
  private func bounded<D: Decider>(_: D.Type, _ command: D.Command) async throws -> Decision {
    var query = D.boundary(of: command, in: D.initial)
    for _ in 0..<12 {
      let reading = await log.read(conference, matching: query, command: nil)
      var state = D.initial
      for event in reading.events { try D.evolve(&state, event) }
      guard let wider = D.widened(query, for: command, in: state) else {
        var decision = decided(D.self, command, state)
        (decision.query, decision.head) = (query, reading.head)
        return decision
      }
      query = wider
    }
    Issue.record("The boundary of \(command) never settles.")
    return Decision()
  }

  private func decided<D: Decider>(_: D.Type, _ command: D.Command, _ state: D.State) -> Decision {
    var decision = Decision()
    do throws(D.Refusal) {
      let events = try D.decide(command, in: state)
      decision.events = events.map(\.body)
      decision.warnings = events.isEmpty ? [] : D.warnings(on: events, in: state)
    } catch {
      decision.refusal = error.texts.facts
      decision.conflicts = found(error)?.conflicts.map(\.conflict.key)
    }
    return decision
  }

  private func found(_ refusal: any Error) -> ConflictsFound? {
    switch refusal {
    case Sessions.Refusal.conflicts(let found): found
    case Presentations.Refusal.conflicts(let found): found
    case Rooms.Refusal.conflicts(let found): found
    case Venues.Refusal.conflicts(let found): found
    case AvailabilityRefusal.conflicts(let found): found
    case Conferences.Refusal.conflicts(let found): found
    case Undo.Refusal.conflicts(let found): found
    default: nil
    }
  }
}

/// The outcome of a command.
private struct Decision: CustomStringConvertible {
  var events: [any EventBody] = []
  var warnings: [HintedText] = []
  var refusal: String?
  /// The keys of the conflicts that it was refused for.
  var conflicts: [String]?
  var query = Query([])
  var head = 0

  var description: String {
    refusal ?? (events.map(\.asStored) + warnings.map(\.text)).joined(separator: "; ")
  }
}

extension EventBody {
  fileprivate var asStored: String { "\(Self.type) " + ((try? JSONText.encode(self)) ?? "") }
}

private enum AnyCommand {
  case sessions(Sessions.Command)
  case presentations(Presentations.Command)
  case tracks(Tracks.Command)
  case releases(Releases.Command)
  case rooms(Rooms.Command)
  case venues(Venues.Command)
  case availability(Availability.Command)
  case conferences(Conferences.Command)
  case signUps(SignUps.Command)
  case undo(Undo.Command)
  case speakers(Speakers.Command)
  case attendees(Attendees.Command)

  var waivers: [Waiver] {
    switch self {
    case .sessions(let command): command.waivers
    case .presentations(let command): command.waivers
    case .rooms(.revise(_, let waivers)), .rooms(.setHours(_, let waivers)),
      .rooms(.stateClosure(_, _, _, _, let waivers)), .availability(.state(_, _, _, let waivers)),
      .venues(.setTravelTime(_, _, _, let waivers)):
      waivers
    case .conferences(.revise(let revision)): revision.waivers
    case .undo(let command): command.waivers
    default: []
    }
  }

  /// Whether it can cause conflicts, so that it takes waivers.
  var canConflict: Bool {
    switch self {
    case .sessions(let command):
      switch command.action {
      case .schedule, .enter, .move, .shift, .moveAll, .addSlot, .removeSlot, .revise, .reinstate, .assign,
        .unassign:
        true
      case .cancel: false
      }
    case .presentations: true
    case .rooms(.revise), .rooms(.setHours), .rooms(.stateClosure): true
    case .rooms(.add), .rooms(.close), .rooms(.reopen), .rooms(.removeClosure), .tracks, .releases:
      false
    case .venues(.setTravelTime): true
    case .venues(.add), .venues(.revise): false
    case .availability(.state): true
    case .availability(.remove): false
    case .conferences(.revise): true
    case .conferences(.open), .conferences(.close), .conferences(.archive), .conferences(.reopen): false
    case .undo: true
    case .signUps, .speakers, .attendees: false
    }
  }

  /// The same command with these waivers.
  func waiving(_ waivers: [Waiver]) -> AnyCommand {
    switch self {
    case .sessions(let command):
      return .sessions(Sessions.Command(command.action, waivers: waivers))
    case .presentations(let command):
      return .presentations(Presentations.Command(command.action, waivers: waivers))
    case .rooms(.revise(let body, _)): return .rooms(.revise(body, waivers: waivers))
    case .rooms(.setHours(let body, _)): return .rooms(.setHours(body, waivers: waivers))
    case .rooms(.stateClosure(let room, let from, let until, let note, _)):
      return .rooms(.stateClosure(room, from: from, until: until, note: note, waivers: waivers))
    case .availability(.state(let person, let from, let until, _)):
      return .availability(.state(person, from: from, until: until, waivers: waivers))
    case .venues(.setTravelTime(let a, let b, let minutes, _)):
      return .venues(.setTravelTime(a, b, minutes: minutes, waivers: waivers))
    case .conferences(.revise(var revision)):
      revision.waivers = waivers
      return .conferences(.revise(revision))
    case .undo(var command):
      command.waivers = waivers
      return .undo(command)
    default: return self
    }
  }
}

// MARK: Chance

extension Planning {
  /// The number of one of a room's closures.
  private mutating func givenClosure(_ room: RoomID) -> Int {
    (whole.timetable.rooms[room]?.closures.keys.sorted() ?? []).randomElement(using: &program.random) ?? 1
  }

  /// The number of one of the times when a speaker is unavailable.
  private mutating func givenUnavailability(_ person: PersonID) -> Int {
    (whole.timetable.people[person]?.unavailable.keys.sorted() ?? []).randomElement(using: &program.random)
      ?? 1
  }

  private mutating func command() -> AnyCommand {
    let known = whole.timetable.sessions.keys.sorted()
    let id = known.isEmpty || program.chance(25) ? program.session() : program.pick(known)
    let waivers =
      program.chance(4)
      ? [
        Waiver(program.pick(Conflict.Kind.allCases), reason: "so be it"),
        Waiver(program.pick(Conflict.Kind.allCases), reason: "so be it"),
      ] : []
    func order(_ action: Sessions.Action) -> AnyCommand {
      .sessions(Sessions.Command(action, waivers: waivers))
    }
    func present(_ action: Presentations.Action) -> AnyCommand {
      .presentations(Presentations.Command(action, waivers: waivers))
    }
    let numbers = whole.timetable.sessions[id]?.slots.keys.sorted() ?? []
    switch program.chance(2) ? program.pick(focus) : Int.random(in: 0..<46, using: &program.random) {
    case 44 where !receipts.isEmpty, 43 where !receipts.isEmpty, 42 where !receipts.isEmpty:
      let back = min(receipts.count, program.pick([1, 1, 1, 2, 5]))
      let receipt = receipts[receipts.count - back]
      return .undo(
        Undo.Command(
          commandID: "…", first: receipt.first, last: receipt.last, tags: receipt.tags, waivers: waivers))
    case 40:
      return order(
        .shift(
          id, slot: numbers.randomElement(using: &program.random),
          Sessions.Shift(
            days: program.pick([0, 0, 1]), minutes: program.pick([0, 15, -30]),
            room: program.chance(3) ? program.pick(program.rooms) : nil), program.rules))
    case 0..<9 where known.count < 12 && program.chance(6):
      let body = program.scheduled(program.session())
      return order(
        .enter(
          SessionEntered(session: body.session, details: body.details),
          (0..<program.pick([0, 1, 2])).map { _ in program.part() }))
    case 0..<9 where known.count < 12:
      return order(
        .schedule(
          program.scheduled(program.session()), further: program.chance(4) ? [program.slot()] : [],
          (0..<program.pick([0, 1, 2])).map { _ in program.part() }))
    case 0..<6:
      let (from, until) = program.span()
      return order(
        .move(
          id,
          Sessions.SlotChange(
            slot: numbers.randomElement(using: &program.random),
            room: program.chance(2) ? program.pick(program.rooms) : nil,
            start: program.chance(4) ? .clock(program.pick([90, 150, 600, 1200])) : .at(from),
            end: program.chance(2) ? .at(until) : nil, rules: program.rules)))
    case 6, 7, 8:
      return order(
        .moveAll(
          Sessions.Selection(
            track: program.chance(2) ? program.pick(program.tracks) : nil,
            room: program.chance(2) ? program.pick(program.rooms) : nil,
            day: program.chance(2) ? program.pick(program.days) : nil),
          Sessions.Shift(
            days: program.pick([0, 0, 1, -1]), minutes: program.pick([0, 15, -30, 120]),
            room: program.chance(3) ? program.pick(program.rooms) : nil), program.rules))
    case 9, 10: return order(.addSlot(id, program.slot()))
    case 11: return order(.removeSlot(id, numbers.randomElement(using: &program.random) ?? 1))
    case 12, 13:
      return order(
        .revise(
          SessionRevised(session: id) {
            $0.kind = program.chance(2) ? program.pick([.plenary, .session, .break]) : nil
            $0.track = program.chance(3) ? program.pick(program.tracks) : nil
            $0.expected = program.chance(3) ? program.pick([1, 3, 70]) : nil
            $0.needs = program.chance(3) ? [program.pick(program.features)] : nil
            $0.cleared = program.chance(5) ? [.track, .needs] : nil
          }))
    case 14: return order(.cancel(id))
    case 15, 16: return order(.reinstate(id))
    case 17, 18, 19, 20: return order(.assign(id, program.part()))
    case 21:
      return order(
        .unassign(
          id,
          whole.timetable.sessions[id]?.assignments.randomElement(using: &program.random) ?? program.part()))
    case 22, 23, 24:
      return present(.add(id, program.newPresentation(program.presentation(), in: id)))
    case 25, 26:
      let new = program.newPresentation(program.presentation(), in: id)
      return present(
        .revise(
          new.presentation,
          Presentation.Changes {
            $0.people = program.chance(2) ? new.people : nil
            $0.minutes = new.minutes
            $0.start = new.start
            $0.cleared = program.chance(4) ? [.minutes] : []
          }))
    case 27:
      let order_ = whole.timetable.sessions[id]?.presentations.map(\.presentation) ?? []
      return present(.order(id, order_.shuffled(using: &program.random)))
    case 28: return present(.withdraw(program.presentation()))
    case 29:
      return .rooms(
        .revise(
          RoomRevised(room: program.pick(program.rooms)) {
            $0.capacity = program.pick([nil, 1, 3])
            $0.venue = program.pick([nil, "east", "west"])
            $0.features = program.pick([nil, ["piano"]])
            $0.cleared = program.chance(4) ? [.venue] : nil
          }, waivers: waivers))
    case 30:
      return .rooms(
        program.chance(2) ? .reopen(program.pick(program.rooms)) : .close(program.pick(program.rooms)))
    case 31:
      return .rooms(
        .setHours(
          RoomHoursSet(
            room: program.pick(program.rooms), day: program.chance(2) ? program.pick(program.days) : nil,
            hours: program.hours()), waivers: waivers))
    case 32:
      let (from, until) = program.span()
      let room = program.pick(program.rooms)
      return .rooms(
        program.chance(3)
          ? .removeClosure(room, number: givenClosure(room))
          : .stateClosure(room, from: from, until: until, note: nil, waivers: waivers))
    case 45:
      let track = program.pick(program.tracks + ["music"])
      if program.chance(3) {
        return .releases(
          .release(
            ProgramReleased(
              version: program.pick(["1", "2", "3", "4"]), track: program.chance(2) ? track : nil)))
      }
      return .tracks(
        program.chance(2)
          ? .add(TrackAdded(track: track, name: "Track"))
          : .revise(TrackRevised(track: track) { $0.name = program.pick(["Track", "Other"]) }))
    case 33:
      let (from, until) = program.span()
      let person = program.pick(program.people)
      return .availability(
        program.chance(3)
          ? .remove(person, number: givenUnavailability(person))
          : .state(person, from: from, until: until, waivers: waivers))
    case 46:
      // Always the same room and person, so that numbers that are used twice come up soon.
      let (from, until) = program.span()
      let (room, person) = (program.rooms[0], program.people[0])
      switch Int.random(in: 0..<6, using: &program.random) {
      case 0: return .rooms(.removeClosure(room, number: givenClosure(room)))
      case 1: return .availability(.remove(person, number: givenUnavailability(person)))
      case 2: return .speakers(.removeAffiliation(person, number: program.pick([1, 2, 3])))
      case 3:
        return .rooms(.stateClosure(room, from: from, until: until, note: nil, waivers: waivers))
      case 4: return .availability(.state(person, from: from, until: until, waivers: waivers))
      default:
        let organisation = program.pick(["A", "B", "C", "D", "E", "F"])
        return .speakers(
          .affiliate(person, Affiliation(organisation: LocalizedText(stringLiteral: organisation))))
      }
    case 34:
      return .conferences(
        .revise(
          Conferences.Revision(waivers: waivers) {
            $0.firstDay = program.chance(2) ? program.days[program.pick([0, 0, 1])] : nil
            $0.lastDay = program.chance(2) ? program.days[program.pick([1, 2, 2])] : nil
            $0.roomChange = program.pick([nil, 5, 40])
            $0.cleared = program.chance(4) ? [.roomChange] : []
          }))
    case 35:
      let rooms = program.rooms.shuffled(using: &program.random)
      return .venues(
        .setTravelTime(
          program.chance(2) ? .room(rooms[0]) : .venue("east"),
          program.chance(2) ? .room(rooms[1]) : .venue("west"),
          minutes: program.pick([nil, 0, 10, 60]), waivers: waivers))
    case 36:
      let person = program.pick(program.people)
      return .speakers(program.chance(3) ? .withdraw(person) : .reinstate(person))
    case 37:
      return .attendees(
        program.chance(6)
          ? .withdraw(program.pick(program.attendees))
          : .checkIn(CheckInRequest(program.pick(program.attendees), shanghai)))
    default:
      let attendee = program.pick(program.attendees)
      return .signUps(program.chance(4) ? .signOff(attendee, id) : .signUp(attendee, id))
    }
  }
}
