package import EventLog
import Postgres
package import Vocabulary

/// Appends that store or destroy a person's key in the same transaction.
extension PostgresLog: SealingStore {
  package func key(of owner: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    do {
      return try await connection.run { [vault] in try vault.existingKey(of: owner, in: conference, $0) }
    } catch { throw AppendError(any: error) }
  }

  package func keys(of conference: ConferenceID) async throws(AppendError) -> [Tag: SealingKey] {
    do {
      return try await connection.run { [vault] in try vault.keys(of: conference, $0) }
    } catch { throw AppendError(any: error) }
  }

  package func append(_ batch: AppendRequest, keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> Receipt
  {
    try await transaction(batch) { [vault] receipt, connection in
      // The first run of a replayed command stored its keys. They may have been destroyed since,
      // so do not store them again.
      if receipt.replayed { return }
      if try !vault.keep(keys, in: batch.conference, connection) {
        throw AppendError.conflict(position: receipt.first - 1)
      }
    }
  }

  /// Appends what several commands append, one after the other, in one transaction.
  ///
  /// - Parameter batch: each request, and the positions where its events are expected.
  /// - Throws: `AppendError.conflict` also if others have appended meanwhile.
  package func append(
    _ batch: [(request: AppendRequest, expected: Receipt)], keeping keys: [ConferenceID: [Tag: SealingKey]]
  ) async throws(AppendError) {
    do {
      try await connection.run { [vault] connection in
        try connection.transaction {
          for (request, expected) in batch {
            let receipt = try Self.append(request, on: connection)
            guard (receipt.first, receipt.last) == (expected.first, expected.last) else {
              throw AppendError.conflict(position: receipt.last)
            }
          }
          for (conference, keys) in keys where try !vault.keep(keys, in: conference, connection) {
            throw AppendError.conflict(position: 0)
          }
        }
      }
    } catch { throw AppendError(any: error) }
  }

  /// Appends events that say whose keys are destroyed, and destroys these, with the words of earlier events.
  package func erase(_ batch: AppendRequest, keysOf owners: [Tag], words positions: [Int])
    async throws(AppendError) -> Receipt
  {
    try await connection.run { connection throws(AppendError) in
      try Self.erase(batch, keysOf: owners, words: positions, on: connection)
    }
  }

  private func transaction(
    _ batch: AppendRequest, _ further: @Sendable (Receipt, isolated Connection) throws -> Void
  ) async throws(AppendError) -> Receipt {
    do {
      return try await connection.run { connection in
        try connection.transaction {
          let isLarge = batch.events.count >= StagedEvents.fewest
          let receipt =
            try isLarge && StagedEvents.areAllowed(connection)
            ? StagedEvents.append(batch, on: connection) : Self.append(batch, on: connection)
          try further(receipt, connection)
          return receipt
        }
      }
    } catch { throw AppendError(any: error) }
  }
}

extension AppendError {
  package init(any error: any Error) {
    switch error {
    case let error as AppendError: self = error
    case let error as PostgresError: self.init(error)
    default: self = .failed(StoreFailure(error))
    }
  }
}
