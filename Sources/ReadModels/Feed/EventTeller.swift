package import EventLog
import JSON
package import People
package import Record
import Scheduling
package import Vocabulary

/// Tells events in words, one after the other: names and old values come from the events before.
///
/// A fold without side effects. Personal data stays sealed, unless the caller can open it and wants it told. Who is behind a
/// withheld statement is never told, nor the name that such a statement had before.
package struct EventTeller: Sendable {
  /// Opens what is sealed; both give nil where it stays sealed.
  package struct Opener: Sendable {
    package var attendee: @Sendable (AttendeeID, Sealed) -> AttendeeDetails?
    package var contact: @Sendable (PersonID, Sealed) -> SpeakerContact?

    package init(
      attendee: @escaping @Sendable (AttendeeID, Sealed) -> AttendeeDetails?,
      contact: @escaping @Sendable (PersonID, Sealed) -> SpeakerContact?
    ) {
      (self.attendee, self.contact) = (attendee, contact)
    }

    package static let nothing = Opener(attendee: { _, _ in nil }, contact: { _, _ in nil })
  }

  private(set) var program = ProgramModel()
  private(set) var attendance = AttendanceModel()
  private(set) var proceedings = ProceedingsModel()
  /// The entries whose speaker is withheld later in the log.
  private let withheldLater: Set<RecordID>
  /// Those whose speaker was withheld by an event so far.
  private var withheldSoFar: Set<RecordID> = []
  package var opener: Opener

  /// - Parameter withheld: the entries whose speaker is withheld later in the log.
  package init(withheld: Set<RecordID> = [], opener: Opener = .nothing) {
    withheldLater = withheld
    self.opener = opener
  }

  /// Tells the next event, and takes it in.
  ///
  /// - Throws: what the read models throw for an event that they cannot apply.
  package mutating func tell(_ event: LoggedEvent, _ origin: Origin) throws -> ToldEvent {
    if case .record(let record) = event { noteWithheld(record) }
    let told = told(event)
    try program.apply(event, origin)
    try attendance.apply(event, origin)
    try proceedings.apply(event, origin)
    return told
  }

  /// An event in words, with what is known before it.
  package func told(_ event: LoggedEvent) -> ToldEvent {
    switch event {
    case .scheduling(let event): told(event)
    case .people(let event): told(event)
    case .record(let event): told(event)
    case .settingAside(.setAside(let body)):
      ToldEvent("Event \(body.position) was set aside: from now on it is left out.")
    case .settingAside(.reinstated(let body)): ToldEvent("Event \(body.position) is read again.")
    }
  }

  private mutating func noteWithheld(_ event: RecordEvent) {
    for (entry, attribution) in event.attributions where attribution.mode == .withheld {
      withheldSoFar.insert(entry)
    }
    // The events that follow in the same command name the speaker.
    if case .statementDisclosed(let body) = event { withheldSoFar.remove(body.entry) }
  }

  /// Whether the person behind an entry is withheld.
  func isWithheld(_ entry: RecordID) -> Bool {
    withheldLater.contains(entry) || withheldSoFar.contains(entry)
  }

  // MARK: Names

  var languages: [Language] { program.conference?.details.languages ?? [.english] }

  func text(_ text: LocalizedText) -> String { text.best(languages).text }

  /// `“Opening”`; the short name of a session that nobody knows.
  func title(_ session: SessionID) -> String {
    quoted(program.sessions[session.slug]?.details.title, session.slug)
  }
  func name(_ room: RoomID) -> String { program.rooms[room.slug].map { text($0.details.name) } ?? room.slug }
  func name(_ track: TrackID) -> String { quoted(program.tracks[track.slug]?.details.name, track.slug) }
  func name(_ venue: VenueID) -> String {
    program.venues[venue.slug].map { text($0.details.name) } ?? venue.slug
  }

  func name(_ person: PersonID) -> String {
    program.people[person.slug].map { name($0.details.name) } ?? person.slug
  }

  func name(_ name: PersonName) -> String { name.forms.ordered(by: languages).first?.printed ?? name.sortKey }

  func names(_ persons: [PersonID]) -> String { list(persons.map { name($0) }) }

  func name(_ place: Place) -> String {
    switch place {
    case .room(let room): name(room)
    case .venue(let venue): name(venue)
    }
  }

  /// `Anna Berg (a-7k3m9qx)` where that may be told, else the short name alone.
  func name(_ attendee: AttendeeID, _ sealed: Sealed? = nil) -> String {
    guard let sealed = sealed ?? attendance.attendees[attendee.slug]?.details,
      let details = opener.attendee(attendee, sealed)
    else { return "Attendee \(attendee)" }
    return "\(name(details.name)) (\(attendee))"
  }

  func quoted(_ text: LocalizedText?, _ slug: String) -> String {
    text.map { "“\(excerpt(self.text($0), 100))”" } ?? "“\(slug)”"
  }

  /// `a, b and c`
  func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nobody" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  // MARK: Slots

  /// `on 2016-03-25 09:00–10:30 in Main Hall`
  func told(_ slot: Slot) -> String { "on \(slot.times) in \(name(slot.room))" }

  func told(_ slots: [NumberedSlot]) -> String { list(slots.map { told($0.slot) }) }

  /// `from 2016-03-25 09:00–10:00 in Main Hall to 10:00–11:00 in Room 2`: what stays is said once.
  func told(from old: Slot, to new: Slot) -> String {
    let times = (old.times, new.start.date == old.start.date ? clocks(new) : new.times)
    if old.room == new.room { return "from \(times.0) to \(times.1) in \(name(new.room))" }
    if (old.start, old.end) == (new.start, new.end) {
      return "from \(name(old.room)) to \(name(new.room)) (\(old.times))"
    }
    return "from \(times.0) in \(name(old.room)) to \(times.1) in \(name(new.room))"
  }

  private func clocks(_ slot: Slot) -> String {
    "\(slot.start.clock)–\(slot.end.clock)" + (slot.end.date == slot.start.date ? "" : " (\(slot.end.date))")
  }

  // MARK: Fields

  /// The fields in which two details differ.
  func changes<Field: DetailField>(
    _: Field.Type, from old: Field.Details?, to new: Field.Details?, without hidden: Set<Field> = []
  ) -> [ToldEvent.Change] {
    let (before, after) = (members(old), members(new))
    return Field.allCases.filter { !hidden.contains($0) }.compactMap { field in
      change(field.rawValue, before[field.rawValue], after[field.rawValue])
    }
  }

  /// What a revision changes. Without known details, what it sets.
  func changes<Changes: DetailChanges>(
    _ changes: Changes, of old: Changes.Field.Details?, without hidden: Set<Changes.Field> = []
  ) -> [ToldEvent.Change] {
    if let old {
      var new = old
      changes.apply(to: &new)
      return self.changes(Changes.Field.self, from: old, to: new, without: hidden)
    }
    let set = members(changes)
    return Changes.Field.allCases.filter { !hidden.contains($0) }.compactMap {
      change($0.rawValue, nil, set[$0.rawValue])
    }
  }

  /// - Returns: nil if both are the same.
  func change(_ field: String, _ before: JSONValue?, _ after: JSONValue?) -> ToldEvent.Change? {
    if before == after { return nil }
    var (was, now) = (before.map { readable($0, field) }, after.map { readable($0, field) })
    // Of many links, only those are told that the other state does not have; of others, only their order changed.
    if field == "links", case .array(let old)? = before, case .array(let new)? = after {
      let (gone, come) = (old.filter { !new.contains($0) }, new.filter { !old.contains($0) })
      if !gone.isEmpty || !come.isEmpty {
        was = gone.isEmpty ? nil : readable(.array(gone), field)
        now = come.isEmpty ? nil : readable(.array(come), field)
      }
    }
    return ToldEvent.Change(field, before, after, was: was, now: now)
  }

  func change(_ field: String, _ before: String?, _ after: String?) -> ToldEvent.Change? {
    change(field, before.map(JSONValue.string), after.map(JSONValue.string))
  }

  private func members(_ value: (some Encodable)?) -> [String: JSONValue] {
    guard let value, let text = try? JSONText.encode(value), let json = try? JSONText.value(from: text),
      case .object(let members) = json
    else { return [:] }
    return members
  }

  /// A stored value as people read it.
  private func readable(_ value: JSONValue, _ field: String) -> String {
    switch value {
    case .null: return "none"
    case .bool(let value): return value ? "yes" : "no"
    case .integer(let number): return String(number)
    case .number(let number): return String(number)
    case .string(let text): return (try? ZonedTime(text)).map { told($0) } ?? named(text, field)
    case .array(let elements):
      return elements.isEmpty ? "none" : elements.map { readable($0, field) }.joined(separator: ", ")
    case .object(let members):
      if let text = try? JSONText.decode(LocalizedText.self, from: JSONText.encode(value)), !members.isEmpty {
        return excerpt(self.text(text), 200)
      }
      if let name = try? JSONText.decode(PersonName.self, from: JSONText.encode(value)) {
        return self.name(name)
      }
      if let url = members["url"] {
        let address = readable(url, "url")
        return members["title"].map { "\(readable($0, "title")) (\(address))" } ?? address
      }
      // An affiliation, who presides, a permission: the member that is printed.
      for name in ["asPrinted", "address", "permission", "name", "title"] {
        if let printed = members[name] { return readable(printed, name) }
      }
      return (try? JSONText.encode(value)) ?? "?"
    }
  }

  /// The name of what a field refers to.
  private func named(_ text: String, _ field: String) -> String {
    switch field {
    case "room": (try? RoomID(text)).map { name($0) } ?? text
    case "track":
      (try? TrackID(text)).flatMap { program.tracks[$0.slug] }.map { self.text($0.details.name) } ?? text
    case "venue": (try? VenueID(text)).map { name($0) } ?? text
    case "people", "persons", "mentions", "person": (try? PersonID(text)).map { name($0) } ?? text
    default: excerpt(text, 200)
    }
  }
}

extension RecordEvent {
  /// The attributions that an event gives to entries.
  package var attributions: [(entry: RecordID, attribution: Attribution)] {
    if let recorded { return [(recorded.entry, recorded.details.attribution)] }
    switch self {
    case .statementCorrected(let body): return body.changes.attribution.map { [(body.entry, $0)] } ?? []
    case .statementSplit(let body):
      return body.head.map { [(body.entry, $0.attribution), (body.rest, $0.attribution)] } ?? []
    case .statementsMerged(let body): return body.whole.map { [(body.entry, $0.attribution)] } ?? []
    case .statementExpunged(let body): return body.replacement.map { [(body.entry, $0.attribution)] } ?? []
    case .correctionRequested(let body): return body.changes.attribution.map { [(body.entry, $0)] } ?? []
    default: return []
    }
  }
}
