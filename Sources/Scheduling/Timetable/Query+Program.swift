import EventLog
import People

extension Query {
  /// Every event that a conflict can depend on.
  static let program = Query([
    Item(
      types: SchedulingEvent.Kind.allCases.filter(\.bearsOnConflicts).map {
        SchedulingEvent.form(of: $0).type
      }
        + PeopleEvent.Kind.allCases.filter(\.bearsOnConflicts).map { PeopleEvent.form(of: $0).type })
  ])
}

extension SchedulingEvent.Kind {
  var bearsOnConflicts: Bool {
    switch self {
    case .conferenceOpened, .conferenceRevised, .travelTimeSet, .roomAdded, .roomRevised, .roomClosed,
      .roomReopened, .roomHoursSet, .roomClosureStated, .roomClosureRemoved, .sessionScheduled, .sessionMoved,
      .slotAdded, .slotRemoved, .sessionRevised, .sessionCancelled, .sessionReinstated, .sessionUnscheduled,
      .personAssigned, .personUnassigned, .presentationAdded, .presentationRevised, .presentationsOrdered,
      .presentationWithdrawn:
      true
    // A conflict depends on the venue that a room names, and on nothing that is said of the venue.
    case .venueAdded, .venueRevised, .venueRemoved, .trackAdded, .trackRevised, .trackRemoved,
      .organisationRoleAssigned, .conflictWaived, .programReleased, .documentPrinted, .noticesSent:
      false
    }
  }
}

extension PeopleEvent.Kind {
  var bearsOnConflicts: Bool {
    switch self {
    // Who is not registered is not known to be unavailable, and messages give the names.
    case .speakerRegistered, .speakerRevised, .speakerWithdrawn, .speakerReinstated, .unavailabilityStated,
      .unavailabilityRemoved, .attendeeSignedUp, .attendeeSignedOff:
      true
    case .affiliationStated, .affiliationRemoved, .contactStated, .attendeeRegistered, .attendeeRevised,
      .attendeeCheckedIn, .attendeeCheckedOut, .attendeeWithdrawn, .personErased:
      false
    }
  }
}
