import CLibPQ

extension Connection {
  /// Runs a `COPY … TO STDOUT` and passes on its rows one by one, as they arrive.
  ///
  /// This is the fastest way to read many rows. COPY takes no bound values, so they are quoted into the
  /// statement. Read the fields of a line with `CopyFields`.
  ///
  /// If `row` throws, the rest is cancelled and discarded. The connection stays usable, but a surrounding
  /// transaction has failed.
  ///
  /// - Parameter row: called with each line of the text format, without its newline. The bytes are valid
  ///   only during the call. In the binary format, it is called with the server's chunks.
  /// - Throws: the error of `row`, else the server's error, which can come after any number of rows.
  package func copyOut(_ sql: SQL, _ row: (UnsafeRawBufferPointer) throws -> Void) throws {
    let start = try startCopy(sql, PGRES_COPY_OUT)
    let newline = PQbinaryTuples(start.pointer) == 0 ? 1 : 0
    var failure: (any Error)?
    while true {
      var line: UnsafeMutablePointer<CChar>?
      let length = Int(PQgetCopyData(pointer, &line, 0))
      // -1 is the end; -2 is an error, which drain() reads as the next result.
      guard length >= 0 else { break }
      defer { PQfreemem(line) }
      guard failure == nil else { continue }
      do {
        try row(UnsafeRawBufferPointer(start: line, count: length - newline))
      } catch {
        failure = error
        cancel()
      }
    }
    do throws(PostgresError) {
      try drain(sql: sql.text)
    } catch {
      // After a cancellation, this error only confirms it.
      throw failure ?? error
    }
    if let failure { throw failure }
  }

  /// Asks the server to cancel the statement. If the request fails, the rows keep coming.
  ///
  /// Returns after the server has handled the request, so it cannot hit a later statement.
  private func cancel() {
    guard let cancel = PQgetCancel(pointer) else { return }
    defer { PQfreeCancel(cancel) }
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { reason in
      _ = PQcancel(cancel, reason.baseAddress, Int32(reason.count))
    }
  }
}
