import EventLog
package import People
import Postgres
import PostgresLog
package import ReadModels
import Record
package import Vocabulary

extension Workspace {
  /// Sets a speaker's e-mail address, encrypted with that person's key, or removes it.
  ///
  /// Removing the address also destroys the key, so that earlier addresses cannot be decrypted. The key stays
  /// if it also protects the identity behind a withheld attribution, because that identity must remain
  /// readable.
  ///
  /// - Parameter email: The address; nil removes it.
  /// - Returns: The outcome, and whether the key had to stay.
  package func stateContact(
    of person: PersonID, email: EmailAddress?, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> (outcome: Outcome<PeopleEvent>, keyStays: Bool) {
    if let email {
      let outcome = try await change(
        Speakers.self, sealing: SpeakerContact(email: email), of: person.tag, in: conference, context
      ) { .stateContact(person, $0) }
      return (outcome, false)
    }
    let log = try log
    return try await context.tellingCommandID {
      let outcome = try await CommandHandler(store: IdentityKeepingLog(log, person)).handle(
        Speakers.self, .stateContact(person, nil), in: conference, context)
      guard case .appended = outcome.effect else { return (outcome, false) }
      let stays = try await log.key(of: person.tag, in: conference) != nil
      return (outcome, stays)
    }
  }

  /// The e-mail addresses of the people whose contact can be decrypted.
  package func emailAddresses(of people: some Sequence<PersonRow>, in conference: ConferenceID)
    async throws -> [PersonID: EmailAddress]
  {
    let keys = try await connection.run { try Vault.keys(of: conference, $0) }
    var addresses: [PersonID: EmailAddress] = [:]
    for row in people {
      guard let sealed = row.contact, let key = keys[row.person.tag.text] else { continue }
      let contact: SpeakerContact? = sealed.open(
        key: key, context: SpeakerContact.context(conference, row.person))
      addresses[row.person] = contact?.email
    }
    return addresses
  }
}

/// The log for a command that also destroys a person's key, unless that key decrypts the identity behind a
/// withheld attribution.
///
/// Looking for such an attribution takes a pass over the whole log. It happens before the append, so that
/// other commands can go on. The append's condition fails if something was recorded meanwhile.
private actor IdentityKeepingLog: EventStore {
  private let log: ReconnectingLog
  private let person: PersonID
  /// What is known of the log so far. After a conflict, only the later events are read.
  private var search = Search()

  private struct Search {
    var key: SealingKey?
    /// The last event that was looked at.
    var position = 0
    var found = false
  }

  init(_ log: ReconnectingLog, _ person: PersonID) { (self.log, self.person) = (log, person) }

  func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    guard let condition = batch.condition else { return try await log.append(batch) }
    search = try await continued(search, in: batch.conference, upTo: condition.after)
    if search.found { return try await log.append(batch) }
    var batch = batch
    let recorded = Query([Query.Item(types: RecordEvent.forms.keys.sorted())])
    batch.condition?.query = condition.query.union(recorded)
    return try await log.append(batch, endingKeyOf: person.tag)
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await log.read(conference, matching: query, command: command)
  }

  private func continued(_ known: Search, in conference: ConferenceID, upTo position: Int)
    async throws(AppendError) -> Search
  {
    try await log.run { [person] connection in
      let key = try Vault.existingKey(of: person.tag, in: conference, connection)
      var search = key == known.key ? known : Search(key: key)
      guard let key, !search.found, search.position < position else { return search }
      try EventStream.read(
        conference, after: search.position, upTo: .position(position), detail: .projection, connection
      ) { event in
        search.position = event.position
        guard !search.found, let (session, identity) = try RecordEvent(event)?.identity else { return }
        let context = WithheldIdentity.context(conference, session)
        search.found = identity.open(WithheldIdentity.self, key: key, context: context) != nil
      }
      return search
    }
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
