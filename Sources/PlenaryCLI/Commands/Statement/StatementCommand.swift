import ArgumentParser
import EventLog
import Plenary
import ReadModels
import Record
import Scheduling
import Vocabulary

struct StatementCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "The record: what was said, by whom, and what the sessions came to.",
    subcommands: [
      Record.self, Position.self, Conclusion.self, Recommendation.self, Correct.self, Retract.self,
      List.self, Show.self,
    ])

  /// To whom something is ascribed.
  struct AttributionOptions: ParsableArguments {
    @Option(help: "Default: named for one --by, joint for several.")
    var mode: Attribution.Mode?
    @Option(help: "A speaker's short name; in order, for several.") var by: [String] = []
    @Option(help: "The body, office or group that is meant, once a language: Chinese partners.")
    var of: [LocalizedArgument] = []
    @Option(help: "What makes the group.")
    var groupBasis: Attribution.GroupBasis?
    @Option(help: "The share that is meant.")
    var quantifier: Attribution.Quantifier?
    @Option(help: "How the attribution is known.")
    var basis: Attribution.Basis = .stated
    @Option(help: "The words that are printed (default: the names), once a language.")
    var asPrinted: [LocalizedArgument] = []
    @Option(help: "Who stands behind a withheld attribution; sealed, never printed.")
    var identity: String?

    var isEmpty: Bool {
      mode == nil && by.isEmpty && of.isEmpty && asPrinted.isEmpty && quantifier == nil
        && groupBasis == nil && identity == nil
    }

    /// - Parameter usual: the mode where nothing says otherwise.
    func draft(_ languages: [Language], usual: Attribution.Mode? = nil) throws -> Attribution.Draft {
      let persons = try by.map { try PersonID($0) }
      let mode =
        mode ?? (persons.count == 1 ? .named : persons.count > 1 ? .joint : isEmpty ? usual : nil)
      guard let mode else {
        throw ValidationError("Say to whom it is ascribed: --by SPEAKER, or --mode with --as-printed.")
      }
      return try Attribution.Draft(
        mode, persons: persons, of: of.localized("group", languages), groupBasis: groupBasis,
        quantifier: quantifier, basis: basis,
        asPrinted: asPrinted.localized("attribution as printed", languages))
    }

    func withheld() throws -> WithheldIdentity? {
      try identity.map { WithheldIdentity(person: try PersonID($0)) }
    }
  }

  struct NumberOption: ParsableArguments {
    @Option(help: "The number that it must get in its session (default: the next).")
    var number: Int?
  }
}

/// A command that records something of a session.
protocol RecordingCommand: SingleChange where Event == RecordEvent {
  var session: String { get }
  var attribution: StatementCommand.AttributionOptions { get }
  var number: StatementCommand.NumberOption { get }
  /// The statement that it rests on.
  var basedOn: String? { get }

  func content(_ languages: [Language]) throws -> Statements.Draft.Content
}

extension RecordingCommand {
  var basedOn: String? { nil }

  func carryOut(in conference: ConferenceContext, _ context: CommandContext) async throws
    -> Outcome<RecordEvent>
  {
    let session = try SessionID(session)
    let content = try content(conference.languages)
    var draft = Statements.Draft(
      session: session, content: content,
      attribution: try attribution.draft(conference.languages, usual: content.usualMode),
      basedOn: try basedOn.map { try RecordID($0) })
    let number = number.number
    return try await conference.changeRecord(withholding: attribution.withheld(), context) { identity in
      draft.attribution.identity = identity
      return .record(draft, number: number)
    }
  }
}

extension Statements.Draft.Content {
  /// What a session came to needs nobody's name; what was said needs one, or a word why it has none.
  var usualMode: Attribution.Mode? {
    switch self {
    case .statement, .position: nil
    case .conclusion, .recommendation: .unattributed
    }
  }
}
