package import EventLog

/// An action, and waivers for the conflicts that it may cause.
package struct WaivingCommand<Action: Encodable & Sendable>: Encodable, Sendable {
  package var action: Action
  package var waivers: [Waiver]

  package init(_ action: Action, waivers: [Waiver] = []) {
    self.action = action
    self.waivers = waivers
  }
}

/// A decider whose commands can cause conflicts and can waive them.
package protocol WaivingDecider: Decider
where Command == WaivingCommand<Action>, State == Timetable, Event == SchedulingEvent {
  associatedtype Action: Encodable & Sendable
}
