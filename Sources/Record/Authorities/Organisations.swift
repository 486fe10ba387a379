package import EventLog
import Scheduling
package import Vocabulary

/// The authority file of organisations: the names, parents and relations of those that texts mention.
package enum Organisations: Decider {
  package static let name = "Organisations"

  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    package var known: [OrganisationID: OrganisationDetails] = [:]
  }

  package enum Command: Encodable, Sendable {
    case add(OrganisationAdded)
    case revise(OrganisationRevised)

    private enum Key: CodingKey { case add, revise }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      switch self {
      case .add(let body): try container.encode(body, forKey: .add)
      case .revise(let body): try container.encode(body, forKey: .revise)
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case taken(OrganisationID, LocalizedText)
    case unknown(OrganisationID)
    case itsOwnRelative(OrganisationID)
    /// Each is a part of the next, and the last one of the first.
    case circle([OrganisationID])
    case noAbbreviation(OrganisationID)
    case noNote(OrganisationID)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: .says("There is no such conference.", .list(ConferenceEntity.self))
      case .taken(let organisation, let name):
        .says(
          "“\(organisation)” already names the organisation “\(name.best([.english]).text)”.",
          .chooseAnotherName,
          .revise(organisation))
      case .unknown(let organisation):
        .says(
          "There is no organisation “\(organisation)”.", .list(OrganisationEntity.self), .add(organisation))
      case .itsOwnRelative(let organisation):
        .says("“\(organisation)” cannot be a part or a relative of itself.")
      case .circle(let path):
        .says(
          "These organisations would be parts of each other: "
            + (path + path.prefix(1)).map { "“\($0)”" }.joined(separator: " → ") + ".")
      case .noAbbreviation(let organisation):
        .says("“\(organisation)” has no abbreviation that could be expanded; give the abbreviation too.")
      case .noNote(let organisation):
        .says("“\(organisation)” has no note that could have a source or a status; give the note too.")
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  /// The file is small, and a decision about parents depends on all of it.
  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(.conference, .authorities)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conferenceOpen else { throw .notOpen }
    switch command {
    case .add(let wanted):
      if let known = state.known[wanted.organisation] {
        guard known == wanted.details else { throw .taken(wanted.organisation, known.name) }
        return []
      }
      try check(wanted.organisation, wanted.details, state)
      return [.organisationAdded(wanted)]
    case .revise(let wanted):
      guard let known = state.known[wanted.organisation] else { throw .unknown(wanted.organisation) }
      let changes = wanted.changes.differing(from: known)
      if changes.isEmpty { return [] }
      var details = known
      changes.apply(to: &details)
      try check(wanted.organisation, details, state)
      return [
        .organisationRevised(OrganisationRevised(organisation: wanted.organisation, changes: changes))
      ]
    }
  }

  private static func check(_ id: OrganisationID, _ details: OrganisationDetails, _ state: State)
    throws(Refusal)
  {
    for other in [details.parent].compactMap(\.self) + (details.relations ?? []).map(\.organisation) {
      if other == id { throw .itsOwnRelative(id) }
      guard state.known[other] != nil else { throw .unknown(other) }
    }
    var path = [id]
    var next = details.parent
    while let parent = next {
      if parent == id { throw .circle(path) }
      path.append(parent)
      next = state.known[parent]?.parent
    }
    guard details.abbreviation != nil || (details.expansion == nil && details.expandedBy == nil) else {
      throw .noAbbreviation(id)
    }
    guard details.note != nil || (details.source == nil && details.status == nil) else { throw .noNote(id) }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    if event.type == ConferenceOpened.type { state.conferenceOpen = true }
    switch try RecordEvent(event) {
    case .organisationAdded(let body): state.known[body.organisation] = body.details
    case .organisationRevised(let body): body.changes.apply(to: &state.known[body.organisation])
    default: break
    }
  }
}
