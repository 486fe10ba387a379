package import EventLog
import Foundation
import Postgres
import Scheduling
package import Vocabulary

/// Who gives a command, why, under which id, and whether it is only tried.
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

/// The result of a changing command.
package struct Outcome<Event: EventFamily>: Sendable {
  package enum Effect: Sendable, Equatable {
    case appended(Receipt)
    /// The decision found nothing that differs.
    case nothingToDo
    /// `--dry-run`.
    case wouldAppend
  }

  package var effect: Effect
  /// The events of this run; empty if a receipt answered.
  package var events: [Event]
  /// Conflicts that do not prevent the command.
  package var warnings: [HintedText] = []
}

extension HintedText {
  /// A warning about a change that was carried out: the command cannot waive a conflict any more.
  fileprivate func afterwards(commandID: String) -> HintedText {
    var text = self
    text.hints = hints.map {
      if case .waive(let kind) = $0 { .waiveAfterUndo(kind, commandID: commandID) } else { $0 }
    }
    return text
  }
}

/// Carries out a command: reads its boundary, decides, and appends if the boundary has not changed meanwhile.
/// If it has, it reads and decides again.
package struct CommandHandler<Store: EventStore>: Sendable {
  package let store: Store
  /// How often and how long a command is tried again after a conflict or a lost connection.
  package var retry = RetryPolicy()

  package init(store: Store) { self.store = store }

  /// - Throws: the decider's refusal; `AppendError` once time is up.
  package func handle<D: Decider>(
    _: D.Type, _ command: D.Command, in conference: ConferenceID, _ context: CommandContext
  ) async throws -> Outcome<D.Event> {
    try await handle(D.self, in: conference, context) { _ in command }
  }

  /// Carries out a command whose texts or times depend on the conference's languages, zone or days.
  ///
  /// - Parameter command: makes the command; called in each attempt, with the facts of that moment.
  /// - Throws: what `command` throws; the decider's refusal; `AppendError` once time is up; `Failure` for an
  ///   unknown conference, where the command asks for it.
  package func handle<D: Decider>(
    _: D.Type, in conference: ConferenceID, _ context: CommandContext,
    command: (ConferenceFacts) throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    try await retry {
      let (command, read) = try await readBoundary(D.self, conference, context, command)
      let request = try RequestHash(D.self, command)
      if let known = read.receipt {
        return try answer(known.receipt, isSame: request.isSame(as: known.request))
      }
      return try await carryOut(D.self, command, read, request, conference, context) {
        batch throws(AppendError) in try await store.append(batch)
      }
    }
  }

  /// Carries out a command that takes work outside the log, such as typesetting. Nothing is locked meanwhile.
  ///
  /// - Parameters:
  ///   - asked: the command without what the work brings; its boundary must not depend on that.
  ///   - work: brings the rest, from what the boundary shows. It is done again where others changed the boundary
  ///     meanwhile, and not at all where the receipt answers. Nil: there is nothing to carry out after all.
  /// - Returns: nil where there was nothing to carry out.
  package func handle<D: Decider>(
    _: D.Type, _ asked: D.Command, in conference: ConferenceID, _ context: CommandContext,
    work: (D.State) async throws -> D.Command?
  ) async throws -> Outcome<D.Event>? {
    let request = try RequestHash(D.self, asked)
    return try await retry {
      let (_, read) = try await readBoundary(D.self, conference, context) { _ in asked }
      if let known = read.receipt {
        return try answer(known.receipt, isSame: request.isSame(as: known.request))
      }
      guard let command = try await reconnecting({ try await work(read.state) }) else { return nil }
      return try await carryOut(D.self, command, read, request, conference, context) {
        batch throws(AppendError) in try await store.append(batch)
      }
    }
  }

  /// Work that reads from the database can lose the connection like the log: then it is done again.
  private func reconnecting<Result>(_ work: () async throws -> Result) async throws -> Result {
    do {
      return try await work()
    } catch let error as PostgresError where error.situation == .connectionLost {
      throw AppendError.connectionLost
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
    let decided = decision(D.self, command, read.state).flatMap { events -> Result<[D.Event], Refused> in
      if !events.isEmpty, let refusal = read.status.refusal(of: events.map(\.body)) {
        .failure(Refused(refusal))
      } else {
        .success(events)
      }
    }
    // What appends nothing has no condition, so what it rests on must be there.
    if context.dryRun || (try? decided.get().isEmpty) ?? true {
      try await store.settle(conference, command: context.commandID)
    }
    let events = try decided.get()
    if events.isEmpty { return Outcome(effect: .nothingToDo, events: []) }
    let warnings = D.warnings(on: events, in: read.state)
    if context.dryRun { return Outcome(effect: .wouldAppend, events: events, warnings: warnings) }
    let receipt = try await append(
      AppendRequest(
        conference: conference, commandID: context.commandID, request: request.bytes,
        actor: context.actor, reason: context.reason, events: events.map(\.body),
        condition: Condition(failIfAny: read.query, after: read.head)))
    return Outcome(
      effect: .appended(receipt), events: events,
      warnings: warnings.map { $0.afterwards(commandID: context.commandID) })
  }

  private func decision<D: Decider>(_: D.Type, _ command: D.Command, _ state: D.State)
    -> Result<[D.Event], Refused>
  {
    Result { () throws(D.Refusal) in try D.decide(command, in: state) }
      .mapError { Refused($0) }
  }

  private typealias Read<State> = (
    state: State, status: ConferenceStatus, query: Query, head: Int,
    receipt: (request: [UInt8], receipt: Receipt)?
  )

  /// Makes the command, and reads until its boundary, which may depend on what was read, asks for nothing more.
  ///
  /// The facts that a command was made from are read with its boundary once more, so that they hold at the
  /// position after which the condition looks for changes. If they do not, the command is made again.
  private func readBoundary<D: Decider>(
    _: D.Type, _ conference: ConferenceID, _ context: CommandContext,
    _ command: (ConferenceFacts) throws -> D.Command
  ) async throws -> (command: D.Command, read: Read<D.State>) {
    var facts = ConferenceFacts.notRead
    while true {
      let made: D.Command
      do {
        made = try command(facts)
      } catch is ConferenceFacts.NotRead {
        facts = try await ConferenceFacts(
          store.read(conference, matching: .tagged(.conference), command: context.commandID)
        ).existing(conference)
        continue
      }
      var query = D.boundary(of: made, in: D.initial)
      if facts.isRead { query = query.union(.tagged(.conference)) }
      let (read, reading) = try await readBoundary(D.self, made, query, conference, context)
      if facts.isRead {
        let present = try ConferenceFacts(reading).existing(conference)
        if present != facts {
          facts = present
          continue
        }
      }
      return (made, read)
    }
  }

  private func readBoundary<D: Decider>(
    _: D.Type, _ command: D.Command, _ first: Query, _ conference: ConferenceID, _ context: CommandContext
  ) async throws -> (Read<D.State>, BoundaryRead) {
    // Every change depends on whether the conference was closed.
    var query = first.union(ConferenceStatus.boundary)
    var initial = D.initial
    if var showing = initial as? any ShowingConflicts {
      showing.clocks = .system
      if let told = showing as? D.State { initial = told }
    }
    while true {
      let reading = try await store.read(conference, matching: query, command: context.commandID)
      var state = initial
      for event in reading.events { try D.evolve(&state, event) }
      guard reading.receipt == nil, let wider = D.widened(query, for: command, in: state) else {
        return (
          (state, ConferenceStatus(after: reading.events), query, reading.head, reading.receipt), reading
        )
      }
      query = wider
    }
  }
}

extension ZoneClocks {
  /// By this system's data.
  fileprivate static let system = ZoneClocks { zone, instant in
    let day = CalendarDate(daysSince1970: Int(instant.microseconds / 86_400_000_000))
    return try? TimeInput(zone: zone, days: day...day).rules
  }
}

extension CommandHandler where Store: SealingStore {
  /// Carries out a command with personal data, encrypted with the key of the person it is about.
  ///
  /// The key is read after the boundary, because whoever destroys a key appends an event in the same
  /// transaction: the condition tells of it. The person's first key is kept with the event that needs it, so
  /// that neither a dry run nor a refusal leaves a key behind.
  ///
  /// - Parameters:
  ///   - owner: of the key.
  ///   - personal: what is asked to be sealed.
  ///   - command: makes the command; called in each attempt, with the key and the facts of that moment.
  package func handle<D: Decider, Personal: Encodable & Sendable>(
    _: D.Type, of owner: Tag, in conference: ConferenceID, _ context: CommandContext,
    sealing personal: (ConferenceFacts) throws -> Personal,
    command: (ConferenceFacts, Confidential<Personal>) throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    let first = SealingKey.random()
    return try await retry {
      var asked = ConferenceFacts.notRead
      var others: [SealingKey] = []
      func sealed(_ facts: ConferenceFacts, with key: SealingKey) throws -> D.Command {
        asked = facts
        return try command(
          facts,
          Confidential(
            personal(facts), key: key, others: others, conference: conference, commandID: context.commandID))
      }
      let (_, read) = try await readBoundary(D.self, conference, context) { try sealed($0, with: first) }
      let known = try await store.key(of: owner, in: conference)
      // Each withheld speaker has a key of its own. The entry may name the same person under another one.
      if owner.isIdentity { others = Array(try await store.keys(of: conference).values) }
      let personal = try personal(asked)
      let command = try sealed(asked, with: known ?? first)
      let request = try RequestHash(
        D.self, command, personal: personal, key: known ?? first, commandID: context.commandID)
      if let receipt = read.receipt {
        var isSame = request.isSame(as: receipt.request)
        if !isSame {
          let keys = try await store.keys(of: conference)
          isSame = request.isLike(receipt.request, withoutAnyOf: keys.values)
        }
        return try answer(receipt.receipt, isSame: isSame)
      }
      do {
        return try await carryOut(D.self, command, read, request, conference, context) {
          batch throws(AppendError) in
          guard known == nil else { return try await store.append(batch) }
          return try await store.append(batch, keeping: [owner: first])
        }
      } catch let refused as Refused {
        // If the key was destroyed after the boundary was read, the refusal rests on two states.
        let events = try await store.read(conference, matching: read.query, command: nil).events
        if let last = events.last, last.position > read.head {
          throw AppendError.conflict(position: last.position)
        }
        throw refused
      }
    }
  }
}

extension CommandHandler where Store: SealingStore {
  /// Carries out a command that is completed by what is looked up elsewhere, personal data among it: what is asked holds none.
  ///
  /// - Parameters:
  ///   - asked: the command without what is looked up; its boundary must not depend on that.
  ///   - owner: of the key; nil: nothing is encrypted.
  ///   - work: looks the rest up, and encrypts it with the key. It is not called where the receipt answers.
  package func handle<D: Decider>(
    _: D.Type, _ asked: D.Command, of owner: Tag?, in conference: ConferenceID, _ context: CommandContext,
    work: (SealingKey) async throws -> D.Command
  ) async throws -> Outcome<D.Event> {
    let first = SealingKey.random()
    let request = try RequestHash(D.self, asked)
    return try await retry {
      let (_, read) = try await readBoundary(D.self, conference, context) { _ in asked }
      if let receipt = read.receipt {
        return try answer(receipt.receipt, isSame: request.isSame(as: receipt.request))
      }
      let known = if let owner { try await store.key(of: owner, in: conference) } else { nil as SealingKey? }
      let command = try await reconnecting { try await work(known ?? first) }
      return try await carryOut(D.self, command, read, request, conference, context) {
        batch throws(AppendError) in
        guard let owner, known == nil else { return try await store.append(batch) }
        return try await store.append(batch, keeping: [owner: first])
      }
    }
  }
}

extension CommandHandler where Store: SealingStore {
  /// Carries out a command with the personal data of many people.
  ///
  /// The keys are read once before everything else. Whoever is erased while the command runs loses the key, and would not be
  /// recognized in the file any more: then the command would register them anew.
  ///
  /// - Parameters:
  ///   - command: makes the command from the conference's facts and the keys; its boundary must not depend on the keys.
  ///   - owners: whose data the events hold sealed.
  /// - Returns: the outcome, with the state that it was decided in; nil where a receipt answered.
  package func handle<D: Decider>(
    _: D.Type, in conference: ConferenceID, _ context: CommandContext,
    sealingFor owners: ([any EventBody]) -> [Tag], command: (ConferenceFacts, ImportKeys) throws -> D.Command
  ) async throws -> (outcome: Outcome<D.Event>, decided: (command: D.Command, state: D.State)?) {
    let fresh = SealingKey.random()
    var former: [Tag: SealingKey]?
    func keys(_ known: [Tag: SealingKey]) -> ImportKeys {
      ImportKeys(
        known, former: former ?? [:], fresh: fresh, conference: conference, commandID: context.commandID)
    }
    return try await retry {
      if former == nil { former = try await store.keys(of: conference) }
      var asked = ConferenceFacts.notRead
      let (_, read) = try await readBoundary(D.self, conference, context) { facts in
        asked = facts
        return try command(facts, keys([:]))
      }
      let keys = keys(try await store.keys(of: conference))
      let command = try command(asked, keys)
      let request = try RequestHash(D.self, command)
      if let known = read.receipt {
        return (try answer(known.receipt, isSame: request.isSame(as: known.request)), nil)
      }
      do {
        let outcome = try await carryOut(D.self, command, read, request, conference, context) {
          batch throws(AppendError) in
          try await store.append(batch, keeping: keys.new(of: owners(batch.events)))
        }
        return (outcome, (command, read.state))
      } catch let refused as Refused {
        // If a key was destroyed after the boundary was read, the refusal rests on two states.
        let events = try await store.read(conference, matching: read.query, command: nil).events
        if let last = events.last, last.position > read.head {
          throw AppendError.conflict(position: last.position)
        }
        throw refused
      }
    }
  }

  /// The same for a command that does not depend on what the conference is.
  package func handle<D: Decider, Personal: Encodable & Sendable>(
    _: D.Type, sealing personal: Personal, of person: Tag, in conference: ConferenceID,
    _ context: CommandContext, command: (Confidential<Personal>) -> D.Command
  ) async throws -> Outcome<D.Event> {
    try await handle(
      D.self, of: person, in: conference, context, sealing: { _ in personal }, command: { command($1) })
  }
}

/// A decision's refusal on its way to the organizer.
package struct Refused: Error, Sendable, CustomStringConvertible {
  package let texts: [HintedText]
  /// Nil: the application refused, before any decision.
  package let refusal: (any DomainRefusal)?
  package var description: String { texts.facts }

  package init(_ refusal: some DomainRefusal) { (texts, self.refusal) = (refusal.texts, refusal) }
  init(texts: [HintedText]) { (self.texts, refusal) = (texts, nil) }
  init(_ text: String, _ hints: Hint...) { (texts, refusal) = ([HintedText(text, hints)], nil) }
}
