package import EventLog
package import Vocabulary

/// The tracks that sessions can belong to.
package enum Tracks: Decider {
  package static let name = "Tracks"

  package typealias State = Timetable

  package enum Command: Codable, Sendable {
    case add(TrackAdded)
    case revise(TrackRevised)

    var track: TrackID {
      switch self {
      case .add(let body): body.track
      case .revise(let body): body.track
      }
    }
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case taken(TrackID, LocalizedText)
    case unknown(TrackID)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .taken(let track, let name):
        .says(
          "“\(track)” already names the track “\(name.best([.english]).text)”.", .chooseAnotherName,
          .revise(track))
      case .unknown(let track):
        .says("There is no track “\(track)”.", .list(TrackEntity.self), .add(track))
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = Timetable()

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    boundary.addTrack(command.track)
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    switch command {
    case .add(let wanted):
      if let known = state.tracks[wanted.track] {
        guard known == wanted.details else { throw .taken(wanted.track, known.name) }
        return []
      }
      return [.trackAdded(wanted)]
    case .revise(let wanted):
      guard let known = state.tracks[wanted.track] else { throw .unknown(wanted.track) }
      let changes = wanted.changes.differing(from: known)
      return changes.isEmpty ? [] : [.trackRevised(TrackRevised(track: wanted.track, changes: changes))]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}
