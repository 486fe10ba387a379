/// Why the private server cannot be used. The message says what was found and what to do.
package enum PrivateServerError: Error, Sendable, Equatable {
  /// No PostgreSQL server is installed, or the directory in `PLENARY_POSTGRES_BIN` has none.
  case noPrograms(named: String?)
  case tooOld(Int, directory: String)
  /// The major version that wrote the data is not installed.
  case otherVersion(_ data: String, _ version: String, found: Int, directory: String)
  /// A program of PostgreSQL's clients is missing, or is older than the server.
  case noProgram(_ name: String, oldest: Int, found: Int?)
  case noSpace(_ directory: String, megabytesFree: Int64)
  case pathTooLong(_ socket: String, limit: Int)
  case comma(_ home: String)
  /// The user that the server runs as may not enter this directory.
  case unreachable(_ directory: String, user: String)
  case belongsToAnother(_ directory: String, owner: String?)
  case noAccount
  case timedOut(_ what: String, seconds: Int, log: String)
  case cancelled
  case failed(_ what: String, output: String, log: String?)
}

extension PrivateServerError: CustomStringConvertible {
  package var description: String {
    let oldest = ServerPrograms.oldestVersion
    return switch self {
    case .noPrograms(nil):
      """
      This machine has no PostgreSQL server, and no other database was named. \
      Install PostgreSQL \(oldest) or newer (Scripts/setup, or apt-get install postgresql), \
      or set PLENARY_POSTGRES_BIN to the directory of its programs.
      """
    case .noPrograms(let directory?):
      """
      PLENARY_POSTGRES_BIN is \(directory), but postgres, initdb and pg_ctl are not all there, or do not run. \
      Set it to the directory with these programs, or unset it: Plenary then searches for them.
      """
    case .tooOld(let version, let directory):
      """
      PostgreSQL \(version) was found in \(directory); Plenary needs \(oldest) or newer: \
      apt-get install postgresql-\(oldest), or set PLENARY_POSTGRES_BIN.
      """
    case .otherVersion(let data, let version, let found, let directory):
      """
      PostgreSQL \(version) made \(data), but that version was not found; PostgreSQL \(found) in \(directory) cannot read it. \
      Install PostgreSQL \(version) (apt-get install postgresql-\(version)), set PLENARY_POSTGRES_BIN to its directory, \
      or convert the data with pg_upgrade.
      """
    case .noProgram(let name, let oldest, let found):
      """
      \(found.map { "\(name) is of version \($0)" } ?? "\(name) was not found"); version \(oldest) or newer is needed. \
      Install it (apt-get install postgresql-client-\(oldest)), or set PLENARY_POSTGRES_BIN to its directory.
      """
    case .noSpace(let directory, let free):
      """
      The disk with \(directory) is full (\(free) MB free). \
      Free at least 200 MB, or set PLENARY_HOME to a directory on another disk.
      """
    case .pathTooLong(let path, let limit):
      """
      The path of the server's socket, \(path), has \(path.utf8.count) bytes; the limit is \(limit). \
      Set PLENARY_HOME to a shorter path.
      """
    case .comma(let home):
      "\(home) contains a comma, which separates hosts for PostgreSQL's clients. Set PLENARY_HOME to a path without a comma."
    case .unreachable(let directory, let user):
      """
      PostgreSQL refuses to run as root, so it runs as the user \(user), who may not enter \(directory). \
      Allow other users to enter it (chmod o+x \(directory)), or set PLENARY_HOME to another directory.
      """
    case .belongsToAnother(let directory, let owner):
      """
      \(directory) belongs to \(owner.map { "the user \($0)" } ?? "another user") and cannot be entered. \
      Run this as that user or as root, or set PLENARY_HOME to your own directory.
      """
    case .noAccount:
      """
      PostgreSQL refuses to run as root, and this machine has none of the users plenary, postgres and nobody. \
      Create one: useradd --system plenary.
      """
    case .timedOut(let what, let seconds, let log):
      "Gave up waiting for \(what) after \(seconds) seconds. See \(log)."
    case .cancelled:
      "Waiting for the private server was interrupted."
    case .failed(let what, let output, let log):
      Self.failure(what, output, log)
    }
  }

  /// Adds the last lines of the output, where programs give their reason.
  private static func failure(_ what: String, _ output: String, _ log: String?) -> String {
    let tail = output.split(separator: "\n").suffix(6).joined(separator: "\n  ")
    return "\(what)."
      + (log.map { " Its log is \($0)." } ?? "")
      + (tail.isEmpty ? "" : " The last lines:\n  \(tail)")
  }
}
