package import Foundation
import JSON
import People
package import ReadModels
import Record
package import Scheduling
package import Vocabulary

/// The corrections of a published issue.
package struct CorrigendumPublication: Sendable {
  private let context: PublicationContext
  private let corrections: PrintedCorrections
  private let asHeld: RecordAsHeld
  private let issue: IssueRow

  /// - Parameter issue: the one that is corrected, by what was accepted after it and before the next.
  package init(
    _ model: ProceedingsModel, of issue: IssueRow, program: ProgramModel, _ checkpoint: Checkpoint,
    conference: ConferenceID, _ settings: PrintSettings = PrintSettings()
  ) {
    self.issue = issue
    context = PublicationContext(conference, program, checkpoint, settings)
    let next = model.issue(issue.details.issue + 1)?.position ?? .max
    asHeld = RecordAsHeld(model, context)
    corrections = PrintedCorrections(
      model, context, asHeld, PrintedRecord(model, program).entries,
      accepted: issue.position..<next)
  }

  package var isEmpty: Bool { corrections.items.isEmpty }

  package func document() -> CorrigendumDocument {
    let date = issue.details.date ?? context.days(of: [issue.issuedAt])(issue.issuedAt)
    return CorrigendumDocument(
      header: asHeld.header(context.header(CorrigendumDocument.template)),
      body: CorrigendumDocument.Body(
        heading: Labels.corrigendumTo.localized(context.languages, with: String(issue.details.issue)),
        date: context.languages.localized { Dates.day(date, in: $0) },
        items: corrections.items))
  }

  package func json() throws -> Data { try JSONText.data(document(), pretty: true) }

  package func html() -> String { CorrigendumPage(document()).html }
}

/// The words of an accepted correction, as far as they may be published, and the registered names that they have.
struct CorrectionWords {
  let correction: CorrectionRow
  let namesBefore: NamesKept
  let namesAfter: NamesKept
  /// The last event that destroyed words of what the entry rests on.
  private let destroyedAt: Int?
  private let isLeftOut: Bool

  init(_ correction: CorrectionRow, of entry: EntryRow, _ model: ProceedingsModel) {
    self.correction = correction
    namesBefore = correction.namesBefore
    namesAfter = model.namesKept(since: correction.position, in: correction.changes)
    destroyedAt = model.foundationDestroyedAt(entry)
    isLeftOut = model.mayRepeatDestroyedWords(entry)
  }

  /// Whether a field may have the words that were destroyed. Nobody knows that of words that the entry had before, nor of
  /// new ones until somebody has looked at the entry.
  func hides(_ field: EntryDetails.Field, new: Bool) -> Bool {
    guard let destroyedAt, Self.fields.contains(field) else { return false }
    return !new || isLeftOut || correction.position < destroyedAt
  }

  private static let fields: [EntryDetails.Field] = [.text, .topic, .rationale, .addressees]

  /// Without the words that may not be published.
  func published(_ changes: EntryDetails.Changes, new: Bool) -> EntryDetails.Changes {
    var rest = changes
    if hides(.text, new: new) { (rest.text, rest.without) = (nil, nil) }
    if hides(.topic, new: new) { rest.topic = nil }
    if hides(.rationale, new: new) { rest.rationale = nil }
    if hides(.addressees, new: new) { rest.addressees = nil }
    return rest
  }
}

/// Accepted corrections, as they are printed: in a corrigendum, and in the list of the next issue.
struct PrintedCorrections {
  private(set) var items: [PrintedCorrection] = []
  private let context: PublicationContext
  private let names: RecordNames
  /// Those that are printed.
  private let entries: [RecordID: PrintedEntry]

  /// - Parameter positions: those of their acceptance.
  init(
    _ model: ProceedingsModel, _ context: PublicationContext, _ asHeld: RecordAsHeld,
    _ entries: [RecordID: PrintedEntry], accepted positions: some RangeExpression<Int>
  ) {
    self.context = context
    self.entries = entries
    names = RecordNames(model, context)
    let accepted = model.corrigenda(positions, model.sessions(in: context.program).map(\.id))
    let day = context.days(of: accepted.map { $0.correction.decidedOrRequestedAt })
    items = accepted.map { correction, row in
      let entry = entries[row.id]
      let words = CorrectionWords(correction, of: row, model)
      return PrintedCorrection(
        anchor: "correction-\(correction.id)", number: entry?.number ?? "", paragraph: entry?.anchor,
        session: context.program.sessions[row.session.slug].map(asHeld.title)
          ?? LocalizedText([.english: row.session.slug]),
        heading: heading(correction, day(correction.decidedOrRequestedAt)), changes: changes(words),
        facts: facts(correction))
    }
  }

  private func heading(_ correction: CorrectionRow, _ date: CalendarDate) -> LocalizedText {
    let kind = correction.retracts ? Labels.retraction : Labels.correction(correction.kind)
    return context.languages.localized { language in
      kind.localized([language]).best([language]).text + Labels.comma(language)
        + Dates.day(date, in: language)
    }
  }

