import EventLog
package import Record
import Scheduling
package import Vocabulary

/// When sessions were held, their segments and headings, and the front of the record.
package struct HeldTables: Sendable {
  package private(set) var steps = Table<StepRow>()
  package private(set) var segments = Table<SegmentRow>()
  package private(set) var headings = Table<HeadingRow>()
  package private(set) var front = Table<FrontMatterRow>()

  package init() {}

  mutating func visit(_ visitor: inout some TableVisitor) throws {
    try visitor.visit(&steps)
    try visitor.visit(&segments)
    try visitor.visit(&headings)
    try visitor.visit(&front)
  }

  mutating func apply(_ event: FrontMatterRevised, _ origin: Origin) throws {
    var row = try front.row(FrontMatterRow.only) ?? FrontMatterRow()
    event.changes.apply(to: &row.details)
    row.position = origin.position
    front.put(row)
  }

  mutating func apply(_ event: SittingEvent, _ origin: Origin) throws {
    switch event {
    case .sessionConvened(let body): add(.convened, body.session, body.step, body.details, origin)
    case .sessionSuspended(let body): add(.suspended, body.session, body.step, body.details, origin)
    case .sessionResumed(let body): add(.resumed, body.session, body.step, body.details, origin)
    case .sessionClosed(let body): add(.closed, body.session, body.step, body.details, origin)
    case .sittingRevised(let body):
      try steps.update(StepRow.key(body.session, body.step)) {
        body.changes.apply(to: &$0.details)
        $0.position = origin.position
      }
    case .sittingStepRetracted(let body):
      try steps.mustHave(StepRow.key(body.session, body.step))
      steps.remove(StepRow.key(body.session, body.step))
    case .segmentOpened(let body):
      segments.put(
        SegmentRow(
          session: body.session, number: body.segment, title: body.details.title,
          order: body.details.order ?? OrderKey(origin.position), position: origin.position))
    case .segmentRevised(let body):
      try segments.update(SegmentRow.key(body.session, body.segment)) { row in
        var details = SegmentDetails(title: row.title, order: row.order)
        body.changes.apply(to: &details)
        row.title = details.title
        row.order = details.order ?? row.order
        row.position = origin.position
      }
    case .segmentRemoved(let body):
      try segments.mustHave(SegmentRow.key(body.session, body.segment))
      segments.remove(SegmentRow.key(body.session, body.segment))
    case .sessionHeadingSet(let body):
      if let heading = body.heading {
        headings.put(HeadingRow(session: body.session, heading: heading, position: origin.position))
      } else {
        headings.remove(body.session.slug)
      }
    }
  }

  private mutating func add(
    _ kind: Sittings.Step.Kind, _ session: SessionID, _ number: Int, _ details: SittingDetails,
    _ origin: Origin
  ) {
    steps.put(
      StepRow(session: session, number: number, kind: kind, details: details, position: origin.position))
  }
}

extension HeldTables {
  /// The steps of a session's sittings, in order.
  package func steps(of session: SessionID) -> [StepRow] {
    steps.rows.filter { $0.session == session }.sorted { $0.number < $1.number }
  }

  /// All steps by session, in order.
  package var stepsBySession: [SessionID: [StepRow]] {
    Dictionary(grouping: steps.rows, by: \.session).mapValues { $0.sorted { $0.number < $1.number } }
  }

  /// All segments by session, in the order of the record.
  package var segmentsBySession: [SessionID: [SegmentRow]] {
    Dictionary(grouping: segments.rows, by: \.session)
      .mapValues { $0.sorted { ($0.order, $0.number) < ($1.order, $1.number) } }
  }

  /// The sessions in the order of the record, each once, at its first slot. One without a slot stands where its first
  /// sitting was, or after the one that was entered before it.
  func sessions(in program: ProgramModel) -> [SessionRow] {
    let steps = stepsBySession
    func start(of row: SessionRow) -> HeldTime? {
      row.liveSlots.first.map { .time($0.slot.start) } ?? steps[row.id]?.lazy.compactMap(\.details.at).first
    }
    var sessions = program.sessionsByFirstSlot
    var last: Int?
    for row in program.sessionsWithoutSlot {
      var place = last.map { $0 + 1 } ?? sessions.count
      if let time = steps[row.id]?.lazy.compactMap(\.details.at).first {
        place = sessions.firstIndex { time.isBefore(start(of: $0) ?? time) } ?? sessions.count
      }
      sessions.insert(row, at: place)
      last = place
    }
    return sessions
  }

