package import EventLog
import Postgres
package import Vocabulary

/// Appends that store or destroy a person's key in the same transaction.
extension PostgresLog: SealingStore {
  package func key(of person: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    do {
      return try await connection.run { try Vault.existingKey(of: person, in: conference, $0) }
    } catch { throw AppendError(any: error) }
  }

  package func keys(of conference: ConferenceID) async throws(AppendError) -> [SealingKey] {
    do {
      return try await connection.run { Array(try Vault.keys(of: conference, $0).values) }
    } catch { throw AppendError(any: error) }
  }

  package func append(_ batch: AppendRequest, keeping key: SealingKey, of person: Tag)
    async throws(AppendError) -> Receipt
  {
    try await transaction(batch) { receipt, connection in
      // The first run of a replayed command stored its key. The key may have been destroyed since,
      // so do not store it again.
      if receipt.replayed { return }
      if try !Vault.keep(key, of: person, in: batch.conference, connection) {
        throw AppendError.conflict(position: receipt.first - 1)
      }
    }
  }

  /// Appends, and destroys people's keys.
  package func append(_ batch: AppendRequest, endingKeysOf people: [Tag])
    async throws(AppendError) -> Receipt
  {
    try await transaction(batch) { receipt, connection in
      // The first run of a replayed command destroyed the keys. The people may have other ones since.
      if receipt.replayed { return }
      for person in people { try Vault.destroyKey(of: person, in: batch.conference, connection) }
    }
  }

  private func transaction(
    _ batch: AppendRequest, _ further: @Sendable (Receipt, isolated Connection) throws -> Void
  ) async throws(AppendError) -> Receipt {
    do {
      return try await connection.run { connection in
        try connection.transaction {
          let receipt = try Self.append(batch, on: connection)
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
