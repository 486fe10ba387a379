import CLibPQ

extension PostgresError {
  /// The error that a result, or the lack of one, stands for.
  ///
  /// A FATAL error ends the session, so it counts as a lost connection even if libpq has not yet
  /// seen the socket close: a COMMIT that was under way may or may not have been carried out.
  ///
  /// - Parameters:
  ///   - result: what libpq returned; nil when it could not even make a result.
  ///   - connection: the connection, after everything that it still had to say was read.
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
      // Without a SQLSTATE it is libpq that refuses, e.g. more than 65,535 bound values.
      self.init(.misuse, message)
    }
    sqlState = state
    detail = result.field(DIAG_DETAIL)
    hint = result.field(DIAG_HINT)
    constraint = result.field(DIAG_CONSTRAINT)
    context = result.field(DIAG_CONTEXT)
    position = result.field(DIAG_POSITION).flatMap { Int($0) }
    self.sql = sql
  }
}

extension OpaquePointer? {
  /// One field of the error or notice that a PGresult reports (libpq manual, PQresultErrorField).
  func field(_ code: Int32) -> String? {
    PQresultErrorField(self, code).map { String(cString: $0) }
  }
}

extension String {
  /// Without the newline that libpq ends its own messages with.
  var trimmingNewlines: String {
    var text = Substring(self)
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
