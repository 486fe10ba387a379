package import EventLog
import Foundation
import JSON
import Postgres
import PostgresLog
import Vocabulary

extension ConferenceContext {
  /// Writes the log as JSON Lines, one event a line, and at the end a line with the position and the root.
  ///
  /// - Parameter first: the position of the first event that is written.
  package func exportLog(
    from first: Int, upTo bound: LogBound, _ write: @Sendable (String) throws -> Void
  ) async throws {
    try await workspace.connection.run { [id] connection in
      // In one snapshot: an erasure meanwhile would leave words out, and not be in the export itself.
      try connection.transaction(.snapshot) {
        // Whoever reads the lines may take their time.
        try connection.execute("set local idle_in_transaction_session_timeout = 0")
        var export = LogExport(of: id, from: first)
        try export.advance(upTo: EventStream.position(of: id, at: bound, connection), connection, write)
        try write(export.lastLine)
      }
    }
  }

  /// Writes the log as `exportLog` does, and then each event that is appended.
  ///
  /// A lost connection is opened again. No event is left out, and none is written twice.
  ///
  /// - Parameters:
  ///   - isOver: asked several times a second. Then the last line is written, and the export ends.
  /// - Throws: `Failure` if the database has another log now.
  package func followLog(
    from first: Int, isOver: @Sendable () -> Bool, _ write: @escaping @Sendable (String) throws -> Void
  ) async throws {
    var export = LogExport(of: id, from: first)
    while !isOver() {
      // One part at a time, so that what was written is known whatever fails after it.
      let step = try await workspace.throughRestarts(isOver: isOver) { [export] connection in
        var export = export
        let hasMore = try export.advance(connection, write)
        return (export, hasMore)
      }
      guard let step else { break }
      export = step.0
      if !step.1, !isOver() { try await Task.sleep(for: .betweenLooks) }
    }
    try write(export.lastLine)
  }
}

extension Duration {
  /// How long whoever follows a log waits before looking again. There is nothing to listen for: a NOTIFY in each append would make
  /// all commits wait for each other, and takes half of the appends a second. To look is to read one row, the log's head.
  package static let betweenLooks = Duration.milliseconds(200)
}

extension Workspace {
  /// Runs something that may run again, until it succeeds; waits for a server that is not there.
  ///
  /// - Returns: nil if it was over before.
  func throughRestarts<Result: Sendable>(
    isOver: () -> Bool, _ body: @escaping @Sendable (isolated Connection) throws -> Result
  ) async throws -> Result? {
    while true {
      do {
        return try await connection.run(body)
      } catch let error {
        guard let lost = error as? PostgresError, lost.isOfRestart else { throw error }
        note("The connection to the database was lost; connecting again.")
      }
      var isConnected = false
      while !isConnected {
        if isOver() { return nil }
        try await Task.sleep(for: .milliseconds(500))
        isConnected = try await isReconnected()
      }
      note("Connected again.")
    }
  }

  /// - Returns: false if the server is not there yet.
  private func isReconnected() async throws -> Bool {
    do { try await reconnect() } catch let error {
      if !error.isOfRestart { throw error }
      return false
    }
    return true
  }
}

extension PostgresError {
  /// Whether the server was stopped, or is not there yet.
  fileprivate var isOfRestart: Bool {
    switch situation {
    case .cannotConnect, .connectionLost: true
    // It is shutting down, has crashed, or is starting (PostgreSQL's manual, appendix A, class 57).
    case .server(let state): ["57P01", "57P02", "57P03"].contains(state.rawValue)
    case .misuse, .decoding: false
    }
  }
}

/// A log on its way to another place: how far it was written.
struct LogExport: Sendable {
  private let conference: ConferenceID
  private let first: Int
  private var tree = MerkleTree()
  private var lastLeaf: [UInt8] = []

  /// How many events are in memory at a time.
  private static let part = 2_000

  init(of conference: ConferenceID, from first: Int) {
    self.conference = conference
    self.first = first
  }

  var lastLine: String {
    get throws {
      try JSONText.encode(
        ExportEnd(conference: conference.slug, end: tree.count, root: hexadecimal(tree.root)))
    }
  }

  /// Writes a part of what was appended since.
  ///
  /// - Returns: whether there is more.
  /// - Throws: `Failure` if the log is not the one that was written so far. Nothing was written then, and after an error of
  ///   the server.
  mutating func advance(_ connection: isolated Connection, _ write: (String) throws -> Void) throws -> Bool {
    let head = try EventStream.head(of: conference, connection)
    let known = tree.count == 0 ? [] : try EventStream.leaf(of: conference, at: tree.count, connection)
    guard head >= tree.count, known == lastLeaf else {
      throw Failure(
        .failed,
        "The log of \(conference) is not the one that was followed: its event \(tree.count) is "
          + (known == nil ? "missing" : "another one")
          + ". Was a backup restored? Begin a new export.")
    }
    try advancePart(upTo: head, connection, write)
    return tree.count < head
  }

  mutating func advance(
    upTo end: Int, _ connection: isolated Connection, _ write: (String) throws -> Void
  ) throws {
    while tree.count < end { try advancePart(upTo: end, connection, write) }
  }

  private mutating func advancePart(
    upTo end: Int, _ connection: isolated Connection, _ write: (String) throws -> Void
  ) throws {
    let stop = min(tree.count + Self.part, end)
    if tree.count == stop { return }
    if stop < first {
      var part: [RecordedEvent] = []
      try EventStream.read(
        conference, after: tree.count, upTo: .position(stop), detail: .projection, connection
      ) { part.append($0) }
      return part.forEach { take($0) }
    }
    let aside = try EventStream.setAside(in: conference, connection)
    for carried in try EventStream.carried(conference, after: tree.count, upTo: stop, connection) {
      if carried.event.position >= first {
        try write(try JSONText.encode(ExportedEvent(carried, aside)))
      }
      take(carried.event)
    }
  }

  private mutating func take(_ event: RecordedEvent) {
    tree.append(event.leaf)
    lastLeaf = event.leaf
  }
}
