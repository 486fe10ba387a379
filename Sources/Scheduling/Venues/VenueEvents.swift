package import EventLog
package import Vocabulary

/// A venue was added: a building or site that has rooms. A conference in one building needs no venue.
package struct VenueAdded: EventBody {
  package static let type = "VenueAdded"
  package var venue: VenueID
  package var details: VenueDetails
  package var tags: [Tag] { [venue.tag] }

  package init(venue: VenueID, details: VenueDetails) {
    self.venue = venue
    self.details = details
  }

  package init(
    venue: VenueID, name: LocalizedText, _ build: (inout VenueDetails) -> Void = { _ in }
  ) {
    self.init(venue: venue, details: VenueDetails(name: name, build))
  }

  package init(from decoder: any Decoder) throws {
    venue = try decoder.value("venue")
    details = try VenueDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(venue, "venue")
    try details.encode(to: encoder)
  }
}

/// A venue's details changed. `changes` holds only the fields that changed.
package struct VenueRevised: EventBody {
  package static let type = "VenueRevised"
  package var venue: VenueID
  package var changes: VenueDetails.Changes
  package var tags: [Tag] { [venue.tag] }

  package init(venue: VenueID, changes: VenueDetails.Changes) {
    self.venue = venue
    self.changes = changes
  }

  package init(venue: VenueID, _ build: (inout VenueDetails.Changes) -> Void = { _ in }) {
    self.init(venue: venue, changes: VenueDetails.Changes(build))
  }

  package init(from decoder: any Decoder) throws {
    venue = try decoder.value("venue")
    changes = try VenueDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(venue, "venue")
    try changes.encode(to: encoder)
  }
}

/// The addition of a venue was undone; no room is in it.
package struct VenueRemoved: EventBody {
  package static let type = "VenueRemoved"
  package var venue: VenueID
  package var tags: [Tag] { [venue.tag] }
}

/// The travel time between two places was set. It applies in both directions.
package struct TravelTimeSet: EventBody {
  package static let type = "TravelTimeSet"
  /// The two places, sorted.
  package var places: [Place]
  /// Nil: the travel time was removed.
  package var minutes: Int?
  package var tags: [Tag] { places.map(\.tag) + [.travel] }

  package init(_ a: Place, _ b: Place, minutes: Int?) {
    places = [min(a, b), max(a, b)]
    self.minutes = minutes
  }
}
