package import EventLog
package import Vocabulary

/// Who speaks, under which names, for whom.
package enum Speakers: Decider {
  package static let name = "Speakers"

  package struct State: Sendable, Equatable {
    package enum Status: Sendable, Equatable { case registered, withdrawn }
    package var person: PersonID?
    package var status: Status?
    /// Who they are: nothing can be said of this short name any more.
    package var mergedInto: PersonID?
    package var details: SpeakerDetails?
    package var contact: Sealed?
    package var affiliations: [Int: Affiliation] = [:]
    package var lastAffiliation = 0
    package var erased = false
    /// The events that hold a biography or a pronunciation, which can be destroyed.
    package var words: [Int] = []
  }

  package enum Command: Encodable, Sendable {
    case register(SpeakerRegistered, [Affiliation] = [])
    /// With the address that they are written to.
    case registerReachable(SpeakerRegistered, [Affiliation], Confidential<SpeakerContact>)
    /// As another conference has them; with the address, if that is asked for.
    case takeOver(TakenOver, Confidential<SpeakerContact>?)
    case revise(SpeakerRevised)
    /// Where they are written to; nil: nowhere any more.
    case stateContact(PersonID, Confidential<SpeakerContact>?)
    case affiliate(PersonID, Affiliation)
    case removeAffiliation(PersonID, number: Int)
    case withdraw(PersonID)
    case reinstate(PersonID)

    package var person: PersonID {
      switch self {
      case .register(let body, _): body.person
      case .registerReachable(let body, _, _): body.person
      case .takeOver(let body, _): body.person
      case .revise(let body): body.person
      case .affiliate(let person, _), .removeAffiliation(let person, _), .withdraw(let person),
        .reinstate(let person), .stateContact(let person, _):
        person
      }
    }
  }

  /// A speaker of another conference.
  package struct TakenOver: Encodable, Sendable {
    /// Asked for; the rest is looked up there.
    private enum CodingKeys: CodingKey { case person, conference, named, withAddress }

    package var conference: ConferenceID
    package var named: String
    package var withAddress: Bool
    package var person: PersonID
    /// Nil: not looked up yet.
    package var registered: SpeakerRegistered?
    package var affiliations: [Affiliation] = []

    package init(_ person: PersonID, from conference: ConferenceID, named: String, withAddress: Bool) {
      self.person = person
      self.conference = conference
      self.named = named
      self.withAddress = withAddress
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(person, forKey: .person)
      try container.encode(conference, forKey: .conference)
      try container.encode(named, forKey: .named)
      if withAddress { try container.encode(true, forKey: .withAddress) }
    }
  }

  package enum Refusal: DomainRefusal {
    case slugTaken(PersonID, by: PersonName)
    case unknown(PersonID)
    case withdrawn(PersonID)
    case merged(PersonID, into: PersonID)
    case noSuchAffiliation(PersonID, Int, known: [Int])
    case contactDoesNotOpen(PersonID)
    case erased(PersonID)

    package var texts: [HintedText] {
      switch self {
      case .slugTaken(let person, let name):
        .says("“\(person)” already names the speaker \(name.printed).", .chooseAnotherName, .revise(person))
      case .unknown(let person):
        .says("There is no speaker “\(person)”.", .list(PersonEntity.self), .add(person))
      case .withdrawn(let person):
        .says("The speaker “\(person)” has withdrawn.", .reinstate(person))
      case .merged(let person, let kept):
        .says("“\(person)” was found to be the same person as “\(kept)”.", .show(kept))
      case .erased(let person):
        .says(
          "The data of the speaker “\(person)” was erased; no address, biography or pronunciation can be recorded."
        )
      case .contactDoesNotOpen(let person):
        .says(
          "The address of the speaker “\(person)” cannot be decrypted, so no other one can take its place.",
          .restoreVault)
      case .noSuchAffiliation(let person, let number, let known):
        .says(
          known.isEmpty
            ? "“\(person)” has no affiliation that could be removed."
            : "“\(person)” has no affiliation \(number), only \(list(known.map(String.init))).")
      }
    }
  }

  package typealias Event = PeopleEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query { .tagged(command.person.tag) }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    switch command {
    case .register(let registered, let affiliations):
      try checkNotMerged(registered.person, state)
      if let known = state.details {
        // The same registration again changes nothing. A different one needs a different name.
        guard
          state.status == .registered, known == registered.details,
          state.affiliations.sorted(by: { $0.key < $1.key }).map(\.value) == affiliations
        else { throw .slugTaken(registered.person, by: known.name) }
        return []
      }
      return [.speakerRegistered(registered)]
        + affiliations.enumerated().map { index, affiliation in
          .affiliationStated(
            AffiliationStated(person: registered.person, number: index + 1, affiliation: affiliation))
        }
    case .registerReachable(let registered, let affiliations, let contact):
      let context = SpeakerContact.context(contact.conference, registered.person)
      if let known = state.details {
        let address = state.contact.flatMap { contact.open($0, as: SpeakerContact.self, context: context) }
        guard address == contact.value else { throw .slugTaken(registered.person, by: known.name) }
      }
      let events = try decide(.register(registered, affiliations), in: state)
      if events.isEmpty { return [] }
      let sealed = contact.seal(contact.value, context: context)
      return events + [.contactStated(ContactStated(person: registered.person, contact: sealed))]
    case .takeOver(let body, let contact):
      guard let registered = body.registered else { return [] }
      guard let contact else { return try decide(.register(registered, body.affiliations), in: state) }
      return try decide(.registerReachable(registered, body.affiliations, contact), in: state)
    case .revise(let wanted):
      try check(wanted.person, state)
      guard let known = state.details else { throw .unknown(wanted.person) }
      let changes = wanted.changes.differing(from: known)
      if state.erased, changes.biography != nil || changes.pronunciation != nil {
        throw .erased(wanted.person)
      }
      if changes.isEmpty { return [] }
      return [.speakerRevised(SpeakerRevised(person: wanted.person, changes: changes))]
    case .stateContact(let person, let contact):
      try checkNotMerged(person, state)
      // Who has withdrawn is still written to, and may still want to be forgotten.
      guard state.status != nil else { throw .unknown(person) }
      if state.erased, contact != nil { throw .erased(person) }
      let sealed = try contact.map { contact throws(Refusal) in
        let context = SpeakerContact.context(contact.conference, person)
        // With a second key, the first one could never be put back.
        if let known = state.contact, contact.open(known, as: SpeakerContact.self, context: context) == nil {
          throw .contactDoesNotOpen(person)
        }
        return contact.seal(contact.value, context: context, unless: state.contact)
      }
      if sealed == state.contact { return [] }
      return [.contactStated(ContactStated(person: person, contact: sealed))]
    case .affiliate(let person, let affiliation):
      try check(person, state)
      if state.affiliations.values.contains(affiliation) { return [] }
      let number = state.lastAffiliation + 1
      return [
        .affiliationStated(
          AffiliationStated(person: person, number: number, affiliation: affiliation))
      ]
    case .removeAffiliation(let person, let number):
      try check(person, state)
      if state.affiliations.hadNumber(number, last: state.lastAffiliation) { return [] }
      guard state.affiliations[number] != nil else {
        throw .noSuchAffiliation(person, number, known: state.affiliations.keys.sorted())
      }
      return [.affiliationRemoved(AffiliationRemoved(person: person, number: number))]
    case .withdraw(let person):
      try checkNotMerged(person, state)
      guard let status = state.status else { throw .unknown(person) }
      if status == .withdrawn { return [] }
      return [.speakerWithdrawn(SpeakerWithdrawn(person: person))]
    case .reinstate(let person):
      try checkNotMerged(person, state)
      guard let status = state.status else { throw .unknown(person) }
      if status == .registered { return [] }
      return [.speakerReinstated(SpeakerReinstated(person: person))]
    }
  }

  /// A name whose parts nobody has told apart is filed by its last word, which can be the given name.
  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    events.flatMap { event -> [HintedText] in
      let name: PersonName? =
        switch event {
        case .speakerRegistered(let body): body.details.name
        case .speakerRevised(let body): body.changes.name
        default: nil
        }
      guard let name, name.isFiledByLastWord, let filed = name.filedBySortKey else { return [] }
      return .says("“\(name.printed)” is filed under “\(filed)” in every index.", .nameParts)
    }
  }

  private static func check(_ person: PersonID, _ state: State) throws(Refusal) {
    try checkNotMerged(person, state)
    switch state.status {
    case nil: throw .unknown(person)
    case .withdrawn: throw .withdrawn(person)
    case .registered: break
    }
  }

  private static func checkNotMerged(_ person: PersonID, _ state: State) throws(Refusal) {
    if let kept = state.mergedInto { throw .merged(person, into: kept) }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try PeopleEvent(event) {
    case .speakerRegistered(let body):
      state.person = body.person
      state.status = .registered
      state.details = body.details
      if event.words != nil { state.words.append(event.position) }
    case .speakerRevised(let body):
      body.changes.apply(to: &state.details)
      if event.words != nil { state.words.append(event.position) }
    case .affiliationStated(let body):
      state.affiliations[body.number] = body.affiliation
      // Undoing a removal states an old number again.
      state.lastAffiliation = max(state.lastAffiliation, body.number)
    case .affiliationRemoved(let body): state.affiliations[body.number] = nil
    case .speakerWithdrawn: state.status = .withdrawn
    case .speakerReinstated: state.status = .registered
    case .personsMerged(let body): if body.merged == state.person { state.mergedInto = body.person }
    case .personsSeparated(let body): if body.merged == state.person { state.mergedInto = nil }
    case .contactStated(let body): state.contact = body.contact
    case .personErased:
      state.erased = true
      state.words = []
      state.details?.biography = nil
      state.details?.pronunciation = nil
    case .unavailabilityStated, .unavailabilityRemoved, .attendeeRegistered, .attendeeRevised,
      .attendeeCheckedIn, .attendeeCheckedOut, .lateScanRecorded, .attendeeSignedUp, .attendeeSignedOff,
      .attendeeWithdrawn, .attendeeReinstated, nil:
      break
    }
  }
}
