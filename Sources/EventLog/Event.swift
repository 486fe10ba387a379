package import JSON
package import Vocabulary

/// What an event is about: `session:opening`, `room:main-hall`, or a single word such as `conference`.
///
/// An event has a tag for everything whose state it changes. A decision finds the events it depends on
/// by tag. A tag has only lower-case letters, digits, hyphens and at most one colon, so it never needs
/// quoting.
package struct Tag: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  package let text: String

  package init<Kind>(_ name: StaticString, _ identifier: Identifier<Kind>) {
    text = "\(name):\(identifier.slug)"
  }

  private init(word: String) { text = word }

  /// A stored tag. It was checked when it was stored.
  package init(stored text: String) { self.text = text }

  /// The conference itself: its title, days and zone.
  package static let conference = Tag(word: "conference")
  /// The releases of the program.
  package static let release = Tag(word: "release")
  /// Documents printed to be handed out.
  package static let print = Tag(word: "print")
  /// Notices of changes sent to people.
  package static let notice = Tag(word: "notice")
  /// Plenary sessions: nothing else may take place at the same time.
  package static let plenary = Tag(word: "plenary")
  /// What was imported from files of other programs.
  package static let imports = Tag(word: "imports")
  /// The attendees that were imported.
  package static let registrations = Tag(word: "registrations")
  /// Travel times.
  package static let travel = Tag(word: "travel")
  /// The issues of the proceedings.
  package static let issue = Tag(word: "issue")
  /// Corrections of published entries.
  package static let correction = Tag(word: "correction")
  /// The numbers that sessions were given by hand.
  package static let ordinal = Tag(word: "ordinal")
  /// The front of the record: its titles, imprint and notes.
  package static let frontMatter = Tag(word: "front")

  /// Events that are set aside, and that are read again.
  package static let aside = Tag(word: "aside")

  /// The file of organisations and subjects that texts of the record mention.
  package static let authorities = Tag(word: "authorities")

  /// The owner of the key to one withheld speaker: no event bears it, and it says nothing about the person.
  ///
  /// - Parameter commandID: the command that sealed the speaker.
  package static func identity(_ commandID: String) -> Tag { Tag(word: "identity:\(commandID)") }

  /// Whether it owns the key to a withheld speaker.
  package var isIdentity: Bool { text.hasPrefix("identity:") }

  /// A day. A session touches a day if it begins or ends on it.
  package init(day: CalendarDate) { text = "day:\(day)" }

  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package static func < (a: Self, b: Self) -> Bool { a.text < b.text }
  package var description: String { text }
}

extension Identifier<SessionEntity> { package var tag: Tag { Tag("session", self) } }
extension Identifier<RoomEntity> { package var tag: Tag { Tag("room", self) } }
extension Identifier<TrackEntity> { package var tag: Tag { Tag("track", self) } }
extension Identifier<PersonEntity> { package var tag: Tag { Tag("person", self) } }
extension Identifier<VenueEntity> { package var tag: Tag { Tag("venue", self) } }
extension Identifier<PresentationEntity> { package var tag: Tag { Tag("presentation", self) } }
extension Identifier<AttendeeEntity> { package var tag: Tag { Tag("attendee", self) } }
extension Identifier<RecordEntity> { package var tag: Tag { Tag("record", self) } }
extension Identifier<CorrectionEntity> { package var tag: Tag { Tag("correction", self) } }
extension Identifier<VoiceEntity> { package var tag: Tag { Tag("voice", self) } }
extension Identifier<OrganisationEntity> { package var tag: Tag { Tag("organisation", self) } }
extension Identifier<SubjectEntity> { package var tag: Tag { Tag("subject", self) } }

/// The body of one type of event. It is stored permanently, in the form that `Codable` gives it.
///
/// An optional field may be added. Any other change needs a new version, and an upcast from the old one.
/// The tests' golden files have at least one example of every type and version.
package protocol EventBody: Codable, Sendable, Hashable {
  /// The past-tense name in the log. Every body writes it as a literal: renaming the Swift type must not
  /// rename stored events, and reading a log compares these names millions of times.
  static var type: String { get }
  /// The version that is written; older ones are read by `upcasts`.
  static var version: Int { get }
  /// Makes a stored body of version n one of version n + 1, by n: one for each version before this one.
  ///
  /// Pure functions of the stored JSON. They never change after an event was read with them.
  static var upcasts: [Int: Upcast] { get }
  /// The stored names of the fields that hold words. They are stored apart from the event and can be destroyed.
  ///
  /// A body is decoded without these fields once they were destroyed, so they are optional. No body has a field
  /// of its own named `words`: that name is the commitment's (see ``StoredBody``).
  static var words: [String] { get }
  /// One tag for everything whose state the event changes.
  var tags: [Tag] { get }
}

/// Makes a body of the next version.
package typealias Upcast = @Sendable (JSONValue) throws -> JSONValue

