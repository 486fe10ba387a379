import EventLog
import People
import Postgres
import PostgresLog
import Record
import Vocabulary

/// The log for commands that can erase a person or remove a speaker's address: it also destroys the keys.
///
/// The log does not say which withheld statements a speaker made; whoever holds the keys can look. That takes a pass
/// over the whole log. It happens before the append, so that other commands can go on, and the append's condition fails
/// if something was recorded meanwhile.
struct ErasingLog: EventStore {
  private let log: ReconnectingLog
  private let vault: Vault

  init(_ workspace: Workspace) { (log, vault) = (workspace.log, workspace.vault) }

  func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    var batch = batch
    var owners: [Tag] = []
    var words: [Int] = []
    for event in batch.events {
      switch event {
      case let event as ContactStated where event.contact == nil: owners.append(event.person.tag)
      case let event as PersonErased:
        owners += event.tags
        words += event.positions ?? []
        guard let speaker = event.person, let condition = batch.condition else { continue }
        owners += try await identities(of: speaker, in: batch.conference, upTo: condition.after)
        let recorded = Query([Query.Item(types: RecordEvent.forms.keys.sorted())])
        batch.condition?.query = condition.query.union(recorded)
      default: break
      }
    }
    if owners.isEmpty { return try await log.append(batch) }
    return try await log.erase(batch, keysOf: Set(owners).sorted(), words: words)
  }

  func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await log.read(conference, matching: query, command: command)
  }

  /// The owners of the keys that open this speaker behind a withheld statement.
  private func identities(of speaker: PersonID, in conference: ConferenceID, upTo position: Int)
    async throws(AppendError) -> Set<Tag>
  {
    try await log.run { [vault] in
      try vault.identities(of: [speaker.tag], in: conference, upTo: .position(position), $0)
    }
  }
}

extension Vault {
  /// The owners of the keys that open these speakers behind withheld statements.
  func identities(
    of speakers: Set<Tag>, in conference: ConferenceID, upTo bound: LogBound,
    _ connection: isolated Connection
  ) throws -> Set<Tag> {
    try Self.identities(
      of: speakers, openedWith: keys(of: conference, connection), in: conference, upTo: bound, connection)
  }

  static func identities(
    of speakers: Set<Tag>, openedWith keys: [Tag: SealingKey], in conference: ConferenceID,
    upTo bound: LogBound, _ connection: isolated Connection
  ) throws -> Set<Tag> {
    let keys = keys.filter(\.key.isIdentity)
    var owners: Set<Tag> = []
    if keys.isEmpty || speakers.isEmpty { return owners }
    let aside = try EventStream.setAside(in: conference, connection)
    try EventStream.read(conference, after: 0, upTo: bound, detail: .projection, connection) { event in
      let withheld: SealedContent.WithheldSpeaker?
      do { withheld = try SealedContent.WithheldSpeaker(event, in: conference) } catch {
        // One that is set aside may be unreadable.
        guard aside.by(event.position) != nil else { throw error }
        return
      }
      for (owner, key) in keys {
        if let person = withheld?.open(key)?.person, speakers.contains(person.tag) { owners.insert(owner) }
      }
    }
    return owners
  }
}
