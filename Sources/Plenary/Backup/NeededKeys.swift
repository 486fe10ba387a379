import EventLog
import PostgresLog
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
  private var withheldOwners = WithheldOwners()
  /// Withheld speakers whom a speaker's key opens, each with that speaker's tag. Until keys had one purpose, it did.
  private(set) var divided: [Tag: Tag] = [:]

  init(_ conference: ConferenceID, _ stored: [Vault.StoredKey], _ vault: Vault) throws {
    self.conference = conference
    for stored in stored {
      let owner = Tag(stored: stored.owner)
      do { keys[owner] = try vault.key(in: stored) } catch is MissingMasterKey { locked.insert(owner) }
    }
  }

  var owners: Set<Tag> { people.union(withheld) }

  mutating func note(_ event: RecordedEvent) throws {
    switch try SealedContent(event, in: conference) {
    case .personal(let data?, let owner) where locked.contains(owner) || keys[owner].map(data.opens) == true:
      people.insert(owner)
    case .personal(_, let owner): people.remove(owner)
    case .erased(let tags): people.subtract(tags)
    case .withheld(let speaker):
      let own = withheldOwners.owner(of: speaker, in: event)
      withheld.formUnion(locked.filter(\.isIdentity))
      for (owner, key) in keys where speaker.open(key) != nil {
        if owner.isIdentity {
          withheld.insert(owner)
        } else {
          divided[own] = owner
          withheld.insert(own)
        }
      }
    case nil: break
    }
  }
}
