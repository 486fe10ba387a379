package import EventLog
package import Record
package import Vocabulary

/// The record of the sessions: statements, positions, conclusions, recommendations, and its published issues.
/// Titles and names are in the program.
package struct ProceedingsModel: ReadModel {
  package static let name = "proceedings"
  package static let revision = 1

  package private(set) var entries = Table<EntryRow>()
  package private(set) var issues = Table<IssueRow>()

  /// A few attributions occur thousands of times, so each is stored once.
  private var attributions: Set<Attribution> = []

  package init() {}

  private mutating func shared(_ attribution: Attribution) -> Attribution {
    attributions.insert(attribution).memberAfterInsert
  }

  package mutating func visit(_ visitor: inout some TableVisitor) throws {
    try visitor.visit(&entries)
    try visitor.visit(&issues)
  }

  package mutating func apply(_ event: LoggedEvent, _ origin: Origin) throws {
    switch event {
    case .record(let event): try apply(event, origin)
    case .scheduling, .people: break
    }
  }

  private mutating func apply(_ event: RecordEvent, _ origin: Origin) throws {
    switch event {
    case .statementRecorded(let body):
      var row = EntryRow(
        body.statement, .statement, body.session, body.number, shared(body.attribution),
        body.text, origin)
      row.form = body.form
      row.act = body.act
      row.addressees = body.addressees
      row.spoken = body.spoken
      row.mentions = body.mentions
      entries.put(row)
    case .positionRecorded(let body):
      var row = EntryRow(
        body.position, .position, body.session, body.number, shared(body.holder),
        body.stance, origin)
      row.topic = body.topic
      row.basedOn = body.basedOn
      entries.put(row)
    case .conclusionRecorded(let body):
      var row = EntryRow(
        body.conclusion, .conclusion, body.session, body.number, shared(body.attribution),
        body.text, origin)
      row.rationale = body.rationale
      row.basedOn = body.basedOn
      entries.put(row)
    case .recommendationRecorded(let body):
      var row = EntryRow(
        body.recommendation, .recommendation, body.session, body.number, shared(body.attribution),
        body.text, origin)
      row.addressees = body.addressees
      row.basedOn = body.basedOn
      entries.put(row)
    case .statementCorrected(let body):
      try entries.update(body.statement.slug) {
        for field in body.changes.fields { $0.correct(field, by: body.changes) }
        $0.corrections += 1
        $0.position = origin.position
      }
    case .statementRetracted(let body):
      try entries.update(body.statement.slug) {
        $0.retracted = true
        $0.position = origin.position
      }
    case .proceedingsIssued(let body):
      issues.put(
        IssueRow(details: body, position: origin.position, issuedAt: origin.recordedAt))
    }
  }
}

extension ProceedingsModel {
  /// A session's entries: statements first, and each kind by number.
  package func entries(of session: SessionID) -> [EntryRow] {
    entries.rows.filter { $0.session == session }.sorted(by: EntryRow.inOrder)
  }

  /// All entries by session.
  package var entriesBySession: [SessionID: [EntryRow]] {
    Dictionary(grouping: entries.rows, by: \.session)
      .mapValues { $0.sorted(by: EntryRow.inOrder) }
  }

  package var lastIssue: IssueRow? {
    issues.rows.max { $0.details.issue < $1.details.issue }
  }
}

