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
    from first: Int, upTo bound: LogBound, reveal: Bool,
    _ write: @escaping @Sendable (ToldChange) throws -> Void
  ) async throws {
    let telling = try await EventTelling(self, from: first, reveal: reveal, write)
    try await workspace.connection.run { [id] connection in
      var telling = telling
      try telling.takeAll(upTo: EventStream.position(of: id, at: bound, connection), connection)
    }
  }

  /// Tells each event in words, and then each one that is appended; see `follow`.
  package func followChanges(
    from first: Int, reveal: Bool, isOver: @Sendable () -> Bool,
    _ write: @escaping @Sendable (ToldChange) throws -> Void
  ) async throws {
    let telling = try await EventTelling(self, from: first, reveal: reveal, write)
    _ = try await follow(telling, isOver: isOver)
  }
}

/// Tells the events of a conference. What an event changed follows from the events before it.
private struct EventTelling: PartReader {
  private let conference: ConferenceID
  private let first: Int
  private let write: @Sendable (ToldChange) throws -> Void
  /// Has the keys; nil: nothing is opened.
  private let vault: Vault?
  private let withheld: Set<RecordID>
  private var teller: EventTeller
  /// What was set aside when the last part was told.
  private var aside = SetAside()

  init(
    _ conference: ConferenceContext, from first: Int, reveal: Bool,
    _ write: @escaping @Sendable (ToldChange) throws -> Void
  ) async throws {
    self.conference = conference.id
    self.first = first
    self.write = write
    vault = reveal ? conference.workspace.vault : nil
    let record = try await conference.view(ProceedingsModel.self, .head).model
    withheld = Set(record.entries.rows.filter { $0.details.attribution.mode == .withheld }.map(\.id))
    teller = EventTeller(withheld: withheld)
  }

  mutating func take(after start: Int, upTo end: Int, _ connection: isolated Connection) throws {
    // Anew for each part: people register and are erased meanwhile. In between, no key is kept.
    if let vault { teller.opener = .init(try vault.keys(of: conference, connection), of: conference) }
    defer { teller.opener = .nothing }
    let before = aside
    aside = try EventStream.setAside(in: conference, connection)
    // What was told before rests on other events now. It is not told again.
    if aside != before { try takeAgain(upTo: start, connection) }
    for event in try events(after: start, upTo: end, connection) {
      let by = aside.by(event.position)
      let told =
        by == nil
        ? try tell(event) : ToldEvent("This event (\(event.type)) was set aside and is left out.")
      if event.position >= first { try write(ToldChange(event, told, setAsideBy: by)) }
    }
  }

  private mutating func takeAgain(upTo end: Int, _ connection: isolated Connection) throws {
    teller = EventTeller(withheld: withheld, opener: teller.opener)
    for start in stride(from: 0, to: end, by: Self.part) {
      for event in try events(after: start, upTo: min(start + Self.part, end), connection)
      where aside.by(event.position) == nil { _ = try tell(event) }
    }
  }

  private func events(after start: Int, upTo end: Int, _ connection: isolated Connection) throws
    -> [RecordedEvent]
  {
    var events: [RecordedEvent] = []
    try EventStream.read(conference, after: start, upTo: .position(end), detail: .whole, connection) {
      events.append($0)
    }
    return events
  }

  private mutating func tell(_ event: RecordedEvent) throws -> ToldEvent {
    do { return try teller.tell(try LoggedEvent(event), event.origin) } catch let error as UnreadableEvent {
      throw error
    } catch {
      throw event.unreadable(String(describing: error))
    }
  }
}

extension EventTeller.Opener {
  /// Opens personal data with these keys.
  fileprivate init(_ keys: [Tag: SealingKey], of conference: ConferenceID) {
    self.init(
      attendee: { attendee, sealed in
        keys[attendee.tag].flatMap {
          sealed.open(key: $0, context: AttendeeDetails.context(conference, attendee))
        }
      },
      contact: { person, sealed in
        keys[person.tag].flatMap { sealed.open(key: $0, context: SpeakerContact.context(conference, person)) }
      })
  }
}
