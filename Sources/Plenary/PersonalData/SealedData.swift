import EventLog
import Postgres
import PostgresLog
import Record
package import Vocabulary

/// Whether the vault opens what the log holds sealed.
package struct SealedData: Sendable, Encodable {
  /// The people whose attendee details or address are in the log, and were not erased.
  package var people = 0
  /// Of these, the short names of those whose data cannot be decrypted.
  package var unreadablePeople: [String] = []
  /// The entries whose withheld speaker cannot be decrypted.
  package var unreadableEntries: [String] = []
  /// The master key that is not at hand, so that nothing was decrypted.
  package var masterKey: String?

  /// - Throws: `Failure` if anything is unreadable.
  package func checkReadable() throws {
    if let masterKey { throw Failure(MissingMasterKey(id: masterKey)) }
    if !unreadablePeople.isEmpty || !unreadableEntries.isEmpty {
      throw Failure.unreadable(unreadablePeople, entries: unreadableEntries)
    }
  }

  init(people: Int = 0, unreadablePeople: [String] = [], unreadableEntries: [String] = []) {
    self.people = people
    self.unreadablePeople = unreadablePeople
    self.unreadableEntries = unreadableEntries
  }

  /// Opens everything that the log holds sealed. Takes a pass over the whole log.
  ///
  /// - Parameter keys: as they were at the beginning of the transaction.
  init(
    of conference: ConferenceID, _ keys: Result<SealedDataCheck, MissingMasterKey>,
    _ connection: isolated Connection
  ) throws {
    var check: SealedDataCheck
    do { check = try keys.get() } catch {
      self.init()
      masterKey = error.id
      return
    }
    let aside = try EventStream.setAside(in: conference, connection)
    try EventStream.read(conference, after: 0, detail: .whole, connection) {
      if aside.by($0.position) == nil { try check.open($0) }
    }
    self = check.result
  }
}

/// Opens what the events of a conference hold sealed. It takes them in order, without those that are set aside.
struct SealedDataCheck {
  private let conference: ConferenceID
  private let keys: [Tag: SealingKey]
  /// The withheld speakers whose keys were destroyed.
  private let destroyed: Set<Tag>
  private var owners = WithheldOwners()
  /// By the person's tag, whether all of their data opens.
  private var people: [Tag: Bool] = [:]
  /// The entries whose withheld speaker does not open, with the owner of the key.
  private var closedEntries: [RecordID: Tag] = [:]
  private var isSpeakerErased = false

  init(_ conference: ConferenceID, keys: [Tag: SealingKey], destroyed: Set<Tag>) {
    self.conference = conference
    self.keys = keys
    self.destroyed = destroyed
  }

  /// With the keys of a vault, at the beginning of a transaction with one snapshot. The log can be read later in it.
  static func beginning(_ connection: isolated Connection, _ conference: ConferenceID, _ vault: Vault)
    throws -> Result<SealedDataCheck, MissingMasterKey>
  {
    do {
      let (keys, destroyed) = try vault.contents(of: conference, beginning: connection)
      return .success(SealedDataCheck(conference, keys: keys, destroyed: destroyed))
    } catch let missing as MissingMasterKey { return .failure(missing) }
  }

  var result: SealedData {
    // Only along with a speaker is a withheld speaker's key destroyed. Whatever else removed it is a loss.
    let closed = closedEntries.filter { !isSpeakerErased || !destroyed.contains($0.value) }
    return SealedData(
      people: people.count, unreadablePeople: people.filter { !$0.value }.map(\.key.slug).sorted(),
      unreadableEntries: closed.keys.map(\.slug).sorted())
  }

  mutating func open(_ event: RecordedEvent) throws {
    switch try SealedContent(event, in: conference) {
    case .personal(let data?, let owner):
      people[owner] = people[owner, default: true] && keys[owner].map(data.opens) == true
    // An address that was removed has lost its key.
    case .personal(nil, let owner): people[owner] = nil
    case .erased(let tags):
      for tag in tags { people[tag] = nil }
      if tags.contains(where: \.isSpeaker) { isSpeakerErased = true }
    case .withheld(let speaker):
      let owner = owners.owner(of: speaker, in: event)
      let opens = keys[owner].flatMap(speaker.open) ?? keys.values.lazy.compactMap(speaker.open).first
      closedEntries[speaker.entry] = opens == nil ? owner : nil
    case nil: break
    }
  }
}

extension Workspace {
  /// Whether the vault opens what the log of a conference holds sealed.
  package func sealedData(of conference: ConferenceID) async throws -> SealedData {
    try await connection.run { [vault] connection in
      try connection.transaction(.snapshot) {
        let keys = try SealedDataCheck.beginning(connection, conference, vault)
        return try SealedData(of: conference, keys, connection)
      }
    }
  }
}

extension Tag {
  /// The short name in a tag with one.
  fileprivate var slug: String { String(text.drop { $0 != ":" }.dropFirst()) }
}
