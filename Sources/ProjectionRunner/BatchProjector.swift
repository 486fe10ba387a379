import Dispatch
import EventLog
import ReadModels

/// Applies events in batches, each while the next one is still arriving.
///
/// Unchecked, because its state is only read after waiting for the queue that changes it.
final class BatchProjector: @unchecked Sendable {
  private let runs: [any AnyProjectorRun]
  private var reached: Checkpoint
  /// How an event is taken, by its position.
  private let treatment: @Sendable (Int) -> SetAside.Treatment
  private var failure: (any Error)?
  private let queue = DispatchQueue(label: "plenary.folding")

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
  /// - Throws: the error of the previous batch.
  func take(_ events: [RecordedEvent]) throws {
    wait()
    if let failure { throw failure }
    queue.async { [self] in
      do { try fold(events) } catch { failure = error }
    }
  }

  /// Waits for the last batch and returns the checkpoint after it.
  func finish() throws -> Checkpoint {
    wait()
    if let failure { throw failure }
    return reached
  }

  func wait() { queue.sync {} }

  private func fold(_ events: [RecordedEvent]) throws {
    for (event, decoded) in zip(events, LoggedEvent.decoded(events)) {
      for fold in runs { try fold.take(event, decoded, treatment(event.position), reached) }
      reached.advance(event)
    }
  }
}
