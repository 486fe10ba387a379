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

  /// - Throws: `Failure` for a file that others may read.
  private static func text(ofFile path: String) throws -> String {
    let handle: FileHandle
    do { handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)) } catch {
      throw Failure(reading: path, error)
    }
    defer { try? handle.close() }
    // Of the file that is open: its name may lead to another one by now.
    var status = stat()
    guard fstat(handle.fileDescriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw Failure(
        .failed,
        "Others may read or change \(path), which has the master key. Run “chmod 600 \(path)”; if others may have read it, "
          + "also replace the key.", code: .file)
    }
    do { return String(decoding: try handle.read(upToCount: 1 << 16) ?? Data(), as: UTF8.self) } catch {
      throw Failure(reading: path, error)
    }
  }

  private static func output(of command: String) throws -> String {
    guard let pipe = popen(command, "re") else {
      throw Failure(.failed, "\(Self.command) cannot be run: \(String(cString: strerror(errno))).")
    }
    var output: [UInt8] = []
    let size = 4096
    var part = [UInt8](repeating: 0, count: size)
    while output.count < 1 << 16 {
      let count = fread(&part, 1, size, pipe)
      if count == 0 { break }
      output += part[..<count]
    }
    let status = pclose(pipe)
    guard status == 0 else {
      let code = status & 0x7F == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
      throw Failure(
        .failed,
        "\(Self.command) failed (\(code)), so there is no master key. Run it by hand to see why: it must print the key and "
          + "exit with 0.")
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
