package import EventLog
import Postgres
import ReadModels
package import Vocabulary

extension Checkpoint {
  /// Locks a projector's checkpoint until the transaction ends, and reads it.
  ///
  /// - Returns: nil if there is none for this revision. Then the read model must be rebuilt.
  static func lock<Model: ReadModel>(
    _: Model.Type, _ conference: ConferenceID, _ connection: isolated Connection
  ) throws -> Checkpoint? {
    try connection.execute(
      """
      insert into projection.checkpoint (conference, projector, revision, position, frontier)
      values (\(conference.slug), \(Model.name), \(Model.revision), 0, '')
      on conflict (conference, projector) do nothing
      """)
    let rows = try connection.query(
      """
      select revision, position, last_event_at, frontier from projection.checkpoint
      where conference = \(conference.slug) and projector = \(Model.name)
      for update
      """)
    return try rows.first.flatMap { try Checkpoint($0, revision: Model.revision) }
  }

  /// Reads a projector's checkpoint; nil if there is none for this revision.
  static func read<Model: ReadModel>(
    _: Model.Type, _ conference: ConferenceID, _ connection: isolated Connection
  ) throws -> Checkpoint? {
    let rows = try connection.query(
      """
      select revision, position, last_event_at, frontier from projection.checkpoint
      where conference = \(conference.slug) and projector = \(Model.name)
      """)
    return try rows.first.flatMap { try Checkpoint($0, revision: Model.revision) }
  }

  private init?(_ row: Postgres.Row, revision: Int) throws {
    guard try row.decode("revision", as: Int.self) == revision,
      let tree = MerkleTree(
        count: try row.decode("position"), bytes: try row.decode("frontier"))
    else { return nil }
    self.init()
    self.tree = tree
    lastEventAt = try row.decode("last_event_at")
  }

  /// Writes a projector's checkpoint. The transaction must hold its lock.
  func write<Model: ReadModel>(
    _: Model.Type, _ conference: ConferenceID, _ connection: isolated Connection
  ) throws {
    try connection.execute(
      """
      update projection.checkpoint
      set revision = \(Model.revision), position = \(position), frontier = \(tree.bytes)::bytea,
        last_event_at = \(lastEventAt?.description as String?)::timestamptz
      where conference = \(conference.slug) and projector = \(Model.name)
      """)
  }
}

/// A projector could not apply an event. It has stopped for this conference only.
package struct ProjectorStopped: HintedError {
  package let projector: String
  package let conference: ConferenceID
  package let position: Int
  package let type: String
  package let reason: String

  package var texts: [HintedText] {
    .says(
      "The \(projector) projector of \(conference) stopped at event \(position) (\(type)): \(reason) "
        + "The read model is at event \(position - 1).", .showEvent(position), .setEventAside(position))
  }
}
