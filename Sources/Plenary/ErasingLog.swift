import EventLog
import People
import Postgres
import PostgresLog
import Record
import Vocabulary

/// The log for commands that can erase an attendee or remove a speaker's address: it also destroys the key.
///
/// The key of a speaker stays if it also protects the identity behind a withheld attribution, because that
/// identity must remain readable.
struct ErasingLog: EventStore {
  let log: ReconnectingLog

  func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    let attendees = batch.events.compactMap { ($0 as? PersonErased)?.attendee.tag }
    let speakers = batch.events.compactMap { event in
      (event as? ContactStated).flatMap { $0.contact == nil ? $0.person.tag : nil }
    }
    if attendees.isEmpty, speakers.isEmpty { return try await log.append(batch) }
    return try await log.append(batch, endingKeysOf: attendees + speakers) { person, connection in
      if attendees.contains(person) { return true }
      return try !Self.hidesIdentity(of: person, in: batch.conference, connection)
    }
  }

  /// Whether somebody's key decrypts the identity behind any withheld attribution.
  private static func hidesIdentity(
    of person: Tag, in conference: ConferenceID, _ connection: isolated Connection
  ) throws -> Bool {
    guard let key = try Vault.existingKey(of: person, in: conference, connection) else { return false }
    var found = false
    try EventStream.read(conference, after: 0, detail: .projection, connection) { event in
      guard !found, let (session, identity) = try RecordEvent(event)?.identity else { return }
      let context = WithheldIdentity.context(conference, session)
      found = identity.open(WithheldIdentity.self, key: key, context: context) != nil
    }
    return found
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await log.read(conference, matching: query, command: command)
  }
}

extension RecordEvent {
  /// The encrypted identity in its attribution, with its session.
  fileprivate var identity: (SessionID, Sealed)? {
    switch self {
    case .statementRecorded(let body): body.attribution.identity.map { (body.session, $0) }
    case .statementCorrected(let body): body.changes.attribution?.identity.map { (body.session, $0) }
    case .positionRecorded(let body): body.holder.identity.map { (body.session, $0) }
    case .conclusionRecorded(let body): body.attribution.identity.map { (body.session, $0) }
    case .recommendationRecorded(let body): body.attribution.identity.map { (body.session, $0) }
    case .statementRetracted, .proceedingsIssued: nil
    }
  }
}
