import CLibPQ

/// What a transaction sees and may do.
package struct TransactionMode: Sendable, Equatable {
  package enum Isolation: String, Sendable {
    case readCommitted = "read committed"
    case repeatableRead = "repeatable read"
    case serializable
  }

  package var isolation: Isolation
  package var isReadOnly: Bool
  /// Wait for a moment at which a serializable, read-only transaction can never fail.
  package var isDeferrable: Bool

  package init(
    _ isolation: Isolation = .readCommitted, readOnly: Bool = false, deferrable: Bool = false
  ) {
    self.isolation = isolation
    isReadOnly = readOnly
    isDeferrable = deferrable
  }

  package static let readCommitted = TransactionMode()

  /// One state of the whole database for all its statements.
  package static let snapshot = TransactionMode(.repeatableRead, readOnly: true)

  fileprivate var begin: String {
    "begin isolation level \(isolation.rawValue) \(isReadOnly ? "read only" : "read write")"
      + (isDeferrable ? " deferrable" : "")
  }
}

extension Connection {
  /// Runs `body` between BEGIN and COMMIT, or ROLLBACK if it throws.
  ///
  /// Not to be nested: a precondition. If it throws `connectionLost`, whether the transaction was
  /// committed is unknown.
  ///
  /// - Throws: what `body` throws; else what COMMIT failed with, e.g. a deferred constraint; else
  ///   `misuse` if `body` caught an error of the server, since that has undone everything.
  package func transaction<R>(
    _ mode: TransactionMode = .readCommitted, _ body: () throws -> R
  ) throws -> R {
    let status = PQtransactionStatus(pointer)
    precondition(
      status == PQTRANS_IDLE || status == PQTRANS_UNKNOWN,
      "A transaction is already running on this connection; do everything in one, or open another.")
    try command(mode.begin)

    let outcome: R
    do {
      outcome = try body()
    } catch {
      // If even this fails, the session is gone, and the server rolls back by itself.
      try? command("rollback")
      throw error
    }
    // The server would answer COMMIT with a rollback, and call that a success.
    if PQtransactionStatus(pointer) == PQTRANS_INERROR {
      try command("rollback")
      throw PostgresError(
        .misuse,
        "An error within the transaction was caught, but it has undone the whole of it; "
          + "let the error leave the transaction.")
    }
    try command("commit")
    return outcome
  }

  private func command(_ text: String) throws(PostgresError) {
    _ = try checked(PQexec(ready(), text), sql: text)
  }
}
