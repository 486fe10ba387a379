import EventLog
import OddPrograms
import People
import Scheduling
import Specification
import Testing

/// Compares a timetable's conflicts with those of an oracle that checks every minute.
struct `Conflicts of odd programs` {
  @Test(arguments: seeds(8))
  func `match the definitions, minute by minute`(seed: UInt64) throws {
    var program = OddProgram(seed: seed)
    var timetable = Timetable()
    var oracle = Oracle(program.rules)
    var kinds: Set<Conflict.Kind> = []
    var bodies = program.opening()
    var told: [String] = []
    for step in 0..<160 {
      for event in recorded(bodies, after: told.count) {
        try timetable.evolve(event)
        told.append("\(event.position) \(event.type) \(event.body)")
      }
      for body in bodies { oracle.apply(body) }
      bodies = [program.event()]
      guard step % 4 == 0 else { continue }
      var found: Set<Conflict> = []
      for session in timetable.sessions.keys { found.formUnion(timetable.conflicts(of: session)) }
      // A conflict of two sessions is found for both.
      for conflict in found {
        for session in conflict.sessions {
          #expect(timetable.conflicts(of: session).contains(conflict), "\(conflict.key)")
        }
      }
      let keys = Set(found.map(\.key))
      let expected = oracle.conflicts
      try #require(
        keys == expected,
        """
        step \(step): missed \(expected.subtracting(keys).sorted()), \
        invented \(keys.subtracting(expected).sorted()) after
        \(told.joined(separator: "\n"))
        """)
      kinds.formUnion(found.map(\.kind))
      for conflict in found {
        let message = timetable.described(conflict).message
        #expect(message.last == "." && !message.contains("Optional("), "\(message)")
      }
    }
    #expect(kinds.count > 3, "Too few kinds of conflicts occur to test much.")
  }
}
