package import Vocabulary

/// Where and when a session takes place.
///
/// Half-open: a session that ends at 10:00 leaves its room free for one that starts at 10:00.
package struct Slot: Hashable, Sendable, Codable {
  package let room: RoomID
  package let start: ZonedTime
  package let end: ZonedTime

  /// - Throws: `InvalidValue` if the end is not after the start, or is more than 24 hours after it.
  package init(room: RoomID, start: ZonedTime, end: ZonedTime) throws(InvalidValue) {
    guard start < end else {
      throw InvalidValue(
        "The session would end at \(end.clock) on \(end.date), which is not after its start at "
          + "\(start.clock) on \(start.date).")
    }
    guard end.instant.microseconds - start.instant.microseconds <= 86_400_000_000 else {
      throw InvalidValue(
        "The session would last more than 24 hours (\(start.date) \(start.clock) to \(end.date) "
          + "\(end.clock)); schedule one session per day.")
    }
    (self.room, self.start, self.end) = (room, start, end)
  }

  /// Whether an end that was given without its day can be this one, on the day after the start.
  ///
  /// At most 12 hours after the start: 22:00 to 01:00 passes midnight, while 09:00 to 08:00 is a mistyped end.
  package static func canPassMidnight(_ start: ZonedTime, _ end: ZonedTime) -> Bool {
    end.instant.microseconds - start.instant.microseconds <= 43_200_000_000
  }

  package var minutes: Int {
    Int((end.instant.microseconds - start.instant.microseconds) / 60_000_000)
  }

  /// The days on which it starts and ends, for tags.
  var days: [CalendarDate] {
    start.date == end.date ? [start.date] : [start.date, end.date]
  }

  package func overlaps(_ other: Slot) -> Bool { start < other.end && other.start < end }

  /// `2016-03-25 09:00–10:30`
  package var times: String { Self.times(start, end) }

  static func times(_ start: ZonedTime, _ end: ZonedTime) -> String {
    "\(start.date) \(start.clock)–\(end.clock)" + (end.date == start.date ? "" : " (\(end.date))")
  }
}

/// A slot with its number, which is unique within the session and never reused.
package struct NumberedSlot: Hashable, Sendable, Codable {
  package var number: Int
  package var slot: Slot

  package init(number: Int, slot: Slot) {
    self.number = number
    self.slot = slot
  }
}
