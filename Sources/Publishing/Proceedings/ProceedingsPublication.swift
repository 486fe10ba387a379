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
  let model: ProceedingsModel
  let edition: Edition

  /// What a document says that it is.
  package enum Edition: Sendable {
    /// Whatever is recorded, with changes since the last issue.
    case draft
    /// A draft in which the entries are marked that changed after a position; nil: none is.
    case proof(since: Int?)
    /// A published issue, or one that is about to be published, with the day on its title page.
    case issue(ProceedingsIssued, date: CalendarDate)
  }

  /// - Parameters:
  ///   - program: has the names of sessions and people, at the same position.
  ///   - settings: the selection and the languages; by default everything.
  package init(
    _ model: ProceedingsModel, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings(), as edition: Edition = .draft
  ) {
    self.model = model
    self.edition = edition
    context = PublicationContext(conference, program, checkpoint, settings)
  }

  package func record() -> ProceedingsDocument {
    let record = NumberedRecord(model, context, edition)
    let corrections = PrintedCorrections(model, context, accepted: correctedPositions).items
    let front = record.asHeld.front
    return ProceedingsDocument(
      header: record.asHeld.header(context.header(ProceedingsDocument.template)),
      body: ProceedingsDocument.Body(
        issue: issue, draft: draft, claims: claims, editorialNote: context.text(front.note),
        citation: context.text(front.citation),
        front: record.asHeld.printedFront(record.summary, record.said),
        numbersProvisional: record.hasProvisionalNumbers,
        sessions: record.recorded.map { record.printed($0, Set(corrections.map(\.anchor))) },
        programAsHeld: record.asHeld.deviations, corrections: corrections,
        speakers: front.participants == .nobody ? [] : record.speakers,
        indexes: RecordIndexes(record.sessions, model, context)))
  }

  package func html() -> String { ProceedingsPage(record()).html }

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

  /// The positions of the corrections that this edition is the first to contain.
  private var correctedPositions: Range<Int> {
    switch edition {
    case .draft, .proof: return model.lastIssue.map { $0.position..<Int.max } ?? 0..<0
    case .issue(let issue, _):
      guard let previous = model.issue(issue.issue - 1) else { return 0..<0 }
      return previous.position..<max(previous.position, issue.at.map { $0 + 1 } ?? .max)
    }
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

  private var issue: ProceedingsDocument.Issue? {
    guard case .issue(let issue, let date) = edition else { return nil }
    return ProceedingsDocument.Issue(
      number: issue.issue, date: context.languages.localized { Dates.day(date, in: $0) },
      note: context.text(issue.note), provisional: issue.provisional)
  }
}

/// The record, session by session, as the document has it.
private struct NumberedRecord {
  typealias Session = PrintedRecord.Session

  let context: PublicationContext
  let asHeld: RecordAsHeld
  let sessions: [Session]
  /// Statements, which others are based on.
  private let statements: [RecordID: PrintedEntry]
  private let knowledge: StatementText.Knowledge
  private let registered: RecordNames

  init(_ model: ProceedingsModel, _ context: PublicationContext, _ edition: ProceedingsPublication.Edition) {
    self.context = context
    asHeld = RecordAsHeld(model, context)
    let record =
      switch edition {
      case .draft: PrintedRecord(model, context.program)
      case .proof(let since): PrintedRecord(model, context.program, since: since)
      case .issue: PrintedRecord(model, context.program, isFinal: true)
      }
    sessions = record.sessions
    statements = Dictionary(
      sessions.flatMap(\.entries).filter { $0.kind == .statement }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
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
      registered: RecordNames(model, context).registered)
    registered = RecordNames(model, context)
  }

  // MARK: Sessions

  /// The sessions with a record; all sessions if there is no record yet.
  var recorded: [Session] {
    let recorded = sessions.filter { !$0.entries.isEmpty }
    return recorded.isEmpty ? sessions : recorded
  }

  /// Whether a number in the record can still change.
  var hasProvisionalNumbers: Bool {
    sessions.contains { $0.entries.contains { $0.isProvisional && $0.kind != .position } }
  }

  /// - Parameter listed: the anchors of the corrections that this edition lists.
  func printed(_ session: Session, _ listed: Set<String>) -> ProceedingsDocument.Session {
    let (row, entries) = (session.row, session.entries)
    var floor = Floor()
    let held = asHeld.session(row)
    return ProceedingsDocument.Session(
      slug: row.id, ordinal: session.ordinal, ordinalPrinted: number(of: session), title: asHeld.title(row),
      programTitle: asHeld.hasHeading(row) ? context.text(row.details.title) : nil,
      slots: row.scheduledSlots.map(context.line), asHeld: held.document,
      segments: asHeld.segments(row.id, among: entries.filter { $0.kind == .statement }.map(\.order)),
      languages: context.names(of: row.details.languages), officers: officers(held), rule: nil,
      paragraphs: entries.filter { $0.kind == .statement }.map { paragraph($0, &floor, listed) },
      positions: entries.filter { $0.kind == .position && !$0.isSilent }.map(position),
      conclusions: entries.filter { $0.kind == .conclusion }.map(conclusion),
      recommendations: entries.filter { $0.kind == .recommendation }.map(recommendation))
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
    guard let entry = sessions.lazy.flatMap(\.entries).first(where: { $0.id == id }), !entry.isSilent else {
      return nil
    }
    return ProceedingsDocument.Summary(said: said(entry), paragraph: entry.number)
  }

  /// Words that nobody is named for.
  func said(_ text: LocalizedText) -> StatementText { StatementText(context.text(text), by: nil, knowledge) }

