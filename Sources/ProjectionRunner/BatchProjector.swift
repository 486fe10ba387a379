import Dispatch
import EventLog
import ReadModels
import Synchronization

/// Applies events in batches, in order. While one is applied, the next ones are decoded, and others still arrive.
///
/// Unchecked, because the checkpoint is only read after waiting for the queue that changes it.
final class BatchProjector: @unchecked Sendable {
  private let runs: [any AnyProjectorRun]
  private var reached: Checkpoint
  /// How an event is taken, by its position.
  private let treatment: @Sendable (Int) -> SetAside.Treatment
  private let failure = Mutex<(any Error)?>(nil)
  private let folding = DispatchQueue(label: "plenary.folding")
  /// Batches that may be in memory at a time: one that is applied, and those that are decoded meanwhile.
  private let places = DispatchSemaphore(value: 4)

  init(
    _ runs: [any AnyProjectorRun], from reached: Checkpoint,
    _ treatment: @escaping @Sendable (Int) -> SetAside.Treatment
  ) {
    self.runs = runs
    self.reached = reached
    self.treatment = treatment
  }

  /// Starts to apply the next events.
  ///
  /// - Throws: the error of an earlier batch.
  func take(_ events: [RecordedEvent]) throws {
    places.wait()
    let decoding = Decoding(events)
    folding.async { [self] in
      defer { places.signal() }
      if failure.withLock({ $0 == nil }) {
        do { try fold(events, decoding.wait()) } catch { failure.withLock { $0 = error } }
      }
    }
    try check()
  }

  /// Waits for the last batch and returns the checkpoint after it.
  func finish() throws -> Checkpoint {
    wait()
    try check()
    return reached
  }

  func wait() { folding.sync {} }

  private func check() throws {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  private func fold(_ events: [RecordedEvent], _ decoded: [Result<LoggedEvent, any Error>]) throws {
    for (event, decoded) in zip(events, decoded) {
      for fold in runs { try fold.take(event, decoded, treatment(event.position), reached) }
      reached.advance(event)
    }
  }
}

/// Events that are being decoded on another thread.
///
/// Unchecked, because the result is only read after waiting for it.
private final class Decoding: @unchecked Sendable {
  private var decoded: [Result<LoggedEvent, any Error>] = []
  private let done = DispatchGroup()

  init(_ events: [RecordedEvent]) {
    DispatchQueue.global().async(group: done) { [self] in decoded = LoggedEvent.decoded(events) }
  }

  func wait() -> [Result<LoggedEvent, any Error>] {
    done.wait()
    return decoded
  }
}
