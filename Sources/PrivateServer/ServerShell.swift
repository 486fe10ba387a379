import Foundation
import Subprocess

/// The user that the server runs as if the caller is root.
struct Account: Sendable {
  var name: String
  var userID: UInt32
  var groupID: UInt32

  /// The first of `plenary`, `postgres` and `nobody` that exists.
  static var forServer: Account? {
    for name in ["plenary", "postgres", "nobody"] {
      var entry = passwd()
      var found: UnsafeMutablePointer<passwd>?
      let account = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16384) { buffer in
        getpwnam_r(name, &entry, buffer.baseAddress!, buffer.count, &found) == 0 && found != nil
          ? Account(name: name, userID: entry.pw_uid, groupID: entry.pw_gid) : nil
      }
      if let account { return account }
    }
    return nil
  }
}

/// Runs short shell scripts as the server's user, in the server's directory.
///
/// All changes inside that directory are made this way, so root never follows a path that another user controls.
struct ServerShell: Sendable {
  /// The server's user; nil if that is the caller.
  var account: Account?
  var directory: String
  var environment: [String: String]

  struct Result: Sendable {
    var succeeded: Bool
    /// Standard output and standard error together.
    var output: String
  }

  /// Runs a script with `sh`. Its arguments are `$1`, `$2` ….
  func run(_ script: String, _ arguments: String...) async throws(PrivateServerError) -> Result {
    try await run(script, arguments: arguments)
  }

  func run(_ script: String, arguments: [String]) async throws(PrivateServerError) -> Result {
    var command = ["sh", "-c", "cd \"$0\" || exit\n" + script, directory] + arguments
    // Subprocess can change the user itself, but then its child sometimes hangs: between fork and exec in a program
    // with several threads, glibc's setgroups waits for threads that do not exist in the child.
    if let account {
      command =
        [
          "setpriv", "--reuid=\(account.userID)", "--regid=\(account.groupID)", "--clear-groups",
        ] + command
    }
    // PGPORT, PGDATA and similar variables must not reach the server, nor must what leads to the master key. LC_ALL=C
    // keeps its messages recognisable.
    var variables = environment.filter {
      !$0.key.hasPrefix("PG") && !$0.key.hasPrefix("PLENARY_MASTER_KEY")
    }
    variables["LC_ALL"] = "C"
    variables["TZ"] = "UTC"
    variables["PATH"] = (environment["PATH"].map { $0 + ":" } ?? "") + "/usr/bin:/bin"
    do {
      let result = try await Subprocess.run(
        .name(command[0]),
        arguments: Arguments(Array(command.dropFirst())),
        environment: .custom(
          Dictionary(
            uniqueKeysWithValues: variables.compactMap { name, value in
              Environment.Key(rawValue: name).map { ($0, value) }
            })),
        output: .string(limit: 1 << 20),
        error: .combinedWithOutput)
      return Result(
        succeeded: result.terminationStatus.isSuccess, output: result.standardOutput)
    } catch {
      throw .failed(
        "A command for the private server could not be run", output: "\(error)", log: nil)
    }
  }
}
