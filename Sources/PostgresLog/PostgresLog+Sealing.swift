package import EventLog
import Postgres
package import Vocabulary

/// Appends that store or destroy a person's key in the same transaction.
extension PostgresLog: BatchingStore {
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

  package func append(_ commands: [DecidedCommand], keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> AppendedCommands
  {
    guard let first = commands.first?.events.first else { return .now([]) }
    do {
      let (time, login, replayed) = try await connection.run { [vault] connection in
        try connection.transaction {
          let row = try connection.query(
            """
            select recorded_at, login, replayed
            from log.append_commands(\(first.conference), \(first.position - 1), \(Self.arguments(commands)))
            """)[0]
          let replayed: Bool = try row.decode("replayed")
          // See `append(_:keeping:)`.
          if try !replayed && !vault.keep(keys, in: ConferenceID(first.conference), connection) {
            throw AppendError.conflict(position: first.position - 1)
          }
          return (
            try row.decode("recorded_at", as: Timestamp.self), try row.decode("login", as: String?.self),
            replayed
          )
        }
      }
      if replayed { return .before }
      return .now(
        commands.enumerated().flatMap { number, command in
          let time = Timestamp(microseconds: time.microseconds + Int64(number))
          return command.events.map { $0.recorded(at: time, by: login) }
        })
    } catch { throw AppendError(any: error) }
  }

  private static func arguments(_ commands: [DecidedCommand]) -> SQL {
    let requests = commands.map(\.request)
    let events = commands.flatMap(\.events)
    let numbers = commands.enumerated().flatMap { number, command in command.events.map { _ in number + 1 } }
    let hasWords = events.contains { $0.words != nil }
    return """
      \(requests.map(\.commandID))::text[]::uuid[], \(requests.map(\.request))::bytea[], \(requests.map(\.actor))::text[],
      \(requests.map(\.reason) as [String?])::text[], \(numbers)::integer[], \(events.map(\.type))::text[],
      \(events.map(\.version))::integer[], \(events.map { $0.tags.joined(separator: " ") })::text[],
      \(events.map(\.body))::text[], \((hasWords ? events.map(\.words) : nil) as [String?]?)::text[],
      \((hasWords ? events.map(\.salt) : nil) as [[UInt8]?]?)::bytea[]
      """
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