package struct EntryRow: Row, Encodable {
  package var id: RecordID
  package var kind: Statements.Kind
  package var session: SessionID
  package var number: Int
  /// The position of the last event about it.
  package var position: Int
  package var form: StatementForm?
  package var act: SpeechAct?
  package var attribution: Attribution
  package var wording: LocalizedText
  package var topic: LocalizedText?
  package var rationale: LocalizedText?
  package var addressees: [LocalizedText] = []
  package var spoken: Language?
  package var mentions: [PersonID] = []
  package var basedOn: RecordID?
  package var corrections = 0
  package var retracted = false
  package var recordedAt: Timestamp

  package var key: String { id.slug }
  package static let table = "proceedings.entry"
  package static let columns = [
    "entry", "kind", "session", "number", "position", "form", "act", "attribution", "wording",
    "topic", "rationale", "addressees", "spoken", "mentions", "based_on", "corrections",
    "retracted",
    "recorded_at",
  ]

  /// Takes a corrected field over.
  mutating func correct(_ field: StatementRecorded.Field, by changes: StatementRecorded.Changes) {
    switch field {
    case .text: if let text = changes.text { wording = wording.merging(text) }
    case .attribution: attribution = changes.attribution ?? attribution
    case .addressees: addressees = changes.addressees ?? addressees
    case .mentions: mentions = changes.mentions ?? mentions
    }
  }

  static func inOrder(_ a: EntryRow, _ b: EntryRow) -> Bool {
    let order = Statements.Kind.allCases
    return (order.firstIndex(of: a.kind)!, a.number) < (order.firstIndex(of: b.kind)!, b.number)
  }

  init(
    _ id: RecordID, _ kind: Statements.Kind, _ session: SessionID, _ number: Int,
    _ attribution: Attribution, _ wording: LocalizedText, _ origin: Origin
  ) {
    self.id = id
    self.kind = kind
    self.session = session
    self.number = number
    self.attribution = attribution
    self.wording = wording
    position = origin.position
    recordedAt = origin.recordedAt
  }

  package init(_ columns: inout some ColumnReader) throws {
    id = try RecordID(columns.next())
    kind = try Statements.Kind(stored: columns.next())
    session = try SessionID(columns.next())
    number = try columns.next()
    position = try columns.next()
    form = try columns.next(as: String?.self).map { try StatementForm(stored: $0) }
    act = try columns.next(as: String?.self).map { try SpeechAct(stored: $0) }
    attribution = try columns.json()
    wording = try columns.json()
    topic = try columns.optionalJSON()
    rationale = try columns.optionalJSON()
    addressees = try columns.json()
    spoken = try columns.next(as: String?.self).map { try Language($0) }
    mentions = try columns.json()
    basedOn = try columns.next(as: String?.self).map { try RecordID($0) }
    corrections = try columns.next()
    retracted = try columns.next()
    recordedAt = try columns.next()
  }

  package func write(to columns: inout some ColumnWriter) {
    columns.add(id.slug)
    columns.add(kind.rawValue)
    columns.add(session.slug)
    columns.add(number)
    columns.add(position)
    columns.add(form?.rawValue)
    columns.add(act?.rawValue)
    columns.json(attribution)
    columns.json(wording)
    columns.json(topic)
    columns.json(rationale)
    columns.json(addressees)
    columns.add(spoken?.tag)
    columns.json(mentions)
    columns.add(basedOn?.slug)
    columns.add(corrections)
    columns.add(retracted)
    columns.add(recordedAt)
  }
}

package struct IssueRow: Row, Encodable {
  package var details: ProceedingsIssued
  package var position: Int
  package var issuedAt: Timestamp

  package var key: String { String(details.issue) }
  package static let table = "proceedings.issue"
  package static let columns = ["issue", "provisional", "note", "position", "issued_at"]

  init(details: ProceedingsIssued, position: Int, issuedAt: Timestamp) {
    self.details = details
    self.position = position
    self.issuedAt = issuedAt
  }

  package init(_ columns: inout some ColumnReader) throws {
    details = try ProceedingsIssued(
      issue: columns.next(), provisional: columns.next(), note: columns.optionalJSON())
    position = try columns.next()
    issuedAt = try columns.next()
  }

  package func write(to columns: inout some ColumnWriter) {
    columns.add(details.issue)
    columns.add(details.provisional)
    columns.json(details.note)
    columns.add(position)
    columns.add(issuedAt)
  }
}
