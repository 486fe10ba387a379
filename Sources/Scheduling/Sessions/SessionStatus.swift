/// Whether a session takes place.
package enum SessionStatus: String, Sendable, Codable {
  case scheduled, cancelled
  /// Its scheduling was undone; it is not in the program.
  case unscheduled
}
