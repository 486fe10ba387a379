package import EventLog
package import Vocabulary

/// Who speaks, under which names, for whom.
package enum Speakers: Decider {
  package struct State: Sendable, Equatable {
    package enum Status: Sendable, Equatable { case registered, withdrawn }
    package var status: Status?
    package var name: PersonName?
    package var biography: LocalizedText?
    package var pronunciation: LocalizedText?
    package var contact: Sealed?
    package var affiliations: [Int: Affiliation] = [:]
    var lastAffiliation = 0
  }

  package enum Command: Encodable, Sendable {
    case register(
      PersonID, PersonName, biography: LocalizedText?, pronunciation: LocalizedText? = nil,
      [Affiliation])
    case revise(
      PersonID, PersonName?, biography: LocalizedText?, pronunciation: LocalizedText? = nil,
      cleared: [SpeakerRevised.Field] = [])
    /// Where they are written to; nil: nowhere any more.
    case stateContact(PersonID, Confidential<SpeakerContact>?)
    case affiliate(PersonID, Affiliation)
    case removeAffiliation(PersonID, number: Int)
    case withdraw(PersonID)
    case reinstate(PersonID)

    package var person: PersonID {
      switch self {
      case .register(let person, _, _, _, _), .revise(let person, _, _, _, _), .affiliate(let person, _),
        .removeAffiliation(let person, _), .withdraw(let person), .reinstate(let person),
        .stateContact(let person, _):
        person
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case slugTaken(PersonID, by: PersonName)
    case unknown(PersonID)
    case withdrawn(PersonID)
    case noSuchAffiliation(PersonID, Int, known: [Int])

    package var texts: [HintedText] {
      switch self {
      case .slugTaken(let person, let name):
        .says("“\(person)” already names the speaker \(name.printed).", .chooseAnotherName, .revise(person))
      case .unknown(let person):
        .says("There is no speaker “\(person)”.", .list(PersonEntity.self), .add(person))
      case .withdrawn(let person):
        .says("The speaker “\(person)” has withdrawn.", .reinstate(person))
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
    case .register(let person, let name, let biography, let pronunciation, let affiliations):
      if let known = state.name {
        // The very same again has nothing to do; anything else would take a name that is taken.
        guard
          state.status == .registered, known == name, state.biography == biography,
          state.pronunciation == pronunciation,
          state.affiliations.sorted(by: { $0.key < $1.key }).map(\.value) == affiliations
        else { throw .slugTaken(person, by: known) }
        return []
      }
      let registered = SpeakerRegistered(
        person: person, name: name, biography: biography, pronunciation: pronunciation)
      return [.speakerRegistered(registered)]
        + affiliations.enumerated().map { index, affiliation in
          .affiliationStated(
            AffiliationStated(person: person, number: index + 1, affiliation: affiliation))
        }
    case .revise(let person, let name, let biography, let pronunciation, let cleared):
      try check(person, state)
      func new(_ known: LocalizedText?, _ wanted: LocalizedText?) -> LocalizedText? {
        let text = wanted.map { known?.merging($0) ?? $0 }
        return text == known ? nil : text
      }
      let gone = cleared.filter {
        switch $0 {
        case .biography: state.biography != nil
        case .pronunciation: state.pronunciation != nil
        }
      }
      let revised = SpeakerRevised(
        person: person, name: name == state.name ? nil : name,
        biography: new(state.biography, biography),
        pronunciation: new(state.pronunciation, pronunciation), cleared: gone.isEmpty ? nil : gone)
      return revised == SpeakerRevised(person: person) ? [] : [.speakerRevised(revised)]
    case .stateContact(let person, let contact):
      // Who has withdrawn is still written to, and may still want to be forgotten.
      guard state.status != nil else { throw .unknown(person) }
      let sealed = contact.map {
        $0.seal(
          $0.value, context: SpeakerContact.context($0.conference, person), unless: state.contact)
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
      if (1...max(1, state.lastAffiliation)).contains(number), state.affiliations[number] == nil,
        state.lastAffiliation > 0
      {
        return []
      }
      guard state.affiliations[number] != nil else {
        throw .noSuchAffiliation(person, number, known: state.affiliations.keys.sorted())
      }
      return [.affiliationRemoved(AffiliationRemoved(person: person, number: number))]
    case .withdraw(let person):
      guard let status = state.status else { throw .unknown(person) }
      if status == .withdrawn { return [] }
      return [.speakerWithdrawn(SpeakerWithdrawn(person: person))]
    case .reinstate(let person):
      guard let status = state.status else { throw .unknown(person) }
      if status == .registered { return [] }
      return [.speakerReinstated(SpeakerReinstated(person: person))]
    }
  }

  private static func check(_ person: PersonID, _ state: State) throws(Refusal) {
    switch state.status {
    case nil: throw .unknown(person)
    case .withdrawn: throw .withdrawn(person)
    case .registered: break
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try PeopleEvent(event) {
    case .speakerRegistered(let body):
      state.status = .registered
      state.name = body.name
      state.biography = body.biography
      state.pronunciation = body.pronunciation
    case .speakerRevised(let body):
      if let name = body.name { state.name = name }
      body.apply(&state.biography, &state.pronunciation)
    case .affiliationStated(let body):
      state.affiliations[body.number] = body.affiliation
      state.lastAffiliation = body.number
    case .affiliationRemoved(let body): state.affiliations[body.number] = nil
    case .speakerWithdrawn: state.status = .withdrawn
    case .speakerReinstated: state.status = .registered
    case .contactStated(let body): state.contact = body.contact
    case .unavailabilityStated, .unavailabilityRemoved, .attendeeRegistered, .attendeeRevised,
      .attendeeCheckedIn, .attendeeCheckedOut, .attendeeSignedUp, .attendeeSignedOff,
      .attendeeWithdrawn, .personErased, nil:
      break
    }
  }
}

/// “a, b and c”
package func list(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
