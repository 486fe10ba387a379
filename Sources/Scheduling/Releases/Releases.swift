package import EventLog
package import Vocabulary

/// The published versions of the program.
package enum Releases: Decider {
  package static let name = "Releases"

  package struct State: Sendable, Equatable {
    var conference: ConferenceDetails?
    var tracks: Set<TrackID> = []
    var versions: [String: Version] = [:]
    /// The version that was released last.
    var last: String?
    /// The conference when the whole program was released last; nil before.
    var whole: ConferenceDetails?
  }

  struct Version: Sendable, Equatable {
    var body: ProgramReleased
    var position: Int
  }

  package enum Command: Codable, Sendable {
    case release(ProgramReleased)
  }

  /// Checks the version of a new release.
  ///
  /// - Throws: `InvalidValue` for a text that another command would take for something else, or that is no file name.
  package static func checkedVersion(_ text: String) throws(InvalidValue) -> String {
    let version = try checkedText(text, "version")
    let allowed = version.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || "._-".unicodeScalars.contains($0)
        || $0.properties.generalCategory == .nonspacingMark
    }
    guard allowed, version.count <= 32, !version.contains(".."),
      version.contains(where: { $0.isLetter || $0.isNumber })
    else {
      throw InvalidValue(
        "“\(excerpt(version))” cannot be a version: use letters, digits, single dots, hyphens and _, at most 32 characters, "
          + "for example “1.0”.")
    }
    let isDate = (try? CalendarDate(version)) != nil
    if ["present", "released"].contains(version.lowercased()) || isDate || version.allSatisfy(\.isNumber) {
      throw InvalidValue(
        "“\(version)” cannot be a version: where states of the program are compared, it means "
          + (isDate ? "a day" : version.allSatisfy(\.isNumber) ? "a position of the log" : "another state")
          + ". Take, for example, “1.0” or “final”.")
    }
    return version
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case versionTaken(String, at: Int)
    /// It was released, and another version since.
    case superseded(String, at: Int, by: String)
    /// It was released, just as it is asked for now. Whether the program is still the same, the decision does not see.
    case released(String, at: Int)
    /// It was released, and the program is another one now.
    case changedSince(String, at: Int, sessions: Int)
    case unknownTrack(TrackID)
    case notADay(CalendarDate, CalendarDate, CalendarDate)
    case nothingWhole
    /// The time zone, or the time at which days begin, is another one than in the last release of the whole.
    case daysChanged

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .versionTaken(let version, let position):
        .says(
          "The version “\(version)” was released at position \(position), with another note, track or day; give the "
            + "new release another version.", .listReleases)
      case .superseded(let version, let position, let last):
        .says(
          "The version “\(version)” was released at position \(position), and “\(last)” after it; give the new "
            + "release another version.", .listReleases)
      case .released(let version, let position):
        .says("The version “\(version)” was released at position \(position).", .listReleases)
      case .changedSince(let version, let position, let sessions):
        .says(
          "The version “\(version)” was released at position \(position), and the program has changed since ("
            + (sessions > 0
              ? "\(counted(sessions, "session differs", "sessions differ"))"
              : "no session differs, but "
                + "rooms, speakers or the conference do")
            + "); release it under another version.", .compare(version))
      case .unknownTrack(let track): Sessions.Refusal.unknownTrack(track).texts
      case .notADay(let day, let first, let last): Conferences.Refusal.notADay(day, first, last).texts
      case .nothingWhole:
        .says(
          "The whole program was never released, so one track or day cannot be released alone; "
            + "release the whole program first.")
      case .daysChanged:
        .says(
          "The conference's time zone, or the time at which its days begin, has changed since the whole program was "
            + "released, and this concerns every session; release the whole program.")
      }
    }

    /// The release that is in the way.
    package var position: Int? {
      switch self {
      case .versionTaken(_, let position), .superseded(_, let position, _), .released(_, let position),
        .changedSince(_, let position, _):
        position
      case .notOpen, .unknownTrack, .notADay, .nothingWhole, .daysChanged: nil
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
        guard known.body == wanted else { throw .versionTaken(wanted.version, at: known.position) }
        if let last = state.last, last != wanted.version {
          throw .superseded(wanted.version, at: known.position, by: last)
        }
        throw .released(wanted.version, at: known.position)
      }
      if let track = wanted.track, !state.tracks.contains(track) { throw .unknownTrack(track) }
      if let day = wanted.day, !(conference.firstDay...conference.lastDay).contains(day) {
        throw .notADay(day, conference.firstDay, conference.lastDay)
      }
      if wanted.isPartial {
        guard let whole = state.whole else { throw .nothingWhole }
        if whole.zone != conference.zone || (whole.dayStart ?? 0) != (conference.dayStart ?? 0) {
          throw .daysChanged
        }
      }
      return [.programReleased(wanted)]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    let position = event.position
    guard let event = try SchedulingEvent(event) else { return }
    if case .conferenceOpened(let body) = event { state.conference = body.details }
    if case .conferenceRevised(let body) = event { body.changes.apply(to: &state.conference) }
    if case .trackAdded(let body) = event { state.tracks.insert(body.track) }
    if case .trackRemoved(let body) = event { state.tracks.remove(body.track) }
    if case .programReleased(let body) = event {
      state.versions[body.version] = Version(body: body, position: position)
      state.last = body.version
      if !body.isPartial { state.whole = state.conference }
    }
  }
}
