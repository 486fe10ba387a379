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
    let erasing = ErasingLog(log: try log, person: person.tag) { connection in
      try !Self.hidesIdentity(of: person, in: conference, connection)
    }
    let outcome = try await CommandHandler(store: erasing).handle(
      Speakers.self, .stateContact(person, nil), in: conference, context)
    guard case .appended = outcome.effect else { return (outcome, false) }
    let stays = try await log.key(of: person.tag, in: conference) != nil
    return (outcome, stays)
  }

  /// Whether somebody's key decrypts the identity behind any withheld attribution.
  private static func hidesIdentity(
    of person: PersonID, in conference: ConferenceID, _ connection: isolated Connection
  ) throws -> Bool {
    guard let key = try Vault.existingKey(of: person.tag, in: conference, connection) else { return false }
    var found = false
    try EventStream.read(conference, after: 0, detail: .projection, connection) { event in
      guard !found, let (session, identity) = try RecordEvent(event)?.identity else { return }
      let context = WithheldIdentity.context(conference, session)
      found = identity.open(WithheldIdentity.self, key: key, context: context) != nil
    }
    return found
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
