import CLibPQ

/// The rows that a statement returned, in the server's order.
package struct Rows: Sendable, RandomAccessCollection {
  private let result: ResultHandle
  fileprivate let columns: [String]

  package let count: Int

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  /// The number of rows that the statement returned, inserted, updated or deleted.
  package var affected: Int { result.affected }

  init(_ result: ResultHandle) {
    self.result = result
    count = Int(PQntuples(result.pointer))
    columns = (0..<PQnfields(result.pointer)).map { column in
      String(cString: PQfname(result.pointer, column))
    }
  }

  package subscript(index: Int) -> Row {
    precondition(indices.contains(index), "There is no row \(index): the result has \(count).")
    return Row(rows: self, index: index)
  }

  /// Calls `body` with nil for NULL, else with bytes that are valid only during the call.
  fileprivate func withValue<R>(
    row: Int, column: Int, _ body: (UnsafeRawBufferPointer?) -> R
  ) -> R {
    withExtendedLifetime(result) {
      let (row, column) = (Int32(row), Int32(column))
      if PQgetisnull(result.pointer, row, column) == 1 { return body(nil) }
      return body(
        UnsafeRawBufferPointer(
          start: PQgetvalue(result.pointer, row, column),
          count: Int(PQgetlength(result.pointer, row, column))))
    }
  }
}

/// One row of a result.
package struct Row: Sendable {
  fileprivate let rows: Rows
  fileprivate let index: Int

  package var columns: [String] { rows.columns }

  /// The value of the first column with this name.
  ///
  /// - Parameter column: spelled exactly as in the result, i.e. in lower case unless it was quoted.
  /// - Throws: `decoding` if the column does not exist or its value has another type.
  package func decode<Value: ColumnDecodable>(
    _ column: String, as type: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    guard let position = rows.columns.firstIndex(of: column) else {
      throw PostgresError(
        .decoding(column: column),
        "The result has no column \"\(column)\"; it has "
          + rows.columns.map { "\"\($0)\"" }.joined(separator: ", ") + ".")
    }
    return try value(at: position, as: type)
  }

  /// The value of the column at this position, from 0.
  package func decode<Value: ColumnDecodable>(
    at position: Int, as type: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    guard rows.columns.indices.contains(position) else {
      throw PostgresError(
        .decoding(column: "\(position)"),
        "The result has no column at position \(position); its number of columns is \(rows.columns.count).")
    }
    return try value(at: position, as: type)
  }

  private func value<Value: ColumnDecodable>(
    at position: Int, as type: Value.Type
  ) throws(PostgresError) -> Value {
    let decoded: Result<Value, PostgresError> = rows.withValue(row: index, column: position) {
      text in
      Result { () throws(PostgresError) in
        try decodeColumn(text, named: rows.columns[position], as: type)
      }
    }
    return try decoded.get()
  }
}

/// Decodes one value. Errors name its column.
func decodeColumn<Value: ColumnDecodable>(
  _ text: UnsafeRawBufferPointer?, named column: String, as type: Value.Type
) throws(PostgresError) -> Value {
  guard let text else {
    guard let null = Value.null else {
      throw PostgresError(
        .decoding(column: column),
        "Column \"\(column)\" is NULL, but \(type) was expected; use \(type)? if NULL is allowed."
      )
    }
    return null
  }
  guard let value = Value(columnText: text) else {
    var error = PostgresError(
      .decoding(column: column), "Column \"\(column)\" holds a value that is not \(type).")
    error.detail = "the value is: " + String(decoding: text, as: UTF8.self)
    throw error
  }
  return value
}
