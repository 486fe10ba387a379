import EventLog
package import People
import Postgres
import PostgresLog
package import ReadModels
import Record
package import Vocabulary

extension Workspace {
  /// States where a speaker is written to, sealed with that person's key; or that there is no address
  /// any more.
  ///
  /// Without an address the key ends with the event, so that the addresses before open no more, unless the
  /// identity behind a withheld statement is sealed with it: that must stay revealable.
  ///
  /// - Parameter email: nil: nowhere any more.
  /// - Returns: also whether the key had to stay.
  package func stateContact(
    of person: PersonID, email: String?, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> (outcome: Outcome<PeopleEvent>, keyStays: Bool) {
    guard let email else {
      let log = ErasingLog(connection: connection, person: person.tag) { connection in
        try !Self.hidesIdentity(of: person, in: conference, connection)
      }
      let outcome = try await CommandHandler(store: log).handle(
        Speakers.self, .stateContact(person, nil), in: conference, context)
      guard case .appended = outcome.effect else { return (outcome, false) }
      let stays = try await connection.run {
        try Vault.existingKey(of: person.tag, in: conference, $0) != nil
      }
      return (outcome, stays)
    }
    let reading = try await PostgresLog(connection).read(
      conference, matching: .tagged(person.tag), command: nil)
    var state = Speakers.initial
    for event in reading.events { try Speakers.evolve(&state, event) }
    if reading.events.isEmpty { throw Refused(Speakers.Refusal.unknown(person)) }
    var key = try await connection.run {
      try Vault.existingKey(of: person.tag, in: conference, $0)
    }
    let bound = SpeakerContact.context(conference, person)
    let wanted = SpeakerContact(email: email)
    if let key, let known = state.contact, known.open(key: key, context: bound) == wanted {
      return (
        try await change(Speakers.self, .stateContact(person, known), in: conference, context), false
      )
    }
    if key == nil {
      key =
        context.dryRun
        ? .random() : try await connection.run { try Vault.key(of: person.tag, in: conference, $0) }
    }
    let sealed = try Sealed(wanted, key: key!, context: bound, commandID: context.commandID)
    return (try await change(Speakers.self, .stateContact(person, sealed), in: conference, context), false)
  }

  /// Whether somebody's key opens who stands behind a withheld attribution.
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

  /// The e-mail addresses of those whose contact opens.
  package func emailAddresses(of people: some Sequence<PersonRow>, in conference: ConferenceID)
    async throws -> [PersonID: String]
  {
    let keys = try await connection.run { try Vault.keys(of: conference, $0) }
    var addresses: [PersonID: String] = [:]
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
  /// What it seals of who said it.
  fileprivate var identity: (SessionID, Sealed)? {
    switch self {
    case .statementRecorded(let body): body.attribution.identity.map { (body.session, $0) }
    case .statementCorrected(let body): body.attribution?.identity.map { (body.session, $0) }
    case .positionRecorded(let body): body.holder.identity.map { (body.session, $0) }
    case .conclusionRecorded(let body): body.attribution.identity.map { (body.session, $0) }
    case .recommendationRecorded(let body): body.attribution.identity.map { (body.session, $0) }
    case .statementRetracted, .proceedingsIssued: nil
    }
  }
}
