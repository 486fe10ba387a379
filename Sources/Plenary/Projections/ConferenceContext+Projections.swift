package import EventLog
import Postgres
import PostgresLog
import ProjectionRunner
package import ReadModels

/// How far a read model has caught up with the log.
package struct ProjectionStatus: Sendable {
  package let readModel: String
  package let revision: Int
  /// Nil if it was never built.
  package let position: Int?
  /// The last position of the log.
  package let head: Int
  /// The event that it cannot apply, and the error.
  package let stopped: (position: Int, error: String)?
}

/// What a rebuild of a read model would change.
package struct ProjectionComparison: Sendable {
  package let readModel: String
  /// The last event that it has applied.
  package let position: Int
  /// The number of rows that it should have at this position; nil if it cannot be rebuilt up to there.
  package let rows: Int?
  /// For example “program.session opening is missing”; nil if it cannot be rebuilt up to there.
  package let differences: [String]?
  /// The event that it cannot apply, if any.
  package let stopped: StoppedReadModel?
}

extension ConferenceContext {
  /// All read models, in the order in which they are listed.
  package static var readModels: [any ReadModel.Type] { Projectors.all }

  package func projectionStatus() async throws -> [ProjectionStatus] {
    try await workspace.connection.run { [id, access = workspace.access] connection in
      let projectors = Projectors(id)
      let head = try EventStream.head(of: id, connection)
      // Errors quote events, which a reader may not read.
      let aside = access == .readModels ? nil : try EventStream.setAside(in: id, connection)
      return try Projectors.all.map { model in
        let stopped = access == .readModels ? nil : try projectors.deadLetter(model, connection)
        return try ProjectionStatus(
          readModel: model.name, revision: model.revision,
          position: projectors.checkpoint(model, connection)?.position, head: head,
          // What is set aside does not stop it any more: it goes on when it is read next.
          stopped: stopped.flatMap { aside?.by($0.position) == nil ? $0 : nil })
      }
    }
  }

  /// Rebuilds read models from the log.
  ///
  /// - Parameter progress: Called with the position reached and the last position.
  /// - Returns: The number of events.
  package func rebuild(
    _ models: [any ReadModel.Type], progress: @escaping @Sendable (_ position: Int, _ head: Int) -> Void
  ) async throws -> Int {
    try await workspace.connection.run { [id] connection in
      let head = try EventStream.head(of: id, connection)
      return try Projectors(id).rebuild(models, connection) { progress($0, head) }
    }
  }

  /// Brings a read model up to the head of the log.
  ///
  /// - Throws: `StoppedReadModel` for an event that it cannot apply.
  /// - Returns: The number of events applied; 0 if it was up to date, or another process is updating it.
  package func catchUp(_ model: any ReadModel.Type) async throws -> Int {
    do {
      let progress = try await workspace.connection.run { [id] in try Projectors(id).catchUp(model, $0) }
      return if case .caughtUp(let events) = progress { events } else { 0 }
    } catch let error as ProjectorStopped { throw StoppedReadModel(error) }
  }

  /// Compares a read model with a rebuild in memory. One that has stopped is compared up to there.
  package func verify(_ model: any ReadModel.Type) async throws -> ProjectionComparison {
    try await workspace.connection.run { [id, access = workspace.access] connection in
      let projectors = Projectors(id)
      var stopped: ProjectorStopped?
      do {
        if access == .everything { _ = try projectors.catchUp(model, connection) }
      } catch let error as ProjectorStopped {
        stopped = error
      }
      var found: (position: Int, rows: Int, differences: [Projectors.Difference])?
      do { found = try projectors.verify(model, connection) } catch let error as ProjectorStopped {
        stopped = error
      }
      let reached = try found?.position ?? projectors.checkpoint(model, connection)?.position
      return ProjectionComparison(
        readModel: model.name, position: reached ?? 0,
        rows: found?.rows,
        differences: found?.differences.map { "\($0.table) \($0.key) is \($0.what.rawValue)" },
        stopped: stopped.map { StoppedReadModel($0) })
    }
  }
}

/// A read model has stopped at an event that it cannot apply. The others go on.
package struct StoppedReadModel: HintedError {
  package let texts: [HintedText]

  init(_ error: ProjectorStopped) { texts = error.texts }
}
