package import EventLog
import JSON
package import Postgres
package import Vocabulary

/// The log in PostgreSQL. Uses functions of it (Schema/functions/log_….sql).
package struct PostgresLog: ExpungingStore {
  package let connection: Connection
  let vault: Vault

  /// - Parameter connection: a connection with the role `plenary_writer`.
  package init(_ connection: Connection, _ vault: Vault = Vault()) {
    self.connection = connection
    self.vault = vault
  }

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
      let command = try StoredCommand(batch)
      let rows = try connection.query(
        """
        select first_position, last_position, replayed
        from log.append(\(command.events), \(command.condition), \(command.words))
        """)
      return try Receipt(rows[0])
    } catch { throw AppendError(any: error) }
  }

  /// Appends and destroys words, in the connection's current transaction, if there is one.
  package static func expunge(
    _ batch: AppendRequest, words positions: [Int], on connection: isolated Connection
  ) throws(AppendError) -> Receipt {
    do {
      let command = try StoredCommand(batch)
      let rows = try connection.query(
        """
        select first_position, last_position, replayed
        from log.expunge(\(command.events), \(positions)::bigint[], \(command.condition), \(command.words))
        """)
      return try Receipt(rows[0])
    } catch { throw AppendError(any: error) }
  }

  /// Appends and destroys keys and words, in the connection's current transaction, if there is one.
  static func erase(
    _ batch: AppendRequest, keysOf owners: [Tag], words positions: [Int], on connection: isolated Connection
  ) throws(AppendError) -> Receipt {
    do {
      let command = try StoredCommand(batch)
      let rows = try connection.query(
        """
        select first_position, last_position, replayed
        from vault.erase(
          \(command.events), \(owners.map(\.text))::text[], \(positions)::bigint[], \(command.condition), \(command.words))
        """)
      return try Receipt(rows[0])
    } catch { throw AppendError(any: error) }
  }

  package func expunge(_ batch: AppendRequest, words positions: [Int]) async throws(AppendError) -> Receipt {
    try await connection.run { connection throws(AppendError) in
      try Self.expunge(batch, words: positions, on: connection)
    }
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
            event.position, event.type, event.version, event.tags, event.body,
            event.words, event.salt, event.actor, event.login, event.reason,
            event.command_id, event.recorded_at, event.leaf
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
            body: row.decode("body"), words: row.decode("words"), salt: row.decode("salt"),
            actor: row.decode("actor"), login: row.decode("login"), reason: row.decode("reason"),
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

extension PostgresLog {
  package func receipts(of commands: [String], in conference: ConferenceID)
    async throws(AppendError) -> (head: Int, answers: [String: (request: [UInt8], receipt: Receipt)])
  {
    do {
      return try await connection.run { connection in
        let rows = try connection.query(
          """
          select head, command_id::text, request, first_position, last_position, true as replayed
          from log.receipts(\(conference.slug), \(commands)::text[]::uuid[])
          """)
        var answers: [String: (request: [UInt8], receipt: Receipt)] = [:]
        for row in rows {
          guard let command = try row.decode("command_id", as: String?.self) else { continue }
          answers[command] = (try row.decode("request"), try Receipt(row))
        }
        return (try rows.first?.decode("head") ?? 0, answers)
      }
    } catch { throw AppendError(any: error) }
  }
}

/// A command as the arguments of `log.append` and `log.expunge`, in their order.
private struct StoredCommand {
  let events: SQL
  let condition: SQL
  /// Null and null for a command without words, which saves the log looking for them.
  let words: SQL

  init(_ batch: AppendRequest) throws {
    let types = batch.events.map { type(of: $0).type }
    let versions = batch.events.map { type(of: $0).version }
    let tags = batch.events.map { $0.tags.map(\.text).joined(separator: " ") }
    let bodies = try batch.events.map { try StoredBody($0) }
    let hasWords = bodies.contains { $0.words != nil }
    let query = try batch.condition.map { try JSONText.encode($0.query.items) }
    events = """
      \(batch.conference.slug), \(batch.commandID)::uuid, \(batch.request)::bytea, \(batch.actor), \
      \(batch.reason as String?), \(types)::text[], \(versions)::integer[], \(tags)::text[], \
      \(bodies.map(\.text))::text[]
      """
    condition = "\(query as String?)::json, \(batch.condition?.after as Int?)::bigint"
    words = """
      \((hasWords ? bodies.map(\.words?.json) : nil) as [String?]?)::text[], \
      \((hasWords ? bodies.map(\.words?.salt) : nil) as [[UInt8]?]?)::bytea[]
      """
  }
}

extension Receipt {
  init(_ row: Row) throws(PostgresError) {
    self.init(
      first: try row.decode("first_position"), last: try row.decode("last_position"),
      replayed: try row.decode("replayed"))
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
