import ArgumentParser
import EventLog
import People
import Plenary
import ReadModels
import Scheduling
import Vocabulary

/// An attendee as organizers see them: the row, and what the vault's key opens.
struct OpenedAttendee: Encodable {
  let attendee: String
  let category: String
  let status: String
  let listed: Bool
  let registeredAt: Timestamp
  let checkedInAt: Timestamp?
  let details: AttendeeDetails?

  init(_ row: AttendeeRow, _ details: AttendeeDetails?) {
    attendee = row.attendee.slug
    category = row.category
    status = row.status.rawValue
    listed = row.listed
    registeredAt = row.registeredAt
    checkedInAt = row.checkedInAt
    self.details = details
  }

  /// Those whose data are erased come last.
  var sortKey: String { details?.name.sortKey.lowercased() ?? "\u{10FFFF}" }
}
