package import EventLog
package import Vocabulary

/// When the program was published, and as which version.
package enum Releases: Decider {
  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    var versions: [String: LocalizedText?] = [:]
  }

  package enum Command: Codable, Sendable {
    case release(version: String, note: LocalizedText?)
  }

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case notOpen
    case versionTaken(String)

    package var description: String {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.description
      case .versionTaken(let version):
        "The program was released as “\(version)” before; give the new release another version."
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(.conference, .release)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conferenceOpen else { throw .notOpen }
    switch command {
    case .release(let version, let note):
      if let known = state.versions[version] {
        guard known == note else { throw .versionTaken(version) }
        return []
      }
      return [.programReleased(ProgramReleased(version: version, note: note))]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try SchedulingEvent(event) {
    case .conferenceOpened: state.conferenceOpen = true
    case .programReleased(let body): state.versions[body.version] = .some(body.note)
    case .conferenceRevised, .organisationRoleAssigned, .roomAdded, .roomRevised, .roomClosed,
      .trackAdded, .sessionScheduled, .sessionMoved, .sessionRevised, .sessionCancelled,
      .personAssigned, .personUnassigned, nil:
      break
    }
  }
}
