package import EventLog
import JSON
package import Testing

/// A command that is sent to a decider. What follows is decided from nothing but the events that its
/// boundary matches, as it is when the log is asked for them.
package struct WhenCommand<D: Decider> {
  let given: Given<D>
  let command: D.Command

  /// Exactly these events follow, and the same command sent after them has nothing left to do.
  package func then(
    _ expected: D.Event..., sourceLocation: SourceLocation = #_sourceLocation
  ) {
    then(all: expected, sourceLocation: sourceLocation)
  }

  package func then(all expected: [D.Event], sourceLocation: SourceLocation = #_sourceLocation) {
    guard let decided = events(sourceLocation) else { return }
    #expect(decided == expected, sourceLocation: sourceLocation)
    let again = WhenCommand(given: after(decided), command: command)
    switch again.outcome(sourceLocation) {
    case .success(let repeated):
      #expect(
        repeated == [], "The command sent again must change nothing.",
        sourceLocation: sourceLocation)
    case .failure(let refusal):
      Issue.record("refused when it was sent again: \(refusal)", sourceLocation: sourceLocation)
    case nil: break
    }
  }

  /// Exactly these events follow; the same command sent after them means one more, unless the log
  /// knows its command id.
  package func thenOneMore(
    _ expected: D.Event..., sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let decided = events(sourceLocation) else { return }
    #expect(decided == expected, sourceLocation: sourceLocation)
    // Two who send it at once must not both be right.
    guard let (_, query) = read(sourceLocation) else { return }
    #expect(
      after(decided).events.dropFirst(given.events.count).contains(where: query.matches),
      "The boundary does not match what the command itself appends.",
      sourceLocation: sourceLocation)
  }

  /// The events that follow; nil if it is refused, which is recorded.
  package func decided(sourceLocation: SourceLocation = #_sourceLocation) -> [D.Event]? {
    events(sourceLocation)
  }

  /// What is decided, also if it is refused; nil where the boundary's events could not be read, which is recorded.
  package func result(sourceLocation: SourceLocation = #_sourceLocation) -> Result<[D.Event], D.Refusal>? {
    outcome(sourceLocation)
  }

  /// The events that the decision depends on.
  package func boundary(sourceLocation: SourceLocation = #_sourceLocation) -> Query? {
    read(sourceLocation)?.query
  }

  /// It is carried out, and whoever gave it is warned of these conflicts.
  package func thenWarned(
    _ expected: [HintedText], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let decided = events(sourceLocation), let (state, _) = read(sourceLocation) else { return }
    #expect(D.warnings(on: decided, in: state) == expected, sourceLocation: sourceLocation)
  }

  /// It is so already.
  package func thenNothing(sourceLocation: SourceLocation = #_sourceLocation) {
    guard let decided = events(sourceLocation) else { return }
    #expect(decided == [], sourceLocation: sourceLocation)
  }

  private func after(_ decided: [D.Event]) -> Given<D> {
    given.adding(decided.map(\.body), by: "anna")
  }

  private func events(_ sourceLocation: SourceLocation) -> [D.Event]? {
    switch outcome(sourceLocation) {
    case .success(let events): return events
    case .failure(let refusal):
      Issue.record("refused: \(refusal)", sourceLocation: sourceLocation)
      return nil
    case nil: return nil
    }
  }

  /// - Returns: nil where the boundary's events could not be read; that is recorded.
  func outcome(_ sourceLocation: SourceLocation) -> Result<[D.Event], D.Refusal>? {
    guard let (state, _) = read(sourceLocation) else { return nil }
    do throws(D.Refusal) {
      return .success(try D.decide(command, in: state))
    } catch { return .failure(error) }
  }

  /// Asks for the boundary until it asks for nothing more.
  private func read(_ sourceLocation: SourceLocation) -> (state: D.State, query: Query)? {
    do {
      #expect(
        try JSONText.encode(command) == JSONText.encode(command), "A command has one encoded form.",
        sourceLocation: sourceLocation)
      var query = D.boundary(of: command, in: D.initial)
      for _ in 1...6 {
        var state = D.initial
        for event in given.events where query.matches(event) { try D.evolve(&state, event) }
        guard let wider = D.widened(query, for: command, in: state) else { return (state, query) }
        query = wider
      }
      Issue.record("The boundary never settles.", sourceLocation: sourceLocation)
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
  }
}

extension WhenCommand where D.Refusal: Equatable {
  /// Exactly these events follow, and the same command sent after them is refused for this reason: nothing shows that it
  /// is the same fact again.
  package func thenOnce(
    _ expected: D.Event..., thenRefused reason: D.Refusal, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let decided = events(sourceLocation) else { return }
    #expect(decided == expected, sourceLocation: sourceLocation)
    WhenCommand(given: after(decided), command: command).thenRefused(reason, sourceLocation: sourceLocation)
  }

  /// It is refused for this reason, and the reason reads as a sentence.
  package func thenRefused(
    _ expected: D.Refusal, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let refusal = refusal(sourceLocation) else { return }
    #expect(refusal == expected, sourceLocation: sourceLocation)
  }

  /// It is refused in these words, with these hints.
  package func thenRefused(
    saying expected: String, hints: Hint..., sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let refusal = refusal(sourceLocation) else { return }
    #expect(refusal.texts.facts == expected, sourceLocation: sourceLocation)
    #expect(refusal.texts.flatMap(\.hints) == hints, sourceLocation: sourceLocation)
  }

  private func refusal(_ sourceLocation: SourceLocation) -> D.Refusal? {
    switch outcome(sourceLocation) {
    case .success(let events):
      Issue.record("not refused, but decided: \(events)", sourceLocation: sourceLocation)
      return nil
    case .failure(let refusal):
      let text = refusal.texts.facts
      #expect(
        text.first.map { $0.isUppercase || $0 == "“" } == true && text.last == "."
          && !text.contains("Optional("),
        "A refusal reads as a sentence.", sourceLocation: sourceLocation)
      #expect(
        !text.contains("“plenary ") && !text.contains(" --") && !text.contains("“--"),
        "A refusal states facts; a command is named by a hint.", sourceLocation: sourceLocation)
      return refusal
    case nil: return nil
    }
  }
}
