import ReadModels
import Record
import Scheduling
import Vocabulary

/// How a session was held, from its steps and its slots.
///
/// Only a session that was convened is called held. What nobody stated is left out, or printed as not stated; it is
/// never taken from the program.
struct SessionAsHeld {
  typealias Line = ProceedingsDocument.Line
  typealias Row = ProceedingsDocument.Row

  let row: SessionRow
  let steps: [StepRow]
  let printsUnstated: Bool
  let context: PublicationContext

  /// A presence without a break. Times and place are nil if they are not known.
  private struct Span {
    var start: HeldTime?
    var end: HeldTime?
    var place: LocalizedText?
  }

  private var spans: [Span] {
    var spans: [Span] = []
    var isOpen = false
    for step in steps {
      let details = step.details
      switch step.kind {
      case .convened, .resumed:
        let place = details.place ?? (step.kind == .resumed ? spans.last?.place : nil)
        spans.append(Span(start: details.at, place: place))
        isOpen = true
      case .suspended, .closed:
        if isOpen { spans[spans.count - 1].end = details.at }
        isOpen = false
      }
    }
    return spans
  }

  var status: ProceedingsDocument.AsHeld.Status {
    if !steps.isEmpty { return .held }
    if row.cancelled { return .cancelled }
    return row.liveSlots.isEmpty ? .unscheduled : .announced
  }

  var announced: [Line] {
    row.scheduledSlots.map { entry in
      let line = context.line(entry)
      return Line(when: line.when, room: line.room)
    }
  }

  /// When and where it was held, as far as that is known.
  var held: [Line] {
    spans.map { Line(when: when($0), room: context.text($0.place)) }
      .filter { $0.when != nil || $0.room != nil }
  }

  /// Whether it was not held exactly as announced, or that is not known.
  var differs: Bool {
    let slots = row.scheduledSlots
    let spans = spans
    guard status == .held, slots.count == spans.count else { return true }
    return zip(slots, spans).contains { entry, span in
      let name = context.program.rooms[entry.slot.room.slug]?.details.name
      let isThere =
        name == nil || span.place.map { $0.entries.contains { $0.text == name?[$0.language] } } == true
      return span.start != .time(entry.slot.start) || span.end != .time(entry.slot.end) || !isThere
    }
  }

  /// Whether the chair of the program presided, or nobody is known to have presided.
  var presidedAsAnnounced: Bool {
    let presided = Set(
      steps.flatMap { $0.details.presiding?.persons ?? [] }.map { context.program.kept($0) })
    let named = steps.contains { $0.details.presiding != nil }
    return !named || presided == Set(row.assignments.filter { $0.role == .chair }.map(\.person))
  }

  var document: ProceedingsDocument.AsHeld {
    ProceedingsDocument.AsHeld(
      status: status, rows: rows,
      steps: steps.map { step in
        let details = step.details
        return ProceedingsDocument.Step(
          step: step.number, kind: step.kind.rawValue, at: details.at,
          presiding: context.text(details.presiding?.asPrinted), persons: details.presiding?.persons ?? [],
          present: details.present, quorum: details.quorum, place: context.text(details.place))
      })
  }

  private var rows: [Row] {
    switch status {
    case .held: heldRows
    case .announced:
      rows("announced", announced) + (printsUnstated ? rows("held", [unstated]) : [])
    case .cancelled:
      [row("cancelled", announced)]
    case .unscheduled: printsUnstated ? rows("held", [unstated]) : []
    }
  }

  private var heldRows: [Row] {
    var rows: [Row] = []
    let held = held
    if held.isEmpty {
      if printsUnstated { rows += self.rows("held", [unstated]) }
    } else {
      rows += self.rows("held", held)
      if printsUnstated, held.count == 1 {
        if held[0].when == nil { rows.insert(row("held", [unstated]), at: 0) }
        if held[0].room == nil { rows.append(row("place", [unstated])) }
      }
    }
    if differs, !announced.isEmpty { rows.append(row("announced", announced)) }
    let presiding = presiding
    if !presiding.isEmpty {
      rows.append(row("presiding", presiding.map { Line(when: $0, room: nil) }))
    } else if printsUnstated {
      rows.append(row("presiding", [unstated]))
    }
    let present = numbersPresent
    if !present.isEmpty { rows.append(row("presentNumber", present.map { Line(when: $0, room: nil) })) }
    return rows
  }

