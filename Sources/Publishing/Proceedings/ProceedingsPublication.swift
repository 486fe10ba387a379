import EventLog
package import Foundation
import JSON
import People
package import ReadModels
package import Record
package import Scheduling
package import Vocabulary

/// The record at a position.
package struct ProceedingsPublication: Sendable {
  let context: PublicationContext
  package let model: ProceedingsModel
  let edition: Edition
  /// The issue before, and what was read as a proof before.
  private let previous: Earlier?
  private let proofed: Earlier?

  /// What a document says that it is.
  package enum Edition: Sendable {
    /// Whatever is recorded, with changes since the last issue.
    case draft
    /// A draft in which the entries are marked that changed after a position; nil: none is.
    ///
    /// Sessions are marked too, of which something else was printed then.
    case proof(since: Int?)
    /// A published issue, or one that is about to be published, with the day on its title page.
    case issue(ProceedingsIssued, date: CalendarDate)
  }

  /// - Parameters:
  ///   - program: has the names of sessions and people, at the same position.
  ///   - settings: the selection and the languages; by default everything.
  ///   - previous: the issue before this edition, to list what changed since; nil if there is none.
  ///   - proofed: the record at the position since which a proof marks changes.
  package init(
    _ model: ProceedingsModel, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings(), as edition: Edition = .draft,
    after previous: ProceedingsPublication?, since proofed: ProceedingsPublication? = nil
  ) {
    self.model = model
    self.edition = edition
    self.previous = previous.map(Earlier.init)
    self.proofed = proofed.map(Earlier.init)
    context = PublicationContext(conference, program, checkpoint, settings)
  }

  /// The record and the program of an earlier edition.
  private struct Earlier {
    let model: ProceedingsModel
    let context: PublicationContext

    init(_ publication: ProceedingsPublication) {
      (model, context) = (publication.model, publication.context)
    }

    /// - Parameter languages: those of the later edition, which can have others.
    func facts(in languages: [Language]) -> PrintedFacts {
      var settings = context.settings
      settings.languages = languages
      let context = PublicationContext(context.conference, context.program, context.checkpoint, settings)
      return PrintedFacts(
        RecordAsHeld(model, context), PrintedRecord(model, context.program), RecordNames(model, context))
    }
  }

  func facts(in languages: [Language]) -> PrintedFacts { Earlier(self).facts(in: languages) }

  /// Whether both print the same of sessions and the front.
  package func saysTheSame(as other: ProceedingsPublication) -> Bool {
    facts(in: context.languages).isSame(as: other.facts(in: context.languages))
  }

  package func record() -> ProceedingsDocument {
    let record = NumberedRecord(model, context, edition)
    let corrections = corrections(record)
    let listed = Dictionary(grouping: corrections.filter { $0.paragraph != nil }, by: { $0.paragraph! })
      .mapValues { $0.map(\.anchor) }
    let changed =
      proofed.map { $0.facts(in: context.languages).changedSessions(in: facts(in: context.languages)) } ?? []
    let front = record.asHeld.front
    let header = record.asHeld.header(context.header(ProceedingsDocument.template))
    return ProceedingsDocument(
      header: header,
      body: ProceedingsDocument.Body(
        issue: issue, draft: draft, claims: claims, editorialNote: context.text(front.note),
        citation: context.text(front.citation) ?? citation(of: header.conference),
        front: record.asHeld.printedFront(record.summary, record.said),
        numbersProvisional: record.hasProvisionalNumbers,
        sessions: record.recorded.map { record.printed($0, listed, isChanged: changed.contains($0.row.id)) },
        programAsHeld: record.asHeld.deviations(besides: record.sessionsWithEntries),
        corrections: corrections,
        speakers: front.participants == .nobody ? [] : record.speakers,
        indexes: RecordIndexes(record.sessions, model, context)))
  }

  package func html() -> String { ProceedingsPage(record()).html }

  /// Each entry whose words are printed, as one sentence in one of these languages: for a terminal.
  package func sentences(_ languages: [Language]) -> [RecordID: String] {
    NumberedRecord(model, context, edition).sentences(languages)
  }

  /// What the typesetter gets. It has the shape of the printed page; see `export()` for the record itself.
  package func typesetting() throws -> Data { try JSONText.data(record(), pretty: true) }

  private var draft: ProceedingsDocument.Draft? {
    if case .issue = edition { return nil }
    let last = model.lastIssue?.details.issue
    let next = Labels.draftOfIssue.localized(context.languages, with: String((last ?? 0) + 1))
    return ProceedingsDocument.Draft(
      heading: next,
      since: last.map { Labels.changesSinceIssue.localized(context.languages, with: String($0)) })
  }

  /// What changed in the issue before, that this edition is the first to contain.
  private func corrections(_ record: NumberedRecord) -> [PrintedCorrection] {
    let previous: IssueRow?
    var end: Int?
    switch edition {
    case .draft, .proof: previous = model.lastIssue
    case .issue(let issue, _):
      previous = model.issue(issue.issue - 1)
      end = issue.at.map { $0 + 1 }
    }
    guard let previous else { return [] }
    let languages = context.languages
    let facts = self.previous?.facts(in: languages).changes(
      to: facts(in: languages), since: previous, model, context)
    return (facts ?? [])
      + PrintedCorrections(model, context, record.asHeld, record.entries, of: previous, before: end).items
  }

  /// What the file says that it is, for whoever verifies it.
  private var claims: [String] {
    let what =
      switch edition {
      case .draft: "draft"
      case .proof: "proof"
      case .issue(let issue, _): "issue \(issue.issue)"
      }
    return ["proceedings", what, "languages " + context.languages.map(\.tag).joined(separator: " ")]
  }

  /// The citation in the document's first language, from parts that need no grammar.
  private func citation(of conference: PrintedConference) -> LocalizedText {
    let language = context.languages[0]
    let (comma, stop) = (Labels.comma(language), Labels.stop(language))
    func words(_ text: LocalizedText?) -> String? { text?.best([language] + context.languages).text }
    func label(_ key: String) -> String? { words(context.label(Labels.fixed[key]!)) }
    func numbered(_ key: String, _ number: Int) -> String? { label(key).map { "\($0) \(number)" } }
    let edition = issue.map { [numbered("issue", $0.number), words($0.date)] } ?? [words(draft?.heading)]
    let groups: [[String?]] = [
      [words(conference.title)], [label("proceedings")] + edition,
      [words(conference.place), words(conference.dates)], [numbered("position", context.checkpoint.position)],
    ]
    let parts = groups.map { group in
      group.compactMap(\.self).map { Direction.isolated($0, in: language) }.joined(separator: comma)
    }
    let sentence = trimming(parts.filter { !$0.isEmpty }.map { $0 + stop }.joined())
    return LocalizedText([language: sentence])
  }

  private var issue: ProceedingsDocument.Issue? {
    guard case .issue(let issue, let date) = edition else { return nil }
    return ProceedingsDocument.Issue(
      number: issue.issue, date: context.languages.localized { Dates.day(date, in: $0) },
      note: context.text(issue.note), provisional: issue.provisional)
  }

  /// What is printed where words were destroyed.
  ///
  /// - Parameter leavesWords: others take their place.
  package static func note(
    byOrderOf authority: LocalizedText, for reason: LocalizedText, leavesWords: Bool, _ languages: [Language]
  ) -> LocalizedText {
    (leavesWords ? Labels.replaced : Labels.expunged).byOrder(of: authority, for: reason, languages)
  }
}

