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

  /// The command reads nothing: a text that the organizer types or pipes in is for Plenary.
  private static func output(of command: String) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    do { try process.run() } catch {
      throw Failure(.failed, "\(Self.command) cannot be run: there is no /bin/sh that can be started.")
    }
    let output: Data
    do {
      output = try pipe.fileHandleForReading.read(upToCount: 1 << 16) ?? Data()
      try pipe.fileHandleForReading.close()
    } catch { throw Failure(reading: "the output of \(Self.command)", error) }
    process.waitUntilExit()
    guard process.terminationStatus == 0, process.terminationReason == .exit else {
      let kind = process.terminationReason == .exit ? "exit code" : "signal"
      throw Failure(
        .failed,
        "\(Self.command) failed (\(kind) \(process.terminationStatus)), so there is no master key. Run it by hand to see why: "
          + "it must print the key and exit with 0. It has no standard input.")
    }
    return String(decoding: output, as: UTF8.self)
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
