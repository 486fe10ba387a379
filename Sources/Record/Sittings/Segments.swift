package import EventLog
import People
import Scheduling
package import Vocabulary

/// The headings in the record of a session: its segments, and the title that the session is printed under.
package enum Segments: Decider {
  package static let name = "Segments"

  package struct State: Sendable, Equatable {
    var timetable = Timetable()
    /// By number. Each has its place.
    package var segments: [SessionID: [Int: SegmentDetails]] = [:]
    var last: [SessionID: Int] = [:]
    package var headings: [SessionID: LocalizedText] = [:]
    /// The entry that a segment begins with, and the places around it.
    var record = RecordState()
  }

  package enum Command: Codable, Sendable {
    /// - before: the entry that it begins with; nil: it begins now, with the next entry.
    case open(SessionID, LocalizedText, before: RecordID?)
    case revise(SessionID, Int, LocalizedText?, before: RecordID?)
    case remove(SessionID, Int)
    /// - heading: nil for the program's title.
    case setHeading(SessionID, LocalizedText?)

    var session: SessionID {
      switch self {
      case .open(let session, _, _), .revise(let session, _, _, _), .remove(let session, _),
        .setHeading(let session, _):
        session
      }
    }

    fileprivate var before: RecordID? {
      switch self {
      case .open(_, _, let before), .revise(_, _, _, let before): before
      case .remove, .setHeading: nil
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case unknownSession(SessionID)
    case unknownEntry(RecordID, SessionID)
    case noSuchSegment(SessionID, Int, known: [Int])

    package var texts: [HintedText] {
      switch self {
      case .unknownSession(let session): Sessions.Refusal.unknownSession(session).texts
      case .unknownEntry(let entry, let session):
        .says("The record of “\(session)” has no entry “\(entry)”.", .list(RecordEntity.self))
      case .noSuchSegment(let session, let number, let known):
        .says(
          "The session “\(session)” has no segment \(number)"
            + (known.isEmpty ? "." : ", only \(list(known.map(String.init)))."), .sittings(session))
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  /// The session's segments; where one begins with a certain entry, that entry and the places around it.
  package static func boundary(of command: Command, in state: State) -> Query {
    let tag = command.session.tag
    var items = [Query.Item(types: types + Sittings.sessionTypes, tags: [tag])]
    if let before = command.before {
      items += [Query.Item(tags: [before.tag]), Query.Item(tags: [.places(in: command.session)])]
    }
    return Query(items)
  }

  private static let types = [
    SegmentOpened.type, SegmentRevised.type, SegmentRemoved.type, SessionHeadingSet.type,
  ]

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let id = command.session
    guard let session = state.timetable.sessions[id], session.details != nil, session.status != .unscheduled
    else { throw .unknownSession(id) }
    let segments = state.segments[id] ?? [:]
    switch command {
    case .open(_, let title, let before):
      if let before {
        let place = try place(before, of: id, state)
        // A heading that stands there already.
        if segments.values.contains(where: { $0.title == title && $0.order == place.taken }) { return [] }
        return [open(id, state, SegmentDetails(title: title, order: place.free))]
      }
      return [open(id, state, SegmentDetails(title: title))]
    case .revise(_, let number, let title, let before):
      guard let known = segments[number] else {
        throw .noSuchSegment(id, number, known: segments.keys.sorted())
      }
      var changes = SegmentDetails.Changes()
      changes.title = title
      if let before {
        let place = try place(before, of: id, state)
        if known.order != place.taken { changes.order = place.free }
      }
      changes = changes.differing(from: known)
      if changes.isEmpty { return [] }
      return [.sitting(.segmentRevised(SegmentRevised(session: id, segment: number, changes: changes)))]
    case .remove(_, let number):
      guard segments[number] != nil else {
        if (state.last[id] ?? 0) >= number, number > 0 { return [] }
        throw .noSuchSegment(id, number, known: segments.keys.sorted())
      }
      return [.sitting(.segmentRemoved(SegmentRemoved(session: id, segment: number)))]
    case .setHeading(_, let heading):
      let known = state.headings[id]
      let wanted = heading.map { known?.merging($0) ?? $0 }
      if wanted == known { return [] }
      return [.sitting(.sessionHeadingSet(SessionHeadingSet(session: id, heading: wanted)))]
    }
  }

  private static func open(_ id: SessionID, _ state: State, _ details: SegmentDetails) -> Event {
    .sitting(
      .segmentOpened(
        SegmentOpened(session: id, segment: (state.last[id] ?? 0) + 1, details: details)))
  }

  /// The place directly before an entry: a free key, and the key of the segment that begins there already.
  private static func place(_ entry: RecordID, of id: SessionID, _ state: State) throws(Refusal)
    -> (free: OrderKey, taken: OrderKey?)
  {
    guard let known = state.record.entries[entry], known.session == id else {
      throw .unknownEntry(entry, id)
    }
    let floor = state.record.floor(below: known)
    let taken = (state.segments[id] ?? [:]).values.compactMap(\.order)
      .filter { floor < $0 && $0 < known.order }.max()
    return ((taken ?? floor).key(before: known.order), taken)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    if case .sitting(let body) = try RecordEvent(event) { state.apply(body, at: event.position) }
    try state.record.evolve(event)
    try state.timetable.evolve(event)
  }
}

extension Segments.State {
  mutating func apply(_ event: SittingEvent, at position: Int) {
    switch event {
    case .segmentOpened(let body):
      var details = body.details
      details.order = details.order ?? OrderKey(position)
      segments[body.session, default: [:]][body.segment] = details
      last[body.session] = max(last[body.session] ?? 0, body.segment)
    case .segmentRevised(let body):
      body.changes.apply(to: &segments[body.session, default: [:]][body.segment])
    case .segmentRemoved(let body): segments[body.session]?[body.segment] = nil
    case .sessionHeadingSet(let body): headings[body.session] = body.heading
    case .sessionConvened, .sessionSuspended, .sessionResumed, .sessionClosed, .sittingRevised,
      .sittingStepRetracted:
      break
    }
  }
}
