package import EventLog
import Foundation
import Postgres
import PostgresLog
import PrivateServer
import ReadModels
import Vocabulary

/// Why a command was not done: messages, and the exit code of its kind.
package struct Failure: Error, Sendable, CustomStringConvertible {
  package enum Kind: Int32, Sendable {
    /// A rule of the domain.
    case refused = 1
    case wrongUsage = 2
    /// The same data kept changing while the command ran.
    case conflict = 3
    /// Database, disk, typesetter.
    case failed = 4
  }

  package let kind: Kind
  /// Shown on a line each.
  package let texts: [HintedText]
  /// The facts without hints.
  package var description: String { texts.facts }

  package init(_ kind: Kind, _ text: String, _ hints: Hint...) {
    self.init(kind, [HintedText(text, hints)])
  }

  private init(_ kind: Kind, _ texts: [HintedText]) {
    self.kind = kind
    self.texts = texts
  }

  /// - Parameter when: “ at position 3”, if the conference may exist at another time.
  static func noConference(_ conference: ConferenceID, _ when: String = "") -> Failure {
    Failure(.refused, "There is no conference “\(conference)”\(when).", .list(ConferenceEntity.self))
  }

  static func notReached(_ position: Int, _ conference: ConferenceID, head: Int) -> Failure {
    Failure(.refused, "The log of \(conference) ends at position \(head); there is no \(position) yet.")
  }

  /// Classifies any error that ends a command.
  package init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let invalid as InvalidValue: self.init(.refused, invalid.description)
    case let refused as Refused: self.init(.refused, refused.texts)
    case let trial as any RefusedDryRun: self.init(trial.refused)
    case let error as AppendError: self.init(error)
    case let error as any HintedError: self.init(.failed, error.texts)
    case let error as PostgresError: self.init(error)
    case let error as CocoaError: self.init(error)
    case let error as PrivateServerError: self.init(.failed, [error.hinted])
    case let error as any CustomStringConvertible: self.init(.failed, error.description)
    default: self.init(.failed, String(describing: error))
    }
  }

  private init(_ error: AppendError) {
    switch error {
    case .conflict(let position):
      self.init(
        .conflict,
        "The same data kept changing while this ran (last: event \(position)). Nothing was changed; try again."
      )
    case .commandIDReused:
      self.init(
        .refused,
        "The command id was used for something else before.", .newCommandID)
    case .busy:
      self.init(
        .conflict,
        "Another command kept the conference locked all the time. Nothing was changed; try again.")
    case .connectionLost:
      // A command that may have been carried out ends with `UnknownOutcome` instead.
      self.init(.failed, "The connection to the database was lost. Nothing was changed; try again.")
    case .failed(let failure):
      if let error = failure.error { self.init(error) } else { self.init(.failed, failure.description) }
    }
  }

  private init(_ error: PostgresError) {
    switch (error.situation, error.sqlState) {
    case (_, "53100"):
      self.init(
        .failed, "The database's disk is full: \(error.message). Make room and try again.")
    case (.cannotConnect, _):
      self.init(
        .failed,
        "Cannot connect to the database: \(error.message)", .checkDatabase)
    case (.server, _): self.init(.failed, "The database refused: \(error.description)")
    default: self.init(.failed, error.description)
    }
  }
}

extension PrivateServerError {
  fileprivate var hinted: HintedText {
    switch self {
    case .noPrograms(nil): HintedText(description, [.nameDatabase], advises: true)
    case .timedOut: HintedText(description, [.stopServer])
    case .noPrograms, .noProgram, .tooOld, .otherVersion, .noSpace, .pathTooLong, .comma, .unreachable,
      .belongsToAnother, .noAccount, .cancelled, .failed:
      HintedText(description)
    }
  }
}
