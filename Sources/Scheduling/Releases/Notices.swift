package import EventLog
package import Vocabulary

/// Records up to which position people know the program. The next notice starts there.
package enum Notices: Decider {
  package static let name = "Notices"

  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    /// The position up to which each person knows the program.
    var known: [PersonID: Int] = [:]
  }

  package enum Command: Codable, Sendable {
    case record(NoticesSent)
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    /// Somebody else has sent a later notice since these were prepared.
    case sentMeanwhile(PersonID)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .sentMeanwhile(let person):
        .says("“\(person)”, and perhaps others, already got a later notice; prepare the notices again.")
      }
    }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(.conference, .notice)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conferenceOpen else { throw .notOpen }
    switch command {
    case .record(let sent):
      if sent.people.isEmpty || sent.people.allSatisfy({ state.known[$0] == sent.position }) { return [] }
      if let later = sent.people.first(where: { (state.known[$0] ?? 0) > sent.position }) {
        throw .sentMeanwhile(later)
      }
      return [.noticesSent(sent)]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    guard let event = try SchedulingEvent(event) else { return }
    if case .conferenceOpened = event { state.conferenceOpen = true }
    if case .noticesSent(let body) = event {
      for person in body.people { state.known[person] = body.position }
    }
  }
}
