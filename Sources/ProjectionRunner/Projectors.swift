package import EventLog
package import Postgres
import PostgresLog
package import ReadModels
package import Vocabulary

/// Runs projectors over a conference's log: *follow*, *rebuild*, *as of* and *verify*.
package struct Projectors: Sendable {
  package let conference: ConferenceID
  private let storage: RowStorage

  package init(_ conference: ConferenceID) {
    self.conference = conference
    storage = RowStorage(conference: conference)
  }

  /// All read models, in listing order.
  package static let all: [any ReadModel.Type] = [
    ProgramModel.self, AttendanceModel.self, ProceedingsModel.self,
  ]

  /// Read models without tables, replayed for each command that needs them.
  package static let replayed: [any ReadModel.Type] = [PublicProgram.self, ConflictHistory.self]

  // MARK: Follow

  /// The result of an attempt to catch up.
  package enum Progress: Sendable, Equatable {
    case current
    case caughtUp(events: Int)
    /// Another process holds the lock, e.g. for a rebuild. The old rows can still be read.
    case busy
  }

  /// For this many events or more, a rebuild in memory is faster than fetching every row that they change.
  private static let rebuildThreshold = 2_000

  /// Brings a read model up to the head of the log. Rows and checkpoint change in one transaction.
  ///
  /// - Throws: `ProjectorStopped` if an event cannot be applied, after writing everything before it;
  ///   `LogGap`.
  package func catchUp<Model: ReadModel>(_: Model.Type, _ connection: isolated Connection) throws
    -> Progress
  {
    let head = try EventStream.head(of: conference, connection)
    if try Checkpoint.read(Model.self, conference, connection)?.position == head { return .current }
    do {
      let (progress, stopped) = try connection.transaction {
        try connection.execute("set local lock_timeout = '2s'")
        let locked = try Checkpoint.lock(Model.self, conference, connection)
        let end = try EventStream.head(of: conference, connection)
        let aside = try EventStream.setAside(in: conference, connection)
        guard var checkpoint = locked, checkpoint.position > 0 || end < Self.rebuildThreshold,
          !aside.changesEvents(upTo: checkpoint.position, before: end)
        else {
          let fold = ProjectorRun<Model>()
          var reached = Checkpoint()
          try read(into: [fold], &reached, .head, connection)
          try fold.replace(storage, reached, connection)
          try publish(fold, connection)
          return (Progress.caughtUp(events: reached.position), fold.error(conference))
        }
        let before = checkpoint.position
        let fold = ProjectorRun<Model>()
        var attach = Attach(storage: storage, connection: connection)
        try fold.model.visit(&attach)
        // Read all events first: the connection cannot fetch rows while it receives events.
        var events: [RecordedEvent] = []
        try EventStream.read(
          conference, after: before, upTo: .position(end), detail: .projection, connection
        ) { events.append($0) }
        for (event, decoded) in zip(events, LoggedEvent.decoded(events)) {
          try fold.take(event, decoded, aside.treatment(of: event.position, asOf: end), checkpoint)
          checkpoint.advance(event)
        }
        var flush = Flush(storage: storage, connection: connection)
        try fold.model.visit(&flush)
        try publish(fold, connection)
        try fold.finish(conference, checkpoint, connection)
        return (.caughtUp(events: checkpoint.position - before), fold.error(conference))
      }
      if let stopped { throw stopped }
      return progress
    } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
      return .busy
    }
  }

  // MARK: Rebuild

  /// Builds read models from the whole log and replaces their rows.
  ///
  /// All models share one pass over the log. Others can still read and follow the old rows during it. Only the
  /// events appended meanwhile are applied under the lock.
  ///
  /// - Parameter progress: called every 10,000 events with the position reached.
  /// - Returns: the number of events.
  /// - Throws: `ProjectorStopped`, after writing the other models and everything before the failed event.
  package func rebuild(
    _ models: [any ReadModel.Type], _ connection: isolated Connection,
    progress: (Int) -> Void = { _ in }
  ) throws -> Int {
    // Always in the same order, so that two rebuilds wait for each other instead of deadlocking.
    func fresh() -> [any AnyProjectorRun] { models.sorted { $0.name < $1.name }.map { makeRun($0) } }
    var runs = fresh()
    var reached = Checkpoint()
    try read(into: runs, &reached, .head, connection, progress: progress)
    try connection.transaction {
      for fold in runs { try fold.lock(conference, connection) }
      if try setAsideMeanwhile(since: reached, at: .head, connection) {
        (runs, reached) = (fresh(), Checkpoint())
      }
      try read(into: runs, &reached, .head, connection, progress: progress)
      for fold in runs {
        try fold.replace(storage, reached, connection)
        try publish(fold, connection)
      }
    }
    if let stopped = runs.lazy.compactMap({ $0.error(conference) }).first { throw stopped }
    return reached.position
  }

  // MARK: Where nothing can be written

  /// A read model at the head of the log: its rows, and in memory what was appended since.
  package func current<Model: ReadModel>(_: Model.Type, _ connection: isolated Connection) throws
    -> (Model, Checkpoint)
  {
    try connection.transaction(.snapshot) {
      // Rows of another revision do not count, nor those with an event that is set aside now.
      guard let built = try Checkpoint.read(Model.self, conference, connection),
        try !setAsideMeanwhile(since: built, at: .head, connection)
      else { return try asOf(Model.self, .head, connection) }
      let fold = ProjectorRun<Model>()
      var reached: Checkpoint
      (fold.model, reached) = try load(Model.self, connection)
      try read(into: [fold], &reached, .head, connection)
      if let stopped = fold.error(conference) { throw stopped }
      return (fold.model, reached)
    }
  }

  /// The conference as the read model of the program has it.
  package func conferenceRow(_ connection: isolated Connection) throws -> ConferenceRow? {
    var found: ConferenceRow?
    try storage.read(ConferenceRow.self, connection) { found = $0 }
    return found
  }

  // MARK: As of

  /// Builds a read model in memory as it was at a position or time.
  package func asOf<Model: ReadModel>(
    _: Model.Type, _ bound: LogBound, _ connection: isolated Connection
  ) throws -> (Model, Checkpoint) {
    try asOf(Model.self, bound, setAsideAsOf: nil, connection)
  }

  /// - Parameter position: up to where events set others aside; nil: up to the bound.
  private func asOf<Model: ReadModel>(
    _: Model.Type, _ bound: LogBound, setAsideAsOf position: Int?, _ connection: isolated Connection
  ) throws -> (Model, Checkpoint) {
    let fold = ProjectorRun<Model>()
    var reached = Checkpoint()
    try read(into: [fold], &reached, bound, setAsideAsOf: position, connection)
    if let stopped = fold.error(conference) { throw stopped }
    return (fold.model, reached)
  }

  /// Builds a read model in memory as it was at each of these positions, in one pass over the log.
  ///
  /// - Returns: one model per position, in the same order. A position after the end of the log counts as
  ///   its end.
  package func asOf<Model: ReadModel>(
    _: Model.Type, at positions: [Int], _ connection: isolated Connection
  ) throws -> [(Model, Checkpoint)] {
    var fold = ProjectorRun<Model>()
    var reached = Checkpoint()
    var models: [Int: (Model, Checkpoint)] = [0: (fold.model, reached)]
    for position in Set(positions).sorted() where position > 0 {
      if try setAsideMeanwhile(since: reached, at: .position(position), connection) {
        (fold, reached) = (ProjectorRun<Model>(), Checkpoint())
      }
      try read(into: [fold], &reached, .position(position), connection)
      if let stopped = fold.error(conference) { throw stopped }
      models[position] = (fold.model, reached)
    }
    return positions.map { models[max(0, $0)]! }  // the loop has set every position
  }

  /// Reads a read model's rows and checkpoint from PostgreSQL.
  ///
  /// - Parameter isReader: whether the login has the role plenary_reader, which may not read every table.
  package func load<Model: ReadModel>(
    _: Model.Type, isReader: Bool = false, _ connection: isolated Connection
  ) throws -> (Model, Checkpoint) {
    var model = Model()
    var load = Load(storage: storage, connection: connection, isReader: isReader)
    try model.visit(&load)
    return (model, try Checkpoint.read(Model.self, conference, connection) ?? Checkpoint())
  }

  /// Some rows of a read model, without the others.
  ///
  /// - Parameter fetch: asks the model for rows; it has no others afterwards.
  package func load<Model: ReadModel>(
    _: Model.Type, _ connection: isolated Connection, fetching fetch: (inout Model) throws -> Void
  ) throws -> (Model, Checkpoint) {
    var model = Model()
    var attach = Attach(storage: storage, connection: connection)
    try model.visit(&attach)
    try fetch(&model)
    var detach = Detach()
    try model.visit(&detach)
    return (model, try Checkpoint.read(Model.self, conference, connection) ?? Checkpoint())
  }

  // MARK: Verify

  /// A row that a rebuild would change.
  package struct Difference: Sendable, Hashable {
    package enum What: String, Sendable { case missing, different, extra }
    package let table: String
    package let key: String
    package let what: What
  }

  /// Rebuilds in memory up to the checkpoint and compares the rows, in one database snapshot.
  ///
  /// - Returns: the checkpoint's position, the number of expected rows, and the differences.
  package func verify<Model: ReadModel>(_: Model.Type, _ connection: isolated Connection) throws
    -> (position: Int, rows: Int, differences: [Difference])
  {
    try connection.transaction(.snapshot) {
      let checkpoint = try Checkpoint.read(Model.self, conference, connection) ?? Checkpoint()
      // One that has stopped has left out what was set aside up to the head.
      let stopped = try deadLetter(Model.self, connection) != nil
      var (model, reached) = try asOf(
        Model.self, .position(checkpoint.position),
        setAsideAsOf: stopped ? EventStream.head(of: conference, connection) : nil, connection)
      var compare = Compare(storage: storage, connection: connection)
      try model.visit(&compare)
      if let program = model as? ProgramModel, let difference = try releasedDifference(program, connection) {
        compare.differences.append(difference)
      }
      if reached != checkpoint {
        compare.differences.append(
          Difference(table: "projection.checkpoint", key: Model.name, what: .different))
      }
      return (checkpoint.position, compare.rows, compare.differences)
    }
  }

  /// A read model's checkpoint; nil if this revision never built it.
  package func checkpoint<Model: ReadModel>(_: Model.Type, _ connection: isolated Connection) throws
    -> Checkpoint?
  {
    try Checkpoint.read(Model.self, conference, connection)
  }

  /// The event at which a projector stopped, and why; nil if it has not stopped.
  package func deadLetter<Model: ReadModel>(_: Model.Type, _ connection: isolated Connection) throws
    -> (position: Int, error: String)?
  {
    let rows = try connection.query(
      """
      select position, error from projection.dead_letter
      where conference = \(conference.slug) and projector = \(Model.name)
      order by position desc limit 1
      """)
    return try rows.first.map { try ($0.decode("position"), $0.decode("error")) }
  }

  /// The projectors that cannot take an event, whether or not it is set aside now or was once.
  ///
  /// - Returns: their names; that of the log, if the event cannot even be read.
  package func stopped(by event: RecordedEvent, _ connection: isolated Connection) throws -> [String] {
    do { _ = try LoggedEvent(event) } catch { return ["log"] }
    return try stops(at: event.position...event.position, connection).map(\.projector)
  }

  /// The projectors that cannot take one of these events, each with the first of them. Takes a pass over the log.
  package func stops(at positions: ClosedRange<Int>, _ connection: isolated Connection) throws
    -> [ProjectorStopped]
  {
    let runs = (Self.all + Self.replayed).map { makeRun($0) }
    var reached = Checkpoint()
    let head = try EventStream.head(of: conference, connection)
    try read(
      into: runs, &reached, .position(positions.upperBound), setAsideAsOf: head, connection,
      treating: { position, treatment in
        if positions.contains(position) { return .applied }
        // Another event that stops it does not hide these.
        return treatment == .applied ? .appliedIfPossible : treatment
      })
    return runs.compactMap { $0.error(conference) }
  }

  // MARK: Folding

  /// Whether events that were applied are set aside, or set aside ones are brought back, between the checkpoint and the
  /// bound. Then everything is applied anew.
  private func setAsideMeanwhile(
    since reached: Checkpoint, at bound: LogBound, _ connection: isolated Connection
  ) throws -> Bool {
    let end = try EventStream.position(of: conference, at: bound, connection)
    return try EventStream.setAside(in: conference, connection)
      .changesEvents(upTo: reached.position, before: end)
  }

  /// - Parameters:
  ///   - position: up to where events set others aside; nil: up to the bound.
  ///   - treating: how an event is taken otherwise than by what is set aside.
  private func read(
    into runs: [any AnyProjectorRun], _ reached: inout Checkpoint, _ bound: LogBound,
    setAsideAsOf position: Int? = nil, _ connection: isolated Connection,
    progress: (Int) -> Void = { _ in },
    treating: @escaping @Sendable (Int, SetAside.Treatment) -> SetAside.Treatment = { $1 }
  ) throws {
    // Where the reading ends is settled before anything is read: what is set aside later counts as later.
    let end = try EventStream.position(of: conference, at: bound, connection)
    let aside = try EventStream.setAside(in: conference, connection)
    let folding = BatchProjector(runs, from: reached) {
      treating($0, aside.treatment(of: $0, asOf: position ?? end))
    }
    defer { folding.wait() }
    var batch: [RecordedEvent] = []
    try EventStream.read(
      conference, after: reached.position, upTo: .position(end), detail: .projection, connection
    ) { event in
      batch.append(event)
      guard batch.count == 1000 else { return }
      try folding.take(batch)
      batch = []
      if event.position.isMultiple(of: 10_000) { progress(event.position) }
    }
    try folding.take(batch)
    reached = try folding.finish()
  }
}
