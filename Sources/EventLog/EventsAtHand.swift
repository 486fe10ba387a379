import Synchronization
package import Vocabulary

/// What many commands, one after the other, have read of a log. Each reads anew only what none of them has read, and what
/// was appended since, by whomever.
///
/// A read asks the log if it asks for something new, or for the receipt of a command for the first time. That brings everything
/// up to date. The reads after it rest on the same position. So a decision sees what it would see without this.
package actor EventsAtHand {
  /// Of one conference, up to its position.
  private struct Known {
    /// By the items that were asked for. All of these events are known.
    var positions: [Query.Item: [Int]] = [:]
    /// The items by their first tags; by nil, those without one.
    var items: [String?: [Query.Item]] = [:]
    var events: [Int: RecordedEvent] = [:]
    /// Of the log.
    var head = 0
    /// What is not in the log yet.
    var ahead: [RecordedEvent] = []

    mutating func take(_ event: RecordedEvent, for item: Query.Item) {
      positions[item, default: []].append(event.position)
      guard events[event.position] == nil else { return }
      var event = event
      event.memory = .keeping()
      events[event.position] = event
    }

    /// Takes what was appended since, for the items that are known.
    mutating func take(later event: RecordedEvent) {
      for tag in event.tags.map(Optional.some) + [nil] {
        for item in items[tag] ?? [] where item.matches(event) { take(event, for: item) }
      }
    }

    mutating func add(_ item: Query.Item, _ read: [RecordedEvent]) {
      positions[item] = []
      items[item.tags.first?.text, default: []].append(item)
      for event in read + ahead where item.matches(event) { take(event, for: item) }
    }

    mutating func add(ahead event: RecordedEvent) {
      ahead.append(event)
      take(later: event)
    }

    mutating func forgetAhead() {
      for event in ahead { events[event.position] = nil }
      if !ahead.isEmpty {
        for item in positions.keys { positions[item]?.removeAll { $0 > head } }
      }
      ahead = []
    }

    func matching(_ query: Query) -> [RecordedEvent] {
      Set(query.items.flatMap { positions[$0] ?? [] }).sorted().compactMap { events[$0] }
    }
  }

  private var known: [ConferenceID: Known] = [:]
  /// Of the commands about which the log was asked, nil for one without a receipt; of the conferences that are up to date.
  private var receipts: [ConferenceID: [String: (request: [UInt8], receipt: Receipt)?]] = [:]

  package init() {}

  /// The next read asks the log: somebody has appended, or tries again after a conflict.
  package func askAgain() { receipts = [:] }

  /// Adds what is to be appended later. Until ``forgetAhead()`` it is read as if it were in the log, which nobody else
  /// appends to.
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

  /// Forgets what was added, because it was recorded or refused. The next read asks the log.
  package func forgetAhead() {
    for (conference, events) in known where !events.ahead.isEmpty {
      known[conference]?.forgetAhead()
      if events.head == 0 { known[conference] = nil }
    }
    askAgain()
  }

  package func read(
    _ conference: ConferenceID, matching query: Query, command: String?, in log: some EventStore
  ) async throws(AppendError) -> BoundaryRead {
    while true {
      let (head, ahead) = (known[conference]?.head ?? 0, known[conference]?.ahead ?? [])
      let missing = query.items.filter { known[conference]?.positions[$0] == nil }
      if missing.isEmpty, !query.items.isEmpty, let known = known[conference],
        let receipts = receipts[conference], let receipt = command.map({ receipts[$0] }) ?? .some(nil)
      {
        return BoundaryRead(
          events: known.matching(query), head: head + ahead.count, receipt: receipt)
      }
      // What is known is brought up to date with everything that came after it.
      let later = head > 0 && ahead.isEmpty ? [Query.Item(after: head)] : []
      let asked = query.items.isEmpty ? query : Query(missing + later)
      var read = try await log.read(conference, matching: asked, command: command)
      if !ahead.isEmpty {
        read.events.removeAll { $0.position > head }
        read.head = head
      }
      if query.items.isEmpty {
        return BoundaryRead(
          events: read.events + ahead, head: read.head + ahead.count, receipt: read.receipt)
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
      // Taken out while it changes: otherwise each command would copy all that is known.
      var after = known.removeValue(forKey: conference) ?? Known()
      for event in read.events where event.position > head { after.take(later: event) }
      for item in missing { after.add(item, read.events) }
      after.head = read.head
      let matching = after.matching(query)
      // A conference that nobody has opened is asked for again.
      if read.head > 0 || !ahead.isEmpty { known[conference] = after }
      var answered = receipts[conference] ?? [:]
      if let command { answered[command] = .some(read.receipt) }
      receipts[conference] = answered
      return BoundaryRead(events: matching, head: read.head + ahead.count, receipt: read.receipt)
    }
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
