package import EventLog
package import People
import Scheduling
package import Vocabulary

/// Registered attendees and their attendance.
///
/// Personal data stays sealed. It is decrypted with the vault's keys only when a list is shown.
package struct AttendanceModel: ReadModel {
  package static let name = "attendance"
  package static let revision = 5

  package private(set) var attendees = Table<AttendeeRow>()
  package private(set) var keys = Table<KeysRow<AttendanceModel>>()

  package init() {}

  /// Some attendees at a moment, as somebody else kept them.
  package init(_ rows: some Sequence<AttendeeRow>, keys known: some Sequence<KeysRow<AttendanceModel>>) {
    for row in rows { attendees.put(row) }
    for row in known { keys.put(row) }
  }

  /// Fetches what is known of one attendee.
  package mutating func fetch(_ attendee: AttendeeID) throws {
    _ = try attendees.row(attendee.slug)
    _ = try keys.row(attendee.tag.text)
  }

  package mutating func visit(_ visitor: inout some TableVisitor) throws {
    try visitor.visit(&attendees)
    try visitor.visit(&keys)
  }

  package mutating func apply(_ event: LoggedEvent, _ origin: Origin) throws {
    switch event {
    case .people(let event): try apply(event, origin)
    case .scheduling(.fileImported(let body)): try keys.take(body.facts, of: body.source, ["attendee"])
    case .scheduling(.importUndone(let body)): try keys.take(body.facts, of: body.source, ["attendee"])
    case .scheduling, .record, .settingAside: break
    }
  }

  private mutating func apply(_ event: PeopleEvent, _ origin: Origin) throws {
    switch event {
    case .attendeeRegistered(let body):
      attendees.put(
        AttendeeRow(
          attendee: body.attendee, ordinal: origin.position, category: body.category,
          listed: body.listed, details: body.details, registeredAt: origin.recordedAt))
    case .attendeeRevised(let body):
      try attendees.update(body.attendee.slug) {
        $0.category = body.category ?? $0.category
        $0.listed = body.listed ?? $0.listed
        $0.details = body.details ?? $0.details
      }
    case .attendeeCheckedIn(let body):
      let time = body.arrivedAt ?? origin.recordedAt
      try attendees.update(body.attendee.slug) {
        if let occasion = body.occasion {
          $0.presence.append(Presence(occasion, at: time, station: body.station))
        } else {
          $0.status = .checkedIn
          ($0.checkedInAt, $0.station) = (time, body.station)
        }
      }
    case .attendeeWithdrawn(let body):
      try attendees.update(body.attendee.slug) { $0.status = .withdrawn }
    case .attendeeReinstated(let body):
      try attendees.update(body.attendee.slug) {
        $0.status = $0.checkedInAt == nil ? .registered : .checkedIn
      }
    case .attendeeCheckedOut(let body):
      try attendees.update(body.attendee.slug) {
        if let occasion = body.occasion {
          $0.presence.removeAll { $0.occasion == occasion }
        } else {
          $0.status = .registered
          ($0.checkedInAt, $0.station) = (nil, nil)
        }
      }
    case .lateScanRecorded(let body):
      try attendees.update(body.attendee.slug) { $0.lateScans.append(Presence(body)) }
    case .attendeeSignedUp(let body):
      try attendees.update(body.attendee.slug) { $0.sessions.append(body.session) }
    case .attendeeSignedOff(let body):
      try attendees.update(body.attendee.slug) { $0.sessions.removeAll { $0 == body.session } }
    case .personErased(let body):
      guard let attendee = body.attendee else { return }
      try attendees.update(attendee.slug) {
        $0.status = .erased
        $0.details = nil
      }
      keys.erase(attendee.tag)
    case .speakerRegistered, .speakerRevised, .affiliationStated, .affiliationRemoved,
      .speakerWithdrawn, .speakerReinstated, .personsMerged, .personsSeparated, .unavailabilityStated,
      .unavailabilityRemoved,
      .contactStated:
      break
    }
  }
}

/// That an attendee was in a session, or there on a day.
package struct Presence: Codable, Hashable, Sendable {
  package var session: SessionID?
  package var day: CalendarDate?
  package var at: Timestamp
  package var station: String?

  package init(_ occasion: Occasion, at: Timestamp, station: String? = nil) {
    (session, day) = (occasion.session, occasion.day)
    self.at = at
    self.station = station
  }

  fileprivate init(_ scan: LateScanRecorded) {
    (session, day) = (scan.session, scan.day)
    (at, station) = (scan.scannedAt, scan.station)
  }

  package var occasion: Occasion? { Occasion(session: session, day: day) }
}

package struct AttendeeRow: Row {
  package var attendee: AttendeeID
  package var ordinal: Int
  package var category: String
  package var listed: Bool
  package var status = AttendeeStatus.registered
  package var details: Sealed?
  /// The sessions in which they have a seat, in order of sign-up.
  package var sessions: [SessionID] = []
  package var registeredAt: Timestamp
  /// When and where they arrived.
  package var checkedInAt: Timestamp?
  package var station: String?
  /// In the order in which it was recorded.
  package var presence: [Presence] = []
  /// Scans that stations handed in late, and that were no check-ins; without a session and a day, at the conference.
  package var lateScans: [Presence] = []

  package var key: String { attendee.slug }

  /// Whether this is the attendee's category, in any case of letters.
  package func isIn(_ wanted: String) -> Bool { wanted.lowercased() == category.lowercased() }
  package static let table = "attendance.attendee"
  package static let columns = [
    "attendee", "ordinal", "category", "listed", "status", "details", "sessions",
    "registered_at", "checked_in_at", "station", "presence",
    "late_scans",
  ]

  package init(
    attendee: AttendeeID, ordinal: Int, category: String, listed: Bool, details: Sealed?,
    registeredAt: Timestamp
  ) {
    self.attendee = attendee
    self.ordinal = ordinal
    self.category = category
    self.listed = listed
    self.details = details
    self.registeredAt = registeredAt
  }

  package init(_ columns: inout some ColumnReader) throws {
    attendee = try AttendeeID(columns.next())
    ordinal = try columns.next()
    category = try columns.next()
    listed = try columns.next()
    status = try AttendeeStatus(stored: columns.next())
    details = try columns.next(as: String?.self).map(Sealed.init(base64:))
    sessions = try columns.list()
    registeredAt = try columns.next()
    checkedInAt = try columns.next()
    station = try columns.next()
    presence = try columns.list()
    lateScans = try columns.list()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(attendee.slug)
    columns.add(ordinal)
    columns.add(category)
    columns.add(listed)
    columns.add(status.rawValue)
    columns.add(details?.base64)
    columns.list(sessions, \.slug)
    columns.add(registeredAt)
    columns.add(checkedInAt)
    columns.add(station)
    columns.list(presence)
    columns.list(lateScans)
  }
}
