package import EventLog
import Scheduling
package import Vocabulary

/// The authority file of subjects: the names under which the index lists what texts are about.
package enum Subjects: Decider {
  package static let name = "Subjects"

  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    package var known: [SubjectID: SubjectDetails] = [:]
  }

  package enum Command: Encodable, Sendable {
    case add(SubjectAdded)
    case revise(SubjectRevised)

    fileprivate var subject: SubjectID {
      switch self {
      case .add(let body): body.subject
      case .revise(let body): body.subject
      }
    }

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
    case taken(SubjectID, LocalizedText)
    case unknown(SubjectID)
    case noAbbreviation(SubjectID)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: .says("There is no such conference.", .list(ConferenceEntity.self))
      case .taken(let subject, let name):
        .says(
          "“\(subject)” already names the subject “\(name.best([.english]).text)”.", .chooseAnotherName,
          .revise(subject))
      case .unknown(let subject):
        .says("There is no subject “\(subject)”.", .list(SubjectEntity.self), .add(subject))
      case .noAbbreviation(let subject):
        .says("“\(subject)” has no abbreviation that could be expanded; give the abbreviation too.")
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(.conference, command.subject.tag)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conferenceOpen else { throw .notOpen }
    switch command {
    case .add(let wanted):
      if let known = state.known[wanted.subject] {
        guard known == wanted.details else { throw .taken(wanted.subject, known.name) }
        return []
      }
      try check(wanted.subject, wanted.details)
      return [.subjectAdded(wanted)]
    case .revise(let wanted):
      guard let known = state.known[wanted.subject] else { throw .unknown(wanted.subject) }
      let changes = wanted.changes.differing(from: known)
      if changes.isEmpty { return [] }
      var details = known
      changes.apply(to: &details)
      try check(wanted.subject, details)
      return [.subjectRevised(SubjectRevised(subject: wanted.subject, changes: changes))]
    }
  }

  private static func check(_ id: SubjectID, _ details: SubjectDetails) throws(Refusal) {
    guard details.abbreviation != nil || (details.expansion == nil && details.expandedBy == nil) else {
      throw .noAbbreviation(id)
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    if event.type == ConferenceOpened.type { state.conferenceOpen = true }
    switch try RecordEvent(event) {
    case .subjectAdded(let body): state.known[body.subject] = body.details
    case .subjectRevised(let body): body.changes.apply(to: &state.known[body.subject])
    default: break
    }
  }
}
