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
    abstract: "Record what was said, by whom, and what the sessions concluded.",
    subcommands: [
      Record.self, Position.self, Conclusion.self, Recommendation.self, Correct.self, Retract.self,
      List.self, Show.self,
    ])

  /// The options for an attribution.
  struct AttributionOptions: ParsableArguments {
    @Option(help: "How it is attributed (default: named for one --by, joint for several).")
    var mode: Attribution.Mode?
    @Option(
      help: ArgumentHelp(
        "The speaker's short name: feng-shaolei. Repeat for several, in order. A statement needs --by "
          + "or --mode."))
    var by: [String] = []
    @Option(help: "Body, office or group: “Chinese partners”. Repeat once per language: en=… zh=….")
    var of: [LocalizedArgument] = []
    @Option(help: "What the members of the group have in common.")
    var groupBasis: Attribution.GroupBasis?
    @Option(help: "Share of the group: most, several, some …")
    var quantifier: Attribution.Quantifier?
    @Option(help: "How it is known who said it.")
    var basis: Attribution.Basis = .stated
    @Option(help: "Attribution as printed (default: the names). Repeat once per language: en=… zh=….")
    var asPrinted: [LocalizedArgument] = []
    @Option(help: "Person behind a withheld attribution: li-wei. Stored encrypted, never printed.")
    var identity: String?

    var isEmpty: Bool {
      mode == nil && by.isEmpty && of.isEmpty && asPrinted.isEmpty && quantifier == nil
        && groupBasis == nil && identity == nil
    }

    /// - Parameter usual: The mode if no option determines one.
    func draft(_ languages: [Language], usual: Attribution.Mode? = nil) throws -> Attribution.Draft {
      let persons = try by.map { try PersonID($0) }
      let mode =
        mode ?? (persons.count == 1 ? .named : persons.count > 1 ? .joint : isEmpty ? usual : nil)
      guard let mode else {
        throw ValidationError("Say who said it: --by SPEAKER, or --mode with --as-printed.")
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
    @Option(parsing: .unconditional, help: "Number to assign (default: the next).")
    var number: Int?
  }
}

/// A command that records a statement, position, conclusion or recommendation of a session.
protocol RecordingCommand: SingleChange where Event == RecordEvent {
  var session: String { get }
  var attribution: StatementCommand.AttributionOptions { get }
  var number: StatementCommand.NumberOption { get }
  /// The statement that this one is based on.
  var basedOn: String? { get }

  func content(_ languages: [Language]) throws -> Statements.Draft.Content
}

extension RecordingCommand {
  var basedOn: String? { nil }

  func carryOut(in conference: ConferenceToChange, _ context: CommandContext) async throws
    -> Outcome<RecordEvent>
  {
    try await conference.changeRecord(withholding: attribution.withheld(), context) { conference, identity in
      let content = try content(conference.languages)
      var draft = Statements.Draft(
        session: try SessionID(session), content: content,
        attribution: try attribution.draft(conference.languages, usual: content.usualMode),
        basedOn: try basedOn.map { try RecordID($0) })
      draft.attribution.identity = identity
      return .record(draft, number: number.number)
    }
  }
}

extension Statements.Draft.Content {
  /// Conclusions and recommendations are unattributed by default. Statements and positions need an
  /// attribution.
  var usualMode: Attribution.Mode? {
    switch self {
    case .statement, .position: nil
    case .conclusion, .recommendation: .unattributed
    }
  }
}
