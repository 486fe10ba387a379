package import EventLog
import Vocabulary

/// The print ledger: documents that were printed for handing out.
package enum Prints: Decider {
  package static let name = "Prints"

  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    var last = 0
  }

  package enum Command: Codable, Sendable {
    /// The decision assigns the number; the one in the command is ignored.
    case record(DocumentPrinted)
  }

  package enum Refusal: DomainRefusal {
    case notOpen

    package var texts: [HintedText] { Conferences.Refusal.notOpen.texts }
  }

  package typealias Event = SchedulingEvent

  package static let initial = State()

  package static func boundary(of command: Command, in state: State) -> Query {
    .tagged(.conference, .print)
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conferenceOpen else { throw .notOpen }
    switch command {
    case .record(var printed):
      printed.number = state.last + 1
      return [.documentPrinted(printed)]
    }
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    guard let event = try SchedulingEvent(event) else { return }
    if case .conferenceOpened = event { state.conferenceOpen = true }
    if case .documentPrinted(let body) = event { state.last = body.number }
  }
}
