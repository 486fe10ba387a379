package import EventLog
package import People
import Vocabulary

/// Whether a conference can still be changed.
///
/// After a conference, its record is edited for months, so a closed one only keeps its program, its attendees and their
/// check-ins. Whoever asks for an erasure has a right to it at any time, so nothing stops it. The rule is about events, not
/// about commands: imports, scripts and undo follow it too. It is asked once, where commands are carried out.
package enum ConferenceStatus: String, Codable, Sendable, CaseIterable, Comparable {
  case open, closed, archived

  package static func < (a: Self, b: Self) -> Bool { a.order < b.order }

  private var order: Int {
    switch self {
    case .open: 0
    case .closed: 1
    case .archived: 2
    }
  }

  /// The events that change it.
  package static let boundary = Query([
    Query.Item(
      types: [ConferenceArchived.type, ConferenceClosed.type, ConferenceReopened.type], tags: [.conference])
  ])

  /// The status after these events; others among them are passed over.
  package init(after events: [RecordedEvent]) {
    self = events.reduce(.open) { $0.after($1.type) ?? $0 }
  }

  /// The status after an event of this type; nil if it changes nothing.
  private func after(_ type: String) -> ConferenceStatus? {
    switch type {
    case ConferenceClosed.type: .closed
    case ConferenceArchived.type: .archived
    case ConferenceReopened.type: .open
    default: nil
    }
  }

  /// The event that leads to this status.
  package var event: SchedulingEvent {
    switch self {
    case .open: .conferenceReopened(ConferenceReopened())
    case .closed: .conferenceClosed(ConferenceClosed())
    case .archived: .conferenceArchived(ConferenceArchived())
    }
  }

  /// The last status in which an event can happen.
  package static func last(of event: SchedulingEvent) -> ConferenceStatus {
    switch event {
    // What proceedings print of the conference.
    case .conferenceRevised(let body):
      body.changes.fields.allSatisfy { $0.boundary == .conference } ? .closed : .open
    case .organisationRoleAssigned, .conflictWaived, .programReleased, .documentPrinted, .noticesSent: .closed
    case .conferenceOpened, .conferenceClosed, .conferenceArchived, .conferenceReopened: .archived
    case .venueAdded, .venueRevised, .venueRemoved, .travelTimeSet, .roomAdded, .roomRevised, .roomClosed,
      .roomReopened, .roomHoursSet, .roomClosureStated, .roomClosureRemoved, .trackAdded, .trackRevised,
      .trackRemoved, .sessionScheduled, .sessionEntered, .sessionMoved, .slotAdded, .slotRemoved,
      .sessionRevised, .sessionCancelled, .sessionReinstated, .sessionUnscheduled, .personAssigned,
      .personUnassigned, .presentationAdded, .presentationRevised, .presentationsOrdered,
      .presentationWithdrawn, .fileImported, .importUndone:
      .open
    }
  }

  /// The last status in which an event can happen.
  package static func last(of event: PeopleEvent) -> ConferenceStatus {
    switch event {
    // The record names people, and whoever edits it finds more of them.
    case .speakerRegistered, .speakerRevised, .affiliationStated, .affiliationRemoved, .personsMerged,
      .personsSeparated:
      .closed
    case .contactStated(let body): body.contact == nil ? .archived : .closed
    // A station hands in late what happened before.
    case .lateScanRecorded: .closed
    case .personErased: .archived
    case .speakerWithdrawn, .speakerReinstated, .unavailabilityStated, .unavailabilityRemoved,
      .attendeeRegistered, .attendeeRevised, .attendeeCheckedIn, .attendeeCheckedOut, .attendeeSignedUp,
      .attendeeSignedOff, .attendeeWithdrawn, .attendeeReinstated:
      .open
    }
  }
}
