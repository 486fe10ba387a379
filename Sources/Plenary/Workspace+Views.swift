package import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
package import ReadModels
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
  /// A read model up to a bound. Up to the head, it catches up first.
  package func view<Model: ReadModel>(
    _: Model.Type, of conference: ConferenceID, _ bound: LogBound
  ) async throws -> View<Model> {
    let projectors = Projectors(conference)
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
