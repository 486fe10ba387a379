package import EventLog
import JSON
import Postgres
import PostgresLog
import Vocabulary

extension ConferenceContext {
  /// Writes the log as JSON Lines, one event a line, and at the end a line with the position and the root.
  ///
  /// - Parameter first: the position of the first event that is written.
  package func exportLog(
    from first: Int, upTo bound: LogBound, _ write: @escaping @Sendable (String) throws -> Void
  ) async throws {
    try await workspace.connection.run { [id] connection in
      // In one snapshot: an erasure meanwhile would leave words out, and not be in the export itself.
      try connection.transaction(.snapshot) {
        // Whoever reads the lines may take their time.
        try connection.execute("set local idle_in_transaction_session_timeout = 0")
        var export = LogExport(of: id, from: first, write)
        try export.takeAll(upTo: EventStream.position(of: id, at: bound, connection), connection)
        try write(export.lastLine)
      }
    }
  }

  /// Writes the log as `exportLog` does, and then each event that is appended; see `follow`. When it is over,
  /// the last line is written.
  package func followLog(
    from first: Int, isOver: @Sendable () -> Bool, _ write: @escaping @Sendable (String) throws -> Void
  ) async throws {
    let export = try await follow(LogExport(of: id, from: first, write), isOver: isOver)
    try write(export.lastLine)
  }

  /// Gives the events after a position, and then each one that is appended; see `follow`.
  package func followEvents(
    after start: Int, isOver: @Sendable () -> Bool,
    _ write: @escaping @Sendable (RecordedEvent, SetAside) throws -> Void
  ) async throws {
    _ = try await follow(WholeEvents(conference: id, write: write), after: start, isOver: isOver)
  }
}

/// A log on its way to another place: how far it was written.
private struct LogExport: PartReader {
  private let conference: ConferenceID
  private let first: Int
  private let write: @Sendable (String) throws -> Void
  private var tree = MerkleTree()

  init(of conference: ConferenceID, from first: Int, _ write: @escaping @Sendable (String) throws -> Void) {
    (self.conference, self.first, self.write) = (conference, first, write)
  }

  var lastLine: String {
    get throws {
      try JSONText.encode(
        ExportEnd(conference: conference.slug, end: tree.count, root: hexadecimal(tree.root)))
    }
  }

  mutating func take(after start: Int, upTo end: Int, _ connection: isolated Connection) throws {
    if end < first {
      var leaves: [[UInt8]] = []
      try EventStream.read(
        conference, after: start, upTo: .position(end), detail: .projection, connection
      ) { leaves.append($0.leaf) }
      return leaves.forEach { tree.append($0) }
    }
    let aside = try EventStream.setAside(in: conference, connection)
    for carried in try EventStream.carried(conference, after: start, upTo: end, connection) {
      if carried.event.position >= first {
        try write(try JSONText.encode(ExportedEvent(carried, aside)))
      }
      tree.append(carried.event.leaf)
    }
  }
}

/// Events as they are.
private struct WholeEvents: PartReader {
  let conference: ConferenceID
  let write: @Sendable (RecordedEvent, SetAside) throws -> Void

  func take(after start: Int, upTo end: Int, _ connection: isolated Connection) throws {
    let aside = try EventStream.setAside(in: conference, connection)
    var events: [RecordedEvent] = []
    try EventStream.read(
      conference, after: start, upTo: .position(end), detail: .whole, connection
    ) { events.append($0) }
    for event in events { try write(event, aside) }
  }
}
