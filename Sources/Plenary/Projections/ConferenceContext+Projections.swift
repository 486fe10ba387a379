import Postgres
import PostgresLog
import ProjectionRunner
package import ReadModels

/// How far a read model has come.
package struct ProjectionStatus: Sendable {
  package let readModel: String
  package let revision: Int
  /// Nil: it was never built.
  package let position: Int?
  /// Of the log.
  package let head: Int
  /// The event that it cannot take, and why.
  package let stopped: (position: Int, error: String)?
}

/// What a rebuild of a read model would change.
package struct ProjectionComparison: Sendable {
  package let readModel: String
  package let position: Int
  /// How many there should be.
  package let rows: Int
  /// “program.session opening is missing”.
  package let differences: [String]
}

extension ConferenceContext {
  /// Every read model there is, in the order in which they are listed.
  package static var readModels: [any ReadModel.Type] { Projectors.all }

  package func projectionStatus() async throws -> [ProjectionStatus] {
    try await workspace.connection.run { [id] connection in
      let projectors = Projectors(id)
      let head = try EventStream.head(of: id, connection)
      return try Projectors.all.map { model in
        try ProjectionStatus(
          readModel: model.name, revision: model.revision,
          position: projectors.checkpoint(model, connection)?.position, head: head,
          stopped: projectors.deadLetter(model, connection))
      }
    }
  }

  /// Builds read models anew from the log.
  ///
  /// - Parameter progress: called with the position reached and the last position.
  /// - Returns: how many events there were.
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
  /// - Returns: how many events it took; 0 where it was there already, or somebody else is at it.
  package func catchUp(_ model: any ReadModel.Type) async throws -> Int {
    let progress = try await workspace.connection.run { [id] in try Projectors(id).catchUp(model, $0) }
    return if case .caughtUp(let events) = progress { events } else { 0 }
  }

  /// Compares a read model with what a rebuild would make of it.
  package func verify(_ model: any ReadModel.Type) async throws -> ProjectionComparison {
    let (position, rows, differences) = try await workspace.connection.run { [id] connection in
      let projectors = Projectors(id)
      _ = try projectors.catchUp(model, connection)
      return try projectors.verify(model, connection)
    }
    return ProjectionComparison(
      readModel: model.name, position: position, rows: rows,
      differences: differences.map { "\($0.table) \($0.key) is \($0.what.rawValue)" })
  }
}
