package import EventLog
package import Vocabulary

package struct TrackAdded: EventBody {
  package static let type = "TrackAdded"
  package var track: TrackID
  package var details: TrackDetails
  package var tags: [Tag] { [track.tag] }

  package init(track: TrackID, details: TrackDetails) {
    self.track = track
    self.details = details
  }

  package init(
    track: TrackID, name: LocalizedText, _ build: (inout TrackDetails) -> Void = { _ in }
  ) {
    self.init(track: track, details: TrackDetails(name: name, build))
  }

  package init(from decoder: any Decoder) throws {
    track = try decoder.value("track")
    details = try TrackDetails(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(track, "track")
    try details.encode(to: encoder)
  }
}

/// A track's details changed. `changes` holds only the fields that changed.
package struct TrackRevised: EventBody {
  package static let type = "TrackRevised"
  package var track: TrackID
  package var changes: TrackDetails.Changes
  package var tags: [Tag] { [track.tag] }

  package init(track: TrackID, changes: TrackDetails.Changes) {
    self.track = track
    self.changes = changes
  }

  package init(track: TrackID, _ build: (inout TrackDetails.Changes) -> Void = { _ in }) {
    self.init(track: track, changes: TrackDetails.Changes(build))
  }

  package init(from decoder: any Decoder) throws {
    track = try decoder.value("track")
    changes = try TrackDetails.Changes(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try encoder.put(track, "track")
    try changes.encode(to: encoder)
  }
}

/// The addition of a track was undone. No session that takes place or was cancelled belongs to it. Its name can
/// be given again.
package struct TrackRemoved: EventBody {
  package static let type = "TrackRemoved"
  package var track: TrackID
  package var tags: [Tag] { [track.tag] }
}
