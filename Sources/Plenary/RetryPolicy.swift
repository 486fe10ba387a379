import EventLog

/// How long a command is tried again, and with what pauses.
///
/// The pauses are random, from nothing up to a limit that doubles with each attempt (“full jitter”: M. Brooker,
/// “Exponential Backoff And Jitter”, AWS Architecture Blog, 2015): those who were in each other's way once
/// come at different times afterwards.
package struct RetryPolicy: Sendable {
  /// From the first attempt on; no attempt begins after it.
  package var budget: Duration = .seconds(30)
  /// The limit of the first pause.
  package var shortest: Duration = .milliseconds(10)
  /// The highest limit of any pause.
  package var longest: Duration = .seconds(1)
  package var now: @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  package init() {}

  /// Carries something out, again and again until it is done, fails for good, or time is up.
  func callAsFunction<Result>(_ attempt: () async throws -> Result) async throws -> Result {
    let end = now().advanced(by: budget)
    var limit = shortest
    while true {
      do {
        return try await attempt()
      } catch let error as AppendError where error.maySucceedLater {
        let pause = limit * Double.random(in: 0...1)
        guard now().advanced(by: pause) < end else { throw error }
        try await sleep(pause)
        limit = min(limit * 2, longest)
      }
    }
  }
}

extension AppendError {
  fileprivate var maySucceedLater: Bool {
    switch self {
    case .conflict, .connectionLost, .busy: true
    case .commandIDReused, .failed: false
    }
  }
}
