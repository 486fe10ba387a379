package import EventLog
package import People

/// An event of the program or of the people in it, for what is decided about both at once.
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
