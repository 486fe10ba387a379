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

/// For *rebuild*: makes the stored rows those of the model. Other transactions see the old rows until this one commits.
///
/// Rows that are stored as they should be stay: to write a row takes several times as long as to read it, and leaves an old one
/// behind.
struct ReplaceAll: TableVisitor {
  let storage: RowStorage
  let connection: Connection

  mutating func visit<R: ReadModels.Row>(_ table: inout Table<R>) throws {
    let known = table
    try connection.assumeIsolated { connection in
      let differences = try storage.differences(from: known, connection)
      let outdated = differences.different.count + differences.extra.count
      if outdated > known.places.count / 2 {
        try storage.remove(R.self, connection)
        return try storage.write(known.rows, connection)
      }
      func row(_ place: Int) -> R { known[place: place]! }
      try storage.replace(
        (differences.different + differences.missing).lazy.map(row),
        keys: differences.different.map { row($0).key } + differences.extra, connection)
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
    let found = try connection.assumeIsolated { try storage.differences(from: expected, $0) }
    rows += expected.count
    func keys(_ places: [Int]) -> [String] { places.compactMap { expected[place: $0]?.key } }
    for (keys, what) in [
      (keys(found.missing).sorted(), Projectors.Difference.What.missing), (keys(found.different), .different),
      (found.extra, .extra),
    ] {
      differences += keys.map { Projectors.Difference(table: R.table, key: $0, what: what) }
    }
  }
}
