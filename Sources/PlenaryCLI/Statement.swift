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
      _ desk: Desk, _ session: SessionID, _ context: CommandContext,
      usual: Attribution.Mode? = nil
    ) async throws -> Attribution {
      let persons = try by.map { try PersonID($0) }
      let mode =
        mode ?? (persons.count == 1 ? .named : persons.count > 1 ? .joint : isEmpty ? usual : nil)
      guard let mode else {
        throw ValidationError("Say to whom it is ascribed: --by SPEAKER, or --mode with --as-printed.")
      }
      var printed = try asPrinted.localized("attribution as printed", desk.languages)
      if printed == nil, mode == .named || mode == .joint {
        printed = try await names(persons, desk)
      }
      var sealed: Sealed?
      if let identity {
        sealed = try await desk.workspace.sealIdentity(
          of: try PersonID(identity), in: desk.conference, session: session, context)
      }
      return try Attribution(
        mode, persons: persons, of: of.localized("group", desk.languages), groupBasis: groupBasis,
        quantifier: quantifier, basis: basis, asPrinted: printed, identity: sealed)
    }

    /// The names as the program has them, in every language in which it has all of them.
    private func names(_ persons: [PersonID], _ desk: Desk) async throws -> LocalizedText? {
      let program = try await desk.workspace.view(ProgramModel.self, of: desk.conference, .head).model
      let names = persons.compactMap { program.people[$0.slug]?.name }
      // Who is unknown, the decision says.
      guard let first = names.first, names.count == persons.count else {
        return LocalizedText([desk.languages[0]: persons.map(\.slug).joined(separator: ", ")])
      }
      var texts: [Language: String] = [:]
      for language in first.forms.map(\.language) {
        let forms = names.compactMap { name in name.forms.first { $0.language == language }?.printed }
        if forms.count == names.count { texts[language] = joined(forms, language) }
      }
      return texts.isEmpty
        ? LocalizedText([desk.languages[0]: joined(names.map(\.printed), desk.languages[0])])
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

  struct Record: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record", abstract: "Record a statement of a session.",
      discussion: """
        The text follows the attribution as printed: --by feng-shaolei --text "noted that …". \
        Example: plenary statement record opening --mode quantified --quantifier most --of speakers \
        --as-printed "Most speakers" --text "called the chances slim."

        What each --mode needs (the same for positions, conclusions and recommendations):
          named         one --by
          joint         several --by, in order
          on-behalf-of  one --by, --of the body, --as-printed
          role-only     --of the office, --as-printed
          group         --of the group, --as-printed; --group-basis
          quantified    --quantifier, --of whom, --as-printed
          collective    --of whom, --as-printed
          unidentified  --as-printed
          withheld      --as-printed; --identity seals who it was
          unattributed  nothing: the record's own voice
        """)
    @Argument(help: "The session.") var session: String
    @Option(help: "Once a language.") var text: [LocalizedArgument]
    @Option(help: "How the words relate to what was said.")
    var form: StatementForm = .summary
    @Option(help: "What was done by saying it.")
    var act: SpeechAct?
    @Option(help: "To whom it was addressed; en=…;zh=… for several languages.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "The language in which it was said.") var spoken: String?
    @Option(help: "A speaker whom the text mentions; may be repeated.") var mention: [String] = []
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var number: NumberOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      guard let text = try text.localized("text", .paragraphs, desk.languages) else { return }
      let content = Statements.Draft.Content.statement(
        text, form: form, act: act,
        addressees: try addressee.separately("addressee", desk.languages),
        spoken: try spoken.map { try Language($0) }, mentions: try mention.map { try PersonID($0) })
      try await desk.record(id, content, attribution, nil, number, change, global)
    }
  }

  struct Position: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "position", abstract: "Record where somebody stands on a topic.")
    @Argument(help: "The session.") var session: String
    @Option(help: "Once a language.") var topic: [LocalizedArgument]
    @Option(help: "Once a language.") var stance: [LocalizedArgument]
    @Option(help: "The statement in which it was expressed.") var basedOn: String?
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var number: NumberOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      guard let topic = try topic.localized("topic", desk.languages),
        let stance = try stance.localized("stance", .paragraphs, desk.languages)
      else { return }
      try await desk.record(
        id, .position(topic: topic, stance: stance), attribution, basedOn, number, change, global)
    }
  }

  struct Conclusion: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "conclusion", abstract: "Record what a session came to.")
    @Argument(help: "The session.") var session: String
    @Option(help: "Once a language.") var text: [LocalizedArgument]
    @Option(help: "The reason that was given, once a language.") var rationale: [LocalizedArgument] = []
    @Option(help: "The statement that it rests on.") var basedOn: String?
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var number: NumberOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      guard let text = try text.localized("text", .paragraphs, desk.languages) else { return }
      let rationale = try rationale.localized("rationale", .paragraphs, desk.languages)
      try await desk.record(
        id, .conclusion(text, rationale: rationale), attribution, basedOn, number, change, global)
    }
  }

  struct Recommendation: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "recommendation", abstract: "Record a recommendation, or a call upon somebody.")
    @Argument(help: "The session.") var session: String
    @Option(help: "What is called for, once a language.") var text: [LocalizedArgument]
    @Option(help: "Who is called upon; en=…;zh=… for several languages.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "The statement that it rests on.") var basedOn: String?
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var number: NumberOption
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try SessionID(session)
      let desk = try await global.desk()
      guard let text = try text.localized("text", .paragraphs, desk.languages) else { return }
      let addressees = try addressee.separately("addressee", desk.languages)
      try await desk.record(
        id, .recommendation(text, addressees: addressees), attribution, basedOn, number, change,
        global)
    }
  }

  struct Correct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "correct",
      abstract: "Put a statement's words or its attribution right; what was first said stays in the log.")
    @Argument(help: "The statement: opening-s3.") var statement: String
    @Option(help: "The corrected text, in the languages that change.") var text: [LocalizedArgument] = []
    @Option(help: "The corrected addressees; en=…;zh=… for several languages.")
    var addressee: [LocalizedArgument] = []
    @Option(help: "The corrected mentions.") var mention: [String] = []
    @Option(help: "Spelling and style, or the sense (which needs --reason).")
    var kind: CorrectionKind = .editorial
    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      if kind == .substantive, change.reason == nil {
        throw ValidationError("A substantive correction says why: --reason.")
      }
      if text.isEmpty, addressee.isEmpty, mention.isEmpty, attribution.isEmpty {
        throw ValidationError("Say what is to be corrected: --text, or an attribution (--by, --mode …).")
      }
    }

    func run() async throws {
      let id = try RecordID(statement)
      let desk = try await global.desk()
      let context = try change.context()
      let entry = try await desk.entry(id, .head)
      let correction = StatementCorrected(
        statement: id, session: entry.session,
        text: try text.localized("text", .paragraphs, desk.languages),
        attribution: attribution.isEmpty
          ? nil : try await attribution.attribution(desk, entry.session, context),
        addressees: addressee.isEmpty
          ? nil : try addressee.separately("addressee", desk.languages),
        mentions: mention.isEmpty ? nil : try mention.map { try PersonID($0) }, kind: kind)
      let outcome = try await desk.workspace.change(
        Statements.self, .correct(correction), in: desk.conference, context)
      try outcome.report(context, json: global.json)
    }
  }

  struct Retract: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retract", abstract: "Take an entry of the record back; its number stays, and says so.")
    @Argument(help: "The entry: opening-s3.") var entry: String
    @OptionGroup var change: ChangeOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RecordID(entry)
      let desk = try await global.desk()
      let entry = try await desk.entry(id, .head)
      try await desk.change(Statements.self, .retract(id, entry.session), change, global)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the entries of the record.")
    @Option(help: "Only this session's.") var session: String?
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let wanted = try session.map { try SessionID($0) }
      let desk = try await global.desk()
      let bound = try read.bound(desk)
      let (view, program) = try await desk.workspace.viewWithProgram(
        ProceedingsModel.self, of: desk.conference, bound)
      let bySession = view.model.entriesBySession
      let entries = program.model.orderedSessions.map(\.id)
        .filter { wanted == nil || $0 == wanted }.flatMap { bySession[$0] ?? [] }
      if global.json { return try Console.json(entries) }
      var table = TextTable("ENTRY", "KIND", "ATTRIBUTION", "TEXT")
      for entry in entries {
        table.add(
          entry.id.slug + (entry.retracted ? " (retracted)" : ""), entry.kind.rawValue,
          desk.text(entry.attribution.asPrinted), desk.text(entry.topic ?? entry.wording))
      }
      table.print(nothing: "Nothing is recorded yet; see “plenary statement record --help”.")
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show an entry of the record.")
    @Argument(help: "The entry: opening-s3.") var entry: String
    @Flag(help: "Open a withheld identity.") var reveal = false
    @OptionGroup var read: ReadOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let id = try RecordID(entry)
      let desk = try await global.desk()
      let entry = try await desk.entry(id, read.bound(desk))
      if global.json { return try Console.json(entry) }
      var particulars = Particulars()
      particulars.add("entry", id.slug)
      particulars.add("kind", entry.kind.rawValue)
      if entry.retracted { particulars.add("", "RETRACTED") }
      particulars.add("session", entry.session.slug)
      particulars.add("form", entry.form?.rawValue)
      particulars.add("act", entry.act?.rawValue)
      particulars.add("ascribed to", entry.attribution.asPrinted?.inAllLanguages(desk.languages))
      particulars.add("mode", entry.attribution.mode.rawValue)
      particulars.add("speakers", entry.attribution.persons.map(\.slug).joined(separator: ", "))
      particulars.add("topic", entry.topic?.inAllLanguages(desk.languages))
      particulars.add("text", entry.wording.inAllLanguages(desk.languages))
      particulars.add("rationale", entry.rationale?.inAllLanguages(desk.languages))
      for addressee in entry.addressees { particulars.add("addressed to", desk.text(addressee)) }
      particulars.add("mentions", entry.mentions.map(\.slug).joined(separator: ", "))
      particulars.add("based on", entry.basedOn?.slug)
      if entry.corrections > 0 { particulars.add("corrections", "\(entry.corrections)") }
      if reveal, let sealed = entry.attribution.identity {
        let person = try await desk.workspace.reveal(
          sealed, in: desk.conference, session: entry.session)
        particulars.add("withheld", person?.slug ?? "(its key was destroyed)")
      }
      particulars.add("recorded", "\(entry.recordedAt) (position \(entry.position))")
      particulars.print()
    }
  }
}

extension Desk {
  fileprivate func record(
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
      Statements.self, .record(draft, number: number.number), in: conference, context)
    try outcome.report(context, json: global.json)
  }

  fileprivate func entry(_ id: RecordID, _ bound: EventStream.Bound) async throws -> EntryRow {
    let view = try await workspace.view(ProceedingsModel.self, of: conference, bound)
    guard let entry = view.model.entries[id.slug] else {
      throw Failure(.refused, Statements.Refusal.unknown(id).description)
    }
    return entry
  }
}

extension Statements.Draft.Content {
  /// What a session came to needs nobody's name; what was said needs one, or a word why it has none.
  fileprivate var usualMode: Attribution.Mode? {
    switch self {
    case .statement, .position: nil
    case .conclusion, .recommendation: .unattributed
    }
  }
}

extension Attribution.Mode: ExpressibleByArgument {}
extension Attribution.GroupBasis: ExpressibleByArgument {}
extension Attribution.Quantifier: ExpressibleByArgument {}
extension Attribution.Basis: ExpressibleByArgument {}
extension StatementForm: ExpressibleByArgument {}
extension SpeechAct: ExpressibleByArgument {}
extension CorrectionKind: ExpressibleByArgument {}
