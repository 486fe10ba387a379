package import EventLog
package import Scheduling
package import Vocabulary

/// Undoes one command about the record: appends events that restore what it changed.
///
/// Sittings, segments, headings, numbers of sessions and the front matter are restored if nothing has changed them since.
/// `EntryUndo` restores entries.
package enum RecordUndo: Decider {
  package static let name = "RecordUndo"

  package typealias Event = RecordEvent
  package typealias Refusal = Undo.Refusal

  package struct State: Sendable {
    /// The events of the boundary, in the order of the log.
    var events: [RecordedEvent] = []
  }

  package struct Command: Encodable, Sendable {
    /// The other properties are looked up by the command id and never change.
    private enum CodingKeys: CodingKey { case commandID }

    /// The id of the command to undo.
    package var commandID: String
    /// The position of its first event.
    package var first: Int
    /// The position of its last event.
    package var last: Int
    /// The tags of its events.
    package var tags: [Tag]
    /// The clocks on which a refusal shows times.
    package var rules: ZoneRules

    package init(commandID: String, first: Int, last: Int, tags: [Tag], rules: ZoneRules) {
      self.commandID = commandID
      self.first = first
      self.last = last
      self.tags = tags
      self.rules = rules
    }
  }

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    guard command.tags.contains(.ordinal) else { return .tagged(anyOf: command.tags) }
    // The number of a session depends on the issues, and not on what was recorded in it.
    return .tagged(anyOf: command.tags.filter { !$0.text.hasPrefix("entries:") } + [.issue])
  }

  /// Why a command with these events can never be undone; nil if that depends on others.
  package static func refusal(of events: [RecordedEvent]) -> Refusal? {
    events.lazy.compactMap { refusal(of: $0) }.first
  }

  private static func refusal(of event: RecordedEvent) -> Refusal? {
    let why: HintedText
    switch try? RecordEvent(event) {
    case .sitting(.sittingStepRetracted): why = HintedText("what was taken back must be recorded again")
    case .sitting, .frontMatterRevised, .sessionOrdinalSet: return nil
    case .organisationAdded(let body): why = authority(.revise(body.organisation))
    case .organisationRevised(let body): why = authority(.revise(body.organisation))
    case .subjectAdded(let body): why = authority(.revise(body.subject))
    case .subjectRevised(let body): why = authority(.revise(body.subject))
    default: why = HintedText("the record is corrected, not undone", [.correctRecord])
    }
    return .final(type: event.type, position: event.position, why: why)
  }

  private static func authority(_ hint: Hint) -> HintedText {
    HintedText("the authority file is revised, not undone", [hint])
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let undone = state.events.filter { (command.first...command.last).contains($0.position) }
    if let refusal = refusal(of: undone) { throw refusal }
    let sides = Sides(state.events, command)
    var events: [Event] = []
    for event in undone.reversed() {
      events += try sides.inverse(of: event)
    }
    return events
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    state.events.append(event)
  }
}

/// The states before a command, after it and now.
private struct Sides {
  struct Side {
    var sittings = Sittings.State()
    var segments = Segments.State()
    var front = FrontMatterDetails()
    var numbers = Issues.State()

    /// Errors are ignored: an unreadable event would have stopped the reading of the boundary.
    mutating func take(_ event: RecordedEvent) {
      try? Sittings.evolve(&sittings, event)
      try? Segments.evolve(&segments, event)
      try? Issues.evolve(&numbers, event)
      if case .frontMatterRevised(let body) = try? RecordEvent(event) { body.changes.apply(to: &front) }
    }
  }

  let before: Side
  let after: Side
  let now: Side
  let later: [RecordedEvent]
  /// For the times in refusals.
  private let rules: ZoneRules

  init(_ events: [RecordedEvent], _ command: RecordUndo.Command) {
    var side = Side()
    var (before, after): (Side?, Side?)
    for event in events {
      if before == nil, event.position >= command.first { before = side }
      if after == nil, event.position > command.last { after = side }
      side.take(event)
    }
    (self.before, self.after, now) = (before ?? side, after ?? side, side)
    later = events.filter { $0.position > command.last }
    rules = command.rules
  }

  func inverse(of event: RecordedEvent) throws(Undo.Refusal) -> [RecordEvent] {
    switch try? RecordEvent(event) {
    case .sitting(let body): try inverse(of: body).map { .sitting($0) }
    case .frontMatterRevised:
      try restored("The front matter", .frontMatter) { $0.front }
        .map { .frontMatterRevised(FrontMatterRevised(changes: $0)) }
    case .sessionOrdinalSet(let body): try inverse(of: body)
    default: []
    }
  }

