import Synchronization
package import Vocabulary

/// What many commands, one after the other, have read of a log. Each reads anew only what none of them has read, and what
/// was appended since, by whomever.
///
/// A read asks the log if it asks for something new, or for the receipt of a command for the first time. That brings everything
/// up to date. The reads after it rest on the same position, and `check(after:in:)` tells whether it is still the last one.
/// After many questions, compared with the size of the log, the whole log is read. It answers everything else from then on.
package actor EventsAtHand {
  private var known: [ConferenceID: KnownEvents] = [:]
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
    var after = known.removeValue(forKey: conference) ?? KnownEvents()
    defer { known[conference] = after }
    guard events.first?.position == after.end + 1 else { throw .conflict(position: after.end) }
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
      let head = known[conference]?.head ?? 0
      if let receipts = receipts[conference], let receipt = command.map({ receipts[$0] }) ?? .some(nil),
        let events = known[conference]?.matching(query)
      {
        unchecked[conference] = min(unchecked[conference] ?? head, head)
        return BoundaryRead(events: events, head: known[conference]?.end ?? 0, receipt: receipt)
      }
      let asked = known[conference]?.question(query) ?? query
      let ahead = known[conference]?.ahead ?? []
      var read = try await log.read(conference, matching: asked, command: command)
      if !ahead.isEmpty {
        read.events.removeAll { $0.position > head }
        read.head = head
      }
      // Somebody else read meanwhile.
      guard (known[conference]?.head ?? 0) == head else { continue }
      if known[conference]?.isOutdated(by: read) == true {
        known[conference] = nil
        continue
      }
      if read.head != head { others[conference, default: 0] += 1 }
      // Taken out while it changes: otherwise each command would copy all that is known.
      var after = known.removeValue(forKey: conference) ?? KnownEvents()
      after.take(read, of: asked, for: query)
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