  private func number(of session: Session) -> LocalizedText? {
    session.ordinal.map { Labels.sessionNumber.localized(context.languages, with: $0) }
  }

  private func attribution(_ entry: PrintedEntry) -> LocalizedText? {
    entry.isSilent ? nil : context.text(entry.attribution.asPrinted)
  }

  private func said(_ entry: PrintedEntry, goesOn: Bool = false) -> StatementText {
    var knowledge = knowledge
    let (names, kept) = (registered, entry.namesKept)
    knowledge.registered = { names.registered($0, $1, keeping: kept) }
    return StatementText(
      context.text(entry.text), by: entry.attribution, form: entry.form, goesOn: goesOn, spoken: entry.spoken,
      stale: entry.stale, knowledge)
  }

  /// What stands in the place of a text that is gone.
  private func words(_ silence: PrintedEntry.Silence) -> LocalizedText {
    switch silence {
    case .retracted: context.label(Labels.fixed["retracted"]!)
    case .destroyed: context.label(Labels.expunged)
    case .expunged(let authority, let reason):
      LocalizedText(
        Dictionary(
          uniqueKeysWithValues: context.label(Labels.expunged).entries.map { expunged in
            let details = [authority, reason].map { context.text($0).best([expunged.language]).text }
            let between = Labels.comma(expunged.language)
            return (expunged.language, expunged.text + " (" + details.joined(separator: between) + ")")
          }))
    }
  }

  /// A retracted statement keeps its number but has no text.
  private func paragraph(_ entry: PrintedEntry, _ floor: inout Floor, _ listed: Set<String>)
    -> ProceedingsDocument.Paragraph
  {
    let goesOn = !entry.isSilent && floor.goesOn(entry.attribution, context.text(entry.text), entry.form)
    if entry.isSilent { floor.pause() }
    return ProceedingsDocument.Paragraph(
      number: entry.number, anchor: entry.anchor, provisional: entry.isProvisional, changed: entry.isChanged,
      said: entry.isSilent ? nil : said(entry, goesOn: goesOn),
      form: entry.form.rawValue, kind: EntryKind.statement.rawValue,
      note: entry.corrections.isEmpty || entry.isSilent ? nil : context.label(Labels.corrected),
      corrections: entry.corrections.map { "correction-\($0)" }.filter(listed.contains),
      silence: entry.silence.map(words),
      retracted: entry.isSilent)
  }

  /// Whether the paragraph that an entry is based on has the same sentences, in every language in which both have some.
  /// A stance in a few words of a longer sentence is no repetition.
  private func repeatsBasis(_ entry: PrintedEntry) -> Bool {
    if entry.mayRepeatDestroyedWords { return true }
    guard let basis = entry.basedOn.flatMap({ statements[$0] }), !basis.isSilent else { return false }
    let pairs = entry.text.entries.compactMap { own in basis.text[own.language].map { (own.text, $0) } }
    return !pairs.isEmpty && pairs.allSatisfy { Self.sentences($0).isSubset(of: Self.sentences($1)) }
  }

  /// The sentences in small letters, without punctuation.
  private static func sentences(_ text: String) -> Set<String> {
    Set(
      MarkedText(stored: text).plain.lowercased().split { ".!?。！？…".contains($0) }
        .map { $0.split { $0.isWhitespace || $0.isPunctuation }.joined(separator: " ") }
        .filter { !$0.isEmpty })
  }

  /// The number of the paragraph that an entry rests on; where nothing else is printed, of whatever it rests on.
  private func reference(_ entry: PrintedEntry) -> String? {
    guard let basis = entry.basedOn else { return nil }
    return statements[basis]?.number
      ?? (entry.mayRepeatDestroyedWords
        ? sessions.lazy.flatMap(\.entries).first { $0.id == basis }?.number : nil)
  }

  private func position(_ entry: PrintedEntry) -> ProceedingsDocument.Position {
    ProceedingsDocument.Position(
      number: entry.number, anchor: entry.anchor, provisional: entry.isProvisional,
      topic: context.text(entry.topic), holder: attribution(entry),
      stance: repeatsBasis(entry) ? nil : context.text(entry.text).withoutMarks,
      paragraph: reference(entry))
  }

  private func conclusion(_ entry: PrintedEntry) -> ProceedingsDocument.Conclusion {
    ProceedingsDocument.Conclusion(
      number: entry.number, anchor: entry.anchor, provisional: entry.isProvisional,
      said: entry.isSilent || repeatsBasis(entry) ? nil : said(entry),
      attribution: attribution(entry),
      rationale: entry.isSilent || entry.mayRepeatDestroyedWords
        ? nil : context.text(entry.rationale)?.withoutMarks,
      paragraph: reference(entry), retracted: entry.isSilent)
  }

  private func recommendation(_ entry: PrintedEntry) -> ProceedingsDocument.Recommendation {
    ProceedingsDocument.Recommendation(
      number: entry.number, anchor: entry.anchor, provisional: entry.isProvisional,
      said: entry.isSilent || repeatsBasis(entry) ? nil : said(entry),
      attribution: attribution(entry),
      addressees: entry.isSilent ? [] : entry.addressees.map { context.text($0) },
      paragraph: reference(entry), retracted: entry.isSilent)
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
        for person in entry.attribution.persons { roles[person, default: []] += [] }
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
      let spaceless = ["zh", "ja", "ko"].contains(form.language.primary)
      return [form.printed] + [spaceless ? nil : form.family].compactMap(\.self).filter { $0.count > 1 }
    }
  }
}
