package import EventLog
import People
package import Vocabulary

/// Makes one person of two that were registered.
///
/// Everything that the one takes part in becomes the other's, in every session. Names in further languages, affiliations and
/// unavailable times are taken over too. What was said and recorded keeps the name of the day; indexes list it under the
/// one who stays.
package enum Merging: Decider {
  package static let name = "Merging"

  package typealias Event = ProgramOrPeopleEvent

  package struct State: Sendable, Equatable {
    var timetable = Timetable()
    var speakers: [PersonID: Speakers.State] = [:]
  }

  package struct Command: Encodable, Sendable {
    package var merged: PersonID
    /// Who stays.
    package var person: PersonID
    package var waivers: [Waiver]

    package init(_ merged: PersonID, into person: PersonID, waivers: [Waiver] = []) {
      self.merged = merged
      self.person = person
      self.waivers = waivers
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case same(PersonID)
    case unknown(PersonID)
    case withdrawn(PersonID)
    case erased(PersonID)
    case mergedBefore(PersonID, into: PersonID)
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .same(let person): .says("“\(person)” is one speaker; name two.")
      case .unknown(let person): Speakers.Refusal.unknown(person).texts
      case .withdrawn(let person): Speakers.Refusal.withdrawn(person).texts
      case .erased(let person):
        .says(
          "The data of “\(person)” was erased, so nobody can say any more whether this is the same person.")
      case .mergedBefore(let person, let kept): Speakers.Refusal.merged(person, into: kept).texts
      case .conflicts(let found): [HintedText("As one person, they would have conflicts:")] + found.texts
      }
    }
  }

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state.timetable)
    boundary.addAffected(by: PeopleEvent.personsMerged(PersonsMerged(command.merged, into: command.person)))
    return boundary.query
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.timetable.evolve(event)
    for tag in event.tags {
      guard let id: PersonID = identifier("person:", in: tag) else { continue }
      try Speakers.evolve(&state.speakers[id, default: Speakers.initial], event)
    }
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.timetable.conference != nil else { throw .notOpen }
    let events = try events(command, in: state).map { Event.people($0) }
    do {
      return try state.timetable.waivingConflicts(of: events, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    let merging = events.lazy.compactMap { event -> PersonsMerged? in
      if case .people(.personsMerged(let body)) = event { body } else { nil }
    }.first
    guard let merging else { return [] }
    var warnings = state.timetable.warnings(events)
    if state.speakers[merging.merged]?.contact != nil, state.speakers[merging.person]?.contact == nil {
      warnings.append(
        HintedText(
          "The address of “\(merging.merged)” is not taken over, because it is encrypted for that short name.",
          [.stateContact(merging.person)]))
    }
    return warnings
  }

  private static func events(_ command: Command, in state: State) throws(Refusal) -> [PeopleEvent] {
    let (id, other) = (command.person, command.merged)
    if id == other { throw .same(id) }
    let (kept, merged) = (try speaker(id, state), try speaker(other, state))
    if let into = merged.mergedInto {
      if into == id { return [] }
      throw .mergedBefore(other, into: into)
    }
    if let into = kept.mergedInto { throw .mergedBefore(id, into: into) }
    if kept.status == .withdrawn { throw .withdrawn(id) }
    for (person, known) in [(id, kept), (other, merged)] where known.erased { throw .erased(person) }
    guard let details = kept.details, let added = merged.details else { throw .unknown(other) }
    var events: [PeopleEvent] = []
    let changes = details.filling(from: added).differing(from: details)
    if !changes.isEmpty { events.append(.speakerRevised(SpeakerRevised(person: id, changes: changes))) }
    let affiliations = merged.affiliations.sorted { $0.key < $1.key }.map(\.value)
      .filter { !kept.affiliations.values.contains($0) }
    events += affiliations.enumerated().map { index, affiliation in
      .affiliationStated(
        AffiliationStated(
          person: id, number: kept.lastAffiliation + 1 + index, affiliation: affiliation))
    }
    let own = state.timetable.people[id]
    let times = (state.timetable.people[other]?.unavailable ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      .filter { time in
        own.map { !$0.unavailable.values.contains { ($0.from, $0.until) == (time.from, time.until) } } ?? true
      }
    events += times.enumerated().map { index, time in
      .unavailabilityStated(
        UnavailabilityStated(
          person: id, number: (own?.lastUnavailability ?? 0) + 1 + index, from: time.from, until: time.until))
    }
    return events + [.personsMerged(PersonsMerged(other, into: id))]
  }

  private static func speaker(_ id: PersonID, _ state: State) throws(Refusal) -> Speakers.State {
    guard let speaker = state.speakers[id], speaker.status != nil else { throw .unknown(id) }
    return speaker
  }
}

extension SpeakerDetails {
  /// What another registration of the same person says and this one does not: names and texts in further languages.
  fileprivate func filling(from other: SpeakerDetails) -> Changes {
    func filled(_ text: LocalizedText?, _ other: LocalizedText?) -> LocalizedText? {
      guard let other else { return nil }
      return text.map { other.merging($0) } ?? other
    }
    let missing = other.name.forms.filter { form in
      !name.forms.contains { $0.language.primary == form.language.primary }
    }
    return Changes {
      $0.name = missing.isEmpty ? nil : try? PersonName(name.forms + missing, sortKey: name.sortKey)
      $0.biography = filled(biography, other.biography)
      $0.pronunciation = filled(pronunciation, other.pronunciation)
    }
  }
}