  package var frontMatter: FrontMatterDetails { front[FrontMatterRow.only]?.details ?? FrontMatterDetails() }
}

/// A moment at which a session was convened, suspended, resumed or closed.
package struct StepRow: Row, Encodable {
  package var session: SessionID
  /// 1, 2, 3 … within the session.
  package var number: Int
  package var kind: Sittings.Step.Kind
  package var details: SittingDetails
  /// The position of the last event about it.
  package var position: Int

  static func key(_ session: SessionID, _ number: Int) -> String { "\(session)/\(number)" }
  package var key: String { Self.key(session, number) }
  package static let table = "proceedings.sitting_step"
  package static let columns =
    ["step", "session", "number", "kind"] + SittingDetails.Field.columnNames + ["position"]

  init(session: SessionID, number: Int, kind: Sittings.Step.Kind, details: SittingDetails, position: Int) {
    self.session = session
    self.number = number
    self.kind = kind
    self.details = details
    self.position = position
  }

  package init(_ columns: inout some ColumnReader) throws {
    _ = try columns.nextText()
    session = try SessionID(columns.next())
    number = try columns.next()
    kind = try Sittings.Step.Kind(stored: columns.next())
    details = SittingDetails()
    let known: SittingDetails.Changes = try columns.details(SittingDetails.Field.columns)
    known.apply(to: &details)
    position = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(key)
    columns.add(session.slug)
    columns.add(number)
    columns.add(kind.rawValue)
    columns.add(details, SittingDetails.Field.columns)
    columns.add(position)
  }
}

/// A part of a session with a heading of its own.
package struct SegmentRow: Row, Encodable {
  package var session: SessionID
  package var number: Int
  package var title: LocalizedText
  /// Where it begins among the entries.
  package var order: OrderKey
  package var position: Int

  static func key(_ session: SessionID, _ number: Int) -> String { "\(session)/\(number)" }
  package var key: String { Self.key(session, number) }
  package static let table = "proceedings.segment"
  package static let columns = [
    "segment", "session", "number", "title", "place", "place_fraction", "position",
  ]

  init(session: SessionID, number: Int, title: LocalizedText, order: OrderKey, position: Int) {
    self.session = session
    self.number = number
    self.title = title
    self.order = order
    self.position = position
  }

  package init(_ columns: inout some ColumnReader) throws {
    _ = try columns.nextText()
    session = try SessionID(columns.next())
    number = try columns.next()
    title = try columns.json()
    order = try OrderKey(columns.next(), fraction: columns.next())
    position = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(key)
    columns.add(session.slug)
    columns.add(number)
    columns.json(title)
    columns.add(order.base)
    columns.add(order.fraction)
    columns.add(position)
  }
}

/// The title that the record prints a session under, if it is not the program's.
package struct HeadingRow: Row, Encodable {
  package var session: SessionID
  package var heading: LocalizedText
  package var position: Int

  package var key: String { session.slug }
  package static let table = "proceedings.heading"
  package static let columns = ["session", "heading", "position"]

  init(session: SessionID, heading: LocalizedText, position: Int) {
    self.session = session
    self.heading = heading
    self.position = position
  }

  package init(_ columns: inout some ColumnReader) throws {
    session = try SessionID(columns.next())
    heading = try columns.json()
    position = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(session.slug)
    columns.json(heading)
    columns.add(position)
  }
}

/// What the record says about itself.
package struct FrontMatterRow: Row, Encodable {
  package var details = FrontMatterDetails()
  package var position = 0

  /// A log has only one front, but a row in memory needs a key.
  static let only = "front"
  package static let onlyKey: String? = only

  package var key: String { Self.only }
  package static let table = "proceedings.front_matter"
  package static let columns = FrontMatterDetails.Field.columnNames + ["position"]

  init() {}

  package init(_ columns: inout some ColumnReader) throws {
    let known: FrontMatterDetails.Changes = try columns.details(FrontMatterDetails.Field.columns)
    known.apply(to: &details)
    position = try columns.next()
  }

  package func write(to columns: inout RowWriter) {
    columns.add(details, FrontMatterDetails.Field.columns)
    columns.add(position)
  }
}
