import EventLog
import People
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
  init(of conference: ConferenceID, _ vault: Vault, _ connection: isolated Connection) throws {
    var check: SealedDataCheck
    do {
      check = try SealedDataCheck(conference, vault, connection)
    } catch let missing as MissingMasterKey {
      self.init()
      masterKey = missing.id
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
  /// The withheld speakers who were erased.
  private let destroyed: Set<Tag>
  /// By the bytes of a sealed speaker, the owner of its key. Other events of an entry repeat the bytes.
  private var owners: [String: Tag] = [:]
  /// By the person's tag, whether all of their data opens.
  private var people: [Tag: Bool] = [:]
  private var closedEntries: Set<String> = []

  init(_ conference: ConferenceID, keys: [Tag: SealingKey], destroyed: Set<Tag>) {
    self.conference = conference
    self.keys = keys
    self.destroyed = destroyed
  }

  /// With the keys of a vault.
  init(_ conference: ConferenceID, _ vault: Vault, _ connection: isolated Connection) throws {
    let (keys, destroyed) = try vault.contents(of: conference, connection)
    self.init(conference, keys: keys, destroyed: destroyed)
  }

  var result: SealedData {
    SealedData(
      people: people.count, unreadablePeople: people.filter { !$0.value }.map(\.key.slug).sorted(),
      unreadableEntries: closedEntries.sorted())
  }

  /// Whether an event can hold anything sealed, or say that it was erased.
  static func looks(at event: RecordedEvent) -> Bool {
    switch event.type {
    case AttendeeRegistered.type, AttendeeRevised.type, ContactStated.type, PersonErased.type: true
    default: RecordEvent.forms[event.type] != nil && event.mayHoldIdentity
    }
  }

  mutating func open(_ event: RecordedEvent) throws {
    guard Self.looks(at: event) else { return }
    switch event.type {
    case AttendeeRegistered.type, AttendeeRevised.type, ContactStated.type, PersonErased.type:
      switch try PeopleEvent(event) {
      case .attendeeRegistered(let body): note(body.details, body.attendee)
      case .attendeeRevised(let body): if let details = body.details { note(details, body.attendee) }
      case .contactStated(let body):
        if let contact = body.contact {
          note(
            contact, of: body.person.tag, SpeakerContact.context(conference, body.person), SpeakerContact.self
          )
        } else {
          // An address that was removed has lost its key.
          people[body.person.tag] = nil
        }
      case .personErased(let body): for tag in body.tags { people[tag] = nil }
      default: break
      }
    default:
      guard let (entry, session, identity) = try RecordEvent(event)?.identity else { return }
      let owner = owners[identity.base64] ?? .identity(event.commandID)
      owners[identity.base64] = owner
      func opens(_ key: SealingKey) -> Bool {
        WithheldIdentity.open(identity, key: key, conference, [session]) != nil
      }
      if destroyed.contains(owner) || keys[owner].map(opens) == true || keys.values.contains(where: opens) {
        closedEntries.remove(entry.slug)
      } else {
        closedEntries.insert(entry.slug)
      }
    }
  }

  private mutating func note(_ details: Sealed, _ attendee: AttendeeID) {
    note(details, of: attendee.tag, AttendeeDetails.context(conference, attendee), AttendeeDetails.self)
  }

  private mutating func note<Value: Decodable>(
    _ sealed: Sealed, of owner: Tag, _ context: String, _: Value.Type
  ) {
    let opens = keys[owner].flatMap { sealed.open(Value.self, key: $0, context: context) } != nil
    people[owner] = people[owner, default: true] && opens
  }
}

extension Workspace {
  /// Whether the vault opens what the log of a conference holds sealed.
  package func sealedData(of conference: ConferenceID) async throws -> SealedData {
    try await connection.run { [vault] connection in
      try connection.transaction(.snapshot) {
        try Vault.keepUntilCommit(connection)
        return try SealedData(of: conference, vault, connection)
      }
    }
  }
}

extension Tag {
  /// The short name in a tag with one.
  fileprivate var slug: String { String(text.drop { $0 != ":" }.dropFirst()) }
}

extension RecordedEvent {
  /// Decoding each entry would take most of the time.
  var mayHoldIdentity: Bool { (words ?? body).contains(#""identity":"#) || body.contains(#""identity":"#) }
}
