package import EventLog
package import People
package import Vocabulary

/// Presence: which attendees were in which session, and on which day of the conference.
///
/// It is apart from the arrival at the registration desk, which `Attendees` decides: a door counts who comes in, whether
/// or not the desk has seen them.
package enum Presences: Decider {
  package static let name = "Presences"

  package struct State: Sendable {
    var timetable = Timetable()
    var attendee = Attendees.initial
  }

  package enum Command: Encodable, Sendable {
    case checkIn(CheckInRequest, Occasion)
    case checkOut(AttendeeID, Occasion)

    var subjects: (attendee: AttendeeID, occasion: Occasion) {
      switch self {
      case .checkIn(let request, let occasion): (request.attendee, occasion)
      case .checkOut(let attendee, let occasion): (attendee, occasion)
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    /// An attendee who is unknown, has withdrawn or was erased.
    case attendee(Attendees.Refusal)
    case unknownSession(SessionID)
    case cancelled(SessionID)
    case notADay(CalendarDate, CalendarDate, CalendarDate)
    /// Since then; the time is shown on the conference's clocks.
    case present(AttendeeID, Occasion, CheckIn, ZoneRules)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .attendee(let refusal): refusal.texts
      case .unknownSession(let session): Sessions.Refusal.unknownSession(session).texts
      case .cancelled(let session): SignUps.Refusal.cancelled(session).texts
      case .notADay(let day, let first, let last): Conferences.Refusal.notADay(day, first, last).texts
      case .present(let attendee, let occasion, let first, let rules):
        .says(
          "The attendee “\(attendee)” was checked in before, "
            + (occasion.session.map { "in “\($0)”" } ?? "for \(occasion.day!)")
            + " \(first.described(rules)).",
          .checkOutOf(attendee, session: occasion.session, day: occasion.day))
      }
    }
  }

  package typealias Event = PeopleEvent

  package static let initial = State()

  /// Of the session, only whether it takes place: its doors do not wait for each other.
  package static func boundary(of command: Command, in state: State) -> Query {
    let (attendee, occasion) = command.subjects
    let query = Query.tagged(anyOf: [attendee.tag, .conference])
    guard let session = occasion.session else { return query }
    return query.union(
      Query([
        Query.Item(
          types: [
            SessionScheduled.type, SessionEntered.type, SessionCancelled.type, SessionUnscheduled.type,
            SessionReinstated.type,
          ], tags: [session.tag])
      ]))
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard let conference = state.timetable.conference else { throw .notOpen }
    let (attendee, occasion) = command.subjects
    // A late scan that is no check-in any more is recorded nevertheless.
    func lateScan(first: CheckIn? = nil) -> [Event]? {
      guard case .checkIn(let request, _) = command else { return nil }
      return request.lateScan(in: occasion, first: first, known: state.attendee.lateScans)
    }
    if state.attendee.status == .withdrawn, let events = lateScan() { return events }
    do { try Attendees.checkPresent(attendee, state.attendee.status) } catch { throw .attendee(error) }
    if let session = occasion.session {
      guard let known = state.timetable.sessions[session], known.details != nil else {
        throw .unknownSession(session)
      }
      if case .checkIn = command, !known.isLive {
        if let events = lateScan() { return events }
        throw .cancelled(session)
      }
    }
    if let day = occasion.day, !(conference.firstDay...conference.lastDay).contains(day) {
      throw .notADay(day, conference.firstDay, conference.lastDay)
    }
    let known = state.attendee.presence[occasion]
    switch command {
    case .checkIn(let request, _):
      if let known {
        if let events = lateScan(first: known) { return events }
        throw .present(attendee, occasion, known, request.rules)
      }
      return [.attendeeCheckedIn(request.event(in: occasion))]
    case .checkOut:
      if known == nil { return [] }
      return [.attendeeCheckedOut(AttendeeCheckedOut(attendee: attendee, from: occasion))]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.timetable.evolve(event)
    try Attendees.evolve(&state.attendee, event)
  }
}