/// The record, session by session, as the document has it.
private struct NumberedRecord {
  typealias Session = PrintedRecord.Session

  let context: PublicationContext
  let asHeld: RecordAsHeld
  let sessions: [Session]
  /// All that are printed.
  let entries: [RecordID: PrintedEntry]
  private let names: RecordNames
  private let knowledge: StatementText.Knowledge

  init(_ model: ProceedingsModel, _ context: PublicationContext, _ edition: ProceedingsPublication.Edition) {
    self.context = context
    asHeld = RecordAsHeld(model, context)
    let record =
      switch edition {
      case .draft: PrintedRecord(model, context.program)
      case .proof(let since): PrintedRecord(model, context.program, since: since)
      case .issue: PrintedRecord(model, context.program, isFinal: true)
      }
    (sessions, entries) = (record.sessions, record.entries)
    names = RecordNames(model, context)
    let program = context.program
    let credited = Dictionary(
      grouping: sessions.flatMap(\.entries).flatMap { $0.attribution.credits ?? [] }, by: \.person
    ).mapValues { Set($0.map(\.name)) }
    knowledge = StatementText.Knowledge(
      languages: context.languages,
      names: { person in
        // Names as they are, and as they were when the words were recorded.
        (program.people[person.slug]?.name.inTexts ?? []) + (credited[person] ?? []).flatMap(\.inTexts)
      },
      registered: names.registered)
  }

