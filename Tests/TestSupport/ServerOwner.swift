import Glibc

/// The user as whom the server runs, since PostgreSQL refuses to run as root.
struct ServerOwner {
  let uid: uid_t
  let gid: gid_t

  /// - Returns: whoever runs the tests; for root, the user `postgres` or else `nobody`.
  static func find() throws -> ServerOwner {
    guard geteuid() == 0 else { return ServerOwner(uid: geteuid(), gid: getegid()) }
    for name in ["postgres", "nobody"] {
      if let entry = getpwnam(name) {
        return ServerOwner(uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid)
      }
    }
    throw TestServerError(
      "PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody.")
  }

  /// What stands before a command so that it runs as this user and ends with our process.
  ///
  /// SIGQUIT is PostgreSQL's immediate shutdown; SIGKILL would leave shared memory behind.
  var prefix: [String] {
    var words = ["setpriv", "--pdeathsig", "QUIT"]
    if geteuid() == 0 { words += ["--reuid", "\(uid)", "--regid", "\(gid)", "--clear-groups"] }
    return words + ["--"]
  }
}
