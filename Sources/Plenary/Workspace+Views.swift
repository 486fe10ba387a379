package import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
package import ReadModels
import Scheduling
package import Vocabulary

/// A read model and its position.
package struct View<Model: ReadModel>: Sendable {
  package var model: Model
  package var checkpoint: Checkpoint

  package init(model: Model, checkpoint: Checkpoint) {
    self.model = model
    self.checkpoint = checkpoint
  }
}

extension Workspace {
  /// A read model up to a bound. Up to the head, it catches up first; where nothing can be written, in memory.
  package func view<Model: ReadModel>(
    _: Model.Type, of conference: ConferenceID, _ bound: LogBound
  ) async throws -> View<Model> {
    let projectors = Projectors(conference)
    switch (access, bound) {
    case (.readModels, _):
      return try await stored(conference, bound) { try projectors.load(Model.self, isReader: true, $0) }
    case (.log, .head):
      let (model, checkpoint) = try await connection.run { try projectors.current(Model.self, $0) }
      return try view(model, checkpoint, of: conference, bound)
    case (.everything, _), (.log, _): break
    }
    let (model, checkpoint, busy) = try await connection.run { connection in
      // During a rebuild the rows are outdated, so the model is replayed from the log, as for an earlier
      // state.
      if case .head = bound, try projectors.catchUp(Model.self, connection) != .busy {
        let (model, checkpoint) = try connection.transaction(.snapshot) {
          try projectors.load(Model.self, connection)
        }
        return (model, checkpoint, false)
      }
      let (model, checkpoint) = try projectors.asOf(Model.self, bound, connection)
      return (model, checkpoint, true)
    }
    if busy, case .head = bound {
      note("The read model “\(Model.name)” is being rebuilt. This result was computed from the log.")
    }
    return try view(model, checkpoint, of: conference, bound)
  }

  /// Some rows of a read model in its present state, without the others.
  ///
  /// - Parameter fetch: asks the model for the rows.
  /// - Returns: nil where rows cannot be had one by one: of another state, where nothing can be written, and during a rebuild.
  func view<Model: ReadModel>(
    _: Model.Type, of conference: ConferenceID, _ bound: LogBound,
    fetching fetch: @Sendable (inout Model) throws -> Void
  ) async throws -> View<Model>? {
    guard case .everything = access, case .head = bound else { return nil }
    let projectors = Projectors(conference)
    let found = try await connection.run { connection -> (Model, Checkpoint)? in
      if try projectors.catchUp(Model.self, connection) == .busy { return nil }
      return try connection.transaction(.snapshot) {
        try projectors.load(Model.self, connection, fetching: fetch)
      }
    }
    return try found.map { try view($0.0, $0.1, of: conference, bound) }
  }

  // MARK: As the role plenary_reader

  /// What a read model has, without the log.
  ///
  /// - Throws: `Failure` for an earlier state, and for a read model that nobody has built.
  private func stored<Model: ReadModel>(
    _ conference: ConferenceID, _ bound: LogBound,
    _ load: @Sendable (isolated Connection) throws -> (Model, Checkpoint)
  ) async throws -> View<Model> {
    let (model, checkpoint, head) = try await connection.run { connection in
      try connection.transaction(.snapshot) {
        let (model, checkpoint) = try load(connection)
        return (model, checkpoint, try EventStream.head(of: conference, connection))
      }
    }
    if head == 0 { throw Failure.noConference(conference) }
    try check(bound, of: conference, since: checkpoint, until: checkpoint.position, head: head)
    if checkpoint.position == 0 { throw Failure.notBuilt(Model.name) }
    if checkpoint.position < head {
      noteBehind(Model.name, by: head - checkpoint.position, at: checkpoint.position)
    }
    return View(model: model, checkpoint: checkpoint)
  }

