package import EventLog
package import Postgres
package import Vocabulary

/// Reads a conference's log in order, for projectors, verification and export.
package enum EventStream {
  /// Which fields to read. Projectors do not need the tags, the login, the reason, the command id and
  /// the salt of the words.
  package enum Detail: Sendable { case projection, whole }

  /// How many events are read at a time. Those with words wait until the words of that part were read too.
  private static let part = 10_000

  /// Calls `body` with the events after a position, in order, as they arrive from the server.
  ///
  /// The words are read after the events, so that no event is read without its words that was appended meanwhile. Both
  /// reads together take half the time of a join, which looks up the words of each event.
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
    let rest: SQL = detail == .whole ? ", command_id, login, reason, array_to_string(tags, ' ')" : ""
    var last = after
    var types = RecentField<String>()
    var actors = RecentField<String>()
    var times = RecentField<Timestamp>()
    var waiting: [RecordedEvent] = []
    var start: Int
    repeat {
      start = last
      try connection.copyOut(
        """
        copy (
          select position, type, version, body, actor, recorded_at, leaf\(rest)
          from log.event
          where conference = \(conference.slug) and position > \(start) \(limit)
          order by position
          limit \(part)
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
          event.login = try fields.next("login")
          event.reason = try fields.next("reason")
          event.tags = try fields.next("tags", as: String.self).split(separator: " ").map(String.init)
        }
        guard event.position == last + 1 else {
          throw LogGap(conference: conference, expected: last + 1, found: event.position)
        }
        last = event.position
        if waiting.isEmpty, event.commitment == nil { return try body(event) }
        waiting.append(event)
      }
      try readWords(of: &waiting, conference, detail, connection)
      for event in waiting { try body(event) }
      waiting.removeAll(keepingCapacity: true)
    } while last - start == part
  }

  /// - Parameter events: consecutive ones.
  private static func readWords(
    of events: inout [RecordedEvent], _ conference: ConferenceID, _ detail: Detail,
    _ connection: isolated Connection
  ) throws {
    guard let first = events.first?.position, let last = events.last?.position else { return }
    let rest: SQL = detail == .whole ? ", salt" : ""
    try connection.copyOut(
      """
      copy (
        select position, words\(rest)
        from log.words
        where conference = \(conference.slug) and position between \(first) and \(last)
        order by position
      ) to stdout
      """
    ) { line in
      var fields = CopyFields(line)
      let index = try fields.next("position", as: Int.self) - first
      events[index].words = try fields.next("words")
      if detail == .whole { events[index].salt = try fields.next("salt") }
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

  /// The position that a bound means now: the head, or an earlier one.
  package static func position(
    of conference: ConferenceID, at bound: LogBound, _ connection: isolated Connection
  ) throws(PostgresError) -> Int {
    let head = try head(of: conference, connection)
    return switch bound {
    case .head: head
    case .position(let position): min(position, head)
    case .time(let time): try self.position(of: conference, at: time, connection)
    }
  }

  /// Which events are set aside. The same as `log.events_set_aside`, at each position.
  package static func setAside(in conference: ConferenceID, _ connection: isolated Connection)
    throws(PostgresError) -> SetAside
  {
    let rows = try connection.query(
      """
      select event.position, event.type, event.version, event.body, event.recorded_at
      from log.tag as tag
      join log.event as event on event.conference = tag.conference and event.position = tag.position
      where tag.conference = \(conference.slug) and tag.tag = \(Tag.aside.text)
      order by event.position
      """)
    return SetAside(
      try rows.map { row throws(PostgresError) in
        RecordedEvent(
          conference: conference.slug, position: try row.decode("position"), type: try row.decode("type"),
          version: try row.decode("version"), tags: [Tag.aside.text], body: try row.decode("body"), actor: "",
          reason: nil, commandID: "", recordedAt: try row.decode("recorded_at"), leaf: [])
      })
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
