import EventLog
import OddPrograms
import Testing
import Vocabulary

@testable import Projections
@testable import Scheduling

/// What is told of conflicts, against an oracle that looks for all of them after every event.
struct `The history of conflicts` {
  @Test(arguments: seeds(4))
  func `is what one sees who looks after every event`(seed: UInt64) throws {
    var program = OddProgram(seed: seed)
    var history = ConflictHistory()
    var oracle = Oracle(program.rules)
    var since: [String: Int] = [:]
    var position = 0
    func take(_ body: any EventBody) throws {
      let event = recorded([body], after: position)[0]
      position += 1
      history.apply(try ConferenceEvent(event), event.origin)
      oracle.apply(body)
    }
    for body in program.opening() { try take(body) }
    for _ in 0..<120 {
      let body = program.event()
      try take(body)
      let conflicts = oracle.conflicts
      since = since.filter { conflicts.contains($0.key) }
      for conflict in conflicts where since[conflict] == nil { since[conflict] = position }
      let told = Dictionary(uniqueKeysWithValues: history.open.map { ($0.key.key, $0.value.position) })
      try #require(told == since, "after event \(position), \(type(of: body).type)")
    }
    #expect(!since.isEmpty)
  }
}

/// A program in which a command was undone is the program that was before it.
struct `What was undone` {
  @Test(arguments: seeds(4))
  func `leaves no trace but in the log`(seed: UInt64) throws {
    var program = OddProgram(seed: seed)
    var model = ProgramModel()
    var undo = Undo.State()
    var position = 0
    var undone = 0
    func take(_ bodies: [any EventBody]) throws {
      for event in recorded(bodies, after: position) {
        position = event.position
        try model.apply(try ConferenceEvent(event), event.origin)
        try Undo.evolve(&undo, event)
      }
    }
    try take(program.opening())
    let anything = Conflict.Kind.allCases.map { Waiver($0, reason: "so be it") }
    for _ in 0..<120 {
      let before = model
      let known = undo.timetable
      let body = program.event()
      try take([body])
      let command = Undo.Command(
        commandID: "…", first: position, last: position, tags: body.tags, waivers: anything)
      // What was never so, as a session that is unscheduled and then moved, is not undone either.
      guard Int.random(in: 0..<2, using: &program.random) == 0,
        let events = try? Undo.decide(command, in: undo)
      else { continue }
      try take(events.map(\.body))
      undone += 1
      let left = ProgramDiff(from: before, to: model)
      try #require(left.isEmpty, "\(body) was undone by \(events.map(\.body)); left is \(left)")
      try #require(Set(conflicts(known)) == Set(conflicts(undo.timetable)))
    }
    #expect(undone > 20, "\(undone) were undone.")
  }

  private func conflicts(_ timetable: Timetable) -> [Conflict] {
    timetable.sessions.keys.flatMap { timetable.conflicts(of: $0) }
  }
}
