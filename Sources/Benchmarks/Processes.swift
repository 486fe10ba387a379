import Glibc

/// The resources that a process used.
struct ProcessUse {
  var seconds: Double
  /// Its peak memory.
  var megabytes: Double
}

struct ProcessFailed: Error, CustomStringConvertible {
  let description: String
}

/// Runs a program to its end and drops its standard output.
///
/// - Parameters:
///   - environment: `NAME=value`; replaces inherited variables with the same names.
///   - accepted: the exit codes that are not failures.
func runProcess(
  _ command: [String], _ environment: [String] = [], accepting accepted: [Int32] = [0]
) throws -> ProcessUse {
  let clock = ContinuousClock()
  let start = clock.now
  let pid = try startProcess(command, environment)
  var status: Int32 = 0
  var use = rusage()
  while wait4(pid, &status, 0, &use) == -1 && errno == EINTR {}
  let seconds = start.duration(to: clock.now).seconds
  // WIFEXITED and WEXITSTATUS of wait(2).
  let (signal, exit) = (status & 0x7F, status >> 8 & 0xFF)
  guard signal == 0, accepted.contains(exit) else {
    let end = signal == 0 ? "exit code \(exit)" : "signal \(signal)"
    throw ProcessFailed(description: "\(command.joined(separator: " ")) failed: \(end)")
  }
  return ProcessUse(seconds: seconds, megabytes: Double(use.ru_maxrss) / 1024)
}

/// Ends a program that runs until it is interrupted.
func interrupt(_ pid: pid_t) {
  kill(pid, SIGINT)
  while waitpid(pid, nil, 0) == -1 && errno == EINTR {}
}

/// Starts a program, whose standard output is dropped.
func startProcess(_ command: [String], _ environment: [String]) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)

  let arguments = command.map { strdup($0) } + [nil]
  let names = environment.map { $0.prefix { $0 != "=" } }
  var inherited: [String] = []
  var variable = environ
  while let text = variable.pointee.map({ String(cString: $0) }) {
    if !names.contains(text.prefix { $0 != "=" }) { inherited.append(text) }
    variable += 1
  }
  let variables = (inherited + environment).map { strdup($0) } + [nil]
  defer { for text in arguments + variables { free(text) } }

  var pid = pid_t()
  let code = posix_spawn(&pid, command[0], &actions, nil, arguments, variables)
  guard code == 0 else {
    throw ProcessFailed(description: "\(command[0]): \(String(cString: strerror(code)))")
  }
  return pid
}

/// The path of a program in the same build directory.
func siblingProgram(_ name: String) throws -> String {
  guard let this = realpath("/proc/self/exe", nil) else {
    throw ProcessFailed(description: "The path of this program cannot be read from /proc/self/exe.")
  }
  defer { free(this) }
  return String(cString: this).split(separator: "/").dropLast().map { "/\($0)" }.joined()
    + "/\(name)"
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
