package import EventLog
import Postgres
import PostgresLog
package import Vocabulary

extension ConferenceContext {
  /// The position of the last event.
  package func head() async throws -> Int {
    try await workspace.connection.run { [id] in try EventStream.head(of: id, $0) }
  }

  /// Checks that the log reaches as far as the bound.
  ///
  /// - Throws: `Failure` for a position after the last event.
  package func reached(_ bound: LogBound) async throws -> LogBound {
    if case .position(let wanted) = bound {
      let head = try await head()
      if head < wanted {
        throw Failure.notReached(wanted, id, head: head)
      }
    }
    return bound
  }

  package func events(after: Int = 0, upTo bound: LogBound) async throws -> [RecordedEvent] {
    try await workspace.connection.run { [id] connection in
      var events: [RecordedEvent] = []
      try EventStream.read(id, after: after, upTo: bound, detail: .whole, connection) {
        events.append($0)
      }
      return events
    }
  }

  /// Passes on the events in order, as they arrive, without keeping them.
  package func forEachEvent(upTo bound: LogBound, _ body: @Sendable (RecordedEvent) throws -> Void)
    async throws
  {
    try await workspace.connection.run { [id] connection in
      try EventStream.read(id, after: 0, upTo: bound, detail: .whole, connection, body)
    }
  }

  /// Which events are set aside.
  package func setAside() async throws -> SetAside {
    try await workspace.connection.run { [id] in try EventStream.setAside(in: id, $0) }
  }

  /// The id of the command that appended an event.
  ///
  /// - Throws: `Failure` if the log has no such event.
  package func commandID(ofEventAt position: Int) async throws -> String {
    guard position > 0,
      let event = try await events(after: position - 1, upTo: .position(position)).first
    else { throw Failure(.refused, "The log has no event \(position).") }
    return event.commandID
  }
}

extension Workspace {
  /// Every conference and the position of its last event.
  package func conferences() async throws -> [(id: ConferenceID, position: Int)] {
    try await connection.run { try EventStream.heads($0) }.map { (id: $0.0, position: $0.1) }
  }

  /// The machine on which each conference lives; empty for a database that is not distributed.
  package func nodes() async throws -> [ConferenceID: String] {
    try await connection.run { try Distribution.nodes($0) }
  }
}
