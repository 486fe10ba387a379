import CLibPQ

/// One session with a PostgreSQL server, on a thread of its own.
///
/// Inside its isolation every call is synchronous, so that several statements are one hop, and
/// nothing else comes between them:
///
///     let count = try await connection.run { connection in
///       try connection.transaction {
///         try connection.execute("insert into room (name) values (\(name))")
///         let rows = try connection.query("select count(*) as rooms from room")
///         return try rows[0].decode("rooms", as: Int.self)
///       }
///     }
///
/// The session ends, and its thread with it, when the last reference goes away.
package actor Connection {
  private let thread: ConnectionThread
  private let notices: NoticeReceiver
  private var handle = ConnectionHandle(nil)
  var statements: StatementCache

  /// Whether a COPY is under way, which must come to its end before anything else may be asked.
  var isCopying = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// Connects.
  ///
  /// - Parameters:
  ///   - preparedStatements: how many statements are kept prepared; 0 behind a pooler that hands
  ///     every transaction to another session.
  ///   - onWarning: told of what the server warns of, on the connection's thread. Warnings during
  ///     the login itself are printed by libpq, which takes no receiver before.
  /// - Throws: `cannotConnect`.
  package static func open(
    _ parameters: ConnectionParameters, preparedStatements: Int = 64,
    onWarning: (@Sendable (Notice) -> Void)? = nil
  ) async throws(PostgresError) -> Connection {
    let connection = try Connection(
      preparedStatements: preparedStatements, notices: NoticeReceiver(onWarning))
    try await connection.connect(parameters)
    return connection
  }

  private init(preparedStatements: Int, notices: NoticeReceiver) throws(PostgresError) {
    thread = try ConnectionThread()
    self.notices = notices
    statements = StatementCache(capacity: preparedStatements)
  }

  /// Isolated, because finishing the session speaks to the server and may block.
  isolated deinit {
    handle.finish()
    thread.stop()
  }

  private func connect(_ parameters: ConnectionParameters) throws(PostgresError) {
    let keywords = parameters.resolved().sorted { $0.key < $1.key }
    // libpq's two arrays end in a null pointer.
    let names = try ParameterBuffer(keywords.map { BoundValue($0.key) } + [BoundValue(nil)])
    let values = try ParameterBuffer(keywords.map { BoundValue($0.value) } + [BoundValue(nil)])
    // No expansion of dbname: a connection string was taken apart already, and a database's name
    // that came from elsewhere must not be able to name another host.
    let pointer = names.withPointers { _, names in
      values.withPointers { _, values in PQconnectdbParams(names, values, 0) }
    }
    handle = ConnectionHandle(pointer)
    notices.attach(to: pointer)
    guard PQstatus(pointer) == CONNECTION_OK else {
      let reason = String(cString: PQerrorMessage(pointer)).trimmingNewlines
      handle.finish()
      throw PostgresError(.cannotConnect, reason)
    }
  }

  /// Ends the session now; whatever is asked afterwards is refused.
  package func close() {
    precondition(!isCopying, "A connection cannot be closed from within its own COPY.")
    handle.finish()
  }

  /// Runs several statements in one hop to the connection's thread, which `body` may block.
  package func run<R: Sendable, Failure: Error>(
    _ body: @Sendable (isolated Connection) throws(Failure) -> R
  ) throws(Failure) -> R {
    try body(self)
  }

  /// The server's version as libpq counts it: 150018 for 15.18; 0 once the connection is lost.
  package var serverVersion: Int { Int(PQserverVersion(handle.pointer)) }

  /// The handle for libpq's functions, all of which take a missing one for a lost connection.
  var pointer: OpaquePointer? { handle.pointer }

  /// The handle, if something can be asked of it now.
  func ready() throws(PostgresError) -> OpaquePointer {
    guard let pointer = handle.pointer else {
      throw PostgresError(.misuse, "The connection was closed.")
    }
    guard !isCopying else {
      throw PostgresError(
        .misuse, "A COPY is under way on this connection; use another one for other statements.")
    }
    return pointer
  }
}