  /// Whoever presided, each once.
  var presiding: [LocalizedText] {
    var seen: Set<LocalizedText> = []
    return steps.compactMap { context.text($0.details.presiding?.asPrinted) }.filter {
      seen.insert($0).inserted
    }
  }

  /// How many were present at each step.
  var numbersPresent: [LocalizedText] { steps.compactMap(present) }

  /// Times with their places. A single line has a row for each.
  private func rows(_ key: String, _ lines: [Line]) -> [Row] {
    guard lines.count == 1, let line = lines.first, line.room != nil else { return [row(key, lines)] }
    let place = row("place", [Line(when: line.room, room: nil)])
    return line.when == nil ? [place] : [row(key, [Line(when: line.when, room: nil)]), place]
  }

  private func row(_ key: String, _ lines: [Line]) -> Row { Row(label: label(key), lines: lines) }

  private func label(_ key: String) -> LocalizedText { context.label(Labels.fixed[key]!) }

  private var unstated: Line { Line(when: label("notStated"), room: nil) }

  /// `42 (quorum 30)`, `42`, `quorum 30`
  private func present(_ step: StepRow) -> LocalizedText? {
    let (present, quorum) = (step.details.present, step.details.quorum)
    if present == nil, quorum == nil { return nil }
    return context.languages.localized { language in
      let words = quorum.map { Labels.quorum.localized([language], with: "\($0)").best([language]).text }
      guard let present else { return words ?? "" }
      return "\(present)" + (words.map(SentenceManner(language).bracketed) ?? "")
    }
  }

  private func when(_ span: Span) -> LocalizedText? {
    if span.start == nil, span.end == nil { return nil }
    return context.languages.localized { Dates.held(span.start, span.end, in: $0) }
  }
}

extension Dates {
  /// `25 March 2016, 09:05–10:40`; `25 March 2016, from 09:05`; `25 March 2016`. One of both is known.
  static func held(_ start: HeldTime?, _ end: HeldTime?, in language: Language) -> String {
    func words(_ wording: Wording, _ text: String) -> String {
      wording.localized([language], with: text).best([language]).text
    }
    switch (start, end) {
    case (.time(let start), .time(let end)): return span(start, end, in: language)
    case (.time(let start), .day(let end)) where start.date != end:
      return "\(instant(start, in: language)) – \(day(end, in: language))"
    case (.time(let start), _):
      return day(start.date, in: language) + joint(language) + words(Labels.heldFrom, start.clock)
    case (.day(let start), .time(let end)) where start != end.date:
      return "\(day(start, in: language)) – \(instant(end, in: language))"
    case (_, .time(let end)):
      return day(end.date, in: language) + joint(language) + words(Labels.heldUntil, end.clock)
    case (.day(let start), .day(let end)): return days(start, end, in: language)
    case (.day(let only), nil), (nil, .day(let only)): return day(only, in: language)
    case (nil, nil): return ""
    }
  }

  /// `25 March 2016, 09:05`
  private static func instant(_ time: ZonedTime, in language: Language) -> String {
    day(time.date, in: language) + joint(language) + time.clock
  }
}

// MARK: All sessions

/// The sessions of the record, as they were held.
struct RecordAsHeld {
  private let tables: HeldTables
  private let steps: [SessionID: [StepRow]]
  let context: PublicationContext
  let front: FrontMatterDetails
  /// The sessions in the order of the record.
  private let order: [SessionRow]

  init(_ model: ProceedingsModel, _ context: PublicationContext) {
    tables = model.held
    steps = model.held.stepsBySession
    front = model.held.frontMatter
    order = model.sessions(in: context.program)
    self.context = context
  }

  func session(_ row: SessionRow) -> SessionAsHeld {
    SessionAsHeld(
      row: row, steps: steps[row.id] ?? [], printsUnstated: front.unstated == .printed, context: context)
  }

