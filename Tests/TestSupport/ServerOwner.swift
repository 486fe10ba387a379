import Glibc

/// The user that runs the server, because PostgreSQL refuses to run as root.
struct ServerOwner {
  let uid: uid_t
  let gid: gid_t

  /// - Returns: The user that runs the tests; for root, `postgres`, else `nobody`.
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

  /// The prefix of a command that makes it run as this user and end with our process.
  ///
  /// SIGQUIT is PostgreSQL's immediate shutdown; SIGKILL would leave shared memory behind.
  var prefix: [String] {
    var words = ["setpriv", "--pdeathsig", "QUIT"]
    if geteuid() == 0 { words += ["--reuid", "\(uid)", "--regid", "\(gid)", "--clear-groups"] }
    return words + ["--"]
  }
}
