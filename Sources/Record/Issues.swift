package import EventLog
import Scheduling
package import Vocabulary

/// The published issues of the proceedings.
package enum Issues: Decider {
  package static let name = "Issues"

  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    var last: ProceedingsIssued?
  }

  package enum Command: Codable, Sendable {
    /// - number: the number that the issue must get, so that a repeated command issues once; nil: the next.
    case issue(number: Int?, provisional: Bool, note: LocalizedText?)
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    case taken(Int, next: Int)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: .says("There is no such conference.", .list(ConferenceEntity.self))
      case .taken(let number, let next):
        .says("The proceedings cannot be issued as number \(number); the next issue is number \(next).")
      }
    }
  }

  package typealias Event = RecordEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(.conference, .issue)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conferenceOpen else { throw .notOpen }
    switch command {
    case .issue(let number, let provisional, let note):
      let next = (state.last?.issue ?? 0) + 1
      let issue = ProceedingsIssued(issue: number ?? next, provisional: provisional, note: note)
      if issue == state.last { return [] }
      guard issue.issue == next else { throw .taken(issue.issue, next: next) }
      return [.proceedingsIssued(issue)]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    switch try RecordEvent(event) {
    case .proceedingsIssued(let body): state.last = body
    case .statementRecorded, .statementCorrected, .statementRetracted, .positionRecorded,
      .conclusionRecorded, .recommendationRecorded, nil:
      break
    }
    if event.type == ConferenceOpened.type { state.conferenceOpen = true }
  }
}
