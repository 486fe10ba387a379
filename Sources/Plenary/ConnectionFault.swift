import Foundation

/// Why no connection to the database could be made, in Plenary's words.
///
/// libpq has no codes for these failures, only texts: a line for each host that it tried. The texts of servers in other
/// languages are not recognized.
enum ConnectionFault {
  /// A part of a sentence: `the server has no database “x”`.
  static func reason(_ message: String) -> String {
    var reasons: [String] = []
    for line in message.split(separator: "\n") where line.first?.isWhitespace != true {
      let reason = known(line) ?? (place(line) != nil || reasons.isEmpty ? unknown(line) : nil)
      if let reason, !reasons.contains(reason) { reasons.append(reason) }
    }
    return reasons.isEmpty ? "no reason was given" : reasons.joined(separator: ", and ")
  }

  /// Whether no waiting helps: every server that was asked refuses this login, or lacks the database.
  static func isLasting(_ message: String) -> Bool {
    let lines = message.split(separator: "\n").filter { $0.first?.isWhitespace != true }
    let lasting = [
      "authentication failed", "no password supplied", "does not exist", "pg_hba.conf",
      "permission denied for database", "permission denied to set role", "not permitted to log in",
    ]
    return !lines.isEmpty
      && lines.allSatisfy { line in
        line.contains("FATAL") && lasting.contains { line.localizedCaseInsensitiveContains($0) }
      }
  }

  private static func known(_ line: Substring) -> String? {
    let place = place(line) ?? "there"
    func says(_ words: String...) -> Bool { words.contains { line.localizedCaseInsensitiveContains($0) } }
    if let match = line.firstMatch(of: /role "(.+)" does not exist/) {
      return "the server has no login “\(match.1)”"
    }
    if let match = line.firstMatch(of: /database "(.+)" does not exist/) {
      return "the server has no database “\(match.1)”"
    }
    if says("no password supplied") { return "the server asks for a password, and none was given" }
    if let match = line.firstMatch(of: /authentication failed for user "(.+)"/) {
      return says("password")
        ? "the password of “\(match.1)” is wrong"
        : "the server does not let this user of the system log in as “\(match.1)”"
    }
    if says("pg_hba.conf") { return "the server does not admit this login from this machine" }
    if says("permission denied for database", "permission denied to set role", "not permitted to log in") {
      return "this login may not use the database"
    }
    if says("too many clients", "connection slots are reserved", "too many connections") {
      return "the server has too many connections; try again in a while"
    }
    if says("starting up", "shutting down", "in recovery mode", "not accepting connections") {
      return "the server is starting or stopping; try again in a while"
    }
    if says("could not translate host name"), let match = line.firstMatch(of: /host name "(.+?)"/) {
      return "there is no computer “\(match.1)” in the network"
    }
    if says("connection refused") { return "no server answers \(place)" }
    if says("timeout expired", "timed out") { return "the server \(place) did not answer in time" }
    if says("no such file or directory"), says("socket") { return "no server answers \(place)" }
    if says("permission denied"), says("socket") {
      return "you have no permission to use the server \(place)"
    }
    if says("no route to host", "network is unreachable") {
      return "the network does not lead to a server \(place)"
    }
    if says("ssl", "certificate") {
      return "the connection to the server \(place) cannot be made secure (TLS)"
    }
    if says("session is not read-only", "session is read-only", "in hot standby", "not in hot standby") {
      return "the server \(place) is not of the kind that target_session_attrs wants"
    }
    if says("invalid integer value", "invalid port number", "invalid value for parameter") {
      return "a setting of the connection has a value that it cannot have"
    }
    return nil
  }

  /// `at 127.0.0.1, port 5432`, or `at the socket in /run/postgresql, port 5432`.
  private static func place(_ line: Substring) -> String? {
    if let match = line.firstMatch(of: /socket "(.*)\/\.s\.PGSQL\.(\d+)"/) {
      return "at the socket in \(match.1.isEmpty ? "/" : match.1), port \(match.2)"
    }
    if let match = line.firstMatch(of: /server at "(.+?)"(?: \(.+?\))?, port (\d+)/) {
      return "at \(match.1), port \(match.2)"
    }
    return nil
  }

  private static func unknown(_ line: Substring) -> String {
    let cause = line.split(separator: "failed: ").last.map(String.init) ?? String(line)
    return "the server \(place(line) ?? "or the system") says “\(cause.replacing(/^FATAL: +/, with: ""))”"
  }
}
