import EventLog
import Scheduling
package import Vocabulary

/// What an import of a transcript comes to: statement by statement, and the events for it.
package struct TranscriptPlan {
  package enum Effect: Sendable, Hashable {
    case new
    case changed([EntryDetails.Field])
    case unchanged
    /// Somebody changed or retracted it here, and the transcript is as it was.
    case kept
    /// The transcript changed it, and an issue has published it.
    case published([EntryDetails.Field])
    /// Its words were destroyed, and stay so.
    case expunged
    case retracted
    /// The transcript no longer has it, and it stays.
    case missing
  }

  package struct Line: Sendable, Hashable {
    package var effect: Effect
    /// Nil for what is left out beside an expunged statement.
    package var entry: RecordID?
    /// Of `Command.turns`; nil: the transcript does not have it.
    package var turn: Int?
  }

  /// Who a voice is.
  package enum Speaker: Sendable, Hashable {
    /// As the organizer says, or because the name is the same.
    case known(PersonID)
    /// Names that are nearly the same.
    case perhaps([PersonID])
    case unknown
  }

  /// In the order of the transcript; then what it does not have.
  package private(set) var lines: [Line] = []
  /// By the places of `Command.voices`.
  package private(set) var speakers: [Speaker] = []
  package private(set) var events: [RecordEvent] = []
  /// Who has a role in the session: a voice without a name may be one of them.
  package var candidates: [PersonID] {
    state.timetable.sessions[command.session].map { Set($0.assignments.map(\.person)).sorted() } ?? []
  }
  package private(set) var clashes: [TranscriptImport.Clash] = []
  /// Clashes of which an organizer chose a side.
  private var settled: [TranscriptImport.Clash] = []
  /// What was compared, and what of it clashes, as a choice names it.
  private var compared: Set<String> = []
  private var clashing: Set<String> = []

  private let command: TranscriptImport.Command
  private let state: TranscriptImport.State
  /// The import before.
  private let last: Transcripts.Import?
  /// In the languages in which they count.
  private let turns: [TranscriptImport.Turn]
  private var record: RecordState { state.statements.record }
  /// Who the voice without a name is, as an organizer said.
  package private(set) var unnamed: PersonID?
  private var begin: Timestamp?
  private var day: CalendarDate?
  /// New entries so far.
  private var count = 0
  private var said: [RecordID] = []

  package init(_ command: TranscriptImport.Command, in state: TranscriptImport.State)
    throws(TranscriptImport.Refusal)
  {
    self.command = command
    self.state = state
    last = state.transcripts.last(command.source, in: command.session)
    turns = command.turns(in: command.language ?? last?.language)
    guard state.statements.sessions.contains(command.session) else {
      throw .statement(.unknownSession(command.session))
    }
    try identify()
    findBeginning()
    try compare()
    let idle = command.choices.idle(clashing, compared: compared)
    guard idle.isEmpty else { throw .idleChoices(idle, clashes + settled) }
    guard clashes.isEmpty else { throw .clashes(clashes) }
  }

  // MARK: Voices

  private mutating func identify() throws(TranscriptImport.Refusal) {
    let people = state.statements.people
    for name in command.speakers.keys.sorted() where !name.isEmpty {
      guard command.voices.contains(where: { $0.name == name }) else {
        throw .unknownVoice(name, known: command.voices.map(\.name))
      }
    }
    do { try people.check(command.speakers.values.sorted()) } catch { throw .statement(error) }
    unnamed = command.speakers[""]
    let said = last?.speakers ?? [:]
    if unnamed == nil { unnamed = said[""].flatMap { kept($0) } }
    let names = VoiceNames(people, participants: Set(candidates))
    speakers = command.voices.map { voice in
      if let person = command.speakers[voice.name] { return .known(person) }
      let person = state.statements.voices[voice.id] ?? said[voice.id.slug] ?? voice.person
      if let person = person.flatMap({ kept($0) }) { return .known(person) }
      return names.speaker(voice.name)
    }
  }

  /// The person who stayed, if the person is registered.
  private func kept(_ person: PersonID) -> PersonID? {
    let people = state.statements.people
    return people.credit(person).map { _ in people.merged[person] ?? person }
  }

  /// Who the voices are, as organizers said it now and before.
  private var speakersSaid: [String: PersonID] {
    var said = last?.speakers ?? [:]
    for (name, person) in command.speakers {
      if name.isEmpty { said[""] = person }
      for voice in command.voices where voice.name == name { said[voice.id.slug] = person }
    }
    return said
  }

  private func attribution(of turn: TranscriptImport.Turn) -> Attribution.Draft {
    if turn.isNote { return Attribution.Draft(.unattributed) }
    guard let index = turn.voice else {
      if let unnamed { return Attribution.Draft(.named, persons: [unnamed]) }
      return Attribution.Draft(.unidentified, asPrinted: command.unknown)
    }
    if case .known(let person) = speakers[index] { return Attribution.Draft(.named, persons: [person]) }
    let voice = command.voices[index]
    return Attribution.Draft(
      .unidentified, asPrinted: LocalizedText([turn.spoken: voice.name]), voice: voice.id)
  }

  // MARK: Times

  /// When the recording began: as the session was convened, else as its slot begins.
  private mutating func findBeginning() {
    let slot = state.timetable.sessions[command.session]?.orderedSlots.first?.slot
    begin = slot?.start.instant
    day = slot?.start.date
    switch state.convened.min(by: { $0.key < $1.key })?.value {
    case .time(let time): (begin, day) = (time.instant, time.date)
    case .day(let date): day = date
    case nil: break
    }
  }

  private func time(_ moment: TranscriptImport.Moment?) -> Timestamp? {
    switch moment {
    case .offset(let milliseconds):
      return begin.map { Timestamp(microseconds: $0.microseconds + milliseconds * 1000) }
    case .clock(let date, let seconds):
      guard let date = date ?? day, let minute = try? command.rules.time(date, seconds / 60) else {
        return nil
      }
      return Timestamp(microseconds: minute.instant.microseconds + Int64(seconds % 60) * 1_000_000)
    case .instant(let time): return time
    case nil: return nil
    }
  }

  // MARK: Statements

  private func details(_ turn: TranscriptImport.Turn, unless known: EntryDetails?)
    throws(TranscriptImport.Refusal) -> EntryDetails
  {
    do throws(Statements.Refusal) {
      let attribution: Attribution
      do {
        attribution = try self.attribution(of: turn).resolved(
          in: command.session, state.statements.people, unless: known?.attribution)
      } catch { throw Statements.Refusal.invalidAttribution(error) }
      var changes = EntryDetails.Changes()
      changes.text = turn.text
      changes.form = turn.form
      changes.spoken = turn.isNote ? nil : turn.spoken
      changes.said = time(turn.moment)
      return try Statements.Draft(.statement, changes, by: Attribution.Draft(.unattributed)).details(
        by: attribution)
    } catch { throw .statement(error) }
  }

  private mutating func compare() throws(TranscriptImport.Refusal) {
    let old = last?.entries ?? []
    let places = Alignment.places(
      of: turns.map { Self.words($0.text) },
      in: old.map { last?.said[$0].map { $0.isExpunged ? "" : Self.words($0.text) } ?? "" })
    if !old.isEmpty, places.allSatisfy({ $0 == nil }), !command.retractsMissing,
      old.contains(where: { record.entries[$0]?.isRetracted == false })
    {
      throw .anotherTranscript(command.source, command.session)
    }
    var entries: [RecordID] = []
    var run: [Int] = []
    /// The place of the last statement of the last import that was found again.
    var before: Int?
    for (turn, place) in places.enumerated() {
      guard let place else {
        run.append(turn)
        continue
      }
      try add(run, between: before, and: place, old, &entries)
      run = []
      before = place
      entries.append(old[place])
      try take(turn, old[place], last?.said[old[place]])
    }
    try add(run, between: before, and: nil, old, &entries)
    let found = Set(entries)
    for id in old where !found.contains(id) { missing(id, last?.said[id], &entries) }
    // What was retracted for the last transcript is not in it any more.
    for (id, entry) in record.entries where entry.isRetracted && entry.session == command.session {
      compared.formUnion([id.tag.text, "\(id.tag).retraction"])
    }
    if events.isEmpty { return }
    let saidNow = Set(said)
    events.append(
      .transcriptImported(
        TranscriptImported(
          source: command.source, session: command.session, format: command.format,
          language: command.language ?? last?.language, speakers: speakersSaid, entries: entries,
          said: entries.filter(saidNow.contains))))
  }

  private static func words(_ text: LocalizedText) -> String {
    text.entries.map(\.text).joined(separator: "\n")
  }

  /// Records what is new.
  ///
  /// - Parameters:
  ///   - before: the statement of the last import that it follows; nil: none.
  ///   - after: the one that follows it.
  private mutating func add(
    _ turns: [Int], between before: Int?, and after: Int?, _ old: [RecordID], _ entries: inout [RecordID]
  ) throws(TranscriptImport.Refusal) {
    if turns.isEmpty { return }
    // Beside words that were destroyed nobody knows whether these are those.
    let gap = old[((before ?? -1) + 1)..<(after ?? old.count)]
    if let expunged = gap.first(where: { record.entries[$0]?.isExpunged == true }) {
      entries.append(contentsOf: gap.filter { record.entries[$0]?.isExpunged == true })
      for turn in turns { lines.append(Line(effect: .expunged, entry: expunged, turn: turn)) }
      return
    }
    let previous = before.flatMap { standing(old[$0]) }
    let next = after.flatMap { standing(old[$0]) }
    let keys: [OrderKey?] =
      if let previous { record.keys(after: previous, turns.count, in: command.session) } else if let next {
        record.keys(before: next, turns.count)
      } else { Array(repeating: nil, count: turns.count) }
    for (turn, key) in zip(turns, keys) {
      count += 1
      let id: RecordID
      do { id = try RecordID("\(command.stem)-\(count)") } catch { throw .statement(.invalid(error)) }
      let details = try details(self.turns[turn], unless: nil)
      events.append(EntryKind.statement.recorded(id, command.session, key, details))
      entries.append(id)
      said.append(id)
      lines.append(Line(effect: .new, entry: id, turn: turn))
    }
  }

  /// An entry that has its place in this session.
  private func standing(_ id: RecordID) -> RecordState.Entry? {
    record.entries[id].flatMap { $0.session == command.session ? $0 : nil }
  }

  /// Compares a statement with what the transcript said, and with what it says now.
  private mutating func take(_ turn: Int, _ id: RecordID, _ base: EntryDetails?) throws(TranscriptImport
    .Refusal)
  {
    func tell(_ effect: Effect) { lines.append(Line(effect: effect, entry: id, turn: turn)) }
    guard let entry = record.entries[id], let base else { return tell(.kept) }
    if entry.isExpunged || base.isExpunged { return tell(.expunged) }
    let theirs = try details(turns[turn], unless: base)
    if entry.isRetracted { return tell(.kept) }
    let ours = entry.details
    var (changed, kept): ([EntryDetails.Field], Bool) = ([], false)
    for field in [EntryDetails.Field.text, .attribution, .form, .spoken, .said] {
      compared.formUnion([id.tag.text, "\(id.tag).\(field.rawValue)"])
      func same(_ one: EntryDetails, _ other: EntryDetails) -> Bool {
        let value = field.access.value
        return field == .attribution
          ? one.attribution.hasSpeaker(of: other.attribution) : value(one) == value(other)
      }
      if same(theirs, ours) || same(theirs, base) {
        if !same(theirs, ours) { kept = true }
        continue
      }
      // Translations that were added here are no change of the original.
      let isOurs = field == .text ? !Self.has(ours.text, base.text) : !same(ours, base)
      if field == .text, !isOurs, Self.has(ours.text, theirs.text) { continue }
      if isOurs {
        let clash = TranscriptImport.Clash(
          entry: id, field: field, theirs: Self.shown(field, theirs), ours: Self.shown(field, ours))
        clashing.formUnion([id.tag.text, clash.reference])
        switch command.choices.side(id.tag, field.rawValue) {
        case .theirs: settled.append(clash)
        case .ours:
          settled.append(clash)
          kept = true
          continue
        case nil:
          clashes.append(clash)
          continue
        }
      }
      changed.append(field)
    }
    if changed.isEmpty {
      if !kept { said.append(id) }
      return tell(kept ? .kept : .unchanged)
    }
    if record.isPublished(entry) { return tell(.published(changed)) }
    var changes = EntryDetails.Changes()
    for field in changed { changes.restore(field, of: theirs) }
    // The other fields of the attribution are as they were resolved.
    let attribution = changes.attribution
    changes.attribution = nil
    do throws(Statements.Refusal) {
      try changes.check(.statement)
      if attribution != nil, ours.attribution.mode == .withheld { throw Statements.Refusal.withheld }
    } catch { throw .statement(error) }
    changes.attribution = attribution
    events.append(.statementCorrected(StatementCorrected(id, in: entry.session, changes)))
    if !kept { said.append(id) }
    tell(.changed(changed))
  }

  /// Whether a text has all that another one has.
  private static func has(_ text: LocalizedText, _ other: LocalizedText) -> Bool {
    other.entries.allSatisfy { text[$0.language] == $0.text }
  }

  private static func shown(_ field: EntryDetails.Field, _ details: EntryDetails) -> String {
    switch field {
    case .text: details.text.entries.first?.text ?? ""
    case .attribution: details.attribution.asPrinted?.entries.first?.text ?? "nobody"
    case .form: details.form?.rawValue ?? "none"
    case .spoken: details.spoken?.tag ?? "none"
    case .said: details.said?.description ?? "none"
    default: ""
    }
  }

  /// A statement that the transcript no longer has.
  private mutating func missing(_ id: RecordID, _ base: EntryDetails?, _ entries: inout [RecordID]) {
    guard let entry = record.entries[id], !entry.isRetracted, !entry.isExpunged else { return }
    guard command.retractsMissing else {
      // It stays one of the transcript's, so that it is known again.
      entries.append(id)
      return lines.append(Line(effect: .missing, entry: id, turn: nil))
    }
    if record.isPublished(entry) {
      entries.append(id)
      return lines.append(Line(effect: .published([]), entry: id, turn: nil))
    }
    let references = [id.tag.text, "\(id.tag).retraction"]
    compared.formUnion(references)
    if entry.details != base { clashing.formUnion(references) }
    guard entry.details == base || command.choices.side(id.tag, "retraction") == .theirs else {
      entries.append(id)
      return lines.append(Line(effect: .kept, entry: id, turn: nil))
    }
    events.append(.statementRetracted(StatementRetracted(entry: id, session: entry.session)))
    lines.append(Line(effect: .retracted, entry: id, turn: nil))
  }
}

extension Attribution {
  /// Whether both say who spoke, and the same: how a name is printed, and how it is known, is not the transcript's.
  fileprivate func hasSpeaker(of other: Attribution) -> Bool {
    mode == other.mode && persons == other.persons
      && (mode == .named || asPrinted == other.asPrinted && voice == other.voice)
  }
}
