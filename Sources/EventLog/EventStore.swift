package import Vocabulary

/// The events that one command appends: all or none.
package struct AppendRequest: Sendable {
  package var conference: ConferenceID
  /// A UUID in lower case. Sending the same command again with the same id appends nothing.
  package var commandID: String
  /// A hash of the request, 32 bytes. It detects another request with the same command id.
  package var request: [UInt8]
  package var actor: String
  package var reason: String?
  package var events: [any EventBody]
  package var condition: Condition?

  package init(
    conference: ConferenceID, commandID: String, request: [UInt8], actor: String,
    reason: String? = nil, events: [any EventBody], condition: Condition? = nil
  ) {
    self.conference = conference
    self.commandID = commandID
    self.request = request
    self.actor = actor
    self.reason = reason
    self.events = events
    self.condition = condition
  }

  /// The events as a log has them that appends them.
  ///
  /// - Throws: errors of the bodies.
  package func recorded(after head: Int, at time: Timestamp, by login: String) throws -> [RecordedEvent] {
    try withoutLeaves(after: head, at: time, by: login).map { $0.recorded(at: time, by: login) }
  }

  /// The same without their hashes.
  fileprivate func withoutLeaves(after head: Int, at time: Timestamp, by login: String) throws
    -> [RecordedEvent]
  {
    try events.enumerated().map { index, body in
      let stored = try StoredBody(body)
      return RecordedEvent(
        conference: conference.slug, position: head + 1 + index, type: type(of: body).type,
        version: type(of: body).version, tags: body.tags.map { $0.text }, body: stored.text,
        words: stored.words?.json, salt: stored.words?.salt, actor: actor, login: login, reason: reason,
        commandID: commandID, recordedAt: time, leaf: [])
    }
  }
}

/// A command that was decided on the last position of the log, and is appended later.
package struct DecidedCommand: Sendable {
  package let request: AppendRequest
  /// As they will be recorded, except for their times, the login and the hash.
  package let events: [RecordedEvent]
  package let receipt: Receipt

  /// - Parameter position: the last one of the log.
  /// - Throws: errors of the bodies.
  package init(_ request: AppendRequest, after position: Int, at time: Timestamp) throws {
    self.request = request
    events = try request.withoutLeaves(after: position, at: time, by: "")
    receipt = Receipt(first: position + 1, last: position + events.count, replayed: false)
  }
}

/// What came of commands that were to be appended together.
package enum AppendedCommands: Sendable, Equatable {
  /// Their events, as they are recorded.
  case now([RecordedEvent])
  /// All of them had been carried out before, at the same positions.
  case before
}

/// The positions of a command's events.
package struct Receipt: Sendable, Hashable {
  package var first: Int
  package var last: Int
  /// The command had been carried out before, and nothing was appended this time.
  package var replayed: Bool

  package init(first: Int, last: Int, replayed: Bool) {
    self.first = first
    self.last = last
    self.replayed = replayed
  }
}

/// Why an append failed.
package enum AppendError: Error, Sendable, Equatable {
  /// An event after the condition's position matches its query. Read and decide again.
  case conflict(position: Int)
  /// The command id was used for another request.
  case commandIDReused
  /// Another transaction held the conference's lock for too long.
  case busy
  /// The connection was lost. Send the append again to learn whether it succeeded.
  case connectionLost
  case failed(StoreFailure)
}

/// Any other reason why a store failed: the original error, or a sentence.
package struct StoreFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Nil if there is only a sentence.
  package let error: (any Error)?
  package let description: String

  package init(_ error: any Error) {
    self.error = error
    description = String(describing: error)
  }

  package static func == (one: Self, other: Self) -> Bool { one.description == other.description }
}

extension StoreFailure: ExpressibleByStringInterpolation {
  package init(stringLiteral sentence: String) {
    error = nil
    description = sentence
  }
}

/// The events in a decision's boundary.
package struct BoundaryRead: Sendable {
  package var events: [RecordedEvent]
  /// The conference's last position at the time of reading; 0 if the conference does not exist.
  package var head: Int
  /// The command's receipt, if it was carried out before.
  package var receipt: (request: [UInt8], receipt: Receipt)?

  package init(
    events: [RecordedEvent], head: Int, receipt: (request: [UInt8], receipt: Receipt)? = nil
  ) {
    self.events = events
    self.head = head
    self.receipt = receipt
  }
}

/// A log of events with one gapless order per conference.
///
/// Its promises are the tests in `EventStorePromises`, which run against every implementation.
package protocol EventStore: Sendable {
  func append(_ request: AppendRequest) async throws(AppendError) -> Receipt

  /// The matching events in order, with the head and the command's receipt from the same snapshot. Events that are set
  /// aside (``EventSetAside``) are left out.
  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead

  /// Returns when what the command was told is in the log, so that it may be refused for that, or have nothing to do.
  ///
  /// - Throws: `AppendError.conflict` if some of it was not recorded after all.
  func settle(_ conference: ConferenceID, command: String) async throws(AppendError)
}

extension EventStore {
  /// A log tells only what it has.
  package func settle(_: ConferenceID, command _: String) async throws(AppendError) {}
}
