package import Vocabulary

/// A part of the conference in which an attendee can be present.
package enum Occasion: Codable, Hashable, Sendable, Comparable {
  case session(SessionID)
  case day(CalendarDate)

  package init?(session: SessionID?, day: CalendarDate?) {
    guard let occasion = session.map(Self.session) ?? day.map(Self.day) else { return nil }
    self = occasion
  }

  package var session: SessionID? { if case .session(let session) = self { session } else { nil } }
  package var day: CalendarDate? { if case .day(let day) = self { day } else { nil } }
}

/// When and where somebody was checked in.
package struct CheckIn: Codable, Hashable, Sendable {
  package var at: Timestamp
  /// The desk, door or device, in the organizer's words.
  package var station: String?

  package init(at: Timestamp, station: String? = nil) {
    self.at = at
    self.station = station
  }

  init(_ body: AttendeeCheckedIn, recordedAt: Timestamp) {
    self.init(at: body.arrivedAt ?? recordedAt, station: body.station)
  }

  /// “at 2016-03-25 08:41 +08:00, “Desk 2””
  package func described(_ rules: ZoneRules) -> String {
    "at \(rules.readable(at))" + (station.map { ", “\($0)”" } ?? "")
  }
}

/// What is asked of a check-in.
package struct CheckInRequest: Encodable, Sendable {
  package var attendee: AttendeeID
  /// Nil: now.
  package var at: Timestamp?
  package var station: String?
  /// The clocks on which a refusal shows times.
  package var rules: ZoneRules
  /// A station that had no connection hands it in. Nobody can be sent back any more, so it is recorded if it is not a
  /// check-in after all.
  package var isLate: Bool

  package init(
    _ attendee: AttendeeID, at: Timestamp? = nil, station: String? = nil, _ rules: ZoneRules,
    isLate: Bool = false
  ) {
    self.attendee = attendee
    self.at = at
    self.station = station
    self.rules = rules
    self.isLate = isLate
  }

  package func event(in occasion: Occasion? = nil) -> AttendeeCheckedIn {
    AttendeeCheckedIn(attendee: attendee, arrivedAt: at, station: station, at: occasion)
  }

  /// What is recorded of a late scan that is no check-in.
  ///
  /// - Parameters:
  ///   - first: the check-in that is recorded already.
  ///   - known: the late scans that are.
  /// - Returns: nil for one that is not late; no event for one that is recorded.
  package func lateScan(in occasion: Occasion? = nil, first: CheckIn? = nil, known: Set<LateScanRecorded>)
    -> [PeopleEvent]?
  {
    guard isLate, let at else { return nil }
    let scan = LateScanRecorded(attendee: attendee, scannedAt: at, station: station, at: occasion)
    if first == CheckIn(at: at, station: station) || known.contains(scan) { return [] }
    return [.lateScanRecorded(scan)]
  }

  /// The attendee alone if nothing else was asked, as the first versions wrote it. The clocks are not asked, nor whether it
  /// is late: sent again, it is late, and the same.
  package func encode(to encoder: any Encoder) throws {
    if at == nil, station == nil { return try attendee.encode(to: encoder) }
    try event().encode(to: encoder)
  }
}
