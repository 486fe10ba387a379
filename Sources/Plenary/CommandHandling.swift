package import EventLog
import Foundation
import JSON
package import Vocabulary

/// How a changing command is to be carried out.
package struct CommandContext: Sendable {
  package var actor: String
  package var reason: String?
  /// A UUID in lower case.
  package var commandID: String
  package var dryRun: Bool

  /// - Throws: `InvalidValue`.
  package init(actor: String?, reason: String?, commandID: String?, dryRun: Bool) throws {
    self.actor = try checkedText(actor ?? Configuration.loginName, "actor")
    self.reason = try reason.map { try checkedText($0, "reason") }
    if let commandID {
      guard let id = UUID(uuidString: commandID) else {
        throw InvalidValue(
          "“\(excerpt(commandID))” is not a command id; give a UUID, for example from “uuidgen”.")
      }
      self.commandID = id.uuidString.lowercased()
    } else {
      self.commandID = UUID().uuidString.lowercased()
    }
    self.dryRun = dryRun
  }
}

/// What a changing command came to.
package struct Outcome<Event: EventFamily>: Sendable {
  package enum Effect: Sendable, Equatable {
    case appended(Receipt)
    /// It was so already.
    case nothingToDo
    /// `--dry-run`.
    case wouldAppend
  }

  package var effect: Effect
  /// Decided now; empty where the command had been carried out before.
  package var events: [Event]
  /// What should be known of it: conflicts that are warned of.
  package var warnings: [HintedText] = []
}

/// Carries out a command: reads its boundary, decides, appends under the condition that the boundary
/// stayed as it was read; decides again when it did not.
package struct CommandHandler<Store: EventStore>: Sendable {
  package let store: Store
  /// How often a conflict is met with another reading, and a lost connection with another sending.
  package var attempts = 8

  package init(store: Store) { self.store = store }

  /// - Throws: the decider's refusal; `AppendError` once the attempts are used up.
  package func handle<D: Decider>(
    _: D.Type, _ command: D.Command, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<D.Event> {
    let request = sha256("\(D.self)\n\(try JSONText.encode(command))")
    var attempt = 1
    while true {
      let read = try await readBoundary(D.self, command, conference, context)
      if let known = read.receipt {
        guard known.request == request else { throw AppendError.commandIDReused }
        return Outcome(effect: .appended(known.receipt), events: [])
      }
      let events = try decision(D.self, command, read.state).get()
      if events.isEmpty { return Outcome(effect: .nothingToDo, events: []) }
      let warnings = D.warnings(on: events, in: read.state)
      if context.dryRun { return Outcome(effect: .wouldAppend, events: events, warnings: warnings) }
      let batch = AppendRequest(
        conference: conference, commandID: context.commandID, request: request,
        actor: context.actor, reason: context.reason, events: events.map(\.body),
        condition: Condition(failIfAny: read.query, after: read.head))
      if let receipt = try await append(batch, mayFail: attempt < attempts) {
        return Outcome(effect: .appended(receipt), events: events, warnings: warnings)
      }
      attempt += 1
    }
  }

  /// - Parameter mayFail: whether there is another attempt to come.
  /// - Returns: nil if it is worth reading and deciding again.
  private func append(_ batch: AppendRequest, mayFail: Bool) async throws -> Receipt? {
    do {
      return try await store.append(batch)
    } catch {
      guard mayFail, error.maySucceedLater else { throw error }
      return nil
    }
  }

  private func decision<D: Decider>(_: D.Type, _ command: D.Command, _ state: D.State)
    -> Result<[D.Event], Refused>
  {
    Result { () throws(D.Refusal) in try D.decide(command, in: state) }
      .mapError { Refused($0) }
  }

  private typealias Read<State> = (
    state: State, query: Query, head: Int, receipt: (request: [UInt8], receipt: Receipt)?
  )

  /// Reads until the boundary, which may depend on what was read, asks for nothing more.
  private func readBoundary<D: Decider>(
    _: D.Type, _ command: D.Command, _ conference: ConferenceID, _ context: CommandContext
  ) async throws -> Read<D.State> {
    var query = D.boundary(of: command, in: D.initial)
    while true {
      let reading = try await store.read(conference, matching: query, command: context.commandID)
      var state = D.initial
      for event in reading.events { try D.evolve(&state, event) }
      guard reading.receipt == nil, let wider = D.widened(query, for: command, in: state) else {
        return (state, query, reading.head, reading.receipt)
      }
      query = wider
    }
  }
}

extension AppendError {
  fileprivate var maySucceedLater: Bool {
    switch self {
    case .conflict, .connectionLost: true
    case .commandIDReused, .busy, .failed: false
    }
  }
}

/// A decision's refusal on its way to the organizer: the sentences and hints, without the type.
package struct Refused: Error, Sendable, CustomStringConvertible {
  package let texts: [HintedText]
  package var description: String { texts.facts }

  package init(_ refusal: some DomainRefusal) { texts = refusal.texts }
  init(_ text: String, _ hints: Hint...) { texts = [HintedText(text, hints)] }
}
