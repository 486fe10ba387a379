import CLibPQ

extension PostgresError {
  /// The error in a failed or missing result.
  ///
  /// A FATAL error ends the session. It counts as a lost connection even if libpq has not yet noticed
  /// that the socket is closed: a COMMIT in progress may or may not have been carried out.
  ///
  /// - Parameters:
  ///   - result: libpq's result; nil if libpq could not allocate one.
  ///   - connection: the connection, after all remaining results were read.
  init(result: OpaquePointer?, on connection: OpaquePointer?, sql: String?) {
    let state = result.field(DIAG_SQLSTATE).map(SQLState.init(rawValue:))
    let severity = result.field(DIAG_SEVERITY)
    let message =
      result.field(DIAG_MESSAGE)
      ?? String(cString: PQerrorMessage(connection)).trimmingNewlines

    if PQstatus(connection) == CONNECTION_BAD || severity == "FATAL" || severity == "PANIC" {
      self.init(.connectionLost, message)
    } else if let state {
      self.init(.server(state), message)
    } else {
      // An error without a SQLSTATE comes from libpq, e.g. for more than 65,535 bound values.
      self.init(.misuse, message)
    }
    sqlState = state
    detail = result.field(DIAG_DETAIL)
    hint = result.field(DIAG_HINT)
    constraint = result.field(DIAG_CONSTRAINT)
    context = result.field(DIAG_CONTEXT)
    position = result.field(DIAG_POSITION).flatMap { Int($0) }
    self.sql = sql
    // The server reports both from PostgreSQL 14 on (libpq manual, PQparameterStatus).
    func isOn(_ name: String) -> Bool {
      PQparameterStatus(connection, name).map { String(cString: $0) } == "on"
    }
    isReadOnly = isOn("in_hot_standby") || isOn("default_transaction_read_only")
  }
}

extension OpaquePointer? {
  /// One field of the error or notice in a PGresult (libpq manual, PQresultErrorField).
  func field(_ code: Int32) -> String? {
    PQresultErrorField(self, code).map { String(cString: $0) }
  }
}

extension String {
  /// The text without the newline at the end of libpq's messages.
  var trimmingNewlines: String {
    var text = Substring(self)
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
