package import EventLog
package import Postgres
import PostgresLog
package import Vocabulary

/// The log over a connection that is reopened once when it is lost.
///
/// After a lost connection nobody knows whether the append was made. It is sent again under the same command
/// id; if it was made, the receipt answers.
package actor ReconnectingLog: SealingStore {
  private let parameters: ConnectionParameters
  private var log: PostgresLog

  package init(_ connection: Connection, _ parameters: ConnectionParameters) {
    self.parameters = parameters
    log = PostgresLog(connection)
  }

  package func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    try await onceMore { log throws(AppendError) in try await log.append(batch) }
  }

  package func append(_ batch: AppendRequest, keeping key: SealingKey, of person: Tag)
    async throws(AppendError) -> Receipt
  {
    try await onceMore { log throws(AppendError) in
      try await log.append(batch, keeping: key, of: person)
    }
  }

  func append(_ batch: AppendRequest, endingKeysOf people: [Tag]) async throws(AppendError) -> Receipt {
    try await onceMore { log throws(AppendError) in
      try await log.append(batch, endingKeysOf: people)
    }
  }

  /// Runs something that may run twice.
  func run<Result: Sendable>(_ body: @Sendable (isolated Connection) throws -> Result)
    async throws(AppendError) -> Result
  {
    try await onceMore { log throws(AppendError) in
      do { return try await log.connection.run(body) } catch { throw AppendError(any: error) }
    }
  }

  package func key(of person: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    try await onceMore { log throws(AppendError) in try await log.key(of: person, in: conference) }
  }

  package func keys(of conference: ConferenceID) async throws(AppendError) -> [SealingKey] {
    try await onceMore { log throws(AppendError) in try await log.keys(of: conference) }
  }

  package func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await onceMore { log throws(AppendError) in
      try await log.read(conference, matching: query, command: command)
    }
  }

  private func onceMore<Result: Sendable>(
    _ body: (PostgresLog) async throws(AppendError) -> Result
  ) async throws(AppendError) -> Result {
    do {
      return try await body(log)
    } catch .connectionLost {
      try await reconnect()
      return try await body(log)
    }
  }

  private func reconnect() async throws(AppendError) {
    do {
      log = PostgresLog(try await Connection.open(parameters.asWriter))
    } catch { throw .connectionLost }
  }
}
