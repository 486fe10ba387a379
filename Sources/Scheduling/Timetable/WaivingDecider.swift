package import EventLog

/// What is to be done, and the conflicts that are accepted with it.
package struct WaivingCommand<Action: Encodable & Sendable>: Encodable, Sendable {
  package var action: Action
  package var waivers: [Waiver]

  package init(_ action: Action, waivers: [Waiver] = []) {
    self.action = action
    self.waivers = waivers
  }
}

/// A decider whose every command can bring about conflicts, and can accept them.
package protocol WaivingDecider: Decider
where Command == WaivingCommand<Action>, State == Timetable, Event == SchedulingEvent {
  associatedtype Action: Encodable & Sendable
}
