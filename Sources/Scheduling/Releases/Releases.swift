package import EventLog
package import Vocabulary

/// The published versions of the program.
package enum Releases: Decider {
  package static let name = "Releases"

  package struct State: Sendable, Equatable {
    var conference: ConferenceDetails?
    var tracks: Set<TrackID> = []
    var versions: [String: ProgramReleased] = [:]
    var hasWhole = false
  }

  package enum Command: Codable, Sendable {
    case release(ProgramReleased)
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case versionTaken(String)
    case unknownTrack(TrackID)
    case notADay(CalendarDate, CalendarDate, CalendarDate)
    case nothingWhole

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .versionTaken(let version):
        .says("The version “\(version)” was already released; give the new release another version.")
      case .unknownTrack(let track): Sessions.Refusal.unknownTrack(track).texts
      case .notADay(let day, let first, let last): Conferences.Refusal.notADay(day, first, last).texts
      case .nothingWhole:
        .says(
          "The whole program was never released, so one track or day cannot be released alone; "
            + "release the whole program first.")
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    guard case .release(let wanted) = command, let track = wanted.track else {
      return .tagged(.conference, .release)
    }
    return Query([
      Query.Item(tags: [.conference]), Query.Item(tags: [.release]),
      Query.Item(types: [TrackAdded.type, TrackRemoved.type], tags: [track.tag]),
    ])
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard let conference = state.conference else { throw .notOpen }
    switch command {
    case .release(let wanted):
      if let known = state.versions[wanted.version] {
        guard known == wanted else { throw .versionTaken(wanted.version) }
        return []
      }
      if let track = wanted.track, !state.tracks.contains(track) { throw .unknownTrack(track) }
      if let day = wanted.day, !(conference.firstDay...conference.lastDay).contains(day) {
        throw .notADay(day, conference.firstDay, conference.lastDay)
      }
      if wanted.track != nil || wanted.day != nil, !state.hasWhole { throw .nothingWhole }
      return [.programReleased(wanted)]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    guard let event = try SchedulingEvent(event) else { return }
    if case .conferenceOpened(let body) = event { state.conference = body.details }
    if case .conferenceRevised(let body) = event { body.changes.apply(to: &state.conference) }
    if case .trackAdded(let body) = event { state.tracks.insert(body.track) }
    if case .trackRemoved(let body) = event { state.tracks.remove(body.track) }
    if case .programReleased(let body) = event {
      state.versions[body.version] = body
      if body.track == nil, body.day == nil { state.hasWhole = true }
    }
  }
}
