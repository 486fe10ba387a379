import EventLog
import EventStorePromises
import Testing
import Vocabulary

struct `A queue of commands` {
  @Test(arguments: StorePromise.allCases)
  func `keeps the promises of the log behind it`(promise: StorePromise) async throws {
    let log = MemoryLog { Timestamp(microseconds: 0) }
    let queue = AppendQueue { log }
    try await EventStorePromises { queue }.check(promise)
  }

  @Test(arguments: StorePromise.allCases)
  func `keeps them beside others`(promise: StorePromise) async throws {
    let log = MemoryLog { Timestamp(microseconds: 0) }
    try await EventStorePromises { AppendQueue { log } }.check(promise)
  }

  @Test(arguments: SealingPromise.allCases)
  func `keeps those of a log with a vault`(promise: SealingPromise) async throws {
    let log = MemoryLog { Timestamp(microseconds: 0) }
    let queue = AppendQueue { log }
    try await EventStorePromises { queue }.check(promise)
  }
}
