package import EventLog
package import Vocabulary

/// Who registered for the conference, who came, and who must be forgotten.
///
/// What identifies an attendee arrives with the key to seal it: the log cannot read it.
package enum Attendees: Decider {
  package static let name = "Attendees"

  package struct State: Sendable, Equatable {
    package var status: AttendeeStatus?
    package var category: String?
    package var listed = true
    package var details: Sealed?
    /// When and where they arrived; nil unless they are checked in.
    package var arrival: CheckIn?
    /// In which sessions and on which days they were present.
    package var presence: [Occasion: CheckIn] = [:]
    /// Scans that stations handed in late, and that were no check-ins.
    package var lateScans: Set<LateScanRecorded> = []
    /// Where they have a seat.
    package var sessions: Set<SessionID> = []
  }

  package enum Command: Encodable, Sendable {
    case register(AttendeeID, category: String, listed: Bool, Confidential<AttendeeDetails>)
    /// What is nil stays, of the details field by field.
    case revise(
      AttendeeID, category: String?, listed: Bool?, Confidential<AttendeeDetails.Changes>? = nil)
    /// They arrived at the conference.
    case checkIn(CheckInRequest)
    case checkOut(AttendeeID)
    case withdraw(AttendeeID)
    /// A withdrawn attendee takes part after all.
    case reinstate(AttendeeID)
    case erase(AttendeeID)

    package var attendee: AttendeeID {
      switch self {
      case .register(let attendee, _, _, _), .revise(let attendee, _, _, _), .checkOut(let attendee),
        .withdraw(let attendee), .reinstate(let attendee), .erase(let attendee):
        attendee
      case .checkIn(let request): request.attendee
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case taken(AttendeeID)
    case unknown(AttendeeID)
    case withdrawn(AttendeeID)
    case erased(AttendeeID)
    /// Since then; the time is shown on the conference's clocks.
    case checkedIn(AttendeeID, CheckIn, ZoneRules)
    case detailsDoNotOpen(AttendeeID)
    case revealing(AttendeeID)

    package var texts: [HintedText] {
      switch self {
      case .taken(let attendee):
        .says("The attendee “\(attendee)” is registered already.", .revise(attendee), .leaveNameOut)
      case .unknown(let attendee): .says("There is no attendee “\(attendee)”.", .list(AttendeeEntity.self))
      case .withdrawn(let attendee):
        .says("The attendee “\(attendee)” has withdrawn.", .reinstate(attendee))
      case .erased(let attendee):
        .says("The data of the attendee “\(attendee)” was erased; nothing more can be recorded about them.")
      case .checkedIn(let attendee, let first, let rules):
        .says(
          "The attendee “\(attendee)” was checked in before, \(first.described(rules)).", .checkOut(attendee))
      case .revealing(let attendee):
        .says(
          "The short name “\(attendee)” is made from the person's name. It can never be erased, so it must not say who "
            + "the person is.", .leaveNameOut)
      case .detailsDoNotOpen(let attendee):
        .says(
          "The details of the attendee “\(attendee)” cannot be decrypted, so they cannot be revised.",
          .restoreVault)
      }
    }
  }

  package typealias Event = PeopleEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(command.attendee.tag)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    switch command {
    case .register(let attendee, let category, let listed, let personal):
      let details = personal.seal(
        personal.value, context: AttendeeDetails.context(personal.conference, attendee),
        unless: state.details)
      switch state.status {
      case nil: break
      case .registered, .checkedIn:
        guard state.category == category, state.listed == listed, state.details == details
        else { throw .taken(attendee) }
        return []
      case .withdrawn: throw .withdrawn(attendee)
      case .erased: throw .erased(attendee)
      }
      if personal.value.name.isRevealed(by: attendee.slug) { throw .revealing(attendee) }
      return [
        .attendeeRegistered(
          AttendeeRegistered(
            attendee: attendee, category: category, listed: listed, details: details))
      ]
    case .revise(let attendee, let category, let listed, let personal):
      try checkPresent(attendee, state)
      let details = try personal.map { personal throws(Refusal) in
        try revised(state.details, by: personal, attendee)
      }
      let new = AttendeeRevised(
        attendee: attendee, category: category == state.category ? nil : category,
        listed: listed == state.listed ? nil : listed,
        details: details == state.details ? nil : details)
      if new.category == nil, new.listed == nil, new.details == nil { return [] }
      return [.attendeeRevised(new)]
    case .checkIn(let request):
      if state.status == .withdrawn, let events = request.lateScan(known: state.lateScans) { return events }
      try checkPresent(request.attendee, state)
      if state.arrival != nil,
        let events = request.lateScan(first: state.arrival, known: state.lateScans)
      {
        return events
      }
      if let arrival = state.arrival { throw .checkedIn(request.attendee, arrival, request.rules) }
      return [.attendeeCheckedIn(request.event())]
    case .checkOut(let attendee):
      try checkPresent(attendee, state)
      if state.status == .registered { return [] }
      return [.attendeeCheckedOut(AttendeeCheckedOut(attendee: attendee))]
    case .withdraw(let attendee):
      if state.status == .withdrawn { return [] }
      try checkPresent(attendee, state)
      return signedOff(attendee, state)
        + [.attendeeWithdrawn(AttendeeWithdrawn(attendee: attendee))]
    case .reinstate(let attendee):
      if state.status == .withdrawn { return [.attendeeReinstated(AttendeeReinstated(attendee: attendee))] }
      try checkPresent(attendee, state)
      return []
    case .erase(let attendee):
      guard let status = state.status else { throw .unknown(attendee) }
      if status == .erased { return [] }
      return signedOff(attendee, state) + [.personErased(PersonErased(attendee: attendee))]
    }
  }

  private static func revised(
    _ sealed: Sealed?, by personal: Confidential<AttendeeDetails.Changes>, _ attendee: AttendeeID
  ) throws(Refusal) -> Sealed {
    let context = AttendeeDetails.context(personal.conference, attendee)
    guard let sealed, var details = personal.open(sealed, as: AttendeeDetails.self, context: context) else {
      throw .detailsDoNotOpen(attendee)
    }
    personal.value.differing(from: details).apply(to: &details)
    return personal.seal(details, context: context, unless: sealed)
  }

  /// Whoever does not come leaves the seats to others.
  private static func signedOff(_ attendee: AttendeeID, _ state: State) -> [Event] {
    state.sessions.sorted().map {
      .attendeeSignedOff(AttendeeSignedOff(attendee: attendee, session: $0))
    }
  }

  private static func checkPresent(_ attendee: AttendeeID, _ state: State) throws(Refusal) {
    try checkPresent(attendee, state.status)
  }

  /// Refuses an attendee who is unknown, has withdrawn or was erased.
  package static func checkPresent(_ attendee: AttendeeID, _ status: AttendeeStatus?) throws(Refusal) {
    switch status {
    case nil: throw .unknown(attendee)
    case .withdrawn: throw .withdrawn(attendee)
    case .erased: throw .erased(attendee)
    case .registered, .checkedIn: break
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try PeopleEvent(event) {
    case .attendeeRegistered(let body):
      state.status = .registered
      state.category = body.category
      state.listed = body.listed
      state.details = body.details
    case .attendeeRevised(let body):
      if let category = body.category { state.category = category }
      if let listed = body.listed { state.listed = listed }
      if let details = body.details { state.details = details }
    case .attendeeCheckedIn(let body):
      let checkIn = CheckIn(body, recordedAt: event.recordedAt)
      if let occasion = body.occasion {
        state.presence[occasion] = checkIn
      } else {
        (state.status, state.arrival) = (.checkedIn, checkIn)
      }
    case .lateScanRecorded(let body): state.lateScans.insert(body)
    case .attendeeWithdrawn: state.status = .withdrawn
    case .attendeeReinstated: state.status = state.arrival == nil ? .registered : .checkedIn
    case .personErased: state.status = .erased
    case .attendeeCheckedOut(let body):
      if let occasion = body.occasion {
        state.presence[occasion] = nil
      } else {
        (state.status, state.arrival) = (.registered, nil)
      }
    case .attendeeSignedUp(let body): state.sessions.insert(body.session)
    case .attendeeSignedOff(let body): state.sessions.remove(body.session)
    case .speakerRegistered, .speakerRevised, .affiliationStated, .affiliationRemoved,
      .speakerWithdrawn, .speakerReinstated, .personsMerged, .personsSeparated, .unavailabilityStated,
      .unavailabilityRemoved,
      .contactStated, nil:
      break
    }
  }
}