  // MARK: Sessions

  /// The sessions that have a record or were convened; all sessions if there is none yet.
  var recorded: [Session] {
    let recorded = sessions.filter { !$0.entries.isEmpty || $0.isHeld }
    return recorded.isEmpty ? sessions : recorded
  }

  var sessionsWithEntries: Set<SessionID> { Set(sessions.filter { !$0.entries.isEmpty }.map(\.row.id)) }

  /// Whether a number in the record can still change.
  var hasProvisionalNumbers: Bool {
    sessions.contains { $0.entries.contains(where: \.isProvisional) }
  }

  /// - Parameter listed: the anchors of what this edition lists about each paragraph, by its anchor.
  func printed(_ session: Session, _ listed: [String: [String]], isChanged: Bool)
    -> ProceedingsDocument.Session
  {
    let row = session.row
    let held = asHeld.session(row)
    let kinds = Dictionary(grouping: session.entries, by: \.kind)
    func printed(_ kind: EntryKind) -> [ProceedingsDocument.Entry] {
      (kinds[kind] ?? []).map { self.printed($0, listed) }
    }
    let statements = kinds[.statement] ?? []
    let segments = asHeld.segments(row.id, among: statements.map(\.order))
    let headings = Set(segments.map(\.before))
    var floor = Floor()
    let paragraphs = statements.enumerated().map { index, entry in
      if headings.contains(index) { floor.pause() }
      return paragraph(entry, &floor, listed)
    }
    return ProceedingsDocument.Session(
      slug: row.id, ordinal: session.ordinal, ordinalPrinted: number(of: session), title: asHeld.title(row),
      changed: isChanged, slots: row.scheduledSlots.map(context.line), asHeld: held.document,
      segments: segments,
      languages: context.names(of: row.details.languages), officers: officers(held), paragraphs: paragraphs,
      positions: printed(.position), conclusions: printed(.conclusion),
      recommendations: printed(.recommendation))
  }

  /// The chair of the program is not printed beside whoever really presided, or as announced.
  private func officers(_ held: SessionAsHeld) -> [PrintedGroup] {
    guard held.steps.contains(where: { $0.details.presiding != nil }) else { return context.groups(held.row) }
    let others = context.groups(held.row) { $0 != .chair }
    if held.presidedAsAnnounced { return others }
    return context.groups(held.row) { $0 == .chair }.map {
      PrintedGroup(role: context.label(Labels.fixed["announcedChair"]!), persons: $0.persons)
    } + others
  }

  /// The words of an entry, for the summary; nil if they are gone.
  func summary(_ id: RecordID) -> ProceedingsDocument.Summary? {
    guard let entry = entries[id], !entry.isSilent, !entry.mayRepeatDestroyedWords else { return nil }
    return ProceedingsDocument.Summary(
      said: said(entry, by: entry.attribution), paragraph: ProceedingsDocument.Reference(entry))
  }

