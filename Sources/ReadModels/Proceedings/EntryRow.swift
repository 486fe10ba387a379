import EventLog
package import Record
package import Vocabulary

/// An entry of the record as it stands, with where it stands.
package struct EntryRow: Row, Encodable {
  package let id: RecordID
  package let kind: EntryKind
  package var session: SessionID
  package var order: OrderKey
  /// The number within its session that an issue fixed: `12a`. Nil for a draft.
  package var number: String?
  /// The first issue that contains it.
  package var issue: Int?
  package var details: EntryDetails
  /// When its words and its meaning changed.
  package var history: EntryHistory
  package var corrections: [CorrectionID] = []
  /// A draft that is gone, or a published entry whose number alone stays.
  package var isRetracted = false
  /// Retracted after an issue contained it, in a log of the version that fixed no numbers.
  package var isKept = false
  /// The statement that has its words now.
  package var mergedInto: RecordID?
  package var expunction: Expunction?
  /// Its former words were destroyed, and it has others in their place.
  package var replacement: Expunction?
  /// The position of the event that recorded it.
  package let recordedPosition: Int
  /// The position of the last event about it.
  package var position: Int
  package let recordedAt: Timestamp

  private enum CodingKeys: String, CodingKey {
    case id = "entry"
    case kind, session, order, number, issue, details, corrections, isRetracted, isKept, mergedInto
    case expunction, replacement, recordedPosition, position, recordedAt
  }

  package struct Expunction: Codable, Sendable, Equatable {
    package var authority: LocalizedText
    package var reason: LocalizedText
    package var on: Timestamp
    /// The position of the event.
    package var position: Int
    /// Others stand in the place of the words.
    package var leavesWords = false
    /// The orders before it, about words that the entry had earlier.
    package var earlier: [Expunction] = []
  }

  /// By whose orders words of the entry were destroyed, the first order first.
  package var orders: [Expunction] { (expunction ?? replacement).map { $0.earlier + [$0] } ?? [] }

  init(
    _ id: RecordID, _ kind: EntryKind, _ session: SessionID, _ order: OrderKey, _ details: EntryDetails,
    outdated: [Language]? = nil, _ origin: Origin
  ) {
    self.id = id
    self.kind = kind
    self.session = session
    self.order = order
    self.details = details
    history = EntryHistory(recording: details, outdated: outdated, at: origin.position)
    recordedPosition = origin.position
    position = origin.position
    recordedAt = origin.recordedAt
  }

  /// Whether it has a place in print. A draft that was retracted or expunged has none; a published entry keeps its number.
  package var isPrinted: Bool { (!isRetracted && expunction == nil) || number != nil || isKept }

  /// The position of the event that gave the original its present wording.
  package var revision: Int { history.revision }

  /// The wording of the original that each language's text renders.
  package var renderings: [String: Int] { history.renderings }

  /// The position of the last event that changed its meaning, or took it out of the record.
  package var meaningChangedAt: Int? {
    get { history.meaningChangedAt }
    set { history.meaningChangedAt = newValue }
  }

  /// The event that destroyed its words. In an edition of the time before, that is not known yet: it is later than all.
  package var destroyedAt: Int? {
    (expunction ?? replacement)?.position ?? (details.isExpunged ? .max : nil)
  }

  /// The language in which it was said, if the record has its words in that language.
  package var original: Language? { details.original }

  /// Whether the text in this language translates an earlier wording of the original.
  package func isOutdated(_ language: Language) -> Bool { history.isOutdated(language, in: details) }

  mutating func apply(_ changes: EntryDetails.Changes, at position: Int) {
    let old = details
    changes.apply(to: &details)
    history.change(changes, from: old, to: details, at: position)
  }

  mutating func translate(_ text: LocalizedText?, at position: Int) {
    let old = details
    if let text { details.text = details.text.merging(text) }
    history.reword(text, from: old, to: details, at: position)
  }

  /// Leaves what a rebuild from the log finds, which has no words any more but those that replace them.
  mutating func expunge(_ note: Expunction, leaving words: EntryDetails?) {
    history.expunge(at: note.position)
    var note = note
    (note.leavesWords, note.earlier) = (words != nil, orders)
    // The words that an earlier order left are gone now; a rebuild does not know that there were any.
    for index in note.earlier.indices {
      (note.earlier[index].leavesWords, note.earlier[index].earlier) = (false, [])
    }
    if let words {
      (expunction, replacement) = (nil, note)
      restate(words, nil, at: note.position)
    } else {
      (expunction, replacement) = (note, nil)
      details.expunge()
    }
  }

  /// New details after a split or a merge.
  ///
  /// - Parameter wanted: nil if its words were destroyed: with those of the entry, which is expunged then, or with
  ///   those of another entry that was merged into it for a time.
  mutating func restate(_ wanted: EntryDetails?, _ outdated: [Language]?, at position: Int) {
    if let wanted { details = wanted }
    history.restate(wanted, outdated: outdated, at: position)
  }

  static func inOrder(_ a: EntryRow, _ b: EntryRow) -> Bool {
    a.kind == b.kind ? (a.order, a.id) < (b.order, b.id) : a.kind.rank < b.kind.rank
  }

  package var key: String { id.slug }
  package static let table = "proceedings.entry"
  package static let columns = [
    "entry", "kind", "session", "place", "place_fraction", "number", "issue", "form", "acts", "attribution",
    "text", "topic", "rationale", "addressees", "spoken", "said", "mentions", "based_on", "revision",
    "renderings",
    "worded_at", "rationale_at", "meaning_changed_at", "meaning_changed_before", "reviewed_at",
    "reaffirmed_at", "corrections", "retracted", "kept", "merged_into", "expunction", "replacement",
    "recorded_position", "position", "recorded_at",
  ]

  package init(_ columns: inout some ColumnReader) throws {
    id = try RecordID(columns.next())
    kind = try EntryKind(stored: columns.next())
    session = try SessionID(columns.next())
    order = try OrderKey(columns.next(), fraction: columns.next())
    number = try columns.next()
    issue = try columns.next()
    let form = try columns.next(as: String?.self).map { try StatementForm(stored: $0) }
    let acts: [SpeechAct] = try columns.list()
    let attribution: Attribution = try columns.json()
    details = try EntryDetails(columns.json(), attribution)
    details.form = form
    details.acts = acts
    details.topic = try columns.optionalJSON()
    details.rationale = try columns.optionalJSON()
    details.addressees = try columns.list()
    details.spoken = try columns.next(as: String?.self).map { try Language($0) }
    details.said = try columns.next()
    details.mentions = try columns.list()
    details.basedOn = try columns.next(as: String?.self).map { try RecordID($0) }
    history = try EntryHistory(
      revision: columns.next(), renderings: columns.json(), wordedAt: columns.json(),
      rationaleAt: columns.json(), meaningChangedAt: columns.next(), meaningChangedBefore: columns.next(),
      reviewedAt: columns.next(), reaffirmedAt: columns.next())
    corrections = try columns.list()
    isRetracted = try columns.next()
    isKept = try columns.next()
    mergedInto = try columns.next(as: String?.self).map { try RecordID($0) }
    expunction = try columns.optionalJSON()
    replacement = try columns.optionalJSON()
    recordedPosition = try columns.next()
    position = try columns.next()
    recordedAt = try columns.next()
    if expunction != nil { details.expunge() }
  }

  package func write(to columns: inout RowWriter) {
    columns.add(id.slug)
    columns.add(kind.rawValue)
    columns.add(session.slug)
    columns.add(order.base)
    columns.add(order.fraction)
    columns.add(number)
    columns.add(issue)
    columns.add(details.form?.rawValue)
    columns.list(details.acts, \.word)
    columns.json(details.internedAttribution)
    columns.json(details.text)
    columns.json(details.topic)
    columns.json(details.rationale)
    columns.list(details.addressees)
    columns.add(details.spoken?.tag)
    columns.add(details.said)
    columns.list(details.mentions, \.slug)
    columns.add(details.basedOn?.slug)
    columns.add(history.revision)
    columns.json(history.renderings)
    columns.json(history.wordedAt)
    columns.json(history.rationaleAt)
    columns.add(history.meaningChangedAt)
    columns.add(history.meaningChangedBefore)
    columns.add(history.reviewedAt)
    columns.add(history.reaffirmedAt)
    columns.list(corrections, \.slug)
    columns.add(isRetracted)
    columns.add(isKept)
    columns.add(mergedInto?.slug)
    columns.json(expunction)
    columns.json(replacement)
    columns.add(recordedPosition)
    columns.add(position)
    columns.add(recordedAt)
  }
}

extension EntryKind {
  /// As they follow each other on a page.
  fileprivate var rank: Int {
    switch self {
    case .statement: 0
    case .conclusion: 1
    case .recommendation: 2
    case .position: 3
    }
  }
}

extension Numbering {
  package func printed(_ entry: EntryRow) -> String? { printed(entry.id, in: entry.session) }
}
