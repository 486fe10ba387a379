import People
import ReadModels
import Record
import Scheduling
import Vocabulary

/// What was decided about published entries, as it is printed: in a corrigendum, and in the list of the next issue.
struct PrintedCorrections {
  private(set) var items: [PrintedCorrection] = []
  private let context: PublicationContext
  private let names: RecordNames
  /// Those that are printed.
  private let entries: [RecordID: PrintedEntry]

  /// - Parameters:
  ///   - issue: the one that is corrected.
  ///   - end: the position of the next issue; nil if there is none yet.
  init(
    _ model: ProceedingsModel, _ context: PublicationContext, _ asHeld: RecordAsHeld,
    _ entries: [RecordID: PrintedEntry], of issue: IssueRow, before end: Int?
  ) {
    self.context = context
    self.entries = entries
    names = RecordNames(model, context)
    let decided = model.corrigenda(
      of: issue, before: end ?? .max, model.sessions(in: context.program).map(\.id))
    let day = context.days(of: decided.map(\.on))
    items = decided.map { corrigendum in
      let row = corrigendum.entry
      let entry = entries[row.id]
      func item(
        _ anchor: String, _ kind: Wording, _ changes: [PrintedCorrection.Change],
        _ facts: [PrintedCorrection.Fact]
      ) -> PrintedCorrection {
        PrintedCorrection(
          anchor: anchor, number: entry?.number, paragraph: entry?.anchor,
          session: context.program.sessions[row.session.slug].map(asHeld.title)
            ?? LocalizedText([.english: row.session.slug]),
          heading: heading(kind, day(corrigendum.on)), changes: changes, facts: facts)
      }
      switch corrigendum.what {
      case .correction(let correction):
        return item(
          "correction-\(correction.id)",
          correction.retracts ? Labels.retraction : Labels.correction(correction.kind),
          changes(CorrectionWords(correction, of: row, model), of: row), facts(correction))
      case .order(let order):
        return item(
          "order-\(row.id)-\(order.position)", order.leavesWords ? Labels.replaced : Labels.expunged, [],
          facts(order))
      case .leftOut(let order):
        return item("order-\(row.id)-\(order.position)", Labels.leftOut, [], facts(order))
      }
    }
  }

  private func heading(_ kind: Wording, _ date: CalendarDate) -> LocalizedText {
    context.languages.localized { language in
      kind.localized([language]).best([language]).text + Labels.comma(language)
        + Dates.day(date, in: language)
    }
  }

  private func changes(_ words: CorrectionWords, of row: EntryRow) -> [PrintedCorrection.Change] {
    if words.correction.changes.fields.isEmpty, !words.correction.retracts, row.destroyedAt != nil {
      return [
        PrintedCorrection.Change(
          label: context.label(Labels.field(.text)), old: nil, new: context.label(Labels.expunged))
      ]
    }
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

  private func facts(_ order: EntryRow.Expunction) -> [PrintedCorrection.Fact] {
    [
      PrintedCorrection.Fact(label: context.label(Labels.orderedBy), text: context.text(order.authority)),
      PrintedCorrection.Fact(
        label: context.label(Labels.fixed["rationale"]!), text: context.text(order.reason)),
    ]
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
    case .said: changes.said.map { LocalizedText([.english: $0.readable]) }
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
      Direction.joined(elements.map { say($0, language) }, by: Labels.semicolon(language), in: language)
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
      let remark = Direction.joined(
        remarks.compactMap(\.self), by: Labels.semicolon(language), in: language)
      let name = printed?.best([language]).text ?? ""
      if remark.isEmpty { return name }
      if name.isEmpty { return remark }
      return Direction.isolated(name, in: language)
        + SentenceManner(language).bracketed(Direction.isolated(remark, in: language))
    }
  }

  /// The person's name and offices, as of the day of the statement.
  private func introduced(_ person: PersonID, _ attribution: Attribution, _ language: Language) -> String {
    let credit = attribution.credits?.first { $0.person == person }
    let row = context.program.people[person.slug]
    let name = (credit?.name ?? row?.name)?.best([language] + context.languages).printed ?? person.slug
    let offices = credit?.affiliations ?? row?.affiliations.map(\.affiliation) ?? []
    return Direction.joined(
      [name] + offices.map { context.text($0.asPrinted).best([language]).text },
      by: Labels.comma(language), in: language)
  }
}
