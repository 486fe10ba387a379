import Dispatch
import EventLog
import ReadModels

/// Folds batches of events, each while the next is still arriving.
///
/// Unchecked, because the queue takes turns with its user: whoever looks at what it changes has waited
/// for it.
final class BatchProjector: @unchecked Sendable {
  private let runs: [any AnyProjectorRun]
  private var reached: Checkpoint
  private var failure: (any Error)?
  private let queue = DispatchQueue(label: "plenary.folding")

  init(_ runs: [any AnyProjectorRun], from reached: Checkpoint) {
    self.runs = runs
    self.reached = reached
  }

  /// Takes the events that follow on those before.
  ///
  /// - Throws: what the batch before has failed with.
  func take(_ events: [RecordedEvent]) throws {
    wait()
    if let failure { throw failure }
    queue.async { [self] in
      do { try fold(events) } catch { failure = error }
    }
  }

  /// - Returns: how far the runs have come.
  func finish() throws -> Checkpoint {
    wait()
    if let failure { throw failure }
    return reached
  }

  func wait() { queue.sync {} }

  private func fold(_ events: [RecordedEvent]) throws {
    for (event, decoded) in zip(events, LoggedEvent.decoded(events)) {
      for fold in runs { try fold.take(event, decoded, reached) }
      reached.advance(event)
    }
  }
}
