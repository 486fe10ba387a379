package import EventLog
package import Vocabulary

/// How far a read model has come, and what everything up to there hashes to.
package struct Checkpoint: Sendable, Equatable {
  package var position: Int { tree.count }
  package var lastEventAt: Timestamp?
  package var tree = MerkleTree()

  package init() {}

  /// Takes the next event.
  ///
  /// - Precondition: `event` follows on the last one; `EventStream` sees to it.
  package mutating func advance(_ event: RecordedEvent) {
    precondition(event.position == position + 1, "A projector takes every event, in order.")
    tree.append(event.leaf)
    lastEventAt = event.recordedAt
  }
}
