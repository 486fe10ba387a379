import EventLog
import OddPrograms
import People
import Scheduling
import Specification
import Testing

/// A timetable's conflicts, against those of an oracle that goes through all minutes.
struct `Conflicts of odd programs` {
  @Test(arguments: seeds(8))
  func `are those that the definitions name, minute by minute`(seed: UInt64) throws {
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
      // Each of two sessions knows of what they have together.
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
    #expect(kinds.count > 3, "Most kinds come up, or little is tested.")
  }
}
