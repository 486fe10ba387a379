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
  private let keys: [String: SealingKey]
  /// The tags of those whose present data opens with their key.
  private var people: Set<String> = []
  private var withheld: Set<String> = []

  init(_ conference: ConferenceID, keys: [String: SealingKey]) {
    self.conference = conference
    self.keys = keys
  }

  /// The tags of their owners.
  var owners: Set<String> { people.union(withheld) }

  mutating func note(_ event: RecordedEvent) throws {
    guard SealedDataCheck.looks(at: event) else { return }
    switch event.type {
    case AttendeeRegistered.type, AttendeeRevised.type, ContactStated.type, PersonErased.type:
      switch try PeopleEvent(event) {
      case .attendeeRegistered(let body): note(body.details, body.attendee)
      case .attendeeRevised(let body): if let details = body.details { note(details, body.attendee) }
      case .contactStated(let body):
        note(
          body.person.tag,
          opens: body.contact?.open(
            SpeakerContact.self, key: keys[body.person.tag.text],
            context: SpeakerContact.context(conference, body.person)))
      case .personErased(let body): people.remove(body.attendee.tag.text)
      default: break
      }
    default:
      guard let (_, session, identity) = try RecordEvent(event)?.identity else { return }
      for (owner, key) in keys
      where WithheldIdentity.open(identity, key: key, conference, [session]) != nil {
        withheld.insert(owner)
      }
    }
  }

  private mutating func note(_ details: Sealed, _ attendee: AttendeeID) {
    note(
      attendee.tag,
      opens: details.open(
        AttendeeDetails.self, key: keys[attendee.tag.text],
        context: AttendeeDetails.context(conference, attendee)))
  }

  private mutating func note(_ owner: Tag, opens value: Any?) {
    if value == nil { people.remove(owner.text) } else { people.insert(owner.text) }
  }
}

extension Sealed {
  fileprivate func open<Value: Decodable>(_: Value.Type, key: SealingKey?, context: String) -> Value? {
    key.flatMap { open(Value.self, key: $0, context: context) }
  }
}
