package import EventLog
package import Vocabulary

/// Records up to which position people know the program. The next notice starts there.
package enum Notices: Decider {
  package static let name = "Notices"

  package struct State: Sendable, Equatable {
    var conferenceOpen = false
    /// What each person knows of the program.
    package var known: [PersonID: Known] = [:]
  }

  /// A program that somebody was told.
  package struct Known: Sendable, Hashable {
    package var position: Int
    /// Whether it was the draft at that position, not the released program.
    package var isDraft: Bool

    package init(position: Int, isDraft: Bool) {
      self.position = position
      self.isDraft = isDraft
    }
  }

  /// What letters are asked for.
  package struct Round: Codable, Sendable, Equatable {
    /// Only to these people; none: to everybody concerned.
    package var people: [PersonID]
    /// Of the program as it is, not as last released.
    package var draft: Bool
    /// Also to people for whom nothing changed.
    package var unchanged: Bool

    package init(people: [PersonID] = [], draft: Bool = false, unchanged: Bool = false) {
      self.people = people
      self.draft = draft
      self.unchanged = unchanged
    }
  }

  package struct Command: Encodable, Sendable {
    /// The letters that were written are no part of what was asked.
    private enum CodingKeys: CodingKey { case round }

    package var round: Round
    /// Nil: no letter was written yet.
    package var sent: NoticesSent?

    package init(_ round: Round, _ sent: NoticesSent? = nil) {
      self.round = round
      self.sent = sent
    }
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
    guard let sent = command.sent, !sent.people.isEmpty else { return [] }
    if let later = sent.people.first(where: { (state.known[$0]?.position ?? 0) > sent.position }) {
      throw .sentMeanwhile(later)
    }
    let isKnown = sent.people.allSatisfy { state.known[$0] == sent.known }
    return isKnown && !command.round.unchanged ? [] : [.noticesSent(sent)]
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    guard let event = try SchedulingEvent(event) else { return }
    if case .conferenceOpened = event { state.conferenceOpen = true }
    if case .noticesSent(let body) = event {
      for person in body.people { state.known[person] = body.known }
    }
  }
}

extension NoticesSent {
  fileprivate var known: Notices.Known { Notices.Known(position: position, isDraft: draft == true) }
}
