import CLibPQ

extension Connection {
  /// The text of a COPY with its values quoted into it, because COPY takes no bound values.
  func inlined(_ sql: SQL, _ pointer: OpaquePointer) throws(PostgresError) -> String {
    let text = try sql.render { index throws(PostgresError) in
      guard let value = sql.values[index].text else { return "null" }
      try refuseNUL(in: value, "The value bound as $\(index + 1)")
      guard let literal = PQescapeLiteral(pointer, value, value.utf8.count) else {
        throw PostgresError(result: nil, on: pointer, sql: sql.text)
      }
      defer { PQfreemem(literal) }
      return String(cString: literal)
    }
    try refuseNUL(in: text, "The statement")
    return text
  }

  /// Sends a statement that must start a COPY in this direction.
  func startCopy(_ sql: SQL, _ direction: ExecStatusType) throws(PostgresError) -> ResultHandle {
    let pointer = try ready()
    let result = ResultHandle(PQexec(pointer, try inlined(sql, pointer)))
    guard result.status == direction else {
      try check(result, sql: sql.text)
      var error = PostgresError(.misuse, "The statement is not a COPY from or to the client.")
      error.sql = sql.text
      throw error
    }
    isCopying = true
    return result
  }

  /// Reads all remaining results until the connection is ready again.
  ///
  /// - Returns: the last result that is not an error, e.g. with the number of rows copied.
  /// - Throws: the first error among the results.
  @discardableResult
  func drain(sql: String?) throws(PostgresError) -> ResultHandle? {
    isCopying = false
    var success: ResultHandle?
    var failure: PostgresError?
    while let pointer = PQgetResult(pointer) {
      let result = ResultHandle(pointer)
      switch result.status {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
        success = result
      case PGRES_COPY_IN:
        PQputCopyEnd(self.pointer, "there is nothing to copy")
      case PGRES_COPY_OUT:
        discardRows()
      default:
        failure = failure ?? PostgresError(result: pointer, on: self.pointer, sql: sql)
      }
    }
    if let failure { throw failure }
    return success
  }

  private func discardRows() {
    var line: UnsafeMutablePointer<CChar>?
    while PQgetCopyData(pointer, &line, 0) >= 0 { PQfreemem(line) }
  }
}
