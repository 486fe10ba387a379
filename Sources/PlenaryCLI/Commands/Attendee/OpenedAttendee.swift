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
  /// As printed on the badge, without the space.
  let badgeCode: String?
  let category: String
  let status: String
  let listed: Bool
  let registeredAt: Timestamp
  let checkedInAt: Timestamp?
  let station: String?
  let presence: [Presence]
  let lateScans: [Presence]
  let details: AttendeeDetails?
  /// By which other programs know them; nil: none.
  let keys: [ImportedKey]?

  init(
    _ row: AttendeeRow, _ details: AttendeeDetails?, keys: [ImportedKey] = [], badgeCode: String? = nil
  ) {
    attendee = row.attendee.slug
    self.badgeCode = badgeCode
    category = row.category
    status = row.status.rawValue
    listed = row.listed
    registeredAt = row.registeredAt
    checkedInAt = row.checkedInAt
    station = row.station
    presence = row.presence
    lateScans = row.lateScans
    self.details = details
    self.keys = keys.isEmpty ? nil : keys
  }

  /// In index order. Those whose data cannot be read come last.
  static func inOrder(_ attendees: [OpenedAttendee]) -> [OpenedAttendee] {
    attendees.map {
      (($0.details == nil ? 1 : 0, IndexOrder($0.details?.name.sortKey ?? ""), $0.attendee), $0)
    }
    .sorted { $0.0 < $1.0 }
    .map(\.1)
  }
}
