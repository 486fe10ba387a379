package import EventLog
package import Vocabulary

/// A place with rooms; a conference in one house needs none.
package struct VenueAdded: EventBody {
  package static let type = "VenueAdded"
  package var venue: VenueID
  package var name: LocalizedText
  package var address: LocalizedText?
  package var tags: [Tag] { [venue.tag] }

  package init(venue: VenueID, name: LocalizedText, address: LocalizedText? = nil) {
    self.venue = venue
    self.name = name
    self.address = address
  }
}

/// A venue's particulars changed; what is nil stayed.
package struct VenueRevised: EventBody {
  package static let type = "VenueRevised"
  package var venue: VenueID
  package var name: LocalizedText?
  package var address: LocalizedText?
  package var cleared: [Field]?
  package var tags: [Tag] { [venue.tag] }

  package enum Field: String, Sendable, Codable { case address }

  package init(
    venue: VenueID, name: LocalizedText? = nil, address: LocalizedText? = nil,
    cleared: [Field]? = nil
  ) {
    self.venue = venue
    self.name = name
    self.address = address
    self.cleared = cleared
  }
}

/// A venue was added by mistake; no room is in it.
package struct VenueRemoved: EventBody {
  package static let type = "VenueRemoved"
  package var venue: VenueID
  package var tags: [Tag] { [venue.tag] }
}

/// A room or a venue: what one travels between.
package enum Place: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  case room(RoomID)
  case venue(VenueID)

  package var tag: Tag {
    switch self {
    case .room(let room): room.tag
    case .venue(let venue): venue.tag
    }
  }

  /// As its tag: `room:main-hall`.
  package var description: String { tag.text }

  package static func < (a: Self, b: Self) -> Bool { a.description < b.description }

  package init(_ text: String) throws(InvalidValue) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("room", 2): self = .room(try RoomID(parts[1]))
    case ("venue", 2): self = .venue(try VenueID(parts[1]))
    default: throw InvalidValue("“\(excerpt(text))” is neither “room:…” nor “venue:…”.")
    }
  }

  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// How long one needs between two places, either way.
package struct TravelTimeSet: EventBody {
  package static let type = "TravelTimeSet"
  /// The two places, the lesser first.
  package var places: [Place]
  /// Nil: nothing is known of it any more.
  package var minutes: Int?
  package var tags: [Tag] { places.map(\.tag) + [.travel] }

  package init(_ a: Place, _ b: Place, minutes: Int?) {
    places = [min(a, b), max(a, b)]
    self.minutes = minutes
  }
}

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

/// A room's particulars changed; what is nil stayed.
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

/// From one time of the clock to another; where the second is not later, it is on the next day.
package struct ClockRange: Hashable, Sendable, Codable {
  /// Minutes since midnight, 0 to 1439.
  package var from: Int
  package var until: Int

  /// - Throws: `InvalidValue` for what is not `08:00-22:00`.
  package init(_ text: String) throws(InvalidValue) {
    guard
      let match = trimming(text).wholeMatch(of: /(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})/),
      let a = Int(match.1), let b = Int(match.2), let c = Int(match.3), let d = Int(match.4),
      a < 24, b < 60, c < 24 || (c == 24 && d == 0), d < 60
    else {
      throw InvalidValue("“\(excerpt(text))” is no span of opening hours; write it as 08:00-22:00.")
    }
    from = a * 60 + b
    until = (c * 60 + d) % 1440
  }

  package init(from: Int, until: Int) { (self.from, self.until) = (from, until) }

  /// Minutes after the midnight before `from`.
  package var end: Int { until > from ? until : until + 1440 }
}

extension ClockRange: CustomStringConvertible {
  package var description: String {
    func clock(_ minutes: Int) -> String {
      (minutes < 600 ? "0" : "") + "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
    }
    return clock(from) + "–" + clock(until)
  }
}

/// When a room is open, as its clock shows it.
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

package struct TrackAdded: EventBody {
  package static let type = "TrackAdded"
  package var track: TrackID
  package var name: LocalizedText
  /// `#rrggbb` in lower case.
  package var color: String?
  package var tags: [Tag] { [track.tag] }

  package init(
    track: TrackID, name: LocalizedText, color: String? = nil
  ) {
    self.track = track
    self.name = name
    self.color = color
  }
}

/// A track's particulars changed; what is nil stayed.
package struct TrackRevised: EventBody {
  package static let type = "TrackRevised"
  package var track: TrackID
  package var name: LocalizedText?
  package var color: String?
  package var cleared: [Field]?
  package var tags: [Tag] { [track.tag] }

  package enum Field: String, Sendable, Codable { case color }

  package init(
    track: TrackID, name: LocalizedText? = nil, color: String? = nil, cleared: [Field]? = nil
  ) {
    self.track = track
    self.name = name
    self.color = color
    self.cleared = cleared
  }
}

/// A track was added by mistake; no session belongs to it.
package struct TrackRemoved: EventBody {
  package static let type = "TrackRemoved"
  package var track: TrackID
  package var tags: [Tag] { [track.tag] }
}