  /// - Parameters:
  ///   - first: from here on, everything that the reader sees was as it is now.
  ///   - last: the position of what the reader sees.
  /// - Throws: `Failure` for another state, which only the log has.
  private func check(
    _ bound: LogBound, of conference: ConferenceID, since first: Checkpoint, until last: Int, head: Int
  ) throws {
    switch bound {
    case .head: break
    case .position(let wanted) where wanted > head:
      throw Failure.notReached(wanted, conference, head: head)
    case .position(first.position...max(first.position, last)): break
    case .time(let time) where last == head && first.lastEventAt.map { $0 <= time } ?? false: break
    case .position, .time: throw Failure.onlyPresent(last)
    }
  }

  private func noteBehind(_ name: String, by count: Int, at position: Int) {
    note(
      "The read model “\(name)” is \(counted(count, "event")) behind the log: this is the state at position "
        + "\(position). It catches up when somebody who may write uses it.")
  }

  /// The conference as the read model has it; nil if there is none.
  func storedConference(_ conference: ConferenceID) async throws -> ConferenceRow? {
    try await connection.run { try Projectors(conference).conferenceRow($0) }
  }

  /// The program as last released, and the present one up to the same bound.
  package func publicProgram(of conference: ConferenceID, _ bound: LogBound) async throws -> View<
    PublicProgram
  > {
    guard access == .readModels else { return try await replayed(PublicProgram.self, of: conference, bound) }
    let (stored, position, head) = try await connection.run { connection in
      try connection.transaction(.snapshot) {
        let projectors = Projectors(conference)
        return (
          try projectors.released(connection),
          try projectors.checkpoint(ProgramModel.self, connection)?.position,
          try EventStream.head(of: conference, connection)
        )
      }
    }
    guard let (program, checkpoint) = stored, let position else {
      // Nothing was released, or nobody has built it.
      return try await self.stored(conference, bound) {
        (PublicProgram(), try Projectors(conference).load(ProgramModel.self, isReader: true, $0).1)
      }
    }
    // The release is the last one at every position since.
    try check(bound, of: conference, since: checkpoint, until: position, head: head)
    if position < head { noteBehind(ProgramModel.name, by: head - position, at: position) }
    return View(model: program, checkpoint: checkpoint)
  }

  /// A model without tables, replayed from the log each time.
  package func replayed<Model: ReadModel>(
    _: Model.Type, of conference: ConferenceID, _ bound: LogBound
  ) async throws -> View<Model> {
    let (model, checkpoint) = try await connection.run {
      try Projectors(conference).asOf(Model.self, bound, $0)
    }
    return try view(model, checkpoint, of: conference, bound)
  }

  /// - Throws: `Failure` if the log is empty, or ends before the position asked for.
  private func view<Model: ReadModel>(
    _ model: Model, _ checkpoint: Checkpoint, of conference: ConferenceID, _ bound: LogBound
  ) throws -> View<Model> {
    if checkpoint.position == 0 {
      throw Failure.noConference(conference, emptiness(bound))
    }
    if case .position(let wanted) = bound, checkpoint.position < wanted {
      throw Failure.notReached(wanted, conference, head: checkpoint.position)
    }
    return View(model: model, checkpoint: checkpoint)
  }

  private func emptiness(_ bound: LogBound) -> String {
    switch bound {
    case .head: ""
    case .position(let position): " at position \(position)"
    case .time: " at that time"
    }
  }

  /// A read model and the program at the same position.
  package func consistentViews<Model: ReadModel>(
    _: Model.Type, of conference: ConferenceID, _ bound: LogBound
  ) async throws -> (View<Model>, View<ProgramModel>) {
    if access == .readModels {
      // The present states of both: an earlier one of the other cannot be had.
      return (
        try await view(Model.self, of: conference, bound),
        try await view(ProgramModel.self, of: conference, .head)
      )
    }
    let view = try await view(Model.self, of: conference, bound)
    var program = try await self.view(ProgramModel.self, of: conference, bound)
    if program.checkpoint != view.checkpoint {
      // An event was appended in between: take the program at the position of the first view.
      program = try await self.view(
        ProgramModel.self, of: conference, .position(view.checkpoint.position))
    }
    return (view, program)
  }
}
