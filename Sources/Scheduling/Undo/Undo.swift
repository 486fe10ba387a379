package import EventLog
import People
import Vocabulary

/// Takes back what one command did, by events that lead from what is so now to what was so before it.
///
/// What it changed must be as it left it, or as it was before: where somebody has changed it since, that
/// would be lost, and the command is not undone. What was published, printed, sent or recorded, and what
/// was erased, cannot be taken back at all.
package enum Undo: Decider {
  package typealias Event = ProgramOrPeopleEvent

  package struct State: Sendable {
    /// Of the boundary, in order.
    var events: [RecordedEvent] = []
    var timetable = Timetable()
  }

  package struct Command: Encodable, Sendable {
    /// The rest is looked up by the id; it never changes.
    private enum CodingKeys: CodingKey { case commandID, waivers }

    /// Of the command that is undone.
    package var commandID: String
    /// The positions of its events.
    package var first: Int
    package var last: Int
    /// What its events are about.
    package var tags: [Tag]
    package var waivers: [Waiver]

    package init(commandID: String, first: Int, last: Int, tags: [Tag], waivers: [Waiver] = []) {
      self.commandID = commandID
      self.first = first
      self.last = last
      self.tags = tags
      self.waivers = waivers
    }
  }

  package enum Refusal: DomainRefusal {
    case changedSince(what: String, by: Origin?, type: String?)
    case inUse(what: String, by: String)
    case final(type: String, position: Int, why: HintedText)
    case conflicts(ConflictsFound)

    package var texts: [HintedText] {
      switch self {
      case .changedSince(let what, let origin, let type):
        .says(
          "\(what) was changed since"
            + (origin.map {
              " (by \($0.actor) at \($0.recordedAt.readable), event \($0.position)"
                + "\(type.map { ", \($0)" } ?? ""))"
            } ?? "")
            + "; undo that first, or change it by a command of its own.")
      case .inUse(let what, let user): .says("\(what) is in use: \(user); nothing was undone.")
      case .final(let type, let position, let why):
        [HintedText("Event \(position) (\(type)) cannot be undone: \(why.text).", why.hints)]
      case .conflicts(let found):
        [HintedText("Restoring the previous state would cause conflicts:")] + found.texts
      }
    }
  }

  package static let initial = State()

  /// From this many tags on, everything is asked for.
  private static let manyTags = 150

  package static func boundary(of command: Command, in state: State) -> Query {
    if command.tags.count > manyTags { return .everything }
    var boundary = BoundaryBuilder(state.timetable)
    for tag in command.tags { boundary.add(tag) }
    let undone = state.events.filter { (command.first...command.last).contains($0.position) }
    if undone.contains(where: { $0.type == SpeakerWithdrawn.type }) {
      // Their sessions lost them without being named.
      for tag in Set(state.events.flatMap(\.tags)).sorted() where tag.hasPrefix("session:") {
        if let id = try? SessionID(String(tag.dropFirst("session:".count))) { boundary.add(id.tag) }
      }
    }
    if undone.contains(where: { $0.type == VenueAdded.type }) {
      // A room comes into a venue by an event that tells nothing else of it.
      for tag in Set(state.events.flatMap(\.tags)).sorted() where tag.hasPrefix("room:") {
        if let id = try? RoomID(String(tag.dropFirst("room:".count))) { boundary.addRoom(id) }
      }
    }
    guard !undone.isEmpty, case .success(let events) = Past(state.events, command).inverse() else {
      return boundary.query
    }
    for event in events { boundary.addAffected(by: event) }
    return boundary.query
  }

  package static func decide(_ command: Command, in state: State) throws(Refusal) -> [Event] {
    let events = try Past(state.events, command).inverse().get()
    do {
      return try state.timetable.waivingConflicts(of: events, with: command.waivers)
    } catch { throw .conflicts(error) }
  }

  package static func warnings(on events: [Event], in state: State) -> [HintedText] {
    state.timetable.warnings(events)
  }

  package static func evolve(_ state: inout State, _ event: RecordedEvent) throws {
    try state.timetable.evolve(event)
    state.events.append(event)
  }
}
