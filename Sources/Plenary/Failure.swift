package import EventLog
import Foundation
import Postgres
import PostgresLog
import PrivateServer
import Publishing
import ReadModels
package import Scheduling
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

  /// A name that stays the same in all versions, for programs. A refusal by a decision has a code of its own instead:
  /// `rooms.in-use`.
  package enum Code: String, Sendable, CaseIterable {
    case refused
    case wrongUsage = "wrong-usage"
    case malformedValue = "malformed-value"
    case noConference = "no-conference"
    /// Words that name nobody and nothing.
    case noMatch = "no-match"
    /// Words that can name several people or things.
    case severalMatch = "several-match"
    case positionNotReached = "position-not-reached"
    case nothingToPrint = "nothing-to-print"
    case nothingReleased = "nothing-released"
    case commandIDReused = "command-id-reused"
    case changedMeanwhile = "changed-meanwhile"
    /// Scans of a desk are left.
    case notHandedIn = "not-handed-in"
    case busy
    case connectionLost = "connection-lost"
    case outcomeUnknown = "outcome-unknown"
    case cannotConnect = "cannot-connect"
    case notSetUp = "not-set-up"
    case newerDatabase = "newer-database"
    case beingRestored = "being-restored"
    case noRights = "no-rights"
    case readOnly = "read-only"
    case diskFull = "disk-full"
    case unprintable
    case file
    case failed

    fileprivate init(_ kind: Kind) {
      switch kind {
      case .refused: self = .refused
      case .wrongUsage: self = .wrongUsage
      case .conflict: self = .changedMeanwhile
      case .failed: self = .failed
      }
    }
  }

  package let kind: Kind
  /// The `Code`, or that of the decision's refusal.
  package let code: String
  /// Shown on a line each.
  package private(set) var texts: [HintedText]
  /// The conflicts for which it was refused.
  package var conflicts: [DescribedConflict] = []
  /// The event that is in the way, or the last position of the log.
  package var position: Int?
  /// The facts without hints.
  package var description: String { texts.facts }

  package init(
    _ kind: Kind, _ text: String, _ hints: Hint..., code: Code? = nil, position: Int? = nil
  ) {
    self.init(kind, [HintedText(text, hints)], code ?? Code(kind), position: position)
  }

  private init(_ kind: Kind, _ texts: [HintedText], _ code: Code, position: Int? = nil) {
    (self.kind, self.code, self.texts, self.position) = (kind, code.rawValue, texts, position)
  }

  /// The same failure, and what else is so.
  package func adding(_ text: String) -> Failure {
    var failure = self
    failure.texts.append(HintedText(text))
    return failure
  }

  private init(_ refused: Refused) {
    (kind, texts) = (.refused, refused.texts)
    guard let refusal = refused.refusal?.innermost else {
      code = Code.refused.rawValue
      return
    }
    code = refusal.code
    position = refusal.position
    conflicts = (refusal as? ConflictsFound)?.conflicts ?? []
  }

  /// - Parameter when: “ at position 3”, if the conference may exist at another time.
  static func noConference(_ conference: ConferenceID, _ when: String = "") -> Failure {
    Failure(
      .refused, "There is no conference “\(conference)”\(when).", .list(ConferenceEntity.self),
      code: .noConference)
  }

  static func notReached(_ position: Int, _ conference: ConferenceID, head: Int) -> Failure {
    Failure(
      .refused, "The log of \(conference) ends at position \(head); there is no \(position) yet.",
      code: .positionNotReached, position: head)
  }

  static func onlyPresent(_ position: Int) -> Failure {
    Failure(
      .failed,
      "This login has only the role plenary_reader, which reads the present state (position \(position)). Earlier states "
        + "are in the log; they need “grant plenary_writer to LOGIN”, by the owner.", code: .noRights,
      position: position)
  }

  static func notBuilt(_ model: String) -> Failure {
    Failure(
      .failed,
      "The read model “\(model)” was not built yet by this version of Plenary. It is built when somebody who may write uses "
        + "it.", code: .notSetUp)
  }

  /// Classifies any error that ends a command. What is known of it is said in Plenary's words: those of a library are
  /// written for programmers.
  package init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let invalid as InvalidValue: self.init(.wrongUsage, invalid.description, code: .malformedValue)
    case let refused as Refused: self.init(refused)
    case let refusal as any DomainRefusal: self.init(Refused(refusal))
    case let trial as any RefusedDryRun: self.init(trial.refused)
    case let error as AppendError: self.init(error)
    case let unknown as UnknownOutcome: self.init(.failed, unknown.texts, .outcomeUnknown)
    case let error as DatabaseBeingRestored: self.init(.failed, error.texts, .beingRestored)
    case let error as Typesetter.Failure:
      self.init(.failed, error.texts, error.isAboutCharacters ? .unprintable : .failed)
    case let error as any HintedError: self.init(.failed, error.texts, .failed)
    case let error as PostgresError: self.init(error)
    case let error as NewerDatabase: self.init(.failed, error.description, code: .newerDatabase)
    case let error as PrivateServerError: self.init(.failed, [error.hinted], .failed)
    case let error as CocoaError: self.init(error)
    case let error as POSIXError: self.init(.failed, Self.systemReason(error), code: .file)
    case is CancellationError: self.init(.failed, "The command was interrupted.")
    case let error as any Error & CustomStringConvertible where Self.isOwn(error):
      self.init(.failed, error.description)
    default:
      self.init(
        .failed,
        "Something failed that Plenary does not expect (\(type(of: error))). Please report it, with the command that you gave."
      )
    }
  }

  /// Whether an error is defined in Plenary, where descriptions are written for organizers.
  private static func isOwn(_ error: any Error) -> Bool {
    ownModules.contains(String(reflecting: type(of: error)).prefix { $0 != "." })
  }

  private static let ownModules: Set<Substring> = [
    "Vocabulary", "EventLog", "People", "Scheduling", "Record", "ReadModels", "ProjectionRunner",
    "Publishing",
    "PostgresLog", "Postgres", "PrivateServer", "Mail", "JSON", "Plenary", "PlenaryCLI",
  ]

  private init(_ error: AppendError) {
    switch error {
    case .conflict(let position):
      self.init(
        .conflict,
        "The same data kept changing while this ran (last: event \(position)). Try again.",
        position: position)
    case .commandIDReused:
      self.init(
        .refused,
        "The command id was used for something else before.", .newCommandID, code: .commandIDReused)
    case .busy:
      self.init(
        .conflict,
        "Another command kept the conference locked all the time, or a backup its keys. Try again when it is done.",
        code: .busy)
    case .connectionLost:
      // A command that may have been carried out ends with `UnknownOutcome` instead.
      self.init(
        .failed, "The connection to the database was lost. Try again.",
        code: .connectionLost)
    case .failed(let failure):
      if let error = failure.error { self.init(error) } else { self.init(.failed, failure.description) }
    }
  }

  private init(_ error: PostgresError) {
    switch (error.situation, error.sqlState) {
    case (_, "53100"):
      self.init(
        .failed, "The database's disk is full. Make room there and try again.", code: .diskFull)
    case (.cannotConnect, _):
      self.init(
        .failed,
        "Cannot connect to the database: \(ConnectionFault.reason(error.message)).", .checkDatabase,
        code: .cannotConnect)
    case (.connectionLost, _):
      self.init(.failed, "The connection to the database was lost. Try again.", code: .connectionLost)
    case (.server, .readOnlyTransaction): self = Self.readOnly
    // A standby says this when a transaction is to write. Other servers say it of many things.
    case (.server, "0A000") where error.isReadOnly: self = Self.readOnly
    case (.server, .insufficientPrivilege):
      self.init(
        .failed,
        "This login may not do that in the database. With the role plenary_reader, only the present state can be read; "
          + "changes, earlier states and personal data need “grant plenary_writer to LOGIN”, by the owner.",
        code: .noRights)
    case (.server, "PL006"):
      self.init(
        .failed,
        [
          HintedText(
            "The schema of this database does not know events of type \(error.detail ?? "unknown"): another version of "
              + "Plenary set it up. Use that version.", [.migrate], advises: true)
        ], .notSetUp)
    // A migration that refuses a database says what to do.
    case (.server, "PL007"): self.init(.failed, error.message)
    case (.server, "PL003"):
      self.init(
        .failed,
        "The log did not take what this command was to append, because it is not in the form that the log needs. That is a "
          + "fault of Plenary: please report it, with the command that you gave. Nothing was changed.")
    case (.server, "53300"):
      self.init(.failed, "The database has too many connections. Try again in a while.", code: .cannotConnect)
    case (.server, "40001"):
      self.init(
        .failed, "The database interrupted this, because its data changed at the same time. Try again.")
    case (.server, .lockNotAvailable):
      self.init(
        .conflict,
        "Another command, or a backup, kept locked what this one needs. Try again when it is done.",
        code: .busy)
    case (.server, "57014"):
      self.init(.failed, "The database gave up after its time limit for one statement. Try again.")
    case (.server(let state), _):
      self.init(
        .failed,
        "The database refused what Plenary asked of it: \(error.publicMessage). Its own log says more; it calls "
          + "this \(state).")
    default:
      self.init(
        .failed,
        "Plenary used the database in a wrong way (\(error.message)). Please report it, with the command that you gave."
      )
    }
  }

  private static let readOnly = Failure(
    .failed,
    "This database can only be read: it is a standby, or it was set to read-only. Give the command to the primary.",
    code: .readOnly)
}

extension DomainRefusal {
  /// The refusal itself, where one decision passes on that of another.
  fileprivate var innermost: any DomainRefusal {
    (Mirror(reflecting: self).children.first?.value as? any DomainRefusal)?.innermost ?? self
  }

  /// A name for programs: `rooms.in-use` for `Rooms.Refusal.inUse`. ErrorCodesTests compares all with the users' guide.
  fileprivate var code: String {
    let words = String(reflecting: Self.self).split(separator: ".")
    let name = String(words.count > 2 ? words[words.count - 2] : words[words.count - 1])
    let owner = hyphenated(name.replacing(/Refusal$/, with: ""))
    let mirror = Mirror(reflecting: self)
    guard mirror.displayStyle == .enum else { return owner }
    return owner + "." + hyphenated(mirror.children.first?.label ?? String(describing: self))
  }
}

/// `in-use` for `inUse`.
func hyphenated(_ name: String) -> String {
  name.reduce(into: "") { text, letter in
    if letter.isUppercase, !text.isEmpty { text += "-" }
    text += letter.lowercased()
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
