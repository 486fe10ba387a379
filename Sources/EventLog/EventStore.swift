package import Vocabulary

/// What one command appends: all of it or nothing.
package struct AppendRequest: Sendable {
  package var conference: ConferenceID
  /// A UUID in lower case; the same command sent again under it has no second effect.
  package var commandID: String
  /// 32 bytes: what was asked for, so that another request under the same id is found out.
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
}

/// What became of a command: the positions of its events, and whether they stood there before.
package struct Receipt: Sendable, Hashable {
  package var first: Int
  package var last: Int
  package var replayed: Bool

  package init(first: Int, last: Int, replayed: Bool) {
    self.first = first
    self.last = last
    self.replayed = replayed
  }
}

/// Why an append was not made.
package enum AppendError: Error, Sendable, Equatable {
  /// An event after the condition's position matches it: read and decide again.
  case conflict(position: Int)
  /// The command id was used for something else.
  case commandIDReused
  /// Another transaction held the conference for too long.
  case busy
  /// The connection went away: whether the append was made is unknown until it is sent again.
  case connectionLost
  case failed(String)
}

/// What the boundary of a decision held, up to a position.
package struct BoundaryRead: Sendable {
  package var events: [RecordedEvent]
  /// The conference's last position when it was read; 0 where there is no such conference.
  package var head: Int
  /// The receipt of the command, where it was carried out before.
  package var receipt: (request: [UInt8], receipt: Receipt)?

  package init(
    events: [RecordedEvent], head: Int, receipt: (request: [UInt8], receipt: Receipt)? = nil
  ) {
    self.events = events
    self.head = head
    self.receipt = receipt
  }
}

/// A log of events, one gapless order a conference. The promises are in `EventStorePromises`, which
/// runs against every implementation.
package protocol EventStore: Sendable {
  func append(_ request: AppendRequest) async throws(AppendError) -> Receipt

  /// All that matches, in order, with the head and the command's receipt of the same moment.
  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
}
