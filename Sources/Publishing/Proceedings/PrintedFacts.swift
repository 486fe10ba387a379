import ReadModels
import Record
import Scheduling
import Vocabulary

/// What the record prints of itself and of its sessions, beside their entries: titles, when and where sessions were
/// announced and held, who presided, how many were present, their parts, and the front.
struct PrintedFacts: Sendable {
  enum Key: Hashable, Sendable {
    case front(FrontMatterDetails.Field)
    case title, announced, cancelled, held, presiding, present, segments

    /// Somebody wrote it, and it can have words or names of entries.
    fileprivate var isFreeText: Bool {
      switch self {
      case .front, .title, .presiding, .segments: true
      case .announced, .cancelled, .held, .present: false
      }
    }
  }

  fileprivate struct Fact: Sendable {
    let key: Key
    let label: LocalizedText
    let text: LocalizedText
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
    front =
      [Fact(key: .title, label: context.label(Labels.field(FrontMatterDetails.Field.headline)), text: title)]
      + asHeld.frontFacts(names, record.entries.mapValues(\.number))
    sessions = record.sessions.filter { !$0.entries.isEmpty || $0.isHeld }.map { session in
      Session(id: session.row.id, title: asHeld.title(session.row), facts: asHeld.facts(session.row))
    }
  }

  /// The sessions of which something else is printed later, and those that are new.
  func changedSessions(in later: PrintedFacts) -> Set<SessionID> {
    Set(
      later.sessions.filter { session in
        guard let known = sessions.first(where: { $0.id == session.id }) else { return true }
        return !Self.differences(known.facts, session.facts).isEmpty
      }.map(\.id))
  }

  /// Whether the same is printed later.
  func isSame(as later: PrintedFacts) -> Bool {
    sessions.map(\.id) == later.sessions.map(\.id) && changedSessions(in: later).isEmpty
      && Self.differences(front, later.front).isEmpty
  }

  /// What is printed otherwise later, of what this issue has.
  ///
  /// - Parameters:
  ///   - issue: the one that printed these facts.
  ///   - model: the record later. If it has destroyed words of the issue, or withholds a name that the issue has, texts are
  ///     not repeated: nobody knows whether one of them has these words or that name.
  func changes(
    to later: PrintedFacts, since issue: IssueRow, _ model: ProceedingsModel, _ context: PublicationContext
  ) -> [PrintedCorrection] {
    let isSilent = model.hasExpunctions(in: issue) || model.withholdsNames(of: issue)
    let heading = Labels.changedAfterIssue.localized(
      context.languages, with: String(issue.details.issue))
    func item(_ name: String, _ title: LocalizedText, _ old: [Fact], _ new: [Fact]) -> PrintedCorrection? {
      let changes = Self.differences(old, new).map { key, before, after in
        PrintedCorrection.Change(
          label: (after ?? before)!.label,
          old: isSilent && key.isFreeText && before != nil
            ? context.label(Labels.notRepeated) : before?.text, new: after?.text)
      }
      if changes.isEmpty { return nil }
      return PrintedCorrection(
        anchor: "changed-\(name)", number: nil, paragraph: nil, session: title, heading: heading,
        changes: changes, facts: [])
    }
    let own = item("record", later.title, front, later.front)
    return [own].compactMap(\.self)
      + sessions.compactMap { session in
        let other = later.sessions.first { $0.id == session.id }
        let title = other?.title ?? (isSilent ? context.label(Labels.notRepeated) : session.title)
        return item("session-\(session.id)", title, session.facts, other?.facts ?? [])
      }
  }

  private static func differences(_ old: [Fact], _ new: [Fact]) -> [(key: Key, before: Fact?, after: Fact?)] {
    var keys: [Key] = []
    for fact in old + new where !keys.contains(fact.key) { keys.append(fact.key) }
    return keys.compactMap { key in
      let (before, after) = (old.first { $0.key == key }, new.first { $0.key == key })
      return before?.text == after?.text ? nil : (key, before, after)
    }
  }
}

extension RecordAsHeld {
  /// What is printed of a session beside its entries, each fact as one text.
  fileprivate func facts(_ row: SessionRow) -> [PrintedFacts.Fact] {
    let session = session(row)
    func fact(_ key: PrintedFacts.Key, _ label: Wording, _ texts: [LocalizedText]) -> PrintedFacts.Fact? {
      list(texts).map { PrintedFacts.Fact(key: key, label: context.label(label), text: $0) }
    }
    func fixed(_ key: PrintedFacts.Key, _ label: String, _ lines: [ProceedingsDocument.Line])
      -> PrintedFacts.Fact?
    {
      fact(key, Labels.fixed[label]!, lines.map(oneText))
    }
    return [
      fact(.title, Labels.field(FrontMatterDetails.Field.headline), [title(row)]),
      fixed(.announced, "announced", row.cancelled ? [] : session.announced),
      fixed(.cancelled, "cancelled", row.cancelled ? session.announced : []),
      fixed(.held, "held", session.held),
      fact(.presiding, Labels.fixed["presiding"]!, session.presiding),
      fact(.present, Labels.fixed["presentNumber"]!, session.numbersPresent),
      fact(.segments, Labels.segments, segments(row.id, among: []).map(\.title)),
    ].compactMap(\.self)
  }

  /// A time and a place.
  private func oneText(_ line: ProceedingsDocument.Line) -> LocalizedText {
    context.languages.localized { language in
      Direction.joined(
        [line.when, line.room].compactMap { $0?.best([language]).text }, by: Labels.comma(language),
        in: language)
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
      return text.map {
        PrintedFacts.Fact(key: .front(field), label: context.label(Labels.field(field)), text: $0)
      }
    }
  }

  private func list(_ texts: [LocalizedText]) -> LocalizedText? {
    if texts.isEmpty { return nil }
    return context.languages.localized { language in
      Direction.joined(
        texts.map { $0.best([language]).text }, by: Labels.semicolon(language), in: language)
    }
  }
}
