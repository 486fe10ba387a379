package import EventLog
package import Vocabulary

package struct RoomAdded: EventBody {
  package static let type = "RoomAdded"
  package var room: RoomID
  package var name: LocalizedText
  /// Seats; nil where nobody said.
  package var capacity: Int?
  package var note: LocalizedText?
  package var venue: VenueID?
  /// What sessions may need and this room has; nil: nothing is known.
  package var features: [FeatureID]?
  package var tags: [Tag] { [room.tag] + (venue.map { [$0.tag] } ?? []) }

  package init(
    room: RoomID, name: LocalizedText, capacity: Int? = nil, note: LocalizedText? = nil,
    venue: VenueID? = nil, features: [FeatureID]? = nil
  ) {
    self.room = room
    self.name = name
    self.capacity = capacity
    self.note = note
    self.venue = venue
    self.features = features
  }
}

/// A room's details changed; what is nil stayed.
package struct RoomRevised: EventBody {
  package static let type = "RoomRevised"
  package var room: RoomID
  package var name: LocalizedText?
  package var capacity: Int?
  package var note: LocalizedText?
  package var venue: VenueID?
  package var features: [FeatureID]?
  /// What there is no more.
  package var cleared: [Field]?
  package var tags: [Tag] { [room.tag] + (venue.map { [$0.tag] } ?? []) }

  package enum Field: String, Sendable, Codable { case capacity, note, venue, features }

  package init(
    room: RoomID, name: LocalizedText? = nil, capacity: Int? = nil, note: LocalizedText? = nil,
    venue: VenueID? = nil, features: [FeatureID]? = nil, cleared: [Field]? = nil
  ) {
    self.room = room
    self.name = name
    self.capacity = capacity
    self.note = note
    self.venue = venue
    self.features = features
    self.cleared = cleared
  }
}

/// A room takes no more sessions.
package struct RoomClosed: EventBody {
  package static let type = "RoomClosed"
  package var room: RoomID
  package var tags: [Tag] { [room.tag] }
}

/// A room that was closed takes sessions again.
package struct RoomReopened: EventBody {
  package static let type = "RoomReopened"
  package var room: RoomID
  package var tags: [Tag] { [room.tag] }
}

/// The hours at which a room is open, as its clock shows it.
package struct RoomHoursSet: EventBody {
  package static let type = "RoomHoursSet"
  package var room: RoomID
  /// The one day that they hold for, over those of every day; nil: every day.
  package var day: CalendarDate?
  /// Empty: it stays shut; nil: nothing is said any more, so it is always open (or as on every day).
  package var hours: [ClockRange]?
  package var tags: [Tag] { [room.tag] }

  package init(room: RoomID, day: CalendarDate? = nil, hours: [ClockRange]?) {
    self.room = room
    self.day = day
    self.hours = hours
  }
}

/// A room cannot be used for a while.
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
