package import EventLog
package import Postgres
package import Vocabulary

/// An event as a log is carried to another database.
package struct CarriedEvent: Sendable, Hashable {
  package var event: RecordedEvent
  /// The hash of the command's request, for the first event of the command; empty if it was blanked.
  package var request: [UInt8]?

  package init(_ event: RecordedEvent, request: [UInt8]? = nil) {
    self.event = event
    self.request = request
  }
}

extension EventStream {
  /// The events after a position, up to another one, with the requests of their commands.
  package static func carried(
    _ conference: ConferenceID, after: Int, upTo end: Int, _ connection: isolated Connection
  ) throws -> [CarriedEvent] {
    var carried: [CarriedEvent] = []
    try read(conference, after: after, upTo: .position(end), detail: .whole, connection) {
      carried.append(CarriedEvent($0))
    }
    let commands = Set(carried.map(\.event.commandID)).sorted()
    let rows = try connection.query(
      """
      select first_position, request from unnest(\(commands)::text[]::uuid[]) as wanted(id)
      cross join lateral (
        -- With the limit, each receipt is looked up by itself: how many there are is not known before the next ANALYZE.
        select first_position, request from log.receipt
        where conference = \(conference.slug) and command_id = wanted.id
        limit 1
      ) as receipt
      """)
    for row in rows {
      let index = try row.decode("first_position", as: Int.self) - after - 1
      if carried.indices.contains(index) { carried[index].request = try row.decode("request") }
    }
    return carried
  }

  /// The hash of one event; nil if the log has no such event.
  package static func leaf(of conference: ConferenceID, at position: Int, _ connection: isolated Connection)
    throws -> [UInt8]?
  {
    try connection.query(
      "select leaf from log.event where conference = \(conference.slug) and position = \(position)"
    ).first?.decode("leaf")
  }

  /// Stores events of another database's log as they were recorded there, in the connection's current transaction. As the
  /// owner of the database.
  ///
  /// - Parameters:
  ///   - events: consecutive ones, of whole commands.
  ///   - after: the position before the first of them; 0 requires that the conference has no events yet.
  /// - Throws: `PostgresError` with the states that `log.import` names.
  package static func store(
    _ events: [CarriedEvent], of conference: ConferenceID, after: Int, _ connection: isolated Connection
  ) throws(PostgresError) {
    let recorded = events.map(\.event)
    _ = try connection.query(
      """
      select log.import(
        \(conference.slug), \(after), \(recorded.map(\.type))::text[], \(recorded.map(\.version))::integer[],
        \(recorded.map { $0.tags.joined(separator: " ") })::text[], \(recorded.map(\.body))::text[],
        \(recorded.map(\.actor))::text[], \(recorded.map(\.login))::text[], \(recorded.map(\.reason))::text[],
        \(recorded.map(\.commandID))::text[]::uuid[], \(recorded.map(\.recordedAt.microseconds))::bigint[],
        \(recorded.map(\.leaf))::bytea[], \(recorded.map(\.words))::text[], \(recorded.map(\.salt))::bytea[],
        \(events.map(\.request))::bytea[])
      """)
  }
}
