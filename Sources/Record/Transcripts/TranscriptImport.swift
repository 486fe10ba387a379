package import EventLog
import People
package import Scheduling
package import Vocabulary

/// Takes what was said in a session from a transcript, and again when the transcript has changed.
///
/// As with the program, a field has three values: what the transcript says, what it said when it was imported last, and
/// what the record has. If only the transcript changed, the record follows; if only somebody changed the record, it stays;
/// if both did, that is a clash, and somebody has to choose. Statements are recognized by their words and their order
/// (`Alignment`). What an issue has published is not changed: it is told, so that somebody asks for a correction.
package enum TranscriptImport: Decider {
  package static let name = "TranscriptImport"

  package typealias Event = RecordEvent

  package struct State: Sendable, Equatable {
    package var statements = Statements.State()
    var transcripts = Transcripts()
    /// The session's slots.
    var timetable = Timetable()
    /// When its sittings began, by their steps.
    var convened: [Int: HeldTime] = [:]
    /// Entries that were put into another session.
    var movedAway: Set<RecordID> = []
  }

  /// Somebody who speaks, by the transcript.
  package struct Voice: Sendable, Hashable {
    /// As the transcript names them.
    package var name: String
    /// How entries name the voice until somebody is identified.
    package var id: VoiceID
    /// Whom the organizer, or the transcript, says it is.
    package var person: PersonID?

    package init(name: String, id: VoiceID, person: PersonID? = nil) {
      self.name = name
      self.id = id
      self.person = person
    }
  }

  package enum Moment: Sendable, Hashable {
    /// Since the recording began.
    case offset(milliseconds: Int64)
    /// Seconds after midnight; nil: the day of the session.
    case clock(CalendarDate?, seconds: Int)
    case instant(Timestamp)
  }

  package struct Turn: Sendable, Hashable {
    /// What the record itself says: (Applause).
    package var isNote = false
    /// Of `Command.voices`; nil: the transcript names nobody.
    package var voice: Int?
    /// With marks.
    package var text: LocalizedText
    package var spoken: Language
    /// Whether the transcript says the language of this turn.
    package var hasLanguage: Bool
    package var form: StatementForm
    package var moment: Moment?

    package init(
      _ text: LocalizedText, by voice: Int?, spoken: Language, hasLanguage: Bool = false,
      form: StatementForm, isNote: Bool = false, moment: Moment? = nil
    ) {
      self.text = text
      self.voice = voice
      self.spoken = spoken
      self.hasLanguage = hasLanguage
      self.form = form
      self.isNote = isNote
      self.moment = moment
    }
  }

  package struct Command: Encodable, Sendable {
    /// The transcript is known by its hash.
    private enum CodingKeys: CodingKey {
      case session, source, sha256, language, speakers, choices, retractsMissing
    }

    package var session: SessionID
    package var source: TranscriptSource
    package var format: String
    package var sha256: String
    /// That the organizer says the transcript is in.
    package var language: Language?
    /// Who the voices are, as the organizer says: by their names, `""` for those without one.
    package var speakers: [String: PersonID]
    package var voices: [Voice]
    package var turns: [Turn]
    /// What is printed for a voice without a name.
    package var unknown: LocalizedText
    /// The time of the conference's clocks.
    package var rules: ZoneRules
    /// Who wins where the transcript and somebody here changed the same statement. What is decided for the record
    /// (`ours`) is asked again when the transcript is imported again.
    package var choices: ProgramImport.Choices
    /// Whether statements are retracted that the transcript no longer has.
    package var retractsMissing: Bool
    /// New entries are called by it and a number.
    package var stem: String

    package init(
      session: SessionID, source: TranscriptSource, format: String, sha256: String, language: Language?,
      speakers: [String: PersonID], voices: [Voice], turns: [Turn], unknown: LocalizedText, rules: ZoneRules,
      choices: ProgramImport.Choices, retractsMissing: Bool, stem: String
    ) {
      self.session = session
      self.source = source
      self.format = format
      self.sha256 = sha256
      self.language = language
      self.speakers = speakers
      self.voices = voices
      self.turns = turns
      self.unknown = unknown
      self.rules = rules
      self.choices = choices
      self.retractsMissing = retractsMissing
      self.stem = stem
    }

    /// The turns, those without a language of their own in this one.
    func turns(in language: Language?) -> [Turn] {
      guard let language else { return turns }
      return turns.map { turn in
        guard !turn.hasLanguage, turn.spoken != language, turn.text[language] == nil else { return turn }
        var turn = turn
        let entries = turn.text.entries.map { ($0.language == turn.spoken ? language : $0.language, $0.text) }
        turn.text = LocalizedText(Dictionary(uniqueKeysWithValues: entries))
        turn.spoken = language
        return turn
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case statement(Statements.Refusal)
    case unknownVoice(String, known: [String])
    /// Nothing in it is in the transcript that was imported before.
    case anotherTranscript(TranscriptSource, SessionID)
    case clashes([Clash])
    /// Choices for what is no clash; and the clashes that there are.
    case idleChoices([String], [Clash])

    package var texts: [HintedText] {
      switch self {
      case .statement(let refusal): refusal.texts
      case .unknownVoice(let name, let known):
        .says(
          "Nobody speaks as “\(excerpt(name))” in the file. Its voices are: \(known.map { "“\($0)”" }.joined(separator: ", "))."
        )
      case .anotherTranscript(let source, let session):
        .says(
          "Nothing in the file is in the transcript “\(source)” that was imported into “\(session)” before. Another part of the "
            + "session needs a source with a name of its own; a transcript that is to replace it must be complete."
        )
      case .clashes(let clashes): Self.texts(of: clashes)
      case .idleChoices(let idle, let clashes):
        [ProgramImport.Choices.text(idle: idle, hasClashes: !clashes.isEmpty)]
          + clashes.prefix(20).map { HintedText("\($0.reference): \($0.sides)") }
          + (clashes.count > 20 ? [HintedText("… and \(clashes.count - 20) more.")] : [])
      }
    }

    private static func texts(of clashes: [Clash]) -> [HintedText] {
      let shown = clashes.prefix(20).map { clash in
        HintedText("“\(clash.entry)”, \(clash.field.noun): \(clash.sides)")
      }
      let rest = clashes.count - shown.count
      return [
        HintedText(
          "The file and somebody here changed \(counted(clashes.count, "statement")) differently; nothing was imported.",
          [.chooseSide(of: clashes[0].reference)])
      ] + shown + (rest > 0 ? [HintedText("… and \(rest) more.")] : [])
    }
  }

  /// A field of a statement that the transcript and somebody here changed.
  package struct Clash: Codable, Sendable, Hashable {
    package var entry: RecordID
    package var field: EntryDetails.Field
    package var theirs: String
    package var ours: String

    /// As the choice of a side names it: `record:e-7k3m9q2x-3.text`.
    package var reference: String { "\(entry.tag).\(field.rawValue)" }

    fileprivate var sides: String {
      "the file has “\(excerpt(theirs, 80))”, here is “\(excerpt(ours, 80))”."
    }
  }

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    // The record of the session, the session itself, and all who may have spoken.
    let items = [
      Query.Item(tags: [.entries(of: command.session)]), Query.Item(tags: [.places(in: command.session)]),
      Query.Item(tags: [command.session.tag]), .issues, Query.Item(types: Credits.types),
    ]
    let identified = command.voices.map { Query.Item(types: [PersonIdentified.type], tags: [$0.id.tag]) }
    let query = Query(items + identified)
    return state.movedAway.isEmpty
      ? query : query.union(.tagged(anyOf: state.movedAway.sorted().map(\.tag)))
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try Statements.evolve(&state.statements, event)
    try state.transcripts.evolve(event, state.statements.record)
    if let scheduling = try SchedulingEvent(event) { state.timetable.apply(scheduling, event.origin) }
    switch try RecordEvent(event) {
    case .statementMoved(let body) where body.from != body.session: state.movedAway.insert(body.entry)
    case .sitting(.sessionConvened(let body)): state.convened[body.step] = body.details.at
    case .sitting(.sittingRevised(let body)):
      if state.convened[body.step] != nil, let at = body.changes.at { state.convened[body.step] = at }
    case .sitting(.sittingStepRetracted(let body)): state.convened[body.step] = nil
    default: break
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    try TranscriptPlan(command, in: state).events
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    // All of them are in one session.
    events.first { $0.recorded != nil }.map { Statements.warnings(on: [$0], in: state.statements) } ?? []
  }
}
