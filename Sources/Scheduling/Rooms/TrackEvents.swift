package import EventLog
package import Vocabulary

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

/// A track's details changed; what is nil stayed.
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