extension EventBody {
  package static var version: Int { 1 }
  package static var upcasts: [Int: Upcast] { [:] }
  package static var words: [String] { [] }
}

/// The events of one capability, one case each. After a new event is added, nothing compiles until
/// every fold handles it.
package protocol EventFamily: Sendable, Hashable {
  /// - Returns: nil for an event of another family.
  /// - Throws: `UnreadableEvent` for a body that cannot be read.
  init?(_ event: RecordedEvent) throws
  var body: any EventBody { get }
}

/// An event as stored in the log.
package struct RecordedEvent: Sendable, Hashable {
  package var conference: String
  /// 1, 2, 3 … per conference, without gaps.
  package var position: Int
  package var type: String
  package var version: Int
  package var tags: [String]
  /// JSON, exactly as stored. The leaf hash covers these bytes.
  package var body: String
  /// The words that the body commits to, as a JSON object. Nil if it commits to none, or if they were destroyed.
  package var words: String?
  /// The 16 bytes that the commitment hashes before the words; see ``Words``. Projectors do not read it.
  package var salt: [UInt8]?
  /// Who gave the command, as the client says: the login name, or the value of `--actor`.
  package var actor: String
  /// Who was logged in to the database. Nil for an event from before this was recorded. Projectors do not read it.
  package var login: String?
  package var reason: String?
  /// A UUID in lower case.
  package var commandID: String
  /// The same for all events of a command, and later than that of the command before.
  package var recordedAt: Timestamp
  /// 32 bytes; see ``leafHash``.
  package var leaf: [UInt8]
  /// Not part of the event: see ``EventsAtHand``.
  var memory = BodyMemory()

  package init(
    conference: String, position: Int, type: String, version: Int, tags: [String], body: String,
    words: String? = nil, salt: [UInt8]? = nil, actor: String, login: String? = nil, reason: String?,
    commandID: String, recordedAt: Timestamp, leaf: [UInt8]
  ) {
    self.conference = conference
    self.position = position
    self.type = type
    self.version = version
    self.tags = tags
    self.body = body
    self.words = words
    self.salt = salt
    self.actor = actor
    self.login = login
    self.reason = reason
    self.commandID = commandID
    self.recordedAt = recordedAt
    self.leaf = leaf
  }

  /// The same event, recorded at another time, or by another login.
  package func recorded(at time: Timestamp, by login: String?) -> RecordedEvent {
    var event = self
    (event.recordedAt, event.login) = (time, login)
    event.leaf = event.leafHash
    return event
  }

  package var origin: Origin {
    Origin(position: position, actor: actor, recordedAt: recordedAt)
  }

  /// Decodes the body with its words, also one that was stored in an older version.
  ///
  /// Every reader uses this: decisions, projections and exports. Hashes are computed over the stored bytes.
  ///
  /// - Throws: `UnreadableEvent` for a version newer than the body's type, and for a body that cannot be decoded.
  package func decoded<Body: EventBody>(as _: Body.Type = Body.self) throws -> Body {
    try memory.body { try decodedAnew() }
  }

  private func decodedAnew<Body: EventBody>() throws -> Body {
    guard (1...Body.version).contains(version) else {
      throw unreadable("version \(version) is unknown")
    }
    do {
      return try JSONText.decode(
        Body.self, from: version == Body.version ? wholeBody : upcast(to: Body.version, Body.upcasts))
    } catch let error as UnreadableEvent {
      throw error
    } catch {
      throw unreadable(JSONText.explain(error))
    }
  }

  /// That this program cannot read it, and why.
  package func unreadable(_ what: String) -> UnreadableEvent {
    UnreadableEvent(conference: conference, position: position, type: type, what: what)
  }

  private func upcast(to current: Int, _ upcasts: [Int: Upcast]) throws -> String {
    var json = try JSONText.value(from: wholeBody)
    for version in version..<current {
      guard let upcast = upcasts[version] else {
        throw unreadable("nothing makes version \(version) one of \(version + 1)")
      }
      json = try upcast(json)
    }
    return try JSONText.encode(json)
  }
}

/// Who changed something, when, and with which event.
package struct Origin: Sendable, Hashable, Codable {
  package let position: Int
  package let actor: String
  package let recordedAt: Timestamp

  package init(position: Int, actor: String, recordedAt: Timestamp) {
    self.position = position
    self.actor = actor
    self.recordedAt = recordedAt
  }
}

/// This version of Plenary cannot read an event. Such an event is never skipped.
package struct UnreadableEvent: HintedError {
  package let conference: String
  package let position: Int
  package let type: String
  let what: String

  package init(conference: String, position: Int, type: String, what: String) {
    self.conference = conference
    self.position = position
    self.type = type
    self.what = what
  }

  package var texts: [HintedText] {
    .says(
      "Event \(position) of \(conference) (\(type)) cannot be read: \(what). "
        + "A newer version of Plenary may have written it; use that version.",
      .setEventAside(position, of: conference))
  }
}
