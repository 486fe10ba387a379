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
      .roomReopened, .roomHoursSet, .roomClosureStated, .roomClosureRemoved, .sessionScheduled,
      .sessionEntered,
      .sessionMoved,
      .slotAdded, .slotRemoved, .sessionRevised, .sessionCancelled, .sessionReinstated, .sessionUnscheduled,
      .personAssigned, .personUnassigned, .presentationAdded, .presentationRevised, .presentationsOrdered,
      .presentationWithdrawn:
      true
    // A conflict depends on which venue a room is in, not on the venue's details.
    case .venueAdded, .venueRevised, .venueRemoved, .trackAdded, .trackRevised, .trackRemoved,
      .organisationRoleAssigned, .conflictWaived, .programReleased, .documentPrinted, .noticesSent,
      .fileImported, .importUndone, .conferenceClosed, .conferenceArchived, .conferenceReopened:
      false
    }
  }
}

extension PeopleEvent.Kind {
  var bearsOnConflicts: Bool {
    switch self {
    // Only a registered person can be unavailable, and messages contain names.
    case .speakerRegistered, .speakerRevised, .speakerWithdrawn, .speakerReinstated, .personsMerged,
      .personsSeparated, .unavailabilityStated,
      .unavailabilityRemoved, .attendeeSignedUp, .attendeeSignedOff:
      true
    case .affiliationStated, .affiliationRemoved, .contactStated, .attendeeRegistered, .attendeeRevised,
      .attendeeCheckedIn, .attendeeCheckedOut, .lateScanRecorded, .attendeeWithdrawn, .attendeeReinstated,
      .personErased:
      false
    }
  }
}
