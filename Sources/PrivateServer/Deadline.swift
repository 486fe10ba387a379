/// Limits the time of a polling loop.
final class Deadline {
  private let started = ContinuousClock.now
  private let limit: Duration
  /// Whether `wait` has not been called yet.
  private(set) var isFirstWait = true

  init(seconds: Int) { limit = .seconds(seconds) }

  /// Whether more than five seconds have passed, so that stronger means are fair.
  var isOverdue: Bool { started.duration(to: .now) > .seconds(5) }

  /// Waits for 20 milliseconds.
  ///
  /// - Throws: `timedOut` after the limit; `cancelled`.
  func wait(for what: String, log: String) async throws(PrivateServerError) {
    isFirstWait = false
    guard started.duration(to: .now) < limit else {
      throw .timedOut(what, seconds: Int(limit.components.seconds), log: log)
    }
    do {
      try await Task.sleep(for: .milliseconds(20))
    } catch {
      throw .cancelled
    }
  }
}
