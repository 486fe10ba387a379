import CLibPQ

extension Connection {
  /// Runs a `COPY … TO STDOUT` and hands over its rows one by one, as they arrive.
  ///
  /// The fastest way to read many rows: nothing is made of them but what `row` makes. Bound values
  /// are quoted into the statement, since COPY takes none. Read a line with `CopyFields`.
  ///
  /// If `row` throws, the rest is cancelled and discarded. The connection is usable afterwards,
  /// but a transaction around it has failed.
  ///
  /// - Parameter row: called with each line of the text format without its newline, valid during
  ///   the call only. In the binary format it is called with the chunks as the server sends them.
  /// - Throws: what `row` throws; else the server's error, which can come after any number of rows.
  package func copyOut(_ sql: SQL, _ row: (UnsafeRawBufferPointer) throws -> Void) throws {
    let start = try startCopy(sql, PGRES_COPY_OUT)
    let newline = PQbinaryTuples(start.pointer) == 0 ? 1 : 0
    var failure: (any Error)?
    while true {
      var line: UnsafeMutablePointer<CChar>?
      let length = Int(PQgetCopyData(pointer, &line, 0))
      // -1: the end; -2: an error, which is the next result.
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
      // After a cancellation this is only the server's word that it did cancel.
      throw failure ?? error
    }
    if let failure { throw failure }
  }

  /// Asks the server to stop what it is doing; if it cannot be asked, the rows just keep coming.
  ///
  /// Returns when the server has passed the request on, so that it cannot hit a later statement.
  private func cancel() {
    guard let cancel = PQgetCancel(pointer) else { return }
    defer { PQfreeCancel(cancel) }
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { reason in
      _ = PQcancel(cancel, reason.baseAddress, Int32(reason.count))
    }
  }
}
