package import EventLog
package import Postgres
import PostgresLog
package import Vocabulary

/// The connection of a workspace. When it is lost, a new one takes its place, for the log and for everything else.
package actor ReplaceableConnection {
  package private(set) var current: Connection
  /// Connect with the same role.
  private let parameters: ConnectionParameters

  package init(_ connection: Connection, _ parameters: ConnectionParameters) {
    current = connection
    self.parameters = parameters
  }

  /// Connects again, unless somebody else did so since that connection was lost.
  func replace(_ lost: Connection) async throws(PostgresError) {
    guard current === lost else { return }
    let new = try await Connection.open(parameters)
    // Another task may have been faster.
    if current === lost { current = new } else { await new.close() }
  }
}

/// The log over a connection that is reopened once when it is lost.
///
/// After a lost connection nobody knows whether the append was made. It is sent again under the same command
/// id; if it was made, the receipt answers.
package struct ReconnectingLog: SealingStore, ExpungingStore {
  private let connection: ReplaceableConnection
  private let vault: Vault
  private let script: RunningScript?

  init(_ connection: ReplaceableConnection, _ vault: Vault, script: RunningScript?) {
    self.connection = connection
    self.vault = vault
    self.script = script
  }

  package init(_ connection: Connection, _ parameters: ConnectionParameters) {
    self.init(ReplaceableConnection(connection, parameters.asWriter), Vault(), script: nil)
  }

  package func append(_ batch: AppendRequest) async throws(AppendError) -> Receipt {
    try await append(batch, mayWait: true) { log throws(AppendError) in try await log.append(batch) }
  }

  package func append(_ batch: AppendRequest, keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> Receipt
  {
    try await append(batch, keeping: keys, mayWait: true) { log throws(AppendError) in
      try await log.append(batch, keeping: keys)
    }
  }

  package func expunge(_ batch: AppendRequest, words positions: [Int]) async throws(AppendError) -> Receipt {
    try await append(batch, mayWait: false) { log throws(AppendError) in
      try await log.expunge(batch, words: positions)
    }
  }

  func erase(_ batch: AppendRequest, keysOf owners: [Tag], words positions: [Int])
    async throws(AppendError) -> Receipt
  {
    try await append(batch, mayWait: false) { log throws(AppendError) in
      try await log.erase(batch, keysOf: owners, words: positions)
    }
  }

  /// Runs something that may run twice.
  func run<Result: Sendable>(_ body: @Sendable (isolated Connection) throws -> Result)
    async throws(AppendError) -> Result
  {
    try await onceMore { log throws(AppendError) in
      try await script?.record()
      do { return try await log.connection.run(body) } catch { throw AppendError(any: error) }
    }
  }

  package func key(of owner: Tag, in conference: ConferenceID) async throws(AppendError) -> SealingKey? {
    try await onceMore { log throws(AppendError) in
      guard let script else { return try await log.key(of: owner, in: conference) }
      return try await script.key(of: owner, in: conference, on: log)
    }
  }

  package func keys(of conference: ConferenceID) async throws(AppendError) -> [Tag: SealingKey] {
    try await onceMore { log throws(AppendError) in
      guard let script else { return try await log.keys(of: conference) }
      return try await script.keys(of: conference, on: log)
    }
  }

  func append(_ commands: [DecidedCommand], keeping keys: [Tag: SealingKey])
    async throws(AppendError) -> AppendedCommands
  {
    try await onceMore { log throws(AppendError) in try await log.append(commands, keeping: keys) }
  }

  func receipts(of commands: [String], in conference: ConferenceID) async throws(AppendError)
    -> [String: (request: [UInt8], receipt: Receipt)]
  {
    try await onceMore { log throws(AppendError) in
      try await log.receipts(of: commands, in: conference).answers
    }
  }

  package func read(_ conference: ConferenceID, matching query: Query, command: String?)
    async throws(AppendError) -> BoundaryRead
  {
    try await onceMore { log throws(AppendError) in
      if let script {
        return try await script.read(conference, matching: query, command: command, on: log)
      }
      return try await log.read(conference, matching: query, command: command)
    }
  }

  private func append(
    _ batch: AppendRequest, keeping keys: [Tag: SealingKey] = [:], mayWait: Bool,
    _ append: @Sendable (PostgresLog) async throws(AppendError) -> Receipt
  ) async throws(AppendError) -> Receipt {
    try await onceMore { log throws(AppendError) in
      guard let script else { return try await append(log) }
      return try await script.append(batch, keeping: keys, mayWait: mayWait, on: log, directly: append)
    }
  }

  private func onceMore<Result: Sendable>(
    _ body: (PostgresLog) async throws(AppendError) -> Result
  ) async throws(AppendError) -> Result {
    let first = await connection.current
    do {
      return try await body(PostgresLog(first, vault))
    } catch .connectionLost {
      do { try await connection.replace(first) } catch { throw .connectionLost }
      return try await body(PostgresLog(await connection.current, vault))
    }
  }
}
