package import EventLog
import Foundation
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
  /// How a conflict is met with another reading, and a lost connection with another sending.
  package var retry = RetryPolicy()

  package init(store: Store) { self.store = store }

  /// - Throws: the decider's refusal; `AppendError` once time is up.
  package func handle<D: Decider>(
    _: D.Type, _ command: D.Command, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<D.Event> {
    let request = try RequestHash(D.self, command)
    return try await retry {
      let read = try await readBoundary(D.self, command, conference, context)
      if let known = read.receipt {
        return try answer(known.receipt, isSame: known.request == request.bytes)
      }
      return try await carryOut(D.self, command, read, request, conference, context) {
        batch throws(AppendError) in try await store.append(batch)
      }
    }
  }

  /// The receipt answers a command that was carried out before, whatever changed since.
  private func answer<Event>(_ receipt: Receipt, isSame: Bool) throws(AppendError) -> Outcome<Event> {
    guard isSame else { throw AppendError.commandIDReused }
    return Outcome(effect: .appended(receipt), events: [])
  }

  private func carryOut<D: Decider>(
    _: D.Type, _ command: D.Command, _ read: Read<D.State>, _ request: RequestHash,
    _ conference: ConferenceID, _ context: CommandContext,
    append: (AppendRequest) async throws(AppendError) -> Receipt
  ) async throws -> Outcome<D.Event> {
    let events = try decision(D.self, command, read.state).get()
    if events.isEmpty { return Outcome(effect: .nothingToDo, events: []) }
    let warnings = D.warnings(on: events, in: read.state)
    if context.dryRun { return Outcome(effect: .wouldAppend, events: events, warnings: warnings) }
    let receipt = try await append(
      AppendRequest(
        conference: conference, commandID: context.commandID, request: request.bytes,
        actor: context.actor, reason: context.reason, events: events.map(\.body),
        condition: Condition(failIfAny: read.query, after: read.head)))
    return Outcome(effect: .appended(receipt), events: events, warnings: warnings)
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

extension CommandHandler where Store: SealingStore {
  /// Carries out a command that brings personal data, with the key of the person whom it is about.
  ///
  /// The key is read after the boundary, because whoever destroys a key appends an event in the same
  /// transaction: the condition tells of it. The person's first key is kept with the event that needs it, so
  /// that neither a dry run nor a refusal leaves a key behind.
  ///
  /// - Parameters:
  ///   - personal: what is asked to be sealed.
  ///   - command: made anew on each attempt, with the key of then.
  package func handle<D: Decider, Personal: Encodable & Sendable>(
    _: D.Type, sealing personal: Personal, of person: Tag, in conference: ConferenceID,
    _ context: CommandContext, command: (Confidential<Personal>) -> D.Command
  ) async throws -> Outcome<D.Event> {
    func sealing(with key: SealingKey) -> D.Command {
      command(
        Confidential(personal, key: key, conference: conference, commandID: context.commandID))
    }
    let first = SealingKey.random()
    return try await retry {
      let read = try await readBoundary(D.self, sealing(with: first), conference, context)
      let known = try await store.key(of: person, in: conference)
      let command = sealing(with: known ?? first)
      let request = try RequestHash(D.self, command, personal: personal, key: known ?? first)
      if let receipt = read.receipt {
        var isSame = receipt.request == request.bytes
        if !isSame {
          let keys = try await store.keys(of: conference)
          isSame = request.isLike(receipt.request, withoutAnyOf: keys)
        }
        return try answer(receipt.receipt, isSame: isSame)
      }
      return try await carryOut(D.self, command, read, request, conference, context) {
        batch throws(AppendError) in
        guard known == nil else { return try await store.append(batch) }
        return try await store.append(batch, keeping: first, of: person)
      }
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
