package import EventLog
package import Vocabulary

/// Erases a speaker: the address, the biographies, and whatever withheld statement names them.
///
/// Whoever was registered twice and merged has data under each short name, and all of it is erased.
package enum SpeakerErasure: Decider {
  /// Receipts of earlier versions know it under this name.
  package static let name = "Speakers"

  package typealias Event = PeopleEvent
  package typealias Refusal = Speakers.Refusal

  package struct State: Sendable, Equatable {
    var speakers: [PersonID: Speakers.State] = [:]
    /// Those who were registered twice, and the one who stays.
    var merged: [PersonID: PersonID] = [:]

    /// A speaker under all short names, that of who stays first.
    package func names(of person: PersonID) -> [PersonID] {
      [person] + merged.filter { $0.value == person }.keys.sorted().flatMap(names)
    }

    /// Whether there is nothing left to erase under any of the names.
    package func isErased(_ person: PersonID) -> Bool {
      names(of: person).allSatisfy { speakers[$0]?.erased == true }
    }
  }

  package enum Command: Encodable, Sendable {
    case erase(PersonID)
    /// Destroys keys of a speaker who was erased, because the vault has them again.
    case eraseAgain(PersonID)

    fileprivate var person: PersonID {
      switch self {
      case .erase(let person), .eraseAgain(let person): person
      }
    }
  }

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(anyOf: state.names(of: command.person).map(\.tag))
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let person = command.person
    guard state.speakers[person]?.status != nil else { throw .unknown(person) }
    if let kept = state.merged[person] { throw .merged(person, into: kept) }
    switch command {
    case .erase:
      return state.names(of: person).flatMap { name -> [Event] in
        guard let speaker = state.speakers[name], !speaker.erased else { return [] }
        let contact = speaker.contact.map { _ in
          Event.contactStated(ContactStated(person: name, contact: nil))
        }
        return [contact].compactMap(\.self)
          + [.personErased(PersonErased(person: name, positions: speaker.words))]
      }
    case .eraseAgain:
      guard state.isErased(person) else { throw .unknown(person) }
      return state.names(of: person).map { .personErased(PersonErased(person: $0, positions: [])) }
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try PeopleEvent(event) {
    case .personsMerged(let body): state.merged[body.merged] = body.person
    case .personsSeparated(let body): state.merged[body.merged] = nil
    default: break
    }
    for tag in event.tags where tag.hasPrefix("person:") {
      guard let id = try? PersonID(String(tag.dropFirst("person:".count))) else { continue }
      try Speakers.evolve(&state.speakers[id, default: Speakers.initial], event)
    }
  }
}
