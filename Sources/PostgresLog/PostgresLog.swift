package import EventLog
import JSON
package import Postgres
package import Vocabulary

/// The log in PostgreSQL. Uses the functions `log.append` and `log.read` (Schema/functions).
package struct PostgresLog: EventStore {
  package let connection: Connection

  /// - Parameter connection: a connection with the role `plenary_writer`.
  package init(_ connection: Connection) { self.connection = connection }

  package func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    try await connection.run { connection throws(AppendError) in
      try Self.append(batch, on: connection)
    }
  }

  /// Appends in the connection's current transaction, if there is one.
  package static func append(_ batch: AppendRequest, on connection: isolated Connection)
    throws(AppendError) -> Receipt
  {
    do {
      let types = batch.events.map { type(of: $0).type }
      let versions = batch.events.map { type(of: $0).version }
      let tags = batch.events.map { $0.tags.map(\.text).joined(separator: " ") }
      let bodies = try batch.events.map { try JSONText.encode($0) }
      let query = try batch.condition.map { try JSONText.encode($0.query.items) }
      let rows = try connection.query(
        """
        select first_position, last_position, replayed
        from log.append(
          \(batch.conference.slug), \(batch.commandID)::uuid, \(batch.request)::bytea, \
        \(batch.actor), \(batch.reason as String?), \(types)::text[], \(versions)::integer[], \
        \(tags)::text[], \(bodies)::text[], \(query as String?)::json, \(batch.condition?.after as Int?)::bigint)
        """)
      return try Receipt(
        first: rows[0].decode("first_position"), last: rows[0].decode("last_position"),
        replayed: rows[0].decode("replayed"))
    } catch { throw AppendError(any: error) }
  }

  package func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    do {
      return try await connection.run { connection in
        // One statement sees one state of the log, so head, receipt and events belong together.
        let rows = try connection.query(
          """
          select head.position as head,
            receipt.request, receipt.first_position, receipt.last_position,
            event.position, event.type, event.version, event.tags, event.body, event.actor,
            event.reason, event.command_id, event.recorded_at, event.leaf
          from log.head
          left join log.receipt
            on receipt.conference = head.conference and receipt.command_id = \(command as String?)::uuid
          left join lateral log.read(head.conference, \(JSONText.encode(query.items))::json) as event
            on true
          where head.conference = \(conference.slug)
          order by event.position
          """)
        guard let first = rows.first else { return BoundaryRead(events: [], head: 0) }
        // A single row without an event means that nothing matches.
        let matches = try first.decode("position", as: Int?.self) == nil ? rows.prefix(0) : rows[...]
        let events = try matches.map { row in
          try RecordedEvent(
            conference: conference.slug, position: row.decode("position"),
            type: row.decode("type"), version: row.decode("version"), tags: row.decode("tags"),
            body: row.decode("body"), actor: row.decode("actor"), reason: row.decode("reason"),
            commandID: row.decode("command_id"), recordedAt: row.decode("recorded_at"),
            leaf: row.decode("leaf"))
        }
        let receipt = try first.decode("request", as: [UInt8]?.self).map { request in
          (
            request: request,
            receipt: Receipt(
              first: try first.decode("first_position"), last: try first.decode("last_position"),
              replayed: true)
          )
        }
        return BoundaryRead(events: events, head: try first.decode("head"), receipt: receipt)
      }
    } catch { throw AppendError(any: error) }
  }
}

extension AppendError {
  package init(_ error: PostgresError) {
    switch (error.situation, error.sqlState) {
    case (.connectionLost, _): self = .connectionLost
    case (_, "PL001"): self = .conflict(position: error.detail.flatMap { Int($0) } ?? 0)
    case (_, "PL002"): self = .commandIDReused
    case (_, .lockNotAvailable): self = .busy
    default: self = .failed(StoreFailure(error))
    }
  }
}

extension Timestamp: ColumnDecodable {
  package init?(columnText text: UnsafeRawBufferPointer) {
    self.init(String(decoding: text, as: UTF8.self))
  }
}
