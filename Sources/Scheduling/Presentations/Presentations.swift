package import EventLog
package import Vocabulary

/// What is presented in a session, by whom and in which order.
package enum Presentations: WaivingDecider {
  package static let name = "Presentations"

  package typealias State = Timetable
  package typealias Event = SchedulingEvent

  package static let initial = Timetable()

  package enum Action: Codable, Sendable {
    case add(SessionID, Presentation)
    case revise(PresentationID, Presentation.Changes)
    /// Those that it does not name come after those that it does.
    case order(SessionID, [PresentationID])
    case withdraw(PresentationID)
  }

  package enum Refusal: DomainRefusal {
    case notOpen
    /// What is refused of sessions too: one that does not take place, or a person who is not there.
    case session(Sessions.Refusal)
    case taken(PresentationID, in: SessionID)
    case unknown(PresentationID)
    case notIn(SessionID, PresentationID)
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .notOpen: Conferences.Refusal.notOpen.texts
      case .session(let refusal): refusal.texts
      case .taken(let presentation, let session):
        .says(
          "“\(presentation)” already names a presentation, in “\(session)”.", .chooseAnotherName,
          .revise(presentation))
      case .unknown(let presentation):
        .says("There is no presentation “\(presentation)”.", .seePresentations(nil))
      case .notIn(let session, let presentation):
        .says("The presentation “\(presentation)” is not in “\(session)”.", .seePresentations(session))
      case .conflicts(let found): found.texts
      }
    }
  }

  // MARK: Boundary

  package static func boundary(of command: Command, in state: State) -> Query {
    var boundary = BoundaryBuilder(state)
    switch command.action {
    case .add(let session, let presentation):
      boundary.addSession(session)
      boundary.add(presentation.presentation.tag)
    case .order(let session, _): boundary.addSession(session)
    case .revise(let presentation, _), .withdraw(let presentation):
      boundary.add(presentation.tag)
      if let session = state.presentations[presentation] { boundary.addSession(session) }
    }
    boundary.addAffected(by: (try? events(command.action, in: state)) ?? [])
    return boundary.query
  }

  // MARK: Deciding

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    guard state.conference != nil else { throw .notOpen }
    let events = try events(command.action, in: state)
    for event in events {
      do { try Sessions.check(event, in: state) } catch { throw .session(error) }
    }
    do {
      return try state.waivingConflicts(of: events, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    state.warnings(events)
  }

  /// What a command comes to, if all whom it names take part.
  private static func events(_ action: Action, in state: State) throws(Refusal) -> [Event] {
    switch action {
    case .add(let id, let presentation):
      let session = try existing(id, state)
      if let known = session.presentations.first(where: {
        $0.presentation == presentation.presentation
      }) {
        guard known == presentation else { throw .taken(presentation.presentation, in: id) }
        return []
      }
      if let taken = state.presentations[presentation.presentation] {
        throw .taken(presentation.presentation, in: taken)
      }
      return [.presentationAdded(PresentationAdded(session: id, presentation: presentation))]
    case .revise(let presentation, let wanted):
      let (id, known) = try existing(presentation, state)
      var new = known
      wanted.differing(from: known).apply(to: &new)
      if new == known { return [] }
      return [
        .presentationRevised(
          PresentationRevised(session: id, presentation: new, formerPeople: known.people))
      ]
    case .order(let id, let wanted):
      let session = try existing(id, state)
      for presentation in wanted
      where !session.presentations.contains(where: { $0.presentation == presentation }) {
        throw .notIn(id, presentation)
      }
      var ordered = session.presentations
      ordered.order(by: wanted)
      if ordered == session.presentations { return [] }
      return [
        .presentationsOrdered(
          PresentationsOrdered(session: id, order: ordered.map(\.presentation)))
      ]
    case .withdraw(let presentation):
      if let session = state.presentations[presentation].flatMap({ state.sessions[$0] }),
        session.formerPresentations.contains(presentation),
        !session.presentations.contains(where: { $0.presentation == presentation })
      {
        return []
      }
      let (id, known) = try existing(presentation, state)
      return [
        .presentationWithdrawn(
          PresentationWithdrawn(session: id, presentation: presentation, people: known.people))
      ]
    }
  }

  // MARK: Checking

  private static func existing(_ id: SessionID, _ state: State) throws(Refusal) -> State.Session {
    do { return try Sessions.existing(id, state) } catch { throw .session(error) }
  }

  private static func existing(_ presentation: PresentationID, _ state: State) throws(Refusal)
    -> (SessionID, Presentation)
  {
    guard let id = state.presentations[presentation] else { throw .unknown(presentation) }
    let session = try existing(id, state)
    guard let known = session.presentations.first(where: { $0.presentation == presentation }) else {
      throw .unknown(presentation)
    }
    return (id, known)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.evolve(event)
  }
}
