/// What is known of the log of one conference, up to a position, and what is to be appended after it.
struct KnownEvents {
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

  /// The last position, with what is to be appended.
  var end: Int { head + ahead.count }

  /// How many events are kept in memory.
  var count: Int { events.count }

  private var isWorthReadingWhole: Bool {
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
      for tag in event.tags { while let last = all?[tag]?.last, last > head { all?[tag]?.removeLast() } }
    }
    if !ahead.isEmpty {
      for item in positions.keys {
        while let last = positions[item]?.last, last > head { positions[item]?.removeLast() }
      }
    }
    ahead = []
  }

  /// The last event, if it is known.
  var last: RecordedEvent? { ahead.last ?? events[head] }

  /// The first event after a position that matches; nil if there is none. Only for what is known.
  func first(matching query: Query, after position: Int) -> Int? {
    if query.items.isEmpty { return position < end ? max(position, 0) + 1 : nil }
    return query.items.lazy.compactMap { item in
      let known = positions[item] ?? []
      // What was appended since is at the end.
      guard let last = known.last, last > position else { return nil }
      return known.first { $0 > position }
    }.min()
  }

  /// Whether everything is known that matches any of the query's items.
  mutating func knows(itemsOf query: Query) -> Bool {
    for item in query.items where positions[item] == nil {
      guard all != nil else { return false }
      add(item, [])
    }
    return true
  }

  /// Nil if the log must be asked.
  mutating func matching(_ query: Query) -> [RecordedEvent]? {
    if query.items.isEmpty { return all == nil ? nil : everything }
    guard knows(itemsOf: query) else { return nil }
    let found = query.items.compactMap { positions[$0] }.filter { !$0.isEmpty }
    // Those of one item are in order.
    let all = found.count == 1 ? found[0] : Set(found.joined()).sorted()
    return all.compactMap { events[$0] }
  }

  // MARK: Asking the log

  /// What to ask the log for a query: what is not known of it, and what came after that which is.
  func question(_ query: Query) -> Query {
    guard head > 0 else { return query }
    let missing = query.items.filter { positions[$0] == nil }
    if all == nil, query.items.isEmpty || !missing.isEmpty && isWorthReadingWhole {
      return .everything
    }
    // Nothing comes after what waits to be appended, but the log may be asked for a receipt alone.
    let later = Query.Item(after: head)
    if all != nil { return Query([later]) }
    return Query(ahead.isEmpty || missing.isEmpty ? missing + [later] : missing)
  }

  /// Whether what the log answered shows that this holds no longer: the log has become shorter, or somebody has appended what
  /// changes how earlier events are read.
  func isOutdated(by read: BoundaryRead) -> Bool {
    read.head < head
      || head > 0
        && read.events.contains {
          $0.position > head && EventsAtHand.changesEarlier(type: $0.type, tags: $0.tags)
        }
  }

  /// Takes what the log answered.
  ///
  /// - Parameters:
  ///   - asked: the question.
  ///   - query: what it was asked for.
  mutating func take(_ read: BoundaryRead, of asked: Query, for query: Query) {
    if query.items.contains(where: { positions[$0] == nil }) { questions += 1 }
    if asked.items.isEmpty, read.head <= Self.mostKept {
      take(all: read.events.filter { $0.position <= head })
    }
    for event in read.events where event.position > head { take(later: event) }
    for item in query.items where positions[item] == nil { add(item, read.events) }
    head = read.head
  }
}
