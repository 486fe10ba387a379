package import EventLog
package import Vocabulary

/// An attendee registered for the conference. Their personal data is encrypted.
package struct AttendeeRegistered: EventBody {
  package static let type = "AttendeeRegistered"
  package var attendee: AttendeeID
  /// The organizer's own word: `delegate`, `press`, `staff` …
  package var category: String
  /// Whether the printed list of participants may name them.
  package var listed: Bool
  /// `AttendeeDetails`, sealed with the attendee's key.
  package var details: Sealed
  package var tags: [Tag] { [attendee.tag] }

  package init(
    attendee: AttendeeID, category: String, listed: Bool, details: Sealed
  ) {
    self.attendee = attendee
    self.category = category
    self.listed = listed
    self.details = details
  }
}

/// An attendee's category, details or consent changed. Nil fields did not change.
package struct AttendeeRevised: EventBody {
  package static let type = "AttendeeRevised"
  package var attendee: AttendeeID
  package var category: String?
  package var listed: Bool?
  package var details: Sealed?
  package var tags: [Tag] { [attendee.tag] }

  package init(
    attendee: AttendeeID, category: String? = nil, listed: Bool? = nil, details: Sealed? = nil
  ) {
    self.attendee = attendee
    self.category = category
    self.listed = listed
    self.details = details
  }
}

/// An attendee arrived at the conference, or was present in a session or on a day.
package struct AttendeeCheckedIn: EventBody {
  package static let type = "AttendeeCheckedIn"
  package var attendee: AttendeeID
  /// When it happened: a station without a connection reports it later. Nil: at the time of the event.
  package var arrivedAt: Timestamp?
  /// The desk, door or device where it happened, in the organizer's words.
  package var station: String?
  /// The session in which they were present. Nil, as the day is: they arrived at the conference.
  package var session: SessionID?
  /// The day on which they were present.
  package var day: CalendarDate?
  package var tags: [Tag] { [attendee.tag] + (session.map { [$0.tag] } ?? []) }

  package init(
    attendee: AttendeeID, arrivedAt: Timestamp? = nil, station: String? = nil, at occasion: Occasion? = nil
  ) {
    self.attendee = attendee
    self.arrivedAt = arrivedAt
    self.station = station
    (session, day) = (occasion?.session, occasion?.day)
  }

  /// Where they were present; nil: they arrived at the conference.
  package var occasion: Occasion? { Occasion(session: session, day: day) }
}

/// An attendee left, or was checked in by mistake. With a session or a day, they were not present there after all.
package struct AttendeeCheckedOut: EventBody {
  package static let type = "AttendeeCheckedOut"
  package var attendee: AttendeeID
  package var session: SessionID?
  package var day: CalendarDate?
  package var tags: [Tag] { [attendee.tag] + (session.map { [$0.tag] } ?? []) }

  package init(attendee: AttendeeID, from occasion: Occasion? = nil) {
    self.attendee = attendee
    (session, day) = (occasion?.session, occasion?.day)
  }

  package var occasion: Occasion? { Occasion(session: session, day: day) }
}

/// A scan that a station handed in late and that checked nobody in, because another station had done so, the attendee had
/// withdrawn, or the session was cancelled. It changes nothing else.
package struct LateScanRecorded: EventBody, Hashable {
  package static let type = "LateScanRecorded"
  package var attendee: AttendeeID
  /// On the station's clock.
  package var scannedAt: Timestamp
  package var station: String?
  /// Where they would have been present. Nil, as the day is: they arrived at the conference.
  package var session: SessionID?
  package var day: CalendarDate?
  package var tags: [Tag] { [attendee.tag] + (session.map { [$0.tag] } ?? []) }

  package init(
    attendee: AttendeeID, scannedAt: Timestamp, station: String? = nil, at occasion: Occasion? = nil
  ) {
    self.attendee = attendee
    self.scannedAt = scannedAt
    self.station = station
    (session, day) = (occasion?.session, occasion?.day)
  }

  package var occasion: Occasion? { Occasion(session: session, day: day) }
}

/// An attendee signed up for a session and has a seat in it.
package struct AttendeeSignedUp: EventBody {
  package static let type = "AttendeeSignedUp"
  package var attendee: AttendeeID
  package var session: SessionID
  package var tags: [Tag] { [attendee.tag, session.tag] }

  package init(attendee: AttendeeID, session: SessionID) {
    self.attendee = attendee
    self.session = session
  }
}

package struct AttendeeSignedOff: EventBody {
  package static let type = "AttendeeSignedOff"
  package var attendee: AttendeeID
  package var session: SessionID
  package var tags: [Tag] { [attendee.tag, session.tag] }

  package init(attendee: AttendeeID, session: SessionID) {
    self.attendee = attendee
    self.session = session
  }
}

/// An attendee withdrew from the conference.
package struct AttendeeWithdrawn: EventBody {
  package static let type = "AttendeeWithdrawn"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }

  package init(attendee: AttendeeID) { self.attendee = attendee }
}

/// A withdrawn attendee takes part after all. An earlier check-in counts again. Seats in sessions do not come back.
package struct AttendeeReinstated: EventBody {
  package static let type = "AttendeeReinstated"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }

  package init(attendee: AttendeeID) { self.attendee = attendee }
}

/// A person's keys were destroyed: their encrypted data can never be decrypted again. So were a speaker's words.
package struct PersonErased: EventBody {
  package static let type = "PersonErased"
  package static let version = 2
  /// Before version 2, only attendees were erased.
  package static let upcasts: [Int: Upcast] = [1: { $0 }]
  /// Nil for a speaker.
  package var attendee: AttendeeID?
  package var person: PersonID?
  /// The events whose words were destroyed: the speaker's biographies. Nil: none.
  package var positions: [Int]?
  package var tags: [Tag] { [attendee?.tag ?? person?.tag].compactMap(\.self) }

  package init(attendee: AttendeeID) { self.attendee = attendee }

  package init(person: PersonID, positions: [Int]) {
    self.person = person
    self.positions = positions.isEmpty ? nil : positions
  }
}
