package import EventLog
package import Vocabulary

/// Who speaks, under which names, for whom.
package enum Speakers: Decider {
  package struct State: Sendable, Equatable {
    enum Standing: Equatable { case registered, withdrawn }
    var standing: Standing?
    var name: PersonName?
    var biography: LocalizedText?
    var affiliations: [Int: Affiliation] = [:]
    var lastAffiliation = 0
  }

  package enum Command: Codable, Sendable {
    case register(PersonID, PersonName, biography: LocalizedText?, [Affiliation])
    case revise(PersonID, PersonName?, biography: LocalizedText?)
    case affiliate(PersonID, Affiliation)
    case removeAffiliation(PersonID, number: Int)
    case withdraw(PersonID)

    package var person: PersonID {
      switch self {
      case .register(let person, _, _, _), .revise(let person, _, _), .affiliate(let person, _),
        .removeAffiliation(let person, _), .withdraw(let person):
        person
      }
    }
  }

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case slugTaken(PersonID, by: PersonName)
    case unknown(PersonID)
    case withdrawn(PersonID)
    case noSuchAffiliation(PersonID, Int, known: [Int])

    package var description: String {
      switch self {
      case .slugTaken(let person, let name):
        "“\(person)” already names the speaker \(name.printed); choose another name, "
          + "or use “speaker revise \(person)”."
      case .unknown(let person):
        "There is no speaker “\(person)”; see “speaker list”, or enter them with "
          + "“speaker register \(person) --name …”."
      case .withdrawn(let person):
        "The speaker “\(person)” has withdrawn; what was withdrawn is not changed any more."
      case .noSuchAffiliation(let person, let number, let known):
        known.isEmpty
          ? "“\(person)” has no affiliation that could be removed."
          : "“\(person)” has no affiliation \(number), only \(list(known.map(String.init)))."
      }
    }
  }

  package typealias Event = PeopleEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query { .tagged(command.person.tag) }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    switch command {
    case .register(let person, let name, let biography, let affiliations):
      if let known = state.name {
        // The very same again has nothing to do; anything else would take a name that is taken.
        guard
          state.standing == .registered, known == name, state.biography == biography,
          state.affiliations.sorted(by: { $0.key < $1.key }).map(\.value) == affiliations
        else { throw .slugTaken(person, by: known) }
        return []
      }
      let registered = SpeakerRegistered(person: person, name: name, biography: biography)
      return [.speakerRegistered(registered)]
        + affiliations.enumerated().map { index, affiliation in
          .affiliationStated(
            AffiliationStated(person: person, number: index + 1, affiliation: affiliation))
        }
    case .revise(let person, let name, let biography):
      try check(person, state)
      let new = name == state.name ? nil : name
      let text = biography.map { state.biography?.merging($0) ?? $0 }
      let newBiography = text == state.biography ? nil : text
      if new == nil, newBiography == nil { return [] }
      return [.speakerRevised(SpeakerRevised(person: person, name: new, biography: newBiography))]
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
      guard let standing = state.standing else { throw .unknown(person) }
      if standing == .withdrawn { return [] }
      return [.speakerWithdrawn(SpeakerWithdrawn(person: person))]
    }
  }

  private static func check(_ person: PersonID, _ state: State) throws(Refusal) {
    switch state.standing {
    case nil: throw .unknown(person)
    case .withdrawn: throw .withdrawn(person)
    case .registered: break
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try PeopleEvent(event) {
    case .speakerRegistered(let body):
      state.standing = .registered
      state.name = body.name
      state.biography = body.biography
    case .speakerRevised(let body):
      if let name = body.name { state.name = name }
      if let biography = body.biography { state.biography = biography }
    case .affiliationStated(let body):
      state.affiliations[body.number] = body.affiliation
      state.lastAffiliation = body.number
    case .affiliationRemoved(let body): state.affiliations[body.number] = nil
    case .speakerWithdrawn: state.standing = .withdrawn
    case .attendeeRegistered, .attendeeRevised, .attendeeCheckedIn, .attendeeWithdrawn,
      .personErased, nil:
      break
    }
  }
}

/// “a, b and c”
package func list(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
