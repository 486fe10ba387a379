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

/// A venue's details changed; what is nil stayed.
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
