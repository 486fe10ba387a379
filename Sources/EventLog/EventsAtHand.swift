import Synchronization
package import Vocabulary

/// What many commands, one after the other, have read of a log. Each reads anew only what none of them has read, and what
/// was appended since, by whomever.
///
/// A read asks the log if it asks for something new, or for the receipt of a command for the first time. That brings everything
/// up to date. The reads after it rest on the same position, and `check(after:in:)` tells whether it is still the last one.
/// After many questions, compared with the size of the log, the whole log is read. It answers everything else from then on.
package actor EventsAtHand {
  /// Of one conference, up to its position.
  private struct Known {
    /// By the items that were asked for. All of these events are known.
    var positions: [Query.Item: [Int]] = [:]
    /// The items by their first tags; by nil, those without one.
    var items: [String?: [Query.Item]] = [:]
    var events: [Int: RecordedEvent] = [:]
    /// By their tags, if all events of the log are known.
    var all: [String: [Int]]?
    /// Of the log.
    var head = 0
    /// What is not in the log yet.
    var ahead: [RecordedEvent] = []
    /// How often the log was asked for something that was not known.
    var questions = 0

    /// A question is taken to cost as much as reading so many events.
    private static let eventsOfQuestion = 100
    /// The events of a longer log are not all kept in memory.
    static let mostKept = 200_000

    var isWorthReadingWhole: Bool {
      all == nil && head <= min(questions * Self.eventsOfQuestion, Self.mostKept)
    }

    private mutating func keep(_ event: RecordedEvent) {
      guard events[event.position] == nil else { return }
      var event = event
      if !event.memory.isKeeping { event.memory = .keeping() }
      events[event.position] = event
      if all != nil { for tag in event.tags { all?[tag, default: []].append(event.position) } }
    }

    private mutating func take(_ event: RecordedEvent, for item: Query.Item) {
      positions[item, default: []].append(event.position)
      keep(event)
    }

    /// Takes what was appended since, for the items that are known.
    mutating func take(later event: RecordedEvent) {
      if all != nil { keep(event) }
      for tag in event.tags.map(Optional.some) + [nil] {
        for item in items[tag] ?? [] where item.matches(event) { take(event, for: item) }
      }
    }

    /// - Parameter read: what the log has for it, among others.
    mutating func add(_ item: Query.Item, _ read: [RecordedEvent]) {
      positions[item] = []
      items[item.tags.first?.text, default: []].append(item)
      for event in candidates(for: item) ?? read + ahead where item.matches(event) { take(event, for: item) }
    }

    /// What may match, in the order of positions; nil if not all events are known.
    private func candidates(for item: Query.Item) -> [RecordedEvent]? {
      guard let all else { return nil }
      guard let first = item.tags.first else { return everything }
      return (all[first.text] ?? []).compactMap { events[$0] }
    }

    /// - Parameter read: all events of the log.
    mutating func take(all read: [RecordedEvent]) {
      all = [:]
      let known = events
      events = [:]
      // What was decoded is not decoded again.
      for event in read + ahead { keep(known[event.position] ?? event) }
    }

    var everything: [RecordedEvent] { events.keys.sorted().compactMap { events[$0] } }

    mutating func add(ahead event: RecordedEvent) {
      ahead.append(event)
      take(later: event)
    }

    /// - Parameter events: the first of what was added, as the log has it now.
    mutating func take(recorded new: [RecordedEvent]) {
      for event in new {
        let memory = events[event.position]?.memory ?? .keeping()
        events[event.position] = event
        // What was decoded is not decoded again.
        events[event.position]?.memory = memory
      }
      ahead.removeFirst(new.count)
      head += new.count
    }

    mutating func forgetAhead() {
      for event in ahead {
        events[event.position] = nil
        for tag in event.tags { all?[tag]?.removeAll { $0 > head } }
      }
      if !ahead.isEmpty {
        for item in positions.keys { positions[item]?.removeAll { $0 > head } }
      }
      ahead = []
    }

    /// Nil if the log must be asked.
    mutating func matching(_ query: Query) -> [RecordedEvent]? {
      if query.items.isEmpty { return all == nil ? nil : everything }
      for item in query.items where positions[item] == nil {
        guard all != nil else { return nil }
        add(item, [])
      }
      return Set(query.items.flatMap { positions[$0] ?? [] }).sorted().compactMap { events[$0] }
    }
  }

  private var known: [ConferenceID: Known] = [:]
  /// Of the commands about which the log was asked, nil for one without a receipt; of the conferences that are up to date.
  private var receipts: [ConferenceID: [String: (request: [UInt8], receipt: Receipt)?]] = [:]
  /// How often the log was longer than it was known to be.
  private var others: [ConferenceID: Int] = [:]
  /// Of each conference, the lowest position of an answer that was given without asking the log.
  private var unchecked: [ConferenceID: Int] = [:]

  package init() {}

  /// The next read asks the log: somebody has appended, or tries again after a conflict.
  package func askAgain() { receipts = [:] }

  /// Adds what is to be appended later. Until it is recorded or forgotten, it is read as if it were in the log, which nobody
  /// else appends to.
  ///
  /// - Parameter events: at the next positions.
  /// - Throws: `AppendError.conflict` if they were decided on another position than the last one.
  package func add(ahead events: [RecordedEvent], to conference: ConferenceID) throws(AppendError) {
    var after = known.removeValue(forKey: conference) ?? Known()
    defer { known[conference] = after }
    let last = after.head + after.ahead.count
    guard events.first?.position == last + 1 else { throw .conflict(position: last) }
    for event in events { after.add(ahead: event) }
  }

  /// The first of what was added is in the log now.
  ///
  /// - Parameter events: as they were recorded, right after what is known of the log.
  package func take(recorded events: [RecordedEvent], in conference: ConferenceID) {
    guard let head = known[conference]?.head else { return }
    known[conference]?.take(recorded: events)
    // What was answered since rests on the same events.
    if unchecked[conference] == head { unchecked[conference] = head + events.count }
  }

  /// Whether all events of the log are at hand, so that it is not asked any more.
  package func isWhole(_ conference: ConferenceID) -> Bool { known[conference]?.all != nil }

  /// How often events of others were found in the log.
  package func foundOthers(in conference: ConferenceID) -> Int { others[conference] ?? 0 }

  /// Forgets what was added, because it was refused. The next read asks the log.
  package func forgetAhead() {
    for (conference, events) in known where !events.ahead.isEmpty {
      known[conference]?.forgetAhead()
      if events.head == 0 { known[conference] = nil }
    }
    unchecked = [:]
    askAgain()
  }

  /// Whether there are answers for `check(after:in:)`.
  package var hasUnchecked: Bool { !unchecked.isEmpty }

  /// Answers that were given so far need no check.
  package func forgetUnchecked() { unchecked = [:] }

  /// Checks that nobody has appended since the first answer for which the log was not asked.
  ///
  /// - Parameter appended: the position of the log after which this conference's events are appended, which is checked then.
  /// - Throws: `AppendError.conflict` if somebody has, or another error of the log. The next read asks the log.
  package func check(after appended: (conference: ConferenceID, position: Int)?, in log: some EventStore)
    async throws(AppendError)
  {
    // What is answered while it asks is checked later.
    let answered = unchecked
    unchecked = [:]
    for (conference, head) in answered {
      var now = head
      if let appended, appended.conference == conference {
        now = appended.position
      } else {
        now = try await log.read(conference, matching: Query([Query.Item(after: head)]), command: nil).head
      }
      if now != head {
        unchecked = [:]
        askAgain()
        throw .conflict(position: now)
      }
    }
  }

  package func read(
    _ conference: ConferenceID, matching query: Query, command: String?, in log: some EventStore
  ) async throws(AppendError) -> BoundaryRead {
    while true {
      let (head, ahead) = (known[conference]?.head ?? 0, known[conference]?.ahead ?? [])
      if let receipts = receipts[conference], let receipt = command.map({ receipts[$0] }) ?? .some(nil),
        let events = known[conference]?.matching(query)
      {
        unchecked[conference] = min(unchecked[conference] ?? head, head)
        return BoundaryRead(events: events, head: head + ahead.count, receipt: receipt)
      }
      let asked = question(query, of: conference)
      var read = try await log.read(conference, matching: asked, command: command)
      if !ahead.isEmpty {
        read.events.removeAll { $0.position > head }
        read.head = head
      }
      let isStale =
        read.head < head
        || head > 0
          && read.events.contains {
            $0.position > head && Self.changesEarlier(type: $0.type, tags: $0.tags)
          }
      // Somebody else read meanwhile, or what is known holds no longer.
      if isStale { known[conference] = nil }
      guard !isStale, (known[conference]?.head ?? 0) == head else { continue }
      if read.head != head { others[conference, default: 0] += 1 }
      // Taken out while it changes: otherwise each command would copy all that is known.
      var after = known.removeValue(forKey: conference) ?? Known()
      if query.items.contains(where: { after.positions[$0] == nil }) { after.questions += 1 }
      if asked.items.isEmpty, read.head <= Known.mostKept {
        after.take(all: read.events.filter { $0.position <= head })
      }
      for event in read.events where event.position > head { after.take(later: event) }
      for item in query.items where after.positions[item] == nil { after.add(item, read.events) }
      after.head = read.head
      // A log that is too long to be kept was read for this answer alone.
      let matching = after.matching(query) ?? read.events + ahead
      // A conference that nobody has opened is asked for again.
      if read.head > 0 || !ahead.isEmpty { known[conference] = after }
      var answered = receipts[conference] ?? [:]
      if let command { answered[command] = .some(read.receipt) }
      receipts[conference] = answered
      return BoundaryRead(events: matching, head: read.head + ahead.count, receipt: read.receipt)
    }
  }

  /// What to ask the log for a query: what is not known of it, and what came after that which is.
  private func question(_ query: Query, of conference: ConferenceID) -> Query {
    guard let known = known[conference], known.head > 0 else { return query }
    let missing = query.items.filter { known.positions[$0] == nil }
    if known.all == nil, query.items.isEmpty || !missing.isEmpty && known.isWorthReadingWhole {
      return .everything
    }
    // Nothing comes after what waits to be appended, but the log may be asked for a receipt alone.
    let later = Query.Item(after: known.head)
    if known.all != nil { return Query([later]) }
    return Query(known.ahead.isEmpty || missing.isEmpty ? missing + [later] : missing)
  }

  /// Whether the event takes others away, or changes what is read of them.
  package static func changesEarlier(type: String, tags: [String]) -> Bool {
    tags.contains(Tag.aside.text) || Expunction.types.contains(type)
  }
}

/// Keeps the body of an event as it was decoded first, for whoever reads the same event many times.
///
/// Two events are equal whether their bodies are kept or not.
struct BodyMemory: Sendable, Hashable {
  private final class Kept: Sendable {
    let body = Mutex<(any EventBody)?>(nil)
  }

  /// Nil: nothing is kept.
  private var kept: Kept?

  var isKeeping: Bool { kept != nil }

  static func keeping() -> BodyMemory {
    var memory = BodyMemory()
    memory.kept = Kept()
    return memory
  }

  func body<Body: EventBody>(_ decode: () throws -> Body) rethrows -> Body {
    guard let kept else { return try decode() }
    if let known = kept.body.withLock({ $0 as? Body }) { return known }
    let decoded = try decode()
    kept.body.withLock { $0 = decoded }
    return decoded
  }

  static func == (_: BodyMemory, _: BodyMemory) -> Bool { true }
  func hash(into _: inout Hasher) {}
}
