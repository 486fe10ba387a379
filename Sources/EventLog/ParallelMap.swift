import Dispatch

extension Array where Element: Sendable {
  /// The same as `map`, on all processors. For what takes at least some microseconds an element.
  package func parallelMap<Result>(_ transform: @Sendable (Element) -> Result) -> [Result] {
    // Several pieces a processor, because not all of them take equally long.
    let size = Swift.max(1, count / 64)
    return [Result](unsafeUninitializedCapacity: count) { results, initialized in
      guard let base = results.baseAddress else { return }
      // Each piece writes other elements, and none is read before all are written.
      nonisolated(unsafe) let start = base
      DispatchQueue.concurrentPerform(iterations: (count + size - 1) / size) { piece in
        for index in piece * size..<Swift.min(count, (piece + 1) * size) {
          (start + index).initialize(to: transform(self[index]))
        }
      }
      initialized = count
    }
  }
}
