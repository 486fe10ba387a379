import CLibPQ

extension Connection {
  /// Runs a statement and returns all its rows in memory.
  ///
  /// - Throws: `server`, `connectionLost`, or `misuse` for a value that cannot be sent.
  package func query(_ sql: SQL) throws(PostgresError) -> Rows {
    Rows(try perform(sql))
  }

  /// Runs a statement.
  ///
  /// - Returns: the number of rows that it inserted, updated, deleted or selected.
  @discardableResult
  package func execute(_ sql: SQL) throws(PostgresError) -> Int {
    try perform(sql).affected
  }

  /// Runs a text with several statements, such as a schema file.
  ///
  /// Either all of them take effect or none, unless the text itself begins and commits transactions
  /// (PostgreSQL manual, "Multiple Statements in a Simple Query").
  package func executeScript(_ text: String) throws(PostgresError) {
    let pointer = try ready()
    try refuseNUL(in: text, "The script")
    _ = try checked(PQexec(pointer, text), sql: text)
  }

  private func perform(_ sql: SQL) throws(PostgresError) -> ResultHandle {
    let pointer = try ready()
    let text = sql.text
    try refuseNUL(in: text, "The statement")
    let values = try ParameterBuffer(sql.values)
    let use = statements.use(text)
    deallocateDiscarded(pointer)

    switch use {
    case .once:
      return try executeOnce(pointer, text, values)
    case .prepare(let name):
      _ = try checked(PQprepare(pointer, name, text, 0, nil), sql: text)
      statements.prepared(text, as: name)
      return try executePrepared(pointer, name, text, values)
    case .execute(let name):
      do throws(PostgresError) {
        return try executePrepared(pointer, name, text, values)
      } catch {
        guard StatementCache.mayBeStale(error) else { throw error }
        statements.forget(text)
        // Inside a transaction, the error has ended it. Running it again uses a new plan.
        guard PQtransactionStatus(pointer) == PQTRANS_IDLE else { throw error }
        return try executeOnce(pointer, text, values)
      }
    }
  }

  private func executeOnce(
    _ pointer: OpaquePointer, _ text: String, _ values: borrowing ParameterBuffer
  ) throws(PostgresError) -> ResultHandle {
    let result = values.withParameters {
      PQexecParams(pointer, text, $0.count, nil, $0.values, $0.lengths, $0.formats, 0)
    }
    return try checked(result, sql: text)
  }

  private func executePrepared(
    _ pointer: OpaquePointer, _ name: String, _ text: String, _ values: borrowing ParameterBuffer
  ) throws(PostgresError) -> ResultHandle {
    let result = values.withParameters {
      PQexecPrepared(pointer, name, $0.count, $0.values, $0.lengths, $0.formats, 0)
    }
    return try checked(result, sql: text)
  }

  /// Only outside transactions: deallocating a name that the server no longer knows would abort one.
  private func deallocateDiscarded(_ pointer: OpaquePointer) {
    guard PQtransactionStatus(pointer) == PQTRANS_IDLE else { return }
    for name in statements.takeDiscarded() {
      PQclear(PQexec(pointer, "deallocate \(name)"))
    }
  }

  /// Takes ownership of a result, and throws if it is an error.
  func checked(_ result: OpaquePointer?, sql: String) throws(PostgresError) -> ResultHandle {
    let result = ResultHandle(result)
    try check(result, sql: sql)
    return result
  }

  func check(_ result: ResultHandle, sql: String) throws(PostgresError) {
    switch result.status {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      return
    case PGRES_COPY_IN, PGRES_COPY_OUT:
      _ = try? drain(sql: sql)
      let advice =
        result.status == PGRES_COPY_IN
        ? "The statement copies from the client; use copyIn."
        : "The statement copies to the client; use copyOut."
      var error = PostgresError(.misuse, advice)
      error.sql = sql
      throw error
    default:
      throw PostgresError(result: result.pointer, on: pointer, sql: sql)
    }
  }
}
