import EventLog
package import Record
package import Vocabulary

/// A correction that was asked for, and what became of it.
package struct CorrectionRow: Row, Encodable {
  package let id: CorrectionID
  package let entry: RecordID
  package let session: SessionID
  package let kind: CorrectionKind
  package var requester: LocalizedText?
  package let retracts: Bool
  /// The new words; once accepted, only in the languages in which they replaced others.
  package var changes: EntryDetails.Changes
  /// The words that an accepted correction replaced.
  package var before: EntryDetails.Changes?
  /// The registered names that these words had.
  package var namesBefore = NamesKept()
  package var status = CorrectionStatus.requested
  package var verifiedAgainst: Verification?
  /// Why it was accepted or refused.
  package var reason: LocalizedText?
  package let requestedAt: Timestamp
  package var decidedAt: Timestamp?
  /// The position of the last event about it.
  package var position: Int

  private enum CodingKeys: String, CodingKey {
    case id = "correction"
    case entry, session, kind, requester, retracts, changes, before, namesBefore, status, verifiedAgainst,
      reason
    case requestedAt, decidedAt, position
  }

  init(_ body: CorrectionRequested, _ origin: Origin) {
    id = body.correction
    entry = body.entry
    session = body.session
    kind = body.kind
    requester = body.requester
    retracts = body.retracts
    changes = body.changes
    requestedAt = origin.recordedAt
    position = origin.position
  }

  /// The entry was expunged: the words that it had are gone here too.
  mutating func expunge() {
    changes = EntryDetails.Changes()
    (before, requester, reason) = (nil, nil, nil)
    namesBefore = NamesKept()
  }

  package var key: String { id.slug }
  package static let table = "proceedings.correction"
  package static let columns = [
    "correction", "entry", "session", "kind", "requester", "retracts", "changes", "before", "names_before",
    "status", "verified_against", "reason", "requested_at", "decided_at", "position",
  ]

  package init(_ columns: inout some ColumnReader) throws {
    id = try CorrectionID(columns.next())
    entry = try RecordID(columns.next())
    session = try SessionID(columns.next())
    kind = try CorrectionKind(stored: columns.next())
    requester = try columns.optionalJSON()
    retracts = try columns.next()
    changes = try columns.json()
    before = try columns.optionalJSON()
    namesBefore = try columns.json()
    status = try CorrectionStatus(stored: columns.next())
    verifiedAgainst = try columns.next(as: String?.self).map { try Verification(stored: $0) }
    reason = try columns.optionalJSON()
    requestedAt = try columns.next()
    decidedAt = try columns.next()
    position = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(id.slug)
    columns.add(entry.slug)
    columns.add(session.slug)
    columns.add(kind.rawValue)
    columns.json(requester)
    columns.add(retracts)
    columns.json(changes)
    columns.json(before)
    columns.json(namesBefore)
    columns.add(status.rawValue)
    columns.add(verifiedAgainst?.rawValue)
    columns.json(reason)
    columns.add(requestedAt)
    columns.add(decidedAt)
    columns.add(position)
  }
}

/// What was decided about a published entry: an accepted correction, or an order that destroyed its words or those that
/// it repeats.
package struct Corrigendum: Sendable {
  package enum What: Sendable {
    case correction(CorrectionRow)
    case order(EntryRow.Expunction)
    /// It repeats words that were destroyed by this order.
    case leftOut(EntryRow.Expunction)
  }

  package let entry: EntryRow
  package let what: What

  /// The position of the decision.
  package var position: Int {
    switch what {
    case .correction(let row): row.position
    case .order(let order), .leftOut(let order): order.position
    }
  }

  package var on: Timestamp {
    switch what {
    case .correction(let row): row.decidedAt ?? row.requestedAt
    case .order(let order), .leftOut(let order): order.on
    }
  }
}

/// The positions of the log whose registered names words have, by the tag of their language.
package struct NamesKept: Codable, Sendable, Equatable {
  package var text: [String: Int]
  package var rationale: [String: Int]

  package init(text: [String: Int] = [:], rationale: [String: Int] = [:]) {
    self.text = text
    self.rationale = rationale
  }
}

/// A published issue.
package struct IssueRow: Row, Encodable {
  package var details: ProceedingsIssued
  /// The position of its own event.
  package var position: Int
  package var issuedAt: Timestamp

  /// The position that it is built at.
  package var at: Int { details.at ?? position - 1 }

  package var key: String { String(details.issue) }
  package static let table = "proceedings.issue"
  package static let hasNumberKey = true
  package static let columns = [
    "issue", "provisional", "note", "at_position", "date", "document", "typesetting", "position", "issued_at",
  ]

  init(details: ProceedingsIssued, position: Int, issuedAt: Timestamp) {
    self.details = details
    self.position = position
    self.issuedAt = issuedAt
  }

  package init(_ columns: inout some ColumnReader) throws {
    details = try ProceedingsIssued(
      issue: columns.next(), provisional: columns.next(), note: columns.optionalJSON())
    details.at = try columns.next()
    details.date = try columns.next(as: String?.self).map { try CalendarDate($0) }
    let document: String? = try columns.next()
    let typesetting: String? = try columns.next()
    if let document, let typesetting {
      details.build = ProceedingsIssued.Build(document: document, typesetting: typesetting)
    }
    position = try columns.next()
    issuedAt = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(details.issue)
    columns.add(details.provisional)
    columns.json(details.note)
    columns.add(details.at)
    columns.add(details.date.map { "\($0)" })
    columns.add(details.build?.document)
    columns.add(details.build?.typesetting)
    columns.add(position)
    columns.add(issuedAt)
  }
}

/// The number of a session in the record.
package struct NumberedSessionRow: Row, Encodable {
  package let session: SessionID
  /// The number that the organizer gave it.
  package var byHand: Int?
  /// The number that an issue fixed: `1`, `1a`.
  package var ordinal: String?
  /// The last issue that fixed numbers in it.
  package var issue: Int?

  package var key: String { session.slug }
  package static let table = "proceedings.numbered_session"
  package static let columns = ["session", "by_hand", "ordinal", "issue"]

  init(_ session: SessionID) { self.session = session }

  package init(_ columns: inout some ColumnReader) throws {
    session = try SessionID(columns.next())
    byHand = try columns.next()
    ordinal = try columns.next()
    issue = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(session.slug)
    columns.add(byHand)
    columns.add(ordinal)
    columns.add(issue)
  }
}

/// A draft that was printed to be read.
package struct ProofRow: Row, Encodable {
  /// The position that it was built at.
  package let at: Int
  /// The position of its own event.
  package let position: Int
  package let proofedAt: Timestamp

  package var key: String { String(position) }
  package static let table = "proceedings.proof"
  package static let hasNumberKey = true
  package static let columns = ["position", "at_position", "proofed_at"]

  init(at: Int, position: Int, proofedAt: Timestamp) {
    self.at = at
    self.position = position
    self.proofedAt = proofedAt
  }

  package init(_ columns: inout some ColumnReader) throws {
    position = try columns.next()
    at = try columns.next()
    proofedAt = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(position)
    columns.add(at)
    columns.add(proofedAt)
  }
}
