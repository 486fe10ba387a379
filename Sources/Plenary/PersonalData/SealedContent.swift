import EventLog
import People
import Record
import Vocabulary

/// What an event holds sealed, or says is gone: one list for everybody who asks which keys are needed and what they open.
enum SealedContent {
  /// Details of an attendee, or a speaker's address; nil: it was removed.
  case personal(Personal?, of: Tag)
  /// The tags of the people who were erased.
  case erased([Tag])
  /// The speaker behind an entry.
  case withheld(WithheldSpeaker)

  struct Personal {
    /// Whether it is decrypted by a key.
    let opens: (SealingKey) -> Bool

    fileprivate init<Value: Decodable>(_ sealed: Sealed, _: Value.Type, _ context: String) {
      opens = { sealed.open(Value.self, key: $0, context: context) != nil }
    }
  }

  struct WithheldSpeaker {
    let entry: RecordID
    let sealed: Sealed
    fileprivate let conference: ConferenceID
    fileprivate let session: SessionID

    func open(_ key: SealingKey) -> WithheldIdentity? {
      WithheldIdentity.open(sealed, key: key, conference, [session])
    }
  }

  /// Whether an event can be about anything sealed. Decoding each entry would take most of the time.
  static func mayBe(in event: RecordedEvent) -> Bool {
    switch event.type {
    case AttendeeRegistered.type, AttendeeRevised.type, ContactStated.type, PersonErased.type: true
    default: mayBeWithheld(in: event)
    }
  }

  private static func mayBeWithheld(in event: RecordedEvent) -> Bool {
    let mark = #""identity":"#
    return RecordEvent.forms[event.type] != nil
      && ((event.words ?? event.body).contains(mark) || event.body.contains(mark))
  }

  /// - Returns: nil if it is about nothing sealed.
  init?(_ event: RecordedEvent, in conference: ConferenceID) throws {
    guard Self.mayBe(in: event) else { return nil }
    func details(_ sealed: Sealed, _ attendee: AttendeeID) -> Self {
      .personal(
        Personal(sealed, AttendeeDetails.self, AttendeeDetails.context(conference, attendee)),
        of: attendee.tag)
    }
    switch try PeopleEvent(event) {
    case .attendeeRegistered(let body): self = details(body.details, body.attendee)
    case .attendeeRevised(let body):
      guard let sealed = body.details else { return nil }
      self = details(sealed, body.attendee)
    case .contactStated(let body):
      let context = SpeakerContact.context(conference, body.person)
      self = .personal(body.contact.map { Personal($0, SpeakerContact.self, context) }, of: body.person.tag)
    case .personErased(let body): self = .erased(body.tags)
    case nil:
      guard let withheld = try WithheldSpeaker(event, in: conference) else { return nil }
      self = .withheld(withheld)
    default: return nil
    }
  }
}

extension SealedContent.WithheldSpeaker {
  /// - Returns: nil if the event names no withheld speaker.
  init?(_ event: RecordedEvent, in conference: ConferenceID) throws {
    guard SealedContent.mayBeWithheld(in: event),
      let (entry, session, sealed) = try RecordEvent(event)?.identity
    else { return nil }
    self.init(entry: entry, sealed: sealed, conference: conference, session: session)
  }
}

/// Who owns the key to a withheld speaker: the first command that has the sealed bytes. Later events of the entry repeat them.
struct WithheldOwners {
  private var owners: [String: Tag] = [:]

  mutating func owner(of speaker: SealedContent.WithheldSpeaker, in event: RecordedEvent) -> Tag {
    let owner = owners[speaker.sealed.base64] ?? .identity(event.commandID)
    owners[speaker.sealed.base64] = owner
    return owner
  }
}

extension Tag {
  /// Of a speaker; an attendee has another one.
  var isSpeaker: Bool { text.hasPrefix("person:") }
}
