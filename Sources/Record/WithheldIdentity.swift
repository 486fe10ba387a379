package import EventLog
import People
import Scheduling
package import Vocabulary

/// The person behind a withheld attribution. It is in the log alone, sealed with that person's key.
package struct WithheldIdentity: Hashable, Sendable, Codable {
  package var person: PersonID
  package init(person: PersonID) { self.person = person }

  /// The context that the sealed bytes are bound to. Not the entry: a split leaves the same bytes with both parts.
  package static func context(_ conference: ConferenceID) -> String { "\(conference)/withheld" }

  /// The context of earlier versions. An entry may have been moved to another session since.
  package static func context(_ conference: ConferenceID, _ session: SessionID) -> String {
    "\(conference)/\(session.tag)/withheld"
  }

  /// - Parameter sessions: where the entry has stood.
  /// - Returns: nil if it was sealed with another key.
  package static func open(
    _ sealed: Sealed, key: SealingKey, _ conference: ConferenceID, _ sessions: some Sequence<SessionID>
  ) -> WithheldIdentity? {
    contexts(conference, sessions).lazy.compactMap { sealed.open(key: key, context: $0) }.first
  }

  fileprivate static func contexts(_ conference: ConferenceID, _ sessions: some Sequence<SessionID>)
    -> [String]
  {
    [context(conference)] + sessions.map { context(conference, $0) }
  }
}

extension Confidential {
  /// The identity behind an entry, if it was sealed with this key.
  func identity(_ sealed: Sealed, _ sessions: some Sequence<SessionID>) -> WithheldIdentity? {
    WithheldIdentity.contexts(conference, sessions).lazy.compactMap { open(sealed, context: $0) }.first
  }
}

extension Confidential<WithheldIdentity> {
  /// Seals the identity. Known bytes that hold the same one stay.
  func sealed(unless known: Sealed?, in session: SessionID) -> Sealed {
    if let known, identity(known, [session]) == value { return known }
    return seal(value, context: WithheldIdentity.context(conference))
  }
}

// MARK: What leads to a withheld name

extension EntryDetails {
  /// - Throws: `Refusal` if a field names the person who is to be withheld.
  func checkHides(_ person: PersonID, _ people: Credits) throws(Statements.Refusal) {
    if mentions.contains(person) { throw .namesWithheld(person, .mentions) }
    let names = people.credit(person)?.name.forms.flatMap(\.spellings) ?? []
    let texts: [(Field, [LocalizedText])] = [
      (.attribution, [attribution.asPrinted, attribution.of].compactMap(\.self)), (.text, [text]),
      (.topic, [topic].compactMap(\.self)), (.rationale, [rationale].compactMap(\.self)),
      (.addressees, addressees),
    ]
    for (field, texts) in texts {
      for text in texts
      where text.slugs(.person).contains(person.slug)
        || text.entries.contains(where: { entry in names.contains { entry.text.names($0) } })
      {
        throw .namesWithheld(person, field)
      }
    }
  }
}

extension Attribution {
  /// - Parameter known: the attribution that the record has already. Its sealed bytes may stay.
  /// - Throws: `Refusal` for a person who was erased: a restored vault destroys that key.
  func checkSeals(_ person: PersonID, unless known: Attribution?, _ people: Credits)
    throws(Statements.Refusal)
  {
    if people.isErased(person), identity != known?.identity { throw .erased(person) }
  }
}

/// Who has a role in a session: those of whom the readers of the program think first.
struct SessionRoles: Sendable, Equatable {
  private var assigned: [SessionID: [PersonID: Set<SessionRole>]] = [:]
  private var presenting: [SessionID: Set<PersonID>] = [:]

  /// The events that tell.
  static func boundary(_ session: SessionID) -> Query.Item {
    Query.Item(types: types, tags: [session.tag])
  }

  private static let types = [
    PersonAssigned.type, PersonUnassigned.type, PresentationAdded.type, PresentationRevised.type,
  ]

  func people(in session: SessionID) -> Set<PersonID> {
    Set((assigned[session] ?? [:]).filter { !$0.value.isEmpty }.keys).union(presenting[session] ?? [])
  }

  mutating func evolve(_ event: RecordedEvent) throws {
    switch event.type {
    case PersonAssigned.type:
      let body = try event.decoded(as: PersonAssigned.self)
      assigned[body.session, default: [:]][body.person, default: []].insert(body.role)
    case PersonUnassigned.type:
      let body = try event.decoded(as: PersonUnassigned.self)
      assigned[body.session]?[body.person]?.remove(body.role)
    case PresentationAdded.type:
      let body = try event.decoded(as: PresentationAdded.self)
      presenting[body.session, default: []].formUnion(body.presentation.people)
    case PresentationRevised.type:
      let body = try event.decoded(as: PresentationRevised.self)
      presenting[body.session, default: []].formUnion(body.presentation.people)
    default: break
    }
  }
}

extension Statements {
  /// What whoever attributes an entry should know of a speaker who is withheld or unknown.
  static func warningsOfAttribution(_ event: Event, _ state: State) -> [HintedText] {
    switch event {
    case .statementCorrected(let body):
      return warnings(on: body.changes.attribution, of: body.entry, in: body.session, state)
    default:
      guard let recorded = event.recorded else { return [] }
      return warnings(on: recorded.details.attribution, of: recorded.entry, in: recorded.session, state)
    }
  }

  private static func warnings(
    on attribution: Attribution?, of entry: RecordID, in session: SessionID, _ state: State
  ) -> [HintedText] {
    guard let attribution else { return [] }
    var warnings: [HintedText] = []
    if let voice = attribution.voice, attribution.mode == .unidentified, let person = state.voices[voice] {
      warnings.append(
        HintedText(
          "“\(voice)” was identified as “\(person)”, which “\(entry)” does not say yet.", [.identify(voice)]))
    }
    let known = state.record.entries[entry]?.details.attribution
    if attribution.mode == .withheld, known?.mode != .withheld {
      if let known, !known.persons.isEmpty {
        warnings.append(
          HintedText(
            "“\(entry)” named its speaker until now. Whoever can read the log still finds the name there; only an "
              + "expunction removes it."))
      }
      let people = state.roles.people(in: session).count
      if (1...2).contains(people) {
        warnings.append(
          HintedText(
            "Only \(counted(people, "person has", "people have")) a role in “\(session)” on the program, so readers "
              + "may tell who said this."))
      }
    }
    return warnings
  }
}

extension RecordState.Entry {
  /// Whether changes leave a withheld attribution withheld. It may have been withheld after they were asked for.
  func staysWithheld(_ changes: EntryDetails.Changes) -> Bool {
    details.attribution.mode != .withheld || changes.attribution.map { $0.mode == .withheld } ?? true
  }
}
