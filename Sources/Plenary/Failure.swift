import EventLog
import Postgres
import PostgresLog
import PrivateServer
import ReadModels
import Vocabulary

/// What a command ends with when it is not done: one message, and the exit code of its kind.
package struct Failure: Error, Sendable, CustomStringConvertible {
  package enum Kind: Int32, Sendable {
    /// A rule of the domain.
    case refused = 1
    case wrongUsage = 2
    /// Somebody else was faster, again and again.
    case conflict = 3
    /// Database, disk, typesetter.
    case failed = 4
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  /// Sorts any error that reaches the edge.
  package init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let invalid as InvalidValue: self.init(.refused, invalid.description)
    case let refused as Refused: self.init(.refused, refused.description)
    case let trial as ConflictingDryRun: self.init(trial.refused)
    case let error as AppendError: self.init(error)
    case let error as PostgresError: self.init(error)
    case let error as any CustomStringConvertible: self.init(.failed, error.description)
    default: self.init(.failed, String(describing: error))
    }
  }

  private init(_ error: AppendError) {
    switch error {
    case .conflict(let position):
      self.init(
        .conflict,
        "Others changed the same things again and again (last by event \(position)); nothing was "
          + "changed. Try once more.")
    case .commandIDReused:
      self.init(
        .refused,
        "The command id was used for something else before; leave --command-id out, or give a new one.")
    case .busy:
      self.init(
        .conflict,
        "Another command has held the conference for more than ten seconds; nothing was changed. "
          + "Try once more.")
    case .connectionLost:
      self.init(
        .failed,
        "The connection to the database was lost, and it did not come back; send the command once "
          + "more under the same --command-id to be sure that it takes effect once.")
    case .failed(let message): self.init(.failed, "The database refused: \(message)")
    }
  }

  private init(_ error: PostgresError) {
    switch (error.situation, error.sqlState) {
    case (_, "53100"):
      self.init(
        .failed, "The database's disk is full: \(error.message). Make room and try once more.")
    case (.cannotConnect, _):
      self.init(
        .failed,
        "No connection to the database: \(error.message) Check --database or PLENARY_DATABASE_URL, "
          + "or leave both out to use Plenary's own server.")
    default: self.init(.failed, error.description)
    }
  }
}
