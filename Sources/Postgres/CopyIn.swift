import CLibPQ

extension Connection {
  /// Runs a `COPY … FROM STDIN` with the rows that `body` writes.
  ///
  /// COPY takes no bound values, so they are quoted into the statement.
  ///
  /// - Returns: the number of rows written.
  /// - Throws: the error of `body`, after which nothing is written; else the server's error, whose
  ///   `context` names the line.
  @discardableResult
  package func copyIn(_ sql: SQL, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
    _ = try startCopy(sql, PGRES_COPY_IN)
    do {
      var writer = CopyWriter(pointer)
      try body(&writer)
      try writer.flush()
    } catch {
      // The reason goes to the server's log, where the error's own text, possibly with data, does not belong.
      PQputCopyEnd(pointer, "the client gave up")
      _ = try? drain(sql: sql.text)
      throw error
    }
    // A failure here means a lost connection, which drain() reports.
    PQputCopyEnd(pointer, nil)
    return try drain(sql: sql.text)?.affected ?? 0
  }
}

/// Collects the rows of a `copyIn` and sends them in pieces of 64 KiB.
package struct CopyWriter: ~Copyable {
  private let connection: OpaquePointer?
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
  private var used = 0

  fileprivate init(_ connection: OpaquePointer?) {
    self.connection = connection
  }

  deinit {
    buffer.deallocate()
  }

  /// Writes bytes unchanged. They must contain the row ends.
  package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) {
    if bytes.count > buffer.count - used { try flush() }
    guard bytes.count <= buffer.count else {
      for start in stride(from: 0, to: bytes.count, by: buffer.count) {
        let end = min(start + buffer.count, bytes.count)
        try send(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
      return
    }
    UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: bytes)
    used += bytes.count
  }

  /// Writes bytes unchanged.
  package mutating func write(_ bytes: [UInt8]) throws(PostgresError) {
    let written = bytes.withUnsafeBytes { bytes in
      Result { () throws(PostgresError) in try write(bytes) }
    }
    try written.get()
  }

  fileprivate mutating func flush() throws(PostgresError) {
    let full = UnsafeRawBufferPointer(rebasing: buffer[..<used])
    used = 0
    try send(full)
  }

  private func send(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) {
    guard !bytes.isEmpty else { return }
    let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    guard PQputCopyData(connection, start, Int32(bytes.count)) == 1 else {
      throw PostgresError(result: nil, on: connection, sql: nil)
    }
  }
}
