import EventLog
import People
import Scheduling
import Vocabulary

/// The speakers that attributions name, and the languages in which their names are printed.
package struct Credits: Sendable, Equatable {
  private struct Known: Sendable, Equatable {
    var since: Int
    var name: PersonName
    var affiliations: [Int: Affiliation]
  }

  /// The conference's, in order.
  var languages: [Language] = []
  /// Each person's names and offices, as they changed.
  private var known: [PersonID: [Known]] = [:]

  /// Those who were registered twice, and the one who stays.
  private(set) var merged: [PersonID: PersonID] = [:]

  /// Everybody's name of today.
  var names: [(person: PersonID, name: PersonName)] {
    known.compactMap { person, known in known.last.map { (person, $0.name) } }.sorted {
      $0.person < $1.person
    }
  }

  /// The types of the events that say all this.
  static let types = [
    SpeakerRegistered.type, SpeakerRevised.type, AffiliationStated.type, AffiliationRemoved.type,
    PersonsMerged.type, PersonsSeparated.type, PersonErased.type, ConferenceOpened.type,
    ConferenceRevised.type,
  ]

  /// Whose data was erased. The name stays.
  private var erased: Set<PersonID> = []

  func isErased(_ person: PersonID) -> Bool { erased.contains(person) }

  /// - Parameter position: the name and the offices as they were then, if the person was registered by then; by
  ///   default, as they are now.
  /// - Returns: nil for a person who is not registered.
  func credit(_ person: PersonID, asOf position: Int = .max) -> Credit? {
    guard let known = known[person], let then = known.last(where: { $0.since <= position }) ?? known.last
    else {
      return nil
    }
    return Credit(
      person, name: then.name, affiliations: then.affiliations.sorted { $0.key < $1.key }.map(\.value))
  }

  /// Whether these people can be named in an entry.
  func check(_ persons: [PersonID]) throws(Statements.Refusal) {
    for person in persons {
      if credit(person) == nil { throw .unknownPerson(person) }
      if let kept = merged[person] { throw .mergedPerson(person, into: kept) }
    }
  }

  mutating func evolve(_ event: RecordedEvent) throws {
    switch event.type {
    case SpeakerRegistered.type:
      let body = try event.decoded(as: SpeakerRegistered.self)
      known[body.person] = [Known(since: event.position, name: body.details.name, affiliations: [:])]
    case SpeakerRevised.type:
      let body = try event.decoded(as: SpeakerRevised.self)
      if let name = body.changes.name { change(body.person, event) { $0.name = name } }
    case AffiliationStated.type:
      let body = try event.decoded(as: AffiliationStated.self)
      change(body.person, event) { $0.affiliations[body.number] = body.affiliation }
    case AffiliationRemoved.type:
      let body = try event.decoded(as: AffiliationRemoved.self)
      change(body.person, event) { $0.affiliations[body.number] = nil }
    case PersonsMerged.type:
      let body = try event.decoded(as: PersonsMerged.self)
      merged[body.merged] = body.person
    case PersonsSeparated.type: merged[try event.decoded(as: PersonsSeparated.self).merged] = nil
    case PersonErased.type:
      if let person = try event.decoded(as: PersonErased.self).person { erased.insert(person) }
    case ConferenceOpened.type:
      languages = try event.decoded(as: ConferenceOpened.self).details.languages
    case ConferenceRevised.type:
      if let wanted = try event.decoded(as: ConferenceRevised.self).changes.languages { languages = wanted }
    default: break
    }
  }

  private mutating func change(_ person: PersonID, _ event: RecordedEvent, _ change: (inout Known) -> Void) {
    guard var now = known[person]?.last else { return }
    now.since = event.position
    change(&now)
    known[person]?.append(now)
  }
}