  /// The session's title in the record.
  func title(_ row: SessionRow) -> LocalizedText {
    let own = row.details.title
    return context.text(tables.headings[row.id.slug].map { own.merging($0.heading) } ?? own)
  }

  /// The segments of a session, each with the number of entries before it.
  ///
  /// - Parameter places: of the printed entries, in order.
  func segments(_ session: SessionID, among places: [OrderKey]) -> [ProceedingsDocument.Segment] {
    (tables.segmentsBySession[session] ?? []).map { segment in
      ProceedingsDocument.Segment(
        number: segment.number, anchor: "segment-\(session)-\(segment.number)",
        title: context.text(segment.title), before: places.count { $0 < segment.order })
    }
  }

  /// The sessions that were not held as they were announced; none while no session has been convened.
  ///
  /// - Parameter recorded: sessions with a record, which were held, although nobody may have stated when.
  func deviations(besides recorded: Set<SessionID>) -> [ProceedingsDocument.Deviation] {
    if steps.isEmpty { return [] }
    return order.filter { !$0.details.kind.isService }.compactMap { row in
      let session = session(row)
      guard session.differs else { return nil }
      let note: String?
      switch session.status {
      case .cancelled: note = "cancelled"
      case .announced:
        guard !recorded.contains(row.id), isOver(row) else { return nil }
        note = "notHeld"
      case .held: note = session.held.isEmpty ? "notStated" : nil
      case .unscheduled: return nil
      }
      return ProceedingsDocument.Deviation(
        title: title(row), announced: session.announced, held: session.held,
        note: note.map { context.label(Labels.fixed[$0]!) })
    }
  }

  /// Whether the session was announced for a time before the last event.
  private func isOver(_ row: SessionRow) -> Bool {
    guard let end = row.liveSlots.map(\.slot.end.instant).max(), let now = context.checkpoint.lastEventAt
    else {
      return false
    }
    return end <= now
  }

  // MARK: The front

  /// - Parameter words: those of an entry; nil if it is not printed.
  func printedFront(
    _ words: (RecordID) -> ProceedingsDocument.Summary?, _ said: (LocalizedText) -> StatementText
  ) -> ProceedingsDocument.Front {
    let conference = context.program.conference?.details
    let summary =
      front.summary.map { [ProceedingsDocument.Summary(said: said($0), paragraph: nil)] }
      ?? (front.summaryFrom ?? []).compactMap(words)
    return ProceedingsDocument.Front(
      formalTitle: front.headline == nil ? nil : context.text(conference?.title),
      shortTitle: printedShortTitle, series: series,
      dateline: context.text(front.dateline), summary: summary, imprint: imprint)
  }

  /// The brand, else the conference's short title.
  var printedShortTitle: LocalizedText? {
    context.text(front.brand ?? context.program.conference?.details.shortTitle)
  }

  var series: LocalizedText? {
    guard let series = context.text(front.series) else { return nil }
    guard let number = front.seriesNumber else { return series }
    return LocalizedText(
      Dictionary(
        uniqueKeysWithValues: series.languages.map { language in
          let words = Labels.seriesNumber.localized([language], with: "\(number)").best([language]).text
          return (language, series[language]! + Labels.comma(language) + words)
        }))
  }

  private var imprint: [ProceedingsDocument.Fact] {
    func fact(_ key: String, _ text: LocalizedText?) -> ProceedingsDocument.Fact? {
      text.map { ProceedingsDocument.Fact(label: context.label(Labels.fixed[key]!), text: $0) }
    }
    return
      ([fact("series", series), fact("publisher", context.text(front.publisher))]
      + identifiers.map { fact("identifier", $0) } + [fact("licence", context.text(front.licence))])
      .compactMap(\.self)
  }

  var identifiers: [LocalizedText] {
    (front.identifiers ?? []).map { identifier in
      switch identifier {
      case .absent: context.label(Labels.fixed["noIdentifier"]!)
      case .number(let scheme, let number): LocalizedText([.english: "\(scheme.name) \(number)"])
      }
    }
  }

  /// The header with the record's own title.
  func header(_ header: DocumentHeader) -> DocumentHeader {
    guard let headline = context.text(front.headline) else { return header }
    var changed = header
    changed.conference.title = headline
    return changed
  }
}
