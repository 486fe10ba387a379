package import EventLog
package import Postgres
package import Vocabulary

/// Reads a conference's log in order, for projectors, verification and export.
package enum EventStream {
  /// Which fields to read. Projectors do not need the tags, the reason and the command id.
  package enum Detail: Sendable { case projection, whole }

  /// Calls `body` with the events after a position, in order, as they arrive from the server.
  ///
  /// - Throws: `LogGap` if a position is missing; errors of `body`.
  package static func read(
    _ conference: ConferenceID, after: Int, upTo bound: LogBound = .head, detail: Detail,
    _ connection: isolated Connection, _ body: (RecordedEvent) throws -> Void
  ) throws {
    let limit: SQL =
      switch bound {
      case .head: ""
      case .position(let last): "and position <= \(last)"
      case .time(let time): "and recorded_at <= \(time.description)::timestamptz"
      }
    let rest: SQL = detail == .whole ? ", command_id, reason, array_to_string(tags, ' ')" : ""
    var last = after
    var types = RecentField<String>()
    var actors = RecentField<String>()
    var times = RecentField<Timestamp>()
    try connection.copyOut(
      """
      copy (
        select position, type, version, body, actor, recorded_at, leaf\(rest)
        from log.event
        where conference = \(conference.slug) and position > \(after) \(limit)
        order by position
      ) to stdout
      """
    ) { line in
      var fields = CopyFields(line)
      var event = RecordedEvent(
        conference: conference.slug, position: try fields.next("position"),
        type: try fields.next("type", recalling: &types), version: try fields.next("version"),
        tags: [],
        body: try fields.next("body"), actor: try fields.next("actor", recalling: &actors),
        reason: nil, commandID: "", recordedAt: try fields.next("recorded_at", recalling: &times),
        leaf: try fields.next("leaf"))
      if detail == .whole {
        event.commandID = try fields.next("command_id")
        event.reason = try fields.next("reason")
        event.tags = try fields.next("tags", as: String.self).split(separator: " ").map(String.init)
      }
      guard event.position == last + 1 else {
        throw LogGap(conference: conference, expected: last + 1, found: event.position)
      }
      last = event.position
      try body(event)
    }
  }

  /// The conference's last position; 0 if there is none.
  package static func head(of conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> Int
  {
    let rows = try connection.query(
      "select position from log.head where conference = \(conference.slug)")
    return try rows.first?.decode("position") ?? 0
  }

  /// The position of the last event recorded at or before this time; 0 if there is none.
  package static func position(
    of conference: ConferenceID, at time: Timestamp, _ connection: isolated Connection
  ) throws(PostgresError) -> Int {
    let rows = try connection.query(
      """
      select coalesce(max(position), 0) as position from log.event
      where conference = \(conference.slug) and recorded_at <= \(time.description)::timestamptz
      """)
    return try rows.first?.decode("position") ?? 0
  }

  /// All conferences with their last positions.
  package static func heads(_ connection: isolated Connection) throws -> [(ConferenceID, Int)] {
    try connection.query("select conference, position from log.head order by conference").map {
      try (ConferenceID($0.decode("conference")), $0.decode("position"))
    }
  }
}

/// A position is missing in the log. This only happens if somebody has tampered with it.
package struct LogGap: HintedError {
  package let conference: ConferenceID
  package let expected: Int
  package let found: Int

  package var texts: [HintedText] {
    .says(
      "The log of \(conference) has no event \(expected): the event after \(expected - 1) is \(found). "
        + "Restore the database from a backup.", .verifyLog)
  }
}
