import Vocabulary

// What the queue keeps of one conference: what is known of its log, what waits, and what each command was told.

extension AppendQueue {
  typealias Answer<Value> = CheckedContinuation<Result<Value, AppendError>, Never>

  struct Waiting {
    let command: DecidedCommand
    let keys: [Tag: SealingKey]
    let answer: Answer<Receipt>
  }

  /// A command that is appended by itself, as the log does it.
  struct Alone {
    let request: AppendRequest
    let keys: [Tag: SealingKey]
    let told: Told?
    let answer: Answer<Receipt>
  }

  struct Question {
    /// Nil: only the command is asked about.
    let query: Query?
    let command: String?
    let answer: Answer<BoundaryRead>
  }

  /// What a command was told since it began, or since it was in conflict.
  struct Told {
    /// What the log answered to it before.
    var receipt: (request: [UInt8], receipt: Receipt)?
    /// One attempt asks for nothing twice: whoever does is sent once more, or tries again.
    var queries: [Query]
    /// Where the events ended that it has seen.
    var head: Int
    /// Of the lane: when it was told first, when it first saw what was not in the log yet, and when it was told last.
    let began: Int
    var sawAhead: Int?
    var refusals: Int
  }

  /// The queue of one conference.
  final class Lane {
    let conference: ConferenceID
    var known = KnownEvents()
    var questions: [Question] = []
    /// What comes after the known events, in order.
    var waiting: [Waiting] = []
    var alone: [Alone] = []
    /// The commands that wait or are on their way, with those who sent them once more.
    var unanswered: [String: [CheckedContinuation<Void, Never>]] = [:]
    /// The new keys of commands that wait or are on their way, with these commands.
    var keys: [Tag: (key: SealingKey, command: String)] = [:]
    private static let mostTold = 10_000

    /// Also of commands that never append, because they are refused, or have nothing to do. Known of the last 10,000 to 20,000.
    private var told: [String: Told] = [:]
    private var toldBefore: [String: Told] = [:]
    /// Those who wait until the log was asked, or appended to, once more.
    var watching: [CheckedContinuation<Void, Never>] = []
    var isWorking = false
    /// Raised when waiting events are dropped.
    private(set) var refusals = 0
    /// The same after the last loss of the connection.
    private var refusalsOfLoss = 0
    /// No waiting event at this position or before it was ever dropped.
    private var certain = Int.max

    init(_ conference: ConferenceID) { self.conference = conference }

    var isIdle: Bool { questions.isEmpty && waiting.isEmpty && alone.isEmpty }

    /// Whoever sends it once more asks the log.
    func finish(_ command: String) {
      forget(command)
      for other in unanswered.removeValue(forKey: command) ?? [] { other.resume() }
    }

    func finish(_ waiting: Waiting, _ result: Result<Receipt, AppendError>) {
      finish(waiting.command.request.commandID)
      waiting.answer.resume(returning: result)
    }

    /// Nothing of what waits is recorded.
    func refuseWaiting(_ error: AppendError) {
      if !known.ahead.isEmpty { doubt(after: known.head) }
      let refused = waiting
      (waiting, keys) = ([], [:])
      known.forgetAhead()
      for command in refused { finish(command, .failure(error)) }
    }

    /// The log is asked for everything anew.
    func forget() { known = KnownEvents() }

    /// Nothing that was read holds for certain.
    func lose() {
      refuseWaiting(.connectionLost)
      forget()
      doubt(after: 0)
      refusalsOfLoss = refusals
    }

    private func doubt(after position: Int) {
      refusals += 1
      certain = min(certain, position)
    }

    /// Whether a command saw what was not recorded: there can be something else at the same positions.
    func isDoubtful(_ condition: Condition, of told: Told?) -> Bool {
      guard let told else { return condition.after > certain }
      return isDoubtful(told)
    }

    func isDoubtful(_ told: Told) -> Bool {
      told.began < refusalsOfLoss || told.sawAhead.map { $0 != refusals } ?? false
    }

    func told(_ command: String) -> Told? { told[command] ?? toldBefore[command] }

    func forget(_ command: String) {
      told[command] = nil
      toldBefore[command] = nil
    }

    /// - Parameter query: nil: only the receipt was asked for.
    func note(_ command: String, _ read: BoundaryRead, of query: Query?) {
      let before = told(command)
      if told.count >= Self.mostTold { (told, toldBefore) = ([:], told) }
      told[command] = Told(
        receipt: read.receipt, queries: query.map { [$0] } ?? [], head: read.head,
        began: before?.began ?? refusals,
        sawAhead: before?.sawAhead ?? (read.head > known.head ? refusals : nil),
        refusals: refusals)
    }

    /// Answers another question of the same attempt from memory.
    func answer(_ command: String, _ query: Query) -> BoundaryRead? {
      guard var told = told(command), told.refusals == refusals, !told.queries.contains(query),
        let events = known.matching(query)
      else { return nil }
      told.queries.append(query)
      told.head = known.end
      if told.sawAhead == nil, !known.ahead.isEmpty { told.sawAhead = refusals }
      self.told[command] = told
      return BoundaryRead(events: events, head: known.end, receipt: told.receipt)
    }

    func stopWatching() {
      let watchers = watching
      watching = []
      for watcher in watchers { watcher.resume() }
    }
  }
}
