import CLibPQ

/// One session with a PostgreSQL server, on its own thread.
///
/// Inside the actor's isolation, every call is synchronous. Several statements need only one hop, and
/// nothing comes between them:
///
///     let count = try await connection.run { connection in
///       try connection.transaction {
///         try connection.execute("insert into room (name) values (\(name))")
///         let rows = try connection.query("select count(*) as rooms from room")
///         return try rows[0].decode("rooms", as: Int.self)
///       }
///     }
///
/// The session and its thread end when the last reference is released.
package actor Connection {
  nonisolated let thread: ConnectionThread
  private let notices: NoticeReceiver
  private var handle = ConnectionHandle(nil)
  var statements: StatementCache

  /// Whether a COPY is running. It must end before the next statement.
  var isCopying = false

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// Connects.
  ///
  /// - Parameters:
  ///   - preparedStatements: the maximum number of prepared statements. Use 0 behind a pooler that
  ///     gives every transaction another session.
  ///   - onWarning: receives the server's warnings, on the connection's thread. libpq itself prints
  ///     warnings during the login, because it takes no receiver before.
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

  init(preparedStatements: Int, notices: NoticeReceiver) throws(PostgresError) {
    thread = try ConnectionThread()
    self.notices = notices
    statements = StatementCache(capacity: preparedStatements)
  }

  /// Isolated, because ending the session talks to the server and may block.
  isolated deinit {
    handle.finish()
    thread.stop()
  }

  func connect(_ parameters: ConnectionParameters) throws(PostgresError) {
    let keywords = parameters.resolved().sorted { $0.key < $1.key }
    // libpq's two arrays end in a null pointer.
    let names = try ParameterBuffer(keywords.map { BoundValue($0.key) } + [BoundValue(nil)])
    let values = try ParameterBuffer(keywords.map { BoundValue($0.value) } + [BoundValue(nil)])
    // The 0 turns off the expansion of dbname: connection strings are already parsed, and a database
    // name from elsewhere must not be able to name another host.
    let pointer = names.withParameters { names in
      values.withParameters { values in PQconnectdbParams(names.values, values.values, 0) }
    }
    handle = ConnectionHandle(pointer)
    notices.attach(to: pointer)
    guard PQstatus(pointer) == CONNECTION_OK else {
      let reason = String(cString: PQerrorMessage(pointer)).trimmingNewlines
      handle.finish()
      throw PostgresError(.cannotConnect, reason)
    }
  }

  /// Ends the session now. Later statements throw `misuse`.
  package func close() {
    precondition(!isCopying, "A connection cannot be closed during its own COPY.")
    handle.finish()
  }

  /// Runs several statements in one hop to the connection's thread. `body` may block that thread.
  package func run<R: Sendable, Failure: Error>(
    _ body: @Sendable (isolated Connection) throws(Failure) -> R
  ) throws(Failure) -> R {
    try body(self)
  }

  /// The handle for libpq's functions. All of them treat a null handle as a lost connection.
  var pointer: OpaquePointer? { handle.pointer }

  /// The handle, if the connection can take a statement now; else throws `misuse`.
  func ready() throws(PostgresError) -> OpaquePointer {
    guard let pointer = handle.pointer else {
      throw PostgresError(.misuse, "The connection was closed.")
    }
    guard !isCopying else {
      throw PostgresError(
        .misuse, "A COPY is running on this connection; use another one for other statements.")
    }
    return pointer
  }
}
