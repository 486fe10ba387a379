import EventLog
package import ReadModels
package import Vocabulary

/// The source of a document: enough to make it again and to verify it.
package struct Stamp: Sendable, Encodable, Equatable {
  package let conference: ConferenceID
  package let position: Int
  /// The time of the last event in RFC 3339; nil if the log is empty.
  @Nullable package var lastEvent: Timestamp?
  /// The same time in words, in UTC, because the log does not have the zone's rules for that time.
  @Nullable package var lastEventPrinted: LocalizedText?
  /// The Merkle root at the position, 64 hexadecimal digits.
  package let root: String

  package init(conference: ConferenceID, checkpoint: Checkpoint) {
    self.init(conference: conference, checkpoint: checkpoint, languages: [])
  }

  init(conference: ConferenceID, checkpoint: Checkpoint, languages: [Language]) {
    self.conference = conference
    position = checkpoint.position
    lastEvent = checkpoint.lastEventAt
    root = hexadecimal(checkpoint.tree.root)
    lastEventPrinted = checkpoint.lastEventAt.flatMap { time in
      languages.isEmpty ? nil : languages.localized { Dates.instant(time, in: $0) }
    }
  }
}
