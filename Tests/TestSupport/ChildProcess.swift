import Foundation
import Synchronization

/// A child process, started by a thread that lives as long as the child does.
///
/// The kernel sends the child its signal when the *thread* that started it ends (prctl(2), PR_SET_PDEATHSIG),
/// and the threads of Swift's pool come and go.
final class ChildProcess: Sendable {
  let pid: pid_t
  private let status = Mutex<Int32?>(nil)

  private init(pid: pid_t) {
    self.pid = pid
  }

  var hasEnded: Bool { status.withLock { $0 != nil } }

  /// Starts a command, looked up on the PATH.
  ///
  /// - Parameters:
  ///   - directory: The working directory.
  ///   - log: The file to which its output is appended.
  static func start(
    _ command: [String], in directory: String, log: String
  ) async throws -> ChildProcess {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        do {
          let child = ChildProcess(pid: try spawn(command, in: directory, log: log))
          continuation.resume(returning: child)
          child.waitForEnd()
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  /// Runs a command and waits for its end.
  ///
  /// - Returns: Whether it succeeded.
  static func run(_ command: [String], in directory: String, log: String) async throws -> Bool {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            ChildProcess(pid: try spawn(command, in: directory, log: log)).waitForEnd() == 0
          })
      }
    }
  }

  @discardableResult
  private func waitForEnd() -> Int32 {
    var code: Int32 = 0
    while waitpid(pid, &code, 0) == -1 && errno == EINTR {}
    status.withLock { $0 = code }
    return code
  }

  private static func spawn(
    _ command: [String], in directory: String, log: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)

    // The command's user may be unable to read the tests' working directory.
    let command = ["env", "--chdir=\(directory)"] + command
    let arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid = pid_t()
    let code = posix_spawnp(&pid, command[0], &actions, nil, arguments, environ)
    guard code == 0 else {
      throw TestServerError("\(command[0]) cannot be run: \(String(cString: strerror(code)))")
    }
    return pid
  }
}
