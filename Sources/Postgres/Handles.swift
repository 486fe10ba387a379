import CLibPQ

/// Owns a `PGconn` and finishes it.
///
/// libpq returns a connection object even if connecting fails. That one must be finished too.
struct ConnectionHandle: ~Copyable {
  private(set) var pointer: OpaquePointer?

  init(_ pointer: OpaquePointer?) {
    self.pointer = pointer
  }

  mutating func finish() {
    if let pointer { PQfinish(pointer) }
    pointer = nil
  }

  deinit {
    if let pointer { PQfinish(pointer) }
  }
}

/// Owns a `PGresult` and clears it.
///
/// Unchecked, because the compiler cannot know that a result is read-only after libpq has returned it.
/// Any thread may read it (libpq manual, "Behavior in Threaded Programs").
final class ResultHandle: @unchecked Sendable {
  let pointer: OpaquePointer?

  init(_ pointer: OpaquePointer?) {
    self.pointer = pointer
  }

  var status: ExecStatusType { PQresultStatus(pointer) }

  /// The number of rows that the command affected; 0 for commands without rows.
  var affected: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

  deinit {
    PQclear(pointer)
  }
}
