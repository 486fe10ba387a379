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
      return PrintedCorrection(
        anchor: "correction-\(correction.id)", number: entry?.number ?? "", paragraph: entry?.anchor,
        session: context.program.sessions[row.session.slug].map(asHeld.title)
          ?? LocalizedText([.english: row.session.slug]),
        heading: heading(correction, day(correction.decidedOrRequestedAt)), changes: changes(correction),
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

  private func changes(_ correction: CorrectionRow) -> [PrintedCorrection.Change] {
    let (before, after) = (correction.before ?? EntryDetails.Changes(), correction.changes)
    return after.fields.compactMap { field in
      var (old, new) = (
        printed(field, before, keeping: correction.namesBefore), printed(field, after)
      )
      if field == .attribution, old == new, let one = before.attribution, let other = after.attribution {
        (old, new) = (printed(one, besides: other), printed(other, besides: one))
      }
      // What differs is not printed: marks for an index, or a name that is withheld.
      if old == new { (old, new) = (nil, context.label(Labels.samePrintedWords)) }
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
  /// - Parameter kept: the positions whose registered names it has, by the tag of its language.
  private func printed(
    _ field: EntryDetails.Field, _ changes: EntryDetails.Changes, keeping kept: [String: Int] = [:]
  ) -> LocalizedText? {
    switch field {
    case .text: changes.text.map { names.plain($0, keeping: kept) }
    case .attribution: context.text(changes.attribution?.asPrinted)
    case .topic: context.text(changes.topic)
    case .rationale: changes.rationale.map { names.plain($0, keeping: kept) }
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
