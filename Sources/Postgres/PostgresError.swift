/// Why something asked of PostgreSQL did not happen, or may not have happened.
///
/// `description` is fit for people and for logs: a sentence and the SQLSTATE. PostgreSQL's DETAIL
/// can contain a whole row, so it appears in `debugDescription` only.
package struct PostgresError: Error, Sendable, Equatable {
  package enum Situation: Sendable, Equatable {
    /// No connection came about; nothing was asked of the server.
    case cannotConnect
    /// The connection broke. Whether the last statement took effect is unknown.
    case connectionLost
    /// The server refused the statement, which had no effect.
    case server(SQLState)
    /// We asked for something that cannot be asked; nothing was sent, or it was taken back.
    case misuse
    /// The answer holds no such column, or a value of another type than was expected.
    case decoding(column: String)
  }

  package let situation: Situation
  /// One sentence; of a server's error, its primary message.
  package let message: String
  /// The server's code. A lost connection has one too if the server still gave a reason.
  package var sqlState: SQLState?
  package var detail: String?
  package var hint: String?
  /// The name of the violated constraint.
  package var constraint: String?
  /// The call stack of functions on the server (its CONTEXT).
  package var context: String?
  /// The text of the statement, with `$1` for bound values.
  package var sql: String?
  /// Where in `sql` the server found the error, in characters, counted from 1.
  package var position: Int?

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

  /// The primary message without the value that it may quote.
  ///
  /// Errors of class 22 (data exception) quote the offending value, e.g. `invalid input syntax for
  /// type integer: "Ada"`. It may contain quotes, hence everything between the outermost two.
  private var publicMessage: String {
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
    // The server counts code points, not Swift's characters: "\r\n" would be one.
    return 1 + sql.unicodeScalars.prefix(position - 1).count { $0 == "\n" }
  }
}
