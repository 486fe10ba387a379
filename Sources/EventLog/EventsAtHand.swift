import Synchronization
package import Vocabulary

/// What many commands, one after the other, have read of a log. Each reads anew only what none of them has read, and what
/// was appended since, by whomever.
///
/// The first read of a command asks the log, and brings everything up to date. Its further reads rest on the same position,
/// as long as they ask for nothing new. So a decision sees what it would see without this.
package actor EventsAtHand {
  /// Of one conference, up to its position.
  private struct Known {
    /// By the items that were asked for. All of these events are known.
    var positions: [Query.Item: [Int]] = [:]
    /// The items by their first tags; by nil, those without one.
    var items: [String?: [Query.Item]] = [:]
    var events: [Int: RecordedEvent] = [:]
    var head = 0

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
      for event in read where item.matches(event) { take(event, for: item) }
    }

    func matching(_ query: Query) -> [RecordedEvent] {
      Set(query.items.flatMap { positions[$0] ?? [] }).sorted().compactMap { events[$0] }
    }
  }

  /// The command that read last.
  private struct Reader {
    let conference: ConferenceID
    let command: String
    let receipt: (request: [UInt8], receipt: Receipt)?
  }

  private var known: [ConferenceID: Known] = [:]
  private var reader: Reader?

  package init() {}

  /// The next read asks the log, also for the same command: it has appended, or tries again after a conflict.
  package func askAgain() { reader = nil }

  package func read(
    _ conference: ConferenceID, matching query: Query, command: String?, in log: some EventStore
  ) async throws(AppendError) -> BoundaryRead {
    if query.items.isEmpty { return try await log.read(conference, matching: query, command: command) }
    while true {
      let head = known[conference]?.head ?? 0
      let missing = query.items.filter { known[conference]?.positions[$0] == nil }
      if missing.isEmpty, let reader, let known = known[conference], reader.conference == conference,
        reader.command == command
      {
        return BoundaryRead(events: known.matching(query), head: known.head, receipt: reader.receipt)
      }
      // What is known is brought up to date with everything that came after it.
      let later = head > 0 ? [Query.Item(after: head)] : []
      let read = try await log.read(conference, matching: Query(missing + later), command: command)
      let isStale =
        read.head < head
        || head > 0 && read.events.contains { $0.position > head && Self.changesEarlier($0) }
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
      if read.head > 0 { known[conference] = after }
      reader = command.map { Reader(conference: conference, command: $0, receipt: read.receipt) }
      return BoundaryRead(events: matching, head: read.head, receipt: read.receipt)
    }
  }

  /// Whether the event takes others away, or changes what is read of them.
  private static func changesEarlier(_ event: RecordedEvent) -> Bool {
    event.tags.contains(Tag.aside.text) || Expunction.types.contains(event.type)
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
