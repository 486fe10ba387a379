import EventLog
import Postgres
import ReadModels
import Vocabulary

/// Applies events to a read model until one fails.
final class ProjectorRun<Model: ReadModel>: AnyProjectorRun {
  var model = Model()
  private(set) var stopped: ProjectorFailure?

  var name: String { Model.name }

  func take(
    _ event: RecordedEvent, _ decoded: Result<LoggedEvent, any Error>, _ treatment: SetAside.Treatment,
    _ before: Checkpoint
  ) throws {
    guard stopped == nil, treatment != .leftOut else { return }
    do {
      try model.apply(decoded.get(), event.origin)
    } catch let error as PostgresError {
      throw error  // a failure of the database, not of the event
    } catch {
      // A read model changes nothing before it throws (ReadModel.apply), so what is set aside later is as if it were not there.
      guard treatment == .applied else { return }
      stopped = ProjectorFailure(event: event, reason: String(describing: error), before: before)
    }
  }

  func lock(_ conference: ConferenceID, _ connection: isolated Connection) throws {
    _ = try Checkpoint.lock(Model.self, conference, connection)
  }

  func replace(_ storage: RowStorage, _ reached: Checkpoint, _ connection: isolated Connection) throws {
    var replacement = ReplaceAll(storage: storage, connection: connection)
    try model.visit(&replacement)
    try finish(storage.conference, reached, connection)
  }

  /// Writes the checkpoint and, if the run has stopped, its dead letter.
  func finish(_ conference: ConferenceID, _ reached: Checkpoint, _ connection: isolated Connection)
    throws
  {
    let checkpoint = stopped?.before ?? reached
    try checkpoint.write(Model.self, conference, connection)
    try connection.execute(
      """
      delete from projection.dead_letter
      where conference = \(conference.slug) and projector = \(Model.name)
      """)
    guard let stopped else { return }
    try connection.execute(
      """
      insert into projection.dead_letter (conference, projector, revision, position, type, error)
      values (
        \(conference.slug), \(Model.name), \(Model.revision), \(stopped.event.position),
        \(stopped.event.type), \(stopped.reason))
      """)
  }

  func error(_ conference: ConferenceID) -> ProjectorStopped? {
    stopped.map {
      ProjectorStopped(
        projector: Model.name, conference: conference, position: $0.event.position,
        type: $0.event.type, reason: $0.reason)
    }
  }
}

/// The event at which a projector stopped, and why.
struct ProjectorFailure {
  let event: RecordedEvent
  let reason: String
  /// The checkpoint before the event.
  let before: Checkpoint
}

/// A run for any read model. Several runs can share one pass over the log.
protocol AnyProjectorRun: AnyObject {
  var name: String { get }
  var stopped: ProjectorFailure? { get }
  func take(
    _ event: RecordedEvent, _ decoded: Result<LoggedEvent, any Error>, _ treatment: SetAside.Treatment,
    _ before: Checkpoint) throws
  func lock(_ conference: ConferenceID, _ connection: isolated Connection) throws
  func replace(_ storage: RowStorage, _ reached: Checkpoint, _ connection: isolated Connection) throws
  func error(_ conference: ConferenceID) -> ProjectorStopped?
}

func makeRun<Model: ReadModel>(_: Model.Type) -> any AnyProjectorRun { ProjectorRun<Model>() }

/// For *follow*: fetches rows from PostgreSQL on demand.
struct Attach: TableVisitor {
  let storage: RowStorage
  let connection: Connection

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) {
    let (storage, connection) = (storage, connection)
    table.source = { key in
      // The run is inside a call to this connection.
      try connection.assumeIsolated { connection in
        var found: R?
        try storage.read(R.self, keys: [key], connection) { found = $0 }
        return found
      }
    }
    table.severalFrom = { keys in
      try connection.assumeIsolated { connection in
        var found: [R] = []
        try storage.read(R.self, keys: keys, connection) { found.append($0) }
        return found
      }
    }
  }
}

/// Ends what ``Attach`` began: the rows that were fetched stay.
struct Detach: TableVisitor {
  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) {
    (table.source, table.severalFrom) = (nil, nil)
  }
}

/// For *follow*: writes the changed rows back.
struct Flush: TableVisitor {
  let storage: RowStorage
  let connection: Connection

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) throws {
    guard !table.changed.isEmpty else { return }
    let keys = Array(table.changed)
    let rows = keys.compactMap { table[$0] }
    try connection.assumeIsolated { try storage.replace(rows, keys: keys, $0) }
  }
}

/// For *rebuild*: replaces all rows. Other transactions see the old rows until this one commits.
struct ReplaceAll: TableVisitor {
  let storage: RowStorage
  let connection: Connection

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) throws {
    let rows = table.rows
    try connection.assumeIsolated { connection in
      try storage.remove(R.self, connection)
      try storage.write(rows, connection)
    }
  }
}

/// Reads all rows from PostgreSQL.
struct Load: TableVisitor {
  let storage: RowStorage
  let connection: Connection
  let isReader: Bool

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) throws {
    if isReader, R.isForWriters { return }
    var loaded = table
    try connection.assumeIsolated { try storage.read(R.self, $0) { loaded.load($0) } }
    table = loaded
  }
}

/// Compares rows in memory with those in PostgreSQL.
struct Compare: TableVisitor {
  let storage: RowStorage
  let connection: Connection
  var differences: [Projectors.Difference] = []
  var rows = 0

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) throws {
    let expected = table
    let (missing, other, extra) = try connection.assumeIsolated { connection in
      var (seen, other, extra): (Set<String>, [String], [String]) = ([], [], [])
      // Compares the stored text of every column. Some columns (sort keys, instants) are not read into rows,
      // and lines that somebody else wrote may not even form a row.
      try storage.readLines(R.self, "", connection) { line in
        var fields = CopyFields(line)
        let key = try R.onlyKey ?? fields.next(R.table)
        seen.insert(key)
        guard let wanted = expected[key] else { return extra.append(key) }
        if !Self.stores(line, wanted) { other.append(key) }
      }
      return (expected.rows.map(\.key).filter { !seen.contains($0) }.sorted(), other, extra)
    }
    rows += table.count
    for (keys, what) in [(missing, Projectors.Difference.What.missing), (other, .different), (extra, .extra)]
    {
      differences += keys.map { Projectors.Difference(table: R.table, key: $0, what: what) }
    }
  }

  /// Whether a line of COPY equals this row. Times are compared as values, because one time can be written
  /// in several ways.
  private static func stores(_ line: UnsafeRawBufferPointer, _ row: some ReadModels.Row) -> Bool {
    var writer = CopyWriter()
    row.write(to: &writer)
    let stored = line.split(separator: 0x09, omittingEmptySubsequences: false)
    let wanted = writer.bytes.dropLast().split(separator: 0x09, omittingEmptySubsequences: false)
    return stored.count == wanted.count
      && zip(stored, wanted).allSatisfy { stored, wanted in
        if stored.elementsEqual(wanted) { return true }
        let time = Timestamp(String(decoding: stored, as: UTF8.self))
        return time != nil && time == Timestamp(String(decoding: wanted, as: UTF8.self))
      }
  }
}