  /// Words that nobody is named for.
  func said(_ text: LocalizedText) -> StatementText { StatementText(context.text(text), by: nil, knowledge) }

  private func number(of session: Session) -> LocalizedText? {
    session.ordinal.map { Labels.sessionNumber.localized(context.languages, with: $0) }
  }

  /// - Parameter form: nil: the entry's own.
  private func said(
    _ entry: PrintedEntry, by attribution: Attribution?, _ form: StatementForm? = nil, goesOn: Bool = false
  ) -> StatementText {
    var knowledge = knowledge
    let (names, kept) = (names, self.names.printed(entry.namesKept.text, of: entry.text))
    knowledge.registered = { names.registered($0, $1, keeping: kept) }
    return StatementText(
      context.text(entry.text), by: attribution, form: form ?? entry.form, goesOn: goesOn,
      spoken: entry.spoken,
      stale: entry.stale, knowledge)
  }

  /// Each entry whose words are printed, in one of these languages.
  func sentences(_ languages: [Language]) -> [RecordID: String] {
    var sentences: [RecordID: String] = [:]
    for session in sessions {
      var floor = Floor()
      for entry in session.entries {
        if entry.isSilent {
          floor.pause()
          continue
        }
        if entry.mayRepeatDestroyedWords {
          sentences[entry.id] = "…"
          continue
        }
        let goesOn =
          entry.kind == .statement && floor.goesOn(entry.attribution, context.text(entry.text), entry.form)
        let topic =
          entry.topic.map { topic in
            let (language, text) = topic.best(languages)
            return text + SentenceManner(language).colon
          } ?? ""
        // A position is no sentence: “Tariffs: Ivan Petrov: Against them.”
        let form = entry.kind == .position ? StatementForm.verbatim : entry.form
        sentences[entry.id] =
          topic + said(entry, by: entry.attribution, form, goesOn: goesOn).plain(languages)
      }
    }
    return sentences
  }

  /// What stands in the place of a text that is gone.
  private func words(_ silence: PrintedEntry.Silence) -> LocalizedText {
    switch silence {
    case .retracted: context.label(Labels.fixed["retracted"]!)
    case .destroyed: context.label(Labels.expunged)
    case .expunged(let authority, let reason): byOrder(Labels.expunged, authority, reason)
    }
  }

  private func byOrder(_ what: Wording, _ authority: LocalizedText, _ reason: LocalizedText) -> LocalizedText
  {
    what.byOrder(of: context.text(authority), for: context.text(reason), context.languages)
  }

  /// What is said beside an entry's words about those that stood there before.
  private func note(_ entry: PrintedEntry) -> LocalizedText? {
    if entry.isSilent { return nil }
    if let order = entry.replacement { return byOrder(Labels.replaced, order.authority, order.reason) }
    return entry.corrections.isEmpty ? nil : context.label(Labels.corrected)
  }

  private func paragraph(_ entry: PrintedEntry, _ floor: inout Floor, _ listed: [String: [String]])
    -> ProceedingsDocument.Entry
  {
    let goesOn = !entry.isSilent && floor.goesOn(entry.attribution, context.text(entry.text), entry.form)
    if entry.isSilent { floor.pause() }
    return printed(entry, listed, goesOn: goesOn)
  }

