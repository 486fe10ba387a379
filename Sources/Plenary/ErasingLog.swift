import EventLog
import People
import Postgres
import PostgresLog
import Record
import Vocabulary

/// The log for commands that can erase an attendee or remove a speaker's address: it also destroys the key.
///
/// The key of a speaker stays if it also decrypts the identity behind a withheld attribution, because that
/// identity must remain readable. Looking for such an attribution takes a pass over the whole log. It happens
/// before the append, so that other commands can go on. The append's condition fails if something was recorded
/// meanwhile.
actor ErasingLog: EventStore {
  private let log: ReconnectingLog
  /// What is known of the log so far. After a conflict, only the later events are read.
  private var searches: [Tag: Search] = [:]

  private struct Search {
    var key: SealingKey?
    /// The last event that was looked at.
    var position = 0
    var found = false
  }

  init(_ log: ReconnectingLog) { self.log = log }

  func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    var ending = batch.events.compactMap { ($0 as? PersonErased)?.attendee.tag }
    let speakers = batch.events.compactMap { event in
      (event as? ContactStated).flatMap { $0.contact == nil ? $0.person.tag : nil }
    }
    var batch = batch
    if !speakers.isEmpty, let condition = batch.condition {
      for person in speakers {
        let search = try await continued(
          searches[person] ?? Search(), of: person, in: batch.conference, upTo: condition.after)
        searches[person] = search
        if !search.found { ending.append(person) }
      }
      let recorded = Query([Query.Item(types: RecordEvent.forms.keys.sorted())])
      batch.condition?.query = condition.query.union(recorded)
    }
    if ending.isEmpty { return try await log.append(batch) }
    return try await log.append(batch, endingKeysOf: ending)
  }

  /// Whether a person has a key that protects no withheld attribution.
  func hasUselessKey(of person: Tag, in conference: ConferenceID) async throws(AppendError) -> Bool {
    if try await log.key(of: person, in: conference) == nil { return false }
    let head = try await log.read(conference, matching: .tagged(person), command: nil).head
    let search = try await continued(
      searches[person] ?? Search(), of: person, in: conference, upTo: head)
    searches[person] = search
    return !search.found
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await log.read(conference, matching: query, command: command)
  }

  private func continued(
    _ known: Search, of person: Tag, in conference: ConferenceID, upTo position: Int
  ) async throws(AppendError) -> Search {
    try await log.run { connection in
      let key = try Vault.existingKey(of: person, in: conference, connection)
      var search = key == known.key ? known : Search(key: key)
      guard let key, !search.found, search.position < position else { return search }
      let aside = try EventStream.setAside(in: conference, connection)
      try EventStream.read(
        conference, after: search.position, upTo: .position(position), detail: .projection, connection
      ) { event in
        search.position = event.position
        guard !search.found else { return }
        let recorded =
          aside.by(event.position) == nil ? try RecordEvent(event) : try? RecordEvent(event)
        guard let (_, session, identity) = recorded?.identity else { return }
        search.found = WithheldIdentity.open(identity, key: key, conference, [session]) != nil
      }
      return search
    }
  }
}
