package import EventLog
package import Vocabulary

package struct RoomAdded: EventBody {
  package static let type = "RoomAdded"
  package var room: RoomID
  package var details: RoomDetails
  package var tags: [Tag] { [room.tag] + (details.venue.map { [$0.tag] } ?? []) }

  package init(room: RoomID, details: RoomDetails) {
    self.room = room
    self.details = details
  }

  package init(
    room: RoomID, name: LocalizedText, _ build: (inout RoomDetails) -> Void = { _ in }
  ) {
    self.init(room: room, details: RoomDetails(name: name, build))
  }

  package init(from decoder: any Decoder) throws {
    room = try decoder.value("room")
    details = try RoomDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(room, "room")
    try details.encode(to: encoder)
  }
}

/// A room's details changed. `changes` holds only the fields that changed.
package struct RoomRevised: EventBody {
  package static let type = "RoomRevised"
  package var room: RoomID
  package var changes: RoomDetails.Changes
  /// The venue that the room left; nil if it left none. Events of the first releases never have it.
  package var formerVenue: VenueID?
  package var tags: [Tag] { [room.tag] + [changes.venue, formerVenue].compactMap { $0?.tag } }

  package init(room: RoomID, changes: RoomDetails.Changes, formerVenue: VenueID? = nil) {
    self.room = room
    self.changes = changes
    self.formerVenue = formerVenue
  }

  package init(
    room: RoomID, formerVenue: VenueID? = nil, _ build: (inout RoomDetails.Changes) -> Void = { _ in }
  ) {
    self.init(room: room, changes: RoomDetails.Changes(build), formerVenue: formerVenue)
  }

  package init(from decoder: any Decoder) throws {
    room = try decoder.value("room")
    formerVenue = try decoder.valueIfPresent("formerVenue")
    changes = try RoomDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(room, "room")
    try encoder.put(formerVenue, "formerVenue")
    try changes.encode(to: encoder)
  }
}

/// A room was closed: no more sessions can be scheduled in it.
package struct RoomClosed: EventBody {
  package static let type = "RoomClosed"
  package var room: RoomID
  package var tags: [Tag] { [room.tag] }
}

/// A closed room was reopened: sessions can be scheduled in it again.
package struct RoomReopened: EventBody {
  package static let type = "RoomReopened"
  package var room: RoomID
  package var tags: [Tag] { [room.tag] }
}

/// A room's opening hours were set, in local clock times.
package struct RoomHoursSet: EventBody {
  package static let type = "RoomHoursSet"
  package var room: RoomID
  /// The only day that the hours apply to, instead of the hours of every day. Nil: every day.
  package var day: CalendarDate?
  /// Empty: closed all day. Nil: the hours were removed, so the day has the hours of every day, and a room
  /// without those is always open.
  package var hours: [ClockRange]?
  package var tags: [Tag] { [room.tag] }

  package init(room: RoomID, day: CalendarDate? = nil, hours: [ClockRange]?) {
    self.room = room
    self.day = day
    self.hours = hours
  }
}

/// A room is unavailable for a period of time.
package struct RoomClosureStated: EventBody {
  package static let type = "RoomClosureStated"
  package var room: RoomID
  /// 1, 2, 3 … within the room; never reused.
  package var number: Int
  package var from: ZonedTime
  package var until: ZonedTime
  package var note: LocalizedText?
  package var tags: [Tag] { [room.tag] }

  package init(
    room: RoomID, number: Int, from: ZonedTime, until: ZonedTime, note: LocalizedText? = nil
  ) {
    self.room = room
    self.number = number
    self.from = from
    self.until = until
    self.note = note
  }
}

package struct RoomClosureRemoved: EventBody {
  package static let type = "RoomClosureRemoved"
  package var room: RoomID
  package var number: Int
  package var tags: [Tag] { [room.tag] }
}