  /// A retracted or expunged entry keeps its number, and a note says so.
  private func printed(_ entry: PrintedEntry, _ listed: [String: [String]], goesOn: Bool = false)
    -> ProceedingsDocument.Entry
  {
    var printed = ProceedingsDocument.Entry(
      number: entry.number, anchor: entry.anchor, provisional: entry.isProvisional, changed: entry.isChanged,
      silence: entry.silence.map(words),
      note: note(entry),
      corrections: listed[entry.anchor] ?? [])
    if entry.isSilent { return printed }
    let basis = entry.basedOn.flatMap { entries[$0] }
    let attribution = context.text(entry.attribution.asPrinted)
    if entry.mayRepeatDestroyedWords {
      // Nothing but who said it, and the reference.
      printed.silence = basis == nil ? words(.destroyed) : nil
      printed.paragraph = basis.map(ProceedingsDocument.Reference.init)
      printed.attribution = attribution
      return printed
    }
    let repeatsBasis = basis.map { repeats($0, entry) } ?? false
    if !repeatsBasis {
      printed.said = said(entry, by: entry.kind == .position ? nil : entry.attribution, goesOn: goesOn)
    }
    printed.paragraph = basis.map(ProceedingsDocument.Reference.init)
    switch entry.kind {
    case .statement: printed.form = entry.form
    case .position:
      printed.topic = context.text(entry.topic)
      printed.attribution = attribution
    case .conclusion:
      if repeatsBasis { printed.attribution = attribution }
      printed.rationale = entry.rationale.map { names.plain($0, keeping: entry.namesKept.rationale) }
    case .recommendation:
      if repeatsBasis { printed.attribution = attribution }
      if !entry.addressees.isEmpty { printed.addressees = entry.addressees.map { context.text($0) } }
    }
    return printed
  }

  /// Whether an entry only has sentences of the paragraph that it is based on, in every language that is printed.
  /// A stance in a few words of a longer sentence is no repetition.
  private func repeats(_ basis: PrintedEntry, _ entry: PrintedEntry) -> Bool {
    if basis.isSilent { return false }
    let known = context.text(basis.text)
    return context.text(entry.text).entries.allSatisfy { own in
      let said = sentences(own.text, own.language)
      guard let other = known[own.language], !said.isEmpty else { return false }
      return said.isSubset(of: sentences(other, own.language))
    }
  }

  /// The sentences in small letters, without punctuation.
  private func sentences(_ text: String, _ language: Language) -> Set<String> {
    Set(
      names.plain(text, language).lowercased().split { ".!?。！？…".contains($0) }
        .map { $0.split { $0.isWhitespace || $0.isPunctuation }.joined(separator: " ") }
        .filter { !$0.isEmpty })
  }

  // MARK: People

  /// Everybody with a role in one of the sessions or with an attribution by name.
  var speakers: [ProceedingsDocument.Speaker] {
    var roles: [PersonID: [LocalizedText]] = [:]
    for session in sessions {
      var parts: [PersonID: [SessionRole]] = [:]
      for part in session.row.assignments { parts[part.person, default: []].append(part.role) }
      for (person, held) in parts {
        guard let ordinal = number(of: session) else {
          roles[person, default: []] += []
          continue
        }
        let names = Set(held).sorted().map { context.label(Labels.role($0, several: false)) }
        roles[person, default: []].append(
          LocalizedText(
            Dictionary(
              uniqueKeysWithValues: ordinal.languages.map { language in
                let words = names.map { $0.best([language]).text }.joined(separator: ", ")
                let between = Labels.between.localized([language]).best([language]).text
                return (language, ordinal[language]! + between + words)
              })))
      }
      for entry in session.entries where !entry.isSilent {
        for person in entry.attribution.persons { roles[context.program.kept(person), default: []] += [] }
      }
    }
    return context.people.filter { roles[$0.person] != nil }.map { row in
      let person = context.person(row)
      return ProceedingsDocument.Speaker(
        person: row.person, names: person.names, affiliations: person.affiliations,
        countries: countries(of: row),
        sessionRoles: roles[row.person] ?? [])
    }
  }

  private func countries(of row: PersonRow) -> [LocalizedText] {
    var seen: Set<LocalizedText> = []
    return row.affiliations.filter { !$0.affiliation.former }
      .compactMap { context.text($0.affiliation.country) }.filter { seen.insert($0).inserted }
  }
}

extension PersonName {
  /// The words by which a text names the person: full names, and family names where a space or a letter ends them.
  fileprivate var inTexts: [String] {
    forms.flatMap { form in
      [form.printed] + [form.isSpaceless ? nil : form.family].compactMap(\.self).filter { $0.count > 1 }
    }
  }
}
