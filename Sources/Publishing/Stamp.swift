import EventLog
package import ReadModels
package import Vocabulary

/// What a document was made from: enough to make it again, and to prove it.
package struct Stamp: Sendable, Encodable, Equatable {
  package let conference: ConferenceID
  package let position: Int
  /// Of the last event, RFC 3339; nil where the log is empty.
  @Nullable package var lastEvent: Timestamp?
  /// The same in words, in UTC: the zone's rules at that time are not in the log.
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
