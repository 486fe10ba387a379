import CLibPQ

/// The isolation and access mode of a transaction.
package struct TransactionMode: Sendable, Equatable {
  package enum Isolation: String, Sendable {
    case readCommitted = "read committed"
    case repeatableRead = "repeatable read"
    case serializable
  }

  package var isolation: Isolation
  package var isReadOnly: Bool

  package init(_ isolation: Isolation = .readCommitted, readOnly: Bool = false) {
    self.isolation = isolation
    isReadOnly = readOnly
  }

  package static let readCommitted = TransactionMode()

  /// All statements see the same state of the database.
  package static let snapshot = TransactionMode(.repeatableRead, readOnly: true)

  /// Whoever may not write by default, such as a login that was set to read-only, may not write here either.
  fileprivate var begin: String {
    "begin isolation level \(isolation.rawValue)" + (isReadOnly ? " read only" : "")
  }
}

extension Connection {
  /// Runs `body` between BEGIN and COMMIT, or ROLLBACK if it throws.
  ///
  /// Transactions must not be nested (precondition). After `connectionLost`, the transaction may or may
  /// not have been committed.
  ///
  /// - Throws: the error of `body`; the error of COMMIT, e.g. from a deferred constraint; or `misuse` if
  ///   `body` caught an error of the server, because such an error undoes the whole transaction.
  package func transaction<R>(
    _ mode: TransactionMode = .readCommitted, _ body: () throws -> R
  ) throws -> R {
    let status = PQtransactionStatus(pointer)
    precondition(
      status == PQTRANS_IDLE || status == PQTRANS_UNKNOWN,
      "A transaction is already running on this connection; use it, or open another connection.")
    try command(mode.begin)

    let outcome: R
    do {
      outcome = try body()
    } catch {
      // If this fails too, the session is gone, and the server rolls back by itself.
      try? command("rollback")
      throw error
    }
    // After an error, the server answers COMMIT with a rollback and reports success.
    if PQtransactionStatus(pointer) == PQTRANS_INERROR {
      try command("rollback")
      throw PostgresError(
        .misuse,
        "An error inside the transaction was caught, but it had undone the whole transaction; "
          + "let the error leave the transaction.")
    }
    try command("commit")
    return outcome
  }

  private func command(_ text: String) throws(PostgresError) {
    _ = try checked(PQexec(ready(), text), sql: text)
  }
}
