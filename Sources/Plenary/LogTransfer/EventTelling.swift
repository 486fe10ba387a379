package import EventLog
import People
import Postgres
import PostgresLog
package import ReadModels
import Record
package import Vocabulary

/// An event in words, with who caused it and when.
package struct ToldChange: Sendable, Encodable {
  package let conference: String
  package let position: Int
  package let type: String
  package let at: Timestamp
  package let actor: String
  package let reason: String?
  package let tags: [String]
  package let commandID: String
  package let sentence: String
  package let changes: [ToldEvent.Change]
  /// The event that set this one aside; left out for one that is read.
  package let setAsideBy: Int?

  fileprivate init(_ event: RecordedEvent, _ told: ToldEvent, setAsideBy: Int?) {
    conference = event.conference
    position = event.position
    type = event.type
    at = event.recordedAt
    actor = event.actor
    reason = event.reason
    tags = event.tags
    commandID = event.commandID
    sentence = told.sentence
    changes = told.changes
    self.setAsideBy = setAsideBy
  }
}

extension ConferenceContext {
  /// Tells each event in words, with old and new values.
  ///
  /// - Parameters:
  ///   - first: the position of the first event that is told.
  ///   - reveal: personal data is decrypted, where the keys are at hand.
  package func tellEvents(
    from first: Int, upTo bound: LogBound, reveal: Bool, _ write: @Sendable (ToldChange) throws -> Void
  ) async throws {
    let telling = try await EventTelling(self, from: first, reveal: reveal)
    try await workspace.connection.run { [id] connection in
      var telling = telling
      let end = try EventStream.position(of: id, at: bound, connection)
      while try telling.advance(upTo: end, connection, write) {}
    }
  }

  /// Tells each event in words, and then each one that is appended; see ``followLog(from:isOver:_:)``.
  package func followEvents(
    from first: Int, reveal: Bool, isOver: @Sendable () -> Bool,
    _ write: @escaping @Sendable (ToldChange) throws -> Void
  ) async throws {
    var telling = try await EventTelling(self, from: first, reveal: reveal)
    while !isOver() {
      let step = try await workspace.throughRestarts(isOver: isOver) { [telling, id] connection in
        var telling = telling
        let head = try EventStream.head(of: id, connection)
        let hasMore = try telling.advance(upTo: head, connection, write)
        return (telling, hasMore)
      }
      guard let step else { break }
      telling = step.0
      if !step.1, !isOver() { try await Task.sleep(for: .betweenLooks) }
    }
  }
}

/// How far the events of a conference were told.
private struct EventTelling: Sendable {
  private let conference: ConferenceID
  private let first: Int
  private var teller: EventTeller
  private var position = 0

  /// How many events are in memory at a time.
  private static let part = 2_000

  init(_ conference: ConferenceContext, from first: Int, reveal: Bool) async throws {
    self.conference = conference.id
    self.first = first
    let record = try await conference.view(ProceedingsModel.self, .head).model
    teller = EventTeller(
      withheld: Set(record.entries.rows.filter { $0.details.attribution.mode == .withheld }.map(\.id)),
      opener: reveal ? try await conference.opener() : .nothing)
  }

  /// Tells a part of the events that are left.
  ///
  /// - Returns: whether there are more.
  /// - Throws: nothing of the server's after anything was written.
  mutating func advance(
    upTo end: Int, _ connection: isolated Connection, _ write: (ToldChange) throws -> Void
  ) throws -> Bool {
    guard position < end else { return false }
    let stop = min(position + Self.part, end)
    let aside = try EventStream.setAside(in: conference, connection)
    var events: [RecordedEvent] = []
    try EventStream.read(conference, after: position, upTo: .position(stop), detail: .whole, connection) {
      events.append($0)
    }
    for event in events {
      let by = aside.by(event.position)
      let told =
        by == nil
        ? try tell(event) : ToldEvent("This event (\(event.type)) was set aside and is left out.")
      if event.position >= first { try write(ToldChange(event, told, setAsideBy: by)) }
      position = event.position
    }
    return position < end
  }

  private mutating func tell(_ event: RecordedEvent) throws -> ToldEvent {
    do { return try teller.tell(try LoggedEvent(event), event.origin) } catch let error as UnreadableEvent {
      throw error
    } catch {
      throw event.unreadable(String(describing: error))
    }
  }
}

extension ConferenceContext {
  /// Opens personal data with the keys that are at hand.
  fileprivate func opener() async throws -> EventTeller.Opener {
    let keys = try await workspace.log.keys(of: id)
    return EventTeller.Opener(
      attendee: { [id] attendee, sealed in
        keys[attendee.tag].flatMap { sealed.open(key: $0, context: AttendeeDetails.context(id, attendee)) }
      },
      contact: { [id] person, sealed in
        keys[person.tag].flatMap { sealed.open(key: $0, context: SpeakerContact.context(id, person)) }
      })
  }
}
