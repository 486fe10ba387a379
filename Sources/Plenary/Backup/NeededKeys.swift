import EventLog
import People
import PostgresLog
import Record
import Vocabulary

/// Which keys of a backup open what the log still has: the data of people who were not erased, addresses that were not
/// removed or replaced, and the names of withheld speakers. Any other key would bring back what somebody took back.
///
/// It takes the events in order, without those that are set aside.
struct NeededKeys {
  private let conference: ConferenceID
  private var keys: [Tag: SealingKey] = [:]
  /// Those whose keys a master key encrypts that is not at hand. What they open is taken from the log alone.
  private var locked: Set<Tag> = []
  /// Those whose present data opens with their key.
  private var people: Set<Tag> = []
  private var withheld: Set<Tag> = []

  init(_ conference: ConferenceID, _ stored: [Vault.StoredKey], _ vault: Vault) throws {
    self.conference = conference
    for stored in stored {
      let owner = Tag(stored: stored.owner)
      do { keys[owner] = try vault.key(in: stored) } catch is MissingMasterKey { locked.insert(owner) }
    }
  }

  var owners: Set<Tag> { people.union(withheld) }

  mutating func note(_ event: RecordedEvent) throws {
    guard SealedDataCheck.looks(at: event) else { return }
    switch event.type {
    case AttendeeRegistered.type, AttendeeRevised.type, ContactStated.type, PersonErased.type:
      switch try PeopleEvent(event) {
      case .attendeeRegistered(let body): note(body.details, body.attendee)
      case .attendeeRevised(let body): if let details = body.details { note(details, body.attendee) }
      case .contactStated(let body):
        note(
          body.contact, of: body.person.tag, SpeakerContact.context(conference, body.person),
          SpeakerContact.self)
      case .personErased(let body): people.subtract(body.tags)
      default: break
      }
    default:
      guard let (_, session, identity) = try RecordEvent(event)?.identity else { return }
      withheld.formUnion(locked.filter(\.isIdentity))
      for (owner, key) in keys
      where WithheldIdentity.open(identity, key: key, conference, [session]) != nil {
        withheld.insert(owner)
      }
    }
  }

  private mutating func note(_ details: Sealed, _ attendee: AttendeeID) {
    note(details, of: attendee.tag, AttendeeDetails.context(conference, attendee), AttendeeDetails.self)
  }

  /// - Parameter sealed: nil: it was removed.
  private mutating func note<Value: Decodable>(
    _ sealed: Sealed?, of owner: Tag, _ context: String, _: Value.Type
  ) {
    let opens =
      locked.contains(owner)
      || keys[owner].flatMap { sealed?.open(Value.self, key: $0, context: context) } != nil
    if sealed != nil, opens { people.insert(owner) } else { people.remove(owner) }
  }
}
