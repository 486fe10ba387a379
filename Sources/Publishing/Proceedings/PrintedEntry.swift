import ReadModels
import Record
import Scheduling
import Vocabulary

/// The record with its printed numbers. Beside it, only the export of the record reads the read model's rows of entries.
struct PrintedRecord {
  struct Session {
    let row: SessionRow
    /// `2`; nil without a number.
    let ordinal: String?
    /// It was convened.
    let isHeld: Bool
    /// In the order of printing.
    let entries: [PrintedEntry]
  }

  /// The sessions that took place or have a record, in program order, each once, at its first slot;
  /// without breaks and meals.
  let sessions: [Session]

  /// - Parameters:
  ///   - isFinal: all numbers are those of an issue, also those that it is about to fix.
  ///   - since: entries are marked that changed after this position; nil: none is.
  init(_ model: ProceedingsModel, _ program: ProgramModel, isFinal: Bool = false, since: Int? = nil) {
    let steps = model.held.stepsBySession
    let entries = model.entriesBySession.mapValues { $0.filter(\.isPrinted) }.filter { !$0.value.isEmpty }
    let rows = model.sessions(in: program)
    let numbering = model.numbering(rows.map(\.id))
    sessions =
      rows.filter {
        !($0.details.kind.isService || $0.cancelled) || entries[$0.id] != nil || steps[$0.id] != nil
      }
      .map { row in
        Session(
          row: row, ordinal: numbering.ordinals[row.id], isHeld: steps[row.id] != nil,
          entries: (entries[row.id] ?? []).map { entry in
            PrintedEntry(
              entry, number: numbering.printed(entry) ?? "", isProvisional: !isFinal && entry.number == nil,
              isChanged: since.map { model.printChangedAt(entry) > $0 } ?? false, model)
          })
      }
  }

  /// All entries that are printed.
  var entries: [RecordID: PrintedEntry] {
    Dictionary(sessions.flatMap(\.entries).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// An entry of the record, with everything that its print needs.
struct PrintedEntry {
  /// Why only its number and a note are printed.
  enum Silence: Equatable {
    case retracted
    case expunged(authority: LocalizedText, reason: LocalizedText)
    /// In an edition of the time before its words were destroyed.
    case destroyed
  }

  let id: RecordID
  let kind: EntryKind
  /// `2.1`, `2.C1`.
  let number: String
  let anchor: String
  let order: OrderKey
  /// The number can still change: no issue has fixed it.
  let isProvisional: Bool
  /// A bar in the margin says so.
  let isChanged: Bool
  let form: StatementForm
  let attribution: Attribution
  let text: LocalizedText
  let topic: LocalizedText?
  let rationale: LocalizedText?
  /// The texts that can have marks, each with the positions whose registered names it keeps.
  let marked: [(text: LocalizedText, kept: [String: Int])]
  let addressees: [LocalizedText]
  /// The language in which it was said; nil if unknown.
  let spoken: Language?
  /// The languages whose text is older than the original.
  let stale: Set<Language>
  let mentions: [PersonID]
  /// What it rests on. If that was merged, the statement that has its words now.
  let basedOn: RecordID?
  /// Only the reference to what it rests on is printed, whose words were destroyed.
  let mayRepeatDestroyedWords: Bool
  /// The registered names that its words keep.
  let namesKept: NamesKept
  /// Its accepted corrections.
  let corrections: [CorrectionID]
  let silence: Silence?
  /// By whose order its words replace others that were destroyed.
  let replacement: EntryRow.Expunction?

  var isSilent: Bool { silence != nil }

  fileprivate init(
    _ row: EntryRow, number: String, isProvisional: Bool, isChanged: Bool, _ model: ProceedingsModel
  ) {
    id = row.id
    kind = row.kind
    self.number = number
    anchor = row.id.slug
    order = row.order
    self.isProvisional = isProvisional
    self.isChanged = isChanged
    let details = row.details
    form = details.form ?? .summary
    attribution = details.attribution
    text = details.text
    topic = details.topic
    rationale = details.rationale
    addressees = details.addressees
    spoken = details.spoken
    stale = Set(details.text.languages.filter(row.isOutdated))
    mentions = details.mentions
    basedOn = model.basis(of: row)?.id
    mayRepeatDestroyedWords = model.mayRepeatDestroyedWords(row)
    let kept = model.namesKept(in: row)
    namesKept = kept
    marked = [(details.text, kept.text)] + (details.rationale.map { [($0, kept.rationale)] } ?? [])
    corrections = model.corrections(of: row).filter { $0.status == .accepted }.map(\.id)
    silence =
      if let expunction = row.expunction {
        .expunged(authority: expunction.authority, reason: expunction.reason)
      } else if details.isExpunged { .destroyed } else if row.isRetracted { .retracted } else { nil }
    replacement = row.replacement
  }
}
