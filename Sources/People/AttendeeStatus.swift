/// Whether an attendee is expected, is there, or does not come any more.
package enum AttendeeStatus: String, Sendable {
  case registered
  case checkedIn = "checked-in"
  case withdrawn, erased
}
