/// Why a request to PostgreSQL failed or may have failed.
///
/// `description` is for people and logs: a sentence and the SQLSTATE. PostgreSQL's DETAIL can contain a
/// whole row, so only `debugDescription` has it.
package struct PostgresError: Error, Sendable, Equatable {
  package enum Situation: Sendable, Equatable {
    /// There was never a connection, so nothing was sent.
    case cannotConnect
    /// The connection was lost. The last statement may or may not have taken effect.
    case connectionLost
    /// The server refused the statement. It had no effect.
    case server(SQLState)
    /// A programming error. Nothing was sent, or it was rolled back.
    case misuse
    /// The result has no such column, or the column has another type.
    case decoding(column: String)
  }

  package let situation: Situation
  /// One sentence. For an error of the server, its primary message.
  package let message: String
  /// The server's code. Also set for a lost connection if the server gave a reason.
  package var sqlState: SQLState?
  package var detail: String?
  package var hint: String?
  /// The name of the violated constraint.
  package var constraint: String?
  /// The call stack of functions on the server (its CONTEXT).
  package var context: String?
  /// The text of the statement, with `$1` for bound values.
  package var sql: String?
  /// Where the server found the error in `sql`, in characters from 1.
  package var position: Int?
  /// Whether nothing can be written on this connection: the server is a standby, or was set to read-only.
  package var isReadOnly = false

  package init(_ situation: Situation, _ message: String) {
    self.situation = situation
    self.message = message
    if case .server(let state) = situation { sqlState = state }
  }
}

extension PostgresError: CustomStringConvertible {
  package var description: String {
    let code = sqlState.map { " (SQLSTATE \($0))" } ?? ""
    switch situation {
    case .cannotConnect: return "cannot connect to PostgreSQL: \(message)"
    case .connectionLost: return "the connection to PostgreSQL was lost: \(message)\(code)"
    case .server: return publicMessage + code
    case .misuse, .decoding: return message
    }
  }

  /// The primary message without a quoted value.
  ///
  /// Errors of class 22 (data exception) quote the offending value, e.g. `invalid input syntax for
  /// type integer: "Ada"`. The value may contain quotes, so everything between the outermost two is
  /// removed.
  package var publicMessage: String {
    let marks: Set<Character> = ["\"", "'", "«", "»", "„", "“", "”"]
    guard sqlState?.errorClass == "22", let first = message.firstIndex(where: marks.contains),
      let last = message.lastIndex(where: marks.contains), first < last
    else { return message }
    return message[...first] + "…" + message[last...]
  }
}

extension PostgresError: CustomDebugStringConvertible {
  package var debugDescription: String {
    var lines = ["\(situation): \(message)"]
    func add(_ label: String, _ value: String?) {
      if let value, !value.isEmpty { lines.append("\(label): \(value)") }
    }
    add("SQLSTATE", sqlState?.rawValue)
    add("detail", detail)
    add("hint", hint)
    add("constraint", constraint)
    add("context", context)
    add("line of the SQL", line.map(String.init))
    add("SQL", sql)
    return lines.joined(separator: "\n")
  }

  private var line: Int? {
    guard let sql, let position, position > 0 else { return nil }
    // The server counts code points. Swift would count "\r\n" as one character.
    return 1 + sql.unicodeScalars.prefix(position - 1).count { $0 == "\n" }
  }
}
