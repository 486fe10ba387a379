/// Selects events. An event matches if it matches any item; a query without items matches every event.
///
/// The query that selects the events a decision depends on is called its boundary.
package struct Query: Sendable, Hashable, Codable {
  /// An event matches if it has one of the types and all of the tags, and comes after the position. No types means
  /// any type, no position any.
  package struct Item: Sendable, Hashable, Codable {
    package var types: [String]
    package var tags: [Tag]
    /// A position that the log has reached. A later one would hide what is appended meanwhile.
    package var after: Int?

    package init(types: [String] = [], tags: [Tag] = [], after: Int? = nil) {
      self.types = types
      self.tags = tags
      self.after = after
    }

    package func matches(_ event: RecordedEvent) -> Bool {
      event.position > after ?? 0 && (types.isEmpty || types.contains(event.type))
        && tags.allSatisfy { event.tags.contains($0.text) }
    }
  }

  package var items: [Item]

  package init(_ items: [Item]) { self.items = items }

  /// Every event with at least one of these tags.
  package static func tagged(_ tags: Tag...) -> Query { tagged(anyOf: tags) }

  package static func tagged(anyOf tags: [Tag]) -> Query {
    var seen: Set<Tag> = []
    return Query(tags.filter { seen.insert($0).inserted }.map { Item(types: [], tags: [$0]) })
  }

  /// Matches every event.
  package static let everything = Query([])

  /// Matches whatever either query matches.
  package func union(_ other: Query) -> Query {
    if items.isEmpty || other.items.isEmpty { return .everything }
    // Few are compared sooner than they are hashed.
    if items.count * other.items.count <= 64 {
      return Query(items + other.items.filter { !items.contains($0) })
    }
    let known = Set(items)
    return Query(items + other.items.filter { !known.contains($0) })
  }

  package func matches(_ event: RecordedEvent) -> Bool {
    items.isEmpty || items.contains { $0.matches(event) }
  }
}

/// “Fail if an event after `after` matches `query`.” Such an event means that somebody else changed
/// what the decision depends on.
package struct Condition: Sendable, Hashable {
  package var query: Query
  package var after: Int

  package init(failIfAny query: Query, after: Int) {
    self.query = query
    self.after = after
  }
}
