package import EventLog
package import Vocabulary

/// Somebody registered for the conference; who it is, is sealed.
package struct AttendeeRegistered: EventBody {
  package static let type = "AttendeeRegistered"
  package var attendee: AttendeeID
  /// `delegate`, `press`, `staff` …: what the organizer calls it.
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

/// An attendee's category, details or consent changed; what is nil stayed.
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

/// An attendee arrived; the time is the event's own.
package struct AttendeeCheckedIn: EventBody {
  package static let type = "AttendeeCheckedIn"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }

  package init(
    attendee: AttendeeID
  ) {
    self.attendee = attendee
  }
}

/// A check-in was a mistake, or the attendee has left.
package struct AttendeeCheckedOut: EventBody {
  package static let type = "AttendeeCheckedOut"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }

  package init(attendee: AttendeeID) { self.attendee = attendee }
}

/// An attendee has a seat in a session.
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

/// An attendee will not come.
package struct AttendeeWithdrawn: EventBody {
  package static let type = "AttendeeWithdrawn"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }

  package init(attendee: AttendeeID) { self.attendee = attendee }
}

/// An attendee's key was destroyed with this event: nothing sealed about them opens again.
package struct PersonErased: EventBody {
  package static let type = "PersonErased"
  package var attendee: AttendeeID
  package var tags: [Tag] { [attendee.tag] }
}
