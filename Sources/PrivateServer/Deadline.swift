/// Waiting that ends: asks again after a moment, and gives up after a time.
final class Deadline {
  private let started = ContinuousClock.now
  private let limit: Duration
  /// Whether nobody has waited yet.
  private(set) var isFirstWait = true

  init(seconds: Int) { limit = .seconds(seconds) }

  /// Whether asking politely has been given a fair time.
  var isOverdue: Bool { started.duration(to: .now) > .seconds(5) }

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
