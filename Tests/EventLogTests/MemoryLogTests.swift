import EventLog
import EventStorePromises
import Specification
import Synchronization
import Testing
import Vocabulary

struct `The log in memory` {
  @Test(arguments: StorePromise.allCases)
  func keeps(promise: StorePromise) async throws {
    let clock = ErraticClock()
    let log = MemoryLog(clock: clock.now)
    try await EventStorePromises { log }.check(promise)
  }

  @Test(arguments: SealingPromise.allCases)
  func keepsKeys(promise: SealingPromise) async throws {
    let log = MemoryLog(clock: ErraticClock().now)
    try await EventStorePromises { log }.check(promise)
  }

  @Test(arguments: ExpungingPromise.allCases)
  func destroysWords(promise: ExpungingPromise) async throws {
    let log = MemoryLog(clock: ErraticClock().now)
    try await EventStorePromises { log }.check(promise)
  }
}

/// A clock that is set back as often as forward.
private final class ErraticClock: Sendable {
  private let generator = Mutex(SplitMix(seed: 3))

  @Sendable func now() -> Timestamp {
    generator.withLock { generator in
      Timestamp(microseconds: Int64.random(in: 0...1_000_000_000, using: &generator))
    }
  }
}
