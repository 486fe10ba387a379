package import EventLog
import Testing
package import Vocabulary

extension Decider {
  /// What happened before: `Sessions.given(opened, hall).when(.cancel("opening")).then(…)`.
  package static func given(_ events: any EventBody..., by actor: String = "anna") -> Given<Self> {
    Given(events: []).adding(events, by: actor)
  }
}

/// A conference's log, of which a decider is told.
package struct Given<D: Decider> {
  package let events: [RecordedEvent]

  /// The same log, as another decider sees it.
  package func asked<Other: Decider>(_: Other.Type) -> Given<Other> { Given<Other>(events: events) }

  /// What happened after that, perhaps by the hand of somebody else.
  package func and(_ events: any EventBody..., by actor: String = "anna") -> Given {
    adding(events, by: actor)
  }

  /// The words of the events at these positions were destroyed.
  package func withoutWords(at positions: Int...) -> Given { withoutWords(at: positions) }

  package func withoutWords(at positions: [Int]) -> Given {
    var events = events
    for position in positions { events[position - 1].words = nil }
    return Given(events: events)
  }

  /// The last event.
  package var last: RecordedEvent { events[events.count - 1] }

  /// What all of these events amount to.
  package func state() throws -> D.State {
    try events.reduce(into: D.initial) { try D.evolve(&$0, $1) }
  }

  package func when(_ command: D.Command) -> WhenCommand<D> { WhenCommand(given: self, command: command) }

  /// One command. Every body goes through its stored form, as it would through the log.
  package func adding(_ bodies: [any EventBody], by actor: String) -> Given {
    let number = String(events.count + 1)
    let command = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - number.count) + number
    return Given(
      events: bodies.reduce(into: events) { events, body in
        let stored = try! StoredBody(body, salt: Array(repeating: 7, count: 16))
        var event = RecordedEvent(
          conference: "shanghai-2016", position: events.count + 1, type: type(of: body).type,
          version: type(of: body).version, tags: body.tags.map(\.text), body: stored.text,
          words: stored.words?.json, salt: stored.words?.salt, actor: actor, reason: nil,
          commandID: command,
          recordedAt: Self.time(ofPosition: events.count + 1), leaf: [])
        event.leaf = event.leafHash
        events.append(event)
      })
  }

  /// One event a minute, from 09:01 on 25 February 2016.
  package static func time(ofPosition position: Int) -> Timestamp {
    let nine: Timestamp = "2016-02-25T09:00:00Z"
    return Timestamp(microseconds: nine.microseconds + Int64(position) * 60_000_000)
  }
}
