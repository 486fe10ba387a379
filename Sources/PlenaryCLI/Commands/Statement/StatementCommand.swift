import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

struct StatementCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "Record what was said, by whom, and what the sessions concluded.",
    subcommands: [
      Record.self, Insert.self, Position.self, Conclusion.self, Recommendation.self, Correct.self,
      Reattribute.self, Authorise.self, Disclose.self, Identify.self, Translate.self, Move.self, Split.self,
      Merge.self, Reaffirm.self, Retract.self,
      Expunge.self, List.self, Show.self,
    ])
}

/// A command that records a statement, position, conclusion or recommendation.
protocol RecordingCommand: SingleChange where Event == RecordEvent {
  static var kind: EntryKind { get }
  var attribution: AttributionOptions { get }
  var identity: EntryIdentityOption { get }

  func place(_ conference: ConferenceToChange) async throws -> Statements.Place
  /// The entry that it rests on.
  func basis(_ conference: ConferenceToChange) async throws -> RecordID?
  /// The fields, without the attribution and the basis.
  func changes(_ conference: ConferenceFacts) throws -> EntryDetails.Changes
}

struct EntryIdentityOption: ParsableArguments {
  @Option(
    help: "Short name of the new entry (default: one is generated). Recording it again changes nothing.")
  var id: String?

  func id(_ context: CommandContext) throws -> RecordID { try id.map { try RecordID($0) } ?? .new(context) }
}

extension RecordingCommand {

  func basis(_: ConferenceToChange) async throws -> RecordID? { nil }

  func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
    -> Outcome<RecordEvent>
  {
    let place = try await place(conference)
    let basis = try await basis(conference)
    return try await conference.changeRecord(
      Statements.self, withholding: attribution.withheld(conference), context
    ) { conference, identity in
      // Conclusions and recommendations are unattributed by default. Statements and positions need an
      // attribution.
      let usual: Attribution.Mode? =
        switch Self.kind {
        case .statement, .position: nil
        case .conclusion, .recommendation: .unattributed
        }
      var changes = try changes(conference)
      changes.basedOn = basis
      var draft = Statements.Draft(
        Self.kind, changes,
        by: try attribution.draft(conference, usual: usual))
      draft.attribution.identity = identity
      return .record(try self.identity.id(context), place, draft)
    }
  }
}

/// A command that records at the end of a session.
protocol SessionRecordingCommand: RecordingCommand {
  var session: String { get }
}

extension SessionRecordingCommand {
  func place(_ conference: ConferenceToChange) async throws -> Statements.Place {
    .end(try conference.session(session))
  }
}

/// A command about one entry that exists.
protocol EntryCommand: SingleChange where Event == RecordEvent {
  var entry: String { get }

  /// - Parameter entry: the one that is meant.
  func command(_ entry: RecordID, _ conference: ConferenceFacts, _ context: CommandContext) throws
    -> Statements.Command
}

extension EntryCommand {
  func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
    -> Outcome<RecordEvent>
  {
    let entry = try await conference.entry(entry)
    return try await conference.change(Statements.self, context) { try command(entry, $0, context) }
  }
}

enum EntryHelp {
  static let entry: ArgumentHelp = "The entry's short name, e-7k3m9q2x, or its published number, 1.12."
}
