package import EventLog
package import People
package import Vocabulary

/// Sign-ups: which attendees have a seat in which session.
package enum SignUps: Decider {
  package static let name = "SignUps"

  package typealias State = Timetable
  package typealias Event = PeopleEvent

  package enum Command: Codable, Sendable {
    case signUp(AttendeeID, SessionID)
    case signOff(AttendeeID, SessionID)

    var subjects: (attendee: AttendeeID, session: SessionID) {
      switch self {
      case .signUp(let attendee, let session), .signOff(let attendee, let session):
        (attendee, session)
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    /// An attendee who is unknown, has withdrawn or was erased.
    case attendee(Attendees.Refusal)
    case unknownSession(SessionID)
    case cancelled(SessionID)
    case full(SessionID, seats: Int)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .attendee(let refusal): refusal.texts
      case .unknownSession(let session): Sessions.Refusal.unknownSession(session).texts
      case .cancelled(let session):
        .says("The session “\(session)” does not take place.", .reinstate(session))
      case .full(let session, let seats):
        .says(
          "“\(session)” is full (\(counted(seats, "seat"))); sign somebody off, or move the session to a larger room."
        )
      }
    }
  }

  package static let initial = Timetable()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    let (attendee, session) = command.subjects
    boundary.addAffected(by: .attendeeSignedUp(AttendeeSignedUp(attendee: attendee, session: session)))
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    let (attendee, id) = command.subjects
    guard state.attendees[attendee] != nil else { throw .attendee(.unknown(attendee)) }
    guard let session = state.sessions[id], session.details != nil else {
      throw .unknownSession(id)
    }
    switch command {
    case .signUp:
      try checkPresent(attendee, in: state)
      if session.signedUp.contains(attendee) { return [] }
      let event = PeopleEvent.attendeeSignedUp(AttendeeSignedUp(attendee: attendee, session: id))
      try check(event, in: state)
      return [event]
    case .signOff:
      guard session.signedUp.contains(attendee) else { return [] }
      return [.attendeeSignedOff(AttendeeSignedOff(attendee: attendee, session: id))]
    }
  }

  /// Refuses a sign-up of somebody who does not come, for a cancelled session, or without a free seat.
  static func check(_ event: Event, in state: State) throws(Refusal) {
    guard case .attendeeSignedUp(let body) = event else { return }
    try checkPresent(body.attendee, in: state)
    guard let session = state.sessions[body.session], session.details != nil else {
      throw .unknownSession(body.session)
    }
    guard session.isLive else { throw .cancelled(body.session) }
    // An attendee needs a seat in each of the session's rooms.
    let seats = session.slots.values.compactMap { state.rooms[$0.slot.room]?.details.capacity }.min()
    if let seats, session.signedUp.count >= seats { throw .full(body.session, seats: seats) }
  }

  private static func checkPresent(_ attendee: AttendeeID, in state: State) throws(Refusal) {
    do { try Attendees.checkPresent(attendee, state.attendees[attendee]) } catch { throw .attendee(error) }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}
