package import EventLog
package import People

/// A scheduling event or a people event, for decisions that can produce both.
package enum ProgramOrPeopleEvent: EventFamily {
  case people(PeopleEvent)
  case scheduling(SchedulingEvent)

  package init?(_ event: RecordedEvent) throws {
    if let event = try PeopleEvent(event) {
      self = .people(event)
    } else if let event = try SchedulingEvent(event) {
      self = .scheduling(event)
    } else {
      return nil
    }
  }

  package var body: any EventBody {
    switch self {
    case .people(let event): event.body
    case .scheduling(let event): event.body
    }
  }
}
