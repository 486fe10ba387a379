/// Why there is no private server: what was found, and what can be done.
package enum PrivateServerError: Error, Sendable, Equatable {
  /// No PostgreSQL server is installed, or none in the directory that `PLENARY_POSTGRES_BIN` names.
  case noPrograms(named: String?)
  case tooOld(Int, directory: String)
  /// The data was written by another major version than the installed ones.
  case otherVersion(_ data: String, _ version: String, found: Int, directory: String)
  case noSpace(_ directory: String, megabytesFree: Int64)
  case pathTooLong(_ socket: String, limit: Int)
  case comma(_ home: String)
  /// The user of root's server may not search this directory.
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
      No PostgreSQL server was found on this machine, and no other database was named. \
      Install one (Scripts/setup, or apt-get install postgresql; version \(oldest) or newer), \
      name the directory of its programs in PLENARY_POSTGRES_BIN, or name a database with --database.
      """
    case .noPrograms(let directory?):
      """
      PLENARY_POSTGRES_BIN is \(directory), but postgres, initdb and pg_ctl are not all there, or do not run. \
      Name the directory that holds them, or unset it to have them found.
      """
    case .tooOld(let version, let directory):
      """
      PostgreSQL \(version) was found in \(directory); Plenary needs \(oldest) or newer: \
      apt-get install postgresql-\(oldest), or set PLENARY_POSTGRES_BIN.
      """
    case .otherVersion(let data, let version, let found, let directory):
      """
      \(data) was made by PostgreSQL \(version), which cannot be found; PostgreSQL \(found) in \(directory) cannot read it. \
      Install it (apt-get install postgresql-\(version)), name the directory of its programs in PLENARY_POSTGRES_BIN, \
      or bring the data over with pg_upgrade.
      """
    case .noSpace(let directory, let free):
      """
      The disk that holds \(directory) is full (\(free) MB are free). \
      Make room, at least 200 MB, or set PLENARY_HOME to a directory on another disk.
      """
    case .pathTooLong(let path, let limit):
      """
      The server's socket would be \(path), which has \(path.utf8.count) bytes; a Unix socket may have \(limit). \
      Set PLENARY_HOME to a shorter path.
      """
    case .comma(let home):
      "\(home) has a comma in it, which PostgreSQL's clients take for a list of hosts. Set PLENARY_HOME to a path without."
    case .unreachable(let directory, let user):
      """
      PostgreSQL refuses to run as root, so it runs as the user \(user), who may not enter \(directory). \
      Let other users pass through it (chmod o+x \(directory)), or set PLENARY_HOME to a directory elsewhere.
      """
    case .belongsToAnother(let directory, let owner):
      """
      \(directory) belongs to \(owner.map { "the user \($0)" } ?? "another user") and cannot be entered. \
      Run this as that user or as root, or set PLENARY_HOME to a directory of your own.
      """
    case .noAccount:
      """
      PostgreSQL refuses to run as root, and this machine has none of the users plenary, postgres and nobody. \
      Make one: useradd --system plenary.
      """
    case .timedOut(let what, let seconds, let log):
      "Waited \(seconds) seconds for \(what), in vain. \(log) may say why; plenary db stop ends the server."
    case .cancelled:
      "Waiting for the private server was interrupted."
    case .failed(let what, let output, let log):
      Self.failure(what, output, log)
    }
  }

  /// Adds what was said last, which is where programs give their reason.
  private static func failure(_ what: String, _ output: String, _ log: String?) -> String {
    let tail = output.split(separator: "\n").suffix(6).joined(separator: "\n  ")
    return "\(what)."
      + (log.map { " Its log is \($0)." } ?? "")
      + (tail.isEmpty ? "" : " The last lines:\n  \(tail)")
  }
}
