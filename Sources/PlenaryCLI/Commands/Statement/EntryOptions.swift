import ArgumentParser
import EventLog
import Plenary
import Record
import Scheduling
import Vocabulary

/// The options for an attribution.
struct AttributionOptions: ParsableArguments {
  @Option(help: "How it is attributed (default: named for one --by, joint for several).")
  var mode: Attribution.Mode?
  @Option(
    help: ArgumentHelp(
      "The speaker's short name: feng-shaolei. Repeat for several, in order. A statement needs --by "
        + "or --mode."), completion: .speakers)
  var by: [String] = []
  @Option(help: "Body, office or group: “Chinese partners”. Repeat once per language: en=… zh=….")
  var of: [LocalizedArgument] = []
  @Option(help: "What the members of the group have in common.")
  var groupBasis: Attribution.GroupBasis?
  @Option(help: "Share of the group: most, several, some …")
  var quantifier: Attribution.Quantifier?
  @Option(help: "How it is known who said it (default: stated). A carried-over attribution is not printed.")
  var basis: Attribution.Basis?
  @Option(help: "Attribution as printed (default: the names). Repeat once per language: en=… zh=….")
  var asPrinted: [LocalizedArgument] = []
  @Option(
    help: "Person behind a withheld attribution: li-wei. Stored encrypted, never printed.",
    completion: .speakers)
  var identity: String?
  @Option(help: "Name for a speaker whom nobody knows: red-tie. It groups what this voice says.")
  var voice: String?

  var isEmpty: Bool {
    mode == nil && by.isEmpty && of.isEmpty && asPrinted.isEmpty && quantifier == nil
      && groupBasis == nil && identity == nil && basis == nil && voice == nil
  }

  /// - Parameter usual: The mode if no option determines one.
  func draft(_ conference: ConferenceFacts, usual: Attribution.Mode? = nil) throws -> Attribution.Draft {
    let persons = try by.map { try conference.person($0) }
    let languages = try conference.languages
    guard voice == nil || persons.isEmpty else {
      throw ValidationError(
        "--voice is for a speaker whom nobody knows, --by for one who is known. Give one of them; once you know whose voice "
          + "it was, use plenary statement identify.")
    }
    let determined: Attribution.Mode? =
      persons.count == 1 ? .named : persons.count > 1 ? .joint : voice != nil ? .unidentified : nil
    guard let mode = mode ?? determined ?? (isEmpty ? usual : nil) else {
      throw ValidationError("Say who said it: --by SPEAKER, or --mode with --as-printed.")
    }
    return try Attribution.Draft(
      mode, persons: persons, of: of.localized("group", languages), groupBasis: groupBasis,
      quantifier: quantifier, basis: basis ?? .stated,
      asPrinted: asPrinted.localized("attribution as printed", languages),
      voice: voice.map { try VoiceID($0) })
  }

  func withheld(_ conference: ConferenceToChange) throws -> WithheldIdentity? {
    try identity.map { WithheldIdentity(person: try conference.person($0)) }
  }
}

/// The options of a statement besides its text and its attribution.
struct StatementOptions: ParsableArguments {
  @Option(help: "How close the text is to the words that were said (default for a new statement: summary).")
  var form: StatementForm?
  @Option(help: "What the speaker did: noted, asked, proposed … or any other verb. Repeat for several acts.")
  var act: [SpeechAct] = []
  @Option(help: "Who it was addressed to. Repeat once per addressee: “en=…;zh=…”.")
  var addressee: [LocalizedArgument] = []
  @Option(help: "Language in which it was said: zh.") var spoken: String?
  @Option(help: "Speaker mentioned in the text: li-wei. May be repeated.", completion: .speakers) var mention:
    [String] = []

  func apply(to changes: inout EntryDetails.Changes, _ conference: ConferenceFacts) throws {
    changes.form = form
    changes.acts = act.isEmpty ? nil : act
    changes.addressees = addressee.isEmpty ? nil : try addressee.separately("addressee", conference.languages)
    changes.spoken = try spoken.map { try Language(known: $0) }
    changes.mentions = mention.isEmpty ? nil : try mention.map { try conference.person($0) }
  }

  static let names = "--form, --act, --addressee, --spoken, --mention"
}

