import CLibPQ

/// The one owner of a `PGconn`, which it finishes.
///
/// libpq gives a connection object even when connecting fails, and that one must be finished too.
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

/// The one owner of a `PGresult`, which it clears.
///
/// Unchecked because the compiler cannot know it: a result is read-only once libpq has returned it,
/// and may be read by any thread (libpq manual, "Behavior in Threaded Programs").
final class ResultHandle: @unchecked Sendable {
  let pointer: OpaquePointer?

  init(_ pointer: OpaquePointer?) {
    self.pointer = pointer
  }

  var status: ExecStatusType { PQresultStatus(pointer) }

  /// How many rows the command concerned; 0 for commands that concern none.
  var affected: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

  deinit {
    PQclear(pointer)
  }
}
