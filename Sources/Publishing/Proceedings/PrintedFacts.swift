import ReadModels
import Record
import Scheduling
import Vocabulary

/// What the record prints of itself and of its sessions, beside their entries: titles, when and how they were held, and
/// their parts.
struct PrintedFacts: Sendable {
  struct Fact: Sendable {
    let label: LocalizedText
    /// Nil where nothing is printed.
    let text: LocalizedText?
  }

  private struct Session: Sendable {
    let id: SessionID
    let title: LocalizedText
    let facts: [Fact]
  }

  private let title: LocalizedText
  private let front: [Fact]
  private let sessions: [Session]

  init(_ asHeld: RecordAsHeld, _ record: PrintedRecord, _ names: RecordNames) {
    let context = names.context
    title = asHeld.header(context.header(ProceedingsDocument.template)).conference.title
    let numbers = record.entries.mapValues(\.number)
    front =
      [Fact(label: context.label(Labels.field(FrontMatterDetails.Field.headline)), text: title)]
      + asHeld.frontFacts(names, numbers)
    sessions = record.sessions.filter { !$0.entries.isEmpty || $0.isHeld }.map { session in
      Session(id: session.row.id, title: asHeld.title(session.row), facts: asHeld.facts(session.row))
    }
  }

  /// What is printed otherwise later, of the sessions that this issue has.
  ///
  /// - Parameter issue: its number.
  func changes(to later: PrintedFacts, since issue: Int, _ context: PublicationContext) -> [PrintedCorrection]
  {
    let heading = Labels.changedAfterIssue.localized(context.languages, with: String(issue))
    func item(_ name: String, _ title: LocalizedText, _ changes: [PrintedCorrection.Change])
      -> PrintedCorrection?
    {
      if changes.isEmpty { return nil }
      return PrintedCorrection(
        anchor: "changed-\(name)", number: nil, paragraph: nil, session: title, heading: heading,
        changes: changes, facts: [])
    }
    let own = item("record", later.title, Self.changes(front, later.front))
    return [own].compactMap(\.self)
      + sessions.compactMap { session in
        guard let other = later.sessions.first(where: { $0.id == session.id }) else { return nil }
        return item("session-\(session.id)", other.title, Self.changes(session.facts, other.facts))
      }
  }

  private static func changes(_ old: [Fact], _ new: [Fact]) -> [PrintedCorrection.Change] {
    var labels: [LocalizedText] = []
    for fact in old + new where !labels.contains(fact.label) { labels.append(fact.label) }
    return labels.compactMap { label in
      let (before, after) = (
        old.first { $0.label == label }?.text, new.first { $0.label == label }?.text
      )
      return before == after ? nil : PrintedCorrection.Change(label: label, old: before, new: after)
    }
  }
}

extension RecordAsHeld {
  /// What is printed of a session beside its entries, each fact as one text.
  fileprivate func facts(_ row: SessionRow) -> [PrintedFacts.Fact] {
    let session = session(row)
    func fact(_ label: Wording, _ texts: [LocalizedText]) -> PrintedFacts.Fact {
      PrintedFacts.Fact(label: context.label(label), text: list(texts))
    }
    func fixed(_ key: String, _ lines: [ProceedingsDocument.Line]) -> PrintedFacts.Fact {
      fact(Labels.fixed[key]!, lines.map(oneText))
    }
    return [
      fact(Labels.field(FrontMatterDetails.Field.headline), [title(row)]),
      fixed("announced", row.cancelled ? [] : session.announced),
      fixed("cancelled", row.cancelled ? session.announced : []),
      fixed("held", session.held),
      fact(Labels.fixed["presiding"]!, session.presiding),
      fact(Labels.fixed["presentNumber"]!, session.numbersPresent),
      fact(Labels.segments, segments(row.id, among: []).map(\.title)),
    ]
  }

  /// A time and a place.
  private func oneText(_ line: ProceedingsDocument.Line) -> LocalizedText {
    context.languages.localized { language in
      [line.when, line.room].compactMap { $0?.best([language]).text }.joined(
        separator: Labels.comma(language))
    }
  }

  /// - Parameter numbers: those of the printed entries.
  fileprivate func frontFacts(_ names: RecordNames, _ numbers: [RecordID: String]) -> [PrintedFacts.Fact] {
    FrontMatterDetails.Field.allCases.compactMap { field in
      let text: LocalizedText? =
        switch field {
        // The title is printed with that of the conference; the others say how the record is printed.
        case .headline, .seriesNumber, .participants, .unstated: nil
        case .brand: printedShortTitle
        case .series: series
        case .dateline: context.text(front.dateline)
        case .summary: front.summary.map { names.plain($0) }
        case .summaryFrom:
          front.summaryFrom.flatMap { entries in
            list(entries.compactMap { numbers[$0] }.map { LocalizedText([context.languages[0]: $0]) })
          }
        case .note: context.text(front.note)
        case .publisher: context.text(front.publisher)
        case .identifiers: list(identifiers)
        case .licence: context.text(front.licence)
        case .citation: context.text(front.citation)
        }
      return text.map { PrintedFacts.Fact(label: context.label(Labels.field(field)), text: $0) }
    }
  }

  private func list(_ texts: [LocalizedText]) -> LocalizedText? {
    if texts.isEmpty { return nil }
    return context.languages.localized { language in
      texts.map { $0.best([language]).text }.joined(separator: Labels.semicolon(language))
    }
  }
}