/// The options that change any entry.
struct EntryChangeOptions: ParsableArguments {
  @Option(help: "New text, in the languages that change: en=… zh=….")
  var text: [LocalizedArgument] = []
  @Option(help: "Remove the text in this language: da. May be repeated.") var without: [String] = []
  @Option(help: "New topic of a position. Repeat once per language: en=… zh=….")
  var topic: [LocalizedArgument] = []
  @Option(help: "New reason for a conclusion. Repeat once per language: en=… zh=….")
  var rationale: [LocalizedArgument] = []
  @OptionGroup var basis: BasisOption
  @Option(help: "Remove a value. May be repeated.") var clear: [EntryDetails.Field] = []
  @OptionGroup var statement: StatementOptions
  @OptionGroup var attribution: AttributionOptions
  @OptionGroup var renewal: RenewalOption

  private func changes(_ conference: ConferenceFacts, basedOn basis: RecordID?) throws -> EntryDetails.Changes
  {
    let languages = try conference.languages
    var changes = EntryDetails.Changes()
    changes.basedOn = basis
    changes.text = try text.localized("text", .paragraphs, languages)
    changes.without = without.isEmpty ? nil : try without.map { try Language($0) }
    changes.topic = try topic.localized("topic", languages)
    changes.rationale = try rationale.localized("rationale", .paragraphs, languages)
    try statement.apply(to: &changes, conference)
    return try changes.clearing(clear)
  }

  /// - Throws: `ValidationError` if nothing is to be changed.
  func checkNotEmpty(_ what: String) throws {
    if attribution.isEmpty, text.isEmpty, without.isEmpty, topic.isEmpty, rationale.isEmpty,
      basis.basedOn == nil, clear.isEmpty,
      statement.form == nil, statement.act.isEmpty, statement.addressee.isEmpty, statement.spoken == nil,
      statement.mention.isEmpty
    {
      throw ValidationError(
        "Say what \(what): --text, --without, --topic, --rationale, --based-on, \(StatementOptions.names), "
          + "--clear, or an attribution (--by, --mode …).")
    }
  }

  /// - Parameter basis: the entry that `basis` names.
  func change(
    _ conference: ConferenceFacts, basedOn basis: RecordID?, _ identity: Confidential<WithheldIdentity>?
  ) throws -> Statements.Change {
    var change = Statements.Change(
      try changes(conference, basedOn: basis),
      by: attribution.isEmpty ? nil : try attribution.draft(conference)
    )
    change.attribution?.identity = identity
    change.attribution = try renewal.applied(to: change.attribution)
    return change
  }
}

/// Whether speakers are credited anew.
struct RenewalOption: ParsableArguments {
  @Flag(help: "Credit the speakers with their names and offices of today; otherwise those of the day stay.")
  var renewCredit = false

  func applied(to draft: Attribution.Draft?) throws -> Attribution.Draft? {
    guard renewCredit else { return draft }
    guard var draft, !draft.persons.isEmpty else { throw ValidationError("--renew-credit needs --by.") }
    draft.renewsCredits = true
    return draft
  }
}

/// The entry that another one rests on.
struct BasisOption: ParsableArguments {
  @Option(help: "The entry that it is based on: e-7k3m9q2x, or a published number such as 1.12.")
  var basedOn: String?

  func entry(_ conference: ConferenceToChange) async throws -> RecordID? {
    if let basedOn { try await conference.entry(basedOn) } else { nil }
  }
}

/// Where an entry is put.
struct PlaceOptions: ParsableArguments {
  @Option(help: "Put it before this entry: e-7k3m9q2x, or a published number such as 1.12.") var before:
    String?
  @Option(help: "Put it after this entry: e-7k3m9q2x, or a published number such as 1.12.") var after: String?
  @Option(help: "Put it at the end of this session: opening.", completion: .sessions) var session: String?

  func validate() throws {
    if [before, after, session].compactMap(\.self).count != 1 {
      throw ValidationError("Say where: one of --before, --after and --session.")
    }
  }

  func place(_ conference: ConferenceToChange) async throws -> Statements.Place {
    if let before { return .before(try await conference.entry(before)) }
    if let after { return .after(try await conference.entry(after)) }
    return .end(try conference.session(session ?? ""))
  }
}
