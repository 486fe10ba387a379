import ArgumentParser
import EventLog
import Plenary
import PostgresLog
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
    func attribution(
      _ conference: ConferenceContext, _ session: SessionID, _ context: CommandContext,
      usual: Attribution.Mode? = nil
    ) async throws -> Attribution {
      let persons = try by.map { try PersonID($0) }
      let mode =
        mode ?? (persons.count == 1 ? .named : persons.count > 1 ? .joint : isEmpty ? usual : nil)
      guard let mode else {
        throw ValidationError("Say to whom it is ascribed: --by SPEAKER, or --mode with --as-printed.")
      }
      var printed = try asPrinted.localized("attribution as printed", conference.languages)
      if printed == nil, mode == .named || mode == .joint {
        printed = try await names(persons, conference)
      }
      var sealed: Sealed?
      if let identity {
        sealed = try await conference.workspace.sealIdentity(
          of: try PersonID(identity), in: conference.id, session: session, context)
      }
      return try Attribution(
        mode, persons: persons, of: of.localized("group", conference.languages), groupBasis: groupBasis,
        quantifier: quantifier, basis: basis, asPrinted: printed, identity: sealed)
    }

    /// The names as the program has them, in every language in which it has all of them.
    private func names(_ persons: [PersonID], _ conference: ConferenceContext) async throws -> LocalizedText?
    {
      let program = try await conference.workspace.view(ProgramModel.self, of: conference.id, .head).model
      let names = persons.compactMap { program.people[$0.slug]?.name }
      // Who is unknown, the decision says.
      guard let first = names.first, names.count == persons.count else {
        return LocalizedText([conference.languages[0]: persons.map(\.slug).joined(separator: ", ")])
      }
      var texts: [Language: String] = [:]
      for language in first.forms.map(\.language) {
        let forms = names.compactMap { name in name.forms.first { $0.language == language }?.printed }
        if forms.count == names.count { texts[language] = joined(forms, language) }
      }
      return texts.isEmpty
        ? LocalizedText([conference.languages[0]: joined(names.map(\.printed), conference.languages[0])])
        : LocalizedText(texts)
    }

    private func joined(_ names: [String], _ language: Language) -> String {
      guard let last = names.last, names.count > 1 else { return names.first ?? "" }
      return switch language.primary {
      case "zh", "ja": names.joined(separator: "、")
      case "ru": names.dropLast().joined(separator: ", ") + " и " + last
      default: names.dropLast().joined(separator: ", ") + " and " + last
      }
    }
  }

  struct NumberOption: ParsableArguments {
    @Option(help: "The number that it must get in its session (default: the next).")
    var number: Int?
  }
}

extension ConferenceContext {
  func record(
    _ session: SessionID, _ content: Statements.Draft.Content,
    _ attribution: StatementCommand.AttributionOptions, _ basedOn: String?,
    _ number: StatementCommand.NumberOption, _ change: ChangeOptions, _ global: GlobalOptions
  ) async throws {
    let context = try change.context()
    let draft = Statements.Draft(
      session: session, content: content,
      attribution: try await attribution.attribution(self, session, context, usual: content.usualMode),
      basedOn: try basedOn.map { try RecordID($0) })
    let outcome = try await workspace.change(
      Statements.self, .record(draft, number: number.number), in: id, context)
    try outcome.report(context, json: global.json)
  }

  func entry(_ entry: RecordID, _ bound: LogBound) async throws -> EntryRow {
    let view = try await workspace.view(ProceedingsModel.self, of: id, bound)
    guard let entry = view.model.entries[entry.slug] else {
      throw Failure(.refused, Statements.Refusal.unknown(entry).description)
    }
    return entry
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
