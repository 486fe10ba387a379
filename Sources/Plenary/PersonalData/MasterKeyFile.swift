import CLinux
import EventLog
import Foundation
import Glibc
import PostgresLog
import Vocabulary

extension MasterKeys {
  private static let file = "PLENARY_MASTER_KEY_FILE"
  private static let command = "PLENARY_MASTER_KEY_COMMAND"

  /// The master keys in the file or from the command that the environment names, a line each; none without either.
  convenience init(environment: [String: String]) {
    self.init {
      func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
      switch (variable(Self.file), variable(Self.command)) {
      case (nil, nil): return []
      case (.some, .some):
        throw Failure(.wrongUsage, "\(Self.file) and \(Self.command) cannot both be set; keep one of them.")
      case (let path?, nil): return try Self.keys(in: Self.text(ofFile: path), path)
      case (nil, let command?):
        return try Self.keys(in: Self.output(of: command), "the output of \(Self.command)")
      }
    }
  }

  /// - Throws: `Failure` for a file that others may read, or that is somebody else's.
  private static func text(ofFile path: String) throws -> String {
    let handle: FileHandle
    do { handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)) } catch {
      throw Failure(reading: path, error)
    }
    defer { try? handle.close() }
    // Of the file that is open: its name may lead to another one by now.
    var status = stat()
    guard fstat(handle.fileDescriptor, &status) == 0, [geteuid(), 0].contains(status.st_uid) else {
      throw Failure(
        .failed,
        "\(path), which has the master key, belongs to another user, who may read and change it. Run “chown” for it; if "
          + "somebody else has read it, also replace the key.", code: .file)
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Failure(
        .failed,
        "Others may read or change \(path), which has the master key. Run “chmod 600 \(path)”; if others may have read it, "
          + "also replace the key.", code: .file)
    }
    do { return String(decoding: try handle.read(upToCount: 1 << 16) ?? Data(), as: UTF8.self) } catch {
      throw Failure(reading: path, error)
    }
  }

  /// The command reads nothing: what the organizer types or pipes in is for Plenary. It stays in this process group, so that it
  /// can ask at the terminal, which Foundation's `Process` does not let it do.
  private static func output(of command: String) throws -> String {
    func failure(_ code: Int32) -> Failure {
      Failure(.failed, "\(Self.command) cannot be run: \(String(cString: strerror(code))).")
    }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failure(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    let child: pid_t
    do {
      defer { close(ends[1]) }
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
      let arguments = (["sh", "-c", command] as [String]).map { strdup($0) } + [nil]
      defer { for text in arguments { free(text) } }
      var started = pid_t()
      let code = posix_spawn(&started, "/bin/sh", &actions, nil, arguments, environ)
      guard code == 0 else { throw failure(code) }
      child = started
    }
    // What is longer is no key; then the command ends because nobody reads on.
    let text = Result { try output.read(upToCount: 1 << 16) ?? Data() }
    try? output.close()
    var status: Int32 = 0
    var ended: pid_t
    repeat { ended = waitpid(child, &status, 0) } while ended == -1 && errno == EINTR
    guard ended == child, status == 0 else {
      let code =
        ended != child
        ? "nobody knows how"
        : status & 0x7F == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
      throw Failure(
        .failed,
        "\(Self.command) failed (\(code)), so there is no master key. Run it by hand to see why: it must print the key and "
          + "exit with 0. It has no standard input.")
    }
    do { return String(decoding: try text.get(), as: UTF8.self) } catch {
      throw Failure(reading: "the output of \(Self.command)", error)
    }
  }

  private static func keys(in text: String, _ place: String) throws -> [MasterKey] {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }.filter {
      !$0.isEmpty
    }
    let keys = lines.compactMap { MasterKey(hexadecimal: $0) }
    guard !keys.isEmpty, keys.count == lines.count else {
      throw Failure(
        .failed,
        "There is no master key in \(place): each line must have 64 hexadecimal digits, such as “openssl rand -hex 32” "
          + "prints.")
    }
    return keys
  }
}