  private func changes(_ words: CorrectionWords) -> [PrintedCorrection.Change] {
    let (before, after) = (words.correction.before ?? EntryDetails.Changes(), words.correction.changes)
    return after.fields.compactMap { field in
      var (old, new) = (
        words.hides(field, new: false)
          ? context.label(Labels.expunged) : printed(field, before, keeping: words.namesBefore),
        words.hides(field, new: true)
          ? context.label(Labels.expunged) : printed(field, after, keeping: words.namesAfter)
      )
      if field == .attribution, old == new, let one = before.attribution, let other = after.attribution {
        (old, new) = (printed(one, besides: other), printed(other, besides: one))
      }
      // What differs is not printed: marks for an index, or a name that is withheld.
      if old == new, !words.hides(field, new: false) {
        (old, new) = (nil, context.label(Labels.samePrintedWords))
      }
      return PrintedCorrection.Change(label: context.label(Labels.field(field)), old: old, new: new)
    }
  }

  private func facts(_ correction: CorrectionRow) -> [PrintedCorrection.Fact] {
    var facts: [PrintedCorrection.Fact] = []
    if let reason = correction.reason {
      facts.append(.init(label: context.label(Labels.fixed["rationale"]!), text: context.text(reason)))
    }
    if let against = correction.verifiedAgainst {
      facts.append(
        .init(label: context.label(Labels.verifiedAgainst), text: context.label(Labels.verification(against)))
      )
    }
    if let requester = correction.requester {
      facts.append(.init(label: context.label(Labels.requestedBy), text: context.text(requester)))
    }
    return facts
  }

  // MARK: Values in words

  /// A change's value; nil if it has none.
  ///
  /// - Parameter kept: the registered names that it has.
  private func printed(
    _ field: EntryDetails.Field, _ changes: EntryDetails.Changes, keeping kept: NamesKept
  ) -> LocalizedText? {
    switch field {
    case .text: changes.text.map { names.plain($0, keeping: kept.text) }
    case .attribution: context.text(changes.attribution?.asPrinted)
    case .topic: context.text(changes.topic)
    case .rationale: changes.rationale.map { names.plain($0, keeping: kept.rationale) }
    case .addressees:
      list(changes.addressees) { address, language in address.best([language] + context.languages).text }
    case .mentions: list(changes.mentions, name)
    case .spoken: changes.spoken.flatMap { context.names(of: [$0]).first }
    case .acts:
      list(changes.acts) { act, language in
        Labels.acts[act.word]?.localized([language]).best([language]).text ?? act.word
      }
    case .form: changes.form.map { context.label(Labels.form($0)) }
    case .basedOn: changes.basedOn.map { LocalizedText([.english: entries[$0]?.number ?? $0.slug]) }
    }
  }

  private func list<Element>(_ elements: [Element]?, _ say: (Element, Language) -> String) -> LocalizedText? {
    guard let elements, !elements.isEmpty else { return nil }
    return context.languages.localized { language in
      elements.map { say($0, language) }.joined(separator: Labels.semicolon(language))
    }
  }

  private func name(_ person: PersonID, _ language: Language) -> String {
    context.program.people[person.slug]?.name.best([language] + context.languages).printed ?? person.slug
  }

  /// Who is named, with what tells it from another attribution that is printed in the same words; nil: nothing does.
  private func printed(_ attribution: Attribution, besides other: Attribution) -> LocalizedText? {
    func word(_ wording: Wording?, _ language: Language) -> String? {
      wording?.localized([language]).best([language]).text
    }
    let printed = context.text(attribution.asPrinted)
    return context.languages.localized { language in
      var remarks: [String?] = []
      if attribution.persons != other.persons || attribution.credits != other.credits {
        remarks += attribution.persons.map { introduced($0, attribution, language) }
      }
      if attribution.of != other.of { remarks.append(context.text(attribution.of)?.best([language]).text) }
      if attribution.mode != other.mode { remarks.append(word(Labels.mode(attribution.mode), language)) }
      if attribution.groupBasis != other.groupBasis {
        remarks.append(word(attribution.groupBasis.map(Labels.groupBasis), language))
      }
      if attribution.quantifier != other.quantifier {
        remarks.append(word(attribution.quantifier.map(Labels.quantifier), language))
      }
      if attribution.basis != other.basis { remarks.append(word(Labels.basis(attribution.basis), language)) }
      let remark = remarks.compactMap(\.self).joined(separator: Labels.semicolon(language))
      let name = printed?.best([language]).text ?? ""
      if remark.isEmpty { return name }
      return name.isEmpty ? remark : name + SentenceManner(language).bracketed(remark)
    }
  }

  /// The person's name and offices, as of the day of the statement.
  private func introduced(_ person: PersonID, _ attribution: Attribution, _ language: Language) -> String {
    let credit = attribution.credits?.first { $0.person == person }
    let row = context.program.people[person.slug]
    let name = (credit?.name ?? row?.name)?.best([language] + context.languages).printed ?? person.slug
    let offices = credit?.affiliations ?? row?.affiliations.map(\.affiliation) ?? []
    return ([name] + offices.map { context.text($0.asPrinted).best([language]).text })
      .joined(separator: Labels.comma(language))
  }
}

extension CorrectionRow {
  fileprivate var decidedOrRequestedAt: Timestamp { decidedAt ?? requestedAt }
}
