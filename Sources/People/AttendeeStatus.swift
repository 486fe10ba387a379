/// Whether an attendee is registered, has arrived, has withdrawn or was erased.
package enum AttendeeStatus: String, Codable, Sendable, CaseIterable {
  case registered
  case checkedIn = "checked-in"
  case withdrawn, erased
}
