package import EventLog
package import Vocabulary

/// How far a read model has followed the log: the position, the Merkle tree and the time of the last event.
package struct Checkpoint: Sendable, Equatable {
  package var position: Int { tree.count }
  package var lastEventAt: Timestamp?
  package var tree = MerkleTree()

  package init() {}

  /// Moves to the next event.
  ///
  /// - Precondition: `event` directly follows the last one. `EventStream` guarantees that.
  package mutating func advance(_ event: RecordedEvent) {
    precondition(event.position == position + 1, "A projector takes every event, in order.")
    tree.append(event.leaf)
    lastEventAt = event.recordedAt
  }
}