  private func inverse(of body: SessionOrdinalSet) throws(Undo.Refusal) -> [RecordEvent] {
    let session = body.session
    guard
      try mustRestore(
        "The number of “\(session)” in the record", .entries(of: session), { $0.numbers.byHand[session] })
    else { return [] }
    let old = before.numbers.byHand[session]
    do {
      try Issues.checkOrdinal(old, of: session, now.numbers)
    } catch { throw .forbidden(error.texts) }
    return [.sessionOrdinalSet(SessionOrdinalSet(session: session, ordinal: old))]
  }

  private func inverse(of event: SittingEvent) throws(Undo.Refusal) -> [SittingEvent] {
    switch event {
    case .sessionConvened(let body): return try retracted(body.session, body.step)
    case .sessionSuspended(let body): return try retracted(body.session, body.step)
    case .sessionResumed(let body): return try retracted(body.session, body.step)
    case .sessionClosed(let body): return try retracted(body.session, body.step)
    case .sittingRevised(let body):
      return try restored("Step \(body.step) of “\(body.session)”", body.session.tag) {
        step(body.step, of: body.session, $0)?.details
      }.map { .sittingRevised(SittingRevised(session: body.session, step: body.step, changes: $0)) }
    // It is final.
    case .sittingStepRetracted: return []
    case .segmentOpened(let body):
      guard
        try mustRestore(
          segment(body), body.session.tag, { $0.segments.segments[body.session]?[body.segment] })
      else { return [] }
      return [.segmentRemoved(SegmentRemoved(session: body.session, segment: body.segment))]
    case .segmentRevised(let body):
      return try restored("Segment \(body.segment) of “\(body.session)”", body.session.tag) {
        $0.segments.segments[body.session]?[body.segment]
      }.map { .segmentRevised(SegmentRevised(session: body.session, segment: body.segment, changes: $0)) }
    case .segmentRemoved(let body):
      func known(_ side: Side) -> SegmentDetails? { side.segments.segments[body.session]?[body.segment] }
      guard try mustRestore("Segment \(body.segment) of “\(body.session)”", body.session.tag, known),
        let old = known(before)
      else { return [] }
      return [.segmentOpened(SegmentOpened(session: body.session, segment: body.segment, details: old))]
    case .sessionHeadingSet(let body):
      func heading(_ side: Side) -> LocalizedText? { side.segments.headings[body.session] }
      guard try mustRestore("The heading of “\(body.session)”", body.session.tag, heading) else { return [] }
      return [.sessionHeadingSet(SessionHeadingSet(session: body.session, heading: heading(before)))]
    }
  }

  private func segment(_ body: SegmentOpened) -> String { "Segment \(body.segment) of “\(body.session)”" }

  private func step(_ number: Int, of session: SessionID, _ side: Side) -> Sittings.Step? {
    side.sittings.steps[session]?.first { $0.number == number }
  }

  /// Only the last step of a session can be taken back: the later ones rest on it.
  private func retracted(_ session: SessionID, _ number: Int) throws(Undo.Refusal) -> [SittingEvent] {
    let what = "Step \(number) of “\(session)”"
    guard try mustRestore(what, session.tag, { step(number, of: session, $0) }) else { return [] }
    guard now.sittings.steps[session]?.last?.number == number else { throw changed(what, session.tag) }
    return [.sittingStepRetracted(SittingStepRetracted(session: session, step: number))]
  }

  /// Whether a value must be restored: the command changed it, and it is still as the command left it.
  private func mustRestore<Value: Equatable>(
    _ what: String, _ tag: Tag, _ value: (Side) -> Value
  ) throws(Undo.Refusal) -> Bool {
    let (old, left, current) = (value(before), value(after), value(now))
    if old == left || current == old { return false }
    guard current == left else { throw changed(what, tag) }
    return true
  }

  /// The changes that restore an entity's details, field by field; nothing if there are none.
  private func restored<Changes: DetailChanges>(
    _ what: String, _ tag: Tag, _ details: (Side) -> Changes.Field.Details?
  ) throws(Undo.Refusal) -> [Changes] {
    var changes = Changes()
    guard let old = details(before) else { return [] }
    for field in Changes.Field.allCases {
      let value = field.access.value
      if try mustRestore(what, tag, { details($0).map(value) }) { changes.restore(field, of: old) }
    }
    return changes.isEmpty ? [] : [changes]
  }

  private func changed(_ what: String, _ tag: Tag) -> Undo.Refusal {
    let types = Set(SittingEvent.types)
    let event = later.last { $0.tags.contains(tag.text) && types.contains($0.type) } ?? later.last
    return .changedSince(what: what, by: event?.origin, type: event?.type, rules)
  }
}

extension SittingEvent {
  /// The stored types of all of them, of the numbers of sessions, and of the front matter.
  fileprivate static let types = [
    SessionConvened.type, SessionSuspended.type, SessionResumed.type, SessionClosed.type, SittingRevised.type,
    SittingStepRetracted.type, SegmentOpened.type, SegmentRevised.type, SegmentRemoved.type,
    SessionHeadingSet.type, SessionOrdinalSet.type, FrontMatterRevised.type,
  ]
}
