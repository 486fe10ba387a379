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
  /// The position of the event that gave the original its present wording.
  package var revision: Int
  /// The wording of the original that each language's text renders.
  package var renderings: [String: Int]
  package var corrections: [CorrectionID] = []
  /// A draft that is gone, or a published entry whose number alone stays.
  package var isRetracted = false
  package var expunction: Expunction?
  /// Its former words were destroyed, and it has others in their place.
  package var replacement: Expunction?
  /// The position of the last correction that changed its meaning, or of its retraction.
  package var meaningChangedAt: Int?
  /// The position of the event that recorded it.
  package let recordedPosition: Int
  /// The position of the last event about it.
  package var position: Int
  package let recordedAt: Timestamp

  package struct Expunction: Codable, Sendable, Equatable {
    package var authority: LocalizedText
    package var reason: LocalizedText
    package var on: Timestamp
  }

  init(
    _ id: RecordID, _ kind: EntryKind, _ session: SessionID, _ order: OrderKey, _ details: EntryDetails,
    _ origin: Origin
  ) {
    self.id = id
    self.kind = kind
    self.session = session
    self.order = order
    self.details = details
    renderings =
      details.isExpunged
      ? [:]
      : Dictionary(
        details.text.languages.map { ($0.tag, origin.position) }, uniquingKeysWith: { first, _ in first })
    revision = origin.position
    recordedPosition = origin.position
    position = origin.position
    recordedAt = origin.recordedAt
  }

  /// Whether it has a place in print. A draft that was retracted has none; a published entry keeps its number.
  package var isPrinted: Bool { !isRetracted || number != nil }

  /// The language in which it was said, if the record has its words in that language.
  package var original: Language? { details.original }

  /// Whether the text in this language translates an earlier wording of the original.
  package func isOutdated(_ language: Language) -> Bool {
    original != nil && language != original && renderings[language.tag] ?? revision < revision
  }

  /// Makes changes. A new wording of the original makes the translations that did not change with it outdated.
  mutating func apply(_ changes: EntryDetails.Changes, at position: Int) {
    changes.apply(to: &details)
    for language in changes.without ?? [] { renderings[language.tag] = nil }
    guard let text = changes.text else { return }
    if let original, text[original] != nil { revision = position }
    for language in text.languages { renderings[language.tag] = revision }
  }

  /// Leaves what a rebuild from the log finds, which has no words any more but those that replace them.
  mutating func expunge(at position: Int, _ note: Expunction, leaving words: EntryDetails?) {
    renderings = [:]
    if let words {
      (expunction, replacement) = (nil, note)
      restate(words, at: position)
    } else {
      (expunction, replacement) = (note, nil)
      details.expunge()
      revision = position
    }
  }

  /// New details after a split or a merge.
  ///
  /// - Parameter wanted: nil if its words were destroyed: with those of the entry, which is expunged then, or with
  ///   those of another entry that was merged into it for a time.
  mutating func restate(_ wanted: EntryDetails?, at position: Int) {
    guard let wanted else { return }
    details = wanted
    revision = position
    for language in wanted.text.languages { renderings[language.tag] = revision }
  }

  static func inOrder(_ a: EntryRow, _ b: EntryRow) -> Bool {
    a.kind == b.kind ? (a.order, a.id) < (b.order, b.id) : a.kind.rank < b.kind.rank
  }

  package var key: String { id.slug }
  package static let table = "proceedings.entry"
  package static let columns = [
    "entry", "kind", "session", "place", "number", "issue", "form", "acts", "attribution", "text", "topic",
    "rationale", "addressees", "spoken", "mentions", "based_on", "revision", "renderings", "corrections",
    "retracted", "expunction", "replacement", "meaning_changed_at", "recorded_position", "position",
    "recorded_at",
  ]

  package init(_ columns: inout some ColumnReader) throws {
    id = try RecordID(columns.next())
    kind = try EntryKind(stored: columns.next())
    session = try SessionID(columns.next())
    order = try OrderKey(columns.next())
    number = try columns.next()
    issue = try columns.next()
    let form = try columns.next(as: String?.self).map { try StatementForm(stored: $0) }
    let acts: [SpeechAct] = try columns.json()
    let attribution: Attribution = try columns.json()
    details = try EntryDetails(columns.json(), attribution)
    details.form = form
    details.acts = acts
    details.topic = try columns.optionalJSON()
    details.rationale = try columns.optionalJSON()
    details.addressees = try columns.json()
    details.spoken = try columns.next(as: String?.self).map { try Language($0) }
    details.mentions = try columns.json()
    details.basedOn = try columns.next(as: String?.self).map { try RecordID($0) }
    revision = try columns.next()
    renderings = try columns.json()
    corrections = try columns.json()
    isRetracted = try columns.next()
    expunction = try columns.optionalJSON()
    replacement = try columns.optionalJSON()
    meaningChangedAt = try columns.next()
    recordedPosition = try columns.next()
    position = try columns.next()
    recordedAt = try columns.next()
    if expunction != nil { details.expunge() }
  }

  package func write(to columns: inout some ColumnWriter) {
    columns.add(id.slug)
    columns.add(kind.rawValue)
    columns.add(session.slug)
    columns.add(order.description)
    columns.add(number)
    columns.add(issue)
    columns.add(details.form?.rawValue)
    columns.json(details.acts)
    columns.json(details.attribution)
    columns.json(details.text)
    columns.json(details.topic)
    columns.json(details.rationale)
    columns.json(details.addressees)
    columns.add(details.spoken?.tag)
    columns.json(details.mentions)
    columns.add(details.basedOn?.slug)
    columns.add(revision)
    columns.json(renderings)
    columns.json(corrections)
    columns.add(isRetracted)
    columns.json(expunction)
    columns.json(replacement)
    columns.add(meaningChangedAt)
    columns.add(recordedPosition)
    columns.add(position)
    columns.add(recordedAt)
  }
}

extension EntryKind {
  fileprivate var rank: Int {
    switch self {
    case .statement: 0
    case .position: 1
    case .conclusion: 2
    case .recommendation: 3
    }
  }
}

extension Numbering {
  package func printed(_ entry: EntryRow) -> String? { printed(entry.id, in: entry.session) }
}
